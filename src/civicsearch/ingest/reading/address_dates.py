"""Which day an address names, as systems write it there that file their pages by days."""

from __future__ import annotations

import datetime as dt
import re

from civicsearch.ingest.reading.dates import is_plausible
from civicsearch.ingest.reading.month_names import month_number

__all__ = ["date_in_url"]

_MAX_CHARS = 2000
_DAY = re.compile(
    r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>[01]?\d)[/-](?P<day>[0-3]?\d)(?=[/-]|$)"
    r"|[/_-](?P<year2>20\d\d)(?P<month2>[01]\d)(?P<day2>[0-3]\d)(?:\d{4,12})?(?=[/._-]|$)"
    # `/2020/aug/06/`
    r"|/(?P<year3>(?:19|20)\d\d)[/-](?P<month3>[A-Za-z]{3,10})[/-](?P<day3>[0-3]?\d)(?=[/-]|$)"
)


def date_in_url(url: str) -> dt.date | None:
    """Return the day in an address like `/2020/08/06/` or `-20200806101530.htm`, or None.

    Weaker than anything on the page: some sites put the day of filing there.

    >>> date_in_url("https://lamhill.example/2020/aug/06/ferry")
    datetime.date(2020, 8, 6)
    """
    for match in _DAY.finditer(url[:_MAX_CHARS]):
        year, month, day = filter(None, match.groups())
        number = int(month) if month.isdigit() else month_number(month)
        try:
            found = dt.date(int(year), number or 0, int(day))
        except ValueError:
            continue
        if is_plausible(found):
            return found
    return None
