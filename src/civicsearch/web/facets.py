"""What the results can be narrowed to: publishers and years, with counts and links."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from civicsearch.search.engine import FacetCounts
    from civicsearch.web.parameters import SearchParameters

__all__ = ["PAGE_FACETS", "FacetEntry", "FacetView", "facet_views", "without_source", "year_bounds"]

PAGE_FACETS = ("source", "year")
"""What the page counts by."""
MAX_ENTRIES = 10
"""Beyond these a list stops helping; the rest is folded away."""
MAX_REST = 60
"""Beyond these nobody looks; the counts of all are in the JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetEntry:
    """One value to narrow by.

    Attributes:
        label: The value.
        count: How many documents have it, with thousands marked.
        share: The count in hundredths of the largest, at least 1: the length of its bar.
        href: Narrows to this value; removes it where it is selected.
        selected: Whether the results are narrowed to it now.
    """

    label: str
    count: str
    share: int
    href: str
    selected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetView:
    """The values of one facet; `rest` is shown only on demand."""

    heading: str
    entries: tuple[FacetEntry, ...]
    rest: tuple[FacetEntry, ...]


def facet_views(
    facets: Mapping[str, FacetCounts], parameters: SearchParameters
) -> tuple[FacetView, ...]:
    """Return the facets of a page of results, without those that hold nothing."""
    views = (
        _facet("Source", _source_entries(facets.get("source", ()), parameters)),
        _facet("Year", _year_entries(facets.get("year", ()), parameters)),
    )
    return tuple(view for view in views if view.entries)


def year_bounds(year: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a year."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def without_source(parameters: SearchParameters, source: str) -> tuple[str, ...]:
    """Return the chosen publishers but one; as in the search, case and accents do not matter."""
    return tuple(other for other in parameters.sources if fold(other) != fold(source))


def _facet(heading: str, entries: Iterator[FacetEntry]) -> FacetView:
    kept = tuple(islice(entries, MAX_ENTRIES + MAX_REST))
    return FacetView(heading=heading, entries=kept[:MAX_ENTRIES], rest=kept[MAX_ENTRIES:])


def _source_entries(counts: FacetCounts, parameters: SearchParameters) -> Iterator[FacetEntry]:
    chosen = {fold(source) for source in parameters.sources}
    largest = max((count for _, count in counts), default=1)
    for source, count in counts:
        if not source:
            continue
        selected = fold(source) in chosen
        rest = without_source(parameters, source)
        yield FacetEntry(
            label=source,
            count=f"{count:,}",
            share=_share(count, largest),
            href=parameters.page_href(sources=rest if selected else (*rest, source)),
            selected=selected,
        )


def _year_entries(counts: FacetCounts, parameters: SearchParameters) -> Iterator[FacetEntry]:
    """Yield the years, latest first: a timeline reads better than a ranking."""
    years = sorted(((int(year), count) for year, count in counts if year.isdigit()), reverse=True)
    largest = max((count for _, count in years), default=1)
    chosen = (parameters.published_from, parameters.published_to)
    for year, count in years:
        selected = chosen == year_bounds(year)
        first, last = (None, None) if selected else year_bounds(year)
        yield FacetEntry(
            label=str(year),
            count=f"{count:,}",
            share=_share(count, largest),
            href=parameters.page_href(published_from=first, published_to=last),
            selected=selected,
        )


def _share(count: int, largest: int) -> int:
    return max(1, 100 * count // largest)
