"""Every error that civicsearch raises on purpose, as one tree.

The core raises these; the screens translate them (`cli/exit_codes.py`, `web/status_codes.py`).
A library's own exception never crosses the folder that uses the library.

    CivicSearchError
    ├── RequestError               the caller can change it
    │   ├── QuerySyntaxError       the query text cannot be read (text, position)
    │   ├── UnknownFieldError      the query names a field that does not exist (field, known)
    │   ├── InvalidOptionError     an option's value is out of range or of a wrong type
    │   ├── AbbreviationsError     a file of abbreviations cannot be read (path, reason)
    │   ├── SourceNotFoundError    no path given to ingest can be read (path, reason)
    │   ├── ProfileError           a file of site profiles cannot be used (path, reason)
    │   └── DocumentNotFoundError  no document has this id (document_id)
    ├── ExtractionError            one page could not become a Document (url, reason)
    ├── ArchiveClosedError         the `Archive` was closed before
    ├── ArchiveError               the index on disk
    │   ├── ArchiveNotFoundError   there is no archive at this path
    │   ├── ArchiveForeignError    the folder holds something that is not an archive
    │   ├── ArchiveAccessError     the system refuses: permissions, a full disk, too many files
    │   ├── ArchiveLockedError     somebody else is writing: another process, or another `Archive`
    │   ├── ArchiveVersionError    built by another version (found, supported)
    │   ├── ArchiveCorruptError    a file is missing or damaged
    │   └── BackupError            a backup cannot be written, or not be put back (path, reason)
    └── EngineError                a search engine behind the archive
        ├── EngineUnavailableError the engine or the package it needs is not there
        └── EngineTimeoutError     the engine did not answer in time
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = [
    "AbbreviationsError",
    "ArchiveAccessError",
    "ArchiveClosedError",
    "ArchiveCorruptError",
    "ArchiveError",
    "ArchiveForeignError",
    "ArchiveLockedError",
    "ArchiveNotFoundError",
    "ArchiveVersionError",
    "BackupError",
    "CivicSearchError",
    "DocumentNotFoundError",
    "EngineError",
    "EngineTimeoutError",
    "EngineUnavailableError",
    "ExtractionError",
    "InvalidOptionError",
    "ProfileError",
    "QuerySyntaxError",
    "RequestError",
    "SourceNotFoundError",
    "UnknownFieldError",
]

_MOST_SHOWN = 100  # characters of a wrong value: it may be a whole page


class CivicSearchError(Exception):
    """Base of all errors raised on purpose; catch it to catch them all."""

    code: ClassVar[str] = "error"
    """A stable word for machines: it stays when the message is reworded."""


class RequestError(CivicSearchError):
    """Raised when the caller asked for something that cannot be; changing the request helps."""

    code = "bad_request"


class QuerySyntaxError(RequestError):
    """Raised by the strict parser at the first place it cannot read.

    Args:
        reason: What is wrong, as half a sentence.
        text: The whole query as typed.
        position: Where in `text`, in code points from 0.
    """

    code = "query_syntax"

    def __init__(self, reason: str, *, text: str, position: int) -> None:
        super().__init__(f"The query cannot be read at character {position + 1}: {reason}.")
        self.reason = reason
        self.text = text
        self.position = position


class UnknownFieldError(RequestError):
    """Raised when a query or a request names a field that the schema does not have."""

    code = "unknown_field"

    def __init__(self, field: str, *, known: Sequence[str]) -> None:
        super().__init__(f"There is no field {_shown(field)}. Known fields: {', '.join(known)}.")
        self.field = field
        self.known = tuple(known)


class InvalidOptionError(RequestError):
    """Raised when the value of an option is outside what the option allows.

    Args:
        option: Which one.
        value: Its value.
        expected: What it must be, as half a sentence.
        problem: What is wrong, as half a sentence; without one, that it cannot be this value.
    """

    code = "invalid_option"

    def __init__(
        self, option: str, value: object, *, expected: str, problem: str | None = None
    ) -> None:
        problem = problem or f"cannot be {_shown(value)}"
        super().__init__(f"{option} {problem}; it must be {expected}.")
        self.option = option
        self.value = value


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"


class AbbreviationsError(RequestError):
    """Raised when a file of abbreviations is not there, or something in it cannot be meant."""

    code = "abbreviations"

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(
            f"The abbreviations in '{path}' cannot be used: {reason}. "
            "Mend the file, or search without it."
        )
        self.path = str(path)
        self.reason = reason


class SourceNotFoundError(RequestError):
    """Raised when no path given to ingest exists, can be read and holds a page."""

    code = "source_not_found"

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"Nothing to ingest at '{path}': {reason}.")
        self.path = str(path)
        self.reason = reason


class ProfileError(RequestError):
    """Raised when a file of site profiles cannot be read, or something in it is no profile."""

    code = "profile"

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"The profiles in '{path}' cannot be used: {reason}.")
        self.path = str(path)
        self.reason = reason


class DocumentNotFoundError(RequestError):
    """Raised when no document in the archive has the id asked for."""

    code = "document_not_found"

    def __init__(self, document_id: str) -> None:
        super().__init__(
            f"No document has the id {_shown(document_id)}. "
            "Ids are printed by `civicsearch search`."
        )
        self.document_id = document_id


class ExtractionError(CivicSearchError):
    """Raised when one page could not become a Document; an ingest counts it and goes on."""

    code = "extraction"

    def __init__(self, reason: str, *, url: str | None = None) -> None:
        super().__init__(f"{url}: {reason}" if url else reason)
        self.reason = reason
        self.url = url


class ArchiveClosedError(CivicSearchError):
    """Raised when an archive is asked for something after it was closed; open it again."""

    code = "archive_closed"

    def __init__(self) -> None:
        super().__init__(
            "The archive is closed. Open it again, or do this before `close` or the end of `with`."
        )


class ArchiveError(CivicSearchError):
    """Base of what can be wrong with an archive on disk."""

    code = "archive"

    def __init__(self, message: str, *, path: Path | str) -> None:
        super().__init__(message)
        self.path = str(path)


class ArchiveNotFoundError(ArchiveError):
    """Raised when there is no archive at the path; ingest something to build one."""

    code = "archive_not_found"

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            f"No archive at '{path}'. Build one with `civicsearch ingest corpus{_option(path)}`.",
            path=path,
        )


def _option(path: Path | str) -> str:
    """Return the option that names an index to a shell, unless it is the one without an option."""
    from shlex import quote  # noqa: PLC0415 - a cold search without errors does without

    return "" if str(path) == "index" else f" --index {quote(str(path))}"


class ArchiveForeignError(ArchiveError):
    """Raised when the path holds files that civicsearch did not write; nothing is touched."""

    code = "archive_foreign"

    def __init__(self, path: Path | str, found: str) -> None:
        super().__init__(
            f"'{path}' is not a civicsearch archive ({found}). Nothing was changed; "
            "choose another folder with --index.",
            path=path,
        )


class ArchiveAccessError(ArchiveError):
    """Raised when the system refuses to read or write: permissions, space, open files."""

    code = "archive_access"

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(
            f"The archive at '{path}' cannot be used: {reason}. What it holds is untouched; "
            "mend that and try again.",
            path=path,
        )


class ArchiveLockedError(ArchiveError):
    """Raised when somebody else is writing to the archive; wait for them and try again."""

    code = "archive_locked"

    def __init__(self, path: Path | str, *, owner: str = "") -> None:
        if owner == f"process {os.getpid()}":
            by, advice = "this process already", "Let that finish first"
        else:
            by = f"another process ({owner})" if owner else "another process"
            advice = "Wait for it to finish, then run the command again"
        super().__init__(f"The archive at '{path}' is being written by {by}. {advice}.", path=path)


class ArchiveVersionError(ArchiveError):
    """Raised when the archive was built by a version whose format this one cannot read."""

    code = "archive_version"

    def __init__(self, path: Path | str, *, found: str, supported: str) -> None:
        if found.isdecimal() and supported.isdecimal() and int(found) > int(supported):
            advice = "A newer civicsearch wrote it: update civicsearch to use it."
        else:
            advice = "Delete the folder and build it again with `civicsearch ingest`."
        super().__init__(
            f"The archive at '{path}' has format {found}; this version reads {supported}. {advice}",
            path=path,
        )
        self.found = found
        self.supported = supported


class ArchiveCorruptError(ArchiveError):
    """Raised when a file of the archive is missing or damaged."""

    code = "archive_corrupt"

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(
            f"The archive at '{path}' is damaged: {reason}. "
            "Delete the folder and build it again with `civicsearch ingest`.",
            path=path,
        )


class BackupError(ArchiveError):
    """Raised when a backup cannot be written or put back; nothing is left half done."""

    code = "backup"

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"The backup '{path}' cannot be used: {reason}.", path=path)
        self.reason = reason


class EngineError(CivicSearchError):
    """Base of what can be wrong with a search engine behind the archive."""

    code = "engine"

    def __init__(self, message: str, *, engine: str) -> None:
        super().__init__(message)
        self.engine = engine


class EngineUnavailableError(EngineError):
    """Raised when an engine, or the package that it needs, is not there."""

    code = "engine_unavailable"


class EngineTimeoutError(EngineError):
    """Raised when an engine did not answer in time."""

    code = "engine_timeout"
