"""The segments of one commit as one collection: documents numbered through, columns joined.

Segments matter only where postings are read; everything above sees one collection, so how it is
cut never changes a result.
"""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from civicsearch.analysis.folding import fold
from civicsearch.ranking.impacts import UNIT, Collection, Measure, norms_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from civicsearch.document import Document
    from civicsearch.engines.local.columns import FacetColumn
    from civicsearch.engines.local.segment import Segment
    from civicsearch.search.engine import FacetCounts, Summary

__all__ = ["Facet", "Place", "Snapshot"]


_MOST_IDS = 4096
"""Ids of documents that a snapshot remembers: half a megabyte."""


class Place(NamedTuple):
    """A segment and the number by which its documents are shifted."""

    segment: Segment
    base: int


class Facet(NamedTuple):
    """A facet over all segments.

    Attributes:
        values: What documents may have, ascending.
        ordinals: Places in `values`, of all documents one after the other; `len(values)` stands
            for none.
        documents: The document of each ordinal; None where each document has exactly one.
    """

    values: list[str]
    ordinals: NDArray[np.int64]
    documents: NDArray[np.int64] | None


class Snapshot:
    """Immutable; threads may share it. What is joined is joined when it is first needed."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        bases = list(accumulate((segment.size for segment in segments), initial=0))
        self.places = tuple(map(Place, segments, bases))
        self.size = bases[-1]
        self.documents = sum(segment.entry.live for segment in segments)
        self._ids: dict[int, str] = {}  # those asked for last, and the other way round
        self._numbers: dict[str, int] = {}

    @cached_property
    def live(self) -> NDArray[np.bool_] | None:
        """Which documents are not deleted, shape (size,); None where all are."""
        if all(place.segment.deleted is None for place in self.places):
            return None
        live = np.ones(self.size, bool)
        for segment, base in self.places:
            if segment.deleted is not None:
                live[base : base + segment.size] = ~segment.deleted
        return live

    @cached_property
    def collection(self) -> Collection:
        """What scores need to know."""
        lengths = self._joined([place.segment.columns.lengths for place in self.places])
        total = int((lengths if self.live is None else lengths[self.live]).sum(dtype=np.int64))
        average = total * UNIT / self.documents if total else 1.0
        return Collection(documents=self.documents, lengths=lengths, average_length=average)

    def measure(self, documents: NDArray[np.intp]) -> Measure | None:
        """Return by what the levels of some documents were made; None where by what scores are."""
        if self._averages is None:
            return None
        averages, bases = self._averages
        segments = bases.searchsorted(documents, side="right") - 1
        own = norms_by(self.collection.lengths.take(documents), averages.take(segments))
        ratios = self.collection.norms_of(documents) / own
        return Measure(segments, ratios.astype(np.float32))

    @cached_property
    def _averages(self) -> tuple[NDArray[np.float64], NDArray[np.intp]] | None:
        """The average length by which each segment made its levels, and its first document."""
        averages = [place.segment.postings.average_length for place in self.places]
        if all(average == self.collection.average_length for average in averages):
            return None
        return np.array(averages), np.array([place.base for place in self.places])

    @cached_property
    def moments(self) -> NDArray[np.int64]:
        """When each document was published; see `search.request.moment_key`."""
        return self._joined([place.segment.columns.moments for place in self.places])

    @cached_property
    def id_ranks(self) -> NDArray[np.int64]:
        """The place of each document when all are sorted by id."""
        ids = [name for place in self.places for name in place.segment.columns.document_ids()]
        ranks = np.empty(self.size, np.int64)
        ranks[sorted(range(self.size), key=ids.__getitem__)] = np.arange(self.size)
        return ranks

    def place_of(self, number: int) -> tuple[Segment, int]:
        """Return the segment of a document, and its number there."""
        for segment, base in reversed(self.places):
            if number >= base:
                return segment, number - base
        raise IndexError(number)

    def document_id(self, number: int) -> str:
        """Return the id of a document."""
        document_id = self._ids.get(number)
        if document_id is None:
            segment, inner = self.place_of(number)
            document_id = segment.columns.document_id(inner)
            if len(self._ids) >= _MOST_IDS:
                self._ids.clear()
                self._numbers.clear()
            self._ids[number] = document_id
        return document_id

    def matched_id(self, number: int) -> str:
        """Return the id of a document that is there, and expect to be asked for it by its id.

        Who corrects a query does that for a hundred documents, some of them three times: a tenth
        of the time to offer another query.
        """
        document_id = self.document_id(number)
        self._numbers[document_id] = number
        return document_id

    def document(self, number: int) -> Document:
        """Return a stored document."""
        segment, inner = self.place_of(number)
        return segment.stored.document(inner)

    def summary(self, number: int) -> Summary:
        """Return what a list of hits shows of a document."""
        segment, inner = self.place_of(number)
        return segment.stored.summary(inner)

    def number_of(self, document_id: str) -> int | None:
        """Return the document with an id, or None."""
        known = self._numbers.get(document_id)
        if known is not None:
            return known
        for segment, base in reversed(self.places):
            number = segment.number_of(document_id)
            if number is not None:
                return base + number
        return None

    def facet(self, name: str) -> Facet:
        """Return one facet."""
        if name not in self._facets:
            self._facets[name] = self._join_facet(name)
        return self._facets[name]

    def counted(self, name: str, documents: NDArray[np.intp]) -> FacetCounts:
        """Return how many of some documents have each value of a facet, most frequent first."""
        facet = self.facet(name)
        if facet.documents is None:
            ordinals = facet.ordinals.take(documents)
        else:
            asked = np.zeros(self.size, bool)
            asked[documents] = True
            ordinals = facet.ordinals[asked[facet.documents]]
        counts = np.bincount(ordinals, minlength=len(facet.values))[: len(facet.values)]
        found = np.flatnonzero(counts)
        pairs = [(facet.values[place], int(counts[place])) for place in found.tolist()]
        return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))

    @cached_property
    def source_folds(self) -> list[str]:
        """The folded name of each publisher, by ordinal, and "" for none."""
        return [*map(fold, self.facet("source").values), ""]

    @cached_property
    def _facets(self) -> dict[str, Facet]:
        return {}

    def _join_facet(self, name: str) -> Facet:
        columns = [place.segment.columns.facet(name) for place in self.places]
        values = sorted({value for column in columns for value in column.values})
        numbers = {value: number for number, value in enumerate(values)}
        ordinals, documents = [], []
        is_single = all(column.starts is None for column in columns)
        for column, (segment, base) in zip(columns, self.places, strict=True):
            renumbered = np.array([*(numbers[v] for v in column.values), len(values)], np.int64)
            ordinals.append(renumbered[column.ordinals])
            documents.append(_owners(column, segment.size) + base)
        joined = self._joined(ordinals)
        return Facet(values, joined, None if is_single else self._joined(documents))

    @staticmethod
    def _joined(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
        if len(parts) == 1:
            return parts[0]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)


def _owners(column: FacetColumn, size: int) -> NDArray[np.int64]:
    if column.starts is None:
        return np.arange(size)
    return np.repeat(np.arange(size), np.diff(column.starts))
