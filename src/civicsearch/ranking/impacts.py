"""What a leaf of a query finds, as arrays: the form in which everything is scored.

A document is a number below the size of the collection. Frequencies come by tier (as typed,
equal without accents, and so on; see `query.matching`), in halves of a word. They are read and
weighed as late as possible: a common word that is only looked up in a few hundred documents costs
a third of one that is weighed in all of its 40,000.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from civicsearch.ranking.bm25 import K1, TIER_WEIGHTS, B

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["UNIT", "Collection", "Impacts", "ListedTier", "TierPostings", "union"]

UNIT = 0.5
"""What one step of a frequency or length is worth, in words."""

_ROW_SHARE = 32
"""A leaf found in more than one of so many documents gets a row, with the frequency of each
document at its number: 500 look-ups take 3 µs there, and 40 µs in a sorted list of 10,000."""
_FEW_SHARE = 16  # a list so much shorter is put into the other one, nothing is sorted
_LOOK_UPS_SHARE = 16
"""A row is made at one look-up for so many postings, all in all."""


class TierPostings(Protocol):
    """The documents in which a leaf is found in one tier."""

    tier: int

    def __len__(self) -> int:
        """Return how many documents there are."""
        ...

    @property
    def documents(self) -> NDArray[np.uint32]:
        """Their numbers, ascending."""
        ...

    def frequencies(self, places: NDArray[np.intp] | None = None) -> NDArray[np.integer]:
        """Return the zone-weighted frequencies at some places of `documents`, or at all.

        They are above 0, in units of `UNIT`.
        """
        ...


class ListedTier:
    """The postings of a tier as arrays in memory."""

    def __init__(
        self, tier: int, documents: NDArray[np.uint32], frequencies: NDArray[np.integer]
    ) -> None:
        self.tier = tier
        self.documents = documents
        self._frequencies = frequencies

    def __len__(self) -> int:
        return len(self.documents)

    def frequencies(self, places: NDArray[np.intp] | None = None) -> NDArray[np.integer]:
        """See `TierPostings`."""
        return self._frequencies if places is None else self._frequencies.take(places)


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

    def weigh(
        self, tier: int, documents: NDArray[np.integer], frequencies: NDArray[np.integer]
    ) -> NDArray[np.float32]:
        """Return what frequencies in documents are worth in a tier, before rarity: float32."""
        values = frequencies.astype(np.float32)
        values /= values + self.norms.take(documents)
        values *= (K1 + 1) * TIER_WEIGHTS[tier]
        return values


def union(lists: Sequence[NDArray[np.uint32]]) -> NDArray[np.uint32]:
    """Return the numbers that are in any of some lists, ascending, each once.

    Sorting is faster than `numpy.unique`, which looks each number up in a table.
    """
    if len(lists) == 1:
        return lists[0]
    if len(lists) == 2:
        few, many = sorted(lists, key=len)
        if len(few) * _FEW_SHARE < len(many):
            places = many.searchsorted(few)
            new = many.take(places, mode="clip") != few
            return np.insert(many, places[new], few[new])
    documents = np.concatenate([np.empty(0, np.uint32), *lists])
    documents.sort()
    first = np.empty(len(documents), bool)
    first[:1] = True
    np.not_equal(documents[1:], documents[:-1], out=first[1:])
    return documents[first]


class Impacts:
    """What one leaf finds, and what it is worth in each document. Threads may share it.

    Attributes:
        tiers: The postings by tier, at most one of each.
        rarity: The idf of the leaf; times a value it is what the leaf adds to a score.
        bound: Above every value.
    """

    def __init__(
        self,
        tiers: Sequence[TierPostings],
        *,
        rarity: float,
        collection: Collection,
        bound: float | None = None,
    ) -> None:
        self.tiers = tiers
        self.rarity = rarity
        self.bound = bound
        self._collection = collection
        self._look_ups = 0
        self._rows: dict[int, NDArray[np.unsignedinteger]] = {}
        self._best = np.empty(0, np.uint32)  # some of those with the greatest values, in order

    def __len__(self) -> int:
        """Return at most how many documents match: all tiers added up."""
        return sum(map(len, self.tiers))

    @cached_property
    def documents(self) -> NDArray[np.uint32]:
        """The documents that match, ascending."""
        return union([tier.documents for tier in self.tiers])

    @cached_property
    def values(self) -> NDArray[np.float32]:
        """What the leaf is worth in each of `documents`, its tiers added, before rarity."""
        if len(self.tiers) == 1:
            (tier,) = self.tiers
            return self._collection.weigh(tier.tier, tier.documents, tier.frequencies())
        values = np.zeros(len(self.documents), np.float32)
        for tier in self.tiers:
            places = self.documents.searchsorted(tier.documents)
            values[places] += self._collection.weigh(tier.tier, tier.documents, tier.frequencies())
        return values

    @property
    def ceiling(self) -> float:
        """The most that the leaf adds to any score, or a little more."""
        if self.bound is None or "values" in self.__dict__:
            self.bound = float(self.values.max(initial=0.0))
        return self.rarity * self.bound

    def best(self, count: int) -> NDArray[np.uint32]:
        """Return the `count` documents to which the leaf adds most, best first."""
        if len(self.documents) <= count:
            return self.documents
        best = self._best
        if len(best) < count:
            kept = np.argpartition(self.values, len(self.values) - count)[-count:]
            best = self._best = self.documents[kept[np.argsort(-self.values[kept])]]
        return best[:count]

    def places_in(self, documents: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the places of those of some ascending `documents` that match, ascending."""
        found = [self._places_of_tier(place, documents) for place in range(len(self.tiers))]
        if len(found) == 1:
            return found[0]
        return union([places.astype(np.uint32) for places in found]).astype(np.intp)

    def _places_of_tier(self, place: int, documents: NDArray[np.intp]) -> NDArray[np.intp]:
        found: NDArray[np.intp]
        tier = self.tiers[place]
        row = self._row(place, len(documents))
        if row is not None:
            found = (row.take(documents) != 0).nonzero()[0]
            return found
        if not len(tier):
            return np.empty(0, np.intp)
        if len(tier) < len(documents):
            places = documents.searchsorted(tier.documents)
            held = documents.take(places, mode="clip") == tier.documents
            found = places[held]
            return found
        asked = documents.astype(np.uint32)
        places = tier.documents.searchsorted(asked)
        found = (tier.documents.take(places, mode="clip") == asked).nonzero()[0]
        return found

    def take(self, documents: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return the values in some documents, 0 where the leaf does not match."""
        if len(self.tiers) == 1:
            return self._take_tier(0, documents)
        values = np.zeros(len(documents), np.float32)
        for place in range(len(self.tiers)):
            values += self._take_tier(place, documents)
        return values

    def _take_tier(self, place: int, documents: NDArray[np.intp]) -> NDArray[np.float32]:
        tier = self.tiers[place]
        row = self._row(place, len(documents))
        if row is not None:
            return self._collection.weigh(tier.tier, documents, row.take(documents))
        values = np.zeros(len(documents), np.float32)
        if len(tier):
            asked = documents.astype(np.uint32)
            places = tier.documents.searchsorted(asked)
            held = (tier.documents.take(places, mode="clip") == asked).nonzero()[0]
            frequencies = tier.frequencies(places.take(held))
            values[held] = self._collection.weigh(tier.tier, documents.take(held), frequencies)
        return values

    def _row(self, place: int, look_ups: int) -> NDArray[np.unsignedinteger] | None:
        """Return the row of a tier; None where so many look-ups are not worth making one."""
        row = self._rows.get(place)
        if row is not None:
            return row
        tier = self.tiers[place]
        self._look_ups += look_ups
        is_frequent = len(tier) * _ROW_SHARE > self._collection.size
        if not is_frequent or self._look_ups * _LOOK_UPS_SHARE < len(tier):
            return None
        frequencies = tier.frequencies()
        row = np.zeros(self._collection.size, np.min_scalar_type(int(frequencies.max(initial=0))))
        row[tier.documents] = frequencies
        self._rows[place] = row
        return row

    @property
    def size_bytes(self) -> int:
        """How much memory the arrays may take."""
        size = self._collection.size
        rows = sum(size for tier in self.tiers if len(tier) * _ROW_SHARE > size)
        return 8 * len(self) + rows
