"""Streams of stories: whole articles below one another in one page, of which the first is its own.

Pages that load the next story as readers scroll are saved with several of them. Each stands in a
part of the same kind, or all stand in one, with a headline set like the page's own and with a date
line or a byline of its own. Parts of one story have headings set alike as well, but no dates.
"""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.ingest.blocks import reading_size
from civicsearch.ingest.layout.mastheads import leads_here
from civicsearch.ingest.reading.byline_labels import begins_with_role
from civicsearch.ingest.reading.dates import find_dateline
from civicsearch.ingest.reading.names import is_byline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from civicsearch.ingest.blocks import Line

__all__ = ["drop_later_articles"]

_MIN_TITLE = 10
# A title that the system has cut still says so much of the headline.
_TELLING_CHARS = 30
_MAX_OTHERS = 30
_MAX_DEPTH = 40
_NEAR = 4
_MIN_LINE = 60
_MAX_SIGNED = 160
_MIN_PROSE = 200
_MAX_LINK_SHARE = 0.3
_LINKED = 0.8


def drop_later_articles(lines: Sequence[Line], titles: Sequence[str], address: str = "") -> bool:
    """Take all articles but the first out of the tree of a page that is a stream of them.

    Args:
        lines: All visible lines of the page.
        titles: The headlines that it states: the first article is the one that is called so.
        address: Where the page is, "" if unknown: whose headline leads to another page is a list.

    Returns:
        Whether anything was taken out; the lines are to be read anew then.
    """
    headings = [index for index, line in enumerate(lines) if 1 <= line.level <= 3]
    if len(headings) < 2:
        return False
    wanted = [fold(title) for title in titles]
    own = next((index for index in headings if _is_called(lines[index].text, wanted)), None)
    if own is None or _leads_on(lines[own], address):
        return False
    alike = (index for index in headings if index > own and _are_alike(lines[own], lines[index]))
    others = list(islice(alike, _MAX_OTHERS))
    ends = [*others, len(lines)]
    if not others or not _is_article(lines, own, ends[0]):
        return False
    for other, end in zip(others, ends[1:], strict=True):
        parts = _parts_of(lines[own].element, lines[other].element)
        if parts is not None and _is_article(lines, other, end):
            _drop_from(parts[1], is_flat=parts[0] is lines[own].element)
            return True
    return False


def _leads_on(heading: Line, address: str) -> bool:
    """Return whether a heading is a link to another page of the site."""
    return bool(address) and heading.link_share > _LINKED and not leads_here(heading, address)


def _is_called(text: str, titles: Sequence[str]) -> bool:
    folded = fold(text)
    if len(folded) < _MIN_TITLE:
        return False
    start = folded[:_TELLING_CHARS]
    return any(
        folded == title or (len(start) == _TELLING_CHARS and title.startswith(start))
        for title in titles
    )


def _are_alike(one: Line, other: Line) -> bool:
    """Return whether two headings are set alike and say something else."""
    return (
        one.level == other.level
        and one.text != other.text
        and one.element.get("class") == other.element.get("class")
        and other.link_share <= _MAX_LINK_SHARE + one.link_share
    )


def _is_article(lines: Sequence[Line], heading: int, end: int) -> bool:
    """Return whether a date line or a byline, and prose, follow a heading before the next one."""
    near = [line.text for line in lines[heading + 1 : min(end, heading + 1 + _NEAR)]]
    if not any(map(_is_signed, near)):
        return False
    prose = 0
    for line in lines[heading + 1 : end]:
        if line.link_share <= _MAX_LINK_SHARE and len(line.text) >= _MIN_LINE:
            prose += reading_size(line.text)
        if prose >= _MIN_PROSE:
            return True
    return False


def _is_signed(text: str) -> bool:
    if len(text) > _MAX_SIGNED:
        return False
    return find_dateline(text) is not None or (begins_with_role(text) and is_byline(text))


def _parts_of(one: HtmlElement, other: HtmlElement) -> tuple[HtmlElement, HtmlElement] | None:
    """Return the two parts of one element in which two headings stand, if they are of one kind."""
    above = {element: inner for inner, element in _way_up(one)}
    for inner, element in _way_up(other):
        if element in above:
            part = above[element]
            is_one_kind = part.tag == inner.tag and _share_names(part, inner)
            return (part, inner) if is_one_kind else None
    return None


def _way_up(element: HtmlElement) -> list[tuple[HtmlElement, HtmlElement]]:
    """Return each element from one up with the one round it."""
    way = [element, *islice(element.iterancestors(), _MAX_DEPTH)]
    return list(pairwise(way))


def _share_names(one: HtmlElement, other: HtmlElement) -> bool:
    names, others = (one.get("class") or "").split(), (other.get("class") or "").split()
    return names == others or not set(names).isdisjoint(others)


def _drop_from(part: HtmlElement, *, is_flat: bool) -> None:
    """Take a part and those of its kind below it off the page; in one without parts, all below."""
    later = [part, *part.itersiblings()]
    parent = part.getparent()
    for element in later:
        if is_flat or (element.tag == part.tag and _share_names(part, element)):
            parent.remove(element)
