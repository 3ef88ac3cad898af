"""What is behind `num:` and `about:`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicsearch.query import Number, Or, parse_query, parse_query_leniently
from civicsearch.query.nodes import describe
from civicsearch.query.spoken import read_spoken


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("num:1700", 1700, 1700),
        ("num:1.700", 1700, 1700),
        ("num:1,700.", 1700, 1700),
        ("num:>1.700", 1701, None),
        ("num:>=1700", 1700, None),
        ("num:<1700", None, 1699),
        ("num:<=1700", None, 1700),
        ("num:[1000 TO 2.000]", 1000, 2000),
        ("num:[1 700 TO *]", 1700, None),
        ("num:1 700", 1700, 1700),
        ("num:>=1 700", 1700, None),
        ("num:[* TO 0]", None, 0),
        ("NUM:*", None, None),
    ],
)
def test_numbers_are_read(text, low, high):
    assert parse_query(text) == Number(low=low, high=high)


@pytest.mark.parametrize(
    "text",
    ["num:abc", "num:1.5", "num:[9 TO 3]", "num:<0", "num:-3", "num:[a TO b]", "num:" + "9" * 19],
)
def test_what_is_no_number_is_read_as_words(text):
    """With a sentence that says what is understood."""
    parsed = parse_query_leniently(text)
    assert "num takes whole numbers, like 1700" in parsed.problems[0].message


def test_numbers_are_said_as_they_are_typed():
    assert describe(parse_query("num:[1.000 TO 2000]")) == "num:[1000 TO 2000]"
    assert describe(parse_query("num:>5")) == "num:[6 TO *]"
    assert describe(parse_query("num:5")) == "num:5"


def said(text):
    query = parse_query(text)
    return {describe(leaf) for leaf in (query.children if isinstance(query, Or) else (query,))}


def terms(begin, end):
    return {f'"{begin}{between} {end}"' for between in ("", " [1 TO 12]", " đến", " đến năm")}


TERMS_AROUND = terms("[2006 TO 2020]", "[2027 TO 2041]")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("about:2015", {"num:2015", *terms("[2000 TO 2014]", "[2016 TO 2030]")}),
        ("about:2021-2026", {"num:[2021 TO 2026]", *TERMS_AROUND}),
        ("about:[2021 TO 2026]", {"num:[2021 TO 2026]", *TERMS_AROUND}),
        ("about:08/2020", {'"8 2020"', '"8 năm 2020"'}),
        ("about:2020-08", {'"8 2020"', '"8 năm 2020"'}),
        (
            "about:06/08/2020",
            {'"6 8 2020"', '"6 tháng 8 2020"', '"6 8 năm 2020"', '"6 tháng 8 năm 2020"'},
        ),
    ],
)
def test_times_are_read(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    "text", ["about:Q2/2020", 'about:"quý II/2020"', "about:2020-Q2", "about:quy2/2020"]
)
def test_a_quarter_is_its_names_and_its_months(text):
    found = said(text)
    assert {
        '"2 2020"',
        '"ii 2020"',
        '"q2 2020"',
        '"ii năm 2020"',
        '"4 2020"',
        '"6 năm 2020"',
    } <= found
    assert '"7 2020"' not in found


@pytest.mark.parametrize(
    "text",
    [
        "about:xyz",
        "about:2026-2021",
        "about:13/2020",
        "about:32/01/2020",
        "about:31/02/2020",
        "about:II/2020x",
    ],
)
def test_what_is_no_time_is_read_as_words(text):
    parsed = parse_query_leniently(text)
    assert "about takes a year, 2021-2026" in parsed.problems[0].message


@given(st.text(st.sampled_from("0123456789/-. QqIiquý[TO]"), max_size=15))
def test_no_text_does_more_than_raise(text):
    try:
        read_spoken(text)
    except ValueError:
        return
