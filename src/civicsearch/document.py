"""What goes in and what is kept: a `Page` (bytes as fetched) and a `Document` (one article).

Plain values without behaviour that needs a library. How a page becomes a document is the
question of `ingest`; how a document is searched, of `schema` and the engines.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from civicsearch.errors import InvalidOptionError
from civicsearch.values import Value, replace

if TYPE_CHECKING:
    from types import UnionType

__all__ = [
    "PARAGRAPH_BREAK",
    "Caption",
    "Copy",
    "Document",
    "Origin",
    "Page",
    "check_document",
    "parse_moment",
    "without_placeless_times",
]

Part = TypeVar("Part", bound=Value)

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
        published: A `date` where only the day is known, an aware `datetime` where the moment is. Of
            a `datetime` without a zone the day is kept.
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

        A text is taken as it is; whether it is one is asked when the document is added.

        Raises:
            InvalidOptionError: There is no `id`, a value is of a type that cannot be read, or a
                date is not ISO 8601.
        """
        if not isinstance(values, Mapping):
            expected = "a mapping, as `to_dict` returns it"
            raise InvalidOptionError(option="values", value=values, expected=expected)
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
            captions=_parts(values, "captions", Caption),
            authors=_texts(values, "authors"),
            published=_moment(values, "published"),
            modified=_moment(values, "modified"),
            source=values.get("source", ""),
            section=values.get("section", ""),
            tags=_texts(values, "tags"),
            language=values.get("language", ""),
            views=values.get("views"),
            notes=_texts(values, "notes"),
            origins=_parts(values, "origins", Origin),
            copies=_parts(values, "copies", Copy),
        )


def _texts(values: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = values.get(name)
    if isinstance(value, str):
        return (value,)
    try:
        return tuple(value or ())
    except TypeError:
        raise InvalidOptionError(name, value, expected="several texts, or one") from None


def _moment(values: Mapping[str, Any], name: str) -> dt.date | None:
    value = values.get(name)
    try:
        if not value or isinstance(value, str):
            return parse_moment(value)
    except ValueError:
        pass  # said below, as of a value of a wrong type
    raise InvalidOptionError(name, value, expected="a day in ISO 8601 as a text, or None") from None


def _parts(values: Mapping[str, Any], name: str, kind: type[Part]) -> tuple[Part, ...]:
    value = values.get(name)
    try:
        return tuple([kind(**part) for part in value or ()])
    except TypeError:
        expected = "several mappings, as `to_dict` returns them"
        raise InvalidOptionError(name, value, expected=expected) from None


_TEXTS = ("title", "lead", "body", "source", "section", "language")
_DAYS = ("published", "modified")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LISTS: tuple[tuple[str, type, str], ...] = (
    ("authors", str, "several texts, such as ('Tòng Minh',)"),
    ("tags", str, "several texts, such as ('dân vận',)"),
    ("notes", str, "several texts"),
    ("captions", Caption, "several of Caption"),
    ("origins", Origin, "several of Origin"),
    ("copies", Copy, "several of Copy"),
)


def check_document(document: Document) -> None:
    """Refuse a document with an id that nobody can name, or a value of a wrong type.

    Not asked when a document is made: what is stored is read as it was stored.

    Raises:
        InvalidOptionError: There is one.
    """
    _check_id(document)
    for name in _TEXTS:
        _check(document, name, str, "a text")
    _check(document, "url", str | None, "a text or None")
    _check(document, "views", int | None, "a whole number or None")
    if isinstance(document.views, bool):
        raise _wrong(document, "views", "a whole number or None")
    for name in _DAYS:
        _check(document, name, dt.date | None, "a date, a datetime or None")
    for name, kind, expected in _LISTS:
        items = getattr(document, name)
        is_several = isinstance(items, Collection) and not isinstance(items, str)
        if not is_several or not all(isinstance(item, kind) for item in items):
            raise _wrong(document, name, expected)


def without_placeless_times(document: Document) -> Document:
    """Return the document with the day alone of a moment that has no zone, which tells no moment.

    >>> moment = dt.datetime(2020, 8, 6, 7, 30)
    >>> without_placeless_times(Document(document_id="1", published=moment)).published
    datetime.date(2020, 8, 6)
    """
    days: dict[str, dt.date] = {}
    for name in _DAYS:
        moment = getattr(document, name)
        if isinstance(moment, dt.datetime) and moment.utcoffset() is None:
            days[name] = moment.date()
    return replace(document, **days) if days else document


def _check_id(document: Document) -> None:
    """Refuse what cannot be typed at a terminal or stand in an address, such as a line end."""
    document_id: object = document.document_id
    if not isinstance(document_id, str):
        raise InvalidOptionError(option="document_id", value=document_id, expected="a text")
    is_blank = not document_id.strip()
    if is_blank or (not document_id.isprintable() and _UNPRINTABLE.search(document_id)):
        expected = "a text that is not blank, without control characters"
        raise InvalidOptionError(option="document_id", value=document_id, expected=expected)


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
