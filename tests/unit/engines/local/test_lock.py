import os

import pytest

from civicsearch.engines.local.lock import LOCK_NAME, WriteLock
from civicsearch.errors import ArchiveAccessError, ArchiveLockedError


def test_who_comes_second_is_told_who_was_first(tmp_path):
    lock = WriteLock(tmp_path)
    with pytest.raises(ArchiveLockedError, match="by this process already"):
        WriteLock(tmp_path)
    lock.release()


def test_the_file_names_its_owner_while_it_is_held_and_stays(tmp_path):
    lock = WriteLock(tmp_path)
    assert (tmp_path / LOCK_NAME).read_text() == f"process {os.getpid()}\n"
    lock.release()
    assert (tmp_path / LOCK_NAME).read_text() == ""


def test_releasing_twice_is_harmless(tmp_path):
    lock = WriteLock(tmp_path)
    lock.release()
    other = WriteLock(tmp_path)
    lock.release()
    with pytest.raises(ArchiveLockedError):
        WriteLock(tmp_path)
    other.release()


def test_a_child_that_was_forked_meanwhile_does_not_keep_it(tmp_path):
    """The child has the same file open: here, as a duplicate."""
    lock = WriteLock(tmp_path)
    of_the_child = os.dup(lock._file.fileno())
    lock.release()
    WriteLock(tmp_path).release()
    os.close(of_the_child)


def test_a_child_does_not_free_what_its_parent_holds(tmp_path, monkeypatch):
    lock = WriteLock(tmp_path)
    of_the_parent = os.dup(lock._file.fileno())
    with monkeypatch.context() as child:
        child.setattr("os.getpid", lambda: 1)
        lock.release()
    with pytest.raises(ArchiveLockedError):
        WriteLock(tmp_path)
    os.close(of_the_parent)
    WriteLock(tmp_path).release()


def test_a_longer_name_of_an_owner_who_died_is_replaced(tmp_path):
    (tmp_path / LOCK_NAME).write_text("process 123456789 on another machine\n")
    lock = WriteLock(tmp_path)
    assert (tmp_path / LOCK_NAME).read_text() == f"process {os.getpid()}\n"
    lock.release()


def test_a_folder_that_is_not_there_cannot_be_locked(tmp_path):
    with pytest.raises(ArchiveAccessError):
        WriteLock(tmp_path / "missing")


def test_a_lock_knows_whether_it_is_the_one_that_others_meet(tmp_path):
    lock = WriteLock(tmp_path)
    assert lock.is_in_place()
    (tmp_path / LOCK_NAME).unlink()
    assert not lock.is_in_place()
    (tmp_path / LOCK_NAME).touch()
    assert not lock.is_in_place()
    lock.release()
    assert not lock.is_in_place()
