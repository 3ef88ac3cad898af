"""What a search gives back: hits in order, counts, and what the user should know of the query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from civicsearch.arguments import as_number
from civicsearch.document import Document
from civicsearch.search.engine import TotalHits
from civicsearch.search.highlighting import DocumentMarks
from civicsearch.search.snippets import (
    MAX_PASSAGES,
    Snippet,
    highlight_title,
    make_passages,
    make_snippet,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from civicsearch.analysis.analyzer import Analyzer
    from civicsearch.analysis.tokens import Span
    from civicsearch.query.expansion import Expansion
    from civicsearch.query.nodes import Query
    from civicsearch.search.engine import Explanation, FacetCounts, Match, Summary
    from civicsearch.search.telling import Telling

__all__ = ["Hit", "Results", "TotalHits", "hit_of"]


class Hit:
    """One document found. It is loaded, and its snippet made, when that is first read.

    Attributes:
        rank: Its place among all hits, from 1; on later pages it counts on.
        score: How well it matches, from 0. It says nothing beside that of another query, and does
            not order hits that are sorted by date.
    """

    __slots__ = (
        "_analyzer",
        "_document",
        "_document_id",
        "_explain",
        "_marks",
        "_query",
        "_snippet",
        "_summarize",
        "_summary",
        "_telling",
        "rank",
        "score",
    )

    def __init__(  # noqa: PLR0913 - one keyword for each thing that is known of a hit
        self,
        *,
        rank: int,
        score: float,
        document: Document | Callable[[], Document],
        query: Query,
        analyzer: Analyzer,
        explain: Callable[[], Explanation | None],
        document_id: str | None = None,
        summarize: Callable[[], Summary] | None = None,
        telling: Callable[[], Telling] | None = None,
    ) -> None:
        """Keep what is known.

        Args:
            rank: Its place in the order, from 1.
            score: How well it matches.
            document: The document, or what loads it.
            query: What it was found by.
            analyzer: That of the archive.
            explain: Returns how the score came about.
            document_id: The document's id, if known, so that it need not be loaded to tell it.
            summarize: What reads title, address, publisher and date, where that is sooner done
                than to load the document.
            telling: Returns how much each part of the query tells; all alike if it is not known.
        """
        self.rank = rank
        self.score = score
        self._document = document
        self._document_id = document_id
        self._query = query
        self._analyzer = analyzer
        self._explain = explain
        self._summarize = summarize
        self._telling = telling
        self._summary: Summary | None = None
        self._snippet: Snippet | None = None
        self._marks: DocumentMarks | None = None

    def __repr__(self) -> str:
        return f"<Hit {self.rank} {self.document_id} {self.score:.3f} {self.title!r}>"

    @property
    def document_id(self) -> str:
        """The id by which `Archive.document` finds it."""
        if self._document_id is None:
            self._document_id = self.document.document_id
        return self._document_id

    @property
    def document(self) -> Document:
        """The document itself."""
        if not isinstance(self._document, Document):
            self._document = self._document()
        return self._document

    @property
    def title(self) -> str:
        """The headline."""
        return self._summed_up().title

    @property
    def url(self) -> str | None:
        """The canonical address, if known."""
        return self._summed_up().url

    @property
    def source(self) -> str:
        """The publisher, or ""."""
        return self._summed_up().source

    @property
    def published(self) -> dt.date | None:
        """The day of publication, or the moment where that is known; None where neither is."""
        return self._summed_up().published

    def _summed_up(self) -> Summary | Document:
        """Return the document, if it is loaded, else what is known of it without."""
        if self._summarize is None or isinstance(self._document, Document):
            return self.document
        if self._summary is None:
            self._summary = self._summarize()
        return self._summary

    @property
    def snippet(self) -> Snippet:
        """The passage that shows why the document was found; the beginning where it is the title.

        Without any text in the article, its text is "".
        """
        if self._snippet is None:
            self._snippet = make_snippet(self.document, self._found())
        return self._snippet

    def passages(self, limit: int = 3) -> tuple[Snippet, ...]:
        """Return the passages that show best why the document was found; the first is `snippet`.

        They do not overlap, and each adds what the ones before it do not show, where it can.

        Args:
            limit: How many at most, 1 to 10; there may be fewer, but never none.

        Raises:
            InvalidOptionError: The limit is out of range.
        """
        limit = as_number("limit", limit, least=1, most=MAX_PASSAGES)
        return make_passages(self.document, self._found(), limit=limit)

    @property
    def title_highlights(self) -> tuple[Span, ...]:
        """The spans of the title that the query matched."""
        return highlight_title(self._found())

    def _found(self) -> DocumentMarks:
        if self._marks is None:
            self._marks = DocumentMarks(
                self.document,
                self._query,
                self._analyzer,
                telling=self._telling() if self._telling else None,
            )
        return self._marks

    def explain(self) -> Explanation | None:
        """Return how the score came about: its value is the score, its parts add up to it."""
        return self._explain()

    def to_dict(self, *, passages: int = 1) -> dict[str, Any]:
        """Return the hit in the shape of the JSON contract.

        Args:
            passages: 1 to 10; with more than 1, `"passages"` lists as many, the snippet first.

        Raises:
            InvalidOptionError: That is out of range.
        """
        passages = as_number("passages", passages, least=1, most=MAX_PASSAGES)
        snippet = self.snippet  # first: it loads the document, which then tells the rest
        values: dict[str, Any] = {
            "rank": self.rank,
            "document_id": self.document_id,
            "score": round(self.score, 6),
            "title": self.title,
            "title_highlights": [list(span) for span in self.title_highlights],
            "url": self.url,
            "source": self.source,
            "published": self.published.isoformat() if self.published else None,
            "snippet": snippet.to_dict(),
        }
        if passages > 1:
            values["passages"] = [passage.to_dict() for passage in self.passages(passages)]
        return values


def hit_of(
    match: Match,
    rank: int,
    query: Query,
    *,
    analyzer: Analyzer,
    explain: Callable[[], Explanation | None],
    telling: Callable[[], Telling] | None = None,
) -> Hit:
    """Return the hit of what an engine found; see `Hit` for the arguments."""
    return Hit(
        rank=rank,
        score=match.score,
        document=match.load,
        document_id=match.document_id,
        summarize=match.summarize,
        query=query,
        analyzer=analyzer,
        explain=explain,
        telling=telling,
    )


class Results:
    """The answer to one search. Total and suggestions are found out when they are first read.

    Attributes:
        query: The text that was searched for, as typed: its first 1,000 characters.
        hits: The page of matches that was asked for, in order.
        facets: For each facet asked for, how many of all matches have each of its values: pairs of
            a value and a count, most frequent first, equal counts by value.
        notices: What the user should know, in English sentences: parts not understood, a rule that
            was relaxed.
        expansions: What of the query was also read as something else: abbreviations, other forms
            of words, and words that stand in for those that no article has.
        elapsed_ms: Time from text to hits, in milliseconds.
    """

    __slots__ = (
        "_cursor",
        "_suggestions",
        "_total",
        "elapsed_ms",
        "expansions",
        "facets",
        "hits",
        "notices",
        "query",
    )

    def __init__(  # noqa: PLR0913 - one keyword for each thing that an answer tells
        self,
        *,
        query: str,
        total: TotalHits | Callable[[], TotalHits],
        hits: tuple[Hit, ...],
        facets: Mapping[str, FacetCounts] | None = None,
        suggestions: tuple[str, ...] | Callable[[], tuple[str, ...]] = (),
        notices: tuple[str, ...] = (),
        expansions: tuple[Expansion, ...] = (),
        elapsed_ms: float = 0.0,
        cursor: str | Callable[[], str | None] | None = None,
    ) -> None:
        self.query = query
        self._total = total
        self._cursor = cursor
        self.hits = hits
        self.facets: Mapping[str, FacetCounts] = {} if facets is None else facets
        self._suggestions = suggestions
        self.notices = notices
        self.expansions = expansions
        self.elapsed_ms = elapsed_ms

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Results):
            return NotImplemented
        return self._told() == other._told()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<Results {self.query!r} {len(self.hits)} hits {self.elapsed_ms:.1f} ms>"

    @property
    def total(self) -> TotalHits:
        """How many documents match."""
        if not isinstance(self._total, TotalHits):
            self._total = self._total()
        return self._total

    @property
    def suggestions(self) -> tuple[str, ...]:
        """Other queries worth trying, best first; each finds something.

        They are made when they are first read, which takes some milliseconds more.
        """
        if callable(self._suggestions):
            self._suggestions = self._suggestions()
        return self._suggestions

    @property
    def cursor(self) -> str | None:
        """With it the same search goes on after the last hit; None where no hit follows."""
        if callable(self._cursor):
            self._cursor = self._cursor()
        return self._cursor

    def _told(self) -> tuple[object, ...]:
        about = (self.facets, self.suggestions, self.notices, self.expansions)
        return self.query, self.hits, self.total, *about, self.elapsed_ms, self.cursor

    def to_dict(self, *, passages: int = 1) -> dict[str, Any]:
        """Return the results in the shape of the JSON contract, of screens and endpoint alike.

        Args:
            passages: 1 to 10; with more than 1, each hit has as many `"passages"`.

        Raises:
            InvalidOptionError: That is out of range.
        """
        passages = as_number("passages", passages, least=1, most=MAX_PASSAGES)
        return {
            "query": self.query,
            "total": {"value": self.total.value, "exact": self.total.exact},
            "hits": [hit.to_dict(passages=passages) for hit in self.hits],
            "cursor": self.cursor,
            "facets": {
                name: [{"value": value, "count": count} for value, count in counts]
                for name, counts in self.facets.items()
            },
            "suggestions": list(self.suggestions),
            "notices": list(self.notices),
            "expansions": [
                {"typed": typed, "read_as": list(read_as)} for typed, read_as in self.expansions
            ],
            "elapsed_ms": round(self.elapsed_ms, 3),
        }
