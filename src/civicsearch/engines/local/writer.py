"""Writes documents to the Whoosh index and makes them durable."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from civicsearch.engines.local.damage import report_damage
from civicsearch.engines.local.fields import DOCUMENT_ID, to_whoosh_fields
from civicsearch.engines.local.manifest import SEGMENTS_NAME, Manifest, sync_folder

if TYPE_CHECKING:
    from civicsearch.document import Document
    from civicsearch.engines.local.engine import LocalEngine

__all__ = ["LocalWriter"]


class LocalWriter:
    """Collects changes in memory, so that the last one of each document wins, until `commit`.

    Whoosh alone would keep both versions of a document that is updated twice in one writer.
    """

    def __init__(self, engine: LocalEngine, *, segments: Any, lock: Any) -> None:  # noqa: ANN401
        self._engine = engine
        self._segments = segments
        self._lock = lock
        self._pending: dict[str, dict[str, Any] | None] = {}
        self._synced: set[str] = set()

    def add(self, document: Document) -> None:
        """Add a document, in place of one with the same id."""
        self._pending[document.document_id] = to_whoosh_fields(
            document, schema=self._engine.schema, analyzer=self._engine.analyzer
        )

    def delete(self, document_id: str) -> None:
        """Delete a document, if it is there."""
        self._pending[document_id] = None

    def commit(self) -> None:
        """Make all changes durable and searchable: segment files first, the manifest last."""
        if self._pending:
            with report_damage(self._engine.folder):
                self._commit()

    def _commit(self) -> None:
        folder = self._engine.folder
        manifest = Manifest.load(folder, schema=self._engine.schema)
        writer = self._segments.writer(limitmb=256)
        try:
            for document_id in self._pending:
                writer.delete_by_term(DOCUMENT_ID, document_id)
            for values in self._pending.values():
                if values is not None:
                    writer.add_document(**values)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        sync_folder(folder / SEGMENTS_NAME, self._synced)
        replace(
            manifest,
            generation=manifest.generation + 1,
            documents=self._segments.doc_count(),
        ).save(folder)
        self._pending = {}

    def close(self) -> None:
        """Drop what was not committed and let other writers in."""
        self._pending = {}
        if self._lock is not None:
            self._lock.release()
            self._lock = None
