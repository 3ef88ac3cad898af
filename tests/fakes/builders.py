import datetime as dt
import itertools

from civicsearch.analysis import Analyzer
from civicsearch.document import Document
from civicsearch.engines.memory import MemoryEngine
from civicsearch.query.nodes import Phrase, Prefix, Term

_numbers = itertools.count(1)


def a_document(**values) -> Document:
    values.setdefault("document_id", f"doc-{next(_numbers)}")
    return Document(**values)


def a_day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def term(text: str, field: str | None = None) -> Term:
    (token,) = Analyzer().tokens(text)
    return Term(exact=token.exact, folded=token.folded, field=field)


def prefix(text: str, field: str | None = None) -> Prefix:
    (token,) = Analyzer().tokens(text)
    return Prefix(exact=token.exact, folded=token.folded, field=field)


def phrase(text: str, field: str | None = None) -> Phrase:
    terms = tuple(Term(exact=t.exact, folded=t.folded) for t in Analyzer().tokens(text))
    return Phrase(terms=terms, field=field)


def a_searcher(texts):
    """Return a snapshot of an archive in memory with a document for each text."""
    engine = MemoryEngine()
    writer = engine.writer()
    for number, text in enumerate(texts):
        writer.add(Document(document_id=str(number), body=text))
    writer.commit()
    writer.close()
    return engine.searcher()
