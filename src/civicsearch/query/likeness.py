"""How like a word is to a pattern, or to another word: questions about letters alone.

What accents have to do with it is decided in `matching`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "ENDING_LETTERS",
    "beginning_of",
    "fits_pattern",
    "is_alike",
    "is_within_edits",
    "pattern_regex",
]

ENDING_LETTERS = 3
"""How long the ending of a word is at most, and by how many letters endings differ in length."""
_LEAST_BEGINNING = 5


@lru_cache(maxsize=1 << 10)
def pattern_regex(pattern: str) -> re.Pattern[str]:
    """Return an expression whose `fullmatch` says whether a word fits `pattern`.

    Between two `*` the first place that fits is as good as any other, so nothing is tried twice
    (the groups are atomic): a match takes at most the product of both lengths, whatever is asked.

    >>> pattern_regex("kho*o").fullmatch("khoeo") is not None
    True

    Args:
        pattern: Letters, `*` for any run of letters and `?` for exactly one.
    """
    first, *others = (_segment(part) for part in re.split(r"\*+", pattern))
    if not others:
        return re.compile(first, re.DOTALL)
    *inner, last = others
    between = "".join(f"(?>.*?{segment})" for segment in inner)
    return re.compile(f"{first}{between}.*{last}", re.DOTALL)


def _segment(part: str) -> str:
    return "".join("." if letter == "?" else re.escape(letter) for letter in part)


def fits_pattern(pattern: str, word: str, agree: Callable[[str, str], bool]) -> bool:
    """Return whether `word` fits `pattern` where letters are compared by `agree`.

    Args:
        pattern: As for `pattern_regex`.
        word: The word.
        agree: Whether a letter of the pattern (first) admits a letter of the word (second).
    """
    at = place = 0
    star = after_star = -1  # where to go on when what follows the last * did not fit
    while place < len(word):
        sign = pattern[at : at + 1]
        if sign == "*":
            star, after_star = at, place
            at += 1
        elif sign and (sign == "?" or agree(sign, word[place])):
            at, place = at + 1, place + 1
        elif star >= 0:
            after_star += 1
            at, place = star + 1, after_star
        else:
            return False
    return not pattern[at:].strip("*")


@lru_cache(maxsize=1 << 12)  # a folded word has several written forms, one after the other
def is_within_edits(one: str, other: str, most: int) -> bool:
    """Return whether at most `most` edits turn one word into the other.

    An edit inserts, deletes or replaces a letter, or swaps two neighbours that are not edited
    again (optimal string alignment). Only the band of width 2 * `most` + 1 around the diagonal
    of the table is filled in.

    >>> is_within_edits("vanạ", "vạn", 1), is_within_edits("ủy ban", "ủy bna", 1)
    (False, True)
    """
    if abs(len(one) - len(other)) > most:
        return False
    one, other = _without_common_ends(one, other)
    beyond = most + 1
    before: list[int] = []
    row = [min(j, beyond) for j in range(len(other) + 1)]
    for i in range(1, len(one) + 1):
        above = row
        row = [beyond] * (len(other) + 1)
        row[0] = min(i, beyond)
        for j in range(max(1, i - most), min(len(other), i + most) + 1):
            replaced = above[j - 1] + (one[i - 1] != other[j - 1])
            row[j] = min(above[j] + 1, row[j - 1] + 1, replaced, beyond)
            if before and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                row[j] = min(row[j], before[j - 2] + 1)
        if min(row) > most:
            return False
        before = above
    return row[-1] <= most


def beginning_of(word: str) -> str:
    """Return how words begin that differ from a word by their endings; nothing for a short one."""
    if len(word) <= _LEAST_BEGINNING:
        return ""
    return word[: max(_LEAST_BEGINNING, len(word) - ENDING_LETTERS)]


def is_alike(one: str, other: str) -> bool:
    """Return whether two folded words are one edit apart, or have one beginning but other endings.

    The first letter must agree, so that a dictionary need not be read as a whole. Words with other
    letters than Latin ones, which folding leaves few of, are like none.

    >>> is_alike("vanuat", "vanaut"), is_alike("questions", "questioned"), is_alike("an", "on")
    (True, True, False)
    """
    if one[:1] != other[:1] or not (one.isascii() and other.isascii()):
        return False
    if any(map(str.isdigit, other)):
        return False
    beginning = beginning_of(one)
    if beginning and other.startswith(beginning):
        return abs(len(one) - len(other)) <= ENDING_LETTERS
    return is_within_edits(one, other, 1)


def _without_common_ends(one: str, other: str) -> tuple[str, str]:
    """Return both words without the beginning and the ending that they share."""
    shorter = min(len(one), len(other))
    start = 0
    while start < shorter and one[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]
