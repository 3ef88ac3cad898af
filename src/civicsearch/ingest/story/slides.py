"""Which blocks of a story are slides: pictures one behind the other, each with a number and a text.

For what else is no part of the story see `zones`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from civicsearch.ingest.blocks import Block

__all__ = ["slides_of"]

_COUNTER = re.compile(r"(\d{1,3}) ?/ ?(\d{1,3})(?![\d/])")
# Scores and shares of a text are no counters: fewer of them stand in order.
_FEWEST = 5
# `1/5`, `2/5` and so on begin the days of a programme for May.
_MONTHS = 12


def slides_of(blocks: Sequence[Block]) -> range:
    """Return the places of the slides among `blocks`, from `1/20` to the text of the last one.

    The last one ends where the longest of the others would. Empty where there are fewer than five,
    or where they may be days of a month.
    """
    places: list[int] = []
    for index, block in enumerate(blocks):
        match = _COUNTER.match(block.text)
        if match and int(match[1]) == len(places) + 1 <= int(match[2]) > _MONTHS:
            places.append(index)
    if len(places) < _FEWEST:
        return range(0)
    longest = max(after - before for before, after in pairwise(places))
    return range(places[0], min(len(blocks), places[-1] + longest))
