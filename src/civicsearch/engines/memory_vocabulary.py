"""The words of documents in memory, counted plainly; see `suggesting.vocabulary`."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from civicsearch.analysis.analyzer import UNACCENTED
from civicsearch.query.likeness import is_alike
from civicsearch.suggesting.vocabulary import TITLE_TIMES, Form, Neighbours, SideBySide, ordered

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
            tokens = [token for zone in zones for token in zone if _is_accented(token.exact)]
            self._forms.update({(token.exact, token.folded) for token in tokens})
            self._occurrences.update(token.exact for token in tokens)
            for place, zone in enumerate(zones):
                times = TITLE_TIMES if place == title else 1
                words = [token.exact for token in zone]
                for word in filter(_is_accented, words):
                    self._weighted[word] += times
                for pair in pairwise(words):
                    if all(map(_tells, pair)):
                        self._pairs[pair] += times

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
        return ordered(self._forms)

    def folded_words(self) -> dict[str, int]:
        """Return folded words; see `Vocabulary`."""
        found: dict[str, int] = {}
        for form in self._ordered():
            found.setdefault(form.folded, form.documents)
        return found

    def neighbours(self, columns: Sequence[Sequence[str]]) -> list[Neighbours]:
        """Return how often exact forms stand next to each other; see `Vocabulary`."""
        return [self._neighbours(first, second) for first, second in pairwise(columns)]

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
        return SideBySide(
            [np.array([self._weighted[word] for word in words], float) for words in columns],
            [self._neighbours(*both).counts for both in pairwise(columns)],
        )

    def followers(self, first: str, *, most: int) -> list[tuple[str, float]]:
        """Return the words that most often stand behind an exact form; see `Vocabulary`."""
        found = [
            (other, float(count)) for (one, other), count in self._pairs.items() if one == first
        ]
        return sorted(found, key=lambda item: (-item[1], item[0]))[:most]

    def in_order(self, document_ids: Sequence[str], words: Sequence[str]) -> NDArray[np.int64]:
        """Return the words of documents, in order, as places in `words`; see `Vocabulary`."""
        places = {word: place for place, word in enumerate(words)}
        return np.array(
            [
                places.get(word, -1)
                for document_id in document_ids
                for zone in self._documents.get(document_id, ())
                for word in (*(token.exact for token in zone), "")
            ],
            np.int64,
        )


def _is_accented(exact: str) -> bool:
    """Return whether a word is of a document that was typed with accents."""
    return not exact.endswith(UNACCENTED)


def _tells(exact: str) -> bool:
    return _is_accented(exact) and not exact.isdigit()
