"""Why a document is found by a query, or why it is not: clause by clause, with what is near.

The text of the document is read anew, by the rules that engines are held to, so every node of every
query can be told; the engine is asked for the rank and the parts of the score.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from civicsearch.analysis.analyzer import UNACCENTED
from civicsearch.query.likeness import is_within_edits
from civicsearch.query.matching import iter_occurrences
from civicsearch.query.nodes import (
    And,
    Boost,
    MatchAll,
    Near,
    Not,
    Number,
    Or,
    Phrase,
    Range,
    Synonyms,
    Term,
    Words,
    describe,
)
from civicsearch.schema import DEFAULT_SCHEMA, field_texts
from civicsearch.search.quorum import quorum_of
from civicsearch.search.request import MAX_LIMIT, SearchRequest, moment_key
from civicsearch.values import replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from civicsearch.analysis.analyzer import Analyzer
    from civicsearch.analysis.tokens import Token
    from civicsearch.document import Document
    from civicsearch.query.nodes import Leaf, Query
    from civicsearch.search.engine import Explanation, Searcher

__all__ = ["Clause", "Diagnosis", "diagnose"]

_MOST_NEAR = 3
_LONG_WORD = 4
"""A shorter word with a letter changed is another word."""


class Clause(NamedTuple):
    """One part of a query, and what became of it.

    Attributes:
        text: The part, as a user would type it, or what it asks for.
        holds: Whether it holds in the document.
        detail: Where it was found, or what is in its way, as half a sentence.
        parts: Of a part with parts, these.
    """

    text: str
    holds: bool
    detail: str
    parts: tuple[Clause, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the clause as JSON-ready values."""
        values = {"text": self.text, "holds": self.holds, "detail": self.detail}
        return {**values, "parts": [part.to_dict() for part in self.parts]}


class Diagnosis(NamedTuple):
    """Why a document is found, or is not.

    Attributes:
        document_id: The document.
        title: Its headline.
        query: The query as typed: its first 1,000 characters.
        matches: Whether it is found.
        rank: Its place among the hits, from 1; None where it is none of the first 1,000.
        score: Its score; None where it is not found.
        clause: The query.
        filters: Filters that it does not pass, as clauses; those it passes are not named.
        explanation: How the score came about.
    """

    document_id: str
    title: str
    query: str
    matches: bool
    rank: int | None
    score: float | None
    clause: Clause
    filters: tuple[Clause, ...]
    explanation: Explanation | None

    def to_dict(self) -> dict[str, Any]:
        """Return the diagnosis as JSON-ready values; how the score came about, as its parts."""
        parts = self.explanation.parts if self.explanation else ()
        return {
            "document_id": self.document_id,
            "title": self.title,
            "query": self.query,
            "matches": self.matches,
            "rank": self.rank,
            "score": None if self.score is None else round(self.score, 6),
            "filters": [clause.to_dict() for clause in self.filters],
            "clause": self.clause.to_dict(),
            "score_parts": [
                {"value": round(part.value, 6), "description": part.description} for part in parts
            ],
        }


def diagnose(
    searcher: Searcher, document: Document, text: str, request: SearchRequest, *, analyzer: Analyzer
) -> Diagnosis:
    """Return why a document is found by a request, or why it is not.

    Args:
        searcher: A snapshot of the archive.
        document: The document, as stored.
        text: The query as typed.
        request: What it asks.
        analyzer: That of the archive.
    """
    clause = _Reader(searcher, document, analyzer).read(request.query)
    filters = tuple(_failed_filters(document, request))
    matches = clause.holds and not filters
    rank, explanation = None, None
    if matches:
        explanation = searcher.explain(request, document.document_id)
        found = searcher.search(replace(request, limit=MAX_LIMIT, offset=0, facets=())).matches
        ids = [match.document_id for match in found]
        rank = ids.index(document.document_id) + 1 if document.document_id in ids else None
    return Diagnosis(
        document_id=document.document_id,
        title=document.title,
        query=text,
        matches=matches,
        rank=rank,
        score=explanation.value if explanation else None,
        clause=clause,
        filters=filters,
        explanation=explanation,
    )


class _Reader:
    """Reads a query in one document."""

    def __init__(self, searcher: Searcher, document: Document, analyzer: Analyzer) -> None:
        self._document = document
        self._tokens: Mapping[str, list[Token]] = analyzer.field_tokens(field_texts(document))
        self._documents = searcher.count()
        self._frequency = searcher.frequency

    def read(self, query: Query) -> Clause:
        """Return what became of a node."""
        match query:
            case And() | Or():
                parts = tuple(map(self.read, query.children))
                held = [part.holds for part in parts]
                name, holds = (
                    ("any of", any(held)) if isinstance(query, Or) else ("all of", all(held))
                )
                return Clause(name, holds, _counted(parts), parts)
            case Words():
                return self._words(query)
            case Not():
                return self._not(query)
            case Boost():
                return self.read(query.child)
            case Range() | MatchAll():
                return self._condition(query)
            case _:
                return self._leaf(query)

    def _not(self, query: Not) -> Clause:
        child = self.read(query.child)
        detail = f"must not be there, and is: {child.detail}" if child.holds else "is not there"
        return Clause(f"not {child.text}", not child.holds, detail, child.parts)

    def _words(self, query: Words) -> Clause:
        parts = tuple(map(self.read, query.children))
        quorum = quorum_of(query, frequency=self._frequency, documents=self._documents)
        held = sum(v for part, v in zip(parts, quorum.votes, strict=True) if part.holds)
        detail = f"{_counted(parts)}, {quorum.least} needed"
        if query.share:
            total = sum(quorum.votes) or 1
            detail = (
                f"{_counted(parts)}; they tell {held / total:.0%} of what all do, "
                f"{query.share:.0%} needed"
            )
        return Clause("enough of these words", held >= quorum.least, detail, parts)

    def _condition(self, query: Range | MatchAll) -> Clause:
        if isinstance(query, MatchAll):
            return Clause("everything", holds=True, detail="always")
        low, high = (bound.isoformat() if bound else "*" for bound in (query.low, query.high))
        day = self._document.published
        name = f"{query.field}:[{low} TO {high}]"
        if day is None:
            return Clause(name, holds=False, detail="the article has no date")
        is_inside = _lies_in(query, self._document)
        return Clause(name, is_inside, f"published on {day.isoformat()[:10]}")

    def _leaf(self, leaf: Leaf) -> Clause:
        counts = {
            name: count
            for name, _ in DEFAULT_SCHEMA.scope(leaf.field)
            if (count := sum(1 for _ in iter_occurrences(leaf, self._tokens[name])))
        }
        if counts:
            times = sum(counts.values())
            often = "once" if times == 1 else f"{times} times"
            return Clause(describe(leaf), holds=True, detail=f"{often} in {', '.join(counts)}")
        return Clause(describe(leaf), holds=False, detail=self._missing(leaf))

    def _missing(self, leaf: Leaf) -> str:
        where = leaf.field or "the text"
        match leaf:
            case Term():
                near = list(dict.fromkeys(self._near(leaf)))[:_MOST_NEAR]
                return f"{where} has {', '.join(near)}" if near else f"not in {where}"
            case Phrase() | Near():
                missing = [
                    describe(word)
                    for word in leaf.terms
                    if not self._leaf(replace(word, field=leaf.field)).holds
                ]
                if missing:
                    return f"{where} lacks {', '.join(missing)}"
                apart = (
                    "not side by side" if isinstance(leaf, Phrase) else "too far from each other"
                )
                return f"its words are in {where}, but {apart}"
            case Number():
                return f"{where} has no such number"
            case Synonyms():
                return f"{self._missing(leaf.typed)}, nor what that stands for"
            case _:
                return f"{where} has no such word"

    def _near(self, term: Term) -> Iterator[str]:
        """Yield words of the text that differ in accents, and then those in a letter."""
        names = [name for name, _ in DEFAULT_SCHEMA.scope(term.field)]
        tokens = [token for name in names for token in self._tokens[name]]
        for token in tokens:
            if token.folded == term.folded:
                yield token.exact.removesuffix(UNACCENTED)
        if len(term.folded) >= _LONG_WORD:
            for token in tokens:
                if is_within_edits(term.folded, token.folded, 1):
                    yield token.exact.removesuffix(UNACCENTED)


def _counted(parts: tuple[Clause, ...]) -> str:
    return f"{sum(part.holds for part in parts)} of {len(parts)} found"


def _lies_in(query: Range, document: Document) -> bool:
    day = document.published
    if day is None:
        return False
    text = day.isoformat()[:10]
    is_late = query.low is None or query.low.isoformat() <= text
    return is_late and (query.high is None or text <= query.high.isoformat())


def _failed_filters(document: Document, request: SearchRequest) -> Iterator[Clause]:
    filters = request.filters
    day = document.published
    published = f"published on {day.isoformat()[:10]}" if day else "the article has no date"
    key, source = moment_key(document), document.source
    for name, bound, alone in (
        ("from", filters.published_from, replace(filters, published_to=None, sources=())),
        ("to", filters.published_to, replace(filters, published_from=None, sources=())),
    ):
        if bound is not None and not alone.accept(published_key=key, source=source):
            yield Clause(f"{name} {bound.isoformat()}", holds=False, detail=published)
    alone = replace(filters, published_from=None, published_to=None)
    if filters.sources and not alone.accept(published_key=key, source=source):
        names = " or ".join(filters.sources)
        yield Clause(
            f"source {names}", holds=False, detail=f"published by {source or 'nobody named'}"
        )
