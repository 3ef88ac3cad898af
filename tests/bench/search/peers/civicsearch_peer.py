"""civicsearch as a user calls it: an `Archive` on disk, one text a question.

The number of matches is counted when it is read; `search` does not read it, so where the best are
known without, it is no part of the time. The words of a question that are typed without accents
find words with any; that is the question all peers get.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

import civicsearch
from bench.search.peers.protocol import Answer
from bench.search.queries import Kind, Question
from bench.search.source import Source
from civicsearch import Archive

DOCUMENTS_A_COMMIT = 5_000


class CivicsearchPeer:
    index_name = "civicsearch"
    version = civicsearch.__version__
    kinds = frozenset(Kind)

    def build(self, source: Source, folder: Path) -> None:
        with Archive.create(folder / "archive") as archive:
            archive.add(source.documents())

    def open(self, folder: Path) -> None:
        self._archive = Archive.open(folder / "archive")

    def search(self, question: Question) -> Answer:
        results = self._archive.search(question.text, **_options(question))
        hits = results.hits
        snippets = [hit.snippet.text for hit in hits] if question.kind is Kind.PAGE else []
        return Answer(
            ids=[hit.document_id for hit in hits],
            documents=[hit.document for hit in hits],
            snippets=snippets,
            counts=list(results.facets.values()),
        )

    def asks_the_same(self, question: Question) -> bool:
        del question
        return True

    def count(self, question: Question) -> int | None:
        results = self._archive.search(question.text, **_options(question))
        # A notice says that nothing had enough of the words, and that fewer were asked for.
        return 0 if results.notices else results.total.value if results.total.exact else None

    def close(self) -> None:
        self._archive.close()


class GrownCivicsearchPeer(CivicsearchPeer):
    """The same documents in an archive that grew by 5,000 at a time, in the segments that makes."""

    index_name = "civicsearch-grown"

    def build(self, source: Source, folder: Path) -> None:
        documents = iter(source.documents())
        with Archive.create(folder / "archive") as archive:
            while batch := list(islice(documents, DOCUMENTS_A_COMMIT)):
                archive.add(batch)


def _options(question: Question) -> dict[str, Any]:
    if question.kind is Kind.NEWEST:
        return {"sort": "newest"}
    if question.period is None:
        return {}
    return {
        "published_from": question.period[0],
        "published_to": question.period[1],
        "sources": question.sources,
        "facets": ("source", "year"),
    }
