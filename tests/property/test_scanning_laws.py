"""What is read of documents is what the analyzer and the rules of matching say of them."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civicsearch.document import Document
from civicsearch.engines.local.forms import forms_of
from civicsearch.engines.local.placing import nearness_in, openings_in
from civicsearch.engines.local.snapshot import Snapshot
from civicsearch.engines.local.terms import decode_forms, is_family
from civicsearch.engines.memory_placing import nearness_of, opening
from civicsearch.query.matching import (
    fuzzy_tier,
    iter_occurrences,
    prefix_tier,
    term_tier,
    wildcard_tier,
)
from civicsearch.query.nodes import Fuzzy, Near, Phrase, Prefix, Term, Wildcard
from civicsearch.schema import DEFAULT_SCHEMA
from fakes.builders import prefix, term
from fakes.corpora import Articles, documents_of
from fakes.rankings import patched
from fakes.segments import LAYOUT, a_folder, a_scan, a_segment, tokens_of

ZONES = [None, "title", "body", "caption"]
ways = st.fixed_dictionaries(
    {
        "FAR": st.sampled_from([2, 4, 65_535]),
        "_FEW_CODES": st.sampled_from([0, 2, 10**6]),
        "_MANY": st.sampled_from([0, 10**6]),
    }
)

# --- words ---

few_words = st.sampled_from(
    ["dân", "dan", "đan", "dẫn", "vận", "van", "đường", "duong", "đuờng", "xã", "1.700"]
)
exact_words = few_words | st.sampled_from(["duơng", "dưong", "Straße", "strasse", "ﬁn", "zzz"])
beginnings = st.sampled_from(
    ["d", "đ", "dâ", "da", "dan", "dân", "duơ", "đươ", "dươn", "v", "vậ", "1", "s", "stras", "ß"]
)
patterns = st.sampled_from(["d?n", "đ*g", "*n", "v*", "?", "*", "1*0", "đuơ*", "s*e"])


def fuzzy(word, distance):
    asked = term(word)
    return Fuzzy(exact=asked.exact, folded=asked.folded, distance=distance)


words = (
    st.builds(term, exact_words)
    | st.builds(term, exact_words)
    | st.builds(prefix, beginnings)
    | st.builds(lambda p: Wildcard(exact=p, folded=p.replace("đ", "d").replace("ơ", "o")), patterns)
    | st.builds(fuzzy, exact_words, st.integers(1, 2))
)
texts = st.lists(exact_words, max_size=8).map(" ".join)
some_documents = documents_of(texts, ["dân", "dân vận", "xã"]) | st.integers(0, 10**6).map(
    lambda seed: Articles(seed).document("x")
)
batches = st.lists(st.lists(some_documents, min_size=1, max_size=4), min_size=1, max_size=3)


# --- forms ---


def plain_tier(word, exact, folded):
    match word:
        case Term():
            return term_tier(word.exact, word.folded, exact, folded)
        case Prefix():
            return prefix_tier(word, exact, folded)
        case Wildcard():
            return wildcard_tier(word, exact, folded)
        case Fuzzy():
            return fuzzy_tier(word, exact, folded)


def as_lists(forms):
    return None if forms is None else (forms.terms.tolist(), forms.tiers.tolist())


@pytest.fixture(scope="module")
def segment(tmp_path_factory):
    """One that has most words in several forms, in texts with accents and in texts without."""
    kinds = ["dân dan đan dẫn vận van ván đường duong đuờng đương xã 1.700 Straße strasse ﬁn fin"]
    kinds += [
        "dan van duong xa 1 strasse", "dần dãn đản đặn", "\u1e9e sß ss ﬀ ff đđ dd ơ o ư u 😀", "d đ"
    ]  # fmt: skip
    documents = [Document(document_id="x", title=text, tags=(text,)) for text in kinds]
    return a_segment(tmp_path_factory.mktemp("forms"), documents)


@settings(max_examples=300)
@given(
    words | st.builds(prefix, st.text("dđaâăơươnvgsß", min_size=1, max_size=4)),
    st.sampled_from([0, LAYOUT.groups[DEFAULT_SCHEMA.names.index("tag")]]),
    st.sampled_from([0, 10**6]),
)
def test_the_forms_of_a_word_are_those_that_the_rules_of_matching_name(segment, word, group, many):
    """Looked at one by one, and all bytes at once; a family is no form."""
    expected = [
        (number, int(tier))
        for number, encoded in enumerate(segment.dictionary.all())
        if encoded[0] == group
        and not is_family(encoded)
        and (tier := plain_tier(word, *decode_forms(encoded))) is not None
    ]
    with patched({"_MANY": many}):
        found = forms_of(segment, word, group)
    assert as_lists(found) == (tuple(map(list, zip(*expected, strict=True))) or None)


@settings(max_examples=60)
@given(some_documents, st.lists(words, min_size=1, max_size=4))
def test_the_two_ways_to_find_forms_agree(document, asked):
    with a_folder() as folder:
        one = a_segment(folder, [document])
        for word in asked:
            found = []
            for many in (0, 10**6):
                with patched({"_MANY": many}):
                    found.append(as_lists(forms_of(one, word, 0)))
            assert found[0] == found[1]


# --- scans ---


@st.composite
def archives(draw):
    """Draw batches of documents and which of all documents to read."""
    drawn = draw(batches)
    count = sum(map(len, drawn))
    return drawn, sorted(draw(st.sets(st.integers(0, count - 1))))


def recounted(leaf, documents, field=None):
    """Return the weighted frequencies of a leaf by tier and document, the plain way."""
    found = np.zeros((3, len(documents)))
    for place, document in enumerate(documents):
        for name, tokens in tokens_of(document).items():
            number = DEFAULT_SCHEMA.names.index(name)
            if name == field or (field is None and LAYOUT.groups[number] == 0):
                for occurrence in iter_occurrences(leaf, tokens):
                    found[occurrence.tier, place] += LAYOUT.weights[number]
    return found.tolist()


def number_of(field):
    return None if field is None else DEFAULT_SCHEMA.names.index(field)


def the_snapshot(folder, drawn):
    return Snapshot([a_segment(folder, batch, f"{n}") for n, batch in enumerate(drawn)])


@settings(max_examples=60)
@given(archives(), st.lists(words, min_size=1, max_size=5), ways)
def test_words_are_counted_by_tier_and_field(archive, asked, way):
    """Several at once, that may share written forms, in several segments."""
    drawn, chosen = archive
    every = list(itertools.chain(*drawn))
    documents = [every[number] for number in chosen]
    tag = number_of("tag")
    with a_folder() as folder, patched(way):
        asked = [(word, 0) for word in asked]
        scan = a_scan(
            the_snapshot(folder, drawn), chosen, [*asked, (asked[0][0], LAYOUT.groups[tag])]
        )
        assert scan.all_words[:-1].tolist() == [recounted(word, documents) for word, _ in asked]
        assert scan.all_words[-1].tolist() == recounted(asked[0][0], documents, "tag")
        for field in ZONES[1:]:
            found = scan.words_in(number_of(field))
            assert found[:-1].tolist() == [recounted(word, documents, field) for word, _ in asked]


@st.composite
def phrases(draw):
    """Draw words, and phrases of these by their numbers."""
    asked = draw(st.lists(st.builds(term, few_words), min_size=1, max_size=4, unique=True))
    numbers = st.integers(0, len(asked) - 1)
    return asked, draw(st.lists(st.lists(numbers, min_size=2, max_size=4), min_size=1, max_size=3))


@settings(max_examples=60)
@given(archives(), phrases(), st.sampled_from(ZONES), ways)
def test_phrases_are_counted_by_their_worst_word(archive, asked, field, way):
    """None reaches from one field, document or segment into the next."""
    drawn, chosen = archive
    every = list(itertools.chain(*drawn))
    documents = [every[number] for number in chosen]
    terms, numbers = asked
    with a_folder() as folder, patched(way):
        scan = a_scan(the_snapshot(folder, drawn), chosen, [(word, 0) for word in terms])
        found = scan.phrases(numbers, number_of(field))
    assert found.tolist() == [
        recounted(Phrase(terms=tuple(terms[n] for n in own)), documents, field) for own in numbers
    ]


@settings(max_examples=60)
@given(archives(), st.lists(st.builds(term, few_words), min_size=1, max_size=5, unique=True), ways)
def test_words_stand_early_and_near_each_other_as_the_reference_says(archive, terms, way):
    drawn, chosen = archive
    every = list(itertools.chain(*drawn))
    tokens = [tokens_of(every[number]) for number in chosen]
    with a_folder() as folder, patched(way):
        scan = a_scan(the_snapshot(folder, drawn), chosen, [(word, 0) for word in terms])
        early, near = openings_in(scan), nearness_in(scan, range(len(terms)))
    for place, own in enumerate(tokens):
        expected = [opening(word, DEFAULT_SCHEMA, own) for word in terms]
        assert early[:, place].tolist() == pytest.approx(expected)
        expected = [*nearness_of(terms, DEFAULT_SCHEMA, own).values()]
        assert near[:, place].tolist() == pytest.approx(expected)


@settings(max_examples=60)
@given(archives(), phrases(), st.sampled_from(ZONES), ways)
def test_a_phrase_looked_for_alone_is_counted_as_among_others(archive, asked, field, way):
    drawn, chosen = archive
    terms, (numbers, *_) = asked
    asked = [(word, 0) for word in terms]
    with a_folder() as folder, patched(way):
        snapshot = the_snapshot(folder, drawn)
        among = a_scan(snapshot, chosen, asked).phrases([numbers], number_of(field))
        alone = a_scan(snapshot, chosen, asked, row=numbers).phrases([numbers], number_of(field))
    assert alone.tolist() == among.tolist()


@settings(max_examples=60)
@given(
    archives(),
    st.lists(st.builds(term, few_words), min_size=2, max_size=4),
    st.integers(0, 3),
    st.sampled_from(ZONES),
    ways,
)
def test_words_near_each_other_are_counted_by_their_windows(archive, terms, distance, field, way):
    drawn, chosen = archive
    every = list(itertools.chain(*drawn))
    documents = [every[number] for number in chosen]
    asked = list(dict.fromkeys(terms))
    leaf = Near(terms=tuple(terms), distance=distance)
    with a_folder() as folder, patched(way):
        scan = a_scan(the_snapshot(folder, drawn), chosen, [(word, 0) for word in asked])
        found = scan.near(leaf, [asked.index(word) for word in terms], number_of(field))
    assert found.tolist() == [recounted(leaf, documents, field)]
