"""Which words of a long query say nothing of what it is about, and what they count."""

import pytest

from civicsearch.analysis import Analyzer
from civicsearch.query import function_words, parse_query
from civicsearch.query.function_words import (
    SMALL_PAIR_SHARE,
    asking_words,
    words_without_accents,
)
from civicsearch.query.nodes import describe
from civicsearch.query.pairs import iter_weighted_pairs


def asked(text):
    return sorted(asking_words([token.folded for token in Analyzer().tokens(text)]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is the height of the new town hall?", ["is", "what"]),
        ("Wie hoch ist der neue Turm des Rathauses?", ["ist", "wie"]),
        ("¿Cuántos habitantes tiene la ciudad de Lirana?", ["cuantos"]),
        ("Combien de ponts a la ville de Morane?", ["a", "combien"]),
        ("Qui a construit le pont de la ville et pourquoi ?", ["a", "pourquoi", "quy"]),
        ("Kolik mostů je ve městě a kdo je postavil?", ["je", "kdo", "kolik"]),
        ("Сколько мостов в городе и кто их построил?", ["kto", "skolьko"]),
        ("Πόσες γέφυρες έχει η πόλη και ποιος τις έχτισε;", ["ekhei", "poios", "poses"]),
        ("Yeni köprü nerede ve hangi yılda yapıldı?", ["hangi", "nerede"]),
    ],
)
def test_words_that_ask_are_known_in_the_language_of_the_query(text, expected):
    assert asked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mayor of Lam Khe opens bridge after war",  # `war` asks in German
        "The son of the king and the care of the sick",  # `son`, `care` elsewhere
        "quy hoach khu dan cu moi tai que son o quang nam",  # a place
        "Ai là chủ tịch của thị xã và khi nào bầu lại",
        "Turm Rathaus Brand",
        "",
    ],
)
def test_what_asks_in_another_language_alone_does_not(text):
    assert asked(text) == []


def test_each_language_has_small_words_to_be_known_by():
    assert function_words._ASKING.keys() == function_words._SMALL.keys()


@pytest.mark.parametrize("table", ["_ASKING", "_SMALL"])
def test_every_word_is_known_as_a_query_has_it(table):
    """`si` is `sy` there, for `sĩ` is written `sỹ` as well."""
    known = {"_ASKING": function_words._ASKED_IN, "_SMALL": function_words._SMALL_IN}[table]
    for language, words in getattr(function_words, table).items():
        tokens = Analyzer().tokens(words)
        assert len(tokens) == len(words.split())
        assert [t.folded for t in tokens if language not in known.get(t.folded, ())] == []


def pairs_of(text):
    """Return what neighbours count, by what is typed."""
    pairs = iter_weighted_pairs(parse_query(text))
    return {describe(pair).strip('"'): round(factor, 3) for pair, factor in pairs}


def test_neighbours_count_less_where_one_says_nothing():
    assert pairs_of("the height of the new town hall") == {
        "the height": SMALL_PAIR_SHARE,
        "height of": SMALL_PAIR_SHARE,
        "of the": SMALL_PAIR_SHARE,
        "the new": SMALL_PAIR_SHARE,
        "new town": 1.0,
        "town hall": 1.0,
    }


@pytest.mark.parametrize(
    "text",
    ["the town hall", "quy hoach khu dan cu o son la", "Turm Rathaus von Brand Morane Feuer"],
)
def test_in_short_queries_and_unknown_languages_all_neighbours_count_in_full(text):
    assert set(pairs_of(text).values()) == {1.0}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the council", ["the"]),
        ("the mayor of the town", ["of", "the"]),
        ("Was ist der Haushalt der Stadt", ["der", "ist", "was"]),
        ("wie konnte das fur die Stadt gehen", ["das", "die", "wie"]),
        ("a la ville de Morane et pour les ponts", []),
        ("cuantos habitantes tiene la ciudad de Lirana", []),
        ("the gioi", []),
        ("clip may bay mq 9 cua my bi is ban roi tai mosul", []),
        ("the", []),
        (
            "mayor says the new hall is not to be built in may",
            ["be", "in", "is", "may", "not", "the", "to"],
        ),
        ("the thao va the he tre", []),
        ("zastupitelstvo mesta", []),
        ("", []),
    ],
)
def test_which_words_lack_no_accents(text, expected):
    assert sorted(words_without_accents([t.folded for t in Analyzer().tokens(text)])) == expected
