"""Headings that a page has told screen readers alone, in elements that say nothing to others.

`<div role="heading" aria-level="2">`: design systems write the titles of their cards so, since
each page sets them at another level. They are made heading elements, as all that asks for
headings asks for those.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from civicsearch.ingest.layout.lines import HEADING_LEVELS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["may_have_aria_headings", "take_aria_headings"]

# The standard demands it of each; to look for the role as well takes twice as long.
_LEVEL = "aria-level"
_HEADINGS = etree.XPath("(//div | //p)[@role = 'heading']")
# Of 995 pages 29 have any, at most 18: who looks at more does so on a hostile page.
_MAX_HEADINGS = 200
_MAX_DEPTH = 30
_MAX_PARTS = 30
_MAX_CHARS = 300


def may_have_aria_headings(text: str) -> bool:
    """Return whether a page may have any, by its text: to ask the tree of a page takes longer."""
    return _LEVEL in text


def take_aria_headings(root: HtmlElement) -> None:
    """Make heading elements of those under `root` that are headings by their role alone.

    What holds a heading, or is in one, stays as it is; so does what is too long for one.
    """
    for element in _HEADINGS(root)[:_MAX_HEADINGS]:
        level = element.get(_LEVEL, "").strip()
        if level in {"1", "2", "3", "4", "5", "6"} and _can_be_heading(element):
            element.tag = f"h{level}"


def _can_be_heading(element: HtmlElement) -> bool:
    above = islice(element.iterancestors(), _MAX_DEPTH)
    parts = list(islice(element.iter(), _MAX_PARTS + 1))
    if len(parts) > _MAX_PARTS or any(one.tag in HEADING_LEVELS for one in (*above, *parts)):
        return False
    return 0 < sum(map(len, islice(element.itertext(), 2 * _MAX_PARTS))) <= _MAX_CHARS
