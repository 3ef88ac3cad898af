"""Whether a page opens as an article does, however many headlines of others follow.

A notice of two sentences stands on the same page as three lists of other news. What lists have
not is a headline that leads nowhere, a date line below it, and prose before the first link.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from civicsearch.ingest.blocks import reading_size
from civicsearch.ingest.layout.title_words import more_words
from civicsearch.ingest.reading.dates import find_dateline
from civicsearch.ingest.reading.phrases import MARKS_AT_ENDS, fold_line

if TYPE_CHECKING:
    from civicsearch.ingest.layout.region import Region

__all__ = ["MIN_HEADLINE", "is_linked_headline", "is_one_of_many", "leads_on", "opens_article"]

MIN_HEADLINE = 25
"""Letters of a linked headline; shorter links are menus, or lead on from a teaser."""

_LINKED = 0.8
# Thai, Lao and Khmer write no blanks between words.
_UNPARTED = re.compile("[\u0e00-\u0eff\u1780-\u17ff]")
_MIN_WORDS = 3
_MIN_PROSE = 40
_MAX_CARDS = 1
_MANY = 4
_MAX_ASKED = 50


def opens_article(region: Region, headline: int | None) -> bool:
    """Return whether a date line and then prose follow an unlinked headline, once on the page.

    Args:
        region: With all lines of the page.
        headline: The index of the headline, None if unknown.
    """
    if headline is None or not (_is_dated(region, headline) or _is_dated_round(region, headline)):
        return False
    letters = 0
    for index in range(headline + 1, len(region.lines)):
        line = region.lines[index]
        if region.cards.hold(index):
            break
        if line.link_share > _LINKED and is_linked_headline(line.text):
            if leads_on(line.text):  # the first of several teasers
                return False
            break
        letters += reading_size(line.text) if region.scores[index] > 0 else 0
    return letters >= _MIN_PROSE and _count_cards(region, headline) <= _MAX_CARDS


def _is_dated(region: Region, index: int) -> bool:
    """Return whether a line is no link, and a date line stands right below it."""
    line = region.lines[index]
    if line.link_share > 1 - _LINKED or region.furniture[index]:
        return False
    below = range(index + 1, min(index + 3, len(region.lines)))
    return any(_is_dateline(region, place) for place in below)


def _is_dated_round(region: Region, index: int) -> bool:
    """Return whether a line is no link, and a date line stands near it, below or above."""
    above = range(max(0, index - 2), index)
    near = [*above, index + 3] if index + 3 < len(region.lines) else above
    is_plain = region.lines[index].link_share <= 1 - _LINKED and not region.furniture[index]
    return is_plain and any(_is_dateline(region, place) for place in near)


def _is_dateline(region: Region, index: int) -> bool:
    line = region.lines[index]
    is_short = len(line.text) <= 120 and line.link_share < _LINKED
    return is_short and find_dateline(line.text) is not None


def _count_cards(region: Region, headline: int) -> int:
    """Return how many other lines are set like the headline, with a date line below them."""
    like = region.lines[headline]
    return sum(
        index != headline
        and line.level == like.level
        and line.emphasis == like.emphasis
        and line.element.tag == like.element.tag
        and _is_dated(region, index)
        for index, line in enumerate(region.lines)
        if line.level or line.emphasis
    )


def is_one_of_many(region: Region, headline: int | None) -> bool:
    """Return whether a headline is one of several set alike, each with a day beside it.

    So front pages print posts whose whole card is the link, with an empty `a` laid over it.
    """
    if headline is None or not region.lines[headline].level:
        return False
    like = region.lines[headline]
    alike = (
        index
        for index, line in enumerate(region.lines)
        if line.level == like.level and line.element.get("class") == like.element.get("class")
    )
    dated = (_is_dated(region, index) or _is_dated_round(region, index) for index in alike)
    return sum(islice(dated, _MAX_ASKED)) >= _MANY


@lru_cache(maxsize=1 << 13)
def is_linked_headline(text: str) -> bool:
    """Return whether the text of a link is a headline, or leads on from a teaser.

    A page asks three times for each of its links, and a site has the same menu on every page.
    """
    size = reading_size(text)
    if size < MIN_HEADLINE:
        return leads_on(text)
    is_parted = size == len(text) and not _UNPARTED.search(text)
    return not is_parted or len(text.split()) >= _MIN_WORDS


def leads_on(text: str) -> bool:
    """Return whether the text of a link is no more than `Read more`."""
    if len(text) >= MIN_HEADLINE:
        return False
    # A page has eighty entries of menus, hardly one of them again: nothing of them is kept.
    folded = text.lower().strip(MARKS_AT_ENDS) if text.isascii() else fold_line(text)
    return folded in more_words()
