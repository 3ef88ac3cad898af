"""The write lock: the operating system's, so it is free again when its owner dies."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from typing import TYPE_CHECKING, BinaryIO

from civicsearch.errors import ArchiveAccessError, ArchiveLockedError

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = ["LOCK_NAME", "WriteLock"]

LOCK_NAME = "write.lock"
_OWNER_BYTES = 200
_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EDEADLK, errno.EWOULDBLOCK}


class WriteLock:
    """Held from its making until `release`. The file names its owner and stays where it is."""

    def __init__(self, folder: Path) -> None:
        """Take the lock.

        Raises:
            ArchiveLockedError: Somebody has it; the error says who.
            ArchiveAccessError: The file cannot be written, or not be locked.
        """
        self._path = folder / LOCK_NAME
        self._file: BinaryIO | None = None
        self._owner = os.getpid()
        try:
            # Opened so that the owner's name stays, and without a buffer that fails when closed.
            file = self._path.open("a+b", buffering=0)
        except OSError as error:
            raise ArchiveAccessError(folder, error.strerror or str(error)) from error
        try:
            _take(file, folder)
            with contextlib.suppress(OSError):  # on a full disk it is nameless, but held
                file.truncate(0)
                file.write(f"process {os.getpid()}\n".encode())
        except BaseException:
            file.close()
            raise
        self._file = file

    def is_in_place(self) -> bool:
        """Return whether the lock is the one that others meet: not if the folder was replaced."""
        try:
            return self._file is not None and os.path.samestat(
                os.fstat(self._file.fileno()), self._path.stat()
            )
        except OSError:
            return False

    def release(self) -> None:
        """Let others write. Doing so twice is harmless."""
        if self._file is None:
            return
        file, self._file = self._file, None
        try:
            if self._owner == os.getpid():  # a forked child must not free what its parent holds
                with contextlib.suppress(OSError):
                    file.truncate(0)
                with contextlib.suppress(OSError):
                    _unlock(file)
        finally:
            file.close()


def _take(file: BinaryIO, folder: Path) -> None:
    try:
        _lock(file)
    except OSError as error:
        if error.errno not in _TAKEN:  # a file system that knows no locks
            raise ArchiveAccessError(folder, error.strerror or str(error)) from error
        file.seek(0)
        owner = file.read(_OWNER_BYTES).decode("utf-8", "replace")
        raise ArchiveLockedError(
            folder, owner=owner.strip() if owner.endswith("\n") else ""
        ) from None


def _lock(file: BinaryIO) -> None:
    if sys.platform == "win32":
        file.seek(_OWNER_BYTES)  # a byte beyond the text: others may read who has it
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _unlock(file: BinaryIO) -> None:
    """Free the lock at once: closing alone does not where a child was forked meanwhile."""
    if sys.platform != "win32":
        fcntl.flock(file, fcntl.LOCK_UN)
