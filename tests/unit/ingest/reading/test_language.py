"""Which language a text is in."""

from __future__ import annotations

import pytest

from civicsearch.ingest.reading.language import detect_language, settle_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Những năm qua, thị xã luôn quan tâm công tác dân vận của hệ thống chính trị.", "vi"),
        ("Zastupitelstvo schválilo rozpočet na rok 2021 a bude se na něm podílet i kraj.", "cs"),
        (
            "El pleno aprueba la oficina de la vivienda con los votos en contra de los vecinos.",
            "es",
        ),
        (
            "Le conseil a voté les travaux de la rue et des écoles pour une durée de trois ans.",
            "fr",
        ),
        (
            "Rada gminy zdecydowała, że droga będzie przebudowana i nie od razu oddana do użytku.",
            "pl",
        ),
        ("0123 456", ""),
    ],
)
def test_languages(text, language):
    assert detect_language(text) == language


def test_vietnamese_text_overrules_a_template():
    assert settle_language("en", "Những năm qua, thị xã luôn quan tâm công tác dân vận.") == "vi"
    assert settle_language("cs", "Obec opraví cestu.") == "cs"
