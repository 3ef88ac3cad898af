import contextlib

import pytest

from civicsearch.engines.local import vocabulary
from civicsearch.engines.local.vocabulary import LocalVocabulary
from fakes.builders import a_document
from fakes.segments import a_snapshot


@pytest.mark.parametrize("kept", [0, 1, 2, 1 << 16])
def test_words_are_told_alike_however_few_are_remembered(tmp_path, monkeypatch, kept):
    """How a word is stored is remembered apart from its forms."""
    monkeypatch.setattr(vocabulary, "_KEPT_CODES", kept)
    snapshot = a_snapshot(
        tmp_path,
        [a_document(title="Flood wall", body="flood water")],
        [a_document(title="Nước lũ", body="Nước lũ dâng, tường chắn lũ cao.")],
    )
    words = LocalVocabulary(snapshot, reading=contextlib.nullcontext())
    for _ in range(2):
        assert words.followers("flood", most=2) == [("wall", 10), ("water", 1)]
        (near,) = words.neighbours([["flood", "nước"], ["lũ", "wall"]])
        assert near.counts.tolist() == [[0, 10], [11, 0]]
