"""Which terms of a dictionary may be like a word: thousands are told apart by their bytes at once.

The rules themselves are `query.likeness.is_alike` and `query.matching.fuzzy_tier`; here is only
what may be so, so that few are asked.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from civicsearch.analysis.folding import has_marks
from civicsearch.query.likeness import ENDING_LETTERS, beginning_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from civicsearch.query.nodes import Fuzzy

__all__ = ["may_be_alike", "may_be_meant"]

_SEPARATOR, _UNACCENTED = 0x1F, 0x1E
_GOES_ON, _GOES_ON_MASK = 0x80, 0xC0  # of the bytes of a character in UTF-8, all but the first


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


def may_be_meant(
    data: NDArray[np.uint8], bounds: NDArray[np.int64], word: Fuzzy
) -> NDArray[np.intp]:
    """Return the places of terms that may be what a perhaps misspelled word means.

    An edit takes one letter away at most and brings one at most. Which forms are compared, see
    there; one of the same folded form may be meant anyway.

    Args:
        data: Terms as in the dictionary, one after the other.
        bounds: Where each begins, and the end.
        word: The word.
    """
    starts, ends = bounds[:-1] + 1, bounds[1:]  # behind the group
    separators = (data == _SEPARATOR).nonzero()[0]  # one in each term
    differing = np.maximum(*_differing(data, starts, separators, word.folded))
    found = differing <= word.distance
    if has_marks(word.exact):
        is_signed = data.take(ends - 1) == _UNACCENTED
        is_folded = separators + 1 == ends
        starts = np.where(is_folded, starts, separators + 1)
        ends = np.where(is_folded, separators, ends - is_signed)
        near = np.maximum(*_differing(data, starts, ends, word.exact)) <= word.distance
        found = near | (found & is_signed) | (differing == 0)
    places: NDArray[np.intp] = found.nonzero()[0]
    return places


def _differing(
    data: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64], text: str
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many letters of a text each piece of some data lacks, and how many others it has.

    Both in whatever order, a letter as often as it stands there.
    """
    held = np.zeros(len(starts), np.int64)
    for letter, asked in Counter(text).items():
        code = letter.encode()
        size = max(len(data) - len(code) + 1, 0)
        is_there = data[:size] == code[0]
        for place, byte in enumerate(code[1:], start=1):
            is_there &= data[place : place + size] == byte
        held += np.minimum(_counted(is_there, starts, ends), asked)
    is_letter = (data & _GOES_ON_MASK) != _GOES_ON
    return len(text) - held, _counted(is_letter, starts, ends) - held


def _counted(
    is_there: NDArray[np.bool_], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return how many are true in each piece."""
    counts = np.zeros(len(is_there) + 1, np.int32)
    np.cumsum(is_there, out=counts[1:])
    last = len(is_there)
    return counts.take(np.minimum(ends, last)) - counts.take(np.minimum(starts, last))


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
