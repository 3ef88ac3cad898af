"""Lines that ask the reader to do something with the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicsearch.ingest.reading.furniture_lines import is_counter, is_request
from civicsearch.ingest.reading.phrases import fold_line, is_boilerplate_line


@pytest.mark.parametrize(
    "text",
    ["Listen to this article", "Artikel anhören", "Écouter l'article", "Poslechnout si článek", "Nghe bài viết",
     "Прослушать статью", "Haberi dinle", "Copy link", "Link kopieren", "Sao chép liên kết", "Kopiraj poveznicu",
     "Skopiuj link", "Копіювати посилання", "Skriv ut sidan", "Seite drucken", "In bài viết", "Oldal nyomtatása",
     "Teilen", "Podijeli na Facebooku", "Facebook'ta paylaş", "Dela på Facebook", "Chia sẻ bài viết này",
     "Back to the list", "Zpět na výpis", "Tillbaka till nyheter", "Quay lại trang trước", "Powrót do listy",
     "Subscribe to our newsletter", "S'abonner à la newsletter", "Newsletter abonnieren", "Odoberať newsletter", "Đăng ký nhận bản tin",
     "Lees verder", "Läs vidare", "Tovább olvasom", "Читать далее"],
)  # fmt: skip
def test_what_the_reader_is_asked_to_do_is_no_story(text):
    assert is_boilerplate_line(text)


@pytest.mark.parametrize(
    "text",
    ["Back to school", "Zurück zur Natur", "Tillbaka till naturen", "Share of the budget", "Del i forslaget",
     "Print and radio", "Nghe dân nói", "In this article", "Back in the news", "Listen to the people", "Copy",
     "Chia sẻ kinh nghiệm làm đường"],
)  # fmt: skip
def test_headings_that_begin_alike_are_none(text):
    assert not is_request(fold_line(text))


@pytest.mark.parametrize(
    "text",
    ["Lượt xem: 1.204", "Views (51)", "Počet zobrazení: 312", "Liczba odsłon: 33", "Dibaca: 40 kali", "1 204 views",
     "Просмотров: 15", "Megtekintések száma: 66", "Nombre de vues : 231", "Broj pregleda: 12"],
)  # fmt: skip
def test_counters(text):
    assert is_counter(fold_line(text))


@pytest.mark.parametrize("text", ["Views of 40 people", "Hits of 1984 and 1985", "Visits", "40"])
def test_other_numbers_are_no_counters(text):
    assert not is_counter(fold_line(text))


@given(st.text(max_size=80))
def test_any_text_is_read(text):
    assert isinstance(is_boilerplate_line(text), bool)
