"""What a site tells the readers of any page: how to comment, rate, correct, hear or reprint it.

Tables of data in the languages of civic news, in their own spelling: both sides are compared
folded. The first is of whole short lines, as buttons and hints are; the second of how paragraphs
begin that speak of the site alone. A notice of the town that asks for opinions says neither: it
names the office, not the editors.
"""

from __future__ import annotations

import re

from civicsearch.analysis.folding import fold
from civicsearch.ingest.reading.alternatives import fold_table

__all__ = ["is_site_line", "is_site_notice"]

_LINES = (
    # In Vietnamese, comments and ratings
    r"""
(?:hiện )?(?:chưa|không) có (?:bình luận|ý kiến|phản hồi|đánh giá)(?: nào)?(?: (?:cho
|về) .{0,30})?
|(?:hãy là|trở thành) người đầu tiên .{0,50}|(?:bạn (?:cần|phải|hãy) )?(?:vui lòng )?đăng nhập
 (?:để|trước khi) (?:bình luận|gửi|tham gia|thực hiện|đánh giá|phản hồi).{0,40}
|vui lòng (?:nhập|điền|gõ) (?:nội dung|bình luận|họ tên|email|mã|tiếng việt).{0,40}
|(?:điểm )?bình chọn(?: bài viết)?(?: ?:? ?\d.{0,12})?|tổng (?:số
|điểm)(?: ?:)? ?\d{1,6} (?:bình chọn|phiếu|đánh giá|điểm)
|đánh giá (?:của bạn|bài viết(?: này)?|bài này|chung)(?: ?:.{0,30})?|\d{1,6} (?:bình chọn
|phiếu bầu|đánh giá)
|(?:tặng|chuyển) sao(?: tặng)? cho .{0,30}|phát biểu cảm nghĩ.{0,20}|gửi (?:câu hỏi|góp ý
|đánh giá|cho bạn)
|góp ý(?: ?[-,] ?phản hồi)?|thích và chia sẻ.{0,30}
""",
    # In Vietnamese, players, letters, links and files
    r"""
(?:tạm dừng|dừng|đang|bắt đầu) đọc|tạm dừng|tua lại|phóng to|thu nhỏ|thu gọn|mở rộng|ẩn|chọn tệp
|(?:thay đổi |xem với )?(?:kích thước|cỡ|màu) chữ(?: ?:? ?[a+ -]{1,12})?
|(?:độ )?tương phản(?: cao)?|giãn dòng|chế độ đọc
|giọng (?:đọc|nam|nữ)(?: .{0,20})?|(?:nam|nữ) miền (?:bắc|trung|nam)
|tốc độ(?: đọc)?(?: ?: ?.{0,8})?
|nghe (?:tin|audio|bản tin|nội dung|podcast)|ấn phím tắt.{0,20}|(?:link|đường dẫn)(?: bài)? gốc
|bản (?:để )?in|từ khóa tìm kiếm|bỏ lưu|lưu trữ|bài viết đã được lưu|xem (?:toàn bộ|theo ngày)
|(?:tải (?:về|xuống)?|download) ?(?:các )?(?:tệp|tập tin|file|tài liệu|văn bản)
 ?(?:tin )?(?:đính kèm|tại đây|về máy)?|(?:các )?(?:tệp|tệp tin|tập tin|file
|tài liệu) (?:đính kèm|kèm theo)(?: ?:.{0,80})?
|(?:biên tập(?: viên)?|người (?:duyệt|biên tập|kiểm duyệt)|duyệt bài|đồ họa|trình bày) ?: ?.{2,40}
""",
    # English
    r"""
(?:load|view|show|see|read|hide)(?: all| more)? (?:\d{1,6} )?comments?(?: \(?\d{1,6}\)?)?
|comments? (?:are|is) (?:now )?(?:closed|off|disabled|moderated).{0,60}
|be the first to (?:comment|reply).{0,40}
|(?:you must be|please) (?:logged in|log ?in|sign in|signed in)\b.{0,40} comments?
|(?:report|submit) (?:a )?(?:correction|typo|error)s?\b.{0,40}|(?:want to )?republish(?: (?:this
|our) (?:story|article))?
|(?:text|font) size\b.{0,20}|jump to (?:main )?(?:content|navigation)|select language
|translate(?: this page)?
|powered by google.{0,20}|share (?:&|and) bookmark.{0,90}|notify me|subscribe to (?:notifications
|alerts)
|no ratings?(?: yet)?|rate this (?:article|page|story|content).{0,20}|(?:show|load|view) (?:more
|less|all)
|view (?:photo )?gallery|\d{1,3} of \d{1,3}|add to (?:my |your )?calendar
|return to (?:the )?(?:full|news|previous) list
|read the (?:original|full) (?:article|story|post)(?: .{0,40})?
|send us your feedback|we welcome your feedback.{0,60}
|thank(?:s| you) for reading(?: (?:the|our) .{0,40})?
|advertisement ?[-–—:] ?story continues.{0,20}|support local (?:journalism|news)(?:[.!,] .{0,80})?
""",
    # German, French, Spanish, Polish, Czech
    r"""
(?:haben sie |sie haben )?(?:einen )?fehler (?:entdeckt|gefunden|bemerkt)\? .{0,80}
|kommentar (?:verfassen|schreiben)
|diskutieren sie mit.{0,40}|feedback geben|hinweis an die redaktion|sie sind hier
|inhalt freischalten
|dieser (?:artikel|beitrag) wurde \d{1,7} ?(?:x|mal) (?:gelesen|aufgerufen|angesehen).{0,20}
|zum weiterlesen .{0,30}anmelden|lire aussi ?:.{0,120}|(?:vos|voir les|afficher les) commentaires
|commenter
|réagir(?: à cet article)?|signaler une erreur|abonnez-vous|connectez-vous pour (?:réagir
|commenter).{0,20}
|(?:agrandir|réduire) (?:le texte|la police)|síguenos en .{0,40}|archivado en|(?:inicia sesión
|regístrate) para comentar
|masz temat\?.{0,80}|do góry|na górę|podziel się|zobacz (?:galerię|zdjęcia)(?: \(\d{1,3}\))?
|(?:widzisz|zauważyłeś|znalazłeś) (?:błąd|błędy).{0,60}|(?:vstoupit do|zobrazit|celá) diskus[ei]
|zobrazit komentáře
|přílohy ke stažení|(?:los )?comentarios (?:están )?cerrados|(?:les )?commentaires sont fermés
|os comentários (?:não representam|são de responsabilidade).{0,100}
|reageren\? .{0,40}|yorum\w* onaylandıktan sonra .{0,40}|yasal uyarı ?: .{0,100}
""",
)
_NOTICES = r"""
(?:bình luận|ý kiến)(?: của (?:bạn|bạn đọc))? sẽ được (?:biên tập|kiểm duyệt|xét duyệt|duyệt)\b
|(?:các|mọi) (?:bình luận|ý kiến)[^.]{0,30} sẽ được (?:biên tập|kiểm duyệt|xét duyệt|duyệt)\b
|(?:bạn đọc|độc giả|quý bạn đọc)(?: có thể)? (?:gửi|cộng tác)\b[^.]{0,80}(?:tòa soạn|e-?mail
|hộp thư|ban biên tập)
|mời (?:độc giả|bạn đọc|quý độc giả|quý vị)[^.]{0,40}(?:theo dõi|xem thêm|đọc thêm|đón xem
|đón đọc)\b
|(?:do you |if you )?(?:have|got) (?:a |any )?(?:news |story )?tips?\b ?[?,].{0,80}
|got a (?:news )?(?:story|tip)\?|(?:if you )?(?:see|spot|spotted|notice|noticed|find
|found) an? (?:error|mistake|typo)\b
 [^.]{0,60}(?:let us know|report|e-?mail|contact|tell us)
|(?:see|spot|spotted|notice|noticed|found) an? (?:error|mistake|typo)\b[^.]{0,40}\?
|(?:having )?trouble (?:viewing|reading) this (?:e-?mail|bulletin|newsletter|message)\b
|view this (?:e-?mail|bulletin|newsletter) (?:in|on)\b
|this (?:e-?mail|bulletin|newsletter|message) was sent (?:to|using|by)\b
|you (?:are receiving|received) this (?:e-?mail|bulletin|newsletter|message)\b
|(?:subscriber services ?: )?(?:manage|update)(?: your)?(?: subscription)? preferences\b
|stay in touch with us\b|get more (?:local )?news on (?:our|the)\b
|find out what.s happening in .{2,40}(?:updates|newsletter)
|click here for more [^.]{0,50}(?:news|stories|headlines)|chaque (?:matin|jour|semaine
|soir), recevez\b
"""
_MAX_NOTICE = 350
_LINE = re.compile("|".join(map(fold_table, _LINES)))
_NOTICE = re.compile(fold_table(_NOTICES))


def is_site_line(folded: str) -> bool:
    """Return whether a whole folded line is a button or a hint of the site.

    >>> is_site_line("chua co binh luan nao"), is_site_line("binh luan ve ke hoach moi")
    (True, False)
    """
    return _LINE.fullmatch(folded) is not None


def is_site_notice(text: str) -> bool:
    """Return whether a paragraph only tells readers how the site wants to be read or reached.

    >>> is_site_notice("Got a story? Let us know."), is_site_notice("Got a letter? So did we.")
    (True, False)
    """
    return len(text) <= _MAX_NOTICE and _NOTICE.match(fold(text).lstrip(" -–—►»>*(")) is not None
