"""Which files a `.zip` or `.tar` file holds, opened one after the other, within bounds.

Nothing is unpacked to disk, so the names inside are labels only and can lead nowhere. What is in
the files is the question of `packed`.
"""

from __future__ import annotations

import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from functools import partial
from typing import IO, TYPE_CHECKING, Protocol

from civicsearch.errors import ExtractionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from _typeshed import WriteableBuffer

    from civicsearch.ingest.members import Allowance

__all__ = ["CONTAINER_SUFFIXES", "Packed", "counted", "iter_packed"]

CONTAINER_SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")

_MAX_MEMBERS = 1_000_000
_BUFFER_BYTES = 65_536
_DAMAGED = "damaged, or cut short"
_ENCRYPTED = "encrypted"
_BROKEN = (
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    RuntimeError,  # a later version of zip than zipfile knows
    TypeError,  # tarfile, of a gzip header that ends too early
    ValueError,
    OverflowError,
    OSError,
)


class Packed:
    """One file in a container.

    Attributes:
        name: As the container has it; never a path to open.
        is_regular: Whether it is a file, and no link or device.
        is_broken: Whether it turned out to be damaged when it was read.
    """

    def __init__(
        self, name: str, opener: Callable[[], IO[bytes] | None] | None, allowance: Allowance
    ) -> None:
        """Keep what opens the file; None where it is no regular one."""
        self.name = name
        self.is_regular = opener is not None
        self.is_broken = False
        self._opener = opener
        self._allowance = allowance

    def open(self) -> io.BufferedReader:
        """Return its content as a stream, each byte of which is taken off the allowance.

        Raises:
            ExtractionError: It cannot be read, now or further on; the others may be sound.
        """
        try:
            file = self._opener() if self._opener else None
        except NotImplementedError:
            reason = "packed in a way that cannot be unpacked here"
            raise ExtractionError(reason) from None
        except _BROKEN as error:
            self._break()
            raise ExtractionError(_DAMAGED) from error
        if file is None:
            reason = "not a file"
            raise ExtractionError(reason)
        return counted(file, self._allowance, reason=_DAMAGED, on_damage=self._break)

    def _break(self) -> None:
        self.is_broken = True


def iter_packed(path: Path, allowance: Allowance) -> Iterator[Packed]:
    """Yield the files in a container, to be read before the next one is asked for.

    Args:
        path: The container; its name says of which kind.
        allowance: How much may be unpacked.

    Raises:
        ExtractionError: The container is broken, or unpacks to far more than its size. What was
            yielded before is sound.
    """
    is_zip = path.name.lower().endswith(".zip")
    is_begun = False
    try:
        for packed in _iter_zip(path, allowance) if is_zip else _iter_tar(path, allowance):
            is_begun = True
            yield packed
    except _BROKEN as error:
        reason = f"not a valid {'zip' if is_zip else 'tar'} file, or cut short"
        if is_begun:
            reason = "cut short, or damaged: the files further on could not be read"
        raise ExtractionError(reason) from error


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...
    def close(self) -> None: ...


def counted(
    file: _Readable,
    allowance: Allowance,
    *,
    reason: str,
    on_damage: Callable[[], None] | None = None,
) -> io.BufferedReader:
    """Return a stream that takes what is read off an allowance, and has one kind of error.

    Args:
        file: Closed together with the stream.
        allowance: Asked after every read.
        reason: What is said of it where it cannot be read.
        on_damage: Called then.
    """
    raw = _Counted(file, allowance, reason, on_damage)
    return io.BufferedReader(raw, _BUFFER_BYTES)


class _Counted(io.RawIOBase):
    def __init__(
        self,
        file: _Readable,
        allowance: Allowance,
        reason: str,
        on_damage: Callable[[], None] | None,
    ) -> None:
        self._file = file
        self._allowance = allowance
        self._reason = reason
        self._on_damage = on_damage

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        try:
            content = self._file.read(min(len(view), _BUFFER_BYTES))
        except _BROKEN as error:
            if self._on_damage:
                self._on_damage()
            raise ExtractionError(self._reason) from error
        self._allowance.take(len(content))
        view[: len(content)] = content
        return len(content)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


def _iter_zip(path: Path, allowance: Allowance) -> Iterator[Packed]:
    with zipfile.ZipFile(path) as container:
        _refuse(too_much=len(container.infolist()) > _MAX_MEMBERS)
        for info in container.infolist():
            if not info.is_dir():
                yield Packed(info.filename, partial(_open_zipped, container, info), allowance)


def _open_zipped(container: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    if info.flag_bits & 1:
        raise ExtractionError(_ENCRYPTED)
    return container.open(info)


# Zeros are the mark of the end; that a file ends without them is common.
_ENDS = (tarfile.EOFHeaderError, tarfile.EmptyHeaderError)  # type: ignore[attr-defined]


class _Header(tarfile.TarInfo):
    """A header of a tar file: one that is none ends the file for `tarfile`, as if all were well."""

    @classmethod
    def fromtarfile(cls, container: tarfile.TarFile) -> _Header:
        try:
            return super().fromtarfile(container)
        except tarfile.HeaderError as error:
            if isinstance(error, _ENDS):
                raise
            raise tarfile.ReadError(str(error)) from error


def _iter_tar(path: Path, allowance: Allowance) -> Iterator[Packed]:
    allowed = allowance.left
    with tarfile.open(path, "r|*", tarinfo=_Header) as container:
        for number, info in enumerate(container):
            _refuse(too_much=number > _MAX_MEMBERS or info.offset_data + info.size > allowed)
            if not info.isdir():
                opener = partial(container.extractfile, info) if info.isreg() else None
                packed = Packed(info.name, opener, allowance)
                yield packed
                if packed.is_broken:  # in a stream there is no way round it
                    raise EOFError
            container.members.clear()  # type: ignore[attr-defined]  # else it keeps them all


def _refuse(*, too_much: bool) -> None:
    if too_much:
        reason = "unpacks to far more than its size"
        raise ExtractionError(reason)
