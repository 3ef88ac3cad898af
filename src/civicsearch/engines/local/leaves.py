"""What the index knows of a leaf: where the rules of `query.matching` meet the terms on disk.

A word asked for is expanded to the written forms that match it, whose terms lie side by side in
the dictionary; their postings are joined by tier. What was read is kept, since queries repeat
their words: the commonest words of a language cost most to read and are asked for most.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from civicsearch.engines.local.terms import decode_forms
from civicsearch.query.matching import (
    Candidate,
    Tier,
    fuzzy_tier,
    iter_windows,
    prefix_tier,
    term_tier,
    wildcard_tier,
)
from civicsearch.query.nodes import Fuzzy, Near, Phrase, Prefix, Term, Wildcard
from civicsearch.ranking.bm25 import idf
from civicsearch.ranking.impacts import Impacts, TierPostings
from civicsearch.ranking.topk import matching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from civicsearch.engines.local.layout import FieldLayout
    from civicsearch.engines.local.segment import Segment
    from civicsearch.engines.local.snapshot import Place, Snapshot
    from civicsearch.engines.local.terms import TermRange
    from civicsearch.query.nodes import Leaf
    from civicsearch.schema import Schema

__all__ = ["LeafReader", "Occurrences"]

_Word = Term | Prefix | Wildcard | Fuzzy

_NO_TIER = -1
_FEW_POSTINGS = 1000
_FEW_DOCUMENTS = 300
_DENSE = 8  # postings for each document asked about, up to which all are looked at
_FEW_FORMS = 8  # so many are read one by one, more in one stretch with those between them
# What was read is kept as arrays of 4 bytes a document: more than it takes on disk. Half as much as
# this made every fourth word of 3,000 queries be read twice.
_CACHE_SHARE = 1.5  # of the size of the files
_LEAST_CACHE_BYTES, _MOST_CACHE_BYTES = 32 << 20, 2 << 30

# An occurrence is one whole number: which of the words asked for, which of the documents asked
# about, position, tier.
_TIER_BITS, _POSITION_BITS, _DOCUMENT_BITS = 2, 28, 26
_POSITION = 1 << _TIER_BITS
_DOCUMENT = _POSITION << _POSITION_BITS
_WORD = _DOCUMENT << _DOCUMENT_BITS
_MAX_DOCUMENTS = 1 << _DOCUMENT_BITS
_MARGIN = 1 << 16  # added to positions: a phrase may seem to begin before its document


class Listing(NamedTuple):
    """The postings of the written forms of a word in one segment.

    Attributes:
        place: The segment.
        tiers: The tier of each form, int64, shape (forms,).
        starts: The first posting of each form, int64, of the same shape.
        sizes: The number of postings of each form, int64, of the same shape.
        documents: Numbers in the segment, form after form, uint32.
    """

    place: Place
    tiers: NDArray[np.int64]
    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]
    documents: NDArray[np.uint32]


class Found(NamedTuple):
    """What was found of a leaf: its impacts, and of a word also where its postings are."""

    impacts: Impacts
    listings: tuple[Listing, ...] = ()

    @property
    def size_bytes(self) -> int:
        """About how much memory it takes."""
        return 500 + self.impacts.size_bytes + sum(x.documents.nbytes for x in self.listings)


class LeafReader:
    """Reads leaves from a snapshot. Threads may share it."""

    def __init__(self, snapshot: Snapshot, *, schema: Schema, layout: FieldLayout) -> None:
        self._snapshot = snapshot
        self._schema = schema
        self._layout = layout
        self._cache: OrderedDict[Leaf, Found] = OrderedDict()
        self._cached_bytes = 0
        files = sum(place.segment.file.size_bytes for place in snapshot.places)
        wanted = max(_LEAST_CACHE_BYTES, int(_CACHE_SHARE * files))
        self._cache_bytes = min(wanted, _MOST_CACHE_BYTES)
        self._lock = threading.Lock()

    def impacts(self, leaf: Leaf) -> Impacts:
        """Return what `leaf` finds."""
        return self.found(leaf).impacts

    def found(self, leaf: Leaf) -> Found:
        """Return what `leaf` finds, from memory where it was asked for lately."""
        with self._lock:
            found = self._cache.get(leaf)
            if found is not None:
                self._cache.move_to_end(leaf)
                return found
        found = self._read(leaf)
        with self._lock:
            self._cache[leaf] = found
            self._cached_bytes += found.size_bytes
            while self._cached_bytes > self._cache_bytes and len(self._cache) > 1:
                _, oldest = self._cache.popitem(last=False)
                self._cached_bytes -= oldest.size_bytes
        return found

    def _read(self, leaf: Leaf) -> Found:
        match leaf:
            case Phrase():
                return Found(self._phrase(leaf))
            case Near():
                return Found(self._near(leaf))
            case _:
                return self._word(leaf)

    # --- words ---

    def _word(self, leaf: _Word) -> Found:
        group, zone = self._scope(leaf.field)
        listings = []
        parts: list[tuple[int, NDArray[np.int64], NDArray[np.uint32]]] = []
        for place in self._snapshot.places:
            listing = self._list(place, leaf, group)
            if listing is None:
                continue
            listings.append(listing)
            frequencies = self._frequencies(listing, zone)
            documents = listing.documents.astype(np.int64) + place.base
            ends = np.cumsum(listing.sizes).tolist()
            for tier, size, end in zip(
                listing.tiers.tolist(), listing.sizes.tolist(), ends, strict=True
            ):
                part = slice(end - size, end)
                parts.append((tier, documents[part], frequencies[part]))
        tiers = [
            self._joined(tier, [part[1:] for part in parts if part[0] == tier])
            for tier in sorted({tier for tier, _, _ in parts})
        ]
        size = sum(len(tier.documents) for tier in tiers)
        rarity = idf(size, self._snapshot.documents)
        impacts = Impacts(tiers, rarity=rarity, collection=self._snapshot.collection)
        return Found(impacts, tuple(listings))

    def _scope(self, field: str | None) -> tuple[int, int | None]:
        """Return the group of terms to look in, and the zone that counts alone, if one does."""
        if field is None:
            return 0, None
        self._schema.field(field)
        place = self._schema.names.index(field)
        group = self._layout.groups[place]
        return group, place if group == 0 else None

    def _list(self, place: Place, leaf: _Word, group: int) -> Listing | None:
        segment = place.segment
        lies = _range_of(segment, leaf, group)
        forms = [decode_forms(term) for term in segment.dictionary.terms(lies)]
        tiers = np.array([_tier_of(leaf, *form) for form in forms], np.int64)
        chosen = np.flatnonzero(tiers != _NO_TIER)
        if not len(chosen):
            return None
        reader = segment.postings
        sizes = reader.sizes(lies)
        starts = reader.bounds(lies)[0] + np.cumsum(sizes) - sizes
        if len(chosen) <= _FEW_FORMS:
            lists = [reader.documents(lies.start + form) for form in chosen.tolist()]
            documents = lists[0] if len(lists) == 1 else np.concatenate(lists)
        else:
            documents = reader.documents_of_range(lies)
            documents = documents[np.repeat(tiers != _NO_TIER, sizes)]
        return Listing(place, tiers[chosen], starts[chosen], sizes[chosen], documents)

    def _frequencies(self, listing: Listing, zone: int | None) -> NDArray[np.int32]:
        """Return the weighted frequencies of all postings of a listing."""
        reader = listing.place.segment.postings
        if zone is None:
            first, last = int(listing.starts[0]), int(listing.starts[-1] + listing.sizes[-1])
            if listing.sizes.sum() * 4 > last - first:
                found = reader.frequencies(first, last)
                if len(listing.starts) == 1:
                    return found
                return found[_stretches(listing.starts - first, listing.sizes)]
            return np.concatenate(
                [
                    reader.frequencies(start, start + size)
                    for start, size in zip(
                        listing.starts.tolist(), listing.sizes.tolist(), strict=True
                    )
                ]
            )
        postings = _stretches(listing.starts, listing.sizes)
        starts, counts = reader.occurrences(postings)
        positions = reader.positions(starts, counts)
        owners = np.repeat(np.arange(len(postings)), counts)
        inside = self._zones(listing.place.segment, listing.documents[owners], positions) == zone
        found = np.bincount(owners[inside], minlength=len(postings))
        return (found * self._layout.weights[zone]).astype(np.int32)

    def _joined(
        self, tier: int, parts: Sequence[tuple[NDArray[np.int64], NDArray[np.uint32]]]
    ) -> TierPostings:
        """Return the postings of several forms as one list, those of one document added up."""
        documents = np.concatenate([documents for documents, _ in parts])
        frequencies = np.concatenate([frequencies for _, frequencies in parts])
        if len(documents) and not np.all(documents[1:] > documents[:-1]):
            summed = np.bincount(documents, weights=frequencies)
            documents = np.flatnonzero(summed)
            frequencies = summed[documents].astype(np.uint32)
        kept = frequencies > 0  # a word may stand in other zones than the one asked for
        if self._snapshot.live is not None:
            kept &= self._snapshot.live[documents]
        if not kept.all():
            documents, frequencies = documents[kept], frequencies[kept]
        return TierPostings(tier, documents.astype(np.uint32), frequencies)

    def _zones(
        self, segment: Segment, documents: NDArray[np.generic], positions: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return the place in the schema of the zone that each position lies in."""
        zones = np.zeros(len(positions), np.int64)
        for zone in self._layout.zones[1:]:
            starts = segment.columns.field_starts(zone).take(documents)
            zones[positions >= starts] = zone
        return zones

    # --- words side by side ---

    def occurrences(
        self, words: Sequence[Found], documents: NDArray[np.intp], field: str | None
    ) -> Occurrences:
        """Return where some words occur in some documents.

        Args:
            words: What was found of them, in any field of the same group as `field`.
            documents: Numbers of documents, ascending.
            field: The field that counts; None for all zones.
        """
        keys, fields = [], []
        for place in self._snapshot.places:
            first, last = np.searchsorted(documents, (place.base, place.base + place.segment.size))
            inside = documents[first:last] - place.base
            listed = [
                (number, listing)
                for number, word in enumerate(words)
                for listing in word.listings
                if listing.place is place
            ]
            if len(inside) and listed:
                found = [_postings_in(listing, inside) for _, listing in listed]
                numbers = [number for number, _ in listed]
                key, own = self._occurrences_in(place.segment, inside, numbers, found, field)
                keys.append(key + int(first) * _DOCUMENT)
                fields.append(own)
        if len(keys) == 1:
            return Occurrences(keys[0], fields[0], self._layout)
        nothing = np.empty(0, np.int64)
        key = np.concatenate([nothing, *keys])
        order = np.argsort(key, kind="stable")
        return Occurrences(key[order], np.concatenate([nothing, *fields])[order], self._layout)

    def _occurrences_in(
        self,
        segment: Segment,
        inside: NDArray[np.intp],
        numbers: Sequence[int],
        found: Sequence[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]],
        field: str | None,
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return keys and fields of occurrences in one segment, in order."""
        reader = segment.postings
        postings = np.concatenate([one[0] for one in found])
        heads = np.concatenate(
            [
                which * _DOCUMENT + tiers + number * _WORD
                for number, (_, which, tiers) in zip(numbers, found, strict=True)
            ]
        )
        if len(postings) < _FEW_POSTINGS:
            starts, counts = reader.occurrences(postings)
        else:  # one by one, they are near enough to each other to be added up
            parts = [reader.occurrences(one[0]) for one in found]
            starts = np.concatenate([part[0] for part in parts])
            counts = np.concatenate([part[1] for part in parts])
        positions = reader.positions(starts, counts)
        keys = np.repeat(heads, counts)
        keys += (positions + _MARGIN) * _POSITION
        group, zone = self._scope(field)
        if group:
            zones = np.full(len(keys), self._schema.names.index(str(field)))
        else:
            owners = (keys // _DOCUMENT) % _MAX_DOCUMENTS
            zones = self._zones(segment, inside[owners], positions)
        if zone is not None:
            kept = zones == zone
            keys, zones = keys[kept], zones[kept]
        order = np.argsort(keys)
        return keys[order], zones[order]

    def _phrase(self, phrase: Phrase) -> Impacts:
        words, number_of = self.words_of(phrase.terms, phrase.field)
        documents = self._with_all(words)
        numbers = [number_of[term] for term in phrase.terms]
        if len(documents) > _FEW_DOCUMENTS and len(words) > 2:
            documents = self._with_rarest_pair(words, numbers, documents, phrase.field)
        occurrences = self.occurrences(words, documents, phrase.field)
        return self._impacts_of(occurrences.phrase(numbers), documents, self._rarity(phrase))

    def _with_rarest_pair(
        self,
        words: Sequence[Found],
        numbers: Sequence[int],
        documents: NDArray[np.intp],
        field: str | None,
    ) -> NDArray[np.intp]:
        """Return the documents that hold the two rarest neighbours of a phrase side by side."""
        pairs = list(pairwise(numbers))
        first, second = min(
            pairs, key=lambda pair: sum(len(words[number].impacts) for number in set(pair))
        )
        pair = [words[first], words[second]] if first != second else [words[first]]
        occurrences = self.occurrences(pair, documents, field)
        found = occurrences.phrase([0, len(pair) - 1])
        inside = np.zeros(len(documents), bool)
        inside[found.documents] = True
        return documents[inside]

    def _near(self, near: Near) -> Impacts:
        words, number_of = self.words_of(near.terms, near.field)
        documents = self._with_all(words)
        rarity = self._rarity(near)
        occurrences = self.occurrences(words, documents, near.field)
        numbers = [number_of[term] for term in near.terms]
        return self._impacts_of(occurrences.near(near, numbers), documents, rarity)

    def words_of(
        self, terms: Sequence[Term], field: str | None
    ) -> tuple[list[Found], dict[Term, int]]:
        """Return each different word once, and the number of each.

        A zone alone is not looked into here: positions tell zones apart, and reading them for
        all documents of a word would be in vain.
        """
        group, _ = self._scope(field)
        scope = field if group else None
        different = dict.fromkeys(terms)
        words = [self.found(replace(term, field=scope)) for term in different]
        return words, {term: number for number, term in enumerate(different)}

    def _with_all(self, words: Sequence[Found]) -> NDArray[np.intp]:
        impacts = [word.impacts for word in words]
        return matching(impacts, self._snapshot.collection, minimum=len(impacts))

    def _rarity(self, leaf: Phrase | Near) -> float:
        """Return the sum of the idf of the words (as Lucene has it), so that none is counted."""
        return sum(self.impacts(replace(term, field=leaf.field)).rarity for term in leaf.terms)

    def _impacts_of(
        self, found: PlacesFound, documents: NDArray[np.intp], rarity: float
    ) -> Impacts:
        tiers = []
        for tier in Tier:
            mine = found.tiers == tier
            if mine.any():
                summed = np.bincount(found.documents[mine], weights=found.weights[mine])
                inside = np.flatnonzero(summed)
                tiers.append(
                    TierPostings(tier, documents[inside].astype(np.uint32), summed[inside])
                )
        return Impacts(tiers, rarity=rarity, collection=self._snapshot.collection)


class PlacesFound(NamedTuple):
    """Places where words stand together.

    Attributes:
        documents: Which of the documents asked about, int64, shape (places,).
        tiers: The tier of each place, int64, of the same shape.
        weights: What each adds to a frequency, int64, of the same shape.
    """

    documents: NDArray[np.int64]
    tiers: NDArray[np.int64]
    weights: NDArray[np.int64]


class Occurrences:
    """Where some words occur in some documents, sorted by word, document and position.

    Attributes:
        keys: Word, document, position and tier as one number, int64, ascending.
        fields: The place in the schema of the field of each, int64, of the same shape.
    """

    def __init__(
        self, keys: NDArray[np.int64], fields: NDArray[np.int64], layout: FieldLayout
    ) -> None:
        self.keys = keys
        self.fields = fields
        self._weights = np.array(layout.weights, np.int64)

    @cached_property
    def _places(self) -> NDArray[np.int64]:
        return self.keys >> _TIER_BITS

    def phrase(self, words: Sequence[int]) -> PlacesFound:
        """Return where words, by number, follow each other."""
        order = sorted(range(len(words)), key=lambda step: self._count(words[step]))
        step = order[0]
        first, last = self._bounds(words[step])
        keys, tiers = self._places[first:last], self.keys[first:last] % _POSITION
        fields = self.fields[first:last]
        width = _WORD >> _TIER_BITS
        starts = keys - words[step] * width - step  # where the phrase would begin, as of word 0
        for step in order[1:]:
            kept, found = self._at(starts + words[step] * width + step)
            starts, tiers, fields = starts[kept], tiers[kept], fields[kept]
            tiers = np.maximum(tiers, self.keys[found] % _POSITION)
        return PlacesFound(starts >> _POSITION_BITS, tiers, self._weights[fields])

    def pairs(self, pairs: Sequence[tuple[int, int]]) -> tuple[NDArray[np.int64], PlacesFound]:
        """Return where the two words of pairs, by number, follow each other: which pair, where.

        All pairs at once: for a headline of twelve words, one by one took 0.3 ms, so 0.06.
        """
        bounds = [self._bounds(first) for first, _ in pairs]
        sizes = np.array([last - first for first, last in bounds])
        lefts = _stretches(np.array([first for first, _ in bounds]), sizes)
        which = np.repeat(np.arange(len(pairs)), sizes)
        width = _WORD >> _TIER_BITS
        shifts = np.array([(second - first) * width + 1 for first, second in pairs])
        kept, rights = self._at(self._places[lefts] + shifts[which])
        lefts = lefts[kept]
        left, right = self.keys[lefts], self.keys[rights]
        found = PlacesFound(
            (left // _DOCUMENT) % _MAX_DOCUMENTS,
            np.maximum(left % _POSITION, right % _POSITION),
            self._weights[self.fields[lefts]],
        )
        return which[kept], found

    def near(self, near: Near, words: Sequence[int]) -> PlacesFound:
        """Return the windows that hold the terms of `near`, whose words have these numbers."""
        terms_of: dict[int, list[int]] = {}
        for term, word in enumerate(words):
            terms_of.setdefault(word, []).append(term)
        lines: dict[tuple[int, int], dict[int, dict[int, Tier]]] = {}
        for key, field in zip(self.keys.tolist(), self.fields.tolist(), strict=True):
            word, document = key // _WORD, key // _DOCUMENT % _MAX_DOCUMENTS
            position, tier = key // _POSITION % (1 << _POSITION_BITS), Tier(key % _POSITION)
            tiers = lines.setdefault((document, field), {}).setdefault(position, {})
            tiers.update(dict.fromkeys(terms_of[word], tier))
        found = [
            (document, window.tier, self._weights[field])
            for (document, field), line in lines.items()
            for window in iter_windows(near, [Candidate(*place) for place in sorted(line.items())])
        ]
        columns = np.array(found, np.int64).reshape(-1, 3).T
        return PlacesFound(columns[0], columns[1], columns[2])

    def _bounds(self, word: int) -> tuple[int, int]:
        first, last = np.searchsorted(self.keys, (word * _WORD, (word + 1) * _WORD)).tolist()
        return first, last

    def _count(self, word: int) -> int:
        first, last = self._bounds(word)
        return last - first

    def _at(self, asked: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Return which of the places asked for are taken, and where those lie in `keys`."""
        if not len(self._places):
            return np.zeros(len(asked), bool), np.empty(0, np.int64)
        found = np.searchsorted(self._places, asked)
        found[found == len(self._places)] = 0
        kept = self._places[found] == asked
        return kept, found[kept]


def _range_of(segment: Segment, leaf: _Word, group: int) -> TermRange:
    match leaf:
        case Term():
            return segment.dictionary.word(group, leaf.folded)
        case Prefix():
            return segment.dictionary.beginning(group, leaf.folded)
        case Wildcard():
            beginning = leaf.folded.replace("?", "*").partition("*")[0]
            return segment.dictionary.beginning(group, beginning)
        case Fuzzy():
            return segment.dictionary.beginning(group, leaf.folded[:1])


def _tier_of(leaf: _Word, exact: str, folded: str) -> int:
    match leaf:
        case Term():
            tier = term_tier(leaf.exact, leaf.folded, exact, folded)
        case Prefix():
            tier = prefix_tier(leaf, exact, folded)
        case Wildcard():
            tier = wildcard_tier(leaf, exact, folded)
        case Fuzzy():
            tier = fuzzy_tier(leaf, exact, folded)
    return _NO_TIER if tier is None else int(tier)


def _stretches(starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(starts - ends + sizes, sizes)


def _postings_in(
    listing: Listing, inside: NDArray[np.intp]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the postings of some documents: their numbers, which document, which tier."""
    postings, which, tiers = [], [], []
    ends = np.cumsum(listing.sizes).tolist()
    asked = inside.astype(np.uint32)
    place_of = None
    if int(listing.sizes.max()) < _DENSE * len(inside):
        place_of = np.full(listing.place.segment.size, -1, np.int64)
        place_of[inside] = np.arange(len(inside))
    for tier, start, size, end in zip(
        listing.tiers.tolist(), listing.starts.tolist(), listing.sizes.tolist(), ends, strict=True
    ):
        documents = listing.documents[end - size : end]
        if place_of is not None:
            places = np.flatnonzero(place_of.take(documents) >= 0)
            hit = place_of.take(documents.take(places))
        else:
            places = documents.searchsorted(asked)
            places[places == size] = 0
            hit = np.flatnonzero(documents.take(places) == asked)
            places = places.take(hit)
        if len(hit):
            postings.append(places + start)
            which.append(hit)
            tiers.append(np.full(len(hit), tier))
    if not postings:
        nothing = np.empty(0, np.int64)
        return nothing, nothing, nothing
    return np.concatenate(postings), np.concatenate(which), np.concatenate(tiers)
