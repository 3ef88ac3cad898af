"""What is written to a segment is read from it, and merging gives what writing anew would give."""

import datetime as dt
import zlib
from array import array
from bisect import bisect_left, bisect_right

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from civicsearch.analysis import Analyzer
from civicsearch.analysis.analyzer import UNACCENTED
from civicsearch.document import Caption, Document, Origin
from civicsearch.engines.local.columns import Columns, write_facets, write_ids
from civicsearch.engines.local.merging import merge_segments
from civicsearch.engines.local.postings import Postings, PostingsReader, PostingsWriter
from civicsearch.engines.local.sections import SectionFile
from civicsearch.engines.local.segment import Segment
from civicsearch.engines.local.stored import StoredReader, StoredWriter
from civicsearch.engines.local.terms import (
    TermDictionary,
    TermRange,
    decode_forms,
    encode_term,
    write_terms,
)
from civicsearch.engines.local.words import WordNumbers
from civicsearch.ranking.impacts import UNIT, Collection
from civicsearch.schema import DEFAULT_SCHEMA, FACETS, field_texts
from civicsearch.search.ordering import facet_values
from civicsearch.search.request import moment_key
from fakes.corpora import VIETNAM, Articles
from fakes.rankings import patched
from fakes.segments import LAYOUT, a_file, a_folder, a_segment, an_entry, without

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


@given(st.sets(terms, max_size=30), st.integers(0, 3), folded_words)
def test_the_dictionary_is_a_sorted_list(known, group, asked):
    """With the forms of a word, and the words with a beginning, side by side."""
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
    prefix = bytes([group]) + asked.encode()
    assert beginning == (bisect_left(encoded, prefix), bisect_right(encoded, prefix + b"\xff"))


# --- postings ---

SIZE = 70_000  # a step of more than two bytes


@st.composite
def postings_of_terms(draw):
    """Draw for each term what it has in each document: positions and a weighted frequency."""
    numbers = st.integers(0, 40) | st.integers(0, 600) | st.integers(0, SIZE - 1)
    occurrences = st.lists(
        st.integers(0, 12) | st.integers(0, 99_999), min_size=1, max_size=6, unique=True
    )
    return draw(
        st.lists(
            st.dictionaries(
                numbers,
                st.tuples(occurrences.map(sorted), st.integers(1, 700)),
                min_size=1,
                max_size=9,
            ),
            max_size=12,
        )
    )


def as_arrays(terms, first=0):
    rows = [
        (number, document, len(positions), frequency, positions)
        for number, found in enumerate(terms, first)
        for document, (positions, frequency) in sorted(found.items())
    ]
    columns = [[row[place] for row in rows] for place in range(4)]
    flat = [position for row in rows for position in row[4]]
    return Postings(*(np.array(column, np.int64) for column in [*columns, flat]))


def as_lists(postings):
    return [array.tolist() for array in postings]


small = st.fixed_dictionaries(
    {
        "_FAR": st.sampled_from([5, 65_535]),
        "_CHECKPOINT": st.sampled_from([2, 3, 16]),
        "_OTHER": st.sampled_from([1, 3, 255]),
        "_PAIR_COUNTS": st.sampled_from([2, 64]),
        "_PAIR_FREQUENCIES": st.sampled_from([5, 512]),
    }
)


@settings(max_examples=30)
@given(postings_of_terms(), st.data(), small)
def test_postings_come_back_as_they_were_written(terms, data, constants):
    """In however many runs they were written, and whichever way they are read."""
    cut = data.draw(st.integers(0, len(terms)))
    lengths = np.ones(SIZE, np.uint32)

    def write(file):
        writer = PostingsWriter(file, lengths)
        writer.write(as_arrays(terms[:cut]))
        writer.write(as_arrays(terms[cut:], cut))
        return writer.finish()

    with a_folder() as folder, patched(constants):
        reader = PostingsReader(a_file(folder, write))
        everything = TermRange(0, len(terms))
        expected = as_arrays(terms)
        assert as_lists(reader.read(everything)) == as_lists(expected)
        assert reader.sizes(everything).tolist() == [len(found) for found in terms]
        assert reader.documents_of_range(everything).tolist() == expected.documents.tolist()
        assert reader.counts(0, len(expected.terms)).tolist() == expected.counts.tolist()
        assert reader.frequencies(0, len(expected.terms)).tolist() == expected.frequencies.tolist()
        for number, found in enumerate(terms):
            assert reader.documents(number).tolist() == sorted(found)
            one = TermRange(number, number + 1)
            assert as_lists(reader.read(one)) == as_lists(as_arrays([found]))

        some = data.draw(st.sets(st.integers(0, max(0, len(expected.terms) - 1)), max_size=6))
        asked = np.array(sorted(some) if terms else [], np.int64)
        assert reader.frequencies_at(asked).tolist() == expected.frequencies[asked].tolist()
        assert_occurrences_are_found(reader, asked, expected)


def assert_occurrences_are_found(reader, asked, expected):
    starts = (np.cumsum(expected.counts) - expected.counts)[asked]
    counts = expected.counts[asked]
    for find in (reader.occurrences, reader._occurrences_apart):
        found_starts, found_counts = find(asked)
        assert found_starts.tolist() == starts.tolist()
        assert found_counts.tolist() == counts.tolist()
    places = [n for s, c in zip(starts, counts, strict=True) for n in range(s, s + c)]
    assert reader.positions(starts, counts).tolist() == expected.positions[places].tolist()


@settings(max_examples=20)
@given(postings_of_terms().filter(bool), st.sets(st.integers(0, 700)))
def test_postings_are_read_under_new_numbers_and_without_some_documents(terms, gone):
    kept = np.array([number not in gone for number in range(SIZE)])
    numbers = np.where(kept, np.cumsum(kept) - 1, -1)

    def write(file):
        writer = PostingsWriter(file, np.ones(SIZE, np.uint32))
        writer.write(as_arrays(terms))
        return writer.finish()

    left = [{int(numbers[d]): v for d, v in found.items() if d not in gone} for found in terms]
    with a_folder() as folder:
        reader = PostingsReader(a_file(folder, write))
        found = reader.read(TermRange(0, len(terms)), numbers)
    assert as_lists(found) == as_lists(as_arrays(left))


@settings(max_examples=20)
@given(postings_of_terms().filter(bool), st.data())
def test_no_value_is_above_the_bound_that_is_written_down(terms, data):
    """Whatever the average length is in the archive that the segment is a part of."""
    lengths = np.ones(SIZE, np.uint32)
    for number in range(40):
        lengths[number] = data.draw(st.integers(1, 2000))
    average = data.draw(st.floats(0.3, 500))

    def write(file):
        writer = PostingsWriter(file, lengths)
        writer.write(as_arrays(terms))
        return writer.finish()

    with a_folder() as folder:
        reader = PostingsReader(a_file(folder, write))
    collection = Collection(documents=SIZE, lengths=lengths, average_length=average)
    asked = data.draw(st.sets(st.integers(0, len(terms) - 1), min_size=1))
    summed = {}
    for number in asked:
        for document, (_, frequency) in terms[number].items():
            summed[document] = summed.get(document, 0) + frequency
    shares = [f / (f + float(collection.norms[document])) for document, f in summed.items()]
    assert reader.bounds_on_values(np.array(sorted(asked)), average) >= max(shares)


# --- words ---

nasty = st.sampled_from(
    ["dân", "Dân", "da\u0302n", "\u0301", "o\u0323\u0302", "1.700", "700", "1", "12", "345", "1,5",
     "3.000,5", "$1", "²", "½", "Ⅷ", "١٢٣", "１", "７００", "_", "-", "…", "«x»", "a'b", "ʼ", "'",
     "\u00ad", "\u200d", "\u200c", "مرحبا", "你好", "สวัสดี", "नमस्ते", "ﾞ", "ｱ", "ß", "ﬁ", "İ", "ǰ",
     "\x1e", "\x1f", "\x1c", "\ud800", "😀", "x" * 70, "y" * 130, "(", ")", "*", "/", "#", "@"]
)  # fmt: skip
blanks = st.sampled_from(
    [" ", " ", "", "", "\n", "\t", "\u00a0", "\u202f", "\u2003", "\x0b", "\x85", "\u2028", "\ufeff"]
)
nasty_texts = st.lists(nasty | blanks, max_size=14).map("".join) | st.text(max_size=30)


@settings(max_examples=200)
@given(st.lists(nasty_texts, max_size=5))
def test_words_are_those_of_the_analyzer(texts):
    words = WordNumbers(Analyzer())
    for text in [*texts, *texts]:  # the second time, from memory
        chunks = array("I")
        words.append(text, chunks)
        found, counts = words.words_of(np.frombuffer(chunks, np.uint32))
        tokens = Analyzer().tokens(text)
        assert [(words.exact[n], words.folded[n]) for n in found.tolist()] == [
            (token.exact, token.folded) for token in tokens
        ]
        assert int(counts.sum()) == len(tokens)
    assert len(words) == len(set(zip(words.exact, words.folded, strict=True)))


# --- documents ---

texts = st.text(max_size=12) | nasty_texts
few_texts = st.lists(texts, max_size=3).map(tuple)
zones = st.sampled_from([dt.UTC, VIETNAM])
moments = st.none() | st.dates() | st.datetimes(timezones=zones)
documents = st.builds(
    Document,
    document_id=texts,
    title=texts,
    lead=texts,
    body=texts,
    captions=st.lists(st.builds(Caption, text=texts, credit=texts), max_size=2).map(tuple),
    authors=few_texts,
    published=moments,
    modified=moments,
    source=texts,
    section=texts,
    tags=few_texts,
    language=texts,
    url=st.none() | texts,
    views=st.none() | st.integers(0, 10**12),
    notes=few_texts,
    origins=st.lists(st.builds(Origin, path=texts, sha256=texts), max_size=2).map(tuple),
)


@settings(max_examples=25)
@given(
    st.lists(documents, max_size=8), st.lists(documents, max_size=8), st.sampled_from([1, 3, 32])
)
def test_documents_come_back_as_they_went_in(first, second, sample):
    """Also out of a merge, where they stay packed as they were, each with its own dictionary."""
    constants = {"_SAMPLE": sample, "_DICTIONARY_BYTES": 64}
    with a_folder() as folder, patched(constants):
        parts = []
        for name, some in (("1", first), ("2", second)):
            writer = StoredWriter()
            for document in some:
                writer.add(document)
            parts.append(
                StoredReader(a_file(folder, lambda f, w=writer: {"stored": w.write(f)}, name))
            )
        for reader, some in zip(parts, (first, second), strict=True):
            assert [reader.document(number) for number in range(len(some))] == some

        merged = StoredReader(a_file(folder, lambda file: packed_again(parts, file), "3"))
        both = [*first, *second]
        assert [merged.document(number) for number in range(len(both))] == both


def packed_again(parts, file):
    """Write the documents of `parts` to another file, as a merge does."""
    writer = StoredWriter(file.section("stored", np.uint8))
    for reader in parts:
        for start, end, dictionary in reader.runs():
            if dictionary:
                writer.add_packed(map(reader.packed, range(start, end)), dictionary)
                continue
            for number in range(start, end):
                writer.add_encoded(reader.encoded(number))
    return {"stored": writer.write(file)}


@given(st.lists(texts, max_size=12), texts)
def test_documents_are_found_by_their_ids(document_ids, other):
    with a_folder() as folder:
        columns = Columns(a_file(folder, lambda file: write_ids(file, document_ids)))
    assert columns.document_ids() == document_ids
    for asked in [*document_ids, other]:
        assert columns.numbers_of(asked) == [
            n for n, own in enumerate(document_ids) if own == asked
        ]


@given(st.lists(st.lists(st.sampled_from(["a", "ă", "", "b", "\ud800"]), unique=True, max_size=3)))
def test_facets_come_back_as_they_were_written(rows):
    def write(file):
        write_ids(file, [])
        write_facets(file, {"tag": rows, "source": [row[:1] for row in rows]})

    with a_folder() as folder:
        columns = Columns(a_file(folder, write))
    assert columns.facet_rows("tag") == rows
    assert columns.facet_rows("source") == [row[:1] for row in rows]
    assert columns.facet("source").starts is None


# --- whole segments ---


def tokens_in(segment):
    """Return what each document of a segment holds, read back: by field, position and forms."""
    names = DEFAULT_SCHEMA.names
    groups = {group: names[place] for place, group in enumerate(LAYOUT.groups) if group}
    found = [{name: {} for name in names} for _ in range(segment.size)]
    starts = {zone: segment.columns.field_starts(zone).tolist() for zone in LAYOUT.zones[1:]}
    for number, term in enumerate(segment.dictionary.all()):
        own = segment.postings.read(TermRange(number, number + 1))
        places = iter(own.positions.tolist())
        for document, count in zip(own.documents.tolist(), own.counts.tolist(), strict=True):
            for _ in range(count):
                position, name = next(places), groups.get(term[0])
                if name is None:
                    inside = [z for z in LAYOUT.zones[1:] if position >= starts[z][document]]
                    zone = max(inside, default=LAYOUT.zones[0])
                    position -= starts[zone][document] if inside else 0
                    name = names[zone]
                assert position not in found[document][name]
                found[document][name][position] = decode_forms(term)
    return found


def frequencies_in(segment):
    """Return the weighted frequency of each word of the zones in each document."""
    found = {}
    for number, term in enumerate(segment.dictionary.all()):
        own = segment.postings.read(TermRange(number, number + 1))
        for document, frequency in zip(
            own.documents.tolist(), own.frequencies.tolist(), strict=True
        ):
            if term[0] == 0:
                found[document, decode_forms(term)] = frequency * UNIT
    return found


def weighted(all_tokens):
    found = {}
    for number, tokens in enumerate(all_tokens):
        for zone in DEFAULT_SCHEMA.zones:
            for token in tokens[zone.name]:
                key = number, (token.exact, token.folded)
                found[key] = found.get(key, 0) + zone.weight
    return found


@settings(max_examples=40)
@given(
    st.lists(
        documents | st.integers(0, 10**6).map(lambda n: Articles(n).document("x")),
        min_size=1,
        max_size=6,
    )
)
def test_a_segment_holds_the_words_of_the_analyzer_in_their_places(some):
    """With the sign of documents typed without accents, and each word with its weight."""
    with a_folder() as folder:
        segment = a_segment(folder, some)
    expected = [Analyzer().field_tokens(field_texts(document)) for document in some]
    assert tokens_in(segment) == [
        {
            name: {token.position: (token.exact, token.folded) for token in tokens}
            for name, tokens in fields.items()
        }
        for fields in expected
    ]
    assert frequencies_in(segment) == weighted(expected)
    lengths = [
        sum(zone.weight * len(tokens[zone.name]) for zone in DEFAULT_SCHEMA.zones)
        for tokens in expected
    ]
    assert (segment.columns.lengths * UNIT).tolist() == lengths


FEW_AT_ONCE = {
    "_POSTINGS_A_STRETCH": 10,
    "_SAMPLE": 3,
    "_DICTIONARY_BYTES": 64,
    "_SPOOL_BYTES": 40,
    "_CHECKPOINT": 4,
    "_FAR": 5,
}


@settings(max_examples=25)
@given(st.lists(st.integers(1, 6), min_size=1, max_size=4), st.integers(0, 10**6), st.data())
def test_merged_segments_are_what_writing_their_documents_anew_gives(sizes, seed, data):
    """All but how documents are packed, and by which terms a bound was measured."""
    articles = Articles(seed)
    batches = [[articles.document(f"{n}-{m}") for m in range(size)] for n, size in enumerate(sizes)]
    with a_folder() as folder, patched(FEW_AT_ONCE):
        segments, left = [], []
        for number, batch in enumerate(batches):
            most = len(batch) - (number == 0)  # a segment without any document is not written
            gone = data.draw(st.sets(st.integers(0, len(batch) - 1), max_size=most))
            segments.append(without(a_segment(folder, batch, f"{number}"), gone))
            left.extend(document for n, document in enumerate(batch) if n not in gone)
        file = merge_segments(segments, folder / "merged.seg", LAYOUT)
        assert zlib.crc32((folder / "merged.seg").read_bytes()) == file.checksum
        merged = Segment(folder, an_entry("merged", file, len(left)))
        anew = a_segment(folder, left, "anew")
        assert_same_segment(merged, anew)
        assert [merged.stored.document(number) for number in range(merged.size)] == left
        for number, document in enumerate(left):
            assert merged.number_of(document.document_id) == number
            for origin in document.origins:
                assert merged.numbers_with_origin(origin.path) == [number]
            assert merged.columns.moments[number] == (moment_key(document) or -1)
            for name in FACETS:
                assert tuple(merged.columns.facet_rows(name)[number]) == facet_values(
                    name, document
                )


def assert_same_segment(merged, anew):
    assert merged.dictionary.all() == anew.dictionary.all()
    everything = TermRange(0, anew.dictionary.size)
    assert as_lists(merged.postings.read(everything)) == as_lists(anew.postings.read(everything))
    same = ["moments", "lengths", "id_offsets", "ids", "id_hashes", "origin_hashes", "posting_starts",
            *(f"field_starts_{zone}" for zone in LAYOUT.zones[1:]),
            *(f"facet_{name}_ordinals" for name in FACETS)]  # fmt: skip
    for name in same:
        assert merged.file.array(name).tolist() == anew.file.array(name).tolist()
        assert merged.file.array(name).dtype == anew.file.array(name).dtype
    left_out = {"stored", "average_length"}
    facts = [{k: v for k, v in s.file.facts.items() if k not in left_out} for s in (merged, anew)]
    assert facts[0] == facts[1]
