"""Makes one segment of several: terms renumbered, arrays moved, no document analysed again.

Postings are read and written in stretches of the dictionary, so that memory does not grow with
the index, but for that of the word that most documents have: a million and a hundred thousand
documents are joined in 610 MB.
"""

from __future__ import annotations

from collections import Counter, deque
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from threading import Event
from typing import TYPE_CHECKING, Any

import numpy as np

from civicsearch.engines.local.codebook import PLAIN
from civicsearch.engines.local.columns import join_facets, join_ids, write_hashes
from civicsearch.engines.local.contexts import ContextsWriter
from civicsearch.engines.local.freed_memory import give_back_freed
from civicsearch.engines.local.lengths import NO_LENGTHS, average_of, write_lengths
from civicsearch.engines.local.packed_texts import SAMPLE, PackedTextsWriter
from civicsearch.engines.local.pairs_writer import Source, merge_pairs
from civicsearch.engines.local.postings import Postings
from civicsearch.engines.local.postings_writer import (
    POSTINGS_A_STRETCH,
    PostingsWriter,
    Run,
    heavy_beginnings,
    stretches,
)
from civicsearch.engines.local.sections import SectionFileWriter
from civicsearch.engines.local.stored import PARTS
from civicsearch.engines.local.streams import StreamsWriter
from civicsearch.engines.local.terms import TermRange, is_family, write_terms
from civicsearch.ranking.impacts import Collection
from civicsearch.schema import FACETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from numpy.typing import NDArray

    from civicsearch.engines.local.codebook import Codebook
    from civicsearch.engines.local.layout import FieldLayout
    from civicsearch.engines.local.lengths import Lengths
    from civicsearch.engines.local.manifest import SegmentEntry
    from civicsearch.engines.local.sections import WrittenFile
    from civicsearch.engines.local.segment import Segment

__all__ = [
    "LARGE_MERGE",
    "MERGE_FACTOR",
    "all_to_merge",
    "merge_segments",
    "segments_to_merge",
    "with_deletions",
]

MERGE_FACTOR = 6
"""How many segments of about one size there may be. A search pays for each with one look into
its dictionary, an ingest writes every document log(n) times to the base of it."""
_SMALLEST_TIER = 1000  # documents; smaller segments are alike
_LARGEST_BYTES = 5 << 30
"""No segment is made larger by merging: its occurrences are numbered with 32 bits."""
_MAX_DELETED_SHARE = 0.4
_DOCUMENTS_AT_ONCE = 512  # copied as they are packed, a megabyte or so
_PIECES_A_PAUSE = 32
_LARGE_READ = 1 << 14
"""Postings of one source after which what was read is let go of: 100 sources of a million
documents would add 75 MB to those of the commonest word."""
_FEW_DOCUMENTS = 2048  # are soon packed anew: 30 us each
LARGE_MERGE = 20_000
"""So many documents are worth giving memory back for, which takes some milliseconds each time."""


def segments_to_merge(entries: Sequence[SegmentEntry]) -> list[int]:
    """Return which segments to make one of now, oldest first; none, or at least one.

    A segment of which much is deleted is written anew by itself.
    """
    by_tier: dict[int, list[int]] = {}
    for place, entry in enumerate(entries):
        if entry.deleted > _MAX_DELETED_SHARE * entry.documents:
            return [place]
        if entry.file.size_bytes < _LARGEST_BYTES // MERGE_FACTOR:
            size = max(entry.live, _SMALLEST_TIER) / _SMALLEST_TIER
            tier = int(np.log(size) / np.log(MERGE_FACTOR))
            by_tier.setdefault(tier, []).append(place)
    for tier in sorted(by_tier, reverse=True):
        if len(by_tier[tier]) >= MERGE_FACTOR:  # smaller ones come along: they cost little
            places = [place for size in by_tier if size <= tier for place in by_tier[size]]
            return _that_fit(entries, places)
    return []


def all_to_merge(entries: Sequence[SegmentEntry]) -> list[int]:
    """Return which segments to make one of where everything shall be as small as can be."""
    if not entries:
        return []
    return _that_fit(entries, list(range(len(entries))))


def with_deletions(entries: Sequence[SegmentEntry]) -> list[int]:
    """Return the first segment that has deleted documents, to be written anew by itself."""
    return next(([place] for place, entry in enumerate(entries) if entry.deleted), [])


def _that_fit(entries: Sequence[SegmentEntry], places: list[int]) -> list[int]:
    """Return as many of `places` as one segment can hold, the smallest first."""
    kept: list[int] = []
    total = 0
    for place in sorted(places, key=lambda place: entries[place].file.size_bytes):
        total += entries[place].file.size_bytes
        if kept and total > _LARGEST_BYTES:
            break
        kept.append(place)
    return sorted(kept) if len(kept) > 1 or entries[kept[0]].deleted else []


def merge_segments(
    segments: Sequence[Segment],
    path: Path,
    layout: FieldLayout,
    cancelled: Event | None = None,
    others: Lengths = NO_LENGTHS,
) -> WrittenFile:
    """Write the documents of `segments` that are not deleted to a new segment.

    Args:
        segments: What becomes one.
        path: The file of the new one.
        layout: Which fields there are.
        cancelled: Set where nobody waits for it any more.
        others: Of the documents of all other segments of the archive.

    Raises:
        CancelledError: `cancelled` was set in the meantime; nothing was written.
    """
    file = SectionFileWriter(path)
    try:
        return file.finish(_Merge(segments, layout, cancelled or Event()).write(file, others))
    finally:
        file.close()


@dataclass(frozen=True, slots=True)
class _Source:
    """A segment with what its documents and terms are called in the new one.

    Attributes:
        segment: The segment.
        documents: New number of each document, -1 for deleted ones, int32.
        kept: The documents that are not deleted, ascending.
        terms: Place of each term among all terms of all segments, ascending, -1 for families,
            which are made anew, int64.
    """

    segment: Segment
    documents: NDArray[np.int32]
    kept: NDArray[np.intp]
    terms: NDArray[np.int64]

    def kept_between(self, first: int, last: int) -> NDArray[np.intp]:
        """Return the documents from `first` to `last` (excluded) that are not deleted."""
        return self.kept[slice(*self.kept.searchsorted([first, last]))]


class _Merge:
    def __init__(self, segments: Sequence[Segment], layout: FieldLayout, cancelled: Event) -> None:
        self._layout = layout
        self._cancelled = cancelled
        # The dictionaries of all segments at once would take 400 MB for a million documents.
        every: set[bytes] = set()
        for segment in segments:
            every.update(segment.dictionary.all())
        self._terms = sorted(term for term in every if not is_family(term))
        del every
        places = {term: place for place, term in enumerate(self._terms)}
        self._sources = []
        self._count = 0
        for segment in segments:
            live = np.ones(segment.size, bool) if segment.deleted is None else ~segment.deleted
            kept = live.nonzero()[0]
            numbers = np.where(live, np.cumsum(live) - 1 + self._count, -1).astype(np.int32)
            terms = segment.dictionary.all()
            own = np.fromiter((places.get(term, -1) for term in terms), np.int64, len(terms))
            self._sources.append(_Source(segment, numbers, kept, own))
            self._count += len(kept)
            segment.file.forget()

    def write(self, file: SectionFileWriter, others: Lengths) -> dict[str, Any]:
        """Write all sections and return the facts of the new segment."""
        self._rest()
        lengths = self._write_columns(file)
        sizes = self._sizes()
        writer = PostingsWriter(
            file,
            lengths,
            average_length=average_of(lengths, others),
            beginnings=heavy_beginnings(self._terms, sizes.tolist(), self._count),
        )
        numbers = np.full(len(self._terms), -1, np.int64)
        for first, run in self._read_ahead(writer, sizes):
            numbers[first : first + len(run.terms)] = writer.write_run(run)
            del run  # before the next but one is read
            self._pause()
        write_terms(file, writer.terms)
        self._rest()
        self._write_streams(file, numbers, writer.terms)
        self._rest()
        pairs = self._write_pairs(file, numbers)
        self._pause()
        return {
            "documents": self._count,
            "terms": len(writer.terms),
            **writer.finish(),
            **pairs,
            "stored": {name: self._packed(file, part) for part, name in enumerate(PARTS)},
        }

    def _pause(self) -> None:
        """Let go of what was read of the segments, which would add up to all, or give up."""
        if self._cancelled.is_set():
            raise CancelledError
        for source in self._sources:
            source.segment.file.forget()

    def _rest(self) -> None:
        """Do the same before each part of a merge, and give back what was freed until then."""
        self._pause()
        if self._count > LARGE_MERGE:
            give_back_freed()

    def _sizes(self) -> NDArray[np.int64]:
        """Return the number of postings of each term, with those of deleted documents."""
        sizes = np.zeros(len(self._terms), np.int64)
        for source in self._sources:
            own = source.segment.postings.sizes(TermRange(0, len(source.terms)))
            kept = source.terms >= 0
            sizes[source.terms[kept]] += own[kept]
        return sizes

    def _read_ahead(
        self, writer: PostingsWriter, sizes: NDArray[np.int64]
    ) -> Iterator[tuple[int, Run]]:
        """Yield each stretch, ready to be written, and its first term.

        The next one is read while one is written: numpy lets other threads in where it takes
        long, so two processors take two thirds of the time of one. Large ones, of words that most
        documents have, are in memory one at a time.
        """

        def read(first: int, last: int) -> tuple[int, Run]:
            return first, writer.prepare(self._terms[first:last], self._postings(first, last))

        # Nothing here holds a run that was handed on, so that it is gone when it is written.
        ahead: deque[Future[tuple[int, Run]]] = deque()
        with ThreadPoolExecutor(1, "civicsearch-merge") as thread:
            for first, last in stretches(self._terms, sizes):
                if sizes[first:last].sum() > POSTINGS_A_STRETCH:
                    while ahead:
                        yield ahead.popleft().result()
                    yield read(first, last)
                    continue
                ahead.append(thread.submit(read, first, last))
                if len(ahead) > 1:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()

    def _postings(self, first: int, last: int) -> Postings:
        """Return the postings of all segments for terms `first` to `last`, numbered from 0."""
        terms, documents, frequencies = [], [], []
        for source, norms in zip(self._sources, self._norms, strict=True):
            reader = source.segment.postings
            inside = ((source.terms >= first) & (source.terms < last)).nonzero()[0]
            places, found, own = reader.read_frequencies(inside, norms)
            if len(places) > _LARGE_READ:
                source.segment.file.forget()
            new = source.documents.take(found)
            renamed = (source.terms.take(inside) - first).astype(np.int32).take(places)
            del places, found
            kept = new >= 0
            if not kept.all():
                renamed, own, new = renamed[kept], own[kept], new[kept]
            documents.append(new)
            frequencies.append(own)
            terms.append(renamed)
        # All in int32, and each let go of when it was joined: a million documents have three
        # million of one word.
        joined = _joined(terms)
        order = joined.argsort(kind="stable")  # documents of later segments come later
        joined = joined.take(order)
        return Postings(joined, _joined(documents).take(order), _joined(frequencies).take(order))

    @cached_property
    def _norms(self) -> list[NDArray[np.float64]]:
        """What saturates by half in each document, by the average that levels were made with."""
        return [
            Collection(
                documents=source.segment.size,
                lengths=source.segment.columns.lengths,
                average_length=source.segment.postings.average_length,
            ).norms.astype(np.float64)
            for source in self._sources
        ]

    def _write_streams(
        self, file: SectionFileWriter, numbers: NDArray[np.int64], new_terms: Sequence[bytes]
    ) -> None:
        """Write the words of all documents, the commonest ones with a number of two bytes."""
        counts = np.zeros(len(new_terms), np.int64)
        for source in self._sources:
            new = self._new_numbers(source, numbers)[:-1]
            deleted = source.segment.deleted
            own = source.segment.streams.counts(None if deleted is None else ~deleted)
            counts[new[new >= 0]] += own[new >= 0]
        streams = StreamsWriter(file, counts)
        contexts = ContextsWriter(file, self._layout, streams.codes, new_terms)
        for terms in self._iter_streams(numbers):
            streams.write(terms)
            contexts.write(terms)
        streams.finish()
        contexts.finish()

    def _iter_streams(self, numbers: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
        for source in self._sources:
            new = self._new_numbers(source, numbers)
            kept = None if source.segment.deleted is None else ~source.segment.deleted
            for terms in source.segment.streams.iter_terms(kept):
                yield new.take(terms)
            self._pause()

    def _new_numbers(self, source: _Source, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the new number of each term of a segment; the last is that of a separator."""
        new = np.append(numbers.take(source.terms), -1)
        new[:-1][source.terms < 0] = -1
        return new

    def _write_pairs(self, file: SectionFileWriter, numbers: NDArray[np.int64]) -> dict[str, Any]:
        """Write the pairs of all documents."""
        sources = [
            Source(source.segment.pairs, source.documents, self._new_numbers(source, numbers))
            for source in self._sources
        ]
        return merge_pairs(file, sources)

    def _write_columns(self, file: SectionFileWriter) -> NDArray[np.uint32]:
        """Write what is known of documents besides words, and return their lengths."""
        columns = [source.segment.columns for source in self._sources]
        kept = [source.kept for source in self._sources]

        def joined(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
            parts = zip(arrays, kept, strict=True)
            return np.concatenate([array[places] for array, places in parts])

        file.add("moments", joined([column.moments for column in columns]))
        words = joined([source.segment.columns.field_sizes() for source in self._sources])
        lengths = write_lengths(file, self._layout, words)
        join_ids(file, list(zip(columns, kept, strict=True)))
        for name in FACETS:
            facets = (column.facet(name) for column in columns)
            join_facets(file, name, list(zip(facets, kept, strict=True)))
        for name in ("id", "origin"):
            self._write_hashes(file, name)
        return lengths

    def _write_hashes(self, file: SectionFileWriter, name: str) -> None:
        hashes, documents = [], []
        for source in self._sources:
            numbers = source.documents[source.segment.file.array(f"{name}_documents")]
            hashes.append(source.segment.file.array(f"{name}_hashes")[numbers >= 0])
            documents.append(numbers[numbers >= 0])
        write_hashes(file, name, np.concatenate(hashes), np.concatenate(documents))

    def _packed(self, file: SectionFileWriter, part: int) -> dict[str, Any]:
        """Write one part of all documents as it is packed; where few share a codebook, anew.

        Else an archive that grew by some documents a day would have thousands of codebooks, each
        a sixth of what its documents take.
        """
        runs = [
            (source.segment.stored.parts[part], source.kept_between(first, last), codebook)
            for source in self._sources
            for first, last, codebook in source.segment.stored.parts[part].runs()
        ]
        counts: Counter[Codebook] = Counter()
        for _, kept, codebook in runs:
            counts[codebook] += len(kept)
        rare = {book for book, count in counts.items() if count < _FEW_DOCUMENTS or book == PLAIN}
        places = [
            (texts, number)
            for texts, kept, codebook in runs
            if codebook in rare
            for number in kept.tolist()
        ]
        samples = [texts.text(number) for texts, number in places[:: len(places) // SAMPLE + 1]]
        writer = PackedTextsWriter(file.section(PARTS[part], np.uint8), samples=samples)
        for texts, kept, codebook in runs:
            if codebook in rare:
                for number in kept.tolist():
                    writer.add(texts.text(number))
                self._pause()
                continue
            for number, piece in enumerate(_without_gaps(kept)):
                data, sizes = texts.packed_together(int(piece[0]), int(piece[-1]) + 1)
                writer.add_packed(data, sizes, codebook)
                if number % _PIECES_A_PAUSE == 0:
                    self._pause()
        self._pause()
        return writer.write(file, PARTS[part])


def _without_gaps(numbers: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
    """Yield pieces of ascending numbers that follow each other, none of them long."""
    for run in np.split(numbers, (np.diff(numbers) != 1).nonzero()[0] + 1):
        yield from (
            run[start : start + _DOCUMENTS_AT_ONCE]
            for start in range(0, len(run), _DOCUMENTS_AT_ONCE)
        )


def _joined(parts: list[NDArray[np.int32]]) -> NDArray[np.int32]:
    """Return arrays one after the other, and forget them."""
    found = np.concatenate([np.empty(0, np.int32), *parts])
    parts.clear()
    return found
