"""The page after a hit, and how few documents are scored for it."""

from types import SimpleNamespace

import numpy as np
import pytest

from civicsearch.engines.local.columns import NO_MOMENT
from civicsearch.engines.local.paging import Paging, slack_of
from civicsearch.query import parse_query
from civicsearch.query.nodes import MatchAll
from civicsearch.ranking.topk import Candidates
from civicsearch.search import SearchRequest, Sort
from civicsearch.search.position import Position, Standing

COUNT = 20_000
STEP = 0.05


class Scores:
    """Scores that are known, and which of them were asked for."""

    has_pairs = True

    def __init__(self, seed):
        chance = np.random.default_rng(seed)
        self.values = chance.gamma(2.0, size=COUNT)
        self.values[: COUNT // 10] = self.values[0]  # ties
        self.pairs = chance.random(COUNT)
        self.excess = STEP * chance.random(COUNT)
        self.asked = 0

    def scores(self, documents):
        assert (np.diff(documents) > 0).all()
        return self.scores_of_any(documents)

    def scores_of_any(self, documents):
        self.asked += len(documents)
        return self.values.take(documents)

    def pair_scores(self, documents, rarities):
        return self.pairs.take(documents) * rarities[0]

    def candidates(self):
        bounds = self.values + self.excess
        return Candidates(np.arange(COUNT), bounds.astype(np.float32), COUNT)


def name_of(number):
    return f"d{number:05}"


SNAPSHOT = SimpleNamespace(
    size=COUNT,
    moments=np.where(np.arange(COUNT) % 3, np.arange(COUNT) % 100, NO_MOMENT),
    id_ranks=np.arange(COUNT),
    document_id=name_of,
    number_of=lambda name: int(name[1:]) if name <= name_of(COUNT) else None,
)
ROUNDED = 9


def in_order(values, sort):
    """Return all documents in order."""
    rounded = np.round(values, ROUNDED)
    moments = SNAPSHOT.moments.astype(float)
    newest = np.where(moments == NO_MOMENT, np.inf, -moments)
    if sort is Sort.RELEVANCE:
        return np.lexsort((np.arange(COUNT), newest, -rounded))
    by_date = np.where(np.isinf(newest), newest, -newest) if sort is Sort.OLDEST else newest
    return np.lexsort((np.arange(COUNT), -rounded, by_date))


def standing(number, values):
    moment = int(SNAPSHOT.moments[number])
    key = None if moment == NO_MOMENT else moment
    return Standing(score=float(values[number]), moment_key=key, document_id=name_of(number))


def page_after(scores, position, *, sort=Sort.RELEVANCE, limit=10):
    paging = Paging(scores.candidates(), slack=STEP, scorer=scores, snapshot=SNAPSHOT)
    request = SearchRequest(query=MatchAll(), sort=sort, limit=limit, after=position)
    return paging.page(request, position)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("place", [0, 50, 2_000, 10_000, 19_000, COUNT - 5])
def test_a_page_far_down_is_right_and_few_are_scored_for_it(seed, place):
    scores = Scores(seed)
    order = in_order(scores.values, Sort.RELEVANCE)
    last = standing(order[place], scores.values)
    page, end = page_after(scores, Position(rank=place + 1, last=last))
    assert page.documents.tolist() == order[place + 1 : place + 11].tolist()
    assert page.values.tolist() == scores.values[page.documents].tolist()
    near = np.abs(scores.values - last.score) < 3 * STEP
    assert scores.asked <= near.sum() + 100
    if place == COUNT - 5:
        assert end is None
    else:
        last = standing(order[place + 10], scores.values)
        assert end == Position(rank=place + 11, last=last)


def test_the_best_of_those_that_are_certain_to_follow_need_not_have_the_highest_bounds():
    scores = Scores(0)
    scores.values[:4] = [0.5, 0.51, 0.535, 0.9]
    bounds = np.array([0.55, 0.545, 0.54, 0.9], np.float32)
    last = Standing(score=0.9, moment_key=None, document_id=name_of(3))
    position = Position(rank=1, last=last)
    paging = Paging(
        Candidates(np.arange(4), bounds, 4), slack=STEP, scorer=scores, snapshot=SNAPSHOT
    )
    page, _ = paging.page(SearchRequest(query=MatchAll(), limit=1, after=position), position)
    assert page.documents.tolist() == [2]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("place", "window"), [(0, 40), (12, 40), (35, 40), (39, 40), (5, 200)])
def test_the_best_come_before_the_others(seed, place, window):
    scores = Scores(seed)
    by_words = in_order(scores.values, Sort.RELEVANCE)
    paired = scores.values + scores.pairs
    rank = np.empty(COUNT, np.intp)
    rank[in_order(paired, Sort.RELEVANCE)] = np.arange(COUNT)
    best = sorted(by_words[:window].tolist(), key=rank.__getitem__)
    edge = standing(by_words[window - 1], scores.values)
    position = Position(
        rank=place + 1, last=standing(best[place], paired), edge=edge, rarities=(1.0,)
    )
    page, end = page_after(scores, position)
    whole = [*best, *by_words[window:].tolist()]
    assert page.documents.tolist() == whole[place + 1 : place + 11]
    assert scores.asked < COUNT / 4
    assert end.edge == (edge if place + 11 <= window else None)


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
@pytest.mark.parametrize("place", [0, 100, 13_000, 15_000])
def test_by_date_those_of_the_same_moment_alone_are_scored(sort, place):
    """A third has no date, and comes last."""
    scores = Scores(0)
    order = in_order(scores.values, sort)
    last = standing(order[place], scores.values)
    page, _ = page_after(scores, Position(rank=place + 1, last=last), sort=sort)
    assert page.documents.tolist() == order[place + 1 : place + 11].tolist()
    if last.moment_key is not None:
        assert scores.asked < COUNT / 10


@pytest.mark.parametrize("name", ["", "d00000", "d00100x", "d01999", "d09999", "x"])
def test_of_equal_hits_those_with_a_later_id_follow(name):
    """Whether or not a document has the id now."""
    scores = Scores(0)
    last = Standing(score=float(scores.values[0]), moment_key=None, document_id=name)
    snapshot = SimpleNamespace(**vars(SNAPSHOT) | {"moments": np.full(COUNT, NO_MOMENT)})
    snapshot.number_of = lambda _: None
    paging = Paging(scores.candidates(), slack=STEP, scorer=scores, snapshot=snapshot)
    position = Position(rank=1, last=last)
    request = SearchRequest(query=MatchAll(), limit=1000, after=position)
    page, _ = paging.page(request, position)
    tied = scores.values[page.documents] == scores.values[0]
    expected = [n for n in range(COUNT // 10) if name_of(n) > name][:1000]
    assert page.documents[tied].tolist() == expected


def test_slack_is_that_of_all_leaves_with_their_weights():
    leaves = SimpleNamespace(impacts=lambda _: SimpleNamespace(slack=1.0))
    for text, slack in (("a", 1), ("a b", 2), ("a^2 (b OR c^3)", 6), ("a -b", 1), ("-b", 0),
                        ("a published:2020", 1)):  # fmt: skip
        assert slack_of(parse_query(text), leaves) == slack
