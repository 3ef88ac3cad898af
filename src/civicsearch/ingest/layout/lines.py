"""A parsed page as its visible lines, in the order of the source.

One pass over the lxml tree without recursion. What the lines mean is decided elsewhere.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from civicsearch.ingest.blocks import Line, collapse
from civicsearch.ingest.layout.glued_lines import may_hold_date, parted_numbers, split_glued
from civicsearch.ingest.layout.preformatted import (
    MAX_KEPT_CHARS,
    TYPED_TAGS,
    is_preformatted,
    typed_paragraphs,
)
from civicsearch.ingest.reading.vocabulary import (
    is_caption_name,
    is_lead_name,
    is_spoken_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

__all__ = [
    "BLOCK_TAGS",
    "HEADING_LEVELS",
    "INVISIBLE_TAGS",
    "Hidden",
    "is_block",
    "is_hidden",
    "is_link",
    "names_of",
    "page_lines",
]


class Hidden(Enum):
    """Whether text that a style hides is read: some pages are shown by a script only."""

    SKIP = auto()
    READ = auto()


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


BLOCK_TAGS = _words(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p"
    " pre section summary button table tbody td tfoot th thead tr ul"
)
INVISIBLE_TAGS = _words(
    "script style noscript template iframe embed svg math canvas audio video select"
    " option datalist textarea input head link meta map frameset noembed"
)
HEADING_LEVELS = {f"h{level}": level for level in range(1, 7)}
# Inline elements that stand for a block where their name says so (`<span class="sapo">`).
_INLINE_TAGS = frozenset(("span", "b", "strong", "i", "em", "font", "label", "big", "small"))
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|table)", re.IGNORECASE)
_ITEM_TAGS = frozenset(("li", "dd"))
_EMPHASIS = frozenset(("b", "strong", "big"))
_COUNTED_TAGS = _EMPHASIS | {"a"}
_MARKING_TAGS = _COUNTED_TAGS | {"br"}
_MAX_CHILDREN = 20
# Far above the 6,000 of the longest of 995 pages: a page of line breaks alone ends in seconds.
_MAX_LINES = 20_000
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|indent)\s*:\s*-\d{4}", re.IGNORECASE
)


def is_hidden(style: str | None, hidden: str | None = None) -> bool:
    """Return whether the values of `style` and `hidden` keep an element off the screen."""
    if hidden is not None or style is None:
        return hidden is not None
    return _hides(style) if len(style) <= MAX_KEPT_CHARS else bool(_HIDDEN_STYLE.search(style))


@lru_cache(maxsize=1 << 11)
def _hides(style: str) -> bool:
    """Return whether a style hides; a page has ten, and a hundred elements with one of them."""
    return _HIDDEN_STYLE.search(style) is not None


def is_block(tag: str, names: str, style: str | None) -> bool:
    """Return whether an element stands on lines of its own."""
    if tag in BLOCK_TAGS:
        return True
    if tag not in _INLINE_TAGS:
        return False
    if style is not None and _BLOCK_STYLE.search(style):
        return True
    return bool(names) and (is_lead_name(names) or is_caption_name(names))


def is_link(tag: str, href: str | None) -> bool:
    """Return whether an element leads to another page: a heading may link to itself by `#`."""
    return tag == "a" and href is not None and not (href.startswith("#") and len(href) > 1)


def names_of(element: HtmlElement) -> str:
    """Return the class and id values of `element`, as one string."""
    names, identity = element.get("class"), element.get("id")
    if not identity:
        return names.strip() if names else ""
    return f"{names or ''} {identity}".strip()


def page_lines(root: HtmlElement, *, hidden: Hidden = Hidden.SKIP) -> list[Line]:
    """Return the lines under `root`."""
    return _Reader(root, hidden).read()


class _Reader:
    """The state of one pass: the open blocks and the line that is being gathered."""

    def __init__(self, root: HtmlElement, hidden: Hidden) -> None:
        self._root = root
        self._reads_hidden = hidden is Hidden.READ
        self._lines: list[Line] = []
        self._open: list[HtmlElement] = [root]
        self._pieces: list[str] = []
        self._link_depth = 0
        self._link_chars = 0
        self._emphasis_depth = 0
        self._typed: list[HtmlElement] = []
        self._plain_chars = 0

    def read(self) -> list[Line]:
        walk = etree.iterwalk(self._root, events=("start", "end", "comment", "pi"))
        skipped = None
        for event, element in walk:
            if event == "start":
                if not self._enter(element):
                    skipped = element
                    walk.skip_subtree()
                continue
            if event == "end" and element is not skipped:
                self._leave(element)
            text = element.tail
            # Blanks at the start of a line are not shown: two of three texts of a page.
            if text and (self._pieces or not text.isspace()) and element is not self._root:
                self._add(text)
            if len(self._lines) >= _MAX_LINES:
                break
        self._flush()
        return self._lines

    def _enter(self, element: HtmlElement) -> bool:
        """Open an element; return whether what is in it is shown."""
        tag = element.tag
        if tag in INVISIBLE_TAGS or (tag == "span" and self._is_spoken(element)):
            return False
        style, hidden = element.get("style"), element.get("hidden")
        is_told = style is not None or hidden is not None
        if is_told and not self._reads_hidden and is_hidden(style, hidden):
            return False
        if (style is not None or tag in TYPED_TAGS) and is_preformatted(tag, style):
            self._typed.append(element)
        if tag in BLOCK_TAGS or (tag in _INLINE_TAGS and is_block(tag, names_of(element), style)):
            if self._pieces:
                self._flush()
            self._open.append(element)
        elif tag in _MARKING_TAGS:
            self._mark(element, tag)
        text = element.text
        if text and (self._pieces or not text.isspace()):
            self._add(text)
        return True

    def _is_spoken(self, span: HtmlElement) -> bool:
        """Return whether only screen readers tell what a span of a heading says beside the rest."""
        heading = self._open[-1]
        if heading.tag not in HEADING_LEVELS or not is_spoken_name(span.get("class") or ""):
            return False
        return any(text.strip() for text in _texts_outside(heading, span))

    def _leave(self, element: HtmlElement) -> None:
        if element is self._open[-1]:
            if self._pieces:
                self._flush()
            if element is not self._root:
                self._open.pop()
        elif element.tag in _COUNTED_TAGS:
            self._count(element, element.tag, -1)
        if self._typed and element is self._typed[-1]:
            self._typed.pop()

    def _mark(self, element: HtmlElement, tag: str) -> None:
        if tag == "br":
            self._break()
        else:
            self._count(element, tag, 1)

    def _count(self, element: HtmlElement, tag: str, step: int) -> None:
        if tag in _EMPHASIS:
            self._emphasis_depth += step
        elif is_link(tag, element.get("href")):
            self._link_depth += step

    def _break(self) -> None:
        if not self._pieces:
            return
        if self._open[-1].tag in HEADING_LEVELS:
            self._pieces.append(" ")
        else:
            self._flush()

    def _add(self, text: str) -> None:
        if self._typed:
            self._add_typed(text)
        elif text.isspace():
            # Indentation between elements: one blank says as much.
            self._pieces.append(" " if text.isascii() else text)
        else:
            self._add_shown(text)

    def _add_typed(self, text: str) -> None:
        for place, part in enumerate(typed_paragraphs(text)):
            if place:
                self._break()
            if not part.isspace():
                self._add_shown(part)
            elif self._pieces:
                self._pieces.append(part)

    def _add_shown(self, text: str) -> None:
        self._pieces.append(text)
        if self._link_depth or not self._emphasis_depth:
            visible = len(text) if len(text) < 3 else len(text.strip())
            if self._link_depth:
                self._link_chars += visible
            if not self._emphasis_depth:
                self._plain_chars += visible

    def _flush(self) -> None:
        """End the line that is being gathered; it begins with what is shown."""
        if not self._pieces:
            return
        line = "".join(self._pieces)
        # A list of works ends its items with dates; headlines are no items.
        may_be_glued = may_hold_date(line) and self._open[-1].tag not in _ITEM_TAGS
        if may_be_glued and len(self._pieces) > 1:
            self._pieces = parted_numbers(self._pieces)
            line = "".join(self._pieces)
        text = collapse(line)
        glued = split_glued(self._pieces) if may_be_glued else None
        for part in glued or (text,) if text else ():
            self._append(part)
        self._link_chars = self._plain_chars = 0
        self._pieces = []

    def _append(self, text: str) -> None:
        element = self._open[-1]
        self._lines.append(
            Line(
                text,
                element,
                min(len(text), self._link_chars),
                HEADING_LEVELS.get(element.tag, 0),
                self._plain_chars == 0,
            )
        )


def _texts_outside(heading: HtmlElement, span: HtmlElement) -> Iterator[str]:
    """Yield the texts of a heading but those in a child of it."""
    yield heading.text or ""
    for child in islice(heading, _MAX_CHILDREN):
        yield child.tail or ""
        if child is not span:
            yield from islice(child.itertext(), _MAX_CHILDREN)
