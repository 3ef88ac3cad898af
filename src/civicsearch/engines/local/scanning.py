"""How often, and where, words occur in a few documents: read from these documents word by word.

The words that a query looks for are marked in a table of all numbers that a stream can have; one
look-up for each word of the documents then finds them all at once, however many written forms a
leaf stands for. What follows works on the places found, a few for each hundred words.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from civicsearch.engines.local.streams import FAR
from civicsearch.engines.local.windows import windows_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from civicsearch.engines.local.layout import FieldLayout
    from civicsearch.engines.local.segment import Segment
    from civicsearch.engines.local.snapshot import Snapshot
    from civicsearch.query.nodes import Near

__all__ = ["NO_TIER", "TIERS", "Forms", "Scan", "Sightings"]

NO_TIER = 3
"""Stands for a word that is none of those asked for; after all tiers, so the worse of two is the
greater."""
TIERS = 3
_FEW_CODES = 8  # 27,000 words: 2 µs for each of them, 22 µs for a table of all


class Forms(NamedTuple):
    """The written forms of a word in one segment.

    Attributes:
        terms: Their terms, ascending, int64.
        tiers: How near each is to what was asked for, int8, of the same shape.
    """

    terms: NDArray[np.int64]
    tiers: NDArray[np.int8]


class Sightings(NamedTuple):
    """Where words asked for stand.

    Attributes:
        places: Numbers that grow by one from word to word within a field, ascending, int64.
        classes: Which class of terms each word is of, int64, of the same shape.
        cells: Document and field of each, as `document * fields + field`, int64.
        starts: The place that each document begins at, int64, shape (documents,).
    """

    places: NDArray[np.int64]
    classes: NDArray[np.int64]
    cells: NDArray[np.int64]
    starts: NDArray[np.int64]


class Scan:
    """The words asked for in some documents."""

    def __init__(
        self,
        snapshot: Snapshot,
        layout: FieldLayout,
        documents: NDArray[np.intp],
        words: Sequence[Mapping[int, Forms]],
        *,
        row: Sequence[int] = (),
        field: int | None = None,
    ) -> None:
        """Read documents.

        Args:
            snapshot: Where they are.
            layout: Which fields there are, and what they weigh.
            documents: Their numbers, ascending.
            words: What is looked for: of each word its forms, by the place of the segment in the
                snapshot.
            row: Numbers of words that must stand in a row, where nothing else is looked for.
            field: The only field to read, by its place in the schema; None for all.
        """
        self._row = tuple(row)
        self._field = field
        self._layout = layout
        self.size = len(documents)
        self.read_words = 0  # with separators
        self.fields = len(layout.groups)
        self._words = len(words)
        # Classes of terms: first one for each word and tier, then those that mean several words.
        self._shared: list[list[int]] = []  # of each of these, the tier by word
        parts = []
        first = free = 0
        for number, (segment, base) in enumerate(snapshot.places):
            last = int(documents.searchsorted(base + segment.size))
            if last > first:
                inside = documents[first:last] - base
                terms, classes = self._classes([word.get(number) for word in words])
                found = self._read(segment, inside, terms, classes)
                parts.append(
                    Sightings(
                        found.places + free,
                        found.classes,
                        found.cells + first * self.fields,
                        found.starts + free,
                    )
                    if first
                    else found
                )
                free += int(found.places[-1]) + 2 if len(found.places) else 0
            first = last
        if len(parts) == 1:
            (self.sightings,) = parts
        else:
            columns = zip(*parts, strict=True) if parts else [[np.empty(0, np.int64)]] * 4
            self.sightings = Sightings(*(np.concatenate(column) for column in columns))
        apart: NDArray[Any] = np.full((self._words, self._words, TIERS), NO_TIER)
        apart[np.arange(self._words), np.arange(self._words)] = np.arange(TIERS)
        shared = np.array(self._shared, np.int64).reshape(len(self._shared), self._words).T
        apart = apart.reshape(self._words, self._words * TIERS)
        self.tiers = np.concatenate([apart, shared], axis=1)

    def _classes(
        self, words: Sequence[Forms | None]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return all terms asked for, and the class of each; terms may come in any order."""
        forms = [(number, word) for number, word in enumerate(words) if word is not None]
        if not forms:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        terms = np.concatenate([word.terms for _, word in forms])
        classes = np.concatenate(
            [word.tiers.astype(np.int64) + number * TIERS for number, word in forms]
        )
        if len(forms) == 1:
            return terms, classes
        if len(set(terms.tolist())) < len(terms):
            order = terms.argsort(kind="stable")
            ordered = terms.take(order)
            again = (ordered[1:] == ordered[:-1]).nonzero()[0]
            self._share(ordered, classes, order, again)
        return terms, classes

    def _share(
        self,
        ordered: NDArray[np.int64],
        classes: NDArray[np.int64],
        order: NDArray[np.int64],
        again: NDArray[np.int64],
    ) -> None:
        """Give terms that several words mean a class of their own, all that mean alike one."""
        known: dict[tuple[int, ...], int] = {}
        for term in np.unique(ordered.take(again)).tolist():
            start, end = ordered.searchsorted((term, term + 1)).tolist()
            tiers = [NO_TIER] * self._words
            for place in order[start:end].tolist():
                word, tier = divmod(int(classes[place]), TIERS)
                tiers[word] = tier
            if tuple(tiers) not in known:
                known[tuple(tiers)] = self._words * TIERS + len(self._shared)
                self._shared.append(tiers)
            classes[order[start:end]] = known[tuple(tiers)]

    def _read(
        self,
        segment: Segment,
        documents: NDArray[np.intp],
        terms: NDArray[np.int64],
        classes: NDArray[np.int64],
    ) -> Sightings:
        """Return what stands in documents of one segment, ascending, counted from the first."""
        streams = segment.streams
        field = self._field
        inside = None if field is None else segment.columns.span_of(field, documents)
        passage = streams.passage(documents, inside)
        self.read_words += len(passage.codes)
        codes = streams.codes(terms)
        class_of = np.zeros(FAR + 1, np.uint8 if classes.max(initial=0) < 256 else np.uint16)
        class_of[codes] = classes
        if self._row:
            places = self._in_a_row(passage.codes, codes, classes)
        else:
            places = _is_any(passage.codes, codes).nonzero()[0]
        found = passage.codes.take(places)
        own = class_of.take(found).astype(np.int64)
        if (codes == FAR).any():
            far = (found == FAR).nonzero()[0]
            if len(far):
                actual = streams.far_terms(passage.in_stream(places.take(far))).astype(np.int64)
                order = terms.argsort()
                at = order.take(terms.searchsorted(actual, sorter=order), mode="clip")
                own[far] = classes.take(at)
                kept = np.ones(len(places), bool)
                kept[far] = terms.take(at) == actual
                places, own = places[kept], own[kept]
        cells = self._cells(segment, documents, passage.starts, places)
        return Sightings(places, own, cells, passage.starts)

    def _in_a_row(
        self,
        passage: NDArray[np.uint16],
        codes: NDArray[np.uint16],
        classes: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        """Return the places of words that stand in a row, or may: `FAR` stands for many words."""
        width = len(self._row)
        size = len(passage) - width + 1
        if size < 1:
            return np.empty(0, np.int64)
        forms = [codes[self._tiers_of(word, classes)] for word in self._row]
        anchor = min(range(width), key=lambda step: len(forms[step]))
        starts = _is_any(passage[anchor : anchor + size], forms[anchor]).nonzero()[0]
        for step in range(width):
            if step != anchor:
                starts = starts[_is_any(passage.take(starts + step), forms[step])]
        places = (starts[:, None] + np.arange(width)).ravel()
        if (starts[1:] - starts[:-1] < width).any():  # runs overlap
            places.sort()
            places = places[np.concatenate([[True], places[1:] != places[:-1]])]
        return places

    def _tiers_of(self, word: int, classes: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which terms, by their classes, are forms of a word."""
        apart = self._words * TIERS
        shared = [own for own, tiers in enumerate(self._shared, apart) if tiers[word] != NO_TIER]
        found: NDArray[np.bool_] = classes // TIERS == word
        found &= classes < apart
        for own in shared:
            found |= classes == own
        return found

    def _cells(
        self,
        segment: Segment,
        documents: NDArray[np.intp],
        starts: NDArray[np.int64],
        places: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        """Return document and field that each place lies in."""
        fields = self.fields
        if self._field is not None:
            which = starts.searchsorted(places, side="right") - 1
            only: NDArray[np.int64] = which * fields + self._field
            return only
        if len(places) < len(documents):  # most documents hold nothing
            which = starts.searchsorted(places, side="right") - 1
            begins = segment.columns.field_starts.take(documents.take(which), axis=0)
            inside = (places - starts.take(which))[:, None] >= begins
            cells: NDArray[np.int64] = which * fields + inside.sum(axis=1) - 1
            return cells
        begins = segment.columns.field_starts.take(documents, axis=0) + starts[:, None]
        before = np.empty(begins.size + 1, np.int64)
        before[:-1] = places.searchsorted(begins.ravel())
        before[-1] = len(places)
        return np.arange(begins.size).repeat(before[1:] - before[:-1])

    # --- what was found ---

    @cached_property
    def _weights(self) -> NDArray[np.float64]:
        """What each sighting adds to a frequency that counts all zones."""
        return np.array(self._layout.weights, np.float64).take(self.field_of)

    @cached_property
    def document_of(self) -> NDArray[np.int64]:
        """In which of the documents each sighting is, by its place among them."""
        return self.sightings.cells // self.fields

    @cached_property
    def field_of(self) -> NDArray[np.int64]:
        """In which field each sighting is, by its place in the schema."""
        return self.sightings.cells % self.fields

    @cached_property
    def all_words(self) -> NDArray[np.float64]:
        """How often each word occurs, weighted, shape (words, tiers, documents)."""
        return self._counted(self.sightings.classes, self.document_of, self._weights)

    def words_in(self, field: int) -> NDArray[np.float64]:
        """Return the same of one field alone, by its place in the schema."""
        inside = (self.field_of == field).nonzero()[0]
        return self._counted(
            self.sightings.classes.take(inside),
            self.document_of.take(inside),
            self._weights.take(inside),
        )

    def _counted(
        self,
        classes: NDArray[np.int64],
        documents: NDArray[np.int64],
        weights: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        size = self.tiers.shape[1] * self.size
        keys = classes * self.size + documents
        found: NDArray[Any] = np.bincount(keys, weights=weights, minlength=size)
        summed: NDArray[np.float64] = found.reshape(self.tiers.shape[1], self.size)
        apart = self._words * TIERS
        counted = summed[:apart].reshape(self._words, TIERS, self.size)
        for own, tiers in zip(summed[apart:], self._shared, strict=True):
            for word, tier in enumerate(tiers):
                if tier != NO_TIER:
                    counted[word, tier] += own
        return counted

    @cached_property
    def _neighbours(self) -> NDArray[np.int64]:
        """Which sightings are directly followed by another one."""
        places = self.sightings.places
        found: NDArray[np.int64] = (places[1:] - places[:-1] == 1).nonzero()[0]
        return found

    def _pairs(self, pairs: Sequence[Sequence[int]], field: int | None) -> NDArray[np.float64]:
        """Return the same as `phrases` of phrases of two words, all at once."""
        first = self._neighbours
        classes = self.sightings.classes
        one, other = np.array(pairs).T
        worst = np.maximum(
            self.tiers.take(one, axis=0).take(classes.take(first), axis=1),
            self.tiers.take(other, axis=0).take(classes.take(first + 1), axis=1),
        )
        rows, columns = (worst < NO_TIER).nonzero()
        rows = rows * TIERS + worst[rows, columns]
        return self._at(first.take(columns), rows, len(pairs), field)

    def phrases(self, phrases: Sequence[Sequence[int]], field: int | None) -> NDArray[np.float64]:
        """Return how often words follow each other, weighted, by the worst tier of any.

        Args:
            phrases: Of each phrase the numbers of its words, at least two.
            field: The only field that counts, by its place in the schema; None for all.

        Returns:
            Weighted frequencies, shape (phrases, tiers, documents).
        """
        if all(len(words) == 2 for words in phrases):
            return self._pairs(phrases, field)
        starts, tiers = [], []
        for number, words in enumerate(phrases):
            first = self._runs(len(words))
            worst = self.tiers[words[0]].take(self.sightings.classes.take(first))
            for step, word in enumerate(words[1:], start=1):
                other = self.tiers[word].take(self.sightings.classes.take(first + step))
                np.maximum(worst, other, out=worst)
            held = (worst < NO_TIER).nonzero()[0]
            starts.append(first.take(held))
            tiers.append(worst.take(held) + number * TIERS)
        return self._at(np.concatenate(starts), np.concatenate(tiers), len(phrases), field)

    def _runs(self, width: int) -> NDArray[np.int64]:
        """Return which sightings are followed by as many others as make a phrase."""
        places, first = self.sightings.places, self._neighbours
        first = first[first + width <= len(places)]
        found: NDArray[np.int64] = first[
            places.take(first + width - 1) - places.take(first) == width - 1
        ]
        return found

    def near(self, near: Near, words: Sequence[int], field: int | None) -> NDArray[np.float64]:
        """Return how often windows hold all terms of `near`, weighted.

        Args:
            near: The terms, and how far they may be apart.
            words: The numbers of the terms among those asked for.
            field: As in `phrases`.

        Returns:
            Weighted frequencies, shape (1, tiers, documents).
        """
        windows = windows_in(near, self.sightings, self.tiers[list(words)])
        return self._at(windows.first, windows.tiers, 1, field)

    def _at(
        self,
        first: NDArray[np.int64],
        rows: NDArray[np.int64],
        count: int,
        field: int | None,
    ) -> NDArray[np.float64]:
        """Return weighted frequencies of what begins at some sightings, by row and document."""
        if field is not None:
            kept = self.field_of.take(first) == field
            first, rows = first[kept], rows[kept]
        summed: NDArray[Any] = np.bincount(
            rows * self.size + self.document_of.take(first),
            weights=self._weights.take(first),
            minlength=count * TIERS * self.size,
        )
        return summed.reshape(count, TIERS, self.size)


def _is_any(passage: NDArray[np.uint16], codes: NDArray[np.uint16]) -> NDArray[np.bool_]:
    """Return where any of some codes stands; comparing with a few is faster than a table."""
    if len(codes) > _FEW_CODES:
        table = np.zeros(FAR + 1, bool)
        table[codes] = True
        return table.take(passage)
    found = np.zeros(len(passage), bool)
    for number, code in enumerate(codes):
        found = found | (passage == code) if number else passage == code
    return found
