"""The search form, filled in as the visitor left it: also when the request was refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.query.parser import MAX_QUERY_CHARS
from civicsearch.query.periods import parse_day
from civicsearch.search.request import Sort
from civicsearch.web.parameters import DEFAULT_LIMIT, MAX_SOURCES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.datastructures import QueryParams

__all__ = ["FormView", "OptionView", "form_view"]

_SORT_LABELS = {
    Sort.RELEVANCE: "Best match first",
    Sort.RECENT: "Best match, newer ones favoured",
    Sort.NEWEST: "Newest first",
    Sort.OLDEST: "Oldest first",
}
_MAX_OFFERED_SOURCES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """One choice of a list or a checkbox."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """The fields of the form.

    Attributes:
        q: The query, no more of it than is searched for.
        sorts: The orders to choose from.
        published_from: What stands in the field, even where it is not a day.
        published_to: The same.
        sources: Publishers to choose from: those chosen, then those of the results.
        limit: Sent along where it is not the default; else "".
        passages: The same.
        expand: Sent along where abbreviations are not to be expanded; else "".
        is_open: Whether the filters are unfolded, because one of them may be what is wrong.
        wants_focus: Whether the page is there to be typed into.
    """

    q: str
    sorts: tuple[OptionView, ...]
    published_from: str
    published_to: str
    sources: tuple[OptionView, ...]
    limit: str
    passages: str
    expand: str
    is_open: bool
    wants_focus: bool


def form_view(
    values: QueryParams,
    *,
    offered: Sequence[str] = (),
    wants_focus: bool = False,
    is_refused: bool = False,
) -> FormView:
    """Return the form for a query string, however wrong its values are.

    Args:
        values: The query string.
        offered: Publishers that the results have.
        wants_focus: Whether the cursor should stand in the query field.
        is_refused: Whether the request was refused. Otherwise the filters stay folded, as the
            results say which are in use, and a phone has no room to say it twice.
    """
    sort = values.get("sort") or Sort.RELEVANCE
    first, last = _iso(values.get("from", ""), "from"), _iso(values.get("to", ""), "to")
    chosen = [source for source in values.getlist("source") if source.strip()][:MAX_SOURCES]
    limit, passages = values.get("limit", ""), values.get("passages", "")
    return FormView(
        q=values.get("q", "")[:MAX_QUERY_CHARS],
        sorts=tuple(
            OptionView(value=name.value, label=label, chosen=sort == name)
            for name, label in _SORT_LABELS.items()
        ),
        published_from=first,
        published_to=last,
        sources=_sources(chosen, offered),
        expand="0" if values.get("expand") == "0" else "",
        limit="" if limit == str(DEFAULT_LIMIT) else limit,
        passages="" if passages == "1" else passages,
        is_open=is_refused and bool(first or last or chosen or sort != Sort.RELEVANCE),
        wants_focus=wants_focus,
    )


def _iso(text: str, name: str) -> str:
    """Return a day as a field for days takes it, which shows nothing for `2020` or `06/08/2020`."""
    try:
        return parse_day(text, is_last=name == "to").isoformat()
    except ValueError:
        return text


def _sources(chosen: Sequence[str], offered: Sequence[str]) -> tuple[OptionView, ...]:
    names = {fold(source): source for source in offered}
    options = {
        fold(source): OptionView(value=source, label=names.get(fold(source), source), chosen=True)
        for source in chosen
    }
    for key, source in list(names.items())[:_MAX_OFFERED_SOURCES]:
        if source and key not in options:
            options[key] = OptionView(value=source, label=source, chosen=False)
    return tuple(options.values())
