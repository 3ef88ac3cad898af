"""Whether a page is an article at all, or a front page, a list, results, a contact form, an error.

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

from civicsearch.analysis.folding import fold
from civicsearch.ingest.blocks import reading_size
from civicsearch.ingest.identity import split_address
from civicsearch.ingest.layout.entries import greets, heads_entries, is_entry
from civicsearch.ingest.layout.mastheads import calls_itself_site, leads_home
from civicsearch.ingest.layout.notices import MIN_HEADLINE, is_one_of_many, opens_article
from civicsearch.ingest.layout.page_titles import (
    is_contact_title,
    is_error_title,
    is_list_title,
    is_missing_title,
    is_search_title,
    is_section_title,
)
from civicsearch.ingest.layout.prose import OPENING
from civicsearch.ingest.layout.shapes import LINKED, shape_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from civicsearch.ingest.layout.region import Region
    from civicsearch.ingest.layout.shapes import Shape

__all__ = ["PageKind", "PageMarks", "Verdict", "judge_page"]

_NO_PROSE = 100
_NO_SENTENCE = 40
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
# A headline that leads nowhere, in or outside of the `<title>`.
_LONG_HEADLINE = 30
# Of the 989 articles 204 have so many cards, and one of these twice as much text in them as the
# longest run outside of them, of less than 300 letters: it lists the courses of a school.
_FEW_CARDS = 5
# Where the page says itself that it is a list. Of the 12 articles among the development pages that
# do, none has less than 650 letters of prose in a row.
_MARKED_HEADLINES = 5
_MARKED_RUN = 1000
_ERROR_TEXT = 800
# A page that says it is a list, and has one teaser or two below a heading that is not its own.
_FEW_RUN = 600
# How far below its title the first headline of a list stands, and the score of a sentence.
_NEAR_TITLE = 5
_PROSE = 40.0
# All that is to be read on a page of links, where its title says that it is no more.
_BARE_TEXT = 300
_ERROR_PATH = re.compile(r"/(?:40[034]|410|50[0-4])(?:\.\w{2,5}|/index\.\w{2,5})?/?", re.IGNORECASE)
_FRONT_PATH = re.compile(
    r"/?(?:[a-z]{2}(?:-[a-z]{2})?/?)?(?:(?:index|default|home|trang-chu)(?:\.\w{2,5})?/?)?",
    re.IGNORECASE,
)
_SEARCH_PATH = re.compile(
    r"/(?:search|tim-kiem|timkiem|suche|buscar?|recherche|hledat|hledani|szukaj|wyszukiwarka|ricerca"
    r"|pesquisa|arama?|poisk|cautare|zoeken|sok|haku|vyhledavani|vyhladavanie|pretraga|kereses)"
    r"(?:[/.]|$)",
    re.IGNORECASE,
)
_SEARCH_KEYS = frozenset(
    {
        "q",
        "s",
        "query",
        "search",
        "searchword",
        "keys",
        "search_api_fulltext",
        "keyword",
        "keywords",
    }
    | {"tukhoa", "tu-khoa"}
)
_LIST_PATH = re.compile(
    r"/(?:tags?|category|categories|kategorie|chuyen-muc|authors?|archives?|topics?|tu-khoa|tac-gia"
    r"|autore?|autores|auteur|autor(?:en|in)|yazar|etiquetas?|etiquette|etiket|schlagwort|stitek"
    r"|kategoria|kategori|categoria|categorie)/[^/]+/?$"
    r"|/(?:tags?|categories|authors|archives?|page)(?:\.\w{2,5}|/index\.\w{2,5})?/?$"
    r"|/(?:page/?|index)\d+(?:\.\w{2,5}|/index\.\w{2,5})?/?$"
    r"|/(?:19|20)\d\d(?:/(?:0?[1-9]|1[0-2]))?(?:/index\.\w{2,5})?/?$",
    re.IGNORECASE,
)
_LIST_CLASS_LIST = """
    home blog archive category tag search search-results front page-front is-front frontpage
    homepage page-home taxonomy path-taxonomy
"""
_LIST_CLASSES = frozenset(_LIST_CLASS_LIST.split())
# Of any name: `template-listing_view`.
_LISTING = re.compile(r"(?<![^\W_])listing(?![^\W_])")
_ARTICLE_CLASSES = frozenset(["single", "single-post", "postid", "page-node-type-article"])


class PageKind(StrEnum):
    """What a page is."""

    ARTICLE = "article"
    FRONT = "front page"
    LIST = "list page"
    SEARCH = "search page"
    CONTACT = "contact page"
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
        is_unlisted: Whether it asks search engines to leave it out, and states no day.
        is_dated: Whether it states a day as that of its publication.
        headline: The index of its headline among the lines, None if unknown.
    """

    address: str = ""
    body_names: str = ""
    titles: tuple[str, ...] = ()
    is_collection: bool = False
    is_article: bool = False
    is_headed: bool = False
    is_unlisted: bool = False
    is_dated: bool = False
    headline: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a page is, and why, in words that a person may read."""

    kind: PageKind
    reason: str = ""


def judge_page(region: Region, marks: PageMarks) -> Verdict:
    """Return what the page is on which `region` was found."""
    shape = shape_of(region)
    error = _error_in(region, marks, shape)
    if error:
        return Verdict(PageKind.ERROR, error)
    kind = _kind_by_marks(marks)
    if kind is PageKind.SEARCH:
        is_list = shape.longest_run < _LIST_RUN
    elif kind is not PageKind.ARTICLE:
        is_list = _is_marked_list(region, marks, shape, kind)
    else:
        kind = PageKind.LIST
        is_list = _is_unmarked(region, marks, shape)
    if is_list:
        return Verdict(kind, _described(shape))
    return _judge_short(marks, shape)


def _judge_short(marks: PageMarks, shape: Shape) -> Verdict:
    """Return what a page is that is no list by its shape, and has hardly any text."""
    if shape.longest_run >= _HEADED_RUN or marks.is_headed:
        return Verdict(PageKind.ARTICLE)
    if marks.is_unlisted and shape.letters < _ERROR_TEXT:
        # Systems ask search engines to leave out the lists of what has a tag as well.
        kind = PageKind.LIST if _has_links(shape) else PageKind.ERROR
        reason = f"search engines are to leave out its {shape.longest_run} letters of text"
        return Verdict(kind, reason)
    contact = next(filter(is_contact_title, marks.titles), "")
    # Systems of public bodies state a day of publication for each of their pages.
    if contact and not marks.is_article:
        return Verdict(PageKind.CONTACT, f'it is called "{contact[:80]}"')
    return Verdict(PageKind.ARTICLE)


def _has_links(shape: Shape) -> bool:
    return shape.headlines + shape.dated + shape.cards > 0


def _error_in(region: Region, marks: PageMarks, shape: Shape) -> str:
    """Return what says that there is no such page, or none for this reader; else ""."""
    if shape.letters >= _ERROR_TEXT:
        return ""
    title = next(filter(is_error_title, marks.titles), "") or _missing_in(region)
    if title:
        return f'it says "{title[:80]}"'
    if marks.is_headed:
        return ""
    if _ERROR_PATH.fullmatch(split_address(marks.address).path):
        return "its address says so"
    return ""


def _missing_in(region: Region) -> str:
    """Return the main heading where it says that there is no such page, else "".

    Some systems have the site's name for the title of all such pages.
    """
    main = _main_heading(region)
    text = "" if main is None else region.lines[main].text
    return text if is_missing_title(text) else ""


def _is_marked_list(region: Region, marks: PageMarks, shape: Shape, kind: PageKind) -> bool:
    """Return whether a page is the list that its address, its classes or its title call it.

    Whole stories below one another stand in cards, as comments do, but have linked headlines.
    """
    if _are_many(shape) and shape.longest_run < _MARKED_RUN:
        return True
    if shape.headlines >= _MARKED_HEADLINES and _are_cards(shape):
        return True
    is_front = kind is PageKind.FRONT and shape.longest_run < _MARKED_RUN
    if is_front and (is_one_of_many(region, marks.headline) or _greets(region, marks)):
        return True
    if kind is PageKind.FRONT and _has_only_entries(region, marks, shape):
        return True
    return _has_few(region, marks, shape, kind)


def _greets(region: Region, marks: PageMarks) -> bool:
    """Return whether a page states no day, and its headline welcomes to the site."""
    if marks.is_article or marks.is_dated or opens_article(region, marks.headline):
        return False
    main = _main_heading(region)
    return any(map(greets, marks.titles)) or (main is not None and greets(region.lines[main].text))


def _main_heading(region: Region) -> int | None:
    """Return the index of the first main heading that is no link home; headlines may be others.

    Dialogs that are not shown have such headings as well.
    """
    lines = enumerate(region.lines)
    main = [index for index, line in lines if line.level == 1 and not leads_home(line)]
    return min(main, key=lambda index: (region.furniture[index], index), default=None)


def _titled_heading(region: Region, marks: PageMarks) -> int | None:
    """Return the index of the first heading that the `<title>` begins with."""
    title = fold(marks.titles[-1]) if marks.titles else ""
    headings = (index for index, line in enumerate(region.lines) if line.level and line.text)
    return next((i for i in headings if title.startswith(fold(region.lines[i].text))), None)


def _has_few(region: Region, marks: PageMarks, shape: Shape, kind: PageKind) -> bool:
    """Return whether a page that calls itself a list has no article of its own to read.

    The only post with a tag is a list of one: a linked headline, and the start of the text.
    """
    # Many sites give all of their pages the class of the front page.
    is_sure = _calls_itself_list(marks)
    is_short = shape.longest_run < _FEW_RUN
    is_titled = _is_titled(region, marks)
    if not is_titled and _leads_on(region, marks.headline):
        # A front page with one post and no more is that post: who closes shop says so there.
        is_front = kind is PageKind.FRONT and max(shape.headlines, shape.cards) > 1
        return is_sure or is_front or (is_short and shape.headlines > 0)
    if is_sure and not marks.is_headed and _is_above_linked(region, marks.headline):
        return True
    if not is_short or opens_article(region, marks.headline):
        return False
    is_bare = shape.letters < (_NO_PROSE if is_sure else _NO_SENTENCE)
    if is_bare or any(map(is_list_title, marks.titles[:1])):
        return True
    if marks.is_headed:
        return False
    return (is_sure and not is_titled) or _has_entries(region, marks, shape, kind)


def _has_entries(region: Region, marks: PageMarks, shape: Shape, kind: PageKind) -> bool:
    """Return whether a page has entries, and below its headline no more than their teasers."""
    is_sure = _calls_itself_list(marks)
    # A linked headline may be the one of a post that leads to itself.
    own = 0 if is_sure else int(_leads_on(region, marks.headline))
    if kind is PageKind.FRONT or shape.headlines + shape.dated + shape.cards <= own:
        return False
    return shape.longest_run < _HEADED_RUN or (is_sure and not _is_own(region, marks.headline))


def _is_titled(region: Region, marks: PageMarks) -> bool:
    """Return whether the headline is in the `<title>`, if there is one."""
    if marks.headline is None:
        return False
    title = marks.titles[-1] if marks.titles else ""
    return not title or fold(region.lines[marks.headline].text) in fold(title)


def _leads_on(region: Region, headline: int | None) -> bool:
    """Return whether the headline is a link."""
    return headline is not None and region.lines[headline].link_share > LINKED


def _is_above_linked(region: Region, headline: int | None) -> bool:
    """Return whether a linked headline follows before any prose: `One post tagged "roads"`.

    What is below it is that of another page, however much of it is printed.
    """
    if headline is None:
        return False
    for index in range(headline + 1, min(headline + 1 + _NEAR_TITLE, len(region.lines))):
        line = region.lines[index]
        if line.level:
            return line.link_share > LINKED and reading_size(line.text) >= MIN_HEADLINE
        if region.scores[index] >= _PROSE:
            return False
    return False


def _are_many(shape: Shape) -> bool:
    entries = max(shape.headlines, shape.cards)
    if shape.longest_run < _HEADED_RUN:
        entries = max(entries, shape.headlines + shape.dated)
    return entries >= _MARKED_HEADLINES


def _are_cards(shape: Shape) -> bool:
    """Return whether cards hold most of what there is to read."""
    return shape.cards >= _FEW_CARDS and shape.carded > 2 * shape.longest_run


def _is_unmarked(region: Region, marks: PageMarks, shape: Shape) -> bool:
    """Return whether a page is a list that does not say so."""
    if _is_bare(region, marks, shape) or _has_only_entries(region, marks, shape):
        return True
    is_listing = _is_section(marks, shape) or _is_teaser(region, marks.headline)
    if not is_listing and opens_article(region, marks.headline):
        return False
    if marks.is_article:
        return shape.headlines >= _LIST_HEADLINES and shape.longest_run < _STUB_RUN
    if is_listing:
        return _are_many(shape) and shape.longest_run < _LIST_RUN
    if marks.is_headed:
        return shape.headlines >= _LIST_HEADLINES and shape.longest_through < _HEADED_RUN
    is_own = _is_own(region, marks.headline)
    return _is_unheaded(shape, is_own=is_own, has_no_headline=marks.headline is None)


def _has_only_entries(region: Region, marks: PageMarks, shape: Shape) -> bool:
    """Return whether a page that states no day has a few entries of a list, and no story."""
    if marks.is_article or marks.is_dated or shape.longest_run >= _MARKED_RUN:
        return False
    is_one = not _is_titled(region, marks)
    is_one = is_one and shape.longest_run < _LIST_RUN
    if is_one and is_entry(region, marks.headline, address=marks.address):
        return True
    heads = {marks.headline, _main_heading(region), _titled_heading(region, marks)}
    return any(
        heads_entries(region, index, letters=shape.letters, address=marks.address)
        for index in heads
    )


def _is_bare(region: Region, marks: PageMarks, shape: Shape) -> bool:
    """Return whether there is not one sentence, below the name of a section or of another page."""
    if marks.is_article or shape.letters >= _NO_SENTENCE or shape.unlinked >= _BARE_TEXT:
        return False
    if marks.headline is None or any(map(is_section_title, marks.titles)):
        return True
    return _leads_on(region, marks.headline)


def _is_section(marks: PageMarks, shape: Shape) -> bool:
    """Return whether the headline names a section, or the `<title>` where there is no sentence."""
    titles = marks.titles if shape.longest_run < _NO_SENTENCE else marks.titles[:1]
    return any(map(is_section_title, titles))


def _is_teaser(region: Region, headline: int | None) -> bool:
    """Return whether the headline is that of one card of several."""
    return headline is not None and region.cards.hold(headline)


def _is_own(region: Region, headline: int | None) -> bool:
    """Return whether the headline is as long as headlines are, leads nowhere, and is no site's."""
    if headline is None:
        return False
    line = region.lines[headline]
    is_plain = line.link_share <= LINKED and region.scores[headline] < OPENING
    is_long = reading_size(line.text) >= _LONG_HEADLINE
    return is_plain and is_long and not calls_itself_site(line.text)


def _is_unheaded(shape: Shape, *, is_own: bool, has_no_headline: bool) -> bool:
    most = _HEADED_RUN if is_own else _LIST_RUN
    if shape.headlines >= _LIST_HEADLINES and shape.longest_run < most:
        return True
    # Boxes beside an article have links with dates as well: they count where there is no prose.
    rows = max(shape.headlines + shape.dated, shape.cards)
    if shape.longest_run < _NO_PROSE and rows >= _LIST_HEADLINES:
        return True
    if has_no_headline and shape.cards >= _FEW_CARDS and shape.letters < _NO_PROSE:
        return True
    # A short table of links under the name of a site or a section, and a word of welcome.
    if not is_own and shape.letters < _NO_PROSE and rows >= _MARKED_HEADLINES:
        return True
    return not is_own and _are_cards(shape) and shape.longest_run < _HEADED_RUN


def _described(shape: Shape) -> str:
    return (
        f"{max(shape.headlines, shape.cards)} linked headlines, and at most {shape.longest_run}"
        " letters of text in a row"
    )


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
    if _calls_itself_list(marks) or names & _LIST_CLASSES:
        return PageKind.LIST
    if _LISTING.search(marks.body_names.lower()):
        return PageKind.LIST
    return _kind_by_title(marks.titles)


def _calls_itself_list(marks: PageMarks) -> bool:
    """Return whether JSON-LD, the address or a title say so: classes are given to any page."""
    if marks.is_collection or any(map(is_list_title, marks.titles)):
        return True
    return _LIST_PATH.search(split_address(marks.address).path) is not None


def _kind_by_title(titles: Sequence[str]) -> PageKind:
    """Return whether a page is a list by its headline, or its `<title>` if that is of results."""
    if any(map(is_search_title, titles[:1])):
        return PageKind.SEARCH
    return PageKind.LIST if any(map(is_search_title, titles)) else PageKind.ARTICLE


def _is_query(query: str) -> bool:
    try:
        return not _SEARCH_KEYS.isdisjoint(parse_qs(query, max_num_fields=50))
    except ValueError:
        return False
