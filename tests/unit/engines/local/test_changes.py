import contextlib
import random

import pytest

from civicsearch.engines.local import changes, columns
from civicsearch.engines.local.changes import Changes
from civicsearch.engines.local.engine import LocalEngine
from civicsearch.schema import DEFAULT_SCHEMA
from fakes.builders import a_document
from fakes.segments import a_segment

NAMES = "abcdefgh"


def segments(folder, *batches):
    """Return segments of documents with these ids."""
    return [
        a_segment(folder, [a_document(document_id=name) for name in batch], f"{number}")
        for number, batch in enumerate(batches)
    ]


@pytest.fixture(params=["hashes", "one hash"])
def hashing(request, monkeypatch):
    """Also where chance gives all ids the same hash."""
    if request.param == "one hash":
        for module in (changes, columns):
            monkeypatch.setattr(module, "hash_key", lambda _: 7)


@pytest.mark.usefixtures("hashing")
def test_a_document_is_outdated_by_one_of_its_id_in_a_later_segment(tmp_path):
    made = Changes(segments(tmp_path, "abc", "bd", "b"), {})
    assert made.outdated() == [[1], [0], []]


@pytest.mark.usefixtures("hashing")
def test_a_document_is_outdated_by_a_later_deletion_and_by_no_earlier_one(tmp_path):
    made = Changes(segments(tmp_path, "abc", "bd"), {"a": 1, "b": 1, "d": 0, "c": 2, "x": 2})
    assert list(map(sorted, made.outdated())) == [[0, 1, 2], []]


@pytest.mark.usefixtures("hashing")
def test_older_documents_are_changed_by_what_is_added_or_deleted(tmp_path):
    (older,) = segments(tmp_path, "abcde")
    (tmp_path / "new").mkdir()
    made = Changes(segments(tmp_path / "new", "xb", "d"), {"a": 0, "y": 1})
    assert made.changed_in(older) == [0, 1, 3]
    assert Changes([], {"c": 0}).changed_in(older) == [2]
    assert Changes([], {}).changed_in(older) == []


@pytest.mark.usefixtures("hashing")
@pytest.mark.parametrize("seed", range(6))
def test_the_last_change_of_each_document_wins(tmp_path, seed):
    """Whatever is added, deleted and added again, in one segment or several, at once or not."""
    chance = random.Random(seed)  # noqa: S311 - test data, no secrets
    engine = LocalEngine.create(
        tmp_path / "index", schema=DEFAULT_SCHEMA, memory_bytes=chance.choice([1, 30_000, 10**6])
    )
    expected = {}
    with contextlib.closing(engine.writer()) as writer:
        for number in range(120):
            name = chance.choice(NAMES)
            if chance.random() < 0.3:
                writer.delete(name)
                expected.pop(name, None)
            else:
                writer.add(a_document(document_id=name, title=f"lần {number}"))
                expected[name] = f"lần {number}"
            if chance.random() < 0.04:
                writer.commit()
                assert stored(engine) == expected
        writer.commit()
    assert stored(engine) == expected


def stored(engine):
    searcher = engine.searcher()
    found = [document for name in NAMES if (document := searcher.document(name)) is not None]
    assert searcher.count() == len(found)
    return {document.document_id: document.title for document in found}
