"""Which terms of a dictionary may be like a word: thousands are told apart by their bytes at once.

The rule itself is `query.likeness.is_alike`; here is only what may be so, so that few are asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from civicsearch.query.likeness import ENDING_LETTERS, beginning_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["may_be_alike"]

_SEPARATOR = 0x1F


def may_be_alike(
    data: NDArray[np.uint8], bounds: NDArray[np.int64], folded: str
) -> NDArray[np.intp]:
    """Return the places of terms whose folded form may be like a folded word.

    One edit leaves all letters but one, or two that are swapped, in a common beginning or ending.

    Args:
        data: Terms as in the dictionary, one after the other.
        bounds: Where each begins, and the end.
        folded: The word; nothing is like one with other letters than Latin ones.
    """
    asked = folded.encode()
    starts = bounds[:-1] + 1  # behind the group
    ends = (data == _SEPARATOR).nonzero()[0]  # one in each term
    lengths = ends - starts
    near = (np.abs(lengths - len(asked)) <= ENDING_LETTERS).nonzero()[0]
    starts, ends, lengths = starts.take(near), ends.take(near), lengths.take(near)
    first = _agreeing(data, starts, lengths, asked, step=1)
    last = _agreeing(data, ends - 1, lengths, asked[::-1], step=-1)
    longest = np.maximum(lengths, len(asked))
    found = (np.abs(lengths - len(asked)) <= 1) & (first + last >= longest - 2)
    beginning = beginning_of(folded)
    if beginning:
        found |= first >= len(beginning)
    kept: NDArray[np.intp] = near[found]
    return kept


def _agreeing(
    data: NDArray[np.uint8],
    starts: NDArray[np.int64],
    lengths: NDArray[np.int64],
    asked: bytes,
    *,
    step: int,
) -> NDArray[np.int64]:
    """Return how many letters of each word, from `starts` on, are those of `asked`."""
    agree = np.ones(len(starts), bool)
    count = np.zeros(len(starts), np.int64)
    for place, byte in enumerate(asked):
        agree &= (place < lengths) & (data.take(starts + place * step, mode="clip") == byte)
        count += agree
    return count
