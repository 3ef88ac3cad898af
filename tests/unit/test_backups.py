import errno
import io
import shutil
import tarfile

import pytest

from civicsearch import (
    Archive,
    ArchiveCorruptError,
    ArchiveNotFoundError,
    ArchiveVersionError,
    BackupError,
    Document,
    InvalidOptionError,
)
from civicsearch.backups import backup, restore
from civicsearch.engines.local import backup as backups


@pytest.fixture
def index(tmp_path):
    """Two segments, one with a deletion."""
    path = tmp_path / "index"
    with Archive.create(path) as archive:
        archive.add([Document(document_id="1", title="Cầu mới"), Document(document_id="2")])
        archive.add(Document(document_id="3", title="Cầu cũ"))
        archive.delete("2")
    return path


def found(path):
    with Archive.open(path) as archive:
        return [hit.document_id for hit in archive.search("cầu").hits], archive.check()


def packed(members, path):
    """Write a tar file of names and bytes."""
    with tarfile.open(path, "w") as tar:
        for name, data in members:
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return path


def unpacked(path):
    with tarfile.open(path) as tar:
        return [(member.name, tar.extractfile(member).read()) for member in tar]


def test_a_backup_comes_back_as_it_was(index, tmp_path):
    assert backup(index, tmp_path / "a.tar") == 2
    assert restore(tmp_path / "a.tar", tmp_path / "deep" / "new") == 2
    assert found(tmp_path / "deep" / "new") == found(index)
    assert found(index) == (found(index)[0], ())
    (tmp_path / "empty").mkdir()
    assert restore(tmp_path / "a.tar", tmp_path / "empty") == 2
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["a.tar", "deep", "empty", "index"]


def test_any_program_unpacks_a_backup_to_an_archive(index, tmp_path):
    backup(index, tmp_path / "a.tar")
    shutil.unpack_archive(tmp_path / "a.tar", tmp_path / "new", filter="data")
    assert found(tmp_path / "new") == found(index)


def test_what_was_restored_is_written_to_as_any_other(index, tmp_path):
    backup(index, tmp_path / "a.tar")
    restore(tmp_path / "a.tar", tmp_path / "new")
    with Archive.open(tmp_path / "new") as archive:
        archive.add(Document(document_id="4", title="Cầu treo"))
        assert archive.search("cầu").total.value == 3
        archive.optimize()
        assert archive.check() == ()


def test_an_archive_is_backed_up_while_somebody_writes(index, tmp_path, monkeypatch):
    """A commit takes files away that were to be copied: then its own are."""
    parse = backups.Manifest.load
    commits = []

    def load(folder, *, schema):
        manifest = parse(folder, schema=schema)
        if not commits:
            commits.append(manifest)
            with Archive.open(index) as archive:
                archive.add(Document(document_id="4", title="Cầu treo"))
                archive.optimize()
        return manifest

    monkeypatch.setattr(backups.Manifest, "load", load)
    assert backup(index, tmp_path / "a.tar") == 3


def test_nothing_is_replaced(index, tmp_path):
    (tmp_path / "a.tar").write_text("mine")
    with pytest.raises(BackupError, match="there is something of this name"):
        backup(index, tmp_path / "a.tar")
    backup(index, tmp_path / "b.tar")
    with pytest.raises(BackupError, match="index' is not empty"):
        restore(tmp_path / "b.tar", index)
    assert found(index)[1] == ()


def test_a_damaged_archive_is_not_backed_up(index, tmp_path):
    path = next((index / "segments").glob("*.seg"))
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(ArchiveCorruptError, match=rf"{path.name} was changed"):
        backup(index, tmp_path / "a.tar")
    path.write_bytes(data[:-5])
    with pytest.raises(ArchiveCorruptError, match=rf"{path.name} was changed"):
        backup(index, tmp_path / "a.tar")
    path.unlink()
    with pytest.raises(ArchiveCorruptError, match=rf"{path.name} is gone"):
        backup(index, tmp_path / "a.tar")
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_what_is_not_there_is_named(index, tmp_path):
    with pytest.raises(ArchiveNotFoundError):
        backup(tmp_path / "none", tmp_path / "a.tar")
    with pytest.raises(BackupError, match=r"a\.tar' cannot be used: No such file"):
        restore(tmp_path / "a.tar", tmp_path / "new")
    with pytest.raises(BackupError, match="No such file or directory"):
        backup(index, tmp_path / "none" / "a.tar")
    with pytest.raises(InvalidOptionError, match="file cannot be 5"):
        backup(index, 5)


def test_every_damaged_byte_and_every_cut_is_noticed(index, tmp_path):
    whole = tmp_path / "a.tar"
    backup(index, whole)
    data = whole.read_bytes()
    damaged = tmp_path / "b.tar"
    content = {name: data.index(part) for name, part in unpacked(whole)}
    for place in [0, 200, *(start + 40 for start in content.values())]:
        damaged.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        with pytest.raises(BackupError, match=r"b\.tar' cannot be used"):
            restore(damaged, tmp_path / "new")
    for size in (0, 100, 512, 1000, len(data) // 2, max(content.values()) + 10):
        damaged.write_bytes(data[:size])
        with pytest.raises(BackupError, match=r"b\.tar' cannot be used"):
            restore(damaged, tmp_path / "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tar", "b.tar", "index"]


def test_no_member_leads_out_of_the_folder(index, tmp_path):
    backup(index, tmp_path / "a.tar")
    first, *others = unpacked(tmp_path / "a.tar")
    for name in ("../out", "segments/../../out", "/out", "segments/none.seg"):
        hostile = packed([first, (name, b"x"), *others], tmp_path / "b.tar")
        with pytest.raises(BackupError, match="is no part of it"):
            restore(hostile, tmp_path / "new")
    with pytest.raises(BackupError, match=r"does not begin with manifest\.json"):
        restore(packed(others, tmp_path / "b.tar"), tmp_path / "new")
    with pytest.raises(BackupError, match=r"manifest\.json was changed"):
        restore(packed([("manifest.json", b"{}")], tmp_path / "b.tar"), tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_backup_of_another_version_is_told_apart(index, tmp_path):
    backup(index, tmp_path / "a.tar")
    (name, manifest), *others = unpacked(tmp_path / "a.tar")
    other = manifest.replace(b'"format_version": ', b'"format_version": 9')
    with pytest.raises(ArchiveVersionError):
        restore(packed([(name, other), *others], tmp_path / "b.tar"), tmp_path / "new")


def test_a_folder_that_cannot_be_made_is_what_is_named(index, tmp_path):
    backup(index, tmp_path / "a.tar")
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "new"):
        with pytest.raises(BackupError, match=f"'{folder}' cannot be made: "):
            restore(tmp_path / "a.tar", folder)


def test_the_folder_of_the_process_is_not_replaced(index, tmp_path, monkeypatch):
    """Whoever stands in it would go on standing in one that is gone."""
    backup(index, tmp_path / "a.tar")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(BackupError, match=r"'\.' cannot be replaced\. Name a folder that is not"):
        restore(tmp_path / "a.tar", ".")
    assert list(tmp_path.glob("here/*")) == []


def test_a_full_disk_is_named_by_the_folder_not_the_backup(index, tmp_path, monkeypatch):
    backup(index, tmp_path / "a.tar")

    def full(source, path):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backups, "_copy", full)
    with pytest.raises(BackupError, match=f"'{tmp_path / 'new'}' cannot be made: No space left"):
        restore(tmp_path / "a.tar", tmp_path / "new")
    assert not (tmp_path / "new").exists()
