"""Evaluates one query on one snapshot: which documents match, and their scores, as arrays.

Every node of a query becomes a mask of the documents that match and an array of their scores. A
leaf is read from the index once, however often the query and its explanation need it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from civicsearch.engines.local.postings import leaf_frequencies, phrase_frequencies_in
from civicsearch.query.nodes import And, MatchAll, Not, Or, Words, describe, iter_pairs
from civicsearch.ranking.bm25 import PAIR_WEIGHT, TIER_WEIGHTS, idf, saturate
from civicsearch.search.engine import Explanation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from civicsearch.query.nodes import Leaf, Phrase, Query
    from civicsearch.schema import Schema

__all__ = ["Collection", "Evaluation", "Scored"]


class Scored(NamedTuple):
    """The documents that a query matches, and their scores (0 where it does not).

    Attributes:
        mask: bool, shape (number of documents with deleted ones,).
        scores: float64, of the same shape.
    """

    mask: NDArray[np.bool_]
    scores: NDArray[np.float64]


class Collection(NamedTuple):
    """What scores need to know of all documents.

    Attributes:
        size: How many documents there are, with deleted ones.
        documents: How many without them.
        lengths: Zone-weighted numbers of words, float64, shape (size,).
        average_length: Their mean over documents that are not deleted.
    """

    size: int
    documents: int
    lengths: NDArray[np.float64]
    average_length: float


class Evaluation:
    """One query at work. Not for threads to share: it reads a Whoosh reader."""

    def __init__(self, reader: Any, collection: Collection, *, schema: Schema) -> None:  # noqa: ANN401
        self._reader = reader
        self._collection = collection
        self._schema = schema
        self._leaves: dict[Leaf, tuple[Scored, float]] = {}

    def evaluate(self, query: Query) -> Scored:
        """Return the documents that `query` matches and their scores by words alone."""
        match query:
            case And() | Or() | Words():
                return self._combined(query)
            case Not():
                return Scored(~self.evaluate(query.child).mask, np.zeros(self._collection.size))
            case MatchAll():
                size = self._collection.size
                return Scored(np.ones(size, dtype=bool), np.zeros(size))
            case _:
                return self._leaf(query)[0]

    def pair_scores(self, query: Query, documents: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return what neighbouring words of `query` add to the scores of some documents.

        Args:
            query: The query.
            documents: Their numbers, ascending.
        """
        total = np.zeros(len(documents))
        for pair in dict.fromkeys(iter_pairs(query)):
            total += self._pair(pair, documents)
        return total

    def explain(self, query: Query, number: int, *, with_pairs: bool) -> Explanation:
        """Return the parts of the score of a document that `query` matches."""
        parts = [
            Explanation(value=float(self._leaf(leaf)[0].scores[number]), description=describe(leaf))
            for leaf in self._scored_leaves(query, number)
        ]
        for pair in dict.fromkeys(iter_pairs(query)) if with_pairs else ():
            value = float(self._pair(pair, np.array([number]))[0])
            if value:
                description = f"next to each other: {describe(pair)}"
                parts.append(Explanation(value=value, description=description))
        value = sum(part.value for part in parts)
        return Explanation(value=value, description="sum of what matches", parts=tuple(parts))

    def _combined(self, query: And | Or | Words) -> Scored:
        children = [self.evaluate(child) for child in query.children]
        counts = np.add.reduce([child.mask for child in children], dtype=np.int64)
        match query:
            case And():
                minimum = len(children)
            case Or():
                minimum = 1
            case Words():
                minimum = query.minimum
        mask = np.greater_equal(counts, minimum)
        scores = np.sum([child.scores for child in children], axis=0)
        return Scored(mask, np.where(mask, scores, 0.0))

    def _leaf(self, leaf: Leaf) -> tuple[Scored, float]:
        """Return the documents and scores of a leaf, and its idf."""
        if leaf not in self._leaves:
            frequencies = leaf_frequencies(self._reader, leaf, schema=self._schema)
            rarity = idf(int(np.count_nonzero(frequencies)), self._collection.documents)
            scores = rarity * self._weights(frequencies, self._collection.lengths)
            self._leaves[leaf] = Scored(np.any(frequencies > 0, axis=0), scores), rarity
        return self._leaves[leaf]

    def _pair(self, pair: Phrase, documents: NDArray[np.intp]) -> NDArray[np.float64]:
        frequencies = phrase_frequencies_in(self._reader, pair, documents, schema=self._schema)
        rarity = sum(self._leaf(term)[1] for term in pair.terms)
        weights = self._weights(frequencies, self._collection.lengths[documents])
        return PAIR_WEIGHT * rarity * weights

    def _weights(
        self, frequencies: NDArray[np.float64], lengths: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        total = np.zeros(len(lengths))
        for tier, weight in enumerate(TIER_WEIGHTS):
            average = self._collection.average_length
            total += weight * saturate(frequencies[tier], lengths, average)
        return total

    def _scored_leaves(self, query: Query, number: int) -> Iterator[Leaf]:
        match query:
            case And() | Or() | Words():
                for child in query.children:
                    if self.evaluate(child).mask[number]:
                        yield from self._scored_leaves(child, number)
            case Not() | MatchAll():
                return
            case _:
                yield query
