"""Laws of extraction: whatever bytes come, a clean document or a clean error goes."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from civicsearch import extract
from civicsearch.document import PARAGRAPH_BREAK
from civicsearch.errors import ExtractionError

SENTENCE = "Hội đồng xã Suối Ngàn họp trên bến và bàn về giá nước sạch của dân. "
PIECES = st.sampled_from(
    [
        *(
            "<!-- x -->",
            "<?php echo 1 ?>",
            "<!DOCTYPE html>",
            "<html lang=vi>",
            "<body>",
            "</body>",
        ),
        *("<p>", "</p>", "<div class='content'>", "</div>", "<br>", "<ul><li>", "<table><tr><td>"),
        *("<svg><title>x</title></svg>", "<script>'</p>'", "</script>", "<template>", "<p class='"),
        *("<a href='/x'>", "</a>", "<h1>Giá nước sạch</h1>", "<title>Giá nước | Xã</title>"),
        *(
            '<script type=\'application/ld+json\'>{"@type": "Article", ',
            "<meta name='date' content='",
        ),
        *("\x00", "\u202e", "&#55357;", "<\u0338", "e\u0301\u0301", "12/5/2024", "Tác giả: "),
        *(SENTENCE, SENTENCE * 4, "Lê Thị Bình", " "),
    ]
)
PAGES = st.lists(PIECES, max_size=25).map("".join)


def extracted(content):
    """Return the document, or None where the error says that there is none."""
    try:
        return extract(content)
    except ExtractionError:
        return None


def strings_of(document):
    yield from (document.title, document.lead, document.body, document.section, *document.tags)
    yield from (*document.authors, *(caption.text for caption in document.captions))


@given(st.binary(max_size=400))
@example(b"\xff\xfe<\x00p\x00")
def test_no_bytes_raise_anything_but_an_extraction_error(content):
    extracted(content)


@given(PAGES)
def test_what_comes_out_is_nfc_without_control_characters(page):
    """Line feeds part paragraphs; nothing else below a blank is let through."""
    document = extracted(page.encode("utf-8", "surrogatepass"))
    for text in strings_of(document) if document else ():
        assert unicodedata.is_normalized("NFC", text)
        assert not [c for c in text if unicodedata.category(c) == "Cc" and c != "\n"]


@given(
    st.lists(st.sampled_from(["<p>", "<div>", "<b>", "<br>", SENTENCE, SENTENCE * 3]), min_size=3)
)
def test_every_paragraph_stands_on_the_page(pieces):
    """Blanks apart, which mark-up makes."""
    page = "<h1>Giá nước sạch</h1>" + "".join(pieces)
    document = extracted(page.encode())
    own = "".join("".join(html.document_fromstring(page).itertext()).split())
    for paragraph in document.text.split(PARAGRAPH_BREAK) if document else ():
        assert "".join(paragraph.split()) in own


OWN = "Cầu treo thôn Đông đóng cửa từ thứ Hai để thay ván, Ủy ban nhân dân xã cho biết. "
NOTICE = f"<h1>Đóng cửa cầu treo thôn Đông từ thứ Hai tuần tới</h1><p>06/08/2024</p><div><p>{OWN * 2}</p></div>"
HEADLINE = "<h3><a href='/tin/{n}'>Xã Suối Ngàn họp bàn giá nước sạch</a></h3>"
CARDS = st.sampled_from(
    [
        "<article class='post-{n}'>" + HEADLINE + "<p>{text}</p></article>",
        "<div class=item><p>05/08/2024</p>" + HEADLINE + "<div>{text}</div></div>",
        "<li><a href='/tin/{n}'><h3>Xã Suối Ngàn họp bàn giá nước sạch</h3><p>{text}</p></a></li>",
        "<div><h3>Xã họp bàn giá nước</h3><p>{text}</p><a href='/tin/{n}'>Xem chi tiết</a></div>",
    ]
)


@given(card=CARDS, count=st.integers(5, 60), sentences=st.integers(1, 12))
def test_a_notice_is_the_same_above_any_teasers(card, count, sentences):
    """Many or few, with a sentence or with the whole of an article."""
    cards = "".join(card.format(n=n, text=SENTENCE * sentences) for n in range(count))
    document = extracted(f"<main>{NOTICE}<div>{cards}</div></main>".encode())
    assert document is not None
    assert (document.title, document.body) == (
        "Đóng cửa cầu treo thôn Đông từ thứ Hai tuần tới",
        (OWN * 2).strip(),
    )


@given(card=CARDS, count=st.integers(5, 60), sentences=st.integers(0, 12))
def test_teasers_alone_are_no_article(card, count, sentences):
    """However much they say."""
    cards = "".join(card.format(n=n, text=SENTENCE * sentences) for n in range(count))
    assert extracted(f"<main><h1>Tin tức</h1><div>{cards}</div></main>".encode()) is None
