"""The words of documents come back in order, the rarest too, and without documents left out."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from civicsearch.engines.local.streams import SEPARATOR, StreamsReader, StreamsWriter
from fakes.rankings import patched
from fakes.segments import a_file, a_folder

TERMS = 9


def flat(lists):
    return list(itertools.chain.from_iterable(lists))


words = st.integers(0, TERMS - 1)
fields = st.lists(words, max_size=6).map(lambda terms: [*terms, -1])
documents = st.lists(fields, min_size=1, max_size=3).map(flat)
ways = st.fixed_dictionaries(
    {"FAR": st.sampled_from([1, 2, 5, 65_535]), "_CHUNK_WORDS": st.sampled_from([1, 7, 1 << 22])}
)


def a_reader(folder, some, cut):
    counts = np.bincount(
        [term for terms in some for term in terms if term >= 0], minlength=TERMS
    ).astype(np.int64)

    def write(file):
        streams = StreamsWriter(file, counts)
        for part in (some[:cut], some[cut:]):
            streams.write(np.array([term for terms in part for term in terms], np.int64))
        streams.finish()
        starts = np.cumsum([0, *map(len, some)])
        file.add("stream_starts", starts.astype(np.uint32))

    return StreamsReader(a_file(folder, write))


@settings(max_examples=80)
@given(st.lists(documents, min_size=1, max_size=8), st.data(), ways)
def test_words_come_back_in_order(some, data, way):
    """However many were written at once, and however few have a number of their own."""
    cut = data.draw(st.integers(0, len(some)))
    first = data.draw(st.integers(0, len(some) - 1))
    last = data.draw(st.integers(first + 1, len(some)))
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=len(some), max_size=len(some))))
    with a_folder() as folder, patched(way):
        reader = a_reader(folder, some, cut)
        terms, sizes = reader.terms_of(slice(first, last))
        assert terms.tolist() == flat(some[first:last])
        assert sizes.tolist() == [len(own) for own in some[first:last]]

        inside = kept[first:last]
        left = [own for own, is_kept in zip(some[first:last], inside, strict=True) if is_kept]
        terms, sizes = reader.terms_of(slice(first, last), inside)
        assert terms.tolist() == flat(left)
        assert sizes.tolist() == list(map(len, left))

        for those, expected in (
            (None, some),
            (kept, [own for own, is_kept in zip(some, kept, strict=True) if is_kept]),
        ):
            found = [piece.tolist() for piece in reader.iter_terms(those)]
            assert flat(found) == flat(expected)


@settings(max_examples=80)
@given(st.lists(documents, min_size=1, max_size=8), st.data(), ways)
def test_a_passage_is_what_some_documents_say(some, data, way):
    """By numbers; a place in it leads back to the stream, where rare terms are listed."""
    asked = sorted(data.draw(st.sets(st.integers(0, len(some) - 1))))
    with a_folder() as folder, patched(way):
        reader = a_reader(folder, some, len(some))
        passage = reader.passage(np.array(asked, np.intp))
        expected = [term for number in asked for term in some[number]]
        assert len(passage.codes) == len(expected)
        assert (
            passage.starts.tolist() == np.cumsum([0, *(len(some[n]) for n in asked)])[:-1].tolist()
        )
        codes = reader.codes(np.arange(TERMS)).tolist()
        for code, term in zip(passage.codes.tolist(), expected, strict=True):
            assert code == (SEPARATOR if term < 0 else codes[term])
        far = (passage.codes == way["FAR"]).nonzero()[0]
        found = reader.far_terms(passage.in_stream(far))
        assert found.tolist() == [expected[place] for place in far.tolist()]


@given(st.lists(documents, min_size=1, max_size=8), st.sampled_from([2, 3, 5, 65_535]))
def test_the_commonest_terms_have_numbers_of_their_own(some, far):
    """As many as there are numbers; all that occur, where there are enough."""
    words_alone = [term for term in flat(some) if term >= 0]
    counts = np.bincount(words_alone, minlength=TERMS)
    with a_folder() as folder, patched({"FAR": far}):
        codes = a_reader(folder, some, 0).codes(np.arange(TERMS))
    own = [term for term in range(TERMS) if codes[term] != far]
    assert len(own) == min(far - 1, len(set(words_alone)))
    assert len(set(codes[own].tolist())) == len(own)
    assert SEPARATOR not in codes
    others = [counts[term] for term in range(TERMS) if term not in own]
    assert min((counts[term] for term in own), default=0) >= max(others, default=0) or not own
