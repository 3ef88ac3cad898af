"""What a table on the page is: data, a calendar, a picture with its caption, or layout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from civicsearch.ingest.blocks import collapse

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
    cells = table.find_all(("td", "th"), limit=_CALENDAR_CELLS + 1)
    if not _SHORTEST_MONTH <= len(cells) <= _CALENDAR_CELLS or table.find("table") is not None:
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
    if table.find("table") is not None or is_picture_table(table):
        return False
    rows = table.find_all("tr", limit=_MAX_CELLS)
    cells = table.find_all(("td", "th"), limit=_MAX_CELLS)
    if len(rows) < 2 or len(cells) < 4:
        return False
    if table.find("th") is not None:
        return True
    if table.find("img") is not None and _link_share(table) >= 0.5:
        return False  # teasers, each beside its picture
    longest = max(len(cell.get_text()) for cell in cells)
    # A full count of cells may have reached only some of the rows.
    return longest < _LONG_CELL and (len(cells) >= 2 * len(rows) or _has_columns(rows))


def _has_columns(rows: list[Tag]) -> bool:
    """Return whether most of the first rows have more than one cell."""
    first = rows[:_CALENDAR_CELLS]
    return sum(len(row.find_all(("td", "th"), limit=2)) == 2 for row in first) > 0.6 * len(first)


def is_picture_table(table: Tag) -> bool:
    """Return whether a table only sets a picture over its caption, as old editors do.

    Where many cells hold text it is data with signs in it: a tick, a flag, the logo of a system.
    """
    if table.find("img") is None:
        return False
    cells = table.find_all(("td", "th"), limit=_MAX_CELLS)
    is_flat = table.find("table") is None
    if is_flat and sum(bool(collapse(cell.get_text())) for cell in cells) > _CAPTION_CELLS:
        return False
    text = collapse(table.get_text(" "))
    return 0 < len(text) <= 300 and _link_share(table) < 0.5


def _link_share(table: Tag) -> float:
    """Return which share of the letters of a table is in links."""
    links = sum(len(collapse(link.get_text())) for link in table.find_all("a"))
    return links / max(1, len(collapse(table.get_text(" "))))


def table_text(table: Tag) -> str:
    """Return the rows of a data table, one a line."""
    rows = (
        " | ".join(collapse(cell.get_text(" ")) for cell in row.find_all(("td", "th")))
        for row in table.find_all("tr")
    )
    return "\n".join(row for row in rows if row.strip(" |"))
