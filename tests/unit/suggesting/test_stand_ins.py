"""What stands in for words that no article has, by an archive of a few sentences."""

import pytest

from civicsearch.query import parse_query
from civicsearch.query.nodes import iter_positive_leaves, relax
from civicsearch.suggesting.stand_ins import iter_stand_ins, with_stand_ins
from fakes.builders import a_searcher

TEXTS = (
    "The parliament answered many questions about railways. Parliament sat long.",
    "Many question the railway. The form of a farm. A firm farm.",
    "Thôn Nà Lường khởi công tuyến đường. Đường mới khởi công.",
)
REST = " about the many long"
"""Words that are there, so that a query is long."""


@pytest.fixture(scope="module")
def searcher():
    return a_searcher(TEXTS)


def read(text, searcher):
    """Return the first word of a query with words that stand for others."""
    return next(iter_positive_leaves(with_stand_ins(parse_query(text), searcher))).exact


@pytest.mark.parametrize(
    ("typed", "stands_in"),
    [
        ("parlaiment", "parliament"),  # one slip
        ("questioning", "questions"),  # another ending, as it stands before `about`
        ("furm", "farm"),  # of two that are as like, the more frequent one
        ("firms", "firm"),
        ("tuyêns", "tuyến"),
        ("tuyens", "tuyen"),  # who leaves accents out may mean any
        ("zzzz", "zzzz"),
        ("qar", "qar"),  # too short
        ("farm2", "farm2"),  # a code
        ("xarliament", "xarliament"),  # the first letter must agree
        ("farm", "farm"),  # it is there
    ],
)
def test_the_word_that_is_most_like_one_stands_for_it(searcher, typed, stands_in):
    assert read(typed + REST, searcher) == stands_in


def test_neighbours_tell_which_of_several_it_is(searcher):
    """Both `công` and `cống` are one slip from it; behind `khởi` is the former."""
    typed = parse_query("thôn nà lường khởi côngg đường")
    asked = with_stand_ins(typed, searcher)
    assert list(iter_stand_ins(typed, asked)) == [("côngg", "công")]


@pytest.mark.parametrize(
    "text", ["parlaiment many", '"parlaiment sat"', "the title:parlaiment", "parlaiment"]
)
def test_short_queries_and_all_that_is_marked_stay_as_they_are(searcher, text):
    query = parse_query(text)
    assert with_stand_ins(query, searcher) == query


def test_relaxed_queries_and_those_of_known_words_stay_as_they_are(searcher):
    known = parse_query("farm" + REST)
    assert with_stand_ins(known, searcher) == known
    relaxed = relax(parse_query("parlaiment" + REST))
    assert with_stand_ins(relaxed, searcher) == relaxed
