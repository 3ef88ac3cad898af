"""A position as opaque text: what a page of hits gives out and takes back to go on after it.

A cursor belongs to one search. It carries a checksum of the query, the order and the filters, so
that with others it is refused, and one of itself, so that a damaged one is too. Both are against
mistakes, not against forgers: who makes one up gets other hits of the search that he asks for.
"""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold, has_marks
from civicsearch.errors import InvalidOptionError
from civicsearch.query.nodes import (
    Synonyms,
    Term,
    describe,
    iter_leaves,
    map_runs,
    plain_word,
    relax,
    runs_of,
)
from civicsearch.query.pairs import iter_weighted_pairs
from civicsearch.search.position import Position, Standing
from civicsearch.suggesting.stand_ins import iter_stand_ins
from civicsearch.suggesting.word_forms import MOST_FORMS, forms_in, with_forms
from civicsearch.values import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from civicsearch.query.nodes import Query, Words
    from civicsearch.search.request import SearchRequest

__all__ = ["continued", "make_cursor"]

_FORM = 5  # goes up when older cursors can no longer be read
_CHECKSUM_BYTES = 4
_MAX_NUMBER = 1 << 53  # beyond, floats have gaps
_MAX_SHOWN_CHARS = 24
_DAMAGED = "the cursor of an earlier page, unchanged"
_FOREIGN = "of the same search; this one is of another query, sort or filter"


def make_cursor(
    end: Position | None, *, text: str, typed: Query, request: SearchRequest, is_relaxed: bool
) -> str | None:
    """Return the text with which a search goes on, or None where nothing follows.

    Args:
        end: Where the page ended.
        text: The query as typed.
        typed: The query as it was read.
        request: What was asked of the engine.
        is_relaxed: Whether the query was made content with some of its words.
    """
    if end is None:
        return None
    edge = None if end.edge is None else _listed(end.edge)
    query = request.query
    others = dict(iter_stand_ins(typed, query))
    forms = forms_in(query)
    meant = [[form and form.exact for form in run.meant] for run in runs_of(query)]
    told = [others, forms if any(map(any, forms)) else [], meant]
    place = [end.rank, _listed(end.last), edge, end.rarities, request.newest, *told]
    values = [_FORM, _search_sum(text, replace(request, query=typed)), is_relaxed, *place]
    body = json.dumps(values, separators=(",", ":")).encode()
    return _encoded(body + _checksum(body))


def continued(request: SearchRequest, cursor: str, *, text: str) -> tuple[SearchRequest, bool]:
    """Return the request for the hits after a cursor, and whether its query was relaxed.

    Args:
        request: What is asked now; its order and filters must be those of the page before.
        cursor: What `make_cursor` returned.
        text: The query as typed now.

    Raises:
        InvalidOptionError: The cursor is damaged or of another search, or there is an offset.
    """
    match _decoded(cursor):
        case [
            int(form),
            int(search_sum),
            bool(is_relaxed),
            *position,
            int(newest),
            dict(others),
            forms,
            meant,
        ] if form == _FORM and 0 <= newest < _MAX_NUMBER:
            if search_sum != _search_sum(text, request):
                raise _refusal(cursor, _FOREIGN)
            query = _with_stand_ins(request.query, cursor, others)
            query = _with_word_forms(query, cursor, forms)
            query = _as_meant(query, cursor, meant)
            query = relax(query) if is_relaxed else query
            after = _position(cursor, position)
            if after.edge and len(after.rarities) != sum(1 for _ in iter_weighted_pairs(query)):
                raise _refusal(cursor, _DAMAGED)
            return replace(request, query=query, after=after, newest=newest), is_relaxed
        case _:
            raise _refusal(cursor, _DAMAGED)


def _with_stand_ins(query: Query, cursor: str, others: Mapping[str, object]) -> Query:
    """Return a query with the words that on the page before stood for others.

    The archive may hold those by now.
    """

    def stand_in(child: Query) -> Query:
        if not isinstance(child, Term) or child.field is not None:
            return child
        match others.get(child.exact):
            case None:
                return child
            case str() as exact if exact:
                return replace(child, exact=exact, folded=fold(exact))
            case _:
                raise _refusal(cursor, _DAMAGED)

    def restore(run: Words) -> Words:
        return replace(run, children=tuple(map(stand_in, run.children))) if run.share else run

    return map_runs(query, restore) if others else query


def _with_word_forms(query: Query, cursor: str, forms: object) -> Query:
    """Return a query with the forms that words counted in on the page before."""
    listed = iter(forms if isinstance(forms, list) else ())

    def restore(run: Words) -> Words:
        own = next(listed, None)
        if not isinstance(own, list) or len(own) != len(run.children):
            raise _refusal(cursor, _DAMAGED)
        pairs = zip(run.children, own, strict=True)
        return replace(run, children=tuple(_in_forms(cursor, *pair) for pair in pairs))

    return query if forms == [] else map_runs(query, restore)


def _in_forms(cursor: str, child: Query, forms: object) -> Query:
    match forms:
        case []:
            return child
        case [*others] if isinstance(child, Term) and len(others) <= MOST_FORMS:
            return with_forms(child, [_word(cursor, other) for other in others])
        case _:
            raise _refusal(cursor, _DAMAGED)


def _word(cursor: str, value: object) -> str:
    if isinstance(value, str) and value:
        return value
    raise _refusal(cursor, _DAMAGED)


def _as_meant(query: Query, cursor: str, meant: object) -> Query:
    """Return a query with the forms that the page before took its words to be meant as.

    The archive may have changed, and with it what is likely.
    """
    forms = iter(meant if isinstance(meant, list) else ())

    def restore(run: Words) -> Words:
        own = next(forms, None)
        if own == []:
            return run
        if not isinstance(own, list) or len(own) != len(run.children):
            raise _refusal(cursor, _DAMAGED)
        read = zip(run.children, own, strict=True)
        return replace(run, meant=tuple(_form(cursor, child, form) for child, form in read))

    return map_runs(query, restore)


def _form(cursor: str, child: Query, form: object) -> Term | None:
    if form is None:
        return None
    match plain_word(child), form:
        case Term() as word, str() if not has_marks(word.exact) and fold(form) == word.folded:
            return replace(word, exact=form)
    raise _refusal(cursor, _DAMAGED)


def _search_sum(text: str, request: SearchRequest) -> int:
    """Return a checksum of what makes a search the same; the number of hits does not."""
    filters = request.filters
    days = [day and day.isoformat() for day in (filters.published_from, filters.published_to)]
    sources = sorted({fold(source) for source in filters.sources})
    values = [text, request.sort, days, sources]
    # Abbreviations may be expanded or not, and by another table.
    values += [describe(leaf) for leaf in iter_leaves(request.query) if isinstance(leaf, Synonyms)]
    return zlib.crc32(json.dumps(values).encode())


def _listed(standing: Standing) -> list[object]:
    return [standing.score, standing.moment_key, standing.document_id]


def _position(cursor: str, values: list[object]) -> Position:
    match values:
        case [int(rank), last, edge, list(rarities)] if 0 < rank < _MAX_NUMBER and all(
            isinstance(value, float) and 0 <= value < _MAX_NUMBER for value in rarities
        ):
            first_part = None if edge is None else _standing(cursor, edge)
            return Position(rank, _standing(cursor, last), first_part, tuple(rarities))
        case _:
            raise _refusal(cursor, _DAMAGED)


def _standing(cursor: str, values: object) -> Standing:
    match values:
        case [float(score), int() | None as moment_key, str(document_id)] if (
            0 <= score < _MAX_NUMBER and 0 <= (moment_key or 0) < _MAX_NUMBER
        ):
            return Standing(score=score, moment_key=moment_key, document_id=document_id)
        case _:
            raise _refusal(cursor, _DAMAGED)


def _decoded(cursor: str) -> object:
    """Return the values in a cursor, or None."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        body, checksum = raw[:-_CHECKSUM_BYTES], raw[-_CHECKSUM_BYTES:]
        if _encoded(raw) != cursor or checksum != _checksum(body):
            return None
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _checksum(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(_CHECKSUM_BYTES, "big")


def _refusal(cursor: str, expected: str) -> InvalidOptionError:
    shown = cursor if len(cursor) <= _MAX_SHOWN_CHARS else cursor[: _MAX_SHOWN_CHARS - 1] + "…"
    return InvalidOptionError(option="cursor", value=shown, expected=expected)
