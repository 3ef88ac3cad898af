"""Which words stand behind which, and how often: what restores accents and completes words.

For each of the commonest words of zones there is a row of the words that follow it, each with a
count. In a large segment what stands there only once is left out, which is more than half.

What stands in a title counts `TITLE_TIMES` times: who searches writes as headlines are written.

Counts are made from the words in order, when a segment is written and anew when some are joined,
so they never have a part of deleted documents of segments that were joined.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from civicsearch.engines.local.streams import FAR, SEPARATOR
from civicsearch.suggesting.vocabulary import TITLE_TIMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from civicsearch.engines.local.layout import FieldLayout
    from civicsearch.engines.local.sections import SectionFile, SectionFileWriter

__all__ = ["ContextsReader", "ContextsWriter"]

_CODE_BITS = 16
_COUNT_BITS = np.uint64(32)
_COUNT = np.uint64((1 << 32) - 1)
_PAIRS_AT_ONCE = 1 << 20
"""What is made on the way of so many takes 30 MB."""
_EXACT_LEVELS = 64
"""Counts up to so many are levels themselves; beyond, ten levels double a count."""
_LEVELS_A_DOUBLE = 10
_LARGE_WORDS = 1 << 20
"""In a segment of fewer words (2,000 articles) all pairs are kept: none is there often."""
_LEAST_COUNT = 2
_WORDS_A_COUNT = 1 << 25
"""For each so many words (70,000 articles) a pair must be there once more to be kept: a rarer one
tells less there, and there are more of them."""
_MOST_PAIRS = 1 << 23
"""With more different pairs than this, those met once so far are forgotten: 64 MB."""

_MOST_WAITING = 1 << 22
"""Pairs of the last documents, 32 MB, that wait to be added up: each time all pairs are moved."""

_ZONES, _FORM = 0x00, b"\x1f"


def _level_counts() -> NDArray[np.float64]:
    """Return the count that each level stands for."""
    levels = np.arange(256, dtype=np.float64)
    beyond = _EXACT_LEVELS * 2 ** ((levels - _EXACT_LEVELS) / _LEVELS_A_DOUBLE)
    return np.where(levels <= _EXACT_LEVELS, levels, np.rint(beyond))


_COUNTS = _level_counts()


def _levels(counts: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Return the level that stands for what is nearest to each count."""
    return ((_COUNTS[1:] + _COUNTS[:-1]) / 2).searchsorted(counts, side="right").astype(np.uint8)


def _tells(term: bytes) -> bool:
    """Return whether neighbours of a word are counted: of words in zones, but for numbers."""
    return term[0] == _ZONES and not term[1:].partition(_FORM)[0].isdigit()


class ContextsWriter:
    """Counts the neighbours of words and writes them to a file."""

    def __init__(
        self,
        file: SectionFileWriter,
        layout: FieldLayout,
        codes: NDArray[np.uint16],
        terms: Sequence[bytes],
    ) -> None:
        """Count by the codes that words have in the stream.

        Args:
            file: The file.
            layout: Which fields there are.
            codes: That of each term, and last that of a separator.
            terms: The dictionary.
        """
        self._file = file
        self._layout = layout
        self._codes = codes
        known = (codes[:-1] != FAR).nonzero()[0]
        self._size = len(known) + 1
        self._tells = np.zeros(FAR + 1, bool)
        telling = [term for term in known.tolist() if _tells(terms[term])]
        self._tells[codes[telling]] = True
        self._occurrences = np.zeros(FAR + 1, np.int64)
        self._in_titles = np.zeros(FAR + 1, np.int64)
        # Each pair with its count is one whole number: so they are sorted in place.
        self._pairs = np.empty(0, np.uint64)
        self._waiting: list[NDArray[np.uint64]] = []

    def write(self, terms: NDArray[Any]) -> None:
        """Count words of whole documents, by the number of their term, -1 behind each field."""
        codes = self._codes.take(terms)
        self._occurrences += np.bincount(codes, minlength=FAR + 1)
        self._count(codes, 1)
        titles = codes.take(_places_of_titles(terms, self._layout))
        self._in_titles += np.bincount(titles, minlength=FAR + 1)
        self._count(titles, TITLE_TIMES - 1)
        if sum(map(len, self._waiting)) > _MOST_WAITING:
            self._join()

    def _count(self, codes: NDArray[np.uint16], times: int) -> None:
        """Count the pairs of words by their codes, each so many times."""
        tells = self._tells.take(codes)
        both = tells[:-1] & tells[1:]
        keys = codes[:-1][both].astype(np.uint32) << np.uint32(_CODE_BITS) | codes[1:][both]
        keys.sort()
        heads = _heads(keys)
        counts = np.diff(heads, append=len(keys)) * times
        self._waiting.append(
            keys.take(heads).astype(np.uint64) << _COUNT_BITS | counts.astype(np.uint64)
        )

    def _join(self) -> None:
        """Add up what waits with what was joined before: all of it is moved each time."""
        is_one = not len(self._pairs) and len(self._waiting) == 1
        pairs = np.concatenate([self._pairs, *self._waiting])
        self._waiting = []
        if not is_one:
            pairs.sort()
            pairs = pairs[: _add_up(pairs)]
        least = 2 if len(pairs) > _MOST_PAIRS else 1
        self._pairs = pairs[pairs & _COUNT >= least]  # a copy: what is left over goes

    def finish(self) -> None:
        """Write what was counted."""
        self._join()
        pairs = self._pairs
        words = int(self._occurrences.sum())
        if words >= _LARGE_WORDS:
            pairs = pairs[pairs & _COUNT >= _LEAST_COUNT + words // _WORDS_A_COUNT]
        bounds = np.arange(self._size + 1, dtype=np.uint64) << (_COUNT_BITS + np.uint64(_CODE_BITS))
        weighted = self._occurrences + (TITLE_TIMES - 1) * self._in_titles
        self._file.add("code_levels", _levels(self._occurrences[: self._size]))
        self._file.add("weighted_code_levels", _levels(weighted[: self._size]))
        self._file.add("follower_starts", pairs.searchsorted(bounds).astype(np.uint32))
        self._file.add("followers", (pairs >> _COUNT_BITS).astype(np.uint16))
        levels = self._file.section("follower_levels", np.uint8)
        for start in range(0, len(pairs), _PAIRS_AT_ONCE):
            levels.write(_levels((pairs[start : start + _PAIRS_AT_ONCE] & _COUNT).astype(np.int64)))


def _add_up(pairs: NDArray[np.uint64]) -> int:
    """Add up the counts of equal pairs, sorted, in place, and return how many are left."""
    kept = start = 0
    while start < len(pairs):
        last = pairs[min(start + _PAIRS_AT_ONCE, len(pairs)) - 1] | _COUNT
        piece = pairs[start : int(pairs.searchsorted(last, side="right"))]
        start += len(piece)
        heads = _heads(piece >> _COUNT_BITS)
        counts = np.add.reduceat(piece & _COUNT, heads)
        added = piece.take(heads) & ~_COUNT | counts
        pairs[kept : kept + len(added)] = added
        kept += len(added)
    return kept


def _places_of_titles(terms: NDArray[Any], layout: FieldLayout) -> NDArray[np.int64]:
    """Return where the titles of whole documents are in their words, each with what ends it."""
    if layout.title is None:
        return np.empty(0, np.int64)
    ends = np.concatenate([[-1], (terms < 0).nonzero()[0]])
    first, last = (ends[place :: len(layout.groups)] for place in (layout.title, layout.title + 1))
    first = first[: len(last)] + 1
    sizes = last + 1 - first
    places: NDArray[np.int64] = (first - sizes.cumsum() + sizes).repeat(sizes)
    places += np.arange(len(places))
    return places


def _heads(keys: NDArray[Any]) -> NDArray[np.intp]:
    """Return where each of equal keys side by side is there first."""
    is_head = np.ones(len(keys), bool)
    np.not_equal(keys[1:], keys[:-1], out=is_head[1:])
    return is_head.nonzero()[0]


class ContextsReader:
    """The neighbours of words in one segment, by code."""

    def __init__(self, file: SectionFile) -> None:
        self._starts: NDArray[np.uint32] = file.array("follower_starts")
        self._followers: NDArray[np.uint16] = file.array("followers")
        self._levels: NDArray[np.uint8] = file.array("follower_levels")
        self._code_levels: NDArray[np.uint8] = file.array("code_levels")
        self._weighted_levels: NDArray[np.uint8] = file.array("weighted_code_levels")

    @property
    def pair_count(self) -> int:
        """How many different pairs there are."""
        return len(self._followers)

    @cached_property
    def preceding(self) -> NDArray[np.int64]:
        """How many different words each code follows, shape (65,536,)."""
        return np.bincount(self._followers, minlength=FAR + 1)

    @cached_property
    def followed(self) -> NDArray[np.float64]:
        """How often a pair begins with each code."""
        sums = np.zeros(len(self._followers) + 1)
        np.cumsum(_COUNTS.take(self._levels), out=sums[1:])
        return np.diff(sums.take(self._starts))

    @cached_property
    def _keys(self) -> NDArray[np.uint32]:
        """All pairs, ascending; in memory, as one search in it is five times as fast as in rows."""
        first = np.arange(len(self._starts) - 1, dtype=np.uint32) << np.uint32(_CODE_BITS)
        ends = self._starts.astype(np.int64)
        keys = first.repeat(ends[1:] - ends[:-1])
        keys |= self._followers
        return keys

    def followers(self, codes: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how many different words follow codes."""
        return self._starts.take(codes + 1).astype(np.int64) - self._starts.take(codes)

    def occurrences(self, codes: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return how often codes of words stand in the stream, 0 for that of a separator.

        Returns:
            Shape (2, codes): as often as they do, and with titles counted `TITLE_TIMES` times.
        """
        levels = np.stack([self._code_levels.take(codes), self._weighted_levels.take(codes)])
        counts: NDArray[np.float64] = _COUNTS.take(levels)
        counts *= codes != SEPARATOR
        return counts

    def counts(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return how often codes stand behind others, each behind the one at its place."""
        if not len(self._keys):
            return np.zeros(len(first))
        keys = (first << _CODE_BITS | second).astype(np.uint32)
        places = self._keys.searchsorted(keys)
        found = _COUNTS.take(self._levels.take(places, mode="clip"))
        found *= self._keys.take(places, mode="clip") == keys
        return found

    def row(self, code: int) -> tuple[NDArray[np.uint16], NDArray[np.float64]]:
        """Return the codes that follow one, ascending, and how often."""
        start, end = self._starts[code : code + 2].tolist()
        return self._followers[start:end], _COUNTS.take(self._levels[start:end])
