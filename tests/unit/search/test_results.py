import pytest

from civicsearch import Archive, Hit, InvalidOptionError, Results, TotalHits
from civicsearch.analysis import Analyzer
from civicsearch.query import parse_query
from civicsearch.search.engine import Match, Matches
from fakes.builders import a_document


class Asked(list):
    """Counts what is asked for."""

    def of(self, value):
        def give():
            self.append(value)
            return value

        return give


class OnePageEngine:
    """Answers every search with the same matches; `relaxed` where one word is enough."""

    def __init__(self, matches, relaxed=None):
        self.answers = [matches, relaxed or matches]
        self.requests = []

    def searcher(self):
        return self

    def search(self, request):
        self.requests.append(request)
        return self.answers[min(len(self.requests), 2) - 1]

    def explain(self, request, document_id):
        return request, document_id

    def frequency(self, leaf):
        return 1


def a_hit(document, **values):
    return Hit(
        rank=1,
        score=1.0,
        document=document,
        query=parse_query("dân"),
        analyzer=Analyzer(),
        explain=lambda: None,
        **values,
    )


def test_a_hit_loads_its_document_once_and_only_when_it_is_read():
    asked = Asked()
    document = a_document(document_id="1", title="Dân", body="Dân góp công.")
    hit = a_hit(asked.of(document), document_id="1")
    assert (hit.document_id, asked) == ("1", [])
    assert (hit.title, hit.snippet.text, hit.document) == ("Dân", "Dân góp công.", document)
    assert len(asked) == 1


def test_a_hit_tells_what_is_found_in_its_title():
    values = a_hit(a_document(title="Tổ dân phố và dân", body="Dân góp công.")).to_dict()
    assert values["title_highlights"] == [[3, 6], [14, 17]]
    assert a_hit(a_document(title="", body="Dân góp công.")).to_dict()["title_highlights"] == []


@pytest.mark.parametrize("number", [0, 11, "2", None, True])
def test_a_number_of_passages_out_of_range_is_refused(number):
    """Before anything is made, and by the name that the argument has."""
    hit = a_hit(a_document(body="Dân góp công."))
    results = Results(query="dân", total=TotalHits(value=0), hits=())
    with pytest.raises(InvalidOptionError, match="limit cannot be"):
        hit.passages(number)
    for told in (hit, results):
        with pytest.raises(InvalidOptionError, match="passages cannot be"):
            told.to_dict(passages=number)


def test_a_hit_without_an_id_has_that_of_its_document():
    assert a_hit(a_document(document_id="1")).document_id == "1"


def test_the_total_is_counted_once_and_only_when_it_is_read():
    asked = Asked()
    results = Results(query="dân", total=asked.of(TotalHits(value=7)), hits=())
    assert asked == []
    assert (results.total.value, results.total.value) == (7, 7)
    assert len(asked) == 1


def test_the_cursor_is_made_once_and_only_when_it_is_read():
    asked = Asked()
    results = Results(query="dân", total=TotalHits(value=7), hits=(), cursor=asked.of("abc"))
    assert asked == []
    assert (results.cursor, results.cursor) == ("abc", "abc")
    assert len(asked) == 1


def test_results_compare_by_what_they_tell():
    values = {"query": "dân", "hits": (), "elapsed_ms": 1.0}
    results = Results(total=TotalHits(value=7), **values)
    assert results == Results(total=lambda: TotalHits(value=7), **values)
    assert results != Results(total=TotalHits(value=8), **values)
    assert results != "dân"
    assert repr(results) == "<Results 'dân' 0 hits 1.0 ms>"


@pytest.mark.parametrize("text", ["dân", "dân vận"])
def test_a_page_with_hits_is_answered_without_counting(text):
    asked, loaded = Asked(), Asked()
    match = Match("1", 2.0, loaded.of(a_document(document_id="1", title="Dân")))
    engine = OnePageEngine(Matches(total=asked.of(TotalHits(value=1)), matches=(match,)))
    results = Archive(engine).search(text)
    (hit,) = results.hits
    assert (hit.rank, hit.score, hit.document_id) == (1, 2.0, "1")
    assert (asked, loaded, len(engine.requests)) == ([], [], 1)
    assert (results.total.value, hit.title) == (1, "Dân")
    assert hit.explain() == (engine.requests[0], "1")


@pytest.mark.parametrize("page", [{"limit": 0}, {"offset": 10}, {}])
def test_an_empty_page_is_no_empty_answer_where_something_matches(page):
    engine = OnePageEngine(Matches(total=lambda: TotalHits(value=7), matches=()))
    results = Archive(engine).search("dân vận", **page)
    assert (results.total.value, results.notices, len(engine.requests)) == (7, (), 1)


def test_the_second_page_of_a_relaxed_query_is_relaxed_too():
    nothing = Matches(total=lambda: TotalHits(value=0), matches=())
    something = Matches(total=lambda: TotalHits(value=11), matches=())
    engine = OnePageEngine(nothing, relaxed=something)
    results = Archive(engine).search("dân vận", offset=20)
    assert results.total.value == 11
    assert results.notices == ("No document has enough of these words; these have some of them.",)
