import pytest

from civicsearch.analysis import Analyzer
from civicsearch.query import parse_query
from civicsearch.query.matching import Tier
from civicsearch.query.nodes import Near
from civicsearch.search import finding
from civicsearch.search.finding import Finder
from fakes.builders import term


def finder(query, field=None):
    asked = parse_query(query) if isinstance(query, str) else query
    return Finder(asked, field=field, analyzer=Analyzer())


def marked(query, text, *, is_accented=True):
    words = finder(query).find(text, is_accented=is_accented).words
    return [text[start:end] for start, end, _, _ in words]


def test_a_place_tells_where_it_is_which_leaf_and_which_tier():
    found = finder("dan van").find("Dân, vận dan", is_accented=True)
    assert found.words == [(0, 3, 0, Tier.FOLDED), (5, 8, 1, Tier.FOLDED), (9, 12, 0, Tier.EXACT)]
    assert found.pairs == [(0, 8, 0, Tier.FOLDED)]


def test_leaves_of_other_fields_are_not_found_but_keep_their_number():
    query = "title:dân vận"
    text = "dân vận"
    assert [place[2] for place in finder(query).find(text, is_accented=True).words] == [1]
    title = finder(query, field="title").find(text, is_accented=True)
    assert [place[2] for place in title.words] == [0, 1]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("1700", "có 1 700 và 1.700, không 21.700 hay 1.700.000", ["1 700", "1.700"]),
        ("700", "1 700 rồi 700", ["700"]),
        ("000", ",700 000 và 700 000", ["000"]),
        ("đ", "1 700đ, 700đ", ["đ"]),
        ("17*", "17.500 và 1.750", ["17.500", "1.750"]),
    ],
)
def test_a_grouped_number_is_one_word(query, text, expected):
    assert marked(query, text) == expected


def test_a_phrase_goes_over_signs_and_marks_of_no_letter_but_not_over_words():
    assert marked('"dân vận"', "dân – vận; dân \u0301 vận; dân và vận") == [
        "dân – vận",
        "dân \u0301 vận",
    ]


def test_words_near_each_other_are_found_over_words_between():
    near = Near(terms=(term("dân"), term("khéo")), distance=2)
    assert marked(near, "dân vận rất khéo, một hai ba dân vận thì rất khéo") == ["dân vận rất khéo"]


def test_accents_matter_only_where_some_were_asked_for():
    assert finder("dân").heeds_accents
    assert not finder("dan kh*").heeds_accents
    assert marked("dân", "dan", is_accented=True) == []
    assert marked("dân", "dan", is_accented=False) == ["dan"]


def test_words_of_other_scripts_are_found():
    assert marked("москва", "Москва и не только") == ["Москва"]
    assert marked("été", "e\u0301te\u0301 en ville") == ["e\u0301te\u0301"]


def test_what_was_seen_is_forgotten_in_time(monkeypatch):
    monkeypatch.setattr(finding, "_MAX_KNOWN", 2)
    sought = finder("d* é*")
    text = "dân dẫn, dần e\u0301 e\u0301e e\u0301o x dở x dể x dỉ x dổ"
    expected = [text[s:e] for s, e, _, _ in sought.find(text, is_accented=True).words]
    assert [text[s:e] for s, e, _, _ in sought.find(text, is_accented=True).words] == expected
    assert len(expected) == 10
    assert len(sought._known[True]) <= 2
    assert len(sought._admitted) <= 2
