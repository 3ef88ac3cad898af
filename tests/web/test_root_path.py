"""The site below a path of another one."""

from __future__ import annotations

import pytest

from civicsearch import InvalidOptionError
from civicsearch.web.app import create_app


def internal(page):
    """Return where all links and the form of a page lead, but to other sites."""
    found = [attrs.get("href") for tag, attrs in page.elements if tag in {"a", "link"}]
    found += [attrs["action"] for attrs in page.all("form")]
    return [href for href in found if not href.startswith(("#", "http", "data:"))]


@pytest.mark.parametrize(
    ("root_path", "prefix"),
    [
        ("/tim-kiem", "/tim-kiem"),
        ("/tim-kiem/", "/tim-kiem"),
        ("/a/b", "/a/b"),
        ("/tìm", "/t%C3%ACm"),
        ("/t%C3%ACm", "/t%C3%ACm"),
        ("/search", "/search"),
        ("", ""),
        ("/", ""),
    ],
)
def test_every_link_stays_below_the_path(archive, make_client, read_page, root_path, prefix):
    """Whether the proxy passes the path on or takes it away."""
    client = make_client(archive, root_path=root_path)
    waiting, seen = [f"{prefix}/search", f"{prefix}/search?q=dân&source=x&expand=0"], set()
    while waiting and len(seen) < 60:
        address = waiting.pop()
        seen.add(address)
        assert address.startswith(f"{prefix}/")
        passed_on, taken_away = client.get(address), client.get(address.removeprefix(prefix))
        assert passed_on.status_code == taken_away.status_code == 200, address
        assert passed_on.content == taken_away.content
        if passed_on.headers["content-type"].startswith("text/html"):
            hrefs = internal(read_page(passed_on.text))
            assert hrefs
            # What the client of the tests makes of `%252F` is not what is sent over a network.
            waiting += [href for href in hrefs if href not in seen and "%25" not in href]
    assert len(seen) > 20


def test_the_path_itself_leads_to_the_page(archive, make_client):
    client = make_client(archive, root_path="/tim-kiem/")
    for address in ("/tim-kiem", "/tim-kiem/", "/"):
        response = client.get(address)
        assert (response.status_code, response.headers["location"]) == (307, "/tim-kiem/search")


def test_only_whole_parts_of_a_path_are_taken_away(archive, make_client):
    client = make_client(archive, root_path="/tim")
    assert client.get("/timsearch").status_code == 404
    assert client.get("/tim/tim/search").status_code == 404
    assert client.get("/tim/api/search?q=dân").status_code == 200


def test_errors_are_pages_and_problems_there_too(archive, make_client, read_page):
    client = make_client(archive, root_path="/tin")
    page = client.get("/tin/documents/none")
    assert page.status_code == 404
    assert "/tin/search" in internal(read_page(page.text))
    assert client.get("/tin/api/documents/none").json()["code"] == "document_not_found"


@pytest.mark.parametrize(
    "path", ["tim-kiem", "/a//b", "/a?b", "/a b", "/../a", "//evil.example", "/a\nb", "/x\\y"]
)
def test_what_is_no_path_is_refused(archive, path):
    with pytest.raises(InvalidOptionError, match="it must be a path such as /tim-kiem"):
        create_app(archive, root_path=path)


@pytest.mark.parametrize("path", ["/api", "/documents/alt"])
def test_paths_that_would_mean_two_things_are_refused(archive, path):
    with pytest.raises(InvalidOptionError, match="where the site itself has its answers"):
        create_app(archive, root_path=path)
