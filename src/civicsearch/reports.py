"""What an archive tells of itself: what it holds, and what putting it in order did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from civicsearch.values import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from civicsearch.search.engine import FacetCounts

__all__ = ["ArchiveStats", "OptimizeReport"]


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
        segments_after: The same afterwards; at most 1.
        size_bytes_before: Space on disk before.
        size_bytes_after: Space on disk afterwards.
    """

    segments_before: int
    segments_after: int
    size_bytes_before: int
    size_bytes_after: int

    def to_dict(self) -> dict[str, int]:
        """Return the report as JSON-ready values."""
        from dataclasses import asdict

        return asdict(self)
