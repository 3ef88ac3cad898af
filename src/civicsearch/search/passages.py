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
    best = Passage(Span(0, 0), above)
    previous = None
    for place, bound in zip(marks.words, _iter_bounds(marks, telling, max_chars), strict=False):
        if bound <= best.value:
            continue
        window = window_at(text, place[0], max_chars)
        if taken:
            window = _outside(window, place[0], taken)
        if window == previous:  # the same sentence
            continue
        previous = window
        value = _value(text, marks, telling, window)
        if taken and not value[0]:  # what is left there holds nothing
            continue
        if value > best.value:
            best = Passage(window, value)
    return best


def places_inside(window: Span, places: Sequence[Place]) -> list[Place]:
    """Return the places that lie in `window`; a word takes at least one of its characters."""
    first = bisect_left(places, (window.start,))
    last = bisect_left(places, (window.end,), first)
    near = places[first : min(last, first + window.end - window.start)]
    return [place for place in near if place[1] <= window.end]


def _iter_bounds(marks: Marks, telling: Telling, max_chars: int) -> Iterator[Value]:
    """Yield for every word a value that the window made at it cannot exceed.

    It is that of all around the word that such a window may reach. It takes a fifth of the time
    of the window and what it holds, and spares three of five of them.
    """
    starts = [start for start, _, _, _ in marks.words]
    leaves = [leaf for _, _, leaf, _ in marks.words]
    pair_starts = [start for start, _, _, _ in marks.pairs]
    pairs = [pair for _, _, pair, _ in marks.pairs]
    lowest = min((tier for _, _, _, tier in marks.words), default=0)
    before, behind = reach_of(max_chars)
    for start in starts:
        low, high = start - before, start + behind
        first = bisect_left(starts, low)
        last = bisect_left(starts, high, first)
        near = set(leaves[first:last])
        together = sum([telling.words[leaf] for leaf in near])
        if pairs:
            first_pair = bisect_left(pair_starts, low)
            last_pair = bisect_left(pair_starts, high, first_pair)
            together += sum([telling.pairs[pair] for pair in set(pairs[first_pair:last_pair])])
        yield together, -lowest * len(near), True, min(last - first, 2 * len(near))


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
