"""What stands beside a headline in its heading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicsearch.ingest.layout.heading_rests import without_rests

HEADLINE = "Lam Hill has a new bridge"


@pytest.mark.parametrize(
    "title",
    [
        *(f"{HEADLINE}#", f"{HEADLINE} ¶", f"{HEADLINE} [edit]", f"{HEADLINE} [Upravit]"),
        *(f"{HEADLINE} (13/06/2024)", f"{HEADLINE} [13.06.2024, 08:15]", f"13.06.2024 {HEADLINE}"),
        *(f"2024-06-13: {HEADLINE}", f"{HEADLINE} New", HEADLINE),
    ],
)
def test_marks_buttons_days_and_badges_are_no_part_of_it(title):
    assert without_rests(title, [HEADLINE]) == HEADLINE


@pytest.mark.parametrize(
    "title",
    ["Lam Hill (13/06/2024)", "Lam Hill has something New", "Budget 2024", "13/06/2024", "Law 13/2024 (draft)"],
)  # fmt: skip
def test_what_a_statement_has_or_nothing_else_is_left_belongs_to_it(title):
    assert without_rests(title, [title]) == title


@given(st.text(max_size=80))
def test_any_title_is_read(text):
    assert without_rests(text, []) in text or len(without_rests(text, [])) < len(text)
