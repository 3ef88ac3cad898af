"""Turns what arrays and the system raise over files into errors of ours that help on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from civicsearch.engines.local.manifest import SEGMENTS_NAME
from civicsearch.engines.local.sections import file_checksum
from civicsearch.errors import ArchiveAccessError, ArchiveCorruptError, CivicSearchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from civicsearch.engines.local.sections import WrittenFile

__all__ = ["DamageReporter", "check_files"]


class DamageReporter:
    """Turns whatever is raised over a damaged file into one `ArchiveCorruptError`.

    Bytes that were changed may lead to any exception, from IndexError to MemoryError, so no
    narrower list would do. What the system refuses is no damage: nobody shall delete an
    archive over a permission or a full disk. And where every file is what it was, the fault is
    ours and is shown as it is.

    A context manager that threads share; `contextlib` would make a new one 25 times a search.
    """

    def __init__(self, folder: Path, find_damaged: Callable[[], list[str]]) -> None:
        """Report on the archive in `folder`; `find_damaged` names files that were changed."""
        self._folder = folder
        self._find_damaged = find_damaged

    def __enter__(self) -> None:
        """Begin to read or write files."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        """Raise what is to be said in place of an error."""
        if error is not None and not isinstance(error, CivicSearchError):
            self._report(error)

    def _report(self, error: BaseException) -> None:
        match error:
            case FileNotFoundError() | IsADirectoryError() | NotADirectoryError():
                gone = f"{_name(self._folder, error)} is gone"
                raise ArchiveCorruptError(self._folder, gone) from error
            case OSError():
                reason = error.strerror or type(error).__name__
                named = f"{_name(self._folder, error)}: {reason}" if error.filename else reason
                raise ArchiveAccessError(self._folder, named) from error
            case Exception():
                damaged = self._find_damaged()
                if damaged:
                    changed = f"{damaged[0]} was changed"
                    raise ArchiveCorruptError(self._folder, changed) from error


def check_files(folder: Path, files: Iterable[tuple[str, WrittenFile]]) -> None:
    """Compare files of segments with what was written.

    Raises:
        ArchiveCorruptError: One was changed.
        OSError: One cannot be read.
    """
    for name, written in files:
        if file_checksum(folder / SEGMENTS_NAME / name) != written:
            raise ArchiveCorruptError(folder, f"{SEGMENTS_NAME}/{name} was changed")


def _name(folder: Path, error: OSError) -> str:
    """Return which file an error is about, as seen from the archive."""
    if isinstance(error.filename, str) and Path(error.filename).is_relative_to(folder):
        return Path(error.filename).relative_to(folder).as_posix()
    return "one of its files"
