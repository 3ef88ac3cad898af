"""The articles in a feed file: RSS, Atom or RDF, where it has their whole text.

`feedparser` reads all of these, broken ones too. It is an extra, for few feeds have whole texts:
`pip install 'civicsearch[feeds]'`. An item becomes a small page that states what the feed says of
it, and is read as any page is.
"""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from html import escape
from typing import TYPE_CHECKING, Any

from civicsearch.errors import ExtractionError
from civicsearch.ingest.members import Member

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FEED_BEGINNING", "FEED_SUFFIXES", "is_feed", "iter_items"]

FEED_SUFFIXES = (".rss", ".atom", ".rdf")
FEED_BEGINNING = 4096
"""Bytes in which a feed says that it is one."""

_MAX_ITEMS = 100_000
_ROOT = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|RDF)[\s>]")
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})


def is_feed(beginning: bytes) -> bool:
    """Return whether an XML file is a feed, by its first kilobytes."""
    return _ROOT.search(beginning) is not None


def iter_items(content: bytes) -> Iterator[Member]:
    """Yield the items of a feed, each as a page; those without a whole text with the reason.

    Raises:
        ExtractionError: It is no feed, or `feedparser` is not installed.
    """
    try:
        import feedparser  # noqa: PLC0415 - an extra
    except ImportError:
        reason = "feeds need one more package: pip install 'civicsearch[feeds]'"
        raise ExtractionError(reason) from None
    # Bytes, never a text: feedparser takes a text for an address and fetches it.
    feed = feedparser.parse(content, resolve_relative_uris=False)
    if not feed.entries and not feed.get("version"):
        reason = "not a valid feed"
        raise ExtractionError(reason)
    for number, entry in enumerate(feed.entries[:_MAX_ITEMS], start=1):
        link = str(entry.get("link") or "")
        name = str(entry.get("id") or link or number)
        text = _whole_text(entry)
        if text:
            page = _page(entry, text, source=str(feed.feed.get("title") or ""))
            yield Member(
                name, page.encode("utf-8", "replace"), link or None, "text/html; charset=utf-8"
            )
        else:
            yield Member(name, b"", problem="the feed has only a summary of it")


def _whole_text(entry: Any) -> str:  # noqa: ANN401 - of a package without types
    """Return the content of an item as HTML, "" where there is none."""
    contents = [part for part in entry.get("content", ()) if part.get("value")]
    if not contents:
        return ""
    longest = max(contents, key=lambda part: len(part["value"]))
    value = str(longest["value"])
    if longest.get("type") in _HTML_TYPES:
        return value
    paragraphs = (part for part in value.splitlines() if part.strip())
    return "".join(f"<p>{escape(part)}</p>" for part in paragraphs)


def _page(entry: Any, text: str, *, source: str) -> str:  # noqa: ANN401
    title = str(entry.get("title") or "")
    stated = {
        "og:title": _plain(title),
        "og:url": str(entry.get("link") or ""),
        "og:site_name": source,
        "article:published_time": _moment(entry.get("published")),
        "article:modified_time": _moment(dict.get(entry, "updated")),
    }
    authors = [str(author.get("name") or "") for author in entry.get("authors", ())]
    metas = [("property", name, value) for name, value in stated.items()]
    metas += [("name", "author", author) for author in authors]
    metas += [("property", "article:tag", str(tag.get("term"))) for tag in entry.get("tags", ())]
    head = "".join(
        f'<meta {kind}="{name}" content="{escape(value)}">' for kind, name, value in metas if value
    )
    return (
        f"<!DOCTYPE html><html><head><title>{escape(_plain(title))}</title>{head}</head>"
        f"<body><article><h1>{escape(_plain(title))}</h1>{text}</article></body></html>"
    )


def _plain(title: str) -> str:
    """Return a title without the markup that some feeds put into it."""
    return re.sub(r"<[^<>]{0,200}>", "", title)


def _moment(text: str | None) -> str:
    """Return a moment as ISO 8601, "" where there is none that can be read."""
    if not text:
        return ""
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError):
        return text if text[:4].isdigit() else ""
