"""Turns what arrays and the system raise over files into errors of ours that help on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from civicsearch.errors import ArchiveAccessError, ArchiveCorruptError, CivicSearchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["report_damage"]


@contextmanager
def report_damage(
    folder: Path, find_damaged: Callable[[], list[str]] | None = None
) -> Iterator[None]:
    """Turn whatever is raised over a damaged file into one `ArchiveCorruptError`.

    Bytes that were changed may lead to any exception, from IndexError to UnicodeDecodeError, so
    no narrower list would do. What the system refuses is no damage: nobody shall delete an
    archive over a permission or a full disk. And where every file is what it was, the fault is
    ours and is shown as it is.

    Args:
        folder: The archive.
        find_damaged: Names the files that are not what they were.
    """
    try:
        yield
    except (CivicSearchError, MemoryError):
        raise
    except FileNotFoundError as error:
        raise ArchiveCorruptError(folder, "one of its files is gone") from error
    except OSError as error:
        raise ArchiveAccessError(folder, error.strerror or type(error).__name__) from error
    except Exception as error:
        damaged = find_damaged() if find_damaged is not None else [str(error)]
        if not damaged:
            raise
        raise ArchiveCorruptError(folder, f"{damaged[0]} was changed") from error
