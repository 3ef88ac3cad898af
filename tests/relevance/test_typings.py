import unicodedata

import pytest

from relevance.typings import TYPINGS, typed, typings_of

TITLE = "Uỷ ban Đường sắt: hoà giải, quý 2 (tuý luý), “Hủy hoại” thủy sản"


@pytest.mark.parametrize("name", TYPINGS)
def test_the_same_question_is_always_typed_alike(name):
    assert typed(name, TITLE, "q1") == typed(name, TITLE, "q1")


@pytest.mark.parametrize("name", TYPINGS)
@pytest.mark.parametrize("text", ["", "2018", "a", "«»", "Ω"])
def test_every_text_can_be_typed_in_every_way(name, text):
    assert isinstance(typed(name, text, "q1"), str)


def test_chance_differs_from_question_to_question():
    assert len({typed("half", TITLE, f"q{number}") for number in range(20)}) > 10
    assert len({typed("typo", TITLE, f"q{number}") for number in range(20)}) > 10


def test_without_accents_case_and_punctuation_stay():
    expected = "Uy ban Duong sat: hoa giai, quy 2 (tuy luy), “Huy hoai” thuy san"
    assert typed("none", TITLE, "") == expected


@pytest.mark.parametrize(
    ("text", "plain"), [("İstanbul'ın ışığı", "Istanbul'in isigi"), ("Łódź", "Lodz"), ("Ñ", "N")]
)
def test_accents_of_other_languages_go_too(text, plain):
    assert typed("none", text, "") == plain


def test_half_leaves_whole_syllables_as_they_are_or_bare():
    for original, word in zip(TITLE.split(), typed("half", TITLE, "q1").split(), strict=True):
        assert word in (original, typed("none", original, ""))


def test_decomposed_text_is_the_same_text():
    assert unicodedata.normalize("NFC", typed("nfd", TITLE, "")) == TITLE
    assert not unicodedata.is_normalized("NFC", typed("nfd", TITLE, ""))


def test_the_other_placement_moves_tones_of_open_syllables_only():
    expected = "Ủy ban Đường sắt: hòa giải, quý 2 (túy lúy), “Huỷ hoại” thuỷ sản"
    assert typed("placement", TITLE, "") == expected


def test_the_other_placement_of_the_other_placement_is_the_text():
    assert typed("placement", typed("placement", TITLE, ""), "") == TITLE


@pytest.mark.parametrize("seed", range(50))
def test_a_typo_changes_exactly_one_word_a_little(seed):
    before, after = TITLE.split(), typed("typo", TITLE, str(seed)).split()
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    ((old, new),) = changed
    assert abs(len(old) - len(new)) <= 1


def test_a_text_of_short_words_has_no_room_for_a_typo():
    assert typed("typo", "an ở 12", "q1") == "an ở 12"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("công tác", "coong tacs"),
        ("Đường", "Dduwowngf"),
        ("huỷ", "huyr"),
        ("ẫ ẵ", "aax awx"),
    ],
)
def test_telex_gives_the_keys(text, keys):
    assert typed("telex", text, "") == keys


def test_ways_of_one_language_are_for_that_language():
    assert "placement" in typings_of("vi")
    assert "placement" not in typings_of("es")
    assert typings_of("tr", ("none", "telex")) == ("none",)
