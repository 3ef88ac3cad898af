import itertools
import random
from collections import defaultdict

import numpy as np
import pytest

from civicsearch.engines.local import pairs_writer
from civicsearch.engines.local.pairs import PairsReader, word_hashes
from civicsearch.engines.local.pairs_writer import PairsWriter, Source, merge_pairs
from fakes.builders import a_document
from fakes.rankings import patched
from fakes.segments import a_file, a_segment

WORDS = [f"w{number}".encode() for number in range(400)]
LISTED = {"_LEAST_LISTED": 2, "_LISTED_SHARE": 10**6}


def pairs_of(folder, documents, name="some.seg"):
    """Return a reader of documents, each a list of fields of words by number."""
    streams = [[term for field in fields for term in (*field, -1)] for fields in documents]
    stream = np.array([term for terms in streams for term in terms], np.int64)

    def write(file):
        writer = PairsWriter(file)
        words = [term for terms in streams for term in set(terms) - {-1}]
        held = np.bincount(np.array(words, np.int64), minlength=len(WORDS))
        writer.write_words(stream, np.array(list(map(len, streams))), held, word_hashes(WORDS))
        return writer.finish()

    return PairsReader(a_file(folder, write, name))


def joined(folder, *sources, name="joined.seg"):
    return PairsReader(a_file(folder, lambda file: merge_pairs(file, sources), name))


def listed(reader, first, second):
    forms = (np.array(terms, np.int64).ravel() for terms in (first, second))
    return reader.listed(*forms).tolist()


def may_hold(reader, first, second):
    documents = np.arange(sum(len(own.documents) for own in reader.signatures))
    return documents[reader.may_hold(WORDS[first], WORDS[second], documents)].tolist()


def test_a_pair_that_is_rare_is_found_by_its_signature(tmp_path):
    reader = pairs_of(tmp_path, [[[1, 2, 3]], [[2, 1]], [[]], [[3], [1, 2]]])
    assert may_hold(reader, 1, 2) == [0, 3]
    assert may_hold(reader, 2, 1) == [1]
    assert may_hold(reader, 2, 3) == [0]
    assert listed(reader, 1, 2) == []


def test_words_of_two_fields_or_documents_are_no_pair(tmp_path):
    reader = pairs_of(tmp_path, [[[1], [2]], [[3, 4]], [[], [5]]])
    for first, second in ((1, 2), (2, 3), (4, 5)):
        assert may_hold(reader, first, second) == []
    with patched({"_LEAST_LISTED": 1}):
        reader = pairs_of(tmp_path, [[[1], [2]], [[3, 4]], [[], [5]]], "listed.seg")
        assert [(key >> 32, key & 0xFFFFFFFF) for key in reader.keys.tolist()] == [(3, 4)]


def test_a_pair_that_is_frequent_has_a_list_and_no_signature(tmp_path):
    with patched(LISTED):
        reader = pairs_of(tmp_path, [[[1, 2, 1, 2]], [[1, 2, 7]], [[1, 3]]])
    assert listed(reader, 1, 2) == [0, 1]
    assert (may_hold(reader, 1, 2), may_hold(reader, 2, 7)) == ([], [1])
    assert listed(reader, 2, 1) == listed(reader, 1, 3) == []


def test_lists_of_several_forms_are_read_together(tmp_path):
    with patched(LISTED):
        reader = pairs_of(tmp_path, [[[1, 2], [3, 2]], [[1, 2], [3, 5]], [[3, 2]], [[3, 5]]])
    assert sorted(listed(reader, [1, 3], [2, 5])) == [0, 0, 1, 1, 2, 3]
    assert listed(reader, [], [2]) == listed(reader, [9], [2, 5]) == []


@pytest.mark.parametrize("documents", [[0, 254], [0, 255], [0, 256], [255, 1020], [3, 4, 700]])
def test_documents_far_apart_are_found_in_a_list(tmp_path, documents):
    """A difference takes a byte, and another for each 255 more."""
    with patched(LISTED):
        fields = [[[1, 2]] if number in documents else [[]] for number in range(1100)]
        reader = pairs_of(tmp_path, fields)
    assert listed(reader, 1, 2) == documents
    assert reader.size_bytes().sum() == len(documents) + sum(np.diff([0, *documents]) // 255)


def test_documents_with_more_pairs_have_longer_signatures(tmp_path):
    """So that about as many bits are set in each."""
    chance = random.Random(1)  # noqa: S311 - no secret
    sizes = [0, 64, 65, 130, 400]
    documents = [[[chance.randrange(400) for _ in range(size + 1)]] for size in sizes]
    reader = pairs_of(tmp_path, documents)
    assert [(own.doubled, own.documents.tolist()) for own in reader.signatures] == [
        (0, [0, 1]), (1, [2]), (2, [3]), (3, [4]),
    ]  # fmt: skip
    shortest = len(reader.signatures[0].bits)
    assert [len(own.bits) // shortest for own in reader.signatures] == [1, 2, 4, 8]
    for own in reader.signatures[1:]:
        set_bits = np.unpackbits(own.bits, axis=1, count=len(own.documents)).mean()
        assert 0.25 < set_bits < 0.53


def test_few_documents_are_taken_for_ones_that_hold_a_pair(tmp_path):
    """One in thirty; more would make phrases slow."""
    chance = random.Random(2)  # noqa: S311 - no secret
    sizes = [chance.randint(20, 300) for _ in range(100)]
    documents = [[[chance.randrange(400) for _ in range(size)]] for size in sizes]
    held = [set(zip(own[0], own[0][1:], strict=False)) for own in documents]
    reader = pairs_of(tmp_path, documents)
    wrong = asked = 0
    for _ in range(200):
        pair = chance.randrange(400), chance.randrange(400)
        found = set(may_hold(reader, *pair))
        true = {number for number, own in enumerate(held) if pair in own}
        assert found >= true
        wrong += len(found - true)
        asked += len(documents) - len(true)
    assert wrong / asked < 1 / 20


def test_joined_lists_have_the_new_numbers_of_documents_and_terms(tmp_path):
    with patched(LISTED):
        one = pairs_of(tmp_path, [[[1, 2]], [[1, 2]], [[1, 2]]], "1.seg")
        other = pairs_of(tmp_path, [[[0, 1], [5, 6]], [[0, 1], [5, 6]]], "2.seg")
    terms = np.arange(400) + 10
    again = np.arange(400) + 11  # 0 and 1 of the second are what 1 and 2 are of the first
    reader = joined(
        tmp_path,
        Source(one, np.array([0, -1, 1]), terms),
        Source(other, np.array([2, 3]), again),
    )
    assert listed(reader, 11, 12) == [0, 1, 2, 3]
    assert listed(reader, 16, 17) == [2, 3]
    assert len(reader.keys) == 2


def test_a_list_of_deleted_documents_is_left_out(tmp_path):
    """Also where its terms are gone with them."""
    with patched(LISTED):
        one = pairs_of(tmp_path, [[[1, 2], [7, 8]], [[1, 2], [7, 8]], [[3, 4]], [[3, 4]]], "1.seg")
    terms = np.array([-1, -1, -1, 0, 1, -1, -1, 2, 3, *[-1] * 391])
    reader = joined(tmp_path, Source(one, np.array([-1, -1, 0, 1]), terms))
    assert listed(reader, 0, 1) == [0, 1]
    assert len(reader.keys) == 1


def test_a_pair_that_only_one_source_lists_is_found_in_both(tmp_path):
    with patched(LISTED):
        one = pairs_of(tmp_path, [[[1, 2]], [[1, 2]]], "1.seg")
        other = pairs_of(tmp_path, [[[1, 2]], [[3, 4]]], "2.seg")
    terms = np.arange(400)
    reader = joined(
        tmp_path, Source(one, np.array([0, 1]), terms), Source(other, np.array([2, 3]), terms)
    )
    assert (listed(reader, 1, 2), may_hold(reader, 1, 2)) == ([0, 1], [2])


def test_documents_that_lists_are_made_of_together_are_a_span(tmp_path):
    with patched(LISTED):
        one = pairs_of(tmp_path, [[[1, 2]], [[3, 4]], [[1, 2]]], "1.seg")
        other = pairs_of(tmp_path, [[[1, 2]], [[3, 4]]], "2.seg")
    assert one.spans.tolist() == [[0, 3]]
    assert other.spans.tolist() == []


def test_spans_of_joined_segments_have_the_new_numbers(tmp_path):
    with patched(LISTED):
        sources = [pairs_of(tmp_path, [[[1, 2]]] * 3, f"{number}.seg") for number in range(3)]
        bare = pairs_of(tmp_path, [[[1, 2]]], "bare.seg")
    terms = np.arange(400)
    reader = joined(
        tmp_path,
        Source(bare, np.array([0]), terms),
        Source(sources[0], np.array([1, -1, 2]), terms),
        Source(sources[1], np.array([-1, -1, -1]), terms),
        Source(sources[2], np.array([3, 4, 5]), terms),
    )
    assert reader.spans.tolist() == [[1, 3], [3, 6]]
    again = joined(tmp_path, Source(reader, np.array([-1, -1, 0, 1, -1, 2]), terms), name="again")
    assert again.spans.tolist() == [[0, 1], [1, 3]]


def test_a_span_is_told_of_by_a_list_that_has_any_of_it(tmp_path):
    with patched(LISTED):
        sources = [pairs_of(tmp_path, [[[1, 2]]] * 2, f"{number}.seg") for number in range(2)]
        bare = pairs_of(tmp_path, [[[1, 2]]], "bare.seg")
    parts = [sources[0], bare, sources[1]]
    numbers = [np.array([0, 1]), np.array([2]), np.array([3, 4])]
    terms = np.arange(400)
    reader = joined(tmp_path, *(Source(*both, terms) for both in zip(parts, numbers, strict=True)))
    every = np.arange(6)
    assert reader.in_spans_of(np.array([1]), every).nonzero()[0].tolist() == [0, 1]
    assert reader.in_spans_of(np.array([0, 4]), every).nonzero()[0].tolist() == [0, 1, 3, 4]
    assert reader.in_spans_of(every[:0], every).any() == np.False_
    assert bare.in_spans_of(np.array([0]), every).any() == np.False_
    assert not reader.is_told_by(np.array([0, 4]), 5)  # the third document is in no span
    assert not sources[0].is_told_by(every[:0], 2)
    assert sources[0].is_told_by(np.array([1]), 2)
    assert not bare.is_told_by(np.array([0]), 1)


@pytest.mark.parametrize("least", [1, 2, 3])
def test_pairs_of_very_many_words_are_listed_as_those_of_few(tmp_path, least):
    """Hundreds of very long pages have more frequent words than a table of pairs can hold."""
    chance = random.Random(least)  # noqa: S311 - test data, no secrets
    documents = [[chance.choices(range(30), k=12) for _ in range(2)] for _ in range(40)]
    listings = []
    for widest in (0, 6000):
        with patched({"_WIDEST": widest, "_LEAST_LISTED": least, "_LISTED_SHARE": 10**6}):
            reader = pairs_of(tmp_path, documents, f"{widest}.seg")
        pairs = [(key >> 32, key & 0xFFFFFFFF) for key in reader.keys.tolist()]
        listings.append({pair: listed(reader, *pair) for pair in pairs})
    assert listings[0] == listings[1]
    assert len(listings[0]) > 50
    held = defaultdict(set)
    for number, fields in enumerate(documents):
        for pair in itertools.chain(*map(itertools.pairwise, fields)):
            held[pair].add(number)
    assert listings[0] == {pair: sorted(own) for pair, own in held.items() if len(own) >= least}


def test_frequent_words_of_few_documents_are_in_no_table_of_pairs(tmp_path, monkeypatch):
    """One page of eight million words had 50,000 of them, and a table of 20 GB."""
    widths, often = [], pairs_writer._often

    def watched(cells, width, least):
        widths.append(width)
        return often(cells, width, least)

    monkeypatch.setattr(pairs_writer, "_often", watched)
    pairs_of(tmp_path, [[[number % 400 for number in range(400 * 150)]]])
    assert widths == [1]


def test_documents_that_are_left_out_have_no_signature(tmp_path):
    documents = [[[number, number + 1]] for number in range(20)]
    one = pairs_of(tmp_path, documents, "1.seg")
    kept = np.where(np.arange(20) % 3 == 0, np.arange(20) // 3, -1)
    reader = joined(tmp_path, Source(one, kept, np.arange(400)))
    assert [own.documents.tolist() for own in reader.signatures] == [list(range(7))]
    for number in range(20):
        assert may_hold(reader, number, number + 1) == ([number // 3] if number % 3 == 0 else [])


def test_more_bytes_of_lists_than_32_bits_can_number_are_refused(tmp_path):
    def write(file):
        writer = PairsWriter(file)
        writer._written = (1 << 32) - 1
        stream, sizes, held = np.array([1, 2, -1]), np.array([3]), np.array([0, 1, 1])
        with patched({"_LEAST_LISTED": 1}), pytest.raises(OverflowError, match="more words than"):
            writer.write_words(stream, sizes, held, word_hashes(WORDS))

    a_file(tmp_path, write)


def test_forms_of_one_folded_word_share_their_signature(tmp_path):
    """So a phrase typed without accents asks once, however many forms there are."""
    segment = a_segment(tmp_path, [a_document(body="dân vận"), a_document(body="dẫn văn xã")])
    both = np.arange(2)
    assert segment.pairs.may_hold(b"dan", b"van", both).tolist() == [True, True]
    assert segment.pairs.may_hold(b"van", b"dan", both).tolist() == [False, False]
    assert segment.pairs.may_hold(b"dan", b"van", both[1:]).tolist() == [True]
