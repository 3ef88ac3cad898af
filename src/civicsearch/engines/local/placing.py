"""Where in a few documents the words of a query stand: how early, and how close to each other.

Works on what a `Scan` has sighted; what that counts is told by `ranking.placement`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from civicsearch.engines.local.scanning import NO_TIER, TIERS
from civicsearch.query.words import words_in_runs
from civicsearch.ranking.bm25 import TIER_WEIGHTS
from civicsearch.ranking.placement import (
    CLOSE_WEIGHT,
    EARLY_WEIGHT,
    FARTHEST,
    closeness,
    earliness,
    nearness,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from civicsearch.engines.local.forms import Word
    from civicsearch.engines.local.scanning import Scan
    from civicsearch.query.nodes import Query

__all__ = ["Placement", "nearness_in", "openings_in"]

_NOWHERE = 1e9
"""In place of the first place of a word that is not there; nothing counts so late."""
_WEIGHTS = np.array([*TIER_WEIGHTS, 0.0])
"""What a match counts by its tier; 0 for `NO_TIER`."""
_NEARNESS = np.array([0.0, *(nearness(float(apart)) for apart in range(1, FARTHEST + 1))])
"""By distance."""


class Placement:
    """What the places of the words of a query add to scores.

    Attributes:
        early: Words that count more the earlier they stand, and the factor of each.
        close: Words that count more the closer they stand to each other, likewise.
    """

    def __init__(
        self, query: Query, *, numbers: Mapping[Word, int], rarities: Sequence[float]
    ) -> None:
        """Find the words of `query` whose places count.

        Args:
            query: The query.
            numbers: Which number each of its words has in scans.
            rarities: The idf of each word, by number.
        """
        self.close, self.early = words_in_runs(query)
        self._early = [numbers[word] for word in self.early]
        self._close = [numbers[word] for word in self.close]
        early = zip(self._early, self.early.values(), strict=True)
        close = zip(self._close, self.close.values(), strict=True)
        worth = [EARLY_WEIGHT * factor * rarities[number] for number, factor in early]
        worth += [CLOSE_WEIGHT * factor * min(1.0, rarities[number]) for number, factor in close]
        self._worth = np.array(worth)[:, None]

    def parts(
        self, scan: Scan, lengths: NDArray[np.float64], average_length: float
    ) -> NDArray[np.float64]:
        """Return what each word of `early`, then each of `close`, adds to each document.

        Args:
            scan: Of the documents, for all words of the query.
            lengths: Their zone-weighted numbers of words.
            average_length: The mean over all documents.

        Returns:
            Shape (words, documents).
        """
        if not self._early:
            return np.empty((0, scan.size))
        early = openings_in(scan).take(self._early, axis=0)
        close = closeness(nearness_in(scan, self._close), lengths, average_length)
        parts: NDArray[np.float64] = np.concatenate([early, close])
        parts *= self._worth
        return parts


def openings_in(scan: Scan) -> NDArray[np.float64]:
    """Return how early words stand, shape (words, documents): 1 where a document begins so.

    Of a word that is found in several tiers, the best counts: a form farther on may.
    """
    sighted = scan.sightings
    offsets = sighted.places - sighted.starts.take(scan.document_of) - scan.field_of
    words, classes = scan.tiers.shape
    first = np.full(classes * scan.size, _NOWHERE)
    keys = sighted.classes * scan.size + scan.document_of
    first[keys[::-1]] = offsets[::-1]  # of equal keys the last is kept
    early = earliness(first).reshape(classes, scan.size)
    apart = early[: words * TIERS].reshape(words, TIERS, scan.size)
    found: NDArray[np.float64] = (apart * _WEIGHTS[:NO_TIER, None]).max(axis=1)
    for own, tiers in zip(early[words * TIERS :], scan.tiers.T[words * TIERS :], strict=True):
        np.maximum(found, _WEIGHTS.take(tiers)[:, None] * own, out=found)
    return found


def nearness_in(scan: Scan, words: Sequence[int]) -> NDArray[np.float64]:
    """Return the nearness of words to each other, added up, shape (words, documents).

    Each place is that of one word, the first of those that match, and is near only to the places
    of others right before and after it.

    Args:
        scan: What looked for the words.
        words: Their numbers in it, at least one, no two the same.
    """
    matched = scan.tiers.take(words, axis=0) < NO_TIER
    word_of = np.where(matched.any(axis=0), matched.argmax(axis=0), -1)
    word = word_of.take(scan.sightings.classes)
    places, cells, documents = scan.sightings.places, scan.sightings.cells, scan.document_of
    if (word_of < 0).any():
        kept = (word >= 0).nonzero()[0]
        word, places, cells = word.take(kept), places.take(kept), cells.take(kept)
        documents = documents.take(kept)
    distances = places[1:] - places[:-1]
    is_near = distances <= FARTHEST
    is_near &= word[1:] != word[:-1]
    is_near &= cells[1:] == cells[:-1]
    first = is_near.nonzero()[0]
    values = _NEARNESS.take(distances.take(first))
    keys = word * scan.size + documents
    size = len(words) * scan.size
    found = np.zeros(size)
    for side in (first, first + 1):
        found += np.bincount(keys.take(side), values, size)
    return found.reshape(len(words), scan.size)
