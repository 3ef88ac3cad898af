"""What was acknowledged is kept, whatever fails, whoever is killed, wherever the power goes.

The long versions are `sh script/soak`.
"""

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from civicsearch.engines.local import engine as engine_module
from civicsearch.engines.local import merging, sections
from civicsearch.engines.local import writer as writer_module
from civicsearch.engines.local.lock import WriteLock
from civicsearch.engines.local.manifest import Manifest, claim_folder
from civicsearch.errors import (
    ArchiveAccessError,
    ArchiveCorruptError,
    ArchiveLockedError,
)
from civicsearch.schema import DEFAULT_SCHEMA
from faults.breaking import break_off, check_left, power_cuts
from faults.damaging import Verdict, answers, damages, judge, make_archive
from faults.disk import Disk, Killed, io_error, no_space
from faults.killing import account_of
from faults.ledger import a_version, create, open_local, read_state, strays
from faults.reading import begin, commit_version, look, look_for
from faults.stories import STORIES, Account

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the harness speaks POSIX")

TESTS = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """What is fsynced is written down by `Disk`; that the machine really waits tests nothing."""
    monkeypatch.setattr("os.fsync", lambda descriptor: None)


@pytest.fixture(params=STORIES)
def story(request):
    return STORIES[request.param]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def engine(folder):
    engine = create(folder)
    yield engine
    engine.close()


@pytest.fixture
def writer(engine):
    writer = engine.writer()
    yield writer
    writer.close()


def write(folder, **versions):
    """Commit documents."""
    engine = open_local(folder)
    writer = engine.writer()
    for document_id, version in versions.items():
        writer.add(a_version(document_id, version))
    writer.commit()
    writer.close()
    engine.close()


# --- killed, refused, cut off ---


def test_killed_at_any_step_nothing_acknowledged_is_lost(story, tmp_path):
    outcomes = 0
    for outcome in break_off(story, tmp_path, Killed):
        outcomes += 1
        check_left(outcome.folder, outcome.account)
    assert outcomes > 2


def test_what_a_full_disk_refuses_is_not_acknowledged(story, tmp_path):
    for outcome in break_off(story, tmp_path, no_space):
        check_refused(outcome)


@pytest.mark.parametrize("name", ["make", "merge"])
def test_what_a_disk_that_stays_broken_refuses_is_not_acknowledged(name, tmp_path):
    for outcome in break_off(STORIES[name], tmp_path, io_error, is_sticky=True):
        check_refused(outcome)


def check_refused(outcome):
    state = check_left(outcome.folder, outcome.account)
    if outcome.error is not None and not outcome.has_published:
        assert state == outcome.account.kept, outcome.failed


def test_a_power_cut_at_any_moment_leaves_all_that_was_acknowledged(story, tmp_path):
    assert check_power_cuts(story, tmp_path) > 2


def check_power_cuts(story, base):
    states = 0
    for outcome in power_cuts(story, base, count=1):
        states += 1
        check_left(outcome.folder, outcome.account, is_mended=states % 3 == 0)
        shutil.rmtree(outcome.root)
    return states


def test_the_power_cuts_would_show_a_file_that_is_not_fsynced(tmp_path, monkeypatch):
    """The harness itself can fail: without the fsync of segments, archives are lost."""
    monkeypatch.setattr(sections.os, "fsync", lambda descriptor: None)
    monkeypatch.setattr(Disk, "_os_fsync", unsynced_segments(Disk._os_fsync))
    with pytest.raises((AssertionError, ArchiveCorruptError)):
        check_power_cuts(STORIES["flush often"], tmp_path)


def unsynced_segments(fsync):
    def forget_segments(disk, descriptor):
        if not disk._descriptors.get(descriptor, ("",))[0].endswith(".seg"):
            fsync(disk, descriptor)

    return forget_segments


def test_a_process_that_is_killed_while_it_writes_loses_nothing_it_was_promised(folder, engine):
    state, chance = {}, random.Random(7)  # noqa: S311 - to be repeated
    for seed in range(3):
        command = [sys.executable, "-m", "faults.killing", folder, str(seed)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=TESTS) as process:
            first = process.stdout.readline()
            time.sleep(chance.random() * 0.1)
            process.kill()
            account, _ = account_of(state, [first, *process.stdout])
        state = check_left(folder, account)
        state["after"] = 1


# --- a writer after an error ---


def test_a_commit_that_was_refused_can_be_tried_again(folder, engine, writer):
    writer.add(a_version("a", 1))
    writer.commit()
    writer.add(a_version("a", 2))
    with (
        Disk(folder, fail_at=2, has_reads=False),
        pytest.raises(ArchiveAccessError, match="No space left"),
    ):
        writer.commit()
    assert read_state(folder) == {"a": 1}
    assert not strays(folder)
    writer.commit()
    assert read_state(folder) == {"a": 2}


def test_a_writer_that_cannot_know_whether_it_committed_writes_no_more(folder, engine, writer):
    """The folder's fsync fails after the rename: either manifest may be there after a power cut."""
    writer.add(a_version("a", 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", refuse_folder(folder))
        with pytest.raises(ArchiveAccessError, match="Input/output error"):
            writer.commit()
    for again in (writer.commit, writer.optimize, lambda: writer.add(a_version("b", 1))):
        with pytest.raises(ArchiveAccessError, match="broke off at its very end"):
            again()
    writer.close()
    assert read_state(folder) == {"a": 1}
    assert check_left(folder, Account(kept={"a": 1})) == {"a": 1}


def refuse_folder(folder):
    """Return an fsync that fails for one folder."""

    def fsync(descriptor):
        if os.path.samestat(os.fstat(descriptor), folder.stat()):
            raise io_error()

    return fsync


def test_a_merge_that_has_no_room_does_not_fail_the_commit(folder, engine, writer, monkeypatch):
    def refuse(*args):
        raise no_space()

    for number in range(merging.MERGE_FACTOR - 1):
        writer.add(a_version(f"d{number}", 1))
        writer.commit()
    with monkeypatch.context() as patch:
        patch.setattr(writer_module, "merge_segments", refuse)
        writer.add(a_version("last", 1))
        writer.commit()
    before = len(Manifest.load(folder, schema=DEFAULT_SCHEMA).segments)
    assert read_state(folder)["last"] == 1
    writer.add(a_version("later", 1))
    writer.commit()
    assert len(Manifest.load(folder, schema=DEFAULT_SCHEMA).segments) < before


def test_a_fault_of_ours_on_intact_files_is_shown_as_it_is(engine, writer, monkeypatch):
    def stumble(*args):
        raise IndexError

    writer.add(a_version("a", 1))
    with monkeypatch.context() as patch:
        patch.setattr(writer_module, "segments_to_merge", stumble)
        with pytest.raises(IndexError):
            writer.commit()


def test_a_writer_whose_archive_was_deleted_and_made_again_leaves_the_new_one_alone(
    folder, engine, writer
):
    writer.add(a_version("old", 1))
    shutil.rmtree(folder)
    create(folder).close()
    write(folder, new=1)
    with pytest.raises(ArchiveAccessError, match="deleted or replaced"):
        writer.commit()
    writer.close()
    assert check_left(folder, Account(kept={"new": 1})) == {"new": 1}


def test_what_killed_processes_left_is_swept_away(folder, engine):
    (folder / "manifest.json.1.tmp").write_bytes(b"half")
    (folder / "segments").mkdir()
    (folder / "segments" / "000009.seg").write_bytes(b"half")
    (folder / "segments" / "000001.7.del").write_bytes(b"half")
    engine.writer().close()
    assert not strays(folder)


def test_archives_made_by_two_at_once_are_one(folder, monkeypatch):
    """The slower one finds the archive of the quicker one, and does not empty it."""
    load = Manifest.load
    looks = []

    def overtaken(*args, **options):
        looks.append(1)
        if len(looks) == 1:
            with monkeypatch.context() as patch:
                patch.setattr(Manifest, "load", load)
                create(folder).close()
                write(folder, quick=1)
            raise_not_found(folder)
        return load(*args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Manifest, "load", overtaken)
        claim_folder(folder, schema=DEFAULT_SCHEMA)
    assert read_state(folder) == {"quick": 1}


def raise_not_found(folder):
    Manifest.load(folder / "nothing", schema=DEFAULT_SCHEMA)


# --- damage ---


@pytest.fixture(scope="module")
def intact(tmp_path_factory):
    folder = tmp_path_factory.mktemp("intact") / "index"
    make_archive(folder, documents=6, segments=2)
    engine = open_local(folder)
    right = answers(engine)
    engine.close()
    names = [p.relative_to(folder).as_posix() for p in sorted(folder.rglob("*")) if p.is_file()]
    return folder, right, [name for name in names if name != "write.lock"]


def test_every_damaged_file_is_named(intact, tmp_path):
    archive, right, names = intact
    copy = tmp_path / "copy"
    shutil.copytree(archive, copy)
    verdicts = []
    for name in names:
        data = (archive / name).read_bytes()
        for what, changed in damages(data, step=max(1, len(data) // 60) | 1):
            (copy / name).write_bytes(changed)
            verdict = judge(copy, name, right)
            assert verdict is not Verdict.WRONG, f"{name}: {what}"
            verdicts.append(verdict)
        (copy / name).write_bytes(data)
    assert judge(copy, "", right) is Verdict.SAME
    assert verdicts.count(Verdict.NAMED) > 0.9 * len(verdicts)


def test_damage_that_no_checksum_was_held_against_ends_in_no_traceback(
    intact, tmp_path, monkeypatch
):
    """As in archives so large that only `check` reads all of them."""
    monkeypatch.setattr(engine_module, "_VERIFIED_BYTES", 0)
    archive, right, names = intact
    copy = tmp_path / "copy"
    shutil.copytree(archive, copy)
    for name in names:
        data = (archive / name).read_bytes()
        for _, changed in damages(data, step=max(1, len(data) // 25) | 1):
            (copy / name).write_bytes(changed)
            judge(copy, name, right)
        (copy / name).write_bytes(data)


@pytest.mark.parametrize("kind", ["gone", "a folder", "empty", "another's"])
def test_a_file_that_is_not_there_or_another_is_named(intact, tmp_path, kind):
    archive, right, names = intact
    for number, name in enumerate(names):
        copy = tmp_path / f"{number}"
        shutil.copytree(archive, copy)
        (copy / name).unlink()
        if kind == "a folder":
            (copy / name).mkdir()
        elif kind == "empty":
            (copy / name).touch()
        elif kind == "another's":
            shutil.copy(archive / names[number - 1], copy / name)
        if name == "manifest.json":
            damaged = kind != "a folder"
            expected = ArchiveCorruptError if damaged else ArchiveAccessError
            with pytest.raises(expected):
                open_local(copy)
        else:
            assert judge(copy, name, right) is Verdict.NAMED


def test_a_value_of_the_manifest_that_was_changed_by_hand_is_noticed(intact, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(intact[0], copy)
    values = json.loads((copy / "manifest.json").read_text())
    for name in ("generation", "next_segment", "schema", "analyzer", "segments"):
        changed = {**values, name: "0" * 64 if isinstance(values[name], str) else []}
        (copy / "manifest.json").write_text(json.dumps(changed))
        with pytest.raises(ArchiveCorruptError, match=r"manifest.json was changed"):
            open_local(copy)


@pytest.mark.parametrize("suffix", [".seg", ".del"])
def test_damage_gets_no_right_checksum_by_a_merge_or_a_commit(
    intact, tmp_path, suffix, monkeypatch
):
    monkeypatch.setattr(engine_module, "_VERIFIED_BYTES", 0)
    copy = tmp_path / "copy"
    shutil.copytree(intact[0], copy)
    name = next(name for name in intact[2] if name.endswith(suffix))
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)
    engine = open_local(copy)
    writer = engine.writer()
    with pytest.raises(ArchiveCorruptError, match=name):
        writer.optimize()
    if suffix == ".del":
        writer.add(a_version("d1", 5))
        with pytest.raises(ArchiveCorruptError, match=name):
            writer.commit()
    writer.close()
    assert engine.damaged_files() == [name]
    engine.close()


def test_a_place_of_the_disk_that_cannot_be_read_is_damage_to_the_check(
    folder, engine, monkeypatch
):
    def refuse(path):
        raise OSError(errno.EIO, "Input/output error")

    write(folder, a=1)
    monkeypatch.setattr(engine_module, "file_checksum", refuse)
    assert engine.damaged_files() == ["segments/000001.seg"]


def test_a_check_during_a_commit_finds_nothing_damaged(folder, engine, monkeypatch):
    """What the old manifest names goes while the check looks for it."""
    checksum, commits = engine_module.file_checksum, []

    def overtaken(path):
        if not commits:
            commits.append(1)
            write(folder, a=2)
        return checksum(path)

    write(folder, a=1)
    monkeypatch.setattr(engine_module, "file_checksum", overtaken)
    assert engine.damaged_files() == []


def test_files_that_a_commit_takes_away_during_an_opening_are_not_missed(
    folder, engine, monkeypatch
):
    check, versions = engine_module.check_files, iter(range(2, 7))

    def overtaken(*args):
        with monkeypatch.context() as patch:
            patch.setattr(engine_module, "check_files", check)
            for version in versions:
                write(folder, a=version)
                break
        return check(*args)

    write(folder, a=1)
    monkeypatch.setattr(engine_module, "check_files", overtaken)
    assert engine.searcher().document("a") == a_version("a", 6)


# --- more than one ---


HOLD_THE_LOCK = """
import sys, time
from pathlib import Path
from civicsearch.engines.local.lock import WriteLock
lock = WriteLock(Path(sys.argv[1]))
print("ready", flush=True)
time.sleep(60)
"""


def test_the_second_writer_is_told_who_the_first_is_until_that_is_killed(folder, engine):
    command = [sys.executable, "-c", HOLD_THE_LOCK, folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        with pytest.raises(ArchiveLockedError, match=rf"\(process {process.pid}\)"):
            engine.writer()
        os.kill(process.pid, signal.SIGKILL)
    engine.writer().close()


def test_a_full_disk_leaves_the_lock_nameless_and_held(folder, engine):
    with Disk(folder, fail_at=3, has_reads=False) as disk:
        lock = WriteLock(folder)
    assert disk.failed == "write write.lock"
    with pytest.raises(ArchiveLockedError, match=r"by another process\. Wait"):
        WriteLock(folder)
    lock.release()
    WriteLock(folder).release()


def test_a_file_system_without_locks_is_not_another_writer(folder, engine, monkeypatch):
    def refuse(file, how):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    with pytest.raises(ArchiveAccessError, match="No locks available"):
        engine.writer()


def test_readers_during_commits_and_merges_miss_nothing(folder, tmp_path):
    note, errors, until = tmp_path / "note", [], 1
    note.write_text("0")
    begin(folder)
    engine = open_local(folder)

    def read(is_fresh):
        try:
            look_for(engine, note, until, is_fresh=is_fresh)
        except BaseException as error:  # noqa: BLE001 - a thread's errors are its own
            errors.append(error)

    threads = [threading.Thread(target=read, args=(is_fresh,)) for is_fresh in (True, False)]
    command = [sys.executable, "-m", "faults.reading", folder, note, str(until), "same"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=TESTS) as other:
        for thread in threads:
            thread.start()
        version = 0
        while any(thread.is_alive() for thread in threads):
            version += 1
            commit_version(folder, version)
            (tmp_path / "new").write_text(str(version))
            (tmp_path / "new").replace(note)
        assert int(other.stdout.read()) > 0
    assert not errors
    assert not other.returncode
    assert look(engine.searcher()) == version
    engine.close()


def test_an_archive_that_nobody_may_write_to_can_be_searched(folder, engine, monkeypatch):
    def read_only(path, mode="r", *args, **options):
        if set(mode) & set("wax+"):
            raise OSError(errno.EROFS, "Read-only file system")
        return real(path, mode, *args, **options)

    write(folder, a=1)
    real = open
    monkeypatch.setattr("io.open", read_only)
    assert read_state(folder) == {"a": 1}
    with pytest.raises(ArchiveAccessError, match="Read-only file system"):
        engine.writer()
