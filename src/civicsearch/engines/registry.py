"""The engines by name; each is loaded only when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from civicsearch.errors import InvalidOptionError

if TYPE_CHECKING:
    from pathlib import Path

    from civicsearch.engines.local.manifest import Manifest
    from civicsearch.schema import Schema
    from civicsearch.search.engine import Engine

__all__ = [
    "DEFAULT_MEMORY_BYTES",
    "ENGINES",
    "Inventory",
    "create_engine",
    "open_engine",
    "restore_backup",
    "take_inventory",
    "unopened_engine",
    "write_backup",
]

ENGINES = ("local", "memory")
"""The names that `Archive` understands."""
DEFAULT_MEMORY_BYTES = 512 << 20
"""How much memory documents may take before they are written to a segment."""


class Inventory(NamedTuple):
    """What the last commit of an engine says is there, whether or not it can be read.

    Attributes:
        segments: Parts of the index; 0 for an engine without files.
        files: Files with a checksum; 0 for an engine without files.
        documents: Documents that are not deleted.
    """

    segments: int
    files: int
    documents: int


def open_engine(
    name: str, path: Path | None, *, schema: Schema, memory_bytes: int = DEFAULT_MEMORY_BYTES
) -> Engine:
    """Return the engine called `name` on an archive that exists.

    Raises:
        InvalidOptionError: There is no such engine.
        ArchiveError: The archive cannot be opened.
    """
    if name == "local" and path is not None:
        from civicsearch.engines.local.engine import LocalEngine

        return LocalEngine.open(path, schema=schema, memory_bytes=memory_bytes)
    return _memory_engine(name, schema)


def create_engine(
    name: str, path: Path | None, *, schema: Schema, memory_bytes: int = DEFAULT_MEMORY_BYTES
) -> Engine:
    """Return the engine called `name` on a new archive, or on the one that `path` holds.

    Raises:
        InvalidOptionError: There is no such engine.
        ArchiveError: The folder holds something else.
    """
    if name == "local" and path is not None:
        from civicsearch.engines.local.engine import LocalEngine

        return LocalEngine.create(path, schema=schema, memory_bytes=memory_bytes)
    return _memory_engine(name, schema)


def unopened_engine(path: Path, *, schema: Schema) -> Engine:
    """Return the engine on the archive at `path` without reading it: it may be damaged."""
    from civicsearch.engines.local.engine import LocalEngine

    return LocalEngine(path, schema=schema)


def take_inventory(engine: Engine) -> Inventory:
    """Return what the last commit says is there.

    Raises:
        ArchiveError: The archive is gone, or its manifest cannot be read.
    """
    from civicsearch.engines.local.engine import LocalEngine
    from civicsearch.engines.local.manifest import Manifest

    if not isinstance(engine, LocalEngine):
        return Inventory(segments=0, files=0, documents=engine.searcher().count())
    return _inventory_of(Manifest.load(engine.folder, schema=engine.schema))


def write_backup(path: Path, file: Path, *, schema: Schema) -> Inventory:
    """Write the archive at `path` to one file, and return what is in it.

    Raises:
        ArchiveError: There is no archive, or it is damaged, or the file cannot be written.
    """
    from civicsearch.engines.local import backup

    return _inventory_of(backup.write_backup(path, file, schema=schema))


def restore_backup(file: Path, path: Path, *, schema: Schema) -> Inventory:
    """Make an archive at `path` of what `write_backup` wrote, and return what is in it.

    Raises:
        ArchiveError: It is no backup, damaged or of another version, or the folder is not empty.
    """
    from civicsearch.engines.local import backup

    return _inventory_of(backup.restore_backup(file, path, schema=schema))


def _inventory_of(manifest: Manifest) -> Inventory:
    return Inventory(
        segments=len(manifest.segments),
        files=len(manifest.files()) + 1,  # the manifest has a checksum too
        documents=manifest.documents,
    )


def _memory_engine(name: str, schema: Schema) -> Engine:
    if name != "memory":
        raise InvalidOptionError(
            option="engine", value=name, expected=f"one of {', '.join(ENGINES)}"
        )
    from civicsearch.engines.memory import MemoryEngine

    return MemoryEngine(schema=schema)
