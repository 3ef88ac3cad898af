"""One segment of the index, open for reading: its file, and which of its documents are deleted."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from civicsearch.engines.local.columns import Columns, documents_with_hash, hash_key
from civicsearch.engines.local.pairs import PairsReader
from civicsearch.engines.local.postings import PostingsReader
from civicsearch.engines.local.sections import SectionFile
from civicsearch.engines.local.stored import StoredReader
from civicsearch.engines.local.streams import StreamsReader
from civicsearch.engines.local.terms import TermDictionary

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from civicsearch.engines.local.manifest import SegmentEntry

__all__ = ["Segment"]


class Segment:
    """Immutable; threads may share it.

    Attributes:
        entry: What the manifest says of it.
        size: How many documents it has, with deleted ones.
        deleted: Which of them are deleted, bool, shape (size,), or None where none is.
    """

    def __init__(self, folder: Path, entry: SegmentEntry) -> None:
        """Open the files of a segment.

        Raises:
            OSError: A file cannot be read.
            ValueError: A file is damaged.
        """
        self.entry = entry
        self.file = SectionFile(folder / entry.file_name)
        self.size: int = self.file.facts["documents"]
        if (self.file.size_bytes, self.size) != (entry.file.size_bytes, entry.documents):
            reason = f"{entry.file_name} is not the file it was"
            raise ValueError(reason)
        self.deleted: NDArray[np.bool_] | None = None
        if entry.deletions is not None:
            packed = np.frombuffer((folder / entry.deletions_name).read_bytes(), np.uint8)
            if len(packed) != -(-self.size // 8):
                reason = f"{entry.deletions_name} is not the file it was"
                raise ValueError(reason)
            self.deleted = np.unpackbits(packed, count=self.size).astype(bool)

    @cached_property
    def dictionary(self) -> TermDictionary:
        """The terms."""
        return TermDictionary(self.file)

    @cached_property
    def postings(self) -> PostingsReader:
        """Which documents hold the terms."""
        return PostingsReader(self.file, self.size)

    @cached_property
    def streams(self) -> StreamsReader:
        """The words of the documents, in order."""
        return StreamsReader(self.file)

    @cached_property
    def pairs(self) -> PairsReader:
        """Which words stand next to each other."""
        return PairsReader(self.file)

    @cached_property
    def columns(self) -> Columns:
        """Identity, lengths, date and facets of the documents."""
        return Columns(self.file)

    @cached_property
    def stored(self) -> StoredReader:
        """The documents themselves."""
        return StoredReader(self.file)

    def number_of(self, document_id: str) -> int | None:
        """Return the document with an id that is not deleted, or None."""
        for number in self.columns.numbers_of(document_id):
            if self.deleted is None or not self.deleted[number]:
                return number
        return None

    def numbers_with_origin(self, path: str) -> list[int]:
        """Return the documents, not deleted, that may have been read from `path`."""
        return [
            number
            for number in documents_with_hash(self.file, "origin", hash_key(path))
            if self.deleted is None or not self.deleted[number]
        ]
