"""What the shell is told: a number for every outcome and for every class of `errors.py`."""

from __future__ import annotations

from enum import IntEnum

from civicsearch import errors

__all__ = ["EXIT_CODES", "ExitCode", "exit_code_of"]


class ExitCode(IntEnum):
    """The status that the process ends with; the first three are those of grep."""

    DONE = 0
    NOTHING_FOUND = 1
    ERROR = 2
    INTERRUPTED = 130  # 128 + SIGINT, as shells count
    TERMINATED = 143  # 128 + SIGTERM


EXIT_CODES: dict[type[errors.CivicSearchError], ExitCode] = {
    errors.CivicSearchError: ExitCode.ERROR,
    errors.RequestError: ExitCode.ERROR,
    errors.QuerySyntaxError: ExitCode.ERROR,
    errors.UnknownFieldError: ExitCode.ERROR,
    errors.InvalidOptionError: ExitCode.ERROR,
    errors.AbbreviationsError: ExitCode.ERROR,
    errors.SourceNotFoundError: ExitCode.ERROR,
    errors.ProfileError: ExitCode.ERROR,
    # Not 1: a search may rightly find nothing, an id that is not there is a mistake.
    errors.DocumentNotFoundError: ExitCode.ERROR,
    errors.ExtractionError: ExitCode.ERROR,
    errors.ArchiveClosedError: ExitCode.ERROR,
    errors.ArchiveError: ExitCode.ERROR,
    errors.ArchiveNotFoundError: ExitCode.ERROR,
    errors.ArchiveForeignError: ExitCode.ERROR,
    errors.ArchiveAccessError: ExitCode.ERROR,
    errors.ArchiveLockedError: ExitCode.ERROR,
    errors.ArchiveVersionError: ExitCode.ERROR,
    errors.ArchiveCorruptError: ExitCode.ERROR,
    errors.BackupError: ExitCode.ERROR,
    errors.EngineError: ExitCode.ERROR,
    errors.EngineUnavailableError: ExitCode.ERROR,
    errors.EngineTimeoutError: ExitCode.ERROR,
}
"""Every class by name, so that a new one is decided on and not swept along."""


def exit_code_of(error: errors.CivicSearchError) -> ExitCode:
    """Return the status for `error`: that of its class, else of its nearest parent here."""
    return next(EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES)
