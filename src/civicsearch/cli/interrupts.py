"""What ^C does during long work: the first asks it to end in order, the second ends it at once."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType, TracebackType
    from typing import Self

__all__ = ["Interrupt"]


class Interrupt:
    """Notices ^C; a context manager that puts the former handler back."""

    def __init__(self) -> None:
        """Wait for nothing yet."""
        self._is_asked = False
        self._former: signal._HANDLER = signal.default_int_handler

    def __enter__(self) -> Self:
        # Elsewhere Python allows no handlers, and there is no terminal to type ^C.
        if threading.current_thread() is threading.main_thread():
            self._former = signal.signal(signal.SIGINT, self._notice)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, self._former)

    def is_asked(self) -> bool:
        """Return whether ^C was typed."""
        return self._is_asked

    def _notice(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        if self._is_asked:
            raise KeyboardInterrupt
        self._is_asked = True
