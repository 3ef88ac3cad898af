"""Going on after the last hit of a page: what every engine promises."""

import datetime as dt
from dataclasses import replace

import pytest

from civicsearch.errors import InvalidOptionError
from civicsearch.query import parse_query
from civicsearch.search import Filters, SearchRequest, Sort
from civicsearch.search.engine import TotalHits
from fakes.builders import a_document
from fakes.paging import iter_pages
from fakes.rankings import listed, pair_window

WINDOW = 3


@pytest.fixture(autouse=True)
def _few_neighbours():
    with pair_window(WINDOW):
        yield


def asked(text="dân vận", **values):
    return SearchRequest(query=parse_query(text), **values)


def ids_of(matches):
    return [match.document_id for match in matches.matches]


def articles(count):
    """Articles that all hold two words; in the later ones they are neighbours more often."""
    return [
        a_document(
            document_id=f"d{number}",
            body="dân " * (count - number) + "và " + "dân vận " * number + "và " * 20 + "vận",
            published=dt.date(2020, 1, 1 + number // 2),
        )
        for number in range(count)
    ]


def on_day(number):
    return a_document(document_id=f"d{number}", title="dân", published=dt.date(2020, 1, number))


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("limit", [1, 2, 3, 4, 20])
def test_the_pages_together_are_the_whole(engine, fill, sort, limit):
    fill(*articles(8))
    searcher = engine.searcher()
    whole = searcher.search(asked(sort=sort, limit=20))
    pages = list(iter_pages(lambda: searcher, asked(sort=sort, limit=limit)))
    assert [hit for page in pages for hit in listed(page)] == listed(whole)
    assert [page.end.rank for page in pages[:-1]] == list(range(limit, 8, limit))
    assert pages[-1].end is None


@pytest.mark.parametrize("sort", Sort)
def test_equal_hits_go_on_by_id(engine, fill, sort):
    """Also where they have no date."""
    fill(*(a_document(document_id=name, title="dân") for name in "bdace"))
    pages = iter_pages(engine.searcher, asked("dân", sort=sort, limit=2))
    assert [ids_of(page) for page in pages] == [["a", "b"], ["c", "d"], ["e"]]


def test_a_first_page_with_an_offset_can_be_gone_on_from(engine, fill):
    fill(*articles(8))
    whole = ids_of(engine.searcher().search(asked(limit=20)))
    pages = list(iter_pages(engine.searcher, asked(limit=2, offset=1)))
    assert [name for page in pages for name in ids_of(page)] == whole[1:]
    assert pages[0].end.rank == 3


@pytest.mark.parametrize(
    "values", [{"limit": 0}, {"limit": 8}, {"limit": 5, "offset": 8}, {"limit": 3, "offset": 5}]
)
def test_nothing_follows_the_last_hit_nor_no_hit(engine, fill, values):
    fill(*articles(8))
    for sort in Sort:
        assert engine.searcher().search(asked(sort=sort, **values)).end is None


def test_nothing_follows_in_an_empty_archive(engine):
    assert engine.searcher().search(asked()).end is None


def test_no_hits_after_a_page_give_no_end(engine, fill):
    fill(*articles(8))
    end = engine.searcher().search(asked(limit=2)).end
    page = engine.searcher().search(asked(limit=0, after=end))
    assert (page.matches, page.end, page.total) == ((), None, TotalHits(value=8))


def test_total_and_facets_are_those_of_all_matches_on_every_page(engine, fill):
    fill(*articles(8))
    for page in iter_pages(engine.searcher, asked(limit=3, facets=("year",))):
        assert page.total == TotalHits(value=8)
        assert dict(page.facets) == {"year": (("2020", 8),)}


def test_a_position_and_an_offset_exclude_each_other(engine, fill):
    fill(*articles(8))
    end = engine.searcher().search(asked(limit=2)).end
    with pytest.raises(InvalidOptionError, match="offset cannot be 2; it must be 0, or left out"):
        asked(limit=2, offset=2, after=end)


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_what_is_added_before_the_page_shifts_nothing(engine, fill, sort):
    fill(*(on_day(number) for number in range(2, 10)))
    first = engine.searcher().search(asked("dân", sort=sort, limit=3))
    fill(on_day(1), on_day(20))
    rest = engine.searcher().search(asked("dân", sort=sort, limit=20, after=first.end))
    expected = [*range(2, 10), 20] if sort is Sort.OLDEST else [*range(9, 1, -1), 1]
    assert ids_of(first) + ids_of(rest) == [f"d{number}" for number in expected]


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_what_is_deleted_before_the_page_skips_nothing(engine, fill, sort):
    """Be it the last hit itself."""
    fill(*(on_day(number) for number in range(1, 9)))
    whole = ids_of(engine.searcher().search(asked("dân", sort=sort)))
    first = engine.searcher().search(asked("dân", sort=sort, limit=3))
    fill(delete=ids_of(first))
    rest = engine.searcher().search(asked("dân", sort=sort, after=first.end))
    assert ids_of(first) + ids_of(rest) == whole


@pytest.mark.parametrize("sort", Sort)
def test_the_last_hit_is_not_shown_again_though_its_score_changes(engine, fill, sort):
    """Its words are rarer afterwards, or more frequent."""
    fill(*articles(8))
    for added in ("dân vận", "xã"):
        first = engine.searcher().search(asked(sort=sort, limit=2))
        fill(*(a_document(title=added, published=dt.date(2030, 1, 1)) for _ in range(4)))
        rest = engine.searcher().search(asked(sort=sort, limit=20, after=first.end))
        assert ids_of(first)[-1] not in ids_of(rest)


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
@pytest.mark.parametrize("gone", [0, 1, 2])
def test_who_is_looked_at_for_neighbours_stays_the_same(engine, fill, limit, gone):
    """One of the best is filtered away or comes in: no other changes sides and is lost or seen twice.

    A publisher is no part of a score, so all scores stay as they are.
    """
    documents = [replace(document, source="A") for document in articles(8)]
    fill(*documents)
    wanted = asked(limit=limit, filters=Filters(sources=("A",)))
    by_words = sorted(ids_of(engine.searcher().search(replace(wanted, limit=WINDOW))))
    first = engine.searcher().search(wanted)
    away = next(d for d in documents if d.document_id == by_words[gone])
    fill(replace(away, source="B"))
    rest = [name for page in iter_pages(engine.searcher, replace(wanted, after=first.end))
            for name in ids_of(page)]  # fmt: skip
    assert sorted({*ids_of(first), *rest, away.document_id}) == [f"d{n}" for n in range(8)]
    fill(away)
    seen = ids_of(first) + [
        name for page in iter_pages(engine.searcher, replace(wanted, after=first.end))
        for name in ids_of(page)
    ]  # fmt: skip
    assert sorted(seen) == [f"d{n}" for n in range(8)]


def test_an_explanation_after_a_page_is_that_of_the_score(engine, fill):
    fill(*articles(8))
    searcher = engine.searcher()
    wanted = asked(limit=2)
    while wanted is not None:
        page = searcher.search(wanted)
        for match in page.matches:
            explained = searcher.explain(wanted, match.document_id)
            assert explained.value == pytest.approx(match.score, rel=1e-9)
        wanted = replace(wanted, after=page.end) if page.end else None
