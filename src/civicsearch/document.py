"""What goes in and what is kept: a `Page` (bytes as fetched) and a `Document` (one article).

Plain values without behaviour that needs a library. How a page becomes a document is the
question of `ingest`; how a document is searched, of `schema` and the engines.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from civicsearch.errors import InvalidOptionError
from civicsearch.values import Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import UnionType

__all__ = [
    "PARAGRAPH_BREAK",
    "Caption",
    "Copy",
    "Document",
    "Origin",
    "Page",
    "check_types",
    "parse_moment",
]

PARAGRAPH_BREAK = "\n\n"
"""What parts the blocks of a text: paragraphs, sub-headings, list items, quotes, tables."""


class Page(Value):
    """One web page as it was fetched or saved.

    Attributes:
        content: The bytes, undecoded.
        url: Where it was fetched from, if known. A canonical URL inside the page wins.
        content_type: The transport's `Content-Type`, if known; its charset is believed first.
    """

    content: bytes
    url: str | None = None
    content_type: str | None = None


class Caption(Value):
    """The text under a picture.

    Attributes:
        text: The whole caption as printed, with its credit.
        credit: Who made the picture, or "" where nobody is named.
    """

    text: str
    credit: str = ""


class Origin(Value):
    """A file that a document was read from.

    Attributes:
        path: Absolute path, or path and line for a document out of a `.jsonl` file.
        sha256: Hash of the bytes, in hexadecimal: unchanged bytes are not read twice.
    """

    path: str
    sha256: str


class Copy(Value):
    """Another page with the same text.

    Attributes:
        url: Its address, or "" where unknown.
        path: The file it was read from, as in `Origin`.
    """

    url: str
    path: str


class Document(Value):
    """One article, cleaned.

    Every string is NFC, without control characters, with runs of blanks made one.

    Attributes:
        document_id: Stable identity: the same canonical URL (or path) gives the same id. Not "".
        title: The headline, without the site's name.
        lead: The marked opening paragraph(s), or "" where the page marks none.
        body: The story after the lead: blocks parted by `PARAGRAPH_BREAK`.
        captions: Texts under pictures, kept apart from the story.
        authors: Who wrote it, without role words; empty rather than wrong.
        published: A `date` where only the day is known, an aware `datetime` where the moment is.
        modified: The same, of the last change.
        source: The publisher's name, else the host of the URL, else "".
        section: The section of the site, or "".
        tags: Keywords that the page prints or states.
        language: Two-letter code, or "" where unknown.
        url: Canonical address, if known.
        views: The page's own view counter, if it prints one.
        notes: What the extractor wants a reader to know, e.g. an error text it dropped.
        origins: The files it was read from, copies too, and the key of its text; filled by ingest.
        copies: Other pages with its text; filled by ingest.
    """

    document_id: str
    title: str = ""
    lead: str = ""
    body: str = ""
    captions: tuple[Caption, ...] = ()
    authors: tuple[str, ...] = ()
    published: dt.date | None = None
    modified: dt.date | None = None
    source: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    url: str | None = None
    views: int | None = None
    notes: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    copies: tuple[Copy, ...] = ()

    _unshown = frozenset({"origins", "copies"})

    @property
    def text(self) -> str:
        """The article to read: lead and body, without title, captions and byline."""
        return PARAGRAPH_BREAK.join(part for part in (self.lead, self.body) if part)

    @property
    def zones(self) -> Mapping[str, tuple[str, ...]]:
        """The parts of the article, each as its blocks: title, lead, body, caption, byline."""
        return {
            "title": (self.title,) if self.title else (),
            "lead": tuple(self.lead.split(PARAGRAPH_BREAK)) if self.lead else (),
            "body": tuple(self.body.split(PARAGRAPH_BREAK)) if self.body else (),
            "caption": tuple(caption.text for caption in self.captions),
            "byline": self.authors,
        }

    def to_dict(self) -> dict[str, Any]:
        """Return the document as JSON-ready values; `from_dict` reads them back.

        `text` and `zones` are derived and there for the reader's convenience.
        """
        return {
            "id": self.document_id,
            "url": self.url,
            "title": self.title,
            "lead": self.lead,
            "body": self.body,
            "captions": [{"text": c.text, "credit": c.credit} for c in self.captions],
            "authors": list(self.authors),
            "published": self.published.isoformat() if self.published else None,
            "modified": self.modified.isoformat() if self.modified else None,
            "source": self.source,
            "section": self.section,
            "tags": list(self.tags),
            "language": self.language,
            "views": self.views,
            "notes": list(self.notes),
            "origins": [{"path": o.path, "sha256": o.sha256} for o in self.origins],
            "copies": [{"url": copy.url, "path": copy.path} for copy in self.copies],
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Document:
        """Return the document that `to_dict` wrote; one author or tag may be a text by itself.

        Raises:
            InvalidOptionError: There is no `id`.
            ValueError: A date is not ISO 8601.
        """
        if "id" not in values:
            raise InvalidOptionError(
                option="id", value=None, expected="the id of the document", problem="is missing"
            )
        return cls(
            document_id=values["id"],
            url=values.get("url"),
            title=values.get("title", ""),
            lead=values.get("lead", ""),
            body=values.get("body", ""),
            captions=tuple([Caption(**caption) for caption in values.get("captions") or ()]),
            authors=_texts(values.get("authors")),
            published=parse_moment(values.get("published")),
            modified=parse_moment(values.get("modified")),
            source=values.get("source", ""),
            section=values.get("section", ""),
            tags=_texts(values.get("tags")),
            language=values.get("language", ""),
            views=values.get("views"),
            notes=_texts(values.get("notes")),
            origins=tuple([Origin(**origin) for origin in values.get("origins") or ()]),
            copies=tuple([Copy(**copy) for copy in values.get("copies") or ()]),
        )


def _texts(value: str | Sequence[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


_TEXTS = ("document_id", "title", "lead", "body", "source", "section", "language")
_DAYS = ("published", "modified")
_MOMENT = "a date, a datetime with its zone, or None"
_LISTS: tuple[tuple[str, type, str], ...] = (
    ("authors", str, "several texts, such as ('Tòng Minh',)"),
    ("tags", str, "several texts, such as ('dân vận',)"),
    ("notes", str, "several texts"),
    ("captions", Caption, "several of Caption"),
    ("origins", Origin, "several of Origin"),
    ("copies", Copy, "several of Copy"),
)


def check_types(document: Document) -> None:
    """Refuse a document with a value of a type that its attribute does not have.

    And one without an id, which nobody could ask for, or with a time of day without a zone, which
    cannot be placed. Not asked when a document is made: what is stored is read as it was stored.

    Raises:
        InvalidOptionError: There is one.
    """
    for name in _TEXTS:
        _check(document, name, str, "a text")
    if not document.document_id:
        raise _wrong(document, "document_id", "a text that is not empty")
    _check(document, "url", str | None, "a text or None")
    _check(document, "views", int | None, "a whole number or None")
    for name in _DAYS:
        _check(document, name, dt.date | None, _MOMENT)
        moment = getattr(document, name)
        if isinstance(moment, dt.datetime) and moment.utcoffset() is None:
            raise _wrong(document, name, _MOMENT)
    for name, kind, expected in _LISTS:
        items = getattr(document, name)
        is_several = isinstance(items, Collection) and not isinstance(items, str)
        if not is_several or not all(isinstance(item, kind) for item in items):
            raise _wrong(document, name, expected)


def _check(document: Document, name: str, kind: type | UnionType, expected: str) -> None:
    if not isinstance(getattr(document, name), kind):
        raise _wrong(document, name, expected)


def _wrong(document: Document, name: str, expected: str) -> InvalidOptionError:
    option = f"{name} of document {document.document_id!r}"
    return InvalidOptionError(option=option, value=getattr(document, name), expected=expected)


def parse_moment(text: str | None) -> dt.date | None:
    """Return the `date` or aware `datetime` that an ISO 8601 text names, or None for none.

    A time without a zone cannot be placed, so only its day is kept.

    Raises:
        ValueError: `text` is not ISO 8601.

    >>> parse_moment("2020-08-06")
    datetime.date(2020, 8, 6)
    >>> parse_moment("2020-08-06T07:30:00")
    datetime.date(2020, 8, 6)
    """
    if not text:
        return None
    if len(text) == len("2020-08-06"):
        return dt.date.fromisoformat(text)
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.date()
