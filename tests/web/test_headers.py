"""What every response says about safety."""

from __future__ import annotations

import pytest

from civicsearch.web.headers import SECURITY_HEADERS

REQUESTS = [
    ("GET", "/", 307),
    ("GET", "/search", 200),
    ("GET", "/search?q=dân", 200),
    ("GET", "/search?q=dân&limit=x", 400),
    ("GET", "/api/search?q=dân", 200),
    ("GET", "/api/search", 400),
    ("GET", "/documents/khe-ha", 200),
    ("GET", "/documents/none", 404),
    ("GET", "/api/documents/khe-ha", 200),
    ("GET", "/api/documents/none", 404),
    ("GET", "/healthz", 200),
    ("GET", "/static/style.css", 200),
    ("GET", "/nowhere", 404),
    ("GET", "/api/nowhere", 404),
    ("POST", "/search", 405),
    ("OPTIONS", "/api/search", 405),
    ("HEAD", "/search?q=dân", 200),
]


@pytest.mark.parametrize(("method", "path", "status"), REQUESTS)
def test_every_response_has_them(client, method, path, status):
    """Pages, JSON, redirects and errors alike; nothing says which software answers."""
    response = client.request(
        method, path, headers={"Host": "evil.example", "Origin": "https://evil.example"}
    )
    assert response.status_code == status
    is_kept = status == 200 and path != "/healthz"
    for name, value in SECURITY_HEADERS:
        if not (name == "Cache-Control" and is_kept):
            assert response.headers[name] == value
    if status != 307:
        assert "charset=utf-8" in response.headers["content-type"]
    assert "server" not in response.headers
    assert not [name for name in response.headers if name.startswith("access-control-")]
    assert "evil.example" not in response.text + str(response.headers)


def test_policy_allows_no_script():
    """The page may load its stylesheet and data images, and nothing else."""
    policy = dict(SECURITY_HEADERS)["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def test_long_pages_are_compressed(client):
    """A browser that can unpack gets fewer bytes."""
    response = client.get("/search?q=dân", headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["vary"]


@pytest.mark.parametrize("accepted", ["gzip;q=0", "br, gzip; q=0.0, *;q=0.5", "identity", ""])
def test_who_cannot_unpack_gets_plain_pages(client, accepted):
    """A quality of 0 is a refusal."""
    response = client.get("/search?q=dân", headers={"Accept-Encoding": accepted})
    assert response.status_code == 200
    assert "content-encoding" not in response.headers
