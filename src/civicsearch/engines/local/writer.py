"""Writes documents into segments, and makes them an archive: the commit.

Segments are written whenever the buffer is full, but belong to nothing until a commit names them
in the manifest. Every file is durable before that, and none is ever changed.
"""

from __future__ import annotations

import contextlib
import os
import zlib
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from civicsearch.engines.local.buffer import SegmentBuffer
from civicsearch.engines.local.changes import Changes
from civicsearch.engines.local.damage import check_files
from civicsearch.engines.local.lengths import NO_LENGTHS, Lengths, lengths_in
from civicsearch.engines.local.manifest import (
    SEGMENTS_NAME,
    Manifest,
    SegmentEntry,
    sweep_temporaries,
    sync_folder,
)
from civicsearch.engines.local.merging import (
    LARGE_MERGE,
    all_to_merge,
    merge_segments,
    segments_to_merge,
    with_deletions,
)
from civicsearch.engines.local.sections import WrittenFile
from civicsearch.engines.local.segment import Segment
from civicsearch.errors import ArchiveAccessError, ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from numpy.typing import NDArray

    from civicsearch.document import Document
    from civicsearch.engines.local.buffer import Batch
    from civicsearch.engines.local.engine import LocalEngine
    from civicsearch.engines.local.lock import WriteLock

__all__ = ["LocalWriter"]


@dataclass(slots=True)
class _Written:
    """A segment that no commit names yet, written or being written.

    Attributes:
        name: What its files are called.
        batch: Its documents, until they are written.
        count: How many there are.
        outdated: Which of them were changed before others came into another segment.
        writing: What becomes the file; None before that began, and after it failed.
        file: The file, once it is written.
    """

    name: str
    batch: Batch | None
    count: int
    outdated: list[int]
    writing: Future[WrittenFile] | None = None
    file: WrittenFile | None = None


class _Merging(NamedTuple):
    """A merge that another thread does.

    Attributes:
        entries: The segments that become one.
        name: What the file of that one is called.
        writing: What becomes the file.
        cancelled: Set where nobody waits for it any more.
    """

    entries: tuple[SegmentEntry, ...]
    name: str
    writing: Future[WrittenFile]
    cancelled: Event


class LocalWriter:
    """Collects changes; the last one of each document wins.

    Another thread writes one segment while the next is collected, and merges between commits.
    """

    def __init__(self, engine: LocalEngine, *, lock: WriteLock) -> None:
        self._engine = engine
        self._lock = lock
        self._folder = engine.folder / SEGMENTS_NAME
        self._buffer = self._new_buffer()
        self._written: list[_Written] = []
        self._deleted: dict[str, int] = {}  # with the number of segments written before
        self._numbers: dict[str, int] = {}  # in the buffer, of the newest version of each document
        self._outdated: list[int] = []  # in the buffer
        self._merging: _Merging | None = None
        self._is_unsettled = False  # whether the manifest of a commit is in place is not known
        with engine.reporting:
            self._manifest = Manifest.load(engine.folder, schema=engine.schema)
            self._folder.mkdir(exist_ok=True)
            # A manifest that a killed process put in place may not be durable yet, and what the
            # one before it names must not go before it is.
            sync_folder(engine.folder)
            sweep_temporaries(engine.folder)
            self._sweep()
        self._next_segment = self._manifest.next_segment
        self._thread = ThreadPoolExecutor(1, "civicsearch-segment")
        self._lengths: dict[str, Lengths] = {}  # of segments, by name

    def add(self, document: Document) -> None:
        """Add a document, in place of one with the same id."""
        self._refuse_unsettled()
        self._buffer.add(document)
        self._forget(document.document_id)
        self._numbers[document.document_id] = len(self._buffer) - 1
        if self._buffer.is_full:
            with self._reporting():
                self._flush()

    def delete(self, document_id: str) -> None:
        """Delete a document, if it is there."""
        self._forget(document_id)
        self._deleted[document_id] = len(self._written)

    def commit(self) -> None:
        """Make all changes durable and searchable: files first, the manifest last.

        After an error what was to be committed can be committed again, unless it is not known
        whether it was: then only another writer can tell.
        """
        self._refuse_unsettled()
        if self._is_changed:
            self._end_merge()
            with self._reporting():
                self._commit()
                self._begin_merge(segments_to_merge(self._manifest.segments))

    def optimize(self) -> None:
        """Make one segment of all, without deleted documents. Commits what is pending first.

        Segments that are too large for that lose their deleted documents one by one.
        """
        self.commit()
        self._end_merge()
        with self._reporting():
            self._merge(all_to_merge(self._manifest.segments))
            while places := with_deletions(self._manifest.segments):
                self._merge(places)

    def close(self) -> None:
        """Drop what was not committed, wait for a merge, and let other writers in.

        Where something was not committed, nobody is made to wait: the merge is given up.
        """
        try:
            if self._is_changed or self._is_unsettled or not self._lock.is_in_place():
                self._cancel_merge()
            else:
                self._buffer = self._new_buffer()  # the words that it knows are a fifth of memory
                self._end_merge()
                with contextlib.suppress(ArchiveAccessError), self._reporting():
                    self._merge(segments_to_merge(self._manifest.segments))
        finally:
            self._leave()

    def _leave(self) -> None:
        try:
            self._cancel_merge()
            for written in self._written:
                if written.writing is not None:  # its file must not come later
                    wait([written.writing])
            self._start_anew()
            self._thread.shutdown()
            with contextlib.suppress(OSError, ArchiveError):
                self._sweep()
        finally:
            self._lock.release()

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        """Raise errors of ours, and leave no half files: they would keep a full disk full."""
        try:
            with self._engine.reporting:
                yield
        except ArchiveError:
            with contextlib.suppress(OSError, ArchiveError):
                self._sweep()
            raise

    def _refuse_unsettled(self) -> None:
        if self._is_unsettled:
            reason = "the last commit of this writer broke off at its very end"
            raise ArchiveAccessError(self._engine.folder, reason)

    def _refuse_elsewhere(self) -> None:
        if not self._lock.is_in_place():
            reason = "it was deleted or replaced while this writer was open"
            raise ArchiveAccessError(self._engine.folder, reason)

    # --- collecting ---

    def _forget(self, document_id: str) -> None:
        """Take the version of a document that is in the buffer out again."""
        number = self._numbers.pop(document_id, None)
        if number is not None:
            self._outdated.append(number)

    def _flush(self) -> None:
        """Have the buffer written to a segment, by another thread.

        One segment is written at a time, while the next one is collected.
        """
        if not len(self._buffer):
            return
        self._refuse_elsewhere()
        self._finish()
        batch = self._buffer.take()
        written = _Written(self._new_name(), batch, len(batch), self._outdated)
        self._numbers, self._outdated = {}, []
        self._written.append(written)
        self._begin(written)

    def _begin(self, written: _Written) -> None:
        assert written.batch is not None  # noqa: S101 - it is not written yet
        path = self._folder / f"{written.name}.seg"
        others = [entry.name for entry in self._manifest.segments]
        others += [one.name for one in self._written if one.file is not None]
        lengths = self._lengths_in(others)
        written.writing = self._thread.submit(written.batch.write, path, lengths)

    def _finish(self) -> None:
        """Wait until all segments are written; what could not be is kept, for another try."""
        for written in self._written:
            if written.file is None:
                if written.writing is None:
                    written.name = self._new_name()
                    self._begin(written)
                writing, written.writing = written.writing, None
                assert writing is not None  # noqa: S101 - it has begun
                written.file = writing.result()
                written.batch = None

    def _new_buffer(self) -> SegmentBuffer:
        engine = self._engine
        return SegmentBuffer(engine.schema, engine.analyzer, memory_bytes=engine.memory_bytes)

    def _lengths_in(self, names: Iterable[str]) -> Lengths:
        """Return the lengths of all documents of some segments."""
        total = NO_LENGTHS
        for name in names:
            if name not in self._lengths:
                self._lengths[name] = lengths_in(self._folder / f"{name}.seg")
            total = total.plus(self._lengths[name])
        return total

    def _new_name(self) -> str:
        name = f"{self._next_segment:06}"
        self._next_segment += 1
        return name

    def _start_anew(self) -> None:
        """Begin without changes."""
        self._written, self._deleted, self._numbers, self._outdated = [], {}, {}, []
        if len(self._buffer):
            self._buffer = self._new_buffer()

    @property
    def _is_changed(self) -> bool:
        """Whether there is anything to commit."""
        return bool(self._written or len(self._buffer) or self._deleted)

    # --- committing ---

    def _commit(self) -> None:
        self._flush()
        self._finish()
        generation = self._manifest.generation + 1
        new = [_entry(written) for written in self._written]
        changes = Changes([Segment(self._folder, entry) for entry in new], self._deleted)
        entries = [self._without(entry, changes, generation) for entry in self._manifest.segments]
        for written, entry, later in zip(self._written, new, changes.outdated(), strict=True):
            deleted = np.zeros(entry.documents, bool)
            deleted[[*written.outdated, *later]] = True
            entries.append(self._with_deletions(entry, deleted, generation))
        self._publish(tuple(entry for entry in entries if entry.live), generation)
        self._start_anew()

    def _without(self, entry: SegmentEntry, changes: Changes, generation: int) -> SegmentEntry:
        """Return a committed segment without the documents that were changed."""
        if entry.deletions is not None:
            check_files(self._engine.folder, [(entry.deletions_name, entry.deletions)])
        segment = Segment(self._folder, entry)
        deleted = np.zeros(segment.size, bool)
        deleted[changes.changed_in(segment)] = True
        if segment.deleted is not None:
            deleted |= segment.deleted
        if int(deleted.sum()) == entry.deleted:
            return entry
        return self._with_deletions(entry, deleted, generation)

    def _with_deletions(
        self, entry: SegmentEntry, deleted: NDArray[np.bool_], generation: int
    ) -> SegmentEntry:
        count = int(deleted.sum())
        if not count:
            return entry
        changed = replace(entry, deleted=count, deletions_generation=generation)
        path = self._folder / changed.deletions_name
        return replace(changed, deletions=_write(path, np.packbits(deleted).tobytes()))

    def _publish(self, entries: tuple[SegmentEntry, ...], generation: int) -> None:
        """Make the archive consist of `entries`, whose files are all written."""
        self._refuse_elsewhere()
        sync_folder(self._folder)
        manifest = replace(
            self._manifest,
            generation=generation,
            next_segment=self._next_segment,
            segments=entries,
        )
        self._is_unsettled = True
        manifest.save(self._engine.folder)
        self._manifest, self._is_unsettled = manifest, False
        self._sweep()

    # --- merging ---

    def _merge(self, places: list[int]) -> None:
        """Make one segment of those at `places`, and go on while there is something to merge."""
        while places:
            self._begin_merge(places)
            self._publish_merged()
            places = segments_to_merge(self._manifest.segments)

    def _begin_merge(self, places: list[int]) -> None:
        """Have the segments at `places` merged by the other thread."""
        if not places:
            return
        entries = tuple(self._manifest.segments[place] for place in places)
        if sum(entry.live for entry in entries) > LARGE_MERGE:
            # The words it knows take up to 130 MB; beside such a merge they are soon learnt again.
            self._buffer = self._new_buffer()
        name, cancelled = self._new_name(), Event()
        others = self._lengths_in(
            entry.name for entry in self._manifest.segments if entry not in entries
        )
        writing = self._thread.submit(self._write_merged, entries, name, cancelled, others)
        self._merging = _Merging(entries, name, writing, cancelled)

    def _write_merged(
        self, entries: tuple[SegmentEntry, ...], name: str, cancelled: Event, others: Lengths
    ) -> WrittenFile:
        for entry in entries:  # what was damaged would get a checksum that is right
            check_files(self._engine.folder, entry.files().items())
        segments = [Segment(self._folder, entry) for entry in entries]
        path = self._folder / f"{name}.seg"
        return merge_segments(segments, path, self._engine.layout, cancelled, others)

    def _end_merge(self) -> None:
        """Wait for a merge, if there is one.

        What the system refuses a merge, mostly room on the disk, is no failure of a commit: a
        later one merges.
        """
        with contextlib.suppress(ArchiveAccessError), self._reporting():
            self._publish_merged()

    def _publish_merged(self) -> None:
        """Put the merged segment in the place of the first of those that it is made of."""
        merged = self._merging
        if merged is None:
            return
        wait([merged.writing])
        self._merging = None
        file = merged.writing.result()
        entries = list(self._manifest.segments)
        count = sum(entry.live for entry in merged.entries)
        place = entries.index(merged.entries[0])
        entries[place] = SegmentEntry(name=merged.name, documents=count, deleted=0, file=file)
        kept = tuple(entry for entry in entries if entry not in merged.entries)
        self._publish(kept, self._manifest.generation + 1)

    def _cancel_merge(self) -> None:
        if self._merging is not None:
            self._merging.cancelled.set()
            wait([self._merging.writing])
            self._merging = None

    def _sweep(self) -> None:
        """Delete files that the manifest does not name.

        They are of older commits, or of one that was interrupted: a full disk would stay full
        otherwise. Whoever reads them has them open and is not disturbed.
        """
        if not self._lock.is_in_place():
            return  # what lies there now is not ours
        kept = set(self._manifest.files())
        if self._is_unsettled:  # the one before and the new one: either may be there tomorrow
            kept.update(Manifest.load(self._engine.folder, schema=self._engine.schema).files())
        kept.update(f"{written.name}.seg" for written in self._written)
        if self._merging is not None:
            kept.add(f"{self._merging.name}.seg")
        for path in self._folder.iterdir():
            if path.name not in kept and path.suffix in {".seg", ".del"}:
                with contextlib.suppress(OSError):
                    path.unlink()


def _entry(written: _Written) -> SegmentEntry:
    assert written.file is not None  # noqa: S101 - it is written
    return SegmentEntry(name=written.name, documents=written.count, deleted=0, file=written.file)


def _write(path: Path, data: bytes) -> WrittenFile:
    """Write a file durably; one that an interrupted commit left is replaced."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return WrittenFile(len(data), zlib.crc32(data))
