"""The dictionary of a segment: from a word to the number of its term, by binary search on disk.

A term is a *group* (which fields it was found in), a folded form and an exact form. Terms are
sorted by these three, so all written forms of one folded word lie side by side, and so do all
words with one beginning. On disk a term is `group byte, folded form, 0x1F, exact form` in UTF-8,
where an exact form that equals the folded one is left empty. A *family*, all forms of a folded
word together, is a term too, with 0x01 for its exact form. Nothing is read before it is asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from civicsearch.engines.local.sections import SectionFile, SectionFileWriter

__all__ = [
    "FAMILY",
    "TermDictionary",
    "TermRange",
    "decode_forms",
    "encode_term",
    "is_family",
    "write_terms",
]

FAMILY = b"\x1f\x01"
"""What follows the folded form in the term of a family."""

_SEPARATOR = b"\x1f"
_SAMPLED = 64  # of so many terms one is kept in memory, so that two thirds of a search are there
_LOOK_UPS = 200  # a command line asks for fewer, and need not read samples
_LAST = b"\xff"  # sorts after every byte of UTF-8


class TermRange(NamedTuple):
    """Numbers of terms that lie side by side: `start` to `end`, without `end`."""

    start: int
    end: int


def encode_term(group: int, folded: str, exact: str) -> bytes:
    """Return a term as the dictionary has it.

    Args:
        group: 0 for the zones of the schema, else which of its other fields, from 1.
        folded: The folded form.
        exact: The exact form.
    """
    written = "" if exact == folded else exact
    return b"%c%b\x1f%b" % (group, folded.encode(), written.encode())


def decode_forms(term: bytes) -> tuple[str, str]:
    """Return the exact and the folded form of a term."""
    folded, _, exact = term[1:].decode().partition("\x1f")
    return exact or folded, folded


def is_family(term: bytes) -> bool:
    """Return whether a term stands for all written forms of a folded word."""
    return term.endswith(FAMILY)


def write_terms(file: SectionFileWriter, terms: Iterable[bytes]) -> None:
    """Add the dictionary of sorted `terms` to a file."""
    terms = list(terms)
    lengths = np.fromiter(map(len, terms), np.uint32, len(terms))
    offsets = np.zeros(len(terms) + 1, np.uint32)
    np.cumsum(lengths, out=offsets[1:])
    file.add_bytes("terms", b"".join(terms))
    file.add("term_offsets", offsets)


class TermDictionary:
    """The terms of one segment."""

    def __init__(self, file: SectionFile) -> None:
        self._map, self._start = file.span("terms")
        self._offsets: NDArray[np.uint32] = file.array("term_offsets")
        self.size = len(self._offsets) - 1
        self._samples: list[bytes] | None = None
        self._look_ups = 0

    def term(self, number: int) -> bytes:
        """Return the term with a number."""
        start, end = self._offsets[number : number + 2].tolist()
        return self._map[self._start + start : self._start + end]

    def terms(self, found: TermRange) -> list[bytes]:
        """Return all terms of a range."""
        ends = self._offsets[found.start : found.end + 1].tolist()
        first = ends[0]
        data = self._map[self._start + first : self._start + ends[-1]]
        return [data[start - first : end - first] for start, end in pairwise(ends)]

    def bytes_of(self, found: TermRange) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """Return the bytes of a range of terms, and where each begins in them, and the end."""
        bounds = self._offsets[found.start : found.end + 1].astype(np.int64)
        first = int(bounds[0])
        data = self._map[self._start + first : self._start + int(bounds[-1])]
        return np.frombuffer(data, np.uint8), bounds - first

    def number(self, term: bytes) -> int | None:
        """Return the number of a term, or None where it is not there."""
        number = self._bisect(term, 0)
        return number if number < self.size and self.term(number) == term else None

    def family(self, folded: str) -> int | None:
        """Return the term of the family of a folded word in zones, or None."""
        return self.number(b"\0%b%b" % (folded.encode(), FAMILY))

    def all(self) -> list[bytes]:
        """Return every term, in order."""
        return self.terms(TermRange(0, self.size)) if self.size else []

    def word(self, group: int, folded: str) -> TermRange:
        """Return where the written forms of a folded word lie."""
        return self._range(b"%c%b\x1f" % (group, folded.encode()))

    def beginning(self, group: int, folded: str) -> TermRange:
        """Return where the words whose folded form begins so lie."""
        return self._range(b"%c%b" % (group, folded.encode()))

    def _range(self, prefix: bytes) -> TermRange:
        start = self._bisect(prefix, 0)
        return TermRange(start, self._bisect(prefix + _LAST, start))

    def _bisect(self, asked: bytes, low: int) -> int:
        """Return the number of the first term from `low` on that does not sort before `asked`."""
        high, step = self.size, 1
        if low:  # the end of a range is mostly near its start
            while low + step < high:
                if self.term(low + step) >= asked:
                    high = low + step
                    break
                low, step = low + step, step * 2
        elif (samples := self._sampled()) is not None:
            place = bisect_left(samples, asked)
            low = max(0, (place - 1) * _SAMPLED + 1)
            high = min(high, place * _SAMPLED)
        while low < high:
            middle = (low + high) // 2
            if self.term(middle) < asked:
                low = middle + 1
            else:
                high = middle
        return low

    def _sampled(self) -> list[bytes] | None:
        """Return every so many-th term, once enough terms were asked for; None before."""
        if self._samples is None:
            self._look_ups += 1
            if self._look_ups > _LOOK_UPS:
                self._samples = [self.term(number) for number in range(0, self.size, _SAMPLED)]
        return self._samples
