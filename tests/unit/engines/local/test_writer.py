from concurrent.futures import CancelledError
from contextlib import closing
from threading import Event

import pytest

from civicsearch.engines.local import merging as merging_module
from civicsearch.engines.local import writer as writer_module
from civicsearch.engines.local.engine import LocalEngine
from civicsearch.engines.local.manifest import SEGMENTS_NAME, Manifest
from civicsearch.engines.local.merging import MERGE_FACTOR, merge_segments
from civicsearch.engines.local.sections import SectionFile, SectionFileWriter
from civicsearch.errors import ArchiveAccessError
from civicsearch.query import parse_query
from civicsearch.schema import DEFAULT_SCHEMA
from civicsearch.search import SearchRequest
from fakes.builders import a_document


@pytest.fixture(params=[1, 1 << 30], ids=["a segment each", "one segment"])
def engine(request, tmp_path):
    folder = tmp_path / "index"
    made = LocalEngine.create(folder, schema=DEFAULT_SCHEMA, memory_bytes=request.param)
    yield made
    made.close()


@pytest.fixture
def writer(engine):
    made = engine.writer()
    yield made
    made.close()


def titles(engine):
    found = engine.searcher().search(SearchRequest(query=parse_query("*"), limit=1000))
    return {match.document_id: match.load().title for match in found.matches}


def segment_files(engine):
    return sorted(path.name for path in (engine.folder / "segments").glob("*"))


def test_the_last_change_of_a_document_wins_within_a_batch(engine, writer):
    for title in ("một", "hai", "ba"):
        writer.add(a_document(document_id="1", title=title))
        writer.add(a_document(document_id="2", title=title))
    writer.delete("2")
    writer.add(a_document(document_id="3", title="một"))
    writer.delete("3")
    writer.add(a_document(document_id="3", title="hai"))
    writer.commit()
    assert titles(engine) == {"1": "ba", "3": "hai"}


def test_the_last_change_of_a_document_wins_over_batches(engine, writer):
    writer.add(a_document(document_id="1", title="một"))
    writer.add(a_document(document_id="2", title="một"))
    writer.commit()
    writer.delete("1")
    writer.add(a_document(document_id="2", title="hai"))
    writer.commit()
    assert titles(engine) == {"2": "hai"}


def test_a_document_that_came_and_went_before_the_commit_leaves_no_file(engine, writer):
    writer.add(a_document(document_id="1"))
    writer.delete("1")
    writer.commit()
    writer.close()
    assert (engine.searcher().count(), segment_files(engine)) == (0, [])


def test_a_commit_of_nothing_writes_nothing(engine, writer):
    before = (engine.folder / "manifest.json").stat().st_mtime_ns
    writer.commit()
    assert (engine.folder / "manifest.json").stat().st_mtime_ns == before


def test_deleting_all_leaves_no_file(engine, writer):
    for name in "ab":
        writer.add(a_document(document_id=name))
    writer.commit()
    for name in "ab":
        writer.delete(name)
    writer.commit()
    assert (engine.searcher().count(), segment_files(engine)) == (0, [])


def test_segments_do_not_pile_up(engine, writer):
    for number in range(3 * MERGE_FACTOR):
        writer.add(a_document(document_id=str(number), title=str(number)))
        writer.commit()
    assert titles(engine) == {str(n): str(n) for n in range(3 * MERGE_FACTOR)}
    assert len(segment_files(engine)) < MERGE_FACTOR


@pytest.fixture
def waiting_merges(monkeypatch):
    """Merges that begin, and end when they are let, or when they are given up."""
    begun, let = Event(), Event()

    def wait_and_merge(segments, path, layout, cancelled, others):
        begun.set()
        while not let.wait(0.01):
            if cancelled.is_set():
                raise CancelledError
        return merge_segments(segments, path, layout, cancelled, others)

    monkeypatch.setattr(writer_module, "merge_segments", wait_and_merge)
    return begun, let


def test_a_merge_goes_on_while_the_next_documents_are_collected(engine, writer, waiting_merges):
    """What is committed is found before, and what is changed in the meantime stays changed."""
    begun, let = waiting_merges
    for number in range(MERGE_FACTOR):
        writer.add(a_document(document_id=str(number), title="dân"))
        writer.commit()
    assert begun.wait(10)
    assert len(segment_files(engine)) == MERGE_FACTOR
    assert titles(engine) == {str(n): "dân" for n in range(MERGE_FACTOR)}
    writer.add(a_document(document_id="1", title="vận"))
    writer.delete("2")
    let.set()
    writer.commit()
    assert len(segment_files(engine)) < MERGE_FACTOR
    assert titles(engine) == {
        str(n): "vận" if n == 1 else "dân" for n in range(MERGE_FACTOR) if n != 2
    }


def test_a_writer_that_is_closed_ends_its_merge(engine, waiting_merges):
    begun, let = waiting_merges
    let.set()
    writer = engine.writer()
    for number in range(MERGE_FACTOR):
        writer.add(a_document(document_id=str(number)))
        writer.commit()
    writer.close()
    assert begun.is_set()
    assert len(segment_files(engine)) == 1


def test_a_writer_that_breaks_off_gives_its_merge_up(engine, waiting_merges):
    begun, _ = waiting_merges
    writer = engine.writer()
    for number in range(MERGE_FACTOR):
        writer.add(a_document(document_id=str(number)))
        writer.commit()
    assert begun.wait(10)
    writer.add(a_document(document_id="never committed"))
    writer.close()
    assert sorted(titles(engine)) == [str(n) for n in range(MERGE_FACTOR)]
    assert len(segment_files(engine)) == MERGE_FACTOR


def averages(engine):
    """Return by what average length each segment made its levels, in the order of their names."""
    files = sorted(segment_files(engine))
    folder = engine.folder / SEGMENTS_NAME
    return [SectionFile(folder / file).facts["average_length"] for file in files]


def test_levels_are_made_by_the_average_of_the_archive(engine, writer):
    """Else bounds of different segments cannot be compared, and more documents are read."""
    for number, words in enumerate((2, 8, 5, 13)):
        writer.add(a_document(document_id=str(number), title="", body="a " * words))
        writer.commit()
    assert averages(engine) == [2.0, 5.0, 5.0, 7.0]
    for number in range(4, MERGE_FACTOR):
        writer.add(a_document(document_id=str(number), title="", body="a a"))
        writer.commit()
    writer.add(a_document(document_id="last", title="", body="a " * 18))
    writer.commit()  # puts the merged segment of the others in their place
    merged, last = averages(engine)
    assert merged == pytest.approx((28 + 2 * (MERGE_FACTOR - 4)) / MERGE_FACTOR)
    assert last == pytest.approx((46 + 2 * (MERGE_FACTOR - 4)) / (MERGE_FACTOR + 1))


def test_segments_of_one_commit_are_made_by_the_average_of_those_before(tmp_path):
    engine = LocalEngine.create(tmp_path / "small", schema=DEFAULT_SCHEMA, memory_bytes=1)
    with closing(engine), closing(engine.writer()) as writer:
        for number, words in enumerate((2, 8)):
            writer.add(a_document(document_id=str(number), title="", body="a " * words))
        writer.commit()
        assert averages(engine) == [2.0, 5.0]


def test_optimizing_leaves_one_file_without_what_was_deleted(engine, writer):
    for number in range(9):
        writer.add(a_document(document_id=str(number), title=f"số {number}"))
    writer.commit()
    writer.delete("3")
    writer.commit()
    writer.add(a_document(document_id="4", title="mới"))
    writer.optimize()
    assert titles(engine) == {str(n): "mới" if n == 4 else f"số {n}" for n in range(9) if n != 3}
    (name,) = segment_files(engine)
    assert name.endswith(".seg")
    writer.optimize()
    assert segment_files(engine) == [name]


@pytest.mark.parametrize("engine", [1 << 30], indirect=True)
def test_what_was_deleted_goes_from_segments_too_large_to_be_joined(engine, writer, monkeypatch):
    """Who deletes an article for good relies on it, however large the archive is."""
    monkeypatch.setattr(merging_module, "_LARGEST_BYTES", 1)
    for number in range(9):
        writer.add(a_document(document_id=str(number), title="số"))
        if number % 3 == 2:
            writer.commit()
    for number in (0, 3, 8):
        writer.delete(str(number))
    writer.commit()
    writer.optimize()
    left = Manifest.load(engine.folder, schema=DEFAULT_SCHEMA).segments
    assert [(entry.documents, entry.deleted) for entry in left] == [(2, 0)] * 3
    assert sorted(titles(engine)) == ["1", "2", "4", "5", "6", "7"]
    assert len(segment_files(engine)) == 3


def test_a_searcher_goes_on_when_its_files_are_merged_away(engine, writer):
    for number in range(4):
        writer.add(a_document(document_id=str(number), title="dân"))
        writer.commit()
    before = engine.searcher()
    writer.delete("0")
    writer.optimize()
    found = before.search(SearchRequest(query=parse_query('"dân" OR title:dân')))
    assert found.total.value == 4
    assert {match.load().title for match in found.matches} == {"dân"}


def test_what_was_not_committed_is_gone_with_its_files(engine, writer):
    for number in range(3):
        writer.add(a_document(document_id=str(number)))
    writer.close()
    assert (engine.searcher().count(), segment_files(engine)) == (0, [])


def test_what_the_disk_refused_is_there_after_another_try(engine, writer, monkeypatch):
    """And never is an old version deleted without the new one in its place."""
    writer.add(a_document(document_id="1", title="cũ"))
    writer.commit()
    finish = SectionFileWriter.finish

    def refuse(self, facts):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(SectionFileWriter, "finish", refuse)
    with pytest.raises(ArchiveAccessError, match="No space left"):  # noqa: PT012 - either may
        writer.add(a_document(document_id="1", title="mới"))
        writer.commit()
    assert titles(engine) == {"1": "cũ"}
    monkeypatch.setattr(SectionFileWriter, "finish", finish)
    writer.add(a_document(document_id="2", title="hai"))
    writer.commit()
    assert titles(engine) == {"1": "mới", "2": "hai"}
