"""What every engine finds by patterns, misspelled words, near words, ranges of days and boosts."""

import datetime as dt

import pytest

from civicsearch.query import parse_query
from civicsearch.ranking.bm25 import idf
from civicsearch.search import SearchRequest, Sort
from fakes.builders import a_day, a_document

VIETNAM = dt.timezone(dt.timedelta(hours=7))


@pytest.fixture
def filled(fill):
    fill(
        a_document(
            document_id="exact",
            title="Dân vận khéo",
            body="Cấp ủy quan tâm nghiêng về làng nghề.",
            published=a_day("2020-08-06"),
        ),
        a_document(
            document_id="bare",
            title="Dan van kheo",
            body="Cap uy quan tam nghieng ve lang nghe.",
            published=dt.datetime(2020, 12, 31, 23, 30, tzinfo=VIETNAM),
        ),
        a_document(document_id="other", title="Dẫn văn khèo", body="Đường làng dài."),
    )
    fill(
        a_document(
            document_id="apart",
            title="Vận động",
            body="Dân bàn rồi làm. Rất khéo.",
            published=dt.datetime(2021, 1, 1, 0, 30, tzinfo=VIETNAM),
        )
    )


def scores(engine, text):
    """Return the scores of all that is found, by id."""
    found = engine.searcher().search(SearchRequest(query=parse_query(text)))
    return {match.document_id: match.score for match in found.matches}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kh?o", {"exact", "bare", "other", "apart"}),
        ("kh?éo", set()),
        ("k*éo", {"exact", "bare", "apart"}),
        ("*éo", {"exact", "bare", "apart"}),
        ("ngh*ng", {"exact", "bare"}),
        ("ngh?êng", {"exact", "bare"}),
        ("ngh?ẽng", {"bare"}),
        ("đ??ng", {"other"}),
        ("d??ng", {"other"}),
        ("đ*ng", {"other", "apart"}),
        ("*an", {"exact", "bare", "other", "apart"}),
        ("*ận", {"exact", "bare", "apart"}),
        ("title:*ận", {"exact", "bare", "apart"}),
        ("body:*ận", {"bare"}),
        ("z?z?z", set()),
        ("(kh?o OR zzz) -v?n", set()),
    ],
)
def test_patterns(filled, find, text, expected):
    assert set(find(text)) == expected


def test_a_question_mark_is_one_letter_of_the_word_and_never_a_sign_of_the_index(fill, find):
    fill(a_document(document_id="1", body="kho"), a_document(document_id="2", body="khoo"))
    assert find("kh?") == []
    assert find("?ho") == ["1"]
    assert set(find("?h*o")) == {"1", "2"}
    assert find("k??o") == ["2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kheo~", {"exact", "bare", "other", "apart"}),
        ("khéo~", {"exact", "bare", "other", "apart"}),
        ("khéu~1", {"exact", "bare", "apart"}),
        ("nghiêgn~1", {"exact", "bare"}),
        ("nghêng~1", {"exact", "bare"}),
        ("ghiêng~2", set()),
        ("đường~1", {"other"}),
        ("đuờgn~1", set()),
        ("đuờgn~2", {"other"}),
        ("dường~1", {"other"}),
        ("title:khéu~1", {"exact", "bare"}),
        ("zzzzz~2", set()),
    ],
)
def test_misspelled_words(filled, find, text, expected):
    assert set(find(text)) == expected


def test_what_is_spelled_as_typed_ranks_above_what_is_near(filled, find):
    found = find("khéo~")
    assert found.index("exact") < found.index("bare") < found.index("other")


def test_a_near_word_counts_a_quarter(engine, fill):
    fill(a_document(document_id="1", body="khéo"))
    as_typed, near = scores(engine, "khéo~1"), scores(engine, "khẻo~1")
    assert near["1"] == pytest.approx(as_typed["1"] / 4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"dân vận"~0', {"exact", "bare"}),
        ('"vận dân"~0', {"exact", "bare"}),
        ('"dân khéo"~0', set()),
        ('"dân khéo"~1', {"exact", "bare"}),
        ('"dân khéo"~4', {"exact", "bare", "apart"}),
        ('"dan kheo"~1', {"exact", "bare", "other"}),
        ("dân NEAR/3 khéo", {"exact", "bare"}),
        ("khéo NEAR/4 dân NEAR/4 bàn", {"apart"}),
        ("khéo NEAR/2 dân NEAR/2 bàn", set()),
        ('"dân dân"~100', set()),
        ('title:"dân khéo"~4', {"exact", "bare"}),
        ('body:"dân khéo"~4', {"apart"}),
        ('"vận dân"~100', {"exact", "bare"}),
    ],
)
def test_near_words(filled, find, text, expected):
    """Words of two fields are never near: `vận` of a title and `dân` of a body."""
    assert set(find(text)) == expected


def test_every_window_of_near_words_counts(engine, fill):
    filler = "một hai ba bốn năm sáu bảy tám"
    fill(
        a_document(document_id="once", body=f"dân ta vận {filler} chín mười mười"),
        a_document(document_id="twice", body=f"dân ta vận {filler} vận ta dân"),
        a_document(document_id="wide", body=f"dân {filler} chín mười mười ta vận"),
    )
    found = scores(engine, '"dân vận"~1')
    assert found.keys() == {"once", "twice"}
    assert found["twice"] > found["once"]


def test_near_words_in_unaccented_windows_count_less(engine, fill):
    fill(
        a_document(document_id="typed", body="dân ta vận, đường"),
        a_document(document_id="bare", body="dan ta van, duong"),
    )
    found = scores(engine, '"vận dân"~1')
    assert found["bare"] == pytest.approx(found["typed"] / 2)


def test_the_same_word_twice_needs_two_places(fill, find):
    fill(
        a_document(document_id="one", body="dân vận khéo"),
        a_document(document_id="two", body="dân của dân"),
    )
    assert find('"dân dân"~1') == ["two"]
    assert find('"dân dan"~1') == ["two"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("published:2020", {"exact", "bare"}),
        ("published:2020-08", {"exact"}),
        ("published:06/08/2020", {"exact"}),
        ("published:2020-12-31", {"bare"}),
        ("published:[2020-09 TO 2021]", {"bare", "apart"}),
        ("published:[* TO 2020-11]", {"exact"}),
        ("published:[2021 TO *]", {"apart"}),
        ("published:>=2020-12-31", {"bare", "apart"}),
        ("published:>2020", {"apart"}),
        ("published:<2020-12-31", {"exact"}),
        ("published:<=2020", {"exact", "bare"}),
        ("published:*", {"exact", "bare", "apart"}),
        ("-published:*", {"other"}),
        ("-published:2020", {"other", "apart"}),
        ("published:1999", set()),
        ("dân published:2020", {"exact", "bare"}),
        ("published:2020-08 OR title:động", {"exact", "apart"}),
        ("khéo published:>2020 -động", set()),
    ],
)
def test_ranges_of_days(filled, find, text, expected):
    """A document without a date is in none; a day is that of the place it was published in."""
    assert set(find(text)) == expected


def test_a_range_adds_nothing_to_a_score(engine, filled):
    assert scores(engine, "khéo published:2021") == {"apart": scores(engine, "khéo")["apart"]}
    assert set(scores(engine, "published:2020").values()) == {0}


def test_a_range_of_all_days_ranks_by_date(filled, find):
    assert find("published:*") == ["apart", "bare", "exact"]
    assert find("published:*", sort=Sort.OLDEST) == ["exact", "bare", "apart"]


@pytest.mark.parametrize(
    ("plain", "boosted", "factor"),
    [
        ("khéo", "khéo^2.5", 2.5),
        ('"dân vận"', '"dân vận"^0.5', 0.5),
        ("dan van kheo", "(dan van kheo)^3", 3),
        ("dân OR (van kheo)", "(dân OR (van kheo))^2", 2),
        ("kh?o", "((kh?o)^2)^2", 4),
        ('khéo~1 OR "dân vận"~2', '(khéo~1 OR "dân vận"~2)^10', 10),
    ],
)
def test_a_boost_multiplies_the_score_and_finds_the_same(engine, filled, plain, boosted, factor):
    expected = {name: factor * score for name, score in scores(engine, plain).items()}
    assert expected
    assert scores(engine, boosted) == pytest.approx(expected)


def test_a_boosted_word_decides_what_comes_first(fill, find):
    fill(
        a_document(document_id="1", body="cầu treo mới"),
        a_document(document_id="2", body="đường sắt mới"),
    )
    assert find("cầu^2 OR đường") == ["1", "2"]
    assert find("cầu OR đường^2") == ["2", "1"]


def test_neighbours_are_boosted_with_the_words_around_them(engine, fill):
    """A pair of words with different boosts counts with the mean of both."""
    fill(
        a_document(document_id="1", body="giá vàng"),
        a_document(document_id="2", body="vàng và giá"),
    )

    def pair(text):
        request = SearchRequest(query=parse_query(text))
        parts = engine.searcher().explain(request, "1").parts
        (found,) = [part for part in parts if part.description.startswith("next to each other")]
        return found.value

    assert pair("(giá vàng)^3") == pytest.approx(3 * pair("giá vàng"))
    assert pair("giá^3 vàng") == pytest.approx(2 * pair("giá vàng"))


def test_a_phrase_is_as_rare_as_itself_however_common_its_words(engine, fill):
    fill(
        a_document(document_id="1", body="dân vận"),
        a_document(document_id="2", body="vận dân"),
        a_document(document_id="3", body="vận dân"),
        a_document(document_id="4", body="thôn"),
    )
    rare = scores(engine, "thôn")["4"] * weight_of_two_words(engine)
    assert scores(engine, '"dân vận" OR zzz')["1"] == pytest.approx(rare)
    assert scores(engine, '"dân vận"~0 OR zzz')["1"] < rare  # the other way round counts as well


def test_a_phrase_alone_is_as_rare_as_its_words_together(engine, fill):
    """How many documents hold it is not asked then: that would be known when all are read."""
    fill(
        a_document(document_id="1", body="dân vận"),
        a_document(document_id="2", body="vận dân"),
        a_document(document_id="3", body="vận dân"),
        a_document(document_id="4", body="dân"),
    )
    beside_others = scores(engine, '"dân vận" OR zzz')["1"] / idf(1, 4)
    together = idf(3, 4) + idf(4, 4)
    assert scores(engine, '"dân vận"')["1"] == pytest.approx(beside_others * together)
    assert scores(engine, '"dân vận"^3')["1"] == pytest.approx(3 * beside_others * together)


def test_a_word_in_a_zone_alone_is_as_rare_as_it_is_anywhere(engine, fill):
    fill(
        a_document(document_id="1", title="dân vận"),
        a_document(document_id="2", body="dân vận"),
        a_document(document_id="3", source="dân"),
    )
    beside_others = scores(engine, "title:dân OR zzz")["1"] / idf(1, 3)
    assert scores(engine, "title:dân")["1"] == pytest.approx(beside_others * idf(2, 3))
    # No plain query searches the source: a word is as rare there as it is there.
    assert scores(engine, "source:dân")["3"] == scores(engine, "source:dân OR zzz")["3"]


def weight_of_two_words(engine):
    """One of two words is worth less than one alone: the text is longer."""
    found = scores(engine, "dân")
    return found["1"] / idf(3, 4) / (scores(engine, "thôn")["4"] / idf(1, 4))


def test_a_phrase_is_counted_in_its_field(engine, fill):
    fill(
        a_document(document_id="1", title="dân vận"),
        a_document(document_id="2", body="dân vận"),
        a_document(document_id="3", body="vận dân"),
    )
    everywhere = scores(engine, '"dân vận" OR zzz')["1"]
    assert scores(engine, 'title:"dân vận" OR zzz')["1"] == pytest.approx(
        everywhere * idf(1, 3) / idf(2, 3)
    )
    alone = scores(engine, 'title:"dân vận"')
    assert alone == {"1": pytest.approx(scores(engine, '"dân vận"')["1"])}


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize(
    "text",
    [
        'dan "van kheo" title:khéo -zzz',
        "dan van kheo",
        "*",
        "dân OR (van kheo)",
        "kh* dan",
        "kh?o dân~1 *ận",
        '"dân khéo"~4 OR published:2020',
        "(dân^2 van)^0.5 OR kheo~",
        "title:(kh*o^3) -zzz published:*",
    ],
)
def test_an_explanation_sums_to_the_score(engine, filled, text, sort):
    request = SearchRequest(query=parse_query(text), sort=sort)
    matches = engine.searcher().search(request).matches
    assert matches
    for match in matches:
        explanation = engine.searcher().explain(request, match.document_id)
        assert explanation.value == pytest.approx(match.score)
        assert sum(part.value for part in explanation.parts) == pytest.approx(match.score)


def test_an_explanation_names_leaves_as_they_were_typed_and_their_boosts(engine, filled):
    request = SearchRequest(query=parse_query('kh?o khéu~1^2 ("dân khéo"~4 OR v*n)^0.5'))
    parts = engine.searcher().explain(request, "exact").parts
    assert sorted(part.description for part in parts) == [
        '"dân khéo"~4^0.5', "kh?o", "khéu~1^2", "v*n^0.5",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("παλια γεφυρα", {"greek"}),
        ("παλιά γεφυρα", {"greek"}),
        ("πάλια", set()),
        ("palia gephura", {"greek"}),
        ("γεφ*", {"greek"}),
        ("γε?υρα", {"greek"}),
        ("γεφιρα~", {"greek"}),
        ("елка", {"russian"}),
        ("ёлка", {"russian"}),
        ("стройка", {"russian"}),
    ],
)
def test_accents_missing_are_free_in_every_script(fill, engine, text, expected):
    """And those that are typed bind; letters of other scripts may be typed in Latin ones."""
    fill(
        a_document(document_id="greek", title="Η παλιά γέφυρα", body="Η γέφυρα έκλεισε χθες."),
        a_document(document_id="russian", title="Ёлка у моста", body="Стройка закрыта."),
    )
    assert set(scores(engine, text)) == expected
