"""What in a query is an abbreviation, or the long form of one, and what else it may be read as.

An abbreviation becomes `Synonyms`: itself, and what it means as a phrase. Where a long form was
typed, each of its words becomes `Synonyms` of that word and the abbreviation: an article with
`UBND` then holds every word of `ủy ban nhân dân`, and how many words a query needs stays what it
was. What is in quotes or a part of a code (`57-NQ/TW`) is left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from civicsearch.query.abbreviations import Kind, form_node, form_words, is_meant
from civicsearch.query.nodes import And, Boost, Not, Or, Phrase, Query, Synonyms, Term, Words
from civicsearch.query.plain import APOSTROPHES
from civicsearch.values import replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from civicsearch.analysis.analyzer import Analyzer
    from civicsearch.analysis.tokens import Token
    from civicsearch.query.abbreviations import Abbreviations

__all__ = ["Expanded", "Expansion", "Piece", "expand", "only_words"]

MAX_SYNONYMS = 8
"""How much a word may also be read as; each is a phrase to look for."""

_WITHIN = frozenset(" \t\n\u00a0,&-–—" + APOSTROPHES)
"""What may stand between the words of a long form: `kinh tế - xã hội`."""


class Expansion(NamedTuple):
    """What of a query was also read as something else.

    An abbreviation as what it means, or the other way round; in long queries a word that no article
    has, as the one most like it; in short ones that find nothing as typed, a word in other forms.

    Attributes:
        typed: As it stands in the query; of a word, its exact form.
        read_as: What was searched for besides: as the table of abbreviations has it, or the exact
            forms of words.
    """

    typed: str
    read_as: tuple[str, ...]


class Expanded(NamedTuple):
    """A query in which abbreviations stand for what they mean, and what was expanded."""

    query: Query
    expansions: tuple[Expansion, ...]


class Piece(NamedTuple):
    """A piece of a query without blanks: a word, or several with signs between them (`GD&ĐT`).

    Attributes:
        tokens: Its words, at least one; their spans are in the query.
        is_first: Whether it goes on from no other: behind an operator, a field, a quoted text.
    """

    tokens: Sequence[Token]
    is_first: bool = False


class _Word(NamedTuple):
    """A word, whether a piece begins or ends with it, and whether words before it go on in it."""

    token: Token
    begins: bool
    ends: bool
    goes_on: bool


class _Found(NamedTuple):
    """A form in the words of a query: its number, and the words from `first` to before `end`."""

    number: int
    first: int
    end: int


def only_words(query: Query, text: str, analyzer: Analyzer, table: Abbreviations) -> Expanded:
    """Return a query of plain words alone expanded; `text` is what was typed."""
    children = query.children if isinstance(query, Words) else (query,)
    words = [child for child in children if isinstance(child, Term)]
    # Where a word was typed twice, a short query has it once, and tells not what is beside what.
    if len(words) == len(text.split()) and not table.may_hold(words, text):
        return Expanded(query, ())
    pieces = [Piece((token,)) for token in analyzer.tokens(text)]
    return expand(query, text, pieces, table)


def expand(query: Query, text: str, pieces: Sequence[Piece], table: Abbreviations) -> Expanded:
    """Return a query expanded.

    Args:
        query: The query that `text` spells.
        text: What was typed.
        pieces: What of it may be expanded, in order.
        table: The abbreviations.
    """
    if not table.may_hold([token for piece in pieces for token in piece.tokens], text):
        return Expanded(query, ())
    words = list(_iter_words(pieces, text))
    found = list(_iter_found(words, text, table))
    readings = _Readings(table)
    for one in found:
        readings.add(one, words)
    expanded = readings.applied(query)
    expansions = (
        Expansion(
            text[words[one.first].token.span.start : words[one.end - 1].token.span.end],
            tuple(table.forms[other].shown for other in _others(table, one.number)),
        )
        for one in found
        if one in readings.used
    )
    return Expanded(expanded, tuple(dict.fromkeys(expansions)))


def _iter_words(pieces: Sequence[Piece], text: str) -> Iterator[_Word]:
    end = 0
    for tokens, is_first in pieces:
        goes_on = not is_first and _WITHIN.issuperset(text[end : tokens[0].span.start])
        for token in tokens:
            yield _Word(token, token is tokens[0], token is tokens[-1], goes_on)
            goes_on = True
        end = tokens[-1].span.end


def _iter_found(words: Sequence[_Word], text: str, table: Abbreviations) -> Iterator[_Found]:
    """Yield the forms among words, from left to right; they may overlap."""
    is_shouted = all(_written(word, text).isupper() for word in words)
    for first, word in enumerate(words):
        if not word.begins:
            continue
        following = words[first + 1].token.folded if first + 1 < len(words) else ""
        for number in table.beginning(word.token.folded, following):
            form = table.forms[number]
            end = _end_of(form.exact, words, first)
            if not end or not _others(table, number):
                continue
            if form.kind == Kind.CAPITALS:
                typed = text[word.token.span.start : words[end - 1].token.span.end]
                if not form.is_typed_in(typed) or (is_shouted and end - first < len(words)):
                    continue
            yield _Found(number, first, end)


def _written(word: _Word, text: str) -> str:
    return text[word.token.span.start : word.token.span.end]


def _end_of(exact: str, words: Sequence[_Word], first: int) -> int:
    """Return behind which word a form ends that begins at `first`, or 0 where it is not there."""
    form = form_words(exact)
    end = first + len(form)
    if end > len(words) or not words[end - 1].ends:
        return 0
    for place, own in enumerate(form, start=first):
        if place > first and not words[place].goes_on:
            return 0
        if not is_meant(words[place].token, own):
            return 0
    return end


def _others(table: Abbreviations, number: int) -> Sequence[int]:
    return table.readings(number)[:MAX_SYNONYMS]


class _Readings:
    """What words and phrases of one query are also read as."""

    def __init__(self, table: Abbreviations) -> None:
        self._table = table
        self._by_words: dict[tuple[str, ...], list[_Found]] = {}
        self.used: set[_Found] = set()

    def add(self, found: _Found, words: Sequence[_Word]) -> None:
        """Note a form: each of its words may be the others, and a piece of several as a whole."""
        piece: list[str] = []
        for word in words[found.first : found.end]:
            self._by_words.setdefault((word.token.exact,), []).append(found)
            piece = [word.token.exact] if word.begins else [*piece, word.token.exact]
            if word.ends and len(piece) > 1:
                self._by_words.setdefault(tuple(piece), []).append(found)

    def applied(self, query: Query, *, is_excluded: bool = False) -> Query:
        """Return a query with all that is noted in it.

        What is excluded is expanded only where it means one thing.
        """
        match query:
            case And() | Or() | Words():
                children = (self.applied(c, is_excluded=is_excluded) for c in query.children)
                return replace(query, children=tuple(children))
            case Boost():
                return replace(query, child=self.applied(query.child, is_excluded=is_excluded))
            case Not():
                return replace(query, child=self.applied(query.child, is_excluded=True))
            case Term():
                return self._with_others(query, (query.exact,), is_excluded=is_excluded)
            case Phrase():
                words = tuple(term.exact for term in query.terms)
                return self._with_others(query, words, is_excluded=is_excluded)
            case _:
                return query

    def _with_others(
        self, typed: Term | Phrase, words: tuple[str, ...], *, is_excluded: bool
    ) -> Term | Phrase | Synonyms:
        found = self._by_words.get(words, [])
        if is_excluded:
            found = [one for one in found if not self._table.is_ambiguous(one.number)]
        if not found:
            return typed
        self.used.update(found)
        numbers = dict.fromkeys(n for one in found for n in _others(self._table, one.number))
        others = _apart([form_node(self._table.forms[n].exact) for n in numbers])
        return Synonyms(
            typed=replace(typed, field=None), others=others[:MAX_SYNONYMS], field=typed.field
        )


def _apart(forms: Sequence[Term | Phrase]) -> tuple[Term | Phrase, ...]:
    """Return forms without those that hold another: where `tp` is found, so is it in `tp hcm`."""
    return tuple(
        form
        for form in forms
        if not (isinstance(form, Phrase) and any(other in form.terms for other in forms))
    )
