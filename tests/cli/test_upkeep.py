"""`civicsearch check`, `optimize`, `backup` and `restore`: whether the index is sound, and copies."""

import json
import os
import pathlib
import re
import signal

import pytest

from civicsearch import Archive, ArchiveCorruptError, Document, InvalidOptionError
from civicsearch.reports import OptimizeReport


@pytest.fixture
def pieces(index):
    """The index with two more segments and one deletion."""
    with Archive.open(index) as archive:
        archive.add(Document(document_id="khe-4", title="Dân vận ở Nậm Lống"))
        archive.add(Document(document_id="khe-5", title="Họp dân"))
        archive.delete("khe-2")
    return index


def spoil(index, number=0):
    """Change one byte in the middle of a segment."""
    path = sorted((index / "segments").glob("*.seg"))[number]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    return f"segments/{path.name}"


def test_check_of_a_sound_index(call, pieces):
    """Three segments, one list of deleted documents, and the manifest."""
    done = call("check")
    assert (done.status, done.err) == (0, "")
    assert done.out == "5 files, 4 documents: all as they were written.\n"


def test_check_of_an_empty_index(call, tmp_path):
    """There is a manifest, and it has a checksum too."""
    Archive.create(tmp_path / "index").close()
    assert call("check").out == "1 file, 0 documents: all as they were written.\n"


def test_check_names_damaged_files(call, pieces):
    """One a line, status 2, what to do as a message."""
    damaged = [spoil(pieces, 0), spoil(pieces, 2)]
    done = call("check")
    assert (done.status, done.out.splitlines()) == (2, damaged)
    assert done.err == (
        "2 of 5 files of the index 'index' are not as written. Take an undamaged copy, or delete "
        "the folder and build it again with `civicsearch ingest`.\n"
    )


def test_check_names_a_file_that_is_gone(call, pieces):
    """What is not there is not as it was written."""
    (gone,) = (pieces / "segments").glob("*.del")
    gone.unlink()
    done = call("check")
    assert (done.status, done.out) == (2, f"segments/{gone.name}\n")
    assert done.err.startswith("1 of 5 files of the index 'index' is not as written.")


def test_check_json(call, pieces):
    """The same as data, and the same status."""
    assert json.loads(call("check", "--json").out) == {"files": 5, "documents": 4, "damaged": []}
    name = spoil(pieces)
    done = call("check", "--json")
    assert done.status == 2
    assert json.loads(done.out)["damaged"] == [name]


def test_check_changes_nothing(call, pieces):
    """Not even the lock is touched."""

    def state():
        return {path: path.stat().st_mtime_ns for path in pieces.rglob("*")}

    before = state()
    call("check")
    assert state() == before


def test_check_of_a_damaged_manifest(call, pieces):
    """Without its checksums nothing can be compared: the sentence of every command."""
    path = pieces / "manifest.json"
    path.write_text(path.read_text().replace('"generation": ', '"generation": 1'))
    done = call("check")
    assert (done.status, done.out) == (2, "")
    assert "is damaged: manifest.json was changed" in done.err


@pytest.mark.parametrize("command", ["check", "optimize"])
def test_without_an_archive(call, command):
    """The same sentence as everywhere, and nothing is made."""
    done = call(command)
    assert done.status == 2
    assert done.err.startswith("civicsearch: No archive at 'index'.")


def test_optimize_says_what_it_did(call, pieces):
    """Segments and size, before and after, on one line; data only when asked for."""
    done = call("optimize")
    assert (done.status, done.out) == (0, "")
    size = r"[\d.]+ (bytes|kB)"
    assert re.fullmatch(rf"3 segments to 1, {size} to {size}\.\n", done.err)
    assert len(list((pieces / "segments").iterdir())) == 1


def test_optimize_changes_no_answer(call, pieces):
    """The same documents in the same order, and those that were deleted stay so."""
    before = call("search", "dân vận", "--format", "jsonl").out
    call("optimize")
    assert call("search", "dân vận", "--format", "jsonl").out == before
    assert call("show", "khe-2").status == 2


def test_optimize_with_nothing_to_do(call, index):
    """A second time is told, and writes nothing."""
    before = {path: path.read_bytes() for path in index.rglob("*.*")}
    done = call("optimize")
    assert done.status == 0
    assert re.fullmatch(r"Nothing to do: 1 segment, nothing deleted, .+\.\n", done.err)
    assert {path: path.read_bytes() for path in index.rglob("*.*")} == before


def test_optimize_gives_space_of_deleted_documents_back(call, index):
    """One segment is written anew where something in it is deleted."""
    call("delete", "khe-1")
    done = call("optimize", "--json")
    report = json.loads(done.out)
    assert (report["segments_before"], report["segments_after"]) == (1, 1)
    assert report["size_bytes_after"] < report["size_bytes_before"]
    assert done.err.startswith("1 segment to 1, ")


def test_optimize_of_an_index_that_is_being_written(call, pieces):
    """It waits for nobody."""
    archive = Archive.open(pieces)
    writer = archive._engine.writer()
    try:
        done = call("optimize")
    finally:
        writer.close()
    assert done.status == 2
    assert "is being written by this process" in done.err


def test_an_archive_in_memory_is_sound_and_in_one_piece():
    """Every archive can be asked."""
    with Archive.in_memory() as archive:
        archive.add(Document(document_id="1", title="Dân"))
        assert archive.check() == ()
        assert archive.optimize() == OptimizeReport(
            segments_before=0, segments_after=0, size_bytes_before=0, size_bytes_after=0
        )
        assert len(archive) == 1


def test_an_open_archive_checks_itself(pieces):
    """Also where it was opened before the damage; opening it again is refused."""
    with Archive.open(pieces) as archive:
        assert archive.check() == ()
        name = spoil(pieces)
        assert archive.check() == (name,)
    with pytest.raises(ArchiveCorruptError, match="was changed"):
        Archive.open(pieces)


@pytest.mark.parametrize("way", [Archive.open, Archive.create])
def test_too_little_memory_is_refused(index, way):
    """The words that are remembered need some."""
    with pytest.raises(InvalidOptionError, match="memory_mb cannot be 127; it must be 128 or more"):
        way(index, memory_mb=127)


def test_memory_reaches_the_engine(index):
    """It is counted in bytes there."""
    with Archive.open(index, memory_mb=200) as archive:
        assert archive._engine.memory_bytes == 200 << 20


def test_a_backup_is_written_and_put_back(call, pieces):
    """What is in it is said as a message, or as JSON."""
    done = call("backup", "a.tar")
    assert (done.status, done.out) == (0, "")
    assert re.fullmatch(r"4 documents, [0-9.]+ kB, are in 'a\.tar'\.\n", done.err)
    again = call("backup", "a.tar")
    assert (again.status, again.out) == (2, "")
    assert "there is something of this name already" in again.err
    put_back = call("restore", "a.tar", "--index", "new", "--json")
    assert (put_back.status, json.loads(put_back.out)) == (0, {"index": "new", "documents": 4})
    assert put_back.err == "4 documents can be searched in 'new'.\n"
    assert call("search", "dân vận", "--index", "new").out == call("search", "dân vận").out
    assert call("restore", "a.tar").status == 2
    said = json.loads(call("backup", "b.tar", "--json").out)
    assert set(said) == {"file", "documents", "size_bytes"}


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("verb", ["backup", "restore"])
def test_nothing_is_left_of_what_a_signal_ends(call, pieces, monkeypatch, verb, number, status):
    call("backup", "a.tar")
    before = sorted(pieces.parent.iterdir()), signal.getsignal(number)

    def end(self, *paths):
        os.kill(os.getpid(), number)

    monkeypatch.setattr(pathlib.Path, "rename", end)
    there = ("--index", "other") if verb == "restore" else ()
    done = call(verb, "a.tar" if verb == "restore" else "b.tar", *there)
    assert (done.status, done.out) == (status, "")
    assert (sorted(pieces.parent.iterdir()), signal.getsignal(number)) == before


def test_a_damaged_backup_is_refused_in_one_sentence(call, pieces):
    (pieces.parent / "a.tar").write_bytes(b"no tar file")
    done = call("restore", "a.tar", "--index", "new")
    assert (done.status, done.out) == (2, "")
    assert done.err.endswith("'a.tar' cannot be used: it is no tar file, or cut short.\n")
    assert not (pieces.parent / "new").exists()
