"""Who has an answer already is told so, until the archive changes."""

from __future__ import annotations

import pytest

from civicsearch import Archive, Document
from civicsearch.web.headers import SECURITY_HEADERS

ADDRESSES = [
    "/search",
    "/search?q=dân",
    "/api/search?q=dân",
    "/api/suggest?q=d",
    "/api/related?id=khe-ha",
    "/api/why?id=khe-ha&q=dân",
    "/documents/khe-ha",
    "/api/documents/khe-ha",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_is_not_sent_twice_until_the_archive_changes(client, archive, address):
    first = client.get(address)
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    second = client.get(address, headers={"If-None-Match": tag})
    assert (second.status_code, second.content) == (304, b"")
    for answer in (first, second):
        assert answer.headers["cache-control"] == "private, no-cache"
        assert answer.headers.get("vary", "Accept-Encoding") == "Accept-Encoding"
        assert answer.headers["etag"] == tag
    archive.add(Document(document_id="new", title="Dân mới"))
    third = client.get(address, headers={"If-None-Match": tag})
    assert third.status_code == 200
    assert third.headers["etag"] != tag


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("{}", 304),
        ('"x", {} ,W/"y"', 304),
        ("*", 304),
        ("", 200),
        ('"x"', 200),
        ("x", 200),
        ('"' * 999, 200),
    ],
)
def test_tags_are_compared_as_the_standard_has_it(client, header, status):
    """Weakly, in a list, and whatever else is in it."""
    tag = client.head("/api/search?q=dân").headers["etag"]
    for asked in (tag, tag.removeprefix("W/")):
        answer = client.get("/api/search?q=dân", headers={"If-None-Match": header.format(asked)})
        assert answer.status_code == status


def test_each_address_has_a_tag_of_its_own(client):
    tags = {client.get(address).headers["etag"] for address in ADDRESSES}
    assert len(tags) == len(ADDRESSES)


def test_what_may_change_without_a_commit_is_not_kept(client):
    """Errors and the state of the server are asked for anew."""
    tag = client.get("/api/search?q=dân").headers["etag"]
    for address in ("/api/search?q=dân&limit=x", "/api/documents/none", "/healthz", "/nowhere"):
        for header in (tag, "*"):
            answer = client.get(address, headers={"If-None-Match": header})
            assert answer.status_code in {200, 400, 404}
            assert "etag" not in answer.headers
            assert answer.headers["cache-control"] == dict(SECURITY_HEADERS)["Cache-Control"]


def test_a_restart_keeps_tags(tmp_path, make_client):
    """The same archive under the same program gives the same answers; elsewhere links differ."""
    tags = []
    for options in ({}, {}, {"root_path": "/tin"}):
        with Archive.create(tmp_path / "index") as archive:
            if not tags:
                archive.add(Document(document_id="1", title="Dân"))
            answer = make_client(archive, **options).get("/search?q=dân")
            tags.append(answer.headers["etag"])
    assert tags[0] == tags[1] != tags[2]
