"""Windows of words near each other, in many documents at once.

What a window is, `query.matching.iter_windows` says. Where no word of a text can stand for two of
the terms, as is usual, arrays tell the same: a window begins at the earliest of the last places of
all terms, and it is minimal where no window before it begins there. Else arrays tell in which
fields there may be one, and these are looked at word by word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from civicsearch.query.matching import Candidate, Tier, iter_windows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from civicsearch.engines.local.scanning import Sightings
    from civicsearch.query.nodes import Near

__all__ = ["Windows", "windows_in"]


class Windows(NamedTuple):
    """Where windows are.

    Attributes:
        first: The sighting that each begins with, int64, shape (windows,).
        tiers: The tier of each, int64, of the same shape.
    """

    first: NDArray[np.int64]
    tiers: NDArray[np.int64]


def windows_in(near: Near, sightings: Sightings, tiers: NDArray[np.int64]) -> Windows:
    """Return the windows that hold every term of `near`, from left to right.

    Args:
        near: The terms, and how far they may be apart.
        sightings: Where the terms stand.
        tiers: By term and class of sightings, the tier of the match; above `Tier.FOLDED` for none.
    """
    own = tiers.take(sightings.classes, axis=1)
    is_own: NDArray[np.bool_] = own <= int(Tier.FOLDED)
    kept = np.flatnonzero(is_own.any(axis=0))
    own, is_own = own.take(kept, axis=1), is_own.take(kept, axis=1)
    places, cells = sightings.places.take(kept), sightings.cells.take(kept)
    starts = _last(is_own).min(axis=0, initial=len(kept))
    held = (starts >= 0) & (cells.take(starts) == cells)
    held &= places - places.take(starts) < len(near.terms) + near.distance
    if is_own.sum(axis=0).max(initial=0) > 1:
        return _one_by_one(near, kept, places, cells, own, cells[held])
    is_new = np.ones(len(kept), bool)
    np.not_equal(starts[1:], starts[:-1], out=is_new[1:])
    ends = (held & is_new).nonzero()[0]
    first = starts.take(ends)
    is_exact = _last(own == Tier.EXACT).min(axis=0, initial=len(kept)).take(ends) >= first
    return Windows(kept.take(first), np.where(is_exact, int(Tier.EXACT), int(Tier.FOLDED)))


def _last(is_own: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return by term where it stands last, up to each place; -1 before it does at all."""
    found: NDArray[np.int64] = np.maximum.accumulate(
        np.where(is_own, np.arange(is_own.shape[1]), -1), axis=1
    )
    return found


def _one_by_one(
    near: Near,
    kept: NDArray[np.int64],
    places: NDArray[np.int64],
    cells: NDArray[np.int64],
    own: NDArray[np.int64],
    asked: NDArray[np.int64],
) -> Windows:
    """Return the windows in the cells `asked`, where one word may stand for several terms."""
    lines: dict[int, dict[int, int]] = {}
    inside = np.isin(cells, asked).nonzero()[0]
    for number, cell in zip(inside.tolist(), cells.take(inside).tolist(), strict=True):
        lines.setdefault(cell, {})[int(places[number])] = number
    found = [
        (int(kept[line[window.first]]), int(window.tier))
        for line in lines.values()
        for window in iter_windows(
            near,
            [Candidate(place, _tiers_of(own[:, number])) for place, number in line.items()],
        )
    ]
    columns = np.array(found, np.int64).reshape(-1, 2)
    return Windows(columns[:, 0], columns[:, 1])


def _tiers_of(own: NDArray[np.int64]) -> dict[int, Tier]:
    return {n: Tier(tier) for n, tier in enumerate(own.tolist()) if tier <= Tier.FOLDED}
