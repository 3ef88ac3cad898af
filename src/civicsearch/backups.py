"""An archive as one file, to be kept elsewhere and put back.

Not part of `Archive`: a backup is put back where there is no archive yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from civicsearch.arguments import as_path
from civicsearch.engines import registry
from civicsearch.schema import DEFAULT_SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["backup", "restore"]


def backup(index: str | Path, file: str | Path) -> int:
    """Write the archive at `index` to a new file, and return how many documents are in it.

    It may be searched and written to meanwhile: what the last commit left is in the backup, durable
    and checked against its checksums. The file is a tar file of the folder.

    Raises:
        ArchiveError: There is no archive, or it is damaged; the message names the file.
        BackupError: The file is there already, or cannot be written.
    """
    path, target = as_path("index", index), as_path("file", file)
    return registry.write_backup(path, target, schema=DEFAULT_SCHEMA).documents


def restore(file: str | Path, index: str | Path) -> int:
    """Make an archive at `index` of a backup, and return how many documents are in it.

    Until everything is there and checked, there is nothing at `index`.

    Args:
        file: What `backup` wrote.
        index: A folder that is empty or not there.

    Raises:
        ArchiveVersionError: The backup is of another version.
        BackupError: It is no backup, or damaged; or the folder is not empty.
    """
    source, path = as_path("file", file), as_path("index", index)
    return registry.restore_backup(source, path, schema=DEFAULT_SCHEMA).documents
