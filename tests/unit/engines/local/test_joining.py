import numpy as np
import pytest

from civicsearch.engines.local.forms import forms_of
from civicsearch.engines.local.joining import Joiner
from civicsearch.query.nodes import Fuzzy
from civicsearch.ranking import idf, saturate
from civicsearch.ranking.bm25 import TIER_WEIGHTS
from fakes.builders import a_document, prefix, term
from fakes.rankings import patched
from fakes.segments import a_snapshot, without

BODIES = [
    "khẻo đ",
    "khéo",
    "khéo xã",
    "đ",
    "khéo khéo",
    "khéo khẻo xã",
    "khéo",
    "khẻo khẻo",
    "khéo",
]
KHEO = Fuzzy(exact="khéo", folded="kheo", distance=1)
WAYS = {
    "all together, in rows": {"_FEW": 0, "_DENSE_SHARE": 10**6},
    "all together, as lists": {"_FEW": 16, "_DENSE_SHARE": 0, "_FEW_SHARE": 10**6},
    "rare ones put into the frequent one": {"_FEW": 16, "_FEW_SHARE": 1},
}


@pytest.fixture(params=[0, 10**6], ids=["lists", "rows"])
def snapshot(request, tmp_path):
    with patched({"_ROW_SHARE": request.param}):
        return a_snapshot(tmp_path, [a_document(body=body) for body in BODIES])


def joined(snapshot, word):
    forms = {
        number: own
        for number, place in enumerate(snapshot.places)
        if (own := forms_of(place.segment, word, 0)) is not None
    }
    return Joiner(snapshot).join(word, 0, forms)


def worth_of(bodies, exact, near):
    """Return what a word is worth by document, found as typed and spelled otherwise."""
    words = [body.split() for body in bodies]
    average = sum(map(len, words)) / len(words)
    found = {}
    for number, own in enumerate(words):
        tiers = ((own.count(exact), TIER_WEIGHTS[0]), (own.count(near), TIER_WEIGHTS[2]))
        worth = sum(weight * saturate(float(f), float(len(own)), average) for f, weight in tiers)
        if worth:
            found[number] = worth
    return found


@pytest.mark.parametrize("way", WAYS)
def test_forms_are_joined_alike_whichever_way(snapshot, way):
    """Documents ascending, each once; no level is too low, none too high by more than is said."""
    with patched(WAYS[way]):
        found = joined(snapshot, KHEO)
    expected = worth_of(BODIES, "khéo", "khẻo")
    assert found.documents.tolist() == list(expected)
    assert len(found) == len(expected)
    assert found.rarity == idf(len(expected), len(BODIES))
    for level, worth in zip(found.levels.tolist(), expected.values(), strict=True):
        assert worth <= level * found.step <= worth + found.rounding * found.step


def test_a_frequent_form_is_not_changed_by_rare_ones(snapshot):
    """What it lies in is the file: others ask for it alone."""
    with patched(WAYS["rare ones put into the frequent one"]):
        before = joined(snapshot, term("khéo")).levels.tolist()
        joined(snapshot, KHEO)
        assert joined(snapshot, term("khéo")).levels.tolist() == before


def test_a_word_that_is_nowhere_finds_nothing(snapshot):
    found = joined(snapshot, term("zzz"))
    assert (len(found), found.documents.tolist()) == (0, [])


@pytest.mark.parametrize("way", WAYS)
def test_what_is_deleted_is_not_found(snapshot, way):
    without(snapshot.places[0].segment, {0, 5})
    with patched(WAYS[way]):
        found = joined(snapshot, KHEO)
    assert found.documents.tolist() == [1, 2, 4, 6, 7, 8]
    assert found.take(np.array([0, 5])).tolist() == [0, 0]


def test_one_segment_of_another_average_length_has_its_levels_bounded_in_the_whole(tmp_path):
    """A level is worth more where texts are longer as a whole than those it was made of."""
    bodies = [["dân", "dân dân"], ["dân " + "xã " * 40, "dân " * 3 + "xã " * 90]]
    snapshot = a_snapshot(tmp_path, *([a_document(body=b) for b in some] for some in bodies))
    expected = worth_of(sum(bodies, []), "dân", "-")  # noqa: RUF017 - of two
    for word in (term("dân"), term("dan"), prefix("da")):
        found = joined(snapshot, word)
        weight = TIER_WEIGHTS[word.exact == word.folded]
        assert found.documents.tolist() == list(expected)
        for level, worth in zip(found.levels.tolist(), expected.values(), strict=True):
            assert weight * worth <= level * found.step
            assert level * found.step <= weight * worth + found.rounding * found.step


def test_a_family_and_a_beginning_are_read_where_they_lie_ready(tmp_path):
    """Without looking at any form."""
    bodies = ["dân dan dang", "dan", "đan dan", "dẫn"]
    with patched({"_HEAVY_SHARE": 10**6, "_ROW_SHARE": 10**6}):
        snapshot = a_snapshot(tmp_path, [a_document(body=body) for body in bodies])
    segment = snapshot.places[0].segment
    family = segment.postings.row(segment.dictionary.family("dan"))
    assert joined(snapshot, term("dan")).row.tolist() == family.tolist()
    beginning = segment.postings.beginning("dan")
    assert joined(snapshot, prefix("dan")).row.tolist() == beginning.tolist()
    assert beginning.tolist() != family.tolist()
