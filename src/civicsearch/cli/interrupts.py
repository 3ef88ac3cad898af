"""What ^C and SIGTERM do during long work: the first ends it in order, the second at once."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

from civicsearch.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from types import FrameType, TracebackType
    from typing import Self

__all__ = ["Interrupt"]

_SIGNALS = {signal.SIGINT: ExitCode.INTERRUPTED, signal.SIGTERM: ExitCode.TERMINATED}


class Interrupt:
    """Notices signals that ask to end; a context manager that puts the former handlers back.

    Attributes:
        exit_code: What the shell is told after the signal that came.
    """

    def __init__(self) -> None:
        """Wait for nothing yet."""
        self.exit_code: ExitCode | None = None
        self._former: dict[signal.Signals, signal._HANDLER] = {}

    def __enter__(self) -> Self:
        # Elsewhere Python allows no handlers, and there is no terminal to type ^C.
        if threading.current_thread() is threading.main_thread():
            self._former = {number: signal.signal(number, self._notice) for number in _SIGNALS}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._former.items():
            signal.signal(number, handler)

    def is_asked(self) -> bool:
        """Return whether a signal came."""
        return self.exit_code is not None

    def _notice(self, number: int, frame: FrameType | None) -> None:
        del frame
        is_second = self.exit_code is not None
        self.exit_code = _SIGNALS[signal.Signals(number)]
        if is_second:
            raise KeyboardInterrupt
