import pytest

from civicsearch.analysis import Analyzer
from civicsearch.query.nodes import Fuzzy, Prefix, Term, Wildcard
from civicsearch.search.letters import _LETTERS, _SIGNS, UNKNOWN, WordSearch, fold_letters
from fakes.builders import prefix, term


def found(text, *words):
    """The runs of letters that may match, as they stand in the text."""
    letters = fold_letters(text)
    starts = WordSearch(words).find(letters)
    return [text[start : letters.find(b" ", start + 1) - 1] for start in starts]


def test_there_is_one_letter_for_every_character_and_a_blank_on_both_sides():
    assert fold_letters("Đường\tsắt, Œ 👍 1.700") == b" duong sat  \0 \0 1 700 "
    assert fold_letters("") == b"  "


@pytest.mark.parametrize("codes", [*_LETTERS, _SIGNS], ids=str)
def test_a_letter_is_what_the_analyzer_makes_of_the_character(codes):
    analyzer = Analyzer()
    for character in map(chr, codes):
        letter = fold_letters(character)[1:2]
        folded = [token.folded for token in analyzer.tokens(f"x{character}x")]
        if letter == b" ":
            assert folded == ["x", "x"], character
        elif letter != UNKNOWN:
            assert [form.replace("y", "i") for form in folded] == [f"x{letter.decode()}x"]


def test_characters_beyond_the_table_are_unknown():
    assert fold_letters("я字\ud800") == b" " + 3 * UNKNOWN + b" "


def test_a_word_is_found_in_any_spelling_and_only_as_a_whole():
    assert found("Kĩ, KỸ; kỹ. kỹthuật", term("kỹ")) == ["Kĩ", "KỸ", "kỹ"]
    assert found("khéo kho kéo", prefix("kh")) == ["khéo", "kho"]


def test_a_number_is_found_in_any_grouping():
    assert found("1700 1.700 1 700 17 00 170", term("1700")) == ["1700", "1", "1", "17"]
    assert found("1.700 17.000 18.000", prefix("17")) == ["1", "17"]


def test_a_word_glued_to_a_grouped_number_is_looked_at():
    assert found("giá 1.700đ và 700đ", term("zzz")) == ["700đ"]


def test_words_with_unknown_letters_are_all_looked_at():
    assert found("dân москва e\u0301te", term("zzz")) == ["москва", "e\u0301te"]


def test_a_pattern_is_found_by_its_ends():
    wildcard = Wildcard(exact="k*é?", folded="k*e?")
    assert found("khéo kéo kho thkéo", wildcard) == ["khéo", "kéo"]


def test_a_misspelled_word_is_found_by_its_first_letter_and_length():
    fuzzy = Fuzzy(exact="van", folded="van", distance=1)
    assert found("vận va vạng v vanggg dan", fuzzy) == ["vận", "va", "vạng"]


def test_patterns_and_misspellings_look_at_grouped_numbers():
    assert found("1.700 18", Wildcard(exact="1?0*", folded="1?0*")) == ["1"]
    assert found("1.700 18", Fuzzy(exact="1701", folded="1701", distance=1)) == ["1"]


def test_a_term_that_is_cut_is_found_in_the_longer_word():
    assert found("k" * 130, Term(exact="k" * 100, folded="k" * 100)) == ["k" * 130]


@pytest.mark.parametrize(
    "word",
    [Prefix(exact="", folded=""), Fuzzy(exact="straße", folded="strasse", distance=1)],
)
def test_a_word_without_a_bound_is_told(word):
    assert WordSearch([word]).is_unbounded
    assert not WordSearch([term("dân")]).is_unbounded
