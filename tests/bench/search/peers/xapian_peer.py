"""Xapian through Debian's python3-xapian (there is no wheel of it).

Words come analysed and are added as postings with positions, under a prefix for each of title and
body, exact and folded; the stored data of a document is JSON. Xapian cannot ask for "half of
these words": such questions are asked with OR.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable
from pathlib import Path

try:
    import xapian
except ImportError:  # a virtual environment does not see Debian's packages
    sys.path.append("/usr/lib/python3/dist-packages")
    try:
        import xapian
    finally:
        sys.path.pop()

from bench.search.peers.protocol import Answer
from bench.search.queries import Kind, Question, Word
from bench.search.source import Analyzed, Source

BODY, TITLE, BODY_FOLDED, TITLE_FOLDED, SOURCE, ID = "", "S", "XB", "XT", "XS", "Q"
PUBLISHED_SLOT, SOURCE_SLOT, YEAR_SLOT = 0, 1, 2
TITLE_WEIGHT = 3.0
LIMIT_ERROR = xapian.Query.WILDCARD_LIMIT_ERROR
MAX_TERM_BYTES = 240
SNIPPET_BYTES = 200


class XapianPeer:
    index_name = "xapian"
    version = xapian.version_string()
    kinds = frozenset(Kind)

    def build(self, source: Source, folder: Path) -> None:
        database = xapian.WritableDatabase(str(folder / "index"), xapian.DB_CREATE)
        for analyzed in source.analyzed():
            database.add_document(_xapian_document(analyzed))
        database.commit()
        database.close()

    def open(self, folder: Path) -> None:
        self._database = xapian.Database(str(folder / "index"))

    def search(self, question: Question) -> Answer:
        enquire = xapian.Enquire(self._database)
        enquire.set_query(_query(question))
        if question.kind is Kind.NEWEST:
            enquire.set_sort_by_value(PUBLISHED_SLOT, True)
        spies = []
        if question.kind is Kind.FILTER:
            spies = [xapian.ValueCountMatchSpy(slot) for slot in (SOURCE_SLOT, YEAR_SLOT)]
        for spy in spies:
            enquire.add_matchspy(spy)
        at_least = self._database.get_doccount() if spies else 0
        found = enquire.get_mset(0, 10, at_least)
        documents = [json.loads(match.document.get_data()) for match in found]
        snippets = []
        if question.kind is Kind.PAGE:
            snippets = [_snippet(found, document) for document in documents]
        counts = [[(item.term, item.termfreq) for item in spy.values()] for spy in spies]
        return Answer([document["id"] for document in documents], documents, snippets, counts)

    def asks_the_same(self, question: Question) -> bool:
        return question.needs_all or question.minimum == 1

    def count(self, question: Question) -> int | None:
        enquire = xapian.Enquire(self._database)
        enquire.set_query(_query(question))
        found = enquire.get_mset(0, 1, self._database.get_doccount())
        return found.get_matches_estimated()  # exact, since all documents were looked at

    def close(self) -> None:
        self._database.close()


def _xapian_document(analyzed: Analyzed) -> xapian.Document:
    made = xapian.Document()
    zones = (
        (TITLE, analyzed.title),
        (BODY, analyzed.body),
        (TITLE_FOLDED, analyzed.title_folded),
        (BODY_FOLDED, analyzed.body_folded),
    )
    for prefix, words in zones:
        for position, word in enumerate(words, start=1):
            made.add_posting(_term(prefix, word), position)
    document = analyzed.document
    made.add_boolean_term(SOURCE + document.source)
    made.add_boolean_term(ID + document.document_id)
    made.add_value(PUBLISHED_SLOT, xapian.sortable_serialise(document.published.timestamp()))
    made.add_value(SOURCE_SLOT, document.source)
    made.add_value(YEAR_SLOT, str(document.published.year))
    kept = {
        "id": document.document_id,
        "url": document.url,
        "title": document.title,
        "lead": document.lead,
        "body": document.body,
        "source": document.source,
        "published": document.published.isoformat(),
    }
    made.set_data(json.dumps(kept, ensure_ascii=False))
    return made


def _term(prefix: str, word: str) -> bytes:
    return (prefix + word).encode()[:MAX_TERM_BYTES]


def _query(question: Question) -> xapian.Query:
    asked = _words_query(question)
    if question.period is None:
        return asked
    first, last = (
        dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC) for day in question.period
    )
    end = last + dt.timedelta(days=1, seconds=-1)
    period = xapian.Query(
        xapian.Query.OP_VALUE_RANGE,
        PUBLISHED_SLOT,
        xapian.sortable_serialise(first.timestamp()),
        xapian.sortable_serialise(end.timestamp()),
    )
    sources = _any([xapian.Query(SOURCE + name) for name in question.sources])
    condition = xapian.Query(xapian.Query.OP_AND, [period, sources])
    return xapian.Query(xapian.Query.OP_FILTER, asked, condition)


def _words_query(question: Question) -> xapian.Query:
    if question.kind is Kind.PHRASE:
        words = [word.exact for word in question.words]
        return _in_zones(
            TITLE,
            BODY,
            lambda prefix: xapian.Query(
                xapian.Query.OP_PHRASE, [_term(prefix, word) for word in words], len(words)
            ),
        )
    operator = xapian.Query.OP_AND if question.needs_all else xapian.Query.OP_OR
    return xapian.Query(operator, list(map(_word_query, question.words)))


def _word_query(word: Word) -> xapian.Query:
    def spelled(prefix: str, spelling: str) -> xapian.Query:
        if word.is_prefix:  # OP_WILDCARD means "begins so" in this version; 0: without a limit
            return xapian.Query(xapian.Query.OP_WILDCARD, prefix + spelling, 0, LIMIT_ERROR)
        return xapian.Query(_term(prefix, spelling))

    title, body = (TITLE_FOLDED, BODY_FOLDED) if word.is_folded else (TITLE, BODY)
    return _any(
        [
            _in_zones(title, body, lambda prefix, s=spelling: spelled(prefix, s))
            for spelling in word.spellings
        ]
    )


def _in_zones(title: str, body: str, make: Callable[[str], xapian.Query]) -> xapian.Query:
    weighed = xapian.Query(xapian.Query.OP_SCALE_WEIGHT, make(title), TITLE_WEIGHT)
    return _any([weighed, make(body)])


def _any(queries: list[xapian.Query]) -> xapian.Query:
    return queries[0] if len(queries) == 1 else xapian.Query(xapian.Query.OP_OR, queries)


def _snippet(found: xapian.MSet, document: dict[str, str]) -> str:
    text = f"{document['lead']}\n{document['body']}"
    return found.snippet(text, SNIPPET_BYTES).decode(errors="ignore")
