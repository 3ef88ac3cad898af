import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from civicsearch.analysis import Analyzer, fold, standardize

words = st.text(
    alphabet="aăâeêioôơuưydđnghkltvàáảãạằắẵặầấẫậềếễệìíỉĩịòóỏõọồốờớùúủũụừứỳýỷỹỵĐÐÂỦ", max_size=9
)
texts = st.text(max_size=80) | st.lists(words, max_size=12).map(" ".join)


@given(texts)
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(words)
def test_standardizing_twice_changes_nothing_more(word):
    assert standardize(standardize(word)) == standardize(word)


@given(texts)
def test_case_and_unicode_form_do_not_matter(text):
    def forms(variant):
        return [(token.exact, token.folded) for token in Analyzer().tokens(variant)]

    assert forms(unicodedata.normalize("NFD", text)) == forms(unicodedata.normalize("NFC", text))


@given(words.filter(bool))
def test_upper_case_is_the_same_word(word):
    assert standardize(word.upper()) == standardize(word)


@given(texts)
def test_spans_are_in_order_and_slice_to_the_same_token(text):
    end = 0
    for token in Analyzer().tokens(text):
        assert end <= token.span.start < token.span.end <= len(text)
        end = token.span.end
        again = Analyzer().tokens(text[token.span.start : token.span.end])
        assert [t.exact for t in again] == [token.exact]


@given(texts)
def test_the_same_exact_form_has_the_same_folded_form(text):
    for token in Analyzer().tokens(text):
        assert token.folded == fold(token.exact)
        assert token.exact
        assert token.folded
