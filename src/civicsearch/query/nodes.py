"""The nodes of a parsed query: values without behaviour, understood by every engine.

A *leaf* (`Term`, `Prefix`, `Phrase`) looks at words; the other nodes combine sets of documents.
What a leaf matches is defined once, in `matching`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "And",
    "Leaf",
    "MatchAll",
    "Not",
    "Or",
    "Phrase",
    "Prefix",
    "Query",
    "Term",
    "Words",
    "describe",
    "is_relaxable",
    "iter_pairs",
    "iter_positive_leaves",
    "relax",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word.

    Attributes:
        exact: Its exact form.
        folded: Its folded form; equal to `exact` when no accent was typed.
        field: The one field to look in, or None for the zones of the schema.
    """

    exact: str
    folded: str
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefix:
    """The beginning of a word; the attributes are those of `Term`."""

    exact: str
    folded: str
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words next to each other, in order, in one field.

    Attributes:
        terms: At least two; their own `field` is ignored.
        field: The one field to look in, or None for the zones of the schema.
    """

    terms: tuple[Term, ...]
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    """Documents that all children match; the scores of the children add up."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    """Documents that any child matches; the scores of those that do add up."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A run of plain words: documents that hold enough of them; the scores of those add up.

    Neighbours that are neighbours in the document too count more (see `iter_pairs`).

    Attributes:
        children: Two or more, in the order they were typed.
        minimum: How many must match; `relax` lowers it to 1.
    """

    children: tuple[Query, ...]
    minimum: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """Documents that the child does not match; adds nothing to a score."""

    child: Query


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchAll:
    """Every document, with score 0."""


Leaf = Term | Prefix | Phrase
Query = Term | Prefix | Phrase | And | Or | Words | Not | MatchAll


def describe(leaf: Leaf) -> str:
    """Return `leaf` as a user would type it."""
    match leaf:
        case Term():
            text = leaf.exact
        case Prefix():
            text = leaf.exact + "*"
        case Phrase():
            text = '"' + " ".join(term.exact for term in leaf.terms) + '"'
    return f"{leaf.field}:{text}" if leaf.field else text


def iter_positive_leaves(query: Query) -> Iterator[Leaf]:
    """Yield the leaves that a hit may match, left to right: those not under a `Not`."""
    match query:
        case Term() | Prefix() | Phrase():
            yield query
        case And() | Or() | Words():
            for child in query.children:
                yield from iter_positive_leaves(child)
        case Not() | MatchAll():
            return


def iter_pairs(query: Query) -> Iterator[Phrase]:
    """Yield every two plain words of `query` that were typed next to each other, as a phrase.

    A Vietnamese word is mostly two syllables: articles that hold them side by side are meant,
    above all where they were typed without accents.
    """
    match query:
        case Words():
            for first, second in zip(query.children, query.children[1:], strict=False):
                if isinstance(first, Term) and isinstance(second, Term):
                    yield Phrase(terms=(first, second), field=first.field)
        case And() | Or():
            for child in query.children:
                yield from iter_pairs(child)
        case _:
            return


def relax(query: Query) -> Query:
    """Return `query` with every run of plain words content with one of them."""
    match query:
        case And() | Or():
            return replace(query, children=tuple(relax(child) for child in query.children))
        case Words():
            return replace(query, minimum=1)
        case _:
            return query


def is_relaxable(query: Query) -> bool:
    """Return whether `relax` would change `query`."""
    return relax(query) != query
