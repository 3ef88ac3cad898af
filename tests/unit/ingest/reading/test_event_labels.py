"""Labels of the days of events."""

from __future__ import annotations

import pytest

from civicsearch.ingest.reading.dates import find_dateline
from civicsearch.ingest.reading.event_labels import dates_event, is_event_label


@pytest.mark.parametrize(
    "text",
    ["Date of event: 6 August 2020", "Event date 6 August 2020", "Termín akce: 6. 8. 2020", "Datum konání: 6. 8. 2020",
     "Thời gian tổ chức: 06/08/2020", "Ngày diễn ra: 06/08/2020", "Datum der Veranstaltung: 06.08.2020",
     "Date de l'événement : 06/08/2020", "Date de l’événement : 06/08/2020", "Fecha del evento: 06/08/2020",
     "Data do evento: 06/08/2020", "Data wydarzenia: 06.08.2020", "Datum evenement: 06-08-2020",
     "Termín podujatia: 6.8.2020", "Дата проведения: 06.08.2020", "Etkinlik tarihi: 06.08.2020"],
)  # fmt: skip
def test_the_day_of_an_event_is_no_date_line(text):
    assert dates_event(text)
    assert find_dateline(text) is None


@pytest.mark.parametrize(
    "text",
    ["06/08/2020", "Ngày đăng: 06/08/2020", "Publicado el 06/08/2020", "Start 6.8.2020", "Vloženo: 6. 8. 2020"],
)  # fmt: skip
def test_other_date_lines_stay(text):
    assert not dates_event(text)
    assert find_dateline(text) is not None


@pytest.mark.parametrize(
    "text",
    ["Căn cứ Luật Du lịch ngày 06/08/2020;", "Xét Tờ trình ngày 06/08/2020 của UBND huyện,"],
)
def test_the_day_of_a_law_that_a_decision_names_is_no_date_line(text):
    assert dates_event(text)
    assert find_dateline(text) is None


def test_a_line_that_ends_with_a_semicolon_is_one_of_several():
    assert find_dateline("Luật Đầu tư công ngày 06/08/2020;") is None


def test_a_label_may_stand_alone():
    assert is_event_label("Date de l'événement :")
    assert is_event_label("Datum konání")
    assert not is_event_label("Termin")
    assert not is_event_label("Datum konání se změnilo")
