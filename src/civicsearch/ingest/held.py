"""Changed lines that are held back for a moment: a later line with their id may take their place.

Of the lines of one file with one id the last one counts. Were each written at once, a file with
two of them would change the archive in every run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from civicsearch.document import Document, Origin

__all__ = ["HeldBack"]

_MOST = 1000
_LONG_CHARS = 10_000
"""A document counts as one more for each of these letters, so that memory is bounded."""


class HeldBack:
    """Documents by the path of their origin, each the last one so far."""

    def __init__(self) -> None:
        """Hold nothing."""
        self._held: dict[str, tuple[Document, Origin]] = {}
        self._weight = 0

    @property
    def is_full(self) -> bool:
        """Whether they are to be written, for there are many: lines far apart are not compared."""
        return self._weight >= _MOST

    def put(self, document: Document, origin: Origin) -> None:
        """Hold a document, in place of the one that was held from the same path."""
        self.drop(origin.path)
        self._held[origin.path] = (document, origin)
        self._weight += _weight(document)

    def drop(self, path: str) -> bool:
        """Give up what is held from a path, and return whether there was something."""
        document, _ = self._held.pop(path, (None, None))
        if document is None:
            return False
        self._weight -= _weight(document)
        return True

    def take_all(self) -> list[tuple[Document, Origin]]:
        """Return all, in order, and hold nothing any more."""
        taken = list(self._held.values())
        self._held.clear()
        self._weight = 0
        return taken


def _weight(document: Document) -> int:
    return 1 + len(document.text) // _LONG_CHARS
