import datetime as dt

import pytest

from civicsearch.query import And, Boost, MatchAll, Not, Or, Phrase, Range, Words, parse_query
from civicsearch.query.nodes import (
    describe,
    is_relaxable,
    iter_positive_leaves,
    relax,
    within,
)
from civicsearch.query.pairs import iter_pairs, iter_weighted_pairs
from fakes.builders import phrase, prefix, term

DAYS = Range(field="published", low=dt.date(2020, 1, 1), high=None)


@pytest.mark.parametrize(
    "text",
    [
        "dân",
        "ngập*",
        "kho*o",
        "nh?n",
        "khéo~1",
        '"dân vận"',
        '"dân vận"~5',
        "title:kho*o",
        "title:khéo~2",
        'title:"dân vận"~0',
    ],
)
def test_a_leaf_is_described_as_it_is_typed(text):
    assert describe(parse_query(text)) == text


def test_the_leaves_of_a_query_are_those_that_a_hit_may_match():
    query = parse_query('(a OR b*)^2 published:2020 c~ -d NOT "e f"~3 gh?i')
    assert [describe(leaf) for leaf in iter_positive_leaves(query)] == ["a", "b*", "c", "gh?i"]


def pairs(text):
    return {describe(pair): factor for pair, factor in iter_weighted_pairs(parse_query(text))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b c", {'"a b"': 1, '"b c"': 1}),
        ("a^3 b c", {'"a b"': 2, '"b c"': 1}),
        ("(a b)^3 c", {'"a b"': 3}),
        ("((a^3 b)^2 c)^0.5", {'"a b"': 2}),
        ("(a b)^3 OR (a b)", {'"a b"': 3}),
        ("a b* c", {}),
        ("(a b*)^2 OR (c d)^.5 -(e f)", {'"c d"': 0.5}),
        ("title:(a b)^2", {'title:"a b"': 2}),
    ],
)
def test_pairs_count_with_the_boosts_around_them(text, expected):
    assert pairs(text) == expected
    assert [describe(pair) for pair in iter_pairs(parse_query(text))] == list(expected)


def test_words_of_different_fields_are_no_neighbours():
    query = Words(children=(term("a", "title"), term("b", "title"), term("c")), minimum=1)
    assert list(iter_pairs(query)) == [Phrase(terms=query.children[:2], field="title")]


def test_relaxing_reaches_into_boosts():
    query = parse_query("(a b)^2 OR c published:2020")
    assert is_relaxable(query)
    assert relax(query).children[0] == Boost(
        child=Words(children=(term("a"), term("b")), minimum=1), factor=2.0
    )
    assert not is_relaxable(relax(query))


def test_a_field_binds_every_leaf_that_has_none():
    query = And(
        children=(
            Boost(child=prefix("a"), factor=2.0),
            Or(children=(phrase("b c"), term("d", "body"))),
            Not(child=term("e")),
            DAYS,
            MatchAll(),
        )
    )
    assert within(query, "title") == And(
        children=(
            Boost(child=prefix("a", "title"), factor=2.0),
            Or(children=(phrase("b c", "title"), term("d", "body"))),
            Not(child=term("e", "title")),
            DAYS,
            MatchAll(),
        )
    )
