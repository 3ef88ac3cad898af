"""What is left of a short line when its dates are taken out: the names, the labels."""

from __future__ import annotations

import re

from civicsearch.ingest.reading.dates import TIME_OF_DAY, find_spans

__all__ = ["is_sentence", "without_dates"]

_MAX_SMALL_WORDS = 4
_DIGIT = re.compile(r"\d")

_WEEKDAY_BEFORE = re.compile(
    r"(?:(?<![^\W_])(?:mon|tue|wed|thu|fri|sat|sun|(?:mo|di|mi|do|fr|sa|so)(?=[.,])"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi"
    r"|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado"
    r"|domingo|th[uứ] (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|on|am|vom|le|el|dne|dnia|ng[aà]y"
    r"|l[uú]c|v[aà]o l[uú]c)[.,]{0,2}\s*){1,3}$",
    re.IGNORECASE,
)
_TIME_AFTER = re.compile(
    rf"^[\s,|]*T?(?:-\s*)?(?:at|um|v|o|[aà]|l[uú]c|alle)?\s*"
    rf"{TIME_OF_DAY.pattern}(?:\s*(?:uhr|hod\.?|godz\.?|[ecp]t\b))?",
    re.IGNORECASE,
)


def without_dates(text: str, *, filler: str = " ") -> str:
    """Return a short text with `filler` for each date, with its weekday and time of day.

    >>> without_dates("Ana Ruiz, Fri, 3 May 2024 at 10:15", filler="|")
    'Ana Ruiz, |'
    """
    if not _DIGIT.search(text):
        return text
    for start, end in find_spans(text):
        before = _WEEKDAY_BEFORE.sub("", text[:start])
        after = _TIME_AFTER.sub("", text[end:])
        text = before + filler + after
    return text


def is_sentence(text: str) -> bool:
    """Return whether a line that may be a byline says something about its writer instead.

    >>> is_sentence("Ana Ruiz, who leads the town, said this was good news.")
    True
    """
    small = sum(1 for word in without_dates(text).split() if len(word) > 1 and word.islower())
    return small > _MAX_SMALL_WORDS or (text.endswith(".") and small > 1)
