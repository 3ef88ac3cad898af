"""Names that are not like a person's, where a page marks the author."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicsearch.ingest.reading.user_names import user_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("oldmillfan", "oldmillfan"),
        ("By thelamhall", "thelamhall"),
        ("vom Brückenblogger", "Brückenblogger"),
        ("Autor: mostek77", "mostek77"),
        ("Posted on 3 May 2024 by oldmillfan", "oldmillfan"),
        ("Gespeichert von rivermouse am 3. Mai 2024 - 18:55", "rivermouse"),
        ("Lam Hill Staff May 3, 2024", "Lam Hill Staff"),
        ("Lam Hill Staff | 4 min read", "Lam Hill Staff"),
        ("Posted by u/millmaus 4 years ago", "u/millmaus"),
        ("Laura / Plant House", "Laura / Plant House"),
        ("Ask the Builders", "Ask the Builders"),
        ("文● オカヤ／Lam編集部", "文● オカヤ／Lam編集部"),
    ],
)
def test_the_name_stands_without_its_role_and_date(text, name):
    assert user_name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        *(
            "admin",
            "By Webmaster",
            "No Author",
            "Super User",
            "Guest Author",
            "undefined",
            "Unknown",
        ),
        *("View all posts", "Follow", "About the author", "3 Comments", "4 min read", "Share"),
        *(
            "Written By",
            "Von",
            "Bởi",
            "Autor",
            "Editorial Staff",
            "Ban Biên tập",
            "Redakteur",
            "Submitted on Mon, 2019-01-21 13:49",
        ),
        *("Dec 1st 2023 1:01PM", "May 3, 2024", "12345", "+49 30 5550123", "info@lamhill.example"),
        *(
            "Fact checked by Mo Stone",
            "{{ author.name }}",
            "Loading...",
            "The bridge is closed.",
            "",
        ),
        "Ana Ruiz, who leads the town, said this was good news.",
        "The name of a blog that is far too long to be the name of one",
    ],
)
def test_what_names_nobody_is_no_user(text):
    assert user_name(text) == ""


@pytest.mark.parametrize(
    ("text", "name"), [("lamhill.example", ""), ("By LamHill.example", "LamHill.example")]
)
def test_the_site_and_its_sections_need_a_role(text, name):
    assert user_name(text, others={"lamhill.example"}) == name


@given(st.text(max_size=200))
def test_any_text_is_read_without_error(text):
    assert len(user_name(text)) <= 40
