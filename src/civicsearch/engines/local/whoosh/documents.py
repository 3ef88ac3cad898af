"""What Whoosh reads documents with: stored fields, lengths, columns, deletions of one segment."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.codec import base
from whoosh.columns import ColumnReader
from whoosh.matching import ListMatcher

from civicsearch.analysis.analyzer import Analyzer
from civicsearch.engines.local.columns import NO_MOMENT
from civicsearch.engines.local.whoosh.fields import (
    DOCUMENT_ID,
    FOLDED,
    NAMES,
    NO_MOMENT_VALUE,
    PUBLISHED,
    SORTED_BY_NAME,
    stored_fields,
)
from civicsearch.engines.local.whoosh.terms import microseconds
from civicsearch.schema import field_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    from civicsearch.engines.local.segment import Segment
    from civicsearch.engines.local.whoosh.terms import FieldTerms
    from civicsearch.schema import Schema

__all__ = ["ArchiveDocumentReader"]


class ArchiveDocumentReader(base.PerDocumentReader):  # type: ignore[misc] # Whoosh is untyped
    """The documents of one segment."""

    def __init__(self, segment: Segment, terms: Mapping[str, FieldTerms], schema: Schema) -> None:
        self._segment = segment
        self._terms = terms
        self._schema = schema

    # --- which there are ---

    def doc_count(self) -> int:
        """Return how many documents are not deleted."""
        return self._segment.entry.live

    def doc_count_all(self) -> int:
        """Return how many documents there are, with deleted ones."""
        return self._segment.size

    def has_deletions(self) -> bool:
        """Return whether documents are deleted."""
        return self._segment.deleted is not None

    def is_deleted(self, docnum: int) -> bool:
        """Return whether a document is deleted."""
        return docnum in self._deleted  # Whoosh also asks beyond the last one

    def deleted_docs(self) -> frozenset[int]:
        """Return the documents that are deleted."""
        return self._deleted

    @cached_property
    def _deleted(self) -> frozenset[int]:
        deleted = self._segment.deleted
        return frozenset(() if deleted is None else np.flatnonzero(deleted).tolist())

    # --- what they hold ---

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return what a hit shows."""
        return stored_fields(self._segment.stored.document(docnum))

    def doc_field_length(self, docnum: int, fieldname: str, default: float = 0) -> float:
        """Return the number of words of a field in a document."""
        lengths = self._lengths(fieldname)
        return default if lengths is None else lengths.item(docnum)

    def field_length(self, fieldname: str) -> float:
        """Return the number of words of a field in all documents, with deleted ones."""
        return self._over_lengths(fieldname, np.sum)

    def min_field_length(self, fieldname: str) -> float:
        """Return the number of words in the shortest field."""
        return self._over_lengths(fieldname, np.min)

    def max_field_length(self, fieldname: str) -> float:
        """Return the number of words in the longest field."""
        return self._over_lengths(fieldname, np.max)

    def _lengths(self, fieldname: str) -> NDArray[Any] | None:
        return self._terms[fieldname].lengths if fieldname in self._terms else None

    def _over_lengths(self, fieldname: str, summed_up: Callable[..., Any]) -> float:
        lengths = self._lengths(fieldname)
        if lengths is None:
            return 0
        value: float = summed_up(lengths).item()
        return value

    def has_vector(self, docnum: int, fieldname: str) -> bool:  # noqa: ARG002 - Whoosh's
        """Return whether the words of one document can be asked for."""
        return fieldname == FOLDED

    def vector(self, docnum: int, fieldname: str, format_: Any) -> ListMatcher:  # noqa: ANN401, ARG002 - Whoosh's
        """Return the words of one document, each with its weight."""
        texts = field_texts(self._segment.stored.document(docnum))
        weights: Counter[str] = Counter()
        analyzer = Analyzer()
        for zone in self._schema.zones:
            for token in analyzer.iter_tokens(texts[zone.name]):
                weights[token.folded] += zone.weight  # type: ignore[assignment] # not whole
        words = sorted(weights)
        return ListMatcher(words, [weights[word] for word in words], format=format_)

    # --- columns ---

    def supports_columns(self) -> bool:
        """Return True."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Return whether documents can be sorted and grouped by a field."""
        return fieldname in {DOCUMENT_ID, PUBLISHED, *SORTED_BY_NAME, *NAMES}

    def column_reader(self, fieldname: str, column: Any) -> ColumnReader:  # noqa: ANN401, ARG002 - Whoosh's
        """Return what documents are sorted and grouped by."""
        columns = self._segment.columns
        if fieldname == PUBLISHED:
            return MomentReader(columns.moments)
        if fieldname == DOCUMENT_ID:
            return ValueReader([name.encode() for name in columns.document_ids()])
        if fieldname in NAMES:
            return NamesReader(columns.facet_rows(NAMES[fieldname]))
        rows = columns.facet_rows(fieldname)
        return ValueReader([row[0].encode() if row else b"" for row in rows])


class ValueReader(ColumnReader):  # type: ignore[misc] # Whoosh is untyped
    """A column with one text a document, as bytes; without one the empty text."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> Any:  # noqa: ANN401 - bytes, or names in a subclass
        return self._values[docnum]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)


class NamesReader(ValueReader):
    """A column with several names a document."""

    def sort_key(self, docnum: int) -> str:
        """Return the first name, or the empty text."""
        names = self._values[docnum]
        return names[0] if names else ""


class MomentReader(ColumnReader):  # type: ignore[misc] # Whoosh is untyped
    """When documents were published; those without a date come last, in either direction."""

    def __init__(self, moments: NDArray[np.int64]) -> None:
        values = microseconds(moments)
        values[moments == NO_MOMENT] = NO_MOMENT_VALUE
        self._values = values
        self._is_reversed = False

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> int:
        return int(self._values[docnum])

    def sort_key(self, docnum: int) -> int:
        """Return what to sort by, ascending."""
        value = self[docnum]
        return -value if self._is_reversed and value != NO_MOMENT_VALUE else value

    def set_reverse(self) -> None:
        """Sort the other way round."""
        self._is_reversed = True
