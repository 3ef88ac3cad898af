import numpy as np
import pytest

from civicsearch.engines.local.lengths import Lengths, average_of, lengths_in, write_lengths
from fakes.builders import a_document
from fakes.segments import LAYOUT, a_file, a_segment


def test_fields_lie_behind_each_other_with_a_separator_between(tmp_path):
    """Each has one behind it, the last too; an empty field is a separator alone."""
    lengths = np.array([[2, 0, 3, 1, 1, 4, 0, 0, 0], [0] * 9])

    def write(file):
        write_lengths(file, LAYOUT, lengths)

    file = a_file(tmp_path, write)
    assert file.array("field_starts").reshape(2, 9).tolist() == [
        [0, 3, 4, 8, 10, 12, 17, 18, 19],
        [0, 1, 2, 3, 4, 5, 6, 7, 8],
    ]
    assert file.array("stream_starts").tolist() == [0, 20, 29]


def test_where_fields_begin_takes_as_few_bytes_as_the_longest_text_needs(tmp_path):
    for words, dtype in ((254, np.uint8), (255, np.uint16), (70_000, np.uint32)):
        lengths = np.array([[words, 0, 0, 0, 0, 0, 0, 0, 0]])
        lengths[0, 0] -= 7  # separators before the last field

        def write(file, lengths=lengths):
            write_lengths(file, LAYOUT, lengths)

        assert a_file(tmp_path, write, f"{words}.seg").array("field_starts").dtype == dtype


def test_the_mean_of_no_words_is_one():
    """Else documents without words would be divided by nothing."""
    assert average_of(np.array([4, 8], np.uint32)) == 3.0
    assert average_of(np.zeros(3, np.uint32)) == average_of(np.zeros(0, np.uint32)) == 1.0


def test_an_average_is_that_of_all_segments():
    assert average_of(np.array([4, 8], np.uint32), Lengths(2, 20)) == 4.0
    assert average_of(np.zeros(3, np.uint32), Lengths(1, 4)) == 0.5


def test_lengths_are_read_from_a_file(tmp_path):
    a_segment(tmp_path, [a_document(title="", body="a b c"), a_document(title="a", body="")], "1")
    assert lengths_in(tmp_path / "1.seg") == Lengths(2, 6 + 6)


def test_more_words_than_32_bits_can_number_are_refused(tmp_path):
    lengths = np.array([[1 << 31, 1 << 31, 0, 0, 0, 0, 0, 0, 0]])

    def write(file):
        with pytest.raises(OverflowError, match="more words than a segment can hold"):
            write_lengths(file, LAYOUT, lengths)

    a_file(tmp_path, write)
