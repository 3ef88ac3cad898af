"""How many of its words a document must hold."""

import pytest

from civicsearch.query import And, MatchAll, Or, Words, parse_query
from civicsearch.search.quorum import Quorum, quorum_of

FREQUENCIES = {"was": 900, "der": 1000, "turm": 20, "gebaut": 100, "zzz": 0}


def quorum(query):
    return quorum_of(query, frequency=lambda leaf: FREQUENCIES[leaf.exact], documents=1000)


def test_parts_are_counted():
    """All, any, or so many as a run of words says."""
    children = parse_query("was der turm").children
    assert quorum(And(children=children)) == Quorum((1, 1, 1), 3)
    assert quorum(Or(children=children)) == Quorum((1, 1, 1), 1)
    assert quorum(Words(children=children, minimum=2)) == Quorum((1, 1, 1), 2)


def test_rare_words_tell_more_and_unknown_ones_nothing():
    """A fifth of what all of them tell: the rare word does, both of the common ones do not."""
    votes, least = quorum(parse_query("was der turm gebaut zzz"))
    assert votes == (1, 1, 31, 18, 0)
    assert least == 11


def test_what_counts_less_tells_less_and_what_counts_more_no_more():
    """And what is found at all tells something."""
    children = parse_query("turm^0.5 turm^3 der^0.1 zzz^0.5").children
    assert quorum(Words(children=children, minimum=1, share=0.2)).votes == (16, 31, 1, 0)


@pytest.mark.parametrize(("words", "least"), [("zzz zzz^2", 1), ("der der^2 der^3", 1)])
def test_something_must_match(words, least):
    """Even where no word is known, or all are everywhere."""
    children = tuple(dict.fromkeys(parse_query(words).children))
    assert quorum(Words(children=children, minimum=1, share=0.2)).least == least


def test_a_group_tells_what_its_rarest_part_does():
    """And one without words tells nothing."""
    children = (parse_query("(der OR turm)"), MatchAll())
    assert quorum(Words(children=children, minimum=1, share=0.2)).votes == (31, 0)
