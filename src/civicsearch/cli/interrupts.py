"""What ^C and SIGTERM do during long work: the first ends it in order, the second at once."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from civicsearch.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

__all__ = ["Interrupt", "Terminated", "noticed_interrupts", "tidy_termination"]

_SIGNALS = {signal.SIGINT: ExitCode.INTERRUPTED, signal.SIGTERM: ExitCode.TERMINATED}


class Terminated(BaseException):
    """Raised where SIGTERM came. Not as KeyboardInterrupt, which click turns into its own."""


class Interrupt:
    """Notices signals that ask to end.

    Attributes:
        exit_code: What the shell is told after the signal that came; None before.
    """

    def __init__(self) -> None:
        """Wait for nothing yet."""
        self.exit_code: ExitCode | None = None

    def is_asked(self) -> bool:
        """Return whether a signal came."""
        return self.exit_code is not None

    def notice(self, number: int, frame: FrameType | None) -> None:
        """Handle a signal."""
        del frame
        is_second = self.exit_code is not None
        self.exit_code = _SIGNALS[signal.Signals(number)]
        if is_second:
            raise KeyboardInterrupt


@contextmanager
def noticed_interrupts() -> Iterator[Interrupt]:
    """Notice signals for a while; then the former handlers are put back."""
    interrupt = Interrupt()
    former = {}
    # Elsewhere Python allows no handlers, and there is no terminal to type ^C.
    if threading.current_thread() is threading.main_thread():
        former = {number: signal.signal(number, interrupt.notice) for number in _SIGNALS}
    try:
        yield interrupt
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


@contextmanager
def tidy_termination() -> Iterator[None]:
    """Let SIGTERM end work as ^C does for a while: what was written by halves is taken away.

    As it is, the system ends the process at that instant.
    """

    def end(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise Terminated

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)
