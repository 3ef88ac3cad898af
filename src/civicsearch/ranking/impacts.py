"""What a leaf of a query finds, as arrays: the form in which everything is scored.

A document is a number below the size of the collection. Frequencies come by tier (as typed,
equal without accents, and so on; see `query.matching`), in halves of a word.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from civicsearch.ranking.bm25 import K1, TIER_WEIGHTS, B

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["UNIT", "Collection", "Impacts", "TierPostings", "union"]

UNIT = 0.5
"""What one step of a frequency or length is worth, in words."""

_ROW_SHARE = 64
"""A leaf found in more than one of so many documents is kept as a row, with a place for each
document: 500 look-ups take 3 µs there, and 40 µs in a sorted list of 10,000."""


class TierPostings(NamedTuple):
    """The documents in which a leaf is found in one tier.

    Attributes:
        tier: The tier.
        documents: Their numbers, ascending, uint32.
        frequencies: Zone-weighted, above 0, in units of `UNIT`, of the same shape.
    """

    tier: int
    documents: NDArray[np.uint32]
    frequencies: NDArray[np.generic]


class Collection:
    """What scores need to know of all documents.

    Attributes:
        size: How many documents there are, with deleted ones.
        documents: How many without them.
        lengths: Zone-weighted numbers of words in units of `UNIT`, uint32, shape (size,).
        average_length: Their mean over documents that are not deleted, in words.
    """

    def __init__(
        self,
        *,
        documents: int,
        lengths: NDArray[np.uint32],
        average_length: float,
    ) -> None:
        self.size = len(lengths)
        self.documents = documents
        self.lengths = lengths
        self.average_length = average_length

    @cached_property
    def norms(self) -> NDArray[np.float32]:
        """The frequency at which BM25 gives half its most, in units of `UNIT`: float32, (size,).

        With it, `bm25.saturate` is `(K1 + 1) * frequency / (frequency + norm)`.
        """
        norms = self.lengths.astype(np.float32)
        norms *= K1 * B / self.average_length
        norms += K1 * (1 - B) / UNIT
        return norms

    def weigh(self, found: TierPostings) -> NDArray[np.float32]:
        """Return what the postings of one tier are worth, before their rarity: float32."""
        values = found.frequencies.astype(np.float32)
        values /= values + self.norms.take(found.documents)
        values *= (K1 + 1) * TIER_WEIGHTS[found.tier]
        return values


def union(lists: Sequence[NDArray[np.uint32]]) -> NDArray[np.uint32]:
    """Return the numbers that are in any of some lists, ascending, each once.

    Sorting is faster than `numpy.unique`, which looks each number up in a table.
    """
    if len(lists) == 1:
        return lists[0]
    documents = np.concatenate(lists)
    documents.sort()
    first = np.empty(len(documents), bool)
    first[:1] = True
    np.not_equal(documents[1:], documents[:-1], out=first[1:])
    return documents[first]


class Impacts:
    """What one leaf finds, and what it is worth in each document. Threads may share it.

    Attributes:
        documents: The documents that match, ascending, uint32.
        values: What the leaf is worth in each, its tiers added, before rarity, float32.
        rarity: The idf of the leaf; times a value it is what the leaf adds to a score.
    """

    def __init__(
        self, tiers: Sequence[TierPostings], *, rarity: float, collection: Collection
    ) -> None:
        self.rarity = rarity
        self._size = collection.size
        self._row: NDArray[np.float32] | None = None
        self._best = np.empty(0, np.uint32)  # some of those with the greatest values, in order
        if len(tiers) == 1:
            self.documents = tiers[0].documents
            self.values = collection.weigh(tiers[0])
            return
        self.documents = union([np.empty(0, np.uint32), *(tier.documents for tier in tiers)])
        self.values = np.zeros(len(self.documents), np.float32)
        for tier in tiers:
            places = np.searchsorted(self.documents, tier.documents)
            self.values[places] += collection.weigh(tier)

    def __len__(self) -> int:
        return len(self.documents)

    @cached_property
    def ceiling(self) -> float:
        """The most that the leaf adds to any score."""
        return self.rarity * float(self.values.max(initial=0.0))

    def best(self, count: int) -> NDArray[np.uint32]:
        """Return the `count` documents to which the leaf adds most, best first."""
        if len(self.documents) <= count:
            return self.documents
        best = self._best
        if len(best) < count:
            kept = np.argpartition(self.values, len(self.values) - count)[-count:]
            best = self._best = self.documents[kept[np.argsort(-self.values[kept])]]
        return best[:count]

    @property
    def is_frequent(self) -> bool:
        """Whether look-ups go through a row."""
        return len(self.documents) * _ROW_SHARE > self._size

    @property
    def size_bytes(self) -> int:
        """How much memory the arrays take, or will when they have been looked into."""
        row = 4 * self._size if self.is_frequent else 0
        return self.documents.nbytes + self.values.nbytes + row

    def take(self, documents: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return the values in some documents, 0 where the leaf does not match."""
        if self.is_frequent:
            row = self._row
            if row is None:
                row = np.zeros(self._size, np.float32)
                row[self.documents] = self.values
                self._row = row
            return row.take(documents)
        if not len(self.documents):
            return np.zeros(len(documents), np.float32)
        places = self.documents.searchsorted(documents.astype(np.uint32))
        places[places == len(self.documents)] = 0
        values = self.values.take(places)
        values[self.documents.take(places) != documents] = 0
        return values
