"""The region as a soup: built straight from the tree that lxml made of the page.

Writing the region as markup for BeautifulSoup to parse again cost a seventh of all time on a
page. What shows no text and marks no picture (half of a region: scripts, comments, the paths of
drawings) and attributes that nobody asks for become no objects of the soup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from bs4.builder import TreeBuilder
from bs4.element import NavigableString, Tag
from lxml import etree

from civicsearch.ingest.layout.lines import BLOCK_TAGS

if TYPE_CHECKING:
    from collections.abc import Collection

    from bs4.element import AttributeValueList, PageElement
    from lxml.html import HtmlElement

__all__ = ["TEASER", "soup_of", "take_apart"]

TEASER = "civicsearch-teaser"
"""An attribute of the soup, not of pages: the element is a teaser of another article."""

_SILENT_TAGS = frozenset(
    ("script", "style", "noscript", "template", "link", "meta", "source", "input", "col", "track")
)
# Their place counts, not what is in them.
_HOLLOW_TAGS = _SILENT_TAGS | {"svg"}
_EDGES = BLOCK_TAGS | {"br"}
_ASKED = frozenset(("class", "id", "style", "hidden", "href", "align"))
# Ten times the longest story of 995 pages; what follows is cut so that a page takes seconds.
_MAX_CHARS = 1_000_000
_MAX_TAGS = 20_000
# Mark-up by people is not a tenth as deep; below, text stays and its mark-up is passed over.
_MAX_DEPTH = 250
# More line breaks than two in a row say no more than two; a page may hold 200,000.
_MAX_BREAKS = 2


def soup_of(
    element: HtmlElement, *, teasers: Collection[HtmlElement] = frozenset()
) -> BeautifulSoup:
    """Return `element` and what is in it as a soup, within bounds.

    Args:
        element: The element.
        teasers: Elements in it that get the attribute `TEASER`.
    """
    return BeautifulSoup("", builder=_Builder(element, teasers))


def take_apart(soup: BeautifulSoup) -> None:
    """Empty all elements of a soup that is read, which hold each other.

    Left to the garbage collector they cost it more than this, and `decompose` takes twice as long.
    """
    element: PageElement | None = soup
    while element is not None:
        following = element.next_element
        vars(element).clear()
        element = following


class _Element(Tag):
    """A tag with what is read of tags here.

    Bs4's own sets twenty attributes, most of them for writing markup: a tenth of the time that it
    takes to clean a region.
    """

    prefix = None
    namespace = None
    interesting_string_types = Tag.MAIN_CONTENT_STRING_TYPES

    def __init__(
        self,
        name: str,
        attrs: dict[str, str | AttributeValueList],
        parent: Tag,
        previous: PageElement,
    ) -> None:
        self.name = name
        self.attrs = attrs
        self.contents = []
        _append(self, parent, previous)


def _append(element: PageElement, parent: Tag, previous: PageElement) -> None:
    """Put an element behind the others of its parent, which end with or in `previous`."""
    siblings = parent.contents
    before = siblings[-1] if siblings else None
    element.parent = parent
    element.previous_element = previous
    previous.next_element = element
    element.next_element = element.next_sibling = None
    element.previous_sibling = before
    if before is not None:
        before.next_sibling = element
    siblings.append(element)


class _Builder(TreeBuilder):
    """Gives the soup the elements of a tree in place of those of parsed markup."""

    def __init__(self, element: HtmlElement, teasers: Collection[HtmlElement]) -> None:
        # Values of `class` stay one string: nobody here asks for them one by one.
        super().__init__(multi_valued_attributes={}, store_line_numbers=False)
        self._element = element
        self._teasers = teasers
        self._open: list[Tag] = []
        self._last: PageElement
        self._texts: list[str] = []
        self._blank = ""
        self._at_edge = True
        self._depth = 0
        self._breaks = 0
        self._chars = 0
        self._tags = 0

    def initialize_soup(self, soup: BeautifulSoup) -> None:
        """Begin with the soup that is to be filled."""
        super().initialize_soup(soup)
        self._open = [soup]
        self._last = soup

    def feed(self, markup: object) -> None:  # noqa: ARG002 - there is none, only the tree
        """Hand all elements and texts to the soup, in order."""
        walk = etree.iterwalk(self._element, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event == "start":
                if element.tag in _HOLLOW_TAGS:
                    walk.skip_subtree()
                self._enter(element)
                continue
            if event == "end":
                self._leave(element.tag)
            tail = element.tail
            if tail and element is not self._element:
                self._add(tail)
            if self._chars > _MAX_CHARS or self._tags > _MAX_TAGS:
                break
        if self._texts:
            self._put_texts()

    def _enter(self, element: HtmlElement) -> None:
        self._depth += 1
        name, text = element.tag, element.text
        if name not in _SILENT_TAGS and self._depth <= _MAX_DEPTH:
            self._start(element, name)
        if text and name not in _HOLLOW_TAGS:
            self._add(text)

    def _start(self, element: HtmlElement, name: str) -> None:
        self._pass_edge(name)
        if name == "br":
            self._breaks += 1
            if self._breaks > _MAX_BREAKS:
                return
        else:
            self._breaks = 0
        self._tags += 1
        told: dict[str, str | AttributeValueList]
        told = {key: value for key, value in element.items() if key in _ASKED}
        if self._teasers and element in self._teasers:
            told[TEASER] = ""
        tag = _Element(name, told, self._open[-1], self._last)
        self._open.append(tag)
        self._last = tag

    def _leave(self, name: str) -> None:
        self._depth -= 1
        if name in _SILENT_TAGS or self._depth >= _MAX_DEPTH:
            return
        self._pass_edge(name)
        if name != "br":
            self._breaks = 0
        elif self._breaks > _MAX_BREAKS:
            return
        self._open.pop()

    def _add(self, text: str) -> None:
        if text.isspace():
            self._blank += text
            return
        self._chars += len(text)
        self._breaks = 0
        if self._blank and not self._at_edge:
            self._texts.append(self._blank)
        self._blank = ""
        self._texts.append(text)
        self._at_edge = False

    def _pass_edge(self, name: str) -> None:
        """Put what text there is, without blanks at edges, which are not shown."""
        if name in _EDGES:
            self._at_edge = True
        elif self._blank and not self._at_edge:
            self._texts.append(self._blank)
        self._blank = ""
        if self._texts:
            self._put_texts()

    def _put_texts(self) -> None:
        # Without bs4's own `__new__`, which sets twice what `_append` sets.
        string = str.__new__(NavigableString, "".join(self._texts))
        _append(string, self._open[-1], self._last)
        self._last = string
        self._texts = []
