import numpy as np
import pytest

from civicsearch.engines.local.scanning import NO_TIER, Sightings
from civicsearch.engines.local.windows import windows_in
from civicsearch.query.nodes import Near
from fakes.builders import phrase

# Classes of sightings: 0 and 1 are the first term, exact and folded, 2 the second one, exact, and
# 3 either of the two.
TIERS = np.array([[0, 1, NO_TIER, 1], [NO_TIER, NO_TIER, 0, 1]])


def found(places, classes, *, distance, cells=None):
    sightings = Sightings(
        np.array(places, np.int64),
        np.array(classes, np.int64),
        np.array(cells or [0] * len(places), np.int64),
        np.zeros(1, np.int64),
    )
    windows = windows_in(Near(terms=phrase("dân vận").terms, distance=distance), sightings, TIERS)
    return list(zip(windows.first.tolist(), windows.tiers.tolist(), strict=True))


@pytest.mark.parametrize(
    ("places", "classes", "distance", "expected"),
    [
        ([], [], 3, []),
        ([0, 1], [0, 0], 3, []),
        ([0, 1], [0, 2], 0, [(0, 0)]),
        ([0, 1], [2, 1], 0, [(0, 1)]),
        ([0, 2], [0, 2], 0, []),
        ([0, 2], [0, 2], 1, [(0, 0)]),
        ([0, 1, 2], [0, 0, 2], 5, [(1, 0)]),  # the first one alone holds a smaller window
        ([0, 1, 2], [0, 2, 0], 5, [(0, 0), (1, 0)]),
        ([0, 1, 2, 3], [1, 0, 2, 2], 5, [(1, 0)]),
        ([0, 1], [3, 3], 0, [(0, 1)]),  # each has a word of its own
        ([0], [3], 5, []),  # and both cannot have one
        ([0, 1, 2], [3, 0, 2], 5, [(0, 1), (1, 0)]),
    ],
)
def test_windows_are_minimal_and_in_order(places, classes, distance, expected):
    assert found(places, classes, distance=distance) == expected


def test_no_window_reaches_into_another_field():
    assert found([0, 2], [0, 2], distance=9, cells=[0, 1]) == []
    assert found([0, 1, 3, 4], [0, 3, 3, 2], distance=9, cells=[0, 0, 1, 1]) == [(0, 1), (2, 1)]
