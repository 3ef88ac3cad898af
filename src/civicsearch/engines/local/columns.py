"""What a segment knows of each document besides its words: identity, lengths, date, facets.

Each is an array with one value a document, or, for facets with several values, a flat array and
where each document begins in it. Ids are found by a sorted array of their hashes.
"""

from __future__ import annotations

import json
from functools import cached_property
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from civicsearch.engines.local.postings import ranges

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from civicsearch.engines.local.sections import SectionFile, SectionFileWriter

__all__ = [
    "NO_MOMENT",
    "Columns",
    "FacetColumn",
    "documents_with_hash",
    "hash_key",
    "join_facets",
    "join_ids",
    "write_facets",
    "write_hashes",
    "write_ids",
]

_IDS_AT_ONCE = 1 << 16  # eight bytes for each of their bytes are needed to fetch them
NO_MOMENT = -1
"""What the column of moments holds for a document without a date."""


def hash_key(text: str) -> int:
    """Return 63 bits that stand for a text in a sorted array."""
    from hashlib import blake2b  # loads OpenSSL, which most searches do without

    data = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little") >> 1


def write_ids(file: SectionFileWriter, document_ids: Sequence[str]) -> None:
    """Add the ids of all documents, in order, and the way from an id to its document."""
    encoded = [document_id.encode("utf-8", "surrogatepass") for document_id in document_ids]
    ends = np.fromiter(accumulate(map(len, encoded), initial=0), np.uint32, len(encoded) + 1)
    file.add("id_offsets", ends)
    file.add_bytes("ids", b"".join(encoded))
    hashes = np.fromiter(map(hash_key, document_ids), np.int64, len(document_ids))
    write_hashes(file, "id", hashes, np.arange(len(hashes)))


def join_ids(file: SectionFileWriter, parts: Sequence[tuple[Columns, NDArray[np.intp]]]) -> None:
    """Add the ids of some documents of several segments; hashes are left to `write_hashes`."""
    data, sizes = [], [np.empty(0, np.int64)]
    for columns, kept in parts:
        own, own_sizes = columns.encoded_ids(kept)
        data.append(own.tobytes())
        sizes.append(own_sizes)
    ends = np.concatenate(sizes).cumsum()
    file.add("id_offsets", np.concatenate([[0], ends]).astype(np.uint32))
    file.add_bytes("ids", b"".join(data))


def write_hashes(
    file: SectionFileWriter, name: str, hashes: NDArray[np.int64], documents: NDArray[Any]
) -> None:
    """Add a way from hashes to documents."""
    order = np.argsort(hashes, kind="stable")
    file.add(f"{name}_hashes", hashes[order])
    file.add(f"{name}_documents", documents[order].astype(np.uint32))


def documents_with_hash(file: SectionFile, name: str, key: int) -> list[int]:
    """Return the documents that have a hash, ascending; more than one by chance or by intent."""
    hashes = file.array(f"{name}_hashes")
    start = int(np.searchsorted(hashes, key))
    end = start
    while end < len(hashes) and hashes[end] == key:
        end += 1
    return sorted(file.array(f"{name}_documents")[start:end].tolist())


class FacetColumn:
    """The values of one facet.

    Attributes:
        values: What documents may have.
        ordinals: Numbers of values, of all documents one after the other.
        starts: Where each document begins in `ordinals`, and the end; None where each document
            has exactly one number, and number `len(values)` stands for none.
    """

    def __init__(
        self,
        values: Sequence[str],
        ordinals: NDArray[np.int64],
        starts: NDArray[np.int64] | None,
    ) -> None:
        self.values = values
        self.ordinals = ordinals
        self.starts = starts

    def of_documents(
        self, numbers: NDArray[np.intp]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return how many values each of some documents has, and their numbers in order."""
        if self.starts is None:
            ordinals = self.ordinals.take(numbers)
            is_held = ordinals < len(self.values)
            return is_held.astype(np.int64), ordinals[is_held]
        starts = self.starts.take(numbers)
        counts = self.starts.take(numbers + 1) - starts
        return counts, self.ordinals.take(ranges(starts, counts))


def write_facets(file: SectionFileWriter, facets: Mapping[str, Sequence[Sequence[str]]]) -> None:
    """Add the facets of all documents: for each facet, the values of each document."""
    for name, rows in facets.items():
        values = sorted(set(chain.from_iterable(rows)))
        numbers = {value: number for number, value in enumerate(values)}
        file.add_bytes(f"facet_{name}_values", json.dumps(values).encode())
        dtype = np.min_scalar_type(len(values))
        if all(len(row) <= 1 for row in rows):
            none = len(values)
            ordinals: Iterable[int] = (numbers[row[0]] if row else none for row in rows)
        else:
            ordinals = (numbers[value] for row in rows for value in row)
            ends = accumulate(map(len, rows), initial=0)
            file.add(f"facet_{name}_starts", np.fromiter(ends, np.uint32, len(rows) + 1))
        file.add(f"facet_{name}_ordinals", np.fromiter(ordinals, dtype))


def join_facets(
    file: SectionFileWriter, name: str, parts: Sequence[tuple[FacetColumn, NDArray[np.intp]]]
) -> None:
    """Add one facet of some documents of several segments, as `write_facets` adds it."""
    counts, held = [], []
    for column, kept in parts:
        own_counts, ordinals = column.of_documents(kept)
        counts.append(own_counts)
        held.append(ordinals)
    used = [np.bincount(own).nonzero()[0].tolist() for own in held]
    values = sorted(
        {column.values[n] for (column, _), own in zip(parts, used, strict=True) for n in own}
    )
    numbers = {value: number for number, value in enumerate(values)}
    renumbered = [np.empty(0, np.int64)]
    for (column, _), own in zip(parts, held, strict=True):
        new = np.array([numbers.get(value, 0) for value in column.values] + [0], np.int64)
        renumbered.append(new.take(own))
    sizes, ordinals = np.concatenate([np.empty(0, np.int64), *counts]), np.concatenate(renumbered)
    file.add_bytes(f"facet_{name}_values", json.dumps(values).encode())
    if (sizes <= 1).all():
        each = np.full(len(sizes), len(values))
        each[sizes == 1] = ordinals
        ordinals = each
    else:
        starts = np.concatenate([[0], sizes.cumsum()])
        file.add(f"facet_{name}_starts", starts.astype(np.uint32))
    file.add(f"facet_{name}_ordinals", ordinals.astype(np.min_scalar_type(len(values))))


class Columns:
    """Reads the columns of one segment."""

    def __init__(self, file: SectionFile) -> None:
        self._file = file
        self._ids, self._ids_start = file.span("ids")
        self._id_offsets: NDArray[np.uint32] = file.array("id_offsets")

    def document_id(self, number: int) -> str:
        """Return the id of a document."""
        start, end = self._id_offsets[number : number + 2].tolist()
        data = self._ids[self._ids_start + start : self._ids_start + end]
        return data.decode("utf-8", "surrogatepass")

    def encoded_ids(self, numbers: NDArray[np.intp]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """Return the ids of some documents as UTF-8, one after the other, and their sizes."""
        offsets = self._id_offsets.astype(np.int64)
        starts = offsets.take(numbers)
        sizes = offsets.take(numbers + 1) - starts
        ids = self._file.array("ids")
        pieces = [np.empty(0, np.uint8)]
        for first in range(0, len(numbers), _IDS_AT_ONCE):
            piece = slice(first, first + _IDS_AT_ONCE)
            pieces.append(ids.take(ranges(starts[piece], sizes[piece])))
        return np.concatenate(pieces), sizes

    def document_ids(self) -> list[str]:
        """Return the ids of all documents, in order."""
        return [self.document_id(number) for number in range(len(self._id_offsets) - 1)]

    def numbers_of(self, document_id: str) -> list[int]:
        """Return the documents with an id: one, or none; more while a batch holds updates."""
        return [
            number
            for number in documents_with_hash(self._file, "id", hash_key(document_id))
            if self.document_id(number) == document_id
        ]

    @property
    def moments(self) -> NDArray[np.int64]:
        """See `search.request.moment_key`; `NO_MOMENT` without a date."""
        return self._file.array("moments")

    @property
    def lengths(self) -> NDArray[np.uint32]:
        """Zone-weighted numbers of words, in the unit of frequencies."""
        return self._file.array("lengths")

    @cached_property
    def field_starts(self) -> NDArray[Any]:
        """Where each field begins in the stream of its document, shape (documents, fields)."""
        starts = self._file.array("field_starts")
        return starts.reshape(len(self._id_offsets) - 1, -1)

    def field_sizes(self) -> NDArray[np.int64]:
        """Return the number of words in each field, shape (documents, fields)."""
        ends = np.diff(self._file.array("stream_starts").astype(np.int64))
        bounds = np.column_stack([self.field_starts.astype(np.int64), ends])
        return np.diff(bounds, axis=1) - 1  # without the separator

    def span_of(self, field: int, documents: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return from where to where a field lies in some documents, shape (documents, 2).

        Args:
            field: Its place in the schema. The last one ends with the document.
            documents: Their numbers.
        """
        begins = self.field_starts.take(documents, axis=0).astype(np.int64)
        if field + 1 < begins.shape[1]:
            return begins[:, field : field + 2]
        starts = self._file.array("stream_starts")
        ends = starts.take(documents + 1).astype(np.int64) - starts.take(documents)
        return np.column_stack([begins[:, field], ends])

    def facet(self, name: str) -> FacetColumn:
        """Return one facet."""
        values = json.loads(self._file.bytes(f"facet_{name}_values"))
        starts = f"facet_{name}_starts"
        return FacetColumn(
            values,
            self._file.array(f"facet_{name}_ordinals").astype(np.int64),
            self._file.array(starts).astype(np.int64) if starts in self._file else None,
        )

    def facet_rows(self, name: str) -> list[list[str]]:
        """Return the values of each document."""
        column = self.facet(name)
        if column.starts is None:
            values = [[value] for value in column.values] + [[]]
            return [values[ordinal] for ordinal in column.ordinals.tolist()]
        names = [column.values[ordinal] for ordinal in column.ordinals.tolist()]
        ends = column.starts.tolist()
        return [names[start:end] for start, end in pairwise(ends)]
