"""What is known of a leaf: which documents hold it, and bounds that are near to its scores."""

import itertools

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from civicsearch.document import Caption, Document
from civicsearch.engines.local.leaves import LeafReader
from civicsearch.engines.local.snapshot import Snapshot
from civicsearch.query.leaves import words_alone
from civicsearch.query.matching import iter_occurrences
from civicsearch.query.nodes import Fuzzy, Near, Synonyms, Wildcard
from civicsearch.ranking.bm25 import TIER_WEIGHTS, idf, saturate
from civicsearch.schema import DEFAULT_SCHEMA
from fakes.builders import phrase, prefix, term
from fakes.corpora import Articles
from fakes.rankings import patched
from fakes.segments import LAYOUT, a_folder, a_segment, tokens_of, without

fields = st.sampled_from([None, None, None, "title", "body", "tag"])
words = st.sampled_from(["dân", "dan", "đan", "vận", "van", "đường", "duong", "xã", "zzz"])
runs = st.lists(words, min_size=2, max_size=3).map(" ".join)
leaves = (
    st.builds(term, words, fields)
    | st.builds(prefix, st.sampled_from(["d", "đ", "da", "dâ", "v", "x"]), fields)
    | st.builds(phrase, runs, fields)
    | st.builds(phrase, runs)
    | st.builds(
        lambda run, distance, field: Near(terms=phrase(run).terms, distance=distance, field=field),
        runs,
        st.integers(0, 3),
        fields,
    )
    | st.builds(
        lambda pattern, field: Wildcard(
            exact=pattern, folded=pattern.replace("đ", "d"), field=field
        ),
        st.sampled_from(["d?n", "đ*", "*n", "?"]),
        fields,
    )
    | st.builds(
        lambda word, distance: Fuzzy(
            exact=term(word).exact, folded=term(word).folded, distance=distance
        ),
        words,
        st.integers(1, 2),
    )
)
leaves |= st.builds(
    lambda typed, others, weight: Synonyms(typed=typed, others=tuple(others), weight=weight),
    st.builds(term, words) | st.builds(phrase, runs),
    st.lists(st.builds(term, words) | st.builds(phrase, runs), min_size=1, max_size=2),
    st.sampled_from([0.5, 0.85, 1.0]),
)
ways = st.fixed_dictionaries(
    {
        "_ROW_SHARE": st.sampled_from([0, 3, 10**6]),
        "_HEAVY_SHARE": st.sampled_from([0, 1, 10**6]),
        "_DENSE_SHARE": st.sampled_from([0, 16, 10**6]),
        "_FEW": st.sampled_from([0, 10**6]),
        "_MOST_IN_FLOAT32": st.sampled_from([0, 8]),
        "_FEW_SHARE": st.sampled_from([0, 1, 8]),
        "_CONVERTED_BELOW": st.sampled_from([0.0, 0.9, 2.0]),
        "_DOCUMENTS_A_SCAN": st.sampled_from([2, 512]),
        "_LEAST_LISTED": st.sampled_from([1, 2, 100]),
        "_LISTED_SHARE": st.sampled_from([2, 10**6]),
        "_BITS_A_DOUBLE": st.sampled_from([5, 352]),
        "FAR": st.sampled_from([3, 65_535]),
    }
)
texts = st.lists(words, max_size=9).map(" ".join)
long_texts = st.builds(
    lambda word, other, count, rest: " ".join([word, other] * count + ["rộng"] * rest),
    words,
    words,
    st.integers(0, 30),
    st.integers(0, 300),
)
documents = st.builds(
    Document,
    document_id=st.just("x"),
    title=texts,
    body=texts | long_texts,
    captions=texts.map(lambda text: (Caption(text=text),)),
    tags=st.lists(st.sampled_from(["dân", "dân vận"]), max_size=2).map(tuple),
) | st.integers(0, 10**6).map(lambda seed: Articles(seed).document("x"))


@st.composite
def archives(draw):
    """Draw batches of documents, and which of each are deleted."""
    batches = draw(st.lists(st.lists(documents, min_size=1, max_size=5), min_size=1, max_size=3))
    gone = [draw(st.sets(st.integers(0, len(batch) - 1))) for batch in batches]
    gone[0].discard(0)
    return batches, gone


def exact_worth(leaf, every, lengths, average_length):
    """Return what a leaf is worth in each of all documents, before rarity, the plain way."""
    if isinstance(leaf, Synonyms):
        forms = [exact_worth(form, every, lengths, average_length) for form in leaf.forms]
        return np.max([forms[0], *(leaf.weight * form for form in forms[1:])], axis=0)
    scope = dict(DEFAULT_SCHEMA.scope(leaf.field))
    worth = []
    for document, length in zip(every, lengths.tolist(), strict=True):
        frequencies = [0.0, 0.0, 0.0]
        for name, tokens in tokens_of(document).items():
            for occurrence in iter_occurrences(leaf, tokens):
                frequencies[occurrence.tier] += scope.get(name, 0.0)
        worth.append(
            sum(
                weight * saturate(frequency, length / 2, average_length)
                for weight, frequency in zip(TIER_WEIGHTS, frequencies, strict=True)
            )
        )
    return np.array(worth)


def assert_leaf_is_known(snapshot, every, leaf):
    reader = LeafReader(snapshot, schema=DEFAULT_SCHEMA, layout=LAYOUT)
    collection = snapshot.collection
    worth = exact_worth(leaf, every, collection.lengths, collection.average_length)
    if snapshot.live is not None:
        worth[~snapshot.live] = 0.0
    impacts = reader.impacts(leaf)
    found = worth.nonzero()[0]
    assert impacts.documents.tolist() == found.tolist()
    assert len(impacts) == len(found)
    assert impacts.rarity == idf(len(found), snapshot.documents)
    levels = impacts.take(np.arange(snapshot.size))
    assert (levels > 0).tolist() == (worth > 0).tolist()
    assert impacts.peak >= levels.max(initial=0)
    bounds = levels[found] * impacts.step
    assert (bounds >= worth[found] * (1 - 1e-9)).all()
    assert (bounds - impacts.rounding * impacts.step <= worth[found] + 2e-3 * impacts.step).all()
    measure = snapshot.measure(found)
    if measure is not None:
        closer = impacts.bounds(found, measure) / impacts.rarity
        assert (closer >= worth[found] * (1 - 1e-6)).all()
        assert (closer <= bounds * (1 + 1e-6)).all()


def assert_leaf_is_possible(snapshot, every, leaf):
    """Where a phrase may be, and what it may be worth there, is told before anything is read."""
    reader = LeafReader(snapshot, schema=DEFAULT_SCHEMA, layout=LAYOUT)
    collection = snapshot.collection
    worth = exact_worth(leaf, every, collection.lengths, collection.average_length)
    possible = reader.possible(leaf)
    documents = possible.documents
    assert (np.diff(documents) > 0).all()
    assert snapshot.live is None or snapshot.live[documents].all()
    live = np.arange(snapshot.size) if snapshot.live is None else snapshot.live.nonzero()[0]
    assert set(documents.tolist()) >= {d for d in live.tolist() if worth[d]}
    assert (possible.bounds >= worth[documents] * (1 - 1e-6)).all()
    assert reader.worth_in(leaf, documents) == pytest.approx(worth[documents])
    reader.impacts(leaf)
    assert reader.possible(leaf) is None
    assert reader.worth_in(leaf, documents) == pytest.approx(worth[documents])


# A rare form that counts more than the frequent one it is joined with: `xã` among misprints of it.
MISPRINTED = (
    [
        [
            Articles(243).document("x"),
            Articles(77454).document("x"),
            Document(
                document_id="x",
                title="dân",
                captions=(Caption(text="dân dân dân dân dân xã"),),
            ),
        ]
    ],
    [set()],
)
# `van` is worth less than the phrase: it has one tier, and the phrase two.
IN_TWO_TIERS = ([[Document(document_id="x", body="dan van. Dân van.")]], [set()])
JOINED_WITH_FEW = {
    "_ROW_SHARE": 0,
    "_HEAVY_SHARE": 0,
    "_DENSE_SHARE": 0,
    "_FEW": 10**6,
    "_FEW_SHARE": 0,
    "_CONVERTED_BELOW": 0.0,
    "_DOCUMENTS_A_SCAN": 2,
    "_LEAST_LISTED": 1,
    "_LISTED_SHARE": 2,
    "_BITS_A_DOUBLE": 5,
    "FAR": 3,
}


@settings(max_examples=100)
@given(archives(), st.lists(leaves, min_size=1, max_size=4), ways)
@example(MISPRINTED, [Fuzzy(exact="xã", folded="xa", distance=1)], JOINED_WITH_FEW)
@example(IN_TWO_TIERS, [phrase("dan van")], {})
def test_a_leaf_is_found_with_bounds_as_near_as_it_says(archive, asked, way):
    """In several segments of other average lengths, without what is deleted."""
    batches, gone = archive
    with a_folder() as folder, patched(way):
        segments = [
            without(a_segment(folder, batch, f"{number}"), own)
            for number, (batch, own) in enumerate(zip(batches, gone, strict=True))
        ]
        for leaf in asked:
            assert_leaf_is_known(Snapshot(segments), list(itertools.chain(*batches)), leaf)
            if words_alone(leaf, [zone.name for zone in DEFAULT_SCHEMA.zones]):
                assert_leaf_is_possible(Snapshot(segments), list(itertools.chain(*batches)), leaf)
