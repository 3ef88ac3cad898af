"""The terms of each field of one segment, in the order that Whoosh wants, and where they occur.

Our dictionary is sorted by folded form, and our postings say only which documents hold a term;
Whoosh asks for one field at a time, sorted by its own terms, and where they stand. So looking one
term up costs reading all words of the documents that hold it. The list of all terms of a field
takes reading all words of the segment, once; it is made when it is first asked for, and kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, overload

import numpy as np

from civicsearch.analysis.analyzer import UNACCENTED
from civicsearch.analysis.folding import fold
from civicsearch.engines.local.columns import NO_MOMENT
from civicsearch.engines.local.streams import FAR
from civicsearch.engines.local.terms import decode_forms, is_family
from civicsearch.ranking.impacts import UNIT
from civicsearch.search.request import SECONDS_A_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from civicsearch.engines.local.layout import FieldLayout
    from civicsearch.engines.local.segment import Segment
    from civicsearch.engines.local.streams import Passage
    from civicsearch.engines.local.terms import TermRange

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

_DOCUMENTS_AT_ONCE = 512
"""Documents whose words are in memory together: some hundred thousand words."""
_SHIFT_STEP = 8  # Whoosh's, for moments
_BITS = 64
_SIGN = 1 << (_BITS - 1)  # Whoosh writes a signed number n as n + 2**63


class TermPostings(NamedTuple):
    """Where one term of a field occurs.

    Attributes:
        documents: Numbers of documents that are not deleted, ascending, at least one.
        weights: How much the term counts in each, float64.
        starts: Where the positions of each document begin in `positions`, and the end.
        positions: From the beginning of the field, in words, ascending within a document; of all
            zones together, from the beginning of the document, with one left free between fields.
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


class Occurrences(NamedTuple):
    """Where some terms occur, in the order of documents and of their words.

    Attributes:
        documents: Numbers of documents that are not deleted, int64, shape (occurrences,).
        fields: The field, as its place in the schema, of the same shape.
        places: In words and separators from the beginning of the document, of the same shape.
    """

    documents: NDArray[np.int64]
    fields: NDArray[np.int64]
    places: NDArray[np.int64]

    def of_field(self, field: int) -> Occurrences:
        """Return those in one field."""
        inside = (self.fields == field).nonzero()[0]
        return Occurrences(*(part.take(inside) for part in self))


class SegmentWords:
    """The words of a segment, without deleted documents, field by field."""

    def __init__(self, segment: Segment, layout: FieldLayout) -> None:
        self.segment = segment
        self.layout = layout

    def forms(self, found: TermRange) -> Iterator[tuple[int, str, str]]:
        """Yield number, exact form as it was typed, and folded form of terms.

        Families are left out: they are in postings, but no document holds such a word.
        """
        for number, term in enumerate(self.segment.dictionary.terms(found), start=found.start):
            if not is_family(term):
                exact, folded = decode_forms(term)
                yield number, exact.removesuffix(UNACCENTED), folded

    def terms_of(self, group: int) -> TermRange:
        """Return where the terms of a group lie."""
        return self.segment.dictionary.beginning(group, "")

    def occurrences(self, terms: Sequence[int]) -> Occurrences:
        """Return where any of some terms occurs."""
        asked = np.array(terms, np.int64)
        documents = self._holding(asked)
        nothing = np.empty(0, np.int64)
        pieces = (
            self._read(asked, documents[first : first + _DOCUMENTS_AT_ONCE])
            for first in range(0, len(documents), _DOCUMENTS_AT_ONCE)
        )
        parts = zip(Occurrences(nothing, nothing, nothing), *pieces, strict=True)
        return Occurrences(*map(np.concatenate, parts))

    @cached_property
    def occurring(self) -> NDArray[np.bool_]:
        """Which terms of the dictionary occur in which field, shape (fields, terms)."""
        fields, size = len(self.layout.groups), self.segment.size
        # The last column is that of -1, the separator.
        occurring = np.zeros((fields, self.segment.dictionary.size + 1), bool)
        for first in range(0, size, _DOCUMENTS_AT_ONCE):
            inside = slice(first, min(first + _DOCUMENTS_AT_ONCE, size))
            kept = None if self._live is None else self._live[inside]
            terms, _ = self.segment.streams.terms_of(inside, kept)
            # Every document has all fields, so separators count through them.
            occurring[(terms < 0).cumsum() % fields, terms] = True
        return occurring[:, :-1]

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """The number of words in each field, shape (documents, fields)."""
        return self.segment.columns.field_sizes()

    @cached_property
    def _live(self) -> NDArray[np.bool_] | None:
        deleted = self.segment.deleted
        return None if deleted is None else ~deleted

    def _holding(self, terms: NDArray[np.int64]) -> NDArray[np.intp]:
        """Return the documents, not deleted, that hold any of some terms, ascending."""
        holding = np.zeros(self.segment.size, bool)
        for term in terms.tolist():
            holding[self.segment.postings.postings(term)[0]] = True
        if self._live is not None:
            holding &= self._live
        return holding.nonzero()[0]

    def _read(self, terms: NDArray[np.int64], documents: NDArray[np.intp]) -> Occurrences:
        """Return where any of some terms occurs in some documents, by reading all their words."""
        passage = self.segment.streams.passage(documents)
        found = self._found(terms, passage)
        begins = self.segment.columns.field_starts.take(documents, axis=0)
        fields = begins.shape[1]
        begins = (begins + passage.starts[:, None]).ravel()
        cells = begins.searchsorted(found, side="right") - 1  # no field is without a separator
        which = cells // fields
        return Occurrences(
            documents.take(which), cells % fields, found - passage.starts.take(which)
        )

    def _found(self, terms: NDArray[np.int64], passage: Passage) -> NDArray[np.intp]:
        """Return where in a passage any of some terms stands."""
        streams = self.segment.streams
        is_asked = np.zeros(FAR + 1, bool)
        is_asked[streams.codes(terms)] = True
        found = is_asked.take(passage.codes).nonzero()[0]
        if not is_asked[FAR]:
            return found
        far = (passage.codes.take(found) == FAR).nonzero()[0]
        others = streams.far_terms(passage.in_stream(found.take(far)))
        return np.delete(found, far[~np.isin(others, terms)])


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
        occurring = self._words.occurring[self._field].tolist()
        return sorted({exact.encode() for number, exact, _ in forms if occurring[number]})

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """The number of words in each document."""
        return self._words.lengths[:, self._field]

    def postings(self, text: bytes) -> TermPostings | None:
        """Return where a term occurs, or None where it does not."""
        exact = text.decode(errors="replace")
        forms = self._words.forms(self._words.segment.dictionary.word(self._group, fold(exact)))
        terms = [number for number, form, _ in forms if form == exact]
        documents, _, places = self._words.occurrences(terms).of_field(self._field)
        begins = self._words.segment.columns.field_starts[:, self._field]
        return _grouped(documents, places - begins.take(documents), np.ones(len(documents)))


class FoldedTerms:
    """All zones together: words without case and accents, each weighing what its zone weighs."""

    def __init__(self, words: SegmentWords) -> None:
        self._words = words

    @cached_property
    def lexicon(self) -> Sequence[bytes]:
        """All terms, ascending: the dictionary has them in this order."""
        forms = self._words.forms(self._words.terms_of(0))
        occurring = np.logical_or.reduce(self._words.occurring).tolist()
        return list(dict.fromkeys(word.encode() for number, _, word in forms if occurring[number]))

    @cached_property
    def lengths(self) -> NDArray[np.float64]:
        """The weighted number of words in each document."""
        return self._words.segment.columns.lengths.astype(np.float64) * UNIT

    def postings(self, text: bytes) -> TermPostings | None:
        """Return where a term occurs, or None where it does not."""
        lies = self._words.segment.dictionary.word(0, text.decode(errors="replace"))
        terms = [number for number, *_ in self._words.forms(lies)]
        documents, fields, places = self._words.occurrences(terms)
        weights = np.array(self._words.layout.weights).take(fields) * UNIT
        return _grouped(documents, places, weights)


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
