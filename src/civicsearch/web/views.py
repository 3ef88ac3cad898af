"""What the search page shows, as plain values: the template only writes them out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from civicsearch.search.request import Sort
from civicsearch.web.facets import facet_views, without_source, year_bounds
from civicsearch.web.formats import (
    LinkView,
    counted,
    day_view,
    document_href,
    language_tag,
    original_link,
    pieces,
)
from civicsearch.web.parameters import MAX_WINDOW, SearchParameters

if TYPE_CHECKING:
    import datetime as dt

    from civicsearch.query.expansion import Expansion
    from civicsearch.search.results import Hit, Results
    from civicsearch.web.facets import FacetView
    from civicsearch.web.formats import DayView, Piece

__all__ = ["ExampleView", "HitView", "SearchView", "StartView", "search_view", "start_view"]

_ORDERS = {
    Sort.RELEVANCE: "",
    Sort.RECENT: ", newer ones favoured",
    Sort.NEWEST: ", newest first",
    Sort.OLDEST: ", oldest first",
}
"""How the results are ordered, where that is not by how well they match."""

_EXAMPLES = (
    ("dân vận khéo", "words, best match first"),
    ("dan van kheo", "the same without accents: they match with any accents or none"),
    ('"hội đồng nhân dân"', "these words side by side, in this order"),
    ("ngân sách -2019", "budget, but not where 2019 is mentioned"),
    ("title:đường OR title:cầu", "a road or a bridge in the headline"),
    ("giáo*", "words that begin like this"),
)
"""Searches to try, and what each shows of the query language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HitView:
    """One result.

    Attributes:
        title: The headline in runs, or "Untitled document".
        href: The page of the document in this archive.
        language: For the `lang` attribute, or "".
        passages: Each in runs.
        source: The publisher; "" where unknown, or where the link to the original says it.
        section: The section of its site, or "".
        published: The day, if known.
        original: The page it came from, if that can be linked.
    """

    title: tuple[Piece, ...]
    href: str
    language: str
    passages: tuple[tuple[Piece, ...], ...]
    source: str
    section: str
    published: DayView | None
    original: LinkView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """A page of results.

    Attributes:
        status: One line: how many, which of them, in which order.
        hits: The results of this page.
        first_rank: The number of the first of them.
        notices: What of the query was passed over or relaxed.
        expansions: What of the query was also read as something else.
        unexpanded_href: The same search for what was typed alone, where there are any; else "".
        expanded_href: The search with them, where they were not wanted; else "".
        suggestions: Other queries worth trying.
        filters: What the results are narrowed to; following the link removes it.
        facets: What they can be narrowed to.
        previous_href: The page before, or "".
        next_href: The page after, or "".
        page: "Page 2 of 5", or "" where there is one page only.
        is_empty: Whether nothing matches at all.
        first_href: The first page, where this one lies beyond the last; else "".
        unfiltered_href: The same search without filters, where there are any; else "".
        is_cut: Whether there are more results than can be paged through.
    """

    status: str
    hits: tuple[HitView, ...]
    first_rank: int
    notices: tuple[str, ...]
    expansions: tuple[Expansion, ...]
    unexpanded_href: str
    expanded_href: str
    suggestions: tuple[LinkView, ...]
    filters: tuple[LinkView, ...]
    facets: tuple[FacetView, ...]
    previous_href: str
    next_href: str
    page: str
    is_empty: bool
    first_href: str
    unfiltered_href: str
    is_cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleView:
    """A search to try: the query, where it leads, and what it shows."""

    query: str
    href: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartView:
    """The page before the first search: how much there is to search, and examples."""

    holdings: str
    examples: tuple[ExampleView, ...]


def start_view(documents: int) -> StartView:
    """Return what the page shows before the first search of an archive of so many documents."""
    return StartView(
        holdings=counted(documents, "article") if documents else "",
        examples=tuple(
            ExampleView(query=query, href=SearchParameters(q=query).page_href(), meaning=meaning)
            for query, meaning in _EXAMPLES
        ),
    )


def search_view(results: Results, parameters: SearchParameters) -> SearchView:
    """Return what the page shows of `results`."""
    total = results.total.value
    step, offset = parameters.limit, parameters.offset
    # A last page may reach past the window only if it is not asked for: the request is refused.
    has_next = step > 0 and offset + step < total and offset + 2 * step <= MAX_WINDOW
    return SearchView(
        status=_status(results, offset) + _ORDERS[parameters.sort],
        hits=tuple(_hit_view(hit, parameters.passages) for hit in results.hits),
        first_rank=offset + 1,
        notices=results.notices,
        expansions=results.expansions,
        unexpanded_href=parameters.page_href(expand=False) if results.expansions else "",
        expanded_href="" if parameters.expand else parameters.page_href(expand=True),
        suggestions=tuple(
            LinkView(text=text, href=parameters.page_href(q=text)) for text in results.suggestions
        ),
        filters=_filters(parameters),
        facets=facet_views(results.facets, parameters),
        previous_href=parameters.page_href(offset=max(0, offset - step)) if offset else "",
        next_href=parameters.page_href(offset=offset + step) if has_next else "",
        page=_page(total, parameters),
        is_empty=total == 0,
        first_href=parameters.page_href() if total and not results.hits and offset else "",
        unfiltered_href=_unfiltered_href(parameters),
        is_cut=not has_next and bool(results.hits) and offset + step < total,
    )


def _status(results: Results, offset: int) -> str:
    total = results.total
    if not total.value:
        return "No article found"
    found = counted(total.value, "article") + ("" if total.exact else " or more")
    if not results.hits:
        return found
    if len(results.hits) == total.value:
        return found
    return f"{offset + 1:,}–{offset + len(results.hits):,} of {found}"


def _hit_view(hit: Hit, passages: int) -> HitView:
    document = hit.document
    original = original_link(hit.url)
    same = original is not None and original.text == hit.source  # named by its host: say it once
    return HitView(
        title=pieces(hit.title, hit.title_highlights) or (("Untitled document", False),),
        href=document_href(hit.document_id),
        language=language_tag(document.language),
        passages=tuple(pieces(p.text, p.highlights) for p in hit.passages(passages) if p.text),
        source="" if same else hit.source,
        section=document.section,
        published=day_view(hit.published, with_time=False),
        original=original,
    )


def _page(total: int, parameters: SearchParameters) -> str:
    step, offset = parameters.limit, parameters.offset
    if not step or offset >= total or (not offset and total <= step):
        return ""
    pages = -(-min(total, MAX_WINDOW) // step)
    number = offset // step + 1
    return f"Page {number:,} of {max(pages, number):,}"


def _unfiltered_href(parameters: SearchParameters) -> str:
    if not parameters.has_filters:
        return ""
    return parameters.page_href(published_from=None, published_to=None, sources=())


def _filters(parameters: SearchParameters) -> tuple[LinkView, ...]:
    first, last = parameters.published_from, parameters.published_to
    links = [
        LinkView(text=source, href=parameters.page_href(sources=without_source(parameters, source)))
        for source in parameters.sources
    ]
    if first or last:
        href = parameters.page_href(published_from=None, published_to=None)
        links.append(LinkView(text=_days_text(first, last), href=href))
    return tuple(links)


def _days_text(first: dt.date | None, last: dt.date | None) -> str:
    if first and last and (first, last) == year_bounds(first.year):
        return str(first.year)
    first_view, last_view = day_view(first), day_view(last)
    if first_view and last_view:
        return f"{first_view.text} to {last_view.text}"
    if first_view:
        return f"from {first_view.text}"
    return f"until {last_view.text}" if last_view else ""
