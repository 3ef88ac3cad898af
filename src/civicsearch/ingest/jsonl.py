"""Reads ready documents from a `.jsonl` file: one JSON object a line, read as a stream."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from civicsearch.analysis.folding import normalize
from civicsearch.document import PARAGRAPH_BREAK, Caption, Document, parse_moment
from civicsearch.errors import ExtractionError
from civicsearch.ingest.identity import canonical_url, document_id

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["MAX_LINE_BYTES", "MAX_TITLE_CHARS", "Line", "iter_lines", "parse_document"]

MAX_LINE_BYTES = 16 * 1024 * 1024
"""A longer line is refused; the longest article seen has 200 KB."""

MAX_TITLE_CHARS = 1000
"""A longer title is cut: it is printed with every hit. The longest headline seen has 300."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\s*\n\s*")
_PARAGRAPHS = re.compile(r"[^\S\n]*\n(?:[^\S\n]*\n)+\s*")


class Line(NamedTuple):
    """One line of a file.

    Attributes:
        number: From 1.
        content: Its bytes without the end of line; empty where `problem` says why.
        sha256: Hash of the content.
        problem: Why the line cannot be read, or "".
    """

    number: int
    content: bytes
    sha256: str
    problem: str = ""


def iter_lines(path: Path) -> Iterator[Line]:
    """Yield the lines of a file that are not blank, unpacked if its name ends in `.gz`.

    Raises:
        ExtractionError: The file cannot be read.
    """
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            number = 0
            while line := file.readline(MAX_LINE_BYTES + 1):
                number += 1
                if len(line) > MAX_LINE_BYTES:
                    while line and not line.endswith(b"\n"):
                        line = file.readline(MAX_LINE_BYTES)
                    yield Line(number, b"", "", f"longer than {MAX_LINE_BYTES:,} bytes")
                elif line := line.strip():
                    yield Line(number, line, hashlib.sha256(line).hexdigest())
    except (EOFError, zlib.error, gzip.BadGzipFile):
        reason = "not a valid gzip file"
        raise ExtractionError(reason) from None
    except OSError as error:
        raise ExtractionError(reason=f"cannot be read ({error.strerror or error})") from error


def parse_document(line: Line) -> Document:
    """Return the document that one line describes.

    Known keys are those of `Document.to_dict`, so that what `show --json` prints can be read
    back; others are passed over. One of `title` and `body` is needed.

    Raises:
        ExtractionError: The line could not be read, is not JSON, or a value is not what its key
            needs.
    """
    if line.problem:
        raise ExtractionError(line.problem)
    try:
        values = json.loads(line.content.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        reason = "not valid JSON"
        raise ExtractionError(reason) from None
    if not isinstance(values, dict):
        reason = "not a JSON object"
        raise ExtractionError(reason)
    title, body = _text(values, "title", breaks=False)[:MAX_TITLE_CHARS], _text(values, "body")
    if not title and not body:
        reason = "neither 'title' nor 'body' has text"
        raise ExtractionError(reason)
    url = canonical_url(_text(values, "url", breaks=False)) or None
    return Document(
        document_id=_text(values, "id", breaks=False) or document_id(url or f"{title}\n{body}"),
        url=url,
        title=title,
        lead=_text(values, "lead"),
        body=body,
        captions=_captions(values),
        published=_moment(values, "published"),
        modified=_moment(values, "modified"),
        authors=_texts(values, "authors"),
        source=_text(values, "source", breaks=False),
        section=_text(values, "section", breaks=False),
        tags=_texts(values, "tags"),
        language=_text(values, "language", breaks=False),
        views=_count(values, "views"),
        notes=_texts(values, "notes"),
    )


def _text(values: dict[str, Any], key: str, *, breaks: bool = True) -> str:
    value = values.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and key == "id":
        value = str(value)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ExtractionError(reason=f"'{key}' is not a text")
    return _clean(value, breaks=breaks)


def _texts(values: dict[str, Any], key: str) -> tuple[str, ...]:
    value = values.get(key)
    items = [value] if isinstance(value, str) else value or []
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise ExtractionError(reason=f"'{key}' is not a list of texts")
    return tuple(text for item in items if (text := _clean(item, breaks=False)))


def _captions(values: dict[str, Any]) -> tuple[Caption, ...]:
    items = values.get("captions") or []
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        reason = "'captions' is not a list of objects"
        raise ExtractionError(reason)
    captions = (
        Caption(text=_text(item, "text", breaks=False), credit=_text(item, "credit", breaks=False))
        for item in items
    )
    return tuple(caption for caption in captions if caption.text)


def _count(values: dict[str, Any], key: str) -> int | None:
    value = values.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise ExtractionError(reason=f"'{key}' is not a whole number")
    return value


def _moment(values: dict[str, Any], key: str) -> dt.date | None:
    text = _text(values, key, breaks=False)
    try:
        return parse_moment(text)
    except ValueError:
        reason = f"'{key}' is {text[:40]!r}; write a day as 2020-08-06"
        raise ExtractionError(reason) from None


def _clean(text: str, *, breaks: bool) -> str:
    """Return `text` in NFC, without control characters or lone surrogates, blanks made one."""
    text = text.encode("utf-8", "replace").decode()
    text = _BLANKS.sub(" ", _CONTROL.sub(" ", normalize(text.replace("\r", "\n"))))
    text = text.strip()
    if not breaks:
        return _BREAKS.sub(" ", text)
    if not _PARAGRAPHS.search(text):
        return _BREAKS.sub(PARAGRAPH_BREAK, text)
    # Where blank lines part the paragraphs, single ones part the rows of a table.
    return PARAGRAPH_BREAK.join(_BREAKS.sub("\n", part) for part in _PARAGRAPHS.split(text))
