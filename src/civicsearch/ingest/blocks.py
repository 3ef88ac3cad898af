"""The pieces of a page's text: lines of the whole page, blocks of the article, decisions on them.

A page has hundreds, so they are tuples: those are made in half the time of frozen dataclasses.
Values only, and the one function that says how the text of a piece is written (`collapse`).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from civicsearch.analysis.folding import normalize

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Block", "Decision", "Kind", "Line", "Zone", "collapse", "reading_size"]

# Control characters, soft hyphen, zero-width characters, marks of writing direction, BOM, and
# half surrogates that a numeric entity can smuggle in.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)


_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Kind(StrEnum):
    """What a block is by its mark-up."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    TABLE = "table"
    CAPTION = "caption"


class Zone(StrEnum):
    """What a block is for the reader."""

    TITLE = "title"
    LEAD = "lead"
    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    DATELINE = "dateline"
    TAGS = "tags"
    BOILERPLATE = "boilerplate"


class Line(NamedTuple):
    """One visible line of the page: the text between two breaks.

    Attributes:
        text: Collapsed text, never empty.
        element: The innermost block element around it.
        link_chars: How many characters of `text` are inside links.
        level: 1-6 inside a heading element, else 0.
        emphasis: Whether all of it is inside bold, strong or a large font.
    """

    text: str
    element: HtmlElement
    link_chars: int = 0
    level: int = 0
    emphasis: bool = False

    @property
    def link_share(self) -> float:
        """The part of the text inside links, 0 to 1."""
        return min(1.0, self.link_chars / len(self.text)) if self.link_chars else 0.0


class Block(NamedTuple):
    """One block of the article's region.

    Attributes:
        kind: What its mark-up makes it.
        text: Collapsed text; rows of a table are parted by line feeds.
        link_chars: How many characters of `text` are inside links.
        level: 1-6 for a heading, else 0.
        bold: Whether all of it is bold.
        italic: Whether all of it is italic.
        names: Class and id values of the elements around it, innermost last.
        centered: Whether it is set in the middle.
        after_picture: Whether a picture stands directly before it.
        credit: Who made the picture, where the mark-up of a caption names them.
        rule: Why its mark-up alone makes it no part of the story, or "".
        side: 0 inside the region, -1 between headline and region, 1 below the region.
    """

    kind: Kind
    text: str
    link_chars: int = 0
    level: int = 0
    bold: bool = False
    italic: bool = False
    names: str = ""
    centered: bool = False
    after_picture: bool = False
    credit: str = ""
    rule: str = ""
    side: int = 0

    @property
    def link_share(self) -> float:
        """The part of the text inside links, 0 to 1."""
        return min(1.0, self.link_chars / max(1, len(self.text))) if self.link_chars else 0.0


class Decision(NamedTuple):
    """What became of one block, and why.

    Attributes:
        text: The block.
        kept: Whether it is part of the document (in any zone but boilerplate).
        zone: Where it went.
        rule: What decided, in a few words.
    """

    text: str
    kept: bool
    zone: Zone
    rule: str


def reading_size(text: str) -> int:
    """Return the length of `text` in Latin letters: an ideograph says as much as three."""
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def collapse(text: str) -> str:
    r"""Return `text` in NFC on one line, without invisible characters.

    >>> collapse("  An\u00a0Khê \u200b: ")
    'An Khê :'
    """
    line = " ".join(text.split())
    if line.isprintable():  # nearly all are
        if line.isascii():
            return line
        if "\ufffc" not in line and "\ufffd" not in line:
            return normalize(line)
    return " ".join(normalize(_INVISIBLE.sub("", text)).split())
