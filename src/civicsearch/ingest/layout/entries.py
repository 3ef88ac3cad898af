"""Whether what stands below a headline are entries of a list, be they one, two or three.

Too few are no pattern: what tells is whose the headline is. It leads to another page and others are
set like it; or it is a word or a name, and a linked headline follows where a story would begin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.ingest.blocks import reading_size
from civicsearch.ingest.layout.mastheads import calls_itself_site, leads_here
from civicsearch.ingest.layout.notices import MIN_HEADLINE, is_linked_headline, leads_on
from civicsearch.ingest.layout.page_titles import is_section_title
from civicsearch.ingest.reading.dates import find_dateline
from civicsearch.ingest.reading.names import parse_authors
from civicsearch.ingest.reading.phrases import is_related_heading

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from civicsearch.ingest.blocks import Line
    from civicsearch.ingest.layout.region import Region

__all__ = ["greets", "heads_entries", "is_entry"]

_LINKED = 0.8
_UNLINKED = 0.2
_MIN_ENTRIES = 3
_MAX_ASKED = 200
# A topic, a tag or a name is shorter than a headline.
_MAX_TOPIC = 30
# How far below its headline the first entry of a list stands, after an introduction of a few
# sentences at most.
_NEAR = 12
_MAX_INTRODUCTION = 300
_NO_SENTENCE = 40
_MAX_DATE = 120
_MAX_DEPTH = 40
_MAX_CARD_DEPTH = 4
# A card has few elements: whoever looks at more does so for each heading of a hostile page anew.
_MAX_CARD_PARTS = 60
_GREETING = re.compile(
    r"(?:^|[:|–—-] ?)(?:(?:a )?(?:very )?(?:warm )?welcome (?:to|at)\b|chao mung .{0,20}den"
    r"|(?:herzlich )?willkommen (?:in|im|bei|auf|beim|am|zu[mr]?)\b"
    r"|bienvenue (?:a|au|aux|dans|en|sur|chez)\b|bienvenid[oa]s? (?:a|al|en)\b"
    r"|bem-vind[oa]s? (?:a|ao|aos)\b|benvenut[oiae] (?:a|al|alla|in|nel|nella|su|sul)\b"
    r"|benvinguts? (?:a|al)\b|witamy (?:w|na|we)\b|vitejte (?:v|ve|na|u)\b|vitajte (?:v|vo|na)\b"
    r"|dobrodosli (?:u|na|v)\b|bine ati venit|valkommen till\b|velkommen til\b|tervetuloa\b"
    r"|welkom (?:bij|in|op)\b|udvozoljuk\b|selamat datang (?:di|ke)\b|dobro pozalovat'? (?:v|na)\b"
    r"|kalos (?:er|er)thate\b)"
    r"|\bhos ?geldiniz\b"
)


def greets(title: str) -> bool:
    """Return whether a headline welcomes to a place or a site.

    >>> greets("Welcome to Lam Khe"), greets("Lam Khe welcomes the ferry")
    (True, False)
    """
    return _GREETING.search(fold(title)) is not None


def is_entry(region: Region, headline: int | None, *, address: str) -> bool:
    """Return whether a headline leads to another page, as others do that are set alike.

    Args:
        region: With all lines of the page.
        headline: The index of the headline, None if unknown.
        address: Where the page is, "" if unknown: nobody can tell then where else a link leads.
    """
    if headline is None or not address:
        return False
    like = region.lines[headline]
    if not _leads_on(like) or leads_here(like, address):
        return False
    alike = (
        index
        for index, line in enumerate(region.lines)
        if line.level == like.level
        and line.element.get("class") == like.element.get("class")
        and _leads_on(line)
        and not region.furniture[index]
    )
    return len(list(islice(alike, _MIN_ENTRIES))) == _MIN_ENTRIES


def _leads_on(line: Line) -> bool:
    return line.level > 0 and line.link_share > _LINKED


def heads_entries(region: Region, headline: int | None, *, letters: int, address: str) -> bool:
    """Return whether a topic or a name is above the headline of another page, and no story between.

    A day above the first words of text is the page's own: then it is a notice, however short. So
    it is where a heading calls what follows related, and where the first of it has no day.

    Args:
        region: With all lines of the page.
        headline: The index of the headline, None if unknown.
        letters: Of all prose of the page.
        address: Where the page is, "" if unknown: a linked headline may be its own then.
    """
    if headline is None or not address or not _is_topic(region.lines[headline]):
        return False
    introduction = _Introduction(region, headline, address)
    entry = introduction.first_entry()
    if entry is None or _has_story(region, headline, entry):
        return False
    if not introduction.letters:
        is_heading = region.lines[entry].level > 0
        return is_heading or letters < _NO_SENTENCE or _is_dated(region, entry)
    is_sure = introduction.is_parted or _is_dated(region, entry)
    return is_sure or _is_biography(region, headline)


@dataclass(slots=True)
class _Introduction:
    """What stands between a topic and the first entry below it.

    Attributes:
        letters: Of its prose.
        is_parted: Whether the heading of a section is its end.
    """

    region: Region
    headline: int
    address: str
    letters: int = 0
    is_parted: bool = False

    def first_entry(self) -> int | None:
        """Return the index of the first entry, None where a story or another heading begins."""
        end = min(self.headline + 1 + _NEAR, len(self.region.lines))
        for index in range(self.headline + 1, end):
            if self.region.furniture[index]:
                continue
            if _is_entry(self.region, self.headline, index):
                line = self.region.lines[index]
                is_own = line.link_share > _LINKED and leads_here(line, self.address)
                return None if is_own else index
            if not self._goes_on(index):
                break
        return None

    def _goes_on(self, index: int) -> bool:
        line = self.region.lines[index]
        if is_related_heading(line.text):
            return False
        if line.link_share > _LINKED:
            return True
        if line.level:
            is_second, self.is_parted = self.is_parted, True
            return not is_second and is_section_title(line.text)
        if _is_date(line):
            return self.is_parted or _is_of_next(self.region, self.headline, index)
        self.letters += reading_size(line.text) if self.region.scores[index] > 0 else 0
        return self.letters <= _MAX_INTRODUCTION


def _is_entry(region: Region, headline: int, index: int) -> bool:
    """Return whether a line is the headline of another page, linked or in a card that is."""
    line = region.lines[index]
    if reading_size(line.text) < MIN_HEADLINE or region.furniture[index]:
        return False
    if line.link_share > _LINKED:
        return is_linked_headline(line.text)
    return line.level > 0 and _is_in_linked(line, region.lines[headline])


def _is_in_linked(line: Line, headline: Line) -> bool:
    """Return whether a heading stands in a card with one link, which has no words of its own.

    So cards are written whose whole face is to be clicked on, or that end with `Read more`.
    """
    outside = set(_elements_round(headline))
    for element in islice(line.element.iterancestors(), _MAX_CARD_DEPTH):
        if element in outside:
            return False
        parts = list(islice(element.iter(), _MAX_CARD_PARTS + 1))
        links = [part for part in parts if part.tag == "a" and part.get("href")]
        if len(parts) > _MAX_CARD_PARTS:
            return False
        if links:
            texts = (" ".join(link.itertext()).strip() for link in links)
            targets = {link.get("href") for link in links}
            return len(targets) == 1 and all(not text or leads_on(text) for text in texts)
    return False


def _has_story(region: Region, headline: int, entry: int) -> bool:
    """Return whether there is more text in a row than teasers have."""
    letters = 0
    for index in range(entry + 1, len(region.lines)):
        if region.scores[index] > 0:
            letters += reading_size(region.lines[index].text)
            if letters >= _MAX_INTRODUCTION:
                return True
        elif letters and _is_entry(region, headline, index):
            letters = 0
    return False


def _is_of_next(region: Region, headline: int, date: int) -> bool:
    """Return whether a date line stands in one element with an entry right below it.

    That element has no part of what is above.
    """
    if date + 1 >= len(region.lines) or not _is_entry(region, headline, date + 1):
        return False
    return _is_apart(region, headline, date, date + 1)


def _is_apart(region: Region, headline: int, one: int, other: int) -> bool:
    """Return whether two lines stand in one element, and the headline outside of it."""
    round_other = set(_elements_round(region.lines[other]))
    shared = next((up for up in _elements_round(region.lines[one]) if up in round_other), None)
    return shared is not None and shared not in _elements_round(region.lines[headline])


def _elements_round(line: Line) -> list[HtmlElement]:
    return [line.element, *islice(line.element.iterancestors(), _MAX_DEPTH)]


def _is_dated(region: Region, index: int) -> bool:
    """Return whether a date line stands near an entry's headline."""
    near = range(max(0, index - 1), min(index + 4, len(region.lines)))
    return any(_is_date(region.lines[place]) for place in near if place != index)


def _is_topic(line: Line) -> bool:
    if not line.level or line.link_share > _UNLINKED:
        return False
    return reading_size(line.text) < _MAX_TOPIC or calls_itself_site(line.text)


def _is_biography(region: Region, headline: int) -> bool:
    """Return whether a headline is a name, and the text below it begins with that name."""
    name = region.lines[headline].text
    below = range(headline + 1, min(headline + 3, len(region.lines)))
    if not any(fold(region.lines[index].text).startswith(fold(name)) for index in below):
        return False
    return parse_authors(name) == (name,)


def _is_date(line: Line) -> bool:
    return len(line.text) <= _MAX_DATE and find_dateline(line.text) is not None
