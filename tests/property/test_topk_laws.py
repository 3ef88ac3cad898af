"""The best of many documents are those that sorting all of them would give."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicsearch.ranking.impacts import Collection, Impacts, ListedTier, union
from civicsearch.ranking.topk import choose, matching, scores
from fakes.rankings import patched

SIZE = 24
postings = st.dictionaries(st.integers(0, SIZE - 1), st.integers(1, 60), max_size=SIZE)
rarities = st.sampled_from([0.02, 0.4, 1.0, 1.0, 3.0, 9.5])
limits = st.integers(1, SIZE + 2)
ways = st.fixed_dictionaries(
    {
        "_ROW_SHARE": st.sampled_from([0, 3, 10**6]),
        "_LOOK_UPS_SHARE": st.sampled_from([0, 16, 10**6]),
        "_SEED": st.sampled_from([1, 4]),
    }
)


@st.composite
def questions(draw):
    """Draw a collection and leaves, each found in one to three tiers."""
    lengths = np.array(draw(st.lists(st.integers(0, 900), min_size=SIZE, max_size=SIZE)), np.uint32)
    collection = Collection(documents=SIZE, lengths=lengths, average_length=99.5)
    leaves = []
    for _ in range(draw(st.integers(1, 6))):
        tiers = [
            tier_of(tier, draw(postings))
            for tier in sorted(draw(st.sets(st.integers(0, 2), max_size=3)))
        ]
        bound = draw(st.sampled_from([None, 10.0]))
        rarity = draw(rarities)
        leaves.append(Impacts(tiers, rarity=rarity, collection=collection, bound=bound))
    return collection, leaves, draw(st.integers(1, len(leaves)))


def tier_of(tier, found):
    documents = sorted(found)
    frequencies = np.array([found[document] for document in documents], np.int32)
    return ListedTier(tier, np.array(documents, np.uint32), frequencies)


def accepting(accepted):
    if accepted is None:
        return None
    return lambda documents: np.isin(documents, sorted(accepted))


def by_force(leaves, minimum, accepted):
    """Return the scores of all documents that match, by number."""
    found = [
        dict(zip(leaf.documents.tolist(), leaf.values.tolist(), strict=True)) for leaf in leaves
    ]
    return {
        document: sum(
            leaf.rarity * own.get(document, 0.0) for leaf, own in zip(leaves, found, strict=True)
        )
        for document in range(SIZE)
        if sum(document in own for own in found) >= minimum
        and (accepted is None or document in accepted)
    }


@given(questions(), limits, st.none() | st.sets(st.integers(0, SIZE - 1)), ways)
def test_the_best_are_those_of_sorting_all_and_cutting(asked, limit, accepted, way):
    collection, leaves, minimum = asked
    expected = by_force(leaves, minimum, accepted)
    with patched(way):
        chosen = choose(
            leaves, collection, minimum=minimum, limit=limit, accept=accepting(accepted)
        )
    assert_holds_the_best(chosen, expected, limit)
    if minimum == len(leaves):
        assert chosen.total == len(expected)


@given(questions(), limits, st.none() | st.sets(st.integers(0, SIZE - 1)), ways)
def test_the_best_of_known_matches_are_those_of_sorting_them(asked, limit, accepted, way):
    collection, leaves, minimum = asked
    expected = by_force(leaves, minimum, accepted)
    with patched(way):
        chosen = choose(
            leaves,
            collection,
            minimum=minimum,
            limit=limit,
            accept=accepting(accepted),
            among=np.array(sorted(expected), np.intp),
        )
    assert_holds_the_best(chosen, expected, limit)
    assert chosen.total == len(expected)


def assert_holds_the_best(chosen, expected, limit):
    found = chosen.documents.tolist()
    assert found == sorted(set(found) & set(expected))
    best = sorted(expected.values(), reverse=True)
    assert len(found) >= min(limit, len(best))
    if len(best) <= limit:
        assert found == sorted(expected)
        return
    last = best[limit - 1]
    assert set(found) >= {document for document, score in expected.items() if score >= last}
    assert all(expected[document] >= last * (1 - 1e-4) for document in found)
    assert chosen.total in {None, len(expected)}


@given(questions(), st.none() | st.sets(st.integers(0, SIZE - 1)), ways)
def test_all_that_match_are_found_by_counting(asked, accepted, way):
    collection, leaves, minimum = asked
    with patched(way):
        found = matching(leaves, collection, minimum=minimum, accept=accepting(accepted))
    assert found.tolist() == sorted(by_force(leaves, minimum, accepted))


@given(questions(), st.sets(st.integers(0, SIZE - 1)), ways)
def test_scores_are_sums_of_what_leaves_add(asked, documents, way):
    _, leaves, _ = asked
    expected = by_force(leaves, 0, None)
    with patched(way):
        found = scores(leaves, np.array(sorted(documents), np.intp))
    assert found.tolist() == pytest.approx([expected[document] for document in sorted(documents)])


@given(questions(), st.lists(limits, min_size=1, max_size=4))
def test_the_best_of_one_leaf_are_those_with_the_greatest_values(asked, counts):
    """In whatever order more or fewer of them are asked for."""
    _, leaves, _ = asked
    for count in counts:
        for leaf in leaves:
            best = leaf.best(count).astype(np.intp)
            assert len(set(best.tolist())) == len(best) == min(count, len(leaf.documents))
            values = np.sort(leaf.values)[::-1][: len(best)]
            if len(leaf.documents) > count:
                assert leaf.take(best).tolist() == values.tolist()
            assert leaf.ceiling >= leaf.rarity * float(leaf.values.max(initial=0))


@given(st.lists(st.sets(st.integers(0, 30)), min_size=1, max_size=4))
def test_a_union_holds_what_any_holds_once(sets):
    found = union([np.array(sorted(numbers), np.uint32) for numbers in sets])
    assert found.tolist() == sorted(set().union(*sets))
