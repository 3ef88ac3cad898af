"""What each block of the region is for the reader: lead, body, caption, byline or furniture.

Read from the top: what stands above the headline goes, the headline, date line and byline are
taken, then the lead, then the story; a box of related pages is skipped or ends the story.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.ingest.blocks import Block, Decision, Kind, Zone, reading_size
from civicsearch.ingest.bylines import is_labelled_byline
from civicsearch.ingest.dates import find_dateline
from civicsearch.ingest.names import is_byline, photo_credit
from civicsearch.ingest.phrases import (
    is_boilerplate_line,
    is_end_heading,
    is_related_heading,
    split_error_text,
)
from civicsearch.ingest.vocabulary import (
    is_author_name,
    is_breadcrumb_name,
    is_lead_name,
    is_meta_name,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Zones", "label_blocks"]

_SENTENCE_END = re.compile(r"[.!?…:;。！？][\])'\"”’»“]*$")
_SOURCE_LINE = re.compile(
    r"(?:theo|nguon|nguon tin|zdroj|fuente|source|zrodlo|quelle|fonte|kaynak|bron|via) ?: ?.{1,80}"
    r"|\((?:theo|nguon) .{1,60}\)|theo (?:\S+ ?){1,4}"
)
_TAG_LINE = re.compile(
    r"(?:tags?|tu khoa|the|keywords?|chu de|stitky|klicova slova|etiquetas|mots?[- ]cles|tagi|"
    r"slowa kluczowe|schlagworter|themen|palavras-chave|topics?|filed under|categories|"
    r"kategorie) ?:"
)
_PHOTO = re.compile(
    r"(?:\banh|\bhinh|\bfot|\bphoto|\bbild\w*|\bzdj\w*|\bimage)[^:/]{0,14}[:/.]|©|photo by"
)
_PROSE_CHARS = 80
_MAX_LINE_CHARS = 160
_TAIL_SHARE = 0.5
_FOOTER_SHARE = 0.15
_TOP_BLOCKS = 60
_BOX_BLOCKS = 14


@dataclass(slots=True)
class Zones:
    """The blocks of the region by zone, and the decision on each."""

    lead: list[Block] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    captions: list[Block] = field(default_factory=list)
    bylines: list[Block] = field(default_factory=list)
    datelines: list[Block] = field(default_factory=list)
    tags: list[Block] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)


def is_prose(block: Block) -> bool:
    """Return whether a block reads like a paragraph of a story."""
    if block.rule or block.link_share > 0.5 or block.kind is Kind.TABLE:
        return False
    ended = bool(_SENTENCE_END.search(block.text))
    return reading_size(block.text) >= (_PROSE_CHARS if ended else 2 * _PROSE_CHARS)


def label_blocks(blocks: Sequence[Block], *, headline: str) -> Zones:
    """Return `blocks` sorted into zones.

    Args:
        blocks: All blocks of the region, in order.
        headline: The title; what stands above it in the region is no part of the story.
    """
    return _Labeller(blocks, headline).label()


def _own_chars(block: Block) -> int:
    """Return how many characters of a block are neither links nor furniture by mark-up."""
    return 0 if block.rule or block.side else max(0, len(block.text) - block.link_chars)


def _by_wording(block: Block, folded: str, *, seen_prose: bool) -> tuple[Zone, str] | None:
    """Return the zone of a short line that its wording or its names give, or None."""
    text = block.text
    if len(text) > _MAX_LINE_CHARS:
        return None
    if not any(map(str.isalnum, text)):
        return Zone.BOILERPLATE, "no words"
    if not seen_prose:
        if find_dateline(text) is not None:
            return Zone.DATELINE, "a date line"
        if len(text) <= 60 and reading_size(text) == len(text) and is_byline(text):
            return Zone.BYLINE, "names alone above the story"
    return next(
        ((zone, rule) for zone, rule, holds in _WORDINGS if holds(block, folded)),
        None,
    )


def _is_error(block: Block, _folded: str) -> bool:
    error, rest = split_error_text(block.text)
    return bool(error) and not rest


def _is_source_line(block: Block, folded: str) -> bool:
    if len(block.text) >= 90 or block.text[-1] in ".:":
        return False
    return bool(_SOURCE_LINE.fullmatch(folded))


# Asked in this order.
_WORDINGS: tuple[tuple[Zone, str, Callable[[Block, str], bool]], ...] = (
    (
        Zone.BOILERPLATE,
        "a line of the site's furniture",
        lambda block, _: is_boilerplate_line(block.text),
    ),
    (Zone.BOILERPLATE, "an error text", _is_error),
    (Zone.TAGS, "a line of tags", lambda _, folded: bool(_TAG_LINE.match(folded))),
    (Zone.BOILERPLATE, "the way to the page", lambda block, _: is_breadcrumb_name(block.names)),
    (Zone.BYLINE, "names with a role", lambda block, _: is_labelled_byline(block.text)),
    (Zone.BOILERPLATE, "a source line", _is_source_line),
    (
        Zone.BYLINE,
        "named as a byline",
        lambda block, _: _is_scrap(block.text) and is_author_name(block.names),
    ),
    (
        Zone.BOILERPLATE,
        "named as particulars",
        lambda block, _: _is_scrap(block.text) and is_meta_name(block.names),
    ),
)


def _is_scrap(text: str) -> bool:
    return len(text) <= 90 and not _SENTENCE_END.search(text)


def _is_kept_outside(block: Block) -> bool:
    """Return whether a block between headline and region can be part of the story."""
    if block.side > 0 or block.link_share > 0.3:
        return False
    return (
        is_prose(block)
        or (len(block.text) >= 40 and is_lead_name(block.names))
        or (len(block.text) >= 60 and 2 <= block.level <= 4)
    )


def _repeated_texts(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the paragraphs that stand twice, if there are several.

    Some pages hold the story once for each width of screen; a single paragraph may be repeated
    on purpose.
    """
    counts = Counter(block.text for block in blocks if len(block.text) > _PROSE_CHARS)
    repeated = frozenset(text for text, count in counts.items() if count > 1)
    return repeated if len(repeated) >= 3 else frozenset()


class _Labeller:
    def __init__(self, blocks: Sequence[Block], headline: str) -> None:
        self._blocks = blocks
        self._headline = fold(headline)
        self._labels: list[tuple[Zone, str]] = [(Zone.BODY, "")] * len(blocks)
        self._repeated = _repeated_texts(blocks)
        self._is_centered = sum(block.centered for block in blocks) > 0.4 * len(blocks)
        prose = [len(block.text) if is_prose(block) else 0 for block in blocks]
        prose = [0 if block.side > 0 else size for block, size in zip(blocks, prose, strict=True)]
        self._total = sum(prose)
        self._prose_from = [0] * (len(blocks) + 1)
        for index in range(len(blocks) - 1, -1, -1):
            self._prose_from[index] = self._prose_from[index + 1] + prose[index]

    def label(self) -> Zones:
        start = self._above_headline()
        self._middle(start)
        self._tail()
        self._find_lead()
        return self._result()

    def _set(self, index: int, zone: Zone, rule: str) -> None:
        self._labels[index] = (zone, rule)

    def _is_open(self, index: int) -> bool:
        return self._labels[index] == (Zone.BODY, "")

    def _above_headline(self) -> int:
        """Label what stands above the headline, and the headline; return where to go on."""
        if self._blocks and self._blocks[0].side < 0:
            return 0
        for index, block in enumerate(self._blocks[:_TOP_BLOCKS]):
            text = fold(split_error_text(block.text)[1])
            if self._headline and text == self._headline:
                above = sum(_own_chars(earlier) for earlier in self._blocks[:index])
                if above > 0.3 * sum(map(_own_chars, self._blocks)):
                    return 0
                for earlier in range(index):
                    self._set(earlier, Zone.BOILERPLATE, "above the headline")
                self._set(index, Zone.TITLE, "the headline")
                return index + 1
        return 0

    def _middle(self, start: int) -> None:
        index = start
        seen_prose = False
        said: set[str] = set()
        while index < len(self._blocks):
            block = self._blocks[index]
            if is_related_heading(block.text) and self._may_head_box(index):
                index = self._skip_box(index)
                continue
            zone, rule = self._zone_of(block, seen_prose=seen_prose or index > start + _TOP_BLOCKS)
            if zone is Zone.BODY and block.text in self._repeated:
                if block.text in said:
                    zone, rule = Zone.BOILERPLATE, "said before"
                said.add(block.text)
            if zone is Zone.BODY and block.side and not _is_kept_outside(block):
                zone, rule = self._outside(index)
            self._set(index, zone, rule)
            seen_prose = seen_prose or (zone is Zone.BODY and is_prose(block))
            index += 1

    def _zone_of(self, block: Block, *, seen_prose: bool) -> tuple[Zone, str]:
        """Return the zone that a block's own text and mark-up give it."""
        if block.rule:
            return Zone.BOILERPLATE, block.rule
        folded = fold(block.text) if len(block.text) < 300 else ""
        if self._headline and folded == self._headline:
            return Zone.TITLE, "the headline again"
        if block.kind is Kind.TABLE:
            return Zone.BODY, ""
        if block.kind is Kind.CAPTION and len(block.text) < 600:
            return Zone.CAPTION, "marked as a caption"
        return (
            _by_wording(block, folded, seen_prose=seen_prose)
            or self._under_picture(block)
            or (Zone.BODY, "")
        )

    def _under_picture(self, block: Block) -> tuple[Zone, str] | None:
        """Return the zone of a caption without mark-up, or of a link alone."""
        text = block.text
        if len(text) >= 350:
            return None
        if _PHOTO.search(fold(text)) and photo_credit(text) and not is_labelled_byline(text):
            return Zone.CAPTION, "ends with a photo credit"
        slanted = block.italic or (block.centered and not self._is_centered)
        if block.after_picture and slanted and len(text) < 300:
            return Zone.CAPTION, "slanted or centred text under a picture"
        if block.link_share > 0.75 and len(text) < 250:
            return Zone.BOILERPLATE, "a link alone"
        return None

    def _outside(self, index: int) -> tuple[Zone, str]:
        """Return the zone of a scrap outside the region: a name right below it is a byline."""
        block = self._blocks[index]
        is_first_below = block.side > 0 and not self._blocks[index - 1].side
        if is_first_below and len(block.text) <= 60 and is_byline(block.text):
            return Zone.BYLINE, "names alone below the story"
        return Zone.BOILERPLATE, "outside the region"

    def _may_head_box(self, index: int) -> bool:
        """Return whether a block can be a heading: an item of a list only below the story."""
        kind = self._blocks[index].kind
        if kind is Kind.ITEM:
            return self._prose_from[index] <= _FOOTER_SHARE * self._total
        return kind is not Kind.TABLE

    def _skip_box(self, index: int) -> int:
        """Drop a related box that starts at `index`; return where the story goes on."""
        heading = self._blocks[index].text
        if self._prose_from[index] <= _TAIL_SHARE * self._total and (
            is_end_heading(heading) or not self._goes_on(index + 1)
        ):
            for later in range(index, len(self._blocks)):
                self._set(later, Zone.BOILERPLATE, f"from '{heading[:40]}' on")
            return len(self._blocks)
        self._set(index, Zone.BOILERPLATE, "heading of a box")
        index += 1
        while index < len(self._blocks):
            block = self._blocks[index]
            if block.link_share < 0.5 and not block.rule:
                break
            self._set(index, Zone.BOILERPLATE, f"in the box '{heading[:40]}'")
            index += 1
        return index

    def _goes_on(self, index: int) -> bool:
        """Return whether two paragraphs in a row follow soon: a list of teasers has none."""
        near = [
            is_prose(block)
            for block in self._blocks[index : index + _BOX_BLOCKS]
            if not (block.side or block.rule)
        ]
        return any(one and two for one, two in pairwise(near))

    def _tail(self) -> None:
        """Trim scraps after the last prose; a byline among them is kept as such."""
        last = next(
            (
                i
                for i in range(len(self._blocks) - 1, -1, -1)
                if self._is_open(i) and self._ends_story(self._blocks[i])
            ),
            None,
        )
        if last is None:
            return
        # A list without full stops may end a story, if something announced it.
        in_list = self._blocks[last].kind is Kind.ITEM or self._blocks[last].text.endswith(":")
        for index in range(last + 1, len(self._blocks)):
            if not self._is_open(index):
                continue
            in_list = in_list and self._blocks[index].kind is Kind.ITEM
            if len(self._blocks[index].text) <= 120 and is_byline(self._blocks[index].text):
                self._set(index, Zone.BYLINE, "names alone below the story")
                in_list = False
            elif not in_list:
                self._set(index, Zone.BOILERPLATE, "a scrap below the story")
        if is_byline(self._blocks[last].text) and len(self._blocks[last].text) <= 120:
            self._set(last, Zone.BYLINE, "names alone below the story")

    @staticmethod
    def _ends_story(block: Block) -> bool:
        if block.kind in (Kind.TABLE, Kind.QUOTE):
            return True
        if block.kind is Kind.HEADING or block.link_share > 0.5:
            return False
        return reading_size(block.text) >= 160 or (
            reading_size(block.text) >= 30 and bool(_SENTENCE_END.search(block.text))
        )

    def _find_lead(self) -> None:
        open_blocks = [i for i in range(len(self._blocks)) if self._is_open(i)]
        named = self._named_lead(open_blocks)
        if named:
            for index in named:
                self._set(index, Zone.LEAD, "named as a lead")
        elif len(open_blocks) >= 3 and len(self._blocks[open_blocks[0]].text) >= 60:
            self._set_apart_lead(open_blocks)

    def _named_lead(self, open_blocks: Sequence[int]) -> list[int]:
        """Return the first blocks that are named as a lead, if they are not most of the story."""
        named: list[int] = []
        for index in open_blocks[:6]:
            block = self._blocks[index]
            if is_lead_name(block.names) and len(block.text) >= 30:
                named.append(index)
            elif named or is_prose(block):
                break
        chars = sum(len(self._blocks[index].text) for index in named)
        return named if chars <= 0.5 * self._total and len(named) < len(open_blocks) else []

    def _set_apart_lead(self, open_blocks: Sequence[int]) -> None:
        first, second, third = (self._blocks[i] for i in open_blocks[:3])
        if first.kind is Kind.HEADING and first.level <= 4:
            self._set(open_blocks[0], Zone.LEAD, "a long heading above the story")
        elif first.bold and not second.bold and not (third.bold and len(third.text) > 100):
            self._set(open_blocks[0], Zone.LEAD, "bold paragraph set apart")

    def _result(self) -> Zones:
        zones = Zones()
        places = {
            Zone.LEAD: zones.lead,
            Zone.BODY: zones.body,
            Zone.CAPTION: zones.captions,
            Zone.BYLINE: zones.bylines,
            Zone.DATELINE: zones.datelines,
            Zone.TAGS: zones.tags,
        }
        for block, (zone, rule) in zip(self._blocks, self._labels, strict=True):
            if zone in places:
                places[zone].append(block)
            zones.decisions.append(
                Decision(
                    text=block.text,
                    kept=zone in places or zone is Zone.TITLE,
                    zone=zone,
                    rule=rule or "prose of the region",
                )
            )
        return zones
