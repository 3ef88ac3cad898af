"""The page after a hit, however deep, without scoring all that come before it.

No score is above its document's bound, and none is further below it than the query's slack. So
whatever has a bound more than the slack above the score of the hit comes before it, and is not
read; of the others, the best are found by their bounds as those of a first page are
(`ranking.topk.best_of`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from civicsearch.engines.local.columns import NO_MOMENT
from civicsearch.engines.local.ordering import Ordering
from civicsearch.query.nodes import And, Boost, MatchAll, Not, Or, Range, Words, iter_shares
from civicsearch.ranking.topk import Candidates, best_of, narrowed
from civicsearch.search.position import Position, Standing
from civicsearch.search.request import Sort

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from civicsearch.engines.local.leaves import LeafReader
    from civicsearch.engines.local.scoring import Scorer
    from civicsearch.engines.local.snapshot import Snapshot
    from civicsearch.query.nodes import Query
    from civicsearch.search.request import SearchRequest

__all__ = ["FirstPage", "Paging", "end_of", "slack_of"]

_ROUNDING = 2e-5
"""Relative, how far sums of float32 may be off; see `ranking.topk`."""
_DIGITS = 2e-9
"""How far apart scores may be that the order takes for equal, and a little more."""
_BEFORE = -1.0
"""In place of the score of what comes before the page; scores are never below 0."""


class FirstPage(NamedTuple):
    """Hits in order, after no other page.

    Attributes:
        documents: Their numbers.
        values: Their scores, float64, of the same shape.
        scored: Documents, and their scores by words alone, that hold the best, in which
            neighbours count; None in an order by date.
        rarities: What each pair of neighbours counts.
        ranked: Documents in order from the very first hit on, to the end of the page or further.
    """

    documents: NDArray[np.intp]
    values: NDArray[np.float64]
    scored: tuple[NDArray[np.intp], NDArray[np.float64]] | None = None
    rarities: tuple[float, ...] = ()
    ranked: NDArray[np.intp] | None = None


class Ranked(NamedTuple):
    """Some documents in order, and their scores.

    Attributes:
        documents: Their numbers.
        values: Their scores, float64, of the same shape.
        paired: How many, from the first, are of the part in which neighbours count.
    """

    documents: NDArray[np.intp]
    values: NDArray[np.float64]
    paired: int = 0


class Paging:
    """Goes on in the hits of one query on one snapshot."""

    def __init__(
        self,
        candidates: Candidates,
        *,
        slack: float,
        scorer: Scorer,
        snapshot: Snapshot,
    ) -> None:
        """Keep what is known.

        Args:
            candidates: All documents that the query matches.
            slack: By how much a bound may be above the score.
            scorer: Of the query.
            snapshot: What is searched.
        """
        self._candidates = candidates
        self._others = candidates  # without the last hit
        self._slack = slack
        self._scorer = scorer
        self._snapshot = snapshot
        self._ordering = Ordering(snapshot)

    def page(self, request: SearchRequest, after: Position) -> tuple[Ranked, Position | None]:
        """Return the hits after a position, and where they end if others follow."""
        limit = request.limit
        if not limit:
            return _NONE, None
        self._others = self._without(after.last.document_id)
        documents, values, paired = self._following(after, request.sort, limit + 1)
        page = Ranked(documents[:limit], values[:limit], min(paired, limit))
        if len(documents) <= limit:
            return page, None
        edge = after.edge if paired >= limit else None
        last = _standing_of(self._snapshot, documents[limit - 1], values[limit - 1])
        return page, _position(request.passed + limit, last, edge, after.rarities)

    def paired(self, after: Position) -> NDArray[np.intp]:
        """Return the documents in which neighbours count, ascending."""
        edge = self._edge(after)
        return _NONE.documents if edge is None else self._paired(edge)[0]

    def _paired(self, edge: Standing) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return the documents up to `edge`, and their scores by words alone."""
        documents, bounds, _ = self._candidates
        documents = documents[bounds * (1 + _ROUNDING) >= edge.score - _DIGITS]
        values = self._scorer.scores(documents)
        kept = ~self._ordering.after(documents, values, edge)
        return documents[kept], values[kept]

    def _without(self, document_id: str) -> Candidates:
        """Leave the last hit out, wherever it stands now that scores may have changed."""
        number = self._snapshot.number_of(document_id)
        documents, bounds, total = self._candidates
        kept = documents != (-1 if number is None else number)
        return Candidates(documents[kept], bounds[kept], total)

    def _edge(self, after: Position) -> Standing | None:
        return after.edge if self._scorer.has_pairs else None

    def _following(self, after: Position, sort: Sort, limit: int) -> Ranked:
        if sort in {Sort.NEWEST, Sort.OLDEST}:
            return self._by_date(after.last, sort, limit)
        edge = self._edge(after)
        if edge is None:
            return self._by_words(after.last, limit)
        best = self._best(after, edge, limit)
        if best.paired == limit:
            return best
        others = self._by_words(edge, limit - best.paired)
        return Ranked(
            np.concatenate([best.documents, others.documents]),
            np.concatenate([best.values, others.values]),
            best.paired,
        )

    def _best(self, after: Position, edge: Standing, limit: int) -> Ranked:
        """Return the hits after `last` of the part in which neighbours count: up to `edge`."""
        documents, values = self._paired(edge)
        if not len(documents):
            return _NONE
        values = values + self._scorer.pair_scores(documents, after.rarities)
        kept = self._ordering.after(documents, values, after.last)
        kept &= np.isin(documents, self._others.documents, assume_unique=True)
        documents, values = documents[kept], values[kept]
        order = self._ordering.best(documents, values, limit)
        return Ranked(documents[order], values[order], len(order))

    def _by_words(self, last: Standing, limit: int) -> Ranked:
        """Return the hits after `last` by words alone."""
        near = self._near(last, limit)
        if not len(near.documents):
            return _NONE

        def score(documents: NDArray[np.intp]) -> NDArray[np.float64]:
            values = self._scorer.scores(documents)
            return np.where(self._ordering.after(documents, values, last), values, _BEFORE)

        documents, values = best_of(near, limit, score)
        kept = values != _BEFORE
        documents, values = documents[kept], values[kept]
        order = self._ordering.best(documents, values, limit)
        return Ranked(documents[order], values[order])

    def _near(self, last: Standing, limit: int) -> Candidates:
        """Return documents that hold the `limit` first ones after `last` by words alone.

        They are those that may stand on either side of it, and the best of those that are
        certain to come after it.
        """
        documents, bounds, _ = self._others
        is_after = bounds * (1 + _ROUNDING) < last.score - _DIGITS
        is_before = bounds * (1 - _ROUNDING) - self._slack > last.score + _DIGITS
        near = ~(is_after | is_before)
        best = narrowed(documents[is_after], bounds[is_after], limit, slack=self._slack)
        found = np.concatenate([documents[near], best.documents])
        order = found.argsort()
        return Candidates(
            found.take(order), np.concatenate([bounds[near], best.bounds]).take(order), None
        )

    def _by_date(self, last: Standing, sort: Sort, limit: int) -> Ranked:
        """Return the hits after `last` by date; scores are asked for where dates are equal."""
        documents = self._others.documents
        moments = self._ordering.moment_order(documents, sort)
        moment = self._ordering.moment_place(last.moment_key, sort)
        kept = moments > moment
        same = (moments == moment).nonzero()[0]
        if len(same):
            tied = documents.take(same)
            kept[same] = self._ordering.after(tied, self._scorer.scores(tied), last)
        documents = documents[kept]
        if not len(documents):
            return _NONE
        documents = self._ordering.by_date(documents, self._scorer.scores, sort, limit)
        return Ranked(documents, self._scorer.scores_of_any(documents))


def end_of(page: FirstPage, reach: int, window: int, *, snapshot: Snapshot) -> Position:
    """Return where a page ends that goes on after no other.

    Args:
        page: The hits, as many as were asked for.
        reach: The rank of the last of them.
        window: In how many of the best neighbours count.
        snapshot: What was searched.
    """
    edge = None
    if page.scored is not None and reach <= window:
        documents, values = page.scored
        place = Ordering(snapshot).best(documents, values, window)[-1]
        edge = _standing_of(snapshot, documents[place], values[place])
    last = _standing_of(snapshot, page.documents[-1], page.values[-1])
    return _position(reach, last, edge, page.rarities)


def _position(
    rank: int, last: Standing, edge: Standing | None, rarities: tuple[float, ...]
) -> Position:
    return Position(rank, last, edge, () if edge is None else rarities)


def _standing_of(snapshot: Snapshot, document: np.intp, score: np.float64) -> Standing:
    """Return where a document stands."""
    moment = int(snapshot.moments[document])
    return Standing(
        score=float(score),
        moment_key=None if moment == NO_MOMENT else moment,
        document_id=snapshot.document_id(int(document)),
    )


def slack_of(query: Query, leaves: LeafReader) -> float:
    """Return by how much the bound of a score of `query` may be above it."""
    match query:
        case And() | Or() | Words():
            return sum(own * slack_of(part, leaves) for part, own in iter_shares(query))
        case Boost():
            return query.factor * slack_of(query.child, leaves)
        case Not() | MatchAll() | Range():
            return 0.0
        case _:
            return leaves.impacts(query).slack


_NONE = Ranked(np.empty(0, np.intp), np.empty(0))
