"""The documents themselves: each in two texts, its head and its story.

The head is all that a list of hits shows: a JSON list of what nearly all documents have. It is
unpacked in 2 us, where a story takes 8. A story begins with such a list, then come lead and body
as they are: escaping and parsing these two took longer than everything else about a document.
"""

from __future__ import annotations

import json
from json.scanner import make_scanner
from typing import TYPE_CHECKING, Any

from civicsearch.document import Document, parse_moment
from civicsearch.engines.local.packed_texts import PackedTexts, PackedTextsWriter
from civicsearch.errors import InvalidOptionError
from civicsearch.search.engine import Summary

if TYPE_CHECKING:
    from civicsearch.engines.local.sections import SectionFile, SectionFileWriter

__all__ = ["PARTS", "StoredReader", "StoredWriter"]

PARTS = ("heads", "stories")
"""What the texts of all documents are called in a file."""
_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# What `json.loads` calls in the end; its way there takes as long as the list.
_scan = make_scanner(json.JSONDecoder())  # type: ignore[arg-type] # typed as its own context
# What nearly every document has, in this order; the rest is named.
_PLAIN = ("id", "url", "title", "source", "section", "language", "published")


class StoredWriter:
    """Collects documents for one segment, in memory."""

    def __init__(self) -> None:
        self._writers = PackedTextsWriter(), PackedTextsWriter()

    @property
    def size_bytes(self) -> int:
        """What the documents take now."""
        return sum(writer.size_bytes for writer in self._writers)

    def add(self, document: Document) -> None:
        """Add the next document."""
        parts = list(zip(self._writers, _to_texts(document), strict=True))
        # Both before one is added: a head without its story would be the head of the next one.
        ready = [writer.ready(text) for writer, text in parts]
        for writer, one in zip(self._writers, ready, strict=True):
            writer.append(one)

    def write(self, file: SectionFileWriter) -> dict[str, Any]:
        """Add all documents to a file, and return what a reader must know of them."""
        parts = zip(PARTS, self._writers, strict=True)
        return {name: writer.write(file, name) for name, writer in parts}


class StoredReader:
    """Reads the documents of one segment.

    Attributes:
        parts: The texts of the documents, in the order of `PARTS`.
    """

    def __init__(self, file: SectionFile) -> None:
        facts = file.facts["stored"]
        self.parts = tuple(PackedTexts(file, name, facts[name]) for name in PARTS)
        self._heads, self._stories = self.parts

    def document(self, number: int) -> Document:
        """Return a document.

        Raises:
            ValueError: What is there is none. Nobody gave it to us: it is no error of a request.
        """
        try:
            return _to_document(self._heads.text(number), self._stories.text(number))
        except InvalidOptionError as error:
            raise ValueError(str(error)) from error

    def summary(self, number: int) -> Summary:
        """Return title, address, publisher and date."""
        (_, url, title, source, _, _, published), _ = _scan(self._heads.text(number), 0)
        return Summary(title, url, source, parse_moment(published))


def _to_texts(document: Document) -> tuple[str, str]:
    values = document.to_dict()
    texts = {"lead", "body", *_PLAIN}
    more = {name: value for name, value in values.items() if value and name not in texts}
    if document.views == 0:
        more["views"] = 0
    head = _to_json([values[name] for name in _PLAIN])
    return head, f"{_to_json([len(document.lead), more])}{document.lead}{document.body}"


def _to_document(head: str, story: str) -> Document:
    values, _ = _scan(head, 0)
    (lead_chars, more), end = _scan(story, 0)
    lead, body = story[end : end + lead_chars], story[end + lead_chars :]
    if more:
        plain = dict(zip(_PLAIN, values, strict=True))
        return Document.from_dict({**plain, "lead": lead, "body": body, **more})
    document_id, url, title, source, section, language, published = values
    return Document(
        document_id=document_id,
        url=url,
        title=title,
        lead=lead,
        body=body,
        source=source,
        section=section,
        language=language,
        published=parse_moment(published),
    )
