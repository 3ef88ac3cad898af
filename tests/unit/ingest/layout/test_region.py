"""Where the story stands."""

from __future__ import annotations

import pytest
from lxml import html

from civicsearch.document import Page
from civicsearch.ingest.extractor import extract_document
from civicsearch.ingest.layout.lines import Hidden
from civicsearch.ingest.layout.region import Names, find_region

STORY = "".join(
    f"<p>Đoạn {n} kể rằng hội đồng nhân dân xã đã bàn về con đường mới, về nước sạch, về trường học.</p>"
    for n in range(8)
)


def region_of(markup: str):
    return find_region(html.document_fromstring(markup))


def test_the_densest_element_is_chosen():
    region = region_of(
        f"<div id=a><a href=/1>Trang chủ</a><a href=/2>Tin</a></div><div id=b>{STORY}</div><div id=c>© 2020</div>"
    )
    assert region.element.get("id") == "b"
    assert region.lines[region.start].text.startswith("Đoạn 0")


def test_comments_do_not_win_however_long():
    comments = STORY.replace("Đoạn", "Bạn đọc") * 3
    region = region_of(f"<div id=b>{STORY}</div><div class=comments>{comments}</div>")
    assert region.element.get("id") == "b"


def test_comments_under_their_own_heading_do_not_win_below_a_notice():
    """A notice of two sentences in a box without a telling name."""
    note = "<p>The footbridge of Lam Hill is closed from Monday on, the council says.</p>"
    region = region_of(
        f"<div id=a><h1>Bridge closed</h1>{note}</div>"
        f"<div class=comments><h2>5 comments</h2>{STORY * 2}</div>"
    )
    own = [line for line, is_own in zip(region.lines, region.inside, strict=True) if is_own]
    assert own
    assert all(line.element.tag != "h2" for line in own)


def test_a_banner_that_asks_for_consent_does_not_win_however_long():
    region = region_of(f"<div id=onetrust-banner>{STORY * 3}</div><div id=b>{STORY}</div>")
    assert region.element.get("id") == "b"


def test_a_page_that_is_named_after_its_consent_holds_its_story():
    region = region_of(f"<div class='cookie-consent-given'><div id=b>{STORY}</div></div>")
    assert region.element.get("id") == "b"


def test_comments_on_a_short_story_in_a_named_body_do_not_win():
    """The body's name tells where the story is, if it is one paragraph."""
    note = "<p>The moot of Lam Hill has voted for the new roof of the hall, and the carpenters come in May. They stay until June, the reeve says, if the rain does.</p>"
    region = region_of(
        f"<div class='entry-content'>{note}</div><div class=comments><div>{STORY * 3}</div></div>"
    )
    assert region.element.get("class") == "entry-content"


def test_boxes_below_a_named_body_say_nothing_against_the_names():
    """A notice in its body, and below it boxes of twice its length, by their names."""
    note = "<p>The moot of Lam Hill has voted for the new roof of the hall, and the carpenters come in May. They stay until June, the reeve says, if the rain does.</p>"
    boxes = "".join(
        f"<div class={name}><p>{STORY[3:90]}.</p></div>" for name in ("related", "footer")
    )
    comments = f"<div class=comments><div>{STORY * 3}</div></div>"
    page = f"<div><div class='detail-content'>{note}</div>{boxes * 3}{comments}</div>"
    region = region_of(page)
    assert region.names is Names.BELIEVED
    assert region.element.get("class") == "detail-content"


def test_a_column_of_short_news_does_not_win_over_a_named_body():
    """A ticker may be longer than the story beside it."""
    region = region_of(f"<article class='article-body'>{STORY}</article><aside>{STORY * 2}</aside>")
    assert region.element.tag == "article"
    assert region.names is Names.BELIEVED


def test_a_column_without_a_body_beside_it_may_be_the_story():
    region = region_of(f"<div><p>Lam Hill</p></div><div class=sidebar id=b>{STORY * 2}</div>")
    assert region.element.get("id") == "b"


def test_widgets_in_a_named_body_are_parts_of_the_story():
    """Page builders put every paragraph into one."""
    parts = f"<div class='row'><div class='widget'>{STORY}</div></div>" * 3
    region = region_of(f"<div class='entry-content'>{parts}</div><div class=widget>{STORY}</div>")
    assert region.names is Names.BELIEVED
    assert region.element.get("class") == "entry-content"


def test_names_are_not_believed_when_they_would_take_the_story():
    region = region_of("".join(f"<div class='widget'>{STORY}</div>" for _ in range(4)))
    assert region.names is Names.IGNORED
    assert "Đoạn 0" in region.element.text_content()


def test_hidden_text_is_read_when_there_is_no_other():
    region = region_of(f"<p>Đang tải</p><div style='display:none'>{STORY}</div>")
    assert region.hidden is Hidden.READ


def test_a_page_without_text_has_no_region():
    assert region_of("<html><body><script>x</script></body></html>") is None


def test_one_cell_of_a_row_is_the_region():
    region = region_of(
        f"<table><tr><td><a href=/1>Tin vắn</a><p>Tin vắn kể rằng xã mở chợ.</p></td>"
        f"<td id=b>{STORY}</td></tr></table>"
    )
    assert region.element.get("id") == "b"


def test_a_page_of_results_is_found_by_its_heading():
    rows = "".join(f"<tr><td>Chức danh {n}</td><td>Người thứ {n}</td></tr>" for n in range(6))
    region = region_of(
        f"<div id=a><h1>Kết quả tuyển dụng</h1><table>{rows}</table></div>"
        "<div id=f>Trụ sở xã mở cửa từ thứ hai đến thứ sáu, từ bảy giờ.</div>"
    )
    assert region.element.get("id") == "a"


def test_an_imprint_does_not_win_over_a_timetable():
    """It is the only prose of a page that is a table."""
    rows = "".join(
        f"<tr><td>Thứ {n}</td><td>Họp giao ban tại phòng số {n}</td></tr>" for n in range(2, 7)
    )
    imprint = "Cơ quan chủ quản là ủy ban nhân dân xã. Ghi rõ nguồn khi phát hành lại thông tin từ trang này."
    region = region_of(
        f"<div><a href=/>Trang chủ</a></div><div id=a><h1>Lịch công tác</h1><table>{rows}</table></div>"
        f"<div class=footer>{imprint}</div>"
    )
    assert region.element.get("id") == "a"


def test_what_stands_below_the_main_heading_wins_over_as_much_at_the_end():
    """Terms of delivery at the end of each page of a shop."""
    terms = "<div id=b>" + STORY.replace("Đoạn", "Điều khoản") + "</div>"
    prices = "<p><a href=/gia>Giá</a></p>" * 150
    region = region_of(f"<h1>Con đường mới</h1><div id=a>{STORY}</div>{prices}{terms}")
    assert region.element.get("id") == "a"
    region = region_of(f"<div id=a>{STORY}</div>{prices}<h1>Con đường mới</h1>{terms}")
    assert region.element.get("id") == "b"


def test_a_banner_of_consent_does_not_win_over_a_notice():
    """It is longer than the notice, which is a sentence of two lines."""
    banner = "<div id=cookie-consent><p>We and our partners store and access information on your device, such as cookies, and process what they hold.</p></div>"
    region = region_of(f"<div id=a><h1>Bridge closed</h1><p>{NOTE}</p></div>{banner}")
    assert region.element.get("id") == "a"


NOTE = "The footbridge of Lam Hill is closed from Monday on, the council of the district says."


def banner_page(*, heading="Salt is dear again", title="Salt is dear again"):
    lead = (
        "The salt of Lam Hill costs twice as much as a year ago, and nobody at the moot knows why."
    )
    page = f"""
        <html lang=en><head><title>{title} | Lam Hill</title></head><body>
        <div class="page-banner"><h1>{heading}</h1><p>{lead}</p></div>
        <div class=row><div>{STORY}</div></div></body></html>
    """
    return page, lead


@pytest.mark.parametrize("count", [1, 2, 3, 8])
def test_a_banner_with_the_headline_holds_the_lead(count):
    """Of a notice it is half of the prose: then it is part of the region."""
    page, lead = banner_page()
    page = page.replace(STORY, STORY[: STORY.index("</p>") + 4] * count)
    document = extract_document(Page(content=page.encode(), url="https://lamhill.example/n/7"))
    assert lead in f"{document.lead} {document.body}"
    assert document.title == "Salt is dear again"


def test_a_banner_with_the_name_of_the_site_is_none_of_the_story():
    page, lead = banner_page(heading="Lam Hill")
    page = page.replace("<div class=row>", "<div class=row><h2>Salt is dear again</h2>")
    document = extract_document(Page(content=page.encode(), url="https://lamhill.example/n/7"))
    assert lead not in f"{document.lead} {document.body}"
