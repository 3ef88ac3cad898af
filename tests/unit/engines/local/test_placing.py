import numpy as np
import pytest

from civicsearch.engines.local.placing import Placement, nearness_in, openings_in
from civicsearch.query import parse_query
from civicsearch.ranking.bm25 import TIER_WEIGHTS
from civicsearch.ranking.placement import CLOSE_WEIGHT, EARLY_WEIGHT, closeness, earliness
from fakes.builders import a_document, phrase, term
from fakes.segments import a_scan, a_snapshot


@pytest.fixture
def snapshot(tmp_path):
    """Three documents in two segments."""
    return a_snapshot(
        tmp_path,
        [a_document(title="dân vận", body="dan đường dân vận"), a_document(body="một hai vận dân")],
        [a_document(title="xóm", body="khéo dân một vận khéo dan")],
    )


def look_for(snapshot, *typed, documents=(0, 1, 2)):
    return a_scan(snapshot, documents, [(term(word), 0) for word in typed])


def near(scan, *words):
    return nearness_in(scan, words).tolist()


def test_the_first_place_of_a_word_counts_words_of_all_fields_before_it(snapshot):
    scan = look_for(snapshot, "vận", "đường", "zzz")
    expected = [[1, 2, 4], [3, 1e9, 1e9], [1e9] * 3]
    assert openings_in(scan).tolist() == [
        pytest.approx([float(earliness(float(place))) for place in row]) for row in expected
    ]


def test_a_form_that_is_farther_from_what_was_typed_opens_less(snapshot):
    """`dan` stands at places 2, nowhere and 6, `dân` at 0, 3 and 2."""
    folded = TIER_WEIGHTS[1]
    expected = [
        max(earliness(2.0), folded),
        folded * earliness(3.0),
        max(earliness(6.0), folded * earliness(2.0)),
    ]
    assert openings_in(look_for(snapshot, "dan"))[0].tolist() == pytest.approx(expected)


def test_words_that_several_words_mean_open_for_each_of_them(snapshot):
    alone = openings_in(look_for(snapshot, "dan"))[0].tolist()
    together = openings_in(look_for(snapshot, "dân", "dan"))
    assert together[1].tolist() == alone
    assert together[0].tolist() == openings_in(look_for(snapshot, "dân"))[0].tolist()


def test_words_are_near_those_before_and_after_them_in_their_field(snapshot):
    """Side by side in title, in the body, and once with a word between them."""
    expected = [1 + 1, 1, 0.25]
    assert near(look_for(snapshot, "dân", "vận"), 0, 1) == [expected, expected]


def test_a_word_is_not_near_itself_and_stands_between_others(snapshot):
    """`khéo dân … khéo`: the second is next to `vận`, which is looked for, too."""
    assert near(look_for(snapshot, "khéo"), 0) == [[0, 0, 0]]
    found = near(look_for(snapshot, "khéo", "dân", "vận", documents=[2]), 0, 1, 2)
    assert found == [[2], [1.25], [1.25]]


def test_words_that_are_far_apart_are_not_near(tmp_path):
    snapshot = a_snapshot(
        tmp_path, [a_document(body=f"dân {'a ' * 7}vận"), a_document(body=f"dân {'a ' * 8}vận")]
    )
    assert near(look_for(snapshot, "dân", "vận", documents=[0, 1]), 0, 1) == [[1 / 64, 0]] * 2


def test_words_that_are_not_asked_for_do_not_stand_between(snapshot):
    scan = look_for(snapshot, "vận", "một", "dân", documents=[2])
    assert near(scan, 0, 2) == [[0.25], [0.25]]
    assert near(scan, 0, 1, 2) == [[1], [2], [1]]


def test_a_place_is_that_of_the_first_word_that_matches(snapshot):
    """Else `dan dân`, typed of one word, would be near itself."""
    assert near(look_for(snapshot, "dan", "dân", documents=[1]), 0, 1) == [[0], [0]]


def test_parts_are_what_each_word_adds(snapshot):
    scan = look_for(snapshot, "dân", "vận")
    numbers = {term("dân"): 0, term("vận"): 1}
    placement = Placement(parse_query("dân^2 vận"), numbers=numbers, rarities=[3.0, 0.5])
    lengths = np.array([9.0, 4.0, 9.0])
    close = closeness(nearness_in(scan, [0, 1]), lengths, 8.0)
    expected = [
        *(openings_in(scan) * EARLY_WEIGHT * np.array([[2 * 3.0], [0.5]])).tolist(),
        *(close * CLOSE_WEIGHT * np.array([[2 * 1.0], [0.5]])).tolist(),
    ]
    parts = placement.parts(scan, lengths, 8.0)
    assert parts.tolist() == [pytest.approx(row) for row in expected]


def test_a_query_without_runs_has_no_parts(snapshot):
    query = phrase("dân", "vận")
    parts = Placement(query, numbers={}, rarities=[]).parts(look_for(snapshot), np.ones(3), 1.0)
    assert parts.shape == (0, 3)
