"""What a block says of itself: whether it is prose, and what a short line is by its wording."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.ingest.blocks import Block, Kind, Zone, reading_size
from civicsearch.ingest.layout.bylines import is_labelled_byline
from civicsearch.ingest.reading.dates import find_dateline, is_changed_line
from civicsearch.ingest.reading.names import is_byline
from civicsearch.ingest.reading.phrases import is_boilerplate_line, split_error_text
from civicsearch.ingest.reading.undated import without_relative_times
from civicsearch.ingest.reading.vocabulary import is_author_name, is_breadcrumb_name, is_meta_name

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PROSE_CHARS", "Seen", "ends_sentence", "is_prose", "is_tag_label", "zone_by_wording"]

_SENTENCE_ENDS = frozenset(".!?…:;。！？।؟؛")
_CLOSING = "])'\"”’»“"
_SOURCE_LINE = re.compile(
    r"(?:theo|nguon|nguon tin|zdroj|fuente|source|zrodlo|quelle|fonte|kaynak|bron|via|kalla|kilde"
    rf"|lahde|forras|sursa|izvor|vir|sumber|{fold('источник|джерело|πηγή|извор')}) ?: ?.{{1,80}}"
    r"|\((?:theo|nguon) .{1,60}\)|theo (?:\S+ ?){1,4}"
)
_TAG_LINE = re.compile(
    r"(?:tags?|tu khoa|the|keywords?|chu de|stitky|klicova slova|etiquetas|mots?[- ]cles|tagi|"
    r"slowa kluczowe|schlagworter|themen|palavras-chave|topics?|filed under|categories|"
    r"kategorie) ?:"
)
# Press releases say that no more of them follows; the words alone may be a heading or an answer.
_END_MARK = re.compile(
    r"[-–—*#( ]+(?:end[es]?|fine?|koniec|konec|kraj|son|het|slut|slutt|loppu|vege|sfarsit)"
    r"[-–—*#) .]+"
)
# Thai and Lao sentences end with nothing.
_FIRST_THAI, _LAST_THAI = "\u0e00", "\u0eff"
PROSE_CHARS = 80
_MAX_RELATIVE = 60
_MAX_END_MARK = 20
_MAX_LINE_CHARS = 160


class Seen(IntEnum):
    """What of a story stands above a block."""

    NOTHING = 0
    LEAD = 1
    STORY = 2


def is_prose(block: Block) -> bool:
    """Return whether a block reads like a paragraph of a story."""
    if block.rule or block.link_share > 0.5 or block.kind is Kind.TABLE:
        return False
    size = reading_size(block.text)
    return size >= 2 * PROSE_CHARS or (size >= PROSE_CHARS and ends_sentence(block.text))


def ends_sentence(text: str) -> bool:
    """Return whether a text ends with a sentence, or with a colon."""
    # A pattern that looks for the end from the start takes four times as long.
    last = text.rstrip(_CLOSING)[-1:]
    return last in _SENTENCE_ENDS or (_FIRST_THAI <= last <= _LAST_THAI and len(text) > PROSE_CHARS)


def is_tag_label(text: str) -> bool:
    """Return whether a short text is the label of tags, with or without its colon."""
    return _TAG_LINE.fullmatch(f"{fold(text).rstrip(' :')}:") is not None


def zone_by_wording(block: Block, folded: str, seen: Seen) -> tuple[Zone, str] | None:
    """Return the zone of a short line that its wording or its names give, or None."""
    text = block.text
    if len(text) > _MAX_LINE_CHARS:
        return None
    if not any(map(str.isalnum, text)):
        return Zone.BOILERPLATE, "no words"
    if seen < Seen.STORY and (find_dateline(text) is not None or _is_dated(text)):
        return Zone.DATELINE, "a date line"
    may_be_names = seen is Seen.NOTHING and len(text) <= 60 and reading_size(text) == len(text)
    if may_be_names and is_byline(text):
        return Zone.BYLINE, "names alone above the story"
    return next(
        ((zone, rule) for zone, rule, holds in _WORDINGS if holds(block, folded)),
        None,
    )


def _is_dated(text: str) -> bool:
    """Return whether a short line says when, but names no day of publication.

    It names that of the last change, or how long ago: `3 hours ago | Jo Lind`.
    """
    if is_changed_line(text):
        return True
    rest = without_relative_times(text)
    if rest == text or len(text) > _MAX_RELATIVE:
        return False
    rest = rest.strip(" ,|·•–—-:")
    return not rest or is_byline(rest)


def _is_error(block: Block, _folded: str) -> bool:
    error, rest = split_error_text(block.text)
    return bool(error) and not rest


def _is_end_mark(block: Block, folded: str) -> bool:
    return len(block.text) <= _MAX_END_MARK and _END_MARK.fullmatch(folded) is not None


def _is_source_line(block: Block, folded: str) -> bool:
    if len(block.text) >= 90 or block.text[-1] in ".:":
        return False
    return bool(_SOURCE_LINE.fullmatch(folded))


# Asked in this order.
_WORDINGS: tuple[tuple[Zone, str, Callable[[Block, str], bool]], ...] = (
    (
        Zone.BOILERPLATE,
        "a line of the site's furniture",
        lambda block, _: is_boilerplate_line(block.text),
    ),
    (Zone.BOILERPLATE, "an error text", _is_error),
    (Zone.BOILERPLATE, "the mark of an end", _is_end_mark),
    (Zone.TAGS, "a line of tags", lambda _, folded: bool(_TAG_LINE.match(folded))),
    (Zone.BOILERPLATE, "the way to the page", lambda block, _: is_breadcrumb_name(block.names)),
    (Zone.BYLINE, "names with a role", lambda block, _: is_labelled_byline(block.text)),
    (Zone.BOILERPLATE, "a source line", _is_source_line),
    (
        Zone.BYLINE,
        "named as a byline",
        lambda block, _: _is_scrap(block.text) and is_author_name(block.names),
    ),
    (
        Zone.BOILERPLATE,
        "named as particulars",
        lambda block, _: _is_scrap(block.text) and is_meta_name(block.names),
    ),
)


def _is_scrap(text: str) -> bool:
    return len(text) <= 90 and not ends_sentence(text)
