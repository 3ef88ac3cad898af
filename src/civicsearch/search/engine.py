"""The seam between the archive and its engines: three small protocols and their values.

An engine stores documents and evaluates queries. It returns ids and scores; results, snippets
and messages are made above it, the same for all engines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from civicsearch.arguments import as_text
from civicsearch.errors import DocumentNotFoundError
from civicsearch.values import Value

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from civicsearch.document import Document
    from civicsearch.query.nodes import Leaf
    from civicsearch.search.position import Position
    from civicsearch.search.request import SearchRequest
    from civicsearch.suggesting.vocabulary import Vocabulary

__all__ = [
    "Engine",
    "Explanation",
    "FacetCounts",
    "Match",
    "Matches",
    "Searcher",
    "Summary",
    "TotalHits",
    "Writer",
    "document_of",
]

FacetCounts = tuple[tuple[str, int], ...]
"""Values with their counts, most frequent first, equal counts by value."""


class TotalHits(Value):
    """How many documents match.

    Attributes:
        value: The count.
        exact: False where the count is only a lower bound.
    """

    value: int
    exact: bool = True


class Summary(NamedTuple):
    """What a list of hits shows of a document besides a passage; see `Document`."""

    title: str
    url: str | None
    source: str
    published: dt.date | None


class Match:
    """One document that an engine found.

    Attributes:
        document_id: Its id.
        score: How well it matches.
        load: Reads the stored document; most callers need only some of a page.
        summarize: Reads a summary of it; None where the whole document is as soon read.
    """

    __slots__ = ("document_id", "load", "score", "summarize")

    def __init__(
        self,
        document_id: str,
        score: float,
        load: Callable[[], Document],
        summarize: Callable[[], Summary] | None = None,
    ) -> None:
        self.document_id = document_id
        self.score = score
        self.load = load
        self.summarize = summarize

    def __repr__(self) -> str:
        return f"Match({self.document_id!r}, {self.score})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Match):
            return NotImplemented
        return (self.document_id, self.score) == (other.document_id, other.score)

    def __hash__(self) -> int:
        return hash((self.document_id, self.score))


class Matches:
    """What an engine answers: the page of matches asked for, and counts over all of them.

    The total is counted when it is first read: the best ten of many matches are often known
    long before all matches are. So it is with the end of the page.
    """

    __slots__ = ("_end", "_ranked", "_total", "facets", "matches")

    def __init__(
        self,
        *,
        total: TotalHits | Callable[[], TotalHits],
        matches: tuple[Match, ...],
        facets: Mapping[str, FacetCounts] | None = None,
        end: Position | Callable[[], Position | None] | None = None,
        ranked: Callable[[], Sequence[str]] | None = None,
    ) -> None:
        self._total = total
        self._end = end
        self._ranked = ranked
        self.matches = matches
        self.facets: Mapping[str, FacetCounts] = facets or {}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Matches):
            return NotImplemented
        same_page = (self.matches, self.facets) == (other.matches, other.facets)
        return same_page and self.total == other.total

    __hash__ = None  # type: ignore[assignment]

    @property
    def total(self) -> TotalHits:
        """How many documents match."""
        if not isinstance(self._total, TotalHits):
            self._total = self._total()
        return self._total

    def ranked(self) -> Sequence[str]:
        """Return the ids of the best matches from the first on, as many as are known in order.

        There may be more than on the page, of which neighbours are looked for, or none.
        """
        return self._ranked() if self._ranked is not None else ()

    @property
    def end(self) -> Position | None:
        """Where the page ends, to go on from there; None where nothing follows."""
        if callable(self._end):
            self._end = self._end()
        return self._end


class Explanation(Value):
    """How a score came about: a value, in words, and the parts that it is the sum of."""

    value: float
    description: str
    parts: tuple[Explanation, ...] = ()

    def times(self, share: float) -> Explanation:
        """Return the same of a score of which only a share is kept, because of its age."""
        parts = tuple(
            Explanation(value=part.value * share, description=part.description)
            for part in self.parts
        )
        description = f"{self.description}, times {share:.3f} for its age"
        return Explanation(value=self.value * share, description=description, parts=parts)


class Searcher(Protocol):
    """A snapshot of an archive: later commits do not change it. Threads may share it."""

    def search(self, request: SearchRequest) -> Matches:
        """Return the matches that `request` asks for."""
        ...

    def explain(self, request: SearchRequest, document_id: str) -> Explanation | None:
        """Return how one document gets its score in `request`, or None where it is no match."""
        ...

    def document(self, document_id: str) -> Document | None:
        """Return a stored document, or None."""
        ...

    def find_origin(self, path: str) -> tuple[str, str] | None:
        """Return the document id and sha256 last ingested from `path`, or None."""
        ...

    def count(self) -> int:
        """Return how many documents there are."""
        ...

    def frequency(self, leaf: Leaf) -> int:
        """Return in how many documents a leaf is found, in whatever tier."""
        ...

    @property
    def revision(self) -> str:
        """What changes with every commit, and stays as long as there is none."""
        ...

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of all documents, and their neighbours, for suggestions."""
        ...


class Writer(Protocol):
    """Collects changes. Nothing is searchable, or kept, before `commit` returns."""

    def add(self, document: Document) -> None:
        """Add a document, in place of one with the same id."""
        ...

    def delete(self, document_id: str) -> None:
        """Delete a document; nothing happens where there is none."""
        ...

    def commit(self) -> None:
        """Make all changes durable and searchable, together. The writer may go on."""
        ...

    def optimize(self) -> None:
        """Commit, then store all documents in one piece, and give deleted ones' space back."""
        ...

    def close(self) -> None:
        """Drop what was not committed and let other writers in."""
        ...


class Engine(Protocol):
    """Stores documents and searches them."""

    def writer(self) -> Writer:
        """Return the only writer.

        Raises:
            ArchiveLockedError: Somebody else is writing.
        """
        ...

    def searcher(self) -> Searcher:
        """Return a snapshot of what is committed now."""
        ...

    def size_bytes(self) -> int:
        """Return the space taken on disk; 0 for an engine without one."""
        ...

    def damaged_files(self) -> list[str]:
        """Return the names of files that are not what was written, after reading them all."""
        ...

    def close(self) -> None:
        """Let go of files and locks."""
        ...


def document_of(searcher: Searcher, document_id: str) -> Document:
    """Return the stored document with an id.

    Raises:
        DocumentNotFoundError: There is none.
        InvalidOptionError: The id is no text.
    """
    document = searcher.document(as_text("document_id", document_id))
    if document is None:
        raise DocumentNotFoundError(document_id)
    return document
