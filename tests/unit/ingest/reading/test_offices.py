"""Where writers work."""

from __future__ import annotations

import pytest

from civicsearch.ingest.reading.names import is_byline, names_office, parse_authors
from civicsearch.ingest.reading.offices import is_office


@pytest.mark.parametrize(
    "piece",
    ["Văn phòng HĐND", "Phòng Văn hóa - Thông tin", "Đài Truyền thanh xã", "Presseamt", "Ufficio Stampa", "Humas Desa",
     "Gabinete de Comunicação", "tiskové oddělení", "Lindeby kommune", "Polgármesteri Hivatal", "пресс-служба"],
)  # fmt: skip
def test_offices(piece):
    assert is_office(piece) or not parse_authors(piece)
    assert parse_authors(f"Text: {piece}") == ()


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Nguyễn Văn An - Văn phòng HĐND", "Nguyễn Văn An"),
        ("Trần Thị Sen (Phòng Văn hóa - Thông tin)", "Trần Thị Sen"),
        ("Lê Vân, Ban Tuyên giáo Huyện ủy", "Lê Vân"),
        ("(Lena Hartung, Pressestelle)", "Lena Hartung"),
        ("Paolo Serra, Ufficio Stampa", "Paolo Serra"),
        ("Kiss Ágnes, sajtóiroda", "Kiss Ágnes"),
        ("Ola Berge, Lindeby kommune", "Ola Berge"),
        ("Budi Santoso - Kantor Desa", "Budi Santoso"),
        ("Marta Vega, Gabinete de Prensa", "Marta Vega"),
    ],
)
def test_a_signature_with_an_office_names_the_person(line, name):
    assert parse_authors(line) == (name,)
    assert is_byline(line)


def test_only_a_name_with_an_office_is_a_signature_everywhere():
    assert names_office("Peter Holt, Communications Office")
    assert not names_office("Peter Holt, Ann Lee")
    assert not names_office("Peter Holt, Communications, tel 123 456")
    assert not names_office("Peter Holt | Lam Post | Communications")
    assert not names_office("Lam Hill")
