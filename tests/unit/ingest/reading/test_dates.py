import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicsearch.ingest.reading.dates import (
    days_in,
    find_dateline,
    find_modified_date,
    is_plausible,
    parse_date,
)
from civicsearch.ingest.reading.month_names import month_number

DAY = dt.date(2020, 8, 6)


@pytest.mark.parametrize(
    "text",
    [
        "2020-08-06",
        "2020/8/6",
        "20200806",
        "06/08/2020",
        "6.8.2020",
        "6. 8. 2020",
        "06-08-2020",
        "6/8/20",
        "Thứ Năm, 06/08/2020",
        "ngày 6 tháng 8 năm 2020",
        "Ngày 06 tháng Tám năm 2020",
        "ngay 6 thang 8 nam 2020",
        "Tháng Tám 6, 2020",
        "Th8 06, 2020",
        "6 DE AGOSTO DE 2020",
        "06 Th8, 2020",
        "6 August 2020",
        "August 6th, 2020",
        "Aug. 6, 2020",
        "Thu, 06 Aug 2020",
        "6. srpna 2020",
        "6 sierpnia 2020 r.",
        "6 de agosto de 2020",
        "6 août 2020",
        "Donnerstag, 6. August 2020",
        "6 agosto 2020",
        "6 Ağustos 2020 Perşembe",
        "6 augusti 2020",
        "2020. augusztus 6.",
        "6 августа 2020",
        "6 Αυγούστου 2020",
        "2020年8月6日",
        "2020년 8월 6일",
        "8/22/2020",
    ],
)
def test_a_day_is_read_however_it_is_written(text):
    expected = DAY if "22" not in text else dt.date(2020, 8, 22)
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    ("text", "language", "moment"),
    [
        ("2020-08-06T07:30:00+07:00", "", "2020-08-06T07:30:00+07:00"),
        ("2020-08-06T07:30:00.123Z", "", "2020-08-06T07:30:00+00:00"),
        ("2020-08-06T07:30+0200", "", "2020-08-06T07:30:00+02:00"),
        ("Thứ năm, 6/8/2020, 07:30 (GMT+7)", "", "2020-08-06T07:30:00+07:00"),
        ("07:30 06/08/2020", "vi", "2020-08-06T07:30:00+07:00"),
        ("6/8/2020 7:30:00 CH", "vi", "2020-08-06T19:30:00+07:00"),
        ("06/08/2020 | 7h30", "vi", "2020-08-06T07:30:00+07:00"),
        ("Cập nhật lúc 07:30 ngày 06/08/2020", "", "2020-08-06T07:30:00+07:00"),
        ("6. August 2020, 7:30 CEST", "de", "2020-08-06T07:30:00+02:00"),
        ("August 6, 2020 at 12:05 am EST", "en", "2020-08-06T00:05:00-05:00"),
        ("1596699000", "", "2020-08-06T07:30:00+00:00"),
    ],
)
def test_a_time_with_its_zone_is_a_moment(text, language, moment):
    found = parse_date(text, language=language)
    assert isinstance(found, dt.datetime)
    assert found.isoformat() == moment


@pytest.mark.parametrize(
    ("text", "language"),
    [("6. 8. 2020 07:30", "cs"), ("2020-08-06 00:00:00", "vi"), ("6 août 2020 à 7h30", "fr")],
)
def test_a_time_that_cannot_be_placed_leaves_the_day(text, language):
    found = parse_date(text, language=language)
    assert type(found) is dt.date
    assert found == DAY


@pytest.mark.parametrize(
    "text",
    [
        "05/05 xã",
        "10 năm (2010-3/2020)",
        "nhiệm kỳ 2021 - 2026",
        "Lượt xem: 1901",
        "19/2031/NQ-HĐND",
        "Nghị quyết 12/03/2021/NQ",
        "31/02/2020",
        "1.700 lượt (1.811 người)",
        "Tel. 0269.38.24.2020",
        "192.168.1.2020",
        "hai 6, 2020",
        "",
    ],
)
def test_what_only_looks_like_a_date_is_none(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "06/08/2020 - Lượt xem: 1901",
        "Ngày đăng: 06/08/2020",
        "Publié le 6 août 2020",
        "Publikováno: 6. 8. 2020 | Aktualizováno: 9. 8. 2020",
        "Aktualizováno: 9. 8. 2020, vydáno: 6. 8. 2020",
        "Opublikowano: 6 sierpnia 2020",
        "Cập nhật: 06/08/2020",
        "By Ann Reed | August 6, 2020",
        "(06/08/2020)",
        "Publicado em: 06/08/2020 | Fonte: Assessoria de Comunicação da Prefeitura | Autor: Rita Leal",
    ],
)
def test_a_dateline_gives_the_day_of_publication(text):
    assert find_dateline(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị diễn ra sáng ngày 06/08/2020 tại nhà văn hóa xã.",
        "Od pondělí 6. srpna 2020 se pro veškerý provoz uzavře Mlýnská ulice mezi mostem a školou.",
        "Trong thời gian 10 năm (2010-3/2020), đã tiếp 1.700 lượt",
        "06/08/2099",
        "Termin: 06.08.2020, 19 Uhr",
        "Thời gian: 08:30 ngày 06/08/2020",
        "06/08/1975",
        "Last updated: 6 August 2020",
        "x" * 300 + " 06/08/2020",
    ],
)
def test_a_sentence_or_an_impossible_day_is_no_dateline(text):
    assert find_dateline(text) is None


@pytest.mark.parametrize(
    "text",
    ["9 dicembre 2020", "9 diciembre 2020", "9 dezembro 2020", "9 december 2020", "9. desember 2020",
     "9 decembrie 2020", "9. decembra 2020", "9 detsember 2020", "9 de desembre de 2020", "9 снежня 2020",
     "9 децембра 2020", "9 декември 2020"],
)  # fmt: skip
def test_december_is_no_of_before_a_month(text):
    """`de` and `di` before a month are words of their own: `december`, `dicembre` begin so."""
    assert parse_date(text) == dt.date(2020, 12, 9)


@pytest.mark.parametrize(
    ("text", "month"),
    [("6 януари 2020", 1), ("6 юни 2020", 6), ("6 ліпеня 2020", 7), ("6. studenoga 2020", 11)],
)
def test_months_of_other_neighbours(text, month):
    assert parse_date(text) == dt.date(2020, month, 6)


def test_the_last_change_is_read_apart():
    text = "Publikováno: 6. 8. 2020 | Aktualizováno: 9. 8. 2020"
    assert find_modified_date(text) == dt.date(2020, 8, 9)
    assert find_modified_date("Publikováno: 6. 8. 2020") is None


@pytest.mark.parametrize(
    "text",
    ["Обновлено: 9 августа 2020", "Оновлено 09.08.2020", "Τελευταία ενημέρωση: 9 Αυγούστου 2020",
     "Ultimo aggiornamento: 9 agosto 2020", "Diperbarui: 9 Agustus 2020", "Päivitetty 9.8.2020"],
)  # fmt: skip
def test_the_last_change_is_no_publication(text):
    assert find_modified_date(text) == dt.date(2020, 8, 9)
    assert find_dateline(text) is None


def test_english_strokes_are_month_first():
    assert parse_date("08/06/2020", language="en") == DAY
    assert parse_date("06/08/2020 - Lượt xem: 19", language="en") == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Fri May 03 12:45:00 EDT 2024", dt.date(2024, 5, 3)),
        ("HealthMAY 3, 2024Updated: JUNE 02, 2024", dt.date(2024, 5, 3)),
        ("3 de mayo de 202421:25 Lam Post", dt.date(2024, 5, 3)),
        ("2024-05-04T13:00:39+00:00May 3rd, 2024", dt.date(2024, 5, 4)),
    ],
)
def test_what_stands_beside_a_date_without_a_blank_does_not_hide_it(text, day):
    found = parse_date(text)
    assert (found.date() if isinstance(found, dt.datetime) else found) == day


def test_all_days_of_a_line_are_told():
    line = "2024-05-04T13:00:39+00:00May 3rd, 2024"
    assert days_in(line) == {dt.date(2024, 5, 3), dt.date(2024, 5, 4)}


def test_the_day_after_tomorrow_is_still_plausible():
    today = dt.date(2031, 5, 6)
    assert is_plausible(dt.date(2031, 5, 8), today=today)
    assert not is_plausible(dt.date(2031, 5, 9), today=today)
    assert is_plausible(dt.datetime.now(tz=dt.UTC))


def test_a_clock_that_was_never_set_does_not_make_articles_those_of_the_future():
    """Their dates would be taken away, and stay away: what was read once is passed over."""
    assert is_plausible(dt.date(2024, 5, 6), today=dt.date(1970, 1, 1))
    assert not is_plausible(dt.date(2150, 1, 1), today=dt.date(1970, 1, 1))


def test_a_month_that_two_languages_share_follows_the_language():
    assert month_number("listopad", language="cs") == 11
    assert month_number("listopad", language="hr") == 10
    assert month_number("tám") is None
    assert month_number("tám", numeral=True) == 8


@given(st.dates(dt.date(1990, 1, 1), dt.date(2026, 1, 1)))
def test_a_day_written_in_numbers_is_read_back(day):
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day.day}/{day.month}/{day.year}") == day
    assert parse_date(f"ngày {day.day} tháng {day.month} năm {day.year}") == day


@given(st.text(alphabet="0123456789/.-: thángnăm,GMT+", max_size=60) | st.text(max_size=80))
def test_any_text_gives_a_date_or_none(text):
    for found in (parse_date(text), find_dateline(text), find_modified_date(text)):
        assert found is None or isinstance(found, dt.date)


def test_a_day_behind_a_label_of_another_language_is_the_last_change_in_vietnamese_too():
    """Only the Vietnamese label stands for both."""
    assert find_dateline("最近更新：2024-08-06", language="vi") is None
    assert find_modified_date("最近更新：2024-08-06", language="vi") == dt.date(2024, 8, 6)
    assert find_dateline("Cập nhật: 06/08/2024", language="vi") == dt.date(2024, 8, 6)
