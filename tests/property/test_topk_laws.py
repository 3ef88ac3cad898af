"""The best of many documents are those that sorting all of them by exact scores would give."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from civicsearch.ranking.impacts import union
from civicsearch.ranking.topk import Candidates, best_of, choose, matching, narrowed
from fakes.leaves import a_leaf
from fakes.rankings import patched

SIZE = 24
numbers = st.integers(0, SIZE - 1)
# Not `dictionaries`: those are small as a rule, and nothing is left out of a few.
level = st.sampled_from([0, 0, 1, 2, 3]) | st.integers(0, 255)
level_maps = st.lists(level, min_size=SIZE, max_size=SIZE).map(
    lambda levels: {document: level for document, level in enumerate(levels) if level}
)
rarities = st.sampled_from([0.02, 0.4, 1.0, 1.0, 3.0, 9.5])
steps = st.sampled_from([2.2 / 254, 2.2 / 169, 0.013])
roundings = st.sampled_from([1.0, 1.0, 1.0, 2.5, 255.0])
shares = st.sampled_from([0.0, 0.0, 1.0, 1.0]) | st.floats(0, 1)
limits = st.integers(1, 4) | st.integers(1, SIZE + 2)
some = st.none() | st.sets(numbers)
ways = st.fixed_dictionaries(
    {
        "_LOOK_UP_NS": st.sampled_from([0.0, 50.0, 1e9]),
        "_SEED": st.sampled_from([1, 4]),
        "_BLOCK": st.sampled_from([1, 3, 1 << 16]),
        "_FEW_SHARE": st.sampled_from([1, 16, 10**6]),
        "_SORTED_BATCHES": st.sampled_from([1, 8]),
    }
)


@st.composite
def questions(draw):
    """Draw leaves, how many must match, and what each is really worth in each document.

    That is at most what its level says, and less than that by no more than its rounding.
    """
    leaves, worth = [], []
    for _ in range(draw(st.integers(1, 6))):
        levels, rarity, step = draw(level_maps), draw(rarities), draw(steps)
        rounding = draw(roundings)
        below = draw(st.lists(shares, min_size=SIZE, max_size=SIZE))
        peak = draw(st.sampled_from([255, max(levels.values(), default=0)]))
        leaves.append(
            a_leaf(
                levels,
                SIZE,
                as_row=draw(st.booleans()),
                rarity=rarity,
                step=step,
                rounding=rounding,
                peak=peak,
            )
        )
        worth.append(
            {
                document: rarity * step * max(level - below[document] * rounding, level * 1e-3)
                for document, level in levels.items()
            }
        )
    return leaves, worth, draw(st.integers(1, len(leaves)))


def accepting(accepted):
    if accepted is None:
        return None
    return lambda documents: np.isin(documents, sorted(accepted))


def by_force(worth, minimum, accepted):
    """Return the exact scores of all documents that match, by number."""
    return {
        document: sum(own.get(document, 0.0) for own in worth)
        for document in range(SIZE)
        if sum(document in own for own in worth) >= minimum
        and (accepted is None or document in accepted)
    }


def the_best(scores, limit):
    """Return the best of some scores, ties with the last included."""
    if len(scores) <= limit:
        return set(scores)
    last = sorted(scores.values(), reverse=True)[limit - 1]
    return {document for document, score in scores.items() if score >= last}


def assert_holds_the_best(chosen, worth, expected, limit):
    found = chosen.documents.tolist()
    assert found == sorted(set(found) & set(expected))
    assert set(found) >= the_best(expected, limit)
    assert chosen.total in {None, len(expected)}
    assert len(chosen.bounds) == len(found)
    for document, bound in zip(found, chosen.bounds.tolist(), strict=True):
        assert bound >= expected[document] * (1 - 1e-6)


@given(questions(), limits, some, ways)
def test_what_is_chosen_holds_the_best_of_all_that_match(asked, limit, accepted, way):
    leaves, worth, minimum = asked
    expected = by_force(worth, minimum, accepted)
    with patched(way):
        chosen = choose(leaves, SIZE, minimum=minimum, limit=limit, accept=accepting(accepted))
    assert_holds_the_best(chosen, worth, expected, limit)
    if minimum == len(leaves):
        assert chosen.total == len(expected)


@given(questions(), limits, some, ways)
def test_what_is_chosen_of_known_matches_holds_the_best_of_them(asked, limit, accepted, way):
    leaves, worth, minimum = asked
    expected = by_force(worth, minimum, accepted)
    known = np.array(sorted(expected), np.intp)
    with patched(way):
        chosen = choose(leaves, SIZE, minimum=minimum, limit=limit, among=known)
    assert_holds_the_best(chosen, worth, expected, limit)
    assert chosen.total == len(expected)


@given(questions(), limits, some, ways)
def test_the_best_of_what_is_chosen_are_those_of_sorting_all(asked, limit, accepted, way):
    """Both halves together, from levels to exact scores."""
    leaves, worth, minimum = asked
    expected = by_force(worth, minimum, accepted)
    with patched(way):
        chosen = choose(leaves, SIZE, minimum=minimum, limit=limit, accept=accepting(accepted))
        documents, scores = best_of(chosen, limit, scoring(expected))
    assert set(documents.tolist()) >= the_best(expected, limit)
    assert scores.tolist() == [expected[document] for document in documents.tolist()]


def scoring(scores):
    """Return what scores documents, and insists that they are ascending and never asked twice."""
    asked = set()

    def score(documents):
        listed = documents.tolist()
        assert listed == sorted(set(listed))
        assert not asked & set(listed)
        asked.update(listed)
        return np.array([scores[document] for document in listed], np.float64)

    return score


@st.composite
def candidates(draw):
    """Draw exact scores, many of them alike, and bounds that are not below any of them."""
    values = st.sampled_from([0.0, 0.5, 1.0, 1.0, 7.25]) | st.floats(0, 50, width=32)
    above = st.sampled_from([0.0, 0.0, 0.5, 100.0]) | st.floats(0, 9, width=32)
    size = draw(st.integers(0, 60))
    rows = draw(st.lists(st.tuples(values, above), min_size=size, max_size=size))
    scores = {3 * place: score for place, (score, _) in enumerate(rows)}
    bounds = [np.nextafter(np.float32(score + more), np.float32(1e9)) for score, more in rows]
    return Candidates(np.array(list(scores), np.intp), np.array(bounds, np.float32), None), scores


@given(candidates(), limits, ways)
def test_the_best_are_found_whatever_the_bounds_are(drawn, limit, way):
    """As long as none is below its score; ties with the last are all there, in order."""
    some_candidates, expected = drawn
    with patched(way):
        documents, scores = best_of(some_candidates, limit, scoring(expected))
    listed = documents.tolist()
    assert listed == sorted(set(listed))
    assert set(listed) >= the_best(expected, limit)
    assert scores.tolist() == [expected[document] for document in listed]


@given(candidates(), limits, st.sampled_from([0.0, 0.25, 9.0]))
def test_nothing_that_its_bound_allows_among_the_best_is_narrowed_away(drawn, limit, slack):
    """Whatever the scores, if none is below its bound by more than the slack."""
    (documents, bounds, _), _ = drawn
    found = narrowed(documents, bounds, limit, slack=slack)
    assert found.total == len(documents)
    kept = set(found.documents.tolist())
    least = dict(zip(documents.tolist(), (bounds - np.float32(slack)).tolist(), strict=True))
    for document, bound in zip(documents.tolist(), bounds.tolist(), strict=True):
        surely_better = sum(low > bound for other, low in least.items() if other != document)
        assert document in kept or surely_better >= limit


@given(questions(), some, ways)
def test_all_that_match_are_found_by_counting(asked, accepted, way):
    leaves, worth, minimum = asked
    with patched(way):
        found = matching(leaves, SIZE, minimum=minimum, accept=accepting(accepted))
    assert found.tolist() == sorted(by_force(worth, minimum, accepted))


# --- leaves ---


@given(level_maps, st.booleans(), st.lists(st.sets(numbers), min_size=1, max_size=3), ways)
def test_levels_are_looked_up_in_a_list_as_in_a_row(levels, as_row, look_ups, way):
    leaf = a_leaf(levels, SIZE, as_row=as_row)
    with patched(way):
        for asked in look_ups:
            documents = np.array(sorted(asked), np.intp)
            places = leaf.places_in(documents)
            assert documents.take(places).tolist() == sorted(asked & set(levels))
            found = leaf.take(documents)
            assert found.tolist() == [levels.get(document, 0) for document in sorted(asked)]
    assert dict(zip(leaf.documents.tolist(), leaf.levels.tolist(), strict=True)) == levels
    assert leaf.documents.tolist() == sorted(levels)


@given(level_maps, st.booleans(), st.lists(limits, min_size=1, max_size=4))
def test_the_best_of_one_leaf_are_those_with_the_greatest_levels(levels, as_row, counts):
    """In whatever order more or fewer of them are asked for."""
    leaf = a_leaf(levels, SIZE, as_row=as_row)
    for count in counts:
        best = leaf.best(count).tolist()
        assert len(set(best)) == len(best) == min(count, len(levels))
        expected = sorted(levels.values(), reverse=True)[: len(best)]
        assert sorted((levels[document] for document in best), reverse=True) == expected


@given(questions())
def test_no_document_gets_more_of_a_leaf_than_its_ceiling(asked):
    leaves, worth, _ = asked
    for leaf, own in zip(leaves, worth, strict=True):
        assert max(own.values(), default=0.0) <= leaf.ceiling * (1 + 1e-9)
        low = float(leaf.weight) * leaf.levels - leaf.slack
        assert (low <= np.array([own[d] for d in leaf.documents.tolist()]) + 1e-6).all()


@given(
    st.lists(st.sets(st.integers(0, 30)), min_size=1, max_size=4),
    st.sampled_from([1, 16]),
)
def test_a_union_holds_what_any_holds_once(sets, few_share):
    with patched({"_FEW_SHARE": few_share}):
        found = union([np.array(sorted(own), np.intp) for own in sets])
    assert found.tolist() == sorted(set().union(*sets))
