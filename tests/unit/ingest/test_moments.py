"""Statements, date line and address disagree on publication in known ways."""

import datetime as dt

import pytest

from civicsearch.ingest.moments import in_zone_of_page, settle_published
from civicsearch.ingest.stated.metadata import Metadata

DAY = dt.date(2024, 5, 3)
BEFORE = dt.date(2024, 5, 2)


def settled(stated=None, printed=None, *, certain=True, **known):
    return settle_published(
        Metadata(published=stated, published_certain=certain),
        printed,
        **{"address": "", "changed": None, "language": "en"} | known,
    )


def test_what_is_stated_as_publication_comes_before_the_date_line():
    assert settled(DAY, dt.date(2023, 1, 1)) == DAY


def test_a_date_line_of_the_last_change_is_the_only_day_that_readers_see():
    month_before = dt.date(2024, 4, 3)
    assert settled(month_before, DAY, changed=DAY) == DAY
    assert settled(month_before, DAY, changed=dt.date(2024, 6, 1)) == month_before


def test_a_paper_of_the_morning_states_the_evening_before():
    assert settled(BEFORE, DAY, changed=DAY) == BEFORE


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        (dt.date(2021, 1, 7), dt.date(2021, 1, 7)),
        (dt.date(2024, 5, 2), DAY),
        (dt.date(2024, 3, 5), DAY),
        (dt.date(2025, 1, 7), DAY),
    ],
)
def test_a_page_may_be_older_than_the_system_that_states_its_day(printed, day):
    """But not where day and month are exchanged, and not by a night."""
    assert settled(DAY, printed, under_headline=printed) == day


def test_in_vietnamese_a_date_line_may_be_of_an_update():
    """`Cập nhật` stands before the only date there is."""
    month_before = dt.date(2024, 4, 3)
    assert settled(month_before, DAY, changed=DAY, language="vi") == month_before


def test_the_date_line_comes_before_what_is_only_some_date():
    """`<meta name="date">` may as well be when the file was made."""
    assert settled(dt.date(2023, 1, 1), DAY, certain=False) == DAY
    assert settled(DAY, certain=False) == DAY


@pytest.mark.parametrize(("hour", "is_night"), [(0, True), (8, True), (10, False), (23, False)])
def test_a_moment_in_utc_early_in_the_day_may_be_the_evening_before(hour, is_night):
    """A paper in the Americas prints its own day; by noon no clock shows the day before."""
    stated = dt.datetime(2024, 5, 3, hour, 30, tzinfo=dt.UTC)
    assert settled(stated, BEFORE) == (BEFORE if is_night else stated)


def test_a_moment_in_utc_late_in_the_day_may_be_the_morning_after():
    stated = dt.datetime(2024, 5, 2, 22, 0, tzinfo=dt.UTC)
    assert settled(stated, DAY) == DAY
    assert settled(stated, dt.date(2024, 5, 4)) == stated


def test_a_moment_with_a_zone_of_its_own_is_believed():
    zone = dt.timezone(dt.timedelta(hours=2))
    stated = dt.datetime(2024, 5, 3, 1, 0, tzinfo=zone)
    assert settled(stated, BEFORE) == stated


def test_the_address_comes_after_all_and_before_the_last_change():
    assert settled(address="https://a.example/2024/05/03/x", changed=BEFORE) == DAY
    assert settled(changed=BEFORE) == BEFORE
    assert settled() is None


def test_vietnamese_pages_are_in_their_zone():
    moment = in_zone_of_page(dt.datetime(2024, 5, 2, 18, 0, tzinfo=dt.UTC), "vi")
    assert moment.isoformat() == "2024-05-03T01:00:00+07:00"
