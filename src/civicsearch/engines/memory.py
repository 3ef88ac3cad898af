"""The reference engine: documents in a dict, queries evaluated document by document.

Every line is meant to be obviously right, none to be fast: it is what the other engines are
compared with. Useful as well for a few hundred documents in a test or a notebook.
"""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from civicsearch.analysis.analyzer import Analyzer
from civicsearch.errors import ArchiveLockedError
from civicsearch.query.matching import iter_occurrences
from civicsearch.query.nodes import (
    And,
    MatchAll,
    Not,
    Or,
    describe,
    iter_positive_leaves,
)
from civicsearch.ranking.bm25 import TIER_WEIGHTS, idf, saturate
from civicsearch.schema import DEFAULT_SCHEMA, Schema, field_texts
from civicsearch.search.engine import Explanation, Match, Matches, TotalHits
from civicsearch.search.ordering import facet_values, sort_key
from civicsearch.search.request import moment_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from civicsearch.analysis.tokens import Token
    from civicsearch.document import Document
    from civicsearch.query.matching import Tier
    from civicsearch.query.nodes import Leaf, Query
    from civicsearch.search.engine import FacetCounts
    from civicsearch.search.request import SearchRequest

__all__ = ["MemoryEngine"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Analyzed:
    """A document with the tokens of its fields and its zone-weighted length."""

    document: Document
    tokens: Mapping[str, list[Token]]
    length: float


class MemoryEngine:
    """Keeps documents in this process's memory."""

    def __init__(
        self, *, schema: Schema = DEFAULT_SCHEMA, analyzer: Analyzer | None = None
    ) -> None:
        self.schema = schema
        self.analyzer = analyzer or Analyzer()
        self.committed: Mapping[str, _Analyzed] = {}
        self.writing = threading.Lock()

    def writer(self) -> _MemoryWriter:
        """Return the only writer; see `search.engine.Engine`."""
        if not self.writing.acquire(blocking=False):
            raise ArchiveLockedError(Path("memory"))
        return _MemoryWriter(self)

    def searcher(self) -> _MemorySearcher:
        """Return a snapshot; see `search.engine.Engine`."""
        return _MemorySearcher(self.committed, self.schema)

    def size_bytes(self) -> int:
        """Return 0: nothing is on disk."""
        return 0

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""


class _MemoryWriter:
    def __init__(self, engine: MemoryEngine) -> None:
        self._engine = engine
        self._pending: dict[str, Document | None] = {}
        self._is_open = True

    def add(self, document: Document) -> None:
        self._pending[document.document_id] = document

    def delete(self, document_id: str) -> None:
        self._pending[document_id] = None

    def commit(self) -> None:
        documents = dict(self._engine.committed)
        for document_id, document in self._pending.items():
            documents.pop(document_id, None)
            if document is not None:
                documents[document_id] = self._analyze(document)
        self._engine.committed = documents
        self._pending = {}

    def close(self) -> None:
        self._pending = {}
        if self._is_open:
            self._is_open = False
            self._engine.writing.release()

    def _analyze(self, document: Document) -> _Analyzed:
        tokens = self._engine.analyzer.field_tokens(field_texts(document))
        length = sum(zone.weight * len(tokens[zone.name]) for zone in self._engine.schema.zones)
        return _Analyzed(document=document, tokens=tokens, length=length)


class _MemorySearcher:
    def __init__(self, documents: Mapping[str, _Analyzed], schema: Schema) -> None:
        self._documents = documents
        self._schema = schema
        total_length = sum(analyzed.length for analyzed in documents.values())
        self._average_length = total_length / len(documents) if total_length else 1.0

    def count(self) -> int:
        return len(self._documents)

    def document(self, document_id: str) -> Document | None:
        analyzed = self._documents.get(document_id)
        return analyzed.document if analyzed else None

    def find_origin(self, path: str) -> tuple[str, str] | None:
        for document_id, analyzed in self._documents.items():
            for origin in analyzed.document.origins:
                if origin.path == path:
                    return document_id, origin.sha256
        return None

    def search(self, request: SearchRequest) -> Matches:
        frequencies = self._document_frequencies(request.query)
        found = [
            (self._score(request.query, analyzed, frequencies), analyzed.document)
            for analyzed in self._documents.values()
            if self._matches(request.query, analyzed) and self._passes(request, analyzed.document)
        ]
        found.sort(key=lambda pair: sort_key(request.sort, pair[0], pair[1]))
        page = found[request.offset : request.offset + request.limit]
        return Matches(
            total=TotalHits(value=len(found)),
            matches=tuple(Match(document.document_id, score) for score, document in page),
            facets={name: self._count(name, found) for name in request.facets},
        )

    def explain(self, query: Query, document_id: str) -> Explanation | None:
        analyzed = self._documents.get(document_id)
        if analyzed is None or not self._matches(query, analyzed):
            return None
        frequencies = self._document_frequencies(query)
        parts = tuple(
            Explanation(
                value=self._leaf_score(leaf, analyzed, frequencies), description=describe(leaf)
            )
            for leaf in self._scored_leaves(query, analyzed)
        )
        return Explanation(
            value=self._score(query, analyzed, frequencies),
            description="sum of what matches",
            parts=parts,
        )

    def _scored_leaves(self, query: Query, analyzed: _Analyzed) -> list[Leaf]:
        """Return the leaves that a score is the sum of, in the order of the query."""
        match query:
            case And() | Or():
                return [
                    leaf
                    for child in query.children
                    if self._matches(child, analyzed)
                    for leaf in self._scored_leaves(child, analyzed)
                ]
            case Not() | MatchAll():
                return []
            case _:
                return [query]

    def _matches(self, query: Query, analyzed: _Analyzed) -> bool:
        match query:
            case And():
                return all(self._matches(child, analyzed) for child in query.children)
            case Or():
                return sum(self._matches(c, analyzed) for c in query.children) >= query.minimum
            case Not():
                return not self._matches(query.child, analyzed)
            case MatchAll():
                return True
            case _:
                return any(
                    any(True for _ in iter_occurrences(query, analyzed.tokens[name]))
                    for name, _ in self._schema.scope(query.field)
                )

    def _score(self, query: Query, analyzed: _Analyzed, frequencies: Mapping[Leaf, int]) -> float:
        match query:
            case And() | Or():
                return sum(
                    self._score(child, analyzed, frequencies)
                    for child in query.children
                    if self._matches(child, analyzed)
                )
            case Not() | MatchAll():
                return 0.0
            case _:
                return self._leaf_score(query, analyzed, frequencies)

    def _leaf_score(
        self, leaf: Leaf, analyzed: _Analyzed, frequencies: Mapping[Leaf, int]
    ) -> float:
        by_tier = self._tier_frequencies(leaf, analyzed)
        weight = sum(
            TIER_WEIGHTS[tier] * saturate(frequency, analyzed.length, self._average_length)
            for tier, frequency in by_tier.items()
        )
        return idf(frequencies[leaf], len(self._documents)) * weight

    def _tier_frequencies(self, leaf: Leaf, analyzed: _Analyzed) -> Mapping[Tier, float]:
        frequencies: dict[Tier, float] = {}
        for name, weight in self._schema.scope(leaf.field):
            for occurrence in iter_occurrences(leaf, analyzed.tokens[name]):
                tier = occurrence.tier
                frequencies[tier] = frequencies.get(tier, 0.0) + weight
        return frequencies

    def _document_frequencies(self, query: Query) -> Mapping[Leaf, int]:
        """Return for every leaf the documents it is found in, counted once per tier."""
        return {
            leaf: sum(len(self._tier_frequencies(leaf, a)) for a in self._documents.values())
            for leaf in iter_positive_leaves(query)
        }

    def _passes(self, request: SearchRequest, document: Document) -> bool:
        return request.filters.accept(published_key=moment_key(document), source=document.source)

    def _count(self, facet: str, found: list[tuple[float, Document]]) -> FacetCounts:
        counts: Counter[str] = Counter()
        for _, document in found:
            counts.update(facet_values(facet, document))
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
