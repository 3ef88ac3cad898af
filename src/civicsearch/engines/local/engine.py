"""Opens, creates, locks and snapshots the archive in one folder."""

from __future__ import annotations

import contextlib
import errno
import os
import threading
from itertools import accumulate
from typing import TYPE_CHECKING

from civicsearch.analysis.analyzer import Analyzer
from civicsearch.engines.local.damage import DamageReporter, check_files
from civicsearch.engines.local.layout import FieldLayout
from civicsearch.engines.local.lock import WriteLock
from civicsearch.engines.local.manifest import (
    MANIFEST_NAME,
    SEGMENTS_NAME,
    Manifest,
    claim_folder,
    why_absent,
)
from civicsearch.engines.local.searcher import LocalSearcher
from civicsearch.engines.local.sections import file_checksum
from civicsearch.engines.local.segment import Segment
from civicsearch.engines.local.snapshot import Snapshot
from civicsearch.errors import ArchiveAccessError, ArchiveCorruptError

if TYPE_CHECKING:
    from pathlib import Path

    from civicsearch.engines.local.manifest import SegmentEntry
    from civicsearch.engines.local.sections import WrittenFile
    from civicsearch.engines.local.writer import LocalWriter
    from civicsearch.schema import Schema

__all__ = ["DEFAULT_MEMORY_BYTES", "LocalEngine"]

DEFAULT_MEMORY_BYTES = 512 << 20
"""How much memory a writer may take for documents that are not in a segment yet."""

# A commit may take files of an older generation away while they are opened. A second look finds
# the new generation.
_OPEN_ATTEMPTS = 100
_VERIFIED_BYTES = 4 << 20
"""Up to this size, all in all, files are compared with their checksums when they are opened."""


class LocalEngine:
    """An archive in a folder: `manifest.json`, `write.lock` and the segments in `segments/`."""

    def __init__(
        self, folder: Path, *, schema: Schema, memory_bytes: int = DEFAULT_MEMORY_BYTES
    ) -> None:
        self.folder = folder
        self._manifest_path = str(folder / MANIFEST_NAME)  # asked for at every search
        self.schema = schema
        self.layout = FieldLayout.of(schema)
        self.analyzer = Analyzer()
        self.memory_bytes = memory_bytes
        self._snapshot: tuple[tuple[int, int, int], LocalSearcher] | None = None
        self._segments: dict[SegmentEntry, Segment] = {}
        self._opening = threading.Lock()
        self.reporting = DamageReporter(folder, self.damaged_files)

    @classmethod
    def open(
        cls, folder: Path, *, schema: Schema, memory_bytes: int = DEFAULT_MEMORY_BYTES
    ) -> LocalEngine:
        """Return the engine on an archive that exists.

        Raises:
            ArchiveError: There is none, or it cannot be read.
        """
        Manifest.load(folder, schema=schema)
        engine = cls(folder, schema=schema, memory_bytes=memory_bytes)
        engine.searcher()  # a damaged archive says so now, not at the first search
        return engine

    @classmethod
    def create(
        cls, folder: Path, *, schema: Schema, memory_bytes: int = DEFAULT_MEMORY_BYTES
    ) -> LocalEngine:
        """Return the engine on a new archive, or on the one in `folder`.

        Raises:
            ArchiveError: The folder holds something else, or cannot be read.
        """
        claim_folder(folder, schema=schema)
        return cls.open(folder, schema=schema, memory_bytes=memory_bytes)

    def writer(self) -> LocalWriter:
        """Return the only writer; see `search.engine.Engine`."""
        from civicsearch.engines.local.writer import LocalWriter  # noqa: PLC0415 - not to search

        lock = WriteLock(self.folder)
        try:
            return LocalWriter(self, lock=lock)
        except BaseException:
            lock.release()
            raise

    def searcher(self) -> LocalSearcher:
        """Return a snapshot; the same one as before when nothing was committed since."""
        with self._opening:
            stamp = self._stamp()
            if self._snapshot is None or self._snapshot[0] != stamp:
                self._snapshot = stamp, self._open_searcher()
            return self._snapshot[1]

    def size_bytes(self) -> int:
        """Return the size of all files of the archive."""
        size = 0
        for path in self.folder.rglob("*"):
            with contextlib.suppress(FileNotFoundError):  # a commit took it away this moment
                size += path.stat().st_size if path.is_file() else 0
        return size

    def damaged_files(self) -> list[str]:
        """Return the names of files that are not what the last commit wrote, by checksum."""
        while True:
            manifest = Manifest.load(self.folder, schema=self.schema)
            damaged = [
                f"{SEGMENTS_NAME}/{name}"
                for name, written in manifest.files().items()
                if not self._is_intact(name, written)
            ]
            # A commit may have taken away what it seemed to lack.
            if not damaged or manifest == Manifest.load(self.folder, schema=self.schema):
                return damaged

    def _is_intact(self, name: str, written: WrittenFile) -> bool:
        try:
            return file_checksum(self.folder / SEGMENTS_NAME / name) == written
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return False
        except OSError as error:
            if error.errno == errno.EIO:  # a place of the disk that cannot be read any more
                return False
            raise ArchiveAccessError(self.folder, error.strerror or str(error)) from error

    def close(self) -> None:
        """Let go of the snapshot; searchers handed out go on working."""
        with self._opening:
            self._snapshot = None
            self._segments = {}

    def _stamp(self) -> tuple[int, int, int]:
        """Return what changes with every commit: the manifest is replaced, never rewritten."""
        try:
            status = os.stat(self._manifest_path)  # noqa: PTH116 - a Path takes twice as long
        except (FileNotFoundError, NotADirectoryError):
            raise why_absent(self.folder) from None
        except OSError as error:
            raise ArchiveAccessError(self.folder, error.strerror or str(error)) from error
        return status.st_mtime_ns, status.st_ino, status.st_size

    def _open_searcher(self) -> LocalSearcher:
        """Return a new snapshot, trying again where a commit took files away under it."""
        manifest = Manifest.load(self.folder, schema=self.schema)
        for _ in range(_OPEN_ATTEMPTS):
            try:
                return self._open_snapshot(manifest)
            except ArchiveCorruptError:
                newer = Manifest.load(self.folder, schema=self.schema)
                if newer == manifest:
                    raise
                manifest = newer
        return self._open_snapshot(manifest)

    def _open_snapshot(self, manifest: Manifest) -> LocalSearcher:
        with self.reporting:
            self._verify(manifest)
            self._segments = {entry: self._segment(entry) for entry in manifest.segments}
            return LocalSearcher(
                Snapshot(list(self._segments.values())),
                schema=self.schema,
                layout=self.layout,
                reading=self.reporting,
                revision=manifest.revision,
            )

    def _segment(self, entry: SegmentEntry) -> Segment:
        """Return the segment that is open already, unless its file is another one by now."""
        known = self._segments.get(entry)
        if known is not None and not known.file.is_replaced():
            return known
        return Segment(self.folder / SEGMENTS_NAME, entry)

    def _verify(self, manifest: Manifest) -> None:
        """Compare small files with their checksums, until enough was read for an opening."""
        files = sorted(manifest.files().items(), key=lambda item: item[1])
        sizes = accumulate(written.size_bytes for _, written in files)
        check_files(
            self.folder,
            (file for file, size in zip(files, sizes, strict=True) if size <= _VERIFIED_BYTES),
        )
