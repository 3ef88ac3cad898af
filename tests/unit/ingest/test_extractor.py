"""One page to one document."""

from __future__ import annotations

import gc
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civicsearch.document import Page
from civicsearch.errors import ExtractionError
from civicsearch.ingest.blocks import Zone
from civicsearch.ingest.extractor import extract_document, extract_with_report

SENTENCE = (
    "Hội đồng nhân dân xã đã bàn về con đường mới, về nước sạch và về trường học của thôn {}."
)
PAGE = (
    "<html lang=vi><head><title>Dân góp đất mở đường | Báo Lam Khê</title>"
    "<meta property='og:site_name' content='Báo Lam Khê'>"
    "<link rel=canonical href='https://bao.example/dan-gop-dat'></head><body>"
    "<div class=menu><a href=/>Trang chủ</a> <a href=/2>Liên hệ</a></div>"
    "<h1>Dân góp đất mở đường</h1><p class=sapo>Cả thôn cùng góp sức trong mùa khô năm nay.</p>"
    + "".join(f"<p>{SENTENCE.format(number)}</p>" for number in range(5))
    + "<div class=footer>Giấy phép số 12</div></body></html>"
)


def test_a_page_becomes_a_document():
    document = extract_document(
        Page(content=PAGE.encode(), url="https://bao.example/x?utm_source=y")
    )
    assert document.title == "Dân góp đất mở đường"
    assert document.lead == "Cả thôn cùng góp sức trong mùa khô năm nay."
    assert document.body.split("\n\n") == [SENTENCE.format(number) for number in range(5)]
    assert document.source == "Báo Lam Khê"
    assert document.language == "vi"
    assert document.url == "https://bao.example/dan-gop-dat"


def test_the_same_address_gives_the_same_id():
    first = extract_document(Page(content=PAGE.encode()))
    second = extract_document(Page(content=PAGE.replace("Cả thôn", "Dân thôn").encode()))
    assert first.document_id == second.document_id


def test_the_report_names_kept_and_dropped_blocks():
    report = extract_with_report(Page(content=PAGE.encode()))
    assert report.encoding.lower().replace("_", "-").startswith("utf-8")
    assert {decision.zone for decision in report.decisions if decision.kept} == {
        Zone.TITLE,
        Zone.LEAD,
        Zone.BODY,
    }


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 100, b"<html><script>x()</script></html>", b"<!-- x -->", b"<frameset>"],
)
def test_a_page_without_text_is_an_extraction_error(content):
    with pytest.raises(ExtractionError):
        extract_document(Page(content=content))


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "b", "a href=x", "ul><li", "blockquote"])
def test_deep_nesting_ends(tag):
    """Whatever the depth, a document or an error, never a RecursionError."""
    content = f"<p>{SENTENCE}</p>".encode() + f"<{tag}>".encode() * 20_000
    assert extract_document(Page(content=content)).body


PIECES = st.sampled_from(
    ["<p>", "</p>", "<div class=comment>", "</div>", "<br>", "<td>", "<table>", "<h1>", "<a href=x>", "</a>",
     "<li>", "&nbsp;", "&#0;", "&#xD800;", "<!--", "-->", "<![CDATA[", "<?x", "06/08/2020", "Tin liên quan",
     "Nguyễn Văn", "Ảnh: Lê An", SENTENCE, "\u202e", "<script>", "<title>", "<span class=sapo>", "\x1b[31m"]
)  # fmt: skip


def check(content: bytes) -> None:
    try:
        document = extract_document(Page(content=content))
    except ExtractionError:
        return
    for value in (document.title, document.lead, document.body, *document.tags):
        assert unicodedata.is_normalized("NFC", value)
        assert not any(unicodedata.category(c) == "Cc" for c in value if c != "\n")


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_any_mark_up_gives_a_document_or_an_extraction_error(pieces):
    check("".join(pieces).encode("utf-8", "replace"))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_document_or_an_extraction_error(content):
    check(content)


@pytest.mark.parametrize("head", ["", "<head>", '<html><head><meta charset="utf-8">'])
@pytest.mark.parametrize("element", ["article", "main", "section", "div"])
def test_a_page_without_the_tag_of_its_body(head, element):
    """What begins it is not left in the head, which shows nothing."""
    text = "Cầu treo Phiêng Say được khánh thành trong niềm vui của người dân hai bản bên suối."
    page = f"{head}<title>Khánh thành cầu treo</title><{element}><h1>Khánh thành cầu treo</h1>"
    page += f"<p>{text}</p><p>{text.upper()}</p></{element}>"
    document = extract_document(Page(content=page.encode()))
    assert document.title == "Khánh thành cầu treo"
    assert text in document.text


@pytest.mark.parametrize("content", [b"", b"<p>" + b"A story of a town. " * 40])
@pytest.mark.parametrize("was_enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(content, was_enabled):
    """It is paused while a page is read, and goes on afterwards, whatever came of the page."""
    try:
        (gc.enable if was_enabled else gc.disable)()
        check(content)
        assert gc.isenabled() is was_enabled
    finally:
        gc.enable()


def test_what_the_title_begins_with_is_no_kicker_where_it_leads_home():
    page = PAGE.replace("Dân góp đất mở đường | Báo Lam Khê", "Báo Lam Khê: Dân góp đất mở đường")
    page = page.replace("<meta property='og:site_name' content='Báo Lam Khê'>", "")
    kicker = extract_document(Page(content=page.encode(), url=None)).title
    page = page.replace("<div class=menu>", "<p><a href=/>Báo Lam Khê</a></p><div class=menu>")
    assert extract_document(Page(content=page.encode(), url=None)).title == "Dân góp đất mở đường"
    assert kicker == "Báo Lam Khê: Dân góp đất mở đường"


def test_the_name_and_motto_on_a_page_s_top_are_not_its_headline():
    """Themes state the same `<title>` for all pages."""
    top = "<div><a href='/'>Lam Hill Courier</a> <span>News from the quay</span></div>"
    story = "<p>The council of Lam Hill met and spoke about the price of water on the quay.</p>" * 5
    page = (
        "<html><head><title>Lam Hill Courier | News from the quay</title></head><body>"
        f"{top}<div class=post-title>Water on the quay will cost less</div><div>{story}</div></body></html>"
    )
    assert extract_document(Page(content=page.encode())).title == "Water on the quay will cost less"
    plain = page.replace("Water on the quay will cost less", "")
    assert "Lam Hill Courier" in extract_document(Page(content=plain.encode())).title
