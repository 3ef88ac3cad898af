"""The fields of an archive as Whoosh sees them, and how Whoosh cuts a query into our words."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from whoosh import analysis, columns, fields, formats
from whoosh.util.times import long_to_datetime

from civicsearch.analysis.analyzer import Analyzer
from civicsearch.analysis.folding import fold, normalize
from civicsearch.schema import field_texts

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    from civicsearch.document import Document
    from civicsearch.schema import Schema

__all__ = [
    "DOCUMENT_ID",
    "FOLDED",
    "NAMES",
    "NO_MOMENT_VALUE",
    "PUBLISHED",
    "SORTED_BY_NAME",
    "stored_fields",
    "whoosh_schema",
]

DOCUMENT_ID = "document_id"
PUBLISHED = "published"
FOLDED = "folded"
"""The words of all zones without case and accents; a word in the title weighs more."""

SORTED_BY_NAME = ("source", "section", "language")
"""Fields whose whole value can be sorted and grouped by."""
NAMES = {"authors": "author", "tags": "tag"}
"""Fields with several whole values to group by, and the facet that holds them."""

NO_MOMENT_VALUE = 2**64 - 1
"""What the column of moments holds for a document without a date: it sorts last."""


class WordAnalyzer(analysis.Analyzer):  # type: ignore[misc] # Whoosh is untyped
    """Our analyzer, as Whoosh calls one."""

    def __init__(self, *, is_folded: bool) -> None:
        self._analyzer = Analyzer()
        self._is_folded = is_folded

    def __call__(self, value: str, **options: Any) -> Iterator[analysis.Token]:  # noqa: ANN401
        """Yield the words of `value`.

        Where Whoosh asks for the text uncut, it is the beginning of a word or a pattern: only
        its case and Unicode form are made ours.
        """
        kept = {name: options.get(name, False) for name in ("positions", "chars")}
        if not options.get("tokenize", True):
            text = normalize(normalize(value).casefold())
            yield self._made(fold(text) if self._is_folded else text, (0, len(value)), 0, kept)
            return
        first, start = options.get("start_pos", 0), options.get("start_char", 0)
        for token in self._analyzer.iter_tokens(value):
            span = token.span.start + start, token.span.end + start
            text = token.folded if self._is_folded else token.exact
            yield self._made(text, span, token.position + first, kept)

    @staticmethod
    def _made(
        text: str, span: tuple[int, int], position: int, kept: dict[str, bool]
    ) -> analysis.Token:
        token = analysis.Token(**kept)
        token.text = token.original = text
        token.boost, token.stopped, token.pos = 1.0, False, position
        token.startchar, token.endchar = span
        return token


class WordPositions(formats.Positions):  # type: ignore[misc] # Whoosh is untyped
    """Positions as plain numbers; Whoosh's own format pickles them."""

    def encode(self, poslist: Iterable[int]) -> bytes:
        """Return positions as bytes."""
        return array("I", poslist).tobytes()

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """Return the positions that `encode` wrote."""
        return array("I", valuestring).tolist()

    def decode_frequency(self, valuestring: bytes) -> int:
        """Return how many positions `encode` wrote."""
        return len(valuestring) // array("I").itemsize


class Published(fields.DATETIME):  # type: ignore[misc] # Whoosh is untyped
    """When a document was published, by the clock of the place where it was."""

    def from_column_value(self, x: int) -> dt.datetime | None:
        """Return the moment that a number of the column stands for; None without a date.

        Numbers are negative where the order is reversed.
        """
        moment: dt.datetime | None
        moment = None if x == NO_MOMENT_VALUE else long_to_datetime(abs(x))
        return moment


class NamesColumn(columns.Column):  # type: ignore[misc] # Whoosh is untyped
    """A column with several names a document."""

    def default_value(self, *_arguments: object, **_options: object) -> list[str]:
        """Return no name."""
        return []

    def stores_lists(self) -> bool:
        """Return True."""
        return True


class Names(fields.STORED):  # type: ignore[misc] # Whoosh is untyped
    """Stored names, which documents can be grouped by."""

    column_type = NamesColumn()

    def from_column_value(self, value: Any) -> Any:  # noqa: ANN401 - a name or a list of names
        """Return what the column holds: it holds names as they are."""
        return value


def whoosh_schema(schema: Schema) -> fields.Schema:
    """Return what Whoosh calls the schema of an archive."""
    exact, folded = WordAnalyzer(is_folded=False), WordAnalyzer(is_folded=True)
    known: dict[str, fields.FieldType] = {
        field.name: _words(exact, stored=True, sortable=field.name in SORTED_BY_NAME)
        for field in schema.fields
    }
    known[FOLDED] = _words(folded, vector=True)
    known[DOCUMENT_ID] = fields.ID(unique=True, stored=True, sortable=True)
    known[PUBLISHED] = Published(stored=True, sortable=True)
    known["url"] = fields.STORED()
    known.update({name: Names() for name in NAMES})
    return fields.Schema(**known)


def _words(analyzer: WordAnalyzer, **options: bool) -> fields.FieldType:
    make: Callable[..., fields.FieldType] = fields.FieldType
    return make(
        format=WordPositions(),
        analyzer=analyzer,
        scorable=True,
        multitoken_query="phrase",  # `57-NQ/TW` is three words that belong together
        **options,
    )


def stored_fields(document: Document) -> dict[str, Any]:
    """Return what a hit of Whoosh holds of a document."""
    return {
        **field_texts(document),
        DOCUMENT_ID: document.document_id,
        PUBLISHED: document.published,
        "url": document.url,
        "authors": list(document.authors),
        "tags": list(document.tags),
    }
