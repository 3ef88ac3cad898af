"""Whether a page is an article at all, or a front page, a list, search results, an error.

What tells them apart is how text and links alternate. An article has one long run of prose,
whatever boxes stand round it; a list has many linked headlines and only a sentence or two between
any two of them. What the page says of itself (its address, the class of its body, its JSON-LD)
only moves the threshold: content systems state `article` for their section pages as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from civicsearch.ingest.blocks import reading_size
from civicsearch.ingest.identity import split_address
from civicsearch.ingest.layout.notices import MIN_HEADLINE, is_linked_headline, opens_article
from civicsearch.ingest.layout.page_titles import (
    is_error_title,
    is_list_title,
    is_search_title,
    is_section_title,
)
from civicsearch.ingest.reading.undated import without_dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from civicsearch.ingest.blocks import Line
    from civicsearch.ingest.layout.region import Region

__all__ = ["PageKind", "PageMarks", "Verdict", "judge_page"]

_LINKED = 0.8
_HALF_LINKED = 0.4
_NO_PROSE = 100
# Measured on the 995 development pages: of 989 articles 5 have 12 linked headlines outside of
# menus and no 600 letters of prose in a row, two of them with an article in JSON-LD; of 6 lists
# all have.
_LIST_HEADLINES = 12
_LIST_RUN = 600
# Where JSON-LD has an article, what is left of it before a paywall is less than this.
_STUB_RUN = 150
# Where a main heading as long as a headline is the page's title: of those articles 4 have one,
# and of the lists none. The short news that readers comment on, or that stands in a column.
_HEADED_RUN = 300
# Where the page says itself that it is a list.
_MARKED_HEADLINES = 5
_MARKED_RUN = 1000
_ERROR_TEXT = 800
_FRONT_PATH = re.compile(
    r"/?(?:[a-z]{2}(?:-[a-z]{2})?/?)?(?:(?:index|default|home|trang-chu)(?:\.\w{2,5})?/?)?",
    re.IGNORECASE,
)
_SEARCH_PATH = re.compile(
    r"/(?:search|tim-kiem|timkiem|suche|buscar?|recherche|hledat|hledani|szukaj|wyszukiwarka|ricerca"
    r"|pesquisa|arama?)(?:[/.]|$)",
    re.IGNORECASE,
)
_SEARCH_KEYS = frozenset({"q", "s", "query", "search", "keyword", "keywords", "tukhoa"})
_LIST_PATH = re.compile(
    r"/(?:tags?|category|categories|kategorie|chuyen-muc|author|authors|archive|topics?)/[^/]+/?$"
    r"|/page/\d+/?$",
    re.IGNORECASE,
)
_LIST_CLASS_LIST = """
    home blog archive category tag search search-results front page-front is-front frontpage
    homepage page-home taxonomy path-taxonomy
"""
_LIST_CLASSES = frozenset(_LIST_CLASS_LIST.split())
_ARTICLE_CLASSES = frozenset(["single", "single-post", "postid", "page-node-type-article"])


class PageKind(StrEnum):
    """What a page is."""

    ARTICLE = "article"
    FRONT = "front page"
    LIST = "list page"
    SEARCH = "search page"
    ERROR = "error page"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMarks:
    """What a page says of itself besides its text.

    Attributes:
        address: Where it is, "" if unknown.
        body_names: Class and id of its body element.
        titles: Its headline and its `<title>`.
        is_collection: Whether its JSON-LD calls it a collection or search results.
        is_article: Whether its JSON-LD has an article, with the page's own title.
        is_headed: Whether its headline is a main heading, as long as headlines are, and in its
            `<title>`.
        headline: The index of its headline among the lines, None if unknown.
    """

    address: str = ""
    body_names: str = ""
    titles: tuple[str, ...] = ()
    is_collection: bool = False
    is_article: bool = False
    is_headed: bool = False
    headline: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a page is, and why, in words that a person may read."""

    kind: PageKind
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Shape:
    """How text and links alternate: linked headlines, letters of the longest run, and of all.

    `dated` are lines that are a linked headline but for a date beside the link.
    """

    headlines: int
    dated: int
    longest_run: int
    letters: int


def judge_page(region: Region, marks: PageMarks) -> Verdict:
    """Return what the page is on which `region` was found."""
    shape = _shape_of(region.lines, region.scores, region.furniture)
    if shape.letters < _ERROR_TEXT and any(map(is_error_title, marks.titles)):
        title = next(filter(is_error_title, marks.titles))
        return Verdict(PageKind.ERROR, f'it says "{title[:80]}"')
    kind = _kind_by_marks(marks)
    if kind is PageKind.SEARCH:
        is_list = shape.longest_run < _LIST_RUN
    elif kind is not PageKind.ARTICLE:
        is_list = shape.headlines >= _MARKED_HEADLINES and shape.longest_run < _MARKED_RUN
    else:
        kind = PageKind.LIST
        most = _HEADED_RUN if marks.is_headed else _LIST_RUN
        most = _STUB_RUN if marks.is_article else most
        is_section = not marks.is_article and any(map(is_section_title, marks.titles[:1]))
        least = _MARKED_HEADLINES if is_section else _LIST_HEADLINES
        is_list = shape.headlines >= least and shape.longest_run < most
        # Boxes beside an article have links with dates as well: they count where there is no prose.
        no_prose = shape.longest_run < _NO_PROSE and not marks.is_article
        is_list |= no_prose and shape.headlines + shape.dated >= _LIST_HEADLINES
        is_list = is_list and (is_section or not opens_article(region, marks.headline))
    return Verdict(kind, _described(shape)) if is_list else Verdict(PageKind.ARTICLE)


def _described(shape: _Shape) -> str:
    return (
        f"{shape.headlines} linked headlines, and at most {shape.longest_run} letters of text"
        " in a row"
    )


def _shape_of(lines: Sequence[Line], scores: Sequence[float], furniture: Sequence[bool]) -> _Shape:
    """Return how text and links alternate outside of menus and the like."""
    headlines = dated = run = longest = letters = 0
    for line, score, is_furniture in zip(lines, scores, furniture, strict=True):
        if is_furniture:
            continue
        if line.link_share > _LINKED:
            if is_linked_headline(line.text):
                headlines += 1
                run = 0
        elif line.link_share > _HALF_LINKED and _is_dated_link(line):
            dated += 1
        elif score > 0:
            size = reading_size(line.text)
            letters += size
            run += size
            longest = max(longest, run)
    return _Shape(headlines, dated, longest, letters)


def _is_dated_link(line: Line) -> bool:
    rest = without_dates(line.text).strip(" ()[]-–|•")
    is_dated = rest != line.text and line.link_chars > _LINKED * len(rest)
    return is_dated and reading_size(rest) >= MIN_HEADLINE


def _kind_by_marks(marks: PageMarks) -> PageKind:
    """Return what address, classes and JSON-LD call the page; an article where they say nothing."""
    parts = split_address(marks.address)
    names = set(marks.body_names.lower().split())
    if marks.address and (_SEARCH_PATH.search(parts.path) or _is_query(parts.query)):
        return PageKind.SEARCH
    if marks.is_article or names & _ARTICLE_CLASSES:
        return PageKind.ARTICLE
    if marks.address and not parts.query and _FRONT_PATH.fullmatch(parts.path):
        return PageKind.FRONT
    if marks.is_collection or names & _LIST_CLASSES or _LIST_PATH.search(parts.path):
        return PageKind.LIST
    return _kind_by_title(marks.titles)


def _kind_by_title(titles: Sequence[str]) -> PageKind:
    """Return whether a page is a list by its headline, or its `<title>` if that is of results."""
    is_list = any(map(is_search_title, titles)) or any(map(is_list_title, titles[:1]))
    return PageKind.LIST if is_list else PageKind.ARTICLE


def _is_query(query: str) -> bool:
    try:
        return not _SEARCH_KEYS.isdisjoint(parse_qs(query, max_num_fields=50))
    except ValueError:
        return False
