"""Names that scripts and tests have for the parts of a page."""

from __future__ import annotations

import pytest
from lxml import etree

from civicsearch.document import Page
from civicsearch.ingest.extractor import extract_document
from civicsearch.ingest.layout.hooks import take_hooks
from civicsearch.ingest.profiles.profile import load_profiles

STORY = "".join(
    f"<p class='x{number}'>The council of Lower Marsh spoke about bridge number {number}, the mill "
    "and the price of salt until the lamps went out.</p>"
    for number in range(6)
)
PAGE = (
    "<html lang=en><head><title>Six bridges and a mill</title></head><body><main>"
    "<h1 class=a1>Six bridges and a mill</h1><div class=b2 data-testid=byline-name>odofenn_7</div>"
    f"<div class=c3>{STORY}</div><ul class=d4 data-hook=related-posts>"
    "<li>The salt road is closed for the winter, says the reeve of Lower Marsh, as every year.</li>"
    "</ul></main></body></html>"
)


@pytest.mark.parametrize(
    ("attributes", "names"),
    [
        ("class='x' data-testid='byline'", "x byline"),
        ("data-hook='post-title' data-qa='headline'", "post-title headline"),
        ("class='x' data-testid='two words'", "x"),
        ("class='x' data-component='{&quot;a&quot;:1}'", "x"),
        (f"class='x' data-test='{'a' * 61}'", "x"),
        ("data-test=''", None),
        ("class='x' data-other='byline'", "x"),
    ],
)
def test_hooks_are_class_names_where_they_are_names(attributes, names):
    root = etree.fromstring(f"<p {attributes}>a</p>", etree.HTMLParser())
    before = root.find(".//p").get("class")
    assert take_hooks(root) == (names != before)
    assert root.find(".//p").get("class") == names


@pytest.mark.parametrize("typed", [PAGE, PAGE.replace("data-", "DATA-")])
def test_a_page_is_read_by_them(typed):
    document = extract_document(Page(content=typed.encode()))
    assert document.authors == ("odofenn_7",)
    assert "salt road" not in document.text
    bare = PAGE.replace("data-testid", "data-x").replace("data-hook", "data-y")
    assert extract_document(Page(content=bare.encode())).authors == ()


def test_profiles_select_by_the_class_names_that_a_page_is_served_with(tmp_path):
    path = tmp_path / "sites.toml"
    path.write_text(
        "[sites.'marsh.example']\nauthors = \"div[class='b2']\"\nbody = \"div[class='c3']\"\n",
        encoding="utf-8",
    )
    page = Page(content=PAGE.encode(), url="https://marsh.example/six")
    document = extract_document(page, profiles=load_profiles(path))
    assert document.authors == ("odofenn_7",)
    assert "salt road" not in document.text
