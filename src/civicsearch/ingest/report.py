"""What an ingest did: counts, and the name of everything that could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["IngestFailure", "IngestProgress", "IngestReport"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestFailure:
    """One page, line or path that did not become a document."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestProgress:
    """How far an ingest is.

    Attributes:
        done: Files finished.
        total: Files to read in all.
        documents: Documents added or updated so far.
        failed: Pages and lines that failed so far.
    """

    done: int
    total: int
    documents: int
    failed: int


@dataclass(slots=True, kw_only=True)
class IngestReport:
    """What an ingest did.

    Attributes:
        added: Documents that are new in the archive.
        updated: Documents that replaced an older version of themselves.
        copies: Pages with the text of another one, recorded with it.
        unchanged: Pages and lines whose bytes the archive has already.
        failures: Pages, lines and paths that could not be read, with the reason.
        ignored: Files of other kinds in folders and containers, counted by suffix.
        links: How many links in folders were not followed: they lead out of it, or nowhere.
        elapsed_s: Seconds from first to last.
        is_interrupted: Whether it was asked to stop before all was read.
    """

    added: int = 0
    updated: int = 0
    copies: int = 0
    unchanged: int = 0
    failures: list[IngestFailure] = field(default_factory=list)
    ignored: Mapping[str, int] = field(default_factory=dict)
    links: int = 0
    elapsed_s: float = 0.0
    is_interrupted: bool = False

    @property
    def failed(self) -> int:
        """How many pages and lines could not be read."""
        return len(self.failures)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON-ready values."""
        return {
            "added": self.added,
            "updated": self.updated,
            "copies": self.copies,
            "unchanged": self.unchanged,
            "failed": self.failed,
            "failures": [{"path": f.path, "reason": f.reason} for f in self.failures],
            "ignored": dict(self.ignored),
            "links": self.links,
            "elapsed_s": round(self.elapsed_s, 3),
            "interrupted": self.is_interrupted,
        }
