"""How text and links alternate on a page: linked headlines, runs of prose, cards.

What that makes of the page is decided in `page_kind`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import repeat
from typing import TYPE_CHECKING

from civicsearch.ingest.blocks import reading_size
from civicsearch.ingest.layout.notices import MIN_HEADLINE, is_linked_headline
from civicsearch.ingest.reading.undated import without_dates

if TYPE_CHECKING:
    from civicsearch.ingest.blocks import Line
    from civicsearch.ingest.layout.region import Region

__all__ = ["LINKED", "Shape", "shape_of"]

LINKED = 0.8
"""The part of a line from which on it is a link and no more."""

_HALF_LINKED = 0.4
# `2 March - `, `14 tháng 3: `: lists sorted by years leave them out.
_DAY_AND_MONTH = re.compile(
    r"\s?(?:\d{1,2}\.?(?: [^\W\d]{2,12}\.?){1,2}(?: \d{1,2})?|[^\W\d]{3,12}\.? \d{1,2})\s?[-–—:|]\s"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How text and links alternate, outside of menus and the like.

    Attributes:
        headlines: Lines that are linked headlines.
        dated: Lines that are a linked headline but for a date beside the link.
        longest_run: Letters of the longest run of prose between two linked headlines or cards.
        longest_through: The same of runs that go on through cards.
        letters: Of all prose.
        unlinked: Letters of all that is no link.
        cards: How many cards there are.
        carded: Letters of the prose in cards.
    """

    headlines: int
    dated: int
    longest_run: int
    longest_through: int
    letters: int
    unlinked: int
    cards: int
    carded: int


def shape_of(region: Region) -> Shape:
    """Return how text and links alternate on the page of `region`."""
    count = _Count()
    numbers = region.cards.numbers or repeat(0)
    for line, score, is_furniture, card in zip(
        region.lines, region.scores, region.furniture, numbers, strict=False
    ):
        if not is_furniture:
            count.take(line, score, card)
    return count.shape()


@dataclass(slots=True)
class _Count:
    headlines: int = 0
    dated: int = 0
    run: int = 0
    longest_run: int = 0
    through: int = 0
    longest_through: int = 0
    letters: int = 0
    unlinked: int = 0
    carded: int = 0
    cards: set[int] = field(default_factory=set)

    def take(self, line: Line, score: float, card: int) -> None:
        if card:
            self.cards.add(card)
            self.run = 0
        share = line.link_share
        self.unlinked += len(line.text) if share <= _HALF_LINKED else 0
        if share > LINKED:
            if is_linked_headline(line.text):
                self.headlines += 1
                self.run = self.through = 0
        elif share > _HALF_LINKED and _is_dated_link(line):
            self.dated += 1
            self.run = 0
        elif score > 0:
            self._take_prose(reading_size(line.text), card)

    def _take_prose(self, size: int, card: int) -> None:
        self.letters += size
        self.through += size
        self.longest_through = max(self.longest_through, self.through)
        if card:
            self.carded += size
        else:
            self.run += size
            self.longest_run = max(self.longest_run, self.run)

    def shape(self) -> Shape:
        return Shape(
            headlines=self.headlines,
            dated=self.dated,
            longest_run=self.longest_run,
            longest_through=self.longest_through,
            letters=self.letters,
            unlinked=self.unlinked,
            cards=len(self.cards),
            carded=self.carded,
        )


def _is_dated_link(line: Line) -> bool:
    rest = _DAY_AND_MONTH.sub("", without_dates(line.text)).strip(" ()[]-–|•")
    is_dated = rest != line.text and line.link_chars > LINKED * len(rest)
    return is_dated and reading_size(rest) >= MIN_HEADLINE
