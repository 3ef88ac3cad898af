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

__all__ = ["find_lead", "find_repeated"]

_MIN_CHARS = 60
_MIN_NAMED_CHARS = 30
_NEAR = 6
# The lead, and the two blocks below it: a date line may come first.
_NEAR_LEAD = 3
_MAX_CHARS = 2000
_CUT = ("…", "...", "[…]", "[...]")
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


def find_repeated(
    blocks: Sequence[Block], places: Sequence[int], *, is_lead: bool
) -> tuple[int | None, str]:
    """Return the place of what stands twice at the top of a story, and the rule that says so.

    Systems print a summary above the story. Where nobody wrote one, they take the first paragraph,
    or its beginning: then this is no lead. Without a lead what tells it from a paragraph that is
    said twice on purpose, as on two of the development pages, are other class names, and a byline
    or a picture between the two or a mark that it is cut.

    Args:
        blocks: The blocks of the region, in order.
        places: Which of them are the story's, from what may be the summary on.
        is_lead: Whether that is a lead.
    """
    summary = blocks[places[0]] if places else None
    said = _said(summary) if summary else ""
    if summary is None or len(said) < (_MIN_NAMED_CHARS if is_lead else _MIN_CHARS):
        return None, ""
    is_cut = summary.text.endswith(_CUT)
    for below in places[1 : _NEAR_LEAD if is_lead else 2]:
        again = _said(blocks[below])
        is_told = is_cut or below > places[0] + 1
        is_apart = is_lead or (is_told and summary.names != blocks[below].names)
        if is_apart and again.startswith(said):
            is_whole = again == said and not is_cut
            return (below, "the lead again") if is_whole else (places[0], "the first lines again")
    return None, ""


def _said(block: Block) -> str:
    """Return the words of a block: other quotes and a mark at the end make no other text."""
    return " ".join(_WORD.findall(fold(block.text))) if len(block.text) <= _MAX_CHARS else ""


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
