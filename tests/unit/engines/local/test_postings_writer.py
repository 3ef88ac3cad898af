import numpy as np
import pytest

from civicsearch.engines.local import postings_writer
from civicsearch.engines.local.postings import FAMILY_STEPS, STEPS, Postings, PostingsReader
from civicsearch.engines.local.postings_writer import (
    PostingsWriter,
    heavy_beginnings,
    is_bare,
    stretches,
)
from civicsearch.engines.local.terms import encode_term
from fakes.postings import SIZE, a_term, an_index, share
from fakes.segments import a_file


@pytest.mark.parametrize(
    ("documents", "width"), [([0, 255], 8), ([0, 256], 16), ([3, 65_538], 16), ([0, 65_536], 32)]
)
def test_documents_take_the_narrowest_steps_that_hold_them(tmp_path, documents, width):
    file = an_index(tmp_path, a_term(documents))
    for kind in ("deltas", "levels"):
        sizes = {w: len(file.array(f"{kind}{w}")) for w in (8, 16, 32)}
        assert sizes == {8: 0, 16: 0, 32: 0} | {width: 2}
    assert PostingsReader(file, SIZE).postings(0)[0].tolist() == documents


@pytest.mark.parametrize(("count", "is_row"), [(3, False), (4, True), (9, True)])
def test_a_term_in_more_than_a_third_of_all_documents_is_a_row(tmp_path, count, is_row):
    file = an_index(tmp_path, a_term(range(count)), size=9)
    reader = PostingsReader(file, 9)
    assert len(file.array("rows")) == (9 if is_row else 0)
    assert len(file.array("levels8")) == (0 if is_row else count)
    row = reader.row(0)
    level = reader.peak(0)
    assert (None if row is None else row.tolist()) == (
        [level] * count + [0] * (9 - count) if is_row else None
    )
    assert reader.postings(0)[0].tolist() == list(range(count))
    assert reader.size(0) == count


@pytest.mark.parametrize("frequency", [1, 2, 5, 40, 10_000, 1 << 30])
def test_a_level_is_the_share_of_the_most_in_steps_rounded_up(tmp_path, frequency):
    file = an_index(tmp_path, {(0, "x", "x"): {7: frequency}})
    reader = PostingsReader(file, SIZE)
    exact = share(frequency) * STEPS
    assert exact <= reader.peak(0) < exact + 1.001
    assert reader.postings(0)[1].tolist() == [reader.peak(0)]


def test_a_family_has_the_typed_form_whole_and_others_by_half(tmp_path):
    found = {
        (0, "dan", "dan"): {1: 4, 2: 2},
        (0, "dan", "dan\x1e"): {3: 2},
        (0, "dan", "dân"): {2: 6},
        (0, "dan", "đan"): {2: 1, 4: 3},
        (0, "van", "vận"): {5: 2},
        (1, "dan", "dan"): {6: 2},
        (1, "dan", "dân"): {6: 2},
    }
    reader = PostingsReader(an_index(tmp_path, found), SIZE)
    expected = {1: share(4), 2: share(2) + share(7) / 2, 3: share(2), 4: share(3) / 2}
    family = 1  # behind `dan`, which is written empty, and before the other forms
    documents, levels = reader.postings(family)
    assert documents.tolist() == [1, 2, 3, 4]
    for level, exact in zip(levels.tolist(), expected.values(), strict=True):
        assert exact * FAMILY_STEPS <= level < exact * FAMILY_STEPS + 1.001
    with pytest.raises(IndexError):
        reader.size(8)  # the one form of `van` and the other field have no family


@pytest.mark.parametrize(
    ("exact", "expected"), [("dan", True), ("dan\x1e", True), ("dân", False), ("dan\x1ex", False)]
)
def test_a_bare_form_is_the_folded_one(exact, expected):
    assert is_bare(encode_term(0, "dan", exact)) is expected


def test_a_beginning_is_heavy_by_the_postings_of_all_its_words():
    """In zones, of up to three letters; a letter that folding leaves beyond ASCII has no row."""
    terms = [
        encode_term(0, "dan", "dân"),
        encode_term(0, "dang", "dang"),
        encode_term(0, "date", "date"),
        encode_term(0, "ß", "ß"),
        encode_term(1, "x", "x"),
    ]
    assert heavy_beginnings(terms, [2, 2, 1, 99, 99], 4) == (b"d", b"da")
    assert heavy_beginnings(terms, [2, 2, 1, 99, 99], 3) == (b"d", b"da", b"dan")
    assert heavy_beginnings(terms, [2, 2, 1, 99, 99], 5) == ()


def test_a_beginning_adds_up_its_words_by_tier(tmp_path):
    found = {
        (0, "dan", "dan"): {1: 2},
        (0, "dang", "dang"): {1: 3},
        (0, "dao", "đao"): {1: 1, 2: 5},
        (0, "xa", "xã"): {3: 1},
        (1, "dan", "dan"): {3: 1},
    }
    file = an_index(tmp_path, found, size=4, beginnings=(b"d", b"da", b"zzz"))
    reader = PostingsReader(file, 4)
    for letters in ("d", "da"):
        row = reader.beginning(letters).tolist()
        assert row[0] == row[3] == 0
        for level, exact in ((row[1], share(5) + share(1) / 2), (row[2], share(5) / 2)):
            assert exact * FAMILY_STEPS <= level < exact * FAMILY_STEPS + 1.001
    assert reader.beginning("zzz") is None
    assert reader.beginning("dan") is None


def test_a_term_that_is_not_found_has_no_number(tmp_path):
    numbers = []

    def write(file):
        writer = PostingsWriter(file, np.ones(3, np.uint32), average_length=1.0)
        found = Postings(np.array([1]), np.array([2]), np.array([4]))
        terms = [encode_term(0, name, name) for name in "abc"]
        numbers.extend(writer.write(terms, found).tolist())
        numbers.extend(
            writer.write([encode_term(0, "d", "d")], found._replace(terms=np.array([0])))
        )
        assert writer.terms == [encode_term(0, name, name) for name in "bd"]
        return writer.finish()

    a_file(tmp_path, write)
    assert numbers == [-1, 0, -1, 1]


def test_more_postings_than_32_bits_can_number_are_refused(tmp_path):
    def write(file):
        writer = PostingsWriter(file, np.ones(1, np.uint32), average_length=1.0)
        writer._written = (1 << 32) - 1
        one = Postings(*(np.array([value], np.int64) for value in (0, 0, 1)))
        with pytest.raises(OverflowError, match="more words than a segment can hold"):
            writer.write([encode_term(0, "x", "x")], one)

    a_file(tmp_path, write)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([], []),
        ([3, 3, 3, 3], [(0, 3), (3, 4)]),
        ([10, 1], [(0, 1), (1, 2)]),
        ([1, 30, 1, 1], [(0, 1), (1, 2), (2, 4)]),
        ([0, 0, 0, 0], [(0, 4)]),
    ],
)
def test_a_stretch_holds_up_to_so_many_postings_or_one_word(monkeypatch, sizes, expected):
    monkeypatch.setattr(postings_writer, "POSTINGS_A_STRETCH", 10)
    terms = [encode_term(0, letter, letter) for letter in "abcd"[: len(sizes)]]
    assert list(stretches(terms, np.array(sizes, np.int64))) == expected


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([4, 4, 4, 4], [(0, 1), (1, 4)]),  # the forms of one word do not begin in one and end later
        ([4, 2, 2, 2], [(0, 4)]),
        ([4, 20, 20, 4], [(0, 1), (1, 4)]),
        ([11, 1, 1, 1], [(0, 1), (1, 4)]),
    ],
)
def test_forms_of_one_word_are_in_one_stretch(monkeypatch, sizes, expected):
    monkeypatch.setattr(postings_writer, "POSTINGS_A_STRETCH", 10)
    terms = sorted([encode_term(0, "a", "a"), *(encode_term(0, "o", o) for o in ("o", "ò", "ó"))])
    assert list(stretches(terms, np.array(sizes, np.int64))) == expected
