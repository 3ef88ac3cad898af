"""How far an ingest is, on one line that is written over; silent unless a person looks on."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

import click

from civicsearch.cli.rendering import Terminal, draw_bar

if TYPE_CHECKING:
    from types import TracebackType

    from civicsearch.ingest.report import IngestProgress

__all__ = ["ProgressLine", "describe_progress"]

_SECONDS_BETWEEN = 0.1  # more often than this the eye sees flicker, not progress
_BAR_COLUMNS = 24


class ProgressLine:
    """Draws `IngestProgress` on standard error; a context manager that wipes its line."""

    def __init__(self) -> None:
        """Look once at what standard error is."""
        self._terminal = Terminal.of(sys.stderr)
        self._started = time.monotonic()
        self._drawn_at = 0.0
        self._is_drawn = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._is_drawn:
            self._write("")
            click.echo("\r", err=True, nl=False)

    def __call__(self, progress: IngestProgress) -> None:
        """Draw `progress`, unless the line was drawn a moment ago."""
        now = time.monotonic()
        is_last = progress.done >= progress.total
        if not self._terminal.is_interactive or (
            now - self._drawn_at < _SECONDS_BETWEEN and not is_last
        ):
            return
        self._drawn_at = now
        self._write(
            describe_progress(
                progress, elapsed_s=now - self._started, columns=self._terminal.width or 80
            )
        )

    def _write(self, text: str) -> None:
        # Blanks wipe what the last line left over: unlike "erase line", a dumb terminal has them.
        # Three columns stay free: for the cursor, and for the "^C" that a terminal shows.
        room = (self._terminal.width or 80) - 3
        click.echo("\r" + text[:room].ljust(room), err=True, nl=False)
        self._is_drawn = True


def describe_progress(progress: IngestProgress, *, elapsed_s: float, columns: int) -> str:
    """Return one line: a bar where there is room, files done, rate, time left, failures."""
    rate = progress.done / elapsed_s if elapsed_s > 0 else 0.0
    facts = [f"{progress.done:,}/{progress.total:,} files"]
    if rate:
        left_s = max(progress.total - progress.done, 0) / rate
        facts += [f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s", f"{_clock(left_s)} left"]
    if progress.failed:
        facts.append(f"{progress.failed:,} failed")
    text = ", ".join(facts)
    if columns < len(text) + _BAR_COLUMNS + 4:
        return text
    share = progress.done / progress.total if progress.total else 1.0
    return f"[{draw_bar(share, _BAR_COLUMNS):<{_BAR_COLUMNS}}] {text}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
