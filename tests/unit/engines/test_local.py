"""What is true of the archive on disk alone: its folder, its damage, other processes."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from civicsearch.archive import Archive
from civicsearch.engines.local.manifest import FORMAT_VERSION, Manifest
from civicsearch.engines.local.sections import SectionFile
from civicsearch.errors import (
    ArchiveAccessError,
    ArchiveCorruptError,
    ArchiveForeignError,
    ArchiveLockedError,
    ArchiveNotFoundError,
    ArchiveVersionError,
    DocumentNotFoundError,
)
from civicsearch.schema import DEFAULT_SCHEMA
from fakes.builders import a_document


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def filled(folder):
    with Archive.create(folder) as archive:
        archive.add([a_document(document_id="1", title="Dân vận khéo", body="Thị ủy")])
    return folder


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_archive_opens_again(filled):
    with Archive.open(filled) as archive:
        assert archive.search("dan van").total.value == 1


def test_creating_where_one_is_opens_it(filled):
    with Archive.create(filled) as archive:
        assert len(archive) == 1


def test_no_archive_says_how_to_build_one(folder):
    with pytest.raises(ArchiveNotFoundError, match=r"No archive at .*civicsearch ingest corpus"):
        Archive.open(folder)


def test_an_empty_folder_is_no_archive_but_can_become_one(folder):
    folder.mkdir()
    with pytest.raises(ArchiveNotFoundError):
        Archive.open(folder)
    Archive.create(folder).close()
    assert len(Archive.open(folder)) == 0


def test_a_folder_with_a_readme_alone_can_become_an_archive(folder):
    folder.mkdir()
    (folder / "README.md").write_text("# The index\n")
    Archive.create(folder).close()
    assert (folder / "README.md").read_text() == "# The index\n"


def make_other_files(folder):
    (folder / "thesis.doc").write_text("years of work")


def make_stock_whoosh(folder):
    from whoosh import fields, index

    index.create_in(str(folder), fields.Schema(title=fields.TEXT))


def make_other_manifest(folder):
    (folder / "manifest.json").write_text('{"name": "A web app", "icons": []}')


def make_manifest_of_another_kind(folder):
    (folder / "manifest.json").write_text('{"format": "something else"}')


def make_broken_manifest(folder):
    (folder / "manifest.json").write_text("{")


def make_list_manifest(folder):
    (folder / "manifest.json").write_text("[1]")


@pytest.mark.parametrize(
    "make",
    [
        make_other_files,
        make_stock_whoosh,
        make_other_manifest,
        make_manifest_of_another_kind,
        make_broken_manifest,
        make_list_manifest,
    ],
)
@pytest.mark.parametrize("way", [Archive.open, Archive.create])
def test_a_folder_of_somebody_else_is_refused_and_left_alone(folder, make, way):
    folder.mkdir()
    make(folder)
    before = contents(folder)
    with pytest.raises(ArchiveForeignError, match="is not a civicsearch archive"):
        way(folder)
    assert contents(folder) == before


@pytest.mark.parametrize("way", [Archive.open, Archive.create])
def test_a_file_is_no_archive(tmp_path, way):
    path = tmp_path / "index"
    path.write_text("mine")
    with pytest.raises(ArchiveForeignError):
        way(path)
    assert path.read_text() == "mine"


@pytest.mark.parametrize("version", [1, 2, "3", None])
def test_another_version_is_refused_by_name_with_what_to_do(filled, version):
    path = filled / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format_version": version}))
    with pytest.raises(ArchiveVersionError, match="build it again"):
        Archive.open(filled)


def test_a_newer_version_is_not_to_be_deleted(filled):
    """Who wrote it can read it."""
    path = filled / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format_version": 99}))
    with pytest.raises(ArchiveVersionError) as refused:
        Archive.open(filled)
    assert str(refused.value) == (
        f"The archive at '{filled}' has format 99; this version reads {FORMAT_VERSION}. "
        "A newer civicsearch wrote it: update civicsearch to use it."
    )


@pytest.mark.parametrize("name", ["segments", "generation", "schema", "checksum"])
def test_a_manifest_that_lacks_a_value_is_damage(filled, name):
    path = filled / "manifest.json"
    values = json.loads(path.read_text())
    del values[name]
    path.write_text(json.dumps(values))
    with pytest.raises(ArchiveCorruptError, match=r"manifest\.json was changed.*build it again"):
        Archive.open(filled)


def test_missing_segments_are_damage_not_an_empty_archive(filled):
    shutil.rmtree(filled / "segments")
    with pytest.raises(ArchiveCorruptError, match=r"segments/000001\.seg is gone"):
        Archive.open(filled)


@pytest.mark.parametrize("content", [b"", b"\x00" * 4000])
def test_a_file_of_nothing_is_one_clear_error(filled, content):
    (segment,) = filled.glob("segments/*.seg")
    segment.write_bytes(content)
    with pytest.raises(ArchiveCorruptError, match=r"segments/000001\.seg was changed"):
        Archive.open(filled)


def test_a_truncated_segment_is_one_clear_error(filled):
    (segment,) = filled.glob("segments/*.seg")
    segment.write_bytes(segment.read_bytes()[:100])
    with pytest.raises(ArchiveCorruptError, match=r"segments/000001\.seg was changed"):
        Archive.open(filled)


def test_damage_under_an_open_archive_is_told_when_it_is_read(filled):
    archive = Archive.open(filled)
    (segment,) = filled.glob("segments/*.seg")
    _, start = SectionFile(segment).span("stories")
    with segment.open("r+b") as file:
        file.seek(start)
        file.write(b"\xff" * 40)
    with pytest.raises(ArchiveCorruptError, match=r"segments/000001\.seg was changed"):
        archive.document("1")


def test_an_undamaged_copy_put_in_its_place_is_read_without_opening_again(filled, tmp_path):
    """Its files are called alike and are others."""
    shutil.copytree(filled, tmp_path / "copy")
    archive = Archive.open(filled)
    right = archive.document("1")
    (segment,) = filled.glob("segments/*.seg")
    _, start = SectionFile(segment).span("stories")
    with segment.open("r+b") as file:
        file.seek(start)
        file.write(b"\xff" * 40)
    with pytest.raises(ArchiveCorruptError):
        archive.document("1")
    filled.rename(tmp_path / "damaged")
    (tmp_path / "copy").rename(filled)
    assert archive.document("1") == right


def test_an_archive_without_its_manifest_is_damaged_and_not_somebody_elses(filled):
    """A copy that was cut short: nobody is to look for another folder."""
    (filled / "manifest.json").unlink()
    for way in (Archive.open, Archive.create):
        with pytest.raises(ArchiveCorruptError, match=r"manifest\.json is gone"):
            way(filled)
    (filled / "write.lock").unlink()
    with pytest.raises(ArchiveCorruptError, match=r"manifest\.json is gone"):
        Archive.open(filled)


@pytest.mark.parametrize("way", [Archive.open, Archive.create])
def test_a_path_that_leads_through_a_file_is_named_so(tmp_path, way):
    (tmp_path / "notes").write_text("mine")
    with pytest.raises(ArchiveForeignError, match="its path leads through a file"):
        way(tmp_path / "notes" / "deep" / "index")


def test_a_folder_that_vanishes_under_an_open_archive_may_come_back(filled, tmp_path):
    """A disk that is not mounted is no reason to delete anything."""
    archive = Archive.open(filled)
    filled.rename(tmp_path / "away")
    with pytest.raises(ArchiveNotFoundError, match="No archive at"):
        archive.search("dan")
    (tmp_path / "away").rename(filled)
    assert archive.search("dan").total.value


def test_a_manifest_that_vanishes_under_an_open_archive_is_told(filled):
    archive = Archive.open(filled)
    (filled / "manifest.json").unlink()
    with pytest.raises(ArchiveCorruptError, match=r"manifest\.json is gone"):
        archive.search("dan")


def test_an_open_archive_sees_what_another_one_commits(filled):
    reader, writer = Archive.open(filled), Archive.open(filled)
    assert len(reader) == 1
    writer.add(a_document(document_id="2", title="dân"))
    assert len(reader) == 2


def test_the_snapshot_is_the_same_while_nothing_is_committed(filled):
    engine = Archive.open(filled)._engine
    assert engine.searcher() is engine.searcher()


WRITE_AND_WAIT = """
import sys, time
from civicsearch import Archive, Document
archive = Archive.open(sys.argv[1])
writer = archive._engine.writer()
writer.add(Document(document_id="killed", title="giữa chừng"))
print("ready", flush=True)
time.sleep(60)
"""


def test_another_process_is_locked_out_until_the_writer_dies(filled):
    with subprocess.Popen(
        [sys.executable, "-c", WRITE_AND_WAIT, str(filled)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "ready\n"
        with pytest.raises(ArchiveLockedError, match="being written by another process"):
            Archive.open(filled).add(a_document())
        process.kill()
    with Archive.open(filled) as archive:
        archive.add(a_document(document_id="2", title="sau"))
        assert len(archive) == 2


ADD_FOR_EVER = """
import sys
from civicsearch import Archive, Document
archive = Archive.open(sys.argv[1])
for number in range(10**6):
    archive.add(Document(document_id=f"n{number}", title=f"dân {number}"))
    print(number, flush=True)
"""


@pytest.mark.parametrize("delay_s", [0.05, 0.11, 0.17, 0.23])
def test_what_was_acknowledged_before_a_kill_is_found_after_it(filled, delay_s):
    with subprocess.Popen(
        [sys.executable, "-c", ADD_FOR_EVER, str(filled)], stdout=subprocess.PIPE, text=True
    ) as process:
        last = int(process.stdout.readline())
        time.sleep(delay_s)
        os.kill(process.pid, signal.SIGKILL)
        for line in process.stdout:
            last = int(line) if line.endswith("\n") else last
    with Archive.open(filled) as archive:
        for number in range(last + 1):
            assert archive.document(f"n{number}").title == f"dân {number}"
        archive.add(a_document(document_id="after", title="sau"))
        assert archive.search("sau").total.value == 1


def test_what_the_system_refuses_is_no_damage(filled, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("civicsearch.engines.local.segment.SectionFile", refuse)
    with pytest.raises(ArchiveAccessError, match=r"Permission denied.*untouched"):
        Archive.open(filled)


def test_a_file_that_a_commit_took_away_is_looked_for_again(filled, monkeypatch):
    refused = []

    def slip_once(path):
        if not refused:
            refused.append(path)
            manifest = Manifest.load(filled, schema=DEFAULT_SCHEMA)
            replace(manifest, generation=manifest.generation + 1).save(filled)
            raise FileNotFoundError(path)
        return SectionFile(path)

    monkeypatch.setattr("civicsearch.engines.local.segment.SectionFile", slip_once)
    assert len(Archive.open(filled)) == 1
    assert len(refused) == 1


def test_segments_of_another_archive_are_damage(filled, tmp_path):
    other = tmp_path / "other"
    with Archive.create(other) as archive:
        archive.add([a_document(document_id="2", title="Mùa lúa"), a_document(document_id="3")])
    shutil.rmtree(filled / "segments")
    shutil.copytree(other / "segments", filled / "segments")
    with pytest.raises(ArchiveCorruptError, match=r"segments/000001\.seg was changed"):
        Archive.open(filled)


def test_what_an_interrupted_commit_left_is_swept_away(filled):
    """And nothing else: what others put there is theirs."""
    left = [filled / "segments" / name for name in ("000002.seg", "000001.2.del", "000009.seg")]
    for path in [*left, filled / "segments" / "notes.txt"]:
        path.write_bytes(b"half")
    with Archive.open(filled) as archive:
        archive.add(a_document(document_id="2", title="hai"))
        assert archive.search("dân OR hai").total.value == 2
    with Archive.open(filled) as archive:
        assert archive.search("dân OR hai").total.value == 2
    assert sorted(path.name for path in (filled / "segments").iterdir()) == [
        "000001.seg", "000002.seg", "notes.txt",
    ]  # fmt: skip


INGEST_WITH_WORKERS = """
import sys
from civicsearch import Archive
if __name__ == "__main__":
    Archive.open(sys.argv[1]).ingest([sys.argv[2]], jobs=2, progress=lambda p: print(p.done, flush=True))
"""


def test_a_killed_ingest_with_workers_leaves_no_lock(filled, tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    story = "<p>" + "Sáng nay, xã Nà Lường khánh thành cây cầu treo dài 120 mét. " * 5 + "</p>"
    for number in range(300):
        (pages / f"{number}.html").write_text(f"<h1>Cầu số {number}</h1>" + story * 20)
    script = tmp_path / "script.py"
    script.write_text(INGEST_WITH_WORKERS)
    with subprocess.Popen(
        [sys.executable, str(script), str(filled), str(pages)], stdout=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        process.kill()
    with Archive.open(filled) as archive:
        archive.add(a_document(document_id="2", title="hai"))
        assert len(archive) == 2


def test_an_id_that_cannot_be_written_is_no_document(filled):
    with Archive.open(filled) as archive, pytest.raises(DocumentNotFoundError):
        archive.document("\udcff")


def test_the_size_is_that_of_the_files(filled):
    with Archive.open(filled) as archive:
        assert archive.stats().size_bytes == sum(len(c) for c in contents(filled).values())
