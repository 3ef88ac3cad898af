import datetime as dt

import pytest

from civicsearch.ingest.reading.dates import find_dateline, find_modified_date, parse_date

DAY = dt.date(2020, 8, 6)


@pytest.mark.parametrize(
    "text",
    [
        "الخميس 6 أغسطس 2020",
        "٦ أغسطس ٢٠٢٠",
        "6 آب / أغسطس 2020",
        "6 غشت 2020",
        "أغسطس 6, 2020",
        "6 באוגוסט 2020",
        "6 अगस्त 2020",
        "६ अगस्त २०२०",
        "6 สิงหาคม 2563",
        "6 ส.ค. 63",
        "วันที่ ๖ สิงหาคม พ.ศ. ๒๕๖๓",
        "06/08/2563",
        "令和2年8月6日",
        "中華民國109年8月6日",
        "發布日期：109-08-06",
        "2020. 8. 6.",
        "6 Ags 2020",
    ],
)
def test_a_day_is_read_in_other_scripts_and_by_other_calendars(text):
    assert parse_date(text) == DAY


def test_a_year_of_two_digits_counts_from_the_buddha_in_thai_alone():
    assert parse_date("6 أغسطس 20") == DAY


@pytest.mark.parametrize("text", ["31 กุมภาพันธ์ 2563", "令和2年13月6日", "6 สิงหาคม", "6 أغسطس"])
def test_what_is_no_whole_day_is_none(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2020年8月6日 08:30 来源：岚山日报 浏览次数：12 字号：大 中 小 打印 关闭",
        "发布时间：2020-08-06 08:30",
        "掲載日：2020年8月6日　更新日：2020年9月1日",
        "2020年8月6日星期四",
        "วันพฤหัสบดีที่ 6 สิงหาคม 2563 เวลา 08.30 น.",
        "입력 2020.08.06 08:30 수정 2020.08.07 10:00",
        "गुरुवार, 6 अगस्त 2020",
        "Reporter: Dewi Lestari | Editor: Budi Santoso Kamis, 06/08/2020 08:30 WIB",
        "Text: Lise Holm Foto: Per Dahl Publicerad: torsdag 6 augusti 2020 kl 08.30",
    ],
)
def test_a_date_line_is_one_in_every_script(text):
    assert find_dateline(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "岚山市人民政府于2020年8月6日召开防汛工作会议，研究部署下一阶段工作。",
        "新图书馆将于2020年8月6日正式对外开放",
        "町は2020年8月6日、新しい図書館の計画を発表した。",
        "เทศบาลเปิดศูนย์บริการประชาชนแห่งใหม่เมื่อวันที่ 6 สิงหาคม 2563 มีประชาชนเข้าร่วมกว่าสองร้อยคน",
        "नगर परिषद ने 6 अगस्त 2020 को नई सड़क का उद्घाटन किया।",
    ],
)
def test_a_sentence_with_a_date_is_no_date_line_where_words_are_not_parted(text):
    assert find_dateline(text) is None


@pytest.mark.parametrize(
    "text", ["更新日：2020年8月6日", "최종수정 2020-08-06", "آخر تحديث: 6 أغسطس 2020"]
)
def test_a_line_may_name_the_last_change_in_every_script(text):
    assert find_dateline(text) is None
    assert find_modified_date(text) == DAY
