import threading

import pytest

from civicsearch.engines.local.leaves import LeafReader
from civicsearch.errors import UnknownFieldError
from civicsearch.query.leaves import words_in
from civicsearch.query.nodes import Fuzzy, Near, Wildcard
from civicsearch.schema import DEFAULT_SCHEMA
from fakes.builders import a_document, phrase, prefix, term
from fakes.segments import LAYOUT, a_snapshot


@pytest.fixture
def reader(tmp_path):
    """On three documents in two segments."""
    snapshot = a_snapshot(
        tmp_path,
        [a_document(title="dân vận", body="dân dan đường"), a_document(body="vận dân. Dân vận")],
        [a_document(title="dẫn", tags=("dân",), body="khéo dân vận khéo")],
    )
    return LeafReader(snapshot, schema=DEFAULT_SCHEMA, layout=LAYOUT)


def found(reader, leaf):
    """Return in which documents a leaf is found, and how often there, by tier."""
    documents = reader.impacts(leaf).documents
    words = list(dict.fromkeys(map(reader.scope_word, words_in(leaf))))
    scan = reader.scan([reader.found(word).forms for word in words], documents)
    numbers = {word: number for number, word in enumerate(words)}
    frequencies = reader.frequencies(leaf, scan, numbers)
    assert (frequencies.sum(axis=0) > 0).all()
    return {
        tier: {d: f for d, f in zip(documents.tolist(), row, strict=True) if f}
        for tier, row in enumerate(frequencies.tolist())
        if any(row)
    }


@pytest.mark.parametrize(
    ("leaf", "expected"),
    [
        (term("dân"), {0: {0: 6 + 2, 1: 4, 2: 2}}),
        (term("dan"), {0: {0: 2}, 1: {0: 8, 1: 4, 2: 8}}),
        (term("dân", "title"), {0: {0: 6}}),
        (term("dân", "tag"), {0: {2: 2}}),
        (term("zzz"), {}),
        (prefix("đ"), {0: {0: 2}}),
        (prefix("d", "title"), {0: {0: 6, 2: 6}}),
        (phrase("dân vận"), {0: {0: 6, 1: 2, 2: 2}}),
        (phrase("dân vận", "title"), {0: {0: 6}}),
        (phrase("dân dân"), {0: {1: 2}}),
        (phrase("khéo dân vận khéo"), {0: {2: 2}}),
        (phrase("khéo dân khéo"), {}),
        (phrase("vận dân dân vận"), {0: {1: 2}}),
        (phrase("van dan dan van"), {1: {1: 2}}),
        (phrase("vận dân", "title"), {}),
        (phrase("dân dân", "tag"), {}),
        (Near(terms=phrase("vận dân").terms, distance=0), {0: {0: 6, 1: 4, 2: 2}}),
        (Wildcard(exact="d*n", folded="d*n"), {0: {0: 10, 1: 4, 2: 8}}),
        (Fuzzy(exact="khẻo", folded="kheo", distance=1), {2: {2: 4}}),
    ],
)
def test_a_leaf_is_found_with_its_weighted_frequency_by_tier(reader, leaf, expected):
    """In halves of a word, so a title counts 6."""
    assert found(reader, leaf) == expected


def test_a_field_that_does_not_exist_is_told(reader):
    with pytest.raises(UnknownFieldError):
        reader.impacts(term("dân", "headline"))


def test_what_was_read_is_kept(reader):
    first = reader.found(term("dân"))
    assert reader.found(term("dân")) is first


def test_what_was_asked_for_longest_ago_is_let_go_of_first(reader):
    size = reader.found(term("dân")).size_bytes
    reader._cache_bytes = 2 * size + 300
    first, second = reader.found(term("dân")), reader.found(term("vận"))
    assert reader.found(term("dân")) is first
    reader.found(term("khéo"))
    assert reader.found(term("dân")) is first
    assert reader.found(term("vận")) is not second
    assert reader._cached_bytes == sum(kept.size_bytes for kept in reader._cache.values())
    assert len(reader._cache) == 2


def test_a_leaf_larger_than_all_memory_is_kept_alone(reader):
    reader._cache_bytes = 1
    reader.found(term("dân"))
    large = reader.found(term("vận"))
    assert list(reader._cache.values()) == [large]
    assert reader._cached_bytes == large.size_bytes


def test_a_leaf_that_two_threads_read_at_once_is_kept_once(reader, monkeypatch):
    both_read = threading.Barrier(2, timeout=30)
    read = LeafReader._read

    def wait(self, leaf):
        both_read.wait()
        return read(self, leaf)

    monkeypatch.setattr(LeafReader, "_read", wait)
    threads = [threading.Thread(target=reader.found, args=(term("dân"),)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(reader._cache) == 1
    assert reader._cached_bytes == reader.found(term("dân")).size_bytes


def test_where_a_phrase_may_be_is_looked_for_once_for_its_best_and_for_their_number(
    reader, monkeypatch
):
    looked_for = []
    candidates = LeafReader._candidates

    def note(self, words, pairs, among):
        looked_for.append(len(words))
        return candidates(self, words, pairs, among)

    monkeypatch.setattr(LeafReader, "_candidates", note)
    leaf = phrase("khéo dân vận khéo")
    assert reader.possible(leaf).documents.tolist() == [2]
    assert reader.impacts(leaf).documents.tolist() == [2]
    assert looked_for == [3]


def test_where_another_phrase_may_be_is_not_taken_for_it(reader):
    asked, other = phrase("khéo dân vận khéo"), phrase("vận dân dân vận")
    assert reader.possible(asked).documents.tolist() == [2]
    assert reader.impacts(other).documents.tolist() == [1]
    assert reader.impacts(asked).documents.tolist() == [2]
