"""Labels before the names of writers."""

from __future__ import annotations

import pytest

from civicsearch.ingest.layout.bylines import is_labelled_byline
from civicsearch.ingest.reading.byline_labels import begins_with_role, is_label_line, split_label
from civicsearch.ingest.reading.names import parse_authors


@pytest.mark.parametrize(
    "label",
    ["Text:", "Text och foto:", "Tekst og foto:", "Foto & text:", "Text und Bild:", "Texto e fotos:", "Teksti ja kuvat:",
     "Testo e immagini:", "Szöveg:", "Redakce:", "Rédaction :", "Redacción:", "Opracowanie:", "Bài, ảnh:", "Bài và ảnh:",
     "Haber:", "Текст и фото:", "Текст:", "Kirjoittaja:", "Skribent:", "Szerkesztette:", "Tekst en foto's:",
     "Reporting by", "Geschreven door", "Připravila", "Jornalista:", "Kontributor:", "Laporan Wartawan:", "Yazan:",
     "Dalla nostra inviata"],
)  # fmt: skip
def test_a_label_names_the_writer(label):
    line = f"{label} Ana Ruiz"
    assert begins_with_role(line)
    assert is_labelled_byline(line)
    assert parse_authors(line) == ("Ana Ruiz",)


@pytest.mark.parametrize(
    "text",
    ["Text der Satzung: Ana Ruiz", "Texture: Ana Ruiz", "Redakce Ana Ruiz", "Foto: Ana Ruiz"],
)
def test_other_words_are_no_such_label(text):
    assert split_label(text) in ((text, False), ("", False))


def test_a_label_may_stand_alone():
    assert is_label_line("Written by")
    assert not is_label_line("Written by Ana Ruiz")
