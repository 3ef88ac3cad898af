"""What the page and the endpoint tell of abbreviations that were expanded."""

from urllib.parse import parse_qs, urlsplit

import pytest

from civicsearch import Document

LONG = Document(
    document_id="long", title="Họp dân", body="Ủy ban nhân dân xã Nà Lường họp.", source="Báo Sông"
)
SHORT = Document(document_id="short", title="Họp thôn", body="UBND xã Nà Lường họp bàn.")


@pytest.fixture(autouse=True)
def _filled(archive):
    archive.add([LONG, SHORT])


def ids(response):
    return [hit["document_id"] for hit in response.json()["hits"]]


def test_the_endpoint_expands_and_tells(client):
    response = client.get("/api/search", params={"q": "UBND xã"})
    assert ids(response) == ["short", "long"]
    assert response.json()["expansions"] == [{"typed": "UBND", "read_as": ["Ủy ban nhân dân"]}]


def test_without_expanding_only_what_is_typed_is_found(client):
    response = client.get("/api/search", params={"q": "UBND xã", "expand": "0"})
    assert ids(response) == ["short"]
    assert response.json()["expansions"] == []


@pytest.mark.parametrize("value", ["1", ""])
def test_expanding_is_the_default(client, value):
    response = client.get("/api/search", params={"q": "UBND xã", "expand": value})
    assert ids(response) == ["short", "long"]


@pytest.mark.parametrize("path", ["/search", "/api/search"])
def test_another_value_is_refused(client, path):
    response = client.get(path, params={"q": "UBND", "expand": "no"})
    assert response.status_code == 400
    assert "expand cannot be" in response.text
    assert client.get(f"{path}?q=x&expand=0&expand=1").status_code == 400


def test_a_cursor_goes_on_only_in_the_search_that_it_is_of(client):
    first = client.get("/api/search", params={"q": "UBND xã", "limit": 1}).json()
    params = {"q": "UBND xã", "limit": 1, "cursor": first["cursor"]}
    assert ids(client.get("/api/search", params=params)) == ["long"]
    assert client.get("/api/search", params={**params, "expand": "0"}).status_code == 400


def test_the_page_tells_and_leads_to_what_was_typed_alone(client, read_page):
    page = read_page(client.get("/search", params={"q": "UBND xã", "source": "Báo Sông"}).text)
    assert "Also read as: UBND = Ủy ban nhân dân." in page.text
    assert "Search only for what I typed" in page.text
    (href,) = [href for href in page.hrefs() if "expand=0" in href]
    assert parse_qs(urlsplit(href).query) == {
        "q": ["UBND xã"], "source": ["Báo Sông"], "expand": ["0"],
    }  # fmt: skip


def test_the_page_that_does_not_expand_leads_back_and_stays_so_in_its_form(client, read_page):
    page = read_page(client.get("/search", params={"q": "UBND xã", "expand": "0"}).text)
    assert "Also read as" not in page.text
    assert "Searched only for what you typed." in page.text
    assert "/search?q=UBND+x%C3%A3" in page.hrefs()
    assert {"type": "hidden", "name": "expand", "value": "0"} in page.all("input")


def test_the_page_says_nothing_where_nothing_is_expanded(client, read_page):
    page = read_page(client.get("/search", params={"q": "họp"}).text)
    assert "Also read as" not in page.text
    assert "only for what you typed" not in page.text
    assert not [field for field in page.all("input") if field.get("name") == "expand"]


def test_the_long_form_is_marked_as_a_phrase(client):
    html = client.get("/search", params={"q": "UBND"}).text
    assert "<mark>Ủy ban nhân dân</mark>" in html
    assert "Họp dân" in html


def test_what_is_typed_is_escaped(client, archive):
    html = client.get("/search", params={"q": "GD&ĐT <b>UBND</b>"}).text
    assert "GD&amp;ĐT" in html
    assert "<b>" not in html
