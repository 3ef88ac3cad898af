"""Which window of a text shows most of a query.

Words and neighbours count by how much they tell: that of a rare name counts more than that of a
word that every article has (`search.telling`).
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from civicsearch.analysis.tokens import Span
from civicsearch.search.windows import reach_of, window_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from civicsearch.search.finding import Marks, Place
    from civicsearch.search.telling import Telling

__all__ = ["CELL_BREAK", "NOTHING", "Passage", "Value", "best_passage", "places_inside"]

CELL_BREAK = " | "  # what the extractor puts between the cells of a table

Value = tuple[int, int, bool, int]
"""What a window holds, to compare.

How much its different words and neighbours tell, first; then most of them as typed; then sentences
before rows of a table; then most places, but repetition beyond twice says nothing new.
"""
NOTHING: Value = (0, 0, False, 0)

_MOST_WINDOWS = 4000
"""So many windows of a text are looked at, those first that may hold most. Two patterns for one
word promise more than any window holds, so that all are: 70 µs each, 35 seconds in a text with half
a million matches. Articles of 4,000 words lose nothing."""


class Passage(NamedTuple):
    """A window of a text, and what it is worth."""

    window: Span
    value: Value


def best_passage(
    text: str,
    marks: Marks,
    telling: Telling,
    *,
    max_chars: int,
    above: Value = NOTHING,
    taken: Sequence[Span] = (),
) -> Passage:
    """Return the window that holds most, the first of those that hold as much.

    Nothing (an empty window of the value `above`) is returned where none is worth more than that.

    Args:
        text: The text.
        marks: Where it matches.
        telling: How much each word and pair tells.
        max_chars: The longest window.
        above: What is known already.
        taken: Windows of the same text that the one returned must not overlap.
    """
    bounds = list(_iter_bounds(marks, telling, max_chars))
    known: dict[Span, Value] = {}
    best, place_of_best = Passage(Span(0, 0), above), -1
    # By bounds, the highest first: three of four windows need not be looked at.
    by_bound = sorted(range(len(bounds)), key=bounds.__getitem__, reverse=True)
    for place in by_bound[:_MOST_WINDOWS]:
        if bounds[place] < best.value:
            break
        if bounds[place] == best.value and place > place_of_best:
            continue
        position = marks.words[place][0]
        window = window_at(text, position, max_chars)
        if taken:
            window = _outside(window, position, taken)
        value = known.get(window)
        if value is None:  # else the same sentence
            value = known[window] = _value(text, marks, telling, window)
        if taken and not value[0]:  # what is left there holds nothing
            continue
        is_earlier = value == best.value and place < place_of_best
        if value > best.value or is_earlier:
            best, place_of_best = Passage(window, value), place
    return best


def places_inside(window: Span, places: Sequence[Place]) -> list[Place]:
    """Return the places that lie in `window`; a word takes at least one of its characters."""
    first = bisect_left(places, (window.start,))
    last = bisect_left(places, (window.end,), first)
    near = places[first : min(last, first + window.end - window.start)]
    return [place for place in near if place[1] <= window.end]


def _iter_bounds(marks: Marks, telling: Telling, max_chars: int) -> Iterator[Value]:
    """Yield for every word a value that the window made at it cannot exceed.

    It is that of all around the word that such a window may reach.
    """
    words = _Sliding(marks.words, telling.words)
    pairs = _Sliding(marks.pairs, telling.pairs)
    lowest = min((tier for _, _, _, tier in marks.words), default=0)
    before, behind = reach_of(max_chars)
    for start, _, _, _ in marks.words:
        words.move(start - before, start + behind)
        if marks.pairs:
            pairs.move(start - before, start + behind)
        near = words.different
        yield words.tells + pairs.tells, -lowest * near, True, min(words.count, 2 * near)


class _Sliding:
    """What is inside a stretch of a text that moves on: how many places, and what they tell."""

    __slots__ = ("_first", "_held", "_last", "_places", "_told", "different", "tells")

    def __init__(self, places: Sequence[Place], told: Sequence[int]) -> None:
        self._places = places
        self._told = told
        self._held = [0] * len(told)
        self._first = self._last = 0
        self.tells = self.different = 0

    @property
    def count(self) -> int:
        return self._last - self._first

    def move(self, low: int, high: int) -> None:
        """Move on to the places that begin from `low` on and before `high`."""
        places, held = self._places, self._held
        while self._last < len(places) and places[self._last][0] < high:
            leaf = places[self._last][2]
            if not held[leaf]:
                self.tells += self._told[leaf]
                self.different += 1
            held[leaf] += 1
            self._last += 1
        while self._first < self._last and places[self._first][0] < low:
            leaf = places[self._first][2]
            held[leaf] -= 1
            if not held[leaf]:
                self.tells -= self._told[leaf]
                self.different -= 1
            self._first += 1


def _value(text: str, marks: Marks, telling: Telling, window: Span) -> Value:
    words = places_inside(window, marks.words)
    tiers = {leaf: tier for _, _, leaf, tier in reversed(words)}
    neighbours = {pair for _, _, pair, _ in places_inside(window, marks.pairs)}
    return (
        sum([telling.words[leaf] for leaf in tiers])
        + sum([telling.pairs[pair] for pair in neighbours]),
        -sum(tiers.values()),
        text.find(CELL_BREAK, window.start, window.end) < 0,
        min(len(words), 2 * len(tiers)),
    )


def _outside(window: Span, position: int, taken: Sequence[Span]) -> Span:
    """Return the part of `window` round `position` that is not taken; empty where it is."""
    start, end = window
    for other in taken:
        if other.start <= position < other.end:
            return Span(position, position)
        if other.end <= position:
            start = max(start, other.end)
        else:
            end = min(end, other.start)
    return Span(start, end)
