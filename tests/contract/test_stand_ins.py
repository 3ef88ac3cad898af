"""Words that no document has, in long queries: what every engine finds by what stands for them."""

import pytest

from civicsearch import Archive, Document
from civicsearch.query import parse_query
from civicsearch.query.nodes import Term

LONG = "how does the parlaiment of finland work"


@pytest.fixture
def archive(engine, fill):
    fill(Document(document_id="1", title="Parliament", body="The parliament of Finland sits here."))
    fill(
        Document(document_id="2", body="How does the weather work in the summer"),
        Document(document_id="3", body="Das Parlament, eine Straße und ein Fluß: größer, schöner."),
        Document(document_id="4", body="The parliament of Sweden does other work."),
    )
    return Archive(engine)


def test_the_best_document_is_found_and_the_answer_says_how(archive):
    results = archive.search(LONG)
    assert results.hits[0].document_id == "1"
    assert [tuple(one) for one in results.expansions] == [("parlaiment", ("parliament",))]
    hit = results.hits[0]
    said = hit.explain()
    assert said.value == pytest.approx(hit.score)
    assert "parliament" in {part.description for part in said.parts}


def test_only_what_is_typed_is_searched_for_where_that_is_asked(archive):
    results = archive.search(LONG, expand=False)
    assert results.expansions == ()
    assert "parliament" not in {part.description for part in results.hits[0].explain().parts}


def test_a_later_page_goes_on_by_the_same_words(archive, fill):
    """Though by then an article has the word."""
    first = archive.search(LONG, limit=1)
    rest = archive.search(LONG, limit=10, cursor=first.cursor)
    assert [hit.document_id for hit in rest.hits] == ["4", "2"]
    fill(Document(document_id="5", title="Parlaiment", body="Parlaiment, so it was printed."))
    rest = archive.search(LONG, limit=10, cursor=first.cursor)
    assert rest.expansions == first.expansions
    assert archive.search(LONG).expansions == ()


def test_why_reads_the_query_alike(archive):
    assert "parliament" in str(archive.why(LONG, "4"))


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("parlaiment", [("parliament", 2), ("parlament", 1)]),
        ("parliaments", [("parliament", 2)]),
        ("schone", [("schöner", 1)]),
        ("fin", []),
        ("", []),
        ("zzz", []),
    ],
)
def test_words_that_are_alike(engine, archive, word, forms):
    """Those of documents without accents are counted as well."""
    found = engine.searcher().vocabulary.alike(word)
    assert [(form.exact, form.documents) for form in found] == forms


@pytest.mark.parametrize(
    ("typed", "is_held"),
    [("straße", True), ("strasse", True), ("ströße", False), ("parliament", True), ("xy", False)],
)
def test_which_words_are_held(engine, archive, typed, is_held):
    (word,) = [parse_query(typed)]
    assert isinstance(word, Term)
    assert bool(engine.searcher().frequency(word)) is is_held
