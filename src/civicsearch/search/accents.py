"""Whether a document was typed without accents: as `Analyzer.field_tokens` decides, but sooner.

A few words are enough for nearly every document: when the accented ones are already more than the
share that is asked of as many words as the texts have room for. Chunks between blanks repeat, so
what they hold is remembered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from civicsearch.analysis.analyzer import ACCENTED_SHARE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from civicsearch.analysis.analyzer import Analyzer

__all__ = ["is_accented"]

_PIECE_CHARS = 200
_MAX_KNOWN = 1 << 14
_MAX_KNOWN_CHARS = 100


class _Memo(dict[str, int]):
    """What is counted in a chunk of text."""

    def __init__(self, count: Callable[[str], int]) -> None:
        self._count = count

    def __missing__(self, chunk: str) -> int:
        count = self._count(chunk)
        if len(chunk) <= _MAX_KNOWN_CHARS:
            if len(self) >= _MAX_KNOWN:
                self.clear()
            self[chunk] = count
        return count


class _Counts:
    """How many words, and how many accented ones, chunks of text hold."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self.words = _Memo(self._count_words)
        self.accented = _Memo(self._count_accented)

    def _count_words(self, chunk: str) -> int:
        return sum(not token.exact.isdigit() for token in self._analyzer.tokens(chunk))

    def _count_accented(self, chunk: str) -> int:
        return sum(token.exact != token.folded for token in self._analyzer.tokens(chunk))


_COUNTS: dict[str, _Counts] = {}  # by fingerprint: the same for all analyzers that have it


def is_accented(texts: Sequence[str], analyzer: Analyzer) -> bool:
    """Return whether enough words of a document bear accents; `texts` are those of its fields."""
    counts = _COUNTS.get(analyzer.fingerprint)
    if counts is None:
        counts = _COUNTS.setdefault(analyzer.fingerprint, _Counts(analyzer))
    # Between two words is at least one character, or a number, which is not counted.
    most_words = (sum(map(len, texts)) + len(texts)) // 2
    accented = 0
    for piece in _iter_pieces(texts):
        accented += sum(map(counts.accented.__getitem__, piece.split()))
        if accented > ACCENTED_SHARE * most_words:
            return True
    if not accented:
        return False
    words = sum(counts.words[chunk] for text in texts for chunk in text.split())
    return accented > ACCENTED_SHARE * words


def _iter_pieces(texts: Iterable[str]) -> Iterator[str]:
    """Yield the texts in pieces that end at a blank; no word has one inside, but for numbers."""
    for text in texts:
        if text.isascii():  # no accents
            continue
        start = 0
        while start < len(text):
            end = text.find(" ", start + _PIECE_CHARS)
            end = len(text) if end < 0 else end
            yield text[start:end]
            start = end
