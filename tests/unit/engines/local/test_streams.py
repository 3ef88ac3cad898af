import numpy as np
import pytest

from civicsearch.engines.local.streams import FAR, SEPARATOR, StreamsReader, StreamsWriter
from fakes.rankings import patched
from fakes.segments import a_file


def written(folder, *documents, counts=None):
    flat = [term for terms in documents for term in terms]
    if counts is None:
        counts = np.bincount([term for term in flat if term >= 0], minlength=1)

    def write(file):
        streams = StreamsWriter(file, np.array(counts, np.int64))
        streams.write(np.array(flat, np.int64))
        streams.finish()
        file.add("stream_starts", np.cumsum([0, *map(len, documents)]).astype(np.uint32))

    return a_file(folder, write)


def test_the_commonest_term_has_the_first_number_and_separators_have_none(tmp_path):
    file = written(tmp_path, [2, 2, -1, 1, 2, -1])
    assert file.array("stream").tolist() == [1, 1, SEPARATOR, 2, 1, SEPARATOR]
    assert file.array("code_terms").tolist() == [2, 1]


def test_a_term_that_does_not_occur_has_no_number(tmp_path):
    """A family is a term too, and stands nowhere."""
    reader = StreamsReader(written(tmp_path, [0, -1], counts=[1, 0]))
    assert reader.codes(np.array([0, 1])).tolist() == [1, FAR]


def test_the_rarest_terms_are_listed_apart(tmp_path):
    with patched({"FAR": 2}):
        file = written(tmp_path, [5, 5, 7, -1], [7, 5, 3, -1])
        assert file.array("stream").tolist() == [1, 1, 2, 0, 2, 1, 2, 0]
        assert file.array("far_places").tolist() == [2, 4, 6]
        reader = StreamsReader(file)
        passage = reader.passage(np.array([1]))
        far = np.array([0, 2])
        assert passage.in_stream(far).tolist() == [4, 6]
        assert reader.far_terms(passage.in_stream(far)).tolist() == [7, 3]


def test_documents_that_are_not_read_leave_no_gap_in_a_passage(tmp_path):
    reader = StreamsReader(written(tmp_path, [0, -1], [1, 1, -1], [0, 0, 0, -1]))
    passage = reader.passage(np.array([0, 2]))
    assert len(passage.codes) == 6
    assert passage.starts.tolist() == [0, 2]
    assert passage.origins.tolist() == [0, 5]
    assert passage.in_stream(np.arange(6)).tolist() == [0, 1, 5, 6, 7, 8]


def test_no_documents_have_no_words(tmp_path):
    reader = StreamsReader(written(tmp_path, [0, -1]))
    assert len(reader.passage(np.array([], np.intp)).codes) == 0


def test_a_piece_is_one_document_at_least(tmp_path):
    with patched({"_CHUNK_WORDS": 3}):
        reader = StreamsReader(written(tmp_path, [0, -1], [1, -1], [0, 1, 0, 1, -1], [1, -1]))
        pieces = [piece.tolist() for piece in reader.iter_terms()]
        assert pieces == [[0, -1], [1, -1], [0, 1, 0, 1, -1], [1, -1]]
        kept = np.array([True, False, False, True])
        assert np.concatenate(list(reader.iter_terms(kept))).tolist() == [0, -1, 1, -1]


def test_more_words_than_32_bits_can_number_are_refused(tmp_path):
    def write(file):
        streams = StreamsWriter(file, np.array([1]))
        streams._written = (1 << 32) - 1
        with pytest.raises(OverflowError, match="more words than a segment can hold"):
            streams.write(np.array([0]))

    a_file(tmp_path, write)
