"""Keeps what goes wrong again and again from filling the log: one line, and then one a minute.

A server without file handles, or without its archive, fails at every request, hundreds of times a
second, always for the same reason.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["REPEAT_S", "Logbook"]

REPEAT_S = 60.0
"""After how many seconds a line may be written again."""

_MOST_REMEMBERED = 100  # lines; an archive that names another file each time must not fill memory
_LOG = logging.getLogger(__name__)


class Logbook:
    """Writes lines to the log, each at a bounded rate. Threads may share it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Keep time by `clock`, in seconds."""
        self._clock = clock
        self._turn = threading.Lock()
        self._told: dict[str, tuple[float, int]] = {}  # when last, and how often not since

    def tell(self, line: str) -> None:
        """Write a line, unless it was written within the last minute; then count it."""
        with self._turn:
            now = self._clock()
            last, passed_over = self._told.pop(line, (None, 0))
            if last is not None and now - last < REPEAT_S:
                self._told[line] = last, passed_over + 1
                return
            if len(self._told) >= _MOST_REMEMBERED:
                self._told.clear()
            self._told[line] = now, 0
        again = f" ({passed_over:,} more times since this was told last)" if passed_over else ""
        _LOG.error("%s%s", line, again)
