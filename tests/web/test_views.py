"""Details of what the page shows that no small archive brings about."""

from __future__ import annotations

import datetime as dt

import pytest

from civicsearch.search.request import Sort
from civicsearch.web.facets import facet_views
from civicsearch.web.parameters import SearchParameters
from civicsearch.web.views import _filters

FIRST, LAST = dt.date(2020, 1, 1), dt.date(2020, 12, 31)


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (FIRST, LAST, "2020"),
        (FIRST, dt.date(2021, 12, 31), "1 January 2020 to 31 December 2021"),
        (FIRST, None, "from 1 January 2020"),
        (None, LAST, "until 31 December 2020"),
    ],
)
def test_days_are_named(first, last, text):
    """The filter in use is said in words, a whole year as its number."""
    parameters = SearchParameters(q="a", published_from=first, published_to=last)
    assert [link.text for link in _filters(parameters)] == [text]


def test_removing_a_source_keeps_the_others():
    """Each filter has a link that removes it and only it; case and accents do not matter."""
    parameters = SearchParameters(q="a", sources=("Báo A", "bao a", "Báo B"), published_from=FIRST)
    links = {link.text: link.href for link in _filters(parameters)}
    assert links["Báo A"] == "/search?q=a&from=2020-01-01&source=B%C3%A1o+B"
    assert links["from 1 January 2020"].endswith("&source=B%C3%A1o+B")


def test_values_that_cannot_be_filtered_by_are_left_out():
    """A document without a source or a year adds no entry."""
    facets = {"source": (("", 3),), "year": (("", 2), ("?", 1))}
    assert facet_views(facets, SearchParameters(q="a")) == ()


def test_bars_are_relative_to_the_longest():
    """The shares go from 1 to 100."""
    (view,) = facet_views({"source": (("A", 900), ("B", 450), ("C", 1))}, SearchParameters(q="a"))
    assert [entry.share for entry in view.entries] == [100, 50, 1]


def test_addresses_round_trip():
    """What an address says is what was asked for."""
    from starlette.datastructures import QueryParams

    parameters = SearchParameters(
        q="dân & <vận> +khéo #1",
        limit=20,
        sort=Sort.OLDEST,
        published_from=FIRST,
        published_to=LAST,
        sources=("Báo A", "B&C"),
    )
    query = parameters.page_href(offset=40).partition("?")[2]
    parsed = SearchParameters.parse(QueryParams(query))
    assert parsed.offset == 40
    assert parsed.page_href() == parameters.page_href()
    assert parsed.sources == parameters.sources
