"""Which fields a document is searched by, what each weighs, and what text it holds.

How a field is written to disk is the engine's question; how text becomes terms, `analysis`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from civicsearch.errors import UnknownFieldError
from civicsearch.values import Value

if TYPE_CHECKING:
    from civicsearch.document import Document

__all__ = ["DEFAULT_SCHEMA", "FACETS", "TITLE", "Field", "Schema", "field_texts"]

FACETS = ("source", "section", "year", "author", "tag", "language")
"""What hits can be counted by."""
TITLE = "title"
"""The field of the headline."""


class Field(NamedTuple):
    """One searchable part of a document.

    Attributes:
        name: What a query writes before the colon.
        weight: How many times a word here counts in a plain query, relative to the body; 0 for
            a field that is searched only when it is named.
        meaning: Half a sentence for the help text.
    """

    name: str
    weight: float
    meaning: str


class Schema(Value):
    """The fields of an archive, in a fixed order."""

    fields: tuple[Field, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all fields, in order."""
        return tuple(field.name for field in self.fields)

    @property
    def zones(self) -> tuple[Field, ...]:
        """The fields that a plain query searches."""
        return tuple(field for field in self.fields if field.weight > 0)

    @property
    def fingerprint(self) -> str:
        """A hash that changes when names or weights do: lengths on disk depend on both."""
        facts = ";".join(f"{field.name}={field.weight}" for field in self.fields)
        return _KNOWN_HASHES.get(facts) or hash_of(facts)

    def field(self, name: str) -> Field:
        """Return the field called `name`.

        Raises:
            UnknownFieldError: There is none; the error lists those there are.
        """
        for field in self.fields:
            if field.name == name:
                return field
        raise UnknownFieldError(name, known=self.names)

    def scope(self, name: str | None) -> tuple[tuple[str, float], ...]:
        """Return the names and weights that a query on `name` (None: plain) looks into.

        A field of weight 0, when named, counts once.
        """
        if name is None:
            return tuple((field.name, field.weight) for field in self.zones)
        field = self.field(name)
        return ((field.name, field.weight or 1.0),)


def hash_of(facts: str) -> str:
    """Return 16 digits of the SHA-256 of a text."""
    import hashlib

    return hashlib.sha256(facts.encode()).hexdigest()[:16]


# Every search needs the hash of the default fields, to compare it with that of the archive, and
# `hashlib` loads OpenSSL: a thirtieth of the time that a search at the terminal takes. Where a
# weight changes this is not found, and hashed; then take the new facts and their hash.
_KNOWN_HASHES = {
    "title=3.0;lead=2.0;body=1.0;caption=0.5;author=1.0;source=0.0;"
    "section=0.0;tag=0.0;language=0.0": "697c1a91d6a1258e",
}


# The weights of title and lead follow the shared measurement that a lead counted 2-4 times lifts
# the MRR of titles as queries from 0.816 to 0.829; title, caption and author are not yet tuned.
DEFAULT_SCHEMA = Schema(
    fields=(
        Field(name="title", weight=3.0, meaning="the headline"),
        Field(name="lead", weight=2.0, meaning="the opening paragraph, where one is marked"),
        Field(name="body", weight=1.0, meaning="the story"),
        Field(name="caption", weight=0.5, meaning="texts under pictures"),
        Field(name="author", weight=1.0, meaning="who wrote it"),
        Field(name="source", weight=0.0, meaning="the publisher"),
        Field(name="section", weight=0.0, meaning="the section of the site"),
        Field(name="tag", weight=0.0, meaning="the keywords of the page"),
        Field(name="language", weight=0.0, meaning="two letters: vi, cs, en"),
    )
)


def field_texts(document: Document) -> dict[str, str]:
    """Return the text that each field of the default schema takes from `document`."""
    return {
        "title": document.title,
        "lead": document.lead,
        "body": document.body,
        "caption": "\n".join(caption.text for caption in document.captions),
        "author": "\n".join(document.authors),
        "source": document.source,
        "section": document.section,
        "tag": "\n".join(document.tags),
        "language": document.language,
    }
