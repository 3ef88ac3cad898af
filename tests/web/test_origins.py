"""Scripts of other sites read the JSON where they are let, and nowhere else."""

from __future__ import annotations

import pytest

from civicsearch import InvalidOptionError
from civicsearch.web.app import create_app
from civicsearch.web.headers import SECURITY_HEADERS

HOME = "https://bao.example"


def told(response):
    names = ("access-control-allow-origin", "vary")
    return tuple(response.headers.get(name) for name in names)


def test_an_allowed_origin_may_read_answers_and_errors(archive, make_client):
    client = make_client(archive, allow_origins=["https://Bao.Example:443", "http://x.example:81"])
    for address, status in (
        ("/api/search?q=dân", 200),
        ("/api/search?limit=x", 400),
        ("/api/nowhere", 404),
    ):
        response = client.get(address, headers={"Origin": HOME})
        assert response.status_code == status
        assert response.headers["access-control-allow-origin"] == HOME
        assert response.headers["access-control-expose-headers"] == "ETag, Retry-After"
        assert "Origin" in response.headers["vary"]
        assert "access-control-allow-credentials" not in response.headers
    for origin in ("http://bao.example", "https://bao.example:444", "null", "https://evil.example"):
        response = client.get("/api/search?q=dân", headers={"Origin": origin})
        assert told(response) == (None, "Accept-Encoding, Origin")
    assert told(client.get("/api/search?q=dân"))[1] == "Accept-Encoding, Origin"
    assert told(client.get("/search?q=dân", headers={"Origin": HOME}))[0] is None


def test_any_origin_may_be_allowed(archive, make_client):
    """Then answers are the same for all."""
    client = make_client(archive, allow_origins="*")
    response = client.get("/api/search?q=dân", headers={"Origin": HOME})
    assert told(response) == ("*", "Accept-Encoding")
    tag = response.headers["etag"]
    again = client.get("/api/search?q=dân", headers={"Origin": HOME, "If-None-Match": tag})
    assert (again.status_code, told(again)[0]) == (304, "*")


def test_an_unforeseen_error_can_be_read_too(make_client):
    class Broken:
        revision = property(lambda self: 1 / 0)

    client = make_client(Broken(), allow_origins=[HOME])
    response = client.get("/api/search?q=a", headers={"Origin": HOME})
    assert (response.status_code, told(response)[0]) == (500, HOME)


@pytest.mark.parametrize(
    ("allowed", "address", "status"),
    [
        ([HOME], "/api/search", 204),
        (["*"], "/api/documents/a", 204),
        ([HOME], "/search", 405),
        (["https://other.example"], "/api/search", 405),
        ([], "/api/search", 405),
    ],
)
def test_browsers_may_ask_first(archive, make_client, allowed, address, status):
    client = make_client(archive, allow_origins=allowed)
    asked = {"Origin": HOME, "Access-Control-Request-Method": "GET"}
    response = client.options(address, headers=asked)
    assert response.status_code == status
    assert response.headers.get("access-control-allow-methods") == (
        "GET, HEAD" if status == 204 else None
    )
    for name, value in SECURITY_HEADERS:
        assert response.headers[name] == value


@pytest.mark.parametrize(
    "origin",
    ["", "bao.example", "https://bao.example/", "https://bao.example/tin", "ftp://x", "null",
     "https://a.example, https://b.example", "https://báo.example", "https://*.example"],
)  # fmt: skip
def test_what_is_no_origin_is_refused(archive, origin):
    with pytest.raises(InvalidOptionError, match="an origin such as https://example"):
        create_app(archive, allow_origins=[origin])
