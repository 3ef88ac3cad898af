"""Which lines of a page stand in cards: teasers of other articles, one like the other.

A card leads to one page and no other, by the link on its top or by `Read more` at its end, and
there are several in the same mark-up. However much of a story it shows, the story is not this
page's: blogs print whole articles one below another, and town halls three paragraphs of each.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from civicsearch.ingest.blocks import reading_size
from civicsearch.ingest.identity import split_address
from civicsearch.ingest.layout.notices import is_linked_headline, leads_on
from civicsearch.ingest.reading.dates import find_dateline
from civicsearch.ingest.reading.phrases import is_readers_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from civicsearch.ingest.blocks import Line

__all__ = ["NO_CARDS", "Cards", "find_cards"]

_LINKED = 0.8
_MIN_HEADING = 8
_MIN_CARDS = 4
# Three are enough where no more follows than an imprint: in a story's midst they may be its parts.
_MIN_LAST_CARDS = 3
_IMPRINT = 200.0
_MAX_DEPTH = 60
_FILE = re.compile(r"\W*(?:pdf|docx?|xlsx?|odt|rtf|zip|download|tải về)\b", re.IGNORECASE)
# Prose before the first link of a card; a story that leads on in its midst is no card.
_MAX_BEFORE = 60.0


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of a page.

    Attributes:
        numbers: Of each line the number of its card, from 1; 0 outside of cards. Empty where the
            page has none.
        elements: The cards of more than one line: a list of links may be part of a story.
        are_contents: Whether they lead below the page's own address: a course, and its lessons.
    """

    numbers: Sequence[int] = ()
    elements: frozenset[HtmlElement] = frozenset()
    are_contents: bool = False

    def hold(self, index: int) -> bool:
        """Return whether a line is in a card."""
        return bool(self.numbers) and self.numbers[index] > 0


NO_CARDS = Cards()


class _Many:
    """Stands for the target of an element that leads to several pages."""


_MANY = _Many()


def find_cards(lines: Sequence[Line], scores: Sequence[float], *, address: str = "") -> Cards:
    """Return the cards of a page.

    Args:
        lines: All lines of the page.
        scores: Of each line, positive for prose.
        address: Where the page is, "" if unknown: what links to itself or to other sites makes no
            card.
    """
    leading = _leading_lines(lines, address)
    if len(leading) < _MIN_LAST_CARDS:
        return NO_CARDS
    targets = _targets(lines, leading)
    tops = {index: _top(lines[index].element, targets) for index in leading}
    if max(Counter(map(_shape, set(tops.values()))).values()) < _MIN_LAST_CARDS:
        return NO_CARDS
    shapes: dict[tuple[str, ...], set[HtmlElement]] = defaultdict(set)
    for index in _without_late(lines, scores, tops):
        shapes[_shape(tops[index])].add(tops[index])
    cards = {card for alike in shapes.values() if len(alike) >= _MIN_CARDS for card in alike}
    few = {card for alike in shapes.values() if len(alike) == _MIN_LAST_CARDS for card in alike}
    cards |= _last_of(lines, scores, few, cards) if few else set()
    if not cards:
        return NO_CARDS
    path = split_address(address).path.rstrip("/")
    below = sum(f"{path}/" in str(targets[card]) for card in cards) if path else 0
    numbers, elements = _numbers(lines, cards)
    return Cards(numbers, elements, 2 * below > len(cards))


def _leading_lines(lines: Sequence[Line], address: str) -> dict[int, object]:
    """Return the lines that lead to another article of the site, and where to."""
    found: dict[int, object] = {}
    own = split_address(address)
    path = f"{own.path}?{own.query}" if own.query else own.path
    path = path if len(path) > 1 else ""
    host = (own.hostname or "").removeprefix("www.")
    for index, line in enumerate(lines):
        if not line.link_chars or line.link_share <= _LINKED or not _leads(line):
            continue
        target = _target_of(line.element)
        if target.startswith("javascript:"):
            found[index] = index
        elif target and _is_other(target, host, path):
            found[index] = target
    return found


def _is_other(target: str, host: str, path: str) -> bool:
    """Return whether a link leads to another page of the site."""
    if path and target.endswith(path):
        return False
    if not host or "//" not in target[:8]:
        return True
    return target.split("/", 3)[2].lower().removeprefix("www.") == host


def _leads(line: Line) -> bool:
    """Return whether a link leads to an article, or to a file: tables of notices have those."""
    if line.level and reading_size(line.text) >= _MIN_HEADING:
        return True
    return is_linked_headline(line.text) or bool(_FILE.match(line.text))


def _target_of(element: HtmlElement) -> str:
    link = element if element.tag == "a" else element.find(".//a[@href]")
    if link is None:
        link = next(element.iterancestors("a"), None)
    # Posts of a discussion link to places on the one page.
    return "" if link is None else (link.get("href") or "").strip().split("#", 1)[0]


def _targets(lines: Sequence[Line], leading: dict[int, object]) -> dict[HtmlElement, object]:
    """Return for each element round a leading line where it leads to, or that it is to many."""
    targets: dict[HtmlElement, object] = {}
    for index, target in leading.items():
        element: HtmlElement | None = lines[index].element
        while element is not None:
            known = targets.get(element)
            if known is _MANY or known == target:  # and so is all that is round it
                break
            targets[element] = target if known is None else _MANY
            element = element.getparent()
    return targets


def _top(element: HtmlElement, targets: dict[HtmlElement, object]) -> HtmlElement:
    """Return the largest element round a line that leads to no other page."""
    for _ in range(_MAX_DEPTH):
        parent = element.getparent()
        if parent is None or targets.get(parent) is _MANY:
            break
        element = parent
    return element


def _without_late(
    lines: Sequence[Line], scores: Sequence[float], tops: dict[int, HtmlElement]
) -> list[int]:
    """Return the lines that lead on from the top of their card, or end it with `Read more`."""
    found = []
    prose: dict[HtmlElement, float] = defaultdict(float)
    wanted = set(tops.values())
    memo: dict[HtmlElement, HtmlElement | None] = {}
    for index, line in enumerate(lines):
        card = _enclosing(line.element, wanted, memo)
        if card is None:
            continue
        if tops.get(index) is card and (prose[card] <= _MAX_BEFORE or leads_on(line.text)):
            found.append(index)
        # Below a heading of its own the link is to an author, or to what else there is to read.
        is_headed = line.level > 0 and line.link_share <= _LINKED and not find_dateline(line.text)
        prose[card] += _MAX_BEFORE + 1 if is_headed else max(0.0, scores[index])
    return found


def _last_of(
    lines: Sequence[Line],
    scores: Sequence[float],
    few: set[HtmlElement],
    cards: set[HtmlElement],
) -> set[HtmlElement]:
    """Return those of a few cards that stand, with all others, below the story."""
    memo: dict[HtmlElement, HtmlElement | None] = {}
    wanted = few | cards
    last: set[HtmlElement] = set()
    below = 0.0
    for line, score in zip(reversed(lines), reversed(scores), strict=True):
        card = _enclosing(line.element, wanted, memo)
        if card is None:
            below += max(0.0, score)
        elif below <= _IMPRINT:
            last.add(card)
        if line.level and is_readers_heading(line.text):
            below = 0.0  # what readers wrote
    shapes = Counter(_shape(card) for card in last & few)
    return {card for card in last & few if shapes[_shape(card)] >= _MIN_LAST_CARDS}


def _shape(card: HtmlElement) -> tuple[str, ...]:
    parent = card.getparent()
    names = "" if parent is None else _stem(parent)
    return (str(card.tag), _stem(card), "" if parent is None else str(parent.tag), names)


def _stem(element: HtmlElement) -> str:
    """Return the first class of an element without numbers: they are of the one article."""
    first = (element.get("class") or "").split(None, 1)
    return first[0].rstrip("0123456789") if first else ""


def _numbers(
    lines: Sequence[Line], cards: set[HtmlElement]
) -> tuple[list[int], frozenset[HtmlElement]]:
    """Return of each line the number of its card, and the cards of more than one line."""
    memo: dict[HtmlElement, HtmlElement | None] = {}
    numbers: dict[HtmlElement | None, int] = {None: 0}
    found, several = [], set()
    for line in lines:
        card = _enclosing(line.element, cards, memo)
        if card is not None and card in numbers:
            several.add(card)
        found.append(numbers.setdefault(card, len(numbers)))
    return found, frozenset(several)


def _enclosing(
    element: HtmlElement, wanted: set[HtmlElement], memo: dict[HtmlElement, HtmlElement | None]
) -> HtmlElement | None:
    """Return the nearest of the wanted elements that holds `element`."""
    passed = []
    found: HtmlElement | None = None
    current: HtmlElement | None = element
    while current is not None:
        if current in memo:
            found = memo[current]
            break
        passed.append(current)
        if current in wanted:
            found = current
            break
        current = current.getparent()
    for one in passed:
        memo[one] = found
    return found
