"""Turns what Whoosh and the system raise over files into errors of ours that help on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from civicsearch.errors import ArchiveAccessError, ArchiveCorruptError, CivicSearchError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["report_damage"]


@contextmanager
def report_damage(folder: Path) -> Iterator[None]:
    """Turn whatever Whoosh raises over a damaged file into one `ArchiveCorruptError`.

    Over 400 random damages it was seen to raise a dozen kinds, from struct.error to
    AssertionError, so no narrower list would do. What the system refuses is no damage: nobody
    shall delete an archive over a permission or a full disk.
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
        reason = f"{type(error).__name__} while reading it"
        raise ArchiveCorruptError(folder, reason) from error
