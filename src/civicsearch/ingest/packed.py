"""What is read of the files in a zip or tar file: what would be read of them in a folder.

Archives within archives are not opened, but named; files of other kinds are counted.
"""

from __future__ import annotations

import gzip
from contextlib import contextmanager
from typing import TYPE_CHECKING

from civicsearch.errors import ExtractionError
from civicsearch.ingest.containers import counted, iter_packed
from civicsearch.ingest.feeds import FEED_BEGINNING, is_feed, iter_items
from civicsearch.ingest.jsonl import iter_lines_of
from civicsearch.ingest.kinds import SourceKind, is_xml, kind_of_name
from civicsearch.ingest.members import Allowance, Member, count_kind
from civicsearch.ingest.mhtml import read_mhtml

if TYPE_CHECKING:
    import io
    from collections import Counter
    from collections.abc import Iterator
    from pathlib import Path

    from civicsearch.ingest.containers import Packed

__all__ = ["iter_members"]

_ARCHIVES = frozenset({SourceKind.CONTAINER, SourceKind.WEB_ARCHIVE})
_OTHER_ARCHIVES = (".7z", ".rar")
_NESTED = "an archive within an archive, which is not opened; unpack the outer one first"


def iter_members(path: Path, *, max_bytes: int, passed_over: Counter[str]) -> Iterator[Member]:
    """Yield the pages in a container, and its files of documents as lines to be read at once.

    Args:
        path: The container; its name says of which kind.
        max_bytes: A page that is larger, or a feed, is named as a problem.
        passed_over: Where files of other kinds are counted.

    Raises:
        ExtractionError: The container is broken, unpacks to far more than its size, or holds
            nothing that can be read. What was yielded before is sound.
    """
    allowance = Allowance(path)
    is_empty = True
    for packed in iter_packed(path, allowance):
        try:
            for member in _read(packed, allowance, max_bytes, passed_over):
                is_empty = False
                yield member
        except ExtractionError as error:
            if allowance.left < 0:
                raise
            is_empty = False
            yield Member(packed.name, b"", problem=error.reason)
    if is_empty:
        reason = "nothing in it is a page, a file of documents or a feed"
        raise ExtractionError(reason)


def _read(
    packed: Packed, allowance: Allowance, max_bytes: int, passed_over: Counter[str]
) -> Iterator[Member]:
    kind = kind_of_name(packed.name)
    if packed.is_regular and (kind in _ARCHIVES or packed.name.lower().endswith(_OTHER_ARCHIVES)):
        yield Member(packed.name, b"", problem=_NESTED)
        return
    if packed.is_regular and (kind or is_xml(packed.name)):
        with _opened(packed, allowance) as file:
            if kind is None and is_feed(file.peek(FEED_BEGINNING)[:FEED_BEGINNING]):
                kind = SourceKind.FEED
            if kind is not None:
                yield from _read_opened(packed.name, kind, file, max_bytes)
                return
    count_kind(passed_over, packed.name)


@contextmanager
def _opened(packed: Packed, allowance: Allowance) -> Iterator[io.BufferedReader]:
    """Open a file, unpacked if its name ends in `.gz`; what it unpacks to counts as well."""
    with packed.open() as file:
        if not packed.name.lower().endswith(".gz"):
            yield file
            return
        unpacked = gzip.GzipFile(fileobj=file)
        with counted(unpacked, allowance, reason="not a valid gzip file") as content:
            yield content


def _read_opened(
    name: str, kind: SourceKind, file: io.BufferedReader, max_bytes: int
) -> Iterator[Member]:
    if kind is SourceKind.DOCUMENT_LINES:
        yield Member(name, b"", lines=iter_lines_of(file))
        return
    content = file.read(max_bytes + 1)
    if len(content) > max_bytes:
        reason = f"larger than {max_bytes >> 20} MB"
        raise ExtractionError(reason)
    if kind is SourceKind.FEED:
        for item in iter_items(content):
            yield item._replace(name=f"{name}#{item.name}")
    elif kind is SourceKind.SAVED_PAGE:
        page = read_mhtml(content)
        yield Member(name, page.content, page.url, page.content_type)
    else:
        yield Member(name, content)
