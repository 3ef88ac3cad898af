"""What the index knows of a leaf: where the rules of `query.matching` meet the terms on disk.

A word asked for stands for the written forms that match it; their postings are joined. Phrases,
words near each other and words in one zone are found by reading the documents that may hold them.
What was found is kept, since queries repeat their words: the commonest words of a language cost
most to read and are asked for most.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from civicsearch.engines.local.forms import Word, forms_of
from civicsearch.engines.local.joining import Joiner
from civicsearch.engines.local.postings import STEPS
from civicsearch.engines.local.scanning import Scan
from civicsearch.engines.local.synonyms import best_measured, best_of_forms, joined
from civicsearch.query.leaves import words_alone, words_in
from civicsearch.query.nodes import Near, Number, Phrase, Synonyms, iter_leaves
from civicsearch.ranking.bm25 import K1, TIER_WEIGHTS
from civicsearch.ranking.impacts import MOST_LEVEL, Impacts, are_in, union
from civicsearch.ranking.topk import matching
from civicsearch.search.quorum import Quorum, quorum_of
from civicsearch.values import replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from civicsearch.engines.local.layout import FieldLayout
    from civicsearch.engines.local.scanning import Forms
    from civicsearch.engines.local.side_by_side import SideBySide
    from civicsearch.engines.local.snapshot import Snapshot
    from civicsearch.query.nodes import And, Leaf, Or, Query, Words
    from civicsearch.schema import Schema

__all__ = ["Found", "LeafReader", "Possible"]

_CACHE_SHARE = 1.5  # of the size of the files
_LEAST_CACHE_BYTES, _MOST_CACHE_BYTES = 32 << 20, 2 << 30
_DOCUMENTS_A_SCAN = 1 << 9  # what is read of so many fits into a second cache
_WORDS_A_SCAN = 1 << 17
_EPSILON = 1e-6  # relative, far above the errors of float64
_TIER_COLUMN = (K1 + 1) * np.array(TIER_WEIGHTS)[:, None]
_ALL_TIERS = np.float32(sum(TIER_WEIGHTS))


class Found(NamedTuple):
    """What was found of a leaf.

    Attributes:
        impacts: In which documents, and what it is worth there at most.
        forms: Of a word, its written forms by place of the segment in the snapshot.
        worth: Of what was read in all documents, what it is worth in each, before rarity; float64.
    """

    impacts: Impacts
    forms: Mapping[int, Forms]
    worth: NDArray[np.float64] | None = None

    @property
    def size_bytes(self) -> int:
        """About how much memory it takes."""
        return 2000 + self.impacts.size_bytes + (0 if self.worth is None else self.worth.nbytes)


class Possible(NamedTuple):
    """Where a leaf may be found that only the documents tell of.

    Attributes:
        documents: All that hold it, and some others, ascending.
        bounds: What it is worth in each at most, before rarity, float32, of the same shape.
    """

    documents: NDArray[np.intp]
    bounds: NDArray[np.float32]


class _MayHold(NamedTuple):
    """Where a leaf is to be looked for.

    Attributes:
        words: Its words, as they are found in the terms.
        known: The documents that are known to hold it, ascending.
        candidates: Others that may.
    """

    words: Sequence[Word]
    known: NDArray[np.intp]
    candidates: NDArray[np.intp]


class LeafReader:
    """Reads leaves from a snapshot. Threads may share it."""

    def __init__(self, snapshot: Snapshot, *, schema: Schema, layout: FieldLayout) -> None:
        self._snapshot = snapshot
        self._schema = schema
        self._layout = layout
        self._zones = tuple(field.name for field in schema.zones)
        self._joiner = Joiner(snapshot)
        self._cache: OrderedDict[Leaf, Found] = OrderedDict()
        self._cached_bytes = 0
        files = sum(place.segment.file.size_bytes for place in snapshot.places)
        wanted = max(_LEAST_CACHE_BYTES, int(_CACHE_SHARE * files))
        self._cache_bytes = min(wanted, _MOST_CACHE_BYTES)
        self._lock = threading.Lock()
        self._quorum: tuple[Query | None, Quorum] = (None, Quorum((), 0))
        self._unread: tuple[Leaf, _MayHold] | None = None

    def impacts(self, leaf: Leaf) -> Impacts:
        """Return what `leaf` finds."""
        return self.found(leaf).impacts

    def found(self, leaf: Leaf) -> Found:
        """Return what `leaf` finds, from memory where it was asked for lately."""
        with self._lock:
            found = self._cache.get(leaf)
            if found is not None:
                # With less in it, nothing is to be thrown out soon.
                if self._cached_bytes > self._cache_bytes // 2:
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

    def told(self, leaf: Leaf, documents: NDArray[np.intp]) -> NDArray[np.float64] | None:
        """Return what `leaf` is worth in some documents, before rarity, if none need be read."""
        found = self.found(leaf)
        if found.worth is None:
            return None
        worth = np.zeros(len(documents))
        every = found.impacts.documents
        if len(every):
            places = every.searchsorted(documents)
            held = (every.take(places, mode="clip") == documents).nonzero()[0]
            worth[held] = found.worth.take(places.take(held))
        return worth

    def rarity_alone(self, query: Query) -> float | None:
        """Return the rarity of a query that is one leaf of some kinds; see `words_alone`."""
        words = words_alone(query, self._zones)
        return sum(self.impacts(word).rarity for word in words) if words else None

    def factor_alone(self, query: Query) -> float:
        """Return by what the rarity of the leaf is multiplied in a query of that leaf alone."""
        rarity = self.rarity_alone(query)
        if rarity is None:
            return 1.0
        (leaf,) = iter_leaves(query)
        return rarity / self.impacts(leaf).rarity

    def possible(self, leaf: Leaf, *, few: int = 0) -> Possible | None:
        """Return where `leaf` may be found, and what it is worth there, without reading there.

        None where that is known, as it was read before.

        A phrase has the worst tier of its words, and is in each document as often as each of them
        at most. So it is worth no more there than any of them, where none has several tiers, or
        than the one that has. A word of one tier beside one of several bounds it in each of them.

        Args:
            leaf: A phrase, or a word in one zone.
            few: So many documents are read anyway, and have no bounds.
        """
        with self._lock:
            if leaf in self._cache:
                return None
        words, known, candidates = may_hold = self._may_hold(leaf)
        self._unread = leaf, may_hold  # who asks for the best often asks then how many there are
        documents = union([known, candidates]) if len(known) else candidates
        bounds = np.full(len(documents), np.inf, np.float32)
        if len(documents) <= few:
            return Possible(documents, bounds)
        found = [self.impacts(word) for word in words]
        worth = [impacts.take(documents) * np.float32(impacts.step) for impacts in found]
        in_tiers = [self._is_in_tiers(word, documents) for word in words]
        tiered = np.sum(in_tiers, axis=0)
        for own, is_own in zip(worth, in_tiers, strict=True):
            np.minimum(bounds, np.where(is_own | (tiered == 0), own, own * _ALL_TIERS), out=bounds)
        bounds[tiered > 1] = _TIER_COLUMN.sum()
        return Possible(documents, bounds)

    def _is_in_tiers(self, word: Word, documents: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return which of some documents may hold a word in several tiers; few as a rule."""
        found = np.zeros(len(documents), bool)
        for number, (terms, tiers) in self.found(word).forms.items():
            if (tiers == tiers[0]).all():
                continue
            segment, base = self._snapshot.places[number]
            often = np.bincount(tiers, weights=segment.postings.sizes_of(terms))
            others = np.zeros(segment.size, bool)
            others[segment.postings.read(terms[tiers != often.argmax()])[1]] = True
            inside = slice(*documents.searchsorted((base, base + segment.size)).tolist())
            found[inside] = others.take(documents[inside] - base)
        return found

    def frequency(self, leaf: Leaf) -> int:
        """Return in how many documents `leaf` is found."""
        return len(self.impacts(leaf))

    def quorum(self, query: And | Or | Words) -> Quorum:
        """Return what a document must match of the children of a node."""
        # A search asks for the one of its query when it chooses, and each time it scores.
        asked, known = self._quorum
        if asked is not query:
            known = quorum_of(query, frequency=self.frequency, documents=self._snapshot.documents)
            self._quorum = query, known
        return known

    def zone_of(self, field: str | None) -> int | None:
        """Return the zone that counts alone in a leaf on `field`; None where all it finds counts.

        Raises:
            UnknownFieldError: There is no such field.
        """
        return self._scope(field)[1]

    def scope_word(self, word: Word) -> Word:
        """Return `word` as it is found in the terms: a zone has none of its own."""
        if word.field is None:
            return word
        _, zone = self._scope(word.field)
        return word if zone is None else replace(word, field=None)

    def _read(self, leaf: Leaf) -> Found:
        match leaf:
            case Phrase() | Near():
                return self._verified(leaf)
            case Synonyms():
                return self._synonyms(leaf)
            case _:
                group, zone = self._scope(leaf.field)
                return self._word(leaf, group) if zone is None else self._verified(leaf)

    def _scope(self, field: str | None) -> tuple[int, int | None]:
        """Return the group of terms to look in, and the zone that counts alone, if one does."""
        if field is None:
            return 0, None
        self._schema.field(field)
        place = self._schema.names.index(field)
        group = self._layout.groups[place]
        return group, place if group == 0 else None

    # --- words ---

    def _word(self, word: Word, group: int) -> Found:
        forms = {}
        for number, place in enumerate(self._snapshot.places):
            own = forms_of(place.segment, word, group)
            if own is not None:
                forms[number] = own
        return Found(self._joiner.join(word, group, forms), forms)

    # --- what only the documents tell ---

    def scan(
        self,
        forms: Sequence[Mapping[int, Forms]],
        documents: NDArray[np.intp],
        row: Sequence[int] = (),
        field: int | None = None,
    ) -> Scan:
        """Read some ascending documents, looking for words; see `Scan` for the arguments."""
        return Scan(self._snapshot, self._layout, documents, forms, row=row, field=field)

    def worth(
        self,
        leaf: Leaf,
        scan: Scan,
        numbers: Mapping[Word, int],
        norms: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """Return what a leaf is worth in the documents of a scan, before rarity.

        Args:
            leaf: The leaf.
            scan: What looked for its words.
            numbers: Which number each word has there.
            norms: Of the documents; see `Collection.norms`.
        """
        if isinstance(leaf, Synonyms):
            forms = [self.worth(form, scan, numbers, norms) for form in leaf.forms]
            return best_of_forms(forms, leaf.weight)
        return self.weigh(self.frequencies(leaf, scan, numbers), norms)

    def frequencies(
        self, leaf: Leaf, scan: Scan, numbers: Mapping[Word, int]
    ) -> NDArray[np.float64]:
        """Return how often a leaf, but for synonyms, is found in the documents of a scan.

        Args:
            leaf: The leaf.
            scan: What looked for its words.
            numbers: Which number each word has there.

        Returns:
            Weighted frequencies in units of `UNIT`, shape (tiers, documents).
        """
        zone = self.zone_of(leaf.field)
        asked = [numbers[self.scope_word(word)] for word in words_in(leaf)]
        match leaf:
            case Phrase():
                found = scan.phrases([asked], zone)
            case Near():
                found = scan.near(leaf, asked, zone)
            case _:
                words = scan.all_words if zone is None else scan.words_in(zone)
                found = words[asked]
        frequencies: NDArray[np.float64] = found[0]
        return frequencies

    def _synonyms(self, leaf: Synonyms) -> Found:
        """Return what any form of a leaf finds."""
        forms = [self.impacts(form) for form in leaf.forms]
        found = joined(forms, leaf.weight)
        impacts = self._joiner.impacts(
            len(found.documents),
            found.step,
            found.rounding,
            read=lambda: found[:2],
            measured=partial(best_measured, forms, leaf.weight),
        )
        return Found(impacts, {})

    def weigh(
        self, frequencies: NDArray[np.float64], norms: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return what frequencies are worth, before rarity: `bm25.saturate`, tiers added.

        Args:
            frequencies: In units of `UNIT`, shape (..., tiers, documents).
            norms: Of these documents; see `Collection.norms`.

        Returns:
            Shape (..., documents).
        """
        shares = frequencies / (frequencies + norms)
        shares *= _TIER_COLUMN
        worth: NDArray[np.float64] = shares.sum(axis=-2)
        return worth

    def _verified(self, leaf: Leaf) -> Found:
        """Return what a leaf finds in the documents that may hold it.

        The documents of a frequent pair are known. They are not read here: what it is worth
        there is at most what either of its words is.
        """
        unread, self._unread = self._unread, None
        may_hold = unread[1] if unread is not None and unread[0] is leaf else self._may_hold(leaf)
        words, known, candidates = may_hold
        documents, worth = self._verify(leaf, words, candidates)
        step = max(K1 + 1, float(worth.max(initial=0.0))) / STEPS
        levels = np.ceil(worth / step - _EPSILON).astype(np.uint8)
        if len(known):
            places = known.searchsorted(documents)
            documents = np.insert(known, places, documents)
            levels = np.insert(self._known_levels(words, known, step), places, levels)
        impacts = self._joiner.impacts(
            len(documents),
            step * (1 + _EPSILON),
            float(MOST_LEVEL) if len(known) else 1.0,
            read=lambda: (documents, levels),
        )
        return Found(impacts, {}, None if len(known) else worth)

    def _may_hold(self, leaf: Leaf) -> _MayHold:
        words = list(dict.fromkeys(map(self.scope_word, words_in(leaf))))
        pairs = self._pairs_of(leaf)
        known, among = np.empty(0, np.intp), None
        if len(words_in(leaf)) == 2 and pairs and self.zone_of(leaf.field) is None:
            known, among = pairs[0].known, pairs[0].others
        candidates = self._candidates(words, pairs, among)
        return _MayHold(words, known, candidates[~are_in(candidates, known)])

    def _known_levels(
        self, words: Sequence[Word], known: NDArray[np.intp], step: float
    ) -> NDArray[np.uint8]:
        """Return what is worth at most, in steps, what is worth no more than each of its words."""
        most = np.full(len(known), MOST_LEVEL, np.uint8)
        for word in words:
            impacts = self.impacts(word)
            ratio = impacts.step / step
            as_levels = np.ceil(np.arange(MOST_LEVEL + 1) * ratio - _EPSILON)
            own = np.minimum(as_levels, MOST_LEVEL).astype(np.uint8)
            np.minimum(most, own.take(impacts.take(known)), out=most)
        return most

    def _verify(
        self, leaf: Leaf, words: Sequence[Word], candidates: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return those of some documents that hold a leaf, and what it is worth in each."""
        documents, values = [np.empty(0, np.intp)], [np.empty(0)]
        for piece, worth in self._iter_worth(leaf, words, candidates):
            held = worth.nonzero()[0]
            documents.append(piece.take(held))
            values.append(worth.take(held))
        return np.concatenate(documents), np.concatenate(values)

    def worth_in(self, leaf: Leaf, documents: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return what a leaf is worth in some ascending documents, before rarity; 0 if not there.

        Args:
            leaf: A phrase, words near each other, or a word in one zone.
            documents: The documents; only these are read, if any.
        """
        with self._lock:
            is_known = leaf in self._cache
        told = self.told(leaf, documents) if is_known else None
        if told is not None:
            return told
        words = list(dict.fromkeys(map(self.scope_word, words_in(leaf))))
        worth = [own for _, own in self._iter_worth(leaf, words, documents)]
        return np.concatenate(worth) if worth else np.empty(0)

    def _iter_worth(
        self, leaf: Leaf, words: Sequence[Word], documents: NDArray[np.intp]
    ) -> Iterator[tuple[NDArray[np.intp], NDArray[np.float64]]]:
        """Read some documents, and yield pieces of them with what a leaf is worth in each."""
        numbers = {word: number for number, word in enumerate(words)}
        forms = [self.found(word).forms for word in words]
        in_order = map(self.scope_word, words_in(leaf))
        row = [numbers[word] for word in in_order] if isinstance(leaf, Phrase) else ()
        zone = self.zone_of(leaf.field)
        first, step = 0, _DOCUMENTS_A_SCAN
        while first < len(documents):
            piece = documents[first : first + step]
            first += step
            scan = self.scan(forms, piece, row, zone)
            if scan.read_words < _WORDS_A_SCAN:  # of titles alone, say
                step *= 2
            norms = self._snapshot.collection.norms_of(piece)
            yield piece, self.worth(leaf, scan, numbers, norms)

    def _pairs_of(self, leaf: Leaf) -> list[SideBySide]:
        """Return the pairs of neighbours that all documents of a leaf hold."""
        if not isinstance(leaf, Phrase):
            return []
        from civicsearch.engines.local.side_by_side import SideBySide  # noqa: PLC0415 - not for words

        return [
            SideBySide(self._snapshot, pair, (self.found(pair[0]).forms, self.found(pair[1]).forms))
            for pair in pairwise(map(self.scope_word, words_in(leaf)))
            if not any(isinstance(word, Number) for word in pair)  # any of many words
        ]

    def _candidates(
        self,
        words: Sequence[Word],
        pairs: Sequence[SideBySide],
        among: NDArray[np.intp] | None,
    ) -> NDArray[np.intp]:
        """Return documents that hold some words, in pairs; `among` some, or all."""
        impacts = [self.impacts(word) for word in words]
        if among is None:
            documents = matching(impacts, self._snapshot.size, minimum=len(impacts))
        else:
            documents = among
            for own in impacts:
                documents = documents.take(own.places_in(documents))
        for pair in pairs:
            documents = documents[pair.may_hold(documents)]
        return documents
