"""Which pages a `.zip` or `.tar` file holds: read one after the other, within bounds.

Nothing is unpacked to disk, so the names inside are labels only and can lead nowhere. Containers
inside containers are passed over.
"""

from __future__ import annotations

import lzma
import tarfile
import zipfile
import zlib
from typing import IO, TYPE_CHECKING

from civicsearch.errors import ExtractionError
from civicsearch.ingest.members import Allowance, Member

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["CONTAINER_SUFFIXES", "iter_members"]

CONTAINER_SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")

_MAX_MEMBERS = 1_000_000
_BROKEN = (
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    RuntimeError,  # a later version of zip than zipfile knows
    TypeError,  # tarfile, of a gzip header that ends too early
    ValueError,
    OSError,
)


_ARCHIVES = (*CONTAINER_SUFFIXES, ".warc", ".warc.gz", ".arc", ".arc.gz", ".7z", ".rar")
_NESTED = "an archive within an archive, which is not opened; unpack the outer one first"


def iter_members(path: Path, *, suffixes: tuple[str, ...], max_bytes: int) -> Iterator[Member]:
    """Yield the regular members of a container whose names end in one of `suffixes`.

    Archives among them are not opened, but named as a problem.

    Args:
        path: The container; its name says of which kind.
        suffixes: In small letters, with their dot.
        max_bytes: No more than one byte above this is read of a member.

    Raises:
        ExtractionError: The container is broken, or unpacks to far more than its size. What was
            yielded before is sound.
    """
    is_zip = path.name.lower().endswith(".zip")
    allowance = Allowance(path)
    try:
        members = _iter_zip(path, suffixes) if is_zip else _iter_tar(path, suffixes, allowance.left)
        for name, file in members:
            if isinstance(file, str):
                yield Member(name, b"", problem=file)
                continue
            with file:
                content = file.read(max_bytes + 1)
            allowance.take(len(content))
            yield Member(name, content)
    except _BROKEN as error:
        reason = "not a valid zip file" if is_zip else "not a valid tar file"
        raise ExtractionError(reason) from error


def _iter_zip(path: Path, suffixes: tuple[str, ...]) -> Iterator[tuple[str, IO[bytes] | str]]:
    """Yield names with the opened members, or with the reason why one cannot be read."""
    with zipfile.ZipFile(path) as container:
        _refuse(too_much=len(container.infolist()) > _MAX_MEMBERS)
        for info in container.infolist():
            name = info.filename.lower()
            if name.endswith(suffixes):
                yield info.filename, _open(container, info)
            elif name.endswith(_ARCHIVES):
                yield info.filename, _NESTED


def _open(container: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes] | str:
    """Return a member, or the reason why it cannot be read; the others may be sound."""
    try:
        return container.open(info)
    except NotImplementedError:
        return "packed in a way that cannot be unpacked here"
    except RuntimeError:
        return "encrypted"


def _iter_tar(
    path: Path, suffixes: tuple[str, ...], allowed: int
) -> Iterator[tuple[str, IO[bytes] | str]]:
    """Yield the same as `_iter_zip`, of a tar file."""
    with tarfile.open(path, "r|*") as container:
        for number, info in enumerate(container):
            _refuse(too_much=number > _MAX_MEMBERS or info.offset_data + info.size > allowed)
            file = container.extractfile(info) if info.isreg() else None
            name = info.name.lower()
            if file and name.endswith(suffixes):
                yield info.name, file
            elif file and name.endswith(_ARCHIVES):
                yield info.name, _NESTED
            container.members.clear()  # type: ignore[attr-defined]  # else it keeps them all


def _refuse(*, too_much: bool) -> None:
    if too_much:
        reason = "unpacks to far more than its size"
        raise ExtractionError(reason)
