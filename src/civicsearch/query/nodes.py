"""The nodes of a parsed query: values without behaviour, understood by every engine.

A *leaf* (`Term`, `Prefix`, `Wildcard`, `Fuzzy`, `Phrase`, `Near`) looks at words, a `Range` at the
day of publication; the other nodes combine sets of documents. What a leaf matches is defined once,
in `matching`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from civicsearch.values import Value, replace

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

__all__ = [
    "And",
    "Boost",
    "Fuzzy",
    "Leaf",
    "MatchAll",
    "Near",
    "Not",
    "Or",
    "Phrase",
    "Prefix",
    "Query",
    "Range",
    "Term",
    "Wildcard",
    "Words",
    "describe",
    "has_accents",
    "is_relaxable",
    "iter_leaves",
    "iter_pairs",
    "iter_positive_leaves",
    "iter_weighted_pairs",
    "relax",
    "within",
]


# Nodes with the same attributes share a class that has them. Nodes of two classes are never equal.
# Words and phrases are keys all over a search, some hundred times: they say themselves what they
# hash, which takes half the time of `Value.__hash__`.


class _Spelled(Value):
    exact: str
    folded: str
    field: str | None = None

    def __hash__(self) -> int:
        return hash((self.exact, self.folded, self.field))


class _Joined(Value):
    children: tuple[Query, ...]


class Term(_Spelled):
    """One word.

    Attributes:
        exact: Its exact form.
        folded: Its folded form; equal to `exact` when no accent was typed.
        field: The one field to look in, or None for the zones of the schema.
    """


class Prefix(_Spelled):
    """The beginning of a word; the attributes are those of `Term`."""


class Wildcard(_Spelled):
    """A word of which not all letters are known.

    Attributes:
        exact: The pattern in exact form: letters, `*` for any run of letters (none too) and `?`
            for exactly one.
        folded: The pattern in folded form; equal to `exact` when no accent was typed.
        field: The one field to look in, or None for the zones of the schema.
    """


class Fuzzy(Value):
    """A word that may be misspelled, by the typist or in the article.

    Attributes:
        exact: Its exact form.
        folded: Its folded form; equal to `exact` when no accent was typed.
        distance: How many letters may be missing, added, replaced, or swapped with their
            neighbour: 1 or 2.
        field: The one field to look in, or None for the zones of the schema.
    """

    exact: str
    folded: str
    distance: int
    field: str | None = None


class Phrase(Value):
    """Words next to each other, in order, in one field.

    Attributes:
        terms: At least two; their own `field` is ignored.
        field: The one field to look in, or None for the zones of the schema.
    """

    terms: tuple[Term, ...]
    field: str | None = None

    def __hash__(self) -> int:
        return hash((self.terms, self.field))


class Near(Value):
    """Words close to each other, in any order, in one field.

    Attributes:
        terms: At least two; their own `field` is ignored. Each needs a token of its own.
        distance: How many other words may stand between them, all gaps together, from 0.
        field: The one field to look in, or None for the zones of the schema.
    """

    terms: tuple[Term, ...]
    distance: int
    field: str | None = None


class Range(Value):
    """Documents published on one of these days, with score 0.

    A document without a date is in no range, not even in one that is open at both ends.

    Attributes:
        field: What lies in the range; only "published" so far.
        low: The first day, or None for no bound.
        high: The last day, or None for no bound.
    """

    field: str
    low: dt.date | None
    high: dt.date | None


class And(_Joined):
    """Documents that all children match; the scores of the children add up."""


class Or(_Joined):
    """Documents that any child matches; the scores of those that do add up."""


class Words(Value):
    """A run of plain words: documents that hold enough of them; the scores of those add up.

    Neighbours that are neighbours in the document too count more (see `iter_pairs`).

    Attributes:
        children: Two or more, in the order they were typed.
        minimum: How many must match; `relax` lowers it to 1.
    """

    children: tuple[Query, ...]
    minimum: int


class Not(Value):
    """Documents that the child does not match; adds nothing to a score."""

    child: Query


class Boost(Value):
    """Documents that the child matches, with its score times a factor.

    Attributes:
        child: What counts more, or less.
        factor: Above 0; below 1 it counts less.
    """

    child: Query
    factor: float


class MatchAll(Value):
    """Every document, with score 0."""


Word = Term | Prefix | Wildcard | Fuzzy
Leaf = Word | Phrase | Near
Query = Leaf | Range | And | Or | Words | Not | Boost | MatchAll


def describe(leaf: Leaf) -> str:
    """Return `leaf` as a user would type it."""
    match leaf:
        case Term() | Wildcard():
            text = leaf.exact
        case Prefix():
            text = leaf.exact + "*"
        case Fuzzy():
            text = f"{leaf.exact}~{leaf.distance}"
        case Phrase():
            text = _quoted(leaf.terms)
        case Near():
            text = f"{_quoted(leaf.terms)}~{leaf.distance}"
    return f"{leaf.field}:{text}" if leaf.field else text


def _quoted(terms: tuple[Term, ...]) -> str:
    return '"' + " ".join(term.exact for term in terms) + '"'


def iter_positive_leaves(query: Query) -> Iterator[Leaf]:
    """Yield the leaves that a hit may match, left to right: those not under a `Not`."""
    match query:
        case And() | Or() | Words():
            for child in query.children:
                yield from iter_positive_leaves(child)
        case Boost():
            yield from iter_positive_leaves(query.child)
        case Not() | Range() | MatchAll():
            return
        case _:
            yield query


def iter_leaves(query: Query) -> Iterator[Leaf]:
    """Yield all leaves, left to right, also those under a `Not`."""
    match query:
        case And() | Or() | Words():
            for child in query.children:
                yield from iter_leaves(child)
        case Boost() | Not():
            yield from iter_leaves(query.child)
        case Range() | MatchAll():
            return
        case _:
            yield query


def has_accents(query: Query) -> bool:
    """Return whether any word of `query` that a hit may match was typed with an accent."""
    return any(word.exact != word.folded for word in _iter_words(query))


def accented_share(query: Query) -> float:
    """Return how many of the words that a hit may match were typed with an accent, 0 to 1."""
    typed = [word.exact != word.folded for word in _iter_words(query)]
    return sum(typed) / len(typed) if typed else 0.0


def _iter_words(query: Query) -> Iterator[Word]:
    for leaf in iter_positive_leaves(query):
        yield from leaf.terms if isinstance(leaf, Phrase | Near) else (leaf,)


def iter_pairs(query: Query) -> Iterator[Phrase]:
    """Yield every two plain words of `query` that were typed next to each other, as a phrase.

    A Vietnamese word is mostly two syllables: articles that hold them side by side are meant,
    above all where they were typed without accents.
    """
    for pair, _ in iter_weighted_pairs(query):
        yield pair


def iter_weighted_pairs(query: Query) -> Iterator[tuple[Phrase, float]]:
    """Yield the pairs of `iter_pairs`, each once, with the factor of the boosts around it.

    Words that are boosted differently make a pair that counts with the mean of their factors. A
    pair that was typed twice counts with its greater factor.
    """
    factors: dict[Phrase, float] = {}
    for pair, factor in _iter_boosted_pairs(query, 1.0):
        factors[pair] = max(factor, factors.get(pair, 0.0))
    yield from factors.items()


def _iter_boosted_pairs(query: Query, factor: float) -> Iterator[tuple[Phrase, float]]:
    match query:
        case Words():
            words = [_boosted_word(child, factor) for child in query.children]
            for (first, weight), (second, other) in pairwise(words):
                if first is not None and second is not None and first.field == second.field:
                    pair = Phrase(terms=(first, second), field=first.field)
                    yield pair, (weight + other) / 2
        case And() | Or():
            for child in query.children:
                yield from _iter_boosted_pairs(child, factor)
        case Boost():
            yield from _iter_boosted_pairs(query.child, factor * query.factor)
        case _:
            return


def _boosted_word(query: Query, factor: float) -> tuple[Term | None, float]:
    """Return the plain word that `query` is, or None, and its factor."""
    while isinstance(query, Boost):
        factor *= query.factor
        query = query.child
    return (query if isinstance(query, Term) else None), factor


def relax(query: Query) -> Query:
    """Return `query` with every run of plain words content with one of them."""
    match query:
        case And() | Or():
            return replace(query, children=tuple(relax(child) for child in query.children))
        case Words():
            return replace(query, minimum=1)
        case Boost():
            return replace(query, child=relax(query.child))
        case _:
            return query


def is_relaxable(query: Query) -> bool:
    """Return whether `relax` would change `query`."""
    return relax(query) != query


def within(query: Query, field: str) -> Query:
    """Return `query` with every leaf that names no field of its own bound to `field`."""
    match query:
        case And() | Or() | Words():
            bound = tuple(within(child, field) for child in query.children)
            return replace(query, children=bound)
        case Not() | Boost():
            return replace(query, child=within(query.child, field))
        case Range() | MatchAll():
            return query
        case _:
            return query if query.field else replace(query, field=field)
