import datetime as dt

import numpy as np
import pytest

from civicsearch.engines.local.conditions import Conditions
from civicsearch.search import Filters
from civicsearch.search.request import moment_key
from fakes.builders import a_day, a_document
from fakes.corpora import Articles
from fakes.segments import a_snapshot


def test_no_filter_is_no_condition(tmp_path):
    conditions = Conditions(a_snapshot(tmp_path, [a_document()]))
    assert conditions.accept(Filters()) is None


@pytest.mark.parametrize(
    "filters",
    [
        Filters(published_from=a_day("2020-01-01")),
        Filters(published_to=a_day("2019-12-31")),
        Filters(published_from=a_day("2020-01-01"), published_to=a_day("2020-01-01")),
        Filters(published_from=dt.date.min, published_to=dt.date.max),
        Filters(sources=("bao a",)),
        Filters(sources=("", "BÁO B")),
        Filters(sources=("zzz",)),
        Filters(sources=("Báo Á",), published_from=a_day("2020-01-02")),
    ],
)
def test_conditions_accept_what_filters_accept(tmp_path, filters):
    """Document by document, over segments with other publishers."""
    some = [Articles(seed).document(str(seed)) for seed in range(40)]
    snapshot = a_snapshot(tmp_path, some[:20], some[20:], [a_document()])
    accept = Conditions(snapshot).accept(filters)
    asked = np.arange(1, 41, 2)
    documents = [*some, a_document()]
    assert accept(asked).tolist() == [
        filters.accept(published_key=moment_key(documents[n]), source=documents[n].source)
        for n in asked.tolist()
    ]


def test_a_day_begins_at_midnight_of_its_own_place(tmp_path):
    zone = dt.timezone(dt.timedelta(hours=7))
    moments = [
        dt.datetime(2020, 1, 1, 0, 0, tzinfo=zone),
        dt.datetime(2020, 1, 1, 23, 59, 59, tzinfo=zone),
    ]
    days = [dt.date(2019, 12, 31), dt.date(2020, 1, 2), None]
    documents = [a_document(published=moment) for moment in [*moments, *days]]
    conditions = Conditions(a_snapshot(tmp_path, documents))
    day = dt.date(2020, 1, 1)
    assert conditions.published(day, day).tolist() == [True, True, False, False, False]
    assert conditions.published(None, None).tolist() == [True] * 4 + [False]
