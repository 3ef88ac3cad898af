import numpy as np
import pytest

from civicsearch.engines.local.postings import PostingsReader, ranges, told_frequencies
from fakes.postings import SIZE, a_term, an_index
from fakes.rankings import patched


def test_ranges_follow_each_other():
    assert ranges(np.array([5, 20, 1]), np.array([3, 0, 2])).tolist() == [5, 6, 7, 1, 2]
    assert ranges(np.empty(0, np.int64), np.empty(0, np.int64)).tolist() == []


def test_terms_of_different_widths_are_told_apart(tmp_path):
    expected = [[0, 1], [0, 70_000], [5, 6], [0, 300]]
    found = {}
    for name, documents in zip("abcd", expected, strict=True):
        found |= a_term(documents, name)
    reader = PostingsReader(an_index(tmp_path, found), SIZE)
    assert [reader.postings(term)[0].tolist() for term in range(4)] == expected
    places, documents, _ = reader.read(np.array([1, 2, 3]))
    by_place = {place: documents[places == place].tolist() for place in range(3)}
    assert by_place == dict(enumerate(expected[1:]))


@pytest.mark.parametrize("row_share", [0, 10**6])
def test_what_levels_of_terms_are_worth_is_added_up(tmp_path, row_share):
    with patched({"_ROW_SHARE": row_share}):
        file = an_index(tmp_path, a_term([1, 3], "a") | a_term([3], "b") | a_term([0], "c"), size=5)
    reader = PostingsReader(file, 5)
    worth = np.zeros(256, np.float32)
    worth[reader.peak(0)] = 2.5
    total = np.array([9, 0, 0, 1, 0], np.float32)
    reader.add_up(np.array([0, 1]), worth, total)
    assert total.tolist() == [9, 2.5, 0, 6, 0]
    reader.add_up(np.array([0]), worth, total)
    assert total.tolist() == [9, 5, 0, 8.5, 0]
    reader.add_up(np.array([], np.int64), worth, total)
    assert total.tolist() == [9, 5, 0, 8.5, 0]


def test_the_greatest_frequency_of_a_level_gives_it_again():
    norms = np.array([2.4, 2.4, 2.4, 0.01])
    found = told_frequencies(np.array([1, 127, 254, 253], np.uint8), np.arange(4), norms)
    assert found.tolist() == [1, 2, (1 << 20) - 1, 2]


def test_nothing_written_is_nothing_read(tmp_path):
    file = an_index(tmp_path, {})
    reader = PostingsReader(file, SIZE)
    assert file.facts["postings"] == 0
    assert [len(column) for column in reader.read(np.empty(0, np.int64))] == [0, 0, 0]
