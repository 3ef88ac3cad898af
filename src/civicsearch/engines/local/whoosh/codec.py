"""A segment of an archive as Whoosh sees one, and the codec that says how it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from whoosh.codec import base

from civicsearch.engines.local.whoosh.documents import ArchiveDocumentReader
from civicsearch.engines.local.whoosh.fields import DOCUMENT_ID, FOLDED, PUBLISHED
from civicsearch.engines.local.whoosh.reader import ArchiveTermsReader
from civicsearch.engines.local.whoosh.terms import (
    FoldedTerms,
    IdTerms,
    MomentTerms,
    SegmentWords,
    WordTerms,
)
from civicsearch.errors import RequestError

if TYPE_CHECKING:
    from civicsearch.engines.local.layout import FieldLayout
    from civicsearch.engines.local.segment import Segment
    from civicsearch.engines.local.whoosh.terms import FieldTerms
    from civicsearch.schema import Schema

__all__ = ["ArchiveSegment", "refuse_writing"]


def refuse_writing(*_arguments: object, **_options: object) -> NoReturn:
    """Say that Whoosh only reads archives, and how they are written to.

    Raises:
        RequestError: Always.
    """
    message = (
        "Whoosh can read an archive, not write to it. "
        "Open it with `civicsearch.Archive.open`, then `add`, `delete` or `ingest`."
    )
    raise RequestError(message)


class ArchiveSegment(base.Segment):  # type: ignore[misc] # Whoosh is untyped
    """A segment. What was prepared for reading is kept here, for all readers of it."""

    def __init__(self, segment: Segment, *, schema: Schema, layout: FieldLayout) -> None:
        base.Segment.__init__(self, "civicsearch")
        self.segid = f"{segment.entry.name}.{segment.entry.deletions_generation}"
        self.segment = segment
        words = SegmentWords(segment, layout)
        self.terms: dict[str, FieldTerms] = {
            name: WordTerms(words, place) for place, name in enumerate(schema.names)
        }
        self.terms[FOLDED] = FoldedTerms(words)
        self.terms[DOCUMENT_ID] = IdTerms(segment)
        self.terms[PUBLISHED] = MomentTerms(segment)
        self.documents = ArchiveDocumentReader(segment, self.terms, schema)

    def codec(self) -> ArchiveCodec:
        """Return what reads it."""
        return ArchiveCodec()

    def doc_count_all(self) -> int:
        """Return how many documents there are, with deleted ones."""
        return self.documents.doc_count_all()

    def deleted_count(self) -> int:
        """Return how many documents are deleted."""
        return self.segment.entry.deleted

    def deleted_docs(self) -> frozenset[int]:
        """Return the documents that are deleted."""
        return self.documents.deleted_docs()

    def is_deleted(self, docnum: int) -> bool:
        """Return whether a document is deleted."""
        return self.documents.is_deleted(docnum)

    delete_document = set_doc_count = refuse_writing


class ArchiveCodec(base.Codec):  # type: ignore[misc] # Whoosh is untyped
    """Reads segments of archives."""

    def terms_reader(self, storage: Any, segment: ArchiveSegment) -> ArchiveTermsReader:  # noqa: ANN401, ARG002 - Whoosh's
        """Return what reads terms and postings."""
        return ArchiveTermsReader(segment.terms)

    def per_document_reader(self, storage: Any, segment: ArchiveSegment) -> ArchiveDocumentReader:  # noqa: ANN401, ARG002 - Whoosh's
        """Return what reads documents."""
        return segment.documents

    per_document_writer = field_writer = postings_writer = new_segment = refuse_writing
