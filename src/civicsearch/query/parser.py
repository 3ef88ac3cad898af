"""Reads what a user types into a query: leniently for people, strictly for programs.

A text of nothing but words is read by `plain`. How the pieces of any other text make a tree is said
in `grammar`, which is loaded when there is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from civicsearch.analysis.analyzer import Analyzer
from civicsearch.errors import QuerySyntaxError, UnknownFieldError
from civicsearch.query.expansion import expand, only_words
from civicsearch.query.plain import MAX_QUERY_CHARS, read_only_words
from civicsearch.schema import DEFAULT_SCHEMA, Schema

if TYPE_CHECKING:
    from civicsearch.query.abbreviations import Abbreviations
    from civicsearch.query.expansion import Expansion
    from civicsearch.query.nodes import Query
    from civicsearch.query.problems import QueryProblem

__all__ = ["MAX_QUERY_CHARS", "ParsedQuery", "parse_query", "parse_query_leniently"]


class ParsedQuery(NamedTuple):
    """A query and what was odd about its text.

    Attributes:
        query: The tree, or None where the text holds nothing to search for.
        problems: In the order of the text; empty when all of it was understood.
        expansions: What was also read as something else, in the order of the text.
    """

    query: Query | None
    problems: tuple[QueryProblem, ...]
    expansions: tuple[Expansion, ...] = ()


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
    text: str,
    *,
    schema: Schema = DEFAULT_SCHEMA,
    analyzer: Analyzer | None = None,
    abbreviations: Abbreviations | None = None,
) -> ParsedQuery:
    """Return the best reading of `text` and its problems. Never raises, whatever is typed.

    Args:
        text: What was typed.
        schema: Which fields there are.
        analyzer: That of the archive.
        abbreviations: What is also read as something else; None expands nothing.
    """
    analyzer = analyzer or Analyzer()
    query = read_only_words(text, analyzer)
    if query is None:
        return _read_fully(text, schema, analyzer, abbreviations)
    if abbreviations is None:
        return ParsedQuery(query=query, problems=())
    query, expansions = only_words(query, text, analyzer, abbreviations)
    return ParsedQuery(query=query, problems=(), expansions=expansions)


def _read_fully(
    text: str, schema: Schema, analyzer: Analyzer, abbreviations: Abbreviations | None
) -> ParsedQuery:
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
    expansions: tuple[Expansion, ...] = ()
    if query is not None and abbreviations is not None:
        from civicsearch.query.pieces import iter_pieces

        pieces = list(iter_pieces(text, analyzer))
        query, expansions = expand(query, text, pieces, abbreviations)
    return ParsedQuery(query=query, problems=problems.in_order(), expansions=expansions)
