"""`manifest.json`: what the folder is, in which format, and which files are the archive now.

It is replaced in one step as the last act of a commit, when all files it names are durable. Only
when that step is durable too are the files that it no longer names deleted.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import zlib
from typing import TYPE_CHECKING, Any

from civicsearch.analysis.analyzer import Analyzer
from civicsearch.engines.local.lock import LOCK_NAME, WriteLock
from civicsearch.engines.local.sections import WrittenFile
from civicsearch.errors import (
    ArchiveAccessError,
    ArchiveCorruptError,
    ArchiveError,
    ArchiveForeignError,
    ArchiveNotFoundError,
    ArchiveVersionError,
)
from civicsearch.values import Value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from civicsearch.schema import Schema

__all__ = [
    "FORMAT_VERSION",
    "MANIFEST_NAME",
    "MAX_MANIFEST_BYTES",
    "SEGMENTS_NAME",
    "Manifest",
    "SegmentEntry",
    "claim_folder",
    "sweep_temporaries",
    "sync_folder",
    "why_absent",
]

MANIFEST_NAME = "manifest.json"
SEGMENTS_NAME = "segments"
FORMAT = "civicsearch archive"
FORMAT_VERSION = 7
MAX_MANIFEST_BYTES = 16 << 20

# What may lie in a folder that is not an archive yet: notes of a repository, and what an
# interrupted first commit of ours leaves behind.
_HARMLESS = {"README.md", ".gitignore", ".gitkeep", ".DS_Store", LOCK_NAME}
_TEMPORARY = ".tmp"


class SegmentEntry(Value):
    """One segment as the manifest names it.

    Attributes:
        name: What its files are called.
        documents: How many documents it has, with deleted ones.
        deleted: How many of them are deleted.
        file: Size and checksum of its file.
        deletions: Size and checksum of the list of deleted documents; None where none is.
        deletions_generation: The commit that wrote that list; 0 where there is none.
    """

    name: str
    documents: int
    deleted: int
    file: WrittenFile
    deletions: WrittenFile | None = None
    deletions_generation: int = 0

    @property
    def file_name(self) -> str:
        """The name of the file of the segment."""
        return f"{self.name}.seg"

    @property
    def deletions_name(self) -> str:
        """The name of the file that lists deleted documents."""
        return f"{self.name}.{self.deletions_generation}.del"

    @property
    def live(self) -> int:
        """How many documents are not deleted."""
        return self.documents - self.deleted

    def files(self) -> dict[str, WrittenFile]:
        """Return all files of the segment by name."""
        files = {self.file_name: self.file}
        if self.deletions is not None:
            files[self.deletions_name] = self.deletions
        return files

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> SegmentEntry:
        """Return the entry that `dataclasses.asdict` wrote."""
        deletions = values["deletions"]
        written = {
            "file": WrittenFile(*values["file"]),
            "deletions": None if deletions is None else WrittenFile(*deletions),
        }
        entry = cls(**{**values, **written})
        if os.path.basename(entry.name) != entry.name:  # noqa: PTH119 - names stay in the folder
            raise ValueError(entry.name)
        return entry


class Manifest(Value):
    """What an archive's folder says of itself.

    Attributes:
        generation: Counts commits, from 0 for a new archive.
        next_segment: The number that the next segment is called by.
        segments: The segments, oldest first.
        schema: Fingerprint of the fields and weights.
        analyzer: Fingerprint of the analysis.
        format_version: Layout of the files.
    """

    generation: int
    next_segment: int
    schema: str
    analyzer: str
    segments: tuple[SegmentEntry, ...] = ()
    format_version: int = FORMAT_VERSION

    @classmethod
    def new(cls, schema: Schema) -> Manifest:
        """Return the manifest of an archive without documents."""
        return cls(
            generation=0,
            next_segment=1,
            schema=schema.fingerprint,
            analyzer=Analyzer.fingerprint,
        )

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return sum(entry.live for entry in self.segments)

    @property
    def revision(self) -> str:
        """What tells this commit from all others, of other archives too: its number and files."""
        files = json.dumps(self.files(), sort_keys=True)
        return f"{self.generation}-{zlib.crc32(files.encode()):08x}"

    def files(self) -> dict[str, WrittenFile]:
        """Return all files that the manifest names, by name."""
        return {name: file for entry in self.segments for name, file in entry.files().items()}

    @classmethod
    def load(cls, folder: Path, *, schema: Schema) -> Manifest:
        """Return the manifest in `folder`.

        Raises:
            ArchiveNotFoundError: There is no such folder, or nothing in it.
            ArchiveForeignError: The folder holds something else, or is none.
            ArchiveAccessError: The system refuses to read it.
            ArchiveVersionError: The archive needs another version, or other fields.
            ArchiveCorruptError: The manifest is ours, but damaged, or gone.
        """
        path = folder / MANIFEST_NAME
        try:
            with path.open("rb") as file:
                content = file.read(MAX_MANIFEST_BYTES)
        except (FileNotFoundError, NotADirectoryError):
            raise why_absent(folder) from None
        except OSError as error:
            raise ArchiveAccessError(folder, error.strerror or str(error)) from error
        return cls.parse(folder, content, schema=schema)

    @classmethod
    def parse(cls, folder: Path, content: bytes, *, schema: Schema) -> Manifest:
        """Return the manifest that was read from `folder`, as `load` does, with its errors."""
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
            if (folder / SEGMENTS_NAME).is_dir():
                raise ArchiveCorruptError(folder, f"{MANIFEST_NAME} was changed") from None
            found = f"its {MANIFEST_NAME} is not one of ours"
            raise ArchiveForeignError(folder, found) from None
        if name != FORMAT:
            raise ArchiveForeignError(folder, f"its {MANIFEST_NAME} says {str(name)[:50]!r}")
        version = values.get("format_version")
        if version != FORMAT_VERSION:  # its other fields may differ as well
            raise ArchiveVersionError(
                folder, found=str(version)[:20], supported=str(FORMAT_VERSION)
            )
        if values.pop("checksum", None) != _checksum(values):
            raise ArchiveCorruptError(folder, f"{MANIFEST_NAME} was changed")
        try:
            entries = tuple(map(SegmentEntry.from_dict, values["segments"]))
            return cls(**{**values, "segments": entries})
        except (TypeError, KeyError, ValueError, AttributeError):
            raise ArchiveCorruptError(folder, f"{MANIFEST_NAME} lacks a field") from None

    def to_bytes(self) -> bytes:
        """Return what `manifest.json` holds."""
        from dataclasses import asdict  # searching does without

        values = asdict(self)
        values = {"format": FORMAT, **values, "checksum": _checksum(values)}
        return (json.dumps(values, indent=1) + "\n").encode()

    def save(self, folder: Path) -> None:
        """Replace the manifest in `folder`, durably and in one step.

        Raises:
            OSError: The system refuses; the new manifest may be in place all the same.
        """
        temporary = folder / f"{MANIFEST_NAME}.{os.getpid()}{_TEMPORARY}"
        try:
            with temporary.open("wb") as file:
                file.write(self.to_bytes())
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(folder / MANIFEST_NAME)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
        sync_folder(folder)


def claim_folder(folder: Path, *, schema: Schema) -> Manifest:
    """Make `folder` an archive, or recognise the one that it is, and return its manifest.

    Raises:
        ArchiveForeignError: The folder holds something else, or is a file.
        ArchiveAccessError: It cannot be made, or not be written to.
        ArchiveVersionError: The archive in it needs another version.
        ArchiveCorruptError: The archive in it is damaged.
        ArchiveLockedError: Another process makes it this moment.
    """
    try:
        return Manifest.load(folder, schema=schema)
    except ArchiveNotFoundError:
        pass
    try:
        _make_folder(folder)
        lock = WriteLock(folder)
        try:
            return _load_or_begin(folder, schema)
        finally:
            lock.release()
    except OSError as error:
        raise ArchiveAccessError(folder, error.strerror or str(error)) from error


def _load_or_begin(folder: Path, schema: Schema) -> Manifest:
    """Return the manifest in `folder`, which is locked: by now another may have put one there."""
    try:
        return Manifest.load(folder, schema=schema)
    except ArchiveNotFoundError:
        manifest = Manifest.new(schema)
        manifest.save(folder)
        return manifest


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, durably."""
    missing = [path for path in folder.parents if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for path in (folder, *missing):
        with contextlib.suppress(PermissionError):  # a folder above that we may not read
            sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable; on systems without that notion do nothing."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # some file systems of networks
            raise
    finally:
        os.close(descriptor)


def sweep_temporaries(folder: Path) -> None:
    """Delete manifests that were never put in place. Only for who has the write lock."""
    for path in folder.glob(f"{MANIFEST_NAME}.*{_TEMPORARY}"):
        with contextlib.suppress(OSError):
            path.unlink()


def _checksum(values: Mapping[str, Any]) -> int:
    """Return the CRC-32 of all values that matter."""
    return zlib.crc32(json.dumps(values, sort_keys=True).encode())


def why_absent(folder: Path) -> ArchiveError:
    """Return what it means that there is no manifest in `folder`."""
    if not folder.is_dir():
        # Of a path that leads through a file, "exists" is false.
        is_file = folder.exists()
        if is_file or any(path.is_file() for path in folder.parents):
            reason = "it is a file" if is_file else "its path leads through a file"
            return ArchiveForeignError(folder, reason)
        return ArchiveNotFoundError(folder)
    try:
        names = {path.name for path in folder.iterdir()}
        if SEGMENTS_NAME in names and (LOCK_NAME in names or _has_segments(folder)):
            return ArchiveCorruptError(folder, f"{MANIFEST_NAME} is gone")
    except OSError as error:
        return ArchiveAccessError(folder, error.strerror or str(error))
    strangers = sorted(name for name in names if not _is_harmless(name))
    if strangers:
        return ArchiveForeignError(folder, f"it holds {strangers[0]!r} and no {MANIFEST_NAME}")
    return ArchiveNotFoundError(folder)


def _has_segments(folder: Path) -> bool:
    return any(path.suffix == ".seg" for path in (folder / SEGMENTS_NAME).iterdir())


def _is_harmless(name: str) -> bool:
    return name in _HARMLESS or (name.startswith("manifest.") and name.endswith(_TEMPORARY))


def _version(values: tuple[object, ...]) -> str:
    number, *fingerprints = values
    return f"{number} (fields and analysis {'/'.join(str(value)[:8] for value in fingerprints)})"
