"""Where each value of a document was said on its page, and what was said against it.

Asked only when somebody wants to know (`extract --explain`): the page is read once more, all its
statements are collected, and each is compared with the value that the document has.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.ingest.blocks import collapse
from civicsearch.ingest.encodings.decoding import decode_page
from civicsearch.ingest.extractor import parse_page
from civicsearch.ingest.identity import canonical_url
from civicsearch.ingest.layout.bylines import is_labelled_byline
from civicsearch.ingest.layout.lines import page_lines
from civicsearch.ingest.moments import in_zone_of_page
from civicsearch.ingest.reading.address_dates import date_in_url
from civicsearch.ingest.reading.dates import find_dateline, parse_date
from civicsearch.ingest.stated.json_ld import read_linked_article
from civicsearch.ingest.stated.marked_values import read_marked_values
from civicsearch.ingest.stated.meta_names import (
    AUTHOR_META,
    DATED_META,
    MODIFIED_META,
    PUBLISHED_META,
    SECTION_META,
    TITLE_META,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from civicsearch.document import Document, Page
    from civicsearch.ingest.profiles.applying import Finding, ProfileReading
    from civicsearch.ingest.stated.json_ld import LinkedArticle
    from civicsearch.ingest.stated.marked_values import MarkedValues

__all__ = ["Statement", "Trace", "trace_values"]

_MAX_STATEMENTS = 40
_MAX_LINES = 500
_MAX_CHARS = 200


@dataclass(frozen=True, slots=True)
class Statement:
    """What one place of the page says of one field.

    Attributes:
        field: A field of `Document`.
        place: Such as `og:title`, `JSON-LD author`, `a line of the page`.
        text: As it stands there, cut at 200 characters.
    """

    field: str
    place: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One value of a document, and the statements about it.

    Attributes:
        field: A field of `Document`.
        value: What the document has, as text; "" for nothing.
        said_by: Statements that agree.
        against: Statements that say something else.
    """

    field: str
    value: str
    said_by: tuple[Statement, ...] = ()
    against: tuple[Statement, ...] = ()


def trace_values(
    page: Page, document: Document, *, own: ProfileReading | None = None
) -> tuple[Trace, ...]:
    """Return a trace of title, dates, authors, section and address of `document`.

    Args:
        page: The page that the document was extracted from.
        document: What came of it.
        own: What the profile of the page's site found, if it took part.

    Raises:
        ExtractionError: As for the extraction itself.
    """
    root = parse_page(decode_page(page).text, url=page.url)
    statements = list(_statements(root, page.url or ""))
    values = {
        "title": document.title,
        "published": document.published.isoformat() if document.published else "",
        "modified": document.modified.isoformat() if document.modified else "",
        "authors": ", ".join(document.authors),
        "section": document.section,
        "url": document.url or "",
    }
    traces = (_trace(field, value, statements, document) for field, value in values.items())
    if own is None:
        return tuple(traces)
    said = {found.field: _of_profile(own, found) for found in own.findings if found.is_used}
    return tuple(
        replace(trace, said_by=(said[trace.field], *trace.said_by))
        if trace.field in said
        else trace
        for trace in traces
    )


def _of_profile(own: ProfileReading, found: Finding) -> Statement:
    place = f"profile {own.host}: {found.selector}"
    return Statement(found.field, place, found.value[:_MAX_CHARS])


def _trace(field: str, value: str, statements: Iterable[Statement], document: Document) -> Trace:
    own = [statement for statement in statements if statement.field == field]
    said_by = [statement for statement in own if _agrees(statement, document)]
    visible = [statement for statement in own if statement.place == _LINE]
    # Lines of the page that say something else are other stories' as often as not.
    against = [one for one in own if one not in said_by and one not in visible]
    return Trace(field=field, value=value, said_by=tuple(said_by), against=tuple(against))


def _agrees(statement: Statement, document: Document) -> bool:
    text = fold(statement.text)
    match statement.field:
        case "title":
            return bool(document.title) and fold(document.title) in text
        case "authors":
            return any(fold(name) in text for name in document.authors)
        case "section":
            return fold(document.section) == text
        case "url":
            return canonical_url(statement.text, base=document.url) == document.url
        case _:
            return _is_day_of(statement, document)


def _is_day_of(statement: Statement, document: Document) -> bool:
    moment = document.published if statement.field == "published" else document.modified
    said = parse_date(statement.text, language=document.language) or date_in_url(statement.text)
    if moment is None or said is None:
        return False
    return _day(in_zone_of_page(said, document.language)) == _day(moment)


def _day(moment: dt.date | None) -> dt.date | None:
    return moment.date() if isinstance(moment, dt.datetime) else moment


_LINE = "a line of the page"


def _statements(root: HtmlElement, url: str) -> Iterator[Statement]:
    """Yield what the page says, most trusted places first."""
    seen = set()
    marked, linked = read_marked_values(root), read_linked_article(root)
    for field, place, text in (
        *_linked(linked),
        *_in_meta(marked),
        *_in_body(marked),
        ("published", "the address", url if date_in_url(url) else ""),
        *_in_lines(root),
    ):
        statement = Statement(field, place, collapse(text)[:_MAX_CHARS])
        if statement.text and statement not in seen:
            seen.add(statement)
            yield statement


def _linked(linked: LinkedArticle) -> Iterator[tuple[str, str, str]]:
    yield "title", "JSON-LD headline", linked.headline
    yield "published", "JSON-LD datePublished", linked.published
    yield "modified", "JSON-LD dateModified", linked.modified
    yield "authors", "JSON-LD author", ", ".join((*linked.authors, *linked.organizations))
    for section in linked.sections:
        yield "section", "JSON-LD articleSection", section
    yield "url", "JSON-LD url", linked.url


def _in_meta(marked: MarkedValues) -> Iterator[tuple[str, str, str]]:
    for field, names in (
        ("title", ("og:title", "twitter:title", *TITLE_META)),
        ("published", (*PUBLISHED_META, *DATED_META)),
        ("modified", MODIFIED_META),
        ("authors", (*AUTHOR_META, "twitter:data1", "twitter:data2")),
        ("section", SECTION_META),
        ("url", ("og:url",)),
    ):
        for name in names:
            for text in islice(marked.meta.get(name, ()), _MAX_STATEMENTS):
                yield field, f"meta {name}", text
    for text in marked.links.get("canonical", ()):
        yield "url", "link canonical", text
    yield "title", "<title>", marked.title


def _in_body(marked: MarkedValues) -> Iterator[tuple[str, str, str]]:
    for field, name in (
        ("title", "headline"),
        ("published", "datePublished"),
        ("modified", "dateModified"),
        ("authors", "author"),
    ):
        for text in islice(marked.properties.get(name, ()), _MAX_STATEMENTS):
            yield field, f"microdata {name}", text
    for text in marked.headings:
        yield "title", "<h1>", text
    for text in islice((*marked.times, *marked.plain_times), _MAX_STATEMENTS):
        yield "published", "<time>", text
    for group in islice(marked.bylines, _MAX_STATEMENTS):
        for text in group:
            yield "authors", "an element named as a byline", text


def _in_lines(root: HtmlElement) -> Iterator[tuple[str, str, str]]:
    for line in islice(page_lines(root), _MAX_LINES):
        if len(line.text) > _MAX_CHARS:
            continue
        yield "title", _LINE, line.text
        if find_dateline(line.text) is not None:
            yield "published", _LINE, line.text
        if is_labelled_byline(line.text):
            yield "authors", _LINE, line.text
