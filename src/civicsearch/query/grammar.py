r"""The grammar of a query: how lexemes make a tree, whatever is odd about them.

    query    := both (OR both)*
    both     := sequence (AND sequence)*
    sequence := ((NOT | - | +)? item)+, or the sign behind the field: title:-vận
    item     := (field:)? (chain | word | quoted | ( query )(^2)?) | range
    chain    := word (NEAR/5 word)+
    range    := published:2020 | published:[2020 TO 2021] | published:>=2020

What a word and a quoted text may be, is read in `operators`; the days of a range, in `ranges`.

In a sequence, quoted phrases, named fields, groups, chains, ranges and `+x` must match and `-x`
must not (but see `_PASTED_WORDS`). How many of the plain words beside them must match too is told
by `plain.plain_words`: whole headlines are pasted into search boxes, and all of their words is too
much to ask.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from civicsearch.query.lexer import Lexeme, LexemeKind
from civicsearch.query.nodes import (
    And,
    MatchAll,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Term,
    Words,
    iter_positive_leaves,
    within,
)
from civicsearch.query.plain import APOSTROPHES, MAX_LEAVES, plain_words
from civicsearch.query.ranges import RANGE_FIELDS, read_range
from civicsearch.values import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from civicsearch.query.operators import WordReader
    from civicsearch.query.problems import Problems
    from civicsearch.schema import Schema

__all__ = ["MAX_DEPTH", "MAX_LEAVES", "Grammar"]

MAX_DEPTH = 8
"""How deep parentheses may nest."""

_PASTED_WORDS = {
    LexemeKind.WORD: 3,
    LexemeKind.OPEN: 3,
    LexemeKind.CITED: 3,
    LexemeKind.QUOTED: 5,
    LexemeKind.UNCLOSED: 5,
}
"""Beside more plain words than this, what binds words together is read as plain words too: the dash
in one, parentheses round some, typographic or straight quotes.

Such a query is a pasted headline, and its article may not quote what the headline quotes. Without
the quotes of headlines, 200 titles as queries reached an MRR at 10 of 0.951, with all of them
binding 0.931. Straight quotes are typed as well, so they take more words for a headline.

An article that answers a question may write `free flight` where it asks for `free-flight`, or no
more than one half of it; where it has both, they are neighbours and count as such. With dashes and
parentheses binding, cranfield-en has an nDCG at 10 of 0.324 in place of 0.340, xquad-de 0.915 in
place of 0.929, and xquad-ru 0.870 in place of 0.879.
"""
_MAX_CODE_LETTERS = 4  # in `BM -27`, which is how a headline has the name of a thing
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_END_OF_SEQUENCE = (None, LexemeKind.AND, LexemeKind.OR, LexemeKind.CLOSE)
_MARKS = (LexemeKind.NOT, LexemeKind.PLUS, LexemeKind.FIELD)
_ONE_FIELD = "one field may stand before a word: this one counts"
_WORD_LIKE = (LexemeKind.WORD, LexemeKind.QUOTED, LexemeKind.CITED)


@dataclass(slots=True)
class _Parts:
    """The parts of a sequence while it is read."""

    words: list[tuple[Query, LexemeKind]] = field(default_factory=list)
    required: list[Query] = field(default_factory=list)
    excluded: list[Query] = field(default_factory=list)

    def add(self, query: Query, sign: LexemeKind | None) -> None:
        (self.excluded if sign is LexemeKind.NOT else self.required).append(query)

    def query(self) -> Query | None:
        words = self._plain_words()
        parts = [*self.required]
        if words:
            parts.append(plain_words(tuple(words)))
        if not parts and not self.excluded:
            return None
        if not parts:
            parts.append(MatchAll())
        parts.extend(Not(child=query) for query in self.excluded)
        return _joined(And, parts)

    def _plain_words(self) -> list[Query]:
        """Return the plain words; what binds some is one of them, or several, or is required."""
        count = len({query for query, kind in self.words if kind is LexemeKind.WORD})
        words: list[Query] = []
        for query, kind in self.words:
            if count > _PASTED_WORDS[kind]:
                words.extend(_words_of(query))
            elif kind is LexemeKind.WORD:
                words.append(query)
            elif query not in self.required:
                self.required.append(query)
        return words


@dataclass(slots=True)
class Grammar:
    """Recursive descent over lexemes; `depth` bounds the recursion."""

    lexemes: list[Lexeme]
    schema: Schema
    words: WordReader
    problems: Problems
    index: int = 0
    leaves: int = 0

    def parse(self) -> Query | None:
        """Return the tree of all lexemes, or None where there is nothing to search for."""
        parts = []
        while self.index < len(self.lexemes):
            query = self._alternatives(depth=0)
            if query is not None:
                parts.append(query)
            if self._peek() is LexemeKind.CLOSE:
                self._problem("this parenthesis closes nothing")
                self.index += 1
        return _joined(And, parts) if parts else None

    def _alternatives(self, *, depth: int) -> Query | None:
        return self._operands(LexemeKind.OR, Or, depth=depth)

    def _operands(self, operator: LexemeKind, node: type[And | Or], *, depth: int) -> Query | None:
        parts = []
        pending: Lexeme | None = None
        while True:
            if node is Or:
                part = self._operands(LexemeKind.AND, And, depth=depth)
            else:
                part = self._sequence(depth=depth)
            if part is not None:
                parts.append(part)
            if (part is None and pending is not None) or (not parts and self._peek() is operator):
                blamed = pending or self.lexemes[self.index]
                self._problem(f"{operator.name} needs something on both sides", at=blamed)
            if self._peek() is not operator:
                return _joined(node, parts) if parts else None
            pending = self.lexemes[self.index]
            self.index += 1

    def _sequence(self, *, depth: int) -> Query | None:
        parts = _Parts()
        while self._peek() not in _END_OF_SEQUENCE:
            self._item(parts, depth=depth)
        return parts.query()

    def _item(self, parts: _Parts, *, depth: int) -> None:
        sign, field_name = self._marks()
        found = self._range(field_name)
        if found is not None:
            parts.add(found, sign)
            return
        if not self._has_operand():
            return
        near = self._near(field_name)
        if near is not None:
            parts.add(near, sign)
            return
        kind = self._peek()
        is_plain = kind in _PASTED_WORDS and sign is None and field_name is None
        if self.lexemes[self.index].suffix:
            is_plain = False
        query = self._operand(field_name, is_plain=is_plain, depth=depth)
        if query is None:
            return
        if kind is LexemeKind.OPEN and not _is_of_words(query):
            is_plain = False
        if is_plain and kind is not None and not isinstance(query, MatchAll):
            parts.words.append((query, kind))
        else:
            parts.add(query, sign)

    def _has_operand(self) -> bool:
        kind = self._peek()
        if kind in _END_OF_SEQUENCE:
            self._problem("something must follow here", at=self.lexemes[self.index - 1])
            return False
        return True

    def _marks(self) -> tuple[LexemeKind | None, str | None]:
        """Return the sign and the field before an operand, in whatever order they stand.

        Of two signs, or two fields, the last one counts.
        """
        sign: LexemeKind | None = None
        field_name: str | None = None
        while True:
            lexeme = self.lexemes[self.index] if self.index < len(self.lexemes) else None
            if lexeme is None or lexeme.kind not in _MARKS:
                return sign, field_name
            if lexeme.kind is LexemeKind.FIELD:
                name = None if lexeme.text.lower() in RANGE_FIELDS else self._field()
                if name is None:  # days or numbers follow, or it is no field
                    return sign, field_name
                if field_name is not None:
                    self._problem(_ONE_FIELD, at=lexeme)
                field_name = name
            elif (found := self._sign()) is not None:
                if sign is not None:
                    self._problem("one sign may stand before a word: this one counts", at=lexeme)
                sign = found

    def _sign(self) -> LexemeKind | None:
        kind = self._peek()
        if kind in (LexemeKind.NOT, LexemeKind.PLUS):
            self.index += 1
            return None if self._is_in_code() else kind
        return None

    def _is_in_code(self) -> bool:
        """Return whether the sign before here is the dash of a code that is typed `F -22`."""
        around = self.lexemes[max(self.index - 2, 0) : self.index + 1]
        if len(around) < 3 or around[1].text != "-":
            return False
        before, _, behind = around
        return (
            before.kind is behind.kind is LexemeKind.WORD
            and before.text.isupper()
            and before.text.isalpha()
            and len(before.text) <= _MAX_CODE_LETTERS
            and behind.text[:1].isdecimal()
        )

    def _field(self) -> str | None:
        if self._peek() is not LexemeKind.FIELD:
            return None
        lexeme = self.lexemes[self.index]
        name = lexeme.text.lower()
        if name not in self.schema.names:
            message = f"there is no field {lexeme.text!r}, so it is read as a word"
            self.problems.add(message, lexeme.position, unknown_field=lexeme.text)
            self._read_as_word()
            return None
        self.index += 1
        if self._peek() is LexemeKind.BRACKETS:
            self._problem(f"only {', '.join(RANGE_FIELDS)} can be in a range")
            self._open_brackets(self.index)
        return name

    def _range(self, before: str | None) -> Query | None:
        """Return what is behind a field of days or numbers; what is none is read as words.

        A field that stands `before` it is passed over.
        """
        if self._peek() is not LexemeKind.FIELD:
            return None
        name = self.lexemes[self.index].text.lower()
        if name not in RANGE_FIELDS:
            return None
        following = self.lexemes[self.index + 1]
        try:
            is_bracketed = following.kind is LexemeKind.BRACKETS
            found = read_range(name, following.text, is_bracketed=is_bracketed)
        except ValueError as error:
            self._problem(f"{name} takes {RANGE_FIELDS[name]} ({error})")
            self._read_as_word()
            return None
        if before is not None:
            self._problem(_ONE_FIELD)
        if following.kind is LexemeKind.UNCLOSED:
            self._problem("the quote is not closed", at=following)
        self.index += 2
        return found

    def _read_as_word(self) -> None:
        """Make a field that is passed over a word, and words of the brackets behind it."""
        lexeme = self.lexemes[self.index]
        self.lexemes[self.index] = lexeme._replace(kind=LexemeKind.WORD)
        self._open_brackets(self.index + 1)

    def _open_brackets(self, index: int) -> None:
        lexeme = self.lexemes[index]
        if lexeme.kind is LexemeKind.BRACKETS:
            self.lexemes[index : index + 1] = [
                Lexeme(LexemeKind.WORD, word, lexeme.position) for word in lexeme.text.split()
            ]

    def _split_at_apostrophes(self) -> None:
        """Make `l'eau` and `İstanbul'un` two plain words each, not a phrase.

        What follows the apostrophe is an ending as often as a word. Measured on 1,000 Turkish
        questions (tquad, nDCG at 10): as phrases 0.771, as two words 0.778.
        """
        lexeme = self.lexemes[self.index]
        parts = [part for part in _APOSTROPHE.split(lexeme.text) if part]
        if len(parts) > 1:
            self.lexemes[self.index : self.index + 1] = [
                lexeme._replace(text=part) for part in parts
            ]

    def _near(self, field_name: str | None) -> Query | None:
        """Return the chain of words with NEAR between them that begins here, if one does."""
        if self._peek(1) is not LexemeKind.NEAR:
            return None
        terms: list[Term] = []
        distances: list[int] = []
        while (term := self._single_term(2 * len(terms))) is not None:
            terms.append(term)
            if self._peek(2 * len(terms) - 1) is not LexemeKind.NEAR:
                break
            distances.append(int(self.lexemes[self.index + 2 * len(terms) - 1].text))
        if len(terms) < 2:
            return None
        first, distances = self.lexemes[self.index], distances[: len(terms) - 1]
        if len(set(distances)) > 1:
            self._problem("every NEAR of a chain must have the same number")
        self.index += 2 * len(terms) - 1
        near = self.words.near(tuple(terms), max(distances), field_name, at=first.position)
        return self._counted(near, first)

    def _single_term(self, ahead: int) -> Term | None:
        """Return the word of a lexeme `ahead` of here, if it is no more than a word."""
        if self._peek(ahead) not in _WORD_LIKE:
            return None
        lexeme = self.lexemes[self.index + ahead]
        return None if lexeme.suffix else self.words.single_term(lexeme.text)

    def _operand(self, field_name: str | None, *, is_plain: bool, depth: int) -> Query | None:
        if is_plain and self._peek() is LexemeKind.WORD:
            self._split_at_apostrophes()
        lexeme = self.lexemes[self.index]
        self.index += 1
        if lexeme.kind is LexemeKind.OPEN:
            return self._group(lexeme, field_name, depth=depth)
        if lexeme.kind is LexemeKind.NEAR:
            self._problem("NEAR needs a single word on both sides", at=lexeme)
            return None
        if lexeme.kind is LexemeKind.UNOPENED:
            self._problem("this quote closes nothing", at=lexeme)
            return None
        if lexeme.kind is LexemeKind.UNCLOSED:
            self._problem("the quote is not closed", at=lexeme)
        if lexeme.kind is LexemeKind.WORD:
            query = self._word(lexeme, field_name)
        else:
            query = self.words.quoted(lexeme.text, lexeme.suffix, field_name, at=lexeme.position)
        return self._counted(query, lexeme)

    def _group(self, lexeme: Lexeme, field_name: str | None, *, depth: int) -> Query | None:
        if depth >= MAX_DEPTH:
            self._problem(f"parentheses nest deeper than {MAX_DEPTH}", at=lexeme)
            return None  # what is inside is read on as if it stood outside
        query = self._alternatives(depth=depth + 1)
        factor = ""
        if self._peek() is not LexemeKind.CLOSE:
            self._problem("this parenthesis is not closed", at=lexeme)
        else:
            factor = self.lexemes[self.index].suffix
            self.index += 1
            if query is None:
                self._problem("there is nothing between these parentheses", at=lexeme)
        if query is None:
            return None
        bound = within(query, field_name) if field_name else query
        return self.words.boosted(bound, factor, at=lexeme.position)

    def _word(self, lexeme: Lexeme, field_name: str | None) -> Query | None:
        if lexeme.text != "*":
            return self.words.word(lexeme.text, field_name, at=lexeme.position)
        if field_name is None:
            return MatchAll()
        self._problem(f"what the {field_name} begins with is missing", at=lexeme)
        return None

    def _counted(self, query: Query | None, lexeme: Lexeme) -> Query | None:
        """Return `query`, or None where it has too many words; a phrase is cut to the first."""
        if query is None or self.leaves > MAX_LEAVES:
            return None
        room = MAX_LEAVES - self.leaves
        self.leaves += sum(
            len(leaf.terms) if isinstance(leaf, Phrase | Near) else 1
            for leaf in iter_positive_leaves(query)
        )
        if self.leaves <= MAX_LEAVES:
            return query
        self._problem(f"only the first {MAX_LEAVES} words are searched for", at=lexeme)
        if isinstance(query, Phrase) and room > 1:
            return replace(query, terms=query.terms[:room])
        return None

    def _peek(self, ahead: int = 0) -> LexemeKind | None:
        index = self.index + ahead
        return self.lexemes[index].kind if index < len(self.lexemes) else None

    def _problem(self, message: str, *, at: Lexeme | None = None) -> None:
        lexeme = at or self.lexemes[self.index]
        self.problems.add(message, lexeme.position)


def _joined(node: type[And | Or], parts: Sequence[Query]) -> Query:
    """Return `parts` under one `node`, or the only part by itself."""
    return parts[0] if len(parts) == 1 else node(children=tuple(parts))


def _is_of_words(query: Query) -> bool:
    """Return whether what is in parentheses is no more than words, as an aside in a headline is."""
    return all(isinstance(word, Term) and word.field is None for word in _words_of(query))


def _words_of(query: Query) -> tuple[Query, ...]:
    """Return the words that `query` binds together, or itself alone."""
    match query:
        case Phrase(field=None):
            return query.terms
        case Words():
            return tuple(word for child in query.children for word in _words_of(child))
        case _:
            return (query,)
