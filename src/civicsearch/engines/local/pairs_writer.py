"""Writes the pairs of a segment, of new documents or of segments that are joined; see `pairs`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from civicsearch.engines.local.pairs import (
    GAP,
    SECOND_BITS,
    Lists,
    Signatures,
    bits_of,
    pair_hashes,
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
_WIDEST = 6000
"""A table of so many frequent words takes 400 MB while it is counted; beyond, pairs are sorted,
which takes twice as long. 10,000 articles have 4,000; hundreds of very long pages may have more."""
_WORDS_AT_ONCE = 1 << 16
"""What is made of so many stays in the cache: of 20,000 articles, pairs are written in 39 µs each;
with all words at once, in 98."""
_BITS_AT_ONCE = 1 << 19  # the same, for signatures while each bit is a byte
_LISTED_AT_ONCE = 1 << 20
_JOINED_BITS_AT_ONCE = 1 << 22


class PairsWriter:
    """Writes the pairs of a segment to its file."""

    def __init__(self, file: SectionFileWriter) -> None:
        self._file = file
        self._lengths: list[list[int]] = []
        self._written = 0

    def write_words(
        self,
        stream: NDArray[Any],
        sizes: NDArray[np.int64],
        held: NDArray[np.int64],
        hashes: NDArray[np.uint64],
    ) -> None:
        """Write the pairs of documents.

        Args:
            stream: Their words in order, by number of the term, -1 behind each field.
            sizes: How many places of the stream each document has.
            held: How many documents have each term.
            hashes: Of each term, that of its folded word; see `word_hashes`.
        """
        lists, others = _listed(stream, sizes, held)
        self.write_lists(lists)
        if len(lists.keys):
            self.write_spans(np.array([[0, len(sizes)]]))
        mixed = _mixed_pairs(stream, others, hashes)
        own = np.diff(others.searchsorted(sizes.cumsum()), prepend=0)
        for signatures in _signatures(mixed, own):
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


def _mixed_pairs(
    stream: NDArray[Any], places: NDArray[np.int64], hashes: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    """Return the hashes of the pairs that begin at some places of a stream."""
    mixed = np.empty(len(places), np.uint64)
    for start in range(0, len(places), _WORDS_AT_ONCE):
        some = places[start : start + _WORDS_AT_ONCE]
        first, second = stream.take(some), stream.take(some + 1)
        mixed[start : start + len(some)] = pair_hashes(hashes.take(first), hashes.take(second))
    return mixed


def _signatures(mixed: NDArray[np.uint64], counts: NDArray[np.int64]) -> Iterator[Signatures]:
    """Yield the signatures of documents, short ones first.

    Args:
        mixed: The hashes of their pairs, document by document.
        counts: How many pairs each document has.
    """
    doubled = np.ceil(np.log2(np.maximum(counts, _LEAST_PAIRS) / _LEAST_PAIRS)).astype(np.int64)
    np.minimum(doubled, _MOST_DOUBLED, out=doubled)
    for length in np.unique(doubled).tolist():
        is_member = doubled == length
        members, own = is_member.nonzero()[0], counts[is_member]
        yield Signatures(length, members, _bits(mixed[is_member.repeat(counts)], own, length))


def _bits(mixed: NDArray[np.uint64], counts: NDArray[np.int64], doubled: int) -> NDArray[np.uint8]:
    """Return the signatures of documents with so many pairs each, packed."""
    size = size_of(doubled)
    packed = np.empty((size, -(-len(counts) // 8)), np.uint8)
    at_once = max(_BITS_AT_ONCE // size // 8 * 8, 8)
    pair = 0
    for first in range(0, len(counts), at_once):
        own = counts[first : first + at_once]
        some = mixed[pair : pair + int(own.sum())]
        pair += len(some)
        bits = np.zeros((size, len(own)), bool)
        columns = np.arange(len(own)).repeat(own)
        for rows in bits_of(some, size):
            bits[rows, columns] = True
        packed[:, first // 8 : -(-(first + len(own)) // 8)] = np.packbits(bits, axis=1)
    return packed


def _listed(
    stream: NDArray[Any], sizes: NDArray[np.int64], held: NDArray[np.int64]
) -> tuple[Lists, NDArray[np.int64]]:
    """Return the lists of frequent pairs, and where in the stream all others begin."""
    least = max(_LEAST_LISTED, -(-len(sizes) // _LISTED_SHARE))
    # What does not occur so often is not in so many documents: two thirds need not be sorted.
    often, places, numbers = _frequent(stream, held, least)
    document_bits = len(sizes).bit_length()
    dtype = np.min_scalar_type(max(len(often), 1) << document_bits)
    keys = numbers.astype(dtype) << document_bits
    keys |= np.arange(len(sizes), dtype=dtype).repeat(sizes).take(places)
    keys.sort()
    is_first = np.ones(len(keys), bool)
    np.not_equal(keys[1:], keys[:-1], out=is_first[1:])
    keys = keys[is_first]
    bounds = keys.searchsorted(np.arange(len(often) + 1).astype(dtype) << document_bits)
    counts = np.diff(bounds)
    is_listed = counts >= least
    keys = keys[is_listed.repeat(counts)] & dtype.type((1 << document_bits) - 1)
    is_other = (stream[:-1] >= 0) & (stream[1:] >= 0)
    is_other[places[is_listed.take(numbers)]] = False
    lists = Lists(often[is_listed], counts[is_listed], keys.astype(np.int64))
    return lists, is_other.nonzero()[0]


def _frequent(
    stream: NDArray[Any], held: NDArray[np.int64], least: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    """Return the pairs of words that occur so often, both in so many documents at least.

    Returns:
        Their keys, ascending; all places in the stream where one of them begins; and which it is,
        by its place among the keys.
    """
    known = (held >= least).nonzero()[0]
    width = len(known) + 1  # the last stands for all others, and for separators
    ranks = np.full(len(held) + 1, len(known))
    ranks[known] = np.arange(len(known))
    cells = np.empty(max(len(stream) - 1, 0), np.int64)
    for start in range(0, len(cells), _WORDS_AT_ONCE):
        some = ranks.take(stream[start : start + _WORDS_AT_ONCE + 1])
        piece = cells[start : start + _WORDS_AT_ONCE]
        np.multiply(some[:-1], width, out=piece)
        piece += some[1:]
    often = _often(cells, width, least)
    first, second = np.divmod(often, width)
    numbers = np.full(width * width if width <= _WIDEST else 0, -1, np.int32)
    if len(numbers):
        numbers[often] = np.arange(len(often))
    places, found = [np.empty(0, np.int64)], [np.empty(0, np.int32)]
    for start in range(0, len(cells), _WORDS_AT_ONCE):
        piece = cells[start : start + _WORDS_AT_ONCE]
        some = numbers.take(piece) if len(numbers) else _places_in(often, piece)
        here = (some >= 0).nonzero()[0]
        found.append(some.take(here))
        places.append(here + start)
    keys = known.take(first) << SECOND_BITS | known.take(second)
    return keys, np.concatenate(places), np.concatenate(found)


def _often(cells: NDArray[np.int64], width: int, least: int) -> NDArray[np.int64]:
    """Return the cells of a table that occur so often, but for those in its last row and column."""
    if width <= _WIDEST:
        is_often = np.bincount(cells, minlength=width * width).reshape(width, width) >= least
        first, second = is_often[:-1, :-1].nonzero()
        return first * width + second
    ordered = np.sort(cells)
    # What is the same so many places on is there so often.
    later = ordered[least - 1 :]
    found = np.unique(later[later == ordered[: len(later)]])
    return found[(found < width * (width - 1)) & (found % width < width - 1)]


def _places_in(ordered: NDArray[np.int64], values: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return where values stand in an array, -1 for what is not there."""
    places = ordered.searchsorted(values)
    padded = np.append(ordered, -1)  # for what would stand at the end
    return np.where(padded.take(places) == values, places, -1).astype(np.int32)


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


class Source(NamedTuple):
    """The pairs of a segment that is joined with others.

    Attributes:
        pairs: The pairs.
        documents: New number of each document, -1 for those left out.
        terms: New number of each term, in the same order, int64.
    """

    pairs: PairsReader
    documents: NDArray[np.integer]
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
    sources: Sequence[Source], parts: Sequence[tuple[Signatures, NDArray[np.integer]]]
) -> Iterator[NDArray[np.uint8]]:
    """Yield rows of signatures of one length side by side, without what is left out."""
    is_kept = np.concatenate([new >= 0 for _, new in parts])
    size = len(parts[0][0].bits)
    at_once = max(1, _JOINED_BITS_AT_ONCE // len(is_kept))
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
