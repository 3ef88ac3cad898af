"""From what was typed to the answer: the query read, the engine asked, hits made of its matches.

Where words together find nothing, documents with some of them are asked for. What is found out
later, when it is read (the cursor, other queries to offer), is loaded then.
"""

from __future__ import annotations

import time
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from civicsearch.query.expansion import Expansion
from civicsearch.query.nodes import (
    MatchAll,
    Term,
    accented_share,
    has_long_run,
    is_relaxable,
    iter_positive_leaves,
    relax,
    runs_of,
)
from civicsearch.query.parser import MAX_QUERY_CHARS, parse_query, parse_query_leniently
from civicsearch.search.request import Filters, SearchRequest, Sort
from civicsearch.search.results import Results, hit_of
from civicsearch.search.telling import telling_of
from civicsearch.values import replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from civicsearch.analysis.analyzer import Analyzer
    from civicsearch.query.abbreviations import Abbreviations
    from civicsearch.query.nodes import Query
    from civicsearch.search.engine import Matches, Searcher
    from civicsearch.search.telling import Telling

__all__ = ["ReadQuery", "answer", "as_answered", "read_query"]

_RELAXED = "No document has enough of these words; these have some of them."
_MOST_NOTICES = 5
_SURELY_MEANT = 0.5
"""Who types so many words with accents types all as they are meant: one in five has none."""


class ReadQuery(NamedTuple):
    """A query as it was understood.

    Attributes:
        text: What was read of what was typed: its first `MAX_QUERY_CHARS`.
        query: What is searched for.
        notices: A sentence about each slip.
        expansions: What was also read as something else.
        may_differ: Whether words may be found in other forms, and others stand in for those that no
            article has.
    """

    text: str
    query: Query
    notices: Sequence[str]
    expansions: tuple[Expansion, ...]
    may_differ: bool = True


class _Found(NamedTuple):
    """What an engine answered, and to what: the request, or one content with fewer words."""

    searcher: Searcher
    request: SearchRequest
    matches: Matches
    is_relaxed: bool


def read_query(
    text: str, *, analyzer: Analyzer, abbreviations: Abbreviations | None, is_strict: bool
) -> ReadQuery:
    """Return the query that a text spells, and a sentence about each slip in it.

    Args:
        text: The query as typed.
        analyzer: That of the archive.
        abbreviations: What is also read as something else; None searches only for what is typed.
        is_strict: Whether a slip is an error.

    Raises:
        RequestError: There is nothing to search for, or, read strictly, a slip.
    """
    parsed = parse_query_leniently(text, analyzer=analyzer, abbreviations=abbreviations)
    query = parsed.query
    if query is None or (is_strict and parsed.problems):
        query = parse_query(text, analyzer=analyzer)  # says what is wrong
    notices = [
        f"In the query, at character {problem.position + 1}: {problem.message}."
        for problem in parsed.problems[:_MOST_NOTICES]
    ]
    if len(parsed.problems) > _MOST_NOTICES:
        more = len(parsed.problems) - _MOST_NOTICES
        notices.append(f"In the query, there are {more:,} more places that were not understood.")
    may_differ = abbreviations is not None
    return ReadQuery(text[:MAX_QUERY_CHARS], query, notices, parsed.expansions, may_differ)


def answer(
    searcher: Searcher,
    request: SearchRequest,
    *,
    cursor: str | None,
    read: ReadQuery,
    analyzer: Analyzer,
    started: float,
) -> Results:
    """Ask a searcher and return what a user is told.

    Args:
        searcher: A snapshot of the archive.
        request: What is asked.
        cursor: Where an earlier page ended, to go on there.
        read: What is to be said about the query.
        analyzer: That of the archive.
        started: When the question came, by `time.perf_counter`.

    Raises:
        InvalidOptionError: The cursor is damaged or of another search.
    """
    found = _find(searcher, request, cursor, read)
    matches, query = found.matches, found.request.query
    telling = cache(partial(_telling, found))
    told = dict.fromkeys(_iter_told(request.query, query))
    hits = [
        hit_of(
            match,
            rank,
            query,
            analyzer=analyzer,
            explain=partial(searcher.explain, found.request, match.document_id),
            telling=telling,
        )
        for rank, match in enumerate(matches.matches, start=found.request.passed + 1)
    ]
    return Results(
        query=read.text,
        total=lambda: matches.total,
        hits=tuple(hits),
        facets=matches.facets,
        notices=(*read.notices, _RELAXED) if found.is_relaxed else tuple(read.notices),
        expansions=(*read.expansions, *told),
        elapsed_ms=(time.perf_counter() - started) * 1000,
        # What a query means that was not understood is not guessed at.
        suggestions=() if read.notices else partial(_corrections, read.text, found, analyzer),
        cursor=partial(_cursor, read.text, request.query, found),
    )


def _telling(found: _Found) -> Telling:
    searcher = found.searcher
    return telling_of(found.request.query, frequency=searcher.frequency, documents=searcher.count())


def _find(
    searcher: Searcher, request: SearchRequest, cursor: str | None, read: ReadQuery
) -> _Found:
    if cursor is not None:
        from civicsearch.search.cursor import continued

        request, is_relaxed = continued(request, cursor, text=read.text)
        return _Found(searcher, request, searcher.search(request), is_relaxed)
    return _answered(searcher, request, read)


def _as_asked(searcher: Searcher, request: SearchRequest, read: ReadQuery) -> SearchRequest:
    """Return a request with what the words of the archive tell of the query that was read."""
    if read.may_differ and has_long_run(request.query):
        request = _with_word_forms(searcher, _with_stand_ins(searcher, request))
    return _as_meant(searcher, request)


def as_answered(searcher: Searcher, request: SearchRequest, read: ReadQuery) -> SearchRequest:
    """Return the request that is answered.

    Where nothing else is found it is in all forms of words, or content with fewer of them.
    """
    return _answered(searcher, request, read).request


def _answered(searcher: Searcher, request: SearchRequest, read: ReadQuery) -> _Found:
    request = _dated(searcher, _as_asked(searcher, request, read))
    matches = searcher.search(request)
    if read.may_differ and is_relaxable(request.query) and _is_empty(matches):
        wider = _with_word_forms(searcher, request, in_all=True)
        if wider is not request:
            request, matches = wider, searcher.search(wider)
    if _is_empty(matches) and is_relaxable(request.query):
        relaxed = replace(request, query=relax(request.query))
        found = searcher.search(relaxed)
        if not _is_empty(found):
            return _Found(searcher, relaxed, found, is_relaxed=True)
    return _Found(searcher, request, matches, is_relaxed=False)


def _with_stand_ins(searcher: Searcher, request: SearchRequest) -> SearchRequest:
    """Return a request in which other words stand for those of long queries that are nowhere."""
    words = [leaf for leaf in iter_positive_leaves(request.query) if isinstance(leaf, Term)]
    if all(map(searcher.frequency, words)):
        return request
    from civicsearch.suggesting import stand_ins

    query = stand_ins.with_stand_ins(request.query, searcher)
    return request if query is request.query else replace(request, query=query)


def _with_word_forms(
    searcher: Searcher, request: SearchRequest, *, in_all: bool = False
) -> SearchRequest:
    """Return a request in which the words of long queries, or all, count in other forms too."""
    from civicsearch.suggesting import word_forms

    query = word_forms.with_word_forms(request.query, searcher, in_all=in_all)
    return request if query is request.query else replace(request, query=query)


def _iter_told(typed: Query, asked: Query) -> Iterator[Expansion]:
    """Yield which words stand for which, and which forms of words a short query was read as.

    In a long one, forms only rank.
    """
    if asked is typed:
        return
    from civicsearch.suggesting import stand_ins, word_forms

    for one, other in stand_ins.iter_stand_ins(typed, asked):
        yield Expansion(one, (other,))
    for run, forms in zip(runs_of(typed), word_forms.forms_in(asked), strict=True):
        for child, others in zip(run.children, forms, strict=True):
            if others and not run.share and isinstance(child, Term):
                yield Expansion(child.exact, tuple(others))


def _as_meant(searcher: Searcher, request: SearchRequest) -> SearchRequest:
    """Return a request that tells what is likely meant by words without accents, for ranking."""
    is_ranked = not request.is_by_date and request.limit
    if not is_ranked or accented_share(request.query) == 1.0:
        return request
    from civicsearch.suggesting import meaning

    query = meaning.as_meant(request.query, searcher.vocabulary)
    return request if query is request.query else replace(request, query=query)


def _dated(searcher: Searcher, request: SearchRequest) -> SearchRequest:
    """Return a request that tells from which day age is counted: that of the newest article."""
    if request.sort is not Sort.RECENT:
        return request
    newest = searcher.search(SearchRequest(query=MatchAll(), limit=1, sort=Sort.NEWEST)).matches
    day = newest[0].load().published if newest else None
    return replace(request, newest=day.toordinal()) if day else request


def _corrections(text: str, found: _Found, analyzer: Analyzer) -> tuple[str, ...]:
    """Return what may have been meant; nothing where enough is found of what was.

    To look for other readings takes longer than the search.
    """
    request = found.request
    is_enough = len(found.matches.matches) == request.limit > 0 and not found.is_relaxed
    if is_enough and accented_share(request.query) >= _SURELY_MEANT:
        return ()
    from civicsearch.search.suggestions import KnownBest, corrections

    known = None
    if request.sort is Sort.RELEVANCE and request.filters == Filters() and not request.after:
        ids = found.matches.ranked()
        known = KnownBest(request.query, ids, is_relaxed=found.is_relaxed)
    return corrections(
        found.searcher, text, filters=request.filters, analyzer=analyzer, known=known
    )


def _cursor(text: str, typed: Query, found: _Found) -> str | None:
    from civicsearch.search.cursor import make_cursor

    _, request, matches, is_relaxed = found
    return make_cursor(matches.end, text=text, typed=typed, request=request, is_relaxed=is_relaxed)


def _is_empty(matches: Matches) -> bool:
    """Return whether nothing matches; only where the page is empty must that be counted."""
    return not matches.matches and not matches.total.value
