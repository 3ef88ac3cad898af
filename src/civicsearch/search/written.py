"""How the archive itself writes words that are about to be offered.

The exact form makes spelling standards one, for all languages: Spanish `sí` is `sý` there, French
`qui` is `quy`. Nobody should be shown that, so the documents that hold the words are asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold, normalize, spellings
from civicsearch.query.nodes import Term
from civicsearch.query.plain import MAX_LEAVES, plain_words
from civicsearch.search.request import SearchRequest

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from civicsearch.search.engine import Searcher

__all__ = ["as_written"]

_MOST_READ = 3
"""So many documents are read. They hold all of the words, and so are in one language mostly."""


def as_written(
    searcher: Searcher,
    offers: Sequence[Sequence[str]],
    *,
    typed: Collection[str] = (),
) -> list[tuple[str, ...]]:
    """Return offers, each some exact forms, as the best documents for them spell them.

    A word is looked for with the first offer that has it, and is spelled so in all: one search for
    each offer makes completions three times slower.

    Args:
        searcher: A snapshot of the archive.
        offers: The exact forms of each, in order; likeliest first.
        typed: Forms that somebody has typed: these stay as they are.
    """
    written = {word: word for word in typed}
    for words in offers:
        ways = {word: spellings(word) for word in words if word not in written}
        is_doubtful = any(len(found) > 1 for found in ways.values())
        text = _text_with(searcher, words) if is_doubtful else ""
        written.update((word, _usual(found, text)) for word, found in ways.items())
    return [tuple(written[word] for word in words) for words in offers]


def _text_with(searcher: Searcher, words: Sequence[str]) -> str:
    """Return the texts of the best documents for some words, one behind the other."""
    terms = [Term(exact=word, folded=fold(word)) for word in dict.fromkeys(words)]
    query = plain_words(tuple(terms[:MAX_LEAVES]))
    matches = searcher.search(SearchRequest(query=query, limit=_MOST_READ)).matches
    documents = [match.load() for match in matches]
    return normalize("\n".join(f"{one.title}\n{one.text}" for one in documents)).casefold()


def _usual(ways: Sequence[str], text: str) -> str:
    """Return the spelling that a text has most often, the first one of equals."""
    if len(ways) == 1:
        return ways[0]
    return max(ways, key=lambda way: len(re.findall(rf"\b{re.escape(way)}\b", text)))
