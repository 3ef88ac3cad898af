"""What is told from the bytes of a dictionary misses no word that is like another."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from civicsearch.engines.local.likeness import may_be_alike
from civicsearch.engines.local.terms import encode_term
from civicsearch.query.likeness import beginning_of, is_alike, is_within_edits

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
