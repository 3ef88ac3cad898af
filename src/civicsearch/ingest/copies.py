"""Which pages have the text of another one: recorded as copies of it, not as articles again.

News is printed by several papers, and by one paper at several addresses. Two articles are one if
headline and text are the same but for case, marks of any kind between words and the way letters are
composed, and long enough that this is no chance. The first that an archive has keeps its place; the
addresses of the others are written down with it. The same text under another headline is another
article: who searches for that headline has to find it. Pages without an address are known by their
files, each for itself.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import normalize
from civicsearch.document import Copy, Origin
from civicsearch.values import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from civicsearch.document import Document
    from civicsearch.search.engine import Searcher

__all__ = ["Copies", "is_text_key", "text_key", "with_copies"]

_LEAST_CHARS = 200
"""Shorter texts (`The page has moved`) are the same by chance."""
_TEXT = "text:"
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def text_key(document: Document) -> str | None:
    """Return what articles that are one have in common.

    None for a text that is too short, and for a page without an address.
    """
    if not document.url:
        return None
    title, text = (
        _BETWEEN_WORDS.sub(" ", normalize(part).casefold()).strip()
        for part in (document.title, document.text)
    )
    if len(text) < _LEAST_CHARS:
        return None
    letters = f"{title}\n{text}"
    return _TEXT + hashlib.sha256(letters.encode("utf-8", "replace")).hexdigest()[:32]


def is_text_key(path: str) -> bool:
    """Return whether the path of an origin is no path, but the key of its document's text."""
    return path.startswith(_TEXT)


def with_copies(document: Document, found: Iterable[tuple[Copy, Origin]]) -> Document:
    """Return a document with more copies, each file once."""
    copies = {copy.path: copy for copy in document.copies}
    origins = {origin.path: origin for origin in document.origins}
    for copy, origin in found:
        copies[copy.path] = copy
        # Before the others: the last is the one whose text it is.
        origins = {origin.path: origin} | {p: o for p, o in origins.items() if p != origin.path}
    return replace(document, copies=tuple(copies.values()), origins=tuple(origins.values()))


class Copies:
    """What is known of equal texts, in an archive and in one run of an ingest."""

    def __init__(self, searcher: Searcher) -> None:
        """Begin with what a snapshot from before the run has."""
        self._searcher = searcher
        self._owners: dict[str, str] = {}  # by key, of the documents written since
        self._keys: dict[str, str | None] = {}  # by document id, of the same
        self.found: dict[tuple[str, str], list[tuple[Copy, Origin]]] = {}
        """The copies of this run, by the document that they are copies of, and the key."""

    def refresh(self, searcher: Searcher) -> None:
        """Go on with a snapshot that has all documents written so far."""
        self._searcher = searcher
        self._owners.clear()
        self._keys.clear()

    def owner_of(self, key: str | None, *, but: str) -> str | None:
        """Return the id of another document with this text, if there is one.

        Args:
            key: That of the text.
            but: The document that asks.
        """
        if key is None:
            return None
        owner = self._owners.get(key)
        if owner is None:
            known = self._searcher.find_origin(key)
            owner = known[0] if known else None
            if owner in self._keys:  # it has another text by now
                owner = None
        return None if owner == but else owner

    def note_text(self, document_id: str, key: str | None) -> None:
        """Remember the text of a document that is written in this run."""
        former = self._keys.get(document_id)
        if former is not None and self._owners.get(former) == document_id:
            del self._owners[former]
        self._keys[document_id] = key
        if key is not None:
            self._owners.setdefault(key, document_id)

    def note_copy(self, owner: str, key: str, url: str | None, origin: Origin) -> None:
        """Remember a page that has the text of `owner`, which has this key."""
        copy = Copy(url=url or "", path=origin.path)
        self.found.setdefault((owner, key), []).append((copy, origin))

    def iter_found(self) -> Iterator[tuple[str, str, list[tuple[Copy, Origin]]]]:
        """Yield the documents that have copies of this run: id, key, copies."""
        for (owner, key), found in self.found.items():
            yield owner, key, found
