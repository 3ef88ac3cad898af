"""From paths to committed documents: reads, extracts, keeps track of what came from where.

One bad page never stops an ingest: it is named in the report and the next one is read. A page is
known again by its path and the hash of its bytes; both are kept with the document, so they are
committed together with it and never run ahead of it.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from civicsearch.document import Document, Origin, Page
from civicsearch.errors import ExtractionError
from civicsearch.ingest.copies import Copies, is_text_key, text_key, with_copies
from civicsearch.ingest.feeds import iter_items
from civicsearch.ingest.held import HeldBack
from civicsearch.ingest.identity import document_id
from civicsearch.ingest.jsonl import iter_lines, parse_document
from civicsearch.ingest.kinds import SourceKind
from civicsearch.ingest.packed import iter_members
from civicsearch.ingest.report import IngestFailure, IngestProgress, IngestReport
from civicsearch.ingest.sources import (
    MAX_PAGE_BYTES,
    Source,
    find_sources,
    page_in,
    read_page,
    source_of,
)
from civicsearch.ingest.warc import iter_records
from civicsearch.ingest.workers import extract_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from civicsearch.ingest.jsonl import Line
    from civicsearch.ingest.members import Member
    from civicsearch.ingest.profiles.profile import SiteProfiles
    from civicsearch.search.engine import Searcher, Writer

__all__ = ["COMMIT_EVERY", "Pipeline"]

Key = TypeVar("Key")

_PAGES = frozenset({SourceKind.PAGE, SourceKind.SAVED_PAGE})
_MANY_PAGES = frozenset({SourceKind.CONTAINER, SourceKind.WEB_ARCHIVE, SourceKind.FEED})
COMMIT_EVERY = 1000
"""Documents between commits: until then a writer holds 36 KB for an article of 2,400 letters."""
_LONG_CHARS = 10_000
"""An article counts as one document more for each of these letters, so that memory is bounded."""


class _StoppedError(Exception):
    """Raised inside a run that is to end."""


class Pipeline:
    """One run of an ingest into one writer."""

    def __init__(  # noqa: PLR0913 - one keyword for each thing a user can choose
        self,
        *,
        open_searcher: Callable[[], Searcher],
        writer: Writer,
        jobs: int = 1,
        progress: Callable[[IngestProgress], None] | None = None,
        profiles: SiteProfiles | None = None,
        should_stop: Callable[[], bool] | None = None,
        again: bool = False,
    ) -> None:
        """Prepare a run.

        Args:
            open_searcher: Returns a snapshot as of the last commit; says what the archive has.
            writer: Takes the documents; committed every `COMMIT_EVERY` and at the end.
            jobs: Processes that extract pages; 1 extracts in this one.
            progress: Called after every file.
            profiles: Selectors of sites, which are asked before the generic rules.
            should_stop: Asked after every page and line: whether to commit and end here.
            again: Whether to read what was read in an earlier run.
        """
        self._searcher = open_searcher()
        self._writer = writer
        self._jobs = jobs
        self._progress = progress
        self._profiles = profiles
        self._passed_over: Counter[str] = Counter()
        self._report = IngestReport(ignored=self._passed_over)
        # Both of what was read since the last commit: the searcher knows what was before.
        self._origins: dict[str, tuple[Origin, ...]] = {}
        self._hashes: dict[str, str] = {}
        self._orphans: list[str] = []
        self._copies = Copies(self._searcher)
        self._open_searcher = open_searcher
        self._should_stop = should_stop
        self._again = again
        self._held = HeldBack()
        self._uncommitted = 0
        self._done = self._total = 0

    def run(self, paths: Sequence[Path]) -> IngestReport:
        """Read everything under `paths` and commit it.

        Raises:
            SourceNotFoundError: No path exists and holds something to read; nothing is changed
                then.
        """
        started = time.perf_counter()
        sources = find_sources(paths)
        self._passed_over.update(sources.ignored)
        self._report.links = sources.links
        for path, reason in sources.unreadable:
            self._report.failures.append(IngestFailure(path=path, reason=reason))
        self._total = len(sources.files)
        try:
            self._read(sources.files)
            self._read_orphans()
        except _StoppedError:
            self._report.is_interrupted = True
        self._record_copies()
        self._writer.commit()
        self._report.elapsed_s = time.perf_counter() - started
        return self._report

    def _read(self, files: Sequence[Source]) -> None:
        pages = (source for source in files if source.kind in _PAGES)
        for origin, _, outcome in self._extract(self._iter_pages(pages)):
            self._take(origin, outcome)
            self._finish_file()
        containers = [source for source in files if source.kind in _MANY_PAGES]
        for origin, _, outcome in self._extract(self._iter_members(containers)):
            self._take(origin, outcome)
            self._check_stop()
        for source in files:
            if source.kind is SourceKind.DOCUMENT_LINES:
                self._read_lines(str(source.path), iter_lines(source.path))
                self._finish_file()

    def _extract(
        self, pages: Iterator[tuple[Key, Page]]
    ) -> Iterator[tuple[Key, Page, Document | ExtractionError]]:
        return extract_all(pages, jobs=self._jobs, profiles=self._profiles)

    def _iter_pages(self, sources: Iterator[Source]) -> Iterator[tuple[Origin, Page]]:
        """Yield the pages that are new or changed, each with where it comes from."""
        for source in sources:
            page = None
            try:
                content = read_page(source.path)
                origin = _origin(str(source.path), content)
                if self._known_sha256(origin.path) == origin.sha256:
                    self._report.unchanged += 1
                else:
                    page = page_in(source.kind, content)
            except ExtractionError as error:
                self._fail(str(source.path), error)
            if page is None:
                self._finish_file()
            else:
                yield origin, page

    def _iter_members(self, containers: Sequence[Source]) -> Iterator[tuple[Origin, Page]]:
        """Yield the pages in files with many that are new or changed."""
        for source in containers:
            try:
                for member in self._members_of(source):
                    if member.lines is not None:
                        self._read_lines(f"{source.path}#{member.name}", member.lines)
                        continue
                    origin = _origin(f"{source.path}#{member.name}", member.content)
                    if member.problem or len(member.content) > MAX_PAGE_BYTES:
                        reason = member.problem or f"larger than {MAX_PAGE_BYTES >> 20} MB"
                        self._fail(origin.path, ExtractionError(reason))
                    elif self._known_sha256(origin.path) == origin.sha256:
                        self._report.unchanged += 1
                    else:
                        content, url, served_as = member.content, member.url, member.content_type
                        yield origin, Page(content=content, url=url, content_type=served_as)
            except ExtractionError as error:
                self._fail(str(source.path), error)
            self._finish_file()

    def _members_of(self, source: Source) -> Iterator[Member]:
        """Return the pages in a file with many.

        Raises:
            ExtractionError: It cannot be read, now or further on.
        """
        if source.kind is SourceKind.WEB_ARCHIVE:
            return iter_records(source.path, max_bytes=MAX_PAGE_BYTES)
        if source.kind is SourceKind.FEED:
            return iter_items(read_page(source.path))
        return iter_members(source.path, max_bytes=MAX_PAGE_BYTES, passed_over=self._passed_over)

    def _known_sha256(self, path: str) -> str | None:
        """Return the hash of what was read from `path` last, in this run or before."""
        if path in self._hashes or self._again:
            return self._hashes.get(path)
        known = self._searcher.find_origin(path)
        return known[1] if known else None

    def _read_orphans(self) -> None:
        """Read the pages again whose document was taken away with another page's."""
        for path in self._orphans:
            self._hashes[path] = ""
        orphans = (source_of(Path(path)) for path in self._orphans)
        for origin, _, outcome in extract_all(
            self._iter_pages(orphans), jobs=1, profiles=self._profiles
        ):
            self._take(origin, outcome)

    def _check_stop(self) -> None:
        if self._should_stop is not None and self._should_stop():
            raise _StoppedError

    def _take(self, origin: Origin, outcome: Document | ExtractionError) -> None:
        if isinstance(outcome, ExtractionError):
            self._fail(origin.path, outcome)
            return
        # Without an address, the path is the identity: the same path again updates in place.
        identity = outcome.document_id if outcome.url else document_id(origin.path)
        key = text_key(outcome)
        owner = self._copies.owner_of(key, but=identity)
        if key is None or owner is None:
            self._write(replace(outcome, document_id=identity), origin, key)
            return
        self._forget_former(origin.path, owner)
        self._copies.note_copy(owner, key, outcome.url, origin)
        self._hashes[origin.path] = origin.sha256
        self._report.copies += 1

    def _record_copies(self) -> None:
        """Write the copies of this run down with the documents that have their texts."""
        if not self._copies.found:
            return
        self._commit()
        for owner, key, found in self._copies.iter_found():
            document = self._searcher.document(owner)
            # Where the text is another one by now, the next run reads the copies again.
            if document is not None and any(origin.path == key for origin in document.origins):
                self._writer.add(with_copies(document, found))

    def _read_lines(self, path: str, lines: Iterator[Line]) -> None:
        try:
            for line in lines:
                self._read_line(path, line)
        except ExtractionError as error:
            self._fail(path, error)
        except _StoppedError:
            self._write_held()
            raise
        self._write_held()

    def _read_line(self, path: str, line: Line) -> None:
        self._check_stop()
        try:
            document = parse_document(line)
        except ExtractionError as error:
            self._fail(f"{path}:{line.number}", error)
            return
        origin = Origin(path=f"{path}#{document.document_id}", sha256=line.sha256)
        known = self._known_sha256(origin.path)
        if known == origin.sha256:
            was_held = self._held.drop(origin.path)  # by a line before, which counts no longer
            self._report.unchanged += 2 if was_held else 1
        elif known is None:
            self._write(document, origin)
        else:
            self._held.put(document, origin)
            if self._held.is_full:
                self._write_held()

    def _write_held(self) -> None:
        for document, origin in self._held.take_all():
            self._write(document, origin)

    def _write(self, document: Document, origin: Origin, key: str | None = None) -> None:
        identity = document.document_id
        before = self._origins.get(identity)
        is_known = before is not None
        if before is None:
            stored = self._searcher.document(identity)
            is_known = stored is not None
            before = stored.origins if stored else ()
            if stored and stored.copies:
                document, before = self._kept_copies(document, stored, key)
        others = (o for o in before if o.path != origin.path and not is_text_key(o.path))
        origins = (*others, *([Origin(path=key, sha256="")] if key else ()), origin)
        self._copies.note_text(identity, key)
        self._forget_former(origin.path, identity)
        self._writer.add(replace(document, origins=origins))
        self._origins[identity] = origins
        self._hashes[origin.path] = origin.sha256
        if is_known:
            self._report.updated += 1
        else:
            self._report.added += 1
        self._uncommitted += 1 + len(document.text) // _LONG_CHARS
        if self._uncommitted >= COMMIT_EVERY:
            self._commit()

    def _commit(self) -> None:
        """Commit, and leave it to a new searcher to know what was read: memory stays bounded."""
        self._writer.commit()
        self._uncommitted = 0
        self._searcher = self._open_searcher()
        self._origins.clear()
        self._hashes.clear()
        self._copies.refresh(self._searcher)

    def _kept_copies(
        self, document: Document, stored: Document, key: str | None
    ) -> tuple[Document, tuple[Origin, ...]]:
        """Return a document with the copies it had; with another text, these are read again."""
        if any(origin.path == key for origin in stored.origins):
            return replace(document, copies=stored.copies), stored.origins
        paths = {copy.path for copy in stored.copies}
        self._orphans.extend(o.path for o in stored.origins if o.path in paths and _is_page(o))
        return document, tuple(o for o in stored.origins if o.path not in paths)

    def _forget_former(self, path: str, identity: str) -> None:
        """Take `path` out of the document that it gave before, if it gives another one now.

        The last origin of a document is the one whose text it holds. Where that is another page's
        the document stays; where it was this page's, other pages with its address are read again.
        """
        former = self._searcher.find_origin(path)
        if former is None or former[0] == identity:
            return
        if former[0] in self._origins:
            self._forget_rewritten(path, former[0])
            return
        document = self._searcher.document(former[0])
        origins = document.origins if document else ()
        others = tuple(origin for origin in origins if origin.path != path)
        if document and others and origins[-1].path != path:
            self._writer.add(replace(document, origins=others))
            self._origins[former[0]] = others
            return
        self._writer.delete(former[0])
        self._orphans.extend(origin.path for origin in others if _is_page(origin))

    def _forget_rewritten(self, path: str, former: str) -> None:
        """Take `path` out of a document that another page gave anew in this run."""
        others = tuple(origin for origin in self._origins[former] if origin.path != path)
        if others != self._origins[former]:
            self._origins[former] = others
            self._orphans.extend(origin.path for origin in others[-1:] if _is_page(origin))

    def _fail(self, path: str, error: ExtractionError) -> None:
        self._report.failures.append(IngestFailure(path=path, reason=error.reason))

    def _finish_file(self) -> None:
        self._check_stop()
        self._done += 1
        if self._progress:
            self._progress(
                IngestProgress(
                    done=self._done,
                    total=self._total,
                    documents=self._report.added + self._report.updated,
                    failed=self._report.failed,
                )
            )


def _origin(path: str, content: bytes) -> Origin:
    return Origin(path=path, sha256=hashlib.sha256(content).hexdigest())


def _is_page(origin: Origin) -> bool:
    """Return whether an origin is a page; a line or member names itself after a `#`."""
    return "#" not in origin.path and not is_text_key(origin.path)
