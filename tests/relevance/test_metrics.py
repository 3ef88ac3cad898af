import math

import pytest

from relevance.metrics import first_rank, ndcg, recall, reciprocal_rank, scores

RANKING = [f"d{number}" for number in range(1, 21)]


@pytest.mark.parametrize(
    ("judgements", "rank"), [({"d1": 1}, 1), ({"d3": 1, "d7": 1}, 3), ({"d10": 1}, 10)]
)
def test_the_first_relevant_document_counts(judgements, rank):
    assert first_rank(RANKING, judgements) == rank
    assert reciprocal_rank(RANKING, judgements) == 1 / rank


@pytest.mark.parametrize("judgements", [{"d11": 1}, {"missing": 1}, {"d1": 0}, {}])
def test_what_is_not_relevant_or_not_in_the_first_ten_counts_nothing(judgements):
    assert first_rank(RANKING, judgements) == 0
    assert reciprocal_rank(RANKING, judgements) == 0
    assert recall(RANKING, judgements) == 0
    assert ndcg(RANKING, judgements) == 0


def test_recall_is_the_share_found_of_all_relevant():
    assert recall(RANKING, {"d1": 1, "d10": 2, "d11": 1, "d2": 0}) == 2 / 3


def test_the_best_order_has_an_ndcg_of_one():
    assert ndcg(["a", "b", "c"], {"a": 2, "b": 1, "c": 0}) == pytest.approx(1)


def test_ndcg_discounts_by_the_logarithm_of_the_rank():
    assert ndcg(["x", "a"], {"a": 1}) == pytest.approx(1 / math.log2(3))


def test_ndcg_uses_grades():
    judgements = {"a": 2, "b": 1}
    best = 2 + 1 / math.log2(3)
    assert ndcg(["b", "a"], judgements) == pytest.approx((1 + 2 / math.log2(3)) / best)


def test_more_than_ten_relevant_documents_can_all_be_right():
    assert ndcg(RANKING, dict.fromkeys(RANKING, 1)) == pytest.approx(1)


def test_the_mean_is_over_questions():
    means = scores([["a"], ["x"]], [{"a": 1}, {"a": 1}])
    assert means == {"mrr@10": 0.5, "recall@10": 0.5, "ndcg@10": 0.5}


def test_no_question_scores_nothing():
    assert set(scores([], []).values()) == {0}
