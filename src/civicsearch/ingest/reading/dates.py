"""When: the day or moment that a short text names, and whether a line is a date line.

Civic pages print dates in every way there is, next to figures that only look like dates. So a
date needs a day, a month and a year of four digits (two digits where dots or strokes part it):
`05/05 xã` and `10 năm (2010-3/2020)` are none, nor is a view counter. Numbers are read day
first, except in English with strokes, where the month leads on most pages of America.

Where on the page a date line may stand is the extractor's business.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.ingest.reading.eastern_dates import (
    EASTERN_MODIFIED,
    EASTERN_PUBLISHED,
    goes_on_after,
    iter_eastern_days,
    tells_a_story,
    western_year,
    without_eastern_furniture,
)
from civicsearch.ingest.reading.event_labels import dates_event
from civicsearch.ingest.reading.month_names import month_number

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "TIME_OF_DAY",
    "day_of",
    "days_in",
    "find_dateline",
    "find_modified_date",
    "find_spans",
    "is_changed_line",
    "is_day_label",
    "is_plausible",
    "names_publication",
    "parse_date",
]

_MAX_CHARS = 400
_MAX_LINE_CHARS = 220
_EARLIEST_YEAR = 1990  # the first web pages
# A clock that says an earlier day than that of these lines is wrong, as that of a machine without
# a battery: all articles would seem to be of the future, and lose their dates.
_LEAST_TODAY = dt.date(2026, 11, 28)
_VIETNAM = dt.timezone(dt.timedelta(hours=7))

_DIGIT = re.compile(r"\d")
# All dates but `3.5.24` have a year of so many.
_FOUR_DIGITS = re.compile(r"\d{4}")
_ISO = re.compile(
    r"(?<![\d/.-])(?P<year>\d{4})(?P<sep>[-/.]|\.\s)(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d/-])"
)
_DAY_FIRST = re.compile(
    r"(?<![\d/.\-–])(?P<day>\d{1,2})(?P<sep>\s?[./]\s?|-|\s-\s)(?P<month>\d{1,2})(?P=sep)"
    r"(?P<year>\d{4}|\d{2}(?![:h]))(?!\d|[/.]\d|/\w|-\d{1,3}(?![\d:]))"
)
_YEAR_FIRST_SIGNS = re.compile(
    r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]"
)
_DAY_NAME_YEAR = re.compile(
    r"(?<![\d./-])(?P<day>\d{1,2})(?:\s?[.ºª°]|er|st|nd|rd|th|-?го|,(?=\s))?[\s-]*"
    r"(?:(?i:de|of|di)\s+|d['’]\s*)?(?P<name>[^\W\d_]{3,12})[.,]*[\s-]*"
    r"(?:(?i:del?|of)\s+)?(?P<year>\d{4})(?:(?![\d/])|(?=\d{1,2}:\d\d))"
)
# A month may follow a section or a moment without a blank: `HealthMay 3, 2024`.
_NAME_DAY_YEAR = re.compile(
    r"(?:(?<![^\W\d_])|(?<=[a-z])(?=[A-Z]))(?P<name>[^\W\d_][^\W\d_A-Z]{2,11}|[^\W\d_a-z]{3,12})\.?[\s-]+(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    r"(?:\s*,\s*|\s+)(?:at\s+)?(?P<year>\d{4})(?![\d/:])"
)
_YEAR_NAME_DAY = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?:\.|\s?m\.)?,?\s+(?P<name>[^\W\d_]{3,14})\.?\s+(?P<day>\d{1,2})(?!\d)"
)
# As the shell of Unix and Java print a moment: `Mon Aug 03 12:45:00 EDT 2015`.
_NAME_DAY_TIME_YEAR = re.compile(
    r"(?<![^\W_])(?P<name>[A-Z][a-z]{2})\s(?P<day>\d{1,2})\s\d\d:\d\d:\d\d\s(?:[A-Z]{2,5}\s)?"
    r"(?P<year>\d{4})(?!\d)"
)
_NUMERAL = r"(?:mười\s+một|mười\s+hai|muoi\s+mot|muoi\s+hai|[^\W\d_]{2,5}|\d{1,2})"
_VIETNAMESE = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})[\s,]*(?:th[áa]ng|thg|th)[\s.]*(?P<name>{_NUMERAL})[\s,]*"
    r"(?:n[ăa]m\s*)?(?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)
_VIETNAMESE_MONTH_FIRST = re.compile(
    rf"\b(?:(?:th[áa]ng|thg)\s+|th(?=\d))(?P<name>{_NUMERAL})\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_NUMBERED = (_ISO, _YEAR_FIRST_SIGNS)
_NAMED = (_DAY_NAME_YEAR, _NAME_DAY_YEAR, _YEAR_NAME_DAY, _NAME_DAY_TIME_YEAR)
_NUMERALS = (_VIETNAMESE, _VIETNAMESE_MONTH_FIRST)

_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(?:\d\d)?(Z)?)?")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")

_OFFSET = re.compile(r"([+-])\s?(\d{1,2}):?(\d\d)?")
_ZONE_HOURS = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1, "cest": 2,
    "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "trt": 3, "ict": 7, "sgt": 8, "hkt": 8, "jst": 9,
    "kst": 9, "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "aest": 10, "aedt": 11,
}  # fmt: skip
_ZONE_NAMES = "|".join(sorted(_ZONE_HOURS, key=len, reverse=True))
TIME_OF_DAY = re.compile(
    r"(?<![\d.,/:+-])(?P<hour>[01]?\d|2[0-3])\s?(?::|[hg](?=\d)|giờ\s?)(?P<minute>[0-5]\d)"
    r"(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?(?![\d/])"
    r"(?:\s?(?P<half>[ap]\.?\s?m\b\.?|SA\b|CH\b|sáng\b|chiều\b|tối\b))?"
    r"(?P<zone>\s{0,2}[,(\[]?\s?(?:(?:GMT|UTC)\s?[+-]\s?\d{1,2}(?::?\d\d)?"
    rf"|[+-]\d\d(?::?\d\d)?(?!\d)|(?:{_ZONE_NAMES})\b))?",
    re.IGNORECASE,
)
_AFTERNOON = re.compile(r"p|ch|tối", re.IGNORECASE)
_VIETNAMESE_WORDS = re.compile(
    r"\b(?:th[ứu] (?:hai|ba|t[ưu]|n[ăa]m|s[áa]u|b[ảa]y)|chủ nhật|ngày|tháng|lúc|giờ|cập nhật"
    r"|lượt xem|đăng)\b",
    re.IGNORECASE,
)

_PUBLISHED = re.compile(
    r"\b(?:ngay(?: gio)? (?:dang|xuat ban|phat hanh|cong bo|tao|gui|viet|ban hanh)|dang (?:luc"
    r"|ngay)"
    r"|xuat ban|(?:first )?published|posted|publication date|date published|publie|mis en ligne"
    r"|paru|publicad[oa]|fecha de publicacion|data de publicacao|pubblicato|veroffentlicht"
    r"|erschienen"
    r"|erstellt|opublikowan[oy]|data publikacji"
    r"|opublikowani[ea]|udostepni(?:ono|enia)|utworzono|dodano|zverejneno|vydano|publikovano"
    r"|datum vydani|vlozeno|publicat|yayin(?:lanma)?(?: tarihi)?|giris|megjelent|julkaistu"
    r"|publicerad|demosieuth?eke|data publikatsii|razmeshcheno|diterbitkan|dipublikasikan"
    r"|publisert|udgivet|gepubliceerd|opublikovano|objavljeno)\b"
)
_MODIFIED = re.compile(
    r"\b(?:cap nhat(?: (?:lan cuoi|luc|ngay))?|ngay cap nhat|sua (?:luc|ngay)"
    r"|(?:last )?(?:updated?|modified)(?: on)?"
    r"|mis(?:e)? a jour|modifie|modification|actualizad[oa]|ultima actualizacion|atualizad[oa]"
    r"|aggiornat[oa]|aktualisiert|geandert|zuletzt|stand|aktualizacja|zaktualizowano|zmodyfikowano"
    r"|poprawion[oy]|ostatnia (?:zmiana|aktualizacja|modyfikacja)"
    r"|aktualizovano|aktualizace|zmeneno|upraveno|posledni zmena"
    r"|obnovlen\w{0,4}|izmenen\w{0,4}|onovlen\w{0,4}|zminen\w{0,3}|teleutaia enemerose|enemerotheke"
    r"|aggiornamento|modificat[oa]|ultima modifica|diperbarui|pembaruan|paivitetty|opdateret"
    r"|gewijzigd|azurirano|posodobljeno"
    r"|guncelle(?:me|ndi)\w*|frissitve|actualizat|uppdaterad|oppdatert|bijgewerkt|izmijenjeno)\b"
)
# What a label says of no particular day, and what it may end with.
_ANY_DAY = re.compile(r"date|datum|data|fecha|ngay|tarih|paivays|datums")
_LABEL_ENDS = re.compile(r" (?:on|le|el|am|em|il|dne|dnia|den|ngay|tarihi)$")
_MAX_LABEL = 40
# Words of a date line that are neither date nor name: they do not make it a sentence.
_FURNITURE = re.compile(
    r"\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|ngay|luc|gio|thang|nam|luot (?:xem"
    r"|truy cap|doc)"
    r"|so lan (?:xem|doc)|da xem|xem|views?|vues?|vistas?|lecturas?|odslon|wyswietlen|precteno"
    r"|zobrazeno|lan|hits?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miercoles|jueves|viernes"
    r"|sabado|domingo"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|pondeli|utery|streda|ctvrtek"
    r"|patek|sobota"
    r"|nedele|poniedzialek|wtorek|sroda|czwartek|piatek|niedziela|pazartesi|sali|carsamba"
    r"|persembe|cuma"
    r"|cumartesi|pazar|uhr|hod|godz|saat|date|datum|data|fecha|le|on|at|um|am|vom|el|dne|dnia|o|v"
    r"|a|von|by"
    r"|(?:man|tirs|tis|ons|tors|fre|lor|son)dag|kl|klo|foto|text|wib|wita|wit|senin|selasa|rabu|kamis"
    r"|jumat|sabtu|minggu|editor|reporter|penulis|(?:segunda|terca|quarta|quinta|sexta)(?:-feira)?"
    r"|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica"
    r"|por|par|autor|tac gia|gmt|utc|print|in bai|email|chia se|share|min(?:utes?)? read"
    r"|comments?)\b"
)
# English; pages of Britain and all that is no America say `en-gb`.
_MONTH_FIRST = ("en", "en-us", "en-US")
_MAX_STRANGE_WORDS = 7
# Signs that part the pieces of such a line; then there may be more of them.
_PARTED = re.compile(r"\s[|•·]\s")


@dataclass(frozen=True, slots=True)
class _Found:
    """A day in a text, and where it stands."""

    day: dt.date
    start: int
    end: int


def parse_date(text: str, *, language: str = "") -> dt.date | None:
    """Return the first day or moment that a short text names.

    Args:
        text: A date however written, with or without words around it; ISO 8601, numbers with
            dots, strokes or hyphens, names of months, Unix seconds.
        language: Of the page, two letters, or `en-gb` where the day is first. Vietnamese times
            without a zone are in +07:00.

    Returns:
        An aware `datetime` where time and zone are known, else the `date`, or None. The year is
        not checked: `is_plausible` does that.

    >>> parse_date("Thứ năm, 06/08/2020 - 07:30 (GMT+7)").isoformat()
    '2020-08-06T07:30:00+07:00'
    >>> parse_date("6 de agosto de 2020")
    datetime.date(2020, 8, 6)
    """
    text = " ".join(text[:_MAX_CHARS].split())
    whole = _parse_digits(text)
    if whole is not None:
        return whole
    found = min(_days_in(text, language), key=lambda day: day.start, default=None)
    return None if found is None else _with_time(text, found, language)


def find_dateline(text: str, *, language: str = "") -> dt.date | None:
    """Return the publication date of a visible date line, or None where `text` is none.

    A date line holds a date and little else: labels, weekday, time, view counter, a name. A
    sentence that mentions a date is none. Dates after a word for "updated" count only in
    Vietnamese, where sites print no other; `find_modified_date` reads the rest.

    >>> find_dateline("06/08/2020 - Lượt xem: 1901")
    datetime.date(2020, 8, 6)
    >>> find_dateline("Trong thời gian 10 năm (2010-3/2020), đã tiếp 1.700 lượt")
    """
    if not _DIGIT.search(text):
        return None
    text = " ".join(text[: 4 * _MAX_LINE_CHARS].split())
    if len(text) > _MAX_LINE_CHARS:
        return None
    days = sorted(_days_in(text, language), key=lambda day: day.start)
    if not days or not _is_dateline(text, days) or dates_event(text):
        return None
    published = [day for day in days if not _label_before(text, day, _MODIFIED)]
    is_vietnamese = language[:2] == "vi" and not EASTERN_MODIFIED.search(text)
    if not published and (is_vietnamese or "cập nhật" in text.lower()):
        published = days
    labelled = [day for day in published if _label_before(text, day, _PUBLISHED)]
    chosen = next(iter(labelled or published), None)
    return _plausible_moment(text, chosen, language)


def names_publication(text: str) -> bool:
    """Return whether a short text has a word for "published".

    >>> names_publication("Posted: 6 August 2020"), names_publication("6 August 2020")
    (True, False)
    """
    return _PUBLISHED.search(fold(text[:_MAX_CHARS])) is not None


def find_modified_date(text: str, *, language: str = "") -> dt.date | None:
    """Return the date of the last change that a visible line names after such a label."""
    if not _DIGIT.search(text):
        return None
    text = " ".join(text[: 4 * _MAX_LINE_CHARS].split())
    if len(text) > _MAX_LINE_CHARS:
        return None
    if not (_MODIFIED.search(fold(text)) or EASTERN_MODIFIED.search(text)):
        return None
    days = sorted(_days_in(text, language), key=lambda day: day.start)
    chosen = next((day for day in days if _label_before(text, day, _MODIFIED)), None)
    return _plausible_moment(text, chosen, language)


def is_changed_line(text: str) -> bool:
    """Return whether a date line names the last change alone: `Last updated: 6 August 2020`."""
    if find_modified_date(text) is None:
        return False
    line = " ".join(text.split())
    return find_dateline(line) is None and _is_dateline(line, list(_days_in(line, "")))


def days_in(text: str, *, language: str = "") -> frozenset[dt.date]:
    """Return the days that a short text names, whatever it says of them.

    >>> sorted(day.isoformat() for day in days_in("3 May 2024, updated 5 May 2024"))
    ['2024-05-03', '2024-05-05']
    """
    return frozenset(found.day for found in _days_in(text[:_MAX_CHARS], language))


def find_spans(text: str) -> list[tuple[int, int]]:
    """Return where dates with day, month and year stand in a short text, last one first."""
    spans: list[tuple[int, int]] = []
    days = _days_in(text, "") if len(text) <= _MAX_CHARS else _iter_days(text, "")
    for start, end in sorted({(day.start, day.end) for day in days}):
        # Two patterns may read the same figures: in `3 May 2024 May 5` the year has its day.
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    return spans[::-1]


def is_day_label(text: str) -> bool:
    """Return whether a short text is the label of a page's day, and has none.

    >>> is_day_label("Published:"), is_day_label("Publié le"), is_day_label("Published works")
    (True, True, False)
    """
    if len(text) > _MAX_LABEL:
        return False
    label = _LABEL_ENDS.sub("", fold(text).strip(" :.")) or fold(text)
    kinds = (_PUBLISHED, _MODIFIED, _ANY_DAY)
    return bool(label) and any(not words.sub("", label).strip() for words in kinds)


def day_of(moment: dt.date) -> dt.date:
    """Return the day of a moment by its own clock, or the day that it is."""
    return moment.date() if isinstance(moment, dt.datetime) else moment


def is_plausible(moment: dt.date, *, today: dt.date | None = None) -> bool:
    """Return whether a page can have been published then: since 1990, not after tomorrow.

    Two days of grace, for zones and for clocks that are wrong.

    Args:
        moment: When it says it was.
        today: What the clock says, if not that of this machine is asked.
    """
    day = day_of(moment)
    today = max(today or dt.datetime.now(tz=dt.UTC).date(), _LEAST_TODAY)
    return day.year >= _EARLIEST_YEAR and day <= today + dt.timedelta(days=2)


def _plausible_moment(text: str, found: _Found | None, language: str) -> dt.date | None:
    if found is None or not is_plausible(found.day):
        return None
    return _with_time(text, found, language)


def _parse_digits(text: str) -> dt.date | None:
    """Return what a text of digits alone names: `20200806`, `20200806T0730`, Unix seconds."""
    if _EPOCH.fullmatch(text):
        return dt.datetime.fromtimestamp(int(text[:10]), tz=dt.UTC)
    match = _COMPACT.fullmatch(text)
    return None if match is None else _day(match[1], match[2], match[3])


@lru_cache(maxsize=1 << 10)
def _days_in(text: str, language: str) -> tuple[_Found, ...]:
    """Return every full date in `text`; a date line is asked for by title, authors and zones."""
    return tuple(_iter_days(text, language))


def _iter_days(text: str, language: str) -> Iterator[_Found]:
    """Yield every full date in `text`, pattern by pattern."""
    for pattern, read in _READERS if _FOUR_DIGITS.search(text) else _SHORT_READERS:
        for match in pattern.finditer(text):
            yield from read(match, language)
    for match, *numbers in iter_eastern_days(text):
        day = _day(*map(str, numbers))
        if day is not None:
            yield _Found(day, match.start(), match.end())


def _iter_numbered(match: re.Match[str], _language: str) -> Iterator[_Found]:
    return _found(match, int(match["month"]))


def _iter_named(match: re.Match[str], language: str) -> Iterator[_Found]:
    return _found(match, month_number(match["name"], language=language))


def _iter_numerals(match: re.Match[str], _language: str) -> Iterator[_Found]:
    name = match["name"]
    return _found(match, int(name) if name.isdigit() else month_number(name, numeral=True))


def _iter_numeric(match: re.Match[str], language: str) -> Iterator[_Found]:
    """Yield the day of `dd/mm/yyyy`, or of `mm/dd/yyyy` where only that can be."""
    first, second = int(match["day"]), int(match["month"])
    month_first = language in _MONTH_FIRST and match["sep"].strip() == "/"
    if month_first and _VIETNAMESE_WORDS.search(match.string):
        month_first = False  # a template's lang="en" on a Vietnamese page
    if month_first and first <= 12:
        first, second = second, first
    if second > 12 >= first:
        first, second = second, first
    day = _day(match["year"], second, first)
    if day is not None:
        yield _Found(day, match.start(), match.end())


def _found(match: re.Match[str], month: int | None) -> Iterator[_Found]:
    day = _day(match["year"], month, match["day"]) if month else None
    if day is not None:
        yield _Found(day, match.start(), match.end())


_SHORT_READERS = ((_DAY_FIRST, _iter_numeric),)
_READERS = (
    *((pattern, _iter_numbered) for pattern in _NUMBERED),
    *_SHORT_READERS,
    *((pattern, _iter_named) for pattern in _NAMED),
    *((pattern, _iter_numerals) for pattern in _NUMERALS),
)


def _day(year: str, month: str | int, day: str | int) -> dt.date | None:
    """Return the date, or None where there is no such day."""
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 70 else 1900
    number = western_year(number)
    try:
        return dt.date(number, int(month), int(day))
    except ValueError:
        return None


def _with_time(text: str, found: _Found, language: str) -> dt.date:
    """Return the moment where a time and its zone stand near the day, else the day."""
    match = TIME_OF_DAY.search(text, found.end, found.end + 60)
    if match is None:
        before = list(TIME_OF_DAY.finditer(text, max(0, found.start - 45), found.start))
        match = before[-1] if before else None
    if match is None:
        return found.day
    zone = _zone(match["zone"] or "")
    hour = _hour(int(match["hour"]), match["half"] or "")
    minute, second = int(match["minute"]), int(match["second"] or 0)
    if zone is None and not (match["zone"] or "").strip(" ,(["):
        # Midnight to the second is what a database gives for a day without a time.
        midnight = not (hour or minute or second) and match["second"] is not None
        vietnamese = language[:2] == "vi" or (not language and _VIETNAMESE_WORDS.search(text))
        zone = _VIETNAM if vietnamese and not midnight else None
    if zone is None:
        return found.day
    day = found.day
    return dt.datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)


def _hour(hour: int, half: str) -> int:
    """Return the hour of 24; `half` is am, pm or their Vietnamese words."""
    if not half or hour > 12:
        return hour
    return hour % 12 + (12 if _AFTERNOON.match(half) else 0)


def _zone(text: str) -> dt.timezone | None:
    """Return the zone that an offset or a name stands for, or None for a stranger."""
    text = text.strip(" ,([")
    offset = _OFFSET.search(text)
    if offset is not None:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        if minutes > 14 * 60:
            return None
        return dt.timezone(dt.timedelta(minutes=-minutes if offset[1] == "-" else minutes))
    hours = _ZONE_HOURS.get(text.lower())
    return None if hours is None else dt.timezone(dt.timedelta(hours=hours))


def _label_before(text: str, found: _Found, labels: re.Pattern[str]) -> bool:
    """Return whether the nearest label before a day is one of `labels`."""
    before = text[max(0, found.start - 60) : found.start]
    folded, eastern_text = fold(before), "" if before.isascii() else before
    last = {
        kind: max(_last_place(kind, folded), _last_place(eastern, eastern_text))
        for kind, eastern in ((_PUBLISHED, EASTERN_PUBLISHED), (_MODIFIED, EASTERN_MODIFIED))
    }
    other = max(position for kind, position in last.items() if kind is not labels)
    return last[labels] > other


def _last_place(label: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in label.finditer(text)), default=-1)


def _is_dateline(text: str, days: list[_Found]) -> bool:
    """Return whether little is left of `text` without its dates, times and usual words."""
    rest = text
    for day in sorted(days, key=lambda found: -found.start):
        rest = rest[: day.start] + " " + rest[day.end :]
    rest = without_eastern_furniture(TIME_OF_DAY.sub(" ", rest))
    if tells_a_story(rest) or any(goes_on_after(text, day.end) for day in days):
        return False
    rest = _FURNITURE.sub(" ", _MODIFIED.sub(" ", _PUBLISHED.sub(" ", fold(rest))))
    words = re.findall(r"[^\W\d_]{2,}", rest)
    parted = _PARTED.search(text) is not None
    if len(words) > (2 if parted else 1) * _MAX_STRANGE_WORDS:
        return False
    # "Hội nghị diễn ra ngày 06/08/2020." is short, but it is a sentence.
    return not (text.endswith((".", "?", "!", ":", ";")) and len(words) > 3)
