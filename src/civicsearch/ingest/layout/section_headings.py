"""Which headings name the section or the kind of a page, where its headline stands below them.

`Chính trị`, `Quốc phòng - An ninh`, `Chi tiết tin`, `News Flash`: portals set them as headings
above the headline, at times above a headline that is none in mark-up. They tell nothing of whether
the page is a list. A table of data, in its own spelling: both sides are compared folded.
"""

from __future__ import annotations

import re

from civicsearch.analysis.folding import fold
from civicsearch.ingest.reading.alternatives import fold_table

__all__ = ["is_section_heading"]

_SUBJECTS = """
chính trị|kinh tế|xã hội|văn hóa|văn hoá|thể thao|giáo dục|y tế|khoa học|công nghệ|môi trường
|du lịch
|pháp luật|quốc phòng|an ninh|đối ngoại|đối nội|quốc tế|thế giới|thời sự|đời sống|nông nghiệp
|công nghiệp|thương mại|dân tộc|tôn giáo|tín ngưỡng|dân vận|tuyên giáo|nội chính|đoàn thể|mặt trận
|xây dựng đảng|chính quyền|cải cách hành chính|chuyển đổi số|nông thôn mới|an sinh xã hội
|an toàn giao thông
|lao động|việc làm|chính sách|bạn đọc|nghiên cứu|trao đổi|gương điển hình|gương người tốt việc tốt
|hoạt động|lãnh đạo|trong (?:nước|tỉnh|huyện|xã|ngành|trường)|địa phương|cơ sở|ngành
"""
_KINDS = """
(?:xem |nội dung )?chi tiết(?: (?:tin|tin tức|bài viết|nội dung|văn bản|thông báo|sự kiện))?
|(?:tin|bài viết|nội dung) chi tiết|(?:hiển thị |xem )?nội dung (?:tin|tin tức|bài viết)|bản tin
|nội dung bài
|(?:news|article|event|press release|story) details?|news ?flash|news item|(?:press|news
|media) release
|detail(?:s|seite|ansicht)?|einzelansicht|pressemitteilung|nachrichten?detail(?:s|ansicht)?
|communiqué(?: de presse)?|détails?(?: de l'actualité)?|nota de prensa
|detalle(?: de (?:la )?noticia)?
|dettaglio(?: (?:news|notizia))?|comunicato(?: stampa)?|szczegóły(?: (?:aktualności|wiadomości))?
|detail (?:aktuality|článku|novinky|zprávy)|tisková zpráva
"""
_SUBJECT = fold_table(_SUBJECTS)
_HEADING = re.compile(
    rf"(?:(?:tin tuc|tin|ban tin|chuyen muc|chuyen trang|hoat dong) )?(?:{_SUBJECT})"
    rf"(?:(?: ?[-–,&/] ?| va )(?:{_SUBJECT})){{0,3}}|{fold_table(_KINDS)}"
)
_MAX_CHARS = 70


def is_section_heading(text: str) -> bool:
    """Return whether a whole line is the name of a section or of the kind of page.

    >>> is_section_heading("Tin quốc phòng - an ninh"), is_section_heading("Tin vui ở bản Nà Hin")
    (True, False)
    """
    return len(text) <= _MAX_CHARS and _HEADING.fullmatch(fold(text).strip(" .:»>")) is not None
