"""Watches what a program does to the files of a folder, and lets any single step of it fail.

`Disk` stands between Python and the system: opening, writing, fsync, renaming and deleting under
its folder are counted, and the call with a given number fails as a full disk does, or as a process
does that is killed: nothing it does afterwards has any effect. Linux and other POSIX systems only.
"""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from unittest import mock

__all__ = ["Disk", "Event", "Killed", "io_error", "no_space"]


class Killed(BaseException):
    """Ends a run as SIGKILL does: no handler of ours catches it, and nothing works after it."""


def no_space() -> OSError:
    """Return what a full disk raises."""
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def io_error() -> OSError:
    """Return what a broken disk raises."""
    return OSError(errno.EIO, os.strerror(errno.EIO))


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, as a power cut must know it.

    Attributes:
        kind: create, write, truncate, sync, sync_folder, rename, unlink, mkdir or mark.
        path: Relative to the folder watched; for a mark, what was said.
        file: The number of the file, which a rename does not change.
        offset: Where a write begins, or to which size a file is cut.
        data: What was written.
        target: The new name of a renamed file.
    """

    kind: str
    path: str = ""
    file: int = -1
    offset: int = 0
    data: bytes = b""
    target: str = ""


class Disk:
    """Counts calls and fails the one with number `fail_at`, if any.

    Attributes:
        calls: How many calls were made.
        failed: What call failed, in words.
        events: What happened.
    """

    def __init__(
        self,
        root: Path,
        *,
        fail_at: int = 0,
        error: Callable[[], BaseException] = no_space,
        is_sticky: bool = False,
        has_reads: bool = True,
    ) -> None:
        """Watch `root`.

        Args:
            root: The folder.
            fail_at: The number of the call that fails, from 1.
            error: Makes what is raised then; `Killed` ends the run.
            is_sticky: Let all later calls fail as well.
            has_reads: Count opening to read.
        """
        self.root = root.resolve()
        self.calls = 0
        self.failed = ""
        self.events: list[Event] = []
        self._fail_at = fail_at
        self._error = error
        self._is_sticky = is_sticky
        self._has_reads = has_reads
        self._is_dead = False
        self._files: dict[str, int] = {}  # names as the running system sees them
        self._next_file = 0
        self._descriptors: dict[int, tuple[str, int]] = {}
        self._patches = ExitStack()

    def __enter__(self) -> Self:
        for path in sorted(self.root.rglob("*")):
            if path.is_file():
                self._number(self._name(path))
        self.first_files = dict(self._files)
        self._real = {
            name: getattr(os, name)
            for name in ("open", "fsync", "replace", "rename", "unlink", "mkdir", "utime")
        }
        self._real_open = io.open
        self._patches.enter_context(mock.patch.object(io, "open", self._open))
        for name in self._real:
            self._patches.enter_context(mock.patch.object(os, name, getattr(self, f"_os_{name}")))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._patches.close()

    def mark(self, text: str) -> None:
        """Note that something was promised or begun now."""
        self.events.append(Event("mark", text))

    # --- what is called in place of the system ---

    def _open(
        self, file: Any, mode: str = "r", buffering: int = -1, *rest: Any, **more: Any
    ) -> Any:
        path = self._watched(file)
        if path is None or (mode in ("r", "rb") and not self._has_reads):
            return self._real_open(file, mode, buffering, *rest, **more)
        if mode in ("r", "rb"):
            self._call(f"read {path}")
            return self._real_open(file, mode, buffering, *rest, **more)
        if not self._call(f"open {path}"):
            file = os.devnull
            mode = mode.replace("x", "w")
        raw = _Raw(self, file, path, mode.replace("t", ""), more.get("opener"))
        if buffering == 0:
            return raw
        buffer = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        if "b" in mode:
            return buffer
        return io.TextIOWrapper(buffer, encoding=more.get("encoding"))

    def _os_open(self, path: Any, flags: int, *rest: Any, **more: Any) -> int:
        watched = self._watched(path)
        if watched is None:
            return self._real["open"](path, flags, *rest, **more)
        self._call(f"open {watched}")
        descriptor = self._real["open"](path, flags, *rest, **more)
        self._descriptors[descriptor] = watched, -1
        return descriptor

    def _os_fsync(self, descriptor: Any) -> None:
        number = descriptor if isinstance(descriptor, int) else descriptor.fileno()
        path, file = self._descriptors.get(number, ("", -1))
        if self._call(f"fsync {path or '.'}"):
            self.events.append(Event("sync_folder" if file < 0 else "sync", path, file))

    def _os_replace(self, source: Any, target: Any, **more: Any) -> None:
        self._rename("replace", source, target, more)

    def _os_rename(self, source: Any, target: Any, **more: Any) -> None:
        self._rename("rename", source, target, more)

    def _rename(self, how: str, source: Any, target: Any, more: dict[str, Any]) -> None:
        old, new = self._watched(source), self._watched(target)
        if old is None or new is None:
            self._real[how](source, target, **more)
        elif self._call(f"rename {old}"):
            self._real[how](source, target, **more)
            self._files[new] = self._files.pop(old)
            self.events.append(Event("rename", old, self._files[new], target=new))

    def _os_unlink(self, path: Any, **more: Any) -> None:
        watched = self._watched(path)
        if watched is None:
            self._real["unlink"](path, **more)
        elif self._call(f"unlink {watched}"):
            self._real["unlink"](path, **more)
            self.events.append(Event("unlink", watched, self._files.pop(watched, -1)))

    def _os_mkdir(self, path: Any, *rest: Any, **more: Any) -> None:
        watched = self._watched(path)
        if watched is None:
            self._real["mkdir"](path, *rest, **more)
        elif self._call(f"mkdir {watched}"):
            self._real["mkdir"](path, *rest, **more)
            self.events.append(Event("mkdir", watched))

    def _os_utime(self, path: Any, *rest: Any, **more: Any) -> None:
        watched = self._watched(path)
        if watched is None or self._call(f"utime {watched}"):
            self._real["utime"](path, *rest, **more)

    # --- files opened to write ---

    def opened(self, raw: _Raw, path: str, mode: str) -> None:
        """Take note of a file that was opened to write."""
        if Path(self.root, path).is_dir():  # a file without a name
            self._descriptors[raw.fileno()] = path, self._new_number()
            return
        is_new = path not in self._files
        file = self._number(path)
        self._descriptors[raw.fileno()] = path, file
        if is_new:
            self.events.append(Event("create", path, file))
        elif "w" in mode:
            self.events.append(Event("truncate", path, file))

    def write(self, raw: _Raw, data: bytes, write: Callable[[bytes], int]) -> int:
        """Write a piece of a file; where that fails, half of it is written."""
        path, file = self._descriptors.get(raw.fileno(), ("", -1))
        if self._is_dead:
            return len(data)
        at = raw.tell()
        try:
            self._call(f"write {path}")
        except OSError:
            half = data[: len(data) // 2]
            self.events.append(Event("write", path, file, at, half))
            write(half)
            raise
        written = write(data)
        self.events.append(Event("write", path, file, at, data[:written]))
        return written

    def truncate(self, raw: _Raw, size: int, truncate: Callable[[int], int]) -> int:
        """Cut a file."""
        path, file = self._descriptors.get(raw.fileno(), ("", -1))
        if self._is_dead:
            return size
        self._call(f"truncate {path}")
        self.events.append(Event("truncate", path, file, size))
        return truncate(size)

    # --- counting and failing ---

    def _call(self, what: str) -> bool:
        """Count a call and fail it if it is its turn; return whether it may have an effect."""
        if self._is_dead:
            return False
        self.calls += 1
        if not self._fail_at or self.calls < self._fail_at:
            return True
        if self.calls > self._fail_at and not self._is_sticky:
            return True
        self.failed = self.failed or what
        error = self._error()
        self._is_dead = isinstance(error, Killed)
        raise error

    def _watched(self, path: Any) -> str | None:
        if not isinstance(path, str | os.PathLike):
            return None
        found = Path(os.path.abspath(path))  # noqa: PTH100 - resolve would follow links
        return self._name(found) if found.is_relative_to(self.root) else None

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _number(self, name: str) -> int:
        if name not in self._files:
            self._files[name] = self._new_number()
        return self._files[name]

    def _new_number(self) -> int:
        self._next_file += 1
        return self._next_file


class _Raw(io.FileIO):
    """A file without a buffer: each call of it is one of the system."""

    def __init__(self, disk: Disk, file: Any, path: str, mode: str, opener: Any) -> None:
        super().__init__(file, mode.replace("b", ""), opener=opener)
        self._disk = disk
        if file is not os.devnull:
            disk.opened(self, path, mode)

    def write(self, data: Any) -> int:
        return self._disk.write(self, bytes(data), super().write)

    def truncate(self, size: int | None = None) -> int:
        return self._disk.truncate(self, self.tell() if size is None else size, super().truncate)
