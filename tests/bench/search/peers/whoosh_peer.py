"""Stock Whoosh 2.7.4, with its own codec, matchers and collectors.

Words come analysed, in fields for title and body, exact and folded; its analyzer only parts them
at blanks (and finds words in the printed text, for highlights). Its `minmatch` was never written:
"half of these words" is asked with OR.
"""

from __future__ import annotations

import datetime as dt
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any

warnings.filterwarnings("ignore", category=SyntaxWarning)  # 2016 source: `is` with a literal

from whoosh import index, sorting  # noqa: E402 - after the filter
from whoosh.analysis import LowercaseFilter, RegexTokenizer  # noqa: E402
from whoosh.fields import DATETIME, ID, NUMERIC, STORED, TEXT, Schema  # noqa: E402
from whoosh.query import And, DateRange, Or, Phrase, Prefix, Term  # noqa: E402

from bench.search.peers.protocol import Answer  # noqa: E402
from bench.search.queries import Kind, Question, Word  # noqa: E402
from bench.search.source import BORDER, Analyzed, Source  # noqa: E402

LIMIT_MB = 256
TITLE_WEIGHT = 3.0


class WhooshPeer:
    index_name = "whoosh"
    version = version("whoosh")
    kinds = frozenset(Kind)

    def build(self, source: Source, folder: Path) -> None:
        writer = index.create_in(str(folder), _schema()).writer(limitmb=LIMIT_MB)
        for analyzed in source.analyzed():
            writer.add_document(**_whoosh_fields(analyzed))
        writer.commit()

    def open(self, folder: Path) -> None:
        self._searcher = index.open_dir(str(folder)).searcher()

    def search(self, question: Question) -> Answer:
        results = self._searcher.search(_query(question), limit=10, **_options(question))
        documents = [hit.fields() for hit in results]
        snippets = []
        if question.kind is Kind.PAGE:
            snippets = [hit.highlights("body", text=_text(hit.fields())) for hit in results]
        counts = []
        if question.kind is Kind.FILTER:
            counts = [results.groups("source"), results.groups("year")]
        return Answer([document["id"] for document in documents], documents, snippets, counts)

    def asks_the_same(self, question: Question) -> bool:
        return question.needs_all or question.minimum == 1

    def count(self, question: Question) -> int | None:
        query = _query(question)
        if question.period is not None:
            query = And([query, _filter(question)])
        return sum(1 for _ in query.docs(self._searcher))

    def close(self) -> None:
        self._searcher.close()


def _schema() -> Schema:
    blanks = RegexTokenizer(rf"\w+|{BORDER}") | LowercaseFilter()
    return Schema(
        id=ID(stored=True, unique=True),
        url=STORED,
        stored_title=STORED,
        lead=STORED,
        stored_body=STORED,
        title=TEXT(analyzer=blanks),
        body=TEXT(analyzer=blanks),
        title_folded=TEXT(analyzer=blanks),
        body_folded=TEXT(analyzer=blanks),
        source=ID(stored=True, sortable=True),
        published=DATETIME(stored=True, sortable=True),
        year=NUMERIC(sortable=True),
    )


def _whoosh_fields(analyzed: Analyzed) -> dict[str, Any]:
    document = analyzed.document
    return {
        "id": document.document_id,
        "url": document.url,
        "stored_title": document.title,
        "lead": document.lead,
        "stored_body": document.body,
        "title": " ".join(analyzed.title),
        "body": " ".join(analyzed.body),
        "title_folded": " ".join(analyzed.title_folded),
        "body_folded": " ".join(analyzed.body_folded),
        "source": document.source,
        "published": document.published.replace(tzinfo=None),
        "year": document.published.year,
    }


def _options(question: Question) -> dict[str, Any]:
    if question.kind is Kind.NEWEST:
        return {"sortedby": "published", "reverse": True}
    if question.period is None:
        return {}
    facets = sorting.Facets().add_field("source").add_field("year")
    return {"filter": _filter(question), "groupedby": facets, "maptype": sorting.Count}


def _filter(question: Question) -> And:
    first, last = (dt.datetime.combine(day, dt.time()) for day in question.period)
    end = last + dt.timedelta(days=1)
    period = DateRange("published", first, end, endexcl=True)
    return And([period, Or([Term("source", name) for name in question.sources])])


def _query(question: Question) -> Any:
    if question.kind is Kind.PHRASE:
        words = [word.exact for word in question.words]
        return Or([Phrase("title", words, boost=TITLE_WEIGHT), Phrase("body", words)])
    children = list(map(_word, question.words))
    return And(children) if question.needs_all else Or(children)


def _word(word: Word) -> Or:
    node = Prefix if word.is_prefix else Term
    suffix = "_folded" if word.is_folded else ""
    queries = []
    for spelling in word.spellings:
        queries.append(node(f"title{suffix}", spelling, boost=TITLE_WEIGHT))
        queries.append(node(f"body{suffix}", spelling))
    return Or(queries)


def _text(fields: dict[str, Any]) -> str:
    return f"{fields['lead']}\n{fields['stored_body']}"
