"""Articles about the same thing as one: a query made of what tells most about it.

Words tell by how often they are in the article, weighted by zone, and by how rare they are in the
archive; two words side by side tell as both together. The best of them become a run of plain words
in which words that belong together are neighbours, so that it is ranked as any query is.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict
from functools import partial
from itertools import islice, pairwise
from typing import TYPE_CHECKING, TypeVar

from civicsearch.query.nodes import Term, Words
from civicsearch.ranking.bm25 import idf
from civicsearch.schema import DEFAULT_SCHEMA, field_texts
from civicsearch.search.request import MAX_LIMIT, SearchRequest
from civicsearch.search.results import Results, TotalHits, hit_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from civicsearch.analysis.analyzer import Analyzer
    from civicsearch.analysis.tokens import Token
    from civicsearch.document import Document
    from civicsearch.query.nodes import Query
    from civicsearch.search.engine import Searcher
    from civicsearch.search.results import Hit

__all__ = ["find_related", "related_query"]

Thing = TypeVar("Thing")
_Forms = tuple[str, str]

_MOST_PAIRS, _MOST_WORDS = 12, 12
_MOST_TOKENS = 5000
"""More of an article are not read: what it is about is said by then."""
_LEAST_SHARE = 0.1
"""How much of all this an article must hold to be found at all."""


def find_related(
    searcher: Searcher, document: Document, *, limit: int, analyzer: Analyzer
) -> Results:
    """Return the articles that are most about the same thing, without the article itself.

    The total is theirs: it is a lower bound where there may be more.

    Args:
        searcher: A snapshot of the archive.
        document: The article; it may be of another archive.
        limit: How many are wanted.
        analyzer: That of the archive.
    """
    started = time.perf_counter()
    query = related_query(searcher, document, analyzer=analyzer)
    hits: list[Hit] = []
    are_all = query is None
    if query is not None and limit:
        # One more than is wanted, for the article itself is among them as a rule.
        request = SearchRequest(query=query, limit=min(limit + 1, MAX_LIMIT))
        matches = searcher.search(request).matches
        are_all = len(matches) < request.limit
        for match in matches:
            if match.document_id != document.document_id and len(hits) < limit:
                explain = partial(searcher.explain, request, match.document_id)
                rank = len(hits) + 1
                hits.append(hit_of(match, rank, query, analyzer=analyzer, explain=explain))
    return Results(
        query=document.document_id,
        total=TotalHits(value=len(hits), exact=are_all),
        hits=tuple(hits),
        elapsed_ms=(time.perf_counter() - started) * 1000,
    )


def related_query(searcher: Searcher, document: Document, *, analyzer: Analyzer) -> Query | None:
    """Return a query for what `document` is about, or None where it has no words."""
    words: defaultdict[_Forms, float] = defaultdict(float)
    pairs: defaultdict[tuple[_Forms, _Forms], float] = defaultdict(float)
    for weight, tokens in _iter_zones(document, analyzer):
        for token in tokens:
            words[_forms(token)] += weight
        for one, other in pairwise(tokens):
            if one.sentence == other.sentence:
                pairs[_forms(one), _forms(other)] += weight
    rarity = _Rarity(searcher)
    telling = _best(words, rarity.of_word, _MOST_WORDS)
    together = _best(pairs, rarity.of_pair, _MOST_PAIRS)
    chosen = [word for pair in together for word in pair]
    chosen += [word for word in telling if word not in chosen]
    terms = tuple(Term(exact=exact, folded=folded) for exact, folded in chosen)
    if len(terms) < 2:
        return terms[0] if terms else None
    return Words(children=terms, minimum=1, share=_LEAST_SHARE)


def _iter_zones(document: Document, analyzer: Analyzer) -> Iterator[tuple[float, list[Token]]]:
    """Yield what a word counts in each zone, and the words there."""
    texts = field_texts(document)
    left = _MOST_TOKENS
    for zone in DEFAULT_SCHEMA.zones:
        tokens = list(islice(analyzer.iter_tokens(texts[zone.name]), left))
        left -= len(tokens)
        yield zone.weight, tokens


def _forms(token: Token) -> _Forms:
    return token.exact, token.folded


def _best(
    often: Mapping[Thing, float], rarity: Callable[[Thing], float], count: int
) -> list[Thing]:
    """Return what tells most, the first of equal ones first; what is often told counts less."""
    worth = {thing: rarity(thing) * math.sqrt(times) for thing, times in often.items()}
    return sorted(worth, key=lambda thing: -worth[thing])[:count]


class _Rarity:
    """How much words tell in an archive: their idf, and nothing for numbers."""

    def __init__(self, searcher: Searcher) -> None:
        self._vocabulary = searcher.vocabulary
        self._documents = searcher.count()
        self._known: dict[_Forms, float] = {}

    def of_word(self, word: _Forms) -> float:
        if word not in self._known:
            exact, folded = word
            forms = {form.exact: form.documents for form in self._vocabulary.forms(folded)}
            frequency = forms.get(exact, 0)
            tells = frequency > 1 and not folded.isdigit()  # once: in this article alone
            self._known[word] = idf(frequency, self._documents) if tells else 0.0
        return self._known[word]

    def of_pair(self, pair: tuple[_Forms, _Forms]) -> float:
        one, other = map(self.of_word, pair)
        return one + other if one and other else 0.0
