"""Who may ask the engine of an archive, and when: threads take turns, and a closed one refuses."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from civicsearch.errors import ArchiveClosedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from civicsearch.search.engine import Engine, Writer

__all__ = ["SharedEngine"]


class SharedEngine:
    """An engine that threads share until it is closed; it stays closed."""

    def __init__(self, engine: Engine) -> None:
        self._engine: Engine | None = engine
        # A thread may come in again: what hands over documents may ask for another change. The
        # engine refuses that; with a plain lock the thread would wait for itself.
        self._turn = threading.RLock()

    @property
    def engine(self) -> Engine:
        """The engine, to be asked.

        Raises:
            ArchiveClosedError: It is closed.
        """
        if self._engine is None:
            raise ArchiveClosedError
        return self._engine

    @contextmanager
    def turn(self) -> Iterator[Engine]:
        """Wait until no other thread has its turn, and yield the engine.

        Raises:
            ArchiveClosedError: It is closed, perhaps in the meantime.
        """
        with self._turn:
            yield self.engine

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Wait until no other thread has its turn, and yield the only writer.

        Raises:
            ArchiveClosedError: It is closed, perhaps in the meantime.
            ArchiveLockedError: Somebody else is writing, or this thread is already.
        """
        with self.turn() as engine:
            writer = engine.writer()
            try:
                yield writer
            finally:
                writer.close()

    def close(self) -> None:
        """Wait until no other thread has its turn, and close the engine; twice does no harm."""
        with self._turn:
            engine, self._engine = self._engine, None
            if engine is not None:
                engine.close()
