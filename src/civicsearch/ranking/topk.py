"""The best documents of a flat query, exactly, without scoring all that match.

Where every word must be there, the rarest word's documents are looked up in the others.
Elsewhere, the k-th best score is first bounded from below by scoring the best documents of the
rarer words; then only documents that hold one of these words can still reach it (H. Turtle,
J. Flood: Query evaluation: strategies and optimizations, 1995, "MaxScore"), and of those fewer
with every further word that is added.

Scores here are float32 and serve to choose; `scores` adds up in float64 what is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from civicsearch.ranking.impacts import union

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from civicsearch.ranking.impacts import Collection, Impacts

    Accept = Callable[[NDArray[np.intp]], NDArray[np.bool_]] | None

__all__ = ["Chosen", "choose", "matching", "scores"]

_SEED = 4
"""How many times the limit of documents bound the k-th score from below."""
_SLACK = 2e-5
"""Relative: float32 sums of 64 terms are off by less than 64 * 6e-8."""


class Chosen(NamedTuple):
    """Documents among which the best k are.

    Attributes:
        documents: Their numbers, ascending.
        total: How many documents match, where that is known by the way.
    """

    documents: NDArray[np.intp]
    total: int | None


def choose(
    leaves: Sequence[Impacts],
    collection: Collection,
    *,
    minimum: int,
    limit: int,
    accept: Accept = None,
    among: NDArray[np.intp] | None = None,
) -> Chosen:
    """Return documents that hold the `limit` best of all that match, ties with the last included.

    Args:
        leaves: What each leaf finds; a document's score is the sum of theirs.
        collection: The documents.
        minimum: How many of the leaves must match, from 1.
        limit: How many documents are wanted.
        accept: Which of some documents may be chosen at all.
        among: All documents that match, ascending, where they are known already.
    """
    leaves = sorted(leaves, key=len)
    if among is None and minimum < len(leaves):
        return Chosen(_any_of(leaves, collection, minimum, limit, accept), None)
    documents = _all_of(leaves, accept) if among is None else among
    total = len(documents)
    if total > limit:
        values = np.zeros(total, np.float32)
        for leaf in leaves:
            values += np.float32(leaf.rarity) * leaf.take(documents)
        documents = documents[values >= _floor(values, limit)]
    return Chosen(documents, total)


def matching(
    leaves: Sequence[Impacts],
    collection: Collection,
    *,
    minimum: int,
    accept: Accept = None,
) -> NDArray[np.intp]:
    """Return all documents that at least `minimum` of the leaves match, ascending."""
    leaves = sorted(leaves, key=len)
    if minimum == len(leaves):
        return _all_of(leaves, accept)
    counts = np.zeros(collection.size, np.min_scalar_type(len(leaves)))
    for leaf in leaves:
        counts[leaf.documents] += 1
    documents = np.flatnonzero(counts >= minimum)
    return documents if accept is None else documents[accept(documents)]


def scores(leaves: Sequence[Impacts], documents: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the scores of some documents: float64 sums of float32 values, leaf by leaf."""
    total = np.zeros(len(documents))
    for leaf in leaves:
        total += leaf.rarity * leaf.take(documents).astype(np.float64)
    return total


def _all_of(leaves: Sequence[Impacts], accept: Accept) -> NDArray[np.intp]:
    """Return the documents that all leaves match; the leaves are sorted, the rarest first."""
    documents = leaves[0].documents.astype(np.intp)
    if accept is not None:
        documents = documents[accept(documents)]
    for leaf in leaves[1:]:
        documents = documents.take(leaf.places_in(documents))
    return documents


def _any_of(
    leaves: Sequence[Impacts],
    collection: Collection,
    minimum: int,
    limit: int,
    accept: Accept,
) -> NDArray[np.intp]:
    """Return the documents that hold the best of those that enough leaves match."""
    rest = np.zeros(len(leaves) + 1)  # what the leaves from each place on can add at most
    rest[:-1] = np.cumsum([leaf.ceiling for leaf in reversed(leaves)])[::-1]
    floor = _seeded_floor(leaves, minimum, limit, accept)
    # A document that holds none of the first `essential` leaves can neither reach the floor nor
    # match enough leaves.
    essential = 1
    while essential <= len(leaves) - minimum and rest[essential] >= floor:
        essential += 1
    documents, values, counts = _added_up(
        leaves[:essential], collection, floor - rest[essential], is_counted=minimum > 1
    )
    if accept is not None:
        kept = accept(documents)
        documents, values, counts = documents[kept], values[kept], counts[kept]
    for place, leaf in enumerate(leaves[essential:], start=essential):
        more = leaf.take(documents)
        values = values + np.float32(leaf.rarity) * more
        counts = counts + (more > 0)
        left = len(leaves) - place - 1
        alive = np.flatnonzero((values >= floor - rest[place + 1]) & (counts >= minimum - left))
        documents, values, counts = documents.take(alive), values.take(alive), counts.take(alive)
    kept = counts >= minimum
    documents, values = documents[kept], values[kept]
    if len(documents) <= limit:
        return documents
    return documents[values >= _floor(values, limit)]


def _added_up(
    leaves: Sequence[Impacts], collection: Collection, least: float, *, is_counted: bool
) -> tuple[NDArray[np.intp], NDArray[np.float32], NDArray[np.integer]]:
    """Return the documents that any leaf matches with a sum of `least` or more.

    Returns:
        Documents ascending, their sums, and how many leaves match each, or 1 where nobody asks.
    """
    if len(leaves) == 1:
        documents = leaves[0].documents.astype(np.intp)
        values = leaves[0].values * np.float32(leaves[0].rarity)
        return documents, values, np.ones(len(documents), np.int64)
    sums = np.zeros(collection.size, np.float32)
    counts = np.zeros(collection.size, np.min_scalar_type(len(leaves)))
    for leaf in leaves:
        documents = leaf.documents.astype(np.intp)
        sums[documents] += leaf.values * np.float32(leaf.rarity)
        if is_counted:
            counts[documents] += 1
    documents = np.flatnonzero(sums > max(least, 0.0))
    found = counts.take(documents).astype(np.int64)
    return documents, sums.take(documents), found if is_counted else found + 1


def _seeded_floor(leaves: Sequence[Impacts], minimum: int, limit: int, accept: Accept) -> float:
    """Return a score that at least `limit` documents reach, or 0 where none is known."""
    lists: list[NDArray[np.uint32]] = []
    for leaf in leaves:
        lists.append(leaf.best(_SEED * limit))
        if sum(map(len, lists)) >= _SEED * limit:
            break
    seed = union(lists).astype(np.intp)
    if accept is not None:
        seed = seed[accept(seed)]
    values = np.zeros(len(seed), np.float32)
    counts = np.zeros(len(seed), np.int64)
    for leaf in leaves:
        more = leaf.take(seed)
        values += np.float32(leaf.rarity) * more
        counts += more > 0
    values = values[counts >= minimum]
    return _floor(values, limit) if len(values) >= limit else 0.0


def _floor(values: NDArray[np.float32], limit: int) -> float:
    """Return a little less than the `limit`-th best of at least as many scores."""
    place = len(values) - limit
    return float(np.partition(values, place)[place]) * (1 - _SLACK)
