"""What is left of a line without its dates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicsearch.ingest.reading.undated import without_dates


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Ana Ruiz, Fri, 3 May 2024 at 10:15", "Ana Ruiz, |"),
        ("Thứ năm, 06/08/2020 - 07:30 Lê An", "| Lê An"),
        ("2020-08-06T10:00:00Z", "|"),
        ("Thứ Bảy - 01/07/2023 10h16 | Lê An", "| | Lê An"),
        ("Ana RuizMonday, March 4, 2024", "Ana Ruiz |"),
        ("Jan NovákPondělí 3. 5. 2021", "Jan Novák |"),
        ("Marc VidalMardi 7 novembre 2023", "Marc Vidal |"),
        ("Ewa Liswtorek, 9 kwietnia 2024, 12:10", "Ewa Lis |"),
        ("MINH ANHThứ ba, ngày 03/05/2021", "MINH ANH |"),
        ("Ana Tisali 3.5.2021", "Ana Tisali |"),
        ("17.05.2023 r. Autor Ewa Lis", "| Autor Ewa Lis"),
        ("17 мая 2023 г. Анна Лис", "| Анна Лис"),
        ("Thứ Hai, 16/5/2022, 16:58 (GMT+7)Lê An", "|Lê An"),
        ("Von Ute Lind, Mo., 3. Mai 2021, 12:01 Uhr", "Von Ute Lind, |"),
        ("Ana Ruiz", "Ana Ruiz"),
        ("3 hours ago, Ana Ruiz", "|, Ana Ruiz"),
        ("Carla Neri Lunedì 12 Maggio 2025", "Carla Neri |"),
        ("Lê An - 08:15 13/06/2024", "Lê An - |"),
        ("Lê An 08h15, Thứ Năm, 13/06/2024", "Lê An |"),
        ("05/05 xã", "05/05 xã"),
    ],
)
def test_dates_are_taken_out_with_weekday_and_time(text, rest):
    assert without_dates(text, filler="|") == rest


@given(st.text(max_size=120))
def test_any_text_is_read(text):
    assert isinstance(without_dates(text), str)


def test_a_long_text_is_left_as_it_is():
    """However many dates it holds: a line of ten thousand took minutes."""
    text = "12/5/2024 " * 10_000
    assert without_dates(text) == text
