"""The words of documents in memory, counted plainly; see `suggesting.vocabulary`."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from civicsearch.analysis.analyzer import UNACCENTED
from civicsearch.analysis.folding import fold
from civicsearch.query.likeness import is_alike
from civicsearch.suggesting.vocabulary import (
    TITLE_TIMES,
    Form,
    Neighbours,
    SideBySide,
    most_of,
    ordered,
    settled,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from civicsearch.analysis.tokens import Token

__all__ = ["MemoryVocabulary"]


class MemoryVocabulary:
    """The words of documents, given by id as lists of the tokens of each zone."""

    def __init__(
        self, documents: Mapping[str, Sequence[Sequence[Token]]], *, title: int | None
    ) -> None:
        """Count the words of documents; `title` is the place of the title among the zones."""
        self._documents = documents
        self._forms: Counter[tuple[str, str]] = Counter()
        self._occurrences: Counter[str] = Counter()
        self._weighted: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        for zones in documents.values():
            tokens = [token for zone in zones for token in zone]
            self._forms.update({(token.exact, token.folded) for token in tokens})
            self._occurrences.update(token.exact for token in tokens)
            for place, zone in enumerate(zones):
                times = TITLE_TIMES if place == title else 1
                words = [token.exact for token in zone]
                for word in words:
                    self._weighted[word] += times
                for pair in pairwise(words):
                    if not any(word.removesuffix(UNACCENTED).isdigit() for word in pair):
                        self._pairs[pair] += times
        self._settled, self._signed = settled(self._forms)

    def forms(self, folded: str) -> list[Form]:
        """Return all forms of a folded word; see `Vocabulary`."""
        return [form for form in self._ordered() if form.folded == folded]

    def beginning(self, folded: str, *, most: int) -> list[Form]:
        """Return the most frequent forms whose folded form begins so; see `Vocabulary`."""
        return [form for form in self._ordered() if form.folded.startswith(folded)][:most]

    def alike(self, folded: str) -> list[Form]:
        """Return the forms of words like a folded word; see `Vocabulary`."""
        found: Counter[tuple[str, str]] = Counter()
        for zones in self._documents.values():
            words = {(token.exact, token.folded) for zone in zones for token in zone}
            found.update(
                (exact.removesuffix(UNACCENTED), other)
                for exact, other in words
                if is_alike(folded, other)
            )
        return ordered(found)

    def _ordered(self) -> list[Form]:
        return ordered(self._settled)

    def _stored_as(self, words: Sequence[str]) -> list[str]:
        """Return words with the sign of documents without accents, where they count in these."""
        return [word + UNACCENTED if word in self._signed else word for word in words]

    def folded_words(self, first: str = "") -> dict[str, int]:
        """Return folded words; see `Vocabulary`."""
        found = most_of(self._settled.items())
        return {word: count for word, count in found.items() if word.startswith(first)}

    def neighbours(self, columns: Sequence[Sequence[str]]) -> list[Neighbours]:
        """Return how often exact forms stand next to each other; see `Vocabulary`."""
        stored = map(self._stored_as, columns)
        return [self._neighbours(first, second) for first, second in pairwise(stored)]

    def _neighbours(self, first: Sequence[str], second: Sequence[str]) -> Neighbours:
        after = Counter(pair[1] for pair in self._pairs)
        before = Counter(pair[0] for pair in self._pairs)
        begun: Counter[str] = Counter()
        for pair, count in self._pairs.items():
            begun[pair[0]] += count
        counts = [[self._pairs[one, other] for other in second] for one in first]
        return Neighbours(
            counts=np.array(counts, float).reshape(len(first), len(second)),
            occurrences=np.array([self._weighted[word] for word in first], float),
            plain=np.array([self._occurrences[word] for word in first], float),
            followed=np.array([begun[word] for word in first], float),
            followers=np.array([before[word] for word in first], float),
            preceding=np.array([after[word] for word in second], float),
            pairs=float(len(self._pairs)),
        )

    def side_by_side(self, columns: Sequence[Sequence[str]]) -> SideBySide:
        """Return how often exact forms stand next to each other; see `Vocabulary`."""
        stored = list(map(self._stored_as, columns))
        return SideBySide(
            [np.array([self._weighted[word] for word in words], float) for words in stored],
            [self._neighbours(*both).counts for both in pairwise(stored)],
        )

    def followers(self, first: str, *, most: int, beginning: str = "") -> list[tuple[str, float]]:
        """Return the words that most often stand behind an exact form; see `Vocabulary`."""
        (stored,) = self._stored_as([first])
        found = [
            (bare, float(count))
            for (one, other), count in self._pairs.items()
            if one == stored and fold(bare := other.removesuffix(UNACCENTED)).startswith(beginning)
        ]
        return sorted(found, key=lambda item: (-item[1], item[0]))[:most]

    def in_order(self, document_ids: Sequence[str], words: Sequence[str]) -> NDArray[np.int64]:
        """Return the words of documents, in order, as places in `words`; see `Vocabulary`."""
        places = {word: place for place, word in enumerate(self._stored_as(words))}
        return np.array(
            [
                places.get(word, -1)
                for document_id in document_ids
                for zone in self._documents.get(document_id, ())
                for word in (*(token.exact for token in zone), "")
            ],
            np.int64,
        )
