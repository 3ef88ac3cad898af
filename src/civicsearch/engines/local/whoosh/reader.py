"""What Whoosh reads terms and postings with: its protocols, on the terms of one segment."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from whoosh.codec import base
from whoosh.matching import LeafMatcher, NullMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from civicsearch.engines.local.whoosh.terms import FieldTerms, TermPostings

__all__ = ["ArchiveTermsReader", "TermMatcher"]

_KEPT_POSTINGS = 32
"""Whoosh asks for a term four times: is it there, how rare, how heavy, where."""


class ArchiveTermsReader(base.TermsReader):  # type: ignore[misc] # Whoosh is untyped
    """The terms of one segment."""

    def __init__(self, terms: Mapping[str, FieldTerms]) -> None:
        self._fields = terms
        self._postings = lru_cache(_KEPT_POSTINGS)(self._read)

    def _read(self, fieldname: str, text: bytes) -> TermPostings | None:
        field = self._fields.get(fieldname)
        return None if field is None else field.postings(text)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._postings(*term) is not None

    def cursor(self, fieldname: str, fieldobj: Any) -> TermCursor:  # noqa: ANN401 - Whoosh's
        """Return what walks through the terms of a field."""
        return TermCursor(self, fieldname, fieldobj)

    def lexicon(self, fieldname: str) -> Iterable[bytes]:
        """Return all terms of a field, ascending."""
        return self._fields[fieldname].lexicon if fieldname in self._fields else ()

    def indexed_field_names(self) -> list[str]:
        """Return the fields that have terms."""
        return sorted(self._fields)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield all terms, field after field."""
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield all terms from one on."""
        for name in self.indexed_field_names():
            if name >= fieldname:
                terms = self._fields[name].lexicon
                first = bisect_left(terms, prefix) if name == fieldname else 0
                for place in range(first, len(terms)):
                    yield name, terms[place]

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield all terms, and what is known of each."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield all terms from one on, and what is known of each."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return what is known of a term.

        Raises:
            TermNotFound: It occurs nowhere.
        """
        found = self._found(fieldname, text)
        lengths = self._fields[fieldname].lengths
        own = None if lengths is None else lengths[found.documents]
        return TermInfo(
            weight=float(found.weights.sum()),
            df=len(found.documents),
            minlength=0 if own is None else own.min().item(),
            maxlength=0 if own is None else own.max().item(),
            maxweight=float(found.weights.max()),
            minid=int(found.documents[0]),
            maxid=int(found.documents[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return how much a term weighs in all documents together."""
        found = self._postings(fieldname, text)
        return 0 if found is None else float(found.weights.sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many documents hold a term."""
        found = self._postings(fieldname, text)
        return 0 if found is None else len(found.documents)

    def matcher(
        self,
        fieldname: str,
        text: bytes,
        format_: Any,  # noqa: ANN401 - Whoosh's
        scorer: Any = None,  # noqa: ANN401 - Whoosh's
    ) -> TermMatcher:
        """Return what walks through the documents that hold a term.

        Raises:
            TermNotFound: None does.
        """
        found = self._found(fieldname, text)
        return TermMatcher((fieldname, text), found, format_, scorer)

    def close(self) -> None:
        """Let go of what was read."""
        self._postings.cache_clear()

    def _found(self, fieldname: str, text: bytes) -> TermPostings:
        found = self._postings(fieldname, text)
        if found is None:
            message = f"{fieldname}:{text!r}"
            raise TermNotFound(message)
        return found


class TermCursor(base.FieldCursor):  # type: ignore[misc] # Whoosh is untyped
    """Walks through the terms of a field; spelling and fuzzy search need it."""

    def __init__(self, reader: ArchiveTermsReader, fieldname: str, fieldobj: Any) -> None:  # noqa: ANN401 - Whoosh's
        self._reader = reader
        self._name = fieldname
        self._field = fieldobj
        self._terms: Any = reader.lexicon(fieldname)
        self._place = 0

    def is_valid(self) -> bool:
        """Return whether it is at a term."""
        return self._place < len(self._terms)

    def text(self) -> str | None:
        """Return the term it is at, or None after the last one."""
        if not self.is_valid():
            return None
        text: str = self._field.from_bytes(self._terms[self._place])
        return text

    def term(self) -> str | None:
        """Return the term it is at, or None after the last one."""
        return self.text()

    def first(self) -> str | None:
        """Go to the first term."""
        self._place = 0
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        """Go to a term, or to the first one after it."""
        self._place = bisect_left(self._terms, self._field.to_bytes(string))
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._place += 1
        return self.text()

    def term_info(self) -> TermInfo:
        """Return what is known of the term it is at."""
        return self._reader.term_info(self._name, self._terms[self._place])


class TermMatcher(LeafMatcher):  # type: ignore[misc] # Whoosh is untyped
    """Walks through the documents that hold a term."""

    def __init__(
        self,
        term: tuple[str, bytes],
        postings: TermPostings,
        format_: Any,  # noqa: ANN401 - Whoosh's
        scorer: Any,  # noqa: ANN401 - Whoosh's
    ) -> None:
        self._term = term
        self._postings = postings
        self.format = format_
        self.scorer = scorer
        self._ids: list[int] = postings.documents.tolist()
        self._weights: list[float] = postings.weights.tolist()
        self._place = 0

    def is_active(self) -> bool:
        """Return whether it is at a document."""
        return self._place < len(self._ids)

    def reset(self) -> None:
        """Go to the first document."""
        self._place = 0

    def copy(self) -> TermMatcher:
        """Return another one at the same document."""
        copy = TermMatcher(self._term, self._postings, self.format, self.scorer)
        copy._place = self._place
        return copy

    def replace(self, minquality: float = 0) -> Any:  # noqa: ANN401, ARG002 - Whoosh's
        """Return itself, or the matcher of nothing after the last document."""
        return self if self.is_active() else NullMatcher()

    def id(self) -> int:
        """Return the number of the document it is at."""
        return self._ids[self._place]

    def all_ids(self) -> Iterator[int]:
        """Yield the numbers of all documents."""
        return iter(self._ids)

    def next(self) -> bool:
        """Go to the next document; there are no blocks, so never to a new one."""
        if not self.is_active():
            raise ReadTooFar
        self._place += 1
        return False

    def skip_to(self, id: int) -> bool:  # noqa: A002 - Whoosh's
        """Go to a document, or to the first one after it."""
        if not self.is_active():
            raise ReadTooFar
        self._place = bisect_left(self._ids, id, self._place)
        return False

    def weight(self) -> float:
        """Return how much the term counts in the document."""
        return self._weights[self._place]

    def value(self) -> bytes:
        """Return the positions as the format writes them; nothing in a field without."""
        if not self.format.supports("positions"):
            return b""
        encoded: bytes = self.format.encode(self._positions())
        return encoded

    def value_as(self, astype: str) -> Any:  # noqa: ANN401 - Whoosh's
        """Return what is known of the term in the document: positions, frequency, weight."""
        if astype == "weight":
            return self.weight()
        if astype == "positions" and self.format.supports("positions"):
            return self._positions()
        return LeafMatcher.value_as(self, astype)

    def _positions(self) -> list[int]:
        start, end = self._postings.starts[self._place : self._place + 2].tolist()
        positions: list[int] = self._postings.positions[start:end].tolist()
        return positions

    def supports_block_quality(self) -> bool:
        """Return False: Whoosh shall score every document.

        Its short cuts lose part of a score where OR stands within AND.
        """
        return False

    def max_quality(self) -> float:
        """Return a score that nothing beats, so that no short cut is taken."""
        return float("inf")
