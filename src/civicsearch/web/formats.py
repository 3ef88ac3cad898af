"""How single values are written on a page: days, counts, addresses, languages, marked text."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from civicsearch.analysis.tokens import Span

__all__ = [
    "DayView",
    "LinkView",
    "Piece",
    "counted",
    "day_view",
    "document_href",
    "language_tag",
    "original_link",
    "pieces",
]

Piece = tuple[str, bool]
"""A run of text and whether it is marked. The template escapes each run by itself."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_NOT_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\]")
_MAX_HOST_CHARS = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """A day or moment: `text` for people, `iso` for machines."""

    text: str
    iso: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link: `text` to show, `href` to follow."""

    text: str
    href: str


def pieces(text: str, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """Return `text` cut at `spans`, which are in order and do not overlap.

    Marks with nothing but blanks between them become one: Vietnamese writes the syllables of a
    word apart, and a row of small marks is hard to read.

    >>> from civicsearch.analysis.tokens import Span
    >>> pieces("mô hình dân vận", [Span(8, 11), Span(12, 15)])
    (('mô hình ', False), ('dân vận', True))
    """
    runs: list[Piece] = []
    done = 0
    for start, end in spans:
        between = text[done:start]
        if runs and not between.strip():
            runs[-1] = (runs[-1][0] + between + text[start:end], True)
        else:
            runs += [(between, False), (text[start:end], True)]
        done = end
    runs.append((text[done:], False))
    return tuple(run for run in runs if run[0])


def day_view(moment: dt.date | None, *, with_time: bool = True) -> DayView | None:
    """Return how a day, or a moment in its own time zone, is written; None stays None.

    >>> day_view(dt.date(2020, 8, 6)).text
    '6 August 2020'
    """
    if moment is None:
        return None
    text = f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
    if with_time and isinstance(moment, dt.datetime):
        text += f", {moment.hour:02d}:{moment.minute:02d}"
    return DayView(text=text, iso=moment.isoformat())


def counted(count: int, noun: str) -> str:
    """Return a count with its noun.

    >>> counted(1, "article"), counted(1700, "article")
    ('1 article', '1,700 articles')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def document_href(document_id: str) -> str:
    """Return the address of the page of one document; an id may hold any character."""
    return "/documents/" + quote(document_id, safe="", errors="replace")


def original_link(url: str | None) -> LinkView | None:
    """Return the link to the page that a document came from, or None where it cannot be one.

    Only `http` and `https` are linked: the address was read from a page, and `javascript:` is an
    address too.
    """
    if not url or _NOT_IN_ADDRESS.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    host = host.removeprefix("www.")
    text = host if len(host) <= _MAX_HOST_CHARS else host[: _MAX_HOST_CHARS - 1] + "…"
    return LinkView(text=text, href=url)


def language_tag(language: str) -> str:
    """Return `language` if it can stand in a `lang` attribute, else ""."""
    return language if _LANGUAGE.fullmatch(language) else ""
