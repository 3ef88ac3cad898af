"""Asking and answering: requests, results, snippets, and the protocol of the engines.

What a query means is decided in `query`; how it is evaluated, by an engine.
"""

from civicsearch.search.engine import Engine, Explanation, Match, Matches, Searcher, Writer
from civicsearch.search.request import Filters, SearchRequest, Sort
from civicsearch.search.results import Hit, Results, TotalHits
from civicsearch.search.snippets import Snippet

__all__ = [
    "Engine",
    "Explanation",
    "Filters",
    "Hit",
    "Match",
    "Matches",
    "Results",
    "SearchRequest",
    "Searcher",
    "Snippet",
    "Sort",
    "TotalHits",
    "Writer",
]
