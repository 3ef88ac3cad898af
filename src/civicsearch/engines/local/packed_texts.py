"""Many short texts in a file, each compressed alone, with what its segment knows of such texts.

One read of a hit must not cost the unpacking of its neighbours, and a short text compressed by
itself keeps half its size. So a *codebook* for all is made of the first ones, or in a merge of some
of all: a dictionary of what they repeat, and an alphabet of the 255 commonest characters, each a
byte.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from civicsearch.engines.local.codebook import PLAIN, Codebook, Packer, Unpacker, make_codebook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from civicsearch.engines.local.sections import Section, SectionFile, SectionFileWriter

__all__ = ["FEWEST", "SAMPLE", "PackedTexts", "PackedTextsWriter"]

FEWEST = 32
"""Of so many texts a codebook is made; fewer have none."""
SAMPLE = 512
"""Texts that wait for the codebook that is made of them. With 256 documents are packed 2 % larger,
as the dictionary is half as large."""
_UNPACKERS_KEPT = 128
"""A million documents that came at once have 107 codebooks; with 32 kept, each search made seven
anew, 50 us each."""


class PackedTextsWriter:
    """Collects texts for one segment, in memory or in a section of the file at once."""

    def __init__(
        self, section: Section | None = None, *, samples: Sequence[str] | None = None
    ) -> None:
        """Begin without texts.

        Args:
            section: Where they go at once; in memory, if not given.
            samples: Texts to make the codebook of; the first ones, if not given.
        """
        self._section = section
        self._first: list[str] | None = None if samples is not None else []
        self._packer = _packer(samples or ())
        self._runs: list[tuple[int, Codebook]] = []
        self._sizes = array("q")  # a list would take five times the memory
        self._parts: list[bytes] = []
        self.size_bytes = 0

    def add(self, text: str) -> None:
        """Add the next text."""
        self.append(self.ready(text))

    def ready(self, text: str) -> str | bytes:
        """Return what `append` takes of a text: packed, once enough wait for a codebook.

        Whatever fails, fails here, and leaves everything as it was.
        """
        if self._first is not None and len(self._first) >= SAMPLE:
            self._settle()
        return text if self._first is not None else self._packer.pack(text)

    def append(self, ready: str | bytes) -> None:
        """Add the next text as `ready` returned it."""
        if isinstance(ready, bytes):
            self._begin_run(self._packer.codebook)
            self._append(ready, len(ready))
        elif self._first is not None:
            self._first.append(ready)
            self.size_bytes += len(ready)

    def add_packed(self, data: bytes, sizes: Iterable[int], codebook: Codebook) -> None:
        """Add texts as they are packed in another segment, one after the other."""
        self._settle()
        self._begin_run(codebook)
        self._append(data, *sizes)

    def write(self, file: SectionFileWriter, name: str) -> dict[str, Any]:
        """Add all texts to a file, and return what a reader must know of them.

        Args:
            file: The file.
            name: What its sections are called. Where the texts have one already, that has it.
        """
        self._settle()
        ends = np.zeros(len(self._sizes) + 1, np.int64)
        np.cumsum(self._sizes, out=ends[1:])
        file.add(f"{name}_offsets", ends.astype(np.uint32 if ends[-1] < 1 << 32 else np.int64))
        if self._section is None:
            section = file.section(name, np.uint8)
            for data in self._parts:
                section.write(data)
        codebooks = list(dict.fromkeys(codebook for _, codebook in self._runs))
        file.add_bytes(f"{name}_dictionaries", b"".join(book.dictionary for book in codebooks))
        return {
            "dictionary_sizes": [len(codebook.dictionary) for codebook in codebooks],
            "alphabets": [codebook.alphabet for codebook in codebooks],
            "codebook_runs": [[first, codebooks.index(codebook)] for first, codebook in self._runs],
        }

    def _settle(self) -> None:
        """Make the codebook of what is there, and pack it; a handful is packed without one."""
        if self._first is None:
            return
        packer = _packer(self._first)
        packed = list(map(packer.pack, self._first))
        data = b"".join(packed)
        # Where it failed until here, the texts still wait, for another try.
        self._packer, self._first, self.size_bytes = packer, None, 0
        self._begin_run(packer.codebook)
        self._append(data, *map(len, packed))

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


class PackedTexts:
    """Reads the texts of one segment."""

    def __init__(self, file: SectionFile, name: str, facts: dict[str, Any]) -> None:
        """Open texts.

        Args:
            file: The file.
            name: What its sections are called.
            facts: What `PackedTextsWriter.write` returned.
        """
        self._map, self._start = file.span(name)
        self._offsets = file.array(f"{name}_offsets")
        self._runs: list[list[int]] = facts["codebook_runs"]
        self._firsts = [first for first, _ in self._runs]
        dictionaries = _split(file.bytes(f"{name}_dictionaries"), facts["dictionary_sizes"])
        self._codebooks = list(map(Codebook, dictionaries, facts["alphabets"]))
        self._unpacker = _unpackers(self._codebooks)

    def text(self, number: int) -> str:
        """Return a text."""
        return self._unpacker(self._book(number)).unpack(self.packed(number))

    def packed(self, number: int) -> bytes:
        """Return a text as it is packed."""
        start, end = self._offsets[number : number + 2].tolist()
        return self._map[self._start + start : self._start + end]

    def packed_together(self, first: int, last: int) -> tuple[bytes, list[int]]:
        """Return texts `first` to `last` (excluded) as they are packed, and their sizes."""
        ends = self._offsets[first : last + 1]
        start, end = self._start + int(ends[0]), self._start + int(ends[-1])
        return self._map[start:end], np.diff(ends).tolist()

    def codebook(self, number: int) -> Codebook:
        """Return what a text is packed with."""
        return self._codebooks[self._book(number)]

    def runs(self) -> Iterator[tuple[int, int, Codebook]]:
        """Yield first and last (excluded) text of each run with one codebook."""
        ends = [*self._firsts[1:], len(self._offsets) - 1]
        for (first, codebook), end in zip(self._runs, ends, strict=True):
            yield first, end, self._codebooks[codebook]

    def _book(self, number: int) -> int:
        return self._runs[bisect_right(self._firsts, number) - 1][1]


def _unpackers(codebooks: Sequence[Codebook]) -> Callable[[int], Unpacker]:
    """Return what gives the unpacker of a codebook, and keeps some: each takes some 80 kB.

    It does not know the reader, as a method of it would: a file that nobody reads any more would
    stay open, and on the disk, until Python looks for objects that know each other.
    """

    @lru_cache(_UNPACKERS_KEPT)
    def unpacker(book: int) -> Unpacker:
        return Unpacker(codebooks[book])

    return unpacker


def _split(data: bytes, sizes: list[int]) -> list[bytes]:
    parts, start = [], 0
    for size in sizes:
        parts.append(data[start : start + size])
        start += size
    return parts
