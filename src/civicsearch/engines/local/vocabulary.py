"""The words of a snapshot and their neighbours, for suggestions; see `suggesting.vocabulary`."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from civicsearch.analysis.analyzer import UNACCENTED
from civicsearch.analysis.folding import fold
from civicsearch.engines.local.contexts import ContextsReader
from civicsearch.engines.local.streams import FAR, SEPARATOR
from civicsearch.engines.local.terms import TermRange, decode_forms, encode_term, is_family
from civicsearch.suggesting.vocabulary import Form, Neighbours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from numpy.typing import NDArray

    from civicsearch.engines.local.segment import Segment
    from civicsearch.engines.local.snapshot import Snapshot

__all__ = ["LocalVocabulary"]

_ZONES = 0
_UNKNOWN = -1
_UNACCENTED = UNACCENTED.encode()
_KEPT_CODES, _KEPT_FORMS = 1 << 16, 1 << 12
"""How many words are remembered: all syllables there are, or all of a few hundred queries."""
_READ_TERMS = 4
"""Of the words with a beginning so many times what is asked for are read in each segment, the
most frequent ones: families are among them, and forms that sort behind others in other segments."""


class LocalVocabulary:
    """The words of all segments. Threads may share it."""

    def __init__(
        self, snapshot: Snapshot, *, reading: Callable[[], AbstractContextManager[None]]
    ) -> None:
        """Read `snapshot`; `reading` turns what damaged files raise into errors of ours."""
        self._snapshot = snapshot
        self._reading = reading
        self._segments = [_SegmentWords(place.segment) for place in snapshot.places]

    def forms(self, folded: str) -> list[Form]:
        """Return all forms of a folded word; see `Vocabulary`."""
        counts: Counter[tuple[str, str]] = Counter()
        with self._reading():
            for words in self._segments:
                counts.update(words.forms(folded))
        return _ordered(counts)

    def beginning(self, folded: str, *, most: int) -> list[Form]:
        """Return the most frequent forms whose folded form begins so; see `Vocabulary`."""
        counts: Counter[tuple[str, str]] = Counter()
        with self._reading():
            for words in self._segments:
                counts.update(words.beginning(folded, most))
        return _ordered(counts)[:most]

    def folded_words(self) -> Mapping[str, int]:
        """Return folded words; see `Vocabulary`."""
        return self._folded_words

    @cached_property
    def _folded_words(self) -> dict[str, int]:
        found: Counter[str] = Counter()
        with self._reading():
            for words in self._segments:
                found.update(words.folded_words())
        return dict(found)

    def neighbours(self, first: Sequence[str], second: Sequence[str]) -> Neighbours:
        """Return how often exact forms stand next to each other; see `Vocabulary`."""
        with self._reading():
            found = [words.neighbours(first, second) for words in self._segments]
        nothing = np.zeros(len(first))
        empty = Neighbours(
            np.zeros((len(first), len(second))), nothing, nothing, nothing, np.zeros(len(second)), 0
        )
        return Neighbours(*(sum(parts) for parts in zip(empty, *found, strict=True)))

    def followers(self, first: str, *, most: int) -> list[tuple[str, float]]:
        """Return the words that most often stand behind an exact form; see `Vocabulary`."""
        counts: defaultdict[str, float] = defaultdict(float)
        with self._reading():
            for words in self._segments:
                for word, often in words.followers(first, most).items():
                    counts[word] += often
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]

    def in_order(self, document_ids: Sequence[str], words: Sequence[str]) -> NDArray[np.int64]:
        """Return the words of documents, in order, as places in `words`; see `Vocabulary`."""
        with self._reading():
            return self._in_order(document_ids, words)

    def _in_order(self, document_ids: Sequence[str], words: Sequence[str]) -> NDArray[np.int64]:
        pieces = [np.empty(0, np.int64)]
        numbers = [self._snapshot.number_of(document_id) for document_id in document_ids]
        known = np.array(sorted(n for n in numbers if n is not None), np.intp)
        for place, own in zip(self._snapshot.places, self._segments, strict=True):
            inside = known[(known >= place.base) & (known < place.base + place.segment.size)]
            if len(inside):
                pieces.append(own.in_order(inside - place.base, words))
        return np.concatenate(pieces)


class _SegmentWords:
    """The words of one segment."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._codes: dict[str, int] = {}
        self._forms: dict[str, dict[tuple[str, str], int]] = {}

    @cached_property
    def _contexts(self) -> ContextsReader:
        return ContextsReader(self._segment.file)

    def forms(self, folded: str) -> dict[tuple[str, str], int]:
        found = self._forms.get(folded)
        if found is None:
            found = self._counted(self._segment.dictionary.word(_ZONES, folded))
            if len(self._forms) >= _KEPT_FORMS:
                self._forms.clear()
            self._forms[folded] = found
        return found

    def beginning(self, folded: str, most: int) -> dict[tuple[str, str], int]:
        lies = self._segment.dictionary.beginning(_ZONES, folded)
        sizes = self._segment.postings.sizes(lies)
        if len(sizes) <= _READ_TERMS * most:
            return self._counted(lies)
        largest = (-sizes).argsort(kind="stable")[: _READ_TERMS * most]
        terms = map(self._segment.dictionary.term, (largest + lies.start).tolist())
        return _accented_forms(terms, sizes.take(largest).tolist())

    def _counted(self, lies: TermRange) -> dict[tuple[str, str], int]:
        """Return in how many documents each form in a range of terms is."""
        if lies.start == lies.end:
            return {}
        terms = self._segment.dictionary.terms(lies)
        return _accented_forms(terms, self._segment.postings.sizes(lies).tolist())

    def folded_words(self) -> dict[str, int]:
        """Return the folded words that have a code, with the documents of the commonest form."""
        found: dict[str, int] = {}
        dictionary = self._segment.dictionary
        lies = TermRange(0, dictionary.beginning(_ZONES, "").end)
        if lies.start == lies.end:
            return found
        codes = self._segment.streams.codes(np.arange(lies.end)).tolist()
        sizes = self._segment.postings.sizes(lies).tolist()
        for term, code, size in zip(dictionary.terms(lies), codes, sizes, strict=True):
            if code != FAR and not term.endswith(_UNACCENTED):
                folded = term[1:].partition(b"\x1f")[0].decode()
                found[folded] = max(size, found.get(folded, 0))
        return found

    def neighbours(self, first: Sequence[str], second: Sequence[str]) -> Neighbours:
        contexts = self._contexts
        before, is_before = self._known(first)
        behind, is_behind = self._known(second)
        return Neighbours(
            counts=contexts.counts(before, behind) * is_before[:, None] * is_behind,
            occurrences=contexts.occurrences(before) * is_before,
            followed=contexts.followed.take(before) * is_before,
            followers=contexts.followers(before) * is_before,
            preceding=contexts.preceding.take(behind) * is_behind,
            pairs=contexts.pair_count,
        )

    def _known(self, words: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the codes of words, any for those that have none, and 1 for those that have."""
        codes = np.array([self._code(word) for word in words], np.int64)
        return np.maximum(codes, SEPARATOR), (codes != _UNKNOWN).astype(np.float64)

    def followers(self, first: str, most: int) -> dict[str, float]:
        code = self._code(first)
        if code == _UNKNOWN:
            return {}
        row, often = self._contexts.row(code)
        largest = (-often).argsort(kind="stable")[:most]
        terms = self._segment.file.array("code_terms")
        found = {}
        for place in largest.tolist():
            term = self._segment.dictionary.term(int(terms[int(row[place]) - 1]))
            found[decode_forms(term)[0]] = float(often[place])
        return found

    def in_order(self, documents: NDArray[np.intp], words: Sequence[str]) -> NDArray[np.int64]:
        places = np.full(FAR + 1, -1, np.int64)
        for place, word in enumerate(words):
            if (code := self._code(word)) > SEPARATOR:
                places[code] = place
        return places.take(self._segment.streams.passage(documents).codes)

    def _code(self, exact: str) -> int:
        """Return the code of an exact form, or `_UNKNOWN`."""
        code = self._codes.get(exact)
        if code is None:
            term = self._segment.dictionary.number(encode_term(_ZONES, fold(exact), exact))
            code = _UNKNOWN
            if term is not None:
                own = int(self._segment.streams.codes(np.array([term]))[0])
                code = _UNKNOWN if own == FAR else own
            if len(self._codes) > _KEPT_CODES:
                self._codes.clear()
            self._codes[exact] = code
        return code


def _accented_forms(terms: Iterable[bytes], sizes: Sequence[int]) -> dict[tuple[str, str], int]:
    """Return the forms that terms stand for, but for families and words of unaccented documents."""
    return {
        decode_forms(term): size
        for term, size in zip(terms, sizes, strict=True)
        if not is_family(term) and not term.endswith(_UNACCENTED)
    }


def _ordered(counts: Mapping[tuple[str, str], int]) -> list[Form]:
    forms = [Form(exact, folded, count) for (exact, folded), count in counts.items()]
    return sorted(forms, key=lambda form: (-form.documents, form.exact))
