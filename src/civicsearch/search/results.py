"""What a search gives back: hits in order, counts, and what the user should know of the query."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from civicsearch.schema import field_texts
from civicsearch.search.engine import TotalHits
from civicsearch.search.snippets import Snippet, highlight_title, make_snippet

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from civicsearch.analysis.analyzer import Analyzer
    from civicsearch.analysis.tokens import Span, Token
    from civicsearch.document import Document
    from civicsearch.query.nodes import Query
    from civicsearch.search.engine import Explanation, FacetCounts

__all__ = ["MAX_HIGHLIGHT_CHARS", "Hit", "Results", "TotalHits"]

MAX_HIGHLIGHT_CHARS = 200_000
"""How far into a text words are looked for to show them: about sixty printed pages.

Ten hits of a million letters each took 17 seconds to show without this bound.
"""


class Hit:
    """One document found. Its snippet is made when it is first read."""

    __slots__ = (
        "_analyzed",
        "_analyzer",
        "_explain",
        "_query",
        "_snippet",
        "document",
        "rank",
        "score",
    )

    def __init__(
        self,
        *,
        rank: int,
        score: float,
        document: Document,
        query: Query,
        analyzer: Analyzer,
        explain: Callable[[], Explanation | None],
    ) -> None:
        self.rank = rank
        self.score = score
        self.document = document
        self._query = query
        self._analyzer = analyzer
        self._explain = explain
        self._snippet: Snippet | None = None
        self._analyzed: Mapping[str, list[Token]] | None = None

    def __repr__(self) -> str:
        return f"<Hit {self.rank} {self.document_id} {self.score:.3f} {self.title!r}>"

    @property
    def document_id(self) -> str:
        """The id by which `Archive.document` finds it."""
        return self.document.document_id

    @property
    def title(self) -> str:
        """The headline."""
        return self.document.title

    @property
    def url(self) -> str | None:
        """The canonical address, if known."""
        return self.document.url

    @property
    def source(self) -> str:
        """The publisher, or ""."""
        return self.document.source

    @property
    def published(self) -> dt.date | None:
        """The day, or the moment, of publication."""
        return self.document.published

    @property
    def snippet(self) -> Snippet:
        """The passage that shows why the document was found."""
        if self._snippet is None:
            self._snippet = make_snippet(self.document, self._query, self._tokens())
        return self._snippet

    @property
    def title_highlights(self) -> tuple[Span, ...]:
        """The spans of the title that the query matched."""
        return highlight_title(self._query, self._tokens())

    def _tokens(self) -> Mapping[str, list[Token]]:
        """The tokens of the document: made once, for title and snippet."""
        if self._analyzed is None:
            texts = field_texts(self.document)
            self._analyzed = self._analyzer.field_tokens(
                {name: text[:MAX_HIGHLIGHT_CHARS] for name, text in texts.items()}
            )
        return self._analyzed

    def explain(self) -> Explanation | None:
        """Return how the score came about."""
        return self._explain()

    def to_dict(self) -> dict[str, Any]:
        """Return the hit in the shape of the JSON contract."""
        return {
            "rank": self.rank,
            "document_id": self.document_id,
            "score": round(self.score, 6),
            "title": self.title,
            "url": self.url,
            "source": self.source,
            "published": self.published.isoformat() if self.published else None,
            "snippet": {
                "text": self.snippet.text,
                "highlights": [list(span) for span in self.snippet.highlights],
            },
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The answer to one search.

    Attributes:
        query: The text that was searched for, as typed.
        total: How many documents match.
        hits: The page of them that was asked for.
        facets: Counts over all matches, for the facets asked for.
        suggestions: Other queries worth trying.
        notices: What the user should know: parts not understood, a rule that was relaxed.
        elapsed_ms: Time from text to hits, in milliseconds.
    """

    query: str
    total: TotalHits
    hits: tuple[Hit, ...]
    facets: Mapping[str, FacetCounts] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    elapsed_ms: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return the results in the shape of the JSON contract, of screens and endpoint alike."""
        return {
            "query": self.query,
            "total": {"value": self.total.value, "exact": self.total.exact},
            "hits": [hit.to_dict() for hit in self.hits],
            "facets": {
                name: [{"value": value, "count": count} for value, count in counts]
                for name, counts in self.facets.items()
            },
            "suggestions": list(self.suggestions),
            "notices": list(self.notices),
            "elapsed_ms": round(self.elapsed_ms, 3),
        }
