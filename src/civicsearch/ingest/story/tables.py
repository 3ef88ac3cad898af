"""What a table on the page is: data, a calendar, a picture with its caption, or layout."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from civicsearch.ingest.blocks import collapse
from civicsearch.ingest.story.soup import tags_in

if TYPE_CHECKING:
    from bs4.element import Tag

__all__ = ["is_calendar", "is_data_table", "is_picture_table", "table_text"]

_MAX_CELLS = 400
_LONG_CELL = 400
_CALENDAR_CELLS = 80
# Two pictures side by side have a caption each.
_CAPTION_CELLS = 3
_SHORTEST_MONTH = 28
_DAY = re.compile(r"[1-9]|[12]\d|3[01]")


def is_calendar(table: Tag) -> bool:
    """Return whether `table` counts the days of a month, as sites print beside their stories."""
    cells = _cells(table, _CALENDAR_CELLS + 1)
    if not _SHORTEST_MONTH <= len(cells) <= _CALENDAR_CELLS or _holds(table, "table"):
        return False
    texts = [collapse(cell.get_text()) for cell in cells]
    days = [int(text) for text in texts if _DAY.fullmatch(text)]
    if 1 not in days or len(days) < 0.6 * len(texts):
        return False
    month = days[days.index(1) :]
    return month[:_SHORTEST_MONTH] == list(range(1, _SHORTEST_MONTH + 1))


def is_data_table(table: Tag) -> bool:
    """Return whether `table` shows data: not layout, not a picture with its caption.

    Rows and cells are counted alike far: a column of links or boxes is layout, however long.
    """
    if _holds(table, "table") or is_picture_table(table):
        return False
    rows = list(islice(tags_in(table, "tr"), _MAX_CELLS))
    cells = _cells(table, _MAX_CELLS)
    if len(rows) < 2 or len(cells) < 4:
        return False
    if _holds(table, "th"):
        return True
    if _holds(table, "img") and _link_share(table) >= 0.5:
        return False  # teasers, each beside its picture
    longest = max(len(cell.get_text()) for cell in cells)
    # A full count of cells may have reached only some of the rows.
    return longest < _LONG_CELL and (len(cells) >= 2 * len(rows) or _has_columns(rows))


def _has_columns(rows: list[Tag]) -> bool:
    """Return whether most of the first rows have more than one cell."""
    first = rows[:_CALENDAR_CELLS]
    return sum(len(_cells(row, 2)) == 2 for row in first) > 0.6 * len(first)


def is_picture_table(table: Tag) -> bool:
    """Return whether a table only sets a picture over its caption, as old editors do.

    Where many cells hold text it is data with signs in it: a tick, a flag, the logo of a system.
    """
    if not _holds(table, "img"):
        return False
    cells = _cells(table, _MAX_CELLS)
    is_flat = not _holds(table, "table")
    if is_flat and sum(bool(collapse(cell.get_text())) for cell in cells) > _CAPTION_CELLS:
        return False
    text = collapse(table.get_text(" "))
    return 0 < len(text) <= 300 and _link_share(table) < 0.5


def _link_share(table: Tag) -> float:
    """Return which share of the letters of a table is in links."""
    links = sum(len(collapse(link.get_text())) for link in tags_in(table, "a"))
    return links / max(1, len(collapse(table.get_text(" "))))


def table_text(table: Tag) -> str:
    """Return the rows of a data table, one a line."""
    rows = (
        " | ".join(collapse(cell.get_text(" ")) for cell in tags_in(row, "td", "th"))
        for row in tags_in(table, "tr")
    )
    return "\n".join(row for row in rows if row.strip(" |"))


def _cells(tag: Tag, most: int) -> list[Tag]:
    """Return the first cells in a table or a row."""
    return list(islice(tags_in(tag, "td", "th"), most))


def _holds(tag: Tag, name: str) -> bool:
    return next(tags_in(tag, name), None) is not None
