"""The order of hits and the values of facets: the same whichever engine finds the hits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from civicsearch.analysis.folding import normalize
from civicsearch.search.request import Sort, moment_key

if TYPE_CHECKING:
    from civicsearch.document import Document
    from civicsearch.search.position import Standing

__all__ = ["facet_values", "sort_key", "standing_key"]


def sort_key(sort: Sort, score: float, document: Document) -> tuple[float, float, str]:
    """Return what to sort hits by, ascending. Documents without a date come last by date.

    Scores are compared to nine digits: sums of floats differ beyond, by the order of adding.
    """
    return _key(sort, score, moment_key(document), document.document_id)


def standing_key(sort: Sort, standing: Standing) -> tuple[float, float, str]:
    """Return the same of a document of which only that is known which decides."""
    return _key(sort, standing.score, standing.moment_key, standing.document_id)


def _key(sort: Sort, score: float, key: int | None, document_id: str) -> tuple[float, float, str]:
    newest = -key if key is not None else float("inf")
    if sort is Sort.NEWEST:
        return newest, -round(score, 9), document_id
    if sort is Sort.OLDEST:
        oldest = key if key is not None else float("inf")
        return oldest, -round(score, 9), document_id
    return -round(score, 9), newest, document_id


def facet_values(facet: str, document: Document) -> tuple[str, ...]:
    """Return the values that `document` counts for in `facet`, without empty ones, each once.

    They are in NFC: what a program adds in another form is no publisher of its own.
    """
    if facet == "author":
        values: tuple[str, ...] = document.authors
    elif facet == "tag":
        values = document.tags
    elif facet == "year":
        values = (str(document.published.year),) if document.published else ()
    else:
        values = (str(getattr(document, facet)),)
    return tuple(dict.fromkeys(normalize(value) for value in values if value))
