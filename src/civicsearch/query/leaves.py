"""What the leaves of a query look for: their words, and those a query of one leaf is scored by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from civicsearch.query.nodes import (
    Boost,
    Fuzzy,
    Near,
    Number,
    Phrase,
    Prefix,
    Synonyms,
    Term,
    Wildcard,
)
from civicsearch.values import replace

if TYPE_CHECKING:
    from collections.abc import Collection

    from civicsearch.query.nodes import Leaf, Query, Word

__all__ = ["words_alone", "words_in"]


def words_in(leaf: Leaf) -> tuple[Word, ...]:
    """Return the words that a leaf looks for, each in the field of the leaf."""
    if isinstance(leaf, Synonyms):
        return tuple(word for form in leaf.forms for word in words_in(form))
    if isinstance(leaf, Phrase | Near):
        return tuple(
            term if term.field == leaf.field else replace(term, field=leaf.field)
            for term in leaf.terms
        )
    return (leaf,)


def words_alone(query: Query, zones: Collection[str]) -> tuple[Word, ...]:
    """Return the words that a query is as rare as, where it is not as rare as its leaves.

    So it is where a query is one phrase, or one word in one zone, and no more but boosts. In how
    many documents it is, only reading all would tell that may hold it, and by whatever all scores
    are multiplied, the order is the same. It counts the idfs of its words, added up, as in Lucene.
    Beside others, a phrase counts by how many documents hold it (see `ranking.bm25`).

    Args:
        query: The query.
        zones: The fields that a plain query searches.

    Returns:
        The words, in all zones in place of one; none where the leaves count by their own rarity.
    """
    match query:
        case Phrase():
            words = words_in(query)
        case Term() | Prefix() | Wildcard() | Fuzzy() | Number() if query.field in zones:
            words = (query,)
        case Boost():
            return words_alone(query.child, zones)
        case _:
            return ()
    if query.field not in zones:
        return words
    return tuple(replace(word, field=None) for word in words)
