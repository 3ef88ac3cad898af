"""A file of profiles: what is right is found by host, what is wrong is named."""

import pickle

import pytest

from civicsearch.errors import ProfileError
from civicsearch.ingest.profiles.profile import Rule, load_profiles


@pytest.fixture
def load(tmp_path):
    def load(text):
        file = tmp_path / "profiles.toml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_profiles(file)

    return load


def test_a_profile_serves_its_host_and_those_below_it(load):
    profiles = load('[sites."tinh.example"]\ntitle = "h1"\n[sites."xa.tinh.example"]\nbody = "p"\n')
    assert profiles.find("https://www.tinh.example/tin").host == "tinh.example"
    assert profiles.find("http://huyen.tinh.example/").host == "tinh.example"
    assert profiles.find("https://thon.xa.tinh.example/").host == "xa.tinh.example"


@pytest.mark.parametrize("url", ["https://example/", "https://mytinh.example/", "page.html", ""])
def test_other_hosts_have_none(load, url):
    assert load('[sites."tinh.example"]\ntitle = "h1"\n').find(url) is None


def test_a_rule_is_a_selector_or_a_table_with_one(load):
    profile = load(
        '[sites."www.Tinh.example"]\nremove = ".ad"\ntitle = "h1"\n'
        'published = {selector = "time", attribute = "datetime", format = "%d.%m.%Y"}\n'
    ).by_host["tinh.example"]
    assert profile.rules == {
        "title": Rule(selector="h1"),
        "published": Rule(selector="time", attribute="datetime", format="%d.%m.%Y"),
    }
    assert profile.remove == (".ad",)


def test_profiles_travel_to_worker_processes(load):
    profiles = load('[sites."tinh.example"]\ntitle = "h1"\n')
    assert pickle.loads(pickle.dumps(profiles)) == profiles  # noqa: S301 - our own


MISTAKES = {
    "": 'it has no table like [sites."tinh.example"]',
    "sites = 3": "it has no table like",
    "x = 1\n[sites.a]\ntitle = 'h1'": "it has x beside [sites]",
    "[[": "it is no TOML (",
    "x = " + "[" * 5000: "it is no TOML (",
    '[sites."https://a.example/"]\ntitle = "h1"': "is no host; write it like tinh.example",
    "[sites]\na = 3": "sites.a is no table of selectors",
    "[sites.a]\ntitel = 'h1'": "a has the unknown key 'titel'; title may be meant",
    "[sites.a]\nzzz = 'h1'": "a has the unknown key 'zzz'; known: title, lead, body,",
    "[sites.a]\ntitle = 3": "a.title is neither a selector nor a table with one",
    "[sites.a]\ntitle = ' '": "a.title has no selector",
    "[sites.a]\ntitle = 'h1['": "a.title is no CSS selector: 'h1[' (",
    "[sites.a]\ntitle = 'p:nonsense(2)'": "a.title is no CSS selector",
    "[sites.a]\ntitle = 'h1::before'": "a.title is no CSS selector: 'h1::before' (",
    "[sites.a]\nbody = '@page'": "a.body is no CSS selector: '@page' (",
    "[sites.a]\ntitle = {selector='h1', format='%d'}": "a.title has the unknown key format",
    "[sites.a]\nbody = {selector='p', attribute='id'}": "a.body has an attribute",
    "[sites.a]\npublished = {selector='p', format='%Q'}": "without day, month or year: '%Q'",
    "[sites.a]\npublished = {selector='p', format='%d.%m.%Y %Q'}": "published has a wrong format",
    "[sites.a]\npublished = {selector='p', format='%d'}": "without day, month or year: '%d'",
    "[sites.a]\npublished = {selector='p', format=3}": "a format that is no text",
    "[sites.a]\nremove = 3": "a.remove is no list of at most 200 selectors",
    "[sites.a]\nremove = ['p', 3]": "a.remove has no selector",
    f"[sites.a]\ntitle = '{'p ' * 600}'": "a selector of more than 1000 characters",
}


@pytest.mark.parametrize("text", MISTAKES, ids=lambda text: text[:40])
def test_a_mistake_is_named_in_one_sentence(load, text):
    with pytest.raises(ProfileError) as caught:
        load(text)
    assert str(caught.value).startswith("The profiles in '")
    assert MISTAKES[text] in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text_is_named(load, tmp_path):
    with pytest.raises(ProfileError, match="it is not UTF-8"):
        load(b"\xff\xfe")
    with pytest.raises(ProfileError, match="it is larger than"):
        load("#" * 1_000_001)
    with pytest.raises(ProfileError, match="No such file"):
        load_profiles(tmp_path / "none.toml")
