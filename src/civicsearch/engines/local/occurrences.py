"""Where words occur in chosen documents, and where they stand side by side or near each other."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from civicsearch.engines.local.postings import ranges
from civicsearch.engines.local.terms import TermRange
from civicsearch.query.matching import Candidate, Tier, iter_windows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from civicsearch.engines.local.snapshot import Place
    from civicsearch.query.nodes import Near

    ZoneOf = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.int64]]

__all__ = ["Form", "Listing", "Occurrences", "Places", "PlacesFound", "occurrence_keys"]

# An occurrence is one whole number: which of the words asked for, which of the documents asked
# about, position, tier.
_TIER_BITS, _POSITION_BITS, _DOCUMENT_BITS = 2, 25, 26
_POSITION = 1 << _TIER_BITS
_DOCUMENT = _POSITION << _POSITION_BITS
_WORD = _DOCUMENT << _DOCUMENT_BITS
_MARGIN = 1 << 16  # added to positions: a phrase may seem to begin before its document

_FEW_POSTINGS = 1000
_FEW_FORMS = 8  # so many are read one by one, more in one stretch with those between them
_DENSE = 8  # postings for each document asked about, up to which all are looked at


class Form(NamedTuple):
    """One written form of a word in one segment.

    Attributes:
        tier: How near it is to what was asked for.
        term: The number of its term.
        start: Its first posting.
        size: How many postings it has.
    """

    tier: int
    term: int
    start: int
    size: int


class Listing:
    """The postings of the written forms of a word in one segment; read when they are needed."""

    def __init__(self, place: Place, forms: Sequence[Form]) -> None:
        self.place = place
        self.forms = forms
        self.size = sum(form.size for form in forms)

    @cached_property
    def documents(self) -> tuple[NDArray[np.uint32], ...]:
        """The documents of each form, numbers in the segment, ascending."""
        reader = self.place.segment.postings
        if len(self.forms) <= _FEW_FORMS:
            return tuple(reader.documents(form.term) for form in self.forms)
        lies = TermRange(self.forms[0].term, self.forms[-1].term + 1)
        together = reader.documents_of_range(lies)
        first = self.forms[0].start
        return tuple(
            together[form.start - first : form.start - first + form.size] for form in self.forms
        )

    def postings(self) -> NDArray[np.int64]:
        """Return the numbers of all postings, form by form."""
        starts = np.array([form.start for form in self.forms])
        return ranges(starts, np.array([form.size for form in self.forms]))

    def frequencies(self) -> NDArray[np.integer]:
        """Return the weighted frequencies of all postings, form by form."""
        reader = self.place.segment.postings
        if len(self.forms) <= _FEW_FORMS:
            parts = [reader.frequencies(form.start, form.start + form.size) for form in self.forms]
            return parts[0] if len(parts) == 1 else np.concatenate(parts)
        first, last = self.forms[0], self.forms[-1]
        together = reader.frequencies(first.start, last.start + last.size)
        return together.take(self.postings() - first.start)

    def find(
        self, asked: NDArray[np.uint32]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return the postings of some documents: numbers, which of the documents, tiers.

        Args:
            asked: Numbers in the segment, ascending.
        """
        if len(self.forms) > _FEW_FORMS or self.size < _DENSE * len(asked):
            return self._find_by_looking_at_all(asked)
        postings, which, tiers = [], [], []
        for form, documents in zip(self.forms, self.documents, strict=True):
            places = documents.searchsorted(asked)
            held = (documents.take(places, mode="clip") == asked).nonzero()[0]
            if len(held):
                postings.append(places.take(held) + form.start)
                which.append(held)
                tiers.append(np.full(len(held), form.tier))
        if len(postings) == 1:
            return postings[0], which[0], tiers[0]
        nothing = np.empty(0, np.int64)
        return (
            np.concatenate([nothing, *postings]),
            np.concatenate([nothing, *which]),
            np.concatenate([nothing, *tiers]),
        )

    def _find_by_looking_at_all(
        self, asked: NDArray[np.uint32]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        wanted = np.zeros(self.place.segment.size, bool)
        wanted[asked] = True
        documents = np.concatenate(self.documents)
        held = wanted.take(documents).nonzero()[0]
        sizes = np.array([form.size for form in self.forms])
        ends = sizes.cumsum()
        forms = ends.searchsorted(held, side="right")
        starts = np.array([form.start for form in self.forms]) - ends + sizes
        tiers = np.array([form.tier for form in self.forms])
        which = asked.searchsorted(documents.take(held))
        return held + starts.take(forms), which, tiers.take(forms)


def occurrence_keys(
    listings: Sequence[tuple[int, Listing]], inside: NDArray[np.intp], first: int
) -> NDArray[np.int64]:
    """Return where words occur in documents of one segment, each as one number, unsorted.

    Args:
        listings: Words, by number, with their postings; all of one segment.
        inside: Numbers of documents in the segment, ascending.
        first: What number the first of these documents has among all that are asked about.
    """
    asked = inside.astype(np.uint32)
    found = [listing.find(asked) for _, listing in listings]
    heads = [
        (which + first) * _DOCUMENT + tiers + number * _WORD
        for (number, _), (_, which, tiers) in zip(listings, found, strict=True)
    ]
    reader = listings[0][1].place.segment.postings
    postings = np.concatenate([one[0] for one in found])
    if len(postings) < _FEW_POSTINGS:
        starts, counts = reader.occurrences(postings)
    else:  # one by one, they are near enough to each other to be added up
        parts = [reader.occurrences(one[0]) for one in found]
        starts = np.concatenate([part[0] for part in parts])
        counts = np.concatenate([part[1] for part in parts])
    positions = reader.positions(starts, counts)
    keys: NDArray[np.int64] = np.concatenate(heads).repeat(counts)
    keys += (positions + _MARGIN) * _POSITION
    return keys


class PlacesFound(NamedTuple):
    """Places where words stand together.

    Attributes:
        documents: Which of the documents asked about, int64, shape (places,).
        tiers: The tier of each place, int64, of the same shape.
        zones: The place in the schema of the field of each, int64, of the same shape.
    """

    documents: NDArray[np.int64]
    tiers: NDArray[np.int64]
    zones: NDArray[np.int64]


class Places:
    """Places in documents, ascending, with the tier of each."""

    def __init__(self, keys: NDArray[np.int64], tiers: NDArray[np.int64]) -> None:
        self._keys = keys  # document and position as one number
        self.tiers = tiers

    @property
    def documents(self) -> NDArray[np.int64]:
        """Which of the documents asked about each is in."""
        return self._keys >> _POSITION_BITS

    @property
    def positions(self) -> NDArray[np.int64]:
        """The position of each."""
        return (self._keys & ((1 << _POSITION_BITS) - 1)) - _MARGIN

    def also_in(self, other: Places) -> Places:
        """Return the places that `other` has too, with the worse tier of the two."""
        if len(other._keys) < len(self._keys):
            return other.also_in(self)
        if not len(self._keys):
            return self
        found = other._keys.searchsorted(self._keys)
        kept = (other._keys.take(found, mode="clip") == self._keys).nonzero()[0]
        tiers = np.maximum(self.tiers.take(kept), other.tiers.take(found.take(kept)))
        return Places(self._keys.take(kept), tiers)

    def narrowed(self, documents: NDArray[np.intp]) -> tuple[NDArray[np.intp], Places]:
        """Return the documents that have any place, and the places in these."""
        which = self.documents
        heads = np.diff(which, prepend=-1) > 0
        held = which[heads]
        numbers = heads.cumsum() - 1
        keys = self._keys + ((numbers - which) << _POSITION_BITS)
        return documents.take(held), Places(keys, self.tiers)


class Occurrences:
    """Where some words occur in some documents, sorted by word, document and position."""

    def __init__(self, keys: NDArray[np.int64], zone_of: ZoneOf) -> None:
        """Look into occurrences.

        Args:
            keys: As `occurrence_keys` made them, sorted.
            zone_of: Returns the place in the schema of the field in which each of some documents
                has each of some positions.
        """
        self._keys = keys
        self._zone_of = zone_of

    @cached_property
    def _places(self) -> NDArray[np.int64]:
        return self._keys >> _TIER_BITS

    def of_word(self, shift: int) -> Places:
        """Return where the only word asked for occurs, positions moved by `shift`."""
        return Places(self._places + shift, self._keys % _POSITION)

    def pairs(self, pairs: Sequence[tuple[int, int]]) -> tuple[NDArray[np.int64], PlacesFound]:
        """Return where the two words of pairs, by number, follow each other: which pair, where.

        All pairs at once: for a headline of twelve words, one by one took 0.3 ms, so 0.06.
        """
        bounds = np.array([self._bounds(first) for first, _ in pairs])
        sizes = bounds[:, 1] - bounds[:, 0]
        lefts = ranges(bounds[:, 0], sizes)
        which = np.arange(len(pairs)).repeat(sizes)
        width = _WORD >> _TIER_BITS
        shifts = np.array([(second - first) * width + 1 for first, second in pairs])
        kept, rights = self._at(self._places.take(lefts) + shifts.take(which))
        lefts, which = lefts.take(kept), which.take(kept)
        left = self._keys.take(lefts)
        tiers = np.maximum(left % _POSITION, self._keys.take(rights) % _POSITION)
        return which, self._found((left % _WORD) >> _TIER_BITS, tiers)

    def near(self, near: Near, words: Sequence[int]) -> PlacesFound:
        """Return the windows that hold the terms of `near`, whose words have these numbers."""
        terms_of: dict[int, list[int]] = {}
        for term, word in enumerate(words):
            terms_of.setdefault(word, []).append(term)
        zones = self._found((self._keys % _WORD) >> _TIER_BITS, self._keys).zones
        lines: dict[tuple[int, int], dict[int, dict[int, Tier]]] = {}
        for key, zone in zip(self._keys.tolist(), zones.tolist(), strict=True):
            document, position = key % _WORD // _DOCUMENT, key % _DOCUMENT // _POSITION
            tiers = lines.setdefault((document, zone), {}).setdefault(position, {})
            tiers.update(dict.fromkeys(terms_of[key // _WORD], Tier(key % _POSITION)))
        found = [
            (document, window.tier, zone)
            for (document, zone), line in lines.items()
            for window in iter_windows(near, [Candidate(*place) for place in sorted(line.items())])
        ]
        columns = np.array(found, np.int64).reshape(-1, 3).T
        return PlacesFound(columns[0], columns[1], columns[2])

    def _bounds(self, word: int) -> tuple[int, int]:
        first, last = self._keys.searchsorted((word * _WORD, (word + 1) * _WORD)).tolist()
        return first, last

    def _at(self, asked: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """Return which of the places asked for are taken, and where those lie in `keys`."""
        if not len(self._places):
            return np.empty(0, np.intp), np.empty(0, np.int64)
        found = self._places.searchsorted(asked)
        kept = (self._places.take(found, mode="clip") == asked).nonzero()[0]
        return kept, found.take(kept)

    def _found(self, starts: NDArray[np.int64], tiers: NDArray[np.int64]) -> PlacesFound:
        """Return places of which it is known where they begin: document and position."""
        documents = starts >> _POSITION_BITS
        positions = (starts & ((1 << _POSITION_BITS) - 1)) - _MARGIN
        return PlacesFound(documents, tiers, self._zone_of(documents, positions))
