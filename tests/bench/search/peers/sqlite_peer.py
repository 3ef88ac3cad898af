"""SQLite FTS5 through the `sqlite3` module of Python.

One table holds the documents; the FTS5 table has columns for title and body, exact and folded,
and takes its text from a view on that table (external content), so nothing is stored twice and
`snippet()` cuts from the printed text. The words come analysed; unicode61 only parts them at
blanks. FTS5 cannot ask for "half of these words": such questions are asked with OR.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

from bench.search.peers.protocol import Answer
from bench.search.queries import Kind, Question, Word
from bench.search.source import Analyzed, Source

SCHEMA = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE, url TEXT, title TEXT, lead TEXT, body TEXT,
    source TEXT, published INTEGER, year INTEGER
);
CREATE VIEW texts AS
    SELECT number, title, lead || char(10) || body AS body, title AS title_folded,
           lead || char(10) || body AS body_folded
    FROM documents;
CREATE VIRTUAL TABLE words USING fts5(
    title, body, title_folded, body_folded, content='texts', content_rowid='number',
    tokenize="unicode61 remove_diacritics 0 tokenchars '¶'"
);
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(3.0, 1.0, 3.0, 1.0)');
"""
FETCH = "SELECT d.id, d.url, d.title, d.lead, d.body, d.source, d.published"
FROM = " FROM words JOIN documents AS d ON d.number = words.rowid WHERE words MATCH ?"
SNIPPET = ", snippet(words, {column}, '', '', '...', 30)"


class SqlitePeer:
    index_name = "sqlite-fts5"
    version = sqlite3.sqlite_version
    kinds = frozenset(Kind)

    def build(self, source: Source, folder: Path) -> None:
        connection = sqlite3.connect(folder / "articles.db", isolation_level=None)
        connection.executescript(SCHEMA)
        connection.execute("BEGIN")
        for number, analyzed in enumerate(source.analyzed(), start=1):
            _insert(connection, number, analyzed)
        connection.execute("COMMIT")
        connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        connection.close()

    def open(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "articles.db")

    def search(self, question: Question) -> Answer:
        condition, values = _condition(question)
        columns = FETCH
        if question.kind is Kind.PAGE:
            columns += SNIPPET.format(column=3 if _is_folded(question) else 1)
        order = "d.published DESC" if question.kind is Kind.NEWEST else "rank"
        rows = self._connection.execute(
            f"{columns}{condition} ORDER BY {order} LIMIT 10", values
        ).fetchall()
        counts = self._counts(condition, values) if question.kind is Kind.FILTER else []
        snippets = [row[-1] for row in rows] if question.kind is Kind.PAGE else []
        return Answer([row[0] for row in rows], rows, snippets, counts)

    def asks_the_same(self, question: Question) -> bool:
        return question.needs_all or question.minimum == 1

    def count(self, question: Question) -> int | None:
        condition, values = _condition(question)
        return self._connection.execute(f"SELECT count(*){condition}", values).fetchone()[0]

    def close(self) -> None:
        self._connection.close()

    def _counts(self, condition: str, values: list[object]) -> list[list[tuple[object, int]]]:
        return [
            self._connection.execute(
                f"SELECT d.{column}, count(*){condition} GROUP BY d.{column}", values
            ).fetchall()
            for column in ("source", "year")
        ]


def _insert(connection: sqlite3.Connection, number: int, analyzed: Analyzed) -> None:
    document = analyzed.document
    connection.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            document.document_id,
            document.url,
            document.title,
            document.lead,
            document.body,
            document.source,
            int(document.published.timestamp()),
            document.published.year,
        ),
    )
    connection.execute(
        "INSERT INTO words (rowid, title, body, title_folded, body_folded) VALUES (?, ?, ?, ?, ?)",
        (number, *(" ".join(words) for words in analyzed[1:])),
    )


def _condition(question: Question) -> tuple[str, list[object]]:
    """Return the FROM and WHERE of a question, and the values of its parameters."""
    condition, values = FROM, [_match(question)]
    if question.period is not None:
        first, last = (
            dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC) for day in question.period
        )
        places = ", ".join("?" * len(question.sources))
        condition += f" AND d.published >= ? AND d.published < ? AND d.source IN ({places})"
        end = last + dt.timedelta(days=1)
        values += [int(first.timestamp()), int(end.timestamp()), *question.sources]
    return condition, values


def _match(question: Question) -> str:
    if question.kind is Kind.PHRASE:
        return f'{{title body}}: "{" ".join(word.exact for word in question.words)}"'
    return (" AND " if question.needs_all else " OR ").join(map(_word, question.words))


def _word(word: Word) -> str:
    columns = "{title_folded body_folded}" if word.is_folded else "{title body}"
    star = "*" if word.is_prefix else ""
    spelled = [f'"{spelling}"{star}' for spelling in word.spellings]
    return f"{columns}: ({' OR '.join(spelled)})"


def _is_folded(question: Question) -> bool:
    return all(word.is_folded for word in question.words)
