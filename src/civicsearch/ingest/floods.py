"""Tags with thousands of attributes, taken off a page before it is parsed.

The parser compares each attribute of an element with all before it: 100,000 take minutes.
"""

from __future__ import annotations

import re

__all__ = ["SHORT_CHARS", "without_floods"]

SHORT_CHARS = 100_000
"""A page of so few letters holds no flood that takes more than half a second."""

_LONG_CHARS = 2000
_MAX_ATTRIBUTES = 250  # three times the most on any of 995 pages
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{2000,}")
_STEP = _LONG_CHARS // 2  # one step or more of a long tag is without signs
# Values may hold the signs of tags. Where some do, each tag is read from quote to quote; never
# back again, and at most once to the end of the page for a quote without end.
_SIGN_IN_VALUE = re.compile(r"=\s*+(?:\"[^\"<>]*+[<>]|'[^'<>]*+[<>])")
# Fewer part no flood that takes more than three seconds into pieces of under 2,000 letters.
_MANY_SIGNS = 100
_TAG = re.compile(r"<[a-zA-Z](?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+")
_TAG_NAME = re.compile(r"<[\w:-]+\s")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def without_floods(text: str) -> str:
    """Return `text` with the names alone of elements that have hundreds of attributes."""
    text = _without_long_tags(text)
    if len(text) > 2 * SHORT_CHARS and len(_SIGN_IN_VALUE.findall(text)) >= _MANY_SIGNS:
        text = _TAG.sub(lambda match: _without_flood(match[0]), text)
    return text


def _without_long_tags(text: str) -> str:
    """Look only where no sign of a tag is for long: to search all takes ten times as long."""
    parts, end, last, seen, place = [], 0, -1, 0, 0
    while place < len(text):
        stop = place + _STEP
        if text.find("<", place, stop) < 0 and text.find(">", place, stop) < 0:
            last, seen = max(last, text.rfind("<", seen, place)), place
            match = _LONG_TAG.match(text, last) if last >= end else None
            if match is not None:
                parts += [text[end:last], _without_flood(match[0])]
                end = stop = match.end()
        place = stop
    return "".join([*parts, text[end:]]) if parts else text


def _without_flood(tag: str) -> str:
    name = _TAG_NAME.match(tag)  # none for most comparisons in scripts
    if len(tag) < _LONG_CHARS or name is None:
        return tag
    return tag if len(_QUOTED.sub(" ", tag).split()) <= _MAX_ATTRIBUTES else name[0]
