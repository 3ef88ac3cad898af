"""When a page was published, where its statements and what it prints disagree.

A moment that is stated as publication comes first, unless the page prints another day and that is
its last change; then the printed date line, then what is only stated as a date, then the address.
A page that says nothing but when it was changed last was published then, as far as its readers
can know.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from civicsearch.ingest.reading.address_dates import date_in_url
from civicsearch.ingest.reading.dates import day_of

if TYPE_CHECKING:
    from civicsearch.ingest.stated.metadata import Metadata

__all__ = ["in_zone_of_page", "settle_published"]

_VIETNAM = dt.timezone(dt.timedelta(hours=7))
_ONE_DAY = dt.timedelta(days=1)
# How far the clocks of most people are before and behind UTC.
_FAR_EAST = dt.timedelta(hours=12)
_FAR_WEST = dt.timedelta(hours=9)


def settle_published(
    metadata: Metadata,
    printed: dt.date | None,
    *,
    under_headline: dt.date | None = None,
    address: str,
    changed: dt.date | None,
    language: str,
) -> dt.date | None:
    """Return the day or moment of publication.

    Args:
        metadata: What the page states.
        printed: The date line: the day stated where it is among those that the page prints.
        under_headline: The day of the date line right under the headline.
        address: Where the page is, "" if unknown.
        changed: The last change.
        language: Of the page, two letters.
    """
    stated = metadata.published
    if stated is not None and printed is not None:
        is_weak = not metadata.published_certain
        shows_change = _is_changed(printed, changed, language) and _are_apart(printed, stated)
        if is_weak or _is_same_night(stated, printed) or shows_change:
            stated = printed
        elif under_headline is not None and _is_long_before(under_headline, stated):
            stated = under_headline
    moment = stated or printed or date_in_url(address)
    return in_zone_of_page(moment, language) if moment is not None else changed


def in_zone_of_page(moment: dt.date | None, language: str) -> dt.date | None:
    """Return `moment` in the zone of a Vietnamese page, or its day where no zone is known.

    Vietnamese newspapers state moments in UTC that fall on the day before the one they print.
    """
    if not isinstance(moment, dt.datetime):
        return moment
    if language == "vi":
        if moment.tzinfo is None:
            return moment.replace(tzinfo=_VIETNAM)
        return moment.astimezone(_VIETNAM)
    return moment if moment.tzinfo is not None else moment.date()


def _is_long_before(printed: dt.date, stated: dt.date) -> bool:
    """Return whether a page prints under its headline that it is older than it states.

    What it states then is when it came into another system; unless day and month are exchanged.
    """
    day, moment = day_of(printed), day_of(stated)
    exchanged = (day.year, day.day, day.month) == (moment.year, moment.month, moment.day)
    return day < moment and _are_apart(day, moment) and not exchanged


def _are_apart(one: dt.date, other: dt.date) -> bool:
    return abs(day_of(one) - day_of(other)) > _ONE_DAY


def _is_changed(printed: dt.date, changed: dt.date | None, language: str) -> bool:
    """Return whether a date line without a label names the day of the last change.

    A page that shows its readers that day alone is dated so by them: of 9 tune pages on 8. By a
    night apart the two are one to most papers, which state the evening and print the morning.
    Vietnamese date lines are excepted, in which "updated" is the usual word for both.
    """
    return changed is not None and language != "vi" and day_of(printed) == day_of(changed)


def _is_same_night(stated: dt.date, printed: dt.date) -> bool:
    """Return whether a moment in UTC falls on the printed day by a clock that people live by."""
    if not isinstance(stated, dt.datetime) or stated.utcoffset() != dt.timedelta(0):
        return False
    day = day_of(printed)
    if day == stated.date() or abs(day - stated.date()) > _ONE_DAY:
        return False
    midnight = dt.datetime.combine(max(day, stated.date()), dt.time(), tzinfo=dt.UTC)
    return midnight - _FAR_EAST <= stated < midnight + _FAR_WEST
