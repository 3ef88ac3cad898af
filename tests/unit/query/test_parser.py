import pytest

from civicsearch.errors import QuerySyntaxError, UnknownFieldError
from civicsearch.query import And, MatchAll, Not, Or, Words, parse_query, parse_query_leniently
from civicsearch.query.parser import MAX_DEPTH, MAX_LEAVES, MAX_PREFIXES, MAX_QUERY_CHARS
from fakes.builders import phrase, prefix, term


def words(*texts, minimum):
    return Words(children=tuple(term(text) for text in texts), minimum=minimum)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dân", term("dân")),
        ("dân vận", words("dân", "vận", minimum=2)),
        ("a b c", words("a", "b", "c", minimum=3)),
        ("a b c d", words("a", "b", "c", "d", minimum=2)),
        ("a b c d e", words("a", "b", "c", "d", "e", minimum=3)),
        ("a b a", words("a", "b", minimum=2)),
        ('"dân vận"', phrase("dân vận")),
        ("“dân vận”", phrase("dân vận")),
        ("«dân vận»", phrase("dân vận")),
        ("„dân vận“", phrase("dân vận")),
        ('"dân"', term("dân")),
        ("19/2021/NĐ-CP", phrase("19/2021/NĐ-CP")),
        ("1 700", term("1700")),
        ("2 300 000 đồng", words("2300000", "đồng", minimum=2)),
        ("12 3456", words("12", "3456", minimum=2)),
        (
            "mô hình “dân vận khéo” ở xã",
            Words(
                children=(term("mô"), term("hình"), phrase("dân vận khéo"), term("ở"), term("xã")),
                minimum=3,
            ),
        ),
        (
            'mô hình "dân vận" ở xã',
            And(children=(phrase("dân vận"), words("mô", "hình", "ở", "xã", minimum=2))),
        ),
        ("xã “dân vận”", And(children=(phrase("dân vận"), term("xã")))),
        ("l'eau", words("l", "eau", minimum=2)),
        ("İstanbul’un", words("İstanbul", "un", minimum=2)),
        ("a AND b", And(children=(term("a"), term("b")))),
        ("a OR b", Or(children=(term("a"), term("b")))),
        ("a or b", words("a", "or", "b", minimum=3)),
        ("a -b", And(children=(term("a"), Not(child=term("b"))))),
        ("a NOT b", And(children=(term("a"), Not(child=term("b"))))),
        ("-b", And(children=(MatchAll(), Not(child=term("b"))))),
        ("kinh tế - xã hội", words("kinh", "tế", "xã", "hội", minimum=2)),
        ("ngap*", prefix("ngap")),
        ("*", MatchAll()),
        ("title:vận", term("vận", field="title")),
        ("TITLE:vận", term("vận", field="title")),
        ('title:"dân vận"', phrase("dân vận", field="title")),
        ("title:ngap*", prefix("ngap", field="title")),
        ("An Khê: Một", words("An", "Khê", "Một", minimum=3)),
        ("19:30", phrase("19 30")),
        ("+a b", And(children=(term("a"), term("b")))),
        ("a b OR c", Or(children=(words("a", "b", minimum=2), term("c")))),
        ("(a OR b) c", And(children=(Or(children=(term("a"), term("b"))), term("c")))),
        ('"a b" c d', And(children=(phrase("a b"), words("c", "d", minimum=2)))),
        (
            "title:(a -body:b)",
            And(children=(term("a", field="title"), Not(child=term("b", field="body")))),
        ),
        ("19/2021*", And(children=(term("19"), prefix("2021")))),
        ("-(a b)", And(children=(MatchAll(), Not(child=words("a", "b", minimum=2))))),
    ],
)
def test_what_a_query_means(text, expected):
    assert parse_query(text) == expected


@pytest.mark.parametrize(
    ("text", "message", "position"),
    [
        ("", "there is nothing to search for", 0),
        ("...", "there is nothing to search for", 0),
        ('"dân', "the quote is not closed", 0),
        ("a OR", "OR needs something on both sides", 2),
        ("AND a", "AND needs something on both sides", 0),
        ("(a", "this parenthesis is not closed", 0),
        ("a)", "this parenthesis closes nothing", 1),
        ("()", "there is nothing between these parentheses", 0),
        ("title:*", "what the title begins with is missing", 6),
        ("a*b", "a * may stand only at the end of a word", 0),
        ("a NOT", "something must follow here", 2),
        ("(" * (MAX_DEPTH + 1) + "a", f"parentheses nest deeper than {MAX_DEPTH}", None),
        ("a " * (MAX_QUERY_CHARS // 2 + 1), None, None),
        (" ".join(f"w{n}" for n in range(MAX_LEAVES + 1)), "only the first 64 words", None),
    ],
)
def test_a_strict_parser_names_the_first_problem_and_its_place(text, message, position):
    with pytest.raises(QuerySyntaxError) as caught:
        parse_query(text)
    assert caught.value.text == text
    if message is not None and position is not None:
        assert caught.value.reason == message
        assert caught.value.position == position
        assert f"character {position + 1}" in str(caught.value)


def test_a_strict_parser_names_an_unknown_field_and_the_known_ones():
    with pytest.raises(UnknownFieldError, match=r"no field 'foo'.*title, lead, body"):
        parse_query("foo:bar")


@pytest.mark.parametrize(
    ("text", "expected", "problems"),
    [
        (
            "foo:bar",
            words("foo", "bar", minimum=2),
            ["there is no field 'foo', so it is read as a word"],
        ),
        ('"dân vận', phrase("dân vận"), ["the quote is not closed"]),
        ("a OR", term("a"), ["OR needs something on both sides"]),
        ("OR", None, ["OR needs something on both sides"]),
        ("a ) b", And(children=(term("a"), term("b"))), ["this parenthesis closes nothing"]),
        ("", None, []),
    ],
)
def test_a_lenient_parser_makes_the_best_of_it_and_says_what_it_passed_over(
    text, expected, problems
):
    parsed = parse_query_leniently(text)
    assert parsed.query == expected
    assert [problem.message for problem in parsed.problems] == problems


def test_a_long_query_is_cut_not_refused_by_the_lenient_parser():
    parsed = parse_query_leniently("từ " * 10_000)
    assert parsed.query == term("từ")
    assert "only the first 1000 characters" in parsed.problems[-1].message


def test_too_many_prefixes_are_cut():
    parsed = parse_query_leniently(" ".join(f"w{n}*" for n in range(20)))
    assert len(parsed.query.children) == MAX_PREFIXES
    assert "only the first 8 words with a *" in parsed.problems[0].message


def test_too_many_words_are_cut_with_one_problem():
    parsed = parse_query_leniently(" ".join(f"w{n}" for n in range(100)))
    assert isinstance(parsed.query, Words)
    assert len(parsed.query.children) == MAX_LEAVES
    assert len(parsed.problems) == 1
