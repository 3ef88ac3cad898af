"""What the user reads when something goes wrong: one sentence, never a traceback.

Every way out of a command ends here and becomes a status for the shell.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

import click

from civicsearch.cli.exit_codes import ExitCode, exit_code_of
from civicsearch.cli.interrupts import Terminated
from civicsearch.cli.rendering import drop, safe, say, tell
from civicsearch.errors import CivicSearchError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DEBUG_VARIABLE", "ClosedPipe", "run_guarded"]

DEBUG_VARIABLE = "CIVICSEARCH_DEBUG"

_NO_MEMORY = (
    "There is not enough memory. What was committed before is kept. Make room for this command, "
    "or let it take less: an ingest with --jobs 1 and --memory 128."
)


class ClosedPipe(Exception):  # noqa: N818 - `civicsearch search ... | head` is no error
    """Raised in place of BrokenPipeError, which click would turn into a status of its own."""


def run_guarded(action: Callable[[], object]) -> int:
    """Run `action` and return the status for the shell, having told the user what went wrong.

    Args:
        action: Runs a command; an int that it returns is the status, anything else means done.
    """
    try:
        status = action()
        if sys.stdout is not None:  # a Windows program without a console has none
            sys.stdout.flush()  # here, so that a closed pipe or a full disk is noticed here
    except (ClosedPipe, BrokenPipeError):
        drop(sys.stdout)
        return ExitCode.DONE
    except Terminated:
        return ExitCode.TERMINATED
    except (click.Abort, KeyboardInterrupt):
        return ExitCode.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last door: a user gets a sentence
        return _explain(error)
    return status if isinstance(status, int) else ExitCode.DONE


def _explain(error: Exception) -> ExitCode:
    match error:
        case click.UsageError():
            return _report_usage(error)
        case click.ClickException():
            return _report(error, error.format_message(), ExitCode.ERROR)
        case CivicSearchError():
            return _report(error, str(error), exit_code_of(error))
        case OSError():
            return _report_os_error(error)
        case MemoryError():
            return _report(error, _NO_MEMORY, ExitCode.ERROR)
        case _:
            return _report_unexpected(error)


def _report(error: BaseException, message: str, status: ExitCode) -> ExitCode:
    if os.environ.get(DEBUG_VARIABLE):
        import traceback

        for line in "".join(traceback.format_exception(error)).splitlines():
            tell(safe(line))  # unwrapped: its indents mean something
    say(f"civicsearch: {message}")
    return status


def _report_usage(error: click.UsageError) -> ExitCode:
    command = error.ctx.command_path if error.ctx else "civicsearch"
    message = error.format_message().rstrip()
    if not message.endswith((".", "?", ")")):
        message += "."
    if (variable := _variable_of(error)) is not None:
        message += f" It is from the variable {variable}."
    status = _report(error, message, ExitCode.ERROR)
    say(f"Try '{command} --help'.")
    return status


def _variable_of(error: click.UsageError) -> str | None:
    """Return the variable that a bad value is from: who typed no option looks for it in vain."""
    from click.core import ParameterSource

    param = error.param if isinstance(error, click.BadParameter) else None
    if param is None or error.ctx is None:
        return None
    if error.ctx.get_parameter_source(str(param.name)) is not ParameterSource.ENVIRONMENT:
        return None
    return param.envvar if isinstance(param.envvar, str) else None


def _report_os_error(error: OSError) -> ExitCode:
    """Name the file and the system's reason; what cannot be written now cannot be later."""
    if error.errno in {errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EBADF}:
        drop(sys.stdout)
    if error.errno == errno.EBADF and not error.filename:
        return _report(error, "Standard output is closed: nothing can be printed.", ExitCode.ERROR)
    place = f"'{error.filename}': " if error.filename else ""
    return _report(error, f"{place}{error.strerror or error}.", ExitCode.ERROR)


def _report_unexpected(error: Exception) -> ExitCode:
    message = f"unexpected {type(error).__name__}: {error}. "
    if os.environ.get(DEBUG_VARIABLE):
        advice = "Please report it with the lines above."
    else:
        advice = f"Please report it with what the command shows under {DEBUG_VARIABLE}=1."
    return _report(error, message + advice, ExitCode.ERROR)
