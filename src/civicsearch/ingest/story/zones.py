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
from civicsearch.ingest.layout.bylines import is_labelled_byline
from civicsearch.ingest.layout.page_titles import is_contact_title
from civicsearch.ingest.reading.dates import find_dateline
from civicsearch.ingest.reading.invitations import is_invitation
from civicsearch.ingest.reading.memberships import is_for_members
from civicsearch.ingest.reading.names import is_byline, photo_credit
from civicsearch.ingest.reading.phrases import (
    is_consent_text,
    is_contact,
    is_end_heading,
    is_one_comment,
    is_readers_heading,
    is_related_heading,
    split_error_text,
)
from civicsearch.ingest.reading.site_notices import is_site_notice
from civicsearch.ingest.reading.vocabulary import is_lead_name
from civicsearch.ingest.story.biographies import tells_of_author
from civicsearch.ingest.story.block_signs import (
    imprint_kind,
    is_kept_outside,
    is_long_prose,
    is_typed_item,
    may_name_photo,
    own_chars,
    points_elsewhere,
)
from civicsearch.ingest.story.labelled_values import particulars_at
from civicsearch.ingest.story.leads import find_lead, find_repeated
from civicsearch.ingest.story.particulars import is_particulars
from civicsearch.ingest.story.slides import slides_of
from civicsearch.ingest.story.teaser_boxes import is_teaser_box
from civicsearch.ingest.story.wording import (
    PROSE_CHARS,
    Seen,
    ends_sentence,
    is_prose,
    zone_by_wording,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Zones", "label_blocks"]

_FOR_MEMBERS = "for subscribers"
_ASKING = (
    (is_consent_text, "asks for consent"),
    (is_invitation, "an invitation of the site"),
    (is_for_members, _FOR_MEMBERS),
    (is_site_notice, "a notice to the site's readers"),
)
_TAIL_SHARE = 0.5
_FOOTER_SHARE = 0.15
_TOP_BLOCKS = 60
# A menu of sixty lines may stand above the headline in the same cell.
_MAX_ABOVE = 400
# Menus and boxes above the headline may hold more letters than a short story, but little prose.
# A share of 0.3 lost the beginning of two pages of the held half, whose headline was not found.
_MAX_PROSE_ABOVE = 0.15
_MAX_ABOVE_SHARE = 0.45
_MAX_DATELINE = 90
_IMPRINT_GAP = 3
_BOX_BLOCKS = 14
# A box amid a story has few entries.
_SMALL_BOX = 6
_FEW_LINKS = 3
_SHORT_STORY = 200
# A sentence with its number or its full stop outside of the link is no link alone.
_LINKED = 0.9
# `Lam Hill: 3, 5 and 7 May`; in a row they are a table.
_LABELLED = re.compile(r"[^:：]{1,30}[:：]\s*[^:：]{2,}$")
# Letters of a line that ends no sentence and yet belongs to the story: below prose it may be short.
_LONG_SCRAP = 160
_LAST_LINE = 90


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


def label_blocks(blocks: Sequence[Block], *, headline: str) -> Zones:
    """Return `blocks` sorted into zones.

    Args:
        blocks: All blocks of the region, in order.
        headline: The title; what stands above it in the region is no part of the story.
    """
    return _Labeller(blocks, headline).label()


def _repeated_texts(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the paragraphs that stand twice, if there are several.

    Some pages hold the story once for each width of screen; a single paragraph may be repeated
    on purpose.
    """
    counts = Counter(block.text for block in blocks if len(block.text) > PROSE_CHARS)
    repeated = frozenset(text for text, count in counts.items() if count > 1)
    return repeated if len(repeated) >= 3 else frozenset()


class _Labeller:
    def __init__(self, blocks: Sequence[Block], headline: str) -> None:
        self._blocks = blocks
        self._headline = fold(headline)
        self._slides = slides_of(blocks)
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
        for index in tells_of_author(self._blocks, [zone for zone, _ in self._labels]):
            self._set(index, Zone.BOILERPLATE, "about the author")
        self._imprint()
        self._tail()
        open_blocks = [index for index in range(len(self._blocks)) if self._is_open(index)]
        lead, rule = find_lead(
            [self._blocks[index] for index in open_blocks], prose_chars=self._total
        )
        for place in lead:
            self._set(open_blocks[place], Zone.LEAD, rule)
        top = open_blocks[lead[0] :] if lead else open_blocks
        repeated, rule = find_repeated(self._blocks, top, is_lead=bool(lead))
        if repeated is not None:
            self._set(repeated, Zone.BOILERPLATE, rule)
        return self._result()

    def _set(self, index: int, zone: Zone, rule: str) -> None:
        self._labels[index] = (zone, rule)

    def _is_open(self, index: int) -> bool:
        return self._labels[index] == (Zone.BODY, "")

    def _above_headline(self) -> int:
        """Label what stands above the headline, and the headline; return where to go on."""
        if self._blocks and self._blocks[0].side < 0:
            return 0
        for index, block in enumerate(self._blocks[:_MAX_ABOVE]):
            if self._is_headline(split_error_text(block.text)[1]):
                if self._holds_much_above(index):
                    return 0
                for earlier in range(index):
                    self._set(earlier, Zone.BOILERPLATE, "above the headline")
                self._set(index, Zone.TITLE, "the headline")
                return index + 1
        return 0

    def _holds_much_above(self, index: int) -> bool:
        """Return whether so much stands above a headline that it cannot be the story's own."""
        above = sum(own_chars(earlier) for earlier in self._blocks[:index])
        prose = self._prose_from[0] - self._prose_from[index]
        return prose > _MAX_PROSE_ABOVE * self._total or above > _MAX_ABOVE_SHARE * sum(
            map(own_chars, self._blocks)
        )

    def _is_headline(self, text: str) -> bool:
        """Return whether a block is the headline, alone or on one line with its date line."""
        headline = self._headline
        if not headline or len(text) > len(headline) + _MAX_DATELINE:
            return False
        folded = fold(text)
        if folded == headline:
            return True
        if folded.startswith(headline):
            beside = text[len(headline) :]
        elif folded.endswith(headline):
            beside = text[: -len(headline)]
        else:
            return False
        return len(folded) == len(text) and find_dateline(beside) is not None

    def _middle(self, start: int) -> None:
        index = start
        seen = Seen.NOTHING
        said: set[str] = set()
        while index < len(self._blocks):
            block = self._blocks[index]
            told = self._told_at(index)
            if told:
                index += told
                continue
            if is_related_heading(block.text) and self._may_head_box(index):
                index = self._skip_box(index)
                continue
            zone, rule = self._zone_of(block, Seen.STORY if index > start + _TOP_BLOCKS else seen)
            zone, rule = self._zone_in_row(index, zone, rule)
            if zone is Zone.BODY and block.text in self._repeated:
                if block.text in said:
                    zone, rule = Zone.BOILERPLATE, "said before"
                said.add(block.text)
            if zone is Zone.BODY and block.side and not is_kept_outside(block):
                zone, rule = self._outside(index)
            self._set(index, zone, rule)
            if zone is Zone.BODY and is_prose(block):
                # Below a lead the date line follows; names alone may be a heading there.
                seen = Seen.STORY if seen or not is_lead_name(block.names) else Seen.LEAD
            index += 1

    def _told_at(self, index: int) -> int:
        """Label the blocks from `index` on that point elsewhere or tell about the page; count."""
        told = particulars_at(self._blocks, index)
        if points_elsewhere(self._blocks[index]):
            told = ((Zone.BOILERPLATE, "points to another page"),)
        for place, (zone, rule) in enumerate(told, index):
            self._set(place, zone, rule)
        return len(told)

    def _zone_in_row(self, index: int, zone: Zone, rule: str) -> tuple[Zone, str]:
        """Return the zone of a block by those that it stands among, where it tells none itself."""
        if zone is not Zone.BODY:
            return zone, rule
        if index in self._slides:
            return Zone.CAPTION, "a slide"
        above = self._labels[index - 1] if index else None
        if self._blocks[index].kind is Kind.ITEM and above == (Zone.BOILERPLATE, _FOR_MEMBERS):
            return above  # what they are promised
        return zone, rule

    def _zone_of(self, block: Block, seen: Seen) -> tuple[Zone, str]:
        """Return the zone that a block's own text and mark-up give it."""
        if block.rule:
            return Zone.BOILERPLATE, block.rule
        folded = fold(block.text) if len(block.text) < 300 else ""
        if self._is_headline(block.text):
            return Zone.TITLE, "the headline again"
        if block.kind is Kind.TABLE:
            is_told = is_particulars(block.text)
            return (Zone.BYLINE, "particulars of the page") if is_told else (Zone.BODY, "")
        for asks, rule in _ASKING:
            if asks(block.text):
                return Zone.BOILERPLATE, rule
        if block.kind is Kind.CAPTION and len(block.text) < 600:
            return Zone.CAPTION, "marked as a caption"
        return zone_by_wording(block, folded, seen) or self._under_picture(block) or (Zone.BODY, "")

    def _under_picture(self, block: Block) -> tuple[Zone, str] | None:
        """Return the zone of a caption without mark-up, or of a link alone."""
        text = block.text
        if len(text) >= 350:
            return None
        if may_name_photo(fold(text)) and photo_credit(text) and not is_labelled_byline(text):
            return Zone.CAPTION, "ends with a photo credit"
        slanted = block.italic or (block.centered and not self._is_centered)
        if block.after_picture and slanted and len(text) < 300:
            return Zone.CAPTION, "slanted or centred text under a picture"
        if block.link_share > _LINKED and len(text) < 250:
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
        is_below = self._heads_comments(index) or is_teaser_box(self._blocks, index)
        if is_below or (
            self._prose_from[index] <= _TAIL_SHARE * self._total
            and (is_end_heading(heading) or not self._goes_on(index + 1))
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

    def _heads_comments(self, index: int) -> bool:
        """Return whether a heading is of comments below a story, which may be the shorter."""
        block = self._blocks[index]
        above = self._prose_from[0] - self._prose_from[index]
        if above < _SHORT_STORY or not is_readers_heading(block.text):
            return False
        # In bold, `Comment` may head the view of the paper itself.
        is_bold = block.bold and block.kind is Kind.PARAGRAPH
        return block.kind is Kind.HEADING or (is_bold and not is_one_comment(block.text))

    def _goes_on(self, index: int) -> bool:
        """Return whether two paragraphs in a row follow soon, or a long one: teasers are short."""
        near = [
            block
            for block in self._blocks[index : index + _BOX_BLOCKS]
            if not (block.side or block.rule)
        ]
        return (
            any(map(is_long_prose, near[:_SMALL_BOX]))
            or any(is_prose(one) and is_prose(two) for one, two in pairwise(near))
            or self._ends_below(index, near)
        )

    def _ends_below(self, index: int, near: Sequence[Block]) -> bool:
        """Return whether the story's last paragraph follows a few links, set like those above.

        In a list of teasers links follow it.
        """
        links = next((i for i, block in enumerate(near) if block.link_share < _LINKED), len(near))
        if not 0 < links <= _FEW_LINKS or links == len(near):
            return False
        last, *others = near[links:]
        if last.link_chars or not is_prose(last) or any(one.link_share > 0.5 for one in others):
            return False
        above = next((one for one in reversed(self._blocks[: index - 1]) if is_prose(one)), None)
        return above is not None and (above.kind, above.names) == (last.kind, last.names)

    def _imprint(self) -> None:
        """Drop the site's imprint below the story; addresses go only in its company."""
        first = len(self._blocks)
        seen: set[str] = set()
        for index in range(len(self._blocks) - 1, -1, -1):
            block = self._blocks[index]
            kind = imprint_kind(block)
            if kind:
                seen.add(kind)
                first = index
            elif self._is_open(index) and (is_prose(block) or first - index > _IMPRINT_GAP):
                break
        above = sum(len(self._blocks[i].text) for i in range(first) if self._is_open(i))
        if "imprint" in seen and above >= PROSE_CHARS:
            for index in range(first, len(self._blocks)):
                self._set(index, Zone.BOILERPLATE, "the site's imprint")

    def _tail(self) -> None:
        """Trim scraps after the last prose; a byline among them is kept as such."""
        last = next(
            (
                i
                for i in range(len(self._blocks) - 1, -1, -1)
                if self._is_open(i) and self._ends_story(i)
            ),
            None,
        )
        if last is None:
            return
        # A list without full stops may end a story, if something announced it.
        in_list = self._blocks[last].kind is Kind.ITEM or self._blocks[last].text.endswith(":")
        last = self._last_row(last)
        for index in range(last + 1, len(self._blocks)):
            if not self._is_open(index):
                continue
            is_typed = is_typed_item(self._blocks[index])
            in_list = is_typed or (in_list and self._blocks[index].kind is Kind.ITEM)
            if is_contact_title(self._blocks[index - 1].text):
                self._set(index, Zone.BOILERPLATE, "whom to ask")
            elif len(self._blocks[index].text) <= 120 and is_byline(self._blocks[index].text):
                self._set(index, Zone.BYLINE, "names alone below the story")
                in_list = False
            elif not in_list:
                self._set(index, Zone.BOILERPLATE, "a scrap below the story")
        if is_byline(self._blocks[last].text) and len(self._blocks[last].text) <= 120:
            self._set(last, Zone.BYLINE, "names alone below the story")

    def _ends_story(self, index: int) -> bool:
        block = self._blocks[index]
        if block.kind in (Kind.TABLE, Kind.QUOTE):
            return True
        if block.kind is Kind.HEADING or block.link_share > 0.5:
            return False
        if self._announces_list(index):
            return True
        size = reading_size(block.text)
        if size >= _LONG_SCRAP:
            return True
        if not ends_sentence(block.text):
            return size >= _LAST_LINE and self._is_right_below_prose(index)
        return size >= 30 or self._is_last_word(index)

    def _last_row(self, last: int) -> int:
        """Return the last of the rows that go on from a block, or the block itself.

        Three right below a story are its table, unless they are the addresses of the site.
        """
        following = self._blocks[last + 1 : last + 4]
        is_own = not any(block.side or is_contact(block.text) for block in following)
        if is_own and self._goes_on_alike(last + 3):
            last += 3
        while self._goes_on_alike(last + 1):
            last += 1
        return last

    def _goes_on_alike(self, index: int) -> bool:
        """Return whether a line and the two above it are each a label and what it stands for."""
        rows = self._blocks[max(0, index - 2) : index + 1]
        return (
            index < len(self._blocks)
            and len(rows) == 3
            and all(_LABELLED.match(row.text) for row in rows)
            and all(map(self._is_open, range(index - 2, index + 1)))
            and not is_related_heading(re.split("[:：]", rows[-1].text)[0])
        )

    def _announces_list(self, index: int) -> bool:
        """Return whether a line ends with a colon and the items of a list follow, unlinked."""
        following = self._blocks[index + 1 : index + 2]
        return self._blocks[index].text.endswith(":") and any(
            block.kind is Kind.ITEM and not block.side and block.link_share < 0.3
            for block in following
        )

    def _is_last_word(self, index: int) -> bool:
        """Return whether a short sentence right below prose ends the story: `Thank you!`."""
        block = self._blocks[index]
        return (
            self._is_right_below_prose(index)
            and block.kind is Kind.PARAGRAPH
            and block.text[-1] in ".!?…"
            and len(block.text.split()) >= 2
            and not is_byline(block.text)
        )

    def _is_right_below_prose(self, index: int) -> bool:
        """Return whether a block of the region without links follows a paragraph of the story."""
        block, above = self._blocks[index], self._blocks[index - 1]
        own = index > 0 and not block.side and not block.link_chars
        return own and self._is_open(index - 1) and is_prose(above)

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
