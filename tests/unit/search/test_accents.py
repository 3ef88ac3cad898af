from itertools import chain

import pytest

from civicsearch.analysis.analyzer import UNACCENTED, Analyzer
from civicsearch.search import accents
from civicsearch.search.accents import is_accented

ENGLISH = "The council of the town approved the plan of the people. " * 8


def decided_by_all_tokens(texts):
    tokens = Analyzer().field_tokens(dict(enumerate(texts)))
    return not any(token.exact.endswith(UNACCENTED) for token in chain(*tokens.values()))


@pytest.mark.parametrize(
    "texts",
    [
        ["Sáng nay, xã Đồng Vọng khởi công đường liên thôn."],
        ["Sang nay, xa Dong Vong khoi cong duong lien thon."],
        [ENGLISH],
        [ENGLISH, "Café “Zoë”"],
        [ENGLISH, "Café"],
        ["Café", ENGLISH * 20],
        [ENGLISH, "é " * 200 + "1.700 1 700đ " * 50],
        ["é" * 300, "x" * 300],
        ["字" * 500, "plain words"],
    ],
)
def test_the_decision_is_that_of_the_analyzer(texts):
    assert is_accented(texts, Analyzer()) == decided_by_all_tokens(texts)


def test_the_share_is_that_of_all_fields_to_the_word():
    for count in range(1, 200):
        texts = ["plain " * count, "é"]
        assert is_accented(texts, Analyzer()) == decided_by_all_tokens(texts), count


def test_a_document_without_words_was_typed_without_accents():
    assert not is_accented([], Analyzer())


def test_chunks_are_forgotten_in_time(monkeypatch):
    monkeypatch.setattr(accents, "_MAX_KNOWN", 3)
    counted = accents._Memo(len)
    assert [counted[chunk] for chunk in ("a", "bb", "ccc", "dddd", "e" * 200)] == [1, 2, 3, 4, 200]
    assert list(counted) == ["dddd"]
