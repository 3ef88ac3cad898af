"""The query language: what a user types, as a tree of nodes that every engine understands."""

from civicsearch.query.nodes import (
    And,
    Leaf,
    MatchAll,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Words,
)
from civicsearch.query.parser import (
    ParsedQuery,
    QueryProblem,
    parse_query,
    parse_query_leniently,
)

__all__ = [
    "And",
    "Leaf",
    "MatchAll",
    "Not",
    "Or",
    "ParsedQuery",
    "Phrase",
    "Prefix",
    "Query",
    "QueryProblem",
    "Term",
    "Words",
    "parse_query",
    "parse_query_leniently",
]
