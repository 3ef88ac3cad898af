"""Where the story begins when teasers of other stories stand before it in the same element.

A flat page prints "latest news" and the story alike: headline, date line, text, again and again.
The story is the one with by far the most text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from civicsearch.ingest.layout.cards import NO_CARDS
from civicsearch.ingest.reading.dates import find_dateline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from civicsearch.ingest.blocks import Line
    from civicsearch.ingest.layout.cards import Cards

__all__ = ["discount_teasers", "first_line_of_story"]

_MIN_TEASERS = 2
# Measured against all teasers before it: a page of equal entries has no one story.
_TIMES_TEASERS = 2.5
_LINKED = 0.8
_TEASER_WORTH = 0.1
# Less than the link on its top costs, however long the excerpt is.
_CARD_WORTH = 1.0
_MAX_DATELINE = 120
_PARAGRAPH = 40.0
_MIN_HEADLINE = 12
_MAX_HEADLINE = 250
_MAX_DATED = 200
_MAX_ASKED = 6000  # as many lines as the longest of 995 pages has


def first_line_of_story(
    lines: Sequence[Line], scores: Sequence[float], *, first: int, last: int
) -> int:
    """Return the index of the line from which the story's first prose is to be looked for.

    Args:
        lines: The page's lines.
        scores: Of each line, positive for prose.
        first: Index of the region's first line.
        last: Index after the region's last line.
    """
    dated = _dated_headlines(lines, scores, first, last)
    if len(dated) <= _MIN_TEASERS:
        return first
    ends = [*(index - 1 for index in dated[1:]), last]
    prose = [
        sum(score for score in scores[begin:end] if score > 0)
        for begin, end in zip(dated, ends, strict=True)
    ]
    story = max(range(len(dated)), key=lambda place: prose[place])
    if story < _MIN_TEASERS or prose[story] < _TIMES_TEASERS * sum(prose[:story]):
        return first
    own = _has_own_heading(lines[first : dated[0]], lines[dated[story] - 1])
    return first if own else dated[story]


def discount_teasers(
    lines: Sequence[Line], scores: Sequence[float], cards: Cards = NO_CARDS
) -> list[float]:
    """Return `scores` with little left of prose that alternates with links, or is in cards.

    A column of teasers may hold more prose than the notice of two sentences that it stands beside.
    """
    rest = list(scores)
    run: list[int] = []
    for index in range(1, len(lines)):
        if scores[index] > 0 and lines[index - 1].link_share > _LINKED:
            run.append(index)
        elif lines[index].link_share <= _LINKED and run:
            _discount(rest, run)
            run = []
    _discount(rest, run)
    if cards.numbers and not cards.are_contents and _have_story(scores, cards):
        for index, number in enumerate(cards.numbers):
            if number and rest[index] > 0:
                rest[index] = min(rest[index], _CARD_WORTH)
    return rest


def _have_story(scores: Sequence[float], cards: Cards) -> bool:
    """Return whether there is a paragraph outside of the cards."""
    return any(
        score >= _PARAGRAPH and not number
        for score, number in zip(scores, cards.numbers, strict=True)
    )


def _discount(scores: list[float], run: Sequence[int]) -> None:
    if len(run) > _MIN_TEASERS:
        for index in run:
            scores[index] *= _TEASER_WORTH


def _dated_headlines(
    lines: Sequence[Line], scores: Sequence[float], first: int, last: int
) -> list[int]:
    """Return the indices of date lines that have a headline right above them."""
    found: list[int] = []
    for index in range(first + 1, min(last, first + _MAX_ASKED)):
        if len(found) >= _MAX_DATED:
            break
        above = lines[index - 1].text
        if (
            len(lines[index].text) <= _MAX_DATELINE
            and _MIN_HEADLINE <= len(above) <= _MAX_HEADLINE
            and scores[index - 1] < _MAX_DATELINE
            and find_dateline(lines[index].text) is not None
            and find_dateline(above) is None
        ):
            found.append(index)
    return found


def _has_own_heading(above: Sequence[Line], headline: Line) -> bool:
    """Return whether a main heading stands above all, and not over the longest part."""
    return headline.level != 1 and any(line.level == 1 for line in above)
