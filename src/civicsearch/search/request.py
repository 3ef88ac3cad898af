"""What is asked of a searcher: a query, which hits of it, in which order."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.arguments import as_choice, as_day, as_names
from civicsearch.errors import InvalidOptionError, UnknownFieldError
from civicsearch.schema import FACETS
from civicsearch.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from civicsearch.document import Document
    from civicsearch.query.nodes import Query
    from civicsearch.search.position import Position

__all__ = [
    "MAX_LIMIT",
    "MAX_WINDOW",
    "SECONDS_A_DAY",
    "Filters",
    "SearchRequest",
    "Sort",
    "moment_key",
]

MAX_LIMIT = 1000
"""The most hits one request may return."""
MAX_WINDOW = 100_000
"""The furthest hit a request may reach: offset + limit. What goes on after a hit has no end."""


class Sort(StrEnum):
    """The order of hits. Ties: newer first, then by document id, so that no order is random.

    RECENT is by relevance, where articles count less the older they are (`ranking.recency`).
    """

    RELEVANCE = "relevance"
    RECENT = "recent"
    NEWEST = "newest"
    OLDEST = "oldest"

    @classmethod
    def named(cls, name: str) -> Self:
        """Return the order with this name.

        Raises:
            InvalidOptionError: There is none.
        """
        return cls(as_choice("sort", name, cls))


class Filters(Value):
    """Conditions that every hit must meet besides the query; they do not change scores.

    Attributes:
        published_from: First day, inclusive. A document without a date meets neither bound.
        published_to: Last day, inclusive.
        sources: Publishers, any of them; compared without case and accents.
    """

    published_from: dt.date | None = None
    published_to: dt.date | None = None
    sources: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        published_from: dt.date | None,
        published_to: dt.date | None,
        sources: str | Sequence[str],
    ) -> Self:
        """Return the conditions that a program asks for.

        Raises:
            InvalidOptionError: A value is of another type, or the last day is before the first.
        """
        first = as_day("published_from", published_from)
        last = as_day("published_to", published_to)
        if first and last and last < first:
            expected = f"{first} or later, as published_from is that"
            raise InvalidOptionError(option="published_to", value=str(last), expected=expected)
        return cls(published_from=first, published_to=last, sources=as_names("sources", sources))

    def accept(self, *, published_key: int | None, source: str) -> bool:
        """Return whether a document with these values meets all conditions."""
        if self.published_from or self.published_to:
            if published_key is None:
                return False
            day = published_key // SECONDS_A_DAY
            if self.published_from and day < self.published_from.toordinal():
                return False
            if self.published_to and day > self.published_to.toordinal():
                return False
        return not self.sources or fold(source) in {fold(name) for name in self.sources}


class SearchRequest(Value):
    """One question to a searcher.

    Attributes:
        query: What to find.
        limit: How many hits, 0 to `MAX_LIMIT`.
        offset: How many hits to pass over first, from 0.
        after: Where an earlier page of the same search ended; the hits behind it are wanted. Not
            together with an offset.
        sort: The order of hits.
        filters: Conditions besides the query.
        facets: What to count the hits by, of `schema.FACETS`.
        newest: The day from which age is counted, as a proleptic ordinal, where that counts.

    Raises:
        InvalidOptionError: A number is out of range.
        UnknownFieldError: A facet does not exist.
    """

    query: Query
    limit: int = 10
    offset: int = 0
    sort: Sort = Sort.RELEVANCE
    filters: Filters = Filters()
    facets: tuple[str, ...] = ()
    after: Position | None = None
    newest: int = 0

    @property
    def is_by_date(self) -> bool:
        """Whether hits are ordered by their dates alone."""
        return self.sort in {Sort.NEWEST, Sort.OLDEST}

    @property
    def reach(self) -> int:
        """How many hits must be known to know the page."""
        return self.offset + self.limit

    @property
    def passed(self) -> int:
        """How many hits come before the page: the rank of the last of them."""
        return self.offset if self.after is None else self.after.rank

    def __post_init__(self) -> None:
        if not 0 <= self.limit <= MAX_LIMIT:
            raise InvalidOptionError(
                option="limit", value=self.limit, expected=f"from 0 to {MAX_LIMIT}"
            )
        if not 0 <= self.offset <= MAX_WINDOW - self.limit:
            most = MAX_WINDOW - self.limit
            raise InvalidOptionError(
                option="offset", value=self.offset, expected=f"from 0 to {most}"
            )
        if self.after is not None and self.offset:
            raise InvalidOptionError(
                option="offset", value=self.offset, expected="0, or left out, beside a cursor"
            )
        for facet in self.facets:
            if facet not in FACETS:
                raise UnknownFieldError(facet, known=FACETS)


SECONDS_A_DAY = 86_400


def moment_key(document: Document) -> int | None:
    """Return a number that orders documents by publication, or None without a date.

    It is the local day (proleptic ordinal) times 86,400 plus the seconds of that day: local,
    because "published on the 6th" means the 6th where it was published.
    """
    moment = document.published
    if moment is None:
        return None
    key = moment.toordinal() * SECONDS_A_DAY
    if isinstance(moment, dt.datetime):
        key += moment.hour * 3600 + moment.minute * 60 + moment.second
    return key
