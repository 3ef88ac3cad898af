"""The JSON endpoint."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def test_search_has_the_shape_of_the_library(client, archive):
    """The answer is that of `Results.to_dict`, the elapsed time aside."""
    answer = client.get("/api/search", params={"q": "dân vận khéo", "facet": "year"}).json()
    expected = archive.search("dân vận khéo", facets=("year",)).to_dict()
    assert answer.pop("elapsed_ms") >= 0
    expected.pop("elapsed_ms")
    assert answer == json.loads(json.dumps(expected))
    assert answer["facets"] == {"year": [{"value": "2020", "count": 1}]}


def test_all_parameters_count(client):
    """Limit, offset, order, days and sources reach the search; unknown parameters do not matter."""
    url = "/api/search?q=dân&sort=oldest&from=2019-01-01&to=2020-12-31&limit=1&nonsense=1"
    first = client.get(url).json()
    assert first["total"] == {"value": 2, "exact": True}
    assert [hit["document_id"] for hit in first["hits"]] == ["hostile"]
    second = client.get(url + "&offset=1").json()
    assert [(hit["rank"], hit["document_id"]) for hit in second["hits"]] == [(2, "khe-ha")]
    by_source = client.get("/api/search?q=dân&source=bao+song+lam&source=other").json()
    assert [hit["document_id"] for hit in by_source["hits"]] == ["khe-ha"]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("from=2020", {"khe-ha"}),
        ("from=2020-08&to=2020-08", {"khe-ha"}),
        ("from=2020-09", set()),
        ("to=2019", {"hostile"}),
        ("to=02/01/2019", {"hostile"}),
        ("to=2018", set()),
    ],
)
def test_a_year_or_a_month_is_all_of_it(client, days, expected):
    """`from` begins with its first day, `to` ends with its last."""
    hits = client.get(f"/api/search?q=dân&{days}").json()["hits"]
    assert {hit["document_id"] for hit in hits} == expected


def test_the_cursor_of_an_answer_leads_on(client):
    """Until it is null; ranks count on."""
    url = "/api/search?q=dân&sort=oldest&limit=3"
    first = client.get(url).json()
    second = client.get(f"{url}&cursor={first['cursor']}").json()
    hits = first["hits"] + second["hits"]
    assert [hit["rank"] for hit in hits] == [1, 2, 3, 4]
    assert len({hit["document_id"] for hit in hits}) == 4
    assert second["cursor"] is None
    assert second["total"] == first["total"]


def test_a_cursor_of_another_search_is_refused(client):
    """So is a damaged one, one given twice, and one beside an offset."""
    cursor = client.get("/api/search?q=dân&limit=1").json()["cursor"]
    for query, detail in (
        (f"q=xã&cursor={cursor}", "this one is of another query, sort or filter"),
        (f"q=dân&source=x&cursor={cursor}", "this one is of another query, sort or filter"),
        (f"q=dân&cursor={cursor[:-1]}", "it must be the cursor of an earlier page, unchanged"),
        ("q=dân&cursor=" + "x" * 5000, "cursor cannot be 'xxx"),
        (f"q=dân&offset=1&cursor={cursor}", "offset cannot be 1; it must be 0, or left out"),
        (
            f"q=dân&cursor={cursor}&cursor={cursor}",
            "cursor is given 2 times; it must be given once",
        ),
    ):
        response = client.get(f"/api/search?{query}")
        assert response.status_code == 400
        assert response.json()["code"] == "invalid_option"
        assert detail in response.json()["detail"]
        assert len(response.json()["detail"]) < 300


def test_the_page_passes_over_a_cursor(client):
    """It has numbered pages."""
    assert client.get("/search?q=dân&cursor=x").status_code == 200


def test_facets_only_when_asked_for(client):
    """Counting costs, so it is not done unasked; several facets can be named."""
    assert client.get("/api/search?q=dân").json()["facets"] == {}
    facets = client.get("/api/search?q=dân&facet=source&facet=language").json()["facets"]
    assert set(facets) == {"source", "language"}


def test_empty_parameters_are_as_good_as_none(client):
    """Browsers send every field of a form."""
    response = client.get("/api/search?q=dân&from=&to=&sort=&source=&limit=&offset=&cursor=&facet=")
    assert response.status_code == 200
    assert response.json()["total"]["value"] == 4


def test_markup_is_escaped_in_json(client, hostile):
    """JSON pasted into a page cannot break out; parsed, it is unchanged."""
    response = client.get("/api/search", params={"q": "đường dây nóng"})
    assert not set("<>&") & set(response.text)
    assert hostile in response.json()["hits"][0]["title"]


def test_half_a_surrogate_pair_survives_json(client):
    """Text that UTF-8 cannot hold is written as a JSON escape."""
    assert client.get("/api/documents/lone").json()["title"] == "Dân \ud800 quân"


def test_document_is_given_without_server_paths(client, archive):
    """A document is its `to_dict`, without the files it was read from."""
    answer = client.get("/api/documents/khe-ha")
    expected = archive.document("khe-ha").to_dict()
    del expected["origins"]
    assert answer.json() == expected
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("heading", "address"),
    [("An answer", "/api/search?q=dân&facet=source"), ("One article", "/api/documents/khe-ha")],
)
def test_the_documented_keys_are_those_of_the_answer(client, heading, address):
    """What docs/http.md shows is whole, and in the same order."""
    text = (Path(__file__).parents[2] / "docs/http.md").read_text(encoding="utf-8")
    section = text.split(f"## {heading}\n", 1)[1]
    shown = json.loads(section[section.index("    {\n") :].split("\n    }\n", 1)[0] + "}")
    given = client.get(address).json()
    assert list(shown) == list(given)
    for hit, expected in zip(given.get("hits", []), shown.get("hits", []), strict=False):
        assert list(hit) == list(expected)


def test_health(client):
    """The health check says that the archive answers, and no version."""
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "documents": 4}


def test_head_is_answered(client):
    """HEAD has the headers of GET."""
    assert client.head("/api/search?q=dân").status_code == 200


def test_new_commits_are_seen(client, archive):
    """What is added while the application runs is found at once."""
    from civicsearch import Document

    assert client.get("/api/search?q=phiêng").json()["total"]["value"] == 0
    archive.add(Document(document_id="new", title="Phiêng Sậy"))
    assert client.get("/api/search?q=phiêng").json()["total"]["value"] == 1
    assert client.get("/healthz").json()["documents"] == 5


@pytest.mark.parametrize("accept", ["application/json", "text/html", "*/*"])
def test_api_errors_are_never_pages(client, accept):
    """A program gets a problem whatever its HTTP library says that it accepts."""
    response = client.get("/api/search", headers={"Accept": accept})
    assert response.headers["content-type"] == "application/problem+json; charset=utf-8"


def test_completions_are_those_of_the_library(client, archive):
    """With what was typed; as many as are asked for."""
    answer = client.get("/api/suggest", params={"q": "dan v", "limit": "3"})
    assert answer.json() == {
        "text": "dan v",
        "suggestions": list(archive.suggest("dan v", limit=3)),
    }
    assert answer.json()["suggestions"][0] == "dân vận"
    assert client.get("/api/suggest").json() == {"text": "", "suggestions": []}


@pytest.mark.parametrize("query", ["q=a&limit=0", "q=a&limit=51", "q=a&limit=x", "q=a&q=b"])
def test_bad_completion_parameters_are_problems(client, query):
    """Each in the one shape of errors."""
    answer = client.get(f"/api/suggest?{query}")
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid_option"


def test_why_an_article_is_found(client):
    """Each part of the query; an unknown article is a problem."""
    found = client.get("/api/why?id=khe-ha&q=dân+AND+zzzz").json()
    assert (found["matches"], found["clause"]["parts"][1]["detail"]) == (False, "not in the text")
    assert client.get("/api/why?id=khe-ha&q=dân").json()["rank"]
    assert client.get("/api/why?id=gone&q=dân").json()["code"] == "document_not_found"


@pytest.mark.parametrize(
    "address", ["/api/related", "/api/related?id=", "/api/why?q=dân", "/api/why?q=dân&id="]
)
def test_a_missing_id_is_a_problem_of_the_request(client, address):
    """There is no article to be found or not."""
    answer = client.get(address)
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json() == {
        "type": "urn:civicsearch:problem:invalid_option",
        "title": "A value is out of range",
        "status": 400,
        "detail": "id is missing; it must be the id of an article.",
        "code": "invalid_option",
    }


def test_more_passages_of_each_article(client):
    """As many as are asked for, the snippet first; the page shows them too."""
    (hit, *_) = client.get("/api/search?q=dân&passages=3").json()["hits"]
    assert hit["passages"][0] == hit["snippet"]
    assert "passages" not in client.get("/api/search?q=dân").json()["hits"][0]
    assert client.get("/api/search?q=dân&passages=10").status_code == 200
    assert client.get("/api/search?q=dân&passages=11").status_code == 400
    assert client.get("/api/search?q=dân&passages=0").status_code == 400
    assert client.get("/search?q=dân&passages=3").status_code == 200
