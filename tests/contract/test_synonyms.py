"""What every engine finds by what a query was also read as, and how it ranks it."""

import pytest

from civicsearch.query import Boost, Not, Or, Synonyms, Words, parse_query_leniently
from civicsearch.query.abbreviations import built_in
from civicsearch.query.nodes import Term
from civicsearch.search import SearchRequest, Sort
from fakes.builders import a_day, a_document, phrase, term

UBND = Synonyms(typed=term("ubnd"), others=(phrase("ủy ban nhân dân"),))


@pytest.fixture
def filled(fill):
    fill(
        a_document(document_id="long", title="Họp", body="Ủy ban nhân dân xã Nà Lường làm đường."),
        a_document(document_id="short", title="Họp", body="UBND xã Nà Lường làm đường mới tới."),
        a_document(document_id="apart", title="Họp", body="Ủy nhiệm ban hành nhân vật dân Nà."),
        a_document(document_id="bare", title="Hop", body="Uy ban nhan dan xa Na Luong lam duong."),
    )
    fill(
        a_document(
            document_id="other", title="Hội", body="Đường Nà Lường.", published=a_day("2020-01-01")
        )
    )


def answer(engine, query, **values):
    matches = engine.searcher().search(SearchRequest(query=query, **values)).matches
    return {match.document_id: match.score for match in matches}


def read(text):
    return parse_query_leniently(text, abbreviations=built_in()).query


def test_an_abbreviation_finds_what_it_means_as_a_phrase_below_itself(filled, engine):
    found = answer(engine, UBND)
    assert list(found) == ["short", "long", "bare"]


@pytest.mark.parametrize("text", ["ủy ban nhân dân", "uy ban nhan dan"])
def test_a_long_form_finds_its_abbreviation_below_itself(filled, engine, text):
    found = list(answer(engine, read(text)))
    assert "short" in found
    assert found.index("long") < found.index("short")


def test_an_abbreviation_holds_all_words_of_its_long_form(fill, engine):
    """All of two words are needed, and both are there."""
    fill(a_document(document_id="1", body="TX Nà Lường"), a_document(document_id="2", body="thị"))
    assert list(answer(engine, read("thị xã"))) == ["1"]


def test_what_was_typed_ranks_above_however_rare_what_it_means_is(fill, engine):
    """One rarity for all: that few articles write it out makes it no rare thing."""
    fill(*(a_document(document_id=f"s{n}", body="UBND xã họp bàn") for n in range(9)),
         a_document(document_id="long", body="Ủy ban nhân dân"))  # fmt: skip
    found = answer(engine, UBND)
    assert len(found) == 10
    assert min(found, key=found.__getitem__) == "long"


def test_a_document_counts_by_the_best_form_alone(fill, engine):
    fill(
        a_document(document_id="both", body="ubnd ủy ban nhân dân"),
        a_document(document_id="short", body="ubnd xã họp bàn gì"),
        a_document(document_id="long", body="xã ủy ban nhân dân"),
    )
    found = answer(engine, UBND)
    assert found["both"] == pytest.approx(found["short"])
    assert found["long"] == pytest.approx(UBND.weight * found["short"])


def test_synonyms_stand_in_every_node(filled, engine):
    assert set(answer(engine, Or(children=(UBND, term("hội"))))) == {
        "short", "long", "bare", "other",
    }  # fmt: skip
    boosted = answer(engine, Boost(child=UBND, factor=3.0))
    assert boosted == pytest.approx({k: 3 * v for k, v in answer(engine, UBND).items()})
    words = Words(children=(UBND, term("lường")), minimum=2)
    assert set(answer(engine, words)) == {"short", "long", "bare"}
    excluded = Words(children=(Not(child=UBND), term("lường")), minimum=2)
    assert set(answer(engine, excluded)) == {"other"}


def test_a_field_binds_synonyms(fill, engine):
    fill(
        a_document(document_id="title", title="Ủy ban nhân dân", body="họp"),
        a_document(document_id="body", title="họp", body="UBND, ủy ban nhân dân"),
    )
    title = Synonyms(typed=UBND.typed, others=UBND.others, field="title")
    assert list(answer(engine, title)) == ["title"]


def test_deleted_documents_are_not_found(filled, fill, engine):
    fill(delete=["short"])
    assert list(answer(engine, UBND)) == ["long", "bare"]


def test_neighbours_of_what_was_typed_count(fill, engine):
    """A word that may be read otherwise is still a neighbour of the words beside it."""
    fill(
        a_document(document_id="near", body="UBND xã họp bàn chuyện làm đường"),
        a_document(document_id="far", body="xã họp bàn chuyện làm đường UBND"),
    )
    found = answer(engine, read("UBND xã"))
    assert list(found) == ["near", "far"]
    assert found["near"] > found["far"]


def test_an_explanation_names_what_was_also_read(filled, engine):
    request = SearchRequest(query=read("UBND họp"))
    explained = engine.searcher().explain(request, "long")
    assert [part.description for part in explained.parts] == [
        'ubnd (also "ủy ban nhân dân")',
        "họp",
        "early: họp",
    ]
    assert explained.value == pytest.approx(sum(part.value for part in explained.parts))


def test_by_date_and_by_pages_synonyms_find_the_same(filled, engine):
    query = read("UBND Nà Lường đường")
    everything = list(answer(engine, query))
    assert set(answer(engine, query, sort=Sort.NEWEST)) == set(everything)
    paged = [next(iter(answer(engine, query, limit=1, offset=n))) for n in range(len(everything))]
    assert paged == everything


def test_what_no_document_holds_finds_nothing(filled, engine):
    nothing = Synonyms(typed=term("zzz"), others=(term("yyy"), phrase("yyy zzz")))
    assert answer(engine, nothing) == {}
    one = Synonyms(typed=term("zzz"), others=(Term(exact="họp", folded="hop"),))
    assert set(answer(engine, one)) == {"long", "short", "apart", "bare"}
