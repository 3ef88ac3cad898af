import math

import numpy as np
import pytest

from civicsearch.ranking import K1
from civicsearch.ranking.placement import closeness, earliness, nearness


def test_a_word_counts_fully_at_the_beginning_and_less_with_every_word_before_it():
    values = [float(earliness(place)) for place in (0.0, 1.0, 100.0, 5000.0)]
    assert values[0] == 1.0
    assert values[2] == pytest.approx(1 / math.e)
    assert values == sorted(values, reverse=True)
    assert values[-1] > 0


def test_a_word_that_is_nowhere_counts_nothing():
    assert float(earliness(1e9)) == 0.0


def test_nearness_falls_with_the_square_of_the_distance():
    assert [nearness(float(apart)) for apart in (1, 2, 4)] == [1.0, 0.25, 0.0625]


def test_closeness_saturates_and_a_longer_document_has_less_of_it():
    weights = [closeness(near, 50.0, 50.0) for near in (0.0, 0.25, 1.0, 10_000.0)]
    assert weights == sorted(weights)
    assert weights[0] == 0.0
    assert weights[-1] < K1 + 1
    assert closeness(1.0, 500.0, 50.0) < closeness(1.0, 50.0, 50.0)


def test_arrays_give_what_numbers_give():
    places = np.array([0.0, 3.0, 1e9])
    assert earliness(places).tolist() == pytest.approx([float(earliness(p)) for p in places])
    near = np.array([0.0, 1.0, 2.5])
    lengths = np.array([10.0, 50.0, 70.0])
    expected = [closeness(n, length, 50.0) for n, length in zip(near, lengths, strict=True)]
    assert closeness(near, lengths, 50.0).tolist() == pytest.approx(expected)
