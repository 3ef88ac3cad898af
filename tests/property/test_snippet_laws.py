from hypothesis import given
from hypothesis import strategies as st

from civicsearch.analysis import Analyzer
from civicsearch.document import Document
from civicsearch.query import parse_query_leniently
from civicsearch.schema import field_texts
from civicsearch.search.snippets import MAX_SNIPPET_CHARS, make_snippet

words = st.sampled_from(["dân", "dan", "vận", "khéo", "xã", "<b>", "&", "1.700", "a" * 300, "."])
bodies = st.lists(words | st.sampled_from(["\n\n", ". "]), max_size=120).map(" ".join)
queries = st.sampled_from(
    ["dân", "dan van", '"dân vận"', "kh*", "xã -dân", "zzz", "dân vận khéo xã"]
)


@given(bodies | st.text(max_size=600), queries)
def test_a_snippet_is_a_slice_of_the_text_and_marks_only_what_matches(body, text):
    query = parse_query_leniently(text).query
    document = Document(document_id="1", body=body)
    snippet = make_snippet(document, query, Analyzer().field_tokens(field_texts(document)))
    inner = snippet.text.removeprefix("…").removesuffix("…")
    assert inner in body.replace("\n", " ").replace("\t", " ")
    assert len(inner) <= MAX_SNIPPET_CHARS
    end = 0
    for span in snippet.highlights:
        assert end <= span.start < span.end <= len(snippet.text)
        end = span.end
