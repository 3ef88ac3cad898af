"""Words as numbers: how the text of thousands of documents becomes arrays at dictionary speed.

A text is cut at white space into *chunks*: a word with the signs around it, as it stands. Texts
repeat their chunks, so each is analysed once and numbered; after that a word costs one look into
a dictionary. Which words a chunk holds is written down beside, and put in its place for all
documents together, with arrays. The words are those of `Analyzer.tokens`: no word reaches across
white space, except numbers whose groups are parted by a blank (`1 700`); texts with such numbers
are analysed whole.
"""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from civicsearch.analysis.analyzer import Analyzer

__all__ = ["KnownWords", "WordNumbers"]

# A number whose groups are parted by a blank, seen from the blank: looking for a digit first takes
# four times as long, and this looks at every text.
_PARTED = re.compile(r" (?<=\d )\d{3}")
_PARTED_OTHERWISE = re.compile(r"\d[\u00a0\u202f]\d{3}")
_CHUNKS_AT_ONCE = 1 << 14
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

    def words_of(self, chunks: NDArray[np.uint32]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
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
        self._chunks = _Numbers(self._number_of_chunk)
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
        """How many chunks are numbered; what memory is held grows with it."""
        return len(self._chunk_ends)

    def append(self, text: str, chunks: array[int]) -> None:
        """Append the numbers of the chunks of `text` to `chunks`."""
        if _has_parted_number(text):
            for token in self._analyzer.iter_tokens(text):
                word = self.number(token.exact, token.folded)
                chunks.append(self._as_chunk(word))
        else:
            chunks.extend(map(self._chunks.__getitem__, text.split()))

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

    def _number_of_chunk(self, chunk: str) -> int:
        inner = chunk.strip(_SIGNS)
        if inner.isalpha():  # most chunks are one word, met before with other signs around it
            words = [self._words_by_text[inner]]
        else:
            words = [self.number(t.exact, t.folded) for t in self._analyzer.iter_tokens(chunk)]
        number = self._add_chunk(words)
        if len(chunk) <= _MAX_KEPT_CHARS:
            self._chunks[chunk] = number
        return number

    def _number_of_text(self, text: str) -> int:
        (token,) = self._analyzer.iter_tokens(text)
        number = self.number(token.exact, token.folded)
        if len(text) <= _MAX_KEPT_CHARS:
            self._words_by_text[text] = number
        return number

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


class _Numbers(dict[str, int]):
    """A dictionary that has a missing number made."""

    def __init__(self, make: Callable[[str], int]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, chunk: str) -> int:
        return self._make(chunk)
