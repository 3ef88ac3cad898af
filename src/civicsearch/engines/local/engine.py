"""Opens, creates, locks and snapshots the archive in one folder."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage
from whoosh.util.filelock import FileLock

from civicsearch.analysis.analyzer import Analyzer
from civicsearch.engines.local.fields import whoosh_schema
from civicsearch.engines.local.manifest import MANIFEST_NAME, SEGMENTS_NAME, Manifest, claim_folder
from civicsearch.engines.local.searcher import LocalSearcher
from civicsearch.engines.local.writer import LocalWriter
from civicsearch.errors import ArchiveCorruptError, ArchiveLockedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from civicsearch.schema import Schema

__all__ = ["LocalEngine"]

LOCK_NAME = "write.lock"


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
        except FileNotFoundError:
            raise ArchiveCorruptError(self.folder, f"{MANIFEST_NAME} is gone") from None
        return status.st_mtime_ns, status.st_ino, status.st_size

    def _open_searcher(self) -> LocalSearcher:
        manifest = Manifest.load(self.folder, schema=self.schema)
        segments = self.folder / SEGMENTS_NAME
        with report_damage(self.folder):
            if whoosh_index.exists_in(str(segments)):
                reader = whoosh_index.open_dir(str(segments)).reader()
            elif manifest.documents:
                raise ArchiveCorruptError(self.folder, f"{SEGMENTS_NAME}/ is gone")
            else:
                reader = None
            return LocalSearcher(reader, folder=self.folder, schema=self.schema)

    def _whoosh_index_to_write(self) -> Any:  # noqa: ANN401 - Whoosh is untyped
        segments = self.folder / SEGMENTS_NAME
        if whoosh_index.exists_in(str(segments)):
            return whoosh_index.open_dir(str(segments))
        segments.mkdir(exist_ok=True)
        return FileStorage(str(segments)).create_index(whoosh_schema(self.schema))


@contextmanager
def report_damage(folder: Path) -> Iterator[None]:
    """Turn whatever Whoosh raises over a damaged file into one `ArchiveCorruptError`.

    Over 400 random damages it was seen to raise a dozen kinds, from struct.error to
    AssertionError, so no narrower list would do.
    """
    try:
        yield
    except (ArchiveCorruptError, KeyboardInterrupt, MemoryError):
        raise
    except Exception as error:
        reason = f"{type(error).__name__} while reading it"
        raise ArchiveCorruptError(folder, reason) from error
