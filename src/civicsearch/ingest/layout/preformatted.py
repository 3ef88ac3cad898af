r"""Text that is shown as it is typed: `<pre>` and `white-space: pre`, where line feeds are breaks.

Such text is either one paragraph to the line, or wrapped by hand at some width with an empty
line between paragraphs (an e-mail, an old typewriter page).
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["MAX_KEPT_CHARS", "TYPED_TAGS", "is_preformatted", "typed_paragraphs"]

MAX_KEPT_CHARS = 1000
"""What is known of a longer style is not kept: a page may hold megabytes in one."""

TYPED_TAGS = frozenset(("pre", "xmp", "listing"))
_STYLE = re.compile(r"white-space(?:-collapse)?\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_FEEDS = re.compile(r"\n+")
# As many lines as a page may have; the rest stays one paragraph. A page can hold millions.
_MAX_PARTS = 20_000
_MAX_WIDTH = 100
_MIN_WIDTH = 50
_MIN_LINES = 4


def is_preformatted(tag: str, style: str | None) -> bool:
    """Return whether line feeds inside an element are shown."""
    if tag in TYPED_TAGS or style is None:
        return tag in TYPED_TAGS
    return _keeps_lines(style) if len(style) <= MAX_KEPT_CHARS else bool(_STYLE.search(style))


@lru_cache(maxsize=1 << 11)
def _keeps_lines(style: str) -> bool:
    return _STYLE.search(style) is not None


def typed_paragraphs(text: str) -> list[str]:
    r"""Return the paragraphs of preformatted text; the first and the last may be empty.

    >>> typed_paragraphs("Một.\nHai.\n\nBa.")
    ['Một.', 'Hai.', 'Ba.']
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _is_wrapped(text):
        return _LINE_FEEDS.split(text, maxsplit=_MAX_PARTS)
    parts = _BLANK_LINES.split(text, maxsplit=_MAX_PARTS)
    return [part.replace("\n", " ") for part in parts]


def _is_wrapped(text: str) -> bool:
    """Return whether lines end at a width, not at the ends of paragraphs."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < _MIN_LINES or not _BLANK_LINES.search(text):
        return False
    wide = sum(len(line) >= _MIN_WIDTH for line in lines)
    return wide >= 0.5 * len(lines) and max(map(len, lines)) <= _MAX_WIDTH
