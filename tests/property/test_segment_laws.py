"""What is written to a segment is read from it, and merging gives what writing anew would give."""

import zlib
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from civicsearch.document import Document
from civicsearch.engines.local.merging import merge_segments
from civicsearch.engines.local.postings import FAMILY_STEPS, STEPS
from civicsearch.engines.local.postings_writer import is_bare
from civicsearch.engines.local.segment import Segment
from civicsearch.engines.local.terms import (
    FAMILY,
    decode_forms,
    is_family,
)
from civicsearch.ranking.bm25 import TIER_WEIGHTS
from civicsearch.ranking.impacts import UNIT, Collection
from civicsearch.schema import DEFAULT_SCHEMA, FACETS
from civicsearch.search.ordering import facet_values
from civicsearch.search.request import moment_key
from fakes.corpora import Articles
from fakes.rankings import patched
from fakes.segments import (
    LAYOUT,
    a_folder,
    a_segment,
    an_entry,
    merged,
    term_of,
    tokens_of,
    without,
)

# --- whole segments ---


def words_in(segment):
    """Return what each document of a segment says, read back: terms by field, in order."""
    dictionary = segment.dictionary.all()
    found = []
    for number in range(segment.size):
        terms, _ = segment.streams.terms_of(slice(number, number + 1))
        borders = (terms < 0).nonzero()[0].tolist()
        starts = [0, *(border + 1 for border in borders)]
        assert segment.columns.field_starts[number].tolist() == starts[:-1]
        assert starts[-1] == len(terms)
        sizes = segment.columns.field_sizes()[number].tolist()
        assert sizes == [end - start for start, end in zip(starts, borders, strict=False)]
        fields = [terms[start:end] for start, end in zip(starts, borders, strict=False)]
        found.append([[dictionary[term] for term in field.tolist()] for field in fields])
    return found


def words_of(documents):
    """Return the same by the analyzer."""
    return [
        [
            [term_of(name, token) for token in tokens_of(document)[name]]
            for name in DEFAULT_SCHEMA.names
        ]
        for document in documents
    ]


def frequencies_of(documents):
    """Return the weighted frequency of each term in each document, by the analyzer."""
    found = {}
    for number, fields in enumerate(words_of(documents)):
        for weight, terms in zip(LAYOUT.weights, fields, strict=True):
            for term in terms:
                own = found.setdefault(term, {})
                own[number] = own.get(number, 0) + weight
    return found


def norms_in(segment):
    return Collection(
        documents=segment.size,
        lengths=segment.columns.lengths,
        average_length=segment.postings.average_length,
    ).norms


def tiers_together(found, is_typed, norms):
    """Return what several forms are worth for a word typed without accents, by document."""
    summed = {}
    for term, own in found.items():
        for document, frequency in own.items():
            tiers = summed.setdefault(document, [0, 0])
            tiers[not is_typed(term)] += frequency
    return {
        document: sum(
            weight * frequency / (frequency + norms[document])
            for weight, frequency in zip(TIER_WEIGHTS, tiers, strict=False)
        )
        for document, tiers in summed.items()
    }


class Levels(NamedTuple):
    """Levels that a segment has, what they stand for, and in which steps."""

    levels: dict[int, int]
    worth: dict[int, float]
    steps: int


def all_levels(segment, documents):
    frequencies, norms = frequencies_of(documents), norms_in(segment)
    for number, term in enumerate(segment.dictionary.all()):
        found, levels = segment.postings.postings(number)
        levels = dict(zip(found.tolist(), levels.tolist(), strict=True))
        if is_family(term):
            head = term.removesuffix(FAMILY) + b"\x1f"
            forms = {t: own for t, own in frequencies.items() if t.startswith(head)}
            worth = tiers_together(forms, is_bare, norms)
            yield Levels(levels, worth, FAMILY_STEPS)
        else:
            worth = {d: f / (f + norms[d]) for d, f in frequencies[term].items()}
            yield Levels(levels, worth, STEPS)
    for letters in segment.file.facts["beginnings"]:
        row = segment.postings.beginning(letters)
        levels = {d: int(row[d]) for d in row.nonzero()[0].tolist()}
        forms = {
            term: own
            for term, own in frequencies.items()
            if term[0] == 0 and decode_forms(term)[1].startswith(letters)
        }
        worth = tiers_together(
            forms, lambda term, own=letters: decode_forms(term)[0].startswith(own), norms
        )
        yield Levels(levels, worth, FAMILY_STEPS)


def assert_levels_bound(segment, documents):
    """No level is below what it stands for; none is above it by more than a step."""
    for levels, worth, steps in all_levels(segment, documents):
        assert set(levels) == set(worth)
        for document, level in levels.items():
            assert 0 <= level - worth[document] * steps < 1.001


sources = st.integers(0, 10**6).map(lambda seed: Articles(seed).document("x"))
nasty = st.sampled_from(
    [" ", "\n", "1 700", "1.700", "\x1f", "\x1e", "\0", "\ud800", "x" * 130, "da\u0302n", "ß", "😀"]
)
odd_texts = st.lists(nasty | st.sampled_from(["dân", "dan", "Ủy"]), max_size=9).map(" ".join)
odd = st.builds(
    Document, document_id=st.just("x"), title=odd_texts, body=odd_texts, source=odd_texts
)
WORD_WAYS = st.fixed_dictionaries(
    {
        "FAR": st.sampled_from([2, 5, 65_535]),
        "_ROW_SHARE": st.sampled_from([0, 3, 10**6]),
        "_HEAVY_SHARE": st.sampled_from([0, 1, 10**6]),
    }
)


@settings(max_examples=40)
@given(st.lists(sources | odd, min_size=1, max_size=6), WORD_WAYS)
def test_a_segment_holds_the_words_of_the_analyzer_in_their_places(some, way):
    """With the sign of documents typed without accents, in fields one behind the other."""
    with a_folder() as folder, patched(way):
        segment = a_segment(folder, some)
        assert words_in(segment) == words_of(some)
    known = {term for term in segment.dictionary.all() if not is_family(term)}
    assert known == set(frequencies_of(some))
    lengths = [
        sum(zone.weight * len(tokens_of(document)[zone.name]) for zone in DEFAULT_SCHEMA.zones)
        for document in some
    ]
    assert (segment.columns.lengths * UNIT).tolist() == lengths
    assert segment.postings.average_length == (sum(lengths) / len(some) or 1.0)


@settings(max_examples=40)
@given(st.lists(sources | odd, min_size=1, max_size=6), WORD_WAYS)
def test_a_new_segment_has_levels_less_than_a_step_too_high(some, way):
    """Of words, families and beginnings."""
    with a_folder() as folder, patched(way):
        assert_levels_bound(a_segment(folder, some), some)


# --- merging ---

FEW_AT_ONCE = {
    "POSTINGS_A_STRETCH": 10,
    "_CHUNK_WORDS": 7,
    "SAMPLE": 3,
    "_DICTIONARY_BYTES": 64,
    "_SPOOL_BYTES": 40,
}


@st.composite
def histories(draw):
    """Draw documents in batches, and which of each are deleted."""
    articles = Articles(draw(st.integers(0, 10**6)))
    sizes = draw(st.lists(st.integers(1, 6), min_size=1, max_size=4))
    batches = [[articles.document(f"{n}-{m}") for m in range(size)] for n, size in enumerate(sizes)]
    gone = []
    for number, batch in enumerate(batches):
        most = len(batch) - (number == 0)  # a segment without any document is not written
        gone.append(draw(st.sets(st.integers(0, len(batch) - 1), max_size=most)))
    return batches, gone


def segments_of(folder, batches, gone):
    return [
        without(a_segment(folder, batch, f"{number}"), own)
        for number, (batch, own) in enumerate(zip(batches, gone, strict=True))
    ]


def left_of(batches, gone):
    return [
        document
        for batch, own in zip(batches, gone, strict=True)
        for number, document in enumerate(batch)
        if number not in own
    ]


@settings(max_examples=25)
@given(histories(), WORD_WAYS)
def test_merged_segments_are_what_writing_their_documents_anew_gives(history, way):
    """All but levels, pairs, and how documents are packed."""
    left = left_of(*history)
    with a_folder() as folder, patched(FEW_AT_ONCE | way):
        file = merge_segments(segments_of(folder, *history), folder / "one.seg", LAYOUT)
        assert zlib.crc32((folder / "one.seg").read_bytes()) == file.checksum
        one = Segment(folder, an_entry("one", file, len(left)))
        assert_same_segment(one, a_segment(folder, left, "anew"))
        assert words_in(one) == words_of(left)
        assert [one.stored.document(number) for number in range(one.size)] == left
        for number, document in enumerate(left):
            assert one.number_of(document.document_id) == number
            for origin in document.origins:
                assert one.numbers_with_origin(origin.path) == [number]
            assert one.columns.moments[number] == (moment_key(document) or -1)
            for name in FACETS:
                assert tuple(one.columns.facet_rows(name)[number]) == facet_values(name, document)


def assert_same_segment(one, anew):
    assert one.dictionary.all() == anew.dictionary.all()
    for number in range(anew.dictionary.size):
        own, expected = (s.postings.postings(number)[0].tolist() for s in (one, anew))
        assert own == expected
        assert (one.postings.row(number) is None) is (anew.postings.row(number) is None)
    same = ["moments", "lengths", "id_offsets", "ids", "id_hashes", "origin_hashes",
            "posting_starts", "kinds", "list_starts", "deltas8", "deltas16", "deltas32",
            "stream", "stream_starts", "field_starts", "far_places", "far_terms", "code_terms",
            "term_codes", *(f"facet_{name}_ordinals" for name in FACETS)]  # fmt: skip
    for name in same:
        assert one.file.array(name).tolist() == anew.file.array(name).tolist()
        assert one.file.array(name).dtype == anew.file.array(name).dtype
    for fact in ("documents", "terms", "postings", "average_length"):
        assert one.file.facts[fact] == anew.file.facts[fact]
    # What is deleted counts for which beginnings are heavy.
    assert set(one.file.facts["beginnings"]) >= set(anew.file.facts["beginnings"])


@settings(max_examples=40)
@given(histories(), WORD_WAYS)
def test_merged_segments_have_levels_less_than_a_step_too_high(history, way):
    left = left_of(*history)
    with a_folder() as folder, patched(FEW_AT_ONCE | way):
        parts = segments_of(folder, *history)
        one = merged(folder, parts)
        assert_levels_bound(one, left)


@settings(max_examples=25)
@given(histories(), WORD_WAYS)
def test_levels_are_bounds_however_often_segments_were_merged(history, way):
    batches, gone = history
    with a_folder() as folder, patched(FEW_AT_ONCE | way):
        one, left = None, []
        for number, part in enumerate(segments_of(folder, batches, gone)):
            left += left_of([batches[number]], [gone[number]])
            one = merged(folder, [one, part] if one else [part], f"merged{number}")
            assert_levels_bound(one, left)
