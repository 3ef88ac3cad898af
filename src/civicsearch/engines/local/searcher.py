"""Evaluates requests on a snapshot of the Whoosh index, whole arrays at a time.

Every node of a query becomes a mask of the documents that match and an array of their scores.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from civicsearch.document import Document
from civicsearch.engines.local.fields import (
    DOCUMENT,
    DOCUMENT_ID,
    FACET_VALUES,
    LENGTH,
    MOMENT,
    NO_MOMENT,
    ORIGIN,
    origin_term,
)
from civicsearch.engines.local.postings import leaf_frequencies
from civicsearch.query.nodes import And, MatchAll, Not, Or, describe
from civicsearch.ranking.bm25 import TIER_WEIGHTS, idf, saturate
from civicsearch.search.engine import Explanation, Match, Matches, TotalHits
from civicsearch.search.request import Sort

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from civicsearch.query.nodes import Leaf, Query
    from civicsearch.schema import Schema
    from civicsearch.search.engine import FacetCounts
    from civicsearch.search.request import Filters, SearchRequest

__all__ = ["LocalSearcher"]


class _Scored(NamedTuple):
    """The documents that a query matches, and their scores (0 where it does not)."""

    mask: NDArray[np.bool_]
    scores: NDArray[np.float64]


class LocalSearcher:
    """A snapshot; a lock lets threads take turns, since a Whoosh reader cannot be shared."""

    def __init__(self, reader: Any, *, folder: Path, schema: Schema) -> None:  # noqa: ANN401
        self._reader = reader
        self._folder = folder
        self._schema = schema
        self._lock = threading.RLock()
        self._size = reader.doc_count_all() if reader is not None else 0
        deleted = [reader.is_deleted(number) for number in range(self._size)] if self._size else []
        self._live = ~np.array(deleted, dtype=bool)

    def count(self) -> int:
        """Return how many documents there are."""
        return int(self._live.sum())

    def document(self, document_id: str) -> Document | None:
        """Return a stored document, or None."""
        with self._lock:
            number = self._number(document_id)
            if number is None:
                return None
            stored = self._reader.stored_fields(number)
        return Document.from_dict(json.loads(stored[DOCUMENT]))

    def find_origin(self, path: str) -> tuple[str, str] | None:
        """Return the document id and sha256 last ingested from `path`, or None."""
        if not self._size:
            return None
        beginning = origin_term(path)
        with self._lock:
            for term in list(self._reader.expand_prefix(ORIGIN, beginning)):
                for number in self._documents_with(ORIGIN, term):
                    return self._ids[number], term.decode()[len(beginning) :]
        return None

    def search(self, request: SearchRequest) -> Matches:
        """Return the matches that `request` asks for."""
        if not self._size:
            empty = dict.fromkeys(request.facets, ())
            return Matches(total=TotalHits(value=0), matches=(), facets=empty)
        with self._lock:
            found = self._evaluate(request.query)
            numbers = np.flatnonzero(found.mask & self._live)
            numbers = self._filtered(numbers, request.filters)
            page = self._ordered(numbers, found.scores, request.sort)
            page = page[request.offset : request.offset + request.limit]
            facets = {name: self._counted(name, numbers) for name in request.facets}
            matches = tuple(Match(self._ids[n], float(found.scores[n])) for n in page)
        return Matches(total=TotalHits(value=len(numbers)), matches=matches, facets=facets)

    def explain(self, query: Query, document_id: str) -> Explanation | None:
        """Return how `query` scores one document, or None where it does not match."""
        with self._lock:
            number = self._number(document_id)
            if number is None:
                return None
            found = self._evaluate(query)
            if not found.mask[number]:
                return None
            parts = tuple(
                Explanation(
                    value=float(self._leaf(leaf).scores[number]), description=describe(leaf)
                )
                for leaf in self._scored_leaves(query, number)
            )
        return Explanation(
            value=float(found.scores[number]), description="sum of what matches", parts=parts
        )

    # --- evaluation ---

    def _evaluate(self, query: Query) -> _Scored:
        match query:
            case And():
                children = [self._evaluate(child) for child in query.children]
                mask = np.logical_and.reduce([child.mask for child in children])
            case Or():
                children = [self._evaluate(child) for child in query.children]
                counts = np.add.reduce([child.mask for child in children], dtype=np.int64)
                mask = np.greater_equal(counts, query.minimum)
            case Not():
                return _Scored(~self._evaluate(query.child).mask, np.zeros(self._size))
            case MatchAll():
                return _Scored(np.ones(self._size, dtype=bool), np.zeros(self._size))
            case _:
                return self._leaf(query)
        scores = np.sum([child.scores for child in children], axis=0)
        return _Scored(mask, np.where(mask, scores, 0.0))

    def _leaf(self, leaf: Leaf) -> _Scored:
        frequencies = leaf_frequencies(self._reader, leaf, schema=self._schema)
        document_frequency = int(np.count_nonzero(frequencies))
        weights = sum(
            weight * saturate(frequencies[tier], self._lengths, self._average_length)
            for tier, weight in enumerate(TIER_WEIGHTS)
        )
        scores = idf(document_frequency, self.count()) * weights
        return _Scored(np.any(frequencies > 0, axis=0), scores)

    def _scored_leaves(self, query: Query, number: int) -> Iterator[Leaf]:
        match query:
            case And() | Or():
                for child in query.children:
                    if self._evaluate(child).mask[number]:
                        yield from self._scored_leaves(child, number)
            case Not() | MatchAll():
                return
            case _:
                yield query

    # --- order, filters, facets ---

    def _ordered(
        self, numbers: NDArray[np.intp], scores: NDArray[np.float64], sort: Sort
    ) -> NDArray[np.intp]:
        """Return document numbers in the order of `search.ordering.sort_key`."""
        moments = self._moments[numbers].astype(np.float64)
        undated = moments == NO_MOMENT
        newest = np.where(undated, np.inf, -moments)
        oldest = np.where(undated, np.inf, moments)
        best = -np.round(scores[numbers], 9)
        ids = self._id_ranks[numbers]
        if sort is Sort.RELEVANCE:
            order = np.lexsort((ids, newest, best))
        else:
            order = np.lexsort((ids, best, newest if sort is Sort.NEWEST else oldest))
        return numbers[order]

    def _filtered(self, numbers: NDArray[np.intp], filters: Filters) -> NDArray[np.intp]:
        if not (filters.published_from or filters.published_to or filters.sources):
            return numbers
        kept = [
            number
            for number in numbers
            if filters.accept(
                published_key=self._moment(number),
                source=next(iter(self._facet_values(number)["source"]), ""),
            )
        ]
        return np.array(kept, dtype=np.intp)

    def _counted(self, facet: str, numbers: NDArray[np.intp]) -> FacetCounts:
        counts: Counter[str] = Counter()
        for number in numbers:
            counts.update(self._facet_values(number)[facet])
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    # --- columns, each read once ---

    @cached_property
    def _ids(self) -> list[str]:
        return list(map(str, self._column(DOCUMENT_ID)))

    @cached_property
    def _id_ranks(self) -> NDArray[np.intp]:
        ranks = np.empty(self._size, dtype=np.intp)
        ranks[sorted(range(self._size), key=self._ids.__getitem__)] = np.arange(self._size)
        return ranks

    @cached_property
    def _lengths(self) -> NDArray[np.float64]:
        return np.array(self._column(LENGTH), dtype=np.float64)

    @cached_property
    def _average_length(self) -> float:
        total = float(self._lengths[self._live].sum())
        return total / self.count() if total else 1.0

    @cached_property
    def _moments(self) -> NDArray[np.int64]:
        return np.array(self._column(MOMENT), dtype=np.int64)

    @cached_property
    def _facets(self) -> list[bytes]:
        return self._column(FACET_VALUES)

    def _facet_values(self, number: int) -> Mapping[str, list[str]]:
        values: Mapping[str, list[str]] = json.loads(self._facets[number])
        return values

    def _moment(self, number: int) -> int | None:
        moment = int(self._moments[number])
        return None if moment == NO_MOMENT else moment

    def _column(self, name: str) -> list[Any]:
        with self._lock:
            column = self._reader.column_reader(name)
            return [column[number] for number in range(self._size)]

    def _number(self, document_id: str) -> int | None:
        if not self._size:
            return None
        return next(self._documents_with(DOCUMENT_ID, document_id), None)

    def _documents_with(self, field: str, term: str | bytes) -> Iterator[int]:
        if (field, term) in self._reader:
            matcher = self._reader.postings(field, term)
            while matcher.is_active():
                yield matcher.id()
                matcher.next()
