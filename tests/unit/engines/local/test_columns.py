import numpy as np
import pytest

from civicsearch.engines.local.columns import (
    Columns,
    documents_with_hash,
    hash_key,
    write_facets,
    write_hashes,
    write_ids,
)
from fakes.builders import a_document
from fakes.segments import a_file, a_segment


@pytest.mark.parametrize("text", ["", "a", "đ", "\udcff", "x" * 10_000])
def test_a_hash_fits_a_signed_number_and_is_the_same_again(text):
    assert 0 <= hash_key(text) < 1 << 63
    assert hash_key(text) == hash_key(text)


def test_ids_of_one_hash_are_told_apart(tmp_path, monkeypatch):
    monkeypatch.setattr("civicsearch.engines.local.columns.hash_key", lambda text: 7)
    columns = Columns(a_file(tmp_path, lambda file: write_ids(file, ["b", "a", "b"])))
    assert (columns.numbers_of("a"), columns.numbers_of("b"), columns.numbers_of("c")) == (
        [1], [0, 2], [],
    )  # fmt: skip


def test_ids_are_fetched_some_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr("civicsearch.engines.local.columns._IDS_AT_ONCE", 2)
    ids = ["a", "", "ccc", "đđ", "e"]
    columns = Columns(a_file(tmp_path, lambda file: write_ids(file, ids)))
    data, sizes = columns.encoded_ids(np.array([0, 2, 3, 4]))
    assert (data.tobytes().decode(), sizes.tolist()) == ("acccđđe", [1, 3, 4, 1])
    assert columns.encoded_ids(np.empty(0, np.intp))[0].tolist() == []


def test_the_documents_of_a_hash_are_all_found(tmp_path):
    hashes, documents = np.array([9, 4, 9]), np.array([2, 1, 0])
    file = a_file(tmp_path, lambda file: write_hashes(file, "origin", hashes, documents))
    assert [documents_with_hash(file, "origin", key) for key in (4, 9, 5, 10)] == [
        [1], [0, 2], [], [],
    ]  # fmt: skip


def test_a_facet_of_one_value_each_needs_no_starts(tmp_path):
    def write(file):
        write_ids(file, [])
        write_facets(file, {"source": [("b",), (), ("a",)], "tag": [("b", "a"), (), ("a",)]})

    columns = Columns(a_file(tmp_path, write))
    source, tag = columns.facet("source"), columns.facet("tag")
    assert (source.values, source.ordinals.tolist(), source.starts) == (["a", "b"], [1, 2, 0], None)
    assert (tag.ordinals.tolist(), tag.starts.tolist()) == ([1, 0, 0], [0, 2, 2, 3])
    assert columns.facet_rows("source") == [["b"], [], ["a"]]
    assert columns.facet_rows("tag") == [["b", "a"], [], ["a"]]


def test_where_fields_begin_and_how_many_words_they_have(tmp_path):
    """A separator behind each field is no word."""
    documents = [a_document(title="dân vận", body="khéo"), a_document(), a_document(tags=("xã",))]
    columns = a_segment(tmp_path, documents).columns
    assert columns.field_sizes().tolist() == [
        [2, 0, 1, 0, 0, 0, 0, 0, 0],
        [0] * 9,
        [0, 0, 0, 0, 0, 0, 0, 1, 0],
    ]
    assert columns.field_starts.tolist() == [
        [0, 3, 4, 6, 7, 8, 9, 10, 11],
        list(range(9)),
        [0, 1, 2, 3, 4, 5, 6, 7, 9],
    ]
