"""Pages that lie in a file together with others: what is known of each, and how much they may be.

Nothing of such a file is unpacked to disk, so the names inside are labels only.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from civicsearch.errors import ExtractionError

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from pathlib import Path

    from civicsearch.ingest.jsonl import Line

__all__ = ["Allowance", "Member", "count_kind"]

_MAX_KINDS = 100
_MAX_RATIO = 200  # pages of HTML pack to a tenth; bombs to a thousandth
_FREE_BYTES = 100 * 1024 * 1024  # below this no ratio is asked for


class Member(NamedTuple):
    """One page of a file with many, or one file of documents.

    Attributes:
        name: As the file has it; never a path to open.
        content: Its bytes, unpacked; one byte more than the limit where it is longer.
        url: Where it was fetched from, if the file says so.
        content_type: What it was served as, if the file says so.
        problem: Why it cannot be read, or "".
        lines: Its lines where it is a file of documents, to be read before the next member is
            asked for.
    """

    name: str
    content: bytes
    url: str | None = None
    content_type: str | None = None
    problem: str = ""
    lines: Iterator[Line] | None = None


class Allowance:
    """How many bytes a file may still unpack to."""

    def __init__(self, path: Path) -> None:
        """Allow 200 times the size of the file, and 100 MB at least.

        Raises:
            ExtractionError: It cannot be looked at.
        """
        try:
            self.left = max(_FREE_BYTES, _MAX_RATIO * path.stat().st_size)
        except OSError as error:
            raise ExtractionError(reason=f"cannot be read ({error.strerror or error})") from error

    def take(self, size: int) -> None:
        """Take bytes off.

        Raises:
            ExtractionError: There were not so many left.
        """
        self.left -= size
        if self.left < 0:
            reason = "unpacks to far more than its size"
            raise ExtractionError(reason)


def count_kind(kinds: Counter[str], name: str) -> None:
    """Count a file by its suffix, "other" where there are a hundred already."""
    suffix = PurePath(name).suffix.lower()[:16] or "no suffix"
    kinds[suffix if suffix in kinds or len(kinds) < _MAX_KINDS else "other"] += 1
