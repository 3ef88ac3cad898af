"""Which elements of a page a CSS selector chooses.

BeautifulSoup knows CSS (by soupsieve, which it brings along); lxml would need one dependency more
for it. So the page's tree is shown to BeautifulSoup, and each choice is led back to its element.
That costs about as much as the rest of a page and is done for sites with a profile alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from bs4.builder import TreeBuilder
from bs4.element import NavigableString, Tag
from lxml import etree

if TYPE_CHECKING:
    from bs4.element import PageElement
    from lxml.html import HtmlElement

__all__ = ["PageSelector", "why_no_selector"]

# Twenty times the largest of 995 pages; what follows cannot be chosen.
_MAX_TAGS = 200_000
_MAX_DEPTH = 250
_MAX_CHOSEN = 1000


def why_no_selector(selector: str) -> str:
    """Return what is wrong with a CSS selector, in a line, or "" for a good one."""
    css = BeautifulSoup("", builder=TreeSoupBuilder()).css
    try:
        css.compile(selector)
    except NotImplementedError as error:  # what soupsieve raises for h1::before, which is CSS
        return str(error)
    except (css.api.SelectorSyntaxError, ValueError, TypeError, RecursionError) as error:
        return str(error).partition("\n")[0] or type(error).__name__
    return ""


class TreeSoupBuilder(TreeBuilder):
    """Fills a soup from a tree, with all of its attributes and texts."""

    def __init__(self, root: HtmlElement | None = None) -> None:
        super().__init__(multi_valued_attributes={}, store_line_numbers=False)
        self._root = root
        self.elements: dict[int, HtmlElement] = {}
        """By the id of their tag."""

    def feed(self, markup: object) -> None:  # noqa: ARG002 - there is none, only the tree
        """Hand all elements and texts to the soup, in order."""
        soup = self.soup
        if self._root is None or soup is None:
            return
        opened: list[Tag] = [soup]
        last: PageElement = soup
        depth = 0
        for event, element in etree.iterwalk(self._root, events=("start", "end")):
            text = element.text if event == "start" else element.tail
            if event == "start":
                depth += 1
                if depth <= _MAX_DEPTH:
                    last = self._open(element, opened, last)
            else:
                if depth <= _MAX_DEPTH:
                    opened.pop()
                depth -= 1
            if text and opened:
                last = _put(NavigableString(text), opened[-1], last)
            if len(self.elements) >= _MAX_TAGS:
                return

    def _open(self, element: HtmlElement, opened: list[Tag], last: PageElement) -> Tag:
        parent = opened[-1]
        tag = Tag(None, self, element.tag, None, None, dict(element.attrib), parent, last)
        parent.contents.append(tag)
        opened.append(tag)
        self.elements[id(tag)] = element
        return tag


def _put(string: NavigableString, parent: Tag, last: PageElement) -> NavigableString:
    string.setup(parent, last)
    parent.contents.append(string)
    return string


class PageSelector:
    """A page that can be asked by selectors."""

    def __init__(self, root: HtmlElement) -> None:
        self._builder = TreeSoupBuilder(root)
        self._soup = BeautifulSoup("", builder=self._builder)

    def select(self, selector: str) -> list[HtmlElement]:
        """Return the elements that a good selector chooses, in order; at most 1,000."""
        tags = self._soup.select(selector, limit=_MAX_CHOSEN)
        return [self._builder.elements[id(tag)] for tag in tags]

    def remove(self, selector: str) -> int:
        """Take what a selector chooses off the page, and return how many elements that were."""
        tags = self._soup.select(selector, limit=_MAX_CHOSEN)
        for tag in tags:
            if tag.name not in ("html", "body"):
                _take_out(self._builder.elements[id(tag)])
                tag.extract()
        return len(tags)


def _take_out(element: HtmlElement) -> None:
    """Remove an element and what is in it, but not the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    element.tail = None
    parent.remove(element)
