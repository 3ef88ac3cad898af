"""The terms of each field of one segment, in the order that Whoosh wants, and where they occur.

Our dictionary is sorted by folded form and knows zones only by position; Whoosh asks for one
field at a time, sorted by its own terms. Looking one term up costs reading its postings; the list
of all terms of a field is made when it is first asked for, and kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, overload

import numpy as np

from civicsearch.analysis.analyzer import UNACCENTED
from civicsearch.analysis.folding import fold
from civicsearch.engines.local.columns import NO_MOMENT
from civicsearch.engines.local.terms import TermRange, decode_forms
from civicsearch.ranking.impacts import UNIT
from civicsearch.search.request import SECONDS_A_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from civicsearch.engines.local.layout import FieldLayout
    from civicsearch.engines.local.segment import Segment

__all__ = [
    "FieldTerms",
    "FoldedTerms",
    "IdTerms",
    "MomentTerms",
    "SegmentWords",
    "TermPostings",
    "WordTerms",
    "microseconds",
]

_CHUNK_POSTINGS = 1 << 20
_POSITION_BITS = 32
_SHIFT_STEP = 8  # Whoosh's, for moments
_BITS = 64
_SIGN = 1 << (_BITS - 1)  # Whoosh writes a signed number n as n + 2**63


class TermPostings(NamedTuple):
    """Where one term of a field occurs.

    Attributes:
        documents: Numbers of documents that are not deleted, ascending, at least one.
        weights: How much the term counts in each, float64.
        starts: Where the positions of each document begin in `positions`, and the end.
        positions: From the beginning of the field, in words, ascending within a document.
    """

    documents: NDArray[np.int64]
    weights: NDArray[np.float64]
    starts: NDArray[np.int64]
    positions: NDArray[np.int64]


class FieldTerms(Protocol):
    """What Whoosh can ask of a field."""

    @property
    def lexicon(self) -> Sequence[bytes]:
        """All terms, ascending."""

    @property
    def lengths(self) -> NDArray[Any] | None:
        """The number of words in each document; None where nobody scores by it."""

    def postings(self, text: bytes) -> TermPostings | None:
        """Return where a term occurs, or None where it does not."""


class SegmentWords:
    """The words of a segment, without deleted documents, zone by zone."""

    def __init__(self, segment: Segment, layout: FieldLayout) -> None:
        self.segment = segment
        self.layout = layout
        self._occurring: dict[int, NDArray[np.bool_]] = {}

    def forms(self, found: TermRange) -> list[tuple[str, str]]:
        """Return exact and folded form of terms; the exact one as it was typed."""
        forms = map(decode_forms, self.segment.dictionary.terms(found))
        return [(exact.removesuffix(UNACCENTED), folded) for exact, folded in forms]

    def occurrences(
        self, ranges: Sequence[TermRange]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return documents and positions at which some terms of one group occur, in order."""
        nothing = np.empty(0, np.int64)
        parts = [self.segment.postings.read(found, self._numbers) for found in ranges]
        documents = [nothing, *(np.repeat(part.documents, part.counts) for part in parts)]
        positions = [nothing, *(part.positions for part in parts)]
        owners, places = np.concatenate(documents), np.concatenate(positions)
        if sum(found.end - found.start for found in ranges) > 1:
            order = np.argsort(owners << _POSITION_BITS | places, kind="stable")
            owners, places = owners[order], places[order]
        return owners, places

    def field_at(
        self, group: int, documents: NDArray[np.int64], positions: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return the field, as its place in the schema, that each occurrence is in."""
        if group:
            return np.full(len(documents), self.layout.groups.index(group))
        first, *others = self.layout.zones
        fields = np.full(len(documents), first)
        for zone in others:
            fields[positions >= self.starts(zone, documents)] = zone
        return fields

    def starts(self, field: int, documents: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the position at which a field begins in some documents."""
        if field in self.layout.zones[1:]:
            return self.segment.columns.field_starts(field)[documents].astype(np.int64)
        return np.zeros(len(documents), np.int64)

    def occurring(self, field: int) -> NDArray[np.bool_]:
        """Return which terms of the group of a field occur in the field."""
        if field not in self._occurring:
            group = self.layout.groups[field]
            self._occurring.update(self._look_through(group))
        return self._occurring[field]

    def terms_of(self, group: int) -> TermRange:
        """Return where the terms of a group lie."""
        return self.segment.dictionary.beginning(group, "")

    def lengths(self, field: int) -> NDArray[np.int64]:
        """Return the number of words of a field in each document."""
        zones, weights = self.layout.zones, self.layout.weights
        if field not in zones:
            return self._counted(self.layout.groups[field])
        if field != zones[-1]:
            following = zones[zones.index(field) + 1]
            everything = np.arange(self.segment.size)
            return self.starts(following, everything) - self.starts(field, everything) - 1
        # Where the last zone ends is not written down, but what all zones weigh together is.
        rest = self.segment.columns.lengths.astype(np.int64)
        for zone in zones[:-1]:
            rest -= self.lengths(zone) * weights[zone]
        return rest // weights[field]

    @cached_property
    def _numbers(self) -> NDArray[np.int64] | None:
        deleted = self.segment.deleted
        return None if deleted is None else np.where(deleted, -1, np.arange(len(deleted)))

    def _look_through(self, group: int) -> dict[int, NDArray[np.bool_]]:
        terms = self.terms_of(group)
        fields = [field for field, own in enumerate(self.layout.groups) if own == group]
        occurring = {field: np.zeros(terms.end - terms.start, bool) for field in fields}
        for chunk in self._chunks(terms):
            found = self.segment.postings.read(chunk, self._numbers)
            documents = np.repeat(found.documents, found.counts)
            numbers = np.repeat(found.terms, found.counts) + chunk.start - terms.start
            places = self.field_at(group, documents, found.positions)
            for field in fields:
                occurring[field][numbers[places == field]] = True
        return occurring

    def _counted(self, group: int) -> NDArray[np.int64]:
        counted = np.zeros(self.segment.size, np.int64)
        for chunk in self._chunks(self.terms_of(group)):
            found = self.segment.postings.read(chunk)
            np.add.at(counted, found.documents, found.counts)
        return counted

    def _chunks(self, terms: TermRange) -> Iterator[TermRange]:
        """Yield `terms` in ranges that are read at once without taking much memory."""
        if terms.start == terms.end:
            return
        before = np.cumsum(self.segment.postings.sizes(terms)) // _CHUNK_POSTINGS
        heads = np.flatnonzero(np.diff(before, prepend=-1)) + terms.start
        bounds = sorted({terms.start, *heads.tolist(), terms.end})
        for start, end in pairwise(bounds):
            yield TermRange(start, end)


class WordTerms:
    """A field of the archive: its words as they were typed."""

    def __init__(self, words: SegmentWords, field: int) -> None:
        self._words = words
        self._field = field
        self._group = words.layout.groups[field]

    @cached_property
    def lexicon(self) -> Sequence[bytes]:
        """All terms, ascending."""
        forms = self._words.forms(self._words.terms_of(self._group))
        found = np.flatnonzero(self._words.occurring(self._field)).tolist()
        return sorted({forms[number][0].encode() for number in found})

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """The number of words in each document."""
        return self._words.lengths(self._field)

    def postings(self, text: bytes) -> TermPostings | None:
        """Return where a term occurs, or None where it does not."""
        exact = text.decode(errors="replace")
        lies = self._words.segment.dictionary.word(self._group, fold(exact))
        ranges = [
            TermRange(number, number + 1)
            for number, (form, _) in enumerate(self._words.forms(lies), start=lies.start)
            if form == exact
        ]
        documents, positions = self._words.occurrences(ranges)
        inside = self._words.field_at(self._group, documents, positions) == self._field
        documents, positions = documents[inside], positions[inside]
        positions -= self._words.starts(self._field, documents)
        return _grouped(documents, positions, np.ones(len(documents)))


class FoldedTerms:
    """All zones together: words without case and accents, each weighing what its zone weighs."""

    def __init__(self, words: SegmentWords) -> None:
        self._words = words

    @cached_property
    def lexicon(self) -> Sequence[bytes]:
        """All terms, ascending: the dictionary has them in this order."""
        forms = self._words.forms(self._words.terms_of(0))
        found = np.logical_or.reduce(
            [self._words.occurring(zone) for zone in self._words.layout.zones]
        )
        numbers = np.flatnonzero(found).tolist()
        return list(dict.fromkeys(forms[number][1].encode() for number in numbers))

    @cached_property
    def lengths(self) -> NDArray[np.float64]:
        """The weighted number of words in each document."""
        return self._words.segment.columns.lengths.astype(np.float64) * UNIT

    def postings(self, text: bytes) -> TermPostings | None:
        """Return where a term occurs, or None where it does not."""
        lies = self._words.segment.dictionary.word(0, text.decode(errors="replace"))
        documents, positions = self._words.occurrences([lies] if lies.start < lies.end else [])
        zones = self._words.field_at(0, documents, positions)
        weights = np.array(self._words.layout.weights)[zones] * UNIT
        return _grouped(documents, positions, weights)


class IdTerms:
    """The ids of documents."""

    lengths = None

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    @cached_property
    def lexicon(self) -> Sequence[bytes]:
        """All ids, ascending."""
        ids, deleted = self._segment.columns.document_ids(), self._segment.deleted
        gone = [False] * len(ids) if deleted is None else deleted.tolist()
        pairs = zip(ids, gone, strict=True)
        return sorted(document_id.encode() for document_id, is_gone in pairs if not is_gone)

    def postings(self, text: bytes) -> TermPostings | None:
        """Return the document that has an id, or None."""
        number = self._segment.number_of(text.decode(errors="replace"))
        return None if number is None else _without_positions(np.array([number]))


class MomentTerms:
    """Moments of publication: each as Whoosh writes a number, whole and with less and less of it.

    A term is the number of bits left out and the number without them, so that a long range is
    few terms. They follow from the column, so the index on disk holds none of them.
    """

    lengths = None

    def __init__(self, segment: Segment) -> None:
        moments = segment.columns.moments
        kept = moments != NO_MOMENT
        if segment.deleted is not None:
            kept &= ~segment.deleted
        documents = np.flatnonzero(kept)
        values = microseconds(moments[documents]) + np.uint64(_SIGN)
        order = np.argsort(values, kind="stable")
        self._documents, self._values = documents[order], values[order]

    @cached_property
    def lexicon(self) -> Sequence[bytes]:
        """All terms, ascending."""
        shifts = range(0, _BITS, _SHIFT_STEP)
        return _NumberTerms([np.unique(self._values >> np.uint64(shift)) for shift in shifts])

    def postings(self, text: bytes) -> TermPostings | None:
        """Return the documents that a term stands for, or None."""
        shift, number = text[0] if text else 1, int.from_bytes(text[1:])
        first, last = number << shift, ((number + 1) << shift) - 1
        if len(text) != 1 + _BITS // 8 or shift % _SHIFT_STEP or last >> _BITS:
            return None
        start = np.searchsorted(self._values, np.uint64(first), side="left")
        end = np.searchsorted(self._values, np.uint64(last), side="right")
        return _without_positions(np.sort(self._documents[start:end])) if end > start else None


class _NumberTerms(Sequence[bytes]):
    """Terms of numbers, written when they are looked at: there are several for each document."""

    def __init__(self, parts: list[NDArray[np.uint64]]) -> None:
        self._parts = parts
        self._starts = list(accumulate(map(len, parts), initial=0))

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, index: int) -> bytes: ...
    @overload
    def __getitem__(self, index: slice) -> list[bytes]: ...
    def __getitem__(self, index: int | slice) -> bytes | list[bytes]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        part = bisect_right(self._starts, index) - 1
        number = int(self._parts[part][index - self._starts[part]])
        return bytes([part * _SHIFT_STEP]) + number.to_bytes(_BITS // 8)


def microseconds(moments: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return moments as Whoosh counts them: in microseconds since the first day of year 1."""
    return ((moments - SECONDS_A_DAY) * 1_000_000).astype(np.uint64)


def _grouped(
    documents: NDArray[np.int64], positions: NDArray[np.int64], weights: NDArray[np.float64]
) -> TermPostings | None:
    if not len(documents):
        return None
    heads = np.flatnonzero(np.diff(documents, prepend=-1))
    return TermPostings(
        documents=documents[heads],
        weights=np.add.reduceat(weights, heads),
        starts=np.append(heads, len(documents)),
        positions=positions,
    )


def _without_positions(documents: NDArray[np.int64]) -> TermPostings:
    return TermPostings(
        documents=documents,
        weights=np.ones(len(documents)),
        starts=np.zeros(len(documents) + 1, np.int64),
        positions=np.empty(0, np.int64),
    )
