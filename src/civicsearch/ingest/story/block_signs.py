"""What a block tells of itself, whatever stands round it: a pointer, a credit, an imprint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from civicsearch.ingest.blocks import Kind, reading_size
from civicsearch.ingest.reading.phrases import is_contact, is_imprint, is_related_heading
from civicsearch.ingest.reading.vocabulary import is_lead_name
from civicsearch.ingest.story.wording import is_prose

if TYPE_CHECKING:
    from civicsearch.ingest.blocks import Block

__all__ = [
    "imprint_kind",
    "is_kept_outside",
    "is_long_prose",
    "is_typed_item",
    "may_name_photo",
    "own_chars",
    "points_elsewhere",
]

_PHOTO = re.compile(
    r"(?:\banh|\bhinh|\bfot|\bphoto|\bbild\w*|\bzdj\w*|\bimage)[^:/]{0,14}[:/.]|©|photo by"
)
# One of these is in every credit; nearly all lines end here, in half the time.
_PHOTO_STEMS = ("anh", "hinh", "fot", "photo", "bild", "zdj", "image", "©")
_BULLET = re.compile(r"[+*•▪●◦‣–-]\s+\S")
# `>> Another story`; three are what Python prompts with.
_POINTER = re.compile(r">> ?[^\W\d_]")
_LONG_PROSE = 250


def own_chars(block: Block) -> int:
    """Return how many characters of a block are neither links nor furniture by mark-up."""
    return 0 if block.rule or block.side else max(0, len(block.text) - block.link_chars)


def is_kept_outside(block: Block) -> bool:
    """Return whether a block between headline and region can be part of the story."""
    if block.side > 0 or block.link_share > 0.3:
        return False
    return (
        is_prose(block)
        or (len(block.text) >= 40 and is_lead_name(block.names))
        or (len(block.text) >= 60 and 2 <= block.level <= 4)
    )


def points_elsewhere(block: Block) -> bool:
    """Return whether a paragraph is a label and its own link: `See also: Another story`."""
    if _POINTER.match(block.text) and len(block.text) < 250:
        return True
    if block.link_share < 0.4 or len(block.text) > 250:
        return False
    label, colon, _ = block.text.partition(":")
    if not colon or len(label) > 40:
        return False
    if block.kind is Kind.ITEM:
        # `Flood: Where the water stands now`, where all but the label is a link.
        unlinked = len(block.text) - block.link_chars
        return block.link_share > 0.6 and abs(unlinked - len(label)) <= 3
    return block.kind is Kind.PARAGRAPH and is_related_heading(label)


def is_long_prose(block: Block) -> bool:
    """Return whether a paragraph is longer than any teaser, with hardly a link in it."""
    size = reading_size(block.text)
    return is_prose(block) and size >= _LONG_PROSE and block.link_share < 0.2


def is_typed_item(block: Block) -> bool:
    """Return whether a paragraph begins with a bullet that somebody typed."""
    return block.side == 0 and block.link_share < 0.3 and bool(_BULLET.match(block.text))


def may_name_photo(folded: str) -> bool:
    """Return whether a folded line has the words that credits of photos have."""
    return any(stem in folded for stem in _PHOTO_STEMS) and _PHOTO.search(folded) is not None


def imprint_kind(block: Block) -> str:
    """Return whether a block is an "imprint" or a "contact" of the site, "" for neither."""
    if is_imprint(block.text):
        return "imprint"
    return "contact" if is_contact(block.text) else ""
