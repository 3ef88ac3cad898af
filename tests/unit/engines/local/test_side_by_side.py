import numpy as np
import pytest

from civicsearch.engines.local.forms import forms_of
from civicsearch.engines.local.side_by_side import SideBySide
from civicsearch.engines.local.snapshot import Snapshot
from fakes.builders import a_document, term
from fakes.rankings import patched
from fakes.segments import a_segment, merged, without

LISTED = {"_LEAST_LISTED": 2, "_LISTED_SHARE": 10**6}
SIDE_BY_SIDE = ["dân vận", "vận dân", "dân vận", "dân, khéo vận", "dan van"]


def bodies(*texts):
    return [a_document(body=text) for text in texts]


def a_pair(snapshot, words="dân vận"):
    one, other = map(term, words.split())
    forms = [
        {
            number: found
            for number, place in enumerate(snapshot.places)
            if (found := forms_of(place.segment, word, 0)) is not None
        }
        for word in (one, other)
    ]
    return SideBySide(snapshot, (one, other), tuple(forms))


def may_hold(pair, snapshot):
    return pair.may_hold(np.arange(snapshot.size)).nonzero()[0].tolist()


@pytest.fixture
def snapshot(tmp_path):
    """On a segment that lists `dân vận`, and one that does not."""
    with patched(LISTED):
        return Snapshot(
            [
                a_segment(tmp_path, bodies(*SIDE_BY_SIDE), "1"),
                a_segment(tmp_path, bodies("dân vận", "vận"), "2"),
            ]
        )


def test_documents_of_lists_are_known(snapshot):
    assert a_pair(snapshot).known.tolist() == [0, 2]


def test_documents_with_other_forms_or_deleted_are_not_known(tmp_path):
    with patched(LISTED):
        texts = ["dân vận", "dân vận. Rồi đân", "dân vận", "dân vận"]
        segment = without(a_segment(tmp_path, bodies(*texts)), [2])
    assert a_pair(Snapshot([segment])).known.tolist() == [0, 3]


def test_what_no_segment_lists_has_no_known_documents(snapshot):
    pair = a_pair(snapshot, "vận dân")
    assert pair.known.tolist() == []
    assert pair.others is None
    assert a_pair(snapshot, "khéo zzz").known.tolist() == []


def test_where_all_is_listed_only_documents_with_other_forms_are_left(tmp_path):
    with patched(LISTED):
        segments = [a_segment(tmp_path, bodies(*SIDE_BY_SIDE), name) for name in "12"]
    assert a_pair(Snapshot(segments)).others.tolist() == [4, 9]


def test_where_a_segment_does_not_list_the_words_others_may_hold_them(snapshot):
    assert a_pair(snapshot).others is None


def test_a_document_may_hold_what_is_listed_or_signed(snapshot):
    """Of the others, one in thirty may be taken for one that does: these are not."""
    assert may_hold(a_pair(snapshot), snapshot) == [0, 2, 4, 5]
    assert may_hold(a_pair(snapshot, "khéo vận"), snapshot) == [3]


def test_where_the_words_are_listed_signatures_are_not_believed(tmp_path, monkeypatch):
    """But for documents that hold another form, and those that no list was made of."""
    with patched(LISTED):
        sources = [
            a_segment(tmp_path, bodies(*SIDE_BY_SIDE), "1"),
            a_segment(tmp_path, bodies("dân vận", "vận. Dân"), "2"),
        ]
        segment = merged(tmp_path, sources)
    snapshot = Snapshot([segment])
    pair = a_pair(snapshot)
    every = np.ones(segment.size, bool)
    monkeypatch.setattr(segment.pairs, "may_hold", lambda *_: every.copy())
    assert may_hold(pair, snapshot) == [0, 2, 4, 5, 6]
    assert pair.others is None
