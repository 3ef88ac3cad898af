"""What is left of an enormous page: its text, as far as it goes."""

import pytest

from civicsearch import Page, extract
from civicsearch.ingest.encodings.decoding import decode_page
from civicsearch.ingest.encodings.enormous import MAX_BYTES, MAX_TAGS, cut_tags, shorten

PROSE = "Hội đồng xã Suối Ngàn họp về giá nước sạch và nghe ý kiến của mười hai thôn trong xã."
STORY = f"<h1>Giá nước sạch</h1><p>{PROSE}</p><p>{PROSE}</p>".encode()


@pytest.mark.parametrize(
    "bulk",
    [
        b"<script>" + b"x = '<p>';" * 600_000 + b"</script>",
        b"<STYLE>" + b"p { color: red }" * 400_000 + b"</STYLE >",
        b"<!--" + b" <p>x</p> " * 600_000 + b"-->",
        b"<img src='data:image/png;base64," + b"QUJD" * 1_500_000 + b"'>",
        b'<img src="data:image/png;base64,' + b"QUJD" * 1_500_000 + b'">',
    ],
    ids=lambda bulk: bulk[:8].decode(),
)
def test_what_shows_no_text_goes_before_the_story_does(bulk):
    document = extract(bulk + STORY)
    assert document.title == "Giá nước sạch"
    assert document.text.count(PROSE) == 2
    assert document.notes == ()


def test_statements_of_a_moderate_size_stay():
    linked = b"<script type='application/ld+json'>" + b" " * 400_000 + b"{}</script>"
    kept, is_cut = shorten(linked + b"<script>" + b"x" * MAX_BYTES + b"</script>", width=1)
    assert (kept, is_cut) == (linked, False)


def test_a_longer_page_is_cut_between_words_and_says_so():
    content = STORY + f"<p>{PROSE} ".encode() * 60_000
    page = decode_page(Page(content=content))
    assert page.is_cut
    assert len(page.text.encode()) <= MAX_BYTES
    assert "\ufffd" not in page.text
    [note] = extract(content).notes
    assert note == f"Read only the start of an enormous page ({len(content):,} bytes)."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32"])
def test_no_letter_is_cut_in_two(encoding):
    page = decode_page(Page(content=("\ufeff" + "ộ" * 5_100_000).encode(encoding)))
    assert set(page.text) == {"ộ"}
    assert page.is_cut


def test_as_many_tags_are_kept_as_may_be():
    text = "<br>" * (MAX_TAGS + 5)
    assert cut_tags(text).count("<") == MAX_TAGS
    assert cut_tags(text[:-20]) == text[:-20]
    assert decode_page(Page(content=text.encode())).is_cut
