"""Each value names the places that say it, and those that say something else."""

from civicsearch.document import Page
from civicsearch.ingest.extractor import extract_document
from civicsearch.ingest.provenance import trace_values

STORY = "<p>The council of Marrow Bay met on the quay and spoke about the price of water.</p>" * 8
HEAD = """
<title>Water will cost less | Marrow Bay Courier</title>
<meta property="og:title" content="Water will cost less">
<meta property="og:site_name" content="Marrow Bay Courier">
<meta name="author" content="webmaster">
<meta property="article:published_time" content="2024-05-03T08:00:00+02:00">
<meta property="article:modified_time" content="2024-05-09">
<meta name="date" content="2021-01-01">
"""
BODY = f"<h1>Water will cost less</h1><p>By Ana Ruiz</p><p>3 May 2024</p>{STORY}"


def traces(head=HEAD, body=BODY, url="https://courier.example/2024/05/03/water"):
    page = Page(content=f"<head>{head}</head><body>{body}</body>".encode(), url=url)
    return {trace.field: trace for trace in trace_values(page, extract_document(page))}


def places(statements):
    return [statement.place for statement in statements]


def test_a_title_names_all_that_say_it():
    trace = traces()["title"]
    assert trace.value == "Water will cost less"
    assert places(trace.said_by) == ["meta og:title", "<title>", "<h1>", "a line of the page"]
    assert trace.against == ()


def test_another_date_is_a_conflict():
    """The day counts: a moment, a date line and the address say the same."""
    trace = traces()["published"]
    assert trace.value == "2024-05-03T08:00:00+02:00"
    assert places(trace.said_by) == [
        "meta article:published_time",
        "the address",
        "a line of the page",
    ]
    assert [(one.place, one.text) for one in trace.against] == [("meta date", "2021-01-01")]


def test_an_author_on_the_page_against_one_in_the_head():
    trace = traces()["authors"]
    assert trace.value == "Ana Ruiz"
    assert places(trace.said_by) == ["a line of the page"]
    assert places(trace.against) == ["meta author"]


def test_a_value_that_nobody_states_has_no_places():
    trace = traces(head="", body=f"<h1>Water will cost less</h1>{STORY}", url=None)["published"]
    assert (trace.value, trace.said_by, trace.against) == ("", (), ())


def test_what_changed_last_is_traced():
    assert places(traces()["modified"].said_by) == ["meta article:modified_time"]
