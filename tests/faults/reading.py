"""Readers that look at an archive while it is written to, and believe nothing.

Of the documents, pillars never change; twins are always changed together, and their versions
only grow. A reader that sees a pillar gone, twins apart, or a version older than one that was
acknowledged before it looked, has found a bug.

    python -m faults.reading FOLDER NOTE SECONDS fresh|same
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from civicsearch.engines.local.engine import LocalEngine
from civicsearch.engines.local.searcher import LocalSearcher
from civicsearch.search.request import SearchRequest
from fakes.builders import term
from faults.ledger import a_version, create, open_local

__all__ = ["PILLARS", "TWINS", "begin", "commit_version", "look", "look_for"]

PILLARS = tuple(f"p{number}" for number in range(12))
TWINS = ("x", "y")
_PAUSE_S = 0.01


def begin(folder: Path) -> None:
    """Make the archive: every pillar in a segment of its own."""
    engine = create(folder)
    writer = engine.writer()
    for pillar in PILLARS:
        writer.add(a_version(pillar, 2))
        writer.commit()
    writer.close()
    engine.close()


def commit_version(folder: Path, version: int, *, memory_bytes: int = 1 << 20) -> None:
    """Change the twins, write the passers-by, and make one segment of all now and then."""
    engine = open_local(folder, memory_bytes=memory_bytes)
    writer = engine.writer()
    for twin in TWINS:
        writer.add(a_version(twin, version))
    writer.add(a_version(f"z{version % 7}", version))
    writer.delete(f"z{(version + 3) % 7}")
    writer.commit()
    if version % 60 == 0:
        writer.optimize()
    writer.close()
    engine.close()


def look(searcher: LocalSearcher) -> int:
    """Return the version that a snapshot has of the twins; 0 where they are not there yet."""
    found = searcher.search(SearchRequest(query=term("vận"), limit=1000))
    documents = {match.document_id: match.load() for match in found.matches}
    assert len(documents) == searcher.count() == found.total.value
    for pillar in PILLARS:
        assert documents[pillar] == searcher.document(pillar) == a_version(pillar, 2)
    versions = {
        int(documents[twin].title.rpartition("v")[2]) for twin in TWINS if twin in documents
    }
    assert len(versions) <= 1, "twins apart"
    return max(versions, default=0)


def look_for(engine: LocalEngine, note: Path, seconds: float, *, is_fresh: bool) -> int:
    """Look at an archive again and again, and return how often.

    Args:
        engine: The archive.
        note: A file that says which version was acknowledged.
        seconds: How long.
        is_fresh: Open the archive anew for every look.
    """
    until, looks, last = time.monotonic() + seconds, 0, 0
    first = engine.searcher()
    seen_first = look(first)
    while time.monotonic() < until:
        acknowledged = int(note.read_text())
        mine = open_local(engine.folder) if is_fresh else engine
        version = look(mine.searcher())
        assert version >= max(acknowledged, last), f"{version}: {acknowledged}, {last} were there"
        last = version
        looks += 1
        time.sleep(_PAUSE_S)  # the writer must come to its turn
        if is_fresh:
            mine.close()
        if looks % 20 == 0:
            assert look(first) == seen_first, "a snapshot changed"
            engine.size_bytes()
        if looks % 50 == 0:
            assert not engine.damaged_files()
            first, seen_first = engine.searcher(), version
            seen_first = look(first)
    return looks


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    note, seconds, kind = Path(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
    looks = look_for(open_local(folder), note, seconds, is_fresh=kind == "fresh")
    print(looks)  # noqa: T201 - to the process that started this one
