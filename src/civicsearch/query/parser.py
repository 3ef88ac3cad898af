"""Reads what a user types into a query: leniently for people, strictly for programs.

How the pieces of a text make a tree is said in `grammar`; here is the door, and the short way for
texts that hold nothing but words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from civicsearch.analysis.analyzer import Analyzer
from civicsearch.errors import QuerySyntaxError, UnknownFieldError
from civicsearch.query.grammar import MAX_LEAVES, Grammar, plain_words
from civicsearch.query.lexer import APOSTROPHES, OPERATORS, iter_lexemes
from civicsearch.query.nodes import Query, Term
from civicsearch.query.operators import WordReader
from civicsearch.query.problems import Problems, QueryProblem
from civicsearch.query.ranges import RANGE_FIELDS
from civicsearch.schema import DEFAULT_SCHEMA, Schema

__all__ = ["MAX_QUERY_CHARS", "ParsedQuery", "parse_query", "parse_query_leniently"]

MAX_QUERY_CHARS = 1000
"""A longer query is cut (leniently) or refused (strictly). The longest real headline has 300."""

_WORD = rf"[^\W_{APOSTROPHES}]+"
_ENDING = "[,;.:!?…]*"
_DASHES = "-–—"
_ONLY_WORDS = re.compile(rf"{_WORD}(?:{_ENDING} +(?:[{_DASHES}] +)?{_WORD})*{_ENDING}")
_NUMBERS_IN_A_ROW = re.compile(r"\d +\d")  # perhaps one number: 1 700


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
            known = (*schema.names, *RANGE_FIELDS)
            raise UnknownFieldError(first.unknown_field, known=known)
        raise QuerySyntaxError(first.message, text=text, position=first.position)
    if parsed.query is None:
        raise QuerySyntaxError(reason="there is nothing to search for", text=text, position=0)
    return parsed.query


def parse_query_leniently(
    text: str, *, schema: Schema = DEFAULT_SCHEMA, analyzer: Analyzer | None = None
) -> ParsedQuery:
    """Return the best reading of `text` and its problems. Never raises, whatever is typed."""
    analyzer = analyzer or Analyzer()
    only_words = _read_only_words(text, analyzer)
    if only_words is not None:
        return ParsedQuery(query=only_words, problems=())
    return _read_fully(text, schema, analyzer)


def _read_only_words(text: str, analyzer: Analyzer) -> Query | None:
    """Return the query of a text of words as in a headline, or None for any other text.

    Words are letters and digits; behind them may stand punctuation, between them a dash. The
    grammar gives the same in five times the time.
    """
    text = text.strip(" ")
    if len(text) > MAX_QUERY_CHARS or not _ONLY_WORDS.fullmatch(text):
        return None
    words = [word for word in text.split() if word not in _DASHES]
    if not OPERATORS.keys().isdisjoint(words) or _NUMBERS_IN_A_ROW.search(text):
        return None
    tokens = analyzer.tokens(text)
    if len(tokens) != len(words) or len(tokens) > MAX_LEAVES:
        return None
    forms = {token.exact: token.folded for token in tokens}  # a word typed twice is one
    return plain_words(tuple(_term(exact, folded) for exact, folded in forms.items()))


@lru_cache(maxsize=1 << 14)
def _term(exact: str, folded: str) -> Term:
    """Return a plain word. Queries repeat their words, and a node takes a microsecond to make."""
    return Term(exact=exact, folded=folded)


def _read_fully(text: str, schema: Schema, analyzer: Analyzer) -> ParsedQuery:
    problems = Problems()
    if len(text) > MAX_QUERY_CHARS:
        message = f"only the first {MAX_QUERY_CHARS} characters are searched for"
        problems.add(message, MAX_QUERY_CHARS)
        text = text[:MAX_QUERY_CHARS]
    grammar = Grammar(
        lexemes=list(iter_lexemes(text)),
        schema=schema,
        words=WordReader(analyzer=analyzer, problems=problems),
        problems=problems,
    )
    query = grammar.parse()
    return ParsedQuery(query=query, problems=problems.in_order())
