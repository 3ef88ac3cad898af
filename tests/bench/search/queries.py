"""What is asked: ten kinds of question, made from titles that are not in the index.

A question is neutral: each peer spells it in its own way. So that all are asked the same thing,
a word typed without accents is looked up in its folded form, a word with accents in its exact
form and, since a plain `d` is free to be a `đ`, in those spellings too. Vowels without a mark
are free as well, but in a syllable that has one no other can be marked. It is only where all that
was typed is a `đ` (`đa` finds `đã`) that they matter; such words are left out. Misprints with two
marks in a syllable (`hộị` for `hội`) civicsearch finds and the peers do not: in 400 questions over
100,000 articles, one article in each of two. Phrases are made
of words with one spelling, because peers keep exact and folded words in two fields and cannot ask
for a phrase across them.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bench.search.articles import SOURCES
from civicsearch.analysis import Analyzer, fold

MIN_WORDS, MAX_WORDS = 2, 4


class Kind(StrEnum):
    """The classes of questions, in the order of the report."""

    WORDS = "words"
    TITLE = "title"
    ANY = "any"
    ALL = "all"
    PHRASE = "phrase"
    UNACCENTED = "unaccented"
    PREFIX = "prefix"
    FILTER = "filter"
    NEWEST = "newest"
    PAGE = "page"


MEANINGS = {
    Kind.WORDS: "2-4 words as typed: all of up to three, half of four",
    Kind.TITLE: "a whole title: words that tell a fifth of what all do; peers: any of them",
    Kind.ANY: "2-4 words with OR",
    Kind.ALL: "2-4 words with AND",
    Kind.PHRASE: "2-4 words side by side",
    Kind.UNACCENTED: "2-4 words typed without accents",
    Kind.PREFIX: "a word and the first 2-3 letters of the next",
    Kind.FILTER: "2-4 words, one year, three sources, counts by source and year",
    Kind.NEWEST: "2-4 words, newest first",
    Kind.PAGE: "2-4 words, ten documents with snippets",
}
MEANINGS_BEFORE = {**MEANINGS, Kind.TITLE: "a whole title: half of its words"}
"""Those of runs that do not say what they asked."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question; with `is_prefix`, its beginning."""

    exact: str
    is_prefix: bool = False

    @property
    def is_folded(self) -> bool:
        """Whether no accent was typed, so that the folded forms decide."""
        return self.exact == fold(self.exact)

    @property
    def is_half_typed(self) -> bool:
        """Whether a `đ` is its only accent, so that it stands for many exact forms."""
        return not self.is_folded and self.exact.replace("đ", "d") == fold(self.exact)

    @property
    def spellings(self) -> tuple[str, ...]:
        """The terms that stand for it: of the folded forms, or of the exact ones."""
        if self.is_folded or "d" not in self.exact:
            return (self.exact,)
        letters = (("d", "đ") if letter == "d" else (letter,) for letter in self.exact)
        return tuple("".join(choice) for choice in itertools.product(*letters))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, for all peers alike.

    Attributes:
        name: Kind and number; the raw runs name it so.
        kind: Which class it belongs to.
        words: What is looked for, without repetitions except in a phrase.
        minimum: How many of the words a document must hold.
        text: The same as a user types it into civicsearch.
        period: First and last day of publication.
        sources: Publishers, any of them; empty for all.
    """

    name: str
    kind: Kind
    words: tuple[Word, ...]
    minimum: int
    text: str
    period: tuple[dt.date, dt.date] | None = None
    sources: tuple[str, ...] = ()

    @property
    def is_told_by_rarity(self) -> bool:
        """Whether civicsearch asks for words that tell enough, which no peer can."""
        return self.kind is Kind.TITLE and len(self.words) > MAX_WORDS

    @property
    def needs_all(self) -> bool:
        """Whether every word must be there."""
        return self.minimum == len(self.words)


def make_questions(titles: Sequence[str], count: int) -> dict[Kind, list[Question]]:
    """Return `count` questions of every kind, or fewer where the titles do not give them."""
    analyzer = Analyzer()
    token_lists = [[token.exact for token in analyzer.tokens(title)] for title in titles]
    return {kind: list(itertools.islice(_iter_kind(kind, token_lists), count)) for kind in Kind}


def _iter_kind(kind: Kind, token_lists: Sequence[list[str]]) -> Iterator[Question]:
    draw = random.Random(kind.value)  # noqa: S311 - no secret, only the same each time
    order = draw.sample(range(len(token_lists)), len(token_lists))
    number = 0
    for title in order:
        words = _CHOOSERS.get(kind, _some_words)(token_lists[title], draw)
        if len(words) >= MIN_WORDS:
            yield _question(kind, f"{kind}-{number:04}", words, draw)
            number += 1


def _question(kind: Kind, name: str, words: tuple[Word, ...], draw: random.Random) -> Question:
    year = draw.randrange(2016, 2020)
    is_filtered = kind is Kind.FILTER
    return Question(
        name=name,
        kind=kind,
        words=words,
        minimum=_minimum(kind, len(words)),
        text=_text(kind, words),
        period=(dt.date(year, 1, 1), dt.date(year, 12, 31)) if is_filtered else None,
        sources=tuple(draw.sample(SOURCES, 3)) if is_filtered else (),
    )


def _minimum(kind: Kind, count: int) -> int:
    if kind is Kind.ANY or (kind is Kind.TITLE and count > MAX_WORDS):
        return 1
    if kind in (Kind.ALL, Kind.PHRASE):
        return count
    return count if count <= 3 else (count + 1) // 2


def _text(kind: Kind, words: tuple[Word, ...]) -> str:
    typed = [word.exact + "*" * word.is_prefix for word in words]
    if kind is Kind.PHRASE:
        return f'"{" ".join(typed)}"'
    return {Kind.ANY: " OR ", Kind.ALL: " AND "}.get(kind, " ").join(typed)


# --- which words of a title ---


def _words(tokens: list[str]) -> tuple[Word, ...]:
    words = map(Word, dict.fromkeys(tokens))
    return tuple(word for word in words if not word.is_half_typed)


def _window(tokens: list[str], draw: random.Random) -> list[str]:
    width = draw.randint(MIN_WORDS, MAX_WORDS)
    start = draw.randrange(max(1, len(tokens) - width + 1))
    return tokens[start : start + width]


def _some_words(tokens: list[str], draw: random.Random) -> tuple[Word, ...]:
    return _words(_window(tokens, draw))


def _all_words(tokens: list[str], draw: random.Random) -> tuple[Word, ...]:
    del draw
    words = _words(tokens)
    return words if len(words) > MAX_WORDS else ()


def _folded_words(tokens: list[str], draw: random.Random) -> tuple[Word, ...]:
    return _words(list(map(fold, _window(tokens, draw))))


def _phrase(tokens: list[str], draw: random.Random) -> tuple[Word, ...]:
    words = tuple(map(Word, _window(tokens, draw)))
    return words if all(map(_is_bound, words)) else ()


def _is_bound(word: Word) -> bool:
    return not word.is_folded and not word.is_half_typed and len(word.spellings) == 1


def _word_and_prefix(tokens: list[str], draw: random.Random) -> tuple[Word, ...]:
    pairs = [
        (first, second)
        for first, second in itertools.pairwise(tokens)
        if len(second) > 2 and second.isalpha() and not first.startswith(second[:3])
    ]
    if not pairs:
        return ()
    first, second = draw.choice(pairs)
    length = 2 if len(second) == 3 else 3
    words = Word(first), Word(second[:length], is_prefix=True)
    return () if any(word.is_half_typed for word in words) else words


_CHOOSERS: dict[Kind, Callable[[list[str], random.Random], tuple[Word, ...]]] = {
    Kind.TITLE: _all_words,
    Kind.UNACCENTED: _folded_words,
    Kind.PHRASE: _phrase,
    Kind.PREFIX: _word_and_prefix,
}
