"""Evaluates queries of any shape: every node becomes the set of documents that match, and scores.

Flat queries, which most are, go another way where only the best are wanted (`ranking.topk`); this
one is for the rest, for totals, facets and orders by date, and for explanations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from civicsearch.query.nodes import (
    And,
    Boost,
    MatchAll,
    Not,
    Or,
    Range,
    Words,
    describe,
    iter_weighted_pairs,
)
from civicsearch.ranking.bm25 import PAIR_WEIGHT, TIER_WEIGHTS, saturate
from civicsearch.ranking.impacts import UNIT
from civicsearch.ranking.topk import scores
from civicsearch.search.engine import Explanation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from civicsearch.engines.local.conditions import Conditions
    from civicsearch.engines.local.leaves import LeafReader
    from civicsearch.engines.local.snapshot import Snapshot
    from civicsearch.query.nodes import Leaf, Phrase, Query

    Pairs = Sequence[tuple[Phrase, float]]

__all__ = ["Evaluation"]


class Scored(NamedTuple):
    """The documents that a query matches, and their scores (0 where it does not).

    Attributes:
        mask: bool, shape (number of documents with deleted ones,).
        scores: float64, of the same shape.
    """

    mask: NDArray[np.bool_]
    scores: NDArray[np.float64]


class Evaluation:
    """Evaluates queries on one snapshot. Threads may share it."""

    def __init__(self, snapshot: Snapshot, leaves: LeafReader, conditions: Conditions) -> None:
        self._snapshot = snapshot
        self._leaves = leaves
        self._conditions = conditions

    def evaluate(self, query: Query) -> Scored:
        """Return the documents that `query` matches and their scores by words alone."""
        match query:
            case And() | Or() | Words():
                return self._combined(query)
            case Not():
                return self._unscored(~self.evaluate(query.child).mask)
            case MatchAll():
                return self._unscored(np.ones(self._snapshot.size, bool))
            case Range():
                return self._unscored(self._conditions.published(query.low, query.high))
            case Boost():
                child = self.evaluate(query.child)
                return Scored(child.mask, query.factor * child.scores)
            case _:
                return self._leaf(query)

    def pair_scores(self, pairs: Pairs, documents: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return what neighbouring words of a query add to the scores of some documents.

        Args:
            pairs: The neighbours, with their factors.
            documents: Numbers of documents, ascending.
        """
        total = np.zeros(len(documents))
        for _, _, values in self._pairs(pairs, documents):
            total += values
        return total

    def explain(self, query: Query, number: int, *, with_pairs: bool) -> Explanation:
        """Return the parts of the score of a document that `query` matches."""
        documents = np.array([number])
        parts = []
        for leaf, factor in self._scored_leaves(query, number, 1.0):
            value = factor * float(scores([self._leaves.impacts(leaf)], documents)[0])
            parts.append(Explanation(value=value, description=_described(leaf, factor)))
        pairs = tuple(iter_weighted_pairs(query)) if with_pairs else ()
        for pair, factor, values in self._pairs(pairs, documents):
            if values[0]:
                description = f"next to each other: {_described(pair, factor)}"
                parts.append(Explanation(value=float(values[0]), description=description))
        value = sum(part.value for part in parts)
        return Explanation(value=value, description="sum of what matches", parts=tuple(parts))

    def _unscored(self, mask: NDArray[np.bool_]) -> Scored:
        return Scored(mask, np.zeros(self._snapshot.size))

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
        total = np.sum([child.scores for child in children], axis=0)
        return Scored(mask, np.where(mask, total, 0.0))

    def _leaf(self, leaf: Leaf) -> Scored:
        impacts = self._leaves.impacts(leaf)
        documents = impacts.documents.astype(np.intp)
        found = self._unscored(np.zeros(self._snapshot.size, bool))
        found.mask[documents] = True
        found.scores[documents] = impacts.rarity * impacts.values.astype(np.float64)
        return found

    def _pairs(
        self, pairs: Pairs, documents: NDArray[np.intp]
    ) -> Iterator[tuple[Phrase, float, NDArray[np.float64]]]:
        """Yield each pair of neighbours with its factor and its scores in some documents."""
        by_field: dict[str | None, dict[Phrase, float]] = {}
        for pair, factor in pairs:
            by_field.setdefault(pair.field, {}).setdefault(pair, factor)
        for field, factors in by_field.items():
            matrix = self._pair_matrix(field, list(factors), documents)
            for (pair, factor), row in zip(factors.items(), matrix, strict=True):
                yield pair, factor, factor * row

    def _pair_matrix(
        self, field: str | None, pairs: list[Phrase], documents: NDArray[np.intp]
    ) -> NDArray[np.float64]:
        """Return the scores of pairs in one field, shape (pairs, documents)."""
        terms = [term for pair in pairs for term in pair.terms]
        words, numbers = self._leaves.words_of(terms, field)
        occurrences = self._leaves.occurrences(words, documents, field)
        which, found = occurrences.pairs(
            [(numbers[pair.terms[0]], numbers[pair.terms[1]]) for pair in pairs]
        )
        inside, weights = self._leaves.frequencies(found, field)
        if inside is not None:
            weights = weights * inside
        count = len(documents)
        places = (found.tiers * len(pairs) + which) * count + found.documents
        size = len(TIER_WEIGHTS) * len(pairs) * count
        summed = np.bincount(places, weights=weights, minlength=size).astype(np.float64)
        frequencies = (summed * UNIT).reshape(len(TIER_WEIGHTS), len(pairs), count)
        collection = self._snapshot.collection
        lengths = collection.lengths.take(documents).astype(np.float64) * UNIT
        matrix = np.zeros((len(pairs), count))
        for weight, found_in_tier in zip(TIER_WEIGHTS, frequencies, strict=True):
            matrix += weight * saturate(found_in_tier, lengths, collection.average_length)
        matrix *= np.array([PAIR_WEIGHT * self._rarity(pair) for pair in pairs])[:, None]
        return matrix

    def _rarity(self, pair: Phrase) -> float:
        return sum(self._leaves.impacts(term).rarity for term in pair.terms)

    def _scored_leaves(
        self, query: Query, number: int, factor: float
    ) -> Iterator[tuple[Leaf, float]]:
        match query:
            case And() | Or() | Words():
                for child in query.children:
                    if self.evaluate(child).mask[number]:
                        yield from self._scored_leaves(child, number, factor)
            case Boost():
                yield from self._scored_leaves(query.child, number, factor * query.factor)
            case Not() | MatchAll() | Range():
                return
            case _:
                yield query, factor


def _described(leaf: Leaf, factor: float) -> str:
    return describe(leaf) if factor == 1.0 else f"{describe(leaf)}^{factor:g}"
