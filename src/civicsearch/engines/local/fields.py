"""How a document lies in the Whoosh index: its fields, terms and columns.

Every searchable field of the schema is a Whoosh field of exact forms with positions. The folded
form is searched through one more field, `forms`, whose terms are "folded, separator, exact": a
prefix of it lists every accented form of a word, and no text is indexed twice.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from whoosh import columns, fields, formats
from whoosh.analysis import IDAnalyzer

from civicsearch.schema import FACETS, field_texts
from civicsearch.search.ordering import facet_values
from civicsearch.search.request import moment_key

if TYPE_CHECKING:
    from civicsearch.analysis.analyzer import Analyzer
    from civicsearch.document import Document
    from civicsearch.schema import Schema

__all__ = [
    "DOCUMENT",
    "DOCUMENT_ID",
    "FACET_VALUES",
    "FORMS",
    "LENGTH",
    "MOMENT",
    "NO_MOMENT",
    "ORIGIN",
    "SEPARATOR",
    "origin_term",
    "to_whoosh_fields",
    "whoosh_schema",
]

DOCUMENT_ID = "document_id"  # indexed, and a column
ORIGIN = "origin"  # indexed: hash of the path, separator, hash of the bytes
FORMS = "forms"  # indexed: folded form, separator, exact form
DOCUMENT = "document"  # stored: the document as JSON
LENGTH = "length"  # column: zone-weighted number of words
MOMENT = "moment"  # column: see search.request.moment_key
FACET_VALUES = "facet_values"  # column: JSON object of lists

SEPARATOR = "\x1f"
NO_MOMENT = -1
"""What the column of moments holds for a document without a date."""


class TokenField(fields.FieldType):  # type: ignore[misc] # Whoosh is untyped
    """A Whoosh field that takes ready tokens, as a tuple of strings."""

    scorable = False  # exact lengths are in a column of ours; Whoosh would keep them in a byte
    stored = False
    unique = False
    vector = None

    def __init__(self, posting_format: formats.Format) -> None:
        self.format = posting_format
        self.analyzer = IDAnalyzer()


def whoosh_schema(schema: Schema) -> fields.Schema:
    """Return the Whoosh schema for the fields of `schema`."""
    searchable = {name: TokenField(formats.Positions()) for name in schema.names}
    return fields.Schema(
        **searchable,
        **{
            DOCUMENT_ID: fields.ID(sortable=True),
            ORIGIN: TokenField(formats.Existence()),
            FORMS: TokenField(formats.Existence()),
            DOCUMENT: fields.STORED(),
            LENGTH: fields.COLUMN(columns.NumericColumn("d")),
            MOMENT: fields.COLUMN(columns.NumericColumn("q", default=NO_MOMENT)),
            FACET_VALUES: fields.COLUMN(columns.VarBytesColumn()),
        },
    )


def to_whoosh_fields(document: Document, *, schema: Schema, analyzer: Analyzer) -> dict[str, Any]:
    """Return what Whoosh is given for `document`; all of it is analysed before Whoosh sees any."""
    tokens = analyzer.field_tokens(field_texts(document))
    moment = moment_key(document)
    facets = {name: facet_values(name, document) for name in FACETS}
    return {
        **{name: tuple(token.exact for token in found) for name, found in tokens.items() if found},
        DOCUMENT_ID: document.document_id,
        ORIGIN: tuple(origin_term(o.path) + o.sha256 for o in document.origins),
        FORMS: tuple(
            {token.folded + SEPARATOR + token.exact for found in tokens.values() for token in found}
        ),
        DOCUMENT: json.dumps(document.to_dict(), ensure_ascii=False),
        LENGTH: sum(zone.weight * len(tokens[zone.name]) for zone in schema.zones),
        MOMENT: NO_MOMENT if moment is None else moment,
        FACET_VALUES: json.dumps(facets, ensure_ascii=False).encode(),
    }


def origin_term(path: str) -> str:
    """Return the beginning of the term for an origin: a path of any length becomes a short one."""
    return hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest() + SEPARATOR
