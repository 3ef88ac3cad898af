"""Which HTTP status each error of the core becomes, and what a visitor may know of it.

Every class of `errors.py` stands in the table; a test fails when one is missing. Errors of the
request keep the core's message. Errors of the archive do not: that message names folders of the
server and commands that only its operator can run, so it goes to the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from civicsearch.errors import (
    AbbreviationsError,
    ArchiveAccessError,
    ArchiveClosedError,
    ArchiveCorruptError,
    ArchiveError,
    ArchiveForeignError,
    ArchiveLockedError,
    ArchiveNotFoundError,
    ArchiveVersionError,
    BackupError,
    CivicSearchError,
    DocumentNotFoundError,
    EngineError,
    EngineTimeoutError,
    EngineUnavailableError,
    ExtractionError,
    InvalidOptionError,
    ProfileError,
    QuerySyntaxError,
    RequestError,
    SourceNotFoundError,
    UnknownFieldError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["STATUS_CODES", "Outcome", "outcome_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one class of error is shown.

    Attributes:
        status: The HTTP status.
        title: What kind of problem it is; the same for every error of the class.
        detail: What to say instead of the error's own message; None keeps that message.
        retry_after_s: After how many seconds trying again makes sense, where it does.
    """

    status: int
    title: str
    detail: str | None = None
    retry_after_s: int | None = None


_CLOSED = "The archive cannot be searched at the moment. Its operator finds the reason in the log."
_BUSY = "The archive is busy. Try again in a few seconds."
_NO_DOCUMENT = (
    "No document has this id. It may have been removed from the archive, or the address may be "
    "incomplete. Search for a few words of its title to find it again."
)

# Where an archive is built anew, or a copy put in its place, there is none for a moment.
_REPLACED = Outcome(
    status=503, title="The archive is not available", detail=_CLOSED, retry_after_s=10
)

STATUS_CODES: Mapping[type[CivicSearchError], Outcome] = {
    CivicSearchError: Outcome(
        status=500, title="Something went wrong", detail="The server could not answer."
    ),
    RequestError: Outcome(status=400, title="The request cannot be answered"),
    QuerySyntaxError: Outcome(status=400, title="The query cannot be read"),
    UnknownFieldError: Outcome(status=400, title="There is no such field"),
    InvalidOptionError: Outcome(status=400, title="A value is out of range"),
    # Its message names a folder of the server.
    AbbreviationsError: Outcome(status=503, title="The search is not available", detail=_CLOSED),
    SourceNotFoundError: Outcome(status=400, title="There is nothing to ingest"),
    ProfileError: Outcome(status=400, title="The profiles cannot be used"),
    DocumentNotFoundError: Outcome(
        status=404, title="There is no such document", detail=_NO_DOCUMENT
    ),
    ExtractionError: Outcome(status=422, title="There is no article on the page"),
    ArchiveClosedError: Outcome(status=503, title="The archive is not available", detail=_CLOSED),
    ArchiveError: Outcome(status=503, title="The archive is not available", detail=_CLOSED),
    ArchiveNotFoundError: _REPLACED,
    ArchiveAccessError: _REPLACED,
    ArchiveForeignError: Outcome(status=503, title="The archive is not available", detail=_CLOSED),
    ArchiveLockedError: Outcome(
        status=503, title="The archive is busy", detail=_BUSY, retry_after_s=5
    ),
    ArchiveVersionError: Outcome(status=503, title="The archive is not available", detail=_CLOSED),
    ArchiveCorruptError: _REPLACED,
    BackupError: Outcome(status=503, title="The archive is not available", detail=_CLOSED),
    EngineError: Outcome(status=503, title="The search is not available", detail=_CLOSED),
    EngineUnavailableError: Outcome(
        status=503, title="The search is not available", detail=_CLOSED
    ),
    EngineTimeoutError: Outcome(
        status=504, title="The search took too long", detail=_BUSY, retry_after_s=5
    ),
}


def outcome_of(error: CivicSearchError) -> Outcome:
    """Return how `error` is shown: the entry of its class, or of the nearest class above."""
    return next(STATUS_CODES[cls] for cls in type(error).__mro__ if cls in STATUS_CODES)
