import numpy as np
import pytest

from civicsearch.ranking.topk import Candidates, best_of, choose, matching, narrowed
from fakes.leaves import a_leaf

SIZE = 5_000


@pytest.fixture(params=range(6))
def leaves(request):
    """From rare to frequent, the last ones in a tenth of all documents."""
    chance = np.random.default_rng(request.param)
    return [
        a_leaf(
            some_levels(chance, size), SIZE, as_row=as_row, rarity=float(np.log(1 + SIZE / size))
        )
        for size, as_row in ((3, False), (40, False), (41, True), (500, False), (900, True))
    ]


def some_levels(chance, size):
    documents = chance.choice(SIZE, size, replace=False)
    return dict(zip(documents.tolist(), chance.integers(1, 255, size).tolist(), strict=True))


def scores_of(leaves, documents):
    """Return exact scores: here, what the levels say."""
    return sum(leaf.rarity * leaf.step * leaf.take(documents) for leaf in leaves)


@pytest.mark.parametrize("limit", [1, 10, 200])
@pytest.mark.parametrize("minimum", [1, 2, 3, 5])
def test_the_best_are_those_of_sorting_all(leaves, minimum, limit):
    every = matching(leaves, SIZE, minimum=minimum)
    expected = np.sort(scores_of(leaves, every))[::-1][:limit]
    for accept in (None, lambda documents: np.ones(len(documents), bool)):
        chosen = choose(leaves, SIZE, minimum=minimum, limit=limit, accept=accept)
        found = np.sort(scores_of(leaves, chosen.documents))[::-1][:limit]
        assert found.tolist() == expected.tolist()


def test_most_of_what_matches_is_left_out(leaves):
    """Else nothing would be won: of 1,500 documents some dozen are looked at again."""
    chosen = choose(leaves, SIZE, minimum=1, limit=10)
    assert 10 <= len(chosen.documents) < 40
    assert chosen.total is None
    assert len(matching(leaves, SIZE, minimum=1)) > 1_000


@pytest.mark.parametrize("as_row", [False, True])
def test_ties_with_the_last_are_all_among_the_best(as_row):
    levels = {0: 20, 1: 20, 2: 40, 3: 20, 4: 20, 5: 20, 6: 10, 7: 10, 8: 10}
    leaf, nothing = a_leaf(levels, 9, as_row=as_row), a_leaf({}, 9)
    for some, minimum in (([leaf], 1), ([leaf, nothing], 1), ([leaf, leaf], 2)):
        chosen = choose(some, 9, minimum=minimum, limit=2)
        assert chosen.documents.tolist() == [0, 1, 2, 3, 4, 5]


def test_what_may_be_among_the_best_for_all_that_rounding_tells_stays():
    """A level is one step too high at most, so one step below the last may be above it."""
    levels = {0: 40, 1: 20, 2: 19, 3: 18}
    for rounding, expected in ((1.0, [0, 1, 2]), (2.0, [0, 1, 2, 3])):
        chosen = choose([a_leaf(levels, 4, rounding=rounding)], 4, minimum=1, limit=2)
        assert chosen.documents.tolist() == expected


def test_more_leaves_than_a_byte_can_count_are_counted():
    leaves = [*(a_leaf({0: 1, 1: 1}, 3) for _ in range(299)), a_leaf({1: 1, 2: 1}, 3)]
    for minimum, expected in (
        (1, [0, 1, 2]),
        (2, [0, 1]),
        (256, [0, 1]),
        (299, [0, 1]),
        (300, [1]),
    ):
        assert matching(leaves, 3, minimum=minimum).tolist() == expected
        chosen = choose(leaves, 3, minimum=minimum, limit=9)
        assert chosen.documents.tolist() == expected


def test_what_no_filter_lets_through_is_never_chosen(leaves):
    nobody = lambda documents: np.zeros(len(documents), bool)  # noqa: E731
    for minimum in (1, 5):
        found = choose(leaves, SIZE, minimum=minimum, limit=10, accept=nobody)
        assert found.documents.tolist() == []
        assert matching(leaves, SIZE, minimum=minimum, accept=nobody).tolist() == []


def test_what_is_known_to_match_is_not_looked_for_again(leaves):
    """Whatever the leaves say: a filter may have been laid over it."""
    among = np.array([1, 7, 2_000])
    chosen = choose(leaves, SIZE, minimum=3, limit=10, among=among)
    assert chosen.documents.tolist() == [1, 7, 2_000]
    assert chosen.bounds.tolist() == pytest.approx(scores_of(leaves, among).tolist())
    assert chosen.total == 3


def test_few_documents_are_narrowed_to_all_of_them():
    bounds = np.array([3.0, 1.0, 2.0], np.float32)
    for limit, expected in ((3, [4, 5, 6]), (2, [4, 6]), (1, [4])):
        found = narrowed(np.array([4, 5, 6]), bounds, limit, slack=0.0)
        assert (found.documents.tolist(), found.total) == (expected, 3)
    assert narrowed(np.array([4, 5, 6]), bounds, 1, slack=1.0).documents.tolist() == [4, 6]


# --- exact scores ---


def candidates(bounds):
    return Candidates(np.arange(len(bounds)), np.array(bounds, np.float32), None)


def test_no_more_documents_are_scored_than_have_a_bound_above_the_last():
    """Of a thousand, a few more than are wanted where bounds fall steeply."""
    scored = []

    def score(documents):
        scored.extend(documents.tolist())
        return 1000.0 - documents

    documents, values = best_of(candidates(1000.0 - np.arange(1000)), 10, score)
    assert documents[:10].tolist() == list(range(10))
    assert values[:3].tolist() == [1000.0, 999.0, 998.0]
    assert len(scored) < 50


def test_bounds_that_tell_nothing_have_all_documents_scored():
    """Each once; the best are found at the very end."""
    scored = []

    def score(documents):
        scored.extend(documents.tolist())
        return documents.astype(float)

    documents, values = best_of(candidates([1e6] * 500), 3, score)
    assert sorted(scored) == list(range(500))
    assert documents[-3:].tolist() == values[-3:].tolist() == [497, 498, 499]


def test_documents_that_tie_with_the_last_bound_are_scored_too():
    """Else it would be chance which of them are returned."""
    documents, _ = best_of(candidates([5.0] * 100), 2, lambda some: np.full(len(some), 5.0))
    assert documents.tolist() == list(range(100))


def test_a_handful_is_scored_at_once():
    calls = []

    def score(documents):
        calls.append(documents.tolist())
        return np.zeros(len(documents))

    documents, values = best_of(candidates([3.0, 2.0, 1.0]), 1, score)
    assert calls == [[0, 1, 2]]
    assert (documents.tolist(), values.tolist()) == ([0, 1, 2], [0.0] * 3)
    assert len(best_of(candidates([]), 1, score)[0]) == 0
