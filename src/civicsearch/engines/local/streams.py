"""The words of each document in order, as numbers: what a document says, without its text.

A document is its fields one behind the other, each followed by a separator; so no two words of
different fields are ever neighbours. The commonest 65,534 terms have a number of two bytes; what
is rarer is written as one number that stands for all of them, and listed apart.

To read the words of forty documents takes 20 µs. So whatever needs to know where words stand, or
how often, is asked of the few documents that matter, and no list by word has to hold it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from civicsearch.engines.local.postings import ranges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from civicsearch.engines.local.sections import SectionFile, SectionFileWriter

__all__ = ["FAR", "SEPARATOR", "Passage", "StreamsReader", "StreamsWriter"]

SEPARATOR = 0
"""Ends every field."""
FAR = 65_535
"""Stands for each of the rarest terms."""
_CHUNK_WORDS = 1 << 22
_SLICED_WORDS = 40
"""A slice costs as much as so many words that are fetched one by one."""


class StreamsWriter:
    """Writes the words of documents to a file, some documents at a time."""

    def __init__(self, file: SectionFileWriter, counts: NDArray[np.int64]) -> None:
        """Give the commonest terms a number.

        Args:
            file: The file.
            counts: How often each term occurs, by its number in the dictionary.
        """
        self._file = file
        commonest = np.argsort(-counts, kind="stable")[: FAR - 1]
        commonest = commonest[counts[commonest] > 0]
        # The last place is that of -1, the separator.
        self._codes = np.full(len(counts) + 1, FAR, np.uint16)
        self._codes[commonest] = np.arange(1, len(commonest) + 1)
        self._codes[-1] = SEPARATOR
        self._written = 0
        file.add("code_terms", commonest.astype(np.uint32))
        file.add("term_codes", self._codes[:-1])

    @property
    def codes(self) -> NDArray[np.uint16]:
        """The number of each term, and last that of -1, the separator."""
        return self._codes

    def write(self, terms: NDArray[Any]) -> None:
        """Write words by the number of their term, -1 behind each field."""
        codes = self._codes.take(terms)
        far = (codes == FAR).nonzero()[0]
        self._file.section("stream", np.uint16).write(codes)
        self._file.section("far_places", np.uint32).write(far + self._written)
        self._file.section("far_terms", np.uint32).write(terms.take(far))
        self._written += len(terms)
        if self._written >= 1 << 32:
            reason = "more words than a segment can hold"
            raise OverflowError(reason)

    def finish(self) -> None:
        """See to it that all sections are there."""
        self.write(np.empty(0, np.int64))


class Passage(NamedTuple):
    """The words of some documents.

    Attributes:
        codes: One after the other, uint16.
        starts: Where each document begins in `codes`, int64, shape (documents,).
        origins: Where each document begins in the stream, int64, of the same shape.
    """

    codes: NDArray[np.uint16]
    starts: NDArray[np.int64]
    origins: NDArray[np.int64]

    def in_stream(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where in the stream some places of `codes` are."""
        which = self.starts.searchsorted(places, side="right") - 1
        found: NDArray[np.int64] = places - self.starts.take(which) + self.origins.take(which)
        return found


class StreamsReader:
    """Reads the words of the documents of one segment."""

    def __init__(self, file: SectionFile) -> None:
        self._file = file
        self._stream: NDArray[np.uint16] = file.array("stream")
        self._starts: NDArray[np.uint32] = file.array("stream_starts")
        self._codes: NDArray[np.uint16] = file.array("term_codes")
        self._far_places: NDArray[np.uint32] = file.array("far_places")

    def passage(
        self, documents: NDArray[np.intp], inside: NDArray[np.int64] | None = None
    ) -> Passage:
        """Return the words of some documents, ascending.

        Args:
            documents: Their numbers.
            inside: From where to where in each document, shape (documents, 2); None for all of it.
        """
        origins = self._starts.take(documents).astype(np.int64)
        if inside is None:
            ends = self._starts.take(documents + 1).astype(np.int64)
        else:
            origins, ends = origins + inside[:, 0], origins + inside[:, 1]
        sizes = ends - origins
        starts = sizes.cumsum() - sizes
        if inside is not None and sizes.sum() < _SLICED_WORDS * len(documents):
            return Passage(self._stream.take(ranges(origins, sizes)), starts, origins)
        # Slices are copied twice as fast as single words are fetched.
        pieces = [
            self._stream[start:end]
            for start, end in zip(origins.tolist(), ends.tolist(), strict=True)
        ]
        codes = np.concatenate(pieces) if pieces else self._stream[:0]
        return Passage(codes, starts, origins)

    def codes(self, terms: NDArray[np.int64]) -> NDArray[np.uint16]:
        """Return the numbers that terms have in the stream, `FAR` for those listed apart."""
        return self._codes.take(terms)

    def far_terms(self, places: NDArray[np.int64]) -> NDArray[np.uint32]:
        """Return the terms at places of the stream where `FAR` stands."""
        found = self._far_places.searchsorted(places.astype(np.uint32))
        return self._file.array("far_terms").take(found)

    def counts(self, kept: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
        """Return how often each term occurs, by number.

        Args:
            kept: In which documents; None for all.
        """
        counts = np.zeros(len(self._codes), np.int64)
        if kept is not None:
            for terms in self.iter_terms(kept):
                counts += np.bincount(terms[terms >= 0], minlength=len(counts))
            return counts
        by_code = np.zeros(FAR + 1, np.int64)
        for start in range(0, len(self._stream), _CHUNK_WORDS):  # all at once, 8 bytes a word
            piece = self._stream[start : start + _CHUNK_WORDS]
            by_code += np.bincount(piece, minlength=FAR + 1)
            self._file.forget()
        known = self._file.array("code_terms")
        counts[known] = by_code[1 : len(known) + 1]
        counts += np.bincount(self._file.array("far_terms"), minlength=len(counts))
        return counts

    def iter_terms(self, kept: NDArray[np.bool_] | None = None) -> Iterator[NDArray[np.int64]]:
        """Yield all words by the number of their term, -1 for separators, in pieces.

        What was read is let go of: all of it may be more than there is memory.

        Args:
            kept: Which documents to read; None for all.
        """
        starts = self._starts.astype(np.int64)
        first = 0
        while first < len(starts) - 1:
            last = int(starts.searchsorted(starts[first] + _CHUNK_WORDS, side="right")) - 1
            last = max(last, first + 1)
            inside = slice(first, last)
            yield self.terms_of(inside, None if kept is None else kept[inside])[0]
            self._file.forget()
            first = last

    def terms_of(
        self, documents: slice, kept: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the words of documents by the number of their term, -1 for separators.

        Args:
            documents: The documents, from one to another.
            kept: Which of these to read; None for all.

        Returns:
            The words, and how many each document has, with separators.
        """
        starts = self._starts[documents.start : documents.stop + 1].astype(np.int64)
        sizes = np.diff(starts)
        codes = self._stream[int(starts[0]) : int(starts[-1])]
        terms = self._terms_of_codes.take(codes)
        far = (codes == FAR).nonzero()[0]
        if len(far):
            terms[far] = self.far_terms(far + int(starts[0]))
        if kept is None or kept.all():
            return terms, sizes
        return terms[kept.repeat(sizes)], sizes[kept]

    @cached_property
    def _terms_of_codes(self) -> NDArray[np.int64]:
        terms = np.full(FAR + 1, -1, np.int64)
        known = self._file.array("code_terms")
        terms[1 : len(known) + 1] = known
        return terms
