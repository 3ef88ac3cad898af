"""Which elements mark-up or names call the story's body, and what stands in or beside them.

Whether one is believed is `region`'s business: lists call every teaser an article.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from civicsearch.ingest.layout.lines import names_of
from civicsearch.ingest.reading.vocabulary import is_body_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

__all__ = ["Bodies", "is_in_body"]

# A story of two paragraphs; where less is in a body it may be a teaser.
_FEW = 400.0
# A story of one paragraph, which readers may have commented on at length.
_LITTLE = 120.0


class Bodies:
    """The bodies of a page whose elements are numbered in document order.

    Every question is answered without asking each body: a page may have 50,000 of them, and as
    many boxes of comments.
    """

    def __init__(
        self,
        elements: Sequence[HtmlElement],
        parents: Sequence[int],
        ends: Sequence[int],
        prose: Sequence[float],
    ) -> None:
        """Find the bodies.

        Args:
            elements: In document order.
            parents: The number of each element's parent, -1 for the first.
            ends: For each the number after its last descendant's.
            prose: How much prose is under each.
        """
        self._ends = ends
        # Five of six elements hold no prose; asking them too took a twentieth of all time.
        self.numbers = [
            number
            for number, element in enumerate(elements)
            if prose[number] > 0 and _is_marked_body(element)
        ]
        mains = [number for number, one in enumerate(elements) if one.tag == "main"]
        self._all = sorted({*self.numbers, *mains})
        full = [number for number in self._all if prose[number] >= _FEW]
        self._first_end = min((ends[number] for number in full), default=len(elements))
        self._last_start = max(full, default=-1)
        self._first_story = min(
            (ends[number] for number in self.numbers if prose[number] >= _LITTLE),
            default=len(elements),
        )
        self._inside = _below(self.numbers, parents)
        self._inside_all = _below(self._all, parents)

    def hold(self, number: int) -> bool:
        """Return whether an element is in a body."""
        return self._inside[number]

    def are_beside(self, number: int) -> bool:
        """Return whether an element is apart from all bodies and from `<main>`, and one is full."""
        end = self._ends[number]
        if self._inside_all[number] or not (self._first_end <= number or self._last_start >= end):
            return False
        place = bisect_left(self._all, number)
        return place == len(self._all) or self._all[place] >= end

    def are_above(self, number: int) -> bool:
        """Return whether a body with a story, be it a short one, ends above an element."""
        return self._first_story <= number


def _below(numbers: Sequence[int], parents: Sequence[int]) -> list[bool]:
    """Return for each element whether it is below one of `numbers`."""
    wanted, flags = set(numbers), [False] * len(parents)
    for number, parent in enumerate(parents):
        flags[number] = parent >= 0 and (flags[parent] or parent in wanted)
    return flags


def is_in_body(element: HtmlElement) -> bool:
    """Return whether `element` is, or is in, what mark-up or names call the story's body."""
    return any(map(_is_marked_body, (element, *element.iterancestors())))


def _is_marked_body(element: HtmlElement) -> bool:
    if "articleBody" in (element.get("itemprop") or ""):
        return True
    if element.tag in ("body", "html"):
        return False
    names = names_of(element)
    return element.tag == "article" or bool(names and is_body_name(names))
