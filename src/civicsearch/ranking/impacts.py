"""What a leaf of a query finds, and what it is worth there at most: so the best are chosen.

A document is a number below the size of the collection. A *level* is a byte: what the leaf is
worth in a document, in steps, rounded up, and 0 where it is not found. Levels bound a score from
above and, one step less, from below; which of the few documents left are the best is told by
their words (see `topk.best_of`).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from civicsearch.ranking.bm25 import K1, B

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

__all__ = [
    "MOST_LEVEL",
    "UNIT",
    "Collection",
    "Found",
    "Impacts",
    "Measure",
    "Weighted",
    "are_in",
    "norms_by",
    "union",
]

UNIT = 0.5
"""What one step of a frequency or length is worth, in words."""
MOST_LEVEL = 255

_FEW_SHARE = 16  # a list so much shorter is put into the other one, nothing is sorted
_HALVED_FROM = 8192
_LOOK_UP_NS, _ROW_NS_A_DOCUMENT, _ROW_NS_A_POSTING = 50.0, 0.04, 1.5
"""Looking a document up in a sorted list, and making a row of the list instead, measured."""


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
    def norms(self) -> NDArray[np.float64]:
        """The frequency at which BM25 gives half its most, in units of `UNIT`: float64, (size,).

        With it, `bm25.saturate` is `(K1 + 1) * frequency / (frequency + norm)`.
        """
        return self.norms_of(np.arange(self.size))

    def norms_of(self, documents: NDArray[np.integer]) -> NDArray[np.float64]:
        """Return the same of some documents."""
        return norms_by(self.lengths.take(documents), self.average_length)


def norms_by(
    lengths: NDArray[np.uint32], average_length: float | NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the norms of documents by their lengths and an average; see `Collection`."""
    norms: NDArray[np.float64] = lengths.astype(np.float64)
    norms *= K1 * B / average_length
    norms += K1 * (1 - B) / UNIT
    return norms


def union(lists: Sequence[NDArray[np.intp]]) -> NDArray[np.intp]:
    """Return the numbers that are in any of some ascending lists, ascending, each once.

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
    documents = np.concatenate([np.empty(0, np.intp), *lists])
    documents.sort()
    first = np.empty(len(documents), bool)
    first[:1] = True
    np.not_equal(documents[1:], documents[:-1], out=first[1:])
    return documents[first]


def are_in(some: NDArray[np.intp], all_of: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which of some numbers are among others, ascending."""
    if not len(all_of):
        return np.zeros(len(some), bool)
    places = all_of.searchsorted(some)
    held: NDArray[np.bool_] = all_of.take(places, mode="clip") == some
    return held


class Measure(NamedTuple):
    """By what the levels of some documents were made: the average length of their segment.

    Attributes:
        segments: The place of the segment of each, intp, shape (documents,).
        ratios: What saturates by half in each (`Collection.norms`), over the same by the average
            length of its segment, float32, of the same shape.
    """

    segments: NDArray[np.intp]
    ratios: NDArray[np.float32]


if TYPE_CHECKING:
    Measured = Callable[[NDArray[np.intp], NDArray[np.uint8], Measure], NDArray[np.float32]]


class Impacts:
    """What one leaf finds, and what it is worth in each document. Threads may share it.

    It is given as a row, the levels of all documents, or as a list, the documents that match
    with their levels; the other is made when it is needed.

    Attributes:
        rarity: The idf of the leaf; times the value of a level it is the most that the leaf adds
            to a score.
        step: What one level is worth, before rarity.
        rounding: By how many levels the sum may have been rounded up at most.
        peak: No level is above it.
    """

    def __init__(  # noqa: PLR0913 - one keyword for each thing that is known of a leaf
        self,
        *,
        size: int,
        count: int,
        rarity: float,
        step: float,
        peak: int = MOST_LEVEL,
        rounding: float = 1.0,
        row: NDArray[np.uint8] | None = None,
        read: Callable[[], tuple[NDArray[np.intp], NDArray[np.uint8]]] | None = None,
        measured: Measured | None = None,
    ) -> None:
        """Keep what is known.

        Args:
            size: How many documents there are, with deleted ones.
            count: How many of them match.
            rarity: See above.
            step: See above.
            peak: See above.
            rounding: See above.
            row: The levels of all documents, uint8, shape (size,); or
            read: what returns the documents, ascending, and their levels.
            measured: Returns what some documents with their levels are worth at most, before
                rarity, where it is known by what these were made: closer than `step` tells it.
        """
        self.rarity = rarity
        self.step = step
        self.rounding = rounding
        self.peak = peak
        self._size = size
        self._count = count
        self._row = row
        self._read = read
        self._measured = measured
        self._best = np.empty(0, np.intp)  # those with the highest levels, the highest first

    def __len__(self) -> int:
        """Return how many documents match."""
        return self._count

    @property
    def row(self) -> NDArray[np.uint8] | None:
        """The levels of all documents, if they lie ready."""
        return self._row

    @cached_property
    def _listed(self) -> tuple[NDArray[np.intp], NDArray[np.uint8]]:
        if self._read is not None:
            return self._read()
        assert self._row is not None  # noqa: S101 - one of the two was given
        documents = (self._row != 0).nonzero()[0]
        return documents, self._row.take(documents)

    @property
    def documents(self) -> NDArray[np.intp]:
        """The documents that match, ascending."""
        return self._listed[0]

    @property
    def levels(self) -> NDArray[np.uint8]:
        """The level of each of `documents`."""
        return self._listed[1]

    @property
    def weight(self) -> np.float32:
        """What one level adds to the bound of a score."""
        return np.float32(self.rarity * self.step)

    @property
    def ceiling(self) -> float:
        """The most that the leaf adds to any score."""
        return self.rarity * self.step * self.peak

    @property
    def slack(self) -> float:
        """By how much the bound of a score may be too high because of this leaf."""
        return self.rarity * self.step * self.rounding

    def best(self, count: int) -> NDArray[np.intp]:
        """Return the `count` documents with the highest levels, in any order."""
        if len(self) <= count:
            return self.documents
        if len(self._best) < count:
            least = _nth_highest(self.levels, count)
            kept = (self.levels >= least).nonzero()[0]
            kept = kept.take(self.levels.take(kept).argsort(kind="stable")[::-1])
            self._best = self.documents.take(kept)
        return self._best[:count]

    def places_in(self, documents: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the places of those of some ascending `documents` that match, ascending."""
        found: NDArray[np.intp]
        row = self._made_row(len(documents))
        if row is not None:
            found = (row.take(documents) != 0).nonzero()[0]
            return found
        own = self.documents
        if len(own) < len(documents):
            places = documents.searchsorted(own)
            found = places[documents.take(places, mode="clip") == own] if len(documents) else places
            return found
        if not len(own):
            return np.empty(0, np.intp)
        places = own.searchsorted(documents)
        found = (own.take(places, mode="clip") == documents).nonzero()[0]
        return found

    def take(self, documents: NDArray[np.intp]) -> NDArray[np.uint8]:
        """Return the levels of some documents, 0 where the leaf does not match."""
        row = self._made_row(len(documents))
        if row is not None:
            return row.take(documents)
        levels = np.zeros(len(documents), np.uint8)
        own, own_levels = self._listed
        if len(own):
            places = own.searchsorted(documents)
            held = (own.take(places, mode="clip") == documents).nonzero()[0]
            levels[held] = own_levels.take(places.take(held))
        return levels

    def worth(self, documents: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return what the leaf adds at most to the scores of some documents, 0 where it is not."""
        return self.weight * self.take(documents)

    def worths(self) -> NDArray[np.float32]:
        """Return the same of each of `documents`."""
        return self.levels * self.weight

    def bounds(self, documents: NDArray[np.intp], measure: Measure) -> NDArray[np.float32]:
        """Return the same as `worth`, or less, knowing by what the levels were made."""
        return np.float32(self.rarity) * self.measured(documents, measure)

    def measured(self, documents: NDArray[np.intp], measure: Measure) -> NDArray[np.float32]:
        """Return the same before rarity."""
        levels = self.take(documents)
        if self._measured is None:
            return levels * np.float32(self.step)
        return self._measured(documents, levels, measure)

    @property
    def parts(self) -> tuple[tuple[Impacts, np.float32], ...]:
        """What bounds are the sum of: what matches, and what one level of it adds."""
        return ((self, self.weight),)

    def _made_row(self, look_ups: int) -> NDArray[np.uint8] | None:
        """Return the row; None where so few look-ups are not worth making one."""
        if self._row is None:
            cost = _ROW_NS_A_DOCUMENT * self._size + _ROW_NS_A_POSTING * len(self)
            if look_ups * _LOOK_UP_NS < cost:
                return None
            row = np.zeros(self._size, np.uint8)
            documents, levels = self._listed
            row[documents] = levels
            self._row = row
        return self._row

    @property
    def size_bytes(self) -> int:
        """How much memory the arrays may take."""
        return 9 * len(self) + self._size


def _nth_highest(levels: NDArray[np.uint8], count: int) -> int:
    """Return the level that `count` of some are not below, the highest such.

    Of many, halving finds it with eight counts: of 20,000 in 36 us, where `numpy.partition` takes
    120; of 300,000 in 260, where it takes 2,800.
    """
    if len(levels) < _HALVED_FROM:
        place = len(levels) - count
        return int(np.partition(levels, place)[place])
    low, high = 0, MOST_LEVEL
    while low < high:
        middle = (low + high + 1) // 2
        if np.count_nonzero(levels >= middle) >= count:
            low = middle
        else:
            high = middle - 1
    return low


class Weighted:
    """What a leaf finds, counted by a factor, and a form that it is meant as, by another.

    What it can do is what `topk` asks of `Impacts`.
    """

    def __init__(self, *parts: tuple[Impacts, float]) -> None:
        """Add up leaves with their factors; documents that hold others hold the first as well."""
        self._first = parts[0][0]
        self._parts = [(leaf, np.float32(factor)) for leaf, factor in parts]

    def __len__(self) -> int:
        """Return how many documents match."""
        return len(self._first)

    @property
    def row(self) -> NDArray[np.uint8] | None:
        """Above 0 where a document matches, if that lies ready."""
        return self._first.row

    @property
    def documents(self) -> NDArray[np.intp]:
        """The documents that match, ascending."""
        return self._first.documents

    @property
    def ceiling(self) -> float:
        """The most that all add to any score."""
        return sum(float(factor) * leaf.ceiling for leaf, factor in self._parts)

    @property
    def slack(self) -> float:
        """By how much the bound of a score may be too high because of them."""
        return sum(float(factor) * leaf.slack for leaf, factor in self._parts)

    def best(self, count: int) -> NDArray[np.intp]:
        """Return `count` documents with high levels, or all, in any order."""
        last = self._parts[-1][0]
        return last.best(count) if len(last) >= count else self._first.best(count)

    def places_in(self, documents: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the places of those of some ascending `documents` that match, ascending."""
        return self._first.places_in(documents)

    def worth(self, documents: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return what all add at most to the scores of some documents."""
        worth = np.zeros(len(documents), np.float32)
        for leaf, factor in self._parts:
            worth += factor * leaf.worth(documents)
        return worth

    def worths(self) -> NDArray[np.float32]:
        """Return the same of each of `documents`."""
        return self.worth(self.documents)

    def bounds(self, documents: NDArray[np.intp], measure: Measure) -> NDArray[np.float32]:
        """Return the same as `worth`, or less; see `Impacts.bounds`."""
        bounds = np.zeros(len(documents), np.float32)
        for leaf, factor in self._parts:
            bounds += factor * leaf.bounds(documents, measure)
        return bounds

    @property
    def parts(self) -> tuple[tuple[Impacts, np.float32], ...]:
        """What bounds are the sum of: what matches, and what one level of it adds."""
        return tuple((leaf, factor * leaf.weight) for leaf, factor in self._parts)


Found = Impacts | Weighted
"""What `topk` chooses by."""
