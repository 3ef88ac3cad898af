"""Pages that lie in a file together with others: what is known of each, and how much they may be.

Nothing of such a file is unpacked to disk, so the names inside are labels only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from civicsearch.errors import ExtractionError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Allowance", "Member"]

_MAX_RATIO = 200  # pages of HTML pack to a tenth; bombs to a thousandth
_FREE_BYTES = 100 * 1024 * 1024  # below this no ratio is asked for


class Member(NamedTuple):
    """One page of a file with many.

    Attributes:
        name: As the file has it; never a path to open.
        content: Its bytes, unpacked; one byte more than the limit where it is longer.
        url: Where it was fetched from, if the file says so.
        content_type: What it was served as, if the file says so.
        problem: Why it cannot be read, or "".
    """

    name: str
    content: bytes
    url: str | None = None
    content_type: str | None = None
    problem: str = ""


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
