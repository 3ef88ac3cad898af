"""What a word is worth in every document: the postings of its written forms, joined.

Most words stand for one form, which is read as it lies. Rare forms of a frequent one, misprints
mostly, change only the documents that they are in; what else there is, is added up. Frequencies
add up where levels do not: a share f / (f + n) tells f / n, so a joined level is that of all
occurrences together, or a step above it for each form.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from civicsearch.engines.local.postings import FAMILY_STEPS, STEPS
from civicsearch.query.nodes import Prefix, Term
from civicsearch.ranking.bm25 import K1, TIER_WEIGHTS, idf
from civicsearch.ranking.impacts import MOST_LEVEL, Impacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from civicsearch.engines.local.forms import Word
    from civicsearch.engines.local.postings import PostingsReader
    from civicsearch.engines.local.scanning import Forms
    from civicsearch.engines.local.snapshot import Place, Snapshot
    from civicsearch.ranking.impacts import Measure

    _Row = NDArray[np.uint8]
    _Listed = tuple[NDArray[np.intp], NDArray[np.uint8]]

__all__ = ["Joiner"]

_DENSE_SHARE = 16  # postings are added up in a row of all documents, if that many of them
_FEW = 16  # forms
_FEW_SHARE = 8  # a form with so many times the postings of all others is the frequent one
_CONVERTED_BELOW = 0.9  # a step so much smaller than the common one is expressed in the latter
_EPSILON = 1e-6  # relative, above the errors of float32
_MOST_IN_FLOAT32 = 8
_RATIOS = np.append(np.arange(STEPS) / (STEPS - np.arange(STEPS)), [1e9, 1e9]).astype(np.float32)
"""By level, a frequency as a multiple of what saturates by half; a full level may be any."""


_WEIGHTS = np.array(TIER_WEIGHTS)
_FAMILY_TIERS = 0, 1  # of a family and of a beginning: without accents as typed, and the others


class _Scale(NamedTuple):
    """What levels say, by the average length of their own segment and before rarity.

    Attributes:
        unit: What a level is worth there.
        most: What all tiers of the word are worth at most.
        least: The same of the tier that is worth least.
    """

    unit: float
    most: float
    least: float

    @classmethod
    def of(cls, weight: float, steps: int, tiers: Iterable[int]) -> _Scale:
        """Return that of levels of which `steps` make a weight, and in which tiers are added."""
        weights = [TIER_WEIGHTS[tier] for tier in set(tiers)]
        return cls(*((K1 + 1) * own for own in (weight / steps, sum(weights), min(weights))))


class _Part(NamedTuple):
    """What a word is worth in the documents of one segment, by levels.

    Attributes:
        place: The segment.
        scale: What a level says.
        high: What a level is worth at most, before rarity.
        low: What a level is worth at least, for so many steps less as may be rounded.
        rounding: By how many steps a level may be too high.
        row: The levels of all documents, where these lie ready.
        term: The term whose postings they are, where they are of one.
        listed: Else, documents and levels.
    """

    place: Place
    scale: _Scale
    high: float
    low: float
    rounding: float = 1.0
    row: _Row | None = None
    term: int | None = None
    listed: _Listed | None = None

    @property
    def full(self) -> float:
        """What is taken for all that can be worth when a level is told by another average length.

        Of a share s of it then s / (s + r - r s) is left, where r is the ratio of `Measure`. With
        several tiers that is never too low: with r below 1 for the share of what all are worth
        (it is concave), with r above for the share of the least, of which most is left.
        """
        return self.scale.most if self.high > self.scale.unit else self.scale.least


class Joiner:
    """Joins the forms of words in one snapshot. Threads may share it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def join(self, word: Word, group: int, forms: Mapping[int, Forms]) -> Impacts:
        """Return what a word finds.

        Args:
            word: The word.
            group: The group of terms it is looked for in.
            forms: Its written forms, by place of the segment in the snapshot.
        """
        places = self._snapshot.places
        parts = {n: self._part(places[n], word, group, own) for n, own in forms.items()}
        return self._joined(parts)

    def _part(self, place: Place, word: Word, group: int, forms: Forms) -> _Part:
        """Return what a word is worth in one segment, by what is ready there, else joined now."""
        if len(forms.terms) == 1:
            tier = int(forms.tiers[0])
            scale = _Scale.of(TIER_WEIGHTS[tier], STEPS, [tier])
            return self._of_term(place, int(forms.terms[0]), scale)
        if group == 0 and word.exact == word.folded:
            scale = _Scale.of(1.0, FAMILY_STEPS, _FAMILY_TIERS)
            if isinstance(word, Term):
                family = place.segment.dictionary.family(word.folded)
                if family is not None:
                    return self._of_term(place, family, scale)
            if isinstance(word, Prefix):
                row = place.segment.postings.beginning(word.folded)
                if row is not None:
                    return _Part(place, scale, *self._steps(place, scale), row=row)
        return self._added_up(place, forms)

    def _steps(self, place: Place, scale: _Scale) -> tuple[float, float]:
        """Return what a level is worth at most and at least, the average length being another."""
        ratio = self._snapshot.collection.average_length / place.segment.postings.average_length
        return scale.unit * max(1.0, ratio), scale.unit * min(1.0, ratio)

    def _of_term(self, place: Place, term: int, scale: _Scale) -> _Part:
        part = _Part(place, scale, *self._steps(place, scale))
        return part._replace(term=term, row=place.segment.postings.row(term))

    def _added_up(self, place: Place, forms: Forms) -> _Part:
        """Join the postings of several forms, by what they say of frequencies.

        A share f / (f + n) tells f / n, and that adds up over forms: so the joined level is that
        of all occurrences together, or a step above it for each form.
        """
        reader = place.segment.postings
        few = self._with_few(place, forms)
        if few is not None:
            return few
        tiers = sorted(set(forms.tiers.tolist()))
        most = sum(TIER_WEIGHTS[tier] for tier in tiers)
        scale = _Scale.of(most, STEPS, tiers)
        part = _Part(place, scale, *self._steps(place, scale), len(forms.terms) + 1.0)
        size = sum(map(reader.size, forms.terms.tolist())) if len(forms.terms) <= _FEW else None
        if size is not None and size * _DENSE_SHARE < place.segment.size:
            return part._replace(listed=_joined_lists(reader, forms, most))
        shares = np.zeros(place.segment.size, np.float32)
        for tier in tiers:
            # Sums of many float32 would be off by more than is made up for.
            number: type[np.floating[Any]] = np.float32
            if len(forms.terms) > _MOST_IN_FLOAT32:
                number = np.float64
            total = np.zeros(place.segment.size, number)
            reader.add_up(forms.terms[forms.tiers == tier], _RATIOS, total)
            total /= total + 1
            total *= TIER_WEIGHTS[tier] / most
            shares += total
        return part._replace(row=_to_levels(shares))

    def _with_few(self, place: Place, forms: Forms) -> _Part | None:
        """Join one frequent form with rare ones, misprints mostly: only the latter are looked at.

        None where there is no such form, or where the joined levels would be too high for a byte.
        """
        if len(forms.terms) > _FEW:
            return None
        reader = place.segment.postings
        sizes = np.array([reader.size(term) for term in forms.terms.tolist()])
        main = int(sizes.argmax())
        if (sizes.sum() - sizes[main]) * _FEW_SHARE > sizes[main]:
            return None
        term, tier = int(forms.terms[main]), int(forms.tiers[main])
        lies = reader.row(term)
        main_levels = lies if lies is not None else reader.postings(term)
        rare = np.arange(len(forms.terms)) != main
        places, found, levels = reader.read(forms.terms[rare])
        also = np.sort(found)
        also = also[np.diff(also, prepend=-1) > 0]
        known = _taken(main_levels, also)
        also, known = also[known > 0], known[known > 0]
        tiers = [forms.tiers[rare].take(places), np.full(len(also), tier)]
        documents, joined = _joined_shares(
            np.concatenate([found, also]),
            np.concatenate([levels, known]),
            np.concatenate(tiers),
        )
        joined *= np.float32(STEPS / TIER_WEIGHTS[tier] * (1 + _EPSILON))
        if joined.max(initial=0.0) > STEPS:
            return None
        scale = _Scale.of(TIER_WEIGHTS[tier], STEPS, forms.tiers.tolist())
        # A step of a form that counts more than the frequent one is more than one of its steps.
        steps = np.maximum(_WEIGHTS.take(forms.tiers) / TIER_WEIGHTS[tier], 1.0)
        part = _Part(place, scale, *self._steps(place, scale), float(steps.sum()) + 1.0)
        return _replaced(part, main_levels, documents, np.ceil(joined).astype(np.uint8))

    def _joined(self, parts: Mapping[int, _Part]) -> Impacts:
        """Return what all segments have, by their places, without deleted documents."""
        if len(parts) == len(self._snapshot.places) == 1:
            return self._of_one(parts[0])
        step = max((part.high for part in parts.values()), default=1.0)
        rounding = 1.0
        converted = []
        scales = np.ones((2, len(self._snapshot.places)), np.float32)
        for number, part in parts.items():
            factor = part.high / step if part.high < _CONVERTED_BELOW * step else 1.0
            above = 1.0 if factor < 1.0 else MOST_LEVEL * (step - part.high) / step
            uncertain = MOST_LEVEL * (part.high - part.low) + part.low * part.rounding
            rounding = max(rounding, uncertain / step + above)
            converted.append(_converted(part, factor))
            scales[:, number] = part.scale.unit / factor, part.full
        known: dict[str, Any] = {"measured": partial(_measured, *scales)}
        if any(part.row is not None for part in converted):
            return self._as_row(converted, step, rounding, **known)
        lists = [self._live(*_listed(part), part.place) for part in converted]
        shifted = [own + part.place.base for (own, _), part in zip(lists, converted, strict=True)]
        documents = np.concatenate([np.empty(0, np.intp), *shifted])
        levels = np.concatenate([np.empty(0, np.uint8), *(own for _, own in lists)])
        known["read"] = lambda: (documents, levels)
        return self.impacts(len(documents), step, rounding, **known)

    def _of_one(self, part: _Part) -> Impacts:
        """Return what the only segment has: read later where it lies ready."""
        rounding = MOST_LEVEL * (part.high - part.low) / part.high + part.rounding
        reader = part.place.segment.postings
        live = self._snapshot.live
        if part.row is not None:
            row = part.row if live is None else np.where(live, part.row, np.uint8(0))
            if part.term is not None and live is None:
                count = reader.size(part.term)
            else:
                count = int(np.count_nonzero(row))
            return self.impacts(count, part.high, rounding, row=row)
        if part.term is not None and live is None:
            return self.impacts(
                reader.size(part.term),
                part.high,
                rounding,
                peak=reader.peak(part.term),
                read=partial(reader.postings, part.term),
            )
        documents, levels = self._live(*_listed(part), part.place)
        return self.impacts(len(documents), part.high, rounding, read=lambda: (documents, levels))

    def _as_row(
        self,
        parts: Sequence[_Part],
        step: float,
        rounding: float,
        **known: Any,  # noqa: ANN401 - handed on
    ) -> Impacts:
        row = np.zeros(self._snapshot.size, np.uint8)
        for part in parts:
            inside = row[part.place.base : part.place.base + part.place.segment.size]
            if part.row is not None:
                inside[:] = part.row
            else:
                documents, levels = _listed(part)
                inside[documents] = levels
        if self._snapshot.live is not None:
            row *= self._snapshot.live
        return self.impacts(int(np.count_nonzero(row)), step, rounding, row=row, **known)

    @staticmethod
    def _live(
        documents: NDArray[np.intp], levels: NDArray[np.uint8], place: Place
    ) -> tuple[NDArray[np.intp], NDArray[np.uint8]]:
        if place.segment.deleted is None:
            return documents, levels
        kept = ~place.segment.deleted.take(documents)
        return documents[kept], levels[kept]

    def impacts(self, count: int, step: float, rounding: float, **known: Any) -> Impacts:  # noqa: ANN401 - handed on
        """Return impacts in `count` documents; see `Impacts` for what else is known."""
        return Impacts(
            size=self._snapshot.size,
            count=count,
            rarity=idf(count, self._snapshot.documents),
            step=step,
            rounding=rounding,
            **known,
        )


def _measured(
    units: NDArray[np.float32],
    full: NDArray[np.float32],
    _: NDArray[np.intp],
    levels: NDArray[np.uint8],
    measure: Measure,
) -> NDArray[np.float32]:
    """Return what some documents are worth at most by the average length of all; see `Impacts`.

    Args:
        units: What a level is worth by the average of its segment, shape (segments,).
        full: See `_Part.full`; of the same shape.
        levels: Of the documents.
        measure: Of the documents.
    """
    worth = levels * units.take(measure.segments)
    shares = np.minimum(worth / full.take(measure.segments), np.float32(1))
    worth /= shares + measure.ratios * (1 - shares)
    return worth


def _joined_lists(
    reader: PostingsReader, forms: Forms, most: float
) -> tuple[NDArray[np.intp], NDArray[np.uint8]]:
    """Return the documents of several forms, and a level for all forms together."""
    places, numbers, levels = reader.read(forms.terms)
    documents, shares = _joined_shares(numbers, levels, forms.tiers.take(places))
    return documents, _to_levels(shares / np.float32(most))


def _joined_shares(
    numbers: NDArray[np.intp], levels: NDArray[np.uint8], tiers: NDArray[np.int8]
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return the documents of some postings, each once, and what all of its postings are worth."""
    keys = np.sort(numbers)
    documents = keys[np.diff(keys, prepend=-1) > 0]
    slots = documents.searchsorted(numbers)
    shares = np.zeros(len(documents), np.float32)
    for tier in set(tiers.tolist()):
        mine = (tiers == tier).nonzero()[0]
        total = np.bincount(
            slots.take(mine), weights=_RATIOS.take(levels.take(mine)), minlength=len(documents)
        )
        shares += (TIER_WEIGHTS[tier] * total / (total + 1)).astype(np.float32)
    return documents, shares


def _taken(main: _Row | _Listed, asked: NDArray[np.intp]) -> NDArray[np.uint8]:
    """Return the levels of some documents in a row or a list, 0 for those that are not in it."""
    if not isinstance(main, tuple):
        return main.take(asked)
    documents, levels = main
    places = documents.searchsorted(asked)
    held = documents.take(places, mode="clip") == asked
    return np.where(held, levels.take(places, mode="clip"), np.uint8(0))


def _replaced(
    part: _Part, main: _Row | _Listed, numbers: NDArray[np.intp], new: NDArray[np.uint8]
) -> _Part:
    """Return a part with a row or a list in which some documents have other levels, or new ones."""
    if not isinstance(main, tuple):
        row = main.copy()
        row[numbers] = new
        return part._replace(row=row)
    documents, levels = main
    places = documents.searchsorted(numbers)
    held = documents.take(places, mode="clip") == numbers
    levels = levels.copy()
    levels[places[held]] = new[held]
    if not held.all():
        places = places[~held]
        documents = np.insert(documents, places, numbers[~held])
        levels = np.insert(levels, places, new[~held])
    return part._replace(listed=(documents, levels))


def _to_levels(shares: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return levels that are not below some shares, for those above 0."""
    shares = shares * np.float32(STEPS * (1 + _EPSILON))
    np.ceil(shares, out=shares)
    np.minimum(shares, np.float32(STEPS), out=shares)
    return shares.astype(np.uint8)


def _converted(part: _Part, factor: float) -> _Part:
    """Return the levels of a part in steps that are greater."""
    if factor == 1.0:
        return part
    table = np.ceil(np.arange(MOST_LEVEL + 1) * factor).astype(np.uint8)
    if part.row is not None:
        return part._replace(row=table.take(part.row))
    documents, levels = _listed(part)
    return part._replace(term=None, listed=(documents, table.take(levels)))


def _listed(part: _Part) -> tuple[NDArray[np.intp], NDArray[np.uint8]]:
    if part.listed is not None:
        return part.listed
    assert part.term is not None  # noqa: S101 - one of the three is there
    return part.place.segment.postings.postings(part.term)
