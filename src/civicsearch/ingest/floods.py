"""Tags with thousands of attributes, taken off a page before it is parsed.

The parser compares each attribute of an element with all before it: 100,000 take minutes.
"""

from __future__ import annotations

import re

__all__ = ["SHORT_CHARS", "without_floods"]

SHORT_CHARS = 100_000
"""A page of so few letters holds no flood that takes more than half a second."""

_MAX_ATTRIBUTES = 250  # three times the most on any of 995 pages
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{2000,}")
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
    if _LONG_TAG.search(text):
        text = _LONG_TAG.sub(_without_flood, text)
    if len(text) > 2 * SHORT_CHARS and len(_SIGN_IN_VALUE.findall(text)) >= _MANY_SIGNS:
        text = _TAG.sub(_without_flood, text)
    return text


def _without_flood(match: re.Match[str]) -> str:
    tag = match[0]
    name = _TAG_NAME.match(tag)  # none for most comparisons in scripts
    if len(tag) < 2000 or name is None:
        return tag
    return tag if len(_QUOTED.sub(" ", tag).split()) <= _MAX_ATTRIBUTES else name[0]
