"""`civicsearch related`: articles about the same thing."""

import csv
import io
import json

import pytest


@pytest.fixture
def document_id(call, index):
    found = json.loads(call("search", "dân vận", "--limit", "1", "--format", "json").out)
    return found["hits"][0]["document_id"]


def test_related_articles_are_printed(call, index, document_id):
    """In every format, without the article itself."""
    done = call("related", document_id)
    assert done.status == 0
    assert document_id not in done.out
    found = json.loads(call("related", document_id, "--format", "json").out)
    assert found["query"] == document_id
    ids = [hit["document_id"] for hit in found["hits"]]
    assert ids
    assert document_id not in ids
    rows = list(csv.DictReader(io.StringIO(call("related", document_id, "--format", "csv").out)))
    assert [row["document_id"] for row in rows] == ids
    one = call("related", document_id, "--limit", "1", "--format", "jsonl").out
    assert json.loads(one)["document_id"] == ids[0]


def test_an_unknown_id(call, index):
    """Status 2 and a sentence."""
    done = call("related", "gone")
    assert (done.status, done.out) == (2, "")
    assert "gone" in done.err


def test_nothing_related(call, tmp_path):
    """An article alone: status 1 and a sentence."""
    (tmp_path / "one.jsonl").write_text('{"id": "one", "body": "Chợ phiên Nà Lường."}\n', "utf-8")
    folder = str(tmp_path / "alone")
    call("ingest", str(tmp_path / "one.jsonl"), "--index", folder)
    done = call("related", "one", "--index", folder)
    assert (done.status, done.out) == (1, "")
    assert done.err == "No other article shares enough of its words.\n"
