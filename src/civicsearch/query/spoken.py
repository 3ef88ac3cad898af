"""Reads what is behind `about:`, the time that a text speaks of, apart from when it was published.

    about:2015            the year, and terms that it lies in: `nhiệm kỳ 2011-2016`, `2010-3/2020`
    about:2021-2026       any of these years, and terms that hold all of them
    about:Q2/2020         the quarter, `quý II/2020`, and its months
    about:08/2020         the month: `tháng 8/2020`, `tháng 8 năm 2020`, `06/08/2020`
    about:06/08/2020      the day, day first

What stands in a text is told by its numbers: a year is a number, a month a small one before a year.
"""

from __future__ import annotations

import calendar
import re

from civicsearch.analysis.folding import fold
from civicsearch.query.nodes import Number, Or, Phrase, Query, Term

__all__ = ["SPOKEN_FORMS", "read_spoken"]

SPOKEN_FORMS = "a year, 2021-2026, Q2/2020, 08/2020 or 06/08/2020"
"""What is understood, for messages."""

_TERM_YEARS = 15
"""A term begins or ends at most so many years from a year in it: plans are made for as long."""
_YEARS = re.compile(r"(?P<first>\d{4})(?:\s*(?:-|–|—|\bto\b)\s*(?P<last>\d{4}))?")
_QUARTER = re.compile(
    r"(?:q|quy|quarter|trimestre|kvartal|kwartal|ceyrek|ctvrtleti)?\s*"
    r"(?P<quarter>[1-4]|i{1,3}|iv)\s*[/. -]\s*(?P<year>\d{4})"
    r"|(?P<year_first>\d{4})\s*[/-]?\s*q(?P<behind>[1-4])"
)
_NAMED_QUARTER = re.compile(r"[a-z]")
_MONTH = re.compile(r"(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>\d{4})")
_YEAR_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?")
_DAY = re.compile(r"(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>\d{4})")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTHS_A_QUARTER, _MONTHS, _DAYS = 3, 12, 31
_LAST_YEAR = 9999


def read_spoken(text: str) -> Query:
    """Return the query for texts that speak of a time.

    Raises:
        ValueError: It is no time of these forms.
    """
    asked = fold(" ".join(text.split())).strip(".,;:!? ")
    if match := _YEARS.fullmatch(asked):
        return _years(int(match["first"]), int(match["last"] or match["first"]))
    if match := _DAY.fullmatch(asked):
        return _day(int(match["day"]), int(match["month"]), int(match["year"]))
    if match := _YEAR_MONTH.fullmatch(asked):
        year, month = int(match["year"]), int(match["month"])
        return _day(int(match["day"]), month, year) if match["day"] else _month(month, year)
    quarter = _QUARTER.fullmatch(asked)
    if quarter and _NAMED_QUARTER.search(asked):
        written = quarter["quarter"] or quarter["behind"]
        number = _ROMAN.get(written) or int(written)
        return _quarter(number, int(quarter["year"] or quarter["year_first"]))
    if match := _MONTH.fullmatch(asked):
        return _month(int(match["month"]), int(match["year"]))
    reason = f"{text!r} is not a time"
    raise ValueError(reason)


def _years(first: int, last: int) -> Query:
    if first > last:
        reason = f"{first} is after {last}"
        raise ValueError(reason)
    begin = Number(low=max(first - _TERM_YEARS, 0), high=first - 1)
    end = Number(low=last + 1, high=last + _TERM_YEARS)
    terms = [Phrase(terms=(begin, *between, end)) for between in _TERM_MIDDLES]
    return Or(children=(Number(low=first, high=last), *terms))


_TO, _YEAR = Term(exact="đến", folded="den"), Term(exact="năm", folded="nam")
_TERM_MIDDLES: tuple[tuple[Term | Number, ...], ...] = (
    (),
    (Number(low=1, high=_MONTHS),),
    (_TO,),
    (_TO, _YEAR),
)
"""What stands between the years of a term: `2010-2020`, `2010-3/2020`, `2010 đến năm 2020`."""


def _quarter(quarter: int, year: int) -> Query:
    roman = next(roman for roman, number in _ROMAN.items() if number == quarter)
    months = range(_MONTHS_A_QUARTER * (quarter - 1) + 1, _MONTHS_A_QUARTER * quarter + 1)
    named: list[Term | Number] = [
        _one(quarter),
        Term(exact=roman, folded=roman),
        Term(exact=f"q{quarter}", folded=f"q{quarter}"),
    ]
    quarters = [Phrase(terms=(name, *rest)) for name in named for rest in _before_year(year)]
    return Or(
        children=(*quarters, *(phrase for month in months for phrase in _months(month, year)))
    )


def _month(month: int, year: int) -> Query:
    return Or(children=tuple(_months(month, year)))


def _months(month: int, year: int) -> list[Phrase]:
    if not 1 <= month <= _MONTHS:
        reason = f"there is no month {month}"
        raise ValueError(reason)
    return [Phrase(terms=(_one(month), *rest)) for rest in _before_year(year)]


def _day(day: int, month: int, year: int) -> Query:
    months = _months(month, year)
    if not 1 <= day <= _days_of(month, year):
        reason = f"there is no day {day} in month {month}"
        raise ValueError(reason)
    words = [Term(exact="tháng", folded="thang")]
    return Or(
        children=tuple(
            Phrase(terms=(_one(day), *between, *phrase.terms))
            for phrase in months
            for between in ((), tuple(words))
        )
    )


def _days_of(month: int, year: int) -> int:
    # Texts may speak of the year 0 or of one that no calendar has.
    return calendar.monthrange(year, month)[1] if 1 <= year <= _LAST_YEAR else _DAYS


def _before_year(year: int) -> list[tuple[Term | Number, ...]]:
    """Return what may follow a month or a quarter: the year, or `năm` and the year."""
    return [(_one(year),), (_YEAR, _one(year))]


def _one(number: int) -> Number:
    return Number(low=number, high=number)
