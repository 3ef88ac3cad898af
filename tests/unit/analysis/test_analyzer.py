import unicodedata

import pytest

from civicsearch.analysis import Analyzer


def exacts(text):
    return [token.exact for token in Analyzer().tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thị uỷ An Khê", ["thị", "ủy", "an", "khê"]),
        ("ở, ý!", ["ở", "ý"]),  # one-letter words are words
        ("19/2021/NĐ-CP", ["19", "2021", "nđ", "cp"]),
        ("57-NQ/TW", ["57", "nq", "tw"]),
        ("TP.HCM", ["tp", "hcm"]),
        ("l’eau de l'école", ["l", "eau", "de", "l", "école"]),
        ("“Dân biết, dân bàn”", ["dân", "biết", "dân", "bàn"]),
        ("", []),
        ("… – !?", []),
    ],
)
def test_words(text, expected):
    assert exacts(text) == expected


@pytest.mark.parametrize("text", ["1.700", "1,700", "1 700", "1\u00a0700", "1\u202f700", "1700"])
def test_a_number_is_one_term_however_its_thousands_are_parted(text):
    assert exacts(text + " lượt") == ["1700", "lượt"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("06/08/2020", ["06", "08", "2020"]),
        ("05/05 xã", ["05", "05", "xã"]),
        ("2010-3/2020", ["2010", "3", "2020"]),
        ("3,5 tỷ", ["3", "5", "tỷ"]),
        ("1.234.567", ["1234567"]),
        ("1.2345", ["1", "2345"]),
        ("192.168.100.200", ["192168100200"]),
        ("2.054, trong", ["2054", "trong"]),
    ],
)
def test_what_looks_like_a_number_but_is_none(text, expected):
    assert exacts(text) == expected


def test_spans_slice_the_original_even_where_it_is_decomposed():
    text = unicodedata.normalize("NFD", "Đường Ủy ban")
    words = [text[token.span.start : token.span.end] for token in Analyzer().tokens(text)]
    assert [unicodedata.normalize("NFC", word) for word in words] == ["Đường", "Ủy", "ban"]


def test_a_soft_hyphen_inside_a_word_is_not_part_of_it():
    (token,) = Analyzer().tokens("rozpo\u00adčet")
    assert (token.exact, tuple(token.span)) == ("rozpočet", (0, 9))


def test_positions_count_words_and_sentences_count_sentences():
    tokens = Analyzer().tokens("Một hai. Ba?\n\nBốn 1.700 năm")
    assert [(t.position, t.sentence) for t in tokens] == [
        (0, 0), (1, 0), (2, 1), (3, 2), (4, 2), (5, 2),
    ]  # fmt: skip


def test_a_word_without_end_is_cut_to_a_bounded_term():
    (token,) = Analyzer().tokens("a" * 100_000)
    assert len(token.exact) == 100
    assert token.span.end == 100_000


@pytest.mark.parametrize(
    "text",
    ["সরকার", "தமிழ்", "ಸರ್ಕಾರ", "સરકાર", "ລັດຖະບານ", "ရန်ကုန်", "រដ្ឋាភិបាល", "අගමැති", "か\u3099く", "ދިވެހި"],
)
def test_a_word_is_whole_in_scripts_that_write_vowels_by_marks(text):
    (token,) = Analyzer().tokens(f"({text})")
    assert text == f"({text})"[token.span.start : token.span.end]


def test_a_mark_that_composes_makes_the_same_word_as_its_letter():
    (one,), (other,) = Analyzer().tokens("か\u3099く"), Analyzer().tokens("がく")
    assert (one.exact, one.folded) == (other.exact, other.folded)


def test_no_combining_mark_of_a_living_script_cuts_a_word():
    """Variation selectors stand behind signs; the others belong to scripts of the past."""
    cut = [
        mark
        for mark in map(chr, range(0x300, 0x1800))
        if unicodedata.category(mark) in {"Mn", "Mc"} and len(Analyzer().tokens(f"a{mark}b")) > 1
    ]
    past = {"SAMARITAN", "MANDAIC", "BUHID", "HANUNOO", "TAGBANWA", "TAGALOG"}
    assert {unicodedata.name(mark).split()[0] for mark in cut} <= past
