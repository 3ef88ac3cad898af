"""The documents themselves: each compressed alone, with what its segment knows of such texts.

One read of a hit must not cost the unpacking of its neighbours, and a short text compressed by
itself keeps half its size. So a *codebook* for all is made of the first documents of a segment: a
dictionary of what news repeats, and an alphabet of the 255 commonest characters, each a byte.

A document is a JSON list of what nearly all have, then its lead and body as they are: escaping and
parsing these two took longer than everything else about a document.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import lru_cache
from itertools import islice
from json.scanner import make_scanner
from typing import TYPE_CHECKING, Any

import numpy as np

from civicsearch.document import Document, parse_moment
from civicsearch.engines.local.codebook import (
    PLAIN,
    Codebook,
    Packer,
    Unpacker,
    make_codebook,
)
from civicsearch.search.engine import Summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from civicsearch.engines.local.sections import Section, SectionFile, SectionFileWriter

__all__ = ["FEWEST", "SAMPLE", "StoredReader", "StoredWriter"]

_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# What `json.loads` calls in the end; its way there takes as long as the list.
_scan = make_scanner(json.JSONDecoder())  # type: ignore[arg-type] # typed as its own context
# What nearly every document has, in this order; the rest is named.
_PLAIN = ("id", "url", "title", "source", "section", "language", "published")
FEWEST = 32
"""Documents that a codebook is made of."""
SAMPLE = 256
"""Documents that wait for the codebook that is made of them. With 128 they are packed 0.5 % larger,
with 64 1.5 %."""
_SUMMARY_BYTES = 448
_UNPACKERS_KEPT = 32


class StoredWriter:
    """Collects documents for one segment, in memory or in a section of the file at once."""

    def __init__(
        self, section: Section | None = None, *, samples: Sequence[str] | None = None
    ) -> None:
        """Begin without documents.

        Args:
            section: Where they go at once; in memory, if not given.
            samples: Texts to make the codebook of; the first documents, if not given.
        """
        self._section = section
        self._first: list[str] | None = None if samples is not None else []
        self._packer = _packer(samples or ())
        self._runs: list[tuple[int, Codebook]] = []
        self._sizes: list[int] = []
        self._parts: list[bytes] = []
        self.size_bytes = 0

    def add(self, document: Document) -> None:
        """Add the next document."""
        self.add_text(_to_text(document))

    def add_text(self, text: str) -> None:
        """Add the next document as `StoredReader.text` gave it."""
        if self._first is None:
            self._begin_run(self._packer.codebook)
            data = self._packer.pack(text)
            self._append(data, len(data))
            return
        self._first.append(text)
        self.size_bytes += len(text)
        if len(self._first) >= SAMPLE:
            self._settle()

    def add_packed(self, data: bytes, sizes: Iterable[int], codebook: Codebook) -> None:
        """Add documents as they are packed in another segment, one after the other."""
        self._settle()
        self._begin_run(codebook)
        self._append(data, *sizes)

    def write(self, file: SectionFileWriter) -> dict[str, Any]:
        """Add all documents to a file, and return what a reader must know of them."""
        self._settle()
        ends = np.zeros(len(self._sizes) + 1, np.int64)
        np.cumsum(np.array(self._sizes, np.int64), out=ends[1:])
        file.add("stored_offsets", ends.astype(np.uint32 if ends[-1] < 1 << 32 else np.int64))
        if self._section is None:
            section = file.section("stored", np.uint8)
            for data in self._parts:
                section.write(data)
        codebooks = list(dict.fromkeys(codebook for _, codebook in self._runs))
        file.add_bytes("stored_dictionaries", b"".join(book.dictionary for book in codebooks))
        return {
            "dictionary_sizes": [len(codebook.dictionary) for codebook in codebooks],
            "alphabets": [codebook.alphabet for codebook in codebooks],
            "codebook_runs": [[first, codebooks.index(codebook)] for first, codebook in self._runs],
        }

    def _settle(self) -> None:
        """Make the codebook of what is there, and pack it; a handful is packed without one."""
        if self._first is None:
            return
        waiting, self._first = self._first, None
        self._packer = _packer(waiting)
        self._begin_run(self._packer.codebook)
        for data in map(self._packer.pack, waiting):
            self._append(data, len(data))

    def _begin_run(self, codebook: Codebook) -> None:
        if not self._runs or self._runs[-1][1] != codebook:
            self._runs.append((len(self._sizes), codebook))

    def _append(self, data: bytes, *sizes: int) -> None:
        if self._section is None:
            self._parts.append(data)
            self.size_bytes += len(data)
        else:
            self._section.write(data)
        self._sizes.extend(sizes)


def _packer(samples: Sequence[str]) -> Packer:
    is_enough = len(samples) >= min(FEWEST, SAMPLE)
    return Packer(make_codebook(samples) if is_enough else PLAIN)


class StoredReader:
    """Reads the documents of one segment."""

    def __init__(self, file: SectionFile) -> None:
        self._map, self._start = file.span("stored")
        self._offsets = file.array("stored_offsets")
        facts = file.facts["stored"]
        self._runs: list[list[int]] = facts["codebook_runs"]
        self._firsts = [first for first, _ in self._runs]
        dictionaries = _split(file.bytes("stored_dictionaries"), facts["dictionary_sizes"])
        self._codebooks = list(map(Codebook, dictionaries, facts["alphabets"]))
        # Each takes some 100 kB; a segment joined of many may have many.
        self._unpacker = lru_cache(_UNPACKERS_KEPT)(self._make_unpacker)

    def document(self, number: int) -> Document:
        """Return a document."""
        return _to_document(self.text(number))

    def summary(self, number: int) -> Summary:
        """Return title, address, publisher and date: they lie at the beginning of a document.

        To read so much takes a fifth of the time of a whole document.
        """
        beginning = self._unpacker(self._book(number)).unpack(self.packed(number), _SUMMARY_BYTES)
        try:
            values = list(islice(_iter_values(beginning), 7))
        except (StopIteration, ValueError):  # a long title or address, or another damage
            values = []
        if len(values) < len(_PLAIN):
            document = self.document(number)
            return Summary(document.title, document.url, document.source, document.published)
        _, url, title, source, _, _, published = values
        return Summary(title, url, source, parse_moment(published))

    def text(self, number: int) -> str:
        """Return a document as it was before it was packed."""
        return self._unpacker(self._book(number)).unpack(self.packed(number))

    def packed(self, number: int) -> bytes:
        """Return a document as it is packed."""
        start, end = self._offsets[number : number + 2].tolist()
        return self._map[self._start + start : self._start + end]

    def packed_together(self, first: int, last: int) -> tuple[bytes, list[int]]:
        """Return documents `first` to `last` (excluded) as they are packed, and their sizes."""
        ends = self._offsets[first : last + 1]
        start, end = self._start + int(ends[0]), self._start + int(ends[-1])
        return self._map[start:end], np.diff(ends).tolist()

    def codebook(self, number: int) -> Codebook:
        """Return what a document is packed with."""
        return self._codebooks[self._book(number)]

    def runs(self) -> Iterator[tuple[int, int, Codebook]]:
        """Yield first and last (excluded) document of each run with one codebook."""
        ends = [*self._firsts[1:], len(self._offsets) - 1]
        for (first, codebook), end in zip(self._runs, ends, strict=True):
            yield first, end, self._codebooks[codebook]

    def _make_unpacker(self, book: int) -> Unpacker:
        return Unpacker(self._codebooks[book])

    def _book(self, number: int) -> int:
        return self._runs[bisect_right(self._firsts, number) - 1][1]


def _iter_values(text: str) -> Iterator[Any]:
    """Yield the items of the list that a document begins with, while they are whole."""
    end = 0
    while True:
        value, end = _scan(text, end + 1)  # behind a bracket, or a comma
        if end >= len(text):
            return
        yield value


def _to_text(document: Document) -> str:
    values = document.to_dict()
    texts = {"lead", "body", *_PLAIN}
    rest = {name: value for name, value in values.items() if value and name not in texts}
    if document.views == 0:
        rest["views"] = 0
    head = [values[name] for name in _PLAIN]
    return f"{_to_json([*head, len(document.lead), rest])}{document.lead}{document.body}"


def _to_document(text: str) -> Document:
    values, end = _scan(text, 0)
    document_id, url, title, source, section, language, published, lead_chars, rest = values
    middle = end + lead_chars
    if rest:
        head = zip(_PLAIN, values, strict=False)
        texts = {"lead": text[end:middle], "body": text[middle:]}
        return Document.from_dict({**dict(head), **texts, **rest})
    return Document(
        document_id=document_id,
        url=url,
        title=title,
        lead=text[end:middle],
        body=text[middle:],
        source=source,
        section=section,
        language=language,
        published=parse_moment(published),
    )


def _split(data: bytes, sizes: list[int]) -> list[bytes]:
    parts, start = [], 0
    for size in sizes:
        parts.append(data[start : start + size])
        start += size
    return parts
