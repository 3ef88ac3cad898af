"""What bare words are meant as, by an archive of a few sentences."""

import pytest

from civicsearch.query import Words, parse_query
from civicsearch.suggesting.meaning import as_meant
from fakes.builders import a_searcher

TEXTS = (
    "Công tác dân vận khéo. Công tác dân vận của mặt trận.",
    "Thợ điện thay công tắc điện. Dẫn vạn bò về bản.",
    "Dân vận khéo là công tác của cả xã. Điện thắp sáng.",
)


@pytest.fixture(scope="module")
def vocabulary():
    return a_searcher(TEXTS).vocabulary


def meant(text, vocabulary):
    """Return the words of a query as they are meant."""
    query = as_meant(parse_query(text), vocabulary)
    assert isinstance(query, Words)
    return " ".join((form or child).exact for child, form in query.readings())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("cong tac dan van", "công tác dân vận"),
        ("cong tac dien", "công tắc điện"),
        ("công tac điện", "công tắc điện"),
        ("dan van bo", "dẫn vạn bò"),
        ("dẫn van", "dẫn vạn"),
        ("zzz dan van", "zzz dân vận"),
    ],
)
def test_neighbours_tell_what_is_meant(vocabulary, typed, expected):
    """Accents that were typed stay, and tell about the words beside them."""
    assert meant(typed, vocabulary) == expected


@pytest.mark.parametrize("text", ["dân vận", "dan", '"dan van"', "zzz qqq", "title:dan title:van"])
def test_nothing_is_guessed(vocabulary, text):
    """Where all accents are typed, for a lone word, phrases, unknown words and single fields."""
    query = parse_query(text)
    assert as_meant(query, vocabulary) == query


def test_runs_inside_of_other_nodes_are_read(vocabulary):
    """But not what must not be there: it counts nothing."""
    query = as_meant(parse_query("(cong tac) OR (dan van)^2"), vocabulary)
    found = query.children
    assert meant("cong tac", vocabulary) == "công tác"
    assert found[0].meant[0].exact == "công"
    assert found[1].child.meant[1].exact == "vận"
    negated = parse_query("xã -(dan van)")
    assert as_meant(negated, vocabulary) == negated


def test_what_is_no_word_stands_between(vocabulary):
    """A beginning or a phrase tells nothing about what is beside it."""
    query = as_meant(parse_query("dan van^2 cong~1 tac"), vocabulary)
    assert [form and form.exact for form in query.meant] == ["dân", None, None, "tác"]
