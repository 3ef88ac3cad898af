"""How many of its parts a document must match to match the whole: each part has votes.

Of a long run of plain words the rare ones have more votes than the common ones, by their idf, and
words that no document holds have none: they may be slips, or forms that the archive writes in
another way. So a question finds the article that answers it, though it has few of its words, and
not all others that share its `who` and `when`.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from civicsearch.query.nodes import And, Boost, Or, Term, Words, iter_leaves
from civicsearch.ranking.bm25 import idf

if TYPE_CHECKING:
    from collections.abc import Callable

    from civicsearch.query.nodes import Leaf, Query

__all__ = ["Quorum", "quorum_of", "votes_of"]

_VOTES_A_NAT = 8
"""Votes are whole numbers, so that all engines count alike."""


class Quorum(NamedTuple):
    """What a document must match.

    Attributes:
        votes: Those of each part.
        least: How many votes the parts must have that a document matches, from 1.
    """

    votes: tuple[int, ...]
    least: int


def quorum_of(
    query: And | Or | Words, *, frequency: Callable[[Leaf], int], documents: int
) -> Quorum:
    """Return what a document must match of the children of a node.

    Args:
        query: The node.
        frequency: Returns how many documents a leaf is found in.
        documents: How many there are.
    """
    count = len(query.children)
    match query:
        case And():
            return Quorum((1,) * count, count)
        case Or():
            return Quorum((1,) * count, 1)
        case Words() if not query.share:
            return Quorum((1,) * count, query.minimum)
        case Words():
            votes = tuple(_votes(child, frequency, documents) for child in query.children)
            return Quorum(votes, max(1, math.ceil(query.share * sum(votes))))


def _votes(child: Query, frequency: Callable[[Leaf], int], documents: int) -> int:
    """Return how much a child tells: as the rarest of its leaves, and nothing if none is found.

    What counts less tells less; what counts more is no more often what is asked for.
    """
    if isinstance(child, Term):
        return votes_of(frequency(child), documents)
    if isinstance(child, Boost):
        votes = _votes(child.child, frequency, documents)
        return min(votes, max(1, round(child.factor * votes)))
    found = [count for leaf in iter_leaves(child) if (count := frequency(leaf))]
    return votes_of(min(found, default=0), documents)


@lru_cache(maxsize=1 << 14)
def votes_of(frequency: int, documents: int) -> int:
    """Return the votes of what is found in `frequency` of `documents`: none if in none."""
    return max(1, round(_VOTES_A_NAT * idf(frequency, documents))) if frequency else 0
