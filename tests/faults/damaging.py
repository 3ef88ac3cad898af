"""Changes files of an archive, and looks whether it says so or answers as before."""

from __future__ import annotations

import random
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from civicsearch.document import Document
from civicsearch.engines.local.engine import LocalEngine
from civicsearch.errors import (
    ArchiveCorruptError,
    ArchiveError,
    ArchiveForeignError,
    ArchiveVersionError,
)
from civicsearch.query.nodes import And, MatchAll, Not, Or, Query
from civicsearch.schema import FACETS
from civicsearch.search.request import SearchRequest, Sort
from fakes.builders import phrase, prefix, term
from faults.ledger import a_version, create, open_local

__all__ = ["Verdict", "answers", "damages", "judge", "make_archive", "random_damage"]


class Verdict(StrEnum):
    """What came of a damage; WRONG is right only where no checksum was looked at."""

    SAME = "answers as before"
    NAMED = "an error that names the file"
    WRONG = "other answers, and the check names the file"


def make_archive(folder: Path, *, documents: int, segments: int) -> None:
    """Make an archive of some segments, of which the first two have deleted documents."""
    engine = create(folder)
    writer = engine.writer()
    for segment in range(segments):
        first = segment * documents // segments
        for number in range(first, (segment + 1) * documents // segments):
            writer.add(a_version(f"d{number}", 1))
        writer.commit()
    writer.add(a_version("d0", 2))
    writer.delete(f"d{documents // segments}")
    writer.commit()
    writer.close()
    engine.close()


def answers(engine: LocalEngine) -> dict[str, Any]:
    """Return all that the archive says, by every way of asking: questions with their answers."""
    searcher = engine.searcher()
    said: dict[str, Any] = {"count": searcher.count()}
    queries: tuple[Query, ...] = (
        MatchAll(),
        term("dân"),
        term("d3v1"),
        prefix("d1"),
        phrase("cầu treo"),
        And(children=(term("xã"), term("d2"))),
        Or(children=(term("d4v1"), term("d0v2"), term("d0v1"))),
        And(children=(MatchAll(), Not(child=term("d5v1")))),
    )
    for query in queries:
        for sort in Sort:
            request = SearchRequest(query=query, limit=1000, sort=sort, facets=FACETS)
            found = searcher.search(request)
            said[f"{query} {sort}"] = (
                found.total.value,
                [(match.document_id, match.score, match.load()) for match in found.matches],
                found.facets,
            )
        best = searcher.search(SearchRequest(query=query, limit=3))
        said[f"{query} best"] = [(match.document_id, match.score) for match in best.matches]
        said[f"{query} total"] = best.total.value
    for number in range(8):
        said[f"origin {number}"] = searcher.find_origin(f"/trang/d{number}.html")
        found_document: Document | None = searcher.document(f"d{number}")
        said[f"document {number}"] = found_document
    return said


def damages(data: bytes, *, step: int = 1) -> Iterator[tuple[str, bytes]]:
    """Yield every way of damaging a file that is tried: bits, cuts, growth."""
    for place in range(0, len(data), step):
        bit = 1 << place % 8
        yield f"bit {bit} of byte {place}", _flipped(data, place, bit)
    for size in sorted({0, 1, 8, len(data) // 2, len(data) - 1}):
        if size < len(data):
            yield f"cut to {size}", data[:size]
    yield "a byte more", data + b"\0"
    yield "zeros", bytes(len(data))


def random_damage(data: bytes, chance: random.Random) -> tuple[str, bytes]:
    """Return one damage by chance: single bits mostly, then runs, numbers, cuts and moves."""
    place = chance.randrange(len(data))
    length = min(chance.choice((1, 2, 4, 8, 64, 512)), len(data) - place)
    kind = chance.choice(("bit", "bit", "bit", "noise", "zeros", "ones", "cut", "move"))
    after = data[place + length :]
    match kind:
        case "bit":
            return f"a bit of byte {place}", _flipped(data, place, 1 << chance.randrange(8))
        case "cut":
            return f"cut to {place}", data[:place]
        case "move":
            return f"{length} bytes at {place} lost", data[:place] + after
        case "noise":
            middle = chance.randbytes(length)
        case _:
            middle = (b"\0" if kind == "zeros" else b"\xff") * length
    return f"{length} bytes of {kind} at {place}", data[:place] + middle + after


def _flipped(data: bytes, place: int, bit: int) -> bytes:
    return data[:place] + bytes((data[place] ^ bit,)) + data[place + 1 :]


def judge(folder: Path, name: str, right: dict[str, Any]) -> Verdict:
    """Ask a damaged archive everything, and return what came of it.

    Args:
        folder: The archive.
        name: The file that was damaged.
        right: What the intact archive said.
    """
    try:
        engine = open_local(folder)
        try:
            said = answers(engine)
            if said == right:
                return Verdict.SAME
            assert engine.damaged_files() == [name], "wrong answers, and the check is content"
            return Verdict.WRONG
        finally:
            engine.close()
    except ArchiveError as error:
        refusal = error
    expected: tuple[type[ArchiveError], ...] = (ArchiveCorruptError,)
    if name == "manifest.json":  # what it says of its format cannot be checked before
        expected = (ArchiveCorruptError, ArchiveForeignError, ArchiveVersionError)
    assert isinstance(refusal, expected), repr(refusal)
    assert name in str(refusal) or isinstance(refusal, ArchiveVersionError), str(refusal)
    assert "\n" not in str(refusal)
    return Verdict.NAMED
