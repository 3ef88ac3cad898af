"""Headings above the headline that name the section or the kind of page."""

from __future__ import annotations

import pytest

from civicsearch.document import Page
from civicsearch.ingest.extractor import extract_document
from civicsearch.ingest.layout.section_headings import is_section_heading

STORY = (
    "<p>Hội đồng nhân dân xã đã bàn về con đường mới, về nước sạch và về trường học của thôn.</p>"
    * 6
)


@pytest.mark.parametrize(
    "text",
    [
        "Chính trị",
        "Quốc phòng - An ninh",
        "Tin văn hóa, thể thao và du lịch",
        "Hoạt động",
        "Chi tiết tin",
        "Hiển thị nội dung tin",
        "News Flash",
        "Einzelansicht",
    ],
)
def test_sections_and_kinds_of_pages(text):
    assert is_section_heading(text)


@pytest.mark.parametrize(
    "text",
    [
        "Giáo dục - chìa khóa thoát nghèo ở Nà Lường",
        "Kinh tế xã tăng trưởng khá",
        "Chi tiết phương án tuyến đường mới",
        "News flash floods the valley",
        "Detailplanung der Brücke beginnt",
    ],
)
def test_headlines_that_begin_alike(text):
    assert not is_section_heading(text)


@pytest.mark.parametrize("section", ["Tin quốc phòng - an ninh", "Chi tiết tin"])
def test_the_headline_stands_below_its_section(section):
    page = (
        "<title>Huyện Đồng Vọng</title><h1>TRANG THÔNG TIN ĐIỆN TỬ HUYỆN ĐỒNG VỌNG</h1>"
        f"<h2>{section}</h2><h3>Dân góp đất mở đường</h3><p><i>05/05/2021 | 14:20</i></p>{STORY}"
    )
    assert extract_document(Page(content=page.encode())).title == "Dân góp đất mở đường"
