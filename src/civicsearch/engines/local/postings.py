"""Where each term of a segment occurs: documents, how often, how heavily, and at which positions.

A *posting* is one term in one document; an *occurrence* one place of it there. Postings are
sorted by term, then by document, and their parts lie in arrays side by side:

- Documents are written as differences, in the narrowest of 1, 2 or 4 bytes that holds all those
  of a term: two thirds of all postings belong to words so frequent that one byte does.
- The number of occurrences and the zone-weighted frequency are one byte together: the number of
  a row in a table of the 255 commonest pairs. The rest are listed apart.
- Positions are 2 bytes each, counted from the start of the document; places beyond 65,534 in
  very long documents are listed apart.

Frequencies are counted in halves of a word, so that every weight of a zone is a whole number.
Every 16 postings the number of occurrences so far is written down, so the positions of any
posting are found without reading those before it. Beside each term stands the most that it is
worth in any document, as a share of the most that BM25 gives, rounded up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from civicsearch.ranking.impacts import UNIT, Collection

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from civicsearch.engines.local.sections import SectionFile, SectionFileWriter
    from civicsearch.engines.local.terms import TermRange

__all__ = ["Postings", "PostingsReader", "PostingsWriter", "ranges"]

_WIDTHS = (np.uint8, np.uint16, np.uint32)
_OTHER = 255  # the code of a posting that is listed apart
_FAR = 65_535  # the position that stands for one listed apart
_CHECKPOINT = 16
_BOUND_STEPS = 254
_PAIR_COUNTS, _PAIR_FREQUENCIES = 64, 512  # beyond, a pair is too rare to have a code


class Postings(NamedTuple):
    """Postings of terms, sorted by term and document, with their occurrences.

    Attributes:
        terms: Number of the term, int64, shape (postings,).
        documents: Number of the document in the segment, int64, of the same shape.
        counts: Occurrences, at least 1, int64, of the same shape.
        frequencies: Weighted, in units of `ranking.impacts.UNIT`, int64, of the same shape.
        positions: Of all occurrences, posting after posting, ascending, int64.
    """

    terms: NDArray[np.int64]
    documents: NDArray[np.int64]
    counts: NDArray[np.int64]
    frequencies: NDArray[np.int64]
    positions: NDArray[np.int64]


def ranges(starts: NDArray[Any], counts: NDArray[Any]) -> NDArray[np.int64]:
    """Return `start, start + 1, ...` of each range, one after the other.

    >>> ranges(np.array([5, 20]), np.array([3, 2])).tolist()
    [5, 6, 7, 20, 21]
    """
    ends = counts.cumsum(dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    found: NDArray[np.int64] = (starts - ends + counts).repeat(counts)
    found += np.arange(total)
    return found


class PostingsWriter:
    """Writes postings to a file, run by run; terms of a later run come after those before."""

    def __init__(self, file: SectionFileWriter, lengths: NDArray[np.uint32]) -> None:
        """Write to `file` the postings of documents with these weighted lengths."""
        self._file = file
        total = float(lengths.sum(dtype=np.int64))
        self._average_length = total * UNIT / len(lengths) if total else 1.0
        self._norms = Collection(
            documents=len(lengths), lengths=lengths, average_length=self._average_length
        ).norms
        self._codes: NDArray[np.uint8] | None = None
        self._written = 0
        self._occurrences = 0
        self._delta_counts = [0, 0, 0]

    def write(self, postings: Postings) -> None:
        """Write a run of postings. Terms must be numbered without gaps, over all runs."""
        if not len(postings.terms):
            return
        heads = np.flatnonzero(np.diff(postings.terms, prepend=-1))
        self._write_documents(postings, heads)
        self._write_codes(postings)
        self._write_positions(postings)
        values = postings.frequencies / (
            postings.frequencies + self._norms.take(postings.documents)
        )
        bounds = np.maximum.reduceat(values, heads) * _BOUND_STEPS
        self._section("bounds", np.uint8, np.ceil(bounds + 1e-4))
        self._section("posting_starts", np.uint32, heads + self._written)
        self._written += len(postings.terms)
        self._occurrences += len(postings.positions)

    def finish(self) -> dict[str, Any]:
        """Close the last run and return what a reader must know."""
        if max(self._written, self._occurrences) >= 1 << 32:
            reason = "more words than a segment can hold"
            raise OverflowError(reason)
        self._section("posting_starts", np.uint32, np.array([self._written]))
        if self._codes is None:
            self._choose_codes(np.zeros(0, np.int64))
        for name, dtype in (
            ("codes", np.uint8),
            ("positions", np.uint16),
            ("widths", np.uint8),
            ("bounds", np.uint8),
            ("delta_starts", np.uint32),
            ("occurrence_checkpoints", np.uint32),
            ("other_postings", np.uint32),
            ("other_counts", np.uint32),
            ("other_frequencies", np.uint32),
            ("far_occurrences", np.int64),
            ("far_positions", np.uint32),
            *((f"deltas{8 * np.dtype(width).itemsize}", width) for width in _WIDTHS),
        ):
            self._file.section(name, dtype)
        return {
            "postings": self._written,
            "occurrences": self._occurrences,
            "average_length": self._average_length,
        }

    def _section(self, name: str, dtype: Any, values: NDArray[Any]) -> None:  # noqa: ANN401
        self._file.section(name, dtype).write(values)

    def _write_documents(self, postings: Postings, heads: NDArray[np.intp]) -> None:
        deltas = np.diff(postings.documents, prepend=0)
        deltas[heads] = postings.documents[heads]
        widest = np.maximum.reduceat(deltas, heads)
        kinds = (widest > 0xFF).astype(np.uint8) + (widest > 0xFFFF)
        sizes = np.diff(heads, append=len(deltas))
        kind_of = np.repeat(kinds, sizes)
        starts = np.zeros(len(heads), np.int64)
        for kind, width in enumerate(_WIDTHS):
            mine = kinds == kind
            ends = np.cumsum(sizes[mine])
            starts[mine] = self._delta_counts[kind] + ends - sizes[mine]
            self._delta_counts[kind] += int(ends[-1]) if len(ends) else 0
            name = f"deltas{8 * np.dtype(width).itemsize}"
            self._section(name, width, deltas[kind_of == kind])
        self._section("widths", np.uint8, kinds)
        self._section("delta_starts", np.uint32, starts)

    def _write_codes(self, postings: Postings) -> None:
        pairs = _pair_numbers(postings.counts, postings.frequencies)
        if self._codes is None:
            self._choose_codes(pairs[pairs >= 0])
        assert self._codes is not None  # noqa: S101 - for the type checker
        codes = np.where(pairs >= 0, self._codes[np.maximum(pairs, 0)], np.uint8(_OTHER))
        self._section("codes", np.uint8, codes)
        others = np.flatnonzero(codes == _OTHER)
        self._section("other_postings", np.uint32, others + self._written)
        self._section("other_counts", np.uint32, postings.counts[others])
        self._section("other_frequencies", np.uint32, postings.frequencies[others])

    def _choose_codes(self, pairs: NDArray[np.int64]) -> None:
        """Give the commonest pairs of the first run a code; any choice is right."""
        frequency = np.bincount(pairs, minlength=_PAIR_COUNTS * _PAIR_FREQUENCIES)
        commonest = np.argsort(-frequency, kind="stable")[:_OTHER]
        commonest = commonest[frequency[commonest] > 0]
        self._codes = np.full(len(frequency), _OTHER, np.uint8)
        self._codes[commonest] = np.arange(len(commonest), dtype=np.uint8)
        self._section("code_counts", np.uint32, commonest // _PAIR_FREQUENCIES)
        self._section("code_frequencies", np.uint32, commonest % _PAIR_FREQUENCIES)

    def _write_positions(self, postings: Postings) -> None:
        far = np.flatnonzero(postings.positions >= _FAR)
        self._section("positions", np.uint16, np.minimum(postings.positions, _FAR))
        self._section("far_occurrences", np.int64, far + self._occurrences)
        self._section("far_positions", np.uint32, postings.positions[far])
        before = np.cumsum(postings.counts) - postings.counts + self._occurrences
        first = -self._written % _CHECKPOINT
        self._section("occurrence_checkpoints", np.uint32, before[first::_CHECKPOINT])


def _pair_numbers(counts: NDArray[np.int64], frequencies: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a number for each pair, or -1 for a pair that gets no code."""
    small = (counts < _PAIR_COUNTS) & (frequencies < _PAIR_FREQUENCIES)
    return np.where(small, counts * _PAIR_FREQUENCIES + frequencies, -1)


class PostingsReader:
    """Reads postings of one segment."""

    def __init__(self, file: SectionFile) -> None:
        self._file = file
        self._starts: NDArray[np.uint32] = file.array("posting_starts")
        self._kinds: NDArray[np.uint8] = file.array("widths")
        self._delta_starts: NDArray[np.uint32] = file.array("delta_starts")
        self._codes: NDArray[np.uint8] = file.array("codes")
        self._others: NDArray[np.uint32] = file.array("other_postings")
        self._count_table = _table(file.array("code_counts"))
        self._frequency_table = _table(file.array("code_frequencies"))

    def bounds(self, found: TermRange) -> tuple[int, int]:
        """Return the first posting of a range of terms, and the first after it."""
        return int(self._starts[found.start]), int(self._starts[found.end])

    def bounds_on_values(self, terms: NDArray[np.int64], average_length: float) -> float:
        """Return what some terms together are worth at most, as a share of what BM25 gives.

        Args:
            terms: Their numbers.
            average_length: Of all documents now; those of the segment were measured by its own.
        """
        shares = self._file.array("bounds").take(terms) / _BOUND_STEPS
        # Where the average is greater by r, every value is greater by r at most.
        own: float = self._file.facts["average_length"]
        stretch = max(1.0, average_length / own)
        return min(1.0, float(shares.sum()) * stretch)

    def starts(self, found: TermRange) -> list[int]:
        """Return the first posting of each term of a range, and the first after all."""
        numbers: list[int] = self._starts[found.start : found.end + 1].tolist()
        return numbers

    def sizes(self, found: TermRange) -> NDArray[np.int64]:
        """Return the number of postings of each term of a range."""
        starts = self._starts[found.start : found.end + 1].astype(np.int64)
        return starts[1:] - starts[:-1]

    def documents(self, term: int) -> NDArray[np.uint32]:
        """Return the documents that hold a term, ascending."""
        size = int(self._starts[term + 1]) - int(self._starts[term])
        start = int(self._delta_starts[term])
        deltas = self._deltas(int(self._kinds[term]))[start : start + size]
        return np.cumsum(deltas, dtype=np.uint32)

    def documents_of_range(self, found: TermRange) -> NDArray[np.uint32]:
        """Return the documents of each term of a range, one term after the other."""
        if found.end - found.start == 1:
            return self.documents(found.start)
        sizes = self.sizes(found)
        kinds = self._kinds[found.start : found.end]
        documents = np.empty(int(sizes.sum()), np.uint32)
        kind_of = None if (kinds == kinds[:1]).all() else np.repeat(kinds, sizes)
        for kind in range(len(_WIDTHS)):
            mine = np.flatnonzero(kinds == kind)
            if len(mine):
                start = int(self._delta_starts[found.start + mine[0]])
                own = sizes[mine]
                deltas = self._deltas(kind)[start : start + int(own.sum())]
                summed = np.cumsum(deltas, dtype=np.int64)
                heads = np.cumsum(own) - own
                before = summed[heads] - deltas[heads]
                summed -= before.repeat(own)
                if kind_of is None:
                    return summed.astype(np.uint32)
                documents[(kind_of == kind).nonzero()[0]] = summed
        return documents

    def counts(self, start: int, end: int) -> NDArray[np.int32]:
        """Return the occurrences of postings `start` to `end`."""
        return self._decoded(start, end, self._count_table, "other_counts")

    def frequencies(self, start: int, end: int) -> NDArray[np.int32]:
        """Return the weighted frequencies of postings `start` to `end`."""
        return self._decoded(start, end, self._frequency_table, "other_frequencies")

    def frequencies_at(self, postings: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the weighted frequencies of some postings."""
        values = self._frequency_table.take(self._codes.take(postings)).astype(np.int64)
        if len(self._others):
            places = self._others.searchsorted(postings.astype(np.uint32))
            apart = (self._others.take(places, mode="clip") == postings).nonzero()[0]
            frequencies = self._file.array("other_frequencies")
            values[apart] = frequencies.take(places.take(apart))
        return values

    def occurrences(self, postings: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[Any]]:
        """Return where the occurrences of some postings start, and how many they have."""
        if not len(postings):
            return postings, postings
        first, last = int(postings.min()), int(postings.max())
        if last - first < _CHECKPOINT * len(postings):  # nearly all of a stretch: add it up once
            first -= first % _CHECKPOINT
            counts = self.counts(first, last + 1)
            ends = np.cumsum(counts, dtype=np.int64)
            ends += int(self._file.array("occurrence_checkpoints")[first // _CHECKPOINT])
            own = counts[postings - first]
            return ends[postings - first] - own, own
        return self._occurrences_apart(postings)

    def _occurrences_apart(
        self, postings: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[Any]]:
        blocks = postings // _CHECKPOINT
        starts = self._file.array("occurrence_checkpoints").take(blocks).astype(np.int64)
        first = blocks * _CHECKPOINT
        window = first[:, None] + np.arange(_CHECKPOINT)
        counts = self._count_table.take(self._codes.take(window, mode="clip"))
        counts *= window < postings[:, None]
        starts += counts.sum(axis=1)
        own = self._count_table.take(self._codes.take(postings))
        if len(self._others):
            summed = np.zeros(len(self._others) + 1, np.int64)
            np.cumsum(self._file.array("other_counts"), out=summed[1:])
            asked = np.stack([first, postings, postings + 1]).astype(np.uint32)
            places = np.searchsorted(self._others, asked)
            starts += summed[places[1]] - summed[places[0]]
            own = own + (summed[places[2]] - summed[places[1]]).astype(np.int32)
        return starts, own

    def positions(self, starts: NDArray[np.int64], counts: NDArray[Any]) -> NDArray[np.int64]:
        """Return the positions of occurrences, as `occurrences` found them."""
        places = ranges(starts, counts)
        return self._positions_at(self._file.array("positions").take(places), places)

    def read(self, found: TermRange, documents: NDArray[np.int64] | None = None) -> Postings:
        """Return all postings of a range of terms, numbered from 0 within the range.

        Args:
            found: The range.
            documents: New numbers for the documents of the segment, -1 for those to leave out.
        """
        start, end = self.bounds(found)
        terms = np.repeat(np.arange(found.end - found.start), self.sizes(found))
        numbers = self.documents_of_range(found).astype(np.int64)
        counts = self.counts(start, end).astype(np.int64)
        frequencies = self.frequencies(start, end).astype(np.int64)
        first = int(self.occurrences(np.array([start]))[0][0]) if end > start else 0
        total = int(counts.sum())
        places = np.arange(first, first + total)
        positions = self._positions_at(self._file.array("positions")[first : first + total], places)
        if documents is not None:
            numbers = documents[numbers]
            kept = numbers >= 0
            if not kept.all():
                positions = positions[np.repeat(kept, counts)]
                terms, numbers = terms[kept], numbers[kept]
                counts, frequencies = counts[kept], frequencies[kept]
        return Postings(terms, numbers, counts, frequencies, positions)

    def _deltas(self, kind: int) -> NDArray[Any]:
        return self._file.array(("deltas8", "deltas16", "deltas32")[kind])

    def _decoded(
        self, start: int, end: int, table: NDArray[np.int32], others: str
    ) -> NDArray[np.int32]:
        values = table[self._codes[start:end]]
        if len(self._others):
            asked = np.array((start, end), np.uint32)
            first, last = np.searchsorted(self._others, asked).tolist()
            if last > first:
                places = self._others[first:last].astype(np.int64) - start
                values[places] = self._file.array(others)[first:last]
        return values

    def _positions_at(
        self, near: NDArray[np.uint16], places: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        positions: NDArray[np.int64] = near.astype(np.int64)
        far = self._file.array("far_occurrences")
        if len(far):
            beyond = np.flatnonzero(near == _FAR)
            found = np.searchsorted(far, places[beyond])
            positions[beyond] = self._file.array("far_positions")[found]
        return positions


def _table(values: NDArray[np.uint32]) -> NDArray[np.int32]:
    """Return the values by code; a code that is listed apart has 0."""
    table = np.zeros(_OTHER + 1, np.int32)
    table[: len(values)] = values
    return table
