"""Reads what a user types into a query: leniently for people, strictly for programs.

A text of nothing but words is read by `plain`. How the pieces of any other text make a tree is said
in `grammar`, which is loaded when there is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from civicsearch.analysis.analyzer import Analyzer
from civicsearch.errors import QuerySyntaxError, UnknownFieldError
from civicsearch.query.plain import MAX_QUERY_CHARS, read_only_words
from civicsearch.schema import DEFAULT_SCHEMA, Schema

if TYPE_CHECKING:
    from civicsearch.query.nodes import Query
    from civicsearch.query.problems import QueryProblem

__all__ = ["MAX_QUERY_CHARS", "ParsedQuery", "parse_query", "parse_query_leniently"]


class ParsedQuery(NamedTuple):
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
            from civicsearch.query.ranges import RANGE_FIELDS

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
    only_words = read_only_words(text, analyzer)
    if only_words is not None:
        return ParsedQuery(query=only_words, problems=())
    return _read_fully(text, schema, analyzer)


def _read_fully(text: str, schema: Schema, analyzer: Analyzer) -> ParsedQuery:
    from civicsearch.query.grammar import Grammar
    from civicsearch.query.lexer import iter_lexemes
    from civicsearch.query.operators import WordReader
    from civicsearch.query.problems import Problems

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
