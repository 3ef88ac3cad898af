"""Every pair of words that a document holds side by side is found, and lists are exact."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from civicsearch.document import Document
from fakes.corpora import Articles, documents_of
from fakes.rankings import patched
from fakes.segments import a_folder, a_segment, merged, term_of, tokens_of, without

LISTED = {"_LEAST_LISTED": 2, "_LISTED_SHARE": 10**6}
ways = st.fixed_dictionaries(
    {
        "_LEAST_LISTED": st.sampled_from([1, 2, 3, 100]),
        "_LISTED_SHARE": st.sampled_from([2, 10**6]),
        "GAP": st.sampled_from([1, 2, 255]),
        "_WORDS_AT_ONCE": st.sampled_from([1, 7, 1 << 16]),
        "_BITS_AT_ONCE": st.sampled_from([1, 1 << 19]),
        "_LISTED_AT_ONCE": st.sampled_from([1, 7, 1 << 20]),
        "_LEAST_PAIRS": st.sampled_from([1, 4, 64]),
        "_MOST_DOUBLED": st.sampled_from([1, 12]),
        "_BITS_A_DOUBLE": st.sampled_from([1, 5, 352]),
        "POSTINGS_A_STRETCH": st.sampled_from([5, 1 << 20]),
        "FAR": st.sampled_from([3, 65_535]),
    }
)

few_words = st.sampled_from(["dân", "dan", "vận", "xã", "1.700", "\u0110an"])
texts = st.lists(few_words, max_size=7).map(" ".join)
small = documents_of(texts, ["dân", "dân vận"])
articles = st.integers(0, 10**6).map(lambda seed: Articles(seed).document("x"))
batches = st.lists(small | articles, min_size=1, max_size=7)
histories = st.lists(batches, min_size=1, max_size=4)


def pairs_of(document):
    """Return what stands side by side in a field of a document, as terms of the dictionary."""
    return {
        (term_of(field, one), term_of(field, other))
        for field, tokens in tokens_of(document).items()
        for one, other in itertools.pairwise(tokens)
    }


def folded_of(term):
    return term[1:].partition(b"\x1f")[0]


def listed(segment, pair):
    numbers = [segment.dictionary.number(term) for term in pair]
    if None in numbers:
        return []
    return segment.pairs.listed(*(np.array([number]) for number in numbers)).tolist()


def may_hold(segment, pair):
    documents = np.arange(segment.size)
    return documents[segment.pairs.may_hold(*map(folded_of, pair), documents)].tolist()


def all_lists(segment):
    """Return the documents of each list, by its terms."""
    pairs = segment.pairs
    lists = pairs.lists(0, len(pairs.keys))
    ends = lists.sizes.cumsum().tolist()
    bounds = itertools.pairwise([0, *ends])
    keys = [(key >> 32, key & 0xFFFFFFFF) for key in lists.keys.tolist()]
    return {
        tuple(map(segment.dictionary.term, key)): lists.documents[start:end].tolist()
        for key, (start, end) in zip(keys, bounds, strict=True)
    }


def assert_pairs_are_found(segment, documents):
    held = list(map(pairs_of, documents))
    for pair in set().union(*held):
        found = {*listed(segment, pair), *may_hold(segment, pair)}
        assert found >= {number for number, own in enumerate(held) if pair in own}


def assert_lists_are_exact(segment, documents):
    """Each holds some documents, ascending, that hold its pair; keys come in order."""
    assert (np.diff(segment.pairs.keys) > 0).all()
    held = list(map(pairs_of, documents))
    lists = all_lists(segment)
    assert len(lists) == len(segment.pairs.keys)
    for pair, found in lists.items():
        assert found == sorted(set(found))
        assert found == listed(segment, pair)
        assert found
        assert all(pair in held[number] for number in found)


def assert_lists_have_spans_as_a_whole(segment, documents):
    spans = segment.pairs.spans.tolist()
    bounds = list(itertools.chain(*spans))
    assert bounds == sorted(bounds)
    held = list(map(pairs_of, documents))
    for pair, found in all_lists(segment).items():
        assert all(any(start <= number < end for start, end in spans) for number in found)
        for start, end in spans:
            if any(start <= number < end for number in found):
                assert {n for n in range(start, end) if pair in held[n]} <= set(found)


def assert_each_document_has_one_signature(segment):
    members = [own.documents.tolist() for own in segment.pairs.signatures]
    assert all(own == sorted(own) for own in members)
    assert sorted(itertools.chain(*members)) == list(range(segment.size))
    doubled = [own.doubled for own in segment.pairs.signatures]
    assert doubled == sorted(set(doubled))


def assert_all_laws(segment, documents):
    assert_pairs_are_found(segment, documents)
    assert_lists_are_exact(segment, documents)
    assert_lists_have_spans_as_a_whole(segment, documents)
    assert_each_document_has_one_signature(segment)


@settings(max_examples=50)
@given(batches, ways)
def test_pairs_of_a_new_segment_are_found(documents, way):
    with a_folder() as folder, patched(way):
        assert_all_laws(a_segment(folder, documents), documents)


@settings(max_examples=40)
@given(batches, ways)
def test_a_new_segment_lists_what_is_frequent_and_nothing_else(documents, way):
    """A list holds all documents with its pair: those that hold it need no signature."""
    least = max(way["_LEAST_LISTED"], -(-len(documents) // way["_LISTED_SHARE"]))
    expected = {}
    for number, document in enumerate(documents):
        for pair in pairs_of(document):
            expected.setdefault(pair, []).append(number)
    with a_folder() as folder, patched(way):
        found = all_lists(a_segment(folder, documents))
    assert found == {pair: own for pair, own in expected.items() if len(own) >= least}


@settings(max_examples=50)
@given(histories, ways, st.data())
def test_pairs_of_merged_segments_are_found(history, way, data):
    """Of several segments with deleted documents, merged again and again with what follows."""
    with a_folder() as folder, patched(way):
        joined, left = [], []
        for number, batch in enumerate(history):
            joined.append(some_deleted(a_segment(folder, batch, f"{number}"), data, at_least=1))
            left.append([d for n, d in enumerate(batch) if is_live(joined[-1], n)])
            if data.draw(st.booleans(), label="merge now"):
                one, documents = merged(folder, joined, f"m{number}"), list(itertools.chain(*left))
                assert_all_laws(one, documents)
                joined = [some_deleted(one, data, at_least=1)]
                left = [[d for n, d in enumerate(documents) if is_live(one, n)]]
        assert_all_laws(merged(folder, joined), list(itertools.chain(*left)))


def some_deleted(segment, data, at_least):
    most = max(segment.size - at_least, 0)
    gone = data.draw(st.sets(st.integers(0, segment.size - 1), max_size=most), label="deleted")
    return without(segment, gone)


def is_live(segment, number):
    return segment.deleted is None or not segment.deleted[number]


@settings(max_examples=20)
@given(batches, ways)
def test_a_list_of_terms_that_are_gone_is_gone(documents, way):
    """Where all documents of a list are deleted, and perhaps a word with them."""
    only = Document(document_id="y", body="khéo khéo nghiêng dân " * 2)
    with a_folder() as folder, patched(way | LISTED):
        first = a_segment(folder, [only, *documents, only], "1")
        gone = {0, len(documents) + 1}
        one = merged(folder, [without(first, gone)], "2")
        assert_all_laws(one, documents)
        again = merged(folder, [one, a_segment(folder, [*documents, only, only], "3")], "4")
        assert_all_laws(again, [*documents, *documents, only, only])
