import sys

import numpy as np
import pytest

from civicsearch.engines.local.chunks import WHITE_SPACE, Letters


def chunks_in(letters, text):
    chunks = letters.cut(text)
    ends = chunks.starts + chunks.sizes
    return [text[start:end] for start, end in zip(chunks.starts, ends, strict=True)]


def test_white_space_is_what_python_takes_for_it():
    assert set(WHITE_SPACE) == {c for c in map(chr, range(sys.maxunicode + 1)) if c.isspace()}


@pytest.mark.parametrize(
    "text", ["", " ", "a", " a", "a ", "dân  vận\n\tkhéo", "a\u00a0b\u3000c\x1cd", "😀 \ud800 a\0b"]
)
def test_a_text_is_cut_as_python_cuts_it(text):
    assert chunks_in(Letters(), text) == text.split()


def test_a_letter_has_one_byte_for_all_texts():
    letters = Letters()
    first = letters.cut("dân").data.tolist()
    letters.cut("tỉnh ủy vân")
    assert letters.cut("dân").data.tolist() == first
    assert len(set(first[:3])) == 3


def test_letters_that_get_no_byte_are_told():
    letters = Letters()
    assert letters.cut("a😀b\U00020000").unknown.tolist() == [1, 3]
    many = "".join(map(chr, range(0x4E00, 0x4E00 + 400)))
    assert len(letters.cut(many).unknown) == 400 - (253 - 2)
    assert letters.cut("ab" + many[0]).unknown.tolist() == []
    assert letters.cut("x").unknown.tolist() == [0]
    assert chunks_in(letters, "x y ab") == ["x", "y", "ab"]


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u202f"])
def test_blanks_that_may_be_in_a_number_are_told(blank):
    text = f"1{blank}700 1{blank}70 a{blank}700 12{blank}7000{blank}123"
    expected = [1, text.index("7000") - 1, text.index("7000") + 4]
    assert Letters().cut(text).in_numbers.tolist() == expected


@pytest.mark.parametrize("text", ["1\n700", "1\u2003700", " 700", "700", "1 70", "1 7", "1  700"])
def test_no_other_blank_is_in_a_number(text):
    assert Letters().cut(text).in_numbers.tolist() == []


def test_digits_of_other_scripts_are_digits():
    assert Letters().cut("٣ ٤٥٦").in_numbers.tolist() == [1]


def test_what_is_cut_is_followed_by_enough_for_a_table():
    data = Letters().cut("ab").data
    assert len(data) == 18
    assert not np.any(data[2:])
