"""Headline and date line on one line."""

from __future__ import annotations

import pytest
from lxml import html

from civicsearch.ingest.layout.glued_lines import may_hold_date, split_glued
from civicsearch.ingest.layout.lines import page_lines

HEADLINE = "Dân góp đất mở đường liên thôn"


@pytest.mark.parametrize(
    ("pieces", "parted"),
    [
        ([HEADLINE, " ", "06/08/2020 - Lượt xem: 1901"], (HEADLINE, "06/08/2020 - Lượt xem: 1901")),
        ([HEADLINE, "(11/3/2019 8:05:00 AM)"], (HEADLINE, "(11/3/2019 8:05:00 AM)")),
        ([HEADLINE + "\u00a0\u00a006/08/2020"], (HEADLINE, "06/08/2020")),
        ([HEADLINE + " 06/08/2020 - Lượt xem: 7"], (HEADLINE, "06/08/2020 - Lượt xem: 7")),
        (["06/08/2020", HEADLINE], ("06/08/2020", HEADLINE)),
        # `lệ` is no French article.
        (["Hội đồng họp kỳ thường lệ", "06/08/2020"], ("Hội đồng họp kỳ thường lệ", "06/08/2020")),
    ],
)
def test_a_line_of_two_is_parted(pieces, parted):
    assert may_hold_date("".join(pieces))
    assert split_glued(pieces) == parted


@pytest.mark.parametrize(
    "pieces",
    [
        [HEADLINE],
        [HEADLINE + " 06/08/2020"],  # a headline may end with a date
        ["Lịch tiếp công dân ngày ", "06/08/2020"],
        ["Cập nhật lần cuối: ", "06/08/2020"],
        ["Publié le ", "14 mars 2022", " Par ", "Solène Garin — mis à jour le 21/03/2022"],
        ["06/08/2020", " - ", "Nguyễn Văn Lúa"],
        [HEADLINE * 20, "06/08/2020"],
    ],
)
def test_a_line_of_one_stays(pieces):
    assert split_glued(pieces) is None


def test_inline_elements_are_read_as_two_lines_but_not_in_a_list():
    markup = f"<{{0}}><b>{HEADLINE}</b> <i>06/08/2020</i></{{0}}>"
    lines = page_lines(html.document_fromstring(markup.format("div")))
    assert [line.text for line in lines] == [HEADLINE, "06/08/2020"]
    assert len(page_lines(html.document_fromstring(markup.format("li")))) == 1


def test_a_date_and_the_counter_that_follows_it_are_parted():
    """Elements without a blank between them look parted by their styles."""
    markup = "<div><span>08:28, 12/08/2025</span><span>246 lượt xem</span></div>"
    lines = page_lines(html.document_fromstring(markup))
    assert [line.text for line in lines] == ["08:28, 12/08/2025 246 lượt xem"]
    spelled = page_lines(
        html.document_fromstring(markup.replace("12/08/2025", "ngày 12 tháng 8 năm 2025"))
    )
    assert spelled[0].text.endswith("năm 2025 246 lượt xem")
    lines = page_lines(html.document_fromstring("<p>In 2024 it was <b>1</b>200 and 10<sup>6</sup>"))
    assert lines[0].text == "In 2024 it was 1200 and 106"
