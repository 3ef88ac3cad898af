"""`civicsearch why`: which part of a query fails."""

import json

import pytest


@pytest.fixture
def document_id(call, index):
    found = json.loads(call("search", "dân vận", "--limit", "1", "--format", "json").out)
    return found["hits"][0]["document_id"]


def test_an_article_that_is_found(call, index, document_id):
    done = call("why", document_id, "dân", "vận")
    assert done.status == 0
    assert "is found by 'dân vận', as number 1" in done.out
    assert "yes  dân" in done.out


@pytest.mark.parametrize("name", ["why", "why-not"])
def test_an_article_that_is_not_found(call, index, document_id, name):
    """Status 1; a query may begin with a dash."""
    done = call(name, document_id, "-dân", "zzzz")
    assert done.status == 1
    assert "NO   zzzz  not in the text" in done.out
    assert "must not be there" in done.out


def test_as_json(call, index, document_id):
    done = call("why", document_id, "zzzz", "--json", "--from", "2031")
    found = json.loads(done.out)
    assert (done.status, found["matches"], found["rank"]) == (1, False, None)
    assert found["clause"]["detail"] == "not in the text"
    assert found["filters"][0]["text"] == "from 2031-01-01"


def test_an_unknown_id(call, index):
    done = call("why", "gone", "dân")
    assert (done.status, done.out) == (2, "")


def test_abbreviations_may_be_left_alone(call, tmp_path):
    line = '{"id": "one", "body": "Ủy ban nhân dân xã họp."}'
    (tmp_path / "one.jsonl").write_text(line, "utf-8")
    own = ("--index", str(tmp_path / "own"))
    call("ingest", str(tmp_path / "one.jsonl"), *own)
    assert call("why", "one", "UBND", *own).status == 0
    assert call("why", "one", "UBND", "--no-expand", *own).status == 1
