import numpy as np
import pytest

from civicsearch.engines.local.snapshot import Snapshot
from fakes.builders import a_document
from fakes.segments import a_segment, a_snapshot, without


def test_documents_are_numbered_through(tmp_path):
    snapshot = a_snapshot(
        tmp_path,
        [a_document(document_id="c"), a_document(document_id="a")],
        [a_document(document_id="b")],
    )
    assert (snapshot.size, snapshot.documents, snapshot.live) == (3, 3, None)
    assert [snapshot.document_id(number) for number in range(3)] == ["c", "a", "b"]
    assert [snapshot.number_of(name) for name in "abcd"] == [1, 2, 0, None]
    assert snapshot.document(2).document_id == "b"
    assert snapshot.id_ranks.tolist() == [2, 0, 1]
    with pytest.raises(IndexError):
        snapshot.place_of(-1)


def test_the_average_is_over_documents_that_are_not_deleted(tmp_path):
    one = a_segment(tmp_path, [a_document(body="a b c"), a_document(body="a " * 100)], "1")
    two = a_segment(tmp_path, [a_document(body="a")], "2")
    snapshot = Snapshot([without(one, {1}), two])
    assert snapshot.live.tolist() == [True, False, True]
    assert snapshot.collection.average_length == pytest.approx(2)
    assert (snapshot.collection.size, snapshot.collection.documents) == (3, 2)


def test_levels_are_told_by_the_average_of_their_segment(tmp_path):
    """Half of the most is reached by a frequency that grows with the length over the average."""
    short, long = [a_document(body="a b"), a_document(body="a")], [a_document(body="a " * 12)]
    snapshot = a_snapshot(tmp_path, short, long)
    measure = snapshot.measure(np.array([0, 2]))
    assert measure.segments.tolist() == [0, 1]
    by_all, by_own = (0.25 + 0.75 * 2 / 5, 0.25 + 0.75 * 12 / 5), (0.25 + 0.75 * 2 / 1.5, 1.0)
    assert measure.ratios.tolist() == pytest.approx(np.divide(by_all, by_own).tolist())
    assert Snapshot([snapshot.places[0].segment]).measure(np.array([0, 1])) is None


def test_no_documents_or_no_words_have_an_average_to_divide_by(tmp_path):
    assert Snapshot([]).collection.average_length == 1.0
    assert a_snapshot(tmp_path, [a_document()]).collection.average_length == 1.0


def test_facets_of_several_segments_share_their_values(tmp_path):
    snapshot = a_snapshot(
        tmp_path,
        [a_document(source="b", tags=("x",)), a_document(tags=("y",))],
        [a_document(source="a", tags=("y", "x")), a_document(source="b")],
    )
    source, tag = snapshot.facet("source"), snapshot.facet("tag")
    assert (source.values, source.ordinals.tolist(), source.documents) == (
        ["a", "b"], [1, 2, 0, 1], None,
    )  # fmt: skip
    assert (tag.values, tag.ordinals.tolist(), tag.documents.tolist()) == (
        ["x", "y"], [0, 1, 1, 0], [0, 1, 2, 2],
    )  # fmt: skip
    assert snapshot.facet("tag") is tag
    assert snapshot.source_folds == ["a", "b", ""]


def test_a_document_without_a_value_beside_several_counts_for_none(tmp_path):
    snapshot = a_snapshot(
        tmp_path, [a_document(tags=("x",)), a_document()], [a_document(tags=("x", "y"))]
    )
    facet = snapshot.facet("tag")
    assert facet.ordinals.tolist() == [0, 2, 0, 1]
    assert facet.documents.tolist() == [0, 1, 2, 2]
