import numpy as np
import pytest

from civicsearch.ranking.impacts import Collection, Impacts, ListedTier
from civicsearch.ranking.topk import choose, matching, scores

SIZE = 5_000


@pytest.fixture(params=range(6))
def question(request):
    """A collection and leaves from rare to frequent, the last ones in a tenth of it."""
    chance = np.random.default_rng(request.param)
    lengths = chance.integers(20, 2_000, SIZE).astype(np.uint32)
    collection = Collection(
        documents=SIZE, lengths=lengths, average_length=float(lengths.mean()) / 2
    )
    leaves = [a_leaf(chance, collection, size) for size in (3, 40, 41, 500, 900)]
    return collection, leaves


def a_leaf(chance, collection, size):
    tiers = []
    for tier, share in ((0, 1.0), (1, 0.3)):
        documents = np.sort(chance.choice(SIZE, int(size * share), replace=False)).astype(np.uint32)
        tiers.append(ListedTier(tier, documents, chance.integers(1, 30, len(documents))))
    return Impacts(tiers, rarity=float(np.log(1 + SIZE / size)), collection=collection)


@pytest.mark.parametrize("limit", [1, 10, 200])
@pytest.mark.parametrize("minimum", [1, 2, 3, 5])
def test_the_best_are_those_of_sorting_all(question, minimum, limit):
    collection, leaves = question
    every = matching(leaves, collection, minimum=minimum)
    expected = np.sort(scores(leaves, every))[::-1][:limit]
    for accept in (None, lambda documents: np.ones(len(documents), bool)):
        chosen = choose(leaves, collection, minimum=minimum, limit=limit, accept=accept)
        found = np.sort(scores(leaves, chosen.documents))[::-1][:limit]
        assert found.tolist() == expected.tolist()


def test_most_of_what_matches_is_left_out(question):
    """Else nothing would be won: of 1,500 documents some dozen are looked at again."""
    collection, leaves = question
    every = matching(leaves, collection, minimum=1)
    chosen = choose(leaves, collection, minimum=1, limit=10)
    assert (len(chosen.documents), chosen.total) == (10, None)
    assert len(every) > 1_000


def test_ties_with_the_last_are_all_among_the_best():
    lengths = np.full(9, 100, np.uint32)
    collection = Collection(documents=9, lengths=lengths, average_length=50.0)
    tier = ListedTier(0, np.arange(9, dtype=np.uint32), np.array([2, 2, 4, 2, 2, 2, 1, 1, 1]))
    leaf = Impacts([tier], rarity=1.0, collection=collection)
    nothing = Impacts([], rarity=1.0, collection=collection)
    for leaves, minimum in (([leaf], 1), ([leaf, nothing], 1), ([leaf, leaf], 2)):
        chosen = choose(leaves, collection, minimum=minimum, limit=2)
        assert chosen.documents.tolist() == [0, 1, 2, 3, 4, 5]


def test_more_leaves_than_a_byte_can_count_are_counted():
    collection = Collection(documents=3, lengths=np.full(3, 9, np.uint32), average_length=4.5)

    def leaf(*documents):
        numbers = np.array(documents, np.uint32)
        return Impacts(
            [ListedTier(0, numbers, np.ones(len(numbers), np.int64))],
            rarity=1.0,
            collection=collection,
        )

    leaves = [*(leaf(0, 1) for _ in range(299)), leaf(1, 2)]
    for minimum, expected in (
        (1, [0, 1, 2]),
        (2, [0, 1]),
        (256, [0, 1]),
        (299, [0, 1]),
        (300, [1]),
    ):
        assert matching(leaves, collection, minimum=minimum).tolist() == expected
        chosen = choose(leaves, collection, minimum=minimum, limit=9)
        assert chosen.documents.tolist() == expected


def test_what_no_filter_lets_through_is_never_chosen(question):
    collection, leaves = question
    nobody = lambda documents: np.zeros(len(documents), bool)  # noqa: E731
    for minimum in (1, 5):
        found = choose(leaves, collection, minimum=minimum, limit=10, accept=nobody)
        assert found.documents.tolist() == []
        assert matching(leaves, collection, minimum=minimum, accept=nobody).tolist() == []
