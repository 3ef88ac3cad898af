"""Which documents hold two words next to each other, as far as that is known without reading them.

Lists tell of frequent pairs, signatures which documents can hold any other (`pairs`). Where the
two words as typed are listed, the list tells of all documents that hold no other form of the two.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from civicsearch.query.matching import Tier

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from civicsearch.engines.local.forms import Word
    from civicsearch.engines.local.scanning import Forms
    from civicsearch.engines.local.snapshot import Place, Snapshot

__all__ = ["SideBySide"]


class _Typed(NamedTuple):
    """What a segment tells of two words as they were typed.

    Attributes:
        listed: The documents in which they are listed, ascending.
        apart: Which documents of the segment hold another form of either: there, the list is not
            all.
    """

    listed: NDArray[np.int64]
    apart: NDArray[np.bool_]


class SideBySide:
    """What is known of two words next to each other in one snapshot."""

    def __init__(
        self,
        snapshot: Snapshot,
        words: tuple[Word, Word],
        forms: tuple[Mapping[int, Forms], Mapping[int, Forms]],
    ) -> None:
        """Look for two words in this order, whose forms are given by place of the segment."""
        self._snapshot = snapshot
        self._folded = words[0].folded.encode(), words[1].folded.encode()
        self._first, self._second = forms

    def _places(self) -> Iterator[tuple[int, Place]]:
        """Yield the segments that hold both words."""
        for number in sorted(self._first.keys() & self._second.keys()):
            yield number, self._snapshot.places[number]

    @cached_property
    def _typed(self) -> Mapping[int, _Typed]:
        """What is known of the words as typed, by place of the segment, where they are listed."""
        found = {}
        for number, (segment, _) in self._places():
            one, other = _typed_form(self._first[number]), _typed_form(self._second[number])
            if one is None or other is None:
                continue
            listed = segment.pairs.listed(one[0], other[0])
            if len(listed):
                apart = np.sort(np.concatenate([one[1], other[1]]))
                held = np.zeros(segment.size, bool)
                if len(apart):
                    held[segment.postings.read(apart)[1]] = True
                found[number] = _Typed(listed, held)
        return found

    @cached_property
    def known(self) -> NDArray[np.intp]:
        """Documents that are known to hold the words as typed, ascending.

        They hold no other form of the two, so that the phrase is found there in one tier and not
        worth more than each of its words.
        """
        found = [np.empty(0, np.intp)]
        for number, (listed, apart) in self._typed.items():
            segment, base = self._snapshot.places[number]
            documents = listed[~apart.take(listed)]
            if segment.deleted is not None:
                documents = documents[~segment.deleted.take(documents)]
            found.append(documents + base)
        return found[1] if len(found) == 2 else np.concatenate(found)

    @cached_property
    def others(self) -> NDArray[np.intp] | None:
        """All documents but those known that may hold the words, and some that are deleted.

        None where these may be any, so that they are told by the words themselves.
        """
        found = [np.empty(0, np.intp)]
        for number, (segment, base) in self._places():
            if number not in self._typed:
                return None
            listed, apart = self._typed[number]
            if not segment.pairs.is_told_by(listed, segment.size):
                return None
            found.append(apart.nonzero()[0] + base)
        return np.concatenate(found)

    def may_hold(self, documents: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return which of some documents, ascending, may hold the words."""
        held = np.zeros(len(documents), bool)
        for number, (segment, base) in self._places():
            start, end = documents.searchsorted((base, base + segment.size)).tolist()
            if start == end:
                continue
            inside = documents[start:end] - base
            own = segment.pairs.may_hold(*self._folded, inside)
            if number in self._typed:
                listed, apart = self._typed[number]
                asked = own.nonzero()[0]
                rest = inside.take(asked)
                is_told = segment.pairs.in_spans_of(listed, rest) & ~apart.take(rest)
                own[asked[is_told]] = False
            every = segment.pairs.listed(self._first[number].terms, self._second[number].terms)
            if len(every):
                mask = np.zeros(segment.size, bool)
                mask[every] = True
                own |= mask.take(inside)
            held[start:end] = own
        return held


def _typed_form(forms: Forms) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Return the one form as typed, and all others; None where there are several as typed."""
    is_exact = forms.tiers == Tier.EXACT
    if np.count_nonzero(is_exact) != 1:
        return None
    return forms.terms[is_exact], forms.terms[~is_exact]
