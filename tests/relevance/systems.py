"""What is measured: civicsearch, and its peers as a careful user would set each of them up.

civicsearch is given the query as it was typed, through `Archive`. The peers are given its words
without punctuation and query syntax, any of which may match, which is kinder than their defaults.
A built index is kept in a folder of its own and used again while nothing that it depends on has
changed.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import re
import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import civicsearch
from civicsearch import Archive, Document
from civicsearch.errors import QuerySyntaxError
from relevance.metrics import CUTOFF

_NOT_WORD = re.compile(r"[^\w\s\u0300-\u036f]|_")
_SOURCE = Path(civicsearch.__file__).parent
# What a change of the ranking alone leaves as it is on disk.
_INDEX_SOURCE = ("analysis", "engines", "document.py", "schema.py")


class System(Protocol):
    """Something that answers queries."""

    name: str

    def version(self) -> str:
        """Return what must be equal for an index to be usable again."""

    def build(self, folder: Path, documents: Sequence[Document]) -> None:
        """Write an index of `documents` into an empty folder."""

    def open(self, folder: Path) -> None:
        """Make the index in `folder` the one that is searched."""

    def search(self, text: str) -> list[str]:
        """Return the ids of the ten best documents for `text`, best first."""


def open_system(
    system: System, documents: Sequence[Document], *, fingerprint: str, cache: Path
) -> None:
    """Open the index of `documents` for `system`, after building it where `cache` has none."""
    version = hashlib.sha256(system.version().encode()).hexdigest()[:12]
    folder = cache / f"{system.name.replace(' ', '-')}-{fingerprint}-{version}"
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(dir=cache))
        system.build(unfinished, documents)
        with contextlib.suppress(OSError):  # another run was faster
            unfinished.rename(folder)
    system.open(folder)


def query_words(text: str) -> str:
    """Return the words of a query in lower case, without punctuation: no syntax is left."""
    return " ".join(_NOT_WORD.sub(" ", text).lower().split())


def article_text(document: Document) -> str:
    """Return what is indexed besides the title."""
    return f"{document.lead}\n{document.body}".strip()


class Civicsearch:
    """The product, through its public door."""

    name = "civicsearch"

    def version(self) -> str:
        digest = hashlib.sha256()
        for name in _INDEX_SOURCE:
            path = _SOURCE / name
            for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
                digest.update(file.read_bytes())
        return digest.hexdigest()

    def build(self, folder: Path, documents: Sequence[Document]) -> None:
        with Archive.create(folder) as archive:
            archive.add(documents)

    def open(self, folder: Path) -> None:
        self._archive = Archive.open(folder)

    def search(self, text: str) -> list[str]:
        try:
            results = self._archive.search(text, limit=CUTOFF)
        except QuerySyntaxError:  # a query of punctuation alone
            return []
        return [hit.document_id for hit in results.hits]


class Tantivy:
    """tantivy-py: title and text as two fields; words may match in either."""

    def __init__(self, *, folded: bool) -> None:
        self.name = "tantivy folded" if folded else "tantivy"
        self._tokenizer = "folded" if folded else "default"

    def version(self) -> str:
        return importlib.metadata.version("tantivy")

    def build(self, folder: Path, documents: Sequence[Document]) -> None:
        writer = self._index(folder).writer()
        import tantivy

        for document in documents:
            writer.add_document(
                tantivy.Document(
                    id=document.document_id, title=document.title, body=article_text(document)
                )
            )
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        self._opened = self._index(folder)
        self._opened.reload()
        self._searcher = self._opened.searcher()

    def search(self, text: str) -> list[str]:
        words = query_words(text)
        if not words:
            return []
        query = self._opened.parse_query(words, ["title", "body"])
        hits = self._searcher.search(query, CUTOFF).hits
        return [self._searcher.doc(address)["id"][0] for _, address in hits]

    def _index(self, folder: Path) -> Any:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("title", tokenizer_name=self._tokenizer)
        builder.add_text_field("body", tokenizer_name=self._tokenizer)
        index = tantivy.Index(builder.build(), path=str(folder))
        folded = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.ascii_fold())
            .build()
        )
        index.register_tokenizer("folded", folded)
        return index


class Fts5:
    """SQLite FTS5 with its Unicode tokenizer, accents kept or removed."""

    def __init__(self, *, folded: bool) -> None:
        self.name = "FTS5 folded" if folded else "FTS5"
        self._create = (
            "CREATE VIRTUAL TABLE articles USING fts5(id UNINDEXED, title, body,"
            f' tokenize="unicode61 remove_diacritics {2 if folded else 0}")'
        )

    def version(self) -> str:
        return sqlite3.sqlite_version

    def build(self, folder: Path, documents: Sequence[Document]) -> None:
        rows = ((d.document_id, d.title, article_text(d)) for d in documents)
        with sqlite3.connect(folder / "index.sqlite") as database:
            database.execute(self._create)
            database.executemany("INSERT INTO articles VALUES (?, ?, ?)", rows)
        database.close()

    def open(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "index.sqlite")

    def search(self, text: str) -> list[str]:
        match = " OR ".join(f'"{word}"' for word in query_words(text).split())
        if not match:
            return []
        rows = self._database.execute(
            "SELECT id FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT ?", (match, CUTOFF)
        )
        return [document_id for (document_id,) in rows]


class Bm25s:
    """bm25s with its own tokenizer, title and text as one, no stop words (its list is English)."""

    name = "bm25s"

    def version(self) -> str:
        return importlib.metadata.version("bm25s")

    def build(self, folder: Path, documents: Sequence[Document]) -> None:
        import bm25s

        index = bm25s.BM25()
        index.index(
            self._tokens([f"{d.title}\n{article_text(d)}" for d in documents]), show_progress=False
        )
        index.save(str(folder))
        ids = [document.document_id for document in documents]
        (folder / "ids.json").write_text(json.dumps(ids), "utf-8")

    def open(self, folder: Path) -> None:
        import bm25s

        self._index = bm25s.BM25.load(str(folder))
        self._ids = json.loads((folder / "ids.json").read_text("utf-8"))

    def search(self, text: str) -> list[str]:
        known = [[word for word in self._tokens([text])[0] if word in self._index.vocab_dict]]
        if not known[0]:
            return []
        numbers, values = self._index.retrieve(
            known, k=min(CUTOFF, len(self._ids)), show_progress=False
        )
        found = zip(numbers[0], values[0], strict=True)
        return [self._ids[number] for number, value in found if value > 0]

    def _tokens(self, texts: list[str]) -> list[list[str]]:
        import bm25s

        return bm25s.tokenize(texts, stopwords=None, return_ids=False, show_progress=False)


class StockWhoosh:
    """Whoosh as its documentation shows it: TEXT fields, BM25F, any word may match."""

    name = "Whoosh"

    def version(self) -> str:
        return importlib.metadata.version("whoosh")

    def build(self, folder: Path, documents: Sequence[Document]) -> None:
        from whoosh import fields, index

        schema = fields.Schema(id=fields.ID(stored=True), title=fields.TEXT, body=fields.TEXT)
        writer = index.create_in(str(folder), schema).writer(limitmb=256)
        for document in documents:
            writer.add_document(
                id=document.document_id, title=document.title, body=article_text(document)
            )
        writer.commit()

    def open(self, folder: Path) -> None:
        from whoosh import index, qparser

        opened = index.open_dir(str(folder))
        self._searcher = opened.searcher()
        self._parser = qparser.MultifieldParser(
            ["title", "body"], opened.schema, group=qparser.OrGroup
        )

    def search(self, text: str) -> list[str]:
        query = self._parser.parse(query_words(text))
        return [hit["id"] for hit in self._searcher.search(query, limit=CUTOFF)]


def all_systems() -> dict[str, System]:
    """Return every system by its name, the product first."""
    systems: tuple[System, ...] = (
        Civicsearch(),
        Tantivy(folded=False),
        Tantivy(folded=True),
        Fts5(folded=False),
        Fts5(folded=True),
        Bm25s(),
        StockWhoosh(),
    )
    return {system.name: system for system in systems}
