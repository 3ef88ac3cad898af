"""Which documents hold each term of a segment, and how much it is worth there at most.

A *posting* is one term in one document. Postings are sorted by term, then by document, and hold
two things: the document, and a *level*: what BM25 gives the term there, as a share of the most
that it could give, in steps and rounded up. Levels choose the documents that may be among the
best; the few that are chosen are scored exactly from their words (see `streams`, `scanning`).

- A level tells the frequency that gave it, but where a word is very frequent; such frequencies
  are listed apart, so that levels can be made anew when segments are joined.
- Documents are written as differences, in the narrowest of 1, 2 or 4 bytes that holds all those
  of a term, with a byte each for the levels.
- A term in more than a third of all documents is a *row* in place of that: a byte for every
  document, its level or 0. Nothing of it has to be decoded or searched.
- A *family* is all written forms of one folded word together, as they count for a word that was
  typed without accents. Where there is more than one form, the family has postings of its own.
- So has every *beginning* of one to three letters that is in so many postings that joining them
  when it is asked for would take long: a row each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from civicsearch.engines.local.sections import SectionFile
    from civicsearch.engines.local.terms import TermRange

__all__ = [
    "FAMILY_STEPS",
    "MAX_FREQUENCY",
    "ROUNDING",
    "ROW",
    "STEPS",
    "WIDTHS",
    "Postings",
    "PostingsReader",
    "blocks",
    "ranges",
    "told_frequencies",
]

STEPS = 254
"""Steps from nothing to the most that BM25 gives a term."""
FAMILY_STEPS = 169
"""The same for families and beginnings, which can be worth one and a half times as much: in a
document that holds the word as typed and with accents."""

WIDTHS = (np.uint8, np.uint16, np.uint32)
ROW = 3  # the kind of a term that is a row, after those of the widths
ROUNDING = 1e-4
"""Steps that are added to a level before it is rounded up: far above the errors of float64, so
that it is never too low."""
MAX_FREQUENCY = (1 << 20) - 1
_NOTHING = np.empty(0, np.uint8)
_BLOCK = 1 << 16


class Postings(NamedTuple):
    """Postings of terms, sorted by term and document.

    Attributes:
        terms: Place of the term in a list of terms, shape (postings,).
        documents: Number of the document in the segment, of the same shape.
        frequencies: Weighted, in units of `ranking.impacts.UNIT`, of the same shape.
    """

    terms: NDArray[np.integer]
    documents: NDArray[np.integer]
    frequencies: NDArray[np.integer]

    def of(self, first: int, last: int) -> Postings:
        """Return those of the terms from `first` to `last` (excluded), numbered from 0."""
        start, end = self.terms.searchsorted((first, last)).tolist()
        terms = self.terms[start:end] - first
        return Postings(terms, self.documents[start:end], self.frequencies[start:end])


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


class PostingsReader:
    """Reads postings of one segment."""

    def __init__(self, file: SectionFile, documents: int) -> None:
        self._file = file
        self._documents = documents
        self._starts: NDArray[np.uint32] = file.array("posting_starts")
        self._kinds: NDArray[np.uint8] = file.array("kinds")
        self._list_starts: NDArray[np.uint32] = file.array("list_starts")
        self._peaks: NDArray[np.uint8] = file.array("peaks")
        self.average_length: float = file.facts["average_length"]
        self._beginnings = {letters: row for row, letters in enumerate(file.facts["beginnings"])}

    def size(self, term: int) -> int:
        """Return the number of postings of a term."""
        return int(self._starts[term + 1]) - int(self._starts[term])

    def sizes(self, found: TermRange) -> NDArray[np.int64]:
        """Return the number of postings of each term of a range."""
        starts = self._starts[found.start : found.end + 1].astype(np.int64)
        return starts[1:] - starts[:-1]

    def sizes_of(self, terms: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the number of postings of each of some terms."""
        return self._starts.take(terms + 1).astype(np.int64) - self._starts.take(terms)

    def peak(self, term: int) -> int:
        """Return the highest level of a term."""
        return int(self._peaks[term])

    def row(self, term: int) -> NDArray[np.uint8] | None:
        """Return the levels of a term in all documents, 0 where it is not; None if it is a list."""
        if self._kinds[term] != ROW:
            return None
        return self._row("rows", int(self._list_starts[term]))

    def beginning(self, letters: str) -> NDArray[np.uint8] | None:
        """Return the same of all words that begin with some letters typed without accents."""
        row = self._beginnings.get(letters)
        return None if row is None else self._row("beginnings", row)

    def _row(self, name: str, row: int) -> NDArray[np.uint8]:
        return self._file.array(name)[row * self._documents : (row + 1) * self._documents]

    def postings(self, term: int) -> tuple[NDArray[np.intp], NDArray[np.uint8]]:
        """Return the documents that hold a term, ascending, and its level in each."""
        kind, start = int(self._kinds[term]), int(self._list_starts[term])
        if kind == ROW:
            row = self._row("rows", start)
            documents = (row != 0).nonzero()[0]
            return documents, row.take(documents)
        inside = slice(start, start + self.size(term))
        deltas, levels = self._lists(kind)
        return deltas[inside].cumsum(dtype=np.intp), levels[inside]

    def read(
        self, terms: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]:
        """Return the postings of some ascending terms: place of the term, document, level.

        Those of one term are together, in order; terms come in any order.
        """
        kinds = self._kinds.take(terms)
        places, documents, levels = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [_NOTHING]
        for place in (kinds == ROW).nonzero()[0].tolist():
            found, own = self.postings(int(terms[place]))
            places.append(np.full(len(found), place))
            documents.append(found)
            levels.append(own)
        for kind in range(len(WIDTHS)):
            mine = (kinds == kind).nonzero()[0]
            if len(mine):
                asked = terms.take(mine)
                found, own = self._joined(kind, asked)
                places.append(mine.repeat(self.sizes_of(asked)))
                documents.append(found)
                levels.append(own)
        return np.concatenate(places), np.concatenate(documents), np.concatenate(levels)

    def add_up(
        self, terms: NDArray[np.int64], worth: NDArray[np.float32], total: NDArray[np.floating]
    ) -> None:
        """Add what the levels of some ascending terms are worth to a total of all documents.

        Args:
            terms: The terms.
            worth: What each level is worth.
            total: The total.
        """
        kinds = self._kinds.take(terms)
        worth = worth.astype(total.dtype)  # with another, `add.at` takes ten times as long
        for term in terms[kinds == ROW].tolist():
            row = self.row(term)
            assert row is not None  # noqa: S101 - for the type checker
            total += worth.take(row)
        for kind in range(len(WIDTHS)):
            mine = terms[kinds == kind]
            if len(mine):
                documents, levels = self._joined(kind, mine)
                np.add.at(total, documents, worth.take(levels))

    def _joined(
        self, kind: int, terms: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
        """Return the postings of some terms of one kind, one after the other."""
        deltas, levels = self._lists(kind)
        starts = self._list_starts.take(terms).astype(np.int64)
        sizes = self.sizes_of(terms)
        if (starts[1:] == starts[:-1] + sizes[:-1]).all():
            inside = slice(int(starts[0]), int(starts[-1] + sizes[-1]))
            deltas, levels = deltas[inside], levels[inside]
        else:
            places = ranges(starts, sizes)
            deltas, levels = deltas.take(places), levels.take(places)
        summed = deltas.cumsum(dtype=np.int64)
        heads = sizes.cumsum() - sizes
        summed -= (summed.take(heads) - deltas.take(heads)).repeat(sizes)
        return summed, levels

    def _lists(self, kind: int) -> tuple[NDArray[Any], NDArray[np.uint8]]:
        bits = ("8", "16", "32")[kind]
        return self._file.array("deltas" + bits), self._file.array("levels" + bits)

    def read_frequencies(
        self, terms: NDArray[np.int64], norms: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
        """Return the postings of some ascending terms: place of the term, document, frequency.

        Args:
            terms: Terms, no families.
            norms: What saturates by half in each document of the segment; see `Collection.norms`.
        """
        places, documents, levels = self.read(terms)
        frequencies = told_frequencies(levels, documents, norms)
        if not len(places):
            return places, documents, frequencies
        # Few postings are listed apart, so these are looked for among all, not all among these.
        starts, ends = self._starts.take(terms), self._starts.take(terms + 1)
        every = self._file.array("apart_postings")
        first, last = every.searchsorted((starts[0], ends[-1])).tolist()
        apart = every[first:last]
        owners = starts.searchsorted(apart, side="right") - 1
        held = (apart < ends.take(owners)).nonzero()[0]
        owners = owners.take(held)
        # Postings of one term are together: the first one has the number that the term starts.
        heads = np.zeros(len(terms), np.int64)
        changes = np.diff(places, prepend=-1).nonzero()[0]
        heads[places.take(changes)] = changes
        at = heads.take(owners) + apart.take(held) - starts.take(owners)
        frequencies[at] = self._file.array("apart_frequencies")[first:last].take(held)
        return places, documents, frequencies


def told_frequencies(
    levels: NDArray[np.uint8], documents: NDArray[np.integer], norms: NDArray[np.float64]
) -> NDArray[np.int32]:
    """Return the greatest frequencies that give some levels: mostly the very ones.

    Half the rounding of levels keeps what is a whole number away from the errors of float64.

    Args:
        levels: Levels of terms, not of families.
        documents: The document of each.
        norms: What saturates by half in every document.
    """
    told = np.empty(len(levels), np.int32)
    for some in blocks(len(levels)):
        above = levels[some] - ROUNDING / 2
        found = above * norms.take(documents[some]) / np.maximum(STEPS - above, ROUNDING / 2)
        told[some] = np.clip(found, 1, MAX_FREQUENCY)
    return told


def blocks(size: int) -> Iterator[slice]:
    """Yield pieces of an array that floats are made of: those of all at once take 24 bytes each."""
    for first in range(0, size, _BLOCK):
        yield slice(first, first + _BLOCK)
