"""Where the leaves of a query match in a text, without making tokens of all of it.

`letters` tells where to look. A *stretch* is a run of such places with no other word between: the
tokens in it are those that the text would have there, so phrases are found in it as well. What a
stretch holds is decided by `query.matching` and remembered for the next hit: words repeat.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from civicsearch.analysis.analyzer import UNACCENTED
from civicsearch.analysis.folding import fold
from civicsearch.query.matching import iter_occurrences
from civicsearch.query.nodes import Near, Phrase, Synonyms, Term, iter_positive_leaves
from civicsearch.query.pairs import iter_pairs
from civicsearch.search.letters import UNKNOWN, WordSearch, fold_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from civicsearch.analysis.analyzer import Analyzer
    from civicsearch.analysis.tokens import Token
    from civicsearch.query.nodes import Leaf, Query
    from civicsearch.search.letters import Word

__all__ = ["Finder", "Marks", "Place"]

Place = tuple[int, int, int, int]
"""Where a leaf matches: start and end in the text, the number of the leaf, the tier.

A bare tuple: a named one takes four times as long to make, and a page has hundreds.
"""

_MAX_KNOWN = 1024  # stretches remembered for a query: half a megabyte
_MAX_KNOWN_CHARS = 100
_NINE = ord("9")  # what is up to it is a digit or unknown, what is above a letter
# A grouped number is one word but several runs of letters, so runs of digits are not counted.
_COUNTED_WORD = re.compile(rb" [^ 0-9\0]")

_Found = TypeVar("_Found")


class Marks(NamedTuple):
    """Where a query matches in a text, from left to right.

    Attributes:
        words: The places of its leaves; those under a `Not` match nothing.
        pairs: Where plain words typed next to each other stand so.
    """

    words: list[Place]
    pairs: list[Place]


class _Asked(NamedTuple):
    """A leaf, its number in the query, and the folded forms of which a match needs one."""

    number: int
    leaf: Leaf
    needed: frozenset[str] | None


class Finder:
    """Finds one query in texts. It remembers what it saw: hits should share it; threads may.

    Attributes:
        heeds_accents: Whether it matters if a document was typed without accents: where none
            were asked for, it does not.
    """

    def __init__(self, query: Query, *, field: str | None, analyzer: Analyzer) -> None:
        """Prepare to find what `query` asks of `field`; None is a field that no leaf names."""
        self._leaves = _numbered(iter_positive_leaves(query), field)
        self._pairs = _numbered(iter_pairs(query), field)
        self._analyzer = analyzer
        self._words = [word for asked in self._leaves for word in _words_of(asked.leaf)]
        self._search = WordSearch(self._words)
        leaves = [asked.leaf for asked in self._leaves]
        self._reach = max((leaf.distance for leaf in leaves if isinstance(leaf, Near)), default=0)
        self.heeds_accents = any(word.exact != word.folded for word in self._words)
        self._known: tuple[dict[str, Marks], dict[str, Marks]] = ({}, {})
        self._admitted: dict[str, bool] = {}

    def find(self, text: str, *, is_accented: bool) -> Marks:
        """Return where the query matches in `text`.

        Args:
            text: The text of a field.
            is_accented: False in a document that was typed without accents.
        """
        words: list[Place] = []
        pairs: list[Place] = []
        known = self._known[is_accented]
        for start, end in self._iter_stretches(text) if self._leaves else ():
            stretch = text[start:end]
            found = known.get(stretch)
            if found is None:
                found = self._read(stretch, is_accented=is_accented)
                _remember(known, stretch, found)
            for a, b, leaf, tier in found.words:
                words.append((start + a, start + b, leaf, tier))
            for a, b, pair, tier in found.pairs:
                pairs.append((start + a, start + b, pair, tier))
        return Marks(words, pairs)

    def _read(self, stretch: str, *, is_accented: bool) -> Marks:
        tokens = self._analyzer.tokens(stretch)
        if not is_accented:
            tokens = _signed(tokens)
        pairs = _places(self._pairs, tokens) if len(tokens) > 1 else []
        return Marks(_places(self._leaves, tokens), pairs)

    def _iter_stretches(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the stretches of `text` from left to right; no word outside of them can match."""
        if self._search.is_unbounded:
            yield 0, len(text)
            return
        letters = fold_letters(text)
        first, last = -1, 0
        for start, end in self._iter_runs(text, letters):
            if first < 0:
                first = start
            elif start - last > 1 and not self._goes_on(letters[last + 1 : start + 1]):
                yield first, last
                first = start
            last = end
        if first >= 0:
            yield first, last

    def _iter_runs(self, text: str, letters: bytes) -> Iterator[tuple[int, int]]:
        """Yield where the runs of letters begin and end in `text` that may match, in order."""
        has_unknown = UNKNOWN in letters
        end = 0
        for start in self._search.find(letters):
            if start < end:  # inside a number
                continue
            end = letters.find(b" ", start + 1) - 1
            if has_unknown and not self._admits(text[start:end], letters[start + 1 : end + 1]):
                continue
            if letters[start + 1] <= _NINE or letters[end] <= _NINE:
                start, end = _with_whole_numbers(text, letters, start, end)  # noqa: PLW2901
            yield start, end

    def _goes_on(self, gap: bytes) -> bool:
        """Return whether a stretch goes on behind the letters of `gap`."""
        if gap.isspace():
            return True
        return self._reach > 0 and len(_COUNTED_WORD.findall(gap)) <= self._reach

    def _admits(self, run: str, letters: bytes) -> bool:
        """Return whether a run of letters may match; one with unknown letters is read first."""
        if UNKNOWN not in letters or len(run) > _MAX_KNOWN_CHARS:
            return True
        admitted = self._admitted.get(run)
        if admitted is None:
            admitted = any(map(str.isdecimal, run)) or self._may_match(self._analyzer.tokens(run))
            _remember(self._admitted, run, admitted)
        return admitted

    def _may_match(self, tokens: list[Token]) -> bool:
        if not tokens:  # marks of no letter: words around them are neighbours
            return True
        both = [*tokens, *_signed(tokens)]
        return any(True for word in self._words for _ in iter_occurrences(word, both))


def _numbered(leaves: Iterable[Leaf], field: str | None) -> list[_Asked]:
    """Return the leaves for `field` by their number, which is the same for all fields."""
    return [
        _Asked(number, leaf, _needed_forms(leaf))
        for number, leaf in enumerate(dict.fromkeys(leaves))
        if leaf.field in {None, field}
    ]


def _needed_forms(leaf: Leaf) -> frozenset[str] | None:
    """Return folded forms of which a text that `leaf` matches has one, or None if it may not."""
    forms = leaf.forms if isinstance(leaf, Synonyms) else (leaf,)
    words = [form.terms[0] if isinstance(form, Phrase | Near) else form for form in forms]
    if not all(isinstance(word, Term) for word in words):
        return None
    return frozenset(form for word in words for form in (word.folded, fold(word.exact)))


def _words_of(leaf: Leaf) -> Sequence[Word]:
    if isinstance(leaf, Synonyms):
        return [word for form in leaf.forms for word in _words_of(form)]
    return leaf.terms if isinstance(leaf, Phrase | Near) else (leaf,)


def _places(asked: Iterable[_Asked], tokens: Sequence[Token]) -> list[Place]:
    held = {token.folded for token in tokens}
    return sorted(
        (tokens[place.first].span.start, tokens[place.last].span.end, number, int(place.tier))
        for number, leaf, needed in asked
        if needed is None or not needed.isdisjoint(held)
        for place in iter_occurrences(leaf, tokens)
    )


def _signed(tokens: Iterable[Token]) -> list[Token]:
    """Return the tokens as they are in a document that was typed without accents."""
    return [token._replace(exact=token.exact + UNACCENTED) for token in tokens]


def _with_whole_numbers(text: str, letters: bytes, start: int, end: int) -> tuple[int, int]:
    """Return start and end of a run of letters with all of the numbers it begins and ends in.

    The sign before a digit belongs to it: in `,700 000` it tells that this is no number.
    """
    while start >= 2 and text[start].isdecimal() and text[start - 2].isdecimal():
        start = letters.rfind(b" ", 0, start)
    if start and text[start].isdecimal():
        start -= 1
    while end + 1 < len(text) and text[end - 1].isdecimal() and text[end + 1].isdecimal():
        end = letters.find(b" ", end + 2) - 1
    return start, end


def _remember(known: dict[str, _Found], text: str, found: _Found) -> None:
    if len(text) > _MAX_KNOWN_CHARS:
        return
    if len(known) >= _MAX_KNOWN:
        known.clear()
    known[text] = found
