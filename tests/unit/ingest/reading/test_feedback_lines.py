"""Lines about the page itself."""

from __future__ import annotations

import pytest

from civicsearch.ingest.reading.phrases import is_boilerplate_line


@pytest.mark.parametrize(
    "text",
    ["Was this page useful?", "War diese Seite hilfreich?", "Cette page vous a-t-elle été utile ?",
     "¿Te ha gustado esta noticia?", "Quanto sono chiare le informazioni su questa pagina?", "Líbil se vám článek?",
     "Bài viết này có hữu ích không?", "Fant du det du lette etter?", "Нашли ошибку? Выделите её и нажмите Ctrl+Enter",
     "Hjälpte informationen på denna sida dig?", "Bu sayfa faydalı oldu mu?"],
)  # fmt: skip
def test_questions_about_the_page(text):
    assert is_boilerplate_line(text)


@pytest.mark.parametrize(
    "text",
    ["Is the bridge useful?", "Ist die Brücke hilfreich?", "This page was useful.", "Was ist mit der alten Seite?",
     "Đường mới có ích gì?"],
)  # fmt: skip
def test_questions_of_a_story(text):
    assert not is_boilerplate_line(text)


@pytest.mark.parametrize(
    "text",
    ["Reading time: 3 minutes", "Lesezeit: 3 Min.", "5 phút đọc", "Tempo di lettura: 2 min", "2 min read",
     "Læsetid: 2 min.", "Время чтения: 2 минуты", "Olvasási idő: 2 perc"],
)  # fmt: skip
def test_times_of_reading(text):
    assert is_boilerplate_line(text)


@pytest.mark.parametrize("text", ["3 minutes of silence", "Reading time is 1984", "Lesezeit"])
def test_other_times(text):
    assert not is_boilerplate_line(text)
