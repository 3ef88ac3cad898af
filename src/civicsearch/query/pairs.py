"""Which words of a query stand next to each other: documents that hold them so are meant."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from civicsearch.query.nodes import MEANT_SHARE, Phrase
from civicsearch.query.words import boosted_word, iter_runs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from civicsearch.query.nodes import Query, Term, Words

__all__ = ["has_pairs", "iter_pairs", "iter_weighted_pairs"]


def iter_pairs(query: Query) -> Iterator[Phrase]:
    """Yield every two plain words of `query` that were typed next to each other, as a phrase.

    A Vietnamese word is mostly two syllables: articles that hold them side by side are meant,
    above all where they were typed without accents.
    """
    yield from dict.fromkeys(pair for pair, _, is_typed in _iter_boosted_pairs(query) if is_typed)


def iter_weighted_pairs(query: Query) -> Iterator[tuple[Phrase, float]]:
    """Yield the pairs of `iter_pairs`, each once, with the factor of the boosts around it.

    Words that are boosted differently make a pair that counts with the mean of their factors; one
    with a word that says nothing of what is asked for counts less (`function_words`). A
    pair that was typed twice counts with its greater factor. Of words that have a form that is
    meant, there are two pairs, as typed and as meant, which share the factor as the words do.
    """
    factors: dict[Phrase, float] = {}
    for pair, factor, _ in _iter_boosted_pairs(query):
        factors[pair] = max(factor, factors.get(pair, 0.0))
    yield from factors.items()


def has_pairs(query: Query) -> bool:
    """Return whether any two words of `query` were typed next to each other."""
    return next(_iter_boosted_pairs(query), None) is not None


def _iter_boosted_pairs(query: Query) -> Iterator[tuple[Phrase, float, bool]]:
    """Yield pairs, their factors, and whether they were typed so."""
    for run, factor in iter_runs(query):
        words = [(*boosted_word(child, factor), meant) for child, meant in run.readings()]
        small, small_share = _function_words(run, [word for word, _, _ in words])
        for (first, weight, one), (second, other, two) in pairwise(words):
            if first is None or second is None or first.field != second.field:
                continue
            share = (weight + other) / 2
            if first.folded in small or second.folded in small:
                share *= small_share
            if one is not None or two is not None:
                meant = (one or first, two or second)
                yield Phrase(terms=meant, field=first.field), MEANT_SHARE * share, False
                share *= 1 - MEANT_SHARE
            yield Phrase(terms=(first, second), field=first.field), share, True


def _function_words(run: Words, words: Iterable[Term | None]) -> tuple[Collection[str], float]:
    """Return the words of a long run that say nothing of what it is about.

    And what pairs with them keep of their factor.
    """
    if not run.share:
        return (), 1.0
    from civicsearch.query import function_words  # noqa: PLC0415 - 2 ms of a cold search

    folded = [word.folded for word in words if word is not None]
    return function_words.function_words(folded), function_words.SMALL_PAIR_SHARE
