"""Opens, creates, locks and snapshots the archive in one folder."""

from __future__ import annotations

import threading
import time
from functools import partial
from typing import TYPE_CHECKING

from civicsearch.analysis.analyzer import Analyzer
from civicsearch.engines.local.damage import report_damage
from civicsearch.engines.local.layout import FieldLayout
from civicsearch.engines.local.lock import WriteLock
from civicsearch.engines.local.manifest import (
    MANIFEST_NAME,
    SEGMENTS_NAME,
    Manifest,
    claim_folder,
)
from civicsearch.engines.local.searcher import LocalSearcher
from civicsearch.engines.local.sections import file_checksum
from civicsearch.engines.local.segment import Segment
from civicsearch.engines.local.snapshot import Snapshot
from civicsearch.errors import ArchiveCorruptError

if TYPE_CHECKING:
    from pathlib import Path

    from civicsearch.engines.local.writer import LocalWriter
    from civicsearch.schema import Schema

__all__ = ["DEFAULT_MEMORY_BYTES", "LocalEngine"]

DEFAULT_MEMORY_BYTES = 512 << 20
"""How much memory a writer may take for documents that are not in a segment yet."""

# A commit may take files of an older generation away while they are opened. A second look finds
# the new generation.
_OPEN_ATTEMPTS = 20
_OPEN_PAUSE_S = 0.02
_VERIFIED_BYTES = 4 << 20
"""Up to this size, all in all, files are compared with their checksums when they are opened."""


class LocalEngine:
    """An archive in a folder: `manifest.json`, `write.lock` and the segments in `segments/`."""

    def __init__(
        self, folder: Path, *, schema: Schema, memory_bytes: int = DEFAULT_MEMORY_BYTES
    ) -> None:
        self.folder = folder
        self.schema = schema
        self.layout = FieldLayout.of(schema)
        self.analyzer = Analyzer()
        self.memory_bytes = memory_bytes
        self._snapshot: tuple[tuple[int, int, int], LocalSearcher] | None = None
        self._segments: dict[str, Segment] = {}
        self._opening = threading.Lock()

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
        from civicsearch.engines.local.writer import LocalWriter

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
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    def damaged_files(self) -> list[str]:
        """Return the names of files that are not what the last commit wrote, by checksum."""
        manifest = Manifest.load(self.folder, schema=self.schema)
        damaged = []
        for name, written in manifest.files().items():
            path = self.folder / SEGMENTS_NAME / name
            if not path.is_file() or file_checksum(path) != written:
                damaged.append(f"{SEGMENTS_NAME}/{name}")
        return damaged

    def close(self) -> None:
        """Let go of the snapshot; searchers handed out go on working."""
        with self._opening:
            self._snapshot = None
            self._segments = {}

    def _stamp(self) -> tuple[int, int, int]:
        """Return what changes with every commit: the manifest is replaced, never rewritten."""
        try:
            status = (self.folder / MANIFEST_NAME).stat()
        except (FileNotFoundError, NotADirectoryError):
            raise ArchiveCorruptError(self.folder, f"{MANIFEST_NAME} is gone") from None
        return status.st_mtime_ns, status.st_ino, status.st_size

    def _open_searcher(self) -> LocalSearcher:
        """Return a new snapshot, trying again where a commit took files away under it."""
        for _ in range(_OPEN_ATTEMPTS):
            stamp = self._stamp()
            try:
                return self._open_searcher_once()
            except ArchiveCorruptError:
                time.sleep(_OPEN_PAUSE_S)
                if stamp == self._stamp():
                    break
        return self._open_searcher_once()

    def _open_searcher_once(self) -> LocalSearcher:
        manifest = Manifest.load(self.folder, schema=self.schema)
        with report_damage(self.folder, self.damaged_files):
            self._verify(manifest)
            opened = {
                f"{entry.name}.{entry.deletions_generation}": entry for entry in manifest.segments
            }
            self._segments = {
                name: self._segments.get(name) or Segment(self.folder / SEGMENTS_NAME, entry)
                for name, entry in opened.items()
            }
            return LocalSearcher(
                Snapshot(list(self._segments.values())),
                schema=self.schema,
                layout=self.layout,
                reading=partial(report_damage, self.folder, self.damaged_files),
            )

    def _verify(self, manifest: Manifest) -> None:
        """Compare small files with their checksums, until enough was read for an opening."""
        left = _VERIFIED_BYTES
        for name, written in sorted(manifest.files().items(), key=lambda item: item[1]):
            left -= written.size_bytes
            if left < 0:
                return
            if file_checksum(self.folder / SEGMENTS_NAME / name) != written:
                raise ArchiveCorruptError(self.folder, f"{SEGMENTS_NAME}/{name} was changed")
