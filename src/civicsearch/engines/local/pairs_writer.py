"""Writes the pairs of a segment, of new documents or of segments that are joined; see `pairs`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from civicsearch.engines.local.pairs import (
    BITS_A_PAIR,
    GAP,
    SECOND_BITS,
    Lists,
    Signatures,
    mixed_hashes,
    size_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from civicsearch.engines.local.pairs import PairsReader
    from civicsearch.engines.local.sections import SectionFileWriter

__all__ = ["PairsWriter", "Source", "merge_pairs"]

_LEAST_PAIRS = 64
"""Documents with up to so many pairs have the shortest signatures; with twice as many, signatures
are twice as long, and so on."""
_MOST_DOUBLED = 7  # a place is 16 bits of the hash; beyond, a document is as soon read
_LISTED_SHARE, _LEAST_LISTED = 100, 100
"""A pair in one of so many documents of a new segment is listed, if it is in so many at all. At
100, lists take 137 bytes a document."""
_MEMBERS_AT_ONCE = 1 << 14  # a multiple of 8
_LISTED_AT_ONCE = 1 << 20
_BITS_AT_ONCE = 1 << 22


class PairsWriter:
    """Writes the pairs of a segment to its file."""

    def __init__(self, file: SectionFileWriter) -> None:
        self._file = file
        self._lengths: list[list[int]] = []
        self._written = 0

    def write_words(
        self, stream: NDArray[Any], sizes: NDArray[np.int64], hashes: NDArray[np.uint64]
    ) -> None:
        """Write the pairs of documents.

        Args:
            stream: Their words in order, by number of the term, -1 behind each field.
            sizes: How many places of the stream each document has.
            hashes: Of each term, that of its folded word; see `word_hashes`.
        """
        stream = stream.astype(np.intp, copy=False)  # once: `take` would do so each time
        first, second = stream[:-1], stream[1:]
        owners = np.arange(len(sizes), dtype=np.int32).repeat(sizes)[:-1]
        lists, listed = _listed(first, second, owners, len(sizes))
        self.write_lists(lists)
        if len(lists.keys):
            self.write_spans(np.array([[0, len(sizes)]]))
        is_other = first >= 0
        is_other &= second >= 0
        is_other[listed] = False
        others = is_other.nonzero()[0]
        del is_other, listed
        mixed = mixed_hashes(hashes, first.take(others), second.take(others))
        owners = owners.take(others)
        del stream, first, second, others
        for signatures in _signatures(mixed, owners, len(sizes)):
            self.write_signatures(signatures.doubled, signatures.documents, [signatures.bits])

    def write_lists(self, lists: Lists) -> None:
        """Write a run of lists; the keys of a later run come after those before."""
        packed, ends = _packed(lists.documents, lists.sizes)
        section = self._file.section
        section("pair_keys", np.int64).write(lists.keys)
        section("pair_ends", np.uint32).write(ends + self._written)
        section("pair_lists", np.uint8).write(packed)
        self._written += len(packed)
        if self._written >= 1 << 32:
            reason = "more words than a segment can hold"
            raise OverflowError(reason)

    def write_spans(self, spans: NDArray[np.int64]) -> None:
        """Write spans: the first document of each and that behind its last, shape (spans, 2)."""
        self._file.section("pair_spans", np.uint32).write(spans.ravel())

    def write_signatures(
        self, doubled: int, documents: NDArray[np.int64], rows: Iterable[NDArray[np.uint8]]
    ) -> None:
        """Write the signatures of one length, longer ones after shorter ones.

        Args:
            doubled: See `Signatures`.
            documents: See `Signatures`.
            rows: The packed bits, in pieces.
        """
        self._lengths.append([doubled, len(documents)])
        self._file.section("signature_documents", np.uint32).write(documents)
        for piece in rows:
            self._file.section("signatures", np.uint8).write(piece)

    def finish(self) -> dict[str, Any]:
        """Return what a reader must know."""
        for name, dtype in (
            ("pair_keys", np.int64),
            ("pair_ends", np.uint32),
            ("pair_lists", np.uint8),
            ("pair_spans", np.uint32),
            ("signature_documents", np.uint32),
            ("signatures", np.uint8),
        ):
            self._file.section(name, dtype)
        return {"signatures": self._lengths}


def _signatures(
    mixed: NDArray[np.uint64], owners: NDArray[np.int32], documents: int
) -> Iterator[Signatures]:
    """Yield the signatures of documents whose pairs have these hashes, short ones first."""
    counts = np.bincount(owners, minlength=documents)
    doubled = np.ceil(np.log2(np.maximum(counts, _LEAST_PAIRS) / _LEAST_PAIRS)).astype(np.int64)
    np.minimum(doubled, _MOST_DOUBLED, out=doubled)
    for length in np.unique(doubled).tolist():
        members = (doubled == length).nonzero()[0]
        pieces = [
            _bits(mixed, owners, members[first : first + _MEMBERS_AT_ONCE], documents, length)
            for first in range(0, len(members), _MEMBERS_AT_ONCE)
        ]
        yield Signatures(length, members, np.concatenate(pieces, axis=1))


def _bits(
    mixed: NDArray[np.uint64],
    owners: NDArray[np.int32],
    members: NDArray[np.int64],
    documents: int,
    doubled: int,
) -> NDArray[np.uint8]:
    """Return the signatures of some documents, packed."""
    ranks = np.full(documents, -1, np.int64)
    ranks[members] = np.arange(len(members))
    own = ranks.take(owners)
    mine = (own >= 0).nonzero()[0]
    own = own.take(mine)
    size = size_of(doubled)
    bits = np.zeros(size * len(members), bool)
    for places in _bits_of(mixed.take(mine), size):
        bits[places * len(members) + own] = True
    return np.packbits(bits.reshape(size, len(members)), axis=1)


def _listed(
    first: NDArray[np.intp],
    second: NDArray[np.intp],
    owners: NDArray[np.int32],
    documents: int,
) -> tuple[Lists, NDArray[np.intp]]:
    """Return the lists of frequent pairs, and which of all places have one of these.

    Args:
        first: The words of all places but the last, -1 behind a field.
        second: The word behind each.
        owners: The document that each place is in.
        documents: How many there are.
    """
    least = max(_LEAST_LISTED, -(-documents // _LISTED_SHARE))
    counts = np.bincount(first + 1, minlength=1)
    counts[0] = 0
    known = (counts >= least).nonzero()[0] - 1
    width = len(known)
    # Where one of two words is rare, or there is none, their sum is below 0. In half of the bytes,
    # where all sums fit in, so that writing a segment takes a twelfth less time.
    number: type[np.int32 | np.int64] = np.int32 if width < 1 << 15 else np.int64
    nothing = np.iinfo(number).min // 2
    rows = np.full(len(counts), nothing, number)  # the last is that of -1
    columns = rows.copy()
    rows[known] = np.arange(width) * width
    columns[known] = np.arange(width)
    pairs: NDArray[Any] = rows.take(first)
    pairs += columns.take(second)
    both = (pairs >= 0).nonzero()[0]
    pairs = pairs.take(both)
    # What does not occur so often is not in so many documents: two thirds need not be sorted.
    is_listed = np.bincount(pairs, minlength=max(width * width, 1)) >= least
    often = is_listed.take(pairs).nonzero()[0]
    both, pairs = both.take(often), pairs.take(often)
    document_bits = documents.bit_length()
    keys = pairs.astype(np.int64) << document_bits
    keys |= owners.take(both)
    keys.sort()
    keys = keys[np.diff(keys, prepend=-1) > 0]
    sizes = np.bincount(keys >> document_bits, minlength=len(is_listed))
    is_listed = sizes >= least
    keys = keys[is_listed.take(keys >> document_bits)]
    listed = is_listed.nonzero()[0]
    width = max(width, 1)
    lists = Lists(
        known.take(listed // width) << SECOND_BITS | known.take(listed % width),
        sizes.take(listed),
        keys & ((1 << document_bits) - 1),
    )
    return lists, both[is_listed.take(pairs)]


def _packed(
    documents: NDArray[np.int64], sizes: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return lists as differences of a byte, and where each list ends."""
    deltas = np.diff(documents, prepend=0)
    heads = sizes.cumsum() - sizes
    deltas[heads] = documents.take(heads)
    gaps = deltas // GAP
    ends = (gaps + 1).cumsum()
    lists = np.full(int(ends[-1]) if len(ends) else 0, GAP, np.uint8)
    lists[ends - 1] = deltas - gaps * GAP
    return lists, ends.take(sizes.cumsum() - 1)


def _bits_of(mixed: NDArray[np.uint64], size: int) -> list[NDArray[np.int64]]:
    """Return which bits of a signature of some size pairs set, by their hashes; four each."""
    places = (
        ((mixed >> np.uint64(16 * number)) & np.uint64(0xFFFF)) for number in range(BITS_A_PAIR)
    )
    return [((place * np.uint64(size)) >> np.uint64(16)).astype(np.int64) for place in places]


class Source(NamedTuple):
    """The pairs of a segment that is joined with others.

    Attributes:
        pairs: The pairs.
        documents: New number of each document, -1 for those left out, int64.
        terms: New number of each term, in the same order, int64.
    """

    pairs: PairsReader
    documents: NDArray[np.int64]
    terms: NDArray[np.int64]


def merge_pairs(file: SectionFileWriter, sources: Sequence[Source]) -> dict[str, Any]:
    """Write the pairs of several segments as those of one, and return what a reader must know."""
    writer = PairsWriter(file)
    for run in _runs_of_lists(sources):
        writer.write_lists(run)
        _forget(sources)
    writer.write_spans(np.concatenate([_renumbered_spans(source) for source in sources]))
    for doubled in sorted({own.doubled for source in sources for own in source.pairs.signatures}):
        parts = [
            (own, source.documents.take(own.documents))
            for source in sources
            for own in source.pairs.signatures
            if own.doubled == doubled
        ]
        numbers = np.concatenate([new for _, new in parts])
        if (numbers >= 0).any():
            rows = _joined_rows(sources, parts)
            writer.write_signatures(doubled, numbers[numbers >= 0], rows)
    return writer.finish()


def _renumbered_spans(source: Source) -> NDArray[np.int64]:
    """Return the spans of a segment in new numbers, but for those that nothing is left of."""
    kept = np.zeros(len(source.documents) + 1, np.int64)
    (source.documents >= 0).cumsum(out=kept[1:])
    first = int(source.documents.max(initial=0)) + 1 - int(kept[-1])  # the new numbers are in a row
    spans: NDArray[np.int64] = first + kept.take(source.pairs.spans)
    return spans[spans[:, 0] < spans[:, 1]]


def _forget(sources: Sequence[Source]) -> None:
    for source in sources:
        source.pairs.forget()


def _joined_rows(
    sources: Sequence[Source], parts: Sequence[tuple[Signatures, NDArray[np.int64]]]
) -> Iterator[NDArray[np.uint8]]:
    """Yield rows of signatures of one length side by side, without what is left out."""
    is_kept = np.concatenate([new >= 0 for _, new in parts])
    size = len(parts[0][0].bits)
    at_once = max(1, _BITS_AT_ONCE // len(is_kept))
    for first in range(0, size, at_once):
        rows = slice(first, min(first + at_once, size))
        bits = np.concatenate(
            [np.unpackbits(own.bits[rows], axis=1, count=len(new)) for own, new in parts], axis=1
        )
        yield np.packbits(bits if is_kept.all() else bits[:, is_kept], axis=1)
        _forget(sources)


def _runs_of_lists(sources: Sequence[Source]) -> Iterator[Lists]:
    """Yield the joined lists of pairs, some at a time."""
    keys = [_renumbered(source) for source in sources]
    every = np.unique(np.concatenate(keys))
    sizes = np.zeros(len(every), np.int64)
    for source, own in zip(sources, keys, strict=True):
        np.add.at(sizes, every.searchsorted(own), source.pairs.size_bytes())
    ends = sizes.cumsum()
    first = 0
    while first < len(every):
        before = int(ends[first - 1]) if first else 0
        last = max(int(ends.searchsorted(before + _LISTED_AT_ONCE)), first + 1)
        yield _joined_lists(sources, keys, every[first:last])
        first = last


def _renumbered(source: Source) -> NDArray[np.int64]:
    """Return the new keys of all lists, ascending.

    A list of a term that is gone has only documents that are gone: any key does that keeps the
    order.
    """
    keys = source.pairs.keys
    first = source.terms.take(keys >> SECOND_BITS)
    second = source.terms.take(keys & ((1 << SECOND_BITS) - 1))
    new = np.where((first >= 0) & (second >= 0), first << SECOND_BITS | second, 0)
    kept: NDArray[np.int64] = np.maximum.accumulate(new)
    return kept


def _joined_lists(
    sources: Sequence[Source], keys: Sequence[NDArray[np.int64]], asked: NDArray[np.int64]
) -> Lists:
    places, documents = [], []
    for source, own in zip(sources, keys, strict=True):
        start, end = own.searchsorted((asked[0], asked[-1] + 1)).tolist()
        if start < end:
            lists = source.pairs.lists(start, end)
            places.append(asked.searchsorted(own[start:end]).repeat(lists.sizes))
            documents.append(source.documents.take(lists.documents))
    owners, numbers = np.concatenate(places), np.concatenate(documents)
    kept = numbers >= 0
    owners, numbers = owners[kept], numbers[kept]
    order = owners.argsort(kind="stable")  # documents of later segments come later
    sizes = np.bincount(owners, minlength=len(asked))
    held = sizes > 0
    return Lists(asked[held], sizes[held], numbers.take(order))
