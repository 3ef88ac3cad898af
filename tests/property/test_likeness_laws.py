"""What is told from the bytes of a dictionary misses no word that is like another."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from civicsearch.analysis import Analyzer
from civicsearch.analysis.analyzer import UNACCENTED
from civicsearch.engines.local.likeness import may_be_alike, may_be_meant
from civicsearch.engines.local.terms import encode_term
from civicsearch.query.likeness import beginning_of, is_alike, is_within_edits
from civicsearch.query.matching import fuzzy_tier
from civicsearch.query.nodes import Fuzzy

words = st.text("abé1", max_size=12) | st.builds(
    lambda word, ending: word + ending, st.just("abcdefgh"), st.text("abh", max_size=5)
)


@given(st.lists(words, min_size=1), words)
def test_no_word_that_is_alike_is_missed(folded, asked):
    terms = [encode_term(0, word, exact) for word in folded for exact in (word, word + "ệ")]
    bounds = np.cumsum([0, *map(len, terms)])
    data = np.frombuffer(b"".join(terms), np.uint8)
    may_be = set(may_be_alike(data, bounds, asked).tolist())
    assert {place for place in range(len(terms)) if is_alike(asked, folded[place // 2])} <= may_be


# With letters that fold to none of one letter, to several, or to those of another script.
spelled = st.text("aáảbđßæе字", min_size=1, max_size=6)


@given(st.lists(spelled, min_size=1, max_size=8), spelled, st.integers(1, 2))
@example(["straße"], "strasse", 2)
@example(["aaa"], "ßßß", 2)
def test_no_word_that_may_be_meant_is_missed(texts, asked, distance):
    tokens = [token for text in texts for token in Analyzer().tokens(text)]
    forms = [(t.exact + sign, t.folded) for t in tokens for sign in ("", UNACCENTED)]
    terms = [encode_term(0, folded, exact) for exact, folded in forms]
    bounds = np.cumsum([0, *map(len, terms)])
    data = np.frombuffer(b"".join(terms), np.uint8)
    (meant,) = Analyzer().tokens(asked)
    word = Fuzzy(exact=meant.exact, folded=meant.folded, distance=distance)
    may_be = set(may_be_meant(data, bounds, word).tolist())
    assert {n for n, form in enumerate(forms) if fuzzy_tier(word, *form) is not None} <= may_be


@given(words, words)
def test_likeness_is_one_edit_or_another_ending(one, other):
    if is_alike(one, other):
        beginning = beginning_of(one)
        has_beginning = bool(beginning) and other.startswith(beginning)
        assert has_beginning or is_within_edits(one, other, 1)
        assert one[:1] == other[:1]


@given(words, words)
def test_likeness_is_mutual_for_words_without_digits(one, other):
    if not any(map(str.isdigit, one + other)) and len(one) == len(other):
        assert is_alike(one, other) is is_alike(other, one)
