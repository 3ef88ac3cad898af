"""Arrays and terms come back from a file as they were written, and damage at its end is seen."""

from bisect import bisect_left, bisect_right
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from civicsearch.analysis.analyzer import UNACCENTED
from civicsearch.engines.local.sections import SectionFile
from civicsearch.engines.local.terms import TermDictionary, decode_forms, encode_term, write_terms
from fakes.rankings import patched
from fakes.segments import a_file, a_folder

# --- a file of arrays ---

dtypes = st.sampled_from(["u1", "u2", "u4", "i8", "f4", "f8", ">u4", "?"])


@st.composite
def arrays(draw):
    numbers = draw(st.lists(st.integers(0, 1), max_size=9))
    return np.array(numbers, draw(dtypes))


@given(
    st.lists(st.tuples(st.sampled_from("abc"), arrays()), max_size=8),
    st.binary(max_size=40),
    st.sampled_from([0, 10, 4 << 20]),
    st.dictionaries(st.text(max_size=3), st.integers()),
)
def test_sections_come_back_as_they_were_written(parts, data, spool_bytes, facts):
    """Part by part, in any order, of the type that the first part had."""
    expected, written = {}, {}

    def write(file):
        for name, part in parts:
            dtype = expected.setdefault(name, (part.dtype, []))[0]
            expected[name][1].append(part.astype(dtype))
            file.section(name, part.dtype).write(part.astype(dtype))
        file.add_bytes("data", data)
        return facts

    with a_folder() as folder, patched({"_SPOOL_BYTES": spool_bytes, "_COPY_BYTES": 7}):
        file = a_file(folder, write)
        content = (folder / "some.seg").read_bytes()
    assert file.facts == facts
    assert file.size_bytes == len(content)
    assert file.bytes("data") == data
    for name, (dtype, found) in expected.items():
        written[name] = np.concatenate(found)
        assert file.array(name).dtype == dtype.newbyteorder("<")
        assert file.array(name).tolist() == written[name].tolist()
    assert ("a" in file) is ("a" in expected)


@settings(max_examples=80)
@given(
    st.binary(min_size=1, max_size=4), st.integers(0, 2000), st.sampled_from(["cut", "set", "flip"])
)
def test_a_file_whose_end_was_changed_is_refused(data, place, how):
    with a_folder() as folder:
        a_file(folder, lambda file: file.add("a", np.arange(9)) or {"documents": 9})
        path = folder / "some.seg"
        content = bytearray(path.read_bytes())
        tail = len(content) - 24
        place = tail + place % 24
        if how == "cut":
            del content[place:]
        else:
            for offset, byte in enumerate(data):
                if place + offset < len(content):
                    old = content[place + offset]
                    content[place + offset] = byte if how == "set" else old ^ byte
        changed = bytes(content) != path.read_bytes()
        path.write_bytes(content)
        try:
            file = SectionFile(path)
        except ValueError:
            assert changed
        else:
            assert not changed
            assert file.array("a").tolist() == list(range(9))


# --- the dictionary ---

folded_words = st.text("abđ1\U00010400", max_size=4)
terms = st.builds(
    lambda group, folded, mark: (group, folded, folded + mark),
    st.integers(0, 3),
    folded_words,
    st.sampled_from(["", "", UNACCENTED, "ă", "x", "\U0001f600"]),
)


samples = st.fixed_dictionaries(
    {"_SAMPLED": st.sampled_from([1, 2, 5, 64]), "_LOOK_UPS": st.sampled_from([0, 1, 200])}
)


@given(st.sets(terms, max_size=30), st.integers(0, 3), folded_words, samples)
def test_the_dictionary_is_a_sorted_list(known, group, asked, way):
    """With the forms of a word, and the words with a beginning, side by side."""
    with patched(way):
        assert_dictionary_is_sorted_list(known, group, asked)


def assert_dictionary_is_sorted_list(known, group, asked):
    encoded = sorted(encode_term(*term) for term in known)
    with a_folder() as folder:
        dictionary = TermDictionary(a_file(folder, lambda file: write_terms(file, encoded)))
    assert dictionary.size == len(known)
    assert dictionary.all() == encoded
    assert [dictionary.term(number) for number in range(len(encoded))] == encoded
    assert {(term[0], *reversed(decode_forms(term))) for term in encoded} == known
    word = dictionary.word(group, asked)
    assert {decode_forms(term)[0] for term in dictionary.terms(word)} == {
        exact for own, folded, exact in known if (own, folded) == (group, asked)
    }
    beginning = dictionary.beginning(group, asked)
    assert {decode_forms(term)[::-1] for term in dictionary.terms(beginning)} == {
        (folded, exact) for own, folded, exact in known if own == group and folded.startswith(asked)
    }
    assert [dictionary.number(term) for term in encoded] == list(range(len(encoded)))
    assert dictionary.number(encode_term(7, asked, asked)) is None
    data, bounds = dictionary.bytes_of(beginning) if encoded else (np.empty(0, np.uint8), [0])
    pieces = [data[start:end].tobytes() for start, end in pairwise(bounds)]
    assert pieces == encoded[beginning.start : beginning.end]
    prefix = bytes([group]) + asked.encode()
    assert beginning == (bisect_left(encoded, prefix), bisect_right(encoded, prefix + b"\xff"))
