import numpy as np
import pytest

from civicsearch.engines.local.postings import Postings, PostingsReader, PostingsWriter, ranges
from civicsearch.engines.local.terms import TermRange
from fakes.segments import a_file


def postings(documents, *, frequencies=None, terms=None, positions=None):
    count = len(documents)
    return Postings(
        terms=np.array(terms if terms is not None else [0] * count, np.int64),
        documents=np.array(documents, np.int64),
        counts=np.ones(count, np.int64),
        frequencies=np.array(frequencies or [2] * count, np.int64),
        positions=np.array(positions if positions is not None else range(count), np.int64),
    )


def written(folder, *runs, size=100_000):
    def write(file):
        writer = PostingsWriter(file, np.full(size, 8, np.uint32))
        for run in runs:
            writer.write(run)
        return writer.finish()

    return a_file(folder, write)


def test_ranges_follow_each_other():
    assert ranges(np.array([5, 20, 1]), np.array([3, 0, 2])).tolist() == [5, 6, 7, 1, 2]
    assert ranges(np.empty(0, np.int64), np.empty(0, np.int64)).tolist() == []


@pytest.mark.parametrize(
    ("documents", "width"), [([0, 255], 8), ([0, 256], 16), ([3, 65_538], 16), ([0, 65_536], 32)]
)
def test_documents_take_the_narrowest_steps_that_hold_them(tmp_path, documents, width):
    file = written(tmp_path, postings(documents))
    sizes = {w: len(file.array(f"deltas{w}")) for w in (8, 16, 32)}
    assert sizes == {8: 0, 16: 0, 32: 0} | {width: 2}
    assert PostingsReader(file).documents(0).tolist() == documents


def test_terms_of_different_widths_are_told_apart(tmp_path):
    documents = [0, 1, 0, 70_000, 5, 6, 0, 300]
    file = written(tmp_path, postings(documents, terms=[0, 0, 1, 1, 2, 2, 3, 3]))
    reader = PostingsReader(file)
    assert [reader.documents(term).tolist() for term in range(4)] == [
        [0, 1], [0, 70_000], [5, 6], [0, 300],
    ]  # fmt: skip
    assert reader.documents_of_range(TermRange(0, 4)).tolist() == documents
    assert reader.documents_of_range(TermRange(1, 3)).tolist() == documents[2:6]
    assert reader.starts(TermRange(1, 3)) == [2, 4, 6]


def test_more_pairs_than_there_are_codes_are_listed_apart(tmp_path):
    frequencies = list(range(1, 301))
    file = written(tmp_path, postings(range(300), frequencies=frequencies))
    reader = PostingsReader(file)
    assert len(file.array("other_postings")) == 45
    assert reader.frequencies(0, 300).tolist() == frequencies
    assert reader.frequencies_at(np.array([299, 0, 150])).tolist() == [300, 1, 151]
    starts, counts = reader.occurrences(np.array([0, 299]))
    assert (starts.tolist(), counts.tolist()) == ([0, 299], [1, 1])


def test_positions_in_a_very_long_document_are_listed_apart(tmp_path):
    positions = [0, 65_534, 65_535, 65_536, 9_000_000]
    file = written(tmp_path, postings(range(5), positions=positions))
    reader = PostingsReader(file)
    assert len(file.array("far_positions")) == 3
    assert reader.positions(*reader.occurrences(np.arange(5))).tolist() == positions


def test_nothing_written_is_nothing_read(tmp_path):
    nothing = postings([])
    file = written(tmp_path, nothing)
    reader = PostingsReader(file)
    assert (file.facts["postings"], file.facts["occurrences"]) == (0, 0)
    assert len(reader.read(TermRange(0, 0)).terms) == 0
    starts, counts = reader.occurrences(np.empty(0, np.int64))
    assert (len(starts), len(counts)) == (0, 0)


def test_more_words_than_32_bits_can_number_are_refused(tmp_path):
    def write(file):
        writer = PostingsWriter(file, np.ones(1, np.uint32))
        writer._occurrences = 1 << 32
        return writer.finish()

    with pytest.raises(OverflowError, match="more words than a segment can hold"):
        a_file(tmp_path, write)
