"""Which plain words of a query were typed with others, and what each of them counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from civicsearch.query.nodes import MEANT_SHARE, And, Boost, Or, Words, plain_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from civicsearch.query.nodes import Query, Term

__all__ = ["boosted_word", "iter_runs", "words_in_runs"]


def words_in_runs(query: Query) -> tuple[dict[Term, float], dict[Term, float]]:
    """Return plain words with the boosts around them: those typed, and those scored by.

    A word that was typed twice has its greater factor. A word and the form that it is meant as
    share the factor, as they share their scores. Words that are looked for in one field are left
    out: where they stand is told by the field.

    Returns:
        The factor of each word as it was typed, in that order; and the factors of these words
        and of the forms that are meant.
    """
    typed: dict[Term, float] = {}
    scored: dict[Term, float] = {}
    forms: dict[tuple[Term, Term], float] = {}
    for word, meant, factor in _iter_words(query):
        typed[word] = max(factor, typed.get(word, 0.0))
        if meant is None:
            scored[word] = max(factor, scored.get(word, 0.0))
        else:
            forms[word, meant] = max(factor, forms.get((word, meant), 0.0))
    for (word, meant), factor in forms.items():
        scored[word] = scored.get(word, 0.0) + (1 - MEANT_SHARE) * factor
        scored[meant] = scored.get(meant, 0.0) + MEANT_SHARE * factor
    return typed, scored


def _iter_words(query: Query) -> Iterator[tuple[Term, Term | None, float]]:
    """Yield plain words, what they are meant as, and their factors."""
    for run, around in iter_runs(query):
        for child, meant in run.readings():
            word, own = boosted_word(child, around)
            if word is not None and word.field is None:
                yield word, meant, own


def iter_runs(query: Query, factor: float = 1.0) -> Iterator[tuple[Words, float]]:
    """Yield the runs of plain words that a document may match, each with the boosts around it.

    Args:
        query: The query; what is excluded in it, or is no run, has none.
        factor: The boosts around the query itself.
    """
    match query:
        case Words():
            yield query, factor
        case And() | Or():
            for child in query.children:
                yield from iter_runs(child, factor)
        case Boost():
            yield from iter_runs(query.child, factor * query.factor)
        case _:
            return


def boosted_word(query: Query, factor: float) -> tuple[Term | None, float]:
    """Return the plain word that `query` is, or None, and its factor."""
    while isinstance(query, Boost):
        factor *= query.factor
        query = query.child
    return plain_word(query), factor
