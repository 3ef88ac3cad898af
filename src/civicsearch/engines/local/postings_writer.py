"""Writes postings: levels from frequencies, lists or rows, families and beginnings.

What these are, and how they lie in the file, see `postings`.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from civicsearch.engines.local.postings import (
    FAMILY_STEPS,
    MAX_FREQUENCY,
    ROUNDING,
    ROW,
    STEPS,
    WIDTHS,
    blocks,
    told_frequencies,
)
from civicsearch.engines.local.terms import FAMILY
from civicsearch.ranking.bm25 import TIER_WEIGHTS
from civicsearch.ranking.impacts import Collection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from civicsearch.engines.local.postings import Postings
    from civicsearch.engines.local.sections import SectionFileWriter

__all__ = ["POSTINGS_A_STRETCH", "PostingsWriter", "Run", "heavy_beginnings", "stretches"]

_ROW_SHARE = 3
"""A term in more than one of so many documents is a row. At a half, both take the same space."""
_BEGINNING_CHARS = 3
_HEAVY_SHARE = 1
"""A beginning is heavy from one posting for so many documents on: joining fewer takes 0.3 ms at
100,000 documents."""
_GROUP_OF_ZONES = 0
POSTINGS_A_STRETCH = 1 << 19
"""What is written takes some 120 bytes a posting on its way."""


def heavy_beginnings(
    terms: Iterable[bytes], sizes: Iterable[int], documents: int
) -> tuple[bytes, ...]:
    """Return the beginnings of words in zones that get a row, sorted.

    Args:
        terms: All terms, as the dictionary has them.
        sizes: How many postings each has.
        documents: How many documents there are.
    """
    found: dict[bytes, int] = {}
    for term, size in zip(terms, sizes, strict=True):
        if term[0] != _GROUP_OF_ZONES:
            continue
        letters = term[1 : 1 + _BEGINNING_CHARS].partition(b"\x1f")[0]
        for length in range(1, len(letters) + 1):
            beginning = letters[:length]
            found[beginning] = found.get(beginning, 0) + size
    heavy = (
        beginning
        for beginning, size in found.items()
        if size * _HEAVY_SHARE > documents and beginning.isascii()
    )
    return tuple(sorted(heavy))


def stretches(terms: Sequence[bytes], sizes: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield pieces of a dictionary that hold up to half a million postings each.

    The written forms of one folded word stay together, however many postings they have.

    Args:
        terms: The terms, ascending.
        sizes: How many postings each has.

    Yields:
        The first term of each piece, and the one behind its last.
    """
    ends = np.cumsum(sizes)
    first = 0
    while first < len(terms):
        before = int(ends[first - 1]) if first else 0
        last = int(np.searchsorted(ends, before + POSTINGS_A_STRETCH, side="right"))
        while first < last < len(terms) and _are_forms_of_one(*terms[last - 1 : last + 1]):
            last -= 1
        if last <= first:  # these are more by themselves
            last = first + 1
            while last < len(terms) and _are_forms_of_one(*terms[last - 1 : last + 1]):
                last += 1
        yield first, last
        first = last


def _are_forms_of_one(term: bytes, other: bytes) -> bool:
    return term.partition(b"\x1f")[0] == other.partition(b"\x1f")[0]


class Run(NamedTuple):
    """Postings of terms side by side, and of the families among them, ready to be written.

    Attributes:
        terms: The terms asked for.
        postings: Their postings.
        numbers: Number of each in `dictionary`, -1 for those without postings, int64.
        dictionary: The terms that have postings, and the families.
        owners: Whose each posting is, by its number in `dictionary`: first those of terms, then
            those of families, int32: a million documents have three million of one word.
        documents: The document of each, int32.
        levels: Its level.
    """

    terms: Sequence[bytes]
    postings: Postings
    numbers: NDArray[np.int64]
    dictionary: list[bytes]
    owners: NDArray[np.int32]
    documents: NDArray[np.int32]
    levels: NDArray[np.uint8]


class PostingsWriter:
    """Writes postings to a file, run by run; terms of a later run come after those before."""

    def __init__(
        self,
        file: SectionFileWriter,
        lengths: NDArray[np.uint32],
        *,
        average_length: float,
        beginnings: Sequence[bytes] = (),
    ) -> None:
        """Write to `file` the postings of documents with these weighted lengths.

        Args:
            file: The file.
            lengths: In units of `ranking.impacts.UNIT`, of all documents.
            average_length: What levels are measured by, in words; readers know it.
            beginnings: Those that get a row, sorted.
        """
        self._file = file
        self._documents = len(lengths)
        self._average_length = average_length
        self._norms = Collection(
            documents=len(lengths), lengths=lengths, average_length=average_length
        ).norms.astype(np.float64)
        self._written = 0
        self._counts = [0, 0, 0, 0]  # of differences of each width, and of rows
        self._open = [_Beginning(letters) for letters in beginnings]
        self._beginnings: list[str] = []
        self.terms: list[bytes] = []

    def write(self, terms: Sequence[bytes], postings: Postings) -> NDArray[np.int64]:
        """Write a run of postings, with the families in it.

        Args:
            terms: The terms of the run, ascending; a family lies in one run as a whole.
            postings: Where they are found; terms that are not found are left out.

        Returns:
            The number in the dictionary of each of `terms`, -1 for those left out.
        """
        return self.write_run(self.prepare(terms, postings))

    def prepare(self, terms: Sequence[bytes], postings: Postings) -> Run:
        """Return what `write_run` writes: half of the work, which another thread may do."""
        sizes = np.bincount(postings.terms, minlength=len(terms))
        present = sizes.nonzero()[0]
        kept = [terms[place] for place in present.tolist()]
        families = _Families(kept)
        ranks = np.zeros(len(terms), np.int32)
        ranks[present] = np.arange(len(present))
        rank_of = ranks.take(postings.terms)
        own = np.arange(len(present)) + np.searchsorted(
            families.places, np.arange(len(present)), side="right"
        )
        levels = self._levels(postings.documents, STEPS, (1.0, postings.frequencies))
        joined = self._joined(families, rank_of, postings)
        numbers = np.full(len(terms), -1, np.int64)
        numbers[present] = own
        return Run(
            terms,
            postings,
            numbers,
            sorted(kept + families.terms),
            np.concatenate([own.take(rank_of), joined[0]], dtype=np.int32),
            np.concatenate([postings.documents, joined[1]], dtype=np.int32),
            np.concatenate([levels, joined[2]]),
        )

    def write_run(self, run: Run) -> NDArray[np.int64]:
        """Write what `prepare` returned; see `write`."""
        if not run.dictionary:
            return run.numbers
        numbers = np.where(run.numbers < 0, -1, run.numbers + len(self.terms))
        first = self._written
        order = self._write(run.owners, run.documents, run.levels)
        levels = run.levels[: len(run.postings.terms)]
        self._write_apart(run.postings, levels, order, first)
        self._add_to_beginnings(run.terms, run.postings)
        self.terms.extend(run.dictionary)
        return numbers

    def finish(self) -> dict[str, Any]:
        """Close the last run and return what a reader must know."""
        for beginning in self._open:
            self._close(beginning)
        self._section("posting_starts", np.uint32, np.array([self._written]))
        for name, dtype in (
            ("kinds", np.uint8),
            ("peaks", np.uint8),
            ("list_starts", np.uint32),
            ("apart_postings", np.uint32),
            ("apart_frequencies", np.uint32),
            ("rows", np.uint8),
            ("beginnings", np.uint8),
            *((f"deltas{8 * np.dtype(width).itemsize}", width) for width in WIDTHS),
            *((f"levels{8 * np.dtype(width).itemsize}", np.uint8) for width in WIDTHS),
        ):
            self._file.section(name, dtype)
        return {
            "postings": self._written,
            "average_length": self._average_length,
            "beginnings": self._beginnings,
        }

    def _write_apart(
        self, postings: Postings, levels: NDArray[np.uint8], order: NDArray[np.intp], first: int
    ) -> None:
        """Write the frequencies that levels do not tell."""
        told = told_frequencies(levels, postings.documents, self._norms)
        apart = (told != postings.frequencies).nonzero()[0]
        numbers = np.empty(len(order), np.uint32)
        numbers[order] = np.arange(first, first + len(order), dtype=np.uint32)
        numbers = numbers.take(apart)
        ascending = numbers.argsort()
        self._section("apart_postings", np.uint32, numbers.take(ascending))
        frequencies = postings.frequencies.take(apart.take(ascending))
        self._section("apart_frequencies", np.uint32, frequencies)

    def _section(self, name: str, dtype: Any, values: NDArray[Any]) -> None:  # noqa: ANN401
        self._file.section(name, dtype).write(values)

    def _levels(
        self,
        documents: NDArray[np.integer],
        steps: int,
        *parts: tuple[float, NDArray[Any]],
    ) -> NDArray[np.uint8]:
        """Return levels: what BM25 gives, as a share of the most that it could, in steps.

        Args:
            documents: The documents.
            steps: How many steps the whole is.
            parts: What is added up: of each what it counts, and the frequency in each document.
        """
        levels = np.empty(len(documents), np.uint8)
        for some in blocks(len(documents)):
            norms = self._norms.take(documents[some])
            shares = np.zeros(len(norms))
            for weight, frequencies in parts:
                shares += weight * (frequencies[some] / (frequencies[some] + norms))
            levels[some] = np.ceil(shares * steps + ROUNDING * (shares > 0))
        return levels

    def _joined(
        self, families: _Families, ranks: NDArray[np.int32], postings: Postings
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]:
        """Return the postings of families: numbers within the run, documents and levels."""
        document_bits = self._documents.bit_length()
        keys = self._keys(families, ranks, postings)
        keys.sort()
        frequencies = (keys & MAX_FREQUENCY).astype(np.int32)
        keys >>= 20
        folded = (keys & 1).astype(np.int32)
        keys >>= 1
        heads = np.diff(keys, prepend=-1).nonzero()[0]
        if not len(heads):
            return keys, keys, keys.astype(np.uint8)
        keys = keys.take(heads)
        folded *= frequencies
        folded = np.add.reduceat(folded, heads)
        typed = np.add.reduceat(frequencies, heads) - folded
        numbers = (families.places + np.arange(len(families.places))).take(keys >> document_bits)
        keys &= (1 << document_bits) - 1
        return numbers, keys, self._family_levels(typed, folded, keys)

    def _keys(
        self, families: _Families, ranks: NDArray[np.int32], postings: Postings
    ) -> NDArray[np.int64]:
        """Return one number for each posting of a family: family, document, tier and frequency."""
        family = families.of_term.take(ranks)
        mine = (family >= 0).nonzero()[0]
        keys: NDArray[np.int64] = family.take(mine)
        keys <<= self._documents.bit_length()
        keys |= postings.documents.take(mine)
        keys <<= 1
        keys |= families.tiers.take(ranks.take(mine))
        keys <<= 20
        keys |= np.minimum(postings.frequencies.take(mine), MAX_FREQUENCY)
        return keys

    def _family_levels(
        self, typed: NDArray[Any], folded: NDArray[Any], documents: NDArray[np.integer]
    ) -> NDArray[np.uint8]:
        """Return the levels of a word typed without accents, found so and otherwise."""
        exact, other = TIER_WEIGHTS[:2]
        return self._levels(documents, FAMILY_STEPS, (exact, typed), (other, folded))

    def _write(
        self, numbers: NDArray[np.int32], documents: NDArray[np.int32], levels: NDArray[np.uint8]
    ) -> NDArray[np.intp]:
        """Write postings of terms that are numbered without gaps, and return their order."""
        order = numbers.argsort(kind="stable")  # two sorted runs: they are merged
        numbers, documents = numbers.take(order), documents.take(order)
        levels = levels.take(order)
        heads = np.diff(numbers, prepend=-1).nonzero()[0]
        sizes = np.diff(heads, append=len(numbers))
        kinds, starts = self._write_lists(documents, levels, heads, sizes)
        starts[kinds == ROW] = self._counts[ROW] + np.arange(np.count_nonzero(kinds == ROW))
        for place in (kinds == ROW).nonzero()[0].tolist():
            inside = slice(int(heads[place]), int(heads[place] + sizes[place]))
            row = np.zeros(self._documents, np.uint8)
            row[documents[inside]] = levels[inside]
            self._section("rows", np.uint8, row)
            self._counts[ROW] += 1
        self._section("kinds", np.uint8, kinds)
        self._section("list_starts", np.uint32, starts)
        self._section("peaks", np.uint8, np.maximum.reduceat(levels, heads))
        self._section("posting_starts", np.uint32, heads + self._written)
        self._written += len(numbers)
        if self._written >= 1 << 32:
            reason = "more words than a segment can hold"
            raise OverflowError(reason)
        return order

    def _write_lists(
        self,
        documents: NDArray[np.int32],
        levels: NDArray[np.uint8],
        heads: NDArray[np.intp],
        sizes: NDArray[np.int64],
    ) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """Write what is no row, and return the kind of each term, and where its list begins."""
        deltas = np.diff(documents, prepend=0)
        deltas[heads] = documents.take(heads)
        widest = np.maximum.reduceat(deltas, heads)
        kinds = (widest > 0xFF).astype(np.uint8) + (widest > 0xFFFF)
        kinds[sizes * _ROW_SHARE > self._documents] = ROW
        kind_of = kinds.repeat(sizes)
        starts = np.zeros(len(heads), np.int64)
        for kind, width in enumerate(WIDTHS):
            mine = kinds == kind
            ends = sizes[mine].cumsum()
            starts[mine] = self._counts[kind] + ends - sizes[mine]
            self._counts[kind] += int(ends[-1]) if len(ends) else 0
            bits = 8 * np.dtype(width).itemsize
            self._section(f"deltas{bits}", width, deltas[kind_of == kind])
            self._section(f"levels{bits}", np.uint8, levels[kind_of == kind])
        return kinds, starts

    # --- beginnings ---

    def _add_to_beginnings(self, terms: Sequence[bytes], postings: Postings) -> None:
        done = []
        for beginning in self._open:
            first = bisect_left(terms, beginning.term)
            last = bisect_left(terms, beginning.term + b"\xff")
            if first < last:
                bounds = np.searchsorted(postings.terms, (first, last)).tolist()
                beginning.add(terms[first:last], first, self._documents, postings, slice(*bounds))
            if last < len(terms):
                done.append(beginning)
        for beginning in done:
            self._close(beginning)
        self._open = [beginning for beginning in self._open if beginning not in done]

    def _close(self, beginning: _Beginning) -> None:
        if beginning.typed is None or beginning.folded is None:
            return
        everything = np.arange(self._documents, dtype=np.int32)
        row = self._family_levels(beginning.typed, beginning.folded, everything)
        self._section("beginnings", np.uint8, row)
        self._beginnings.append(beginning.letters.decode())


class _Families:
    """Which terms belong to a family, and where families come in the order of terms.

    Attributes:
        terms: What the dictionary has for each family.
        places: Before which of the terms each family comes, ascending, int64.
        of_term: Number of the family of each term, -1 for none, int64.
        tiers: 0 for forms that are what is typed without accents, 1 for others, int64.
    """

    def __init__(self, terms: Sequence[bytes]) -> None:
        self.terms: list[bytes] = []
        places: list[int] = []
        self.of_term = np.full(len(terms), -1, np.int64)
        self.tiers = np.zeros(len(terms), np.int64)
        heads = [term.partition(b"\x1f")[0] for term in terms]
        first = 0
        while first < len(terms) and terms[first][0] == _GROUP_OF_ZONES:
            last = first + 1
            while last < len(terms) and heads[last] == heads[first]:
                last += 1
            if last > first + 1:
                self.of_term[first:last] = len(places)
                for place in range(first, last):
                    self.tiers[place] = not is_bare(terms[place])
                self.terms.append(heads[first] + FAMILY)
                places.append(first + (terms[first] < heads[first] + FAMILY))
            first = last
        self.places = np.array(places, np.int64)


def is_bare(term: bytes) -> bool:
    """Return whether a written form is its folded form, also in a text without accents."""
    folded, _, written = term[1:].partition(b"\x1f")
    return written in (b"", folded + b"\x1e")


def _is_written_so(term: bytes, letters: bytes) -> bool:
    written = term.partition(b"\x1f")[2]  # empty where it is the folded form
    return not written or written.startswith(letters)


class _Beginning:
    """Adds up how often words that begin so occur in each document."""

    def __init__(self, letters: bytes) -> None:
        self.letters = letters
        self.term = b"%c%b" % (_GROUP_OF_ZONES, letters)
        self.typed: NDArray[np.float32] | None = None  # whole numbers, far below 2**24
        self.folded: NDArray[np.float32] | None = None

    def add(
        self,
        terms: Sequence[bytes],
        first: int,
        documents: int,
        postings: Postings,
        inside: slice,
    ) -> None:
        """Add the postings of `terms`, which are numbered from `first` on."""
        if self.typed is None or self.folded is None:
            self.typed = np.zeros(documents, np.float32)
            self.folded = np.zeros(documents, np.float32)
        is_typed = np.array([_is_written_so(term, self.letters) for term in terms])
        typed = is_typed.take(postings.terms[inside] - first)
        numbers, frequencies = postings.documents[inside], postings.frequencies[inside]
        weights = np.where(typed, frequencies, 0)
        self.typed += np.bincount(numbers, weights=weights, minlength=documents)
        self.folded += np.bincount(numbers, weights=frequencies - weights, minlength=documents)
