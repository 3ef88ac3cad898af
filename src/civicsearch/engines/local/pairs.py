"""In which documents two words stand next to each other: what makes phrases fast.

A pair that is in many documents of a new segment has a list of them there. All other pairs leave a
*signature*: each sets four of the bits of its document, chosen by a hash of the two folded words.
Documents with about as many pairs have signatures of one length; these lie as rows, a row of bits
for each place, so four rows tell which documents can hold a pair at all. One in thirty that does
not is taken for one that may, and found out when it is read.

When segments are joined, so are their lists and signatures. A list then holds the documents that
are known; in others, the pair may be found by their signatures. So that a pair that is listed is
not looked for in vain, it is kept which documents were made into lists together: a *span* of them
is in a list as a whole, or not at all.
"""

from __future__ import annotations

import zlib
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from civicsearch.engines.local.sections import SectionFile

__all__ = [
    "GAP",
    "SECOND_BITS",
    "Lists",
    "PairsReader",
    "Signatures",
    "bits_of",
    "pair_hashes",
    "size_of",
    "word_hashes",
]

_BITS_A_DOUBLE = 336
"""The length of the shortest signatures. For every pair that fits into a signature it has five
bits, so up to half of them are set, two in five as a rule."""
_BITS_A_PAIR = 4
GAP = 255
"""In a list, a difference of so much leads to no document."""
_MULTIPLIERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xBF58476D1CE4E5B9], np.uint64)
SECOND_BITS = 32
"""How many bits of the key of a list, the lowest, are those of its second term."""


def word_hashes(folded: Iterable[bytes]) -> NDArray[np.uint64]:
    """Return what stands for folded words in the hash of a pair."""
    return np.fromiter(map(zlib.crc32, folded), np.uint64)


def pair_hashes(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the hashes of pairs of words, given by theirs."""
    mixed: NDArray[np.uint64] = first * _MULTIPLIERS[0] + second * _MULTIPLIERS[1]
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MULTIPLIERS[2]
    mixed ^= mixed >> np.uint64(32)
    return mixed


def bits_of(mixed: NDArray[np.uint64], size: int) -> list[NDArray[np.int64]]:
    """Return which bits of a signature of some size pairs set, by their hashes; four each."""
    places = (
        ((mixed >> np.uint64(16 * number)) & np.uint64(0xFFFF)) for number in range(_BITS_A_PAIR)
    )
    return [((place * np.uint64(size)) >> np.uint64(16)).astype(np.int64) for place in places]


def size_of(doubled: int) -> int:
    """Return the length in bits of signatures that are doubled so many times."""
    return _BITS_A_DOUBLE << doubled


class Signatures(NamedTuple):
    """The signatures of documents that have about as many pairs.

    Attributes:
        doubled: How many times the shortest length is doubled.
        documents: Their numbers in the segment, ascending, int64.
        bits: Packed, uint8, shape (length, bytes).
    """

    doubled: int
    documents: NDArray[np.int64]
    bits: NDArray[np.uint8]

    def may_hold(self, hashed: int) -> NDArray[np.uint8]:
        """Return which of `documents` may hold a pair, given by its hash; packed bits."""
        size = size_of(self.doubled)
        first, *others = (
            self.bits[((hashed >> (16 * number)) & 0xFFFF) * size >> 16]
            for number in range(_BITS_A_PAIR)
        )
        packed: NDArray[np.uint8] = first & others[0]
        for row in others[1:]:
            packed &= row
        return packed


class Lists(NamedTuple):
    """The documents of frequent pairs.

    Attributes:
        keys: First and second term of each pair as one number, ascending, int64.
        sizes: How many documents each list has, int64, of the same shape.
        documents: Those of all lists, one after the other, each ascending, int64.
    """

    keys: NDArray[np.int64]
    sizes: NDArray[np.int64]
    documents: NDArray[np.int64]


class PairsReader:
    """Reads the pairs of one segment.

    Attributes:
        keys: See `Lists`.
        spans: The first document of each span, and that behind its last, ascending, int64, shape
            (spans, 2). A document of a span is in the list of a pair that it holds, if any other
            of the span is.
        signatures: Of all documents, short ones first.
    """

    def __init__(self, file: SectionFile) -> None:
        self._file = file
        self.keys: NDArray[np.int64] = file.array("pair_keys")
        self._ends: NDArray[np.uint32] = file.array("pair_ends")
        self._lists: NDArray[np.uint8] = file.array("pair_lists")
        self.spans: NDArray[np.int64] = file.array("pair_spans").astype(np.int64).reshape(-1, 2)
        self.signatures: list[Signatures] = []
        first_bit = first_member = 0
        for doubled, count in file.facts["signatures"]:
            size, width = size_of(doubled), -(-count // 8)
            bits = file.array("signatures")[first_bit : first_bit + size * width]
            members = file.array("signature_documents")[first_member : first_member + count]
            own = Signatures(doubled, members.astype(np.int64), bits.reshape(size, width))
            self.signatures.append(own)
            first_bit += size * width
            first_member += count

    def forget(self) -> None:
        """Let go of the memory that what was read takes."""
        self._file.forget()

    def listed(self, firsts: NDArray[np.int64], seconds: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the documents of all listed pairs of one term each, in any order, often twice."""
        asked = (firsts[:, None] << SECOND_BITS | seconds).ravel()
        places = self.keys.searchsorted(asked)
        if not len(self.keys):
            return np.empty(0, np.int64)
        found = places[self.keys.take(places, mode="clip") == asked]
        if not len(found):
            return np.empty(0, np.int64)
        return np.concatenate([self._documents(place, place + 1)[0] for place in found.tolist()])

    def lists(self, start: int, end: int) -> Lists:
        """Return the lists at some places of the order of pairs."""
        documents, sizes = self._documents(start, end)
        return Lists(self.keys[start:end], sizes, documents)

    def size_bytes(self) -> NDArray[np.int64]:
        """Return how many bytes each list has."""
        ends = self._ends.astype(np.int64)
        sizes = ends.copy()
        sizes[1:] -= ends[:-1]
        return sizes

    def _documents(self, start: int, end: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the documents of lists one after the other, and how many each has."""
        bounds = np.zeros(end - start + 1, np.int64)
        bounds[1:] = self._ends[start:end]
        bounds[0] = int(self._ends[start - 1]) if start else 0
        differences = self._lists[int(bounds[0]) : int(bounds[-1])]
        summed = differences.cumsum(dtype=np.int64)
        is_document = differences != GAP
        if end - start == 1:
            documents: NDArray[np.int64] = summed[is_document]
            return documents, np.array([len(documents)])
        bounds -= bounds[0]
        before = np.zeros(len(summed) + 1, np.int64)
        before[1:] = summed
        summed -= before.take(bounds[:-1]).repeat(bounds[1:] - bounds[:-1])
        counted = np.zeros(len(summed) + 1, np.int64)
        is_document.cumsum(out=counted[1:])
        return summed[is_document], np.diff(counted.take(bounds))

    def may_hold(
        self, first: bytes, second: bytes, documents: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        """Return which of some documents may hold two folded words as a pair that is not listed."""
        one, other = word_hashes((first, second)).reshape(2, 1)
        hashed = int(pair_hashes(one, other)[0])
        packed = np.concatenate([signatures.may_hold(hashed) for signatures in self.signatures])
        found = np.unpackbits(packed).take(self._places.take(documents))
        return found.view(bool)

    def is_told_by(self, listed: NDArray[np.int64], size: int) -> bool:
        """Return whether the list of a pair, if it has these documents, has all of `size`."""
        starts, ends = self.spans.T
        return int((ends - starts).sum()) == size and bool(self._has_any(listed).all())

    def in_spans_of(
        self, listed: NDArray[np.int64], documents: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        """Return which of some documents are in a span that any of `listed`, ascending, is in."""
        if not len(self.spans):
            return np.zeros(len(documents), bool)
        starts, ends = self.spans.T
        places = starts.searchsorted(documents, side="right") - 1
        found: NDArray[np.bool_] = self._has_any(listed).take(places, mode="clip")
        found &= (places >= 0) & (documents < ends.take(places, mode="clip"))
        return found

    def _has_any(self, listed: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which spans any of some ascending documents is in."""
        starts, ends = self.spans.T
        found: NDArray[np.bool_] = listed.searchsorted(starts) < listed.searchsorted(ends)
        return found

    @cached_property
    def _places(self) -> NDArray[np.int32]:
        """Which bit of a row the signature of each document is; those of all lengths in a row."""
        places = np.empty(sum(len(own.documents) for own in self.signatures), np.int32)
        first = 0
        for own in self.signatures:
            places[own.documents] = np.arange(first, first + len(own.documents))
            first += 8 * own.bits.shape[1]
        return places
