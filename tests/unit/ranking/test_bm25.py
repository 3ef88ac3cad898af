import numpy as np
import pytest

from civicsearch.ranking import K1, idf, saturate


def test_a_rarer_word_tells_more_and_a_common_one_never_less_than_nothing():
    values = [idf(n, 100) for n in (0, 1, 10, 50, 99, 100)]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) == len(values)
    assert values[-1] > 0


def test_idf_is_the_published_formula():
    assert idf(1, 10) == pytest.approx(1.992430164690206)


def test_once_in_an_average_document_weighs_one():
    assert saturate(1.0, 50.0, 50.0) == pytest.approx(1.0)


def test_repetition_saturates_below_its_bound():
    weights = [saturate(float(n), 50.0, 50.0) for n in (1, 2, 10, 10_000)]
    assert weights == sorted(weights)
    assert weights[-1] < K1 + 1


def test_a_longer_document_weighs_less():
    assert saturate(1.0, 500.0, 50.0) < saturate(1.0, 50.0, 50.0) < saturate(1.0, 5.0, 50.0)


def test_arrays_give_what_numbers_give():
    found = saturate(np.array([0.0, 1.0, 3.0]), np.array([10.0, 50.0, 70.0]), 50.0)
    expected = [saturate(f, length, 50.0) for f, length in [(0.0, 10.0), (1.0, 50.0), (3.0, 70.0)]]
    assert found.tolist() == pytest.approx(expected)
