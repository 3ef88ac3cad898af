"""Which documents the changes of one commit are in place of, told by arrays of hashes.

A writer keeps the ids that it deletes, and of those it adds the ids of the segment that it is
filling and of one that is being written: a million of them with their places took 300 MB until the
commit. Those of segments that are written lie in their files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from civicsearch.engines.local.columns import hash_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from civicsearch.engines.local.segment import Segment

__all__ = ["Changes"]


class Changes:
    """The documents that a commit adds, and the ids that it deletes, each at its time."""

    def __init__(self, segments: Sequence[Segment], deleted: Mapping[str, int]) -> None:
        """Read the ids.

        Args:
            segments: What was added, in order.
            deleted: The ids that were deleted, with the number of segments that were written
                before.
        """
        self._segments = segments
        self._deleted = list(deleted)
        keys = [segment.file.array("id_hashes") for segment in segments]
        numbers = [segment.file.array("id_documents") for segment in segments]
        times = [np.full(len(own), 2 * place + 1) for place, own in enumerate(keys)]
        keys.append(np.fromiter(map(hash_key, deleted), np.int64, len(deleted)))
        numbers.append(np.arange(len(deleted), dtype=np.uint32))
        times.append(np.fromiter(deleted.values(), np.int64, len(deleted)) * 2)
        # A row for each change: what stands for its id, when it was, and which it is of those.
        all_keys, all_times, all_numbers = map(np.concatenate, (keys, times, numbers))
        order = np.lexsort((all_times, all_keys))
        self._keys: NDArray[np.int64] = all_keys.take(order)
        self._times: NDArray[np.int64] = all_times.take(order)
        self._numbers: NDArray[np.uint32] = all_numbers.take(order)

    def outdated(self) -> list[list[int]]:
        """Return by segment the documents that a later change is in place of."""
        found: list[list[int]] = [[] for _ in self._segments]
        for row in (self._keys[1:] == self._keys[:-1]).nonzero()[0].tolist():
            place, is_document = divmod(int(self._times[row]), 2)
            if is_document and self._id_at(row) in self._ids_from(row + 1, self._keys[row]):
                found[place].append(int(self._numbers[row]))
        return found

    def changed_in(self, segment: Segment) -> list[int]:
        """Return the documents of an older segment that are changed, ascending."""
        keys, numbers = segment.file.array("id_hashes"), segment.file.array("id_documents")
        starts = keys.searchsorted(self._keys)
        ends = keys.searchsorted(self._keys, "right")
        found = set()
        for row in (starts < ends).nonzero()[0].tolist():
            name = self._id_at(row)
            for number in numbers[starts[row] : ends[row]].tolist():
                if segment.columns.document_id(number) == name:
                    found.add(number)
        return sorted(found)

    def _ids_from(self, row: int, key: np.int64) -> Iterator[str]:
        """Yield the ids of a row and those below it while they have one key."""
        while row < len(self._keys) and self._keys[row] == key:
            yield self._id_at(row)
            row += 1

    def _id_at(self, row: int) -> str:
        place, is_document = divmod(int(self._times[row]), 2)
        number = int(self._numbers[row])
        if is_document:
            return self._segments[place].columns.document_id(number)
        return self._deleted[number]
