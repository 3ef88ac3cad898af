"""Teasers before and beside a story."""

from __future__ import annotations

from lxml import html

from civicsearch.ingest.layout.region import Region, find_region
from civicsearch.ingest.layout.visible_title import find_visible_title

PROSE = "<p>Đoạn {} kể rằng hội đồng nhân dân xã đã bàn về con đường mới, về nước sạch, về trường học.</p>"
TEASERS = "".join(
    f"<p>Tin vắn thứ {n} của xã trong tuần</p><p>0{n}/03/2022</p>{PROSE.format(n)}"
    for n in range(1, 5)
)
STORY = "".join(PROSE.format(n) for n in range(10, 30))


def region_of(markup: str) -> Region:
    region = find_region(html.document_fromstring(f"<body>{markup}</body>"))
    assert region is not None
    return region


def test_the_longest_dated_part_of_a_flat_page_is_the_story():
    region = region_of(f"{TEASERS}<p>Dân góp đất mở đường</p><p>06/08/2020</p>{STORY}")
    assert region.lines[region.start].text.startswith("Đoạn 10")
    assert find_visible_title(region, titles=()).text == "Dân góp đất mở đường"


def test_equal_parts_have_no_story_among_them():
    assert region_of(TEASERS).lines[region_of(TEASERS).start].text.startswith("Đoạn 1")


def test_a_main_heading_above_all_keeps_the_first_part():
    region = region_of(f"<h1>Trực tiếp kỳ họp</h1>{TEASERS}<p>Phần dài nhất của kỳ họp</p>"
                       f"<p>06/08/2020</p>{STORY}")  # fmt: skip
    assert region.lines[region.start].text.startswith("Đoạn 1 ")


def test_a_column_of_teasers_does_not_beat_a_short_notice():
    column = "".join(
        f"<div><a href=/{n}>Tin số {n} của xã về việc làng việc nước trong tuần này</a>{PROSE.format(n)}</div>"
        for n in range(4)
    )
    region = region_of(
        "<div id=a><h2>Trụ sở đóng cửa ngày 3/5</h2><p>Trụ sở xã đóng cửa cả ngày thứ sáu để sửa điện"
        f" và nước.</p></div><div id=b>{column}</div>"
    )
    assert region.element.get("id") == "a"
