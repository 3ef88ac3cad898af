"""Headings by their role alone, and links that lie over cards."""

from __future__ import annotations

import pytest
from lxml import etree, html

from civicsearch.document import Page
from civicsearch.ingest.extractor import Accept, extract_document, extract_with_report
from civicsearch.ingest.layout.aria_headings import may_have_aria_headings, take_aria_headings
from civicsearch.ingest.layout.overlaid_links import take_overlaid_links
from civicsearch.ingest.layout.page_kind import PageKind

TEASER = "The ferry of Marrow Bay stays at its quay until the ice on the upper river has gone."
STORY = "".join(
    f"<p>In year {number} the council of Marrow Bay spoke about the ferry, the ice and the price of "
    "salt until the lamps went out.</p>"
    for number in range(6)
)
CARD = (
    "<div class='box' role='region'><div role='heading' aria-level='2'>The ferry of the bay rests, part {0}"
    f"</div><p>{TEASER} 3 May 2024</p>"
    "<a href='/n/{0}' aria-label='The ferry of the bay rests, part {0}.'><svg></svg></a></div>"
)


def headings_of(markup):
    root = html.document_fromstring(f"<body>{markup}</body>")
    take_aria_headings(root)
    return [element.tag for element in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]


@pytest.mark.parametrize(
    ("markup", "tags"),
    [
        ("<div role='heading' aria-level='3'>The ferry</div>", ["h3"]),
        ("<p role=heading aria-level=' 4 '>The ferry</p>", ["h4"]),
        ("<div role='heading'>The ferry</div>", []),
        ("<div role='heading' aria-level='7'>The ferry</div>", []),
        ("<div role='heading' aria-level='x'>The ferry</div>", []),
        ("<div role='heading' aria-level='2'></div>", []),
        (f"<div role='heading' aria-level='2'>{TEASER * 4}</div>", []),
        ("<div role='heading' aria-level='2'><h3>The ferry</h3></div>", ["h3"]),
        ("<h2><div role='heading' aria-level='3'>The ferry</div></h2>", ["h2"]),
        ("<div role='banner' aria-level='2'>The ferry</div>", []),
    ],
)
def test_a_heading_by_role_is_one(markup, tags):
    assert headings_of(markup) == tags


def test_headings_by_role_within_each_other_are_taken_once():
    assert len(headings_of("<div role='heading' aria-level='2'>" * 5000 + "The ferry")) <= 1


@pytest.mark.parametrize(
    ("text", "may"),
    [("<div role='heading' aria-level='2'>", True), ("<p role=heading>", False)],
)
def test_a_page_that_may_have_headings_by_role_is_told_by_its_text(text, may):
    assert may_have_aria_headings(text) is may


def links_of(markup):
    root = html.document_fromstring(f"<body>{markup}</body>")
    take_overlaid_links(root)
    return [link.get("href") for link in root.xpath("//h1//a | //h2//a | //h3//a")]


LINKED = {
    "called like it": "<div><h3>The ferry rests</h3><p>x</p><a href='/n' aria-label='The ferry rests.'></a></div>",
    "by its title": "<div><a href='/n' title='the ferry  RESTS'><svg></svg></a><h3>The ferry rests</h3></div>",
    "by the heading's id": "<div><h3 id=a>The ferry rests</h3><div><a href='/n' aria-labelledby=a></a></div></div>",
    "with a mark in it": "<div><h3>The <b>ferry</b> rests</h3><a href='/n' title='The ferry rests'></a></div>",
}
PLAIN = {
    "called something else": "<div><h3>The ferry rests</h3><a href='/n' title='Print'></a></div>",
    "without a name": "<div><h3>The ferry rests</h3><a href='/n'></a></div>",
    "to a place of the page": "<div><h3>The ferry rests</h3><a href='#a' title='The ferry rests'></a></div>",
    "a main heading": "<div><h1>The ferry rests</h1><a href='/n' title='The ferry rests'></a></div>",
    "a picture": "<div><h3>The ferry rests</h3><a href='/n' title='The ferry rests'><img></a></div>",
    "two headings": "<div><h3>The ferry rests</h3><h3>B</h3><a href='/n' title='The ferry rests'></a></div>",
    "with words": "<div><h3>The ferry rests</h3><a href='/n' title='The ferry rests'><i>On</i></a></div>",
    "far away": "<div><h3>The ferry rests</h3><i><i><i><i><a href='/n' title='The ferry rests'></a></i></i></i></i></div>",
}


@pytest.mark.parametrize("markup", LINKED.values(), ids=LINKED)
def test_a_heading_under_a_link_of_its_name_is_that_link(markup):
    assert links_of(markup) == ["/n"]


@pytest.mark.parametrize("markup", PLAIN.values(), ids=PLAIN)
def test_a_heading_beside_another_link_stays_as_it_is(markup):
    assert links_of(markup) == []


def test_a_heading_that_becomes_a_link_keeps_its_text():
    root = html.document_fromstring(LINKED["with a mark in it"])
    take_overlaid_links(root)
    heading = etree.tostring(next(root.iter("h3"))).decode()
    assert heading == '<h3><a href="/n">The <b>ferry</b> rests</a></h3>'


def verdict_on(main, *, title):
    page = f"<html lang=en><title>{title}</title><body><main>{main}</main></body></html>"
    content = Page(content=page.encode(), url="https://marrowbay.example/living/ferry")
    return extract_with_report(content, accept=Accept.ANY_PAGE).verdict.kind


@pytest.mark.parametrize("count", [3, 5, 12])
def test_cards_with_headings_by_role_under_links_are_a_list(count):
    main = "<h1>News</h1>" + "".join(map(CARD.format, range(count)))
    assert verdict_on(main, title="News | Marrow Bay") is PageKind.LIST


def test_a_story_above_such_cards_is_an_article_without_them():
    main = f"<h1>Salt is dear again</h1>{STORY}" + "".join(map(CARD.format, range(4)))
    page = f"<html lang=en><title>Salt is dear again</title><body><main>{main}</main></body></html>"
    content = Page(content=page.encode(), url="https://marrowbay.example/living/salt")
    document = extract_document(content)
    assert "year 5" in document.body
    assert "upper river" not in document.body
