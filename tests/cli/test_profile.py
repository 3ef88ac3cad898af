"""`civicsearch profile`, and `--profiles` of the commands that read pages."""

import json

import pytest

PROSE = "Chiều qua, hội đồng xã Suối Ngàn họp về giá nước sạch và nghe ý kiến của mười hai thôn."
PAGE = f"""<html lang=vi><head><link rel=canonical href="https://suoingan.example/tin/17-gia-nuoc">
<title>Cổng xã</title></head><body><h1>Cổng xã Suối Ngàn</h1><div id=tin>
<h3 class=ten>Giá nước sạch giảm</h3><div class=chu><p>{PROSE}</p><p>{PROSE}</p></div></div></body>
"""


@pytest.fixture
def saved(tmp_path):
    file = tmp_path / "tin.html"
    file.write_text(PAGE, encoding="utf-8")
    return file


@pytest.fixture
def profiles(tmp_path):
    def profiles(text):
        file = tmp_path / "profiles.toml"
        file.write_text(f'[sites."suoingan.example"]\n{text}', encoding="utf-8")
        return file

    return profiles


def test_what_each_selector_gives_is_shown_beside_the_generic_rules(call, profiles, saved):
    done = call("profile", profiles('title = ".ten"\nbody = ".chu"'), saved)
    assert (done.status, done.err) == (0, "")
    head, title, gives, without, *_ = done.out.splitlines()
    assert head == f"{saved} (suoingan.example)"
    assert title == "  title  1 element of .ten"
    assert gives.split() == ["gives", *["Giá", "nước", "sạch", "giảm"]]
    assert without.split()[0] == "without"


def test_a_selector_that_chooses_nothing_makes_the_status_1(call, profiles, saved):
    done = call("profile", profiles('title = ".ten"\nsection = ".muc"'), saved)
    assert done.status == 1
    assert "  section  0 elements of .muc\n" in done.out
    assert "gives nothing" in done.out


def test_something_is_to_be_removed_on_one_of_the_pages_at_least(call, profiles, saved):
    other = saved.with_name("other.html")
    other.write_text(PAGE.replace("<h3", "<hr><h3"), encoding="utf-8")
    file = profiles('title = ".ten"\nremove = "hr"')
    assert call("profile", file, saved, other).status == 0
    done = call("profile", file, saved)
    assert done.status == 1
    assert "anything to remove for suoingan.example: hr" in done.err


def test_a_page_without_a_profile_is_named(call, profiles, saved):
    saved.write_text(PAGE.replace("suoingan.example", "lamkhe.example"), encoding="utf-8")
    file = profiles('title = ".ten"')
    done = call("profile", file, saved)
    assert done.status == 1
    assert "no profile is used: its site has no profile" in done.out
    assert call("profile", file, saved, "--site", "suoingan.example").status == 0


def test_the_same_as_data(call, profiles, saved):
    values = json.loads(call("profile", profiles('title = ".ten"'), saved, "--json").out)
    assert values["idle_removals"] == []
    [page] = values["pages"]
    assert (page["file"], page["site"], page["problem"]) == (str(saved), "suoingan.example", "")
    assert page["selectors"][0]["matched"] == 1
    assert page["selectors"][0]["value"] == "Giá nước sạch giảm"


def test_a_page_that_cannot_be_read_is_an_error(call, profiles, tmp_path):
    done = call("profile", profiles('title = "h1"'), tmp_path / "none.html")
    assert done.status == 2
    assert "none.html" in done.err


def test_a_mistake_in_the_profiles_is_an_error_before_anything_is_written(call, profiles, saved):
    file = profiles('titel = "h1"')
    for arguments in (("profile", file, saved), ("ingest", saved, "--profiles", file)):
        done = call(*arguments)
        assert done.status == 2
        assert "suoingan.example has the unknown key 'titel'; title may be meant." in done.err
    assert not (saved.parent / "index").exists()


def test_extract_explains_what_the_profile_decided(call, profiles, saved):
    file = profiles('title = ".ten"\nsection = ".muc"')
    done = call("extract", saved, "--profiles", file, "--explain")
    assert "said by profile suoingan.example: .ten" in done.out
    assert "section by 0 elements of .muc: gives nothing, so the generic rules decide" in done.out
    values = json.loads(call("extract", saved, "--profiles", file, "--explain", "--json").out)
    assert values["profile"]["site"] == "suoingan.example"
    assert [one["field"] for one in values["profile"]["selectors"]] == ["title", "section"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_ingest_asks_the_profiles(call, profiles, saved, jobs):
    file = profiles('section = {selector = "h1", attribute = "id"}\ntitle = "h1"\nbody = ".chu"')
    assert call("ingest", saved, "--profiles", file, "--jobs", jobs).status == 0
    found = json.loads(call("search", "nước", "--format", "json").out)
    assert found["hits"][0]["title"] == "Cổng xã Suối Ngàn"


def test_a_variable_names_the_profiles(call, profiles, saved, monkeypatch):
    monkeypatch.setenv("CIVICSEARCH_EXTRACT_PROFILES", str(profiles('title = "h1"')))
    assert call("extract", saved).out.startswith("Cổng xã Suối Ngàn\n")
