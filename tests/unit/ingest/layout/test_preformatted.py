"""Text that is shown as it is typed."""

from __future__ import annotations

import pytest
from lxml import html

from civicsearch.ingest.layout.lines import page_lines
from civicsearch.ingest.layout.preformatted import is_preformatted, typed_paragraphs

WIDE = "Hội đồng nhân dân xã đã bàn về con đường mới và về nước sạch của"


@pytest.mark.parametrize(
    ("tag", "style", "typed"),
    [
        ("pre", None, True),
        ("div", "white-space: pre-line", True),
        ("div", "white-space:nowrap", False),
        ("p", None, False),
    ],
)
def test_mark_up_says_what_is_typed(tag, style, typed):
    assert is_preformatted(tag, style) is typed


def test_lines_are_paragraphs():
    assert typed_paragraphs("Một.\r\nHai.\n\nBa.") == ["Một.", "Hai.", "Ba."]


def test_wrapped_lines_are_joined():
    text = f"{WIDE}\n{WIDE}\nthôn.\n\n{WIDE}\n{WIDE}\nxã."
    assert typed_paragraphs(text) == [f"{WIDE} {WIDE} thôn.", f"{WIDE} {WIDE} xã."]


def test_line_feeds_part_lines_only_where_they_are_shown():
    markup = "<div>một\nhai</div><pre>ba\nbốn <b>năm</b></pre><p>sáu\nbảy</p>"
    texts = [line.text for line in page_lines(html.document_fromstring(markup))]
    assert texts == ["một hai", "ba", "bốn năm", "sáu bảy"]


def test_endless_lines_are_bounded():
    assert len(typed_paragraphs("a\n" * 100_000)) <= 20_001
