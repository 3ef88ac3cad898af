import numpy as np
import pytest

from civicsearch.ranking import TIER_WEIGHTS, saturate
from civicsearch.ranking import impacts as impacts_module
from civicsearch.ranking.impacts import UNIT, Collection, Impacts, ListedTier, union


@pytest.fixture
def collection():
    lengths = np.array([10, 100, 30, 0, 250, 60], np.uint32)
    return Collection(documents=6, lengths=lengths, average_length=37.5)


def a_tier(tier, found):
    return ListedTier(
        tier, np.array(sorted(found), np.uint32), np.array([found[d] for d in sorted(found)])
    )


def a_leaf(collection, *tiers, **values):
    return Impacts([a_tier(*tier) for tier in tiers], rarity=2.0, collection=collection, **values)


@pytest.mark.parametrize("tier", [0, 1, 2])
def test_a_value_is_that_of_the_formula(collection, tier):
    found = {0: 1, 1: 6, 3: 2, 4: 40}
    leaf = a_leaf(collection, (tier, found))
    assert leaf.documents.tolist() == [0, 1, 3, 4]
    assert leaf.values.tolist() == pytest.approx(
        [
            TIER_WEIGHTS[tier] * saturate(f * UNIT, collection.lengths[d] * UNIT, 37.5)
            for d, f in found.items()
        ]
    )


def test_tiers_are_added_up(collection):
    both = a_leaf(collection, (0, {0: 1, 2: 4}), (1, {2: 3, 4: 5}))
    one, other = a_leaf(collection, (0, {0: 1, 2: 4})), a_leaf(collection, (1, {2: 3, 4: 5}))
    assert both.documents.tolist() == [0, 2, 4]
    every = np.arange(6)
    assert both.take(every).tolist() == (one.take(every) + other.take(every)).tolist()
    assert both.values.tolist() == both.take(both.documents.astype(np.intp)).tolist()


@pytest.mark.parametrize("row_share", [0, 10**6])
def test_values_are_looked_up_in_a_list_as_in_a_row(collection, monkeypatch, row_share):
    monkeypatch.setattr(impacts_module, "_ROW_SHARE", row_share)
    leaf = a_leaf(collection, (0, {1: 1, 2: 300, 5: 4}), (2, {1: 1}))
    by_number = dict(zip(leaf.documents.tolist(), leaf.values.tolist(), strict=True))
    for _ in range(5):
        found = leaf.take(np.array([0, 1, 2, 3, 5]))
        assert found.tolist() == [by_number.get(number, 0.0) for number in (0, 1, 2, 3, 5)]
    assert leaf.take(np.empty(0, np.intp)).tolist() == []


def test_a_leaf_that_finds_nothing_adds_nothing(collection):
    for leaf in (a_leaf(collection), a_leaf(collection, (0, {}))):
        assert (len(leaf), leaf.documents.tolist(), leaf.ceiling) == (0, [], 0.0)
        assert leaf.take(np.arange(6)).tolist() == [0.0] * 6
        assert leaf.best(3).tolist() == []


def test_the_ceiling_is_what_is_known_of_it(collection):
    """A bound until the values were read, then the greatest of them."""
    leaf = a_leaf(collection, (0, {0: 1, 1: 6}), bound=2.0)
    assert leaf.ceiling == 4.0
    greatest = float(leaf.values.max())
    assert leaf.ceiling == pytest.approx(2 * greatest)
    assert a_leaf(collection, (0, {0: 1, 1: 6})).ceiling == pytest.approx(2 * greatest)


def test_the_best_come_first(collection):
    leaf = a_leaf(collection, (0, {0: 1, 1: 60, 2: 7, 4: 1}))
    assert leaf.best(2).tolist() == [1, 2]
    assert leaf.best(1).tolist() == [1]
    assert sorted(leaf.best(9).tolist()) == [0, 1, 2, 4]


def test_what_is_larger_takes_more_memory(collection):
    small, large = (
        a_leaf(collection, (0, {0: 1})),
        a_leaf(collection, (0, dict.fromkeys(range(6), 1))),
    )
    assert 0 < small.size_bytes < large.size_bytes


def test_a_union_is_sorted_and_holds_each_number_once():
    lists = [np.array(numbers, np.uint32) for numbers in ([3, 5], [], [0, 5, 9])]
    assert union(lists).tolist() == [0, 3, 5, 9]
    assert union(lists[:1]) is lists[0]
    assert union([]).tolist() == []
