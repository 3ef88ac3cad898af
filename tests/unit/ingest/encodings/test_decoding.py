import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from civicsearch.analysis.folding import normalize
from civicsearch.document import Page
from civicsearch.errors import ExtractionError
from civicsearch.ingest.encodings.decoding import MAX_PAGE_BYTES, _is_plain, decode_page
from civicsearch.ingest.encodings.legacy_encodings import LEGACY_DECODERS

VIETNAMESE = (
    "Ủy ban nhân dân xã Đồng Vọng vừa họp bàn phương án sửa đường liên thôn, lấy ý kiến người dân"
    " về mức đóng góp, thời gian thi công và việc đền bù hoa màu ở những thửa ruộng phải thu hồi."
)
CZECH = "Zastupitelé schválili rozpočet, nejvíc peněz dostanou školy a žáci; příští úterý začne."
POLISH = (
    "Rada gminy przyjęła budżet, więcej pieniędzy trafi na drogi, świetlice i żłobek w mieście."
)
TURKISH = "Belediye meclisi bütçeyi görüştü; yeni içme suyu hattı için çalışmalar başladı, ığdır."
FRENCH = "Le conseil municipal a voté le budget : l'école, la forêt et la mairie seront rénovées."
RUSSIAN = "Городской совет утвердил бюджет на следующий год, больше средств получат школы."


def decode(content: bytes, content_type: str | None = None) -> tuple[str, str]:
    page = decode_page(Page(content=content, content_type=content_type))
    return page.text, page.encoding


def encode_legacy(text: str, encoding: str) -> bytes:
    """Write text in an encoding that Python lacks, by turning the reader's table round."""
    decoder = LEGACY_DECODERS[encoding]
    if encoding == "vni":
        letters = {}
        for base in "aeouyôöAEOUYÔÖ":
            letters[normalize(decoder(base.encode("cp1252")))] = base.encode("cp1252")
            for mark in "ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄ":
                pair = (base + mark).encode("cp1252")
                letters.setdefault(decoder(pair), pair)
        for single in "ñíìæóòîÑÍÌÆÓÒÎ":
            letters[decoder(single.encode("cp1252"))] = single.encode("cp1252")
    else:
        letters = {decoder(bytes([b])): bytes([b]) for b in range(255, 127, -1)}
    return b"".join(letters.get(letter) or letter.encode("ascii") for letter in text)


def html(text: str, charset: str | None = None) -> str:
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<html><head>{meta}<title>Tin</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("charset", [None, "iso-8859-1", "windows-1252", "utf-8", "x-user-defined"])
@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii"])
def test_vietnamese_font_encodings_are_read_under_any_label(encoding, charset):
    small = VIETNAMESE.replace("Ủ", "U")  # TCVN3 has few capitals with a tone
    head, _, tail = html("TEXT", charset).partition("TEXT")
    content = head.encode() + encode_legacy(small, encoding) + tail.encode()
    text, found = decode(content)
    assert found == encoding
    assert small in text


@pytest.mark.parametrize("charset", [None, "windows-1258", "iso-8859-1"])
def test_windows_1258_is_composed(charset):
    import unicodedata

    marked = "".join(
        piece
        for letter in VIETNAMESE
        for piece in (
            [letter]
            if letter.encode("cp1258", "ignore")
            else [normalize(part) for part in _split_tone(unicodedata.normalize("NFD", letter))]
        )
    )
    text, found = decode(html(marked, charset).encode("cp1258"))
    assert found == "windows-1258"
    assert VIETNAMESE in text


def _split_tone(decomposed: str) -> list[str]:
    """Return the vowel with its shape mark, and the tone mark alone."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    vowel = "".join(sign for sign in decomposed if sign not in tones)
    return [vowel, *(sign for sign in decomposed if sign in tones)]


@pytest.mark.parametrize(
    ("text", "codec", "found"),
    [
        (CZECH, "cp1250", "windows-1250"),
        (CZECH, "iso8859-2", "iso-8859-2"),
        (POLISH, "cp1250", "windows-1250"),
        (POLISH, "iso8859-2", "iso-8859-2"),
        (TURKISH, "cp1254", "windows-1254"),
        (FRENCH, "cp1252", "windows-1252"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
    ],
)
@pytest.mark.parametrize("charset", [None, "iso-8859-1", "no-such-charset"])
def test_unlabelled_european_pages_are_detected(text, codec, found, charset):
    assert decode(html(text, charset).encode(codec)) == (html(text, charset), found)


def test_the_transport_wins_over_meta():
    content = html(CZECH, "windows-1252").encode("cp1250")
    assert CZECH in decode(content, "text/html; charset=Windows-1250")[0]


def test_strict_utf_8_wins_over_a_wrong_label():
    text, found = decode(html(VIETNAMESE, "iso-8859-1").encode())
    assert (found, VIETNAMESE in text) == ("utf-8", True)


def test_a_few_bad_bytes_do_not_make_utf_8_another_encoding():
    content = html(VIETNAMESE, "utf-8").encode().replace(b"</p>", b"\x93x\x94</p>")
    text, found = decode(content)
    assert (found, VIETNAMESE in text) == ("utf-8", True)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_wide_encodings_are_seen_with_and_without_mark(codec):
    text, _ = decode(html(VIETNAMESE).encode(codec))
    assert text == html(VIETNAMESE)


def test_ascii_bytes_labelled_utf_16_are_not_utf_16():
    assert decode(html("Hop dan", "utf-16").encode())[1] == "utf-8"


def test_latin_1_means_windows_1252():
    content = b"<meta charset=iso-8859-1><p>L\x92\xe9cole \x96 la for\xeat</p>"
    assert decode(content)[0].endswith("<p>L\u2019école – la forêt</p>")


def test_japanese_labels_are_believed():
    content = html("市議会は予算案を可決した", "shift_jis").encode("cp932")
    assert "市議会は予算案を可決した" in decode(content)[0]


def test_tcvn3_saved_as_utf_8_is_put_right():
    mojibake = encode_legacy(VIETNAMESE.replace("Ủ", "U"), "tcvn3").decode("cp1252", "replace")
    text, found = decode(html(mojibake * 3).encode())
    assert found == "tcvn3"
    assert "phương án sửa đường liên thôn" in text


def test_tcvn3_in_entities_is_read():
    raw = encode_legacy(VIETNAMESE.replace("Ủ", "U"), "tcvn3").decode("latin-1")
    entities = raw.encode("ascii", "xmlcharrefreplace")
    assert "phương án sửa đường liên thôn" in decode(b"<p>" + entities + b"</p>")[0]


def test_the_text_is_composed_and_without_controls():
    assert decode("<p>du\u031bo\u031b\u0300ng\x00\x08</p>".encode())[0] == "<p>dường</p>"


@pytest.mark.parametrize("content", [b"", b"  \r\n", b"\x00" * 50, b"\xef\xbb\xbf"])
def test_an_empty_page_is_refused(content):
    with pytest.raises(ExtractionError, match="the page is empty"):
        decode(content)


@pytest.mark.parametrize("content", [b"%PDF-1.7 x", b"\x89PNG\r\n", bytes(range(256)) * 8])
def test_binary_files_are_refused(content):
    with pytest.raises(ExtractionError, match="binary"):
        decode(content)


def test_a_page_over_the_limit_is_refused():
    with pytest.raises(ExtractionError, match="50,000,001 bytes"):
        decode(b"a" * (MAX_PAGE_BYTES + 1))


@given(st.binary(max_size=600), st.text(max_size=40))
@example(b"<meta charset=base64>\xff", "text/html; charset=rot13")
@example(b"<meta charset=idna>\xff\xfe", "charset=utf-7")
def test_any_bytes_give_composed_text_or_an_extraction_error(content, content_type):
    try:
        text, _ = decode(content, content_type)
    except ExtractionError:
        return
    assert text == normalize(text)
    assert "\x00" not in text


def test_a_letter_that_is_left_as_it_is_composes_with_no_other():
    """What is not looked at letter by letter must be sure to be in NFC and without controls."""
    letters = [chr(code) for code in (*range(0xD800), *range(0xE000, 0x20000))]
    plain = [letter for letter in letters if _is_plain(letter.encode())]
    assert len(plain) > 3000
    assert not [
        letter
        for letter in plain
        if not unicodedata.is_normalized("NFC", f"a{letter}")
        or unicodedata.combining(letter)
        or (unicodedata.category(letter) == "Cc" and letter not in "\t\n\x0b\x0c\r")
    ]


@pytest.mark.parametrize(
    "text", ["Họp dân", "日本語の新聞", "Ελληνικά", "한국어 신문", "“quoted” – €5", "plain", "🙂"]
)
def test_the_bytes_of_a_text_in_nfc_are_handed_on(text):
    """So the parser is spared a copy; what is changed in any way has no bytes of its own."""
    assert decode_page(Page(content=text.encode())).utf8 == text.encode()


@pytest.mark.parametrize(
    "content",
    [
        *("\ufeffHọp".encode(), "Ho\u0323p".encode(), b"a\x01b", "a\x85b".encode()),
        *("\u30ab\u3099".encode(), "\ufa1b".encode(), "\u0387".encode(), "a\ufffdb".encode()),
        *(b"ab \xe1 cd \xc3\xa9 \xc3\xa9 \xc3\xa9", "Họp".encode("utf-16"), b"caf\xe9"),
    ],
)
def test_bytes_of_another_text_are_not(content):
    assert decode_page(Page(content=content)).utf8 == b""
