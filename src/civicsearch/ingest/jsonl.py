"""Reads ready documents from a `.jsonl` file: one JSON object a line, read as a stream."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import json
import re
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from civicsearch.analysis.folding import normalize
from civicsearch.document import PARAGRAPH_BREAK, Caption, Document, parse_moment
from civicsearch.errors import ExtractionError
from civicsearch.ingest.identity import canonical_url, document_id

if TYPE_CHECKING:
    import datetime as dt
    import io
    from collections.abc import Iterator
    from pathlib import Path

    _Buffered: TypeAlias = io.BufferedReader | gzip.GzipFile

__all__ = [
    "MAX_LINE_BYTES",
    "MAX_TITLE_CHARS",
    "Line",
    "iter_lines",
    "iter_lines_of",
    "parse_document",
]

MAX_LINE_BYTES = 16 * 1024 * 1024
"""A longer line is refused; the longest article seen has 200 KB."""

MAX_TITLE_CHARS = 1000
"""A longer title is cut: it is printed with every hit. The longest headline seen has 300."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\s*\n\s*")
_PARAGRAPHS = re.compile(r"[^\S\n]*\n(?:[^\S\n]*\n)+\s*")


_NOT_UTF8 = "not UTF-8; save the file as UTF-8, or as UTF-16 with a byte order mark"


class _Encoding(NamedTuple):
    """How a file writes its lines: the bytes of a code unit, and a line feed in it."""

    name: str
    codec: str
    width: int
    line_feed: bytes


_UTF8 = _Encoding("UTF-8", "utf-8", 1, b"\n")
_MARKED = (  # that of UTF-16 begins as one of UTF-32 does
    (codecs.BOM_UTF32_LE, _Encoding("UTF-32", "utf-32-le", 4, b"\n\0\0\0")),
    (codecs.BOM_UTF32_BE, _Encoding("UTF-32", "utf-32-be", 4, b"\0\0\0\n")),
    (codecs.BOM_UTF16_LE, _Encoding("UTF-16", "utf-16-le", 2, b"\n\0")),
    (codecs.BOM_UTF16_BE, _Encoding("UTF-16", "utf-16-be", 2, b"\0\n")),
)


class Line(NamedTuple):
    """One line of a file.

    Attributes:
        number: From 1.
        content: Its bytes without the end of line, in UTF-8 where the file says that it is in
            another encoding; empty where `problem` says why.
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
            yield from iter_lines_of(file)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        reason = "not a valid gzip file"
        raise ExtractionError(reason) from None
    except OSError as error:
        raise ExtractionError(reason=f"cannot be read ({error.strerror or error})") from error


def iter_lines_of(file: _Buffered) -> Iterator[Line]:
    """Yield the lines of an open file that are not blank.

    It is UTF-8, or what its byte order mark says.
    """
    start = file.peek(4)
    mark, encoding = next(
        (marked for marked in _MARKED if start.startswith(marked[0])), (b"", _UTF8)
    )
    file.read(len(mark))
    number = 0
    while line := _next_line(file, encoding):
        number += 1
        if len(line) > MAX_LINE_BYTES:
            while line and not line.endswith(encoding.line_feed):
                line = _next_line(file, encoding)
            yield Line(number, b"", "", f"longer than {MAX_LINE_BYTES:,} bytes")
            continue
        try:
            content = _in_utf8(line, encoding).strip()
        except UnicodeDecodeError:
            yield Line(number, b"", "", f"not {encoding.name}, as which the file begins")
            continue
        if content:
            yield Line(number, content, hashlib.sha256(content).hexdigest())


def _next_line(file: _Buffered, encoding: _Encoding) -> bytes:
    """Return the next line, or the start of one that is too long; b"" at the end."""
    if encoding is _UTF8:
        return file.readline(MAX_LINE_BYTES + 1)
    line = bytearray()
    # The byte of a line feed is half of other letters, too: ਊ is 0A 0A.
    while len(line) <= MAX_LINE_BYTES and (piece := file.readline(MAX_LINE_BYTES + 1 - len(line))):
        line += piece
        line += file.read(-len(line) % encoding.width)
        if line.endswith(encoding.line_feed):
            break
    return bytes(line)


def _in_utf8(line: bytes, encoding: _Encoding) -> bytes:
    return line if encoding is _UTF8 else line.decode(encoding.codec).encode()


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
        values = json.loads(_decoded(line.content))
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


def _decoded(content: bytes) -> str:
    try:
        # Lone halves of letters are let through, as `json` does with bytes; `_clean` mends them.
        text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        raise ExtractionError(_NOT_UTF8) from None
    if "\0" in text:  # JSON has none: UTF-16 without its mark has one beside each letter
        raise ExtractionError(_NOT_UTF8)
    return text


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
