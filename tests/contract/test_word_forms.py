"""Other forms of words: what every engine finds by them, in long queries and where nothing else is."""

import pytest

from civicsearch import Archive, Document

LONG = "do the villages have budgets of their own there"


@pytest.fixture
def archive(engine, fill):
    fill(
        Document(document_id="form", title="Money", body="Each village has a budget of its own."),
        Document(document_id="typed", title="Money", body="Villages have budgets of their own."),
    )
    fill(
        Document(document_id="other", title="Weather", body="What the council did say about rain."),
        Document(document_id="wall", title="Walls", body="A wall that was built of stone."),
    )
    return Archive(engine)


def ids(results):
    return [hit.document_id for hit in results.hits]


def test_a_long_query_finds_other_forms_below_those_that_were_typed(archive):
    results = archive.search(LONG)
    assert ids(results)[:2] == ["typed", "form"]
    assert results.expansions == ()  # it only ranks


def test_the_score_of_a_form_is_told(archive):
    hit = next(hit for hit in archive.search(LONG).hits if hit.document_id == "form")
    said = hit.explain()
    assert said.value == pytest.approx(hit.score)
    assert "budgets (also budget)" in {part.description for part in said.parts}


def test_a_form_is_marked(archive):
    hit = next(hit for hit in archive.search(LONG).hits if hit.document_id == "form")
    marked = {hit.snippet.text[start:end] for start, end in hit.snippet.highlights}
    assert {"village", "budget"} <= marked


def test_a_short_query_finds_other_forms_only_where_nothing_else_is_found(archive):
    assert ids(archive.search("villages budgets")) == ["typed"]
    results = archive.search("stones wall")
    assert ids(results) == ["wall"]
    assert results.total.value == 1
    assert [tuple(one) for one in results.expansions] == [
        ("stones", ("stone",)),
        ("wall", ("walls",)),
    ]
    assert not results.notices


def test_only_what_is_typed_is_searched_for_where_that_is_asked(archive):
    results = archive.search("stones wall", expand=False)
    assert results.expansions == ()
    assert results.notices  # only some of the words
    assert "(also" not in str([hit.explain() for hit in archive.search(LONG, expand=False).hits])


def test_what_is_in_quotes_has_one_form(archive):
    assert not archive.search('"stones wall"').hits


@pytest.mark.parametrize("query", [LONG, "stones wall"])
def test_why_reads_the_query_alike(archive, query):
    (found, *_) = archive.search(query).hits
    said = archive.why(query, found.document_id)
    assert said.matches


def test_a_later_page_goes_on_by_the_same_forms(archive, fill):
    """Though by then the archive has more of them."""
    whole = ids(archive.search(LONG))
    first = archive.search(LONG, limit=1)
    fill(Document(document_id="late", body="Late budgetary news."))
    rest = archive.search(LONG, limit=10, cursor=first.cursor)
    assert ids(first) + ids(rest) == whole
    assert "budgetary" not in str([hit.explain() for hit in rest.hits])


def test_a_later_page_of_a_short_query_goes_on_by_the_same_forms(archive, fill):
    fill(Document(document_id="more", title="Wall", body="One more wall was built, of stone."))
    first = archive.search("stones wall", limit=1)
    rest = archive.search("stones wall", limit=10, cursor=first.cursor)
    assert sorted(ids(first) + ids(rest)) == ["more", "wall"]
    assert rest.expansions == first.expansions
