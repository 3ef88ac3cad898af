"""The order of hits over arrays: that of `search.ordering.sort_key`, ties and all.

Ids are read only where score and moment are equal: there they decide.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np

from civicsearch.engines.local.columns import NO_MOMENT
from civicsearch.search.request import Sort

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from civicsearch.engines.local.snapshot import Snapshot
    from civicsearch.search.position import Standing

__all__ = ["Ordering"]

_MANY_TIES = 5_000  # beyond, sorting all ids once, for all requests, is cheaper


class Ordering:
    """Puts documents of one snapshot in order."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def best(
        self, documents: NDArray[np.intp], scores: NDArray[np.float64], reach: int
    ) -> NDArray[np.intp]:
        """Return the places of the `reach` best by score, best first."""
        rounded = -np.round(scores, 9)
        places = _nearest(rounded, reach)
        newest = self._newest(documents[places])
        if len(places) > reach:  # of all that are equal to the last, the newest are enough
            kept = _nearest_of_equal(rounded[places], newest, reach)
            places, newest = places[kept], newest[kept]
        return places[self._sorted(documents[places], (rounded[places], newest))][:reach]

    def best_set(
        self, documents: NDArray[np.intp], scores: NDArray[np.float64], reach: int
    ) -> NDArray[np.intp]:
        """Return the places of the `reach` best by score, ascending."""
        if len(documents) <= reach:
            return np.arange(len(documents))
        places = _nearest(-np.round(scores, 9), reach)
        if len(places) > reach:  # of those that are equal, some belong to the best
            places = np.sort(self.best(documents, scores, reach))
        return places

    def by_date(
        self,
        documents: NDArray[np.intp],
        scores_of: Callable[[NDArray[np.intp]], NDArray[np.float64]],
        sort: Sort,
        reach: int,
    ) -> NDArray[np.intp]:
        """Return the `reach` first documents by date; scores are asked for few of them."""
        moments = self.moment_order(documents, sort)
        places = _nearest(moments, reach)
        documents, moments = documents[places], moments[places]
        rounded = -np.round(scores_of(documents), 9)
        return documents[self._sorted(documents, (moments, rounded))][:reach]

    def moment_order(self, documents: NDArray[np.intp], sort: Sort) -> NDArray[np.float64]:
        """Return what orders documents by date, ascending; without one they come last."""
        moments = self._newest(documents)
        return np.where(np.isinf(moments), moments, -moments) if sort is Sort.OLDEST else moments

    @staticmethod
    def moment_place(moment_key: int | None, sort: Sort) -> float:
        """Return the same of a moment, or of none."""
        if moment_key is None:
            return np.inf
        return float(moment_key if sort is Sort.OLDEST else -moment_key)

    def after(
        self, documents: NDArray[np.intp], scores: NDArray[np.float64], standing: Standing
    ) -> NDArray[np.bool_]:
        """Return which documents come after one that stands so, by score, newest and id."""
        least = -np.round(np.array([standing.score]), 9)[0]
        moment = self.moment_place(standing.moment_key, Sort.NEWEST)
        rounded, newest = -np.round(scores, 9), self._newest(documents)
        tied = rounded == least
        found: NDArray[np.bool_] = (rounded > least) | (tied & (newest > moment))
        equal = (tied & (newest == moment)).nonzero()[0]
        found[equal] = self._after_id(documents.take(equal), standing.document_id)
        return found

    def _after_id(self, documents: NDArray[np.intp], document_id: str) -> NDArray[np.bool_]:
        """Return whose ids come after one, which need not be that of any document now."""
        if len(documents) > _MANY_TIES:
            return self._snapshot.id_ranks.take(documents) >= self._ids_up_to(document_id)
        ids = map(self._snapshot.document_id, documents.tolist())
        return np.array([found > document_id for found in ids], bool)

    def _ids_up_to(self, document_id: str) -> int:
        """Return how many documents have this id or one before it."""
        by_rank = np.empty(self._snapshot.size, np.intp)
        by_rank[self._snapshot.id_ranks] = np.arange(self._snapshot.size)
        name_at = self._snapshot.document_id
        return bisect_right(by_rank, document_id, key=lambda number: name_at(int(number)))

    def _newest(self, documents: NDArray[np.intp]) -> NDArray[np.float64]:
        moments = self._snapshot.moments.take(documents).astype(np.float64)
        return np.where(moments == NO_MOMENT, np.inf, -moments)

    def _sorted(
        self,
        documents: NDArray[np.intp],
        keys: tuple[NDArray[np.float64], NDArray[np.float64]],
    ) -> NDArray[np.intp]:
        """Return the order by two keys and, where both are equal, by id."""
        first, second = keys
        order = np.lexsort((second, first))
        one, two = first[order], second[order]
        equal = (one[1:] == one[:-1]) & (two[1:] == two[:-1])
        if not equal.any():
            return order
        tied = np.zeros(len(order), bool)
        tied[1:] |= equal
        tied[:-1] |= equal
        ranks = np.zeros(len(order), np.int64)
        places = order[tied]
        ranks[places] = self._id_ranks(documents[places])
        return np.lexsort((ranks, second, first))

    def _id_ranks(self, documents: NDArray[np.intp]) -> NDArray[np.int64]:
        if len(documents) > _MANY_TIES:
            return self._snapshot.id_ranks[documents]
        ids = list(map(self._snapshot.document_id, documents.tolist()))
        ranks = np.empty(len(ids), np.int64)
        ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
        return ranks


def _nearest(keys: NDArray[np.float64], reach: int) -> NDArray[np.intp]:
    """Return the places of the `reach` smallest keys and of all equal to the last of them."""
    if len(keys) <= reach:
        return np.arange(len(keys))
    if not reach:
        return np.empty(0, np.intp)
    return np.flatnonzero(keys <= np.partition(keys, reach - 1)[reach - 1])


def _nearest_of_equal(
    first: NDArray[np.float64], second: NDArray[np.float64], reach: int
) -> NDArray[np.intp]:
    """Return the places of the `reach` smallest by two keys and of all equal to the last of them.

    To sort a million equal ones took 0.4 s; what is asked for with `*` are all documents.

    Args:
        first: The first key: what is above the `reach`-th smallest is left out already.
        second: The second key.
        reach: How many.
    """
    equal = first == first.max(initial=-np.inf)
    among = np.flatnonzero(equal)
    near = among[_nearest(second[among], reach - (len(first) - len(among)))]
    kept = ~equal
    kept[near] = True
    return np.flatnonzero(kept)
