"""`manifest.json`: what the folder is, and in which format, before anything else in it is read.

It is replaced atomically as the last step of a commit.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from civicsearch.analysis.analyzer import Analyzer
from civicsearch.errors import (
    ArchiveAccessError,
    ArchiveCorruptError,
    ArchiveForeignError,
    ArchiveNotFoundError,
    ArchiveVersionError,
)

if TYPE_CHECKING:
    from pathlib import Path

    from civicsearch.schema import Schema

__all__ = [
    "FORMAT_VERSION",
    "MANIFEST_NAME",
    "SEGMENTS_NAME",
    "Manifest",
    "claim_folder",
    "sync_folder",
]

MANIFEST_NAME = "manifest.json"
SEGMENTS_NAME = "segments"
FORMAT = "civicsearch archive"
FORMAT_VERSION = 1
MAX_MANIFEST_BYTES = 1 << 20

# What may lie in a folder that is not an archive yet: notes of a repository, and what an
# interrupted first commit of ours leaves behind.
_HARMLESS = {"README.md", ".gitignore", ".gitkeep", ".DS_Store"}
_TEMPORARY = ".tmp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an archive's folder says of itself.

    Attributes:
        generation: Counts commits, from 0 for a new archive.
        documents: How many documents the last commit left.
        schema: Fingerprint of the fields and weights.
        analyzer: Fingerprint of the analysis.
        format_version: Layout of the files.
    """

    generation: int
    documents: int
    schema: str
    analyzer: str
    format_version: int = FORMAT_VERSION

    @classmethod
    def new(cls, schema: Schema) -> Manifest:
        """Return the manifest of an archive without documents."""
        return cls(
            generation=0,
            documents=0,
            schema=schema.fingerprint,
            analyzer=Analyzer.fingerprint,
        )

    @classmethod
    def load(cls, folder: Path, *, schema: Schema) -> Manifest:
        """Return the manifest in `folder`.

        Raises:
            ArchiveNotFoundError: There is no such folder, or nothing in it.
            ArchiveForeignError: The folder holds something else.
            ArchiveVersionError: The archive needs another version, or other fields.
            ArchiveCorruptError: The manifest is ours, but damaged.
        """
        path = folder / MANIFEST_NAME
        try:
            with path.open("rb") as file:
                content = file.read(MAX_MANIFEST_BYTES)
        except FileNotFoundError:
            _refuse_foreign(folder)
            raise ArchiveNotFoundError(folder) from None
        except NotADirectoryError:
            raise ArchiveForeignError(folder, "it is a file") from None
        except OSError as error:
            raise ArchiveAccessError(folder, error.strerror or str(error)) from error
        manifest = cls._parse(folder, content)
        found = (manifest.format_version, manifest.schema, manifest.analyzer)
        supported = (FORMAT_VERSION, schema.fingerprint, Analyzer.fingerprint)
        if found != supported:
            raise ArchiveVersionError(folder, found=_version(found), supported=_version(supported))
        return manifest

    @classmethod
    def _parse(cls, folder: Path, content: bytes) -> Manifest:
        try:
            values: dict[str, Any] = json.loads(content)
            name = values.pop("format")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            found = f"its {MANIFEST_NAME} is not one of ours"
            raise ArchiveForeignError(folder, found) from None
        if name != FORMAT:
            raise ArchiveForeignError(folder, f"its {MANIFEST_NAME} says {str(name)[:50]!r}")
        version = values.get("format_version")
        if version != FORMAT_VERSION:  # its other fields may differ as well
            raise ArchiveVersionError(
                folder, found=str(version)[:20], supported=str(FORMAT_VERSION)
            )
        try:
            return cls(**values)
        except TypeError:
            raise ArchiveCorruptError(folder, f"{MANIFEST_NAME} lacks a field") from None

    def save(self, folder: Path) -> None:
        """Replace the manifest in `folder`, durably and in one step."""
        temporary = folder / f"{MANIFEST_NAME}.{os.getpid()}{_TEMPORARY}"
        with temporary.open("w", encoding="utf-8") as file:
            json.dump({"format": FORMAT, **asdict(self)}, file, indent=2)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(folder / MANIFEST_NAME)
        _sync(folder)


def claim_folder(folder: Path, *, schema: Schema) -> Manifest:
    """Make `folder` an archive, or recognise the one that it is, and return its manifest.

    Raises:
        ArchiveForeignError: The folder holds something else, or cannot be made.
        ArchiveVersionError: The archive in it needs another version.
        ArchiveCorruptError: The archive in it is damaged.
    """
    try:
        return Manifest.load(folder, schema=schema)
    except ArchiveNotFoundError:
        pass
    manifest = Manifest.new(schema)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        manifest.save(folder)
    except OSError as error:
        raise ArchiveAccessError(folder, error.strerror or str(error)) from error
    return manifest


def sync_folder(folder: Path, already: set[str]) -> None:
    """Make every file in `folder` durable; those in `already` were, and all are from now on.

    Files of a segment never change once written, so each is synced once.
    """
    names = set()
    for path in folder.iterdir():
        if path.is_file():
            names.add(path.name)
            if path.name not in already:
                _sync(path)
    _sync(folder)
    already.clear()
    already.update(names)


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ArchiveForeignError(folder, "it is a file")
    strangers = sorted(path.name for path in folder.iterdir() if not _is_harmless(path.name))
    if strangers:
        raise ArchiveForeignError(folder, f"it holds {strangers[0]!r} and no {MANIFEST_NAME}")


def _is_harmless(name: str) -> bool:
    return name in _HARMLESS or (name.startswith(MANIFEST_NAME) and name.endswith(_TEMPORARY))


def _version(values: tuple[object, ...]) -> str:
    number, *fingerprints = values
    return f"{number} (fields and analysis {'/'.join(str(value)[:8] for value in fingerprints)})"


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
