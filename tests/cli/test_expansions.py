"""What the command line tells of abbreviations, and a file of one's own."""

import json

import pytest

from civicsearch import Archive, Document


@pytest.fixture
def filled(index):
    with Archive.open(index) as archive:
        archive.add(
            [
                Document(document_id="long", body="Ủy ban nhân dân xã Nà Lường họp."),
                Document(document_id="short", body="UBND xã Nà Lường họp bàn."),
            ]
        )
    return index


def ids(found):
    return [json.loads(line)["document_id"] for line in found.out.splitlines()]


def test_what_was_also_read_is_told_on_standard_error(call, filled):
    found = call("search", "UBND", "OR", "KT-XH")
    assert found.err.startswith(
        "Also read as: UBND = Ủy ban nhân dân; KT-XH = kinh tế - xã hội / KTXH "
        "(--no-expand searches only for what is typed).\n"
    )
    assert "Ủy ban nhân dân xã" in found.out


def test_no_expand_searches_for_what_is_typed(call, filled):
    assert ids(call("search", "UBND", "--format", "jsonl")) == ["short", "long"]
    found = call("search", "UBND", "--format", "jsonl", "--no-expand")
    assert ids(found) == ["short"]
    assert "Also read as" not in found.err


def test_no_expand_has_a_variable(call, filled, monkeypatch):
    monkeypatch.setenv("CIVICSEARCH_SEARCH_NO_EXPAND", "1")
    assert ids(call("search", "UBND", "--format", "jsonl")) == ["short"]


def test_json_has_expansions_as_data_alone(call, filled):
    found = call("search", "ubnd", "--format", "json")
    assert json.loads(found.out)["expansions"] == [
        {"typed": "ubnd", "read_as": ["Ủy ban nhân dân"]}
    ]
    assert "Also read as" not in found.err


def test_a_file_of_one_s_own_is_read_beside_the_built_in_table(call, filled, tmp_path, monkeypatch):
    own = tmp_path / "own.toml"
    own.write_text('NL = "Nà Lường"\n', "utf-8")
    call_with = ("--abbreviations", str(own), "--format", "jsonl")
    assert set(ids(call("search", "NL", *call_with))) == {"long", "short"}
    assert ids(call("search", "UBND", *call_with)) == ["short", "long"]
    assert call("search", "NL").status == 1
    monkeypatch.setenv("CIVICSEARCH_SEARCH_ABBREVIATIONS", str(own))
    assert call("search", "NL").status == 0


def test_a_file_that_cannot_be_used_is_an_error_with_its_line(call, filled, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('[vi]\nHĐ = "x"\n', "utf-8")
    found = call("search", "NL", "--abbreviations", str(own))
    assert (found.status, found.out) == (2, "")
    assert "(at line 2, column 2); names with accents or signs need quotes" in found.err
