"""What a file holds, by its name: a page, documents, many pages, or nothing that is read here.

Where a user names a file whose name does not tell, its first kilobytes are asked.
"""

from __future__ import annotations

import re
from enum import Enum
from pathlib import PurePath

from civicsearch.ingest.containers import CONTAINER_SUFFIXES
from civicsearch.ingest.feeds import FEED_SUFFIXES
from civicsearch.ingest.mhtml import MHTML_SUFFIXES
from civicsearch.ingest.warc import WARC_SUFFIXES

__all__ = [
    "LINES_SUFFIXES",
    "PAGE_BEGINNING",
    "PAGE_SUFFIXES",
    "SourceKind",
    "is_xml",
    "kind_of_name",
    "why_no_page",
]

PAGE_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
LINES_SUFFIXES = (".jsonl", ".ndjson")
_XML_SUFFIX = ".xml"

PAGE_BEGINNING = 65_536
"""Bytes in which a page shows that it is one: scripts may come first, elements of HTML soon."""

# Such files may quote HTML, or carry some; they are pages only where they begin as one.
_OTHERS = frozenset(
    """
    .adoc .bz2 .c .cfg .cjs .conf .cpp .cs .css .csv .db .dll .doc .docx .eml .epub .exe .geojson
    .gif .go .h .ico .ini .ipynb .java .jpeg .jpg .js .json .json5 .jsx .less .log .markdown .mbox
    .md .mjs .mp3 .mp4 .msg .odp .ods .odt .pdf .pl .png .po .ppt .pptx .py .rar .rb .rs .rst .rtf
    .scss .sh .so .sql .sqlite .svelte .svg .tex .text .toml .ts .tsv .tsx .ttf .txt .vue .webm
    .webp .woff .woff2 .xls .xlsx .xml .xsl .xslt .xz .yaml .yml .7z
    """.split()  # noqa: SIM905 - as a list, the formatter makes eighty lines of it
)
_BEGINS_A_PAGE = re.compile(
    rb"(?:\s|<!--.*?-->|<\?.*?>)*+<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE | re.DOTALL
)
_HAS_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|article|main|section|div|p|h[1-6]|table|span)"
    rb"[\s/>]",
    re.IGNORECASE,
)
_MARKS_OF_ORDER = b"\xef\xbb\xbf\xff\xfe"
_NO_PAGE = "no page by its name or its content"
_RENAME = "rename it to end in .html if it is one"
_AS_LINES = "documents are read from .jsonl files, one a line"


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


def why_no_page(name: str, beginning: bytes) -> str:
    """Return why a file whose name does not say that it is a page is none, or "" if it is one.

    A file that is known to hold something else has to begin as a page does; of others any HTML
    will do.

    Args:
        name: Of the file.
        beginning: Its first `PAGE_BEGINNING` bytes, unpacked.
    """
    suffix = PurePath(name.lower().removesuffix(".gz")).suffix
    text = beginning.replace(b"\0", b"").lstrip(_MARKS_OF_ORDER)  # so that UTF-16 is read, too
    is_page = _BEGINS_A_PAGE.match(text) if suffix in _OTHERS else _HAS_HTML.search(text)
    if is_page:
        return ""
    return f"{_NO_PAGE}; {_AS_LINES if suffix == '.json' else _RENAME}"
