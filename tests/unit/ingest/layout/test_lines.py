"""A page as lines."""

from __future__ import annotations

from lxml import html

from civicsearch.ingest.layout.lines import Hidden, page_lines


def texts(markup: str, **options) -> list[str]:
    return [line.text for line in page_lines(html.document_fromstring(markup), **options)]


def test_blocks_and_breaks_part_lines():
    assert texts("<div>Một<p>hai <b>ba</b></p>bốn<br>năm</div>") == ["Một", "hai ba", "bốn", "năm"]


def test_a_break_in_a_heading_is_a_blank():
    assert texts("<h1>Họp<br>dân</h1>") == ["Họp dân"]


def test_text_after_a_comment_is_read():
    assert texts("<p>trước<!-- x -->sau</p>") == ["trướcsau"]


def test_scripts_and_hidden_text_are_not_read():
    markup = "<p>thấy</p><script>x</script><p style='display: none'>ẩn</p>"
    assert texts(markup) == ["thấy"]
    assert texts(markup, hidden=Hidden.READ) == ["thấy", "ẩn"]


def test_links_and_emphasis_are_counted():
    (line,) = page_lines(html.document_fromstring("<p><b>Xem <a href='/x'>thêm</a></b></p>"))
    assert line.emphasis
    assert line.link_chars == 4


def test_a_link_to_the_same_page_is_no_link():
    (line,) = page_lines(html.document_fromstring("<h2><a href='#muc-1'>Mục 1</a></h2>"))
    assert line.link_chars == 0
    assert line.level == 2


def test_a_span_named_as_a_lead_stands_alone():
    assert texts("<div><span class='sapo'>Tóm tắt.</span> Câu chuyện.</div>") == [
        "Tóm tắt.",
        "Câu chuyện.",
    ]


def test_what_only_screen_readers_say_beside_a_headline_is_not_read():
    assert texts("<h1><span class='sr-only'>Tin: </span>Họp dân</h1>") == ["Họp dân"]
    assert texts("<h1><span class='sr-only'>Họp dân</span></h1>") == ["Họp dân"]
    assert texts("<p><span class='sr-only'>Bởi</span> Lê An</p>") == ["Bởi Lê An"]
