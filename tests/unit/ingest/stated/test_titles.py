"""Which headline a page states."""

from __future__ import annotations

import pytest
from lxml import html

from civicsearch.ingest.stated.metadata import read_metadata

HEADLINE = "New roof for the town hall"


def sure(
    linked: str = HEADLINE,
    *,
    shared: str = "",
    title: str = "",
    kind: str = "Article",
    heading: str = "",
) -> str:
    head = (
        f'<script type="application/ld+json">{{"@type": "{kind}", "headline": "{linked}"}}</script>'
        f'<meta property="og:title" content="{shared}"><title>{title}</title>'
    )
    body = f"<h1>{heading}</h1><p>x</p>"
    root = html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    return read_metadata(root, url="https://www.lamhill.example/a.html").sure_title


@pytest.mark.parametrize(
    ("shared", "heading", "expected"),
    [
        ("A roof", "The hall has a roof", HEADLINE),
        (HEADLINE, "New roof for the town hall!", HEADLINE),
        (HEADLINE, "The hall has a roof", ""),
    ],
)
def test_title_and_heading_say_the_same_or_another_is_for_sharing(shared, heading, expected):
    found = sure(shared=shared, title=f"{HEADLINE} | Lam Hill", heading=heading)
    assert found == expected


def test_two_headlines_are_none_that_is_sure():
    assert sure(shared="The hall is dry", title="A roof") == ""


def test_the_title_of_the_site_is_no_headline():
    assert sure(title=HEADLINE, heading=HEADLINE, kind="WebPage") == ""


def test_a_headline_that_was_cut_is_not_sure():
    cut = "New roof for the …"
    assert sure(cut, title=cut, heading=cut) == ""


def test_soft_hyphens_are_no_letters_of_a_title():
    root = html.document_fromstring('<meta property="og:title" content="Town\u00adhall roof"><p>x')
    assert read_metadata(root).title == "Townhall roof"


@pytest.mark.parametrize(
    ("heading", "shared", "expected"),
    [(HEADLINE, HEADLINE, HEADLINE), ("Roof", HEADLINE, ""), (HEADLINE, "A roof", "")],
)
def test_what_title_heading_and_sharing_agree_on(heading, shared, expected):
    head = f'<meta property="og:title" content="{shared}"><title>{HEADLINE} | Lam Hill</title>'
    root = html.document_fromstring(f"<head>{head}</head><h1 hidden>{heading}</h1><p>x")
    found = read_metadata(root, url="https://www.lamhill.example/a.html")
    assert found.agreed_title == expected
