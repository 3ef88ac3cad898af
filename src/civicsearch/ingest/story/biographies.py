"""What a page tells of its author below the story: the name again, and who that is."""

from __future__ import annotations

import re
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
# In one sentence or two at the very end.
_LAST_BLOCKS = 3
_MAX_CHARS = 350
_NAME = r"([^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}?)"
_TOLD = re.compile(
    rf"{_NAME}(?:, .{{3,60}},)? (?:is (?:an? |the )?(?:\S+ ){{0,4}}"
    r"(?:writer|reporter|editor|journalist"
    r"|columnist|correspondent|contributor|photographer|author|fellow|intern)\b"
    r"|(?:covers|reports (?:on|for)|writes (?:about|for)|can be reached)\b)"
    rf"|(?:reach|contact|e-?mail|follow) (?:(?:reporter|staff writer|editor) )?{_NAME}"
    r" (?:at|on|by|via)\b",
    re.IGNORECASE,
)


def tells_of_author(blocks: Sequence[Block], zones: Sequence[Zone]) -> Iterator[int]:
    """Yield the places of a name that the byline has, alone, and of the sentences that begin so.

    At the end of the story sentences need no name above them where they say who the author is or
    how to reach that person.

    Args:
        blocks: All blocks of the region, in order.
        zones: The zone of each, as far as known.
    """
    pairs = zip(blocks, zones, strict=True)
    bylines = (block.text for block, zone in pairs if zone in _BYLINES)
    named = "\n".join(islice(bylines, _MAX_BYLINES))
    if not named:
        return
    seen_prose = False
    for place, (name, following) in enumerate(pairwise(blocks)):
        is_open = zones[place] is zones[place + 1] is Zone.BODY
        if seen_prose and is_open and _is_told(name, following) and name.text in named:
            yield from (place, place + 1)
        seen_prose |= zones[place] is Zone.BODY and is_prose(name)
    yield from _at_end(blocks, zones, named.casefold())


def _is_told(name: Block, following: Block) -> bool:
    is_name = len(name.text) <= _MAX_NAME and " " in name.text
    return is_name and following.text.startswith(f"{name.text} ")


def _at_end(blocks: Sequence[Block], zones: Sequence[Zone], named: str) -> Iterator[int]:
    """Yield the places among the story's last blocks that tell of who is named above it."""
    open_places = (place for place in range(len(blocks) - 1, 0, -1) if zones[place] is Zone.BODY)
    for place in islice(open_places, _LAST_BLOCKS):
        text = blocks[place].text
        told = _TOLD.match(text) if len(text) <= _MAX_CHARS else None
        if told is not None and (told[1] or told[2]).casefold() in named:
            yield place
