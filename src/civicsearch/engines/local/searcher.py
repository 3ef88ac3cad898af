"""Answers requests on one snapshot: which way to evaluate, page, facets, documents."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from civicsearch.engines.local.conditions import Conditions
from civicsearch.engines.local.evaluation import Evaluation
from civicsearch.engines.local.leaves import LeafReader
from civicsearch.engines.local.ordering import Ordering
from civicsearch.query.nodes import (
    And,
    Boost,
    MatchAll,
    Not,
    Or,
    Range,
    Words,
    has_accents,
    iter_weighted_pairs,
)
from civicsearch.ranking.bm25 import pair_window
from civicsearch.ranking.topk import choose, matching, scores
from civicsearch.search.engine import Match, Matches, TotalHits
from civicsearch.search.request import Sort

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from numpy.typing import NDArray

    from civicsearch.document import Document
    from civicsearch.engines.local.layout import FieldLayout
    from civicsearch.engines.local.snapshot import Snapshot
    from civicsearch.query.nodes import Leaf, Phrase, Query
    from civicsearch.schema import Schema
    from civicsearch.search.engine import Explanation, FacetCounts
    from civicsearch.search.request import SearchRequest

    Accept = Callable[[NDArray[np.intp]], NDArray[np.bool_]] | None
    Scores = Callable[[NDArray[np.intp]], NDArray[np.float64]]

__all__ = ["LocalSearcher"]


class Flat(NamedTuple):
    """A query without depth: leaves, and how many of them must match."""

    leaves: tuple[Leaf, ...]
    minimum: int


class LocalSearcher:
    """A snapshot of an archive; threads may share it."""

    def __init__(
        self,
        snapshot: Snapshot,
        *,
        schema: Schema,
        layout: FieldLayout,
        reading: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """Search `snapshot`; `reading` turns what damaged files raise into errors of ours."""
        self._snapshot = snapshot
        self._reading = reading
        self._leaves = LeafReader(snapshot, schema=schema, layout=layout)
        self._conditions = Conditions(snapshot)
        self._evaluation = Evaluation(snapshot, self._leaves, self._conditions)
        self._ordering = Ordering(snapshot)

    def count(self) -> int:
        """Return how many documents there are."""
        return self._snapshot.documents

    def document(self, document_id: str) -> Document | None:
        """Return a stored document, or None."""
        with self._reading():
            number = self._snapshot.number_of(document_id)
            return None if number is None else self._snapshot.document(number)

    def find_origin(self, path: str) -> tuple[str, str] | None:
        """Return the document id and sha256 last ingested from `path`, or None."""
        with self._reading():
            for segment, _ in reversed(self._snapshot.places):
                for number in segment.numbers_with_origin(path):
                    document = segment.stored.document(number)
                    for origin in document.origins:
                        if origin.path == path:
                            return document.document_id, origin.sha256
        return None

    def search(self, request: SearchRequest) -> Matches:
        """Return the matches that `request` asks for."""
        if not self._snapshot.documents:
            empty = dict.fromkeys(request.facets, ())
            return Matches(total=TotalHits(value=0), matches=(), facets=empty)
        with self._reading():
            flat = _flat(request.query)
            return self._answer(request) if flat is None else self._answer_flat(request, flat)

    def explain(self, request: SearchRequest, document_id: str) -> Explanation | None:
        """Return how one document gets its score in `request`, or None where it is no match."""
        with self._reading():
            number = self._snapshot.number_of(document_id)
            if number is None:
                return None
            accept = self._conditions.accept(request.filters)
            documents, scores_of = self._evaluated(request.query, accept)
            if number not in documents:
                return None
            with_pairs = False
            if request.sort is Sort.RELEVANCE:
                window = pair_window(has_accents=has_accents(request.query))
                best = self._ordering.best(documents, scores_of(documents), window)
                with_pairs = number in documents[best]
            return self._evaluation.explain(request.query, number, with_pairs=with_pairs)

    # --- two ways to evaluate ---

    def _answer_flat(self, request: SearchRequest, flat: Flat) -> Matches:
        """Answer by the best documents alone where nothing else is asked for."""
        leaves = [self._leaves.impacts(leaf) for leaf in flat.leaves]
        accept = self._conditions.accept(request.filters)
        collection = self._snapshot.collection
        is_by_date = request.sort is not Sort.RELEVANCE
        every = None
        if is_by_date or request.facets or not request.limit:
            every = matching(leaves, collection, minimum=flat.minimum, accept=accept)
        total = None if every is None else len(every)
        candidates = every
        if not is_by_date and request.limit:
            candidates, known = choose(
                leaves,
                collection,
                minimum=flat.minimum,
                limit=max(request.reach, _window_of(request)),
                accept=accept,
                among=every,
            )
            total = known if total is None else total

        def count() -> TotalHits:
            with self._reading():
                found = matching(leaves, collection, minimum=flat.minimum, accept=accept)
                return TotalHits(value=len(found))

        assert candidates is not None  # noqa: S101 - one of the two ways was taken
        return Matches(
            total=count if total is None else TotalHits(value=total),
            matches=self._page(request, candidates, partial(scores, leaves)),
            facets=self._facets(request, every),
        )

    def _answer(self, request: SearchRequest) -> Matches:
        """Answer a query of any shape by all documents that match."""
        accept = self._conditions.accept(request.filters)
        documents, scores_of = self._evaluated(request.query, accept)
        return Matches(
            total=TotalHits(value=len(documents)),
            matches=self._page(request, documents, scores_of),
            facets=self._facets(request, documents),
        )

    def _evaluated(self, query: Query, accept: Accept) -> tuple[NDArray[np.intp], Scores]:
        """Return all documents that match, ascending, and what gives the scores of some."""
        scored = self._evaluation.evaluate(query)
        mask = scored.mask if self._snapshot.live is None else scored.mask & self._snapshot.live
        documents = np.flatnonzero(mask)
        if accept is not None:
            documents = documents[accept(documents)]
        return documents, scored.scores.take

    # --- page and facets ---

    def _page(
        self, request: SearchRequest, documents: NDArray[np.intp], scores_of: Scores
    ) -> tuple[Match, ...]:
        if not request.limit or not len(documents):
            return ()
        if request.sort is not Sort.RELEVANCE:
            first = self._ordering.by_date(documents, scores_of, request.sort, request.reach)
            asked = first[request.offset :]
            return self._matches(asked, scores_of(asked))
        documents, values = self._ranked(request, documents, scores_of(documents))
        page = slice(request.offset, request.reach)
        return self._matches(documents[page], values[page])

    def _ranked(
        self,
        request: SearchRequest,
        documents: NDArray[np.intp],
        values: NDArray[np.float64],
    ) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return the best documents and their scores, neighbouring words counted."""
        pairs = _pairs_of(request)
        if not pairs:
            order = self._ordering.best(documents, values, request.reach)
            return documents[order], values[order]
        after = np.empty(0, np.intp)
        near = np.arange(len(documents))
        window = _window_of(request)
        if len(documents) > window:
            order = self._ordering.best(documents, values, max(request.reach, window))
            near, after = np.sort(order[:window]), order[window:]
        best = documents.take(near)
        paired = values.take(near) + self._evaluation.pair_scores(pairs, best)
        order = self._ordering.best(best, paired, len(best))
        return (
            np.concatenate([best.take(order), documents.take(after)]),
            np.concatenate([paired.take(order), values.take(after)]),
        )

    def _matches(
        self, documents: NDArray[np.intp], values: NDArray[np.float64]
    ) -> tuple[Match, ...]:
        return tuple(
            Match(self._snapshot.document_id(number), score, partial(self._load, number))
            for number, score in zip(documents.tolist(), values.tolist(), strict=True)
        )

    def _load(self, number: int) -> Document:
        with self._reading():
            return self._snapshot.document(number)

    def _facets(
        self, request: SearchRequest, documents: NDArray[np.intp] | None
    ) -> dict[str, FacetCounts]:
        if documents is None:
            return {}
        return {name: self._counted(name, documents) for name in request.facets}

    def _counted(self, name: str, documents: NDArray[np.intp]) -> FacetCounts:
        facet = self._snapshot.facet(name)
        if facet.documents is None:
            ordinals = facet.ordinals.take(documents)
        else:
            asked = np.zeros(self._snapshot.size, bool)
            asked[documents] = True
            ordinals = facet.ordinals[asked[facet.documents]]
        counts = np.bincount(ordinals, minlength=len(facet.values))[: len(facet.values)]
        found = np.flatnonzero(counts)
        pairs = [(facet.values[place], int(counts[place])) for place in found.tolist()]
        return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def _pairs_of(request: SearchRequest) -> tuple[tuple[Phrase, float], ...]:
    """Return the neighbours that count in `request`, by relevance, with their factors."""
    return tuple(iter_weighted_pairs(request.query))


def _window_of(request: SearchRequest) -> int:
    """Return in how many of the best documents neighbours count; 0 where none do."""
    return pair_window(has_accents=has_accents(request.query)) if _pairs_of(request) else 0


def _flat(query: Query) -> Flat | None:
    """Return `query` as leaves in a row, where it is no more than that."""
    match query:
        case And():
            children, minimum = query.children, len(query.children)
        case Or():
            children, minimum = query.children, 1
        case Words():
            children, minimum = query.children, query.minimum
        case _:
            children, minimum = (query,), 1
    if any(isinstance(child, _NESTED) for child in children):
        return None
    return Flat(children, minimum)  # type: ignore[arg-type] # what is not nested is a leaf


_NESTED = And, Or, Words, Not, MatchAll, Range, Boost
