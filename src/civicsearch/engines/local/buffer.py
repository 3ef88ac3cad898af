"""Documents on their way into a segment: words as numbers in memory, arrays when it is full.

Adding a document packs it, and lets its texts wait until there are enough to number the chunks of
all at once. When the buffer is written, all words of all documents are sorted at once, as whole
numbers that hold term, document and field.
"""

from __future__ import annotations

from operator import ne
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from civicsearch.analysis.analyzer import ACCENTED_SHARE, UNACCENTED
from civicsearch.engines.local.columns import (
    NO_MOMENT,
    hash_key,
    write_facets,
    write_hashes,
    write_ids,
)
from civicsearch.engines.local.contexts import ContextsWriter
from civicsearch.engines.local.layout import FieldLayout
from civicsearch.engines.local.lengths import NO_LENGTHS, average_of, write_lengths
from civicsearch.engines.local.pairs import word_hashes
from civicsearch.engines.local.pairs_writer import PairsWriter
from civicsearch.engines.local.postings import Postings
from civicsearch.engines.local.postings_writer import PostingsWriter, heavy_beginnings, stretches
from civicsearch.engines.local.sections import SectionFileWriter
from civicsearch.engines.local.stored import StoredWriter
from civicsearch.engines.local.streams import StreamsWriter
from civicsearch.engines.local.terms import encode_term, write_terms
from civicsearch.engines.local.words import KnownWords, WordNumbers
from civicsearch.schema import FACETS, field_texts
from civicsearch.search.ordering import facet_values
from civicsearch.search.request import moment_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from civicsearch.analysis.analyzer import Analyzer
    from civicsearch.document import Document
    from civicsearch.engines.local.lengths import Lengths
    from civicsearch.engines.local.sections import WrittenFile
    from civicsearch.schema import Schema

__all__ = ["Batch", "SegmentBuffer"]

_BYTES_A_WORD = 85
"""At the peak of sorting; an ingest of 100,000 articles by 512 MB then takes 590 MB in all."""
_CHARS_A_CHUNK = 5
_CHARS_AT_ONCE = 1 << 20
"""To cut so many, of 300 articles, takes 22 MB; with a quarter of it or twice as much it takes as
long."""
_KEPT_SHARE = 0.2  # of the memory, for chunks that are known from one segment to the next


class SegmentBuffer:
    """Collects documents until they are enough for a segment."""

    def __init__(self, schema: Schema, analyzer: Analyzer, *, memory_bytes: int) -> None:
        """Take documents until `is_full`, by about `memory_bytes`."""
        self._memory_bytes = memory_bytes
        self._schema = schema
        self._layout = FieldLayout.of(schema)
        self._analyzer = analyzer
        self._words = WordNumbers(analyzer)
        self._clear()

    def _clear(self) -> None:
        self._texts: list[str] = []  # of fields that wait to be cut
        self._waiting_chars = 0
        self._chunks: list[NDArray[np.int32]] = []
        self._counts: list[NDArray[np.int64]] = []  # of chunks of each field of each document
        self._chunk_count = 0
        self._documents: list[_Read] = []
        self._stored = StoredWriter()

    def __len__(self) -> int:
        return len(self._documents)

    @property
    def is_full(self) -> bool:
        """Whether to write what is there takes about all the memory that there is."""
        count = self._chunk_count + self._waiting_chars // _CHARS_A_CHUNK
        words = _BYTES_A_WORD * count + self._stored.size_bytes
        return words + self._words.size_bytes > self._memory_bytes

    def add(self, document: Document) -> None:
        """Add a document."""
        if self._waiting_chars > _CHARS_AT_ONCE:
            self._cut()
        texts = field_texts(document)
        fields = [texts[name] for name in self._schema.names]
        read = _Read.of(document)
        # Packed here and not by the thread that writes: in a thread, each of thousands of small
        # steps would wait for this one to pause, up to 5 ms.
        self._stored.add(document)
        # From here on nothing can fail half way: a document is in it whole or not at all.
        self._texts += fields
        self._waiting_chars += sum(map(len, fields))
        self._documents.append(read)

    def _cut(self) -> None:
        """Cut what waits into chunks."""
        chunks, counts = self._words.chunks_of(self._texts)
        self._chunks.append(chunks)
        self._counts.append(counts)
        self._chunk_count += len(chunks)
        self._texts, self._waiting_chars = [], 0

    def take(self) -> Batch:
        """Return all documents, ready to be written by another thread, and start anew."""
        self._cut()
        batch = Batch(
            self._layout,
            self._words.freeze(),
            np.concatenate(self._chunks),
            np.concatenate(self._counts).cumsum(),
            self._documents,
            self._stored,
        )
        self._clear()
        if self._words.size_bytes > self._memory_bytes * _KEPT_SHARE:
            self._words = WordNumbers(self._analyzer)
        return batch


class _Read(NamedTuple):
    """What is written of a document besides its words; made at once, so that faults show at once.

    Attributes:
        document_id: Its id.
        moment: See `search.request.moment_key`.
        facets: Its values of each facet.
        origins: The hashes of the paths of its origins.
    """

    document_id: str
    moment: int | None
    facets: tuple[tuple[str, ...], ...]
    origins: tuple[int, ...]

    @classmethod
    def of(cls, document: Document) -> _Read:
        """Read a document."""
        return cls(
            document.document_id,
            moment_key(document),
            tuple(facet_values(name, document) for name in FACETS),
            tuple(hash_key(origin.path) for origin in document.origins),
        )


class Batch:
    """The documents of one segment that is to be written; nothing changes it."""

    def __init__(
        self,
        layout: FieldLayout,
        known: KnownWords,
        chunks: NDArray[np.int32],
        field_ends: NDArray[np.int64],
        documents: Sequence[_Read],
        stored: StoredWriter,
    ) -> None:
        """Keep documents.

        Args:
            layout: Which fields there are.
            known: The words of chunks.
            chunks: The chunks of all documents.
            field_ends: Where each field of each document ends in them.
            documents: The documents.
            stored: The documents, packed.
        """
        self._stored = stored
        self._layout = layout
        self._known = known
        self._chunks = chunks
        self._field_ends = field_ends
        self._documents = documents

    def __len__(self) -> int:
        return len(self._documents)

    @property
    def document_ids(self) -> list[str]:
        """The id of each document."""
        return [document.document_id for document in self._documents]

    def write(self, path: Path, others: Lengths = NO_LENGTHS) -> WrittenFile:
        """Write all documents to a new file; where that fails, nothing is left of it.

        Args:
            path: The file.
            others: Of the other documents of the archive.
        """
        file = SectionFileWriter(path)
        try:
            return file.finish(self._write(file, others))
        except FileExistsError:
            raise  # it is not ours
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        finally:
            file.close()

    def _write(self, file: SectionFileWriter, others: Lengths) -> dict[str, Any]:
        words, lengths = self._analysed()
        weighted = write_lengths(file, self._layout, lengths)
        postings = words.postings()
        sizes = np.bincount(postings.terms, minlength=len(words.terms))
        writer = PostingsWriter(
            file,
            weighted,
            average_length=average_of(weighted, others),
            beginnings=heavy_beginnings(words.terms, sizes.tolist(), len(self)),
        )
        numbers = np.empty(len(words.terms), np.int64)
        for first, last in stretches(words.terms, sizes):
            numbers[first:last] = writer.write(words.terms[first:last], postings.of(first, last))
        del postings
        write_terms(file, writer.terms)
        counts, held = np.zeros((2, len(writer.terms)), np.int64)
        counts[numbers], held[numbers] = words.counts(), sizes
        streams, pairs = StreamsWriter(file, counts), PairsWriter(file)
        stream = words.stream(numbers)
        del words
        streams.write(stream)
        streams.finish()
        contexts = ContextsWriter(file, self._layout, streams.codes, writer.terms)
        contexts.write(stream)
        contexts.finish()
        hashes = word_hashes(term[1:].partition(b"\x1f")[0] for term in writer.terms)
        pairs.write_words(stream, (lengths + 1).sum(axis=1), held, hashes)
        del stream
        self._write_columns(file)
        return {
            "documents": len(self),
            "terms": len(writer.terms),
            **writer.finish(),
            **pairs.finish(),
            "stored": self._stored.write(file),
        }

    def _write_columns(self, file: SectionFileWriter) -> None:
        write_ids(file, self.document_ids)
        origins = [
            (origin, number)
            for number, document in enumerate(self._documents)
            for origin in document.origins
        ]
        columns = np.array(origins, np.int64).reshape(-1, 2)
        write_hashes(file, "origin", columns[:, 0], columns[:, 1])
        moments = (document.moment for document in self._documents)
        dated = [NO_MOMENT if moment is None else moment for moment in moments]
        file.add("moments", np.array(dated, np.int64))
        facets = {
            name: [document.facets[place] for document in self._documents]
            for place, name in enumerate(FACETS)
        }
        write_facets(file, facets)

    def _analysed(self) -> tuple[_Words, NDArray[np.int64]]:
        """Return all words, and their number in each field, shape (documents, fields)."""
        words, bounds = self._known.words_of(self._chunks)
        lengths = np.diff(bounds.take(self._field_ends), prepend=0).reshape(len(self), -1)
        return self._without_accents(words, lengths), lengths

    def _without_accents(self, words: NDArray[np.int32], lengths: NDArray[np.int64]) -> _Words:
        """Return the words, with the sign of `UNACCENTED` in documents typed without accents."""
        exact, folded = self._known.exact, self._known.folded
        count = len(exact)
        accented = np.fromiter(map(ne, exact, folded), bool, count)
        alphabetic = ~np.fromiter(map(str.isdigit, exact), bool, count)
        ends = lengths.ravel().cumsum()  # of each field
        accents = self._in_stories(_sums(accented.take(words), ends))
        letters = self._in_stories(_sums(alphabetic.take(words), ends))
        is_plain = ~(accents > ACCENTED_SHARE * letters)
        if is_plain.any():
            plain = is_plain.repeat(lengths.sum(axis=1)).nonzero()[0]
            used = np.bincount(words.take(plain), minlength=count).nonzero()[0]
            signed = np.arange(count, dtype=np.int32)
            signed[used] = np.arange(count, count + len(used))
            exact = exact + [exact[word] + UNACCENTED for word in used.tolist()]
            folded = folded + [folded[word] for word in used.tolist()]
            words[plain] = signed.take(words.take(plain))
        return _Words(self._layout, words, lengths, (exact, folded))

    def _in_stories(self, counts: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the sum of what is counted in the fields of each document that tell of accents."""
        fields = counts.reshape(-1, len(self._layout.groups))
        found: NDArray[np.int64] = fields[:, list(self._layout.story)].sum(axis=1)
        return found


def _sums(values: NDArray[np.bool_], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many of `values` are true in each piece that ends at `ends`."""
    summed = np.zeros(len(values) + 1, np.int32)
    np.cumsum(values, out=summed[1:])
    return np.diff(summed[ends], prepend=0)


class _Words:
    """The words of all documents, sorted into postings and in order as streams."""

    def __init__(
        self,
        layout: FieldLayout,
        words: NDArray[np.int32],
        lengths: NDArray[np.int64],
        forms: tuple[Sequence[str], Sequence[str]],
    ) -> None:
        """Put words in order.

        Args:
            layout: Which fields there are.
            words: The words of all documents, field by field.
            lengths: How many words each field has, shape (documents, fields).
            forms: The exact and the folded form of each word.
        """
        self._layout = layout
        self._lengths = lengths
        self.terms, self._ranks = self._sorted_terms(words, *forms)

    def postings(self) -> Postings:
        """Return the postings of all terms.

        Each word is one whole number of term, document and field, from the highest bits to the
        lowest: sorting 8 million of them takes 0.2 s, a stable sort of their indexes by term
        0.6 s, before anything is moved.
        """
        count, width = self._lengths.shape
        field_bits = width.bit_length()
        document_bits = count.bit_length()
        if len(self.terms).bit_length() + document_bits + field_bits > 63:
            reason = "more words than a segment can hold"
            raise OverflowError(reason)
        cells = np.arange(count)[:, None] << field_bits | np.arange(width)
        keys = self._ranks.astype(np.int64)
        keys <<= document_bits + field_bits
        keys |= cells.ravel().repeat(self._lengths.ravel())
        keys.sort()
        fields = (keys & ((1 << field_bits) - 1)).astype(np.uint8)
        keys >>= field_bits
        is_head = np.empty(len(keys), bool)
        is_head[:1] = True
        np.not_equal(keys[1:], keys[:-1], out=is_head[1:])
        heads = is_head.nonzero()[0]
        keys = keys.take(heads)
        weights = np.array(self._layout.weights, np.int64).take(fields)
        return Postings(
            terms=keys >> document_bits,
            documents=keys & ((1 << document_bits) - 1),
            frequencies=np.add.reduceat(weights, heads) if len(heads) else weights,
        )

    def counts(self) -> NDArray[np.int64]:
        """Return how often each term occurs."""
        return np.bincount(self._ranks, minlength=len(self.terms))

    def stream(self, numbers: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return all words in order, by the `numbers` of their terms, -1 behind each field."""
        sizes = self._lengths.ravel()
        stream = np.full(len(self._ranks) + len(sizes), -1, np.int32)
        is_word = np.ones(len(stream), bool)
        is_word[(sizes + 1).cumsum() - 1] = False
        stream[is_word] = numbers.astype(np.int32).take(self._ranks)
        return stream

    def _sorted_terms(
        self, words: NDArray[np.int32], exact: Sequence[str], folded: Sequence[str]
    ) -> tuple[list[bytes], NDArray[np.int32]]:
        """Return the terms in order, and the place among them of each word."""
        count = len(exact)
        groups = np.array(self._layout.groups, np.int32)
        numbers = np.tile(groups, len(self._lengths)).repeat(self._lengths.ravel())
        numbers *= count
        numbers += words
        used = np.bincount(numbers, minlength=1).nonzero()[0]
        encoded = [
            encode_term(group, folded[word], exact[word])
            for group, word in zip((used // count).tolist(), (used % count).tolist(), strict=True)
        ]
        order = sorted(range(len(encoded)), key=encoded.__getitem__)
        ranks = np.zeros(int(used[-1]) + 1 if len(used) else 0, np.int32)
        ranks[used[order]] = np.arange(len(order))
        return [encoded[number] for number in order], ranks.take(numbers)
