"""The engines by name; each is loaded only when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from civicsearch.errors import InvalidOptionError

if TYPE_CHECKING:
    from pathlib import Path

    from civicsearch.schema import Schema
    from civicsearch.search.engine import Engine

__all__ = ["ENGINES", "create_engine", "open_engine"]

ENGINES = ("local", "memory")
"""The names that `Archive` understands."""


def open_engine(name: str, path: Path | None, *, schema: Schema) -> Engine:
    """Return the engine called `name` on an archive that exists.

    Raises:
        InvalidOptionError: There is no such engine.
        ArchiveError: The archive cannot be opened.
    """
    if name == "local" and path is not None:
        from civicsearch.engines.local.engine import LocalEngine

        return LocalEngine.open(path, schema=schema)
    return _memory_engine(name, schema)


def create_engine(name: str, path: Path | None, *, schema: Schema) -> Engine:
    """Return the engine called `name` on a new archive, or on the one that `path` holds.

    Raises:
        InvalidOptionError: There is no such engine.
        ArchiveError: The folder holds something else.
    """
    if name == "local" and path is not None:
        from civicsearch.engines.local.engine import LocalEngine

        return LocalEngine.create(path, schema=schema)
    return _memory_engine(name, schema)


def _memory_engine(name: str, schema: Schema) -> Engine:
    if name != "memory":
        raise InvalidOptionError(
            option="engine", value=name, expected=f"one of {', '.join(ENGINES)}"
        )
    from civicsearch.engines.memory import MemoryEngine

    return MemoryEngine(schema=schema)
