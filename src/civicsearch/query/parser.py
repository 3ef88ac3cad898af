r"""Reads what a user types into a query: leniently for people, strictly for programs.

    query    := both (OR both)*
    both     := sequence (AND sequence)*
    sequence := ((NOT | - | +)? (field:)? (word | prefix* | "phrase" | ( query )))+

In a sequence, quoted phrases, named fields, groups and `+x` must match and `-x` must not (but see
`_PASTED_WORDS`). The plain words beside them must match too while there are up to three of them,
and half of them beyond: whole headlines are pasted into search boxes, and all of their words is
too much to ask.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from civicsearch.analysis.analyzer import Analyzer
from civicsearch.errors import QuerySyntaxError, UnknownFieldError
from civicsearch.query.lexer import Lexeme, LexemeKind, iter_lexemes
from civicsearch.query.nodes import And, MatchAll, Not, Or, Phrase, Prefix, Query, Term, Words
from civicsearch.schema import DEFAULT_SCHEMA, Schema

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "MAX_DEPTH",
    "MAX_LEAVES",
    "MAX_PREFIXES",
    "MAX_QUERY_CHARS",
    "ParsedQuery",
    "QueryProblem",
    "parse_query",
    "parse_query_leniently",
]

MAX_QUERY_CHARS = 1000
"""A longer query is cut (leniently) or refused (strictly). The longest real headline has 300."""
MAX_LEAVES = 64
"""How many words, prefixes and phrases a query may hold."""
MAX_PREFIXES = 8
"""How many prefixes: each may stand for thousands of words (`t*` over 5,000 articles: 1 s)."""
MAX_DEPTH = 8
"""How deep parentheses may nest."""

_PASTED_WORDS = 3
"""Beside more plain words than this, a phrase in typographic quotes is one of them.

Such a query is a pasted headline, and its article may not quote what the headline quotes. Without
the quotes of headlines, 200 titles as queries reached an MRR at 10 of 0.951, with all of them
binding 0.931. Straight quotes, which people type, always bind.
"""
_APOSTROPHE = re.compile("['’ʼ`´]")


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryProblem:
    """Something in a query that was not understood, and that the lenient parser passed over.

    Attributes:
        message: Half a sentence for the user.
        position: Where in the query, in code points from 0.
        unknown_field: The name, where the problem is a field that does not exist.
    """

    message: str
    position: int
    unknown_field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedQuery:
    """A query and what was odd about its text.

    Attributes:
        query: The tree, or None where the text holds nothing to search for.
        problems: In the order of the text; empty when all of it was understood.
    """

    query: Query | None
    problems: tuple[QueryProblem, ...]


def parse_query(
    text: str, *, schema: Schema = DEFAULT_SCHEMA, analyzer: Analyzer | None = None
) -> Query:
    """Return the query that `text` spells, for programs that want to know of every slip.

    Raises:
        QuerySyntaxError: At the first place that cannot be read.
        UnknownFieldError: For a field that `schema` does not have.
    """
    parsed = parse_query_leniently(text, schema=schema, analyzer=analyzer)
    if parsed.problems:
        first = parsed.problems[0]
        if first.unknown_field is not None:
            raise UnknownFieldError(first.unknown_field, known=schema.names)
        raise QuerySyntaxError(first.message, text=text, position=first.position)
    if parsed.query is None:
        raise QuerySyntaxError(reason="there is nothing to search for", text=text, position=0)
    return parsed.query


def parse_query_leniently(
    text: str, *, schema: Schema = DEFAULT_SCHEMA, analyzer: Analyzer | None = None
) -> ParsedQuery:
    """Return the best reading of `text` and its problems. Never raises, whatever is typed."""
    problems: list[QueryProblem] = []
    if len(text) > MAX_QUERY_CHARS:
        message = f"only the first {MAX_QUERY_CHARS} characters are searched for"
        problems.append(QueryProblem(message=message, position=MAX_QUERY_CHARS))
        text = text[:MAX_QUERY_CHARS]
    parser = _Parser(
        lexemes=tuple(iter_lexemes(text)),
        schema=schema,
        analyzer=analyzer or Analyzer(),
        problems=problems,
    )
    query = parser.parse()
    problems.sort(key=lambda problem: problem.position)
    return ParsedQuery(query=query, problems=tuple(problems))


@dataclass(slots=True)
class _Sequence:
    """The parts of a sequence while it is read."""

    words: dict[Query, None] = field(default_factory=dict)  # a set that keeps the order
    cited: set[Query] = field(default_factory=set)  # of these, the phrases in typographic quotes
    required: list[Query] = field(default_factory=list)
    excluded: list[Query] = field(default_factory=list)

    def query(self) -> Query | None:
        words = list(self.words)
        if len(words) - len(self.cited) <= _PASTED_WORDS:
            words = [word for word in words if word not in self.cited]
            self.required.extend(word for word in self.words if word in self.cited)
        parts = [*self.required]
        if words:
            parts.append(_plain(tuple(words)))
        if not parts and not self.excluded:
            return None
        if not parts:
            parts.append(MatchAll())
        parts.extend(Not(child=query) for query in self.excluded)
        return _joined(And, parts)


@dataclass(slots=True)
class _Parser:
    """Recursive descent over lexemes; `depth` bounds the recursion."""

    lexemes: tuple[Lexeme, ...]
    schema: Schema
    analyzer: Analyzer
    problems: list[QueryProblem]
    index: int = 0
    leaves: int = 0
    prefixes: int = 0

    def parse(self) -> Query | None:
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
        sequence = _Sequence()
        while (kind := self._peek()) is not None:
            if kind in {LexemeKind.AND, LexemeKind.OR, LexemeKind.CLOSE}:
                break
            self._item(sequence, depth=depth)
        return sequence.query()

    def _item(self, sequence: _Sequence, *, depth: int) -> None:
        sign, field_name = self._sign(), self._field()
        kind = self._peek()
        if kind in {None, LexemeKind.AND, LexemeKind.OR, LexemeKind.CLOSE}:
            self._problem("something must follow here", at=self.lexemes[self.index - 1])
            return
        if kind in {LexemeKind.NOT, LexemeKind.PLUS, LexemeKind.FIELD}:
            return  # a sign before a sign, a field before a field: the last one counts
        is_word = kind in {LexemeKind.WORD, LexemeKind.CITED}
        if kind is LexemeKind.WORD and sign is None and field_name is None:
            self._split_at_apostrophes()
        query = self._operand(field_name, depth=depth)
        if query is None:
            return
        if sign is LexemeKind.NOT:
            sequence.excluded.append(query)
        elif is_word and sign is None and field_name is None and not isinstance(query, MatchAll):
            sequence.words[query] = None
            if kind is LexemeKind.CITED:
                sequence.cited.add(query)
        else:
            sequence.required.append(query)

    def _sign(self) -> LexemeKind | None:
        kind = self._peek()
        if kind in {LexemeKind.NOT, LexemeKind.PLUS}:
            self.index += 1
            return kind
        return None

    def _field(self) -> str | None:
        if self._peek() is not LexemeKind.FIELD:
            return None
        lexeme = self.lexemes[self.index]
        name = lexeme.text.lower()
        if name in self.schema.names:
            self.index += 1
            return name
        problem = QueryProblem(
            message=f"there is no field {lexeme.text!r}, so it is read as a word",
            position=lexeme.position,
            unknown_field=lexeme.text,
        )
        self.problems.append(problem)
        # Passed over as a field, it is still a word of the query.
        self._replace_lexeme(Lexeme(LexemeKind.WORD, lexeme.text, lexeme.position))
        return None

    def _split_at_apostrophes(self) -> None:
        """Make `l'eau` and `İstanbul'un` two plain words each, not a phrase.

        What follows the apostrophe is an ending as often as a word. Measured on 1,000 Turkish
        questions (tquad, nDCG at 10): as phrases 0.771, as two words 0.778.
        """
        lexeme = self.lexemes[self.index]
        parts = [part for part in _APOSTROPHE.split(lexeme.text) if part]
        if len(parts) > 1:
            at = lexeme.position
            self._replace_lexeme(*(Lexeme(LexemeKind.WORD, part, at) for part in parts))

    def _replace_lexeme(self, *lexemes: Lexeme) -> None:
        self.lexemes = (
            *self.lexemes[: self.index],
            *lexemes,
            *self.lexemes[self.index + 1 :],
        )

    def _operand(self, field_name: str | None, *, depth: int) -> Query | None:
        lexeme = self.lexemes[self.index]
        self.index += 1
        if lexeme.kind is LexemeKind.OPEN:
            return self._group(lexeme, field_name, depth=depth)
        if lexeme.kind is LexemeKind.UNCLOSED:
            self._problem("the quote is not closed", at=lexeme)
        if lexeme.kind is LexemeKind.WORD:
            query = self._word(lexeme, field_name)
        else:
            query = self._words(lexeme.text, field_name)
        return self._counted(query, lexeme)

    def _group(self, lexeme: Lexeme, field_name: str | None, *, depth: int) -> Query | None:
        if depth >= MAX_DEPTH:
            self._problem(f"parentheses nest deeper than {MAX_DEPTH}", at=lexeme)
            return None  # what is inside is read on as if it stood outside
        query = self._alternatives(depth=depth + 1)
        if self._peek() is not LexemeKind.CLOSE:
            self._problem("this parenthesis is not closed", at=lexeme)
        else:
            self.index += 1
            if query is None:
                self._problem("there is nothing between these parentheses", at=lexeme)
        if query is None:
            return None
        return _within(query, field_name) if field_name else query

    def _word(self, lexeme: Lexeme, field_name: str | None) -> Query | None:
        text = lexeme.text
        if text == "*":
            if field_name:
                self._problem(f"what the {field_name} begins with is missing", at=lexeme)
                return None
            return MatchAll()
        is_prefix = text.endswith("*")
        text = text.rstrip("*")
        if "*" in text:
            self._problem("a * may stand only at the end of a word", at=lexeme)
            text = text.replace("*", " ")
        query = self._words(text, field_name)
        if not is_prefix or query is None:
            return query
        self.prefixes += 1
        if self.prefixes > MAX_PREFIXES:
            self._problem(
                f"only the first {MAX_PREFIXES} words with a * are searched for", at=lexeme
            )
            return None
        return _as_prefix(query, field_name)

    def _words(self, text: str, field_name: str | None) -> Query | None:
        """Return a term for one word, a phrase for several, None for punctuation alone."""
        terms = tuple(
            Term(exact=token.exact, folded=token.folded) for token in self.analyzer.tokens(text)
        )
        if len(terms) > 1:
            return Phrase(terms=terms, field=field_name)
        return replace(terms[0], field=field_name) if terms else None

    def _counted(self, query: Query | None, lexeme: Lexeme) -> Query | None:
        if query is None:
            return None
        self.leaves += len(query.terms) if isinstance(query, Phrase) else 1
        if self.leaves <= MAX_LEAVES:
            return query
        if self.leaves - (len(query.terms) if isinstance(query, Phrase) else 1) <= MAX_LEAVES:
            self._problem(f"only the first {MAX_LEAVES} words are searched for", at=lexeme)
        return None

    def _peek(self) -> LexemeKind | None:
        return self.lexemes[self.index].kind if self.index < len(self.lexemes) else None

    def _problem(self, message: str, *, at: Lexeme | None = None) -> None:
        lexeme = at or self.lexemes[self.index]
        problem = QueryProblem(message=message, position=lexeme.position)
        if problem not in self.problems:  # one slip may be noticed from both of its sides
            self.problems.append(problem)


def _as_prefix(query: Query, field_name: str | None) -> Query:
    """Return a word, or the last word of several, as the beginning of a word."""
    *terms, last = query.terms if isinstance(query, Phrase) else (query,)
    if not isinstance(last, Term):
        return query
    prefix = Prefix(exact=last.exact, folded=last.folded, field=field_name)
    if not terms:
        return prefix
    whole = terms[0] if len(terms) == 1 else Phrase(terms=tuple(terms))
    return And(children=(replace(whole, field=field_name), prefix))


def _plain(words: tuple[Query, ...]) -> Query:
    """Return a run of plain words: all of up to three, half of them beyond.

    Measured on whole titles as queries over 45,284 articles (MRR at 10, median matches): no rule
    0.831, everything; this rule 0.831, 2,710; three quarters 0.803, 40; all of them 0.761, 15.
    """
    count = len(words)
    if count == 1:
        return words[0]
    return Words(children=words, minimum=count if count <= 3 else (count + 1) // 2)


def _joined(node: type[And | Or], parts: Sequence[Query]) -> Query:
    """Return `parts` under one `node`, or the only part by itself."""
    return parts[0] if len(parts) == 1 else node(children=tuple(parts))


def _within(query: Query, field_name: str) -> Query:
    """Return `query` with every leaf that names no field of its own bound to `field_name`."""
    match query:
        case Term() | Prefix() | Phrase():
            return query if query.field else replace(query, field=field_name)
        case And() | Or() | Words():
            bound = tuple(_within(child, field_name) for child in query.children)
            return replace(query, children=bound)
        case Not():
            return replace(query, child=_within(query.child, field_name))
        case MatchAll():
            return query
