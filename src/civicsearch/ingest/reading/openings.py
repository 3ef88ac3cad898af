"""The day with which a story opens: `Lam Hill, 3 May 2024 – The council ...`.

Releases of offices and agencies print it there and nowhere else. A day after which the sentence
goes on (`On 3 May 2024, the council ...`) is when something happened, and none of these.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from civicsearch.ingest.reading.dates import find_spans, is_plausible, parse_date

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["opening_day"]

_MAX_CHARS = 90
_MAX_WORDS = 6
# Small words between a place and a day, or between the kind of a text and its day.
_SMALL_WORDS = re.compile("vom|den|der|am|de|du|le|la|el|del|di|dn[eia]+|ngày,?|of|the|on")
_DASH = re.compile(r"[\s)\]]*(?:\s[–—-]+\s|[–—|])")

_STOP = re.compile(r"[.:]\s")


def opening_day(text: str, *, language: str = "") -> dt.date | None:
    """Return the day with which the first paragraph of a story opens, or None.

    >>> opening_day("Lam Hill, 3 May 2024 – The council opened the bridge.")
    datetime.date(2024, 5, 3)
    >>> opening_day("On 3 May 2024, the council opened the bridge.")
    """
    head = text[:_MAX_CHARS]
    spans = find_spans(head)
    if not spans:
        return None
    start, end = spans[-1]
    before = head[:start].strip(" (,").split()
    is_place = all(not word[0].islower() or _SMALL_WORDS.fullmatch(word) for word in before)
    # `Lam Hill, 3 May 2024. The council ...` has a comma before, and a full stop for the dash.
    is_set_off = _DASH.match(head, end) or (
        before and head[:start].rstrip().endswith(",") and _STOP.match(head, end)
    )
    if len(before) > _MAX_WORDS or not is_place or not is_set_off:
        return None
    day = parse_date(head[start:end], language=language)
    return day if day is not None and is_plausible(day) else None
