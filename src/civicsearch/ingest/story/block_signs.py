"""What a block tells of itself, whatever stands round it: a pointer, a credit, an imprint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from civicsearch.ingest.blocks import Kind, reading_size
from civicsearch.ingest.reading.phrases import is_contact, is_imprint, is_related_heading
from civicsearch.ingest.reading.pointer_labels import is_pointer_label
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
_MAX_POINTER = 250
_MAX_LABEL = 40
# A link of fewer letters is a name or a number, not a headline.
_MIN_LINK = 15
_OPENING = " :|–—-»>«“\"'‘(["
# Colon, brackets, blanks and a full stop round a label and its link.
_SIGNS = 3
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
    if _POINTER.match(block.text) and len(block.text) < _MAX_POINTER:
        return True
    if block.link_share < 0.4 or len(block.text) > _MAX_POINTER:
        return False
    label, colon, _ = block.text.partition(":")
    is_label = bool(colon) and len(label) <= _MAX_LABEL
    unlinked = len(block.text) - block.link_chars
    if block.kind is Kind.ITEM:
        # `Flood: Where the water stands now`, where all but the label is a link.
        is_link = block.link_share > 0.6 and abs(unlinked - len(label)) <= _SIGNS
        return is_label and is_link
    if block.kind is not Kind.PARAGRAPH:
        return False
    return (is_label and is_related_heading(label)) or _is_led_by_label(block, unlinked)


def _is_led_by_label(block: Block, unlinked: int) -> bool:
    """Return whether all of a paragraph but a pointer's label before it is a link.

    The label may be glued to the link, with or without a colon: `RelatedHow the water rose`. What
    goes on in small letters without a colon is a sentence: `See how the water rose`.
    """
    if not 0 < unlinked <= _MAX_LABEL + _SIGNS or block.link_chars < _MIN_LINK:
        return False
    label, colon, _ = block.text.partition(":")
    if colon and abs(unlinked - len(label)) <= _SIGNS and is_pointer_label(label):
        return True
    # A full stop or a bracket may stand behind the link, a blank before it.
    ends = range(max(1, unlinked - _SIGNS), unlinked + 1)
    return any(
        is_pointer_label(block.text[:end]) and not block.text[end:].lstrip(_OPENING)[:1].islower()
        for end in ends
    )


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
