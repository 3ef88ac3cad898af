"""Reads what is behind `published:`, `num:` and `about:`, which no field of words is called.

Behind the first are days: one, a period, or a range of them; of the others, see `numbers` and
`spoken`.

    range := day | [day TO day] | >day | >=day | <day | <=day

A `day` is what `periods` understands, `*` in brackets is no bound, and `*` alone is any day.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from civicsearch.query.nodes import Range
from civicsearch.query.numbers import NUMBER_FORMS, read_number_bounds, read_numbers
from civicsearch.query.periods import DAY_FORMS, parse_day
from civicsearch.query.spoken import SPOKEN_FORMS, read_spoken

if TYPE_CHECKING:
    from civicsearch.query.nodes import Query

__all__ = ["RANGE_FIELDS", "read_range"]

RANGE_FIELDS = {
    "published": f"days, like {DAY_FORMS}, or [2020 TO 2021-06], >=2020",
    "num": NUMBER_FORMS,
    "about": SPOKEN_FORMS,
}
"""What is no field of words, and what is understood behind it, for messages."""

_COMPARED = re.compile(r"(?P<sign>[<>]=?)(?P<day>.*)")
_ONE_DAY = dt.timedelta(days=1)


def read_range(field: str, text: str, *, is_bracketed: bool) -> Query:
    """Return what is asked for behind one of `RANGE_FIELDS`.

    Args:
        field: Its name.
        text: The word behind it, what is quoted, or what stands in brackets.
        is_bracketed: Whether it stood in brackets; then ` TO ` is in it.

    Raises:
        ValueError: It is none of what is understood there.
    """
    match field:
        case "num":
            return read_number_bounds(text) if is_bracketed else read_numbers(text)
        case "about":
            return read_spoken(text)
        case _:
            return _read_bounds(field, text) if is_bracketed else _read_days(field, text)


def _read_days(field: str, text: str) -> Range:
    """Return the range of one word: `2020`, `>=2020-08`, `*`.

    Raises:
        ValueError: It names no day, or none that a calendar has.
    """
    text = text.rstrip(".,;:!?")
    compared = _COMPARED.fullmatch(text)
    if compared is not None:
        return _compared(field, compared["sign"], compared["day"])
    return Range(field=field, low=_bound(text, is_last=False), high=_bound(text, is_last=True))


def _read_bounds(field: str, text: str) -> Range:
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
