"""Hands documents to a peer that builds, and keeps the time that this takes apart from its own."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bench.search.articles import raw_bytes
from civicsearch.analysis import Analyzer
from civicsearch.analysis.analyzer import UNACCENTED
from civicsearch.document import Document

BORDER = "\u00b6"
"""Stands between lead and body, so that no phrase is found across the two."""


class Analyzed(NamedTuple):
    """A document with the analysed words of title and body (lead and story), in order."""

    document: Document
    title: list[str]
    body: list[str]
    title_folded: list[str]
    body_folded: list[str]


class Source:
    """Documents for one build.

    Attributes:
        loading_s: Seconds spent on reading articles: no part of any peer's indexing.
        loading_processor_s: The same in seconds of the processor.
        analysis_s: Seconds spent on analysing text for the peer.
        count: Documents handed out.
        raw_bytes: Their text as UTF-8.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = iter(documents)
        self._analyzer = Analyzer()
        self.loading_s = 0.0
        self.loading_processor_s = 0.0
        self.analysis_s = 0.0
        self.count = 0
        self.raw_bytes = 0

    def documents(self) -> Iterator[Document]:
        """Yield the documents, for a peer that analyses text itself."""
        while True:
            begin, processor_begin = time.perf_counter(), time.thread_time()
            document = next(self._documents, None)
            if document is not None:
                self.count += 1
                self.raw_bytes += raw_bytes(document)
            self.loading_s += time.perf_counter() - begin
            self.loading_processor_s += time.thread_time() - processor_begin
            if document is None:
                return
            yield document

    def analyzed(self) -> Iterator[Analyzed]:
        """Yield the documents with their words, for a peer that is given words."""
        for document in self.documents():
            begin = time.perf_counter()
            analyzed = self._analyze(document)
            self.analysis_s += time.perf_counter() - begin
            yield analyzed

    def _analyze(self, document: Document) -> Analyzed:
        title, title_folded = self._forms(document.title)
        lead, lead_folded = self._forms(document.lead)
        body, body_folded = self._forms(document.body)
        border = [BORDER] if lead else []
        return Analyzed(
            document=document,
            title=title,
            body=lead + border + body,
            title_folded=title_folded,
            body_folded=lead_folded + border + body_folded,
        )

    def _forms(self, text: str) -> tuple[list[str], list[str]]:
        tokens = self._analyzer.tokens(text)
        exact = [token.exact.removesuffix(UNACCENTED) for token in tokens]
        return exact, [token.folded for token in tokens]
