import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicsearch.engines.local.columns import NO_MOMENT
from civicsearch.engines.local.ordering import Ordering
from civicsearch.search.request import Sort


class FewDocuments:
    """What an order needs of a snapshot, and how often it asked for an id."""

    def __init__(self, ids, moments):
        self.ids = ids
        self.moments = np.array(moments, np.int64)
        self.asked = 0

    @property
    def id_ranks(self):
        ranks = {name: place for place, name in enumerate(sorted(self.ids))}
        return np.array([ranks[name] for name in self.ids])

    def document_id(self, number):
        self.asked += 1
        return self.ids[number]


def best(documents, scores, reach):
    found = Ordering(documents).best(np.arange(len(scores)), np.array(scores), reach)
    return [documents.ids[number] for number in found.tolist()]


def test_the_best_come_first_then_newer_then_by_id():
    documents = FewDocuments("dcba", [5, 5, 9, NO_MOMENT])
    assert best(documents, [1.0, 1.0, 1.0, 1.0], 4) == ["b", "c", "d", "a"]
    assert best(documents, [1.0, 1.0, 1.0, 3.0], 2) == ["a", "b"]


def test_ids_are_read_only_where_nothing_else_decides():
    documents = FewDocuments("dcba", [5, 5, 9, 1])
    assert best(documents, [4.0, 3.0, 2.0, 1.0], 4) == ["d", "c", "b", "a"]
    assert documents.asked == 0
    best(documents, [4.0, 4.0, 2.0, 1.0], 4)
    assert documents.asked == 2


def test_many_ties_are_broken_by_ids_sorted_once(monkeypatch):
    monkeypatch.setattr("civicsearch.engines.local.ordering._MANY_TIES", 1)
    documents = FewDocuments("dcba", [5, 5, 9, NO_MOMENT])
    assert best(documents, [1.0, 1.0, 1.0, 1.0], 3) == ["b", "c", "d"]
    assert documents.asked == 0


documents_drawn = st.lists(
    st.tuples(st.sampled_from([0.0, 1.0, 2.0]), st.sampled_from([NO_MOMENT, 1, 2, 3])), max_size=12
)


@given(documents_drawn, st.integers(0, 14))
def test_few_of_many_are_those_that_come_first_when_all_are_sorted(drawn, reach):
    ids = [chr(ord("z") - number) for number in range(len(drawn))]
    documents = FewDocuments(ids, [moment for _, moment in drawn])
    undated = float("-inf")
    order = sorted(
        (-score, -(undated if moment == NO_MOMENT else moment), name)
        for (score, moment), name in zip(drawn, ids, strict=True)
    )
    assert best(documents, [score for score, _ in drawn], reach) == [n for *_, n in order][:reach]


def test_of_many_equal_ones_ids_are_asked_only_of_the_last_day():
    documents = FewDocuments("fedcba", [9, 9, 7, 7, 3, 3])
    assert best(documents, [1.0] * 6, 3) == ["e", "f", "c"]
    assert documents.asked == 4


@pytest.mark.parametrize("score", [1.0 + 4e-10, 1.0 - 4e-10])
def test_what_differs_after_nine_digits_is_a_tie(score):
    assert best(FewDocuments("ba", [1, 1]), [1.0, score], 2) == ["a", "b"]


@pytest.mark.parametrize(
    ("sort", "expected"), [(Sort.NEWEST, ["b", "c", "d", "a"]), (Sort.OLDEST, ["c", "d", "b", "a"])]
)
def test_documents_without_a_date_come_last_by_date(sort, expected):
    documents = FewDocuments("dcba", [5, 5, 9, NO_MOMENT])
    scores = np.array([1.0, 2.0, 0.0, 9.0])
    for reach in range(6):
        found = Ordering(documents).by_date(np.arange(4), scores.take, sort, reach)
        assert [documents.ids[number] for number in found.tolist()] == expected[:reach]


def test_by_date_scores_are_asked_only_for_what_may_be_on_the_page():
    asked = []

    def scores_of(found):
        asked.extend(found.tolist())
        return np.zeros(len(found))

    documents = FewDocuments("abcd", [5, 9, 1, 9])
    Ordering(documents).by_date(np.arange(4), scores_of, Sort.NEWEST, 1)
    assert asked == [1, 3]
