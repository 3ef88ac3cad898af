"""How much each word of a query tells, so that a passage with the rare ones is shown.

A word tells as much as it has votes (`search.quorum`): by its idf, times its boosts. Two words
that were typed side by side tell once more what they tell, where they stand so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from civicsearch.query.nodes import iter_boosted_leaves
from civicsearch.query.pairs import iter_pairs
from civicsearch.search.quorum import votes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from civicsearch.query.nodes import Leaf, Query

__all__ = ["Telling", "telling_of"]

_SHOWN = 8
"""By what a word that was shown already tells less: new ones come first, as a rule."""


class Telling(NamedTuple):
    """What words and pairs tell, each from 1.

    Attributes:
        words: By the number of the leaf, as in `finding.Marks`.
        pairs: By the number of the pair.
    """

    words: tuple[int, ...]
    pairs: tuple[int, ...]

    def without(self, words: Iterable[int], pairs: Iterable[int]) -> Telling:
        """Return the same for the next passage: what was shown in another one tells less."""
        return Telling(_less(self.words, set(words)), _less(self.pairs, set(pairs)))


def telling_of(
    query: Query, *, frequency: Callable[[Leaf], int] | None = None, documents: int = 0
) -> Telling:
    """Return how much the leaves and pairs of a query tell; all alike if nothing is known.

    Args:
        query: The query.
        frequency: Returns how many documents a leaf is found in.
        documents: How many there are.
    """
    boosts = _boosts(query)
    pairs = dict.fromkeys(iter_pairs(query))
    if frequency is None or len(boosts) == 1:  # alone, it is compared with nothing
        return Telling((1,) * len(boosts), (1,) * len(pairs))
    # A word that is in no document is found in one that was typed without accents.
    votes = {
        leaf: max(1, round(factor * votes_of(frequency(leaf), documents)))
        for leaf, factor in boosts.items()
    }
    return Telling(
        tuple(votes.values()),
        tuple(
            sum(votes.get(term, 1) for term in pair.terms) // len(pair.terms) or 1 for pair in pairs
        ),
    )


def _boosts(query: Query) -> dict[Leaf, float]:
    """Return the leaves that a hit may match, left to right, each with its greatest boost."""
    boosts: dict[Leaf, float] = {}
    for leaf, factor in iter_boosted_leaves(query):
        boosts[leaf] = max(factor, boosts.get(leaf, 0.0))
    return boosts


def _less(told: tuple[int, ...], shown: set[int]) -> tuple[int, ...]:
    return tuple(
        max(1, value // _SHOWN) if number in shown else value for number, value in enumerate(told)
    )
