"""Wordings of lines."""

from __future__ import annotations

import pytest

from civicsearch.ingest.reading.phrases import (
    is_attachment_heading,
    is_boilerplate_line,
    is_consent_text,
    is_end_heading,
    is_related_heading,
    split_error_text,
)


@pytest.mark.parametrize(
    "text",
    ["Tin liên quan", "TIN LIÊN QUAN:", "Các tin khác", "» Bài viết khác", "Đọc nhiều", "Tin lien quan",
     "(Bấm vào đây để nhận mã)", "Related articles", "3 Comments", "Další aktuality", "Lire aussi",
     "Lo más leído", "Podobne artykuły", "Mehr zum Thema", "Lea también", "Læs også", "Läs mer",
     "Baca juga", "関連記事", "관련기사", "相关阅读", "اقرأ أيضا", "यह भी पढ़ें", "อ่านข่าวเพิ่มเติม"],
)  # fmt: skip
def test_headings_of_boxes(text):
    assert is_related_heading(text)


@pytest.mark.parametrize(
    "text",
    ["Kết quả bước đầu", "Ảnh hưởng của lũ", "Video call với người dân xã xa", "Discussion", "Tin vui"],
)  # fmt: skip
def test_headings_of_stories(text):
    assert not is_related_heading(text)


@pytest.mark.parametrize("text", ["Lamtube-Inhalte erlauben", "Link zum Lamtube-Inhalt"])
def test_buttons_of_consent(text):
    assert is_consent_text(text)


@pytest.mark.parametrize(
    "text",
    ["Читайте также:", "Останні новини", "Διαβάστε επίσης", "Berita terkait", "Çok okunanlar", "新着情報", "上一篇：",
     "آخر الأخبار", "Neueste Meldungen", "Ultime notizie", "Комментарии (12)", "3 σχόλια", "Những tin mới hơn"],
)  # fmt: skip
def test_headings_of_boxes_that_are_whole_texts(text):
    assert is_related_heading(text)


@pytest.mark.parametrize(
    "text", ["Комментарии: 5", "Залишити коментар", "发表评论", "Kommentar schreiben"]
)
def test_comments_in_other_scripts_end_a_story(text):
    assert is_end_heading(text)


@pytest.mark.parametrize(
    "text", ["Новости 2025", "Шкала комментариев", "Σχόλια του δήμου για το έργο"]
)
def test_what_only_begins_like_a_box_is_none(text):
    assert not is_related_heading(text)


@pytest.mark.parametrize("text", ["Версия для печати", "Εκτύπωση", "Yazdır", "打印本页", "Stampa"])
def test_furniture_in_other_languages(text):
    assert is_boilerplate_line(text)


def test_furniture_lines():
    assert is_boilerplate_line("LÊN ĐẦU TRANG")
    assert is_boilerplate_line("In bài viết")
    assert is_boilerplate_line("Built with the Lam Hill Theme 0.20.1.")
    assert not is_boilerplate_line("Built with bricks in 1920.")
    assert not is_boilerplate_line("In 2019 the council voted twice.")


def test_below_comments_no_story_goes_on():
    assert is_end_heading("Bình luận (3)")
    assert not is_end_heading("Đọc thêm")


def test_attachments():
    assert is_attachment_heading("Přílohy")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("The request was aborted: Could not create SSL/TLS secure channel. Họp dân", "Họp dân"),
        ("The request was aborted: Could not create SSL/TLS secure channel.Họp", "Họp"),
        ("Object reference not set to an instance of an object.", ""),
        ("Warning: include(): failed in /var/x.php on line 12 Aktualności", "Aktualności"),
        ("The request was rejected by the council.", "The request was rejected by the council."),
    ],
)
def test_error_texts_are_cut_off(text, rest):
    assert split_error_text(text)[1] == rest
