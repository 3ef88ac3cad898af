"""How much of an enormous page is read: what shows no text goes first, then the end of the page.

The largest of 995 pages has two million bytes. A page of fifty would cost gigabytes as a tree, so
pages above five million are made smaller before they are decoded. All of it is linear in the size.
"""

from __future__ import annotations

import re

__all__ = ["MAX_BYTES", "MAX_TAGS", "cut_tags", "shorten"]

MAX_BYTES = 5_000_000
"""What is left of a page is no longer."""
MAX_TAGS = 150_000
"""Six times as many as the fullest of 995 pages has, start and end tags together."""

_MIN_TAG_CHARS = 3
# Of each kind, so many are taken out: five million comments would cost half a gigabyte.
_MAX_PIECES = 100_000
_LINKED = b"ld+json"
# Each runs to its end or the end of the page, so that nothing is looked at twice.
_SCRIPT = re.compile(
    rb"<(script|style)\b[^>]{0,2000}>.*?(?:</\1\b[^>]{0,200}>|\Z)", re.IGNORECASE | re.DOTALL
)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
# Pictures in the page itself, mostly.
_LONG_VALUE = re.compile(rb"=\s{0,9}(?:\"[^\"]{20000,}\"|'[^']{20000,}')")


def shorten(content: bytes, *, width: int) -> tuple[bytes, bool]:
    """Return a page of at most `MAX_BYTES` letters, and whether its end is left out.

    A longer one loses its scripts and the like first.

    Args:
        content: As it was served.
        width: Bytes of a letter where each has as many: 4 for UTF-32; 1 elsewhere.
    """
    most = MAX_BYTES * width
    if len(content) > most and width == 1:
        content = _COMMENT.sub(b"", content, count=_MAX_PIECES)
        content = _SCRIPT.sub(_kept, content, count=_MAX_PIECES)
        content = _LONG_VALUE.sub(b'=""', content, count=_MAX_PIECES)
    if len(content) <= most:
        return content, False
    start = content[:most]
    if width > 1:
        return start, True
    # Between two tags, or between two words: not amid a letter of several bytes.
    end = max(start.rfind(b"<", most // 2), start.rfind(b" ", most // 2))
    return start[:end] if end > 0 else start.rstrip(_INNER_BYTES)[:-1], True


_INNER_BYTES = bytes(range(0x80, 0xC0))


def _kept(match: re.Match[bytes]) -> bytes:
    """Return a script that holds JSON-LD of a moderate size as it is, and others as nothing."""
    script = match[0]
    return script if _LINKED in script[:2000] and len(script) <= MAX_BYTES // 5 else b""


def cut_tags(text: str) -> str:
    """Return the start of `text` that holds at most `MAX_TAGS` tags."""
    if len(text) < _MIN_TAG_CHARS * MAX_TAGS or text.count("<") <= MAX_TAGS:
        return text
    rest = text.split("<", MAX_TAGS + 1)[-1]
    return text[: -len(rest) - 1]
