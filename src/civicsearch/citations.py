"""How an article is cited: as a line to read, or as a record for a reference manager.

BibTeX as biblatex reads it, with the whole date; RIS as in the specification of Research
Information Systems, 2001; CSL-JSON as in the Citation Style Language 1.0.2. Names stay as they
were printed: which part of a Vietnamese name is the family's no program should guess.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from civicsearch.analysis.folding import fold
from civicsearch.arguments import as_choice, iter_several
from civicsearch.document import Document, check_document
from civicsearch.values import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["STYLES", "cite"]

_MEANT = re.compile(r"[\\{}$&#%_~^]")
_ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_NO_KEY = re.compile("[^a-z0-9]+")


def cite(documents: Document | Iterable[Document], style: str = "text") -> str:
    """Return how articles are cited, one after the other.

    Args:
        documents: One article, or several.
        style: "text" for a line each, "bibtex", "ris" or "csl" (CSL-JSON).

    Returns:
        Lines without a line feed at the end; for "csl" a JSON array, also of one article.

    Raises:
        InvalidOptionError: There is no such style; or something is no document, or has a value of
            a wrong type.
    """
    render = STYLES[as_choice("style", style, STYLES)]
    expected = "a Document, or several"
    cited = list(iter_several("documents", documents, Document, expected=expected))
    for document in cited:
        check_document(document)
    return render([_on_one_line(document) for document in cited])


def _on_one_line(document: Document) -> Document:
    """Return a document none of whose values goes on in another line, where fields begin.

    Ingest leaves no line breaks in them; programs may.
    """
    return replace(
        document,
        title=_line_of(document.title),
        authors=tuple(map(_line_of, document.authors)),
        source=_line_of(document.source),
        url=_line_of(document.url or ""),
        language=_line_of(document.language),
    )


def _line_of(text: str) -> str:
    return " ".join(text.split())


def _as_text(documents: Sequence[Document]) -> str:
    return "\n".join(map(_line, documents))


def _line(document: Document) -> str:
    place = ", ".join(filter(None, [document.source, _day(document)]))
    title = f"“{document.title}”" if document.title else ""
    parts = [", ".join(document.authors), title, place]
    address = document.url or document.document_id  # a full stop at its end is part of it
    return ". ".join([*(part.rstrip(".") for part in parts if part), address])


def _as_bibtex(documents: Sequence[Document]) -> str:
    return "\n\n".join(map(_bibtex_entry, documents))


def _bibtex_entry(document: Document) -> str:
    fields = {
        "title": f"{{{_escaped(document.title)}}}" if document.title else "",
        "author": " and ".join(f"{{{_escaped(author)}}}" for author in document.authors),
        "journal": _escaped(document.source),
        "date": _day(document),
        "url": re.sub(r"[\\{}\s]", lambda found: f"%{ord(found[0]):02X}", document.url or ""),
        "langid": document.language,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    key = _NO_KEY.sub("-", fold(document.document_id)).strip("-") or "article"
    return "\n".join([f"@article{{{key},", *lines, "}"])


def _as_ris(documents: Sequence[Document]) -> str:
    return "\n".join(map(_ris_record, documents))


def _ris_record(document: Document) -> str:
    day = _day(document)
    fields = [
        ("TY", "NEWS"),
        ("ID", document.document_id),
        ("TI", document.title),
        *(("AU", author) for author in document.authors),
        ("T2", document.source),
        ("PY", day[:4]),
        ("DA", day.replace("-", "/")),
        ("UR", document.url or ""),
        ("LA", document.language),
    ]
    return "\n".join([*(f"{tag}  - {value}" for tag, value in fields if value), "ER  - "])


def _as_csl(documents: Sequence[Document]) -> str:
    return json.dumps([_csl_item(document) for document in documents], ensure_ascii=False, indent=2)


def _csl_item(document: Document) -> dict[str, Any]:
    day = document.published
    fields = {
        "id": document.document_id,
        "type": "article-newspaper",
        "title": document.title,
        "author": [{"literal": author} for author in document.authors],
        "container-title": document.source,
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "URL": document.url,
        "language": document.language,
    }
    return {name: value for name, value in fields.items() if value}


def _day(document: Document) -> str:
    return document.published.isoformat()[:10] if document.published else ""


def _escaped(text: str) -> str:
    """Return a text in which BibTeX sees no sign of its own."""
    return _MEANT.sub(lambda found: _ESCAPED.get(found[0], f"\\{found[0]}"), text)


STYLES: dict[str, Callable[[Sequence[Document]], str]] = {
    "text": _as_text,
    "bibtex": _as_bibtex,
    "ris": _as_ris,
    "csl": _as_csl,
}
"""The styles by name."""
