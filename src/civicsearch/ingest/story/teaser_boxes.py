"""Whether what follows a heading is a box of teasers, each a linked headline and its first lines.

A short notice may have less text than the box below it, so that amounts of prose do not tell which
is the story; the order of links and text does, and that both are set otherwise than the story.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from civicsearch.ingest.blocks import reading_size
from civicsearch.ingest.story.wording import is_prose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from civicsearch.ingest.blocks import Block

__all__ = ["is_teaser_box"]

_LINKED = 0.9
_MIN_HEADLINE = 15
_MIN_ENTRIES = 2
_MAX_ENTRIES = 12
# Its first lines, the day, the section.
_MAX_LINES = 4


def is_teaser_box(blocks: Sequence[Block], heading: int) -> bool:
    """Return whether all that follows a heading is teasers.

    Args:
        blocks: The blocks of the region, in order.
        heading: The place of the heading.
    """
    above = next((block for block in reversed(blocks[:heading]) if is_prose(block)), None)
    following = blocks[heading + 1 : heading + 2 + _MAX_ENTRIES * (_MAX_LINES + 1)]
    own = next((i for i, block in enumerate(following) if block.side or block.rule), None)
    is_whole = own is not None or heading + 1 + len(following) == len(blocks)
    if above is None or not is_whole:
        return False
    counts: list[int] = []
    for block in following[:own]:
        if block.link_share > _LINKED and reading_size(block.text) >= _MIN_HEADLINE:
            counts.append(0)
        elif not counts or block.names == above.names:
            return False
        else:
            counts[-1] += 1
    return len(counts) >= _MIN_ENTRIES and all(1 <= count <= _MAX_LINES for count in counts)
