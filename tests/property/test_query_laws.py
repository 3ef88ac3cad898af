import itertools
import re

from hypothesis import given
from hypothesis import strategies as st

from civicsearch.analysis import Analyzer
from civicsearch.errors import RequestError
from civicsearch.query import Fuzzy, Near, Wildcard, parse_query, parse_query_leniently
from civicsearch.query.abbreviations import built_in
from civicsearch.query.likeness import fits_pattern, is_within_edits, pattern_regex
from civicsearch.query.matching import (
    Occurrence,
    Tier,
    fuzzy_tier,
    iter_occurrences,
    term_tier,
    wildcard_tier,
)
from civicsearch.query.nodes import describe
from civicsearch.query.parser import _read_fully
from civicsearch.query.plain import _holds_only_words, read_only_words
from civicsearch.schema import DEFAULT_SCHEMA
from fakes.builders import term

pieces = st.sampled_from(
    ["dân", "vận", "AND", "OR", "NOT", "-", "+", "(", ")", '"', "“", "”", "title:", "foo:", "*",
     "a*", "*a", ":", "19/2021", " ", "  ", "\t", "'", "1.700", "không", "«", "»", "--", "\x00",
     "~", "~1", "~99", "^2", "^0", "^.5", "^", "?", "kho*o", "nh?n", "NEAR/5", "NEAR/999", "NEAR",
     "published:", "2020", "[2020 TO 2021]", "[* TO", "]", ">=2020", "<", "06/08/2020", "TO"]
)  # fmt: skip
texts = st.lists(pieces, max_size=40).map("".join) | st.text(max_size=200)
spaced = st.lists(pieces, max_size=60).map(" ".join)

VOCABULARY = ["dân", "dẫn", "dan", "đan", "vận", "van", "vân", "khéo", "kheo", "đường", "xanh"]
words = st.sampled_from(VOCABULARY)
letters = st.text("abđdăo", max_size=7)
patterns = st.text("ab*?đ", max_size=8)


def tokens_of(text):
    return Analyzer().field_tokens({"body": text})["body"]


# --- the parser ---


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


headlines = st.lists(
    st.sampled_from(
        ["dân", "Vận", "OR", "AND", "NEAR", "1", "700", "12", "2020.", "gì?", "vì,", "-", "–", " ",
         "a.", "...", "hoà", "kĩ", "lʼeau", "Ủy", "²", "đ…", ":", "x:", "?", "ti"]
    ),
    max_size=12,
).map(" ".join)  # fmt: skip


@given(headlines | st.text("aâđ1 .,-–?ʼ", max_size=20) | st.text(max_size=20))
def test_the_short_way_for_plain_words_gives_what_the_grammar_gives(text):
    short = read_only_words(text, Analyzer())
    if short is not None:
        full = _read_fully(text, DEFAULT_SCHEMA, Analyzer(), None)
        assert (full.query, full.problems) == (short, ())


@given(
    st.lists(
        st.sampled_from(
            ["UBND", "ubnd", "ủy", "ban", "nhân", "dân", "nhan", "TT", "tt", "KT", "XH", "kinh",
             "tế", "xã,", "hội", "-", "thị", "trấn.", "TP", "HCM", "thành", "phố", "Hồ", "Chí",
             "Minh", "thành phố", "ủy ban nhân dân", "họp"]
        ),
        max_size=12,
    ).map(" ".join)
)  # fmt: skip
def test_the_short_way_expands_what_the_grammar_expands(text):
    """Also where a word stands twice, which the query then has once."""
    if read_only_words(text, Analyzer()) is not None:
        short = parse_query_leniently(text, abbreviations=built_in())
        assert short == _read_fully(text, DEFAULT_SCHEMA, Analyzer(), built_in())


@given(
    st.lists(st.sampled_from([*VOCABULARY, "gì?", "vận,", "- dân", "2020."]), min_size=1)
    .map(" ".join)
    .filter(lambda text: text[0] != "-" and len(text) < 200)
)
def test_plain_words_take_the_short_way(text):
    assert read_only_words(text, Analyzer()) is not None


@given(
    st.sampled_from(["{}", "{}*", "{}~1", "{}~2", "?{}", "*{}", "đ*{}"])
    | words.map(lambda word: '"{} ' + word + '"')
    | words.map(lambda word: '"{} ' + word + '"~3'),
    words,
    st.sampled_from(["", "title:"]),
)
def test_a_leaf_is_read_as_it_is_described(form, word, field):
    text = field + form.format(word)
    assert describe(parse_query(text)) == text


# --- words ---


@given(patterns, letters)
def test_a_pattern_fits_what_the_plain_expression_fits(pattern, word):
    """Stars and question marks as the textbook has them, tried in every way."""
    plain = re.compile(pattern.replace("*", ".*").replace("?", "."), re.DOTALL)
    fits = plain.fullmatch(word) is not None
    assert (pattern_regex(pattern).fullmatch(word) is not None) is fits
    assert fits_pattern(pattern, word, str.__eq__) is fits


def distance(one, other):
    """Return the optimal string alignment distance by its definition, table and all."""
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i, j in itertools.product(range(1, len(one) + 1), range(1, len(other) + 1)):
        same = one[i - 1] == other[j - 1]
        table[i, j] = min(
            table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (not same)
        )
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one), len(other)]


@given(letters, letters, st.integers(0, 4))
def test_edits_are_counted_as_by_the_whole_table(one, other, most):
    assert is_within_edits(one, other, most) is (distance(one, other) <= most)


@given(words, words, st.lists(words, max_size=2), st.integers(1, 2))
def test_a_fuzzy_word_finds_what_the_word_finds_and_at_most_adds_near_ones(
    asked, written, others, most
):
    word = term(asked)
    fuzzy = Fuzzy(exact=word.exact, folded=word.folded, distance=most)
    for token in tokens_of(" ".join([written, *others])):
        plain = term_tier(word.exact, word.folded, token.exact, token.folded)
        expected = {plain} if plain is not None else {Tier.NEAR, None}
        assert fuzzy_tier(fuzzy, token.exact, token.folded) in expected


@given(words, words, st.data())
def test_a_letter_that_is_not_known_finds_the_word_it_was_taken_from(asked, other, data):
    """And every other word that the whole word finds, in the same tier or a better one."""
    word = term(asked)
    place = data.draw(st.integers(0, len(asked) - 1))
    sign = data.draw(st.sampled_from("?*"))
    exact, folded = (form[:place] + sign + form[place + 1 :] for form in (word.exact, word.folded))
    wildcard = Wildcard(exact=exact, folded=folded)
    for token in tokens_of(f"{asked} {other}"):
        tier = term_tier(word.exact, word.folded, token.exact, token.folded)
        if tier is not None:
            found = wildcard_tier(wildcard, token.exact, token.folded)
            assert found is not None
            assert found <= tier


# --- windows ---


def windows(near, tokens):
    """Return what a `Near` matches by trying every choice of tokens."""
    held = {}
    for places in itertools.permutations(range(len(tokens)), len(near.terms)):
        tiers = [
            term_tier(asked.exact, asked.folded, tokens[place].exact, tokens[place].folded)
            for asked, place in zip(near.terms, places, strict=True)
        ]
        if None not in tiers:
            # Whatever window holds these tokens holds every term, in their worst tier.
            for first in range(min(places) + 1):
                for last in range(max(places), len(tokens)):
                    worst = min(max(tiers), held.get((first, last), Tier.NEAR))
                    held[first, last] = worst
    return [
        Occurrence(tier, first, last)
        for (first, last), tier in sorted(held.items())
        if (first + 1, last) not in held
        and (first, last - 1) not in held
        and last - first + 1 - len(near.terms) <= near.distance
    ]


@given(
    st.lists(st.sampled_from(["dân", "dan", "vận", "x"]), max_size=8),
    st.lists(st.sampled_from(["dân", "dan", "đan", "vận"]), min_size=2, max_size=3),
    st.integers(0, 4),
)
def test_near_words_are_found_in_every_minimal_window(written, asked, most):
    near = Near(terms=tuple(term(word) for word in asked), distance=most)
    tokens = tokens_of(" ".join(written))
    assert list(iter_occurrences(near, tokens)) == windows(near, tokens)


WORD = r"[^\W_'’ʼ`´]+"
ENDING = "[,;.:!?…]*"
ONLY_WORDS = re.compile(rf"{WORD}(?:{ENDING} +(?:[-–—] +)?{WORD})*{ENDING}")


@given(st.text(st.sampled_from("aệ1²_ -–—,.…!'ʼ’\t\u00a0\u0301"), max_size=9))
def test_only_words_are_what_a_pattern_says_too(text):
    """The pattern is as plain as can be, but takes a millisecond to compile."""
    assert _holds_only_words(text.strip(" ")) == bool(ONLY_WORDS.fullmatch(text.strip(" ")))
