"""The query language: what a user types, as a tree of nodes that every engine understands."""

from civicsearch.query.nodes import (
    And,
    Boost,
    Fuzzy,
    Leaf,
    MatchAll,
    Near,
    Not,
    Number,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Synonyms,
    Term,
    Wildcard,
    Words,
)
from civicsearch.query.parser import ParsedQuery, parse_query, parse_query_leniently
from civicsearch.query.problems import QueryProblem

__all__ = [
    "And",
    "Boost",
    "Fuzzy",
    "Leaf",
    "MatchAll",
    "Near",
    "Not",
    "Number",
    "Or",
    "ParsedQuery",
    "Phrase",
    "Prefix",
    "Query",
    "QueryProblem",
    "Range",
    "Synonyms",
    "Term",
    "Wildcard",
    "Words",
    "parse_query",
    "parse_query_leniently",
]
