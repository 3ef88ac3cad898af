"""Documents that tell whether they are whole, and what an archive must hold by what it promised.

A state is a plain dict from document ids to versions. Each version of each document has a word of
its own, so that a search can tell whether it is found, and whether an older one still is.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from civicsearch.document import Document, Origin
from civicsearch.engines.local.engine import LocalEngine
from civicsearch.engines.local.manifest import Manifest
from civicsearch.engines.local.searcher import LocalSearcher
from civicsearch.query.nodes import MatchAll, Query
from civicsearch.schema import DEFAULT_SCHEMA
from civicsearch.search.engine import Match
from civicsearch.search.request import SearchRequest
from fakes.builders import term

__all__ = ["State", "a_version", "create", "files_of", "open_local", "read_state", "strays"]

State = dict[str, int]

_PAGE = 1000


def a_version(document_id: str, version: int) -> Document:
    """Return one version of a document: all that it says follows from the two."""
    word = _word(document_id, version)
    return Document(
        document_id=document_id,
        title=f"Dân vận khéo {word}",
        lead=f"Xã Nà Lường {document_id}",
        body=f"Bà con bản {document_id} làm cầu treo, {word}. " * (1 + version % 3),
        published=dt.date(2020 + version % 5, 1, 1 + version % 28),
        source=("Báo A", "Báo B")[version % 2],
        authors=(f"Tòng Thị {document_id}",) * (version % 2),
        origins=(Origin(path=f"/trang/{document_id}.html", sha256=f"{version:064x}"),),
    )


def _word(document_id: str, version: int) -> str:
    return f"{document_id}v{version}"


def open_local(folder: Path, *, memory_bytes: int = 1 << 20) -> LocalEngine:
    """Return the engine on an archive that exists."""
    return LocalEngine.open(folder, schema=DEFAULT_SCHEMA, memory_bytes=memory_bytes)


def create(folder: Path, *, memory_bytes: int = 1 << 20) -> LocalEngine:
    """Return the engine on a new archive, or on one that exists."""
    return LocalEngine.create(folder, schema=DEFAULT_SCHEMA, memory_bytes=memory_bytes)


def read_state(folder: Path) -> State:
    """Open an archive and return what it holds, each document whole and found by its words."""
    engine = open_local(folder)
    try:
        return read_engine(engine)
    finally:
        engine.close()


def read_engine(engine: LocalEngine) -> State:
    """Return what the archive holds now, by every way there is to a document."""
    searcher = engine.searcher()
    state: State = {}
    for match in _all_matches(searcher, MatchAll()):
        document = match.load()
        assert match.document_id == document.document_id
        assert document.document_id not in state, "found twice"
        version = int(document.title.rpartition("v")[2])
        assert document == a_version(document.document_id, version), "not what was added"
        state[document.document_id] = version
    assert searcher.count() == len(state)
    common = [match.document_id for match in _all_matches(searcher, term("vận"))]
    assert sorted(common) == sorted(state)
    for document_id, version in state.items():
        _check_ways(searcher, document_id, version)
    return state


def _all_matches(searcher: LocalSearcher, query: Query) -> list[Match]:
    """Return all that matches, page by page."""
    matches: list[Match] = []
    while True:
        request = SearchRequest(query=query, limit=_PAGE, offset=len(matches))
        found = searcher.search(request)
        matches.extend(found.matches)
        if len(found.matches) < _PAGE:
            assert found.total.value == len(matches)
            return matches


def _check_ways(searcher: LocalSearcher, document_id: str, version: int) -> None:
    word = SearchRequest(query=term(_word(document_id, version)), limit=5)
    assert [match.document_id for match in searcher.search(word).matches] == [document_id]
    former = SearchRequest(query=term(_word(document_id, version - 1)), limit=5)
    assert not searcher.search(former).matches, "an older version is found"
    assert searcher.document(document_id) == a_version(document_id, version)
    origin = searcher.find_origin(f"/trang/{document_id}.html")
    assert origin == (document_id, f"{version:064x}")


def files_of(folder: Path) -> set[str]:
    """Return all files in a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def strays(folder: Path) -> set[str]:
    """Return the files that belong to nothing."""
    manifest = Manifest.load(folder, schema=DEFAULT_SCHEMA)
    named = {f"segments/{name}" for name in manifest.files()}
    return files_of(folder) - named - {"manifest.json", "write.lock"}
