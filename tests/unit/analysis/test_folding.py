import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicsearch.analysis import fold, has_marks, normalize, spellings, standardize


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường sắt", "duong sat"),
        ("Ð", "d"),  # U+00D0, typed for Đ on old keyboards
        ("ƯƠNG", "uong"),
        ("Łódź", "lodz"),
        ("Příliš žluťoučký kůň", "prilis zlutoucky kun"),
        ("straße", "strasse"),
        ("Œuvre Æsir", "oeuvre aesir"),
        ("İstanbul ılık", "istanbul ilik"),
        ("Москва", "moskva"),
        ("1.700", "1.700"),
        ("", ""),
    ],
)
def test_fold_removes_case_and_marks(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("uỷ", "ủy"),
        ("hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("thuý", "thúy"),
        ("quý", "quí"),
        ("quý", "qúy"),
        ("quy", "qui"),
        ("kĩ", "kỹ"),
        ("lí", "lý"),
        ("tỉ", "tỷ"),
        ("Ðảng", "Đảng"),
        ("ĐẢNG", "đảng"),
        (unicodedata.normalize("NFD", "nghị"), "nghị"),
    ],
)
def test_spelling_standards_are_the_same_word(one, other):
    assert standardize(one) == standardize(other)


@pytest.mark.parametrize(
    ("word", "ways"),
    [
        ("sý", ("sý", "sí")),
        ("quy", ("quy", "qui")),
        ("ủy", ("ủy",)),
        ("quý", ("quý", "quí")),
        ("dân", ("dân",)),
        ("đi", ("đi",)),
        ("y", ("y",)),
        ("", ("",)),
    ],
)
def test_spellings_of_one_word(word, ways):
    assert spellings(word) == ways


@pytest.mark.parametrize(
    ("one", "other"),
    [("dân", "dẫn"), ("đi", "dy"), ("đi", "đy"), ("hoàn", "hòan"), ("chi", "chy"), ("ma", "má")],
)
def test_other_spellings_stay_different_words(one, other):
    assert standardize(one) != standardize(other)


def test_normalize_composes_and_changes_nothing_else():
    assert normalize(unicodedata.normalize("NFD", "Thị ủy, 1 Å")) == "Thị ủy, 1 Å"


@pytest.mark.parametrize("marks", [1, 7, 29, 30])
def test_normalize_is_nfc_for_as_many_marks_as_a_letter_may_bear(marks):
    text = ("ư" + "\u0323\u0301" * 30)[: 1 + marks] + "ơ, " + "–" * 50
    assert normalize(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    "mark", ["\u0301", "\u0323\u0301", "\u0344", "\u0f73", "\U0001d160\u0301", "–\u0301"]
)
def test_normalize_keeps_the_first_marks_of_an_endless_run(mark):
    text = normalize("a" + mark * 200_000 + "b")
    assert fold(text[:1]) == "a"
    assert text.endswith("b")
    assert normalize(text) == text
    assert unicodedata.is_normalized("NFC", text)


@given(
    st.text(
        st.sampled_from("aệ\u0301\u0323\u0344\u0f73\u0f71\U0001d160\u1100\u1161– "), max_size=150
    )
)
def test_normalize_twice_is_normalize_once(text):
    once = normalize(text)
    assert normalize(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("dan", False), ("DAN", False), ("dân", True), ("đan", True), ("και", False), ("ΚΑΊ", True),
        ("мои", False), ("мой", True), ("東京", False), ("łódź", True),
    ],
)  # fmt: skip
def test_has_marks_tells_whether_an_accent_was_typed(word, expected):
    assert has_marks(word) is expected


def test_folding_any_character_twice_changes_nothing_more():
    every = (chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    assert [c for c in every if fold(fold(c)) != fold(c)] == []
