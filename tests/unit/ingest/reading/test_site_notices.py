"""What a site tells the readers of any page."""

from __future__ import annotations

import pytest

from civicsearch.ingest.reading.phrases import is_boilerplate_line, is_related_heading
from civicsearch.ingest.reading.site_notices import is_site_notice


@pytest.mark.parametrize(
    "line",
    [
        "Chưa có bình luận nào",
        "Bạn cần đăng nhập để thực hiện chức năng này!",
        "Vui lòng nhập nội dung bình luận",
        "Tổng số: 0 bình chọn",
        "Chuyển sao tặng cho thành viên",
        "Giọng đọc nữ miền Bắc",
        "Độ tương phản cao",
        "Bản để in",
        "Tệp đính kèm: 12.pdf",
        "Biên tập: Lê C",
        "Load comments (12)",
        "You must be logged in to post a comment.",
        "Report a correction or typo",
        "Thanks for reading!",
        "Thank you for reading the Lam Hill Ledger.",
        "Read the original article here.",
        "Los comentarios están cerrados.",
        "Yorumunuz onaylandıktan sonra yayınlanacaktır.",
        "Haben Sie einen Fehler entdeckt? Schreiben Sie uns.",
        "Réagir à cet article",
        "Síguenos en redes",
        "Masz temat? Napisz do nas: redakcja@lamowo.example",
        "Zobrazit komentáře",
    ],
)
def test_a_button_or_a_hint_of_the_site_is_furniture(line):
    assert is_boilerplate_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Bình luận về kế hoạch mới của huyện",
        "Mở rộng đường liên thôn",
        "Biên tập viên của đài kể chuyện nghề",
        "Report of the council on the bridge",
        "Thank you for reading to our children all year",
        "Fehler entdeckt der Prüfer kaum noch",
        "Commenter le budget est un exercice",
    ],
)
def test_a_line_of_a_story_that_begins_alike_is_none(line):
    assert not is_boilerplate_line(line)


@pytest.mark.parametrize(
    "text",
    [
        "Bình luận của bạn sẽ được biên tập trước khi đăng. Xin vui lòng gõ tiếng Việt có dấu.",
        "Bạn đọc có thể gửi tin bài về địa chỉ email: toasoan@lamkhe.example",
        "Mời độc giả theo dõi chúng tôi trên Fanpage để cập nhật tin tức mới nhất.",
        "Have a news tip? Email us at tips@press.example.",
        "If you spot an error in this story, please let us know.",
        "► Get more news on our free app",
        "Having trouble viewing this email? View it as a Web page.",
        "SUBSCRIBER SERVICES: Manage Preferences | Unsubscribe",
        "This email was sent to you by the Town of Lam Hill.",
    ],
)
def test_a_paragraph_may_speak_of_the_site_alone(text):
    assert is_site_notice(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mọi ý kiến góp ý xin gửi về Sở Tư pháp trước ngày 15 tháng 5, địa chỉ số 2 đường Bờ Sông.",
        "Ý kiến của bạn sẽ được chuyển tới UBND xã, ông Quyết nói với bà con tại buổi họp.",
        "Have a look at the bridge before it closes in June, said the mayor of Lam Hill.",
        "If you find an injured bird on the quay, call the town at once.",
        "",
    ],
)
def test_a_notice_of_the_town_does_not(text):
    assert not is_site_notice(text)


@pytest.mark.parametrize("line", ["Đừng bỏ lỡ", "Bài viết cùng tác giả", "Top stories"])
def test_more_headings_of_boxes_are_known(line):
    assert is_related_heading(line)
