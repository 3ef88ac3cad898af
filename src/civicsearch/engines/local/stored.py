"""The documents themselves: each compressed alone, with a dictionary of what news repeats.

One read of a hit must not cost the unpacking of its neighbours, and a short text compressed by
itself keeps half its size. So the first documents of a segment become a dictionary for all: of
4,000 real articles, a document takes 0.40 of its text (alone 0.49, in blocks of eight 0.39) and
is unpacked in 18 µs (a block of eight in 113).

A document is a JSON list of what nearly all have, then its lead and body as they are: escaping and
parsing these two took longer than everything else about a document.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from json.scanner import make_scanner
from typing import TYPE_CHECKING, Any

import numpy as np

from civicsearch.document import Document, parse_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from civicsearch.engines.local.sections import Section, SectionFile, SectionFileWriter

__all__ = ["StoredReader", "StoredWriter"]

_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# What `json.loads` calls in the end; its way there takes as long as the list.
_scan = make_scanner(json.JSONDecoder())  # type: ignore[arg-type] # typed as its own context
# What nearly every document has, in this order; the rest is named.
_PLAIN = ("id", "url", "title", "source", "section", "language", "published")
_RAW = -15  # no header and no checksum of zlib's: the file has one
_LEVEL = 3
_DICTIONARY_BYTES = 4096
"""Twice as much saves another hundredth of the text, and costs a tenth more time."""
_SAMPLE = 32  # documents without a dictionary, before there is one


class StoredWriter:
    """Collects documents for one segment, in memory or in a section of the file at once."""

    def __init__(self, section: Section | None = None) -> None:
        self._section = section
        self._first: list[bytes] | None = []
        self._dictionary = b""
        self._runs: list[tuple[int, bytes]] = []
        self._sizes: list[int] = []
        self._parts: list[bytes] = []
        self.size_bytes = 0

    def add(self, document: Document) -> None:
        """Add the next document."""
        self._add(_encode(document))

    def add_encoded(self, data: bytes) -> None:
        """Add the next document as `StoredReader.encoded` gave it."""
        self._add(data)

    def add_packed(self, parts: Iterable[bytes], dictionary: bytes) -> None:
        """Add documents as they are packed in another segment."""
        self._settle()
        self._begin_run(dictionary)
        for data in parts:
            self._append(data)

    def write(self, file: SectionFileWriter) -> dict[str, Any]:
        """Add all documents to a file, and return what a reader must know of them."""
        self._settle()
        ends = np.zeros(len(self._sizes) + 1, np.int64)
        np.cumsum(np.array(self._sizes, np.int64), out=ends[1:])
        file.add("stored_offsets", ends)
        if self._section is None:
            section = file.section("stored", np.uint8)
            for data in self._parts:
                section.write(data)
        dictionaries = list(dict.fromkeys(dictionary for _, dictionary in self._runs))
        file.add_bytes("stored_dictionaries", b"".join(dictionaries))
        return {
            "dictionary_sizes": [len(dictionary) for dictionary in dictionaries],
            "dictionary_runs": [
                [first, dictionaries.index(dictionary)] for first, dictionary in self._runs
            ],
        }

    def _add(self, data: bytes) -> None:
        if self._first is None:
            self._begin_run(self._dictionary)
            self._append(_pack(data, self._dictionary))
            return
        self._first.append(data)
        self.size_bytes += len(data)
        if len(self._first) >= _SAMPLE:
            self._settle()

    def _settle(self) -> None:
        """Make the dictionary of what is there, and pack it; a handful is packed without one."""
        if self._first is None:
            return
        waiting, self._first = self._first, None
        if len(waiting) >= _SAMPLE:
            self._dictionary = _make_dictionary(waiting)
        self._begin_run(self._dictionary)
        for data in waiting:
            self._append(_pack(data, self._dictionary))

    def _begin_run(self, dictionary: bytes) -> None:
        if not self._runs or self._runs[-1][1] != dictionary:
            self._runs.append((len(self._sizes), dictionary))

    def _append(self, data: bytes) -> None:
        if self._section is None:
            self._parts.append(data)
            self.size_bytes += len(data)
        else:
            self._section.write(data)
        self._sizes.append(len(data))


class StoredReader:
    """Reads the documents of one segment."""

    def __init__(self, file: SectionFile) -> None:
        self._map, self._start = file.span("stored")
        self._offsets = file.array("stored_offsets")
        self._runs: list[list[int]] = file.facts["stored"]["dictionary_runs"]
        self._firsts = [first for first, _ in self._runs]
        self._dictionaries = _split(
            file.bytes("stored_dictionaries"), file.facts["stored"]["dictionary_sizes"]
        )

    def document(self, number: int) -> Document:
        """Return a document."""
        return _decode(self.encoded(number))

    def encoded(self, number: int) -> bytes:
        """Return a document as it was before it was packed."""
        return _unpack(self.packed(number), self.dictionary(number))

    def packed(self, number: int) -> bytes:
        """Return a document as it is packed."""
        start, end = self._offsets[number : number + 2].tolist()
        return self._map[self._start + start : self._start + end]

    def dictionary(self, number: int) -> bytes:
        """Return the dictionary that a document is packed with."""
        return self._dictionaries[self._runs[bisect_right(self._firsts, number) - 1][1]]

    def runs(self) -> Iterator[tuple[int, int, bytes]]:
        """Yield first and last (excluded) document of each run with one dictionary."""
        ends = [*self._firsts[1:], len(self._offsets) - 1]
        for (first, dictionary), end in zip(self._runs, ends, strict=True):
            yield first, end, self._dictionaries[dictionary]


def _encode(document: Document) -> bytes:
    values = document.to_dict()
    texts = {"lead", "body", *_PLAIN}
    rest = {name: value for name, value in values.items() if value and name not in texts}
    if document.views == 0:
        rest["views"] = 0
    head = [values[name] for name in _PLAIN]
    text = f"{_to_json([*head, len(document.lead), rest])}{document.lead}{document.body}"
    return text.encode("utf-8", "surrogatepass")


def _decode(data: bytes) -> Document:
    text = data.decode("utf-8", "surrogatepass")
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


def _make_dictionary(samples: list[bytes]) -> bytes:
    """Return whole documents from here and there: they hold what articles have in common."""
    return b"".join(samples[::5])[:_DICTIONARY_BYTES]


def _pack(data: bytes, dictionary: bytes) -> bytes:
    if dictionary:
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, 8, 0, dictionary)
    else:
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, 8)
    return packer.compress(data) + packer.flush()


def _unpack(data: bytes, dictionary: bytes) -> bytes:
    unpacker = zlib.decompressobj(_RAW, dictionary) if dictionary else zlib.decompressobj(_RAW)
    return unpacker.decompress(data)


def _split(data: bytes, sizes: list[int]) -> list[bytes]:
    parts, start = [], 0
    for size in sizes:
        parts.append(data[start : start + size])
        start += size
    return parts
