import numpy as np
import pytest

from civicsearch.ranking import K1, saturate
from civicsearch.ranking.impacts import (
    MOST_LEVEL,
    UNIT,
    Collection,
    Impacts,
    Weighted,
    are_in,
    union,
)
from fakes.leaves import a_leaf
from fakes.rankings import patched

LEVELS = {1: 7, 2: 255, 5: 40}


@pytest.fixture(params=[False, True], ids=["list", "row"])
def leaf(request):
    return a_leaf(LEVELS, 6, as_row=request.param, rarity=2.0, step=0.25)


def test_norms_make_the_formula():
    """Where a frequency is the norm, a document gets half of the most."""
    lengths = np.array([10, 100, 30, 0, 250, 60], np.uint32)
    collection = Collection(documents=6, lengths=lengths, average_length=37.5)
    for frequency in (1, 2, 7, 300):
        found = (K1 + 1) * frequency / (frequency + collection.norms)
        expected = [saturate(frequency * UNIT, length * UNIT, 37.5) for length in lengths]
        assert found.tolist() == pytest.approx(expected)
    some = np.array([4, 0])
    assert collection.norms_of(some).tolist() == collection.norms[some].tolist()
    assert collection.size == 6


def test_a_list_and_a_row_say_the_same(leaf):
    assert leaf.documents.tolist() == [1, 2, 5]
    assert leaf.levels.tolist() == [7, 255, 40]
    assert len(leaf) == 3


def test_a_list_is_read_once_and_not_before_it_is_needed():
    reads = []

    def read():
        reads.append(1)
        return np.array([3]), np.array([9], np.uint8)

    leaf = Impacts(size=5, count=1, rarity=1.0, step=1.0, peak=9, read=read)
    assert (len(leaf), leaf.ceiling, leaf.row, reads) == (1, 9.0, None, [])
    assert leaf.documents.tolist() == [3]
    assert leaf.take(np.array([3])).tolist() == leaf.levels.tolist() == [9]
    assert reads == [1]


@pytest.mark.parametrize("look_up_ns", [0.0, 1e9])
def test_levels_are_looked_up_in_a_list_as_in_a_row(leaf, look_up_ns):
    asked = np.array([0, 1, 2, 3, 5])
    with patched({"_LOOK_UP_NS": look_up_ns}):
        for _ in range(2):
            assert leaf.take(asked).tolist() == [0, 7, 255, 0, 40]
            assert leaf.places_in(asked).tolist() == [1, 2, 4]
        assert leaf.take(asked[:0]).tolist() == leaf.places_in(asked[:0]).tolist() == []


def test_many_look_ups_are_worth_a_row():
    """Once made it is kept: all that follows is faster."""
    leaf = a_leaf(LEVELS, 6)
    with patched({"_LOOK_UP_NS": 0.0}):
        leaf.take(np.arange(6))
    assert leaf.row is None
    with patched({"_LOOK_UP_NS": 1e9}):
        leaf.take(np.arange(6))
    assert leaf.row.tolist() == [0, 7, 255, 0, 0, 40]


def test_a_leaf_that_finds_nothing_adds_nothing():
    for as_row in (False, True):
        leaf = a_leaf({}, 6, as_row=as_row)
        assert (len(leaf), leaf.documents.tolist()) == (0, [])
        assert leaf.take(np.arange(6)).tolist() == [0] * 6
        assert leaf.places_in(np.arange(6)).tolist() == leaf.best(3).tolist() == []


def test_what_a_leaf_adds_is_bounded_by_its_peak(leaf):
    assert leaf.ceiling == 2.0 * 0.25 * MOST_LEVEL
    assert a_leaf(LEVELS, 6, rarity=2.0, step=0.25, peak=40).ceiling == 20.0


def test_what_rounding_may_have_added_is_known(leaf):
    """One step, where nothing else is said."""
    assert leaf.slack == leaf.weight == 0.5
    assert a_leaf(LEVELS, 6, rarity=2.0, step=0.25, rounding=3.0).slack == 1.5


def test_the_best_have_the_highest_levels(leaf):
    """Also where more were asked for before."""
    assert leaf.best(2).tolist() in ([2, 5], [5, 2])
    assert leaf.best(1).tolist() == [2]
    assert sorted(leaf.best(9).tolist()) == [1, 2, 5]


def test_what_is_larger_takes_more_memory():
    small, large = a_leaf({0: 1}, 6), a_leaf(dict.fromkeys(range(6), 1), 6)
    assert 0 < small.size_bytes < large.size_bytes
    assert small.size_bytes < a_leaf({0: 1}, 60).size_bytes


@pytest.mark.parametrize("few_share", [1, 16])
def test_a_union_is_sorted_and_holds_each_number_once(few_share):
    lists = [np.array(numbers, np.intp) for numbers in ([3, 5], [], [0, 5, 9, 11, 12])]
    with patched({"_FEW_SHARE": few_share}):
        assert union(lists).tolist() == [0, 3, 5, 9, 11, 12]
        assert union(lists[::2]).tolist() == [0, 3, 5, 9, 11, 12]
        assert union(lists[:1]) is lists[0]
        assert union([]).tolist() == []


@pytest.mark.parametrize("as_rows", [(False, False), (True, True), (True, False), (False, True)])
def test_a_word_shares_its_worth_with_the_form_that_is_meant(as_rows):
    """It is found where it was; what it is worth is a mean of both."""
    word = a_leaf({1: 40, 3: 60, 4: 20}, 6, as_row=as_rows[0], rarity=1.0, step=0.5)
    meant = a_leaf({3: 50}, 6, as_row=as_rows[1], rarity=4.0, step=0.5)
    shared = Weighted((word, 0.75), (meant, 0.25))
    assert len(shared) == 3
    assert shared.documents.tolist() == [1, 3, 4]
    assert (shared.row is None) is (word.row is None)
    assert shared.worths().tolist() == [15.0, 47.5, 7.5]
    assert shared.worth(np.array([0, 3, 5])).tolist() == [0.0, 47.5, 0.0]
    assert shared.places_in(np.array([0, 1, 4])).tolist() == [1, 2]
    assert shared.parts == ((word, 0.375), (meant, 0.5))
    assert shared.ceiling == 0.75 * word.ceiling + 0.25 * meant.ceiling
    assert shared.slack == 0.75 * word.slack + 0.25 * meant.slack
    assert sorted(shared.best(1).tolist()) == [3]
    assert sorted(shared.best(2).tolist()) == [1, 3]


def test_a_leaf_may_count_by_a_factor_alone():
    """It matches what it did, and all that it is worth is worth so much more or less."""
    leaf = a_leaf({1: 40, 3: 60, 4: 20}, 6, rarity=1.0, step=0.5)
    half = Weighted((leaf, 0.5))
    assert half.documents.tolist() == leaf.documents.tolist()
    assert half.worths().tolist() == (leaf.worths() / 2).tolist()
    assert (half.ceiling, half.slack) == (leaf.ceiling / 2, leaf.slack / 2)
    assert half.parts == ((leaf, 0.25),)
    assert half.best(1).tolist() == [3]


def test_numbers_are_looked_up_among_others():
    assert are_in(np.array([1, 2, 9]), np.array([2, 3])).tolist() == [False, True, False]
    assert are_in(np.array([1]), np.empty(0, np.intp)).tolist() == [False]
