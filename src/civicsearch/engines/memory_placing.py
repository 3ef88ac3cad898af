"""Where in a document words stand, token by token: for the reference engine."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from civicsearch.query.matching import iter_occurrences
from civicsearch.ranking.bm25 import TIER_WEIGHTS
from civicsearch.ranking.placement import FARTHEST, earliness, nearness

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from civicsearch.analysis.tokens import Token
    from civicsearch.query.nodes import Term
    from civicsearch.schema import Schema

__all__ = ["nearness_of", "opening"]


def opening(word: Term, schema: Schema, tokens: Mapping[str, Sequence[Token]]) -> float:
    """Return how early a word stands in a document, from 0 to 1; 0 where it does not.

    Of several occurrences the best counts: a form that is farther from what was typed counts less.

    Args:
        word: The word.
        schema: Which fields there are.
        tokens: Those of each field.
    """
    found = [0.0]
    before = 0
    for field in schema.fields:
        own = tokens[field.name]
        if field.weight:
            found.extend(
                TIER_WEIGHTS[occurrence.tier] * earliness(float(before + occurrence.first))
                for occurrence in iter_occurrences(word, own)
            )
        before += len(own)
    return max(found)


def nearness_of(
    words: Sequence[Term], schema: Schema, tokens: Mapping[str, Sequence[Token]]
) -> dict[Term, float]:
    """Return the nearness of words to each other, added up.

    Each place is that of one word, the first of those that match, and is near only to the places
    of others right before and after it.

    Args:
        words: The words.
        schema: Which fields there are.
        tokens: Those of each field.
    """
    found = dict.fromkeys(words, 0.0)
    for zone in schema.zones:
        word_at: dict[int, Term] = {}
        for word in words:
            for occurrence in iter_occurrences(word, tokens[zone.name]):
                word_at.setdefault(occurrence.first, word)
        for place, following in pairwise(sorted(word_at)):
            one, other = word_at[place], word_at[following]
            if one != other and following - place <= FARTHEST:
                near = nearness(float(following - place))
                found[one] += near
                found[other] += near
    return found
