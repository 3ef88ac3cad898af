"""What a table is."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag

from civicsearch.ingest.story.tables import is_calendar, is_data_table, is_picture_table, table_text


def table(inner: str) -> Tag:
    found = BeautifulSoup(f"<table>{inner}</table>", "lxml").table
    assert found is not None
    return found


def rows(*texts: str) -> str:
    return "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in text.split("|")) + "</tr>" for text in texts
    )


MONTH = rows(
    "Tháng Ba",
    "T2|T3|T4|T5|T6|T7|CN",
    *(
        "|".join(str(day) for day in range(first, first + 7) if day < 32)
        for first in range(1, 32, 7)
    ),
)


def test_a_month_is_a_calendar_and_a_table_of_figures_is_none():
    assert is_calendar(table(MONTH))
    assert not is_calendar(table(rows(*["1|2|3|4|5|6|7"] * 6)))
    assert not is_calendar(table(rows("Xã|Số hộ", "Đồng Vọng|17")))


@pytest.mark.parametrize("count", [6, 700])
def test_a_long_column_is_layout(count):
    assert not is_data_table(table(rows(*["Tin khác"] * count)))


@pytest.mark.parametrize("count", [3, 700])
def test_columns_are_data(count):
    assert is_data_table(table(rows(*["Đồng Vọng|1.700"] * count)))


def test_a_picture_with_little_text_is_a_caption():
    assert is_picture_table(table("<tr><td><img src=a></td></tr><tr><td>Cuộc họp</td></tr>"))
    assert not is_picture_table(table(rows("Cuộc họp")))


def test_data_may_have_pictures_in_it():
    """A tick or a flag in a cell makes no caption of a table."""
    ticked = table(rows("Village|<img src=tick>|42", "Lam Hill|<img src=tick>|17"))
    assert is_data_table(ticked)
    assert not is_picture_table(ticked)


def test_teasers_beside_their_pictures_are_no_data():
    """Links to other stories with a picture each stand in rows as well."""
    teaser = "<img src=a>|<a href=/a>New roof for the town hall</a>"
    assert not is_data_table(table(rows(teaser, teaser, teaser)))


def test_rows_are_lines():
    assert table_text(table(rows("Xã|Số hộ", "|", "Đồng Vọng|17"))) == "Xã | Số hộ\nĐồng Vọng | 17"
