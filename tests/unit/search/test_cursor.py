"""A cursor comes back as it went out, or is refused."""

import base64
import datetime as dt
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicsearch.errors import InvalidOptionError
from civicsearch.query import parse_query
from civicsearch.search import Filters, SearchRequest, Sort
from civicsearch.search.cursor import continued, make_cursor
from civicsearch.search.position import Position, Standing
from civicsearch.values import replace
from fakes.builders import term

standings = st.builds(
    Standing,
    score=st.floats(0, 1e6),
    moment_key=st.none() | st.integers(0, 10**12),
    document_id=st.text(st.characters()) | st.just("\udcff"),
)
positions = st.builds(
    Position, st.integers(1, 10**9), standings, st.none(), st.just(())
) | st.builds(
    Position,
    rank=st.integers(1, 10**9),
    last=standings,
    edge=standings,
    rarities=st.tuples(st.floats(0, 20)),  # "dân vận" has one pair
)
POSITION = Position(rank=10, last=Standing(score=1.5, moment_key=None, document_id="d1"))


def asked(text="dân vận", **values):
    return SearchRequest(query=parse_query(text), **values)


def a_cursor(position=POSITION, *, text="dân vận", is_relaxed=False, **values):
    request = asked(text, **values)
    return make_cursor(
        position, text=text, typed=request.query, request=request, is_relaxed=is_relaxed
    )


def forged(values):
    body = json.dumps(values).encode()
    raw = body + zlib.crc32(body).to_bytes(4, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def values_of(cursor):
    return json.loads(base64.urlsafe_b64decode(cursor + "==")[:-4])


@given(positions)
def test_a_position_comes_back(position):
    request, is_relaxed = continued(asked(limit=7), a_cursor(position), text="dân vận")
    assert (request, is_relaxed) == (asked(limit=7, after=position), False)


def test_nothing_follows_without_a_position():
    assert a_cursor(None) is None


def test_a_relaxed_query_is_relaxed_again():
    """Whether something else has matched all the words since then."""
    request, is_relaxed = continued(asked(), a_cursor(is_relaxed=True), text="dân vận")
    assert is_relaxed
    assert request.query.minimum == 1


def test_words_stay_meant_as_on_the_page_before():
    """Whatever is likely in the archive by now."""
    bare = parse_query("dan van khéo")
    meant = replace(bare, meant=(term("dân"), None, None))
    request = replace(asked("dan van khéo"), query=meant)
    cursor = make_cursor(
        POSITION, text="dan van khéo", typed=bare, request=request, is_relaxed=False
    )
    again, _ = continued(asked("dan van khéo"), cursor, text="dan van khéo")
    assert again.query == meant


@pytest.mark.parametrize("meant", [[["dẫn", None]], [["vận", None]], [[7, None]], [["dân"]], [], 5])
def test_what_no_word_is_meant_as_is_refused(meant):
    """A form of another word, or of a word with accents, or too few."""
    values = values_of(a_cursor())
    with pytest.raises(InvalidOptionError, match="the cursor of an earlier page, unchanged"):
        continued(asked(), forged([*values[:-1], meant]), text="dân vận")


def test_other_words_stand_for_those_of_the_page_before():
    """Whether the archive holds those by now or not."""
    typed = parse_query("how does the parlaiment of finland work")
    right = parse_query("how does the parliament of finland work")
    request = replace(asked(), query=right)
    cursor = make_cursor(POSITION, text="x", typed=typed, request=request, is_relaxed=False)
    again, _ = continued(replace(asked(), query=typed), cursor, text="x")
    assert again.query == right


@pytest.mark.parametrize("others", [[["dân"]], 5, {"dân": 7}, {"dân": ""}])
def test_what_stands_for_no_word_is_refused(others):
    *values, _, meant = values_of(a_cursor())
    with pytest.raises(InvalidOptionError, match="the cursor of an earlier page, unchanged"):
        continued(asked(), forged([*values, others, meant]), text="dân vận")


def test_a_cursor_can_stand_in_an_address_as_it_is():
    cursor = a_cursor(POSITION._replace(last=Standing(score=1.5, moment_key=5, document_id="/?>đ")))
    assert set(cursor) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_the_number_of_hits_and_facets_may_change():
    cursor = a_cursor(limit=10)
    assert continued(asked(limit=3, facets=("year",)), cursor, text="dân vận")[0].limit == 3


def test_how_publishers_are_written_does_not_matter():
    cursor = a_cursor(filters=Filters(sources=("Báo A", "Báo B")))
    request = asked(filters=Filters(sources=("bao b", "BÁO A", "bao a")))
    assert continued(request, cursor, text="dân vận")[0].after == POSITION


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("dân", {}),
        ("vận dân", {}),
        ("dân vận", {"sort": Sort.NEWEST}),
        ("dân vận", {"filters": Filters(published_from=dt.date(2020, 1, 1))}),
        ("dân vận", {"filters": Filters(published_to=dt.date(2020, 1, 1))}),
        ("dân vận", {"filters": Filters(sources=("Báo A",))}),
    ],
)
def test_a_cursor_of_another_search_is_refused(text, values):
    with pytest.raises(InvalidOptionError, match="of the same search; this one is of another"):
        continued(asked(text, **values), a_cursor(), text=text)


def test_a_damaged_cursor_is_refused():
    cursor = a_cursor()
    others = [cursor[:-1], cursor[1:], cursor + "A", cursor + "=", cursor.swapcase(), " " + cursor]
    for place, sign in enumerate(cursor):
        others.append(cursor[:place] + ("A" if sign != "A" else "B") + cursor[place + 1 :])
    for other in others:
        with pytest.raises(InvalidOptionError, match="the cursor of an earlier page, unchanged"):
            continued(asked(), other, text="dân vận")


@given(st.text(st.characters()))
def test_a_made_up_cursor_is_refused(text):
    with pytest.raises(InvalidOptionError):
        continued(asked(), text, text="dân vận")


def test_a_long_cursor_is_named_by_its_beginning():
    with pytest.raises(
        InvalidOptionError, match=r"^cursor cannot be 'xxxxxxxxxxxxxxxxxxxxxxx…'; it"
    ):
        continued(asked(), "x" * 5000, text="dân vận")


STANDING = [1.5, None, "d1"]


@pytest.mark.parametrize(
    "position",
    [
        [],
        [10],
        [10, STANDING],
        [10, STANDING, None],
        [10, STANDING, None, [], None],
        [0, STANDING, None, []],
        [-1, STANDING, None, []],
        [1 << 53, STANDING, None, []],
        [1.5, STANDING, None, []],
        ["1", STANDING, None, []],
        [10, None, None, []],
        [10, STANDING, 7, []],
        [10, STANDING, [], []],
        [10, [float("nan"), None, "d1"], None, []],
        [10, [float("inf"), None, "d1"], None, []],
        [10, [-1.0, None, "d1"], None, []],
        [10, [1e300, None, "d1"], None, []],
        [10, [1, None, "d1"], None, []],
        [10, [1.5, -1, "d1"], None, []],
        [10, [1.5, 1 << 60, "d1"], None, []],
        [10, [1.5, 1.5, "d1"], None, []],
        [10, [1.5, None, None], None, []],
        [10, [1.5, None, "d1", ""], None, []],
        [10, STANDING, None, None],
        [10, STANDING, None, 1.0],
        [10, STANDING, STANDING, []],
        [10, STANDING, STANDING, [1.0, 1.0]],
        [10, STANDING, STANDING, [1]],
        [10, STANDING, STANDING, [-1.0]],
        [10, STANDING, STANDING, [float("nan")]],
    ],
)
def test_what_no_page_ended_at_is_refused(position):
    """Though the checksums are right."""
    form, search_sum, is_relaxed, *_ = values_of(a_cursor())
    with pytest.raises(InvalidOptionError, match="the cursor of an earlier page, unchanged"):
        continued(asked(), forged([form, search_sum, is_relaxed, *position]), text="dân vận")


@pytest.mark.parametrize("values", [None, 7, "x", {}, [], [0], [1, 1, False, 1, STANDING, None]])
def test_another_form_is_refused(values):
    with pytest.raises(InvalidOptionError, match="unchanged"):
        continued(asked(), forged(values), text="dân vận")


def test_what_is_nested_too_deep_is_refused():
    body = b"[" * 200_000
    raw = body + zlib.crc32(body).to_bytes(4, "big")
    cursor = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    with pytest.raises(InvalidOptionError, match="unchanged"):
        continued(asked(), cursor, text="dân vận")
