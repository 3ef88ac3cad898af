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
    "describe",
    "is_relaxable",
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
    """Documents that at least `minimum` children match; the scores of those add up.

    Attributes:
        children: One or more.
        minimum: How many must match. More than 1 for a run of plain words, which `relax` lowers.
    """

    children: tuple[Query, ...]
    minimum: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """Documents that the child does not match; adds nothing to a score."""

    child: Query


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchAll:
    """Every document, with score 0."""


Leaf = Term | Prefix | Phrase
Query = Term | Prefix | Phrase | And | Or | Not | MatchAll


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
        case And() | Or():
            for child in query.children:
                yield from iter_positive_leaves(child)
        case Not() | MatchAll():
            return


def relax(query: Query) -> Query:
    """Return `query` with every `Or` content with one matching child."""
    match query:
        case And():
            return replace(query, children=tuple(relax(child) for child in query.children))
        case Or():
            children = tuple(relax(child) for child in query.children)
            return replace(query, children=children, minimum=1)
        case _:
            return query


def is_relaxable(query: Query) -> bool:
    """Return whether `relax` would change `query`."""
    return relax(query) != query
