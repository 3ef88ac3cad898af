"""What the index knows of a leaf: where the rules of `query.matching` meet the terms on disk.

A word asked for is expanded to the written forms that match it, whose terms lie side by side in
the dictionary; their postings are joined by tier. What was read is kept, since queries repeat
their words: the commonest words of a language cost most to read and are asked for most.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from civicsearch.analysis.analyzer import UNACCENTED
from civicsearch.engines.local.occurrences import (
    Form,
    Listing,
    Occurrences,
    PlacesFound,
    occurrence_keys,
)
from civicsearch.engines.local.terms import decode_forms
from civicsearch.query.matching import (
    Tier,
    fuzzy_tier,
    prefix_tier,
    term_tier,
    wildcard_tier,
)
from civicsearch.query.nodes import Fuzzy, Near, Phrase, Prefix, Term, Wildcard
from civicsearch.ranking.bm25 import K1, TIER_WEIGHTS, idf
from civicsearch.ranking.impacts import Impacts, ListedTier
from civicsearch.ranking.topk import matching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from civicsearch.engines.local.layout import FieldLayout
    from civicsearch.engines.local.segment import Segment
    from civicsearch.engines.local.snapshot import Place, Snapshot
    from civicsearch.engines.local.terms import TermRange
    from civicsearch.query.nodes import Leaf
    from civicsearch.ranking.impacts import TierPostings
    from civicsearch.schema import Schema

__all__ = ["Found", "LeafReader"]

_Word = Term | Prefix | Wildcard | Fuzzy

_NO_TIER = -1
_DENSE_SHARE = 16  # postings are added up in a row of all documents, if that many of them
# What was read is kept as arrays of 4 bytes a document: more than it takes on disk. Half as much as
# this made every fourth word of 3,000 queries be read twice.
_CACHE_SHARE = 1.5  # of the size of the files
_LEAST_CACHE_BYTES, _MOST_CACHE_BYTES = 32 << 20, 2 << 30


class Found(NamedTuple):
    """What was found of a leaf: its impacts, and of a word also where its postings are."""

    impacts: Impacts
    listings: tuple[Listing, ...] = ()

    @property
    def size_bytes(self) -> int:
        """About how much memory it takes."""
        return 2000 + self.impacts.size_bytes


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
            if leaf in self._cache:  # another thread was faster
                return self._cache[leaf]
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
        found = [_list(place, leaf, group) for place in self._snapshot.places]
        listings = tuple(listing for listing in found if listing is not None)
        by_tier: dict[int, list[Listing]] = {}
        for listing in listings:
            for tier in {form.tier for form in listing.forms}:
                forms = [form for form in listing.forms if form.tier == tier]
                part = (
                    listing if len(forms) == len(listing.forms) else Listing(listing.place, forms)
                )
                by_tier.setdefault(tier, []).append(part)
        tiers = [self._tier(tier, by_tier[tier], zone) for tier in sorted(by_tier)]
        rarity = idf(sum(map(len, tiers)), self._snapshot.documents)
        average = self._snapshot.collection.average_length
        bound = sum(
            TIER_WEIGHTS[tier] * max(_bound(listing, average) for listing in by_tier[tier])
            for tier in by_tier
        )
        return Found(
            Impacts(
                tiers,
                rarity=rarity,
                collection=self._snapshot.collection,
                bound=(K1 + 1) * bound,
            ),
            listings,
        )

    def _tier(self, tier: int, listings: list[Listing], zone: int | None) -> TierPostings:
        """Return the postings of a tier: read later where they lie ready, else joined now."""
        is_ready = all(len(listing.forms) == 1 for listing in listings)
        if is_ready and zone is None and self._snapshot.live is None:
            return _FormTier(tier, listings)
        documents = [
            np.concatenate(listing.documents).astype(np.int64) + listing.place.base
            for listing in listings
        ]
        frequencies = [self._frequencies(listing, zone) for listing in listings]
        return self._joined(tier, np.concatenate(documents), np.concatenate(frequencies))

    def _scope(self, field: str | None) -> tuple[int, int | None]:
        """Return the group of terms to look in, and the zone that counts alone, if one does."""
        if field is None:
            return 0, None
        self._schema.field(field)
        place = self._schema.names.index(field)
        group = self._layout.groups[place]
        return group, place if group == 0 else None

    def _frequencies(self, listing: Listing, zone: int | None) -> NDArray[np.integer]:
        """Return the weighted frequencies of all postings of a listing, form by form."""
        if zone is None:
            return listing.frequencies()
        reader, segment = listing.place.segment.postings, listing.place.segment
        postings = listing.postings()
        starts, counts = reader.occurrences(postings)
        positions = reader.positions(starts, counts)
        owners = np.repeat(np.arange(len(postings)), counts)
        documents = np.concatenate(listing.documents).take(owners)
        inside = self._zones(segment, documents, positions) == zone
        found = np.bincount(owners[inside], minlength=len(postings))
        return found * self._layout.weights[zone]

    def _joined(
        self, tier: int, documents: NDArray[np.int64], frequencies: NDArray[np.integer]
    ) -> ListedTier:
        """Return the postings of several forms as one list, those of one document added up."""
        if not (documents[1:] > documents[:-1]).all():
            documents, frequencies = self._added_up(documents, frequencies)
        kept = frequencies > 0  # a word may stand in other zones than the one asked for
        if self._snapshot.live is not None:
            kept &= self._snapshot.live[documents]
        if not kept.all():
            documents, frequencies = documents[kept], frequencies[kept]
        return ListedTier(tier, documents.astype(np.uint32), frequencies)

    def _added_up(
        self, documents: NDArray[np.int64], frequencies: NDArray[np.integer]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return each document once, with the sum of its frequencies."""
        if len(documents) * _DENSE_SHARE > self._snapshot.size:
            summed = np.bincount(documents, weights=frequencies)
            documents = (summed > 0).nonzero()[0]
            return documents, summed.take(documents).astype(np.int64)
        order = documents.argsort(kind="stable")
        documents, frequencies = documents.take(order), frequencies.take(order)
        heads = np.diff(documents, prepend=-1).nonzero()[0]
        return documents.take(heads), np.add.reduceat(frequencies, heads, dtype=np.int64)

    def _zones(
        self, segment: Segment, documents: NDArray[np.integer], positions: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return the place in the schema of the zone that each position lies in."""
        zones = np.full(len(positions), self._layout.zones[0])
        for zone in self._layout.zones[1:]:
            zones[positions >= segment.columns.field_starts(zone).take(documents)] = zone
        return zones

    # --- words side by side ---

    def occurrences(
        self, words: Sequence[Found], documents: NDArray[np.intp], field: str | None
    ) -> Occurrences:
        """Return where some words occur in some documents.

        Args:
            words: What was found of them, in any field of the same group as `field`.
            documents: Numbers of documents, ascending.
            field: The field that they are looked for in; None for all zones.
        """
        keys = [np.empty(0, np.int64)]
        for place in self._snapshot.places:
            bounds = (place.base, place.base + place.segment.size)
            first, last = documents.searchsorted(bounds).tolist()
            listed = [
                (number, listing)
                for number, word in enumerate(words)
                for listing in word.listings
                if listing.place is place
            ]
            if last > first and listed:
                inside = documents[first:last] - place.base
                keys.append(occurrence_keys(listed, inside, first))
        joined = np.concatenate(keys)
        if len(words) > 1 or any(len(listing.forms) > 1 for listing in words[0].listings):
            joined.sort()
        return Occurrences(joined, partial(self._zone_of, documents, field))

    def _zone_of(
        self,
        documents: NDArray[np.intp],
        field: str | None,
        which: NDArray[np.int64],
        positions: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        """Return the field that positions in some of `documents` lie in."""
        group, _ = self._scope(field)
        if group:
            return np.full(len(which), self._schema.names.index(str(field)))
        numbers = documents.take(which)
        zones = np.zeros(len(which), np.int64)
        for segment, base in self._snapshot.places:
            mine = ((numbers >= base) & (numbers < base + segment.size)).nonzero()[0]
            if len(mine):
                inside = numbers.take(mine) - base
                zones[mine] = self._zones(segment, inside, positions.take(mine))
        return zones

    def frequencies(
        self, found: PlacesFound, field: str | None
    ) -> tuple[NDArray[np.bool_] | None, NDArray[np.int64]]:
        """Return which places lie in `field` (None: all do), and what each adds to a frequency."""
        _, zone = self._scope(field)
        weights = np.array(self._layout.weights, np.int64).take(found.zones)
        return (None if zone is None else found.zones == zone), weights

    def _phrase(self, phrase: Phrase) -> Impacts:
        """Return where words follow each other, rarest word first, in fewer and fewer documents."""
        words, number_of = self.words_of(phrase.terms, phrase.field)
        documents = self._with_all(words)
        found = None
        by_rarity = sorted(
            range(len(phrase.terms)),
            key=lambda step: len(words[number_of[phrase.terms[step]]].impacts),
        )
        for step in by_rarity:
            word = words[number_of[phrase.terms[step]]]
            here = self.occurrences([word], documents, phrase.field).of_word(-step)
            if found is None:  # every document holds every word
                found = here
                continue
            documents, found = found.also_in(here).narrowed(documents)
        assert found is not None  # noqa: S101 - a phrase has words
        places = PlacesFound(
            found.documents,
            found.tiers,
            self._zone_of(documents, phrase.field, found.documents, found.positions),
        )
        return self._impacts_of(phrase, places, documents)

    def _near(self, near: Near) -> Impacts:
        words, number_of = self.words_of(near.terms, near.field)
        documents = self._with_all(words)
        occurrences = self.occurrences(words, documents, near.field)
        numbers = [number_of[term] for term in near.terms]
        return self._impacts_of(near, occurrences.near(near, numbers), documents)

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

    def _impacts_of(
        self, leaf: Phrase | Near, found: PlacesFound, documents: NDArray[np.intp]
    ) -> Impacts:
        inside, weights = self.frequencies(found, leaf.field)
        tiers = []
        for tier in Tier:
            mine = found.tiers == tier
            if inside is not None:
                mine &= inside
            if mine.any():
                summed = np.bincount(found.documents[mine], weights=weights[mine])
                held = summed.nonzero()[0]
                numbers = documents.take(held).astype(np.uint32)
                tiers.append(ListedTier(tier, numbers, summed.take(held)))
        rarity = idf(sum(map(len, tiers)), self._snapshot.documents)
        return Impacts(tiers, rarity=rarity, collection=self._snapshot.collection)


class _FormTier:
    """The postings of one form of a word in each segment, read when they are needed."""

    def __init__(self, tier: int, listings: Sequence[Listing]) -> None:
        self.tier = tier
        self._listings = listings
        self._size = sum(listing.size for listing in listings)

    def __len__(self) -> int:
        return self._size

    @cached_property
    def documents(self) -> NDArray[np.uint32]:
        """See `TierPostings`."""
        parts = [
            listing.documents[0] + np.uint32(listing.place.base)
            if listing.place.base
            else listing.documents[0]
            for listing in self._listings
        ]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def frequencies(self, places: NDArray[np.intp] | None = None) -> NDArray[np.integer]:
        """See `TierPostings`."""
        if places is None:
            return np.concatenate([listing.frequencies() for listing in self._listings])
        if len(self._listings) == 1:
            (listing,) = self._listings
            reader = listing.place.segment.postings
            return reader.frequencies_at(places + listing.forms[0].start)
        found = np.empty(len(places), np.int64)
        first = 0
        for listing in self._listings:
            mine = ((places >= first) & (places < first + listing.size)).nonzero()[0]
            postings = places.take(mine) + (listing.forms[0].start - first)
            found[mine] = listing.place.segment.postings.frequencies_at(postings)
            first += listing.size
        return found


def _list(place: Place, leaf: _Word, group: int) -> Listing | None:
    """Return the forms that `leaf` matches in one segment, or None."""
    segment, reader = place.segment, place.segment.postings
    lies = _range_of(segment, leaf, group)
    terms = segment.dictionary.terms(lies)
    if isinstance(leaf, Prefix):
        tiers = _prefix_tiers(leaf, terms)
    else:
        tiers = [_tier_of(leaf, *decode_forms(term)) for term in terms]
    starts = reader.starts(lies)
    found = [
        Form(tier, lies.start + number, starts[number], starts[number + 1] - starts[number])
        for number, tier in enumerate(tiers)
        if tier != _NO_TIER
    ]
    return Listing(place, found) if found else None


def _prefix_tiers(leaf: Prefix, terms: Sequence[bytes]) -> list[int]:
    """Return the tiers of terms. Of what may be thousands, few differ as far as was typed."""
    known: dict[tuple[str, bool], int] = {}
    tiers = []
    for term in terms:
        exact, folded = decode_forms(term)
        key = exact[: len(leaf.exact)], exact.endswith(UNACCENTED)
        tier = known.get(key)
        if tier is None:
            tier = known[key] = _tier_of(leaf, exact, folded)
        tiers.append(tier)
    return tiers


def _bound(listing: Listing, average_length: float) -> float:
    """Return what the forms of a listing are worth together at most, as a share."""
    terms = np.array([form.term for form in listing.forms])
    return listing.place.segment.postings.bounds_on_values(terms, average_length)


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
