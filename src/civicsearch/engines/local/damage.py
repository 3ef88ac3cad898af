"""Turns what arrays and the system raise over files into errors of ours that help on."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from civicsearch.engines.local.manifest import SEGMENTS_NAME
from civicsearch.engines.local.sections import file_checksum
from civicsearch.errors import ArchiveAccessError, ArchiveCorruptError, CivicSearchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from civicsearch.engines.local.sections import WrittenFile

__all__ = ["check_files", "report_damage"]


@contextmanager
def report_damage(folder: Path, find_damaged: Callable[[], list[str]]) -> Iterator[None]:
    """Turn whatever is raised over a damaged file into one `ArchiveCorruptError`.

    Bytes that were changed may lead to any exception, from IndexError to MemoryError, so no
    narrower list would do. What the system refuses is no damage: nobody shall delete an
    archive over a permission or a full disk. And where every file is what it was, the fault is
    ours and is shown as it is.

    Args:
        folder: The archive.
        find_damaged: Names the files that are not what they were.
    """
    try:
        yield
    except CivicSearchError:
        raise
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise ArchiveCorruptError(folder, f"{_name(folder, error)} is gone") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        named = f"{_name(folder, error)}: {reason}" if error.filename else reason
        raise ArchiveAccessError(folder, named) from error
    except Exception as error:
        damaged = find_damaged()
        if not damaged:
            raise
        raise ArchiveCorruptError(folder, f"{damaged[0]} was changed") from error


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
