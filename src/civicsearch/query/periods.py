"""What day a user means: a year, a month or a day, day first, as people type dates.

The same in a query, at the terminal and in the address of a search.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

__all__ = ["DAY_FORMS", "parse_day"]

DAY_FORMS = "2020, 2020-08, 2020-08-06 or 06/08/2020 (day first)"
"""What `parse_day` understands, for messages."""

# 2020, 2020-08, 2020-08-06
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?")
# 08/2020, 06/08/2020
_DAY_FIRST = re.compile(r"(?:(?P<day>\d{1,2})[-/.])?(?P<month>\d{1,2})[-/.](?P<year>\d{4})")


def parse_day(text: str, *, is_last: bool) -> dt.date:
    """Return the first day, or the last day, of the period that `text` names.

    Args:
        text: `2020`, `2020-08`, `2020-08-06`, `08/2020` or `06/08/2020` (day first).
        is_last: Whether the last day of a year or month is meant.

    Raises:
        ValueError: No such day, or another form.

    >>> parse_day("06/08/2020", is_last=False)
    datetime.date(2020, 8, 6)
    >>> parse_day("2020-02", is_last=True)
    datetime.date(2020, 2, 29)
    """
    match = _YEAR_FIRST.fullmatch(text.strip()) or _DAY_FIRST.fullmatch(text.strip())
    if match is None:
        reason = f"{text!r} is not a date"
        raise ValueError(reason)
    year = int(match["year"])
    month = int(match["month"] or (12 if is_last else 1))
    if not (year >= 1 and 1 <= month <= 12):
        reason = f"{text!r} names no month"
        raise ValueError(reason)
    day = int(match["day"] or (calendar.monthrange(year, month)[1] if is_last else 1))
    return dt.date(year, month, day)
