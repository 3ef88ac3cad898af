"""Makes one segment of several: terms renumbered, arrays moved, no document analysed again.

Postings are read and written in stretches of the dictionary, so that memory does not grow with
the index.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from civicsearch.engines.local.columns import write_facets, write_hashes, write_ids
from civicsearch.engines.local.postings import Postings, PostingsWriter, ranges
from civicsearch.engines.local.sections import SectionFileWriter
from civicsearch.engines.local.stored import StoredWriter
from civicsearch.engines.local.terms import TermRange, write_terms
from civicsearch.schema import FACETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from civicsearch.engines.local.layout import FieldLayout
    from civicsearch.engines.local.manifest import SegmentEntry
    from civicsearch.engines.local.sections import WrittenFile
    from civicsearch.engines.local.segment import Segment

__all__ = ["MERGE_FACTOR", "all_to_merge", "merge_segments", "segments_to_merge"]

MERGE_FACTOR = 6
"""How many segments of about one size there may be. A search pays for each with one look into
its dictionary, an ingest writes every document log(n) times to the base of it."""
_SMALLEST_TIER = 1000  # documents; smaller segments are alike
_LARGEST_BYTES = 5 << 30
"""No segment is made larger by merging: its occurrences are numbered with 32 bits."""
_MAX_DELETED_SHARE = 0.4
_POSTINGS_A_STRETCH = 1 << 20


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


def merge_segments(segments: Sequence[Segment], path: Path, layout: FieldLayout) -> WrittenFile:
    """Write the documents of `segments` that are not deleted to a new segment."""
    file = SectionFileWriter(path)
    try:
        return file.finish(_Merge(segments, layout).write(file))
    finally:
        file.close()


@dataclass(frozen=True, slots=True)
class _Source:
    """A segment with what its documents and terms are called in the new one.

    Attributes:
        segment: The segment.
        documents: New number of each document, -1 for deleted ones, int64.
        kept: The documents that are not deleted, ascending.
        terms: Place of each term among all terms of all segments, ascending, int64.
    """

    segment: Segment
    documents: NDArray[np.int64]
    kept: NDArray[np.intp]
    terms: NDArray[np.int64]


class _Merge:
    def __init__(self, segments: Sequence[Segment], layout: FieldLayout) -> None:
        self._layout = layout
        lists = [segment.dictionary.all() for segment in segments]
        self._terms = sorted(set().union(*lists))
        places = {term: place for place, term in enumerate(self._terms)}
        self._sources = []
        self._count = 0
        for segment, terms in zip(segments, lists, strict=True):
            live = np.ones(segment.size, bool) if segment.deleted is None else ~segment.deleted
            kept = np.flatnonzero(live)
            numbers = np.where(live, np.cumsum(live) - 1 + self._count, -1)
            own = np.fromiter(map(places.__getitem__, terms), np.int64, len(terms))
            self._sources.append(_Source(segment, numbers, kept, own))
            self._count += len(kept)

    def write(self, file: SectionFileWriter) -> dict[str, Any]:
        """Write all sections and return the facts of the new segment."""
        writer = PostingsWriter(file, self._write_columns(file))
        used = np.zeros(len(self._terms), bool)
        written = 0
        for first, last in self._stretches():
            postings = self._postings(first, last)
            present = np.unique(postings.terms)
            used[present + first] = True
            numbers = np.zeros(last - first, np.int64)
            numbers[present] = np.arange(written, written + len(present))
            written += len(present)
            writer.write(postings._replace(terms=numbers[postings.terms]))
        terms = [self._terms[place] for place in np.flatnonzero(used).tolist()]
        write_terms(file, terms)
        return {
            "documents": self._count,
            "terms": len(terms),
            **writer.finish(),
            "stored": self._stored(file).write(file),
        }

    def _stretches(self) -> Iterator[tuple[int, int]]:
        """Yield pieces of the dictionary that hold about a million postings each."""
        sizes = np.zeros(len(self._terms), np.int64)
        for source in self._sources:
            own = source.segment.postings.sizes(TermRange(0, len(source.terms)))
            sizes[source.terms] += own
        ends = np.cumsum(sizes)
        first = 0
        while first < len(self._terms):
            before = int(ends[first - 1]) if first else 0
            last = int(np.searchsorted(ends, before + _POSTINGS_A_STRETCH)) + 1
            last = min(max(last, first + 1), len(self._terms))
            yield first, last
            first = last

    def _postings(self, first: int, last: int) -> Postings:
        """Return the postings of all segments for terms `first` to `last`, numbered from 0."""
        parts = []
        for source in self._sources:
            start, end = np.searchsorted(source.terms, (first, last)).tolist()
            read = source.segment.postings.read(TermRange(start, end), source.documents)
            parts.append(read._replace(terms=source.terms[start:end][read.terms] - first))
        terms = np.concatenate([part.terms for part in parts])
        counts = np.concatenate([part.counts for part in parts])
        positions = np.concatenate([part.positions for part in parts])
        order = np.argsort(terms, kind="stable")  # documents of later segments come later
        starts = np.cumsum(counts) - counts
        return Postings(
            terms=terms[order],
            documents=np.concatenate([part.documents for part in parts])[order],
            counts=counts[order],
            frequencies=np.concatenate([part.frequencies for part in parts])[order],
            positions=positions[ranges(starts[order], counts[order])],
        )

    def _write_columns(self, file: SectionFileWriter) -> NDArray[np.uint32]:
        """Write what is known of documents besides words, and return their lengths."""
        columns = [source.segment.columns for source in self._sources]
        kept = [source.kept for source in self._sources]

        def joined(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
            parts = zip(arrays, kept, strict=True)
            return np.concatenate([array[places] for array, places in parts])

        file.add("moments", joined([column.moments for column in columns]))
        lengths: NDArray[np.uint32] = joined([column.lengths for column in columns])
        file.add("lengths", lengths)
        for zone in self._layout.zones[1:]:
            starts = joined([column.field_starts(zone).astype(np.int64) for column in columns])
            dtype = np.min_scalar_type(int(starts.max(initial=0)))
            file.add(f"field_starts_{zone}", starts.astype(dtype))
        write_ids(
            file,
            [
                source.segment.columns.document_id(number)
                for source in self._sources
                for number in source.kept.tolist()
            ],
        )
        self._write_facets(file)
        self._write_origins(file)
        return lengths

    def _write_facets(self, file: SectionFileWriter) -> None:
        facets = {}
        for name in FACETS:
            rows: list[list[str]] = []
            for source in self._sources:
                own = source.segment.columns.facet_rows(name)
                rows.extend(own[number] for number in source.kept.tolist())
            facets[name] = rows
        write_facets(file, facets)

    def _write_origins(self, file: SectionFileWriter) -> None:
        hashes, documents = [], []
        for source in self._sources:
            numbers = source.documents[source.segment.file.array("origin_documents")]
            hashes.append(source.segment.file.array("origin_hashes")[numbers >= 0])
            documents.append(numbers[numbers >= 0])
        write_hashes(file, "origin", np.concatenate(hashes), np.concatenate(documents))

    def _stored(self, file: SectionFileWriter) -> StoredWriter:
        """Return the documents as they are packed, or packed anew where they had no dictionary."""
        writer = StoredWriter(file.section("stored", np.uint8))
        for source in self._sources:
            stored = source.segment.stored
            for first, last, dictionary in stored.runs():
                kept = source.kept[(source.kept >= first) & (source.kept < last)].tolist()
                if dictionary:
                    writer.add_packed(map(stored.packed, kept), dictionary)
                else:
                    for number in kept:
                        writer.add_encoded(stored.encoded(number))
        return writer
