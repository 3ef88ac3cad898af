"""Which blocks are the lead: the paragraph that sums the story up, set apart above it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.ingest.blocks import Block, Kind
from civicsearch.ingest.reading.vocabulary import is_lead_name
from civicsearch.ingest.story.wording import is_prose

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["NEAR_LEAD", "find_lead", "said_again"]

NEAR_LEAD = 3
"""The lead, and the two blocks below it: a date line may come first."""

_MIN_CHARS = 60
_MIN_NAMED_CHARS = 30
_NEAR = 6
_MIN_WORDS = 8
_MAX_CHARS = 2000
_WORD = re.compile(r"\w+")


def find_lead(blocks: Sequence[Block], *, prose_chars: int) -> tuple[list[int], str]:
    """Return the places of the lead among the blocks of a story, and the rule that says so.

    Args:
        blocks: The story's blocks, in order.
        prose_chars: How much prose the region holds; a lead is less than half of it.
    """
    named = _named_lead(blocks, prose_chars)
    if named:
        return named, "named as a lead"
    if len(blocks) >= 3 and len(blocks[0].text) >= _MIN_CHARS:
        rule = _set_apart(blocks)
        if rule:
            return [0], rule
    return [], ""


def said_again(blocks: Sequence[Block]) -> tuple[int, str] | None:
    """Return which of a lead and the blocks below says what another does, and the rule; else None.

    Systems without leads print what they state as `description` above the story, with marks of
    their own: its first paragraph once more, or the start of that. Without a lead a story may say
    a paragraph twice, as people wrote it down on two of the development pages.
    """
    words = _words_of(blocks[0])
    if len(words) < _MIN_WORDS:
        return None
    for place, block in enumerate(blocks[1:], 1):
        others = _words_of(block)
        if others[: len(words)] != words:
            continue
        if len(others) == len(words):
            return place, "the lead again"
        return 0, "the start of a paragraph"
    return None


def _words_of(block: Block) -> list[str]:
    return _WORD.findall(fold(block.text)) if len(block.text) <= _MAX_CHARS else []


def _named_lead(blocks: Sequence[Block], prose_chars: int) -> list[int]:
    """Return the first blocks that are named as a lead, if they are not most of the story."""
    named: list[int] = []
    for index, block in enumerate(blocks[:_NEAR]):
        if is_lead_name(block.names) and len(block.text) >= _MIN_NAMED_CHARS:
            named.append(index)
        elif named or is_prose(block):
            break
    chars = sum(len(blocks[index].text) for index in named)
    return named if chars <= 0.5 * prose_chars and len(named) < len(blocks) else []


def _set_apart(blocks: Sequence[Block]) -> str:
    """Return why the first block is a lead by how it is set, or ""."""
    first, second, third = blocks[:3]
    if first.kind is Kind.HEADING and first.level <= 4:
        return "a long heading above the story"
    if not first.bold:
        return ""
    # An interview goes on with its first question, in bold as well.
    asks = second.text.endswith("?") and not first.text.endswith("?") and not third.bold
    if asks or not (second.bold or (third.bold and len(third.text) > 100)):
        return "bold paragraph set apart"
    return ""
