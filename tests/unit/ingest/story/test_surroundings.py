"""What stands round the story."""

from __future__ import annotations

import datetime as dt

import pytest

from civicsearch.document import Document, Page
from civicsearch.ingest.extractor import extract_document

STORY = (
    "<p>Hội đồng nhân dân xã đã bàn về con đường mới, về nước sạch và về trường học của thôn.</p>"
    * 6
)


def extracted(above: str = "", below: str = "", before: str = "") -> Document:
    page = f"{before}<h1>Dân góp đất mở đường</h1>{above}<div>{STORY}</div>{below}"
    return extract_document(Page(content=page.encode()))


@pytest.mark.parametrize(
    ("line", "views"),
    [
        ("06/08/2020 - Lượt xem: 1901", 1901),
        ("18/02/2020 17:45 Lượt xem: 2.051", 2051),
        ("Počet zobrazení: 1 284", 1284),
        ("Visites de l'article : 846", 846),
        ("1.234 lượt xem", 1234),
        ("Ngày 6/8/2020", None),
    ],
)
def test_view_counters(line, views):
    assert extracted(above=f"<p>{line}</p>").views == views


def test_the_date_line_dates_the_page():
    assert extracted(above="<p>06/08/2020</p>").published == dt.date(2020, 8, 6)


def test_the_days_of_other_stories_do_not_date_a_short_one():
    """The date line stands above the headline; a list of other news follows below."""
    page = (
        f"<p>Ngày đăng: 06/08/2020</p><h1>Dân góp đất mở đường</h1><div>{STORY[: len(STORY) // 6]}</div>"
        "<ul><li><a href=/1>Khánh thành cầu mới</a></li><li>01/07/2020</li></ul>"
    )
    assert extract_document(Page(content=page.encode())).published == dt.date(2020, 8, 6)


def test_a_line_with_the_stated_day_beside_another_confirms_it():
    """Databases print the last change and the publication side by side."""
    head = (
        '<meta property="article:published_time" content="2020-08-06">'
        '<meta property="article:modified_time" content="2020-09-10">'
    )
    page = f"<html lang=en><head>{head}</head><body><h1>The town builds a road</h1>"
    story = "<p>The council of Lam Hill talked about the new road and the water.</p>" * 8
    for line, day in (("9/10/2020", 10), ("2020-09-10 14:15 2020-08-06 10:20", 6)):
        found = extract_document(Page(content=f"{page}<p>{line}</p><div>{story}</div>".encode()))
        assert found.published.day == day


def test_a_release_is_dated_by_its_opening():
    opening = "<p>Lam Khê, ngày 3/5/2020 – Xã khánh thành cây cầu mới bắc qua sông cho bà con.</p>"
    page = f"<h1>Dân góp đất mở đường</h1><div>{opening}{STORY}</div>"
    assert extract_document(Page(content=page.encode())).published == dt.date(2020, 5, 3)


@pytest.mark.parametrize(
    "before",
    [
        "<div class=breadcrumb><a href=/>Trang chủ</a> » <a href=/a>Tin tức</a> » <a href=/b>Nông thôn</a></div>",
        "<p><a href=/>Trang chủ</a> &gt; <a href=/a>Tin tức</a> &gt; <a href=/b>Nông thôn</a></p>",
    ],
)
def test_the_last_step_of_the_way_is_the_section(before):
    assert extracted(before=before).section == "Nông thôn"


def test_tags_are_links_that_say_so():
    assert extracted(below="<a rel=tag href=/t>mở đường</a>").tags == ("mở đường",)


def test_what_stands_under_the_main_heading_is_read_without_a_headline_there():
    """The line that reads most like a headline stands within the story, boxes before it."""
    summary = "Sổ tay này nói về cách bà con trong xã cùng nhau góp đất và góp công làm đường mới."
    boxes = "".join(f"<div>Phần {number} của sổ tay</div>" for number in range(50))
    story = f"<div>{STORY}<h2>Dân góp đất mở đường</h2>{STORY}</div>"
    page = f"<title>Dân góp đất mở đường</title><h1>Sổ tay</h1><p>{summary}</p>{boxes}{story}"
    assert summary in extract_document(Page(content=page.encode())).text


@pytest.mark.parametrize(
    "above",
    [
        "<p>Thời gian tổ chức:</p><p>06/08/2020</p><p>Đăng ngày 02/07/2020</p>",
        "<p>Ngày diễn ra: 06/08/2020</p><p>02/07/2020</p>",
    ],
)
def test_the_day_of_an_event_does_not_date_the_page(above):
    assert extracted(above=above).published == dt.date(2020, 7, 2)


def test_a_day_that_is_stated_as_an_events_does_not_date_the_page():
    event = (
        '<script type=\'application/ld+json\'>{"@type": "Event", "startDate": "2020-08-06"}'
        "</script>"
    )
    above = "<p>06/08/2020</p><p>02/07/2020</p>"
    assert extracted(before=event, above=above).published == dt.date(2020, 7, 2)
    assert extracted(before=event, above="<p>Đăng ngày 06/08/2020</p>").published is not None


def test_a_date_line_of_several_elements_is_no_part_of_the_story():
    line = "<p><b>Hải Yến</b><span>06/08/2020</span><span>5 phút đọc</span></p>"
    document = extract_document(
        Page(content=f"<div><h1>Dân góp đất mở đường</h1>{line}{STORY}</div>".encode())
    )
    assert document.published == dt.date(2020, 8, 6)
    assert "Hải Yến" not in document.body


def test_the_day_of_writing_does_not_date_a_page_that_states_that_of_publication():
    rows = (("Data wytworzenia:", "2020-08-01"), ("Data opublikowania:", "06.08.2020"))
    told = "".join(f"<tr><th>{label}</th><td>{day}</td></tr>" for label, day in rows)
    assert extracted(above=f"<table>{told}</table>").published == dt.date(2020, 8, 6)


LATE = '<html lang=en><head><meta property="article:published_time" content="2024-03-06T03:12:00Z">'
BRIDGE = "<p>The council of Lam Hill talked about the new road and the water.</p>" * 8


@pytest.mark.parametrize(
    "line",
    [
        "<p>Published March 5, 2024 10:12 p.m. Updated March 6, 2024 9:00 a.m.</p>",
        "<div aria-label='Published: 10:12 p.m. ET March 5, 2024 Updated 9:00 a.m. March 6'></div>",
    ],
)
def test_the_day_of_the_last_change_does_not_confirm_the_day_after_in_utc(line):
    page = f"{LATE}</head><body><h1>The town builds a road</h1>{line}<div>{BRIDGE}</div>"
    found = extract_document(Page(content=page.encode())).published
    assert (found.month, found.day) == (3, 5)


def test_other_labels_of_empty_elements_do_not_date_a_page():
    assert extracted(above="<div aria-label='Play 06/08/2020'></div>").published is None


def test_a_day_beside_a_picture_of_a_calendar_dates_a_page_that_says_no_other():
    """In a column beside the story; two of them, or one among other words, are of others."""
    day = "<div class=column><h2><i class='fa fa-calendar'></i> <span>{}</span></h2></div>"
    menu = "<ul>" + "<li><a href=/roads>Roads</a></li>" * 12 + "</ul>"
    first, second = day.format("08 February 2024"), day.format("9 March 2024")
    assert extracted(before=first + menu).published == dt.date(2024, 2, 8)
    assert extracted(before=first + second + menu).published is None
    assert extracted(before=first.replace("fa-calendar", "") + menu).published is None
    assert extracted(before=day.format("Roads, 08 February 2024, 9 °C") + menu).published is None


def test_a_day_that_is_a_heading_over_particulars_is_no_teaser_s():
    """The box has one link as long as headlines are, to other stories by the same author."""
    day = "<h2><i class='fa fa-calendar'></i> <span>8 February 2024</span></h2>"
    box = f"<div class=box>{day}<p><a href=/by/{{0}}>Marianne Ashdown-Quillfeather {{0}}</a></p></div>"
    others = "".join(box.replace(day, "").format(number) for number in range(5))
    assert extracted(before=box.format(9) + others).published == dt.date(2024, 2, 8)
    dated = box.replace("<h2>", "<p>").replace("</h2>", "</p>")
    assert extracted(before=dated.format(9) + others).published is None


def test_a_day_before_links_to_the_authors_below_the_story_is_its_own():
    """Two names are longer than the day; links to anything else are of other stories."""
    foot = "<p>Created: 8 February 2024. {}</p>"
    names = "".join(
        f"<a href=/author/{name}>Maren {name} Quillfeather</a> " for name in ("Jo", "Ann")
    )
    assert extracted(below=foot.format(names)).published == dt.date(2024, 2, 8)
    stories = names.replace("/author/", "/story/")
    assert extracted(below=foot.format(stories)).published is None
