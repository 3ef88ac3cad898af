"""The exact score of a few documents in a query, by words alone and by where these stand.

The documents are read once for all words of the query; every node of the query is then told from
how often each leaf was found.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from civicsearch.engines.local.placing import Placement
from civicsearch.query.leaves import words_in
from civicsearch.query.nodes import (
    MEANT_SHARE,
    And,
    Boost,
    MatchAll,
    Not,
    Or,
    Range,
    Words,
    describe,
    iter_leaves,
    iter_shares,
)
from civicsearch.query.pairs import iter_weighted_pairs
from civicsearch.ranking.bm25 import PAIR_WEIGHT, pair_rarity
from civicsearch.ranking.impacts import UNIT
from civicsearch.search.engine import Explanation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from civicsearch.engines.local.conditions import Conditions
    from civicsearch.engines.local.forms import Word
    from civicsearch.engines.local.leaves import LeafReader
    from civicsearch.engines.local.scanning import Scan
    from civicsearch.query.nodes import Leaf, Query, Term
    from civicsearch.ranking.impacts import Collection

__all__ = ["Scorer"]


class _Node(NamedTuple):
    """What some documents get from a node: whether they match, and their scores (0 if not)."""

    matched: NDArray[np.bool_]
    scores: NDArray[np.float64]


class _Reading(NamedTuple):
    """What was read in some documents of one query; no scan where all was told already."""

    documents: NDArray[np.intp]
    norms: NDArray[np.float64]
    scan: Scan | None
    leaves: Mapping[Leaf, NDArray[np.float64]]


class Scorer:
    """Scores documents of one query, in any order and number; what it has read it remembers."""

    def __init__(
        self,
        query: Query,
        *,
        collection: Collection,
        leaves: LeafReader,
        conditions: Conditions,
        share_of: Callable[[NDArray[np.intp]], NDArray[np.float64]] | None = None,
    ) -> None:
        """Score documents of `query`; `share_of` tells what share of their scores they keep."""
        self._query = query
        self._share_of = share_of
        self._collection = collection
        self._leaves = leaves
        self._conditions = conditions
        self._asked = tuple(dict.fromkeys(iter_leaves(query)))
        self._pairs = tuple(iter_weighted_pairs(query))
        words = (word for leaf in self._asked for word in words_in(leaf))
        scoped = dict.fromkeys(map(leaves.scope_word, words))
        self._numbers: dict[Word, int] = {word: number for number, word in enumerate(scoped)}
        found = {word: leaves.found(word) for word in scoped}
        self._forms = [found[word].forms for word in scoped]
        self._word_rarities = [found[word].impacts.rarity for word in scoped]
        self._rarity_alone = leaves.rarity_alone(query)
        self._rarities = {
            leaf: (found[leaf] if leaf in found else leaves.found(leaf)).impacts.rarity
            for leaf in (self._asked if self._rarity_alone is None else ())
        }
        self._read_documents: list[NDArray[np.intp]] = []
        self._read_places: list[NDArray[np.float64]] = []

    @property
    def has_pairs(self) -> bool:
        """Whether neighbours count in the query at all."""
        return bool(self._pairs)

    def scores(self, documents: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the scores of some ascending documents by words alone, 0 for those without."""
        reading = self._read(documents)
        if self._pairs:  # read now is read once
            self._read_documents.append(documents)
            self._read_places.append(self._weigh_places(reading))
        scores = self._node(self._query, reading).scores
        return scores if self._share_of is None else scores * self._share_of(documents)

    def scores_of_any(self, documents: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the same of documents in any order."""
        order = documents.argsort()
        scores = np.empty(len(documents))
        scores[order] = self.scores(documents.take(order))
        return scores

    def pair_rarities(self, best: NDArray[np.intp]) -> tuple[float, ...]:
        """Return what each pair counts, by how it is spread over the best documents.

        Args:
            best: All documents in which neighbours count; they were scored before.
        """
        held = np.count_nonzero(self._weights_in(best)[:-1], axis=1).tolist()
        return tuple(pair_rarity(own, len(best)) for own in held)

    def pair_scores(
        self, documents: NDArray[np.intp], rarities: Sequence[float]
    ) -> NDArray[np.float64]:
        """Return what neighbours, and all places, add in documents that were scored before."""
        weights = self._weights_in(documents)
        scores: NDArray[np.float64] = weights[-1]
        for worth, own in zip(self._worth_of_pairs(rarities), weights[:-1], strict=True):
            scores = scores + worth * own  # in one order, however many documents: to the last bit
        return scores if self._share_of is None else scores * self._share_of(documents)

    def _weights_in(self, documents: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the weight of each pair, and last what all places add; shape (..., documents)."""
        known, weights = self._read_documents[0], self._read_places[0]
        if len(self._read_documents) > 1:
            known = np.concatenate(self._read_documents)
            order = known.argsort(kind="stable")
            known = known.take(order)
            weights = np.concatenate(self._read_places, axis=1).take(order, axis=1)
        return weights.take(known.searchsorted(documents), axis=1)

    def _worth_of_pairs(self, rarities: Sequence[float]) -> list[float]:
        pairs = zip(self._pairs, rarities, strict=True)
        return [PAIR_WEIGHT * factor * rarity for (_, factor), rarity in pairs]

    def explain(self, document: int, rarities: Sequence[float]) -> Explanation:
        """Return the parts of the score of a document that the query matches.

        Args:
            document: Its number.
            rarities: What each pair counts; none where neighbours do not count in this one.
        """
        reading = self._read(np.array([document]))
        parts = [
            Explanation(
                value=factor * float(reading.leaves[leaf][0]), description=_said(leaf, factor)
            )
            for leaf, factor in self._scored_leaves(self._query, reading, 1.0)
        ]
        if rarities:
            weights = self._pair_weights(reading)[:, 0].tolist()
            worth = self._worth_of_pairs(rarities)
            for (pair, factor), own, weight in zip(self._pairs, worth, weights, strict=True):
                if weight:
                    description = f"next to each other: {_said(pair, factor)}"
                    parts.append(Explanation(value=own * weight, description=description))
            parts.extend(self._placed_parts(reading))
        value = sum(part.value for part in parts)
        found = Explanation(value=value, description="sum of what matches", parts=tuple(parts))
        if self._share_of is None:
            return found
        return found.times(float(self._share_of(np.array([document]))[0]))

    def _read(self, documents: NDArray[np.intp]) -> _Reading:
        told = self._told(documents)
        if told is not None:
            return _Reading(documents, np.empty(0), None, told)
        scan = self._leaves.scan(self._forms, documents)
        norms = self._collection.norms_of(documents)
        values = {}
        words = self._leaves.weigh(scan.all_words, norms)
        for leaf in self._asked:
            number = self._numbers.get(leaf)  # type: ignore[arg-type] # others are just not there
            if number is None:  # no word, or one that is looked for in one zone
                value = self._leaves.worth(leaf, scan, self._numbers, norms)
            else:
                value = words[number]
            values[leaf] = self._rarities[leaf] * value
        return _Reading(documents, norms, scan, values)

    def _told(self, documents: NDArray[np.intp]) -> Mapping[Leaf, NDArray[np.float64]] | None:
        """Return what each leaf is worth, if it is known, or not read with others."""
        if self._rarity_alone is not None:
            (leaf,) = self._asked
            return {leaf: self._rarity_alone * self._leaves.worth_in(leaf, documents)}
        if self._pairs or any(leaf in self._numbers for leaf in self._asked):
            return None
        values = {}
        for leaf in self._asked:
            worth = self._leaves.told(leaf, documents)
            if worth is None:
                return None
            values[leaf] = self._rarities[leaf] * worth
        return values

    def _node(self, query: Query, reading: _Reading) -> _Node:
        count = len(reading.documents)
        match query:
            case And() | Or() | Words():
                return self._combined(query, reading)
            case Not():
                return _Node(~self._node(query.child, reading).matched, np.zeros(count))
            case Boost():
                child = self._node(query.child, reading)
                return _Node(child.matched, query.factor * child.scores)
            case MatchAll():
                return _Node(np.ones(count, bool), np.zeros(count))
            case Range():
                found = self._conditions.published(query.low, query.high, reading.documents)
                return _Node(found, np.zeros(count))
            case _:
                values = reading.leaves[query]
                return _Node(values > 0, values)

    def _combined(self, query: And | Or | Words, reading: _Reading) -> _Node:
        nodes = [self._read_as(*read, reading) for read in query.readings()]
        total = nodes[0].scores
        quorum = self._leaves.quorum(query)
        counts = nodes[0].matched * np.int64(quorum.votes[0])
        for node, votes in zip(nodes[1:], quorum.votes[1:], strict=True):
            total = total + node.scores
            counts += node.matched * np.int64(votes)
        matched = counts >= quorum.least
        return _Node(matched, total if matched.all() else np.where(matched, total, 0.0))

    def _read_as(self, child: Query, meant: Term | None, reading: _Reading) -> _Node:
        """Return what a child gets; it shares its score with the form that it is meant as."""
        node = self._node(child, reading)
        if meant is None:
            return node
        scores = (1 - MEANT_SHARE) * node.scores + MEANT_SHARE * reading.leaves[meant]
        return _Node(node.matched, scores)

    @cached_property
    def _placement(self) -> Placement:
        return Placement(self._query, numbers=self._numbers, rarities=self._word_rarities)

    def _parts_of_places(self, reading: _Reading) -> NDArray[np.float64]:
        """Return what the place of each word adds; see `Placement.parts`."""
        lengths = self._collection.lengths.take(reading.documents).astype(np.float64)
        lengths *= UNIT
        assert reading.scan is not None  # noqa: S101 - where neighbours count, all is read
        return self._placement.parts(reading.scan, lengths, self._collection.average_length)

    def _placed_parts(self, reading: _Reading) -> Iterator[Explanation]:
        """Yield the same of one document, with words."""
        said = [f"early: {_said(*own)}" for own in self._placement.early.items()]
        said += [f"close to others: {_said(*own)}" for own in self._placement.close.items()]
        values = self._parts_of_places(reading)[:, 0].tolist()
        for value, description in zip(values, said, strict=True):
            if value:
                yield Explanation(value=value, description=description)

    def _weigh_places(self, reading: _Reading) -> NDArray[np.float64]:
        """Return the weight of each pair in each document, and last what all places add."""
        weights = np.zeros((len(self._pairs) + 1, len(reading.documents)))
        weights[:-1] = self._pair_weights(reading)
        parts = self._parts_of_places(reading)
        if len(parts):  # `sum` adds up in another order for one document than for two
            weights[-1] = parts.cumsum(axis=0)[-1]
        return weights

    def _pair_weights(self, reading: _Reading) -> NDArray[np.float64]:
        """Return the weight of each pair in each document, shape (pairs, documents)."""
        by_field: dict[str | None, list[int]] = {}
        for number, (pair, _) in enumerate(self._pairs):
            by_field.setdefault(pair.field, []).append(number)
        weights = np.empty((len(self._pairs), len(reading.documents)))
        scope = self._leaves.scope_word
        assert reading.scan is not None  # noqa: S101 - where neighbours count, all is read
        for field, own in by_field.items():
            asked = [[self._numbers[scope(w)] for w in self._pairs[n][0].terms] for n in own]
            found = reading.scan.phrases(asked, self._leaves.zone_of(field))
            weights[own] = self._leaves.weigh(found, reading.norms)
        return weights

    def _scored_leaves(
        self, query: Query, reading: _Reading, factor: float
    ) -> Iterator[tuple[Leaf, float]]:
        match query:
            case And() | Or() | Words():
                for child, own in iter_shares(query, factor):
                    if self._node(child, reading).matched[0]:
                        yield from self._scored_leaves(child, reading, own)
            case Boost():
                yield from self._scored_leaves(query.child, reading, factor * query.factor)
            case Not() | MatchAll() | Range():
                return
            case _:
                yield query, factor


def _said(leaf: Leaf, factor: float) -> str:
    return describe(leaf) if factor == 1.0 else f"{describe(leaf)}^{factor:g}"
