"""Every use case once: the one door for the command line, the web page and other programs.

An `Archive` joins an engine, the query language and the ingester. It knows no screen: it prints
nothing, reads no environment and has no default path.
"""

from __future__ import annotations

import time
import zlib
from typing import TYPE_CHECKING

from civicsearch.analysis.analyzer import Analyzer
from civicsearch.arguments import (
    as_flag,
    as_function,
    as_names,
    as_number,
    as_path,
    as_paths,
    as_text,
    iter_several,
)
from civicsearch.document import Document, check_document, without_placeless_times
from civicsearch.extraction import as_profiles
from civicsearch.query.abbreviations import built_in
from civicsearch.reports import ArchiveStats, OptimizeReport, size_of, stats_of
from civicsearch.schema import DEFAULT_SCHEMA
from civicsearch.search.answering import answer, as_answered, read_query
from civicsearch.search.engine import document_of
from civicsearch.search.request import MAX_LIMIT, Filters, SearchRequest, Sort
from civicsearch.sharing import SharedEngine

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from civicsearch.ingest.profiles.profile import SiteProfiles
    from civicsearch.ingest.report import IngestProgress, IngestReport
    from civicsearch.query.abbreviations import Abbreviations
    from civicsearch.search.answering import ReadQuery
    from civicsearch.search.diagnosis import Diagnosis
    from civicsearch.search.engine import Engine
    from civicsearch.search.results import Results

__all__ = ["DEFAULT_MEMORY_MB", "MAX_JOBS", "MIN_MEMORY_MB", "Archive"]

MAX_JOBS = 64
DEFAULT_MEMORY_MB = 512
MIN_MEMORY_MB = 128  # a writer remembers words from one segment to the next: up to 90 MB of them


class Archive:
    """A searchable collection of documents.

    Threads may share one: searches run side by side, changes wait for each other. Once closed it
    stays closed, and whatever is asked of it raises `ArchiveClosedError`; answers that it gave
    can still be read.

    >>> with Archive.in_memory() as archive:
    ...     archive.add([Document(document_id="1", title="Dân vận khéo ở Phiêng Say")])
    ...     archive.search("dan van kheo").hits[0].title
    1
    'Dân vận khéo ở Phiêng Say'
    """

    def __init__(
        self,
        engine: Engine,
        *,
        analyzer: Analyzer | None = None,
        abbreviations: str | Path | None = None,
    ) -> None:
        """Wrap an engine; `open`, `create` and `in_memory` are the usual ways in.

        Args:
            engine: What keeps and searches documents. It is closed with the archive.
            analyzer: What the engine analyzes documents with; by default what all of ours do.
            abbreviations: As of `open`.
        """
        self._shared = SharedEngine(engine)
        self._analyzer = analyzer or Analyzer()
        self._abbreviations: Abbreviations | None = None
        self._table_revision = ""
        if abbreviations is not None:
            from civicsearch.query.abbreviation_files import load_abbreviations

            self._abbreviations = load_abbreviations(as_path("abbreviations", abbreviations))
            table = repr((self._abbreviations.forms, self._abbreviations.heads))
            self._table_revision = f"-{zlib.crc32(table.encode(errors='backslashreplace')):08x}"

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        memory_mb: int = DEFAULT_MEMORY_MB,
        abbreviations: str | Path | None = None,
    ) -> Self:
        """Return the archive at `path`.

        Args:
            path: Its folder.
            memory_mb: About how many MB documents may take before they are written to a segment,
                from 128. More makes fewer and larger segments; searching does not need it.
            abbreviations: A TOML file of abbreviations to search by beside the built-in ones; see
                docs/abbreviations.md.

        Raises:
            ArchiveError: There is none, or it cannot be read; the message says which.
            InvalidOptionError: `memory_mb` is out of range.
            AbbreviationsError: That file cannot be read; the message names the line or the entry.
        """
        from civicsearch.engines.registry import open_engine

        memory_bytes = as_number("memory_mb", memory_mb, least=MIN_MEMORY_MB) << 20
        engine = open_engine(
            "local", as_path("path", path), schema=DEFAULT_SCHEMA, memory_bytes=memory_bytes
        )
        return cls(engine, abbreviations=abbreviations)

    @classmethod
    def create(
        cls,
        path: str | Path,
        *,
        memory_mb: int = DEFAULT_MEMORY_MB,
        abbreviations: str | Path | None = None,
    ) -> Self:
        """Return a new archive at `path`, or the one that is there already.

        Arguments are those of `open`.

        Raises:
            ArchiveError: The folder holds something else, or cannot be made.
            InvalidOptionError: `memory_mb` is out of range.
            AbbreviationsError: The file of abbreviations cannot be read.
        """
        from civicsearch.engines.registry import create_engine

        memory_bytes = as_number("memory_mb", memory_mb, least=MIN_MEMORY_MB) << 20
        engine = create_engine(
            "local", as_path("path", path), schema=DEFAULT_SCHEMA, memory_bytes=memory_bytes
        )
        return cls(engine, abbreviations=abbreviations)

    @classmethod
    def in_memory(cls, *, abbreviations: str | Path | None = None) -> Self:
        """Return an empty archive that is gone with the process; for tests and notebooks.

        The argument is that of `open`.
        """
        from civicsearch.engines.registry import create_engine

        return cls(
            create_engine("memory", None, schema=DEFAULT_SCHEMA), abbreviations=abbreviations
        )

    def __enter__(self) -> Self:
        _ = self._engine  # a closed one says so here
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __len__(self) -> int:
        """Return how many documents there are."""
        return self._engine.searcher().count()

    def __contains__(self, document_id: object) -> bool:
        """Return whether there is a document with this id."""
        found = isinstance(document_id, str) and self._engine.searcher().document(document_id)
        return bool(found)

    def __bool__(self) -> bool:
        """Return True: an archive without documents is one too."""
        return True

    @property
    def revision(self) -> str:
        """A text that changes with every commit: as long as it stays, so do all answers.

        Copies of an archive on disk have the same; opened with other abbreviations they differ.
        """
        return self._engine.searcher().revision + self._table_revision

    def close(self) -> None:
        """Let go of files and locks, after the change that another thread is making, if any.

        Closing twice does no harm. To go on, open the archive again.
        """
        self._shared.close()

    @property
    def _engine(self) -> Engine:
        return self._shared.engine

    # --- changing ---

    def add(self, documents: Document | Iterable[Document]) -> int:
        """Add documents, each in place of one with the same id, and return how many.

        They are durable and searchable when this returns; all of them, or none after an error.

        Args:
            documents: One, or several, which may be an iterator: they are taken one by one. Of a
                moment without a zone the day is kept.

        Returns:
            How many were handed over, each that replaces another one counted.

        Raises:
            InvalidOptionError: Something is no document, or has a value of a wrong type.
            ArchiveLockedError: Another process, or another `Archive`, is writing.
        """
        count = 0
        expected = "a Document, or several"
        with self._shared.writing() as writer:
            for document in iter_several("documents", documents, Document, expected=expected):
                check_document(document)
                writer.add(without_placeless_times(document))
                count += 1
            writer.commit()
        return count

    def delete(self, document_ids: str | Iterable[str]) -> int:
        """Delete documents and return how many; what they were read from stays.

        Args:
            document_ids: The id of one, or of several; one that is named twice counts once.

        Raises:
            DocumentNotFoundError: One of them is not in the archive; none is deleted then.
            ArchiveLockedError: Another process, or another `Archive`, is writing.
        """
        document_ids = dict.fromkeys(as_names("document_ids", document_ids))
        with self._shared.writing() as writer:
            searcher = self._engine.searcher()
            for document_id in document_ids:
                writer.delete(document_of(searcher, document_id).document_id)
            writer.commit()
        return len(document_ids)

    def ingest(
        self,
        paths: str | Path | Iterable[str | Path],
        *,
        jobs: int = 1,
        progress: Callable[[IngestProgress], None] | None = None,
        profiles: str | Path | SiteProfiles | None = None,
        should_stop: Callable[[], bool] | None = None,
        again: bool = False,
    ) -> IngestReport:
        """Read pages and `.jsonl` documents from files and folders into the archive.

        What the archive has already, byte for byte, is passed over. What cannot be read is named
        in the report and does not stop the rest. Commits every 1,000 documents.

        Args:
            paths: Files and folders.
            jobs: Processes that extract pages, 1 to 64. More than 1 starts fresh interpreters, so
                a script needs its `if __name__ == "__main__":`.
            progress: Called after every file.
            profiles: A TOML file of selectors by site, which are asked before the generic rules,
                or what `load_profiles` made of one. They apply to what is new or changed.
            should_stop: Asked after every page and line: whether to store what was read and end;
                the next ingest of the same paths goes on from there.
            again: Read what the archive has already, too: for other profiles, or where a newer
                version of this library reads pages better.

        Raises:
            ProfileError: The file of profiles cannot be used.
            SourceNotFoundError: No path exists and holds something to read, and nothing is
                changed; where some do, the others are named in the report.
            ArchiveLockedError: Another process, or another `Archive`, is writing.
            InvalidOptionError: `jobs` is out of range.
        """
        from civicsearch.ingest.pipeline import Pipeline

        jobs = as_number("jobs", jobs, least=1, most=MAX_JOBS)
        found = as_paths("paths", paths)
        loaded = as_profiles(profiles)
        with self._shared.writing() as writer:
            pipeline = Pipeline(
                open_searcher=self._engine.searcher,
                writer=writer,
                jobs=jobs,
                progress=as_function("progress", progress),
                profiles=loaded,
                should_stop=as_function("should_stop", should_stop),
                again=as_flag("again", again),
            )
            return pipeline.run(found)

    def optimize(self) -> OptimizeReport:
        """Store all documents in one segment and give the space of deleted ones back.

        A search asks every segment, so it is a little faster afterwards; what it finds, and in
        which order, does not change. All of the archive is written anew: there must be room for
        it twice. Segments of more than 5 GB together are not joined, but lose what was deleted.

        Raises:
            ArchiveLockedError: Another process, or another `Archive`, is writing.
            ArchiveError: The archive cannot be read, or the new segment not be written; what
                there was stays.
        """
        with self._shared.turn() as engine:
            before = size_of(engine)
            with self._shared.writing() as writer:
                writer.optimize()
            return OptimizeReport.of(before, size_of(engine))

    # --- asking ---

    def search(  # noqa: PLR0913 - one keyword for each thing a user can choose
        self,
        text: str,
        *,
        limit: int = 10,
        offset: int = 0,
        cursor: str | None = None,
        sort: Sort | str = Sort.RELEVANCE,
        published_from: dt.date | None = None,
        published_to: dt.date | None = None,
        sources: str | Sequence[str] = (),
        facets: str | Sequence[str] = (),
        strict: bool = False,
        expand: bool = True,
    ) -> Results:
        """Return the documents that `text` asks for, best first.

        Accents typed bind, accents missing are free. What of the text is not understood is
        passed over with a notice; where plain words together find nothing, documents with only
        some of them are returned, with a notice. Abbreviations are also read as what they mean,
        and the other way round, outside of quotes, and words of long queries that no document
        has as the most similar ones that some have: `Results.expansions` says which.

        Args:
            text: The query, as a user types it; see docs/query-language.md. What follows its first
                1,000 characters is passed over, with a notice.
            limit: How many hits, 0 to 1000.
            offset: How many hits to pass over first.
            cursor: `Results.cursor` of an earlier page of the same search, to go on after its
                last hit, as deep as hits go; in place of an offset.
            sort: "relevance", "recent" (newer articles count more), "newest" or "oldest".
            published_from: First day of publication, inclusive.
            published_to: Last day of publication, inclusive.
            sources: Publishers, any of them; case and accents do not matter. "" is that of
                articles without one.
            facets: What to count the matches by: source, section, year, author, tag, language.
            strict: Raise on anything in `text` that is not understood.
            expand: Read abbreviations as what they mean, and the other way round, and words in
                other forms, or, where no document has them, as others.

        Raises:
            InvalidOptionError: A value is out of range or of a wrong type, the last day is before
                the first, or the cursor is of another search.
            QuerySyntaxError: With `strict`, or where there is nothing to search for.
            UnknownFieldError: With `strict`, or for an unknown facet.
        """
        started = time.perf_counter()
        read = self._read_query(text, expand=expand, is_strict=strict)
        request = SearchRequest(
            query=read.query,
            limit=as_number("limit", limit),
            offset=as_number("offset", offset),
            sort=Sort.named(sort),
            filters=Filters.of(published_from, published_to, sources),
            facets=as_names("facets", facets),
        )
        return answer(
            self._engine.searcher(),
            request,
            cursor=None if cursor is None else as_text("cursor", cursor),
            read=read,
            analyzer=self._analyzer,
            started=started,
        )

    def suggest(self, text: str, *, limit: int = 10) -> tuple[str, ...]:
        """Return how a query that is being typed may go on, most likely first.

        Words are completed, and followed by another, in the order of how often they stand so in
        the archive; then come titles that hold what was typed. Accents left out are free and come
        back in the completions. Nothing is returned for a text without words.

        Args:
            text: What was typed so far. Where it ends with a blank, the next word is looked for.
            limit: How many completions, 1 to 50; there may be fewer.

        Raises:
            InvalidOptionError: `limit` is out of range.
        """
        from civicsearch.search.suggestions import MAX_COMPLETIONS, completions

        limit = as_number("limit", limit, least=1, most=MAX_COMPLETIONS)
        searcher = self._engine.searcher()
        return completions(searcher, as_text("text", text), limit=limit, analyzer=self._analyzer)

    def related(self, document_id: str, *, limit: int = 10) -> Results:
        """Return the articles that are most about the same thing as one, best first.

        What is asked is made of the words, and words side by side, that tell most about it.

        Args:
            document_id: The article.
            limit: How many, 0 to 1000; there may be fewer.

        Returns:
            Results whose `query` is the id, and whose `total` is a lower bound where there may be
            more than were wanted.

        Raises:
            DocumentNotFoundError: No document has this id.
            InvalidOptionError: `limit` is out of range.
        """
        from civicsearch.search.related import find_related

        searcher = self._engine.searcher()
        document = document_of(searcher, document_id)
        limit = as_number("limit", limit, least=0, most=MAX_LIMIT)
        return find_related(searcher, document, limit=limit, analyzer=self._analyzer)

    def why(
        self,
        text: str,
        document_id: str,
        *,
        published_from: dt.date | None = None,
        published_to: dt.date | None = None,
        sources: str | Sequence[str] = (),
        expand: bool = True,
    ) -> Diagnosis:
        """Return why a document is found by a query, or why it is not.

        Args:
            text: The query, as `search` takes it.
            document_id: The document.
            published_from: First day of publication, inclusive.
            published_to: Last day of publication, inclusive.
            sources: Publishers, any of them.
            expand: Read abbreviations, and words in other forms, as `search` does.

        Raises:
            DocumentNotFoundError: No document has this id.
            QuerySyntaxError: There is nothing to search for.
            InvalidOptionError: A value is of a wrong type, or the last day is before the first.
        """
        from civicsearch.search.diagnosis import diagnose

        read = self._read_query(text, expand=expand, is_strict=False)
        searcher = self._engine.searcher()
        document = document_of(searcher, document_id)
        filters = Filters.of(published_from, published_to, sources)
        request = as_answered(searcher, SearchRequest(query=read.query, filters=filters), read)
        return diagnose(searcher, document, read.text, request, analyzer=self._analyzer)

    def _read_query(self, text: str, *, expand: bool, is_strict: bool) -> ReadQuery:
        is_expanded = as_flag("expand", expand)
        abbreviations = (self._abbreviations or built_in()) if is_expanded else None
        return read_query(
            as_text("text", text),
            analyzer=self._analyzer,
            abbreviations=abbreviations,
            is_strict=as_flag("strict", is_strict),
        )

    def document(self, document_id: str) -> Document:
        """Return one document.

        Raises:
            DocumentNotFoundError: No document has this id.
        """
        return document_of(self._engine.searcher(), document_id)

    def stats(self) -> ArchiveStats:
        """Return what the archive holds."""
        return stats_of(self._engine)

    def check(self) -> tuple[str, ...]:
        """Return the names of files that are not what was written; none in a sound archive.

        Every file is read and compared with its checksum. Opening an archive does so for a few
        small files alone.

        Raises:
            ArchiveError: The manifest, which has the checksums, is itself gone or damaged.
        """
        return tuple(self._engine.damaged_files())
