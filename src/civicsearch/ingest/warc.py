"""Which pages a web archive file holds: the HTML that was answered with status 200, as a stream.

`warcio` reads WARC and the older ARC, packed record by record, as a whole, or not at all. It is an
extra, for few users have such files: `pip install 'civicsearch[warc]'`.
"""

from __future__ import annotations

import io
import zlib
from contextlib import redirect_stderr
from typing import TYPE_CHECKING, Any

from civicsearch.errors import ExtractionError
from civicsearch.ingest.members import Allowance, Member

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["WARC_SUFFIXES", "iter_records"]

WARC_SUFFIXES = (".warc", ".warc.gz", ".arc", ".arc.gz")

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_ANSWER, _OK = "response", "200"


def iter_records(path: Path, *, max_bytes: int) -> Iterator[Member]:
    """Yield the pages of a WARC or ARC file, each with its address and type as they were served.

    Args:
        path: The file.
        max_bytes: No more than one byte above this is read of a page.

    Raises:
        ExtractionError: It is no such file, is damaged, or unpacks to far more than its size; or
            `warcio` is not installed. What was yielded before is sound.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - an extra
        from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415
    except ImportError:
        reason = "web archives need one more package: pip install 'civicsearch[warc]'"
        raise ExtractionError(reason) from None
    broken = (ArchiveLoadFailed, zlib.error, EOFError, ValueError, AttributeError, OSError)
    allowance = Allowance(path)
    record, is_told = None, False
    try:
        with path.open("rb") as file:
            # Without the headers of HTTP: one that is missing would end the file in silence.
            archive = ArchiveIterator(file, arc2warc=True, no_record_parse=True)
            archive.close = _nothing  # it would forget how the file ended
            while (following := _next_of(archive)) is not None:
                record = following
                member = _member_of(record, archive, max_bytes)
                is_told = member is not None and bool(member.problem)
                if member is not None:
                    allowance.take(len(member.content))
                    yield member
            is_cut = _ends_within(record, archive)
    except broken as error:
        reason = "not a valid WARC or ARC file, or cut short"
        if record is not None:
            reason = "cut short, or damaged: the records further on could not be read"
        raise ExtractionError(reason) from error
    if is_cut and not is_told:
        reason = "cut short: the file ends in the middle of a record"
        raise ExtractionError(reason)


def _nothing() -> None:
    """Close nothing: the file is closed by who opened it."""


def _next_of(archive: Any) -> Any:  # noqa: ANN401 - of a package without types
    """Return the next record, or None. What warcio writes to the terminal about it is dropped."""
    with redirect_stderr(io.StringIO()):
        return next(archive, None)


def _ends_within(record: Any, archive: Any) -> bool:  # noqa: ANN401
    """Return whether a file that is read to its end ends in the middle of its last record."""
    if record is None:
        raise EOFError
    packed = archive.reader.decompressor
    length = record.rec_headers.get_header("Content-Length") or ""
    # A header without its length was cut, too: in front of it, or within.
    return (
        (packed is not None and not packed.eof)
        or not length.strip().isdecimal()
        or record.raw_stream.limit > 0
    )


def _member_of(record: Any, archive: Any, max_bytes: int) -> Member | None:  # noqa: ANN401
    """Return the page in a record, or None where it holds something else."""
    if record.rec_type != _ANSWER:
        return None
    with redirect_stderr(io.StringIO()):
        try:
            record.http_headers = archive.loader.load_http_headers(
                record.rec_type,
                record.rec_headers.get_header("WARC-Target-URI") or "",
                record.raw_stream,
                record.length,
            )
        except EOFError:  # nothing is left of the record
            return None
        return _member(record, max_bytes) if _is_page(record) else None


def _is_page(record: Any) -> bool:  # noqa: ANN401 - of a package without types
    if record.http_headers is None:
        return False
    if record.http_headers.get_statuscode() != _OK:
        return False
    kind, _, _ = (record.http_headers.get_header("Content-Type") or "").partition(";")
    return kind.strip().lower() in _HTML_TYPES


def _member(record: Any, max_bytes: int) -> Member:  # noqa: ANN401
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    content = record.content_stream().read(max_bytes + 1)
    problem = ""
    if record.rec_headers.get_header("WARC-Truncated"):
        problem = "cut short when it was fetched"
    elif len(content) <= max_bytes and record.raw_stream.limit > 0:
        problem = "the file ends in the middle of it"
    return Member(
        name=url,
        content=content,
        url=url or None,
        content_type=record.http_headers.get_header("Content-Type"),
        problem=problem,
    )
