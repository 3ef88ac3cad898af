"""What a file holds, by its name: a page, documents, many pages, or nothing that is read here."""

from __future__ import annotations

from enum import Enum

from civicsearch.ingest.containers import CONTAINER_SUFFIXES
from civicsearch.ingest.feeds import FEED_SUFFIXES
from civicsearch.ingest.mhtml import MHTML_SUFFIXES
from civicsearch.ingest.warc import WARC_SUFFIXES

__all__ = ["LINES_SUFFIXES", "PAGE_SUFFIXES", "SourceKind", "is_xml", "kind_of_name"]

PAGE_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
LINES_SUFFIXES = (".jsonl", ".ndjson")
_XML_SUFFIX = ".xml"


class SourceKind(Enum):
    """What a file holds, by its name."""

    PAGE = "page"
    DOCUMENT_LINES = "document lines"
    SAVED_PAGE = "page saved with its pictures"
    CONTAINER = "container of pages"
    WEB_ARCHIVE = "web archive"
    FEED = "feed"


_BY_SUFFIX = (
    (PAGE_SUFFIXES, SourceKind.PAGE),
    (LINES_SUFFIXES, SourceKind.DOCUMENT_LINES),
    (MHTML_SUFFIXES, SourceKind.SAVED_PAGE),
    (FEED_SUFFIXES, SourceKind.FEED),
    (CONTAINER_SUFFIXES, SourceKind.CONTAINER),
    (WARC_SUFFIXES, SourceKind.WEB_ARCHIVE),
)


def kind_of_name(name: str) -> SourceKind | None:
    """Return what a file of this name holds, packed as `.gz` or not; None if it does not say."""
    name = name.lower()
    for suffixes, kind in _BY_SUFFIX:
        if name.endswith(suffixes) or name.removesuffix(".gz").endswith(suffixes):
            return kind
    return None


def is_xml(name: str) -> bool:
    """Return whether a file of this name is XML: a feed, if it begins as one."""
    return name.lower().removesuffix(".gz").endswith(_XML_SUFFIX)
