"""Where on the page the story stands: the element whose lines read most like prose.

Every line of the page earns or costs points: prose earns its length, links and scraps cost. The
region is the element with the largest sum, unless mark-up names a body that holds as much.
What inside the region is not the story is decided by `cleaning` and `zones`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.ingest.layout.bodies import Bodies
from civicsearch.ingest.layout.cards import Cards, find_cards
from civicsearch.ingest.layout.lines import Hidden, names_of, page_lines
from civicsearch.ingest.layout.prose import OPENING, line_score, opening_line
from civicsearch.ingest.layout.streams import drop_later_articles
from civicsearch.ingest.layout.teasers import discount_teasers, first_line_of_story
from civicsearch.ingest.reading.phrases import (
    is_attachment_heading,
    is_end_heading,
    is_related_heading,
)
from civicsearch.ingest.reading.vocabulary import (
    boilerplate_word,
    is_banner_word,
    is_comment_word,
    is_consent_name,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from civicsearch.ingest.blocks import Line

__all__ = [
    "Names",
    "Region",
    "find_region",
    "lines_below",
    "only_main_heading",
]

_FURNITURE_TAGS = frozenset(("nav", "footer", "aside", "form", "menu", "dialog", "button"))
_TEXT_TAG_LIST = "p tr tbody span font b strong i em a li blockquote h1 h2 h3 h4"
_TEXT_TAGS = frozenset(_TEXT_TAG_LIST.split())
# One row of a layout table holds the story's cell beside the cells of other boxes.
_ROW_TAGS = frozenset(("tr", "tbody"))
# An element that looks like furniture by name but holds this part of the page's prose is the
# page itself (`<body class="has-sidebar">`).
_MOST = 0.4
_NAMED_BODY_SHARE = 0.6
_DESCENT_SHARE = 0.85
_FEW = 400.0
_AS_GOOD = 0.8
# What some pages set like cards is their story: with as much beside it 2 of 989 lose by it.
_MAX_CARDED = 0.3
# Elements that may hold hidden text: without them a second reading would give the same.
_HIDDEN = (
    "boolean(//*[@hidden or contains(translate(@style, 'NOE', 'noe'), 'none') "
    "or contains(translate(@style, 'HIDEN', 'hiden'), 'hidden')])"
)
_LITTLE = 120.0
_SPARED_SHARE = 0.4
# Page builders put each part of a story into one; blogs all that stands beside it.
_WIDGET = "widget"
_FEET = frozenset(("footer", "foot", "pagefooter", "colophon", "paticka", "zapati", "stopka"))


class Names(Enum):
    """Whether class and id names decide what is furniture."""

    BELIEVED = auto()
    IGNORED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The element that holds the story, and the page's lines around it.

    Attributes:
        element: The element.
        lines: All visible lines of the page.
        scores: Of each line, positive for prose.
        inside: Of each line, whether it is under `element`.
        furniture: Of each line, whether its place marks it as no part of the story.
        cards: Which lines are teasers of other articles.
        teasers: Those elements that are, where a story stands beside them.
        start: Index of the first line of prose under `element`.
        names: Whether class and id names are believed when they name furniture.
        hidden: Whether hidden text was read.
    """

    element: HtmlElement
    lines: Sequence[Line]
    scores: Sequence[float]
    inside: Sequence[bool]
    furniture: Sequence[bool]
    cards: Cards
    teasers: frozenset[HtmlElement]
    start: int
    names: Names
    hidden: Hidden


def lines_below(region: Region, *, most: int = 20) -> list[Line]:
    """Return the lines after the last prose of the region, up to the heading of a box."""
    last = max(
        (i for i, inside in enumerate(region.inside) if inside and region.scores[i] > 0), default=0
    )
    lines = []
    for line in region.lines[last + 1 : last + 1 + most]:
        if is_related_heading(line.text) and not is_attachment_heading(line.text):
            break
        lines.append(line)
    return lines


def only_main_heading(region: Region) -> int | None:
    """Return the index of the page's main heading where it has one, above the story; else None."""
    headings = [index for index, line in enumerate(region.lines) if line.level == 1]
    return headings[0] if len(headings) == 1 and headings[0] < region.start else None


def find_region(
    root: HtmlElement, *, address: str = "", titles: Sequence[str] = ()
) -> Region | None:
    """Return the region of the story under `root`, or None where the page has no text.

    Args:
        root: The page; of several articles below one another all but its own are taken out of it.
        address: Where it is, "" if unknown.
        titles: The headlines that it states.
    """
    tree, hidden = _read(root, address, titles)
    if tree is None:
        return None
    element = tree.choose()
    inside = [tree.is_under(index, element) for index in range(len(tree.lines))]
    begin = first_line_of_story(
        tree.lines,
        tree.scores,
        first=inside.index(True),
        last=len(inside) - inside[::-1].index(True),
    )
    return Region(
        element=tree.elements[element],
        lines=tree.lines,
        scores=tree.scores,
        inside=inside,
        furniture=[tree.furniture[place] for place in tree.places],
        cards=tree.cards,
        teasers=_teasers(tree, inside),
        start=opening_line(tree.lines, tree.scores, inside, begin),
        names=tree.names,
        hidden=hidden,
    )


def _teasers(tree: _Tree, inside: Sequence[bool]) -> frozenset[HtmlElement]:
    """Return the cards of a page where the region of its story holds much more beside them."""
    numbers = tree.cards.numbers
    if not numbers or tree.cards.are_contents:
        return frozenset()
    carded = beside = 0
    for line, score, number, here in zip(tree.lines, tree.scores, numbers, inside, strict=True):
        if here and score > 0:
            carded += len(line.text) if number else 0
            beside += 0 if number else len(line.text)
    return tree.cards.elements if carded <= _MAX_CARDED * beside else frozenset()


def _read(root: HtmlElement, address: str, titles: Sequence[str]) -> tuple[_Tree | None, Hidden]:
    """Return the page's tree, read with its hidden text where that is nearly all there is."""
    lines = page_lines(root)
    if drop_later_articles(lines, titles, address):
        lines = page_lines(root)
    tree = _Tree(root, lines, address, titles) if lines else None
    if (tree is None or tree.good[0] < _FEW) and root.xpath(_HIDDEN):
        everything = page_lines(root, hidden=Hidden.READ)
        if everything:
            full = _Tree(root, everything, address, titles)
            if tree is None or full.good[0] > 3 * tree.good[0] + _FEW:
                return full, Hidden.READ
    return tree, Hidden.SKIP


class _Tree:
    """The elements that hold lines, in order, each with the sums of the lines under it."""

    def __init__(
        self,
        root: HtmlElement,
        lines: Sequence[Line],
        address: str,
        titles: Sequence[str],
    ) -> None:
        self._titles = titles
        self.elements: list[HtmlElement] = [root]
        self.parents = [-1]
        self._numbers = {root: 0}
        self.lines = lines
        self.places = [self._number(line.element) for line in lines]
        self.ends = self._last_descendants()
        raw = [line_score(line) for line in lines]
        self.cards = find_cards(lines, raw, address=address)
        raw = self._raw = discount_teasers(lines, raw, self.cards)
        self.prose = self._sums(raw, positive_only=True)
        self.names = Names.BELIEVED
        self._apart = 0.0
        self._bodies = Bodies(self.elements, self.parents, self.ends, self.prose)
        self._above = self._prose_above()
        self.furniture = self._furniture()
        if self._spared() < _SPARED_SHARE * (self.prose[0] - self._apart):
            self.names = Names.IGNORED
            self.furniture = self._furniture()
        self.scores = [
            min(score, -3.0) if self.furniture[place] else score
            for score, place in zip(raw, self.places, strict=True)
        ]
        self.good = self._sums(self.scores, positive_only=True)
        self.sums = self._sums(self.scores, positive_only=False)

    def _number(self, element: HtmlElement) -> int:
        """Return the number of an element, after giving it and those round it one.

        Numbered line by line they are in document order: what has no line yet begins below all
        that has one, or is round it.
        """
        new = []
        number = self._numbers.get(element)
        while number is None:
            new.append(element)
            element = element.getparent()
            number = self._numbers.get(element)
        for inner in reversed(new):
            self.parents.append(number)
            number = self._numbers[inner] = len(self.elements)
            self.elements.append(inner)
        return number

    def _sums(self, scores: Sequence[float], *, positive_only: bool) -> list[float]:
        sums = [0.0] * len(self.elements)
        for place, score in zip(self.places, scores, strict=True):
            if score > 0 or not positive_only:
                sums[place] += score
        for number in range(len(sums) - 1, 0, -1):
            parent = self.parents[number]
            if parent >= 0:
                sums[parent] += sums[number]
        return sums

    def _spared(self) -> float:
        """Return how much prose is outside furniture."""
        return sum(
            score
            for score, place in zip(self._raw, self.places, strict=True)
            if score > 0 and not self.furniture[place]
        )

    def _furniture(self) -> list[bool]:
        """Return for each element whether it is, or is in, a part that holds no story."""
        flags: list[bool] = []
        for number in range(len(self.elements)):
            parent = self.parents[number]
            inherited = parent >= 0 and flags[parent]
            flags.append(inherited or self._is_furniture(number))
        return flags

    def _is_furniture(self, number: int) -> bool:
        element = self.elements[number]
        word = names = ""
        if element.tag not in _FURNITURE_TAGS:
            names = names_of(element) if self.names is Names.BELIEVED else ""
            word = boilerplate_word(names) if names else ""
            if not word or (word == _WIDGET and self._bodies.hold(number)):
                return False
            if is_banner_word(word) and self._heads_page(number):
                return False
        # Some servers set every page in one form; where there is no prose, no share of it tells.
        if (element.tag == "form" or self.prose[0] < _LITTLE) and self._is_most(number):
            return False
        is_little = self.prose[number] <= _MOST * self.prose[0]
        if is_little and not is_comment_word(word):
            # What stands below a body says nothing against the names of a page.
            self._apart += self.prose[number] if self._bodies.are_above(number) else 0.0
            return True
        # Readers may write more than the reporter did, and a column of short news be longer.
        is_apart = self._bodies.are_beside(number) or self._is_apart(number, word, names)
        if is_apart:
            self._apart += self.prose[number]
        return is_apart or is_little

    def _is_apart(self, number: int, word: str, names: str) -> bool:
        """Return whether what is named comments, a foot or a banner is beside a story."""
        if is_comment_word(word):
            return self._are_comments(number)
        if self.elements[number].tag == "footer" or word in _FEET:
            # Of a page that is a table the imprint is all the prose.
            return self._has_heading_above(number)
        # Banners that name eight hundred partners are longer than many a story.
        is_banner = bool(word) and is_consent_name(names)
        return is_banner and self.prose[0] - self.prose[number] >= OPENING

    def _heads_page(self, number: int) -> bool:
        """Return whether an element holds the page's own headline, and a paragraph of prose."""
        heading = self._own_heading
        if heading is None or not self.is_under(heading, number):
            return False
        return self._paragraphs[self.ends[number]] > self._paragraphs[number]

    @cached_property
    def _paragraphs(self) -> list[int]:
        """Return for each element how many paragraphs of prose belong to elements before it."""
        own = [0] * (len(self.elements) + 1)
        for line, score, place in zip(self.lines, self._raw, self.places, strict=True):
            is_told = score >= OPENING and not line.level and line.element.tag != "figcaption"
            own[place + 1] += is_told
        return list(accumulate(own))

    @cached_property
    def _own_heading(self) -> int | None:
        """Return the index of the only main heading where a stated title begins like it.

        The name of the site may be set so as well.
        """
        main = [index for index, line in enumerate(self.lines) if line.level == 1]
        text = fold(self.lines[main[0]].text) if len(main) == 1 else ""
        is_own = text and any(fold(title).startswith(text) for title in self._titles)
        return main[0] if is_own else None

    def _is_most(self, number: int) -> bool:
        """Return whether an element holds most of the page: what it is named says nothing then."""
        return 2 * (self.ends[number] - number) > len(self.elements)

    def _has_heading_above(self, number: int) -> bool:
        """Return whether a heading and some text stand above an element, outside of links."""
        first = self._first_lines[number]
        return first < len(self.lines) and self._headed[first] >= _LITTLE

    def _are_comments(self, number: int) -> bool:
        """Return whether comments are below a story; below a short one they say so on top."""
        above, first = self._above[number], self._first_lines[number]
        if above >= _FEW or self._bodies.are_above(number):
            return True
        return above > 0 and first < len(self.lines) and is_end_heading(self.lines[first].text)

    @cached_property
    def _first_lines(self) -> list[int]:
        """Return for each element the index of the first line under it, once for the page."""
        first = [len(self.lines)] * len(self.elements)
        for index in range(len(self.lines) - 1, -1, -1):
            first[self.places[index]] = index
        for number in range(len(first) - 1, 0, -1):
            parent = self.parents[number]
            if parent >= 0:
                first[parent] = min(first[parent], first[number])
        return first

    @cached_property
    def _headed(self) -> list[int]:
        """Return for each line how many letters outside of links are between it and a heading."""
        sums, letters, seen = [], 0, False
        for line in self.lines:
            sums.append(letters)
            seen = seen or line.level in (1, 2)
            letters += len(line.text) - line.link_chars if seen and not line.level else 0
        return sums

    def _prose_above(self) -> list[float]:
        """Return for each element how much prose belongs to elements before it."""
        own = [0.0] * (len(self.elements) + 1)
        for score, place in zip(self._raw, self.places, strict=True):
            own[place + 1] += max(0.0, score)
        return list(accumulate(own))

    def _last_descendants(self) -> list[int]:
        """Return for each element the number after its last descendant's."""
        ends = [number + 1 for number in range(len(self.elements))]
        for number in range(len(ends) - 1, 0, -1):
            parent = self.parents[number]
            if parent >= 0:
                ends[parent] = max(ends[parent], ends[number])
        return ends

    def is_under(self, line: int, element: int) -> bool:
        """Return whether a line is under an element; elements are numbered in document order."""
        return element <= self.places[line] < self.ends[element]

    def choose(self) -> int:
        """Return the number of the element that holds the story."""
        best = max(range(len(self.sums)), key=lambda number: (self.sums[number], number))
        if self.sums[best] <= 0:
            return self._round_heading()
        best = self._first_under_heading(best)
        while self.elements[best].tag in _TEXT_TAGS and self.parents[best] >= 0:
            best = self.parents[best]
        named = self._named_body(best)
        if named is not None:
            best = named
        return self._under_heading(self._descend(best))

    def _first_under_heading(self, best: int) -> int:
        """Return the element of the first prose below the main heading if it is as good as `best`.

        A shop's terms of delivery at the end of each page may be a little longer.
        """
        headings = [index for index, line in enumerate(self.lines) if line.level == 1]
        if len(headings) != 1 or self.is_under(headings[0], best):
            return best
        below = range(headings[0] + 1, len(self.lines))
        first = next((index for index in below if self.scores[index] > OPENING), None)
        if first is None or self.places[first] >= best:
            return best
        found = place = self.places[first]
        while self.parents[place] >= 0 and not place <= best < self.ends[place]:
            found = place if self.sums[place] > self.sums[found] else found
            place = self.parents[place]
        return found if self.sums[found] >= _AS_GOOD * self.sums[best] else best

    def _under_heading(self, best: int) -> int:
        """Return the element of the main heading where the page has less prose than scraps.

        A page of results is a table or a list; its only sentence may be the imprint.
        """
        if self.good[best] >= _LITTLE:
            return best
        headings = [i for i, line in enumerate(self.lines) if line.level == 1]
        if len(headings) != 1 or self.is_under(headings[0], best):
            return best
        place = self._place_round(headings[0])
        return best if self.ends[place] > best >= place else place

    def _round_heading(self) -> int:
        """Return the element of the first heading of a page without prose, or the page."""
        heading = next((i for i, line in enumerate(self.lines) if line.level in (1, 2)), None)
        return 0 if heading is None else self._place_round(heading)

    def _place_round(self, heading: int) -> int:
        """Return the smallest element round a heading with some text outside of links."""
        place = self.places[heading]
        while self.parents[place] >= 0 and self._plain_chars_under(place) < _LITTLE:
            place = self.parents[place]
        return place

    def _plain_chars_under(self, element: int) -> int:
        return sum(
            len(line.text) - line.link_chars
            for index, line in enumerate(self.lines)
            if self.is_under(index, element) and not line.level
        )

    def _named_body(self, best: int) -> int | None:
        """Return the element named as a body that holds most of what `best` holds."""
        wanted = _NAMED_BODY_SHARE * self.good[best]
        found: int | None = None
        for number in self._bodies.numbers:
            if self.furniture[number] or self.good[number] < wanted:
                continue
            if found is None or self.good[number] >= 0.8 * self.good[found]:
                found = number
        return found

    def _descend(self, best: int) -> int:
        """Return the deepest element that still holds nearly all of the prose of `best`."""
        while True:
            children = [
                number
                for number in range(best + 1, self.ends[best])
                if self.parents[number] == best
            ]
            child = max(children, key=lambda number: self.good[number], default=best)
            if child == best or self.good[child] < _DESCENT_SHARE * self.good[best]:
                return best
            if self.elements[child].tag in _TEXT_TAGS - _ROW_TAGS:
                return best
            best = child
