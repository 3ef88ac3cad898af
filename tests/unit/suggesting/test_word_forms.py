"""Which words of an archive are taken for forms of one."""

import pytest

from civicsearch.query import parse_query
from civicsearch.query.nodes import relax
from civicsearch.suggesting.word_forms import FORM_WEIGHT, MOST_FORMS, forms_in, with_word_forms
from fakes.builders import a_searcher

TEXTS = (
    "The budget, all budgets, a budgeting town; the budgerigar and the bud.",
    "Die Stadt und die Städte, der Städter; в городе, города и городами.",
    "A cat, cats. Plans of plan F22 and F221. Reader, reads.",
    "Nhà văn hóa thôn Nà Lường, thành phố, thanh niên, thắng lợi.",
)
REST = " about the town of und"
"""Words that are there, so that a query is long and not Vietnamese."""


@pytest.fixture(scope="module")
def searcher():
    return a_searcher(TEXTS)


def forms(word, searcher, rest=REST, **how):
    (run,) = forms_in(with_word_forms(parse_query(word + rest), searcher, **how))
    return sorted(run[0])


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("budget", ["budgeting", "budgets"]),
        ("budgets", ["budget", "budgeting"]),
        ("budgetary", ["budget", "budgeting", "budgets"]),  # itself it is nowhere
        ("stadt", ["städte", "städter"]),
        ("städte", ["stadt", "städter"]),
        ("города", ["городами", "городе"]),
        ("reader", ["reads"]),
        ("cats", []),  # three letters alike are too few
        ("f221", []),  # a code
        ("zzzz", []),
    ],
)
def test_forms_begin_alike_and_end_otherwise(searcher, typed, others):
    assert forms(typed, searcher) == others


def test_vietnamese_words_have_no_other_forms(searcher):
    assert forms("thanh", searcher, " niên thôn nà lường") == []
    assert forms("thành", searcher) == []  # nor an accented one among other words
    assert "thắng" not in forms("thanks", searcher)


def test_forms_are_few_and_the_frequent_ones():
    words = ["mayors", "mayoral", "mayory", "mayore", "mayori"]
    texts = [" ".join(words[:end]) + " and the town of it" for end in range(1, len(words) + 1)]
    found = forms("mayor", a_searcher(texts), " and the town of it")
    assert found == sorted(words[:MOST_FORMS])


def test_a_frequent_word_is_left_alone(monkeypatch, searcher):
    monkeypatch.setattr("civicsearch.suggesting.word_forms._FREQUENT", 0)
    assert forms("budget", searcher) == []
    assert forms("budgetary", searcher) == ["budget", "budgeting", "budgets"]


@pytest.mark.parametrize("text", ['"budget town of the"', "title:budget AND town", "budget"])
def test_what_is_marked_or_alone_stays_as_it_is(searcher, text):
    query = parse_query(text)
    assert with_word_forms(query, searcher, in_all=True) == query


def test_a_short_run_has_other_forms_only_where_that_is_asked(searcher):
    query = parse_query("budget town")
    assert with_word_forms(query, searcher) == query
    assert forms("budget", searcher, " town", in_all=True) == ["budgeting", "budgets"]


def test_a_form_counts_less_than_the_word_that_was_typed(searcher):
    query = with_word_forms(parse_query("budget" + REST), searcher)
    assert query.children[0].weight == FORM_WEIGHT < 1


def test_a_relaxed_query_keeps_the_forms(searcher):
    query = with_word_forms(parse_query("budget" + REST), searcher)
    assert forms_in(relax(query)) == forms_in(query)
