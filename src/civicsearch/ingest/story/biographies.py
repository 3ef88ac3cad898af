"""What a page tells of its author below the story: the name again, and who that is."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

from civicsearch.ingest.blocks import Block, Zone
from civicsearch.ingest.story.wording import is_prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["tells_of_author"]

_MAX_NAME = 60
_MAX_BYLINES = 20  # each name is looked for in all of them
_BYLINES = frozenset((Zone.BYLINE, Zone.DATELINE))


def tells_of_author(blocks: Sequence[Block], zones: Sequence[Zone]) -> Iterator[int]:
    """Yield the places of a name that the byline has, alone, and of the sentences that begin so.

    Args:
        blocks: All blocks of the region, in order.
        zones: The zone of each, as far as known.
    """
    pairs = zip(blocks, zones, strict=True)
    bylines = (block.text for block, zone in pairs if zone in _BYLINES)
    named = "\n".join(islice(bylines, _MAX_BYLINES))
    seen_prose = False
    for place, (name, following) in enumerate(pairwise(blocks)):
        is_open = zones[place] is zones[place + 1] is Zone.BODY
        if named and seen_prose and is_open and _is_told(name, following) and name.text in named:
            yield from (place, place + 1)
        seen_prose |= zones[place] is Zone.BODY and is_prose(name)


def _is_told(name: Block, following: Block) -> bool:
    is_name = len(name.text) <= _MAX_NAME and " " in name.text
    return is_name and following.text.startswith(f"{name.text} ")
