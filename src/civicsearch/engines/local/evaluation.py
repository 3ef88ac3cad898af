"""Which documents a query of any shape matches, and a bound of the score of each.

Flat queries, which most are, go another way where only the best are wanted (`ranking.topk`); this
one is for the rest: every node becomes a mask of all documents and an array of bounds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from civicsearch.query.nodes import MEANT_SHARE, And, Boost, MatchAll, Not, Or, Range, Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from civicsearch.engines.local.conditions import Conditions
    from civicsearch.engines.local.leaves import LeafReader
    from civicsearch.engines.local.snapshot import Snapshot
    from civicsearch.query.nodes import Leaf, Query

__all__ = ["Bounded", "Evaluation"]


class Bounded(NamedTuple):
    """The documents that a query matches, and above what no score is (0 where it does not).

    Attributes:
        mask: bool, shape (number of documents with deleted ones,).
        bounds: float32, of the same shape.
    """

    mask: NDArray[np.bool_]
    bounds: NDArray[np.float32]


class Evaluation:
    """Evaluates queries on one snapshot. Threads may share it."""

    def __init__(self, snapshot: Snapshot, leaves: LeafReader, conditions: Conditions) -> None:
        self._snapshot = snapshot
        self._leaves = leaves
        self._conditions = conditions

    def evaluate(self, query: Query) -> Bounded:
        """Return the documents that `query` matches, deleted ones too, and bounds by words."""
        match query:
            case And() | Or() | Words():
                return self._combined(query)
            case Not():
                return self._unscored(~self.evaluate(query.child).mask)
            case MatchAll():
                return self._unscored(np.ones(self._snapshot.size, bool))
            case Range():
                return self._unscored(self._conditions.published(query.low, query.high))
            case Boost():
                child = self.evaluate(query.child)
                return Bounded(child.mask, np.float32(query.factor) * child.bounds)
            case _:
                return self._leaf(query)

    def _unscored(self, mask: NDArray[np.bool_]) -> Bounded:
        return Bounded(mask, np.zeros(self._snapshot.size, np.float32))

    def _combined(self, query: And | Or | Words) -> Bounded:
        quorum = self._leaves.quorum(query)
        counts = np.zeros(self._snapshot.size, np.uint16)
        total = np.zeros(self._snapshot.size, np.float32)
        for (child, meant), votes in zip(query.readings(), quorum.votes, strict=True):
            found = self.evaluate(child)
            counts += found.mask * np.uint16(votes)
            if meant is None:
                total += found.bounds
            else:
                total += np.float32(1 - MEANT_SHARE) * found.bounds
                total += np.float32(MEANT_SHARE) * self.evaluate(meant).bounds
        mask = counts >= quorum.least
        total[~mask] = 0.0
        return Bounded(mask, total)

    def _leaf(self, leaf: Leaf) -> Bounded:
        impacts = self._leaves.impacts(leaf)
        if impacts.row is not None:
            return Bounded(impacts.row != 0, impacts.row * impacts.weight)
        found = self._unscored(np.zeros(self._snapshot.size, bool))
        found.mask[impacts.documents] = True
        found.bounds[impacts.documents] = impacts.levels * impacts.weight
        return found
