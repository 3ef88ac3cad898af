"""Days as pages in scripts without capitals print them, and by other calendars than ours.

Arabic, Hebrew, Hindi and Thai names of months; years since the Buddha, of Japanese emperors and
of the republic in Taiwan. Names stand as they are printed: vowel signs of these scripts are no
letters to the patterns of `dates`, and folded some would be words of other languages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from civicsearch.ingest.reading.month_names import iter_forms

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "EASTERN_MODIFIED",
    "EASTERN_PUBLISHED",
    "goes_on_after",
    "iter_eastern_days",
    "tells_a_story",
    "western_year",
    "without_eastern_furniture",
]

_BUDDHIST_YEARS = range(2520, 2640)
_BUDDHIST = 543
_FIRST_THAI = "\u0e00"
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}

# One language a table; the months parted by "|", the forms of a month by blanks, `_` a blank.
_TABLES = (
    # Arabic: Egypt and the Gulf, the Levant, Algeria and Tunisia, Morocco
    (
        "يناير جانفي كانون_الثاني|فبراير فيفري شباط|مارس آذار اذار|أبريل إبريل ابريل أفريل نيسان"
        "|مايو ماي أيار ايار|يونيو يونيه جوان حزيران|يوليو يوليه يوليوز جويلية تموز"
        "|أغسطس اغسطس أوت غشت آب|سبتمبر شتنبر أيلول ايلول|أكتوبر اكتوبر تشرين_الأول تشرين_الاول"
        "|نوفمبر نونبر تشرين_الثاني|ديسمبر دجنبر كانون_الأول كانون_الاول"
    ),
    # Hebrew
    (
        "ינואר|פברואר|מרץ מרס|אפריל|מאי|יוני|יולי|אוגוסט|ספטמבר|אוקטובר|נובמבר|דצמבר"
    ),
    # Hindi
    (
        "जनवरी|फरवरी फ़रवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर सितम्बर|अक्टूबर अक्तूबर|नवंबर नवम्बर"
        "|दिसंबर दिसम्बर"
    ),
    # Thai
    (
        "มกราคม ม.ค.|กุมภาพันธ์ ก.พ.|มีนาคม มี.ค.|เมษายน เม.ย.|พฤษภาคม พ.ค.|มิถุนายน มิ.ย.|กรกฎาคม ก.ค."
        "|สิงหาคม ส.ค.|กันยายน ก.ย.|ตุลาคม ต.ค.|พฤศจิกายน พ.ย.|ธันวาคม ธ.ค."
    ),
)  # fmt: skip


_MONTHS = {form.replace("_", " "): number for form, number in iter_forms(_TABLES)}
_NAME = "|".join(re.escape(name) for name in sorted(_MONTHS, key=len, reverse=True))
# Letters of the scripts above, and the signs that Chinese and Japanese write between the figures.
_EASTERN = re.compile("[\u0590-\u06ff\u0900-\u097f\u0e00-\u0e7f年期間间]")
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})[\s,،-]*ב?(?P<name>{_NAME})(?:\s*[/(]\s*(?:{_NAME})\)?)?[\s,،-]*"
    r"(?:(?:พ\.ศ\.|ค\.ศ\.|عام|سنة|सन)\s*)?(?P<year>\d{4}|\d{2}(?![\d:.]))(?!\d)"
)
_NAME_FIRST = re.compile(
    rf"(?P<name>{_NAME})\s+(?P<day>\d{{1,2}})\s*[,،]\s*(?P<year>\d{{4}})(?!\d)"
)
_OF_ERA = re.compile(
    rf"(?P<era>{'|'.join(_ERAS)})\s?(?P<year>\d{{1,3}}|元)\s?年\s?(?P<month>\d{{1,2}})\s?月"
    r"\s?(?P<day>\d{1,2})\s?日"
)
# As offices in Taiwan print a day in figures, behind the word for it.
_OF_REPUBLIC = re.compile(
    r"(?:日期|時間)\s?[:：]\s?(?P<year>1[01]\d)(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)"
    r"(?P<day>\d{1,2})(?!\d)"
)

EASTERN_PUBLISHED = re.compile(
    "发布|發布|發佈|公開|掲載|登録|作成|投稿|등록|입력|작성|게시|승인|نشر|प्रकाशित|เผยแพร่|โพสต์|ลงวันที่"
)
EASTERN_MODIFIED = re.compile("更新|修改|改定|수정|تحديث|تعديل|अपडेट|अद्यतन|อัปเดต|อัพเดต|ปรับปรุง|แก้ไข")
# Words of a date line that are neither date nor name.
_FURNITURE = re.compile(
    "发布|發布|發佈|时间|時間|日期|来源|來源|浏览|瀏覽|点击|點擊|阅读|閱讀|次数|次數|人次|字号|字號|字体|字體"
    "|[大中小](?![\u3040-\u9fff])|打印|列印|印刷|关闭|關閉|分享|收藏|更新|公開|掲載|登録|作成|最終|投稿"
    "|配信|作者|编辑|編輯|责任|責任|星期.|[週周][一二三四五六日]|.曜日|[(（][月火水木金土日][)）]|[上下]午"
    "|午[前後]|วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)?(?:ที่)?|เมื่อ|เวลา|โพสต์|เผยแพร่|อัปเดต|ล่าสุด"
    "|ปรับปรุง|น\\.|ผู้เข้าชม|เข้าชม|ครั้ง|ผู้อ่าน|จำนวน"
)
_UNPARTED = "\u3040-\u30ff\u3400-\u9fff"
_WIDE_LETTER = re.compile(f"[{_UNPARTED}]")
_THAI_LETTER = re.compile("[\u0e01-\u0e2e]")
_MAX_WIDE = 12
_MAX_THAI = 30
_END_OF_SENTENCE = tuple("。！？।؟")
_GOES_ON = re.compile(f"[、，{_UNPARTED}]")


def western_year(year: int) -> int:
    """Return a year of our era for one that can only be counted from the Buddha.

    >>> western_year(2568)
    2025
    """
    return year - _BUDDHIST if year in _BUDDHIST_YEARS else year


def iter_eastern_days(text: str) -> Iterator[tuple[re.Match[str], int, int, int]]:
    """Yield the match, year, month and day of each day that a text names; they may not exist.

    >>> [found[1:] for found in iter_eastern_days("令和7年5月12日")]
    [(2025, 5, 12)]
    """
    if text.isascii() or not _EASTERN.search(text):
        return
    for pattern in (_DAY_FIRST, _NAME_FIRST):
        for match in pattern.finditer(text):
            year = int(match["year"])
            if len(match["year"]) == 2:  # `12 พ.ค. 68`
                year += 2500 if match["name"] >= _FIRST_THAI else 2000
            yield match, western_year(year), _MONTHS[match["name"]], int(match["day"])
    for match in _OF_ERA.finditer(text):
        year = 1 if match["year"] == "元" else int(match["year"])
        yield match, _ERAS[match["era"]] + year, int(match["month"]), int(match["day"])
    for match in _OF_REPUBLIC.finditer(text):
        yield match, 1911 + int(match["year"]), int(match["month"]), int(match["day"])


def without_eastern_furniture(text: str) -> str:
    """Return a line without what stands beside dates in Chinese, Japanese and Thai."""
    return text if text.isascii() else _FURNITURE.sub(" ", text)


def goes_on_after(text: str, end: int) -> bool:
    """Return whether the words of a sentence follow a day without a blank: `5月12日正式开放`."""
    return bool(_GOES_ON.match(text, end)) and not _FURNITURE.match(text, end)


def tells_a_story(rest: str) -> bool:
    """Return whether what is left of a line without its dates and its furniture is a sentence.

    Where words are not parted by blanks, their letters are counted.
    """
    if rest.isascii():
        return False
    return (
        rest.rstrip().endswith(_END_OF_SENTENCE)
        or len(_WIDE_LETTER.findall(rest)) > _MAX_WIDE
        or len(_THAI_LETTER.findall(rest)) > _MAX_THAI
    )
