"""The write lock: the operating system's, so it is free again when its owner dies."""

from __future__ import annotations

import contextlib
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


class WriteLock:
    """Held from its making until `release`. The file names its owner and stays where it is."""

    def __init__(self, folder: Path) -> None:
        """Take the lock.

        Raises:
            ArchiveLockedError: Somebody has it; the error says who.
            ArchiveAccessError: The file cannot be written.
        """
        path = folder / LOCK_NAME
        try:
            self._file: BinaryIO | None = path.open("r+b" if path.exists() else "w+b")
        except OSError as error:
            raise ArchiveAccessError(folder, error.strerror or str(error)) from error
        try:
            _lock(self._file)
        except OSError:
            owner = self._file.read(_OWNER_BYTES).decode("utf-8", "replace").strip()
            self._file.close()
            raise ArchiveLockedError(folder, owner=owner) from None
        self._file.seek(0)
        self._file.truncate()
        self._file.write(f"process {os.getpid()}\n".encode())
        self._file.flush()

    def release(self) -> None:
        """Let others write. Doing so twice is harmless."""
        if self._file is None:
            return
        file, self._file = self._file, None
        with contextlib.suppress(OSError):
            file.seek(0)
            file.truncate()
        file.close()  # and with it the lock is gone


def _lock(file: BinaryIO) -> None:
    if sys.platform == "win32":
        file.seek(_OWNER_BYTES)  # a byte beyond the text: others may read who has it
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
