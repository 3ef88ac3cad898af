from hypothesis import given
from hypothesis import strategies as st

from civicsearch.errors import RequestError
from civicsearch.query import parse_query, parse_query_leniently

pieces = st.sampled_from(
    ["dân", "vận", "AND", "OR", "NOT", "-", "+", "(", ")", '"', "“", "”", "title:", "foo:", "*",
     "a*", "*a", ":", "19/2021", " ", "  ", "\t", "'", "1.700", "không", "«", "»", "--", "\x00"]
)  # fmt: skip
texts = st.lists(pieces, max_size=40).map("".join) | st.text(max_size=200)
spaced = st.lists(pieces, max_size=60).map(" ".join)


@given(texts | spaced)
def test_no_text_breaks_the_lenient_parser(text):
    parsed = parse_query_leniently(text)
    assert all(0 <= problem.position <= max(len(text), 1000) for problem in parsed.problems)


@given(texts | spaced)
def test_the_strict_parser_agrees_with_the_lenient_one_or_raises_a_request_error(text):
    parsed = parse_query_leniently(text)
    try:
        query = parse_query(text)
    except RequestError:
        assert parsed.problems or parsed.query is None
    else:
        assert not parsed.problems
        assert query == parsed.query
