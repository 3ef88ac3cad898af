"""Levels bound what BM25 gives from above, by less than a step, however postings are kept."""

from bisect import bisect_left

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civicsearch.engines.local.postings import (
    FAMILY_STEPS,
    STEPS,
    Postings,
    PostingsReader,
    told_frequencies,
)
from civicsearch.engines.local.postings_writer import PostingsWriter, heavy_beginnings, is_bare
from civicsearch.engines.local.terms import FAMILY, TermRange, decode_forms, encode_term, is_family
from civicsearch.ranking.bm25 import TIER_WEIGHTS
from civicsearch.ranking.impacts import Collection
from fakes.rankings import patched
from fakes.segments import a_file, a_folder

SIZE = 70_000  # a step of more than two bytes
FORMS = ["dân", "dan", "dan\x1e", "đan", "vận", "van\x1e", "xã", "ăn", "an", "xa", "1.700", "x"]
LENGTHS = st.sampled_from([1, 8, 60, 900, 40_000])

ways = st.fixed_dictionaries(
    {
        "_ROW_SHARE": st.sampled_from([0, 3, SIZE]),
        "_HEAVY_SHARE": st.sampled_from([0, 1, 10**6]),
    }
)


def folded_of(exact):
    return exact.removesuffix("\x1e").translate(str.maketrans("âđậãă", "adaaa"))


TERMS = sorted(encode_term(group, folded_of(exact), exact) for group in (0, 2) for exact in FORMS)


@st.composite
def found_terms(draw, size=SIZE):
    """Draw the weighted frequency of each term in some documents."""
    near = st.integers(0, 40) | st.integers(0, 600)
    numbers = (near | st.integers(0, size - 1)).map(lambda number: min(number, size - 1))
    frequencies = st.integers(1, 12) | st.integers(1, 700) | st.just(1 << 20)
    rows = st.dictionaries(numbers, frequencies, max_size=9)
    return {term: own for term in TERMS if (own := draw(rows))}


def as_postings(found, terms):
    rows = [
        (place, document, frequency)
        for place, term in enumerate(terms)
        for document, frequency in sorted(found.get(term, {}).items())
    ]
    columns = zip(*rows, strict=True) if rows else ([], [], [])
    return Postings(*(np.array(column, np.int64) for column in columns))


def an_index(folder, found, lengths, *, average=50.0, cuts=()):
    """Return a reader of what was written, the terms, the numbers given to `TERMS`."""
    sizes = [len(found.get(term, ())) for term in TERMS]
    written = []

    def write(file):
        beginnings = heavy_beginnings(TERMS, sizes, len(lengths))
        writer = PostingsWriter(file, lengths, average_length=average, beginnings=beginnings)
        for first, last in zip([0, *cuts], [*cuts, len(TERMS)], strict=True):
            run = TERMS[first:last]
            written.extend(writer.write(run, as_postings(found, run)).tolist())
        facts = writer.finish()
        return facts | {"documents": len(lengths), "all": [term.decode() for term in writer.terms]}

    file = a_file(folder, write)
    terms = [text.encode() for text in file.facts["all"]]
    return PostingsReader(file, len(lengths)), terms, written


def some_lengths(data, size=SIZE):
    lengths = np.full(size, 8, np.uint32)
    for number in (0, 1, 2, 5, 39):
        lengths[number] = data.draw(LENGTHS, label=f"length of {number}")
    return lengths


def norms_of(lengths, average=50.0):
    collection = Collection(documents=len(lengths), lengths=lengths, average_length=average)
    return collection.norms


def forms_in(found, family):
    """Return the written forms of a family that are found anywhere."""
    head = family.removesuffix(FAMILY) + b"\x1f"
    return [term for term in found if term.startswith(head)]


def worth_of(found, term, norms):
    """Return what BM25 gives a term or a family in each document, as a share, the plain way."""
    if not is_family(term):
        return {d: f / (f + norms[d]) for d, f in found[term].items()}
    return worth_together(found, forms_in(found, term), norms, is_typed=is_bare)


def worth_together(found, terms, norms, is_typed):
    """Return the same of several forms for a word typed without accents: saturated by tier."""
    summed = {}
    for term in terms:
        for document, frequency in found[term].items():
            tiers = summed.setdefault(document, [0, 0])
            tiers[not is_typed(term)] += min(frequency, (1 << 20) - 1)
    return {
        document: sum(
            weight * frequency / (frequency + norms[document])
            for weight, frequency in zip(TIER_WEIGHTS, tiers, strict=False)
        )
        for document, tiers in summed.items()
    }


def assert_levels_bound(levels, worth, steps):
    """Each is above what it stands for, and by less than a step."""
    assert set(levels) == set(worth)
    for document, level in levels.items():
        assert level >= worth[document] * steps
        assert level < worth[document] * steps + 1.001
        assert 1 <= level <= 255


def levels_of(reader, number):
    documents, levels = reader.postings(number)
    assert documents.tolist() == sorted(set(documents.tolist()))
    return dict(zip(documents.tolist(), levels.tolist(), strict=True))


cuts = st.sets(st.integers(0, len(TERMS))).map(
    # The forms of one folded word stay together.
    lambda places: sorted(
        {bisect_left(TERMS, TERMS[p].partition(b"\x1f")[0]) for p in places if p < len(TERMS)}
    )
)


@settings(max_examples=25)
@given(found_terms(), st.data(), cuts, ways)
def test_levels_are_above_what_they_stand_for_by_less_than_a_step(found, data, cut, way):
    """Of terms, and of families; in however many runs they were written."""
    lengths = some_lengths(data)
    with a_folder() as folder, patched(way):
        reader, terms, _ = an_index(folder, found, lengths, cuts=cut)
        norms = norms_of(lengths)
        for number, term in enumerate(terms):
            steps = FAMILY_STEPS if is_family(term) else STEPS
            assert_levels_bound(levels_of(reader, number), worth_of(found, term, norms), steps)


@settings(max_examples=25)
@given(found_terms(), cuts)
def test_terms_that_are_found_are_numbered_in_order_with_their_families(found, cut):
    """A family is there where a folded word of the zones has more than one written form."""
    expected = set(found)
    for term in found:
        head = term.partition(b"\x1f")[0]
        if term[0] == 0 and sum(other.startswith(head + b"\x1f") for other in found) > 1:
            expected.add(head + FAMILY)
    with a_folder() as folder:
        _, terms, numbers = an_index(folder, found, np.full(SIZE, 8, np.uint32), cuts=cut)
    assert terms == sorted(expected)
    assert numbers == [terms.index(term) if term in found else -1 for term in TERMS]


@settings(max_examples=25)
@given(found_terms(), st.data(), ways)
def test_postings_are_the_same_whichever_way_they_are_read(found, data, way):
    lengths = some_lengths(data)
    with a_folder() as folder, patched(way):
        reader, terms, _ = an_index(folder, found, lengths)
        asked = data.draw(st.sets(st.integers(0, len(terms) - 1)) if terms else st.just(set()))
        numbers = np.array(sorted(asked), np.int64)
        expected = {n: levels_of(reader, n) for n in sorted(asked)}

        places, documents, levels = reader.read(numbers)
        for place, number in enumerate(numbers.tolist()):
            mine = places == place
            assert (
                dict(zip(documents[mine].tolist(), levels[mine].tolist(), strict=True))
                == (expected[number])
            )
            assert (np.diff(documents[mine]) > 0).all()
            assert (np.diff(mine.nonzero()[0]) == 1).all()
        assert len(places) == sum(map(len, expected.values()))

        worth = np.arange(256, dtype=np.float32) * data.draw(st.sampled_from([1, 0.25]))
        before = data.draw(st.sampled_from([0.0, 7.0]))
        total = np.full(SIZE, before, np.float32)
        reader.add_up(numbers, worth, total)
        summed = np.full(SIZE, before)
        for own in expected.values():
            for document, level in own.items():
                summed[document] += worth[level]
        assert total.tolist() == summed.tolist()

        sizes = reader.sizes(TermRange(0, len(terms))).tolist()
        for number in range(len(terms)):
            own = levels_of(reader, number)
            assert len(own) == reader.size(number) == sizes[number]
            assert max(own.values()) == reader.peak(number)
            row = reader.row(number)
            if row is not None:
                assert {d: int(row[d]) for d in row.nonzero()[0].tolist()} == own
            share = way["_ROW_SHARE"]
            assert (row is not None) is (len(own) * share > SIZE)


@settings(max_examples=25)
@given(found_terms(size=60), st.data(), cuts, st.sampled_from([1, 10, 60, 10**6]))
def test_a_heavy_beginning_has_the_levels_of_all_words_that_begin_so(found, data, cut, share):
    """As if what was typed without accents were one word; none is missed, none is light."""
    lengths = some_lengths(data, size=60)
    with a_folder() as folder, patched({"_HEAVY_SHARE": share}):
        reader, _, _ = an_index(folder, found, lengths, cuts=cut)
    norms = norms_of(lengths)
    for letters in ("d", "da", "dan", "v", "van", "a", "an", "x", "xa", "1", "1.7", "xan", "dang"):
        mine = [
            term for term in found if term[0] == 0 and decode_forms(term)[1].startswith(letters)
        ]
        row = reader.beginning(letters)
        is_heavy = sum(len(found[term]) for term in mine) * share > 60 and len(letters) <= 3
        assert (row is not None) is is_heavy
        if row is not None:
            levels = {d: int(row[d]) for d in row.nonzero()[0].tolist()}
            worth = worth_together(
                found, mine, norms, lambda term, own=letters: decode_forms(term)[0].startswith(own)
            )
            assert_levels_bound(levels, worth, FAMILY_STEPS)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(1, 900), LENGTHS), min_size=1, max_size=30),
    st.sampled_from([3.0, 50.0, 400.0]),
)
def test_frequencies_are_read_as_they_were_written(pairs, average):
    """Most are told by their level, the others are listed apart."""
    lengths = np.array([length for _, length in pairs], np.uint32)
    norms = norms_of(lengths, average)
    own = {document: frequency for document, (frequency, _) in enumerate(pairs)}
    other = {document: frequency + 1 for document, frequency in list(own.items())[::2]}
    found = {TERMS[0]: own, TERMS[1]: other}
    with a_folder() as folder:
        reader, terms, _ = an_index(folder, found, lengths, average=average)
        asked = np.array([n for n, term in enumerate(terms) if not is_family(term)])
        places, documents, frequencies = reader.read_frequencies(asked, norms)
    read = {}
    for place, document, frequency in zip(places, documents, frequencies, strict=True):
        read.setdefault(int(place), {})[int(document)] = int(frequency)
    assert sorted(map(sorted, (value.items() for value in read.values()))) == sorted(
        map(sorted, (value.items() for value in found.values()))
    )


def test_frequencies_of_a_few_words_are_told_by_their_levels():
    """In documents from a tenth to ten times the average, up to ten times."""
    lengths = np.array([10, 50, 100, 300, 1000], np.uint32).repeat(20)
    expected = np.tile(np.arange(1, 21), 5)
    found = {TERMS[0]: dict(enumerate(expected.tolist()))}
    with a_folder() as folder:
        reader, _, _ = an_index(folder, found, lengths)
        documents, levels = reader.postings(0)
        frequencies = told_frequencies(levels, documents, norms_of(lengths))
    assert np.mean(frequencies == expected) > 0.75
    assert frequencies[20:] == pytest.approx(expected[20:], abs=1)
