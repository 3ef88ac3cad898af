"""The reference engine: documents in a dict, queries evaluated document by document.

Every line is meant to be obviously right, none to be fast: it is what the other engines are
compared with. Useful as well for a few hundred documents in a test or a notebook.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
import uuid
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from civicsearch.analysis.analyzer import Analyzer
from civicsearch.engines.memory_placing import nearness_of, opening
from civicsearch.engines.memory_vocabulary import MemoryVocabulary
from civicsearch.errors import ArchiveLockedError
from civicsearch.query.leaves import words_alone
from civicsearch.query.matching import iter_occurrences
from civicsearch.query.nodes import (
    And,
    Boost,
    MatchAll,
    Not,
    Or,
    Range,
    Synonyms,
    Words,
    describe,
    is_guessed,
    iter_leaves,
    iter_shares,
)
from civicsearch.query.pairs import iter_weighted_pairs
from civicsearch.query.words import words_in_runs
from civicsearch.ranking.bm25 import (
    PAIR_WEIGHT,
    TIER_WEIGHTS,
    idf,
    pair_rarity,
    pair_window,
    saturate,
)
from civicsearch.ranking.placement import CLOSE_WEIGHT, EARLY_WEIGHT, closeness
from civicsearch.ranking.recency import FLOOR, recency
from civicsearch.schema import DEFAULT_SCHEMA, TITLE, Schema, field_texts
from civicsearch.search.engine import Explanation, Match, Matches, TotalHits
from civicsearch.search.ordering import facet_values, sort_key, standing_key
from civicsearch.search.position import Position, Standing
from civicsearch.search.quorum import quorum_of
from civicsearch.search.request import SECONDS_A_DAY, Sort, moment_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from civicsearch.analysis.tokens import Token
    from civicsearch.document import Document
    from civicsearch.query.matching import Tier
    from civicsearch.query.nodes import Leaf, Query, Word
    from civicsearch.search.engine import FacetCounts
    from civicsearch.search.request import SearchRequest

__all__ = ["MemoryEngine"]

_NAME = "memory"
"""What it is called in messages, where others have a path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Analyzed:
    """A document with the tokens of its fields and its zone-weighted length."""

    document: Document
    tokens: Mapping[str, list[Token]]
    length: float


_Found = tuple[Explanation, _Analyzed]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranking:
    """All matches in order: the best, in which neighbours count, then the others.

    Attributes:
        edge: Up to where, by words alone, a match is one of the best; None where none is.
        rarities: What each pair of neighbours counts in the best.
    """

    sort: Sort
    best: list[_Found]
    others: list[_Found]
    edge: Standing | None
    rarities: tuple[float, ...]

    def after(self, position: Position) -> _Ranking:
        """Return what comes after a position, without the last hit, wherever that stands now."""
        last = standing_key(self.sort, position.last)
        best, others = (
            [match for match in part if _standing(match).document_id != position.last.document_id]
            for part in (self.best, self.others)
        )
        if position.edge is None:
            others = [match for match in others if _order(self.sort, match) > last]
        else:
            best = [match for match in best if _order(self.sort, match) > last]
        return replace(self, best=best, others=others)

    def end(self, request: SearchRequest) -> Position | None:
        """Return where the page that is asked for ends, if others follow."""
        found = self.best + self.others
        if request.reach >= len(found):
            return None
        last = _standing(found[request.reach - 1])
        edge = self.edge if request.reach <= len(self.best) else None
        rarities = () if edge is None else self.rarities
        return Position(request.passed + request.limit, last, edge, rarities)


class MemoryEngine:
    """Keeps documents in this process's memory."""

    def __init__(
        self, *, schema: Schema = DEFAULT_SCHEMA, analyzer: Analyzer | None = None
    ) -> None:
        self.schema = schema
        self.analyzer = analyzer or Analyzer()
        self.committed: Mapping[str, _Analyzed] = {}
        self.revision = _new_revision()
        self.writing = threading.Lock()

    def writer(self) -> _MemoryWriter:
        """Return the only writer; see `search.engine.Engine`."""
        if not self.writing.acquire(blocking=False):
            raise ArchiveLockedError(_NAME, owner=f"process {os.getpid()}")
        return _MemoryWriter(self)

    def searcher(self) -> _MemorySearcher:
        """Return a snapshot; see `search.engine.Engine`."""
        revision = self.revision  # first: a commit this moment may make it too old, never too new
        return _MemorySearcher(self.committed, self.schema, revision)

    def size_bytes(self) -> int:
        """Return 0: nothing is on disk."""
        return 0

    def damaged_files(self) -> list[str]:
        """Return no names: nothing is on disk."""
        return []

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""


def _new_revision() -> str:
    return uuid.uuid4().hex  # no count: another process has another archive


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
        self._engine.revision = _new_revision()
        self._pending = {}

    def optimize(self) -> None:
        self.commit()  # there are no pieces to join

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
    def __init__(self, documents: Mapping[str, _Analyzed], schema: Schema, revision: str) -> None:
        self.revision = revision
        self._documents = documents
        self._schema = schema
        total_length = sum(analyzed.length for analyzed in documents.values())
        self._average_length = total_length / len(documents) if total_length else 1.0

    def count(self) -> int:
        return len(self._documents)

    def frequency(self, leaf: Leaf) -> int:
        return sum(bool(self._tier_frequencies(leaf, a)) for a in self._documents.values())

    @property
    def vocabulary(self) -> MemoryVocabulary:
        zones = [zone.name for zone in self._schema.zones]
        return MemoryVocabulary(
            {
                document_id: [analyzed.tokens[name] for name in zones]
                for document_id, analyzed in self._documents.items()
            },
            title=zones.index(TITLE) if TITLE in zones else None,
        )

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
        ranking = self._ranked(request)
        found = ranking.best + ranking.others
        rest = ranking if request.after is None else ranking.after(request.after)
        page = (rest.best + rest.others)[request.offset : request.reach]
        return Matches(
            total=TotalHits(value=len(found)),
            matches=tuple(_match(explained.value, a.document) for explained, a in page),
            facets={name: self._count(name, found) for name in request.facets},
            end=rest.end(request) if page else None,
        )

    def explain(self, request: SearchRequest, document_id: str) -> Explanation | None:
        ranking = self._ranked(request)
        for explained, analyzed in ranking.best + ranking.others:
            if analyzed.document.document_id == document_id:
                return explained
        return None

    def _ranked(self, request: SearchRequest) -> _Ranking:
        """Return all matches in order, each with the parts that its score is the sum of."""
        frequencies = self._document_frequencies(request.query)
        own_rarities = self._leaf_rarities(request.query, frequencies)
        parts = partial(self._parts, frequencies=frequencies, rarities=own_rarities)
        found = [
            (_aged(request, analyzed, parts(request.query, analyzed)), analyzed)
            for analyzed in self._documents.values()
            if self._matches(request.query, analyzed, frequencies)
            and self._passes(request, analyzed.document)
        ]
        found.sort(key=partial(_order, request.sort))
        window = _window(request, found)
        rarities = request.after.rarities if request.after is not None else None
        best, rarities = self._with_pairs(request, found[:window], rarities)
        best.sort(key=partial(_order, request.sort))
        edge = _standing(found[window - 1]) if best else None
        if request.after is not None:
            edge = request.after.edge
        return _Ranking(
            sort=request.sort, best=best, others=found[window:], edge=edge, rarities=rarities
        )

    def _matches(self, query: Query, analyzed: _Analyzed, frequencies: Mapping[Leaf, int]) -> bool:
        match query:
            case And() | Or() | Words():
                quorum = quorum_of(
                    query, frequency=frequencies.__getitem__, documents=len(self._documents)
                )
                voting = zip(query.children, quorum.votes, strict=True)
                held = (
                    votes for child, votes in voting if self._matches(child, analyzed, frequencies)
                )
                return sum(held) >= quorum.least
            case Not():
                return not self._matches(query.child, analyzed, frequencies)
            case Boost():
                return self._matches(query.child, analyzed, frequencies)
            case _:
                return self._holds(query, analyzed)

    def _holds(self, query: Leaf | Range | MatchAll, analyzed: _Analyzed) -> bool:
        match query:
            case MatchAll():
                return True
            case Range():
                return _lies_in(query, analyzed.document)
            case _:
                return any(
                    any(True for _ in iter_occurrences(query, analyzed.tokens[name]))
                    for name, _ in self._schema.scope(query.field)
                )

    def _parts(
        self,
        query: Query,
        analyzed: _Analyzed,
        factor: float = 1.0,
        *,
        frequencies: Mapping[Leaf, int],
        rarities: Mapping[Leaf, float],
    ) -> list[Explanation]:
        """Return what each leaf that matches adds to the score, in the order of the query."""
        parts = partial(self._parts, frequencies=frequencies, rarities=rarities)
        match query:
            case And() | Or() | Words():
                return [
                    part
                    for child, own in iter_shares(query, factor)
                    if self._matches(child, analyzed, frequencies)
                    for part in parts(child, analyzed, own)
                ]
            case Boost():
                return parts(query.child, analyzed, factor * query.factor)
            case Not() | Range() | MatchAll():
                return []
            case _:
                value = factor * rarities[query] * self._weight(query, analyzed)
                return [Explanation(value=value, description=_said(query, factor))]

    def _with_pairs(
        self, request: SearchRequest, found: list[_Found], rarities: tuple[float, ...] | None
    ) -> tuple[list[_Found], tuple[float, ...]]:
        """Return the best by words alone with what neighbours add, and what each pair counts.

        Args:
            request: What is asked.
            found: The best by words alone.
            rarities: What each pair counts, as an earlier page has it; None on the first.
        """
        pairs = list(iter_weighted_pairs(request.query)) if found else []
        weights = [[self._weight(pair, analyzed) for pair, _ in pairs] for _, analyzed in found]
        if rarities is None:
            held = (sum(weight > 0 for weight in column) for column in zip(*weights, strict=True))
            rarities = tuple(pair_rarity(own, len(found)) for own in held)
        best = []
        for (explained, analyzed), own in zip(found, weights, strict=True):
            parts = [
                Explanation(
                    value=PAIR_WEIGHT * factor * rarity * weight,
                    description=f"next to each other: {_said(pair, factor)}",
                )
                for (pair, factor), rarity, weight in zip(pairs, rarities, own, strict=True)
                if weight
            ]
            if pairs:
                parts += self._placed_parts(request.query, analyzed)
            both = _sum([*explained.parts, *_aged(request, analyzed, parts).parts])
            best.append((replace(both, description=explained.description), analyzed))
        return best, rarities

    def _placed_parts(self, query: Query, analyzed: _Analyzed) -> list[Explanation]:
        """Return what words add by standing early in a document, and close to each other."""
        parts = []
        typed, scored = words_in_runs(query)
        for word, factor in scored.items():
            value = (
                EARLY_WEIGHT
                * factor
                * self._rarity(word)
                * opening(word, self._schema, analyzed.tokens)
            )
            parts.append(Explanation(value=value, description=f"early: {_said(word, factor)}"))
        near = nearness_of(list(typed), self._schema, analyzed.tokens)
        for word, factor in typed.items():
            weight = closeness(near[word], analyzed.length, self._average_length)
            value = CLOSE_WEIGHT * factor * min(1.0, self._rarity(word)) * weight
            said = f"close to others: {_said(word, factor)}"
            parts.append(Explanation(value=value, description=said))
        return [part for part in parts if part.value]

    def _rarity(self, word: Word) -> float:
        return idf(self.frequency(word), len(self._documents))

    def _leaf_rarities(self, query: Query, frequencies: Mapping[Leaf, int]) -> Mapping[Leaf, float]:
        """Return how much each leaf tells."""
        alone = words_alone(query, [zone.name for zone in self._schema.zones])
        if alone:
            (leaf,) = frequencies
            return {leaf: sum(map(self._rarity, alone))}
        return {leaf: idf(count, len(self._documents)) for leaf, count in frequencies.items()}

    def _weight(self, leaf: Leaf, analyzed: _Analyzed) -> float:
        if isinstance(leaf, Synonyms):
            typed, *others = (self._weight(form, analyzed) for form in leaf.forms)
            return max(typed, leaf.weight * max(others))
        by_tier = self._tier_frequencies(leaf, analyzed)
        return sum(
            TIER_WEIGHTS[tier] * saturate(frequency, analyzed.length, self._average_length)
            for tier, frequency in by_tier.items()
        )

    def _tier_frequencies(self, leaf: Leaf, analyzed: _Analyzed) -> Mapping[Tier, float]:
        frequencies: dict[Tier, float] = {}
        for name, weight in self._schema.scope(leaf.field):
            for occurrence in iter_occurrences(leaf, analyzed.tokens[name]):
                tier = occurrence.tier
                frequencies[tier] = frequencies.get(tier, 0.0) + weight
        return frequencies

    def _document_frequencies(self, query: Query) -> Mapping[Leaf, int]:
        """Return for every leaf in how many documents it is found, in whatever tier."""
        return {leaf: self.frequency(leaf) for leaf in iter_leaves(query)}

    def _passes(self, request: SearchRequest, document: Document) -> bool:
        return request.filters.accept(published_key=moment_key(document), source=document.source)

    def _count(self, facet: str, found: list[tuple[Explanation, _Analyzed]]) -> FacetCounts:
        counts: Counter[str] = Counter()
        for _, analyzed in found:
            counts.update(facet_values(facet, analyzed.document))
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _lies_in(wanted: Range, document: Document) -> bool:
    """Return whether a document was published in the range; the day is that of its own zone."""
    day = document.published
    if day is None:
        return False
    if isinstance(day, dt.datetime):
        day = day.date()
    return (wanted.low is None or wanted.low <= day) and (wanted.high is None or day <= wanted.high)


def _match(score: float, document: Document) -> Match:
    return Match(document.document_id, score, lambda: document)


def _said(leaf: Leaf, factor: float) -> str:
    return describe(leaf) if factor == 1 else f"{describe(leaf)}^{factor:g}"


def _aged(request: SearchRequest, analyzed: _Analyzed, parts: list[Explanation]) -> Explanation:
    """Return the sum of some parts, or the share of it that a document keeps by its age."""
    if request.sort is not Sort.RECENT:
        return _sum(parts)
    key = moment_key(analyzed.document)
    age = 0 if key is None else max(request.newest - key // SECONDS_A_DAY, 0)
    return _sum(parts).times(FLOOR if key is None else recency(float(age)))


def _sum(parts: list[Explanation]) -> Explanation:
    value = sum((part.value for part in parts), start=0.0)
    return Explanation(value=value, description="sum of what matches", parts=tuple(parts))


def _window(request: SearchRequest, found: list[_Found]) -> int:
    """Return in how many of the best by words alone, which `found` is, neighbours count."""
    if request.is_by_date:
        return 0
    if request.after is None:
        return min(len(found), pair_window(is_guessed=is_guessed(request.query)))
    if request.after.edge is None:
        return 0
    edge = standing_key(request.sort, request.after.edge)
    return sum(_order(request.sort, match) <= edge for match in found)


def _order(sort: Sort, found: _Found) -> tuple[float, float, str]:
    explained, analyzed = found
    return sort_key(sort, explained.value, analyzed.document)


def _standing(found: _Found) -> Standing:
    explained, analyzed = found
    return Standing(
        score=explained.value,
        moment_key=moment_key(analyzed.document),
        document_id=analyzed.document.document_id,
    )
