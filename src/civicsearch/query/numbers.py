"""Reads the numbers behind `num:`: one, those above or below one, or a range.

    numbers := number | [number TO number] | >number | >=number | <number | <=number

Digits may be grouped as in a text: `1.700`, `1,700` and `1 700` are 1700. `*` is no bound.
"""

from __future__ import annotations

import re

from civicsearch.query.matching import MAX_DIGITS
from civicsearch.query.nodes import Number

__all__ = ["NUMBER_FORMS", "read_number_bounds", "read_numbers"]

NUMBER_FORMS = "whole numbers, like 1700, >=1700 or [1000 TO 2000]"
"""What is understood, for messages."""

_COMPARED = re.compile(r"(?P<sign>[<>]=?)(?P<number>.*)")
_GROUPED = re.compile(r"\d{1,3}(?P<mark>[.,\u00a0\u202f ])\d{3}(?:(?P=mark)\d{3})*")
_DIGITS = re.compile(rf"[0-9]{{1,{MAX_DIGITS}}}")


def read_numbers(text: str) -> Number:
    """Return the numbers of one word: `1700`, `>=1.700`, `*`.

    Raises:
        ValueError: It names no whole number.
    """
    text = text.rstrip(".,;:!?")
    compared = _COMPARED.fullmatch(text)
    if compared is None:
        return Number(low=_bound(text), high=_bound(text))
    sign, bound = compared["sign"], _number(compared["number"])
    if sign[0] == ">":
        return Number(low=bound + (sign == ">"), high=None)
    if sign == "<" and bound == 0:
        reason = "no number is below 0"
        raise ValueError(reason)
    return Number(low=None, high=bound - (sign == "<"))


def read_number_bounds(text: str) -> Number:
    """Return the numbers between what stands in brackets: `1000 TO 2000`.

    Raises:
        ValueError: A bound is no whole number, or the first is above the last.
    """
    first, last = (part.strip() for part in re.split(r"\sTO\s", text, maxsplit=1))
    low, high = _bound(first), _bound(last)
    if low is not None and high is not None and low > high:
        reason = f"{first} is above {last}"
        raise ValueError(reason)
    return Number(low=low, high=high)


def _bound(text: str) -> int | None:
    return None if text == "*" else _number(text)


def _number(text: str) -> int:
    digits = re.sub(r"\D", "", text) if _GROUPED.fullmatch(text) else text
    if not _DIGITS.fullmatch(digits):
        reason = f"{text!r} is not a whole number"
        raise ValueError(reason)
    return int(digits)
