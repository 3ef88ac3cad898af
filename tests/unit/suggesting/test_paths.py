"""The best ways are those that trying all of them gives."""

import itertools

import numpy as np
import pytest

from civicsearch.suggesting.paths import best_paths


def all_ways(pairs, triples):
    """Return the score and the places of every way, best first."""
    sizes = [pairs[0].shape[0], *(pair.shape[1] for pair in pairs)]
    found = []
    for way in itertools.product(*map(range, sizes)):
        score = sum(pair[way[n], way[n + 1]] for n, pair in enumerate(pairs))
        score += sum(
            triple[way[n - 1], way[n], way[n + 1]]
            for n, triple in enumerate(triples)
            if triple is not None
        )
        found.append((score, way))
    return sorted(found, reverse=True)


@pytest.mark.parametrize("seed", range(20))
def test_the_best_of_all_ways_are_found(seed):
    """Whatever is added for three in a row, and where nothing is."""
    chance = np.random.default_rng(seed)
    sizes = [1, *chance.integers(1, 5, size=chance.integers(1, 6)).tolist()]
    pairs = [chance.normal(size=shape) for shape in itertools.pairwise(sizes)]
    triples = [None] + [
        chance.normal(size=sizes[n - 1 : n + 2]) if chance.random() < 0.7 else None
        for n in range(1, len(pairs))
    ]
    expected = all_ways(pairs, triples)[:3]
    found = best_paths(pairs, triples, count=3)
    assert [path.places for path in found] == [way for _, way in expected]
    assert [path.score for path in found] == pytest.approx([score for score, _ in expected])


def test_of_equal_ways_that_through_earlier_words_comes_first():
    """So the answer never depends on chance."""
    pairs = [np.zeros((1, 2)), np.zeros((2, 2))]
    found = best_paths(pairs, [None, None], count=2)
    assert found == best_paths(pairs, [None, None], count=2)
    assert found[0].places == (0, 0, 0)
