"""Which headline a page states."""

from __future__ import annotations

import pytest
from lxml import html

from civicsearch.ingest.stated.metadata import read_metadata


def agreed(linked: str, shared: str, title: str, kind: str = "NewsArticle") -> str:
    head = (
        f'<script type="application/ld+json">{{"@type": "{kind}", "headline": "{linked}"}}</script>'
        f'<meta property="og:title" content="{shared}"><title>{title}</title>'
    )
    page = html.document_fromstring(f"<html><head>{head}</head><body><p>x</p></body></html>")
    return read_metadata(page, url="https://www.lamhill.example/a.html").agreed_title


@pytest.mark.parametrize(
    ("shared", "title"),
    [
        ("New roof for the town hall", "A roof"),
        ("A roof", "New roof for the town hall | Lam Hill"),
        ("New roof for the town hall!", ""),
    ],
)
def test_a_headline_that_two_kinds_of_statements_share_is_agreed(shared, title):
    assert agreed("New roof for the town hall", shared, title) == "New roof for the town hall"


def test_two_headlines_are_none_that_is_agreed():
    assert agreed("New roof for the town hall", "The hall is dry", "A roof") == ""


def test_the_title_of_the_site_is_no_headline():
    assert agreed("New roof for the town hall", "New roof for the town hall", "", "WebPage") == ""


def test_soft_hyphens_are_no_letters_of_a_title():
    assert agreed("New roof for the town\u00adhall", "New roof for the townhall", "") == (
        "New roof for the townhall"
    )


def test_a_headline_that_was_cut_is_not_agreed():
    assert agreed("New roof for the …", "New roof for the …", "") == ""
