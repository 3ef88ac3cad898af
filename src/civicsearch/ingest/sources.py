"""Which files an ingest reads: walks the given paths, opens what it finds, within bounds.

What is in a file is the question of `extractor` (pages) and `jsonl` (ready documents).
"""

from __future__ import annotations

import gzip
import os
import stat
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from civicsearch.document import Page
from civicsearch.errors import ExtractionError, SourceNotFoundError
from civicsearch.ingest.feeds import FEED_BEGINNING, is_feed
from civicsearch.ingest.kinds import (
    LINES_SUFFIXES,
    PAGE_BEGINNING,
    PAGE_SUFFIXES,
    SourceKind,
    is_xml,
    kind_of_name,
    why_no_page,
)
from civicsearch.ingest.members import count_kind
from civicsearch.ingest.mhtml import MHTML_SUFFIXES, read_mhtml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "MAX_PAGE_BYTES",
    "Source",
    "Sources",
    "find_sources",
    "open_page",
    "page_in",
    "read_page",
    "source_of",
]

# A page packs to a tenth. A file of this size may have a million packed pieces, each a few
# microseconds' work.
_MAX_PACKED_BYTES = 10_000_000
MAX_PAGE_BYTES = 50 * 1024 * 1024
"""A page that is larger, packed or unpacked, is refused: real ones have under 5 MB."""

_MOST_NAMED = 20  # paths in one message
_MANY = "not a page, but many; unpack it and choose one, or read all with `civicsearch ingest`"
_HOLDS = {
    SourceKind.DOCUMENT_LINES: "not a page, but documents that need no extracting; "
    "read them with `civicsearch ingest`",
    SourceKind.FEED: "not a page, but a feed of articles; read them with `civicsearch ingest`",
    SourceKind.CONTAINER: _MANY,
    SourceKind.WEB_ARCHIVE: _MANY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to read.

    Attributes:
        path: Absolute, so that the same file is known again from any working folder.
        kind: What it holds.
    """

    path: Path
    kind: SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What the given paths hold.

    Attributes:
        files: The files to read.
        ignored: Files passed over, counted by suffix.
        links: How many links were not followed, as they lead out of their folder or nowhere.
        unreadable: What is not there, cannot be looked into or is no page, with the reason.
    """

    files: tuple[Source, ...]
    ignored: Counter[str]
    links: int = 0
    unreadable: tuple[tuple[str, str], ...] = ()


def find_sources(paths: Sequence[Path]) -> Sources:
    """Return the files under `paths`, in a stable order, each once.

    A file given by itself is taken for a page where its name says so, or its first kilobytes do;
    in folders only names that say what they are count. Links that lead out of the given folder,
    and what is no regular file, are passed over.

    Raises:
        SourceNotFoundError: There is nothing to read at any of the paths.
    """
    files: dict[Path, Source] = {}
    ignored: Counter[str] = Counter()
    links = 0
    unreadable: list[tuple[str, str]] = []
    for path in paths:
        try:
            for found in _find(path):
                if found is None:
                    links += 1
                elif isinstance(found, OSError):
                    unreadable.append((str(found.filename), _reason_of(found)))
                elif isinstance(found, Path):
                    count_kind(ignored, found.name)
                else:
                    files.setdefault(found.path, found)
        except SourceNotFoundError as error:
            unreadable.append((error.path, error.reason))
    if unreadable and not files:
        raise _nothing_at(unreadable)
    return Sources(
        files=tuple(files.values()), ignored=ignored, links=links, unreadable=tuple(unreadable)
    )


def _nothing_at(unreadable: Sequence[tuple[str, str]]) -> SourceNotFoundError:
    (path, reason), *others = unreadable
    named = "".join(f"; '{other}': {why}" for other, why in others[:_MOST_NAMED])
    more = len(others) - _MOST_NAMED
    return SourceNotFoundError(path, reason + named + (f"; and {more} more" if more > 0 else ""))


def source_of(path: Path) -> Source:
    """Return the source that a file is; what its name does not tell is taken for a page."""
    return Source(path=path.resolve(), kind=_kind(path) or SourceKind.PAGE)


def open_page(path: Path) -> Page:
    """Return the page in one file, as an ingest reads it.

    Raises:
        ExtractionError: It cannot be read, or holds no page, or many.
    """
    try:
        kind = _kind_of_named(path)
    except SourceNotFoundError as error:
        raise ExtractionError(error.reason) from error
    if kind in _HOLDS and _beginning(path, 1) is not None:
        raise ExtractionError(_HOLDS[kind])
    return page_in(kind, read_page(path))


def page_in(kind: SourceKind, content: bytes) -> Page:
    """Return the page in the content of a file that holds one.

    Raises:
        ExtractionError: It was to be saved with its pictures, and there is none.
    """
    return read_mhtml(content) if kind is SourceKind.SAVED_PAGE else Page(content=content)


def read_page(path: Path) -> bytes:
    """Return the bytes of a page, unpacked if its name ends in `.gz`.

    Raises:
        ExtractionError: It cannot be read, is no gzip file, or is too large.
    """
    try:
        if path.exists() and not path.is_file():
            reason = "not a file"  # a pipe would be waited for
            raise ExtractionError(reason)
        with path.open("rb") as file:
            if path.suffix.lower() == ".gz":
                if path.stat().st_size > _MAX_PACKED_BYTES:
                    reason = (
                        f"packed, and larger than {_MAX_PACKED_BYTES // 1_000_000} MB all the same"
                    )
                    raise ExtractionError(reason)
                with gzip.GzipFile(fileobj=file) as unpacked:
                    content = unpacked.read(MAX_PAGE_BYTES + 1)
            else:
                content = file.read(MAX_PAGE_BYTES + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        reason = "not a valid gzip file"
        raise ExtractionError(reason) from None
    except OSError as error:
        raise ExtractionError(_reason_of(error)) from error
    if len(content) > MAX_PAGE_BYTES:
        reason = f"larger than {MAX_PAGE_BYTES // (1024 * 1024)} MB"
        raise ExtractionError(reason)
    return content


def _find(path: Path) -> Iterator[Source | Path | OSError | None]:
    """Yield the sources under one path, the paths of the files passed over, and what went wrong.

    And None for each link that is not followed.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise SourceNotFoundError(path, "there is no such file or folder") from None
    except OSError as error:
        raise SourceNotFoundError(path, _reason_of(error)) from error
    if stat.S_ISREG(mode):
        yield Source(path=path.resolve(), kind=_kind_of_named(path))
    elif stat.S_ISDIR(mode):
        yield from _walk(path)
    else:
        raise SourceNotFoundError(path, "it is neither a file nor a folder")


def _walk(folder: Path) -> Iterator[Source | Path | OSError | None]:
    root = folder.resolve()
    found = False
    problems: list[OSError] = []
    for directory, folders, names in os.walk(root, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if _leads_out(Path(directory, name), root):
                yield None
        for name in sorted(names):
            path = Path(directory, name)
            source = _source_in(path, root)
            found = found or source is not None
            yield source or (None if _leads_out(path, root) else path)
    yield from problems
    if not found and not problems:
        raise SourceNotFoundError(
            folder,
            f"the folder holds no {', '.join(PAGE_SUFFIXES + MHTML_SUFFIXES + LINES_SUFFIXES)} "
            "file, packed as .gz or not, no .zip, .tar or .warc file and no feed (links that lead "
            "out of it are not followed)",
        )


def _source_in(path: Path, root: Path) -> Source | None:
    kind = _kind(path)
    if kind is None:
        return None
    try:
        resolved = path.resolve()
        is_inside = resolved.is_relative_to(root) and resolved.is_file()
    except (OSError, RuntimeError):  # a link to itself
        return None
    if not is_inside:
        return None
    return Source(path=resolved, kind=kind)


def _leads_out(path: Path, root: Path) -> bool:
    """Return whether `path` is a link to what is not in the folder `root`, or is not there."""
    if not path.is_symlink():
        return False
    try:
        resolved = path.resolve(strict=True)
    except (OSError, RuntimeError):  # to nothing, or to itself
        return True
    return not resolved.is_relative_to(root)


def _kind(path: Path) -> SourceKind | None:
    kind = kind_of_name(path.name)
    if kind is None and is_xml(path.name) and _begins_a_feed(path):
        return SourceKind.FEED
    return kind


def _kind_of_named(path: Path) -> SourceKind:
    """Return what a file given by itself holds.

    Raises:
        SourceNotFoundError: It is no page, nor anything else that is read here.
    """
    kind = _kind(path)
    if kind is None and (beginning := _beginning(path, PAGE_BEGINNING)) is not None:
        reason = why_no_page(path.name, beginning)
        if reason:
            raise SourceNotFoundError(path, reason)
    return kind or SourceKind.PAGE  # which says why it cannot be read


def _begins_a_feed(path: Path) -> bool:
    return is_feed(_beginning(path, FEED_BEGINNING) or b"")


def _beginning(path: Path, size_bytes: int) -> bytes | None:
    """Return the first bytes of a file, unpacked; None where it cannot be read."""
    try:
        if not path.is_file():
            return None
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            return file.read(size_bytes)
    except (OSError, EOFError, zlib.error):
        return None


def _reason_of(error: OSError) -> str:
    return f"cannot be read ({error.strerror or error})"
