"""One file of many arrays: written once, mapped into memory, never changed.

A file begins with a magic word, then come the sections, each an array or plain bytes at an
offset that is a multiple of eight, then a directory as JSON, and at the very end where the
directory lies. Numbers are little-endian. A reader maps the file and looks at what it needs: to
open costs the same for a thousand documents and for a million.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["Section", "SectionFile", "SectionFileWriter", "WrittenFile", "file_checksum"]

MAGIC = b"CIVSEC4\n"
_TAIL = struct.Struct("<QQ8s")  # where the directory begins, its length, the magic word again
_ALIGNMENT = 8
_SPOOL_BYTES = 4 << 20
_COPY_BYTES = 1 << 20


class WrittenFile(NamedTuple):
    """What must be known of a file to notice that it changed: its size and CRC-32."""

    size_bytes: int
    checksum: int


class Section:
    """The parts of one section, in memory until they are many, then in a file without a name."""

    def __init__(self, dtype: np.dtype[Any], folder: Path) -> None:
        self.dtype = dtype
        self.size_bytes = 0
        self._folder = folder
        self._parts: list[memoryview | bytes] = []
        self._held_bytes = 0
        self._spool: Any = None

    def write(self, part: NDArray[Any] | bytes) -> None:
        """Add a part at the end."""
        data = part if isinstance(part, bytes) else _bytes_of(part, self.dtype)
        self._parts.append(data)
        self._held_bytes += len(data)
        self.size_bytes += len(data)
        if self._held_bytes > _SPOOL_BYTES:
            if self._spool is None:
                import tempfile  # noqa: PLC0415 - 3 ms, and a search writes nothing

                self._spool = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - see drain
            self._spool.writelines(self._parts)
            self._parts, self._held_bytes = [], 0

    def drain(self) -> Iterator[memoryview | bytes]:
        """Yield everything written, once, and let go of it."""
        if self._spool is not None:
            self._spool.seek(0)
            while data := self._spool.read(_COPY_BYTES):
                yield data
            self._spool.close()
        yield from self._parts
        self._parts = []

    def close(self) -> None:
        """Let go of the temporary file."""
        if self._spool is not None:
            self._spool.close()


class SectionFileWriter:
    """Collects sections, in any order and part by part, and writes them to one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sections: dict[str, Section] = {}

    def section(self, name: str, dtype: Any) -> Section:  # noqa: ANN401 - whatever numpy takes
        """Return the section called `name`, to write parts of `dtype` to."""
        if name not in self._sections:
            self._sections[name] = Section(np.dtype(dtype).newbyteorder("<"), self._path.parent)
        return self._sections[name]

    def add(self, name: str, array: NDArray[Any]) -> None:
        """Add a whole section."""
        self.section(name, array.dtype).write(array)

    def add_bytes(self, name: str, data: bytes) -> None:
        """Add a whole section of bytes."""
        self.section(name, np.uint8).write(data)

    def finish(self, facts: Mapping[str, Any]) -> WrittenFile:
        """Write the file, durably, with `facts` in its directory."""
        checksum = position = 0
        directory: dict[str, list[Any]] = {}
        with self._path.open("xb") as file:

            def put(data: memoryview | bytes) -> None:
                nonlocal checksum, position
                file.write(data)
                checksum = zlib.crc32(data, checksum)
                position += len(data)

            put(MAGIC)
            for name, section in self._sections.items():
                put(b"\0" * (-position % _ALIGNMENT))
                count = section.size_bytes // section.dtype.itemsize
                directory[name] = [position, count, section.dtype.str]
                for data in section.drain():
                    put(data)
            start = position
            put(json.dumps({"facts": dict(facts), "sections": directory}).encode())
            put(_TAIL.pack(start, position - start, MAGIC))
            file.flush()
            os.fsync(file.fileno())
        return WrittenFile(position, checksum)

    def close(self) -> None:
        """Let go of temporary files; what was not finished is lost."""
        for section in self._sections.values():
            section.close()


class SectionFile:
    """A file of sections, mapped. Threads may share it; it stays readable after its deletion."""

    def __init__(self, path: Path) -> None:
        """Map the file.

        Raises:
            OSError: It cannot be read.
            ValueError: It is not one of ours, or damaged.
        """
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._status = os.fstat(file.fileno())
        self._path = path
        self.size_bytes = len(self._map)
        if self._map[: len(MAGIC)] != MAGIC or self.size_bytes < len(MAGIC) + _TAIL.size:
            reason = f"{path.name} is not one of its files"
            raise ValueError(reason)
        start, length, magic = _TAIL.unpack(self._map[-_TAIL.size :])
        if magic != MAGIC or start + length + _TAIL.size != self.size_bytes:
            reason = f"{path.name} is not whole"
            raise ValueError(reason)
        directory = json.loads(self._map[start : start + length])
        self.facts: Mapping[str, Any] = directory["facts"]
        self._sections: Mapping[str, list[Any]] = directory["sections"]
        self._arrays: dict[str, NDArray[Any]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def is_replaced(self) -> bool:
        """Return whether another file is now where this one was: a copy that was put back."""
        try:
            return not os.path.samestat(self._status, self._path.stat())
        except OSError:  # it is gone, and can be read all the same
            return False

    def array(self, name: str) -> NDArray[Any]:
        """Return a section as a read-only array on the map."""
        found = self._arrays.get(name)
        if found is None:
            offset, count, dtype = self._sections[name]
            found = np.frombuffer(self._map, dtype=dtype, count=count, offset=offset)
            self._arrays[name] = found
        return found

    def forget(self) -> None:
        """Let go of the memory that what was read takes; it is read again when it is needed."""
        if hasattr(self._map, "madvise"):  # not on Windows
            self._map.madvise(mmap.MADV_DONTNEED)

    def span(self, name: str) -> tuple[mmap.mmap, int]:
        """Return the map and where in it a section of bytes begins: the fastest way to slices."""
        return self._map, self._sections[name][0]

    def bytes(self, name: str) -> bytes:
        """Return a section of bytes, copied."""
        offset, count, _ = self._sections[name]
        return self._map[offset : offset + count]


def file_checksum(path: Path) -> WrittenFile:
    """Return the size and CRC-32 of a file as it is now."""
    size = checksum = 0
    with path.open("rb") as file:
        while data := file.read(_COPY_BYTES):
            checksum = zlib.crc32(data, checksum)
            size += len(data)
    return WrittenFile(size, checksum)


def _bytes_of(array: NDArray[Any], dtype: np.dtype[Any]) -> memoryview | bytes:
    data = np.ascontiguousarray(array, dtype=dtype)
    return data.ravel().view(np.uint8).data if data.size else b""
