"""One visible line that says two things: the headline, and the date line beside it.

Poor pages print `<span>Headline</span> <span>06/08/2020 - Views: 1901</span>`: inline elements
on one line, told apart by colour only. Read as one line it is neither headline nor date line.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.ingest.blocks import collapse
from civicsearch.ingest.reading.dates import find_dateline
from civicsearch.ingest.reading.names import is_byline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["may_hold_date", "parted_numbers", "split_glued"]

_MAX_CHARS = 400
_MAX_PIECES = 20
_MIN_LETTERS = 15
_MIN_WORDS = 3
_MAX_DATELINE = 90
_YEAR = re.compile(r"(?:19|20)\d\d")
# Two fixed blanks in a row are as wide as a break.
_GAP = re.compile("((?:\u00a0 ?){2,})")
# Within one text only a date that a counter or a time of day follows is a date line: a headline
# may itself end with a date.
_STAMP = re.compile(
    r"[\s(\[|–-]+(?=(?:(?:Thứ|Thu|Chủ|Chu) (?:\S+),? )?(?:ngày )?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b"
    r".{0,6}(?:\d\d?[:h]\d\d|(?:Lượt|lượt|Số|số|Luot|luot|Đã|đã|Views?|views?|Hits)\b))"
)
_ENDS_WITH_TIME = re.compile(r"(?:(?<!\d)(?:19|20)\d\d|[:h]\d\d)$")
# `5 May 2021` and `Jo Lind`, `Jo Lind` and `News` in elements that touch: a line of particulars.
_MAX_PARTICULARS = 160
_UNFINISHED = re.compile(r"[:;,(\[/–-]$|\b(?:ngay|luc|hoi|tu|den|thang|cap nhat|dang|va|tac gia)$")
# As typed: `thường lệ` ends with no French article.
_UNFINISHED_FOREIGN = re.compile(
    r"\b(?:date|on|at|the|of|and|in|from|to|dne|ze|od|do|le|du|au|el|del|al|de|w dniu|z|dnia|am|vom"
    r"|bis|den|a|i|und|et|y|by|par|por|von|autor|auteur)$"
)


def may_hold_date(line: str) -> bool:
    """Return whether a line, as typed, is worth a look by `split_glued`: few have a year."""
    return _MIN_LETTERS < len(line) <= 2 * _MAX_CHARS and ("19" in line or "20" in line)


def parted_numbers(pieces: Sequence[str]) -> list[str]:
    """Return the texts of a line with a blank where a date and another number meet.

    In a short line one is put between a date or a small letter and a capital, too.

    >>> parted_numbers(["06/08/2020", "345 lượt xem"])
    ['06/08/2020', ' ', '345 lượt xem']
    >>> parted_numbers(["5 May 2021", "Jo Lind", "News"])
    ['5 May 2021', ' ', 'Jo Lind', ' ', 'News']
    """
    parted: list[str] = []
    is_short = sum(map(len, pieces)) <= _MAX_PARTICULARS
    for piece in pieces:
        if parted and _are_two(parted[-1], piece, is_short=is_short):
            parted.append(" ")
        parted.append(piece)
    return parted


def _are_two(before: str, after: str, *, is_short: bool) -> bool:
    """Return whether two texts that touch are two values, the first a date or a name."""
    first = after[:1]
    if first.isdigit() or (is_short and first.isupper()):
        if _ENDS_WITH_TIME.search(before[-8:]):
            return True
        return is_short and first.isupper() and before[-1:].islower() and len(before) > 2
    return False


def split_glued(pieces: Sequence[str]) -> tuple[str, str] | None:
    """Return the headline and the date line, in their order, that one line holds, or None.

    Args:
        pieces: The texts of the line's inline elements; only between two of them, or before a
            date with a counter or a time, the line may be parted.

    >>> split_glued(["Dân góp đất mở đường", " ", "06/08/2020"])
    ('Dân góp đất mở đường', '06/08/2020')
    """
    line = "".join(pieces)
    if not _MIN_LETTERS < len(line) <= 2 * _MAX_CHARS or not _YEAR.search(line):
        return None
    text = collapse(line)
    if len(text) > _MAX_CHARS:
        return None
    for head, tail in islice(_cuts(pieces), _MAX_PIECES):
        if _is_pair(head, tail) or _is_reversed_pair(head, tail):
            return head, tail
    for match in islice(_STAMP.finditer(text), 2):
        head, tail = text[: match.start()], text[match.start() :].strip()
        if _is_pair(head, tail):
            return head, tail
    return None


def _cuts(pieces: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the two sides of each place where elements meet or the gap is wide."""
    parts = [part for piece in pieces for part in _GAP.split(piece) if part]
    for place in range(1, len(parts)):
        head, tail = collapse("".join(parts[:place])), collapse("".join(parts[place:]))
        if head and tail:
            yield head, tail


def _is_pair(head: str, tail: str) -> bool:
    """Return whether `tail` is a whole date line and `head` may be a headline."""
    if len(tail) > _MAX_DATELINE or not _may_be_headline(head):
        return False
    if not (tail.lstrip("([|–- ")[:1].isdigit() or _YEAR.search(tail)):
        return False
    # Dates first: to tell names takes longer, and few lines come so far.
    if find_dateline(tail) is None or find_dateline(head) is not None:
        return False
    return not is_byline(head)


def _is_reversed_pair(head: str, tail: str) -> bool:
    """Return whether a date line stands before a headline on the same line."""
    if len(head) > _MAX_DATELINE or len(tail) < 2 * _MIN_LETTERS or tail[-1] in ".:;,":
        return False
    if _YEAR.search(tail) or not _may_be_headline(tail) or find_dateline(head) is None:
        return False
    # What follows the day in a line of particulars is a name or a second day, not a headline.
    return not (_is_unfinished(head) or is_byline(tail))


def _may_be_headline(text: str) -> bool:
    return (
        len(text) >= _MIN_LETTERS
        and len(text.split()) >= _MIN_WORDS
        and sum(map(str.isalpha, text)) >= _MIN_LETTERS
        and not _is_unfinished(text)
    )


def _is_unfinished(text: str) -> bool:
    """Return whether a text ends with what something has to follow."""
    return bool(_UNFINISHED.search(fold(text)) or _UNFINISHED_FOREIGN.search(text.lower()))
