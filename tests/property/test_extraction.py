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
