import pytest

from civicsearch.analysis.analyzer import UNACCENTED
from civicsearch.engines.local.terms import (
    FAMILY,
    TermDictionary,
    TermRange,
    decode_forms,
    encode_term,
    is_family,
    write_terms,
)
from fakes.rankings import patched
from fakes.segments import a_file


@pytest.fixture
def dictionary(tmp_path):
    def make(*terms):
        encoded = sorted(encode_term(*term) for term in terms)
        return TermDictionary(a_file(tmp_path, lambda file: write_terms(file, encoded)))

    return make


def test_an_empty_dictionary_has_no_terms(dictionary):
    empty = dictionary()
    assert (empty.size, empty.all()) == (0, [])
    assert empty.word(0, "dan") == empty.beginning(0, "") == TermRange(0, 0)


@pytest.mark.parametrize("exact", ["dan", "dân", "dan" + UNACCENTED])
def test_a_term_is_read_as_it_was_written(exact):
    assert decode_forms(encode_term(3, "dan", exact)) == (exact, "dan")


def test_the_forms_of_a_word_lie_side_by_side(dictionary):
    found = dictionary((0, "dan", "đan"), (0, "dan", "dan"), (0, "dang", "dang"), (0, "da", "da"))
    assert found.word(0, "dan") == TermRange(1, 3)
    assert found.beginning(0, "dan") == TermRange(1, 4)
    assert found.beginning(0, "") == TermRange(0, 4)


def test_words_of_other_fields_lie_elsewhere(dictionary):
    found = dictionary((0, "dan", "dan"), (1, "dan", "dân"), (2, "dan", "dan"))
    assert [found.word(group, "dan") for group in (0, 1, 2, 3)] == [(0, 1), (1, 2), (2, 3), (3, 3)]


def test_a_long_range_is_found_to_its_end(dictionary):
    found = dictionary(*((0, f"a{n:03}", f"a{n:03}") for n in range(300)), (0, "b", "b"))
    assert found.beginning(0, "a") == TermRange(0, 300)
    assert found.beginning(0, "a0") == TermRange(0, 100)
    assert found.beginning(0, "a2") == TermRange(200, 300)
    assert len(found.terms(TermRange(250, 301))) == 51


def test_a_family_is_a_term_of_zones_that_is_no_written_form(dictionary):
    found = dictionary((0, "dan", "dan"), (0, "dan", "dân"), (0, "dan", "\x01"), (1, "van", "\x01"))
    assert list(map(is_family, found.all())) == [False, True, False, True]
    assert found.term(found.family("dan")) == b"\0dan" + FAMILY
    assert found.family("van") is found.family("da") is None
    assert found.word(0, "dan") == TermRange(0, 3)


def test_the_bytes_of_a_range_are_those_of_its_terms(dictionary):
    found = dictionary((0, "a", "a"), (0, "dan", "đan"), (0, "e", "e"))
    data, bounds = found.bytes_of(TermRange(1, 3))
    assert data.tobytes() == encode_term(0, "dan", "đan") + encode_term(0, "e", "e")
    assert bounds.tolist() == [0, 9, 12]


def test_after_many_look_ups_a_part_of_the_terms_is_kept(dictionary):
    """Nothing is found otherwise than before; a command line that asks little reads less."""
    known = dictionary(*((0, f"a{number:03}", f"a{number:03}") for number in range(300)))
    asked = [encode_term(0, f"a{number:03}", f"a{number:03}") for number in (0, 63, 64, 65, 299)]
    others = [encode_term(0, folded, folded) for folded in ("a", "a0635", "b")]
    with patched({"_LOOK_UPS": 20}):
        for _ in range(5):
            assert [known.number(term) for term in asked] == [0, 63, 64, 65, 299]
            assert [known.number(term) for term in others] == [None] * 3
        assert known._samples == [known.term(number) for number in range(0, 300, 64)]
