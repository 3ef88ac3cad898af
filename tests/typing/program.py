"""A program of a user, as a type checker sees it; `script/check` reads it, and a test runs it.

What is ignored here must be an error: mypy tells of an ignore that nothing needs.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, assert_type

from civicsearch import (
    Archive,
    Document,
    Explanation,
    Hit,
    InvalidOptionError,
    Results,
    Snippet,
    TotalHits,
    extract,
)

if TYPE_CHECKING:
    from pathlib import Path

    from civicsearch.ingest.report import IngestReport
    from civicsearch.search.diagnosis import Diagnosis

PAGE = """<html lang="vi"><title>Xã Nà Lường đón cầu mới</title><h1>Xã Nà Lường đón cầu mới</h1>
<p>Sáng nay, xã Nà Lường khánh thành cây cầu treo dài 120 mét sau hai năm thi công, nối hai bờ suối
vốn chia cắt mỗi mùa mưa lũ, rút ngắn đường tới trường của hơn hai trăm học sinh hai thôn.</p>"""


def keep(folder: Path) -> int:
    """Fill an archive in every way there is, and return how many documents it holds."""
    page = folder / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    with Archive.create(folder / "index") as archive:
        assert_type(archive, Archive)
        assert_type(archive.add(extract(PAGE, url="https://xa.example/cau")), int)
        archive.add([Document(document_id="1", title="Cầu", published=dt.date(2020, 8, 6))])
        archive.add(Document(document_id=name) for name in ("2", "3"))
        read: IngestReport = archive.ingest([page], jobs=1)
        assert_type(read.added, int)
        archive.delete("2")
        return len(archive)


def ask(folder: Path) -> list[str]:
    """Read all that an answer tells, and return what is marked in it."""
    with Archive.open(str(folder / "index")) as archive:
        results = archive.search("cau treo", sources="xa.example", facets=("year",), sort="newest")
        assert_type(results, Results)
        assert_type(results.hits, tuple[Hit, ...])
        assert_type(results.total, TotalHits)
        assert_type(results.suggestions, tuple[str, ...])
        assert_type(results.cursor, str | None)
        (hit,) = results.hits
        assert_type(hit.published, dt.date | None)
        assert_type(hit.url, str | None)
        assert_type(hit.snippet, Snippet)
        assert_type(hit.explain(), Explanation | None)
        for name, counts in results.facets.items():
            assert_type(name, str)
            assert_type(counts, tuple[tuple[str, int], ...])
        found: Diagnosis = archive.why("cau", hit.document_id)
        text = hit.snippet.text
        return [text[start:end] for start, end in hit.snippet.highlights if found.matches]


def slip(archive: Archive, document: Document) -> int:
    """Make the slips that a type checker finds before the program runs; return how many raise."""
    raised = 0
    for call in (
        lambda: archive.search("cầu", limit="10"),  # type: ignore[arg-type]
        lambda: archive.search("cầu", published_from="2020"),  # type: ignore[arg-type]
        lambda: archive.add("cầu"),  # type: ignore[arg-type]
    ):
        try:
            call()
        except InvalidOptionError:
            raised += 1
    try:
        document.title = "Cầu mới"  # type: ignore[misc]
    except AttributeError:
        raised += 1
    return raised
