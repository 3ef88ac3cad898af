"""Opens, creates, locks and snapshots the archive in one folder."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage
from whoosh.util.filelock import FileLock

from civicsearch.analysis.analyzer import Analyzer
from civicsearch.engines.local.damage import report_damage
from civicsearch.engines.local.fields import whoosh_schema
from civicsearch.engines.local.manifest import MANIFEST_NAME, SEGMENTS_NAME, Manifest, claim_folder
from civicsearch.engines.local.searcher import LocalSearcher
from civicsearch.engines.local.writer import LocalWriter
from civicsearch.errors import ArchiveCorruptError, ArchiveLockedError

if TYPE_CHECKING:
    from pathlib import Path

    from civicsearch.schema import Schema

__all__ = ["LocalEngine"]

LOCK_NAME = "write.lock"

# Whoosh deletes the files of the last generation as soon as the next one is there: of 930 opens
# beside a writer, 7 found a file gone. A second look finds the new generation.
_OPEN_ATTEMPTS = 20
_OPEN_PAUSE_S = 0.02


class LocalEngine:
    """An archive in a folder: `manifest.json`, `write.lock` and the Whoosh index in `segments/`."""

    def __init__(self, folder: Path, *, schema: Schema, analyzer: Analyzer | None = None) -> None:
        self.folder = folder
        self.schema = schema
        self.analyzer = analyzer or Analyzer()
        self._snapshot: tuple[tuple[int, int, int], LocalSearcher] | None = None
        self._opening = threading.Lock()

    @classmethod
    def open(cls, folder: Path, *, schema: Schema) -> LocalEngine:
        """Return the engine on an archive that exists.

        Raises:
            ArchiveError: There is none, or it cannot be read.
        """
        Manifest.load(folder, schema=schema)
        engine = cls(folder, schema=schema)
        engine.searcher()  # a damaged archive says so now, not at the first search
        return engine

    @classmethod
    def create(cls, folder: Path, *, schema: Schema) -> LocalEngine:
        """Return the engine on a new archive, or on the one in `folder`.

        Raises:
            ArchiveError: The folder holds something else, or cannot be read.
        """
        claim_folder(folder, schema=schema)
        return cls.open(folder, schema=schema)

    def writer(self) -> LocalWriter:
        """Return the only writer; see `search.engine.Engine`.

        The lock is the operating system's: it is free again when its owner dies.
        """
        lock = FileLock(str(self.folder / LOCK_NAME))
        if not lock.acquire(blocking=False):
            raise ArchiveLockedError(self.folder)
        try:
            with report_damage(self.folder):
                segments = self._whoosh_index_to_write()
        except BaseException:
            lock.release()
            raise
        return LocalWriter(self, segments=segments, lock=lock)

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

    def close(self) -> None:
        """Let go of the snapshot; searchers handed out go on working."""
        with self._opening:
            self._snapshot = None

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
        segments = self.folder / SEGMENTS_NAME
        with report_damage(self.folder):
            if whoosh_index.exists_in(str(segments)):
                reader = whoosh_index.open_dir(str(segments)).reader()
                if not set(whoosh_schema(self.schema).names()) <= set(reader.schema.names()):
                    raise ArchiveCorruptError(self.folder, f"{SEGMENTS_NAME}/ is not its own")
            elif manifest.documents:
                raise ArchiveCorruptError(self.folder, f"{SEGMENTS_NAME}/ is gone")
            else:
                reader = None
            return LocalSearcher(reader, folder=self.folder, schema=self.schema)

    def _whoosh_index_to_write(self) -> Any:  # noqa: ANN401 - Whoosh is untyped
        segments = self.folder / SEGMENTS_NAME
        if whoosh_index.exists_in(str(segments)):
            opened = whoosh_index.open_dir(str(segments))
            _sweep(segments, opened)
            return opened
        segments.mkdir(exist_ok=True)
        return FileStorage(str(segments)).create_index(whoosh_schema(self.schema))


def _sweep(segments: Path, opened: Any) -> None:  # noqa: ANN401 - Whoosh is untyped
    """Delete what an interrupted commit left: a full disk would stay full otherwise.

    Called under the write lock, so nobody is writing such files now.
    """
    toc = opened._read_toc()  # noqa: SLF001 - Whoosh has no public way to the names of segments
    kept = tuple(f"{opened.indexname}_{segment.segid}" for segment in toc.segments)
    for path in segments.glob(f"{opened.indexname}_*"):
        if not path.name.startswith(kept) and not path.name.endswith("LOCK"):
            path.unlink(missing_ok=True)
