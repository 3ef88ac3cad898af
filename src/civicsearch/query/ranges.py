"""Reads the days behind `published:`, which no word stands for: a day, a period, a range of them.

    range := day | [day TO day] | >day | >=day | <day | <=day

A `day` is what `periods` understands, `*` in brackets is no bound, and `*` alone is any day.
"""

from __future__ import annotations

import datetime as dt
import re

from civicsearch.query.nodes import Range
from civicsearch.query.periods import DAY_FORMS, parse_day

__all__ = ["RANGE_FIELDS", "RANGE_FORMS", "read_bounds", "read_days"]

RANGE_FIELDS = ("published",)
"""What a query can bound by days; no field of words."""
RANGE_FORMS = f"{DAY_FORMS}, or [2020 TO 2021-06], >=2020"
"""What is understood behind such a field, for messages."""

_COMPARED = re.compile(r"(?P<sign>[<>]=?)(?P<day>.*)")
_ONE_DAY = dt.timedelta(days=1)


def read_days(field: str, text: str) -> Range:
    """Return the range of one word: `2020`, `>=2020-08`, `*`.

    Raises:
        ValueError: It names no day, or none that a calendar has.
    """
    text = text.rstrip(".,;:!?")
    compared = _COMPARED.fullmatch(text)
    if compared is not None:
        return _compared(field, compared["sign"], compared["day"])
    return Range(field=field, low=_bound(text, is_last=False), high=_bound(text, is_last=True))


def read_bounds(field: str, text: str) -> Range:
    """Return the range of what stands in brackets: `2020 TO 2021-06`.

    Raises:
        ValueError: A bound is no day, or the first day is after the last.
    """
    first, last = (part.strip() for part in re.split(r"\sTO\s", text, maxsplit=1))
    low, high = _bound(first, is_last=False), _bound(last, is_last=True)
    if low is not None and high is not None and low > high:
        reason = f"{first} is after {last}"
        raise ValueError(reason)
    return Range(field=field, low=low, high=high)


def _compared(field: str, sign: str, text: str) -> Range:
    """Return the days after or before a period: `>2020` begins when the year is over."""
    is_after = sign[0] == ">"
    takes_in = sign.endswith("=")
    day = parse_day(text, is_last=is_after != takes_in)
    if not takes_in:
        try:
            day += _ONE_DAY if is_after else -_ONE_DAY
        except OverflowError as error:
            reason = f"the calendar has no day beyond {text}"
            raise ValueError(reason) from error
    return Range(field=field, low=day if is_after else None, high=None if is_after else day)


def _bound(text: str, *, is_last: bool) -> dt.date | None:
    return None if text == "*" else parse_day(text, is_last=is_last)
