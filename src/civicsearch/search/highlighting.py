"""Which words of a text a query found: the spans to mark, and nothing that did not match.

A phrase marks its words only where they stand together; for `"dân vận"` a stray `vận` stays
plain, and for `dân` a `dẫn` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from civicsearch.analysis.tokens import Span
from civicsearch.query.matching import Tier, iter_occurrences
from civicsearch.query.nodes import iter_pairs, iter_positive_leaves

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from civicsearch.analysis.tokens import Token
    from civicsearch.query.nodes import Leaf, Query

__all__ = ["Highlight", "find_highlights", "find_neighbours", "merge_spans"]


class Highlight(NamedTuple):
    """A place that a leaf of the query matches: its span, and which leaf, in which tier."""

    span: Span
    leaf: int
    tier: Tier


def find_highlights(query: Query, tokens: Sequence[Token], *, field: str) -> list[Highlight]:
    """Return every place in the tokens of `field` that `query` matches, from left to right.

    Args:
        query: The query; leaves under a `Not` and those bound to another field mark nothing.
        tokens: The tokens of the field's text.
        field: The name of the field.
    """
    return _find(iter_positive_leaves(query), tokens, field)


def find_neighbours(query: Query, tokens: Sequence[Token], *, field: str) -> list[Highlight]:
    """Return where plain words typed next to each other stand so; as `find_highlights`."""
    return _find(iter_pairs(query), tokens, field)


def _find(leaves: Iterable[Leaf], tokens: Sequence[Token], field: str) -> list[Highlight]:
    found = [
        Highlight(
            Span(tokens[place.first].span.start, tokens[place.last].span.end), number, place.tier
        )
        for number, leaf in enumerate(dict.fromkeys(leaves))
        if leaf.field in {None, field}
        for place in iter_occurrences(leaf, tokens)
    ]
    return sorted(found)


def merge_spans(highlights: Sequence[Highlight]) -> tuple[Span, ...]:
    """Return the spans of sorted highlights, overlapping ones made one."""
    merged: list[Span] = []
    for span, _, _ in highlights:
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
