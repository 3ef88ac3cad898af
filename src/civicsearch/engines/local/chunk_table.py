"""Numbers of short strings, looked up by the hundred thousand at once.

A string of up to 16 bytes is two whole numbers, so that two strings are the same where these are:
nothing is told by a hash alone. To cut a text into strings and to look each up in a dictionary of
Python's takes 180 us for an article of 600 words, most of it to make the strings; by arrays it
takes 30.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MAX_BYTES", "ChunkTable", "packed_bytes"]

MAX_BYTES = 16
_HALF = 8  # what one whole number holds
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_HALF + 1)], np.uint64)
_FIRST_BITS = 12
_NONE = -1

_Halves = tuple["NDArray[np.uint64]", "NDArray[np.uint64]"]


def packed_bytes(
    data: NDArray[np.uint8], starts: NDArray[np.intp], sizes: NDArray[np.intp]
) -> _Halves:
    """Return strings as pairs of whole numbers.

    Args:
        data: What they are cut from, with `MAX_BYTES` more at its end.
        starts: Where each begins.
        sizes: How many bytes each has, up to `MAX_BYTES`; none of them is 0.
    """
    # From each byte the eight that begin there.
    words: NDArray[np.uint64] = np.ndarray(
        len(data) - _HALF + 1, np.dtype("<u8"), data, strides=(1,)
    )
    low = words[starts]
    low &= _MASKS.take(np.minimum(sizes, _HALF))
    high = words[starts + _HALF]
    high &= _MASKS.take(np.maximum(sizes - _HALF, 0))
    return low, high


class ChunkTable:
    """Strings and their numbers, with open addressing.

    What a slot is chosen by is drawn at random for each table: nobody can write a page whose words
    all meet in one. No number depends on it.
    """

    def __init__(self) -> None:
        self._count = 0
        self._odd = [np.uint64(secrets.randbits(64) | 1) for _ in range(2)]
        self._clear(_FIRST_BITS)

    def _clear(self, bits: int) -> None:
        self._shift = np.uint64(64 - bits)
        self._last = (1 << bits) - 1
        self._low = np.zeros(1 << bits, np.uint64)
        self._high = np.zeros(1 << bits, np.uint64)
        self._numbers = np.full(1 << bits, _NONE, np.int32)

    def find(self, low: NDArray[np.uint64], high: NDArray[np.uint64]) -> NDArray[np.int32]:
        """Return the numbers of strings, -1 for what is not there."""
        slots = self._slots(low, high)
        found = self._numbers.take(slots)
        is_other = (self._low.take(slots) != low) | (self._high.take(slots) != high)
        left = (is_other & (found != _NONE)).nonzero()[0]
        while len(left):
            slots[left] = further = slots.take(left) + 1 & self._last
            found[left] = numbers = self._numbers.take(further)
            is_other = self._low.take(further) != low.take(left)
            is_other |= self._high.take(further) != high.take(left)
            left = left[is_other & (numbers != _NONE)]
        return found

    def add(
        self, low: NDArray[np.uint64], high: NDArray[np.uint64], numbers: NDArray[np.int32]
    ) -> None:
        """Add strings that are not there yet, all different, as are their numbers, from 0 on."""
        self._count += len(numbers)
        if 2 * self._count > len(self._numbers):
            used = (self._numbers != _NONE).nonzero()[0]
            known = self._low.take(used), self._high.take(used), self._numbers.take(used)
            self._clear((2 * self._count).bit_length())
            self._put(*known)
        self._put(low, high, numbers)

    def _put(
        self, low: NDArray[np.uint64], high: NDArray[np.uint64], numbers: NDArray[np.int32]
    ) -> None:
        slots = self._slots(low, high)
        left = np.arange(len(numbers))
        while len(left):
            wanted = slots.take(left)
            is_in = self._numbers.take(wanted) == _NONE
            self._numbers[wanted[is_in]] = numbers.take(left[is_in])
            # Of several that wanted one slot, the last has it.
            is_in &= self._numbers.take(wanted) == numbers.take(left)
            self._low[wanted[is_in]] = low.take(left[is_in])
            self._high[wanted[is_in]] = high.take(left[is_in])
            left = left[~is_in]
            slots[left] = slots.take(left) + 1 & self._last

    def _slots(self, low: NDArray[np.uint64], high: NDArray[np.uint64]) -> NDArray[np.intp]:
        hashes = low * self._odd[0] + high * self._odd[1]
        return (hashes >> self._shift).astype(np.intp)
