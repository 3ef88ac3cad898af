"""Answers requests on a snapshot of the Whoosh index: order, filters, facets, stored documents.

Which documents match, and how well, is computed in `evaluation`.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from civicsearch.document import Document
from civicsearch.engines.local.damage import report_damage
from civicsearch.engines.local.evaluation import Collection, Evaluation
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
from civicsearch.errors import DocumentNotFoundError
from civicsearch.ranking.bm25 import PAIR_WINDOW
from civicsearch.search.engine import Match, Matches, TotalHits
from civicsearch.search.request import Sort

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from civicsearch.schema import Schema
    from civicsearch.search.engine import Explanation, FacetCounts
    from civicsearch.search.request import Filters, SearchRequest

__all__ = ["LocalSearcher"]


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
        with self._reading():
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
        with self._reading():
            for term in list(self._reader.expand_prefix(ORIGIN, beginning)):
                for number in self._documents_with(ORIGIN, term):
                    return self._ids[number], term.decode()[len(beginning) :]
        return None

    def search(self, request: SearchRequest) -> Matches:
        """Return the matches that `request` asks for."""
        if not self._size:
            empty = dict.fromkeys(request.facets, ())
            return Matches(total=TotalHits(value=0), matches=(), facets=empty)
        with self._reading():
            ranked, scores = self._ranked(request, self._evaluation())
            page = ranked[request.offset : request.offset + request.limit]
            facets = {name: self._counted(name, ranked) for name in request.facets}
            matches = tuple(self._match(n, float(scores[n])) for n in page)
        return Matches(total=TotalHits(value=len(ranked)), matches=matches, facets=facets)

    def explain(self, request: SearchRequest, document_id: str) -> Explanation | None:
        """Return how one document gets its score in `request`, or None where it is no match."""
        with self._reading():
            number = self._number(document_id)
            if number is None:
                return None
            evaluation = self._evaluation()
            ranked, _ = self._ranked(request, evaluation)
            place = np.flatnonzero(ranked == number)
            if not len(place):
                return None
            with_pairs = request.sort is Sort.RELEVANCE and place[0] < PAIR_WINDOW
            return evaluation.explain(request.query, number, with_pairs=bool(with_pairs))

    def _match(self, number: int, score: float) -> Match:
        document_id = self._ids[number]

        def load() -> Document:
            document = self.document(document_id)
            if document is None:  # a snapshot never loses a document that it found
                raise DocumentNotFoundError(document_id)
            return document

        return Match(document_id, score, load)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock, report_damage(self._folder):
            yield

    def _evaluation(self) -> Evaluation:
        collection = Collection(self._size, self.count(), self._lengths, self._average_length)
        return Evaluation(self._reader, collection, schema=self._schema)

    def _ranked(
        self, request: SearchRequest, evaluation: Evaluation
    ) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return the numbers of all matches in order, and the scores of all documents."""
        found = evaluation.evaluate(request.query)
        numbers = self._filtered(np.flatnonzero(found.mask & self._live), request.filters)
        ranked = self._ordered(numbers, found.scores, request.sort)
        if request.sort is not Sort.RELEVANCE:
            return ranked, found.scores
        best = np.sort(ranked[:PAIR_WINDOW])
        scores = found.scores.copy()
        scores[best] += evaluation.pair_scores(request.query, best)
        best = self._ordered(best, scores, request.sort)
        return np.concatenate([best, ranked[PAIR_WINDOW:]]), scores

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
        try:
            document_id.encode()
        except UnicodeEncodeError:  # out of a terminal with bytes that are no text
            return None
        if not self._size:
            return None
        return next(self._documents_with(DOCUMENT_ID, document_id), None)

    def _documents_with(self, field: str, term: str | bytes) -> Iterator[int]:
        if (field, term) in self._reader:
            matcher = self._reader.postings(field, term)
            while matcher.is_active():
                yield matcher.id()
                matcher.next()
