"""The visible headline: which line above the story is its title.

A page's `<title>` and metadata are witnesses, not judges: on the pages this project was made
for they hold the site's name alone, and the headline is a plain line above the date.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.ingest.blocks import reading_size
from civicsearch.ingest.layout.kickers import of_two_parts
from civicsearch.ingest.layout.lines import names_of
from civicsearch.ingest.layout.mastheads import calls_itself_site, is_masthead, is_of_site
from civicsearch.ingest.layout.page_titles import is_section_title
from civicsearch.ingest.layout.region import only_main_heading
from civicsearch.ingest.layout.section_headings import is_section_heading
from civicsearch.ingest.reading.dates import find_dateline, is_changed_line
from civicsearch.ingest.reading.phrases import (
    is_boilerplate_line,
    is_related_heading,
    split_error_text,
)
from civicsearch.ingest.reading.undated import without_dates
from civicsearch.ingest.reading.vocabulary import is_breadcrumb_name, is_title_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from civicsearch.ingest.blocks import Line
    from civicsearch.ingest.layout.region import Region

__all__ = ["VisibleTitle", "agreement", "find_visible_title", "settle_title"]

_WORD = re.compile(r"\w+")
_SECTION_NAME = re.compile(
    r"(?:tin tuc|tin moi|su kien|thong bao|news|aktuality|aktualnosci|actualites?|noticias|"
    r"haberler|blog)\b.{0,20}$"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS_OF_HEADING = 5
_PARTS = re.compile(r"\s+[|–—•»·-]\s+|\s*\|\s*")
# A kicker stands on the line above: `Town hall` | `: New roof`.
_GOES_ON = ":–—-•| "
_PARTING = frozenset("|»·")
_POINTS_OF_LEVELS = {0: 0.0, 1: 5.0, 2: 2.5, 3: 1.5}
_MIN_CHARS = 4
_MAX_CHARS = 300
_LOOK_BACK = 60
_LOOK_AHEAD = 12
_MIN_SCORE = 0.5
# A heading far above its story, among boxes; names of sites and sections have less.
_MIN_MAIN_SCORE = -3.0
_DOUBTFUL = 2.5
_FEW_WORDS = 3
_KICKER_SIZE = 5  # more than an article has: `The best of Lam`
_LONG_SIZE = 40
# What a `<title>` begins with is its headline; names of sites are shorter.
_FIRST_SIZE = 25
_AGREED = 6.0
_TEASER = 2.0
# What a witness and a date line beside it give, and a little for sums that are rounded.
_MOST_BY_TEXT = 6.0 + 3.0 + 0.01
_MOST_BY_NAMES = 2.0 + 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class VisibleTitle:
    """The visible headline.

    Attributes:
        text: Without an error text that was glued to it; "" where none was found.
        line: Index of its line in the region's lines, or None.
        score: How headline-like the line is; 8 and more where mark-up and statements agree.
        level: 1-6 where it is a heading element, else 0.
        dated: Whether a date line stands right above or below it.
        errors: Error texts that stood in or above it.
    """

    text: str = ""
    line: int | None = None
    score: float = 0.0
    level: int = 0
    dated: bool = False
    errors: tuple[str, ...] = ()

    def is_heading_of(self, raw_title: str) -> bool:
        """Return whether it is a main heading, as long as headlines are, and in the `<title>`.

        Names of sections are shorter; those of sites are no headlines by their score.
        """
        is_long = reading_size(self.text) >= _LONG_SIZE and self.score >= _AGREED
        return is_long and self.level == 1 and fold(self.text) in fold(raw_title)


def agreement(text: str, reference: str) -> float:
    """Return how far two titles are the same, 0 to 1, by their folded words."""
    return _shared(_words(text), _words(reference))


def _shared(words: list[str], wanted: list[str]) -> float:
    if words == wanted:
        return 1.0 if words else 0.0
    return _overlap(frozenset(words), frozenset(wanted))


def _overlap(words: frozenset[str], wanted: frozenset[str]) -> float:
    return 2 * len(words & wanted) / (len(words) + len(wanted) or 1)


def find_visible_title(
    region: Region, *, titles: Sequence[str], site_name: str = "", raw_title: str = ""
) -> VisibleTitle:
    """Return the most headline-like line above or at the start of the region's story.

    Args:
        region: Where the story is.
        titles: Headlines that metadata states, most trusted first.
        site_name: The publisher's name, if known.
        raw_title: The page's `<title>`.
    """
    judge = _Judge(region, titles=titles, site_name=site_name, raw_title=raw_title)
    last = min(len(region.lines), region.start + _LOOK_AHEAD)
    first = max(0, region.start - _LOOK_BACK)
    indices = [i for i in range(first) if region.lines[i].level == 1] + list(range(first, last))
    # The first prose of a page may be its site's motto.
    after = range(last, len(region.lines))
    indices += [i for i in after if region.lines[i].level == 1 and judge.is_stated(i)]
    best, negative = judge.best_of(indices)
    errors = _errors(region.lines[:last])
    main = only_main_heading(region)
    if best < _MIN_SCORE and main is not None and judge.score(main) > _MIN_MAIN_SCORE:
        best, negative = _MIN_SCORE, -main
    if best < _MIN_SCORE:
        return VisibleTitle(errors=errors)
    return VisibleTitle(
        text=judge.text(-negative),
        line=-negative,
        score=best,
        level=region.lines[-negative].level,
        dated=any(map(_is_dateline, _near(region.lines, -negative))),
        errors=errors,
    )


def _near(lines: Sequence[Line], index: int) -> Sequence[Line]:
    """Return the line right above one and the two below it."""
    return [*lines[max(0, index - 1) : index], *lines[index + 1 : index + 3]]


def settle_title(
    visible: VisibleTitle,
    titles: Sequence[str],
    *,
    sure: str = "",
    agreed: str = "",
    site_names: Sequence[str] = (),
    raw_title: str = "",
) -> str:
    """Return the headline, given the visible one and the stated ones, most trusted first.

    The visible one wins: on 470 development pages where it differs from the best statement it
    was right more often. The statement wins where it is surely a headline, where it only says the
    same with the kicker's colon, without a kicker that ran into the headline, where the visible
    line is doubtful or the heading of a part, and where it is a main heading that the page's
    `<title>` ends with: that is the site's name.

    Args:
        visible: The visible headline.
        titles: The stated ones.
        sure: The one that is surely meant for readers, "" where none is.
        agreed: What `<title>`, `og:title` and a main heading say alike, "" where they do not.
        site_names: What the site is called: its name, and main headings above the headline.
        raw_title: The page's `<title>`.
    """
    text = visible.text.lstrip(_GOES_ON)
    stated = next((title for title in titles if _names_a_story(title)), "")
    if not stated and not text:
        stated = titles[0] if titles else ""
    if not text or not stated:
        return text or stated
    two_parts = visible.level != 1 and of_two_parts(text, titles, sure=sure, agreed=agreed)
    if two_parts:
        return two_parts
    words = _words(text)
    if sure and _names_a_story(sure) and not _is_part(sure, text):
        return sure
    for title in titles:
        if _words(title) == words:
            return max(text, title, key=len)
    stated_words = _words(stated)
    is_stated = (
        (len(stated_words) >= 3 and _is_glued(text, stated, raw_title))
        or (len(stated_words) > len(words) and not visible.dated and _is_last_part(text, raw_title))
        or _has_kicker(stated, text, site_names)
    )
    is_doubtful = len(stated_words) >= 3 and _is_doubtful(visible, words, titles)
    return stated if is_stated or is_doubtful else text


def _is_doubtful(visible: VisibleTitle, words: list[str], titles: Sequence[str]) -> bool:
    """Return whether hardly anything speaks for a line.

    A main heading of a few words that shares none with what the page states is that of a part:
    `Contents`, `Introduction`.
    """
    if visible.dated:
        return False
    if visible.level != 1 and visible.score < _DOUBTFUL:
        return True
    return len(words) <= _FEW_WORDS and frozenset(words).isdisjoint(
        word for title in titles for word in _words(title)
    )


def _has_kicker(stated: str, text: str, site_names: Sequence[str]) -> bool:
    """Return whether a stated title is `text` after a kicker; a blog's name before is none."""
    words = _words(text)
    if _words(stated)[-len(words) :] != words:
        return False
    kicker = stated[: -len(text)].rstrip()
    is_kicker = kicker.endswith(":") and not kicker.endswith("::")  # that parts a site's name
    return is_kicker and all(_words(name) != _words(kicker) for name in site_names)


def _is_part(stated: str, text: str) -> bool:
    """Return whether a stated title differs from the printed one by a kicker or a section alone.

    The page prints `Olympia: Gold` where `Gold` is stated, or `Gold` where it is `Gold | Sports`.
    """
    words, printed = _words(stated), _words(text)
    return printed[-len(words) :] == words or (
        stated.startswith(text) and stated[len(text) :].lstrip()[:1] in _PARTING
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _is_last_part(text: str, raw_title: str) -> bool:
    """Return whether a few words are what a `<title>` of several parts ends with.

    What is longer than all before it is the headline: that is a few words without blanks, too.
    """
    parts = _PARTS.split(raw_title)
    is_last = len(parts) > 1 and _words(parts[-1]) == _words(text) and len(_words(text)) <= 4
    return is_last and reading_size(text) <= sum(map(reading_size, parts[:-1]))


def _is_glued(visible: str, stated: str, raw_title: str) -> bool:
    """Return whether the visible text is the stated one and a kicker or site name beside it.

    A kicker of one word may be the first of the headline: it is none where the `<title>` begins
    with what is stated besides.
    """
    if visible.endswith(stated):
        kicker = visible[: -len(stated)].rstrip()
        if kicker.endswith(":"):  # `Title: ...`, `Transcript: ...`: the name of the part
            return " " not in kicker
        is_kicker = kicker.count(" ") >= 1 or (
            reading_size(kicker) >= _KICKER_SIZE and raw_title.startswith(stated)
        )
        return is_kicker and kicker[-1:].isalnum()
    return visible.startswith(stated) and visible[len(stated) :].lstrip()[:1] == "|"


def _names_a_story(title: str) -> bool:
    """Return whether a stated title may be a headline: poor sites state their own name alone."""
    return not (_is_section(title) or calls_itself_site(title))


def _is_section(text: str) -> bool:
    """Return whether a title is the name of a part of the site: `News of cooperation`."""
    named = _SECTION_NAME.match(fold(text)) is not None or is_section_title(text)
    return named or is_section_heading(text)


def _errors(lines: Sequence[Line]) -> tuple[str, ...]:
    found = (split_error_text(line.text)[0] for line in lines)
    return tuple(dict.fromkeys(error for error in found if error))


class _Judge:
    """Scores the lines of one page as headlines."""

    def __init__(
        self, region: Region, *, titles: Sequence[str], site_name: str, raw_title: str
    ) -> None:
        self._region = region
        self._titles = [frozenset(_words(title)) for title in titles if not _is_section(title)]
        self._datelines: dict[int, bool] = {}
        self._site = fold(site_name)
        self._raw = fold(raw_title)
        self._breadcrumbs: dict[HtmlElement, bool] = {}
        # From this line on to the story the way to the page was looked for.
        self._sought = region.start
        self._is_breadcrumb_found = False
        self._below = {
            fold(line.text)
            for line, inside in zip(
                region.lines[region.start :], region.inside[region.start :], strict=True
            )
            if not inside
        }

    def best_of(self, indices: Sequence[int]) -> tuple[float, int]:
        """Return the highest score, and the index of its line, the first one, below zero.

        What mark-up and place leave without a chance is not read: nine of ten lines. Of most of
        these not even the names are asked.
        """
        chances = sorted(((self._most(index), index) for index in indices), reverse=True)
        best = (0.0, 0) if not chances else (-math.inf, 0)
        for most, index in chances:
            if most < best[0]:
                break
            named = self._by_names(self._region.lines[index])
            if most - _MOST_BY_NAMES + named >= best[0]:
                best = max(best, (self.score(index), -index))
        return best

    def _most(self, index: int) -> float:
        """Return a score that a line cannot exceed, by how and where it is set."""
        region = self._region
        distance = region.start - index
        points = self._by_setting(region.lines[index], index) - 0.15 * min(abs(distance), 30)
        points += _MOST_BY_NAMES + _MOST_BY_TEXT
        return points + region.inside[index] - (3.0 if distance < 0 else 0.0)

    def text(self, index: int) -> str:
        return split_error_text(self._region.lines[index].text)[1]

    def is_stated(self, index: int) -> bool:
        """Return whether a line says what a statement says, word for word."""
        return frozenset(_words(self.text(index))) in self._titles

    def score(self, index: int) -> float:
        """Return how headline-like a line is; below 0.5 means that it is none."""
        line = self._region.lines[index]
        text = self.text(index)
        if not self._may_be(text):
            return -99.0
        return (
            self._by_setting(line, index)
            + self._by_names(line)
            + self._by_witness(text)
            + self._by_place(index)
            - self._against(index, text)
        )

    @staticmethod
    def _may_be(text: str) -> bool:
        if not _MIN_CHARS <= len(text) <= _MAX_CHARS or not any(map(str.isalpha, text)):
            return False
        return not (is_related_heading(text) or is_boilerplate_line(text))

    def _by_setting(self, line: Line, index: int) -> float:
        points = _POINTS_OF_LEVELS.get(line.level, 1.0)
        points += 1.0 if line.emphasis and not line.level else 0.0
        return points - (2.0 if self._region.furniture[index] else 0.0)

    @staticmethod
    def _by_names(line: Line) -> float:
        points = 3.0 if "headline" in (line.element.get("itemprop") or "") else 0.0
        if is_title_name(names_of(line.element)):
            return points + 2.0
        parent = line.element.getparent()
        return points + (1.0 if parent is not None and is_title_name(names_of(parent)) else 0.0)

    def _by_witness(self, text: str) -> float:
        words = frozenset(_words(text))
        best = max((_overlap(words, wanted) for wanted in self._titles), default=0.0)
        if best >= 0.75:
            return 6.0 * best
        place = self._raw.find(fold(text))
        if place < 0 or _is_section(text):
            return 0.0
        if place == 0 and reading_size(text) >= _FIRST_SIZE:
            return 5.0
        return 4.0 if len(text) >= 15 else 0.0

    def _by_place(self, index: int) -> float:
        region = self._region
        distance = region.start - index
        points = -0.15 * min(abs(distance), 30)
        if distance < 0:
            points -= 3.0
        if (
            distance <= 0
            and region.scores[index] > 80
            and region.lines[index].text.endswith((".", "。"))
        ):
            points -= 3.0  # the story's first paragraph, set as a heading
        if self._leads_to_page(index):
            points -= 3.0  # the banner of a section: the way to the page follows it
        last = len(region.lines)
        if any(self._is_dateline(near) for near in range(index + 1, min(index + 4, last))):
            points += 3.0
        elif any(self._is_dateline(near) for near in range(max(0, index - 2), index)):
            points += 1.5
        if region.inside[index]:
            points += 1.0
        return points

    def _leads_to_page(self, index: int) -> bool:
        """Return whether the way to the page stands between a line and the story.

        Each line is asked once: for every heading anew, 4,000 headings took 24 seconds.
        """
        while self._sought > index + 1 and not self._is_breadcrumb_found:
            self._sought -= 1
            line = self._region.lines[self._sought]
            self._is_breadcrumb_found = self._in_breadcrumb(line)
        return self._is_breadcrumb_found and self._sought > index

    def _is_dateline(self, index: int) -> bool:
        """Return whether a line is a date line; each is asked by up to six neighbours."""
        found = self._datelines.get(index)
        if found is None:
            found = self._datelines[index] = _is_dateline(self._region.lines[index])
        return found

    def _against(self, index: int, text: str) -> float:
        line = self._region.lines[index]
        folded = fold(text)
        points = 2.5 * line.link_share
        if folded == self._site or calls_itself_site(text) or self._is_masthead(index):
            points += 8.0
        if folded in self._below:  # a section, or, in a list of the latest, the page itself
            is_own = not line.link_share and is_title_name(names_of(line.element))
            points += 1.0 if is_own else 2.0
        if len(text) < 15 and reading_size(text) < _FIRST_SIZE:
            points += 2.5
        if _is_section(text):
            points += 2.0
        points += _against_marks(text)
        if self._is_dateline(index) or is_changed_line(text):
            points += 8.0
        if self._in_breadcrumb(line):
            points += 5.0
        if self._region.cards.hold(index):
            points += _TEASER
        return points

    def _is_masthead(self, index: int) -> bool:
        region = self._region
        last = len(region.lines) - 1
        return is_of_site(region.lines[index]) or is_masthead(
            region.lines,
            index,
            end=region.start,
            is_dateline=lambda place: place <= last and self._is_dateline(place),
        )

    def _in_breadcrumb(self, line: Line) -> bool:
        element = line.element
        for _ in range(3):
            if self._is_breadcrumb(element):
                return True
            parent = element.getparent()
            if parent is None:
                return False
            element = parent
        return False

    def _is_breadcrumb(self, element: HtmlElement) -> bool:
        """Return whether an element is named so; the lines of a menu have one parent."""
        found = self._breadcrumbs.get(element)
        if found is None:
            found = self._breadcrumbs[element] = is_breadcrumb_name(names_of(element))
        return found


def _against_marks(text: str) -> float:
    """Return what speaks against a headline in how it starts, ends and how long it is."""
    points = 1.5 if text.endswith((".", ":", ";", ",", "。", "；")) or len(text) > 200 else 0.0
    # Goes on from the line before it.
    return points + (3.0 if text.startswith((":", "…", "...")) else 0.0)


def _is_dateline(line: Line) -> bool:
    if len(line.text) > 120 or find_dateline(line.text) is None:
        return False
    # `Timetable of the week from 12 to 18 May 2025` is a heading that holds a day.
    return not line.level or len(_LETTERS.findall(without_dates(line.text))) < _WORDS_OF_HEADING
