import json
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from civicsearch.analysis import Analyzer
from civicsearch.document import Caption, Document
from civicsearch.query import parse_query_leniently
from civicsearch.query.abbreviations import form_node
from civicsearch.query.nodes import Fuzzy, MatchAll, Near, Or, Prefix, Synonyms, Term, Wildcard
from civicsearch.search.highlighting import DocumentMarks
from civicsearch.search.snippets import (
    MAX_SNIPPET_CHARS,
    find_passages,
    highlight_title,
    make_passages,
    make_snippet,
)
from civicsearch.search.telling import telling_of
from fakes.plain_snippets import find_words, plain_snippet, plain_title_highlights, plain_tokens

CORPUS = Path(__file__).resolve().parents[2] / "corpus"

words = st.sampled_from(["dân", "dan", "vận", "khéo", "xã", "<b>", "&", "1.700", "a" * 300, "."])
bodies = st.lists(words | st.sampled_from(["\n\n", ". "]), max_size=120).map(" ".join)
queries = st.sampled_from(
    ["dân", "dan van", '"dân vận"', "kh*", "xã -dân", "zzz", "dân vận khéo xã"]
)

# Words of several scripts and forms, numbers in all groupings, and what stands between them.
nasty_words = st.sampled_from(
    [
        "dân",
        "Dân",
        "DÂN",
        "dan",
        "đan",
        "dẫn",
        "vận",
        "van",
        "khéo",
        "kheo",
        "kỹ",
        "kĩ",
        "ky",
        "ki",
        "quí",
        "quý",
        "hoà",
        "hòa",
        "uỷ",
        "ủy",
        "uy",
        "xã",
        "xa",
        "đ",
        "1",
        "12",
        "700",
        "1700",
        "1.700",
        "1,700",
        "1700đ",
        "700đ",
        "1.700đ",
        "700.000",
        "x,700",
        "000",
        ".700",
        "5²",
        "²",
        "1\xa0700",
        "١",
        "٧٠٠",
        "57-NQ/TW",
        "straße",
        "strasse",
        "řeka",
        "reka",
        "ﬁ",
        "ŉ",
        "İ",
        "ı",
        "ß",
        "œuvre",
        "москва",
        "Ελλάδα",
        "中文字",
        "été",
        "ận",
        "soft\xadhyphen",
        "zero\u200cwidth",
        "x⃐",
        "–",
        "…",
        "|",
        "•",
        "€",
        "★",
        "♥",
        "😀a",
        "<b>",
        "_",
        "a_b",
        "'",
        "“dân”",
        "",
    ]
) | st.sampled_from(["k" * 99, "k" * 100, "k" * 101, "k" * 130, "123" + "k" * 120, "\ud800x"])
nasty_gaps = st.sampled_from(
    [" "] * 12 + ["", "  ", "\n", "\n\n", ". ", '." ', ", ", "-", ".", "\xa0", "\t", "; ", " | "]
)
sentences = st.sampled_from(
    [
        "Sáng nay, xã Đồng Vọng khởi công đường liên thôn. ",
        "Người dân góp 1.200 ngày công, trị giá 1 700 000đ.\n\n",
        "Ban Dân vận Huyện uỷ đánh giá mô hình “dân vận khéo” ở đây. ",
        "The council approved the plan of the people. ",
        "Chỉ tiêu | Kỹ thuật | 12 700\n",
        "Rada města schválila rozpočet. ",
    ]
)
nasty_texts = st.lists(
    st.tuples(nasty_words, nasty_gaps).map("".join) | sentences, max_size=40
).map("".join)
texts = nasty_texts | nasty_texts.map(lambda text: unicodedata.normalize("NFD", text))
short_texts = st.lists(nasty_words, max_size=6).map(" ".join)

documents = st.builds(
    Document,
    document_id=st.just("1"),
    title=short_texts,
    lead=st.just("") | texts,
    body=texts,
    captions=st.lists(st.builds(Caption, text=short_texts), max_size=2).map(tuple),
    source=st.sampled_from(["", "Báo Sông Lam"]),
)

asked_words = nasty_words | st.sampled_from(
    ["kh*", "d*", "1*", "17*", "d?n", "?", "k*y", "*", "*n", "1?00", "dân~1", "1700~1", "ky~2"]
)
asked_groups = st.one_of(
    asked_words,
    st.lists(asked_words, min_size=2, max_size=4).map(" ".join),
    st.lists(nasty_words, min_size=2, max_size=3).map(lambda found: f'"{" ".join(found)}"'),
    st.tuples(nasty_words, nasty_words, st.integers(0, 5)).map(lambda t: f'"{t[0]} {t[1]}"~{t[2]}'),
    asked_words.map(lambda word: f"title:{word}"),
    asked_words.map(lambda word: f"-{word}"),
)
nasty_queries = st.lists(asked_groups, min_size=1, max_size=3).map(" ".join)

forms = st.sampled_from(
    ["dân", "dan", "ky", "1700", "straße", "", "k" * 100, "d?n", "1*", "*", "ß"]
)
leaves = st.one_of(
    st.builds(Term, exact=forms, folded=forms),
    st.builds(Prefix, exact=forms, folded=forms),
    st.builds(Wildcard, exact=forms, folded=forms),
    st.builds(Fuzzy, exact=forms, folded=forms, distance=st.integers(1, 2)),
    st.builds(
        Near,
        terms=st.lists(st.builds(Term, exact=forms, folded=forms), min_size=2, max_size=3).map(
            tuple
        ),
        distance=st.integers(0, 4),
    ),
    st.builds(
        Synonyms,
        typed=st.builds(Term, exact=forms, folded=forms),
        others=st.lists(
            st.sampled_from(["dân", "vận dân", "1 700", "khéo dân vận", "ky"]).map(form_node),
            min_size=1,
            max_size=2,
        ).map(tuple),
        field=st.sampled_from([None, "title"]),
    ),
)


def assert_shown_as_plainly(document, query, tokens=None):
    tokens = tokens or plain_tokens(document)
    marks = DocumentMarks(document, query, Analyzer())
    for field in ("title", "lead", "body", "caption"):
        expected = [
            (*place.span, place.leaf, place.tier) for place in find_words(query, tokens, field)
        ]
        assert marks.find(field).words == expected, field
    assert make_snippet(document, marks) == plain_snippet(document, query, tokens)
    assert make_snippet(document, marks, max_chars=40) == plain_snippet(
        document, query, tokens, max_chars=40
    )
    assert highlight_title(marks) == plain_title_highlights(query, tokens)
    telling = telling_of(query, frequency=lambda leaf: len(repr(leaf)) % 40, documents=40)
    marks = DocumentMarks(document, query, Analyzer(), telling=telling)
    assert make_snippet(document, marks) == plain_snippet(document, query, tokens, telling=telling)
    assert_passages(document, marks, max_chars=280)
    assert_passages(document, marks, max_chars=40)


def assert_passages(document, marks, *, max_chars):
    """Each with a match, as long as it may be, no text in two of them; the snippet first."""
    passages = make_passages(document, marks, limit=4, max_chars=max_chars)
    assert passages[0] == make_snippet(document, marks, max_chars=max_chars)
    assert passages[:2] == make_passages(document, marks, limit=2, max_chars=max_chars)
    found = find_passages(marks, limit=4, max_chars=max_chars)
    windows = sorted((passage.field, passage.window) for passage in found)
    for (field, first), (other, second) in pairwise(windows):
        assert field != other or first.end <= second.start
    for passage in found:
        assert passage.snippet.highlights
        assert len(passage.snippet.text) <= max_chars + 2


@given(bodies | st.text(max_size=600), queries)
def test_a_snippet_is_a_slice_of_the_text_and_marks_only_what_matches(body, text):
    query = parse_query_leniently(text).query
    document = Document(document_id="1", body=body)
    snippet = make_snippet(document, DocumentMarks(document, query, Analyzer()))
    inner = snippet.text.removeprefix("…").removesuffix("…")
    assert inner in body.replace("\n", " ").replace("\t", " ")
    assert len(inner) <= MAX_SNIPPET_CHARS
    end = 0
    for span in snippet.highlights:
        assert end <= span.start < span.end <= len(snippet.text)
        end = span.end


@example(  # what is found begins before the second window
    Document(document_id="1", captions=(Caption(text=f"{'k' * 100} dân"),)),
    f'dân "dân {"k" * 100}"~0',
)
@given(documents, nasty_queries)
def test_what_is_shown_is_what_all_tokens_would_show(document, text):
    assert_shown_as_plainly(document, parse_query_leniently(text).query or MatchAll())


@given(documents, st.lists(leaves, min_size=1, max_size=2).map(tuple))
def test_the_same_for_leaves_that_nobody_types(document, asked):
    assert_shown_as_plainly(document, Or(children=asked))


@given(st.text(max_size=200), st.text(max_size=20))
def test_the_same_for_any_text_and_any_query(body, text):
    query = parse_query_leniently(text).query or MatchAll()
    assert_shown_as_plainly(Document(document_id="1", title=body[:30], body=body), query)


@given(documents)
def test_the_same_for_the_words_of_the_document(document):
    for text in (document.title, document.body[:80], f'"{document.body[20:50]}"'):
        assert_shown_as_plainly(document, parse_query_leniently(text).query or MatchAll())


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*/*.json")), ids=lambda path: path.stem)
def test_the_pages_of_the_corpus_are_shown_the_same(path):
    document = Document.from_dict({"id": path.stem, **json.loads(path.read_text("utf-8"))})
    tokens = plain_tokens(document)
    typed = f"{document.title} {document.body}".split()
    for start in range(0, len(typed), 23):
        words = " ".join(typed[start : start + 3])
        for text in (words, without_marks(words), f'"{words}"'):
            query = parse_query_leniently(text).query or MatchAll()
            assert_shown_as_plainly(document, query, tokens)


def without_marks(text):
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if letter.isascii())
