"""What an archive tells of itself: what it holds, and what putting it in order did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from civicsearch.query.nodes import MatchAll
from civicsearch.search.request import SearchRequest
from civicsearch.values import Value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from civicsearch.search.engine import Engine, FacetCounts

__all__ = ["ArchiveStats", "OptimizeReport", "Size", "size_of", "stats_of"]


class Size(NamedTuple):
    """How large an archive is: parts of the index, 0 where nothing is on disk, and bytes."""

    segments: int
    size_bytes: int


class ArchiveStats(Value):
    """What an archive holds.

    Attributes:
        documents: How many documents.
        undated: How many of them have no date of publication.
        size_bytes: Space on disk.
        facets: Documents by source, year, section and language.
    """

    documents: int
    undated: int
    size_bytes: int
    facets: Mapping[str, FacetCounts]

    def to_dict(self) -> dict[str, Any]:
        """Return the statistics as JSON-ready values."""
        return {
            "documents": self.documents,
            "undated": self.undated,
            "size_bytes": self.size_bytes,
            "facets": {
                name: [{"value": value, "count": count} for value, count in counts]
                for name, counts in self.facets.items()
            },
        }


class OptimizeReport(Value):
    """What `Archive.optimize` did.

    Attributes:
        segments_before: Parts of the index before; 0 where nothing is on disk.
        segments_after: The same afterwards; 1 as a rule, more in archives of more than 5 GB.
        size_bytes_before: Space on disk before.
        size_bytes_after: Space on disk afterwards.
    """

    segments_before: int
    segments_after: int
    size_bytes_before: int
    size_bytes_after: int

    @classmethod
    def of(cls, before: Size, after: Size) -> Self:
        """Return the report of two sizes."""
        return cls(
            segments_before=before.segments,
            segments_after=after.segments,
            size_bytes_before=before.size_bytes,
            size_bytes_after=after.size_bytes,
        )

    def to_dict(self) -> dict[str, int]:
        """Return the report as JSON-ready values."""
        from dataclasses import asdict

        return asdict(self)


def stats_of(engine: Engine) -> ArchiveStats:
    """Return what the archive of an engine holds."""
    facets = ("source", "year", "section", "language")
    matches = engine.searcher().search(SearchRequest(query=MatchAll(), limit=0, facets=facets))
    dated = sum(count for _, count in matches.facets["year"])
    return ArchiveStats(
        documents=matches.total.value,
        undated=matches.total.value - dated,
        size_bytes=engine.size_bytes(),
        facets=matches.facets,
    )


def size_of(engine: Engine) -> Size:
    """Return how large the archive of an engine is."""
    from civicsearch.engines.registry import take_inventory

    return Size(take_inventory(engine).segments, engine.size_bytes())
