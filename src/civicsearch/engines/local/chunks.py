"""Texts as bytes, a letter each, and cut at white space, by arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from civicsearch.engines.local.chunk_table import MAX_BYTES

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["WHITE_SPACE", "Chunks", "Letters"]

WHITE_SPACE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + "\u2028\u2029\u202f\u205f\u3000"
)
"""What `str.split` parts words at."""
_BLANKS_IN_NUMBERS = " \u00a0\u202f"
"""What may part the groups of a number, among other things."""
_UNKNOWN, _SPACE, _BLANK, _FIRST_LETTER = range(4)  # bytes
_POINTS = 1 << 16  # the code points that may have a byte
_GROUP = 3  # digits


class Chunks(NamedTuple):
    """Where the chunks of a text are: what white space parts.

    Attributes:
        data: The text as bytes, a letter each, and `MAX_BYTES` more.
        starts: Where each chunk begins, int64; the same in the text and in `data`.
        sizes: How many letters each has, int64, none of them 0.
        unknown: The places of letters that have no byte of their own.
        in_numbers: The places of blanks behind a digit and before a group of them.
    """

    data: NDArray[np.uint8]
    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]
    unknown: NDArray[np.int64]
    in_numbers: NDArray[np.int64]


class Letters:
    """Gives letters a byte each, as they are met, until there is none left.

    The byte of a letter never changes. There are 253; 5,000 real articles have 275 signs, most of
    the last ones in a name or two.
    """

    def __init__(self) -> None:
        # By code point; the last is that of all that lie beyond.
        self._bytes_of = np.full(_POINTS + 1, _UNKNOWN, np.uint8)
        self._bytes_of[list(map(ord, WHITE_SPACE))] = _SPACE
        self._bytes_of[list(map(ord, _BLANKS_IN_NUMBERS))] = _BLANK
        self._is_digit = np.zeros(256, bool)
        self._next = _FIRST_LETTER

    def cut(self, text: str) -> Chunks:
        """Return where the chunks of a text are."""
        data = np.zeros(len(text) + MAX_BYTES, np.uint8)
        letters = data[: len(text)]
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        self._bytes_of.take(points, mode="clip", out=letters)
        unknown = (letters == _UNKNOWN).nonzero()[0]
        if len(unknown) and self._learn(points.take(unknown)):
            letters[unknown] = self._bytes_of.take(points.take(unknown), mode="clip")
            unknown = unknown[letters.take(unknown) == _UNKNOWN]
        gaps = (letters - np.uint8(_SPACE) <= _BLANK - _SPACE).nonzero()[0]
        starts = np.zeros(len(gaps) + 1, np.int64)
        starts[1:] = gaps + 1
        sizes = np.append(gaps, len(text)) - starts
        filled = sizes.nonzero()[0]
        in_numbers = self._in_numbers(data, gaps)
        return Chunks(data, starts.take(filled), sizes.take(filled), unknown, in_numbers)

    def _learn(self, points: NDArray[np.uint32]) -> bool:
        """Give letters bytes, and return whether there were any."""
        known = np.unique(points)
        taken = known[known < _POINTS][: len(self._is_digit) - self._next]
        own = np.arange(self._next, self._next + len(taken))
        self._bytes_of[taken] = own
        self._is_digit[own] = [chr(point).isdecimal() for point in taken.tolist()]
        self._next += len(taken)
        return len(taken) > 0

    def _in_numbers(self, data: NDArray[np.uint8], gaps: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the gaps that are blanks behind a digit and before three."""
        # Before the first letter is the last byte, which is none.
        found: NDArray[np.int64] = gaps[self._is_digit.take(data.take(gaps - 1))]
        found = found[data.take(found) == _BLANK]
        for place in range(1, _GROUP + 1):
            found = found[self._is_digit.take(data.take(found + place))]
        return found
