"""How much the words of a query tell."""

import pytest

from civicsearch.query import parse_query
from civicsearch.search.telling import telling_of


def told(text, **frequencies):
    query = parse_query(text)
    return telling_of(query, frequency=lambda leaf: frequencies[leaf.exact], documents=1000).words


def test_rare_words_tell_more():
    common, rare = told("common rare", common=500, rare=5)
    assert rare > 2 * common


def test_a_boost_tells_more_or_less():
    once, twice = told("one two^2", one=9, two=9)
    assert twice == pytest.approx(2 * once, abs=1)
    less, as_typed = told("one^0.5 two", one=9, two=9)
    assert less == pytest.approx(as_typed / 2, abs=1)


def test_a_word_typed_twice_tells_what_its_greater_boost_says():
    first, other = told("(one^3 two) OR one", one=9, two=9)
    assert first == pytest.approx(3 * other, abs=1)


def test_each_word_tells_something():
    assert told("all^0.01 rare", all=1000, rare=1)[0] == 1


def test_where_nothing_is_known_all_words_tell_alike():
    assert telling_of(parse_query("one two^2")).words == (1, 1)
