"""The words of a snapshot and their neighbours, for suggestions; see `suggesting.vocabulary`."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from itertools import accumulate, compress, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from civicsearch.analysis.analyzer import UNACCENTED
from civicsearch.analysis.folding import fold
from civicsearch.engines.local.contexts import ContextsReader
from civicsearch.engines.local.likeness import may_be_alike
from civicsearch.engines.local.streams import FAR, SEPARATOR
from civicsearch.engines.local.terms import TermRange, decode_forms, encode_term, is_family
from civicsearch.query.likeness import is_alike
from civicsearch.suggesting.vocabulary import (
    Form,
    Neighbours,
    SideBySide,
    most_of,
    ordered,
    settled,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from numpy.typing import NDArray

    from civicsearch.engines.local.segment import Segment
    from civicsearch.engines.local.snapshot import Snapshot

__all__ = ["LocalVocabulary"]

_ZONES = 0
_UNKNOWN = -1
_KEPT_CODES, _KEPT_FORMS, _KEPT_BEGINNINGS = 1 << 16, 1 << 12, 1 << 9
"""How many words are remembered: all syllables there are, or all of a few hundred queries."""
_READ_TERMS = 4
"""Of the words with a beginning so many times what is asked for are read in each segment, the
most frequent ones: families are among them, and forms that sort behind others in other segments."""

_Asked = TypeVar("_Asked")
_Found = TypeVar("_Found")


class LocalVocabulary:
    """The words of all segments. Threads may share it."""

    def __init__(self, snapshot: Snapshot, *, reading: AbstractContextManager[None]) -> None:
        """Read `snapshot`; `reading` turns what damaged files raise into errors of ours."""
        self._snapshot = snapshot
        self._reading = reading
        self._forms: dict[str, list[Form]] = {}
        self._followers: dict[tuple[str, int, str], list[tuple[str, float]]] = {}
        self._beginnings: dict[tuple[str, int], list[Form]] = {}
        self._stored: dict[str, str] = {}  # how the words of the dictionary are stored
        self._segments = [_SegmentWords(place.segment) for place in snapshot.places]

    def forms(self, folded: str) -> list[Form]:
        """Return all forms of a folded word; see `Vocabulary`."""
        return _remembered(self._forms, folded, _KEPT_FORMS, self._find_forms)

    def _find_forms(self, folded: str) -> list[Form]:
        counts: Counter[tuple[str, str]] = Counter()
        with self._reading:
            for words in self._segments:
                counts.update(words.forms(folded))
        return self._settled(counts)

    def _settled(self, counts: Mapping[tuple[str, str], int]) -> list[Form]:
        forms, signed = settled(counts)
        if len(self._stored) >= _KEPT_CODES:
            self._stored.clear()
            self._forms.clear()  # or what is kept there would not be told again
        for exact, _ in forms:
            self._stored[exact] = exact + UNACCENTED if exact in signed else exact
        return ordered(forms)

    def _stored_as(self, words: Sequence[str]) -> list[str]:
        """Return how exact forms are stored: with the sign of documents without accents, or not."""
        stored = []
        for word in words:
            if word not in self._stored:
                self.forms(fold(word))
            stored.append(self._stored.get(word, word))
        return stored

    def beginning(self, folded: str, *, most: int) -> list[Form]:
        """Return the most frequent forms whose folded form begins so; see `Vocabulary`."""
        asked = folded, most
        return _remembered(self._beginnings, asked, _KEPT_BEGINNINGS, self._find_beginning)

    def _find_beginning(self, asked: tuple[str, int]) -> list[Form]:
        counts: Counter[tuple[str, str]] = Counter()
        with self._reading:
            for words in self._segments:
                counts.update(words.beginning(*asked))
        return ordered(settled(counts)[0])[: asked[1]]

    def alike(self, folded: str) -> list[Form]:
        """Return the forms of words like a folded word; see `Vocabulary`."""
        counts: Counter[tuple[str, str]] = Counter()
        with self._reading:
            for words in self._segments:
                counts.update(words.alike(folded))
        return ordered(counts)

    def folded_words(self, first: str = "") -> Mapping[str, int]:
        """Return folded words; see `Vocabulary`."""
        return self._by_letter.get(first, {}) if first else self._folded_words

    @cached_property
    def _by_letter(self) -> dict[str, dict[str, int]]:
        found: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for word, documents in self._folded_words.items():
            found[word[0]][word] = documents
        return dict(found)

    @cached_property
    def _folded_words(self) -> dict[str, int]:
        found: Counter[tuple[str, str]] = Counter()
        with self._reading:
            for words in self._segments:
                found.update(words.coded_forms())
        return most_of(settled(found)[0].items())

    def neighbours(self, columns: Sequence[Sequence[str]]) -> list[Neighbours]:
        """Return how often exact forms stand next to each other; see `Vocabulary`."""
        row = _Row.of([self._stored_as(words) for words in columns])
        counts, (plain, weighted) = self._counted(row)
        known = np.zeros((5, len(row.words)))
        known[3:] = weighted, plain
        pairs = 0.0
        with self._reading:
            for words in self._segments:
                known[:3] += words.known(row)
                pairs += words.pair_count
        apart = pairwise(row.split(known))
        return [
            Neighbours(
                counts=near,
                occurrences=before[3],
                plain=before[4],
                followed=before[0],
                followers=before[1],
                preceding=behind[2],
                pairs=pairs,
            )
            for near, (before, behind) in zip(row.split_pairs(counts), apart, strict=True)
        ]

    def side_by_side(self, columns: Sequence[Sequence[str]]) -> SideBySide:
        """Return how often exact forms stand next to each other; see `Vocabulary`."""
        row = _Row.of([self._stored_as(words) for words in columns])
        counts, (_, weighted) = self._counted(row)
        return SideBySide(row.split(weighted), row.split_pairs(counts))

    def _counted(self, row: _Row) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return how often the words of each pair stand side by side, and each word at all."""
        counts = np.zeros(len(row.first))
        occurrences = np.zeros((2, len(row.words)))
        with self._reading:
            for words in self._segments:
                counts += words.counts(row)
                occurrences += words.occurrences(row)
        return counts, occurrences

    def followers(self, first: str, *, most: int, beginning: str = "") -> list[tuple[str, float]]:
        """Return the words that most often stand behind an exact form; see `Vocabulary`."""
        asked = first, most, beginning
        return _remembered(self._followers, asked, _KEPT_FORMS, self._find_followers)

    def _find_followers(self, asked: tuple[str, int, str]) -> list[tuple[str, float]]:
        first, most, beginning = asked
        counts: defaultdict[str, float] = defaultdict(float)
        (stored,) = self._stored_as([first])
        with self._reading:
            for words in self._segments:
                for word, often in words.followers(stored, most, beginning).items():
                    counts[word.removesuffix(UNACCENTED)] += often
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]

    def in_order(self, document_ids: Sequence[str], words: Sequence[str]) -> NDArray[np.int64]:
        """Return the words of documents, in order, as places in `words`; see `Vocabulary`."""
        with self._reading:
            return self._in_order(document_ids, words)

    def _in_order(self, document_ids: Sequence[str], words: Sequence[str]) -> NDArray[np.int64]:
        pieces = [np.empty(0, np.int64)]
        numbers = [self._snapshot.number_of(document_id) for document_id in document_ids]
        known = np.array(sorted(n for n in numbers if n is not None), np.intp)
        stored = self._stored_as(words)
        for place, own in zip(self._snapshot.places, self._segments, strict=True):
            inside = known[(known >= place.base) & (known < place.base + place.segment.size)]
            if len(inside):
                pieces.append(own.in_order(inside - place.base, stored))
        return np.concatenate(pieces)


def _remembered(
    known: dict[_Asked, _Found], asked: _Asked, most: int, find: Callable[[_Asked], _Found]
) -> _Found:
    """Return what was found before, or find it; no more than `most` are kept."""
    found = known.get(asked)
    if found is None:
        found = find(asked)
        if len(known) >= most:
            known.clear()
        known[asked] = found
    return found


class _Row(NamedTuple):
    """Columns of words, laid out one after the other, so that all are looked up at once.

    Attributes:
        words: The words of all columns.
        starts: Where each column begins in `words`, and where the last ends.
        first: Of every word beside every word of the next column, the place of the former.
        second: The place of the latter.
    """

    words: list[str]
    starts: list[int]
    first: NDArray[np.intp]
    second: NDArray[np.intp]

    @classmethod
    def of(cls, columns: Sequence[Sequence[str]]) -> _Row:
        starts = [0, *accumulate(map(len, columns))]
        places = [np.arange(*ends) for ends in pairwise(starts)]
        both = list(pairwise(places))
        nothing = np.empty(0, np.intp)
        return cls(
            [word for column in columns for word in column],
            starts,
            np.concatenate([nothing, *(one.repeat(len(other)) for one, other in both)]),
            np.concatenate([nothing, *(np.tile(other, len(one)) for one, other in both)]),
        )

    def split(self, known: NDArray[np.float64]) -> list[NDArray[np.float64]]:
        """Return what is known of each word, last axis (words,), by column."""
        return [known[..., start:end] for start, end in pairwise(self.starts)]

    def split_pairs(self, counts: NDArray[np.float64]) -> list[NDArray[np.float64]]:
        """Return what is known of each two words, for every two columns in a row."""
        shapes = list(pairwise(end - start for start, end in pairwise(self.starts)))
        ends = accumulate((one * other for one, other in shapes), initial=0)
        return [
            counts[start:end].reshape(shape)
            for (start, end), shape in zip(pairwise(ends), shapes, strict=True)
        ]


class _SegmentWords:
    """The words of one segment."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._codes: dict[str, int] = {}

    @cached_property
    def _contexts(self) -> ContextsReader:
        return ContextsReader(self._segment.file)

    def forms(self, folded: str) -> dict[tuple[str, str], int]:
        return self._counted(self._segment.dictionary.word(_ZONES, folded))

    def beginning(self, folded: str, most: int) -> dict[tuple[str, str], int]:
        lies = self._segment.dictionary.beginning(_ZONES, folded)
        sizes = self._segment.postings.sizes(lies)
        if len(sizes) <= _READ_TERMS * most:
            return self._counted(lies)
        largest = (-sizes).argsort(kind="stable")[: _READ_TERMS * most] + lies.start
        held = [number for number in largest.tolist() if self._is_held(number)]
        terms = map(self._segment.dictionary.term, held)
        return _forms_of(terms, list(map(self._segment.postings.size, held)))

    def alike(self, folded: str) -> dict[tuple[str, str], int]:
        found: Counter[tuple[str, str]] = Counter()
        dictionary = self._segment.dictionary
        lies = dictionary.beginning(_ZONES, folded[:1])
        if lies.start == lies.end:
            return found
        for number in (may_be_alike(*dictionary.bytes_of(lies), folded) + lies.start).tolist():
            term = dictionary.term(number)
            exact, other = decode_forms(term)
            if not is_family(term) and is_alike(folded, other) and self._is_held(number):
                own = self._segment.postings.sizes(TermRange(number, number + 1))
                found[exact.removesuffix(UNACCENTED), other] += int(own[0])
        return found

    def _counted(self, lies: TermRange) -> dict[tuple[str, str], int]:
        """Return in how many documents each form in a range of terms is."""
        if lies.start == lies.end:
            return {}
        terms = self._segment.dictionary.terms(lies)
        sizes = self._segment.postings.sizes(lies).tolist()
        if self._segment.deleted is not None:
            held = list(map(self._is_held, range(lies.start, lies.end)))
            terms, sizes = list(compress(terms, held)), list(compress(sizes, held))
        return _forms_of(terms, sizes)

    def _is_held(self, number: int) -> bool:
        """Return whether a document that is not deleted holds a term.

        Words of articles that were taken away are not to be offered. Read only where there are
        as many deleted documents as the term has at all.
        """
        postings, deleted = self._segment.postings, self._segment.deleted
        if deleted is None or postings.size(number) > self._segment.entry.deleted:
            return True
        return not deleted.take(postings.postings(number)[0]).all()

    def coded_forms(self) -> dict[tuple[str, str], int]:
        """Return the forms that have a code, with their documents."""
        lies = TermRange(0, self._segment.dictionary.beginning(_ZONES, "").end)
        if lies.start == lies.end:
            return {}
        is_coded = self._segment.streams.codes(np.arange(lies.end)) != FAR
        terms = compress(self._segment.dictionary.terms(lies), is_coded.tolist())
        return _forms_of(terms, self._segment.postings.sizes(lies)[is_coded].tolist())

    @property
    def pair_count(self) -> int:
        return self._contexts.pair_count

    def counts(self, row: _Row) -> NDArray[np.float64]:
        """Return how often the words of each pair in a row stand side by side."""
        codes = self._codes_of(row)
        return self._contexts.counts(codes.take(row.first), codes.take(row.second))

    def occurrences(self, row: _Row) -> NDArray[np.float64]:
        """Return how often each word occurs, shape (2, words); see `ContextsReader`."""
        return self._contexts.occurrences(self._codes_of(row))

    def known(self, row: _Row) -> NDArray[np.float64]:
        """Return `followed`, `followers` and `preceding` of `Neighbours`, for each word."""
        codes, contexts = self._codes_of(row), self._contexts
        return np.stack(
            [
                contexts.followed.take(codes),
                contexts.followers(codes),
                contexts.preceding.take(codes),
            ]
        )

    def _codes_of(self, row: _Row) -> NDArray[np.int64]:
        """Return the codes of words; for one that has none, one that is not counted anywhere."""
        codes = [self._code(word) for word in row.words]
        return np.array([SEPARATOR if code == _UNKNOWN else code for code in codes], np.int64)

    def followers(self, first: str, most: int, beginning: str) -> dict[str, float]:
        code = self._code(first)
        if code == _UNKNOWN:
            return {}
        row, often = self._contexts.row(code)
        terms = self._segment.file.array("code_terms").take(row.astype(np.int64) - 1)
        lies = self._segment.dictionary.beginning(_ZONES, beginning)
        inside = ((terms >= lies.start) & (terms < lies.end)).nonzero()[0]
        terms, often = terms.take(inside), often.take(inside)
        ranked = (-often).argsort(kind="stable")
        are_held = (place for place in ranked if self._is_held(int(terms[place])))
        largest = np.fromiter(islice(are_held, most), np.intp)
        found = map(self._segment.dictionary.term, terms.take(largest).tolist())
        exact = (decode_forms(term)[0] for term in found)
        return dict(zip(exact, often.take(largest).tolist(), strict=True))

    def in_order(
        self, documents: NDArray[np.intp], words: Sequence[str]
    ) -> NDArray[np.signedinteger]:
        # As small as may be: to fill it and look things up in it with 8 bytes each took 140 us.
        places = np.full(FAR + 1, -1, np.min_scalar_type(-len(words) - 1))
        for place, word in enumerate(words):
            if (code := self._code(word)) > SEPARATOR:
                places[code] = place
        return places.take(self._segment.streams.passage(documents).codes)

    def _code(self, exact: str) -> int:
        """Return the code of an exact form, or `_UNKNOWN`."""
        code = self._codes.get(exact)
        if code is None:
            folded = fold(exact.removesuffix(UNACCENTED))
            term = self._segment.dictionary.number(encode_term(_ZONES, folded, exact))
            code = _UNKNOWN
            if term is not None:
                own = int(self._segment.streams.codes(np.array([term]))[0])
                code = _UNKNOWN if own == FAR else own
            if len(self._codes) > _KEPT_CODES:
                self._codes.clear()
            self._codes[exact] = code
        return code


def _forms_of(terms: Iterable[bytes], sizes: Sequence[int]) -> dict[tuple[str, str], int]:
    """Return the forms that terms stand for, but for families."""
    return {
        decode_forms(term): size
        for term, size in zip(terms, sizes, strict=True)
        if not is_family(term)
    }
