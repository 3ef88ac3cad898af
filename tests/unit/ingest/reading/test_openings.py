"""The day with which a story opens."""

from __future__ import annotations

import datetime as dt

import pytest

from civicsearch.ingest.reading.openings import opening_day

DAY = dt.date(2024, 5, 3)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Lam Hill, 3 May 2024 – The council opened the bridge.", "en"),
        ("LAM HILL (May 3, 2024) — The council opened the bridge.", "en"),
        ("Pressemitteilung vom 3. Mai 2024 | Lamberg – Die Brücke ist offen.", "de"),
        ("Lamberg, 3. Mai 2024. Die Brücke ist offen.", "de"),
        ("Lam Khê, ngày 3/5/2024 - Xã khánh thành cầu mới.", "vi"),
    ],
)
def test_place_and_day_before_a_dash_are_found(text, language):
    assert opening_day(text, language=language) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "On 3 May 2024, the council opened the bridge.",
        "The council that met on 3 May 2024 – all of it – opened the bridge.",
        "The bridge is open.",
        "It opened on 3 May 2024. The council was there.",
        "",
    ],
)
def test_a_day_in_a_sentence_is_none(text):
    assert opening_day(text, language="en") is None
