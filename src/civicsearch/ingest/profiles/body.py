"""The region of a story where a profile says what holds it."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from civicsearch.ingest.layout.lines import is_hidden
from civicsearch.ingest.layout.prose import line_score, opening_line
from civicsearch.ingest.layout.region import Names, Region, find_region

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

__all__ = ["region_of"]


def region_of(root: HtmlElement, elements: Sequence[HtmlElement]) -> Region | None:
    """Return the region that is all of `elements`, or None where they hold no text.

    Args:
        root: The page.
        elements: What holds the story; none is inside another. What surrounds them, how that is
            named and whether a style hides it, says nothing against them.
    """
    for element in elements:
        _show(element)
    page = find_region(root)
    if page is None:
        return None
    held = {inner for element in elements for inner in element.iter()}
    inside = [line.element in held for line in page.lines]
    if not any(inside):
        return None
    found = list(zip(page.lines, inside, page.scores, page.furniture, strict=True))
    scores = [line_score(line) if here else score for line, here, score, _ in found]
    return replace(
        page,
        element=elements[0] if len(elements) == 1 else _joined(elements),
        scores=scores,
        inside=inside,
        furniture=[flag and not here for _, here, _, flag in found],
        start=opening_line(page.lines, scores, inside, inside.index(True)),
        names=Names.BELIEVED,
    )


def _show(element: HtmlElement) -> None:
    """Take from an element and those round it what hides them: a script would."""
    for outer in (element, *element.iterancestors()):
        outer.attrib.pop("hidden", None)
        if is_hidden(outer.get("style")):
            del outer.attrib["style"]


def _joined(elements: Sequence[HtmlElement]) -> HtmlElement:
    """Return an element that holds copies of others."""
    holder = etree.Element("div")
    for element in elements:
        inner = copy.deepcopy(element)
        inner.tail = None
        holder.append(inner)
    return holder
