import datetime as dt

import pytest

from civicsearch.errors import QuerySyntaxError, UnknownFieldError
from civicsearch.query import (
    And,
    Boost,
    Fuzzy,
    MatchAll,
    Near,
    Not,
    Or,
    Range,
    Wildcard,
    Words,
    parse_query,
    parse_query_leniently,
)
from civicsearch.query.function_words import ASKING_WEIGHT
from civicsearch.query.grammar import MAX_DEPTH, MAX_LEAVES
from civicsearch.query.nodes import Phrase
from civicsearch.query.operators import MAX_PATTERNS
from civicsearch.query.parser import MAX_QUERY_CHARS
from fakes.builders import phrase, prefix, term


def words(*texts, minimum):
    return Words(children=tuple(term(text) for text in texts), minimum=minimum)


def headline(*texts):
    """More than four words: some that tell enough."""
    return Words(children=tuple(term(text) for text in texts), minimum=1, share=0.2)


def wildcard(exact, folded=None, field=None):
    return Wildcard(exact=exact, folded=folded or exact, field=field)


def fuzzy(text, distance, field=None):
    word = term(text)
    return Fuzzy(exact=word.exact, folded=word.folded, distance=distance, field=field)


def near(text, distance, field=None):
    return Near(terms=phrase(text).terms, distance=distance, field=field)


def boost(child, factor):
    return Boost(child=child, factor=factor)


def days(low, high):
    low, high = (dt.date(*day) if day else None for day in (low, high))
    return Range(field="published", low=low, high=high)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dân", term("dân")),
        ("dân vận", words("dân", "vận", minimum=2)),
        ("a b c", words("a", "b", "c", minimum=3)),
        ("a b c d", words("a", "b", "c", "d", minimum=2)),
        ("a b c d e", headline("a", "b", "c", "d", "e")),
        ("a b a", words("a", "b", minimum=2)),
        ('"dân vận"', phrase("dân vận")),
        ("“dân vận”", phrase("dân vận")),
        ("«dân vận»", phrase("dân vận")),
        ("„dân vận“", phrase("dân vận")),
        ('"dân"', term("dân")),
        ("19/2021/NĐ-CP", phrase("19/2021/NĐ-CP")),
        ("1 700", term("1700")),
        ("(1 700)", term("1700")),
        ("+1 700", term("1700")),
        ("title:1 700", term("1700", field="title")),
        ("1 700.", term("1700")),
        ("€1 700,", term("1700")),
        ("1 700% (2 300 000)", And(children=(term("2300000"), term("1700")))),
        ("1 700^2", Boost(child=term("1700"), factor=2.0)),
        ("1 700.500", words("1", "700500", minimum=2)),
        ("12/8 100", Words(children=(phrase("12/8"), term("100")), minimum=2)),
        ("2 300 000 đồng", words("2300000", "đồng", minimum=2)),
        ("12 3456", words("12", "3456", minimum=2)),
        (
            "mô hình “dân vận khéo” ở xã",
            headline("mô", "hình", "dân", "vận", "khéo", "ở", "xã"),
        ),
        (
            "mô hình “dân vận khéo” ở",
            And(children=(phrase("dân vận khéo"), words("mô", "hình", "ở", minimum=3))),
        ),
        (
            'mô hình "dân vận" ở xã vùng cao',
            headline("mô", "hình", "dân", "vận", "ở", "xã", "vùng", "cao"),
        ),
        (
            'mô hình "dân" ở xã vùng cao',
            headline("mô", "hình", "dân", "ở", "xã", "vùng", "cao"),
        ),
        (
            'mô hình +"dân vận" ở xã vùng cao',
            And(
                children=(
                    phrase("dân vận"),
                    headline("mô", "hình", "ở", "xã", "vùng", "cao"),
                )
            ),
        ),
        ("BM -27 bắn", words("bm", "27", "bắn", minimum=3)),
        ("TP -cầu", And(children=(term("tp"), Not(child=term("cầu"))))),
        ("cầu -2017", And(children=(term("cầu"), Not(child=term("2017"))))),
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
        ("title:-b", And(children=(MatchAll(), Not(child=term("b", field="title"))))),
        ("a title:-b", And(children=(term("a"), Not(child=term("b", field="title"))))),
        ("title:+a b", And(children=(term("a", field="title"), term("b")))),
        ("-(a b)", And(children=(MatchAll(), Not(child=words("a", "b", minimum=2))))),
    ],
)
def test_what_a_query_means(text, expected):
    assert parse_query(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kho*o", wildcard("kho*o")),
        ("nh?n", wildcard("nh?n")),
        ("*vận", wildcard("*vận", "*van")),
        ("đ??ng,", wildcard("đ??ng", "d??ng")),
        ("n**h*?n*", wildcard("n*h*?n*")),
        ("title:*vận", wildcard("*vận", "*van", "title")),
        ("title:(nh?n)", wildcard("nh?n", field="title")),
        ("*hoà", wildcard("*hòa", "*hoa")),
        ("hoà*g", wildcard("hoà*g", "hoa*g")),
        ("k*ki", wildcard("k*ki")),
        ("*uy", wildcard("*uy")),
        ("*uyết", wildcard("*uyết", "*uyet")),
        ("th*uý", wildcard("th*úy", "th*uy")),
        ("*uý", Or(children=(wildcard("*úy", "*uy"), wildcard("*quý", "*quy")))),
        ("?uý", Or(children=(wildcard("?úy", "?uy"), wildcard("quý", "quy")))),
        ("*?ui", Or(children=(wildcard("*?ui"), wildcard("*quy")))),
        ("19?5", wildcard("19?5")),
        ("1.700*5", wildcard("1700*5")),
        ("ngập**", prefix("ngập")),
        ("ngập*.", prefix("ngập")),
        ("sao*?", prefix("sao")),
        ("kh?*", wildcard("kh?*")),
        ("vì sao?", words("vì", "sao", minimum=2)),
        ("gì?!", term("gì")),
        ('"kho*o"', phrase("kho o")),
    ],
)
def test_signs_for_letters_make_a_pattern(text, expected):
    assert parse_query(text) == expected


@pytest.mark.parametrize(
    ("text", "beginning", "whole"), [("ki*", "ki", "ky"), ("hoà*", "hoà", "hòa")]
)
def test_a_prefix_that_is_spelled_otherwise_as_a_whole_word_finds_both(text, beginning, whole):
    """`ki*` finds `kinh`, and `ki`, which is the same word as `ky`."""
    found, alone = parse_query(text).children
    assert (found.exact, alone.exact) == (beginning, whole)


def test_a_word_at_the_limit_of_length_is_a_prefix_as_it_is():
    assert parse_query("k" * 100 + "*") == prefix("k" * 100)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("khéo~", fuzzy("khéo", 1)),
        ("khanh~", fuzzy("khanh", 1)),
        ("nghiêng~", fuzzy("nghiêng", 2)),
        ("nghiêng~1", fuzzy("nghiêng", 1)),
        ("dân~2", fuzzy("dân", 2)),
        ("dân~2,", fuzzy("dân", 2)),
        ("title:dân~", fuzzy("dân", 1, "title")),
        ("an~", term("an")),
        ("an~2", term("an")),
        ("5~10", phrase("5 10")),
        ("2020~", term("2020")),
        ("a~b", phrase("a b")),
        ("ồ...~", term("ồ")),
    ],
)
def test_a_tilde_behind_a_word_allows_for_misspelling(text, expected):
    assert parse_query(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"dân vận"~5', near("dân vận", 5)),
        ("“dân vận”~5", near("dân vận", 5)),
        ('"a b c"~0', near("a b c", 0)),
        ('title:"a b"~2', near("a b", 2, "title")),
        ("dân NEAR/5 vận", near("dân vận", 5)),
        ("a NEAR/5 b NEAR/5 c", near("a b c", 5)),
        ("a NEAR/5 a", near("a a", 5)),
        ('"a" NEAR/5 b?', near("a b", 5)),
        ("title:a NEAR/5 b", near("a b", 5, "title")),
        ("title:(a NEAR/5 b)", near("a b", 5, "title")),
        ("x a NEAR/5 b y", And(children=(near("a b", 5), words("x", "y", minimum=2)))),
        ("-a NEAR/5 b", And(children=(MatchAll(), Not(child=near("a b", 5))))),
        ("a NEAR b", words("a", "near", "b", minimum=3)),
        ("a near/5 b", Words(children=(term("a"), phrase("near 5"), term("b")), minimum=3)),
    ],
)
def test_words_near_each_other(text, expected):
    assert parse_query(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("published:2020", days((2020, 1, 1), (2020, 12, 31))),
        ("Published:2020-08", days((2020, 8, 1), (2020, 8, 31))),
        ("published:06/08/2020,", days((2020, 8, 6), (2020, 8, 6))),
        ('published:"2020"', days((2020, 1, 1), (2020, 12, 31))),
        ("published:[2020 TO 2021-06]", days((2020, 1, 1), (2021, 6, 30))),
        ("published:[* TO 2020]", days(None, (2020, 12, 31))),
        ("published:[ 2020  TO  * ]", days((2020, 1, 1), None)),
        ("published:*", days(None, None)),
        ("published:>=2020", days((2020, 1, 1), None)),
        ("published:>2020", days((2021, 1, 1), None)),
        ("published:<2020-05-01", days(None, (2020, 4, 30))),
        ("published:<=2020", days(None, (2020, 12, 31))),
        ("dân published:2020", And(children=(days((2020, 1, 1), (2020, 12, 31)), term("dân")))),
        ("-published:>9998", And(children=(MatchAll(), Not(child=days((9999, 1, 1), None))))),
        (
            "title:(a published:2020)",
            And(children=(days((2020, 1, 1), (2020, 12, 31)), term("a", field="title"))),
        ),
    ],
)
def test_a_range_of_days(text, expected):
    assert parse_query(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dân^2", boost(term("dân"), 2.0)),
        ("dân^2,", boost(term("dân"), 2.0)),
        ("dân^.5", boost(term("dân"), 0.5)),
        ("dân^1", term("dân")),
        ("dân^2 vận", Words(children=(boost(term("dân"), 2.0), term("vận")), minimum=2)),
        ('"a b"^0.5', boost(phrase("a b"), 0.5)),
        ('"a b"~5^2', boost(near("a b", 5), 2.0)),
        ("(a OR b)^3", boost(Or(children=(term("a"), term("b"))), 3.0)),
        ("title:(a)^3", boost(term("a", field="title"), 3.0)),
        ("ngập*^2", boost(prefix("ngập"), 2.0)),
        ("khéo~1^2", boost(fuzzy("khéo", 1), 2.0)),
        ("-a^2", And(children=(MatchAll(), Not(child=boost(term("a"), 2.0))))),
        ("x^y", phrase("x y")),
        ("x^-2", phrase("x 2")),
        ("^2", term("2")),
    ],
)
def test_a_boost(text, expected):
    assert parse_query(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a*b=c", phrase("a b c")),
        ("C++", term("C")),
        ("x[1]=2", phrase("x 1 2")),
        ("[abc]", term("abc")),
        ("^_^ *_* ~~ :* dân", term("dân")),
        ("http://x.vn/?q=a*b&c=1", phrase("http x vn q a b c 1")),
        ("x.vn/a?id=3~", phrase("x vn a id 3")),
        ("~dân", term("dân")),
        ('"dân vận"~ngày', And(children=(phrase("dân vận"), term("ngày")))),
    ],
)
def test_signs_in_pasted_text_mean_nothing(text, expected):
    assert parse_query(text) == expected


@pytest.mark.parametrize(
    ("text", "message", "position"),
    [
        ("", "there is nothing to search for", 0),
        ("...", "there is nothing to search for", 0),
        ('"dân', "the quote is not closed", 0),
        ("dân”, vận", "this quote closes nothing", 3),
        ("a OR", "OR needs something on both sides", 2),
        ("AND a", "AND needs something on both sides", 0),
        ("(a", "this parenthesis is not closed", 0),
        ("a)", "this parenthesis closes nothing", 1),
        ("()", "there is nothing between these parentheses", 0),
        ("title:*", "what the title begins with is missing", 6),
        ("x 57-N*/TW", "a * may stand only among the letters of one word", 2),
        ("*a", "beside * and ? must stand 2 letters", 0),
        ("x a-b~", "a ~ may stand only behind a single word", 2),
        ("dân~3", "behind a ~ may stand only 1 or 2: how many letters differ", 0),
        ('"a b"~', "a ~ behind quotes needs a number: how many words between", 0),
        ('"a"~5', "a ~ behind quotes needs two words between them", 0),
        ('"a b"~101', "at most 100 words may stand between words near each other", 0),
        ("a NEAR/5", "NEAR needs a single word on both sides", 2),
        ("NEAR/5 a", "NEAR needs a single word on both sides", 0),
        ('a NEAR/5 "b c"', "NEAR needs a single word on both sides", 2),
        ("a NEAR/5 b*", "NEAR needs a single word on both sides", 2),
        ("x a NEAR/5 b NEAR/6 c", "every NEAR of a chain must have the same number", 2),
        ("a^0", "a boost is above 0 and at most 100", 0),
        ("(a b)^101", "a boost is above 0 and at most 100", 0),
        ("title:[a TO b]", "only published, num, about can be in a range", 6),
        ("a NOT", "something must follow here", 2),
        ("a NOT +b", "one sign may stand before a word: this one counts", 6),
        ("title:body:a", "one field may stand before a word: this one counts", 6),
        ("title:published:2020", "one field may stand before a word: this one counts", 6),
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
        ("a b” c, d", words("a", "b", "c", "d", minimum=2), ["this quote closes nothing"]),
        ('a b" c', words("a", "b", "c", minimum=3), ["this quote closes nothing"]),
        ('a OR (b")', Or(children=(term("a"), term("b"))), ["this quote closes nothing"]),
        (
            "a b c d e f “g h",
            headline("a", "b", "c", "d", "e", "f", "g", "h"),
            ["the quote is not closed"],
        ),
        ("a OR", term("a"), ["OR needs something on both sides"]),
        ("OR", None, ["OR needs something on both sides"]),
        ("a ) b", And(children=(term("a"), term("b"))), ["this parenthesis closes nothing"]),
        ("", None, []),
        (
            "-title:+body:a",
            term("a", field="body"),
            [
                "one sign may stand before a word: this one counts",
                "one field may stand before a word: this one counts",
            ],
        ),
        (
            "title:foo:bar",
            And(children=(term("foo", field="title"), term("bar"))),
            ["there is no field 'foo', so it is read as a word"],
        ),
        ("*a", term("a"), ["beside * and ? must stand 2 letters"]),
        ("dân~3", term("dân"), ["behind a ~ may stand only 1 or 2: how many letters differ"]),
        (
            '"a b"~999',
            near("a b", 100),
            ["at most 100 words may stand between words near each other"],
        ),
        (
            "a NEAR/5 b NEAR/6 c",
            near("a b c", 6),
            ["every NEAR of a chain must have the same number"],
        ),
        (
            "a NEAR/5 b NEAR/5 c*",
            And(children=(near("a b", 5), prefix("c"))),
            ["NEAR needs a single word on both sides"],
        ),
        ("a^0", term("a"), ["a boost is above 0 and at most 100"]),
        (
            "foo:[a TO b]",
            words("foo", "a", "TO", "b", minimum=2),
            ["there is no field 'foo', so it is read as a word"],
        ),
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
    assert len(parsed.query.children) == MAX_PATTERNS
    assert "only the first 8 words with a *, ? or ~" in parsed.problems[0].message


def test_prefixes_patterns_and_fuzzy_words_share_one_limit():
    parsed = parse_query_leniently("a* b* c* ab*c ab?c word~ worm~ work~ worn~ dân")
    assert len(parsed.query.children) == MAX_PATTERNS + 1
    assert parsed.query.children[-1] == term("dân")
    assert [problem.position for problem in parsed.problems] == [37]


def test_too_many_words_are_cut_with_one_problem():
    parsed = parse_query_leniently(" ".join(f"w{n}" for n in range(100)))
    assert isinstance(parsed.query, Words)
    assert len(parsed.query.children) == MAX_LEAVES
    assert len(parsed.problems) == 1


def test_the_words_of_phrases_and_chains_count_one_by_one():
    parsed = parse_query_leniently('"' + "a " * 62 + '" b NEAR/3 c d')
    assert parsed.query == And(children=(near("b c", 3), phrase("a " * 62)))
    assert len(parsed.problems) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("published:hôm-nay", "'hôm-nay' is not a date"),
        ("published:2020-13", "'2020-13' names no month"),
        ("published:30/02/2020", "day is out of range for month"),
        ("published:[2021 TO 2020]", "2021 is after 2020"),
        ("published:[a TO 2020]", "'a' is not a date"),
        ("published:>9999", "the calendar has no day beyond 9999"),
        ("published:<0001", "the calendar has no day beyond 0001"),
        ("published:>*", "'*' is not a date"),
        ("published:(a)", "'(' is not a date"),
    ],
)
def test_what_names_no_day_is_read_as_words_and_said(text, reason):
    parsed = parse_query_leniently(text)
    (problem,) = parsed.problems
    assert problem.message.startswith("published takes days, like 2020")
    assert problem.message.endswith(f"({reason})")
    assert problem.position == 0
    assert "published" in str(parsed.query)
    with pytest.raises(QuerySyntaxError, match="published takes days"):
        parse_query(text)


def test_an_unknown_field_is_told_that_published_is_known():
    with pytest.raises(UnknownFieldError, match="published"):
        parse_query("date:2020")


# --- pasted questions ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "tests of free-flight models of small wings",
            "tests of free flight models of small wings",
        ),
        ("the use of sign language (ASL) in courts", "the use of sign language asl in courts"),
        (
            "the use of sign language (the free-hand kind)",
            "the use of sign language the free hand kind",
        ),
        ("the house of the king of the north", "the house of the king of the north"),
    ],
)
def test_nothing_but_quotes_binds_the_words_of_a_long_query(text, expected):
    """And a word that was typed twice is there twice, beside its neighbours."""
    assert parse_query(text) == headline(*expected.split())


def test_words_that_only_ask_count_less_in_a_long_query():
    query = parse_query("what is the height of the town hall")
    asking = [Boost(child=term(word), factor=ASKING_WEIGHT) for word in ("what", "is")]
    others = headline(*["the", "height", "of", "the", "town", "hall"]).children
    assert query == Words(children=(*asking, *others), minimum=1, share=0.2)


@pytest.mark.parametrize("text", ["what is the height", '"what is the height of the town hall"'])
def test_few_words_and_quoted_ones_count_in_full(text):
    assert "Boost" not in repr(parse_query(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("free-flight models", Words(children=(phrase("free flight"), term("models")), minimum=2)),
        ("ha ha", term("ha")),
        ("a b a b c", Words(children=(term("a"), term("b"), term("c")), minimum=3)),
    ],
)
def test_few_words_are_read_strictly(text, expected):
    """Dashes bind, and each word is there once."""
    assert parse_query(text) == expected


def test_parentheses_bind_what_is_more_than_words():
    """An operator, or a field, says that they were meant."""
    query = parse_query("one two three four (title:five)")
    assert isinstance(query, And)


def test_a_phrase_that_is_too_long_is_cut_to_its_first_words():
    """As the notice says; it was left out, and then there was nothing to search for."""
    parsed = parse_query_leniently(f'"{" ".join(f"w{n}" for n in range(MAX_LEAVES + 9))}"')
    assert isinstance(parsed.query, Phrase)
    assert len(parsed.query.terms) == MAX_LEAVES
    assert "only the first 64 words" in parsed.problems[0].message
