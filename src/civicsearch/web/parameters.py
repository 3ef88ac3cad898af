"""What a request to `/search` or `/api/search` asks for, read from its query string and back.

Unknown parameters are ignored. A value that cannot be meant is refused with the option and what
it must be, never corrected silently. An empty value is as good as none: browsers send every field
of a form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlencode

from civicsearch.errors import InvalidOptionError, RequestError, UnknownFieldError
from civicsearch.query.parser import MAX_QUERY_CHARS
from civicsearch.query.periods import DAY_FORMS, parse_day
from civicsearch.schema import FACETS
from civicsearch.search.request import Sort
from civicsearch.search.snippets import MAX_PASSAGES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from typing import Self

    from starlette.datastructures import QueryParams
    from starlette.requests import Request

__all__ = [
    "DEFAULT_LIMIT",
    "MAX_LIMIT",
    "MAX_SOURCES",
    "MAX_WINDOW",
    "CompletionParameters",
    "RelatedParameters",
    "SearchParameters",
    "values_of",
]

DEFAULT_LIMIT = 10
MAX_LIMIT = 100
"""The most hits on one page; the library allows more to programs that pay for them themselves."""
MAX_WINDOW = 10_000
"""The furthest hit that can be paged to: offset + limit."""
MAX_SOURCES = 50
"""How many publishers one request may name."""

_WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")


def values_of(request: Request) -> QueryParams:
    """Return the query string of a request.

    Raises:
        RequestError: It is no UTF-8. Starlette would put question marks in the place of letters,
            and nothing would be found, without a reason.
    """
    try:
        unquote_to_bytes(request.scope["query_string"]).decode()
    except UnicodeDecodeError:
        message = (
            "The address is not in UTF-8, in which dân is d%C3%A2n. Encode it so, and ask again."
        )
        raise RequestError(message) from None
    return request.query_params


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchParameters:
    """The parameters of one search.

    Attributes:
        q: The query as typed.
        limit: Hits on a page, 0 to `MAX_LIMIT`.
        offset: Hits to pass over first.
        cursor: What an answer gave to go on after its hits, or "".
        sort: The order of hits.
        published_from: First day of publication, inclusive.
        published_to: Last day of publication, inclusive.
        sources: Publishers, any of them.
        facets: What to count the matches by.
        expand: Whether abbreviations are also read as what they mean, and words in other forms.
        passages: Passages of each article, from 1.
    """

    q: str = ""
    limit: int = DEFAULT_LIMIT
    offset: int = 0
    cursor: str = ""
    sort: Sort = Sort.RELEVANCE
    published_from: dt.date | None = None
    published_to: dt.date | None = None
    sources: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    expand: bool = True
    passages: int = 1

    @classmethod
    def parse(cls, values: QueryParams) -> Self:
        """Return what the query string asks for.

        Raises:
            InvalidOptionError: A value cannot be read, is out of range, or is given twice where
                only one can count.
            UnknownFieldError: A facet does not exist.
        """
        parameters = cls(
            q=_single(values, "q"),
            limit=_limit(values),
            offset=_whole_number(values, "offset", default=0, expected="a whole number from 0"),
            cursor=_single(values, "cursor"),
            sort=_sort(values),
            published_from=_day(values, "from"),
            published_to=_day(values, "to"),
            sources=_several(values, "source"),
            facets=_facets(values),
            expand=_is_expanded(values),
            passages=_passages(values),
        )
        parameters._check_window()
        parameters._check_days()
        return parameters

    @property
    def has_filters(self) -> bool:
        """Whether anything but the query decides what is found."""
        return bool(self.published_from or self.published_to or self.sources)

    def search_options(self) -> dict[str, Any]:
        """Return the arguments of `Archive.search` besides the text."""
        return {
            "limit": self.limit,
            "offset": self.offset,
            "cursor": self.cursor or None,
            "sort": self.sort,
            "published_from": self.published_from,
            "published_to": self.published_to,
            "sources": self.sources,
            "facets": self.facets,
            "expand": self.expand,
        }

    def page_href(self, **changes: Any) -> str:  # noqa: ANN401 - the fields have several types
        """Return the address of the page for these parameters, with some of them changed.

        It goes to the first page of hits unless `offset` is among the changes.
        """
        changed = replace(self, **({"offset": 0} | changes))
        pairs = [("q", changed.q[:MAX_QUERY_CHARS])]
        if changed.sort is not Sort.RELEVANCE:
            pairs.append(("sort", changed.sort.value))
        if changed.published_from:
            pairs.append(("from", changed.published_from.isoformat()))
        if changed.published_to:
            pairs.append(("to", changed.published_to.isoformat()))
        pairs.extend(("source", source) for source in changed.sources)
        if not changed.expand:
            pairs.append(("expand", "0"))
        if changed.limit != DEFAULT_LIMIT:
            pairs.append(("limit", str(changed.limit)))
        if changed.passages > 1:
            pairs.append(("passages", str(changed.passages)))
        if changed.offset:
            pairs.append(("offset", str(changed.offset)))
        return "/search?" + urlencode(pairs, errors="replace")

    def _check_window(self) -> None:
        most = MAX_WINDOW - self.limit
        if self.offset > most:
            expected = f"at most {most}: no more than {MAX_WINDOW:,} results can be paged through"
            raise InvalidOptionError(option="offset", value=self.offset, expected=expected)

    def _check_days(self) -> None:
        first, last = self.published_from, self.published_to
        if first and last and last < first:
            expected = f"{first.isoformat()} or later, as the first day is that"
            raise InvalidOptionError(option="to", value=last.isoformat(), expected=expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionParameters:
    """What is to be completed.

    Attributes:
        q: The text typed so far.
        limit: How many completions, 1 to 50.
    """

    q: str
    limit: int

    @classmethod
    def parse(cls, values: QueryParams) -> Self:
        """Return what the query string asks for.

        Raises:
            InvalidOptionError: A value cannot be read, or is given twice. Whether the limit is in
                range, the archive says.
        """
        expected = "a whole number"
        limit = _whole_number(values, "limit", default=DEFAULT_LIMIT, expected=expected)
        return cls(q=_single(values, "q"), limit=limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedParameters:
    """Which article others are looked for to.

    Attributes:
        document_id: Its id.
        limit: How many are wanted, 0 to `MAX_LIMIT`.
    """

    document_id: str
    limit: int

    @classmethod
    def parse(cls, values: QueryParams) -> Self:
        """Return what the query string asks for.

        Raises:
            InvalidOptionError: The id is missing, or a value cannot be read, is out of range, or
                is given twice.
        """
        return cls(document_id=_article(values), limit=_limit(values))


def _single(values: QueryParams, name: str) -> str:
    found = values.getlist(name)
    if len(found) > 1:
        raise _given_too_often(name, found, expected="given once")
    return found[0] if found else ""


def _several(values: QueryParams, name: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(value.strip() for value in values.getlist(name) if value.strip()))
    if len(found) > MAX_SOURCES:
        raise _given_too_often(name, found, expected=f"{MAX_SOURCES} at most")
    return found


def _given_too_often(name: str, found: Sequence[str], *, expected: str) -> InvalidOptionError:
    problem = f"is given {len(found)} times"
    return InvalidOptionError(option=name, value=found, expected=expected, problem=problem)


def _article(values: QueryParams) -> str:
    document_id = _single(values, "id")
    if not document_id:
        expected = "the id of an article"
        raise InvalidOptionError(option="id", value="", expected=expected, problem="is missing")
    return document_id


def _whole_number(values: QueryParams, name: str, *, default: int, expected: str) -> int:
    text = _single(values, name)
    if not text:
        return default
    if not _WHOLE_NUMBER.fullmatch(text):
        raise InvalidOptionError(option=name, value=text, expected=expected)
    return int(text)


def _limit(values: QueryParams) -> int:
    expected = f"a whole number from 0 to {MAX_LIMIT}"
    limit = _whole_number(values, "limit", default=DEFAULT_LIMIT, expected=expected)
    if limit > MAX_LIMIT:
        raise InvalidOptionError(option="limit", value=limit, expected=expected)
    return limit


def _passages(values: QueryParams) -> int:
    expected = f"a whole number from 1 to {MAX_PASSAGES}"
    passages = _whole_number(values, "passages", default=1, expected=expected)
    if not 1 <= passages <= MAX_PASSAGES:
        raise InvalidOptionError(option="passages", value=passages, expected=expected)
    return passages


def _sort(values: QueryParams) -> Sort:
    return Sort.named(_single(values, "sort") or Sort.RELEVANCE)


def _day(values: QueryParams, name: str) -> dt.date | None:
    text = _single(values, name).strip()
    if not text:
        return None
    try:
        return parse_day(text, is_last=name == "to")
    except ValueError:
        expected = f"a day such as {DAY_FORMS}"
        raise InvalidOptionError(option=name, value=text, expected=expected) from None


def _facets(values: QueryParams) -> tuple[str, ...]:
    facets = _several(values, "facet")
    for facet in facets:
        if facet not in FACETS:
            raise UnknownFieldError(facet, known=FACETS)
    return facets


def _is_expanded(values: QueryParams) -> bool:
    text = _single(values, "expand")
    if text not in {"", "0", "1"}:
        expected = "1, or 0 to search only for what is typed"
        raise InvalidOptionError(option="expand", value=text, expected=expected)
    return text != "0"
