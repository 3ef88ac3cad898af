"""Answers requests on one snapshot: which way to evaluate, page, facets, documents."""

from __future__ import annotations

from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from civicsearch.engines.local.columns import NO_MOMENT
from civicsearch.engines.local.conditions import Conditions
from civicsearch.engines.local.leaves import LeafReader
from civicsearch.engines.local.ordering import Ordering
from civicsearch.engines.local.paging import FirstPage, Paging, end_of, slack_of
from civicsearch.engines.local.scoring import Scorer
from civicsearch.query.nodes import (
    MEANT_SHARE,
    And,
    Boost,
    MatchAll,
    Not,
    Or,
    Range,
    Words,
    is_guessed,
)
from civicsearch.query.pairs import has_pairs
from civicsearch.ranking.bm25 import pair_window
from civicsearch.ranking.impacts import Weighted
from civicsearch.ranking.recency import FLOOR, recency
from civicsearch.ranking.topk import Candidates, best_of, choose, matching
from civicsearch.search.engine import Match, Matches, TotalHits
from civicsearch.search.quorum import Quorum
from civicsearch.search.request import SECONDS_A_DAY, Sort

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from numpy.typing import NDArray

    from civicsearch.document import Document
    from civicsearch.engines.local.evaluation import Evaluation
    from civicsearch.engines.local.layout import FieldLayout
    from civicsearch.engines.local.snapshot import Snapshot
    from civicsearch.query.nodes import Leaf, Query, Term
    from civicsearch.ranking.impacts import Found
    from civicsearch.ranking.topk import Accept
    from civicsearch.schema import Schema
    from civicsearch.search.engine import Explanation, FacetCounts, Summary
    from civicsearch.search.position import Position
    from civicsearch.search.request import SearchRequest
    from civicsearch.suggesting.vocabulary import Vocabulary


__all__ = ["LocalSearcher"]

_NO_BOOSTS: Mapping[int, float] = {}
_POSSIBLE_AT_ONCE = 64
"""Of what may match so many are read first: fifty more take as long as to begin again."""


class Flat(NamedTuple):
    """A query without depth: leaves, which of them must match, and what they are meant as.

    Leaves that count more or less have their factor in `boosts`, by their place.
    """

    leaves: tuple[Leaf, ...]
    quorum: Quorum
    meant: tuple[Term | None, ...] = ()
    boosts: Mapping[int, float] = _NO_BOOSTS


class _Chosen(NamedTuple):
    """What is chosen by bounds, before anything is scored.

    Attributes:
        candidates: What may be among the best.
        every: All that match, ascending, where that is asked for or known by the way.
        total: How many these are, or what counts them.
        are_certain: Whether all candidates match; else only those with a score above 0 do.
    """

    candidates: Candidates
    every: NDArray[np.intp] | None
    total: TotalHits | Callable[[], TotalHits]
    are_certain: bool = True


class LocalSearcher:
    """A snapshot of an archive; threads may share it."""

    def __init__(
        self,
        snapshot: Snapshot,
        *,
        schema: Schema,
        layout: FieldLayout,
        reading: AbstractContextManager[None],
        revision: str = "",
    ) -> None:
        """Search `snapshot`, which is that of one commit.

        Args:
            snapshot: What was committed.
            schema: Its fields.
            layout: How their words are counted.
            reading: Turns what damaged files raise into errors of ours.
            revision: What tells this commit from others.
        """
        self.revision = revision
        self._snapshot = snapshot
        self._reading = reading
        self._leaves = LeafReader(snapshot, schema=schema, layout=layout)
        self._conditions = Conditions(snapshot)
        self._ordering = Ordering(snapshot)
        self._last_window: tuple[Query | None, int] = (None, 0)

    def count(self) -> int:
        """Return how many documents there are."""
        return self._snapshot.documents

    def frequency(self, leaf: Leaf) -> int:
        """Return in how many documents a leaf is found, in whatever tier."""
        with self._reading:
            return self._leaves.frequency(leaf)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of all documents, and their neighbours."""
        from civicsearch.engines.local.vocabulary import LocalVocabulary  # noqa: PLC0415 - rarely used

        return LocalVocabulary(self._snapshot, reading=self._reading)

    def document(self, document_id: str) -> Document | None:
        """Return a stored document, or None."""
        with self._reading:
            number = self._snapshot.number_of(document_id)
            return None if number is None else self._snapshot.document(number)

    def find_origin(self, path: str) -> tuple[str, str] | None:
        """Return the document id and sha256 last ingested from `path`, or None."""
        with self._reading:
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
        with self._reading:
            return self._answer(request)

    def explain(self, request: SearchRequest, document_id: str) -> Explanation | None:
        """Return how one document gets its score in `request`, or None where it is no match."""
        with self._reading:
            number = self._snapshot.number_of(document_id)
            if number is None:
                return None
            scorer = self._scorer(request)
            candidates = self._matching(request)
            if number not in candidates.documents:
                return None
            best, rarities = self._best_of(request, candidates, scorer)
            return scorer.explain(number, rarities if number in best else ())

    def _best_of(
        self, request: SearchRequest, candidates: Candidates, scorer: Scorer
    ) -> tuple[NDArray[np.intp], tuple[float, ...]]:
        """Return the documents in which neighbours count, and what each pair counts there."""
        if request.after is not None:
            paging = self._paging(request, candidates, scorer)
            return paging.paired(request.after), request.after.rarities
        window = self._window(request)
        if request.is_by_date or not window:
            return _NOTHING.documents, ()
        documents, values = best_of(candidates, window, scorer.scores)
        best = documents.take(self._ordering.best_set(documents, values, window))
        return best, scorer.pair_rarities(best)

    @cached_property
    def _evaluation(self) -> Evaluation:
        from civicsearch.engines.local.evaluation import Evaluation  # noqa: PLC0415 - seldom used

        return Evaluation(self._snapshot, self._leaves, self._conditions)

    # --- which documents ---

    def _answer(self, request: SearchRequest) -> Matches:
        """Choose what may be among the best, by bounds; then score that exactly."""
        if request.after is not None:
            return self._continue(request, request.after)
        flat = self._flat(request.query)
        if flat is None or request.sort is Sort.RECENT:
            found = self._matching(request)
            chosen = _Chosen(found, found.documents, TotalHits(value=len(found.documents)))
        else:
            chosen = self._possible(request, flat) or self._chosen(request, flat)
        candidates, every, total, are_certain = chosen
        if request.is_by_date:
            assert every is not None  # noqa: S101 - for the type checker
            candidates = Candidates(every, np.zeros(len(every), np.float32), None)
        page = self._page(request, candidates, are_certain=are_certain)
        least = len(candidates.documents)
        if not are_certain:
            least = len(page.scored[0]) if page.scored else 0
        return Matches(
            total=total,
            matches=self._matches(page.documents, page.values),
            facets=self._facets(request, every),
            end=partial(self._end, request, page, least, total),
            ranked=partial(self._ids, page.ranked),
        )

    def _possible(self, request: SearchRequest, flat: Flat) -> _Chosen | None:
        """Return where a phrase may be found, say, if not all that match are asked for.

        None where that is known, as it was asked for before, or is so of any query.
        """
        if request.is_by_date or request.facets or not request.limit:
            return None
        rarity = self._leaves.rarity_alone(request.query)
        if rarity is None:
            return None
        possible = self._leaves.possible(flat.leaves[0], few=_POSSIBLE_AT_ONCE)
        if possible is None:
            return None
        documents, bounds = possible.documents, possible.bounds * np.float32(rarity)
        accept = self._conditions.accept(request.filters)
        if accept is not None:
            kept = accept(documents)
            documents, bounds = documents[kept], bounds[kept]
        total = cache(partial(self._count, flat, request))
        return _Chosen(Candidates(documents, bounds, None), None, total, are_certain=False)

    def _chosen(self, request: SearchRequest, flat: Flat) -> _Chosen:
        """Return what may be among the best of a flat query, and all that match, if asked for."""
        factor = self._leaves.factor_alone(request.query)
        if factor != 1.0:
            flat = flat._replace(boosts={0: factor * flat.boosts.get(0, 1.0)})
        leaves = self._impacts(flat)
        accept = self._conditions.accept(request.filters)
        every = None
        if request.is_by_date or request.facets or not request.limit:
            every = self._all_matching(flat, leaves, accept)
        candidates = _NOTHING
        if request.limit and not request.is_by_date:
            limit = max(request.reach, self._window(request))
            candidates = choose(
                leaves,
                self._snapshot.size,
                minimum=flat.quorum.least,
                votes=flat.quorum.votes,
                limit=limit,
                accept=accept,
                among=every,
            )
            candidates = self._closer(candidates, leaves, limit)
        known = candidates.total if every is None else len(every)
        if known is not None:
            return _Chosen(candidates, every, TotalHits(value=known))
        return _Chosen(candidates, every, cache(partial(self._count, flat, request)))

    def _continue(self, request: SearchRequest, after: Position) -> Matches:
        """Answer with the page after a hit: all that match are candidates."""
        candidates = self._matching(request)
        scorer = self._scorer(request)
        page, end = self._paging(request, candidates, scorer).page(request, after)
        return Matches(
            total=TotalHits(value=len(candidates.documents)),
            matches=self._matches(page.documents, page.values),
            facets=self._facets(request, candidates.documents),
            end=end,
        )

    def _paging(self, request: SearchRequest, candidates: Candidates, scorer: Scorer) -> Paging:
        return Paging(
            candidates,
            slack=slack_of(request.query, self._leaves) * self._leaves.factor_alone(request.query),
            scorer=scorer,
            snapshot=self._snapshot,
        )

    def _flat(self, query: Query) -> Flat | None:
        """Return `query` as leaves in a row, where it is no more than that."""
        if not isinstance(query, And | Or | Words):
            return None if isinstance(query, _NESTED) else Flat((query,), _ANY)
        children, boosts = query.children, _NO_BOOSTS
        if any(isinstance(child, Boost) for child in children):
            boosts = {
                n: child.factor for n, child in enumerate(children) if isinstance(child, Boost)
            }
            children = tuple(c.child if isinstance(c, Boost) else c for c in children)
        if any(isinstance(child, _NESTED) for child in children):
            return None
        meant = query.meant if isinstance(query, Words) else ()
        return Flat(children, self._leaves.quorum(query), meant, boosts)  # type: ignore[arg-type] # what is not nested is a leaf

    def _impacts(self, flat: Flat) -> list[Found]:
        """Return what each leaf finds; one that is meant in a form, together with that."""
        found: list[Found] = [self._leaves.impacts(leaf) for leaf in flat.leaves]
        for place, factor in flat.boosts.items():
            found[place] = Weighted((self._leaves.impacts(flat.leaves[place]), factor))
        for place, meant in enumerate(flat.meant):
            if meant is not None:
                own = self._leaves.impacts(flat.leaves[place])
                rest = flat.boosts.get(place, 1.0) * (1 - MEANT_SHARE)
                found[place] = Weighted((own, rest), (self._leaves.impacts(meant), MEANT_SHARE))
        return found

    def _closer(self, candidates: Candidates, leaves: Sequence[Found], limit: int) -> Candidates:
        """Return candidates with closer bounds, where segments differ in their average length.

        With the bounds that choose, of three segments of 6,000 to 50,000 articles, twice as many
        documents are scored.
        """
        documents = candidates.documents
        measure = self._snapshot.measure(documents) if len(documents) > limit else None
        if measure is None:
            return candidates
        bounds = np.zeros(len(documents), np.float32)
        for leaf in leaves:
            bounds += leaf.bounds(documents, measure)
        return candidates._replace(bounds=bounds)

    def _count(self, flat: Flat, request: SearchRequest) -> TotalHits:
        with self._reading:
            leaves = [self._leaves.impacts(leaf) for leaf in flat.leaves]
            accept = self._conditions.accept(request.filters)
            return TotalHits(value=len(self._all_matching(flat, leaves, accept)))

    def _all_matching(
        self, flat: Flat, leaves: Sequence[Found], accept: Accept
    ) -> NDArray[np.intp]:
        least, votes = flat.quorum.least, flat.quorum.votes
        return matching(leaves, self._snapshot.size, minimum=least, votes=votes, accept=accept)

    def _matching(self, request: SearchRequest) -> Candidates:
        """Return all documents that a query of any shape matches, with their bounds."""
        accept = self._conditions.accept(request.filters)
        bounded = self._evaluation.evaluate(request.query)
        mask = bounded.mask if self._snapshot.live is None else bounded.mask & self._snapshot.live
        documents = mask.nonzero()[0]
        if accept is not None:
            documents = documents[accept(documents)]
        bounds = bounded.bounds.take(documents)
        bounds *= np.float32(self._leaves.factor_alone(request.query))
        if request.sort is Sort.RECENT:
            bounds = (bounds * self._recency(request, documents)).astype(np.float32)
        return Candidates(documents, bounds, len(documents))

    def _recency(self, request: SearchRequest, documents: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the share of their scores that documents keep by their age."""
        moments = self._snapshot.moments.take(documents)
        ages = np.maximum(request.newest - moments // SECONDS_A_DAY, 0).astype(np.float64)
        return np.where(moments == NO_MOMENT, FLOOR, recency(ages))

    def _scorer(self, request: SearchRequest) -> Scorer:
        is_recent = request.sort is Sort.RECENT
        return Scorer(
            request.query,
            share_of=partial(self._recency, request) if is_recent else None,
            collection=self._snapshot.collection,
            leaves=self._leaves,
            conditions=self._conditions,
        )

    # --- page and facets ---

    def _window(self, request: SearchRequest) -> int:
        """Return in how many of the best documents neighbours count; 0 where none do."""
        query, window = self._last_window  # a search asks twice: 25 us each time
        if query is not request.query:
            query, window = request.query, 0
            if has_pairs(query):
                window = pair_window(is_guessed=is_guessed(query))
            self._last_window = query, window
        return window

    def _page(
        self, request: SearchRequest, candidates: Candidates, *, are_certain: bool
    ) -> FirstPage:
        if not request.limit or not len(candidates.documents):
            return FirstPage(_NOTHING.documents, np.empty(0))
        scorer = self._scorer(request)
        page = slice(request.offset, request.reach)
        if request.is_by_date:
            documents = self._ordering.by_date(
                candidates.documents, scorer.scores, request.sort, request.reach
            )[page]
            return FirstPage(documents, scorer.scores_of_any(documents))
        window = self._window(request)
        at_once = 0 if are_certain else _POSSIBLE_AT_ONCE
        scored = best_of(candidates, max(request.reach, window), scorer.scores, at_once=at_once)
        if not are_certain:
            matched = scored[1].nonzero()[0]
            scored = scored[0].take(matched), scored[1].take(matched)
        documents, values, rarities = self._ranked(request, window, scorer, *scored)
        return FirstPage(documents[page], values[page], scored, rarities, documents)

    def _end(
        self,
        request: SearchRequest,
        page: FirstPage,
        least: int,
        total: TotalHits | Callable[[], TotalHits],
    ) -> Position | None:
        """Return where a page ends, if others follow; `least` documents match, or more."""
        if not len(page.documents):
            return None
        if least <= request.reach:
            found = total if isinstance(total, TotalHits) else total()
            if found.value <= request.reach:
                return None
        window = self._window(request)
        with self._reading:
            return end_of(page, request.reach, window, snapshot=self._snapshot)

    def _ranked(
        self,
        request: SearchRequest,
        window: int,
        scorer: Scorer,
        documents: NDArray[np.intp],
        values: NDArray[np.float64],
    ) -> tuple[NDArray[np.intp], NDArray[np.float64], tuple[float, ...]]:
        """Return the best documents and their scores, neighbours counted in `window` of them.

        And what each pair of neighbours counts.
        """
        if not window:
            order = self._ordering.best(documents, values, request.reach)
            return documents[order], values[order], ()
        near = self._ordering.best_set(documents, values, window)
        best = documents.take(near)
        rarities = scorer.pair_rarities(best)
        paired = values.take(near) + scorer.pair_scores(best, rarities)
        order = self._ordering.best(best, paired, len(best))
        best, paired = best.take(order), paired.take(order)
        if request.reach <= window or len(documents) <= window:
            return best, paired, rarities
        order = self._ordering.best(documents, values, request.reach)
        after = order[window:]
        return (
            np.concatenate([best, documents.take(after)]),
            np.concatenate([paired, values.take(after)]),
            rarities,
        )

    def _matches(
        self, documents: NDArray[np.intp], values: NDArray[np.float64]
    ) -> tuple[Match, ...]:
        return tuple(
            Match(
                self._snapshot.matched_id(number),
                score,
                partial(self._load, number),
                partial(self._summarize, number),
            )
            for number, score in zip(documents.tolist(), values.tolist(), strict=True)
        )

    def _ids(self, documents: NDArray[np.intp] | None) -> list[str]:
        with self._reading:
            numbers = [] if documents is None else documents.tolist()
            return [self._snapshot.matched_id(number) for number in numbers]

    def _summarize(self, number: int) -> Summary:
        with self._reading:
            return self._snapshot.summary(number)

    def _load(self, number: int) -> Document:
        with self._reading:
            return self._snapshot.document(number)

    def _facets(
        self, request: SearchRequest, documents: NDArray[np.intp] | None
    ) -> dict[str, FacetCounts]:
        if documents is None:
            return {}
        return {name: self._snapshot.counted(name, documents) for name in request.facets}


_ANY = Quorum((1,), 1)
_NOTHING = Candidates(np.empty(0, np.intp), np.empty(0, np.float32), None)
_NESTED = And, Or, Words, Not, MatchAll, Range, Boost
