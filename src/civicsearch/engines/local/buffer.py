"""Documents on their way into a segment: words as numbers in memory, arrays when it is full.

Adding a document looks each chunk of its text up in a dictionary and no more. When the buffer is
written, all words of all documents are sorted at once, as whole numbers that hold term, document,
position and field.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

import numpy as np

from civicsearch.analysis.analyzer import ACCENTED_SHARE, UNACCENTED
from civicsearch.engines.local.columns import (
    NO_MOMENT,
    hash_key,
    write_facets,
    write_hashes,
    write_ids,
)
from civicsearch.engines.local.layout import FieldLayout
from civicsearch.engines.local.postings import Postings, PostingsWriter
from civicsearch.engines.local.sections import SectionFileWriter
from civicsearch.engines.local.stored import StoredWriter
from civicsearch.engines.local.terms import encode_term, write_terms
from civicsearch.engines.local.words import WordNumbers
from civicsearch.schema import FACETS, field_texts
from civicsearch.search.ordering import facet_values
from civicsearch.search.request import moment_key

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from civicsearch.analysis.analyzer import Analyzer
    from civicsearch.document import Document
    from civicsearch.engines.local.sections import WrittenFile
    from civicsearch.schema import Schema

__all__ = ["SegmentBuffer"]

_BYTES_A_WORD = 64  # at the peak of sorting, measured with 8 million words: 52
_BYTES_A_CHUNK = 300  # a text, its number, its words: measured 260
_KEPT_SHARE = 0.2  # of the memory, for chunks that are known from one segment to the next


class SegmentBuffer:
    """Holds the documents of one segment that is being made."""

    def __init__(self, schema: Schema, analyzer: Analyzer, *, memory_bytes: int) -> None:
        """Take documents until `is_full`, by about `memory_bytes`."""
        self._memory_bytes = memory_bytes
        self._schema = schema
        self._layout = FieldLayout.of(schema)
        self._analyzer = analyzer
        self._words = WordNumbers(analyzer)
        self._clear()

    def _clear(self) -> None:
        self._chunks: array[int] = array("I")
        self._field_ends: array[int] = array("q")  # of each field of each document, in chunks
        self._stored = StoredWriter()
        self._moments: array[int] = array("q")
        self._facets: dict[str, list[tuple[str, ...]]] = {name: [] for name in FACETS}
        self._origins: list[tuple[int, int]] = []
        self.document_ids: list[str] = []

    def __len__(self) -> int:
        return len(self.document_ids)

    @property
    def is_full(self) -> bool:
        """Whether to write what is there takes about all the memory that there is."""
        words = _BYTES_A_WORD * len(self._chunks) + self._stored.size_bytes
        return words + _BYTES_A_CHUNK * self._words.chunk_count > self._memory_bytes

    def add(self, document: Document) -> None:
        """Add a document."""
        texts = field_texts(document)
        chunks: array[int] = array("I")
        ends = []
        for name in self._schema.names:
            if text := texts[name]:
                self._words.append(text, chunks)
            ends.append(len(self._chunks) + len(chunks))
        moment = moment_key(document)
        facets = [facet_values(name, document) for name in FACETS]
        self._stored.add(document)
        # From here on nothing can fail half way: a document is in it whole or not at all.
        self._chunks.extend(chunks)
        self._field_ends.extend(ends)
        self._moments.append(NO_MOMENT if moment is None else moment)
        for rows, values in zip(self._facets.values(), facets, strict=True):
            rows.append(values)
        number = len(self.document_ids)
        self._origins.extend((hash_key(origin.path), number) for origin in document.origins)
        self.document_ids.append(document.document_id)

    def write(self, path: Path) -> WrittenFile:
        """Write all documents to a new file, and start anew."""
        file = SectionFileWriter(path)
        try:
            written = file.finish(self._write(file))
        finally:
            file.close()
        self._clear()  # what could not be written stays, for another try
        if self._words.chunk_count * _BYTES_A_CHUNK > self._memory_bytes * _KEPT_SHARE:
            self._words = WordNumbers(self._analyzer)
        return written

    def _write(self, file: SectionFileWriter) -> dict[str, Any]:
        words, lengths = self._analysed()
        terms, keys = _Keys(self._layout, words, lengths, self._words).sorted()
        write_terms(file, terms)
        weighted = write_columns(file, self._layout, lengths)
        writer = PostingsWriter(file, weighted)
        writer.write(keys)
        write_ids(file, self.document_ids)
        origins = np.array(self._origins, np.int64).reshape(-1, 2)
        write_hashes(file, "origin", origins[:, 0], origins[:, 1])
        file.add("moments", np.frombuffer(self._moments, np.int64))
        write_facets(file, self._facets)
        return {
            "documents": len(self),
            "terms": len(terms),
            **writer.finish(),
            "stored": self._stored.write(file),
        }

    def _analysed(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return all words, and their number in each field, shape (documents, fields)."""
        chunks = np.frombuffer(self._chunks, np.uint32)
        words, counts = self._words.words_of(chunks)
        summed = np.zeros(len(counts) + 1, np.int64)
        np.cumsum(counts, out=summed[1:])
        ends = summed[np.frombuffer(self._field_ends, np.int64)]
        lengths = np.diff(ends, prepend=0).reshape(len(self), -1)
        return self._without_accents(words.astype(np.int64), lengths), lengths

    def _without_accents(
        self, words: NDArray[np.int64], lengths: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return `words` with the sign of `UNACCENTED` in documents typed without accents."""
        known = self._words
        count = len(known)
        accented = np.fromiter(
            (exact != folded for exact, folded in zip(known.exact, known.folded, strict=True)),
            bool,
            count,
        )
        alphabetic = np.fromiter((not exact.isdigit() for exact in known.exact), bool, count)
        ends = np.cumsum(lengths.sum(axis=1))
        accents = _sums(accented[words], ends)
        letters = _sums(alphabetic[words], ends)
        plain = np.repeat(~(accents > ACCENTED_SHARE * letters), np.diff(ends, prepend=0))
        signed = np.arange(count)
        for word in np.unique(words[plain]).tolist():
            signed[word] = known.number(known.exact[word] + UNACCENTED, known.folded[word])
        return np.where(plain, signed[words], words)


def _sums(values: NDArray[np.bool_], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many of `values` are true in each piece that ends at `ends`."""
    summed = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=summed[1:])
    return np.diff(summed[ends], prepend=0)


class _Keys:
    """Sorts words into postings: each word is one whole number that holds all that is known.

    From the highest bits to the lowest: term, document, position, field. Sorting 8 million such
    numbers takes 0.2 s, a stable sort of their indexes by term 0.6 s, before anything is moved.
    """

    def __init__(
        self,
        layout: FieldLayout,
        words: NDArray[np.int64],
        lengths: NDArray[np.int64],
        known: WordNumbers,
    ) -> None:
        self._layout = layout
        self._words = words
        self._lengths = lengths
        self._known = known

    def sorted(self) -> tuple[list[bytes], Postings]:
        """Return the terms in order, and their postings."""
        terms, numbers = self._terms()
        field_bits = len(self._layout.groups).bit_length()
        positions, fields, documents = self._places()
        position_bits = int(positions.max(initial=0)).bit_length()
        document_bits = len(self._lengths).bit_length()
        shift = field_bits + position_bits
        if len(terms).bit_length() + document_bits + shift > 63:
            reason = "more words than a segment can hold"
            raise OverflowError(reason)
        keys = ((numbers << document_bits | documents) << position_bits | positions) << field_bits
        keys |= fields
        del numbers, positions, fields, documents
        keys.sort()
        places = keys >> shift
        heads = np.flatnonzero(np.diff(places, prepend=-1))
        weights = np.array(self._layout.weights, np.int64)[keys & ((1 << field_bits) - 1)]
        positions = keys >> field_bits
        positions &= (1 << position_bits) - 1
        first = places[heads]
        return terms, Postings(
            terms=first >> document_bits,
            documents=first & ((1 << document_bits) - 1),
            counts=np.diff(heads, append=len(keys)),
            frequencies=np.add.reduceat(weights, heads) if len(heads) else weights,
            positions=positions,
        )

    def _terms(self) -> tuple[list[bytes], NDArray[np.int64]]:
        """Return the terms in order, and the number of the term of each word."""
        known, count = self._known, len(self._known)
        groups = np.array(self._layout.groups, np.int64)
        sizes = self._lengths.ravel()
        group_of = np.repeat(np.tile(groups, len(self._lengths)), sizes)
        numbers = group_of * count + self._words
        used = np.flatnonzero(np.bincount(numbers, minlength=1))
        encoded = [
            encode_term(group, known.folded[word], known.exact[word])
            for group, word in zip((used // count).tolist(), (used % count).tolist(), strict=True)
        ]
        order = sorted(range(len(encoded)), key=encoded.__getitem__)
        ranks = np.zeros(int(used[-1]) + 1 if len(used) else 0, np.int64)
        ranks[used[order]] = np.arange(len(order))
        return [encoded[number] for number in order], ranks[numbers]

    def _places(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return the position, the field and the document of each word."""
        count, width = self._lengths.shape
        sizes = self._lengths.ravel()
        starts = field_starts(self._layout, self._lengths).ravel()
        ends = np.cumsum(sizes)
        positions = np.arange(len(self._words)) + np.repeat(starts - ends + sizes, sizes)
        fields = np.repeat(np.tile(np.arange(width), count), sizes)
        documents = np.repeat(np.arange(count), self._lengths.sum(axis=1))
        return positions, fields, documents


def field_starts(layout: FieldLayout, lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the position at which each field begins, shape (documents, fields)."""
    starts = np.zeros_like(lengths)
    zones = list(layout.zones)
    after = np.cumsum(lengths[:, zones] + 1, axis=1)
    starts[:, zones[1:]] = after[:, :-1]
    return starts


def write_columns(
    file: SectionFileWriter, layout: FieldLayout, lengths: NDArray[np.int64]
) -> NDArray[np.uint32]:
    """Add where zones start and the weighted lengths of documents, and return the latter."""
    zones = list(layout.zones)
    starts = field_starts(layout, lengths)
    for zone in zones[1:]:
        dtype = np.min_scalar_type(int(starts[:, zone].max(initial=0)))
        file.add(f"field_starts_{zone}", starts[:, zone].astype(dtype))
    weights = np.array(layout.weights, np.int64)[zones]
    weighted = (lengths[:, zones] @ weights).astype(np.uint32)
    file.add("lengths", weighted)
    return weighted
