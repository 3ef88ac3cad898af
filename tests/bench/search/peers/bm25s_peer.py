"""bm25s: BM25 scores computed while indexing, in sparse arrays.

Words come analysed; folded ones are words of their own with a sign before them, so that one
question may mix both. It can only rank by an OR: no AND, phrases, prefixes, filters or counts,
and "half of these words" is asked with OR. Documents come from the JSON lines that it saves.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import bm25s
from bm25s.tokenization import Tokenized

from bench.search.peers.protocol import Answer
from bench.search.queries import Kind, Question
from bench.search.source import Source

FOLDED = "~"


class Bm25sPeer:
    index_name = "bm25s"
    version = version("bm25s")
    kinds = frozenset({Kind.WORDS, Kind.TITLE, Kind.ANY, Kind.UNACCENTED})

    def build(self, source: Source, folder: Path) -> None:
        vocabulary: dict[str, int] = {}
        numbers, kept = [], []
        for analyzed in source.analyzed():
            words = analyzed.title + analyzed.body
            words += [FOLDED + word for word in analyzed.title_folded + analyzed.body_folded]
            numbers.append([vocabulary.setdefault(word, len(vocabulary)) for word in words])
            document = analyzed.document
            kept.append(
                {
                    "id": document.document_id,
                    "url": document.url,
                    "title": document.title,
                    "text": document.text,
                    "source": document.source,
                    "published": document.published.isoformat(),
                }
            )
        retriever = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        retriever.index(Tokenized(ids=numbers, vocab=vocabulary), show_progress=False)
        retriever.save(str(folder), corpus=kept, show_progress=False)

    def open(self, folder: Path) -> None:
        self._retriever = bm25s.BM25.load(str(folder), mmap=True, load_corpus=True)

    def search(self, question: Question) -> Answer:
        words = [
            FOLDED + spelling if word.is_folded else spelling
            for word in question.words
            for spelling in word.spellings
        ]
        known = [word for word in words if word in self._retriever.vocab_dict]
        if not known:
            return Answer([], [], [], [])
        found = self._retriever.retrieve([known], k=10, show_progress=False)
        documents = list(found.documents[0])
        return Answer([document["id"] for document in documents], documents, [], [])

    def asks_the_same(self, question: Question) -> bool:
        return question.minimum == 1

    def count(self, question: Question) -> int | None:
        del question
        return None

    def close(self) -> None:
        del self._retriever
