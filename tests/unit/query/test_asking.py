"""Which words of a long query only ask."""

import pytest

from civicsearch.analysis import Analyzer
from civicsearch.query import asking
from civicsearch.query.asking import asking_words


def asked(text):
    return sorted(asking_words([token.folded for token in Analyzer().tokens(text)]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is the height of the new town hall?", ["is", "what"]),
        ("Wie hoch ist der neue Turm des Rathauses?", ["ist", "wie"]),
        ("¿Cuántos habitantes tiene la ciudad de Lirana?", ["cuantos"]),
        ("Combien de ponts a la ville de Morane?", ["a", "combien"]),
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
    assert asking._ASKING.keys() == asking._SMALL.keys()
