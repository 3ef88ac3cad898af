"""Words as numbers: how the text of thousands of documents becomes arrays at dictionary speed.

A text is cut at white space into *chunks*: a word with the signs around it, as it stands. Texts
repeat their chunks, so each is analysed once and numbered; after that it is looked up in a table,
those of hundreds of documents at once. Which words a chunk holds is written down beside, and put
in its place for all documents together, with arrays. The words are those of `Analyzer.tokens`: no
word reaches across white space, except numbers whose groups are parted by a blank (`1 700`); texts
with such numbers are analysed whole.
"""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from civicsearch.engines.local.chunk_table import MAX_BYTES, ChunkTable, packed_bytes
from civicsearch.engines.local.chunks import Letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from civicsearch.analysis.analyzer import Analyzer
    from civicsearch.engines.local.chunks import Chunks

__all__ = ["KnownWords", "WordNumbers"]

# A number whose groups are parted by a blank, seen from the blank: looking for a digit first takes
# four times as long, and this looks at every text.
_PARTED = re.compile(r" (?<=\d )\d{3}")
_PARTED_OTHERWISE = re.compile(r"\d[\u00a0\u202f]\d{3}")
_CHUNKS_AT_ONCE = 1 << 14
_BYTES_A_CHUNK, _BYTES_A_KNOWN_WORD = 110, 620
"""Measured: 111 bytes a chunk where few words have many signs, 720 where each chunk is a new word;
of 30,000 articles 262, with 3.7 chunks a word."""
_MAX_KEPT_CHARS = 64  # a longer chunk is no word that comes back
_SIGNS = ".,;:!?…()[]{}\"'“”‘’«»–—/*"  # none is part of a word


class KnownWords(NamedTuple):
    """The words of chunks, as they were at one moment.

    Attributes:
        exact: The exact form of each word.
        folded: The folded form of each word.
        chunk_ends: Where the words of each chunk end in `chunk_words`, int64.
        chunk_words: The words of all chunks, one after the other, int32.
    """

    exact: list[str]
    folded: list[str]
    chunk_ends: NDArray[np.int64]
    chunk_words: NDArray[np.int32]

    def words_of(self, chunks: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return the words of chunks, one after the other, and where those of each begin, and end.

        Some at a time: what stays in the cache is done four times as fast.
        """
        sizes = np.diff(self.chunk_ends, prepend=0)
        firsts = self.chunk_ends - sizes
        bounds = np.zeros(len(chunks) + 1, np.int64)
        words = [np.empty(0, np.int32)]
        for start in range(0, len(chunks), _CHUNKS_AT_ONCE):
            some = chunks[start : start + _CHUNKS_AT_ONCE]
            counts = sizes.take(some)
            after = counts.cumsum()
            places = (firsts.take(some) - after + counts).repeat(counts)
            places += np.arange(len(places))
            words.append(self.chunk_words.take(places))
            np.add(after, bounds[start], out=bounds[start + 1 : start + 1 + len(some)])
        return np.concatenate(words), bounds


class WordNumbers:
    """Numbers chunks and words in the order in which they are first met.

    Attributes:
        exact: The exact form of each word.
        folded: The folded form of each word.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._letters = Letters()
        self._table = ChunkTable()
        self._other_chunks = _Numbers(self._number_of_chunk)  # what no table takes
        self._words_by_text = _Numbers(self._number_of_text)
        self._words: dict[tuple[str, str], int] = {}
        self._chunk_of_word: dict[int, int] = {}
        self._chunk_ends = array("q")
        self._chunk_words = array("I")
        self.exact: list[str] = []
        self.folded: list[str] = []

    def __len__(self) -> int:
        return len(self.exact)

    @property
    def chunk_count(self) -> int:
        """How many chunks are numbered."""
        return len(self._chunk_ends)

    @property
    def size_bytes(self) -> int:
        """About the memory that is held."""
        return _BYTES_A_CHUNK * self.chunk_count + _BYTES_A_KNOWN_WORD * len(self)

    def chunks_of(self, texts: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return the numbers of the chunks of texts, and how many of them each text has.

        Takes some ten times the memory of the texts.
        """
        joined = "\n".join(texts)
        ends = np.cumsum([len(text) + 1 for text in texts], dtype=np.int64) - 1
        chunks = self._letters.cut(joined)
        numbers = self._numbers_of(joined, chunks)
        counts = np.diff(chunks.starts.searchsorted(ends), prepend=0)
        places = np.concatenate([chunks.in_numbers, chunks.unknown])
        unclear = np.unique(ends.searchsorted(places)).tolist()
        if parted := [place for place in unclear if _has_parted_number(texts[place])]:
            pieces = np.split(numbers, counts.cumsum()[:-1])
            for place in parted:
                pieces[place] = self._analysed(texts[place])
                counts[place] = len(pieces[place])
            numbers = np.concatenate(pieces)
        return numbers, counts

    def number(self, exact: str, folded: str) -> int:
        """Return the number of a word."""
        number = self._words.setdefault((exact, folded), len(self.exact))
        if number == len(self.exact):
            self.exact.append(exact)
            self.folded.append(folded)
        return number

    def freeze(self) -> KnownWords:
        """Return what is known now, for another thread: later numbers do not change it."""
        return KnownWords(
            list(self.exact),
            list(self.folded),
            np.array(self._chunk_ends, np.int64),
            np.array(self._chunk_words, np.int32),
        )

    def _numbers_of(self, text: str, chunks: Chunks) -> NDArray[np.int32]:
        """Return the numbers of the chunks of a text."""
        is_other = chunks.sizes > MAX_BYTES
        is_other[chunks.starts.searchsorted(chunks.unknown, "right") - 1] = True
        usual, other = (~is_other).nonzero()[0], is_other.nonzero()[0]
        starts, sizes = chunks.starts.take(usual), chunks.sizes.take(usual)
        low, high = packed_bytes(chunks.data, starts, sizes)
        found = self._table.find(low, high)
        missing = (found < 0).nonzero()[0]
        fresh: dict[str, int] = {}
        first = []
        for place, chunk in zip(
            missing.tolist(), _slices(text, starts.take(missing), sizes.take(missing)), strict=True
        ):
            if chunk not in fresh:
                fresh[chunk] = self._number_of_chunk(chunk)
                first.append(place)
            found[place] = fresh[chunk]
        self._table.add(low.take(first), high.take(first), found.take(first))
        numbers = np.empty(len(is_other), np.int32)
        numbers[usual] = found
        others = _slices(text, chunks.starts.take(other), chunks.sizes.take(other))
        numbers[other] = list(map(self._other_chunks.__getitem__, others))
        return numbers

    def _analysed(self, text: str) -> NDArray[np.int32]:
        """Return the numbers of a chunk for each word of a text."""
        tokens = self._analyzer.iter_tokens(text)
        words = (self.number(token.exact, token.folded) for token in tokens)
        return np.fromiter(map(self._as_chunk, words), np.int32)

    def _number_of_chunk(self, chunk: str) -> int:
        inner = chunk.strip(_SIGNS)
        if inner.isalpha():  # most chunks are one word, met before with other signs around it
            words = [self._words_by_text[inner]]
        else:
            words = [self.number(t.exact, t.folded) for t in self._analyzer.iter_tokens(chunk)]
        return self._add_chunk(words)

    def _number_of_text(self, text: str) -> int:
        (token,) = self._analyzer.iter_tokens(text)
        return self.number(token.exact, token.folded)

    def _as_chunk(self, word: int) -> int:
        if word not in self._chunk_of_word:
            self._chunk_of_word[word] = self._add_chunk([word])
        return self._chunk_of_word[word]

    def _add_chunk(self, words: list[int]) -> int:
        self._chunk_words.extend(words)
        self._chunk_ends.append(len(self._chunk_words))
        return len(self._chunk_ends) - 1


def _has_parted_number(text: str) -> bool:
    if _PARTED.search(text):
        return True
    is_rare = "\u00a0" in text or "\u202f" in text
    return is_rare and _PARTED_OTHERWISE.search(text) is not None


def _slices(text: str, starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> Iterator[str]:
    for start, end in zip(starts.tolist(), (starts + sizes).tolist(), strict=True):
        yield text[start:end]


class _Numbers(dict[str, int]):
    """A dictionary that has a missing number made, and keeps those of texts that may come back."""

    def __init__(self, make: Callable[[str], int]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> int:
        number = self._make(text)
        if len(text) <= _MAX_KEPT_CHARS:
            self[text] = number
        return number
