"""What is left of a short line when its dates are taken out: the names, the labels."""

from __future__ import annotations

import re

from civicsearch.analysis.folding import fold_in_place
from civicsearch.ingest.reading.dates import TIME_OF_DAY, find_spans

__all__ = ["is_sentence", "without_dates", "without_relative_times"]

_MAX_SMALL_WORDS = 4
_DIGIT = re.compile(r"\d")

# Folded; what stands between a name and a date: weekdays, words for "published", small words.
_BEFORE_DATE = re.compile(
    r"(?:(?<![^\W_])(?:mon|tue|wed|thu|fri|sat|sun|(?:mo|di|mi|do|fr|sa|so)(?=[.,])"
    r"|(?:lun|mar|mer|mie|jeu|jue|ven|vie|sam|sab|dim|dom|gio|pon|wt|sr|czw|pt|sob|ndz|po|ut|st|ct"
    r"|pa|ne|man|tir|ons|tor|fre|lor|son)(?=[.,])"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag"
    r"|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes"
    r"|miercoles|jueves|viernes|sabado|domingo|(?:segunda|terca|quarta|quinta|sexta)(?:-feira)?"
    r"|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica|poniedzialek|wtorek|sroda"
    r"|czwartek|piatek|sobota|niedziela|pondeli|utery|streda|ctvrtek|patek|nedele"
    r"|(?:man|tirs|ons|tors|fre|lor|son)dag|(?:mandag|tisdag|lordag|sondag)|maanantai|tiistai"
    r"|keskiviikko|torstai|perjantai|lauantai|sunnuntai|maandag|dinsdag|woensdag|donderdag"
    r"|vrijdag|zaterdag|zondag|pazartesi|sali|carsamba|persembe|cuma(?:rtesi)?|pazar|senin|selasa"
    r"|rabu|kamis|jumat|sabtu|minggu|thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|t[2-7]|cn"
    r"|on|am|vom|le|el|dne|dnia|em|il|op|den|ngay|luc|vao luc"
    r"|(?:first )?published|posted|(?:last )?updated|publie|publicado|pubblicato|creato"
    r"|veroffentlicht"
    r"|erstellt|aktualisiert|stand|opublikowano|dodano|vydano|zverejneno|publicerad|publisert"
    r"|offentliggjort|julkaistu|giris|yayinlanma|diterbitkan|dang|ngay dang|xuat ban"
    r")[.,:]{0,2}\s*){1,3}(?:[–-]\s*)?$"
)
# `Lê Minh - 08:15 13/06/2024`; the sign between stays where nothing follows it.
_TIME_BEFORE = re.compile(
    r"(?<![\d:])\d{1,2}[:h]\d{2}(?::\d{2})?(?: ?(?:[ap]\.?m\.?|SA|CH))?[\s,|–-]{0,4}$",
    re.IGNORECASE,
)
_BEFORE_EASTERN_DATE = re.compile(
    "(?:\\s*(?:ال(?:اثنين|إثنين|ثلاثاء|أربعاء|اربعاء|خميس|جمعة|سبت|أحد|احد)|نشر في|तारीख|(?:सोम"
    "|मंगल|बुध|गुरु|शुक्र"
    "|शनि|रवि)वार|प्रकाशित|วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)?(?:ที่)?"
    "|เผยแพร่|입력|등록|승인|수정"
    "|작성일?|등록일|发布时间|發布時間|公開日?|掲載日?|更新日?)[,،:：]?\\s*){1,3}$"
)
_TIME_AFTER = re.compile(
    rf"^[\s,|]*T?(?:-\s*)?(?:at|um|v|o|[aà]|l[uú]c|alle)?\s*"
    rf"{TIME_OF_DAY.pattern}(?:\s*(?:uhr|hod\.?|godz\.?|(?:[ecmp][sde]?|ces|ae[sd]|is)t\b|gmt|utc))?\)?",
    re.IGNORECASE,
)


# Behind a year, in Polish, Russian, Ukrainian and Bulgarian.
_YEAR_AFTER = re.compile(r"^\s*(?:[rгр]\.(?!\w)|(?:roku|года|року|година)(?!\w)),?")
# `Jo LindMonday, 3 May 2024`: what two elements say runs into one. Folded; in small letters only
# what is too long to be the end of a name.
_GLUED_DAY = re.compile(
    r"(?<=[^\W\d_])(?:((?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch"
    r"|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miercoles|jueves|viernes|sabado|domingo|(?:segunda|terca|quarta|quinta|sexta)"
    r"(?:-feira)?|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica|poniedzialek|wtorek"
    r"|sroda|czwartek|piatek|sobota|niedziela|pondel[io]k?|utery|utorok|streda|ctvrtek|stvrtok"
    r"|patek|piatok|nedele|nedela|(?:man|tirs|tis|ons|tors|fre|lor|son)dag|maanantai|tiistai"
    r"|keskiviikko|torstai|perjantai|lauantai|sunnuntai|maandag|dinsdag|woensdag|donderdag"
    r"|vrijdag|zaterdag|zondag|pazartesi|sali|carsamba|persembe|cuma(?:rtesi)?|pazar|senin"
    r"|selasa|rabu|kamis|jumat|sabtu|minggu|ponedjeljak|utorak|srijeda|cetvrtak|petak|subota"
    r"|nedjelja|luni|marti|miercuri|joi|vineri|sambata|duminica|hetfo|kedd|szerda|csutortok|pentek"
    r"|szombat|vasarnap|thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|ngay)(?:,? ngay)?[,.]?\s*$)"
)
_LONG_DAY = 6
_MAX_CHARS = 500  # no line with a date and a name is as long
_RELATIVE = re.compile(
    r"(?<!\w)(?:(?:\d{1,2}|an?|one) (?:min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?) ago"
    r"|vor \d{1,2} (?:minuten?|stunden?|tage?n?|wochen?|monate?n?|jahre?n?)"
    r"|il y a \d{1,2} (?:minutes?|heures?|jours?|semaines?|mois|ans?|h)"
    r"|hace \d{1,2} (?:minutos?|horas?|d[ií]as?|semanas?|mes(?:es)?|años?)"
    r"|h[áa] \d{1,2} (?:minutos?|horas?|dias?|semanas?|m[êe]s(?:es)?|anos?)"
    r"|\d{1,2} (?:minuti|ore|giorni|settimane|mesi|anni) fa|\d{1,2} (?:phút|giờ|ngày) trước"
    r"|\d{1,2} (?:dakika|saat|gün) önce|\d{1,2} (?:menit|jam|hari) (?:yang )?lalu"
    r"|p[rř]ed \d{1,2} (?:minutami|hodinami|dny)|\d{1,2} (?:minut|godzin|dni)y? temu"
    r"|for \d{1,2} (?:minutter|timer|dager?) siden|för \d{1,2} (?:timmar|dagar) sedan)(?!\w)",
    re.IGNORECASE,
)


def without_relative_times(text: str, *, filler: str = "") -> str:
    """Return a short text without how long ago something was: `3 hours ago`."""
    return _RELATIVE.sub(filler, text) if _DIGIT.search(text) else text


def without_dates(text: str, *, filler: str = " ") -> str:
    """Return a short text with `filler` for each date, with its weekday and time of day.

    A long one is returned as it is: each date takes a look at all that stands before it.

    >>> without_dates("Ana Ruiz, Fri, 3 May 2024 at 10:15", filler="|")
    'Ana Ruiz, |'
    """
    if len(text) > _MAX_CHARS or not _DIGIT.search(text):
        return text
    text = _RELATIVE.sub(filler, text)
    for start, end in find_spans(text):
        before = _TIME_BEFORE.sub("", _without_words_before(text[:start]))
        after = _TIME_AFTER.sub("", _YEAR_AFTER.sub("", text[end:]))
        text = before + filler + after
    return text


def _without_words_before(text: str) -> str:
    """Return what stands before a date without its weekday and the word for "published"."""
    folded = fold_in_place(text)
    glued = _GLUED_DAY.search(folded)
    if glued is not None and (text[glued.start()].isupper() or len(glued[1]) >= _LONG_DAY):
        return text[: glued.start()] + " "
    match = _BEFORE_DATE.search(folded)
    text = text if match is None else text[: match.start()]
    return text if text.isascii() else _BEFORE_EASTERN_DATE.sub("", text)


def is_sentence(text: str) -> bool:
    """Return whether a line that may be a byline says something about its writer instead.

    >>> is_sentence("Ana Ruiz, who leads the town, said this was good news.")
    True
    """
    small = sum(1 for word in without_dates(text).split() if len(word) > 1 and word.islower())
    return small > _MAX_SMALL_WORDS or (text.endswith(".") and small > 1)
