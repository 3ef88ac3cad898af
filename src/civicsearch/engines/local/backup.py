"""All of an archive in one file: copied while others write, checked on both ways.

A backup is a tar file that any program unpacks to an archive: `manifest.json` first, then the files
that it names. Every byte is held against the checksums in the manifest, when it is copied and when
it is put back; so neither a damaged archive nor a damaged backup passes for a sound one.
"""

from __future__ import annotations

import errno
import io
import os
import shutil
import tarfile
import zlib
from contextlib import ExitStack, contextmanager, suppress
from typing import IO, TYPE_CHECKING

from civicsearch.engines.local.manifest import (
    MANIFEST_NAME,
    MAX_MANIFEST_BYTES,
    SEGMENTS_NAME,
    Manifest,
    sync_folder,
)
from civicsearch.engines.local.sections import WrittenFile
from civicsearch.errors import ArchiveCorruptError, ArchiveForeignError, BackupError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from civicsearch.schema import Schema

__all__ = ["restore_backup", "write_backup"]

# A commit may take files away before they are opened; a second look finds the new ones.
_ATTEMPTS = 100
_COPY_BYTES = 1 << 20
_MODE = 0o644


def write_backup(folder: Path, path: Path, *, schema: Schema) -> Manifest:
    """Write what the last commit of an archive left to a new file, durably and in one step.

    Who writes meanwhile need not wait: their commits are not in it.

    Args:
        folder: The archive.
        path: The new file.
        schema: That of the archive.

    Raises:
        ArchiveError: There is no archive, or one of its files is damaged.
        BackupError: The file is there already, or cannot be written.
    """
    if os.path.lexists(path):
        raise BackupError(path, "there is something of this name already")
    manifest = Manifest.load(folder, schema=schema)
    for _ in range(_ATTEMPTS):
        with ExitStack() as stack:
            missing = ""
            files = {}
            for name in manifest.files():
                try:
                    opened = stack.enter_context((folder / SEGMENTS_NAME / name).open("rb"))
                except FileNotFoundError:
                    missing = f"{SEGMENTS_NAME}/{name}"
                    break
                files[name] = opened
            if not missing:
                _write(folder, path, manifest, files)
                return manifest
        newer = Manifest.load(folder, schema=schema)
        if newer == manifest:
            raise ArchiveCorruptError(folder, f"{missing} is gone")
        manifest = newer
    raise BackupError(path, "the archive changed faster than it could be copied")


def restore_backup(path: Path, folder: Path, *, schema: Schema) -> Manifest:
    """Make an archive of a backup, in one step: until all of it is checked, there is none.

    Args:
        path: The backup.
        folder: Where; it must be empty, if it is there.
        schema: That of the archive.

    Raises:
        ArchiveVersionError: Another version made the backup.
        BackupError: It is no backup, or damaged; or the folder is not empty, or cannot be written.
    """
    if not folder.name:  # "." and "/"
        raise BackupError(path, f"'{folder}' cannot be replaced. Name a folder that is not there")
    partial = folder.with_name(f".{folder.name}.{os.getpid()}.partial")
    with _reported(path, folder):
        _make_room(path, folder, partial)
        try:
            manifest = _unpack(path, partial, schema)
            if folder.exists():
                folder.rmdir()
            partial.rename(folder)
            sync_folder(folder.parent)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    return manifest


def _make_room(path: Path, folder: Path, partial: Path) -> None:
    """Make the folder that becomes `folder`; what stands in the way is no fault of the backup."""
    try:
        with suppress(FileNotFoundError):
            if next(folder.iterdir(), None) is not None:
                raise BackupError(path, f"'{folder}' is not empty. Move it away, or name another")
        folder.parent.mkdir(parents=True, exist_ok=True)
        (partial / SEGMENTS_NAME).mkdir(parents=True)
    except OSError as error:
        reason = f"'{folder}' cannot be made: {error.strerror or error}"
        raise BackupError(path, reason) from error


def _write(folder: Path, path: Path, manifest: Manifest, files: Mapping[str, IO[bytes]]) -> None:
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    with _reported(path):
        try:
            with partial.open("xb") as target:
                with tarfile.open(fileobj=target, mode="w") as tar:
                    content = manifest.to_bytes()
                    tar.addfile(_member(MANIFEST_NAME, len(content)), io.BytesIO(content))
                    for name, written in manifest.files().items():
                        source = _Checked(files[name])
                        member = f"{SEGMENTS_NAME}/{name}"
                        if os.fstat(files[name].fileno()).st_size == written.size_bytes:
                            tar.addfile(_member(member, written.size_bytes), source)
                        if source.written != written:
                            raise ArchiveCorruptError(folder, f"{member} was changed")
                target.flush()
                os.fsync(target.fileno())
            partial.rename(path)
            sync_folder(path.parent)
        finally:
            partial.unlink(missing_ok=True)


def _unpack(path: Path, partial: Path, schema: Schema) -> Manifest:
    with tarfile.open(path, "r:") as tar:
        first = tar.next()
        opened = tar.extractfile(first) if first is not None and first.isfile() else None
        if first is None or opened is None or first.name != MANIFEST_NAME:
            raise BackupError(path, f"it does not begin with {MANIFEST_NAME}: it is no backup")
        try:
            manifest = Manifest.parse(path, opened.read(MAX_MANIFEST_BYTES), schema=schema)
        except (ArchiveCorruptError, ArchiveForeignError):
            raise BackupError(path, f"{MANIFEST_NAME} was changed") from None
        missing = manifest.files()
        while missing:
            member = tar.next()
            if member is None:
                raise BackupError(path, f"it is cut short: it lacks {SEGMENTS_NAME}/{min(missing)}")
            name = member.name.removeprefix(f"{SEGMENTS_NAME}/")
            written = missing.pop(name, None) if name != member.name else None
            source = tar.extractfile(member) if member.isfile() else None
            if written is None or source is None:
                raise BackupError(path, f"{member.name!r} is no part of it")
            if member.size != written.size_bytes:
                raise BackupError(path, f"{member.name} was changed")
            if _copy(source, partial / SEGMENTS_NAME / name) != written:
                raise BackupError(path, f"{member.name} was changed")
    sync_folder(partial / SEGMENTS_NAME)
    manifest.save(partial)
    return manifest


class _Checked(io.RawIOBase):
    """A file that tells the size and the checksum of what was read of it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.written = WrittenFile(0, 0)

    def read(self, size: int = -1, /) -> bytes:
        data = self._file.read(size)
        done = self.written
        self.written = WrittenFile(done.size_bytes + len(data), zlib.crc32(data, done.checksum))
        return data


def _copy(source: IO[bytes], path: Path) -> WrittenFile:
    checked = _Checked(source)
    with path.open("xb") as target:
        while data := checked.read(_COPY_BYTES):
            target.write(data)
        target.flush()
        os.fsync(target.fileno())
    return checked.written


def _member(name: str, size_bytes: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size_bytes, _MODE
    return member


@contextmanager
def _reported(path: Path, folder: Path | None = None) -> Iterator[None]:
    """Say of which backup the system or a tar file speaks, or of `folder`, if that has no room."""
    try:
        yield
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise BackupError(path, "it is no tar file, or cut short") from error
    except OSError as error:
        reason = error.strerror or str(error) or "it cannot be read"
        if folder is not None and error.errno in {errno.ENOSPC, errno.EDQUOT}:
            reason = f"'{folder}' cannot be made: {reason}"
        raise BackupError(path, reason) from error
