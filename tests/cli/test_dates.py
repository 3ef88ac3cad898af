"""Days as people type them."""

import datetime as dt

import pytest

from civicsearch.query.periods import parse_day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", (2020, 1, 1), (2020, 12, 31)),
        ("2020-02", (2020, 2, 1), (2020, 2, 29)),
        ("02/2020", (2020, 2, 1), (2020, 2, 29)),
        ("2020-08-06", (2020, 8, 6), (2020, 8, 6)),
        ("06/08/2020", (2020, 8, 6), (2020, 8, 6)),
        ("6.8.2020", (2020, 8, 6), (2020, 8, 6)),
        (" 2020/8/6 ", (2020, 8, 6), (2020, 8, 6)),
    ],
)
def test_forms(text, first, last):
    """A year or month is its first day as a beginning and its last as an end."""
    assert parse_day(text, is_last=False) == dt.date(*first)
    assert parse_day(text, is_last=True) == dt.date(*last)


@pytest.mark.parametrize(
    "text", ["", "x", "0000", "2020-13", "2020-00", "31/02/2020", "06/08/20", "99999", "2020-8-6-1"]
)
def test_what_is_no_day(text):
    """Nothing is guessed."""
    with pytest.raises(ValueError, match=r"."):
        parse_day(text, is_last=True)
