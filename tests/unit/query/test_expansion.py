"""What in a query is expanded, and what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicsearch.analysis import Analyzer
from civicsearch.query import Not, Phrase, Synonyms, Term, Words, parse_query, parse_query_leniently
from civicsearch.query.abbreviations import built_in
from civicsearch.query.nodes import describe, iter_leaves
from fakes.builders import phrase, term

ANALYZER = Analyzer()


def read(text):
    return parse_query_leniently(text, analyzer=ANALYZER, abbreviations=built_in())


def leaves(text):
    return [describe(leaf) for leaf in iter_leaves(read(text).query)]


def told(text):
    return [(typed, *read_as) for typed, read_as in read(text).expansions]


def test_an_abbreviation_is_itself_or_what_it_means():
    assert read("UBND").query == Synonyms(
        typed=term("ubnd"), others=(phrase("ủy ban nhân dân"),), field=None
    )
    assert told("UBND") == [("UBND", "Ủy ban nhân dân")]


def test_each_word_of_a_long_form_is_itself_or_the_abbreviation():
    """So the number of words that a query needs stays what it was."""
    query = read("ủy ban nhân dân huyện").query
    assert isinstance(query, Words)
    assert query.minimum == parse_query("ủy ban nhân dân huyện").minimum
    ubnd = (term("ubnd"),)
    assert query.children == (
        *(Synonyms(typed=term(word), others=ubnd) for word in ("ủy", "ban", "nhân", "dân")),
        term("huyện"),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ubnd huyen", [("ubnd", "Ủy ban nhân dân")]),
        ("hdnd tinh", [("hdnd", "Hội đồng nhân dân")]),
        ("uy ban nhan dan", [("uy ban nhan dan", "UBND")]),
        ("Uỷ ban nhân dân", [("Uỷ ban nhân dân", "UBND")]),
        ("UỶ BAN NHÂN DÂN", [("UỶ BAN NHÂN DÂN", "UBND")]),
        ("họp ủy ban, nhân dân đông", [("ủy ban, nhân dân", "UBND")]),
        ("kinh tế - xã hội", [("kinh tế - xã hội", "KT-XH", "KTXH")]),
        ("kinh tế-xã hội", [("kinh tế-xã hội", "KT-XH", "KTXH")]),
        ("KT-XH", [("KT-XH", "kinh tế - xã hội", "KTXH")]),
        ("KT XH", [("KT XH", "kinh tế - xã hội", "KTXH")]),
        ("Sở GD&ĐT", [("GD&ĐT", "Giáo dục và Đào tạo", "GDĐT")]),
        ("so gd-dt", [("gd-dt", "Giáo dục và Đào tạo", "GDĐT")]),
        ("BTC", [("BTC", "Ban Tổ chức", "Bộ Tài chính")]),
        ("TT Nà Lường", [("TT", "thị trấn", "thông tư", "trung tâm")]),
        ("TT", [("TT", "thị trấn", "thông tư", "trung tâm")]),
        ("title:UBND", [("UBND", "Ủy ban nhân dân")]),
        ("+UBND họp", [("UBND", "Ủy ban nhân dân")]),
        ("UBND^2 họp", [("UBND", "Ủy ban nhân dân")]),
        ("UBND OR (HĐND AND họp)",
         [("UBND", "Ủy ban nhân dân"), ("HĐND", "Hội đồng nhân dân")]),
        ("UBND UBND", [("UBND", "Ủy ban nhân dân")]),
        ("hội đồng nhân dân và ủy ban nhân dân",
         [("hội đồng nhân dân", "HĐND"), ("ủy ban nhân dân", "UBND")]),
        ("Conseil d'incendie: SDIS", [("SDIS", "service départemental d'incendie et de secours")]),
        ("service départemental d'incendie et de secours",
         [("service départemental d'incendie et de secours", "SDIS")]),
    ],
)  # fmt: skip
def test_what_is_expanded(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "đường làng đẹp",
        '"UBND huyện"',
        '"UBND"',
        '"ủy ban nhân dân"',
        "“UBND” họp",
        "57-NQ/TW",
        "19/2021/NQ-CP",
        "nghi-quyet/57-NQ",
        "UBN*",
        "UBND~1",
        "UBND NEAR/3 họp",
        "ủy ban. Nhân dân",
        "ủy ban OR nhân dân",
        "ủy ban -nhân dân",
        "ủy ban title:nhân dân",
        'ủy ban "nhân dân"',
        "ủy ban nhẫn dân",
        "ubnđ",
        "tt nà lường",
        "Tt Nà Lường",
        "HỌP TT NÀ LƯỜNG",
        "ca mắc mới tu sửa",
        "thị trấn Nà Lường",
        "cộng tác dân vận",
        "công tác viện",
        "published:2020 -",
        "***",
    ],
)
def test_what_is_left_alone(text):
    parsed = read(text)
    assert parsed.expansions == ()
    assert parsed.query == parse_query_leniently(text, analyzer=ANALYZER).query


def test_a_word_that_is_in_several_long_forms_may_be_any_of_their_abbreviations():
    assert leaves("hội đồng nhân dân, ủy ban nhân dân") == [
        "hội (also hđnd)",
        "đồng (also hđnd)",
        "nhân (also hđnd, ubnd)",
        "dân (also hđnd, ubnd)",
        "ủy (also ubnd)",
        "ban (also ubnd)",
        "nhân (also hđnd, ubnd)",
        "dân (also hđnd, ubnd)",
    ]


def test_what_holds_another_synonym_is_none():
    """Where `tp hcm` stands, `tp` does."""
    assert leaves("thành phố Hồ Chí Minh")[0] == "thành (also tp, tphcm)"


def test_a_field_binds_all_readings():
    assert leaves("title:UBND") == ['title:ubnd (also "ủy ban nhân dân")']
    (leaf,) = iter_leaves(read("title:UBND").query)
    assert {form.field for form in leaf.forms} == {"title"}


def test_what_is_excluded_is_expanded_where_it_means_one_thing():
    excluded = [part for part in read("họp -UBND -BTC").query.children if isinstance(part, Not)]
    assert [type(part.child) for part in excluded] == [Synonyms, Term]
    assert told("họp -UBND -BTC") == [("UBND", "Ủy ban nhân dân")]


def test_what_is_in_quotes_stays_beside_what_is_not():
    assert leaves('"hội đồng nhân dân" UBND') == [
        '"hội đồng nhân dân"', 'ubnd (also "ủy ban nhân dân")',
    ]  # fmt: skip


def test_a_code_stays_whole_beside_an_abbreviation():
    query = read("UBND 57-NQ/TW").query
    assert phrase("57 nq tw") in query.children
    assert all(isinstance(child, Synonyms | Phrase) for child in query.children)


pieces = st.sampled_from(
    ["UBND", "ủy ban", "nhân dân", "uy", "ban", "TT", "GD&ĐT", "57-NQ/TW", '"', "(", ")", "-", "+",
     "OR", "AND", "NOT", "title:", "^2", "~", "*", "NEAR/2", ",", ".", "’", "KT-XH", "TP.HCM", "x"]
)  # fmt: skip


@given(st.lists(pieces, max_size=12).map(" ".join) | st.lists(pieces, max_size=12).map("".join))
def test_expanding_never_fails_and_tells_what_it_did(text):
    """Nothing but synonyms is new; they are told, and what is told stands in the text."""
    plain = parse_query_leniently(text, analyzer=ANALYZER)
    parsed = read(text)
    assert parsed.problems == plain.problems
    found = [] if parsed.query is None else list(iter_leaves(parsed.query))
    typed = [leaf.forms[0] if isinstance(leaf, Synonyms) else leaf for leaf in found]
    assert typed == ([] if plain.query is None else list(iter_leaves(plain.query)))
    assert bool(parsed.expansions) == any(isinstance(leaf, Synonyms) for leaf in found)
    for expansion in parsed.expansions:
        assert expansion.typed in text
        assert expansion.read_as
