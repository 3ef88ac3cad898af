"""Counts of neighbours: what large segments leave out, and what stands for a count."""

from __future__ import annotations

import numpy as np
import pytest

from civicsearch.engines.local import contexts
from civicsearch.engines.local.contexts import ContextsReader, ContextsWriter
from civicsearch.engines.local.layout import FieldLayout
from civicsearch.engines.local.sections import SectionFile, SectionFileWriter

TERMS = [
    b"\0a\x1f", b"\0b\x1f", b"\0c\x1f", b"\0007\x1f", b"\0d\x1f\x1e", b"\1s\x1f", b"\0007\x1f\x1e",
]  # fmt: skip
CODES = np.array([1, 2, 3, 4, 5, 6, 7, 0], np.uint16)
A, B, C, SEVEN, BARE, SOURCE, BARE_SEVEN = range(7)


BODIES = FieldLayout(groups=(0,), weights=(1,), zones=(0,))


def written(path, *pieces, layout=BODIES):
    """Return a reader of what is counted in pieces of terms, -1 behind each field."""
    file = SectionFileWriter(path / "file")
    writer = ContextsWriter(file, layout, CODES, TERMS)
    for piece in pieces:
        writer.write(np.array(piece))
    writer.finish()
    file.finish({})
    return ContextsReader(SectionFile(path / "file"))


def counts(reader, first, second):
    """Return the counts of all codes beside all others."""
    one = np.array(first).repeat(len(second))
    return reader.counts(one, np.array(second * len(first))).reshape(len(first), -1).tolist()


@pytest.mark.parametrize("at_once", [1, 2, 1 << 20])
def test_pairs_are_counted_over_all_pieces(tmp_path, monkeypatch, at_once):
    """Within fields, in order, however many are added up at once."""
    monkeypatch.setattr(contexts, "_PAIRS_AT_ONCE", at_once)
    reader = written(tmp_path, [A, B, A, B, -1, A, -1], [A, B, C, -1])
    codes = np.array([1, 2, 3])
    assert counts(reader, [1, 2, 3], [1, 2, 3]) == [[0, 3, 0], [1, 0, 1], [0, 0, 0]]
    assert reader.occurrences(codes).tolist() == [[4, 3, 1], [4, 3, 1]]
    assert reader.occurrences(np.array([0])).tolist() == [[0], [0]]
    assert reader.followers(codes).tolist() == [1, 2, 0]
    assert reader.followed[codes].tolist() == [3, 2, 0]
    assert reader.preceding[codes].tolist() == [1, 1, 1]
    assert [part.tolist() for part in reader.row(2)] == [[1, 3], [1, 1]]


@pytest.mark.parametrize("title", [0, 1, 2])
def test_what_stands_in_a_title_counts_more(tmp_path, title):
    """Wherever titles lie among the fields; empty ones, and documents without any, count nothing."""
    fields = [[B, C], [A, B], []]
    fields.insert(title, fields.pop(1))
    document = [term for field in fields for term in (*field, -1)]
    layout = FieldLayout(groups=(0, 0, 0), weights=(1, 1, 1), zones=(0, 1, 2), title=title)
    reader = written(tmp_path, [*document, -1, -1, -1], document, layout=layout)
    assert counts(reader, [1, 2], [2, 3]) == [[20, 0], [0, 2]]
    assert reader.occurrences(np.array([1, 2, 3])).tolist() == [[2, 4, 2], [20, 22, 2]]


def test_words_that_tell_nothing_have_no_neighbours(tmp_path):
    """Numbers, and words of fields that are no zones."""
    reader = written(tmp_path, [A, SEVEN, A, BARE_SEVEN, A, SOURCE, A, -1])
    assert reader.pair_count == 0
    assert counts(reader, [1], [1]) == [[0]]


def test_words_of_documents_without_accents_have_neighbours(tmp_path):
    reader = written(tmp_path, [A, BARE, A, -1])
    assert reader.pair_count == 2


def test_large_segments_keep_what_tells(tmp_path, monkeypatch):
    """Not what is there once."""
    monkeypatch.setattr(contexts, "_LARGE_WORDS", 10)
    reader = written(tmp_path, [A, B] * 30 + [-1] + [A, C, -1] * 2 + [B, C, -1])
    assert counts(reader, [1, 2], [1, 2, 3]) == [[0, 30, 2], [29, 0, 0]]


def test_pairs_met_once_are_forgotten_where_there_are_too_many(tmp_path, monkeypatch):
    """Those met more often stay."""
    monkeypatch.setattr(contexts, "_MOST_PAIRS", 1)
    reader = written(tmp_path, [A, B, A, B, -1])
    assert counts(reader, [1, 2], [1, 2]) == [[0, 2], [0, 0]]


@pytest.mark.parametrize(
    ("count", "told"), [(0, 0), (1, 1), (64, 64), (65, 64), (67, 69), (10**12, 35_962_750)]
)
def test_a_count_is_told_to_the_nearest_level(count, told):
    """Exactly up to 64; then within four per cent; the greatest level stands for any more."""
    level = contexts._levels(np.array([count]))
    found = float(contexts._COUNTS[level[0]])
    assert found == told or abs(found - count) <= 0.04 * count
