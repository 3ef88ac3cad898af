"""Documents and what is known of them come back from a segment as they went in."""

import datetime as dt
import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from civicsearch.analysis import Analyzer
from civicsearch.document import Caption, Document, Origin
from civicsearch.engines.local.codebook import PLAIN
from civicsearch.engines.local.columns import (
    Columns,
    join_facets,
    join_ids,
    write_facets,
    write_ids,
)
from civicsearch.engines.local.packed_texts import PackedTexts, PackedTextsWriter
from civicsearch.engines.local.stored import StoredReader, StoredWriter
from civicsearch.engines.local.words import WordNumbers
from fakes.corpora import VIETNAM
from fakes.rankings import patched
from fakes.segments import a_file, a_folder

# --- words ---

nasty = st.sampled_from(
    ["dân", "Dân", "da\u0302n", "\u0301", "o\u0323\u0302", "1.700", "700", "1", "12", "345", "1,5",
     "1 700", "1\u00a0234", "3.000,5", "$1", "²", "½", "Ⅷ", "١٢٣", "１", "７００", "_", "-", "…",
     "«x»", "a'b", "ʼ", "'",
     "\u00ad", "\u200d", "\u200c", "مرحبا", "你好", "สวัสดี", "नमस्ते", "ﾞ", "ｱ", "ß", "ﬁ", "İ", "ǰ",
     "\x1e", "\x1f", "\x1c", "\ud800", "😀", "x" * 70, "y" * 130, "(", ")", "*", "/", "#", "@"]
)  # fmt: skip
blanks = st.sampled_from(
    [" ", " ", "", "", "\n", "\t", "\u00a0", "\u202f", "\u2003", "\x0b", "\x85", "\u2028", "\ufeff"]
)
nasty_texts = st.lists(nasty | blanks, max_size=14).map("".join) | st.text(max_size=30)


@settings(max_examples=200)
@given(
    st.lists(nasty_texts, max_size=5), st.booleans(), st.sampled_from([1, 3, 1 << 14]),
    st.sampled_from([0, 2, 253]),
)  # fmt: skip
def test_words_are_those_of_the_analyzer(texts, is_at_once, chunks_at_once, bytes_left):
    words = WordNumbers(Analyzer())
    words._letters._next = 256 - bytes_left  # so many letters get a byte of their own
    batches = [texts] if is_at_once else [[text] for text in texts]
    for batch in [*batches, *batches]:  # the second time, from memory
        chunks, counts = words.chunks_of(batch)
        with patched({"_CHUNKS_AT_ONCE": chunks_at_once}):
            found, bounds = words.freeze().words_of(chunks)
        tokens = [Analyzer().tokens(text) for text in batch]
        assert [(words.exact[n], words.folded[n]) for n in found.tolist()] == [
            (token.exact, token.folded) for own in tokens for token in own
        ]
        ends = bounds.take(counts.cumsum())
        assert np.diff(ends, prepend=0).tolist() == list(map(len, tokens))
        assert (len(bounds), bounds[0]) == (len(chunks) + 1, 0)
        assert (np.diff(bounds) >= 0).all()
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


# Letters of an alphabet, others, and those that none can have: beyond two bytes, halves of pairs.
letters = st.sampled_from(
    [*"aaaaabcdđâ ", "\n", "\0", "\ufffe", "\uffff", "\ud800", "\udfff", "\U00010000", "😀"]
)  # fmt: skip
raw_texts = st.text(letters, max_size=20)
ways = st.fixed_dictionaries(
    {
        "SAMPLE": st.sampled_from([1, 3, 32]),
        "_DICTIONARY_BYTES": st.sampled_from([0, 64, 4096]),
        "_MOST_LETTERS": st.sampled_from([0, 1, 3, 255]),
        "_USUAL": st.sampled_from(["", "abc", "".join(map(chr, range(32, 127)))]),
    }
)


def texts_in(folder, texts, name):
    """Return a reader of texts."""
    writer = PackedTextsWriter()
    for text in texts:
        writer.add(text)
    return read(folder, lambda file: writer.write(file, "texts"), name)


def read(folder, write, name):
    file = a_file(folder, write, name)
    return PackedTexts(file, "texts", file.facts)


@settings(max_examples=25)
@given(st.lists(documents, max_size=8), ways)
def test_documents_come_back_as_they_went_in(some, way):
    with a_folder() as folder, patched(way):
        writer = StoredWriter()
        for document in some:
            writer.add(document)
        reader = StoredReader(a_file(folder, lambda file: {"stored": writer.write(file)}))
        assert [reader.document(number) for number in range(len(some))] == some
        assert [reader.summary(number).title for number in range(len(some))] == [
            document.title for document in some
        ]


@settings(max_examples=60)
@given(st.lists(st.lists(raw_texts | texts, max_size=6), min_size=1, max_size=3), ways)
def test_texts_come_back_whether_an_alphabet_has_their_letters_or_not(batches, way):
    """And out of a merge of a merge, in which nothing that is packed was packed again."""
    with a_folder() as folder, patched(way):
        parts = [texts_in(folder, some, f"{n}") for n, some in enumerate(batches)]
        for reader, some in zip(parts, batches, strict=True):
            assert [reader.text(number) for number in range(len(some))] == some
        once = read(folder, lambda file: packed_again(parts, file), "once")
        twice = read(folder, lambda file: packed_again([once, parts[0]], file), "twice")
        every = list(itertools.chain(*batches))
        assert [once.text(number) for number in range(len(every))] == every
        both = [*every, *batches[0]]
        assert [twice.text(number) for number in range(len(both))] == both
        first = 0
        for reader, some in zip(parts, batches, strict=True):
            for number in range(len(some)):
                if reader.codebook(number) != PLAIN:
                    assert once.packed(first + number) == reader.packed(number)
                    assert once.codebook(first + number) == reader.codebook(number)
            first += len(some)


def packed_again(parts, file):
    """Write the texts of `parts` to another file, as a merge does."""
    writer = PackedTextsWriter(file.section("texts", np.uint8))
    for reader in parts:
        for start, end, codebook in reader.runs():
            if codebook == PLAIN:
                for number in range(start, end):
                    writer.add(reader.text(number))
            else:
                writer.add_packed(*reader.packed_together(start, end), codebook)
    return writer.write(file, "texts")


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


facet_rows = st.lists(
    st.lists(st.sampled_from(["a", "ă", "", "b", "\ud800"]), unique=True, max_size=3), max_size=6
)


@given(st.lists(st.tuples(facet_rows, st.sets(st.integers(0, 5))), min_size=1, max_size=3))
def test_columns_of_several_segments_are_joined_as_if_they_were_written_at_once(parts):
    """Documents that are left out leave nothing behind, no value either."""
    kept = [[n for n in range(len(rows)) if n not in gone] for rows, gone in parts]
    with a_folder() as folder:
        sources = []
        for place, (rows, _) in enumerate(parts):
            sources.append(Columns(a_file(folder, some_columns(rows, f"{place}-é-"), f"{place}")))
        pairs = [
            (columns, np.array(own, np.intp)) for columns, own in zip(sources, kept, strict=True)
        ]

        def join(file):
            join_ids(file, pairs)
            for name in ("tag", "source"):
                join_facets(file, name, [(columns.facet(name), own) for columns, own in pairs])

        joined = Columns(a_file(folder, join, "joined"))
        expected = [
            (f"{place}-é-{n}", parts[place][0][n]) for place, own in enumerate(kept) for n in own
        ]
        rows = [row for _, row in expected]
        once = Columns(a_file(folder, some_columns(rows, ""), "once"))
        assert joined.document_ids() == [document_id for document_id, _ in expected]
        for name in ("tag", "source"):
            one, other = joined.facet(name), once.facet(name)
            assert one.values == other.values
            assert one.ordinals.tolist() == other.ordinals.tolist()
            assert one.starts is other.starts is None or (
                one.starts.tolist() == other.starts.tolist()
            )


def some_columns(rows, prefix):
    """Return what writes ids that begin so, and facets."""

    def write(file):
        write_ids(file, [f"{prefix}{n}" for n in range(len(rows))])
        write_facets(file, {"tag": rows, "source": [row[:1] for row in rows]})

    return write
