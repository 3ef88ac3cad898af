"""The index that is handed out: a `FileIndex` whose table of contents is our manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh.collectors import ScoredCollector, WrappingCollector
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.searching import Searcher

from civicsearch.arguments import as_path
from civicsearch.engines.local.engine import LocalEngine
from civicsearch.engines.local.layout import FieldLayout
from civicsearch.engines.local.manifest import MANIFEST_NAME, SEGMENTS_NAME, Manifest
from civicsearch.engines.local.segment import Segment
from civicsearch.engines.local.whoosh.codec import ArchiveSegment, refuse_writing
from civicsearch.engines.local.whoosh.fields import whoosh_schema
from civicsearch.errors import ArchiveCorruptError
from civicsearch.schema import DEFAULT_SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

    from whoosh import fields
    from whoosh.collectors import Collector
    from whoosh.reading import IndexReader

    from civicsearch.schema import Schema

__all__ = ["ArchiveIndex", "open_whoosh_index"]


def open_whoosh_index(folder: str | Path, *, schema: Schema = DEFAULT_SCHEMA) -> ArchiveIndex:
    """Return an archive as an index of Whoosh, to be read only.

    Args:
        folder: The folder of the archive.
        schema: The fields it was made with.

    Raises:
        ArchiveError: There is no archive, or it cannot be read.
        InvalidOptionError: `folder` is no path.
    """
    return ArchiveIndex(as_path("folder", folder), schema=schema)


class ArchiveIndex(FileIndex):  # type: ignore[misc] # Whoosh is untyped
    """An archive. Each `reader()` and `searcher()` shows what was last committed."""

    def __init__(self, folder: Path, *, schema: Schema) -> None:
        # Not Whoosh's __init__: it would look for its own table of contents, and unpickle it.
        self.storage = FileStorage(str(folder), readonly=True)
        self.indexname = "civicsearch"
        self._schema = whoosh_schema(schema)
        self._folder = folder
        self._fields = schema
        self._layout = FieldLayout.of(schema)
        self._opened: dict[str, ArchiveSegment] = {}
        self._read_toc()  # a damaged archive says so now, not at the first search

    create = lock = writer = refuse_writing

    @property
    def schema(self) -> fields.Schema:
        """The fields, as Whoosh describes them."""
        return self._schema

    def reader(self, reuse: IndexReader | None = None) -> IndexReader:  # noqa: ARG002 - Whoosh's
        """Return what reads the last commit; segments are shared with other readers as it is."""
        return FileIndex.reader(self)

    def searcher(self, **options: Any) -> ArchiveSearcher:  # noqa: ANN401 - Whoosh's
        """Return what searches the last commit."""
        return ArchiveSearcher(self.reader(), fromindex=self, **options)

    def latest_generation(self) -> int:
        """Return the number of the last commit."""
        return self._manifest().generation

    def last_modified(self) -> float:
        """Return when the last commit was, in seconds since 1970."""
        return (self._folder / MANIFEST_NAME).stat().st_mtime

    def _manifest(self) -> Manifest:
        return Manifest.load(self._folder, schema=self._fields)

    def _read_toc(self) -> TOC:
        """Return the segments of the last commit, for all that Whoosh does with them."""
        while True:
            manifest = self._manifest()
            try:
                return TOC(self._schema, self._open_segments(manifest), manifest.generation)
            except ArchiveCorruptError:
                # A commit may have taken files away while they were opened.
                if manifest.generation == self._manifest().generation:
                    raise

    def _open_segments(self, manifest: Manifest) -> list[ArchiveSegment]:
        engine = LocalEngine(self._folder, schema=self._fields)
        opened = {}
        with engine.reporting:
            for entry in manifest.segments:
                name = f"{entry.name}.{entry.deletions_generation}"
                opened[name] = self._opened.get(name) or ArchiveSegment(
                    Segment(self._folder / SEGMENTS_NAME, entry),
                    schema=self._fields,
                    layout=self._layout,
                )
        self._opened = opened
        return list(opened.values())


class ArchiveSearcher(Searcher):  # type: ignore[misc] # Whoosh is untyped
    """Whoosh's searcher without its short cuts, which give nested queries wrong scores.

    They leave out documents and parts of queries that cannot reach the best hits, and in doing so
    lose part of the score, and some of the count, where an OR stands within an AND.
    """

    def collector(self, *arguments: Any, **options: Any) -> Collector:  # noqa: ANN401 - Whoosh's
        """Return what collects the hits of a search, with every hit scored."""
        collector = Searcher.collector(self, *arguments, **{**options, "optimize": False})
        innermost = collector
        while isinstance(innermost, WrappingCollector):
            innermost = innermost.child
        if isinstance(innermost, ScoredCollector):
            innermost.replace = 0
        return collector
