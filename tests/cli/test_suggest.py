"""`civicsearch suggest`: completions, one a line."""

import json

import pytest


def test_completions_are_printed(call, index):
    """Words first, then titles."""
    done = call("suggest", "dan v")
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[0] == "dân vận"


def test_completions_as_json(call, index):
    """With what was typed."""
    done = call("suggest", "dan", "v", "--json", "--limit", "1")
    assert json.loads(done.out) == {"text": "dan v", "suggestions": ["dân vận"]}


def test_nothing_to_complete(call, index):
    """Status 1 and a word about it."""
    done = call("suggest", "zzzz")
    assert (done.status, done.out) == (1, "")
    assert done.err == "Nothing in the archive goes on like 'zzzz'.\n"


def test_nothing_to_complete_as_json(call, index):
    """An empty list is data, too."""
    done = call("suggest", "zzzz", "--json")
    assert done.status == 1
    assert json.loads(done.out) == {"text": "zzzz", "suggestions": []}


@pytest.mark.parametrize("limit", ["0", "51"])
def test_limit_is_checked(call, index, limit):
    """The message says which are possible."""
    done = call("suggest", "dan", "--limit", limit)
    assert done.status == 2
    assert "from 1 to 50" in done.err


def test_search_offers_what_was_meant_on_stderr(call, index):
    """Beside hits too; the data stay as they are."""
    done = call("search", "dan van kheo")
    assert done.status == 0
    assert "Did you mean: dân vận khéo?" in done.err
    assert "Did you mean" not in done.out
