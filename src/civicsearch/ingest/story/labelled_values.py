"""Particulars of a page between its lead and its text: a day alone, or a label and its value.

`Published:`, then `14 March 2024`: so public bodies set them, and `Contact:`, then an office. A
label alone, or one with something else below it, is left as it is, and so are the days of a
chronicle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.ingest.blocks import Kind, Zone
from civicsearch.ingest.layout.page_titles import is_contact_title
from civicsearch.ingest.reading.dates import find_dateline, is_day_label
from civicsearch.ingest.reading.feedback_lines import is_reading_time
from civicsearch.ingest.reading.undated import without_dates
from civicsearch.ingest.story.wording import ends_sentence, is_prose, is_tag_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from civicsearch.ingest.blocks import Block

__all__ = ["particulars_at"]

# How many blocks are looked at above and below a day, and where the text goes on.
_MAX_TOP = 30
_NEAR = 3
_MAX_VALUE = 60
_LINKED = 0.8
_KINDS = frozenset((Kind.PARAGRAPH, Kind.HEADING, Kind.ITEM))


def particulars_at(blocks: Sequence[Block], index: int) -> tuple[tuple[Zone, str], ...]:
    """Return the zones of the particulars that begin at a block, () where none do.

    Args:
        blocks: All blocks of the region.
        index: Where a label or a day may stand.
    """
    if len(blocks[index].text) > _MAX_VALUE or blocks[index].rule or index + 1 >= len(blocks):
        return ()
    if _is_day(blocks[index]):
        return ((Zone.DATELINE, "a date line"),) if _is_below_lead(blocks, index) else ()
    if _is_contact(blocks, index):
        return (Zone.BOILERPLATE, "whom to ask"), (Zone.BOILERPLATE, "whom to ask")
    return _label_and_value(blocks[index], blocks[index + 1])


def _label_and_value(label: Block, value: Block) -> tuple[tuple[Zone, str], ...]:
    if label.kind not in _KINDS or value.rule or len(value.text) > _MAX_VALUE:
        return ()
    if any(map(str.isdigit, value.text)):
        if is_day_label(label.text) and find_dateline(value.text) is not None:
            return (Zone.BOILERPLATE, "the label of a day"), (Zone.DATELINE, "a date line")
        if is_reading_time(fold(f"{label.text.rstrip(' :')}: {value.text}")):
            return (Zone.BOILERPLATE, "a reading time"), (Zone.BOILERPLATE, "a reading time")
        return ()
    if value.link_share > _LINKED and is_tag_label(label.text):
        return (Zone.TAGS, "the label of tags"), (Zone.TAGS, "a tag")
    return ()


def _is_contact(blocks: Sequence[Block], index: int) -> bool:
    """Return whether a label and a name or an office tell, above the text, whom to ask about it."""
    label, value = blocks[index], blocks[index + 1]
    if not label.text.endswith(":") or value.rule or len(value.text) > _MAX_VALUE:
        return False
    if ends_sentence(value.text) or not is_contact_title(label.text):
        return False
    return _is_on_top(blocks, index) and any(map(is_prose, blocks[index + 2 : index + 2 + _NEAR]))


def _is_on_top(blocks: Sequence[Block], index: int) -> bool:
    """Return whether the first paragraph of a text is above a block, and no other."""
    return index <= _MAX_TOP and sum(map(is_prose, blocks[:index])) == 1


def _is_day(block: Block) -> bool:
    text = block.text
    if len(text) > _MAX_VALUE or block.kind is not Kind.PARAGRAPH or block.rule:
        return False
    return any(map(str.isdigit, text)) and not without_dates(text).strip(" ,.:|-–")


def _is_below_lead(blocks: Sequence[Block], day: int) -> bool:
    """Return whether a day is below the first paragraph of a text that goes on, and no other."""
    if not _is_on_top(blocks, day):
        return False
    below = blocks[day + 1 : day + 1 + _MAX_TOP]
    is_followed = any(map(is_prose, below[:_NEAR]))
    return is_followed and not any(map(_is_day, below))
