"""The best documents of a query, exactly, without scoring all that match.

First by bounds: where every word must be there, the rarest word's documents are looked up in the
others. Elsewhere, the k-th best score is first bounded from below by the best documents of the
rarer words; then only documents that hold one of these words can still reach it (H. Turtle,
J. Flood: Query evaluation: strategies and optimizations, 1995, "MaxScore"), and of those fewer
with every further word that is added. Then exactly: documents are scored in the order of their
bounds, until the k-th best score is above all bounds that are left (R. Fagin, A. Lotem, M. Naor:
Optimal aggregation algorithms for middleware, 2003, "threshold algorithm").
"""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from civicsearch.ranking.impacts import MOST_LEVEL, union

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from civicsearch.ranking.impacts import Found as Leaf
    from civicsearch.ranking.impacts import Impacts

    Accept = Callable[[NDArray[np.intp]], NDArray[np.bool_]] | None

__all__ = ["Candidates", "best_of", "choose", "matching", "narrowed"]

_SEED = 8
"""How many times the limit of documents bound the k-th score from below. With 4, titles take 14 %
longer to choose from among a million documents, with 2 30 %; as long among a hundred thousand."""
_SORTED_BATCHES = 8
_BLOCK = 1 << 16
_WHOLE, _MOST_PARTS = 257, 128
"""What whole weights add up to: 257 times 255, the highest level, are 16 bits. And of how many."""
_FEW_SHARE = 8  # of all documents, so few are looked up to add up what they are worth
_SLACK = 2e-5
"""Relative: float32 sums of 64 terms are off by less than 64 * 6e-8."""
_ROWS_SHARE = 1 / 16
"""For so many documents, what a word adds is faster added up for all than looked up."""
_REST_SHARE = 0.25
"""What words are looked up may then still add, as a share of the floor. Among a million documents,
titles take 10.4 ms to choose from in place of 14.9; with 0.5 or 0.15, 11.4; with 0, 12.0."""


class Candidates(NamedTuple):
    """Documents among which the best k are.

    Attributes:
        documents: Their numbers, ascending.
        bounds: No score is above its bound, float32, of the same shape.
        total: How many documents match, where that is known by the way.
    """

    documents: NDArray[np.intp]
    bounds: NDArray[np.float32]
    total: int | None


def choose(  # noqa: PLR0913 - one keyword for each thing that decides
    leaves: Sequence[Leaf],
    size: int,
    *,
    minimum: int,
    limit: int,
    votes: Sequence[int] = (),
    accept: Accept = None,
    among: NDArray[np.intp] | None = None,
) -> Candidates:
    """Return documents that hold the `limit` best of all that match, ties with the last included.

    Args:
        leaves: What each leaf finds; a document's score is the sum of theirs.
        size: How many documents there are, with deleted ones.
        minimum: How many of the leaves must match, from 1; or how many votes of theirs.
        limit: How many documents are wanted.
        votes: How much each leaf counts towards it, one by default, and 0 where it finds nothing.
        accept: Which of some documents may be chosen at all.
        among: All documents that match, ascending, where they are known already.
    """
    voting = _voting(leaves, votes)
    leaves = [leaf for leaf, _ in voting]
    if among is None and (not leaves or minimum < sum(own for _, own in voting)):
        return _any_of(voting, size, minimum, limit, accept)
    documents = _all_of(leaves, accept) if among is None else among
    bounds = np.zeros(len(documents), np.float32)
    for leaf in leaves:
        bounds += leaf.worth(documents)
    return narrowed(documents, bounds, limit, slack=_slack(leaves))


def narrowed(
    documents: NDArray[np.intp], bounds: NDArray[np.float32], limit: int, *, slack: float
) -> Candidates:
    """Return those of all documents that match whose bounds allow them among the best.

    Args:
        documents: All that match, ascending.
        bounds: Of the score of each.
        limit: How many are wanted.
        slack: By how much a bound may be above the score.
    """
    total = len(documents)
    if total > limit:
        kept = (bounds >= _floor(bounds, limit) - slack).nonzero()[0]
        documents, bounds = documents.take(kept), bounds.take(kept)
    return Candidates(documents, bounds, total)


def best_of(
    candidates: Candidates,
    limit: int,
    score: Callable[[NDArray[np.intp]], NDArray[np.float64]],
    *,
    at_once: int = 0,
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return documents that hold the `limit` best, ties with the last included, and their scores.

    Args:
        candidates: Where they are.
        limit: How many are wanted, at least 1.
        score: Returns the scores of some documents, ascending; it is the dear part.
        at_once: So many are scored at once, or more.
    """
    documents, bounds, _ = candidates
    batch = max(limit + limit // 8 + 4, at_once)
    if len(documents) <= batch:
        return documents, score(documents)
    order = _by_bound(bounds, _SORTED_BATCHES * batch)
    found, values = order[:0], np.empty(0)
    while len(found) < len(documents):
        if len(found) == len(order):  # the best so far were not enough
            order = _by_bound(bounds, len(bounds))
        more = np.sort(order[len(found) : len(found) + batch])
        values = np.concatenate([values, score(documents.take(more))])
        found = np.concatenate([found, more])
        floor = float(np.partition(values, len(values) - limit)[len(values) - limit])
        # By then, all whose bounds allow it were scored: no more than these are at once.
        left = int(np.count_nonzero(bounds >= floor - _SLACK * abs(floor))) - len(found)
        if left <= 0:
            break
        batch = min(2 * batch, left)
    ascending = np.argsort(found)
    return documents.take(found.take(ascending)), values.take(ascending)


def _by_bound(bounds: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Return the places of the `count` highest bounds, highest first.

    Of equal ones the first come first, so that more of them begin with the same.
    """
    if count < len(bounds):
        least = np.partition(bounds, len(bounds) - count)[len(bounds) - count]
        places = (bounds >= least).nonzero()[0]
        found: NDArray[np.intp] = places.take(np.argsort(-bounds.take(places), kind="stable"))
        return found[:count]
    return np.argsort(-bounds, kind="stable")


def matching(
    leaves: Sequence[Leaf],
    size: int,
    *,
    minimum: int,
    votes: Sequence[int] = (),
    accept: Accept = None,
) -> NDArray[np.intp]:
    """Return all documents that leaves with `minimum` votes match, ascending; see `choose`."""
    voting = _voting(leaves, votes)
    total = sum(own for _, own in voting)
    if voting and minimum == total:
        return _all_of([leaf for leaf, _ in voting], accept)
    documents = (_all_counts(voting, size) >= minimum).nonzero()[0]
    return documents if accept is None else documents[accept(documents)]


def _voting(leaves: Sequence[Leaf], votes: Sequence[int]) -> list[tuple[Leaf, int]]:
    """Return the leaves that have votes, and these, the rarest leaves first."""
    both = zip(leaves, votes or [1] * len(leaves), strict=True)
    return sorted([(leaf, own) for leaf, own in both if own], key=lambda voter: len(voter[0]))


def _all_of(leaves: Sequence[Leaf], accept: Accept) -> NDArray[np.intp]:
    """Return the documents that all leaves match; the leaves are sorted, the rarest first."""
    first, *others = leaves
    if first.row is None:
        documents = first.documents
    else:  # where the rarest is frequent, whole rows are faster than looking up
        mask = first.row != 0
        for leaf in leaves[1:]:
            if leaf.row is not None:
                mask &= leaf.row != 0
        others = [leaf for leaf in others if leaf.row is None]
        documents = mask.nonzero()[0]
    if accept is not None:
        documents = documents[accept(documents)]
    for leaf in others:
        documents = documents.take(leaf.places_in(documents))
    return documents


def _any_of(
    voting: Sequence[tuple[Leaf, int]], size: int, minimum: int, limit: int, accept: Accept
) -> Candidates:
    """Return the documents that hold the best of those that leaves with enough votes match."""
    if not voting:
        return Candidates(np.empty(0, np.intp), np.empty(0, np.float32), 0)
    leaves = [leaf for leaf, _ in voting]
    rest = _from_each_on([leaf.ceiling for leaf in leaves])  # what these can add at most
    votes = _from_each_on([own for _, own in voting])
    floor = _seeded_floor(voting, minimum, limit, accept)
    # A document that holds none of the first `essential` leaves can neither reach the floor nor
    # match enough leaves.
    essential = 1
    while votes[essential] >= minimum and rest[essential] >= floor:
        essential += 1
    if sum(map(len, leaves[:essential])) > _ROWS_SHARE * size:
        while rest[essential] > _REST_SHARE * floor:
            essential += 1
    documents, bounds = _added_up(leaves[:essential], size, floor - rest[essential])
    if accept is not None:
        kept = accept(documents)
        documents, bounds = documents[kept], bounds[kept]
    if minimum > 1:
        counts = _counts(voting[:essential], size, documents)
    else:  # one vote is enough, and every one of them has it
        counts = np.ones(len(documents), np.int64)
    for place, (leaf, own) in enumerate(voting[essential:], start=essential + 1):
        worth = leaf.worth(documents)
        bounds = bounds + worth
        counts = counts + (worth > 0) * own
        alive = ((bounds >= floor - rest[place]) & (counts >= minimum - votes[place])).nonzero()[0]
        documents, bounds, counts = documents.take(alive), bounds.take(alive), counts.take(alive)
    kept = counts >= minimum
    found = narrowed(documents[kept], bounds[kept], limit, slack=_slack(leaves))
    return found._replace(total=None)


def _from_each_on(values: Sequence[float]) -> list[float]:
    """Return the sum of the values from each place on, and 0 from behind the last."""
    return [*accumulate(reversed(values), initial=0)][::-1]


def _added_up(
    leaves: Sequence[Leaf], size: int, least: float
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return the documents that any leaf matches with a bound of `least` or more, ascending.

    There may be some with a bound that is a little less.
    """
    if len(leaves) == 1:
        return leaves[0].documents, leaves[0].worths()
    parts = [part for leaf in leaves for part in leaf.parts]
    if least > 0 and len(parts) <= _MOST_PARTS:
        documents = _with_whole_sums(parts, size, least)
        if len(documents) * _FEW_SHARE < size:
            bounds = np.zeros(len(documents), np.float32)
            for impacts, weight in parts:
                bounds += weight * impacts.take(documents)
            return documents, bounds
    sums = _sums(parts, size)
    documents = (sums > max(least * (1 - _SLACK), 0.0)).nonzero()[0]
    return documents, sums.take(documents)


def _with_whole_sums(
    parts: Sequence[tuple[Impacts, np.float32]], size: int, least: float
) -> NDArray[np.intp]:
    """Return the documents of which the bound may be `least` or more, which is above 0, ascending.

    Weights are rounded up to whole numbers, so that sums fit in 16 bits: that takes half the time
    of sums of floats, among a million documents by six words.
    """
    scale = (_WHOLE - len(parts)) / sum(float(weight) for _, weight in parts)
    sums = np.zeros(size, np.uint16)
    rows = []
    for impacts, weight in parts:
        whole = np.uint8(min(math.ceil(float(weight) * scale), MOST_LEVEL))
        if impacts.row is None:
            np.add.at(sums, impacts.documents, np.multiply(impacts.levels, whole, dtype=np.uint16))
        else:
            rows.append((impacts.row, whole))
    for block in _blocks(size):
        here = sums[block]
        for row, whole in rows:
            here += np.multiply(row[block], whole, dtype=np.uint16)
    floor = max(int(least * (1 - _SLACK) * scale), 1)
    return (sums >= min(floor, _WHOLE * MOST_LEVEL)).nonzero()[0]


def _counts(
    voting: Sequence[tuple[Leaf, int]], size: int, documents: NDArray[np.intp]
) -> NDArray[np.integer]:
    """Return how many votes the leaves have that match each of some ascending documents."""
    if len(voting) == 1:  # then they are its own
        return np.full(len(documents), voting[0][1], np.int64)
    if len(documents) > _ROWS_SHARE * size:
        return _all_counts(voting, size).take(documents).astype(np.int64)
    counts = np.zeros(len(documents), np.int64)
    for leaf, own in voting:
        counts[leaf.places_in(documents)] += own
    return counts


def _sums(parts: Sequence[tuple[Impacts, np.float32]], size: int) -> NDArray[np.float32]:
    """Return what leaves add at most to the score of every document, shape (size,)."""
    sums = np.zeros(size, np.float32)
    rows = []
    for impacts, weight in parts:
        if impacts.row is None:
            np.add.at(sums, impacts.documents, impacts.levels * weight)
        else:
            rows.append((impacts.row, weight))
    for block in _blocks(size):
        here = sums[block]
        for row, weight in rows:
            here += row[block] * weight
    return sums


def _all_counts(voting: Sequence[tuple[Leaf, int]], size: int) -> NDArray[np.integer]:
    """Return how many votes the leaves have that match each document, shape (size,)."""
    counts = np.zeros(size, np.min_scalar_type(sum(own for _, own in voting)))
    rows = []
    for leaf, own in voting:
        if leaf.row is None:
            np.add.at(counts, leaf.documents, counts.dtype.type(own))
        else:
            rows.append((leaf.row, counts.dtype.type(own)))
    for block in _blocks(size):
        here = counts[block]
        for row, own in rows:
            here += row[block] != 0 if own == 1 else (row[block] != 0) * own
    return counts


def _blocks(size: int) -> Iterator[slice]:
    """Yield pieces of an array over all documents that stay in the cache while rows are added.

    Of a million documents, seven rows take 5.2 ms in place of 8.2; a hundred thousand stay there.
    """
    step = size if size <= 2 * _BLOCK else _BLOCK
    for start in range(0, size, max(step, 1)):
        yield slice(start, start + step)


def _seeded_floor(
    voting: Sequence[tuple[Leaf, int]], minimum: int, limit: int, accept: Accept
) -> float:
    """Return a score that at least `limit` documents reach, or 0 where none is known."""
    lists: list[NDArray[np.intp]] = []
    for leaf, _ in voting:
        lists.append(np.sort(leaf.best(_SEED * limit)))
        if sum(map(len, lists)) >= _SEED * limit:
            break
    seed = union(lists)
    if accept is not None:
        seed = seed[accept(seed)]
    bounds = np.zeros(len(seed), np.float32)
    counts = np.zeros(len(seed), np.int64)
    for leaf, own in voting:
        worth = leaf.worth(seed)
        bounds += worth
        counts += (worth > 0) * own
    bounds = bounds[counts >= minimum]
    if len(bounds) < limit:
        return 0.0
    return max(_floor(bounds, limit) - _slack([leaf for leaf, _ in voting]), 0.0)


def _slack(leaves: Sequence[Leaf]) -> float:
    """Return by how much the bound of a score may be above it."""
    return sum(leaf.slack for leaf in leaves)


def _floor(bounds: NDArray[np.float32], limit: int) -> float:
    """Return a little less than the `limit`-th best of at least as many bounds."""
    place = len(bounds) - limit
    return float(np.partition(bounds, place)[place]) * (1 - _SLACK)
