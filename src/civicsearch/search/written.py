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
    searcher: Searcher, words: Sequence[str], *, typed: Collection[str] = ()
) -> tuple[str, ...]:
    """Return exact forms as the best documents for all of them spell them.

    Args:
        searcher: A snapshot of the archive.
        words: The exact forms, in order.
        typed: Forms that somebody has typed: these stay as they are.
    """
    ways = {word: found for word in words if word not in typed and (found := spellings(word))[1:]}
    if not ways:
        return tuple(words)
    terms = [Term(exact=word, folded=fold(word)) for word in dict.fromkeys(words)]
    query = plain_words(tuple(terms[:MAX_LEAVES]))
    matches = searcher.search(SearchRequest(query=query, limit=_MOST_READ)).matches
    documents = [match.load() for match in matches]
    text = normalize("\n".join(f"{one.title}\n{one.text}" for one in documents)).casefold()
    written = {word: _usual(found, text) for word, found in ways.items()}
    return tuple(written.get(word, word) for word in words)


def _usual(ways: Sequence[str], text: str) -> str:
    """Return the spelling that a text has most often, the first one of equals."""
    return max(ways, key=lambda way: len(re.findall(rf"\b{re.escape(way)}\b", text)))
