"""What a person sees of selectors that were tried on a page, or that took part in reading it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from civicsearch.cli.rendering import Style, Terminal, clip, count_of, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from civicsearch.ingest.profiles.applying import ProfileReading
    from civicsearch.ingest.profiles.trying import Trial, TriedSelector

__all__ = ["render_reading", "render_trial"]


def render_trial(file: str, trial: Trial, terminal: Terminal) -> str:
    """Return the selectors of a page: how many elements each chose, what they gave, and what else.

    What the generic rules give stands below where it is something else.
    """
    site = f" ({trial.host})" if trial.host else ""
    lines = [terminal.paint(safe(f"{file}{site}"), Style.BOLD)]
    if trial.problem:
        lines.append(terminal.paint(f"  no profile is used: {safe(trial.problem)}", Style.MATCH))
    width = max((len(tried.field) for tried in trial.selectors), default=0)
    for tried in trial.selectors:
        lines.extend(_render(tried, width, terminal))
    return "\n".join(lines)


def _render(tried: TriedSelector, width: int, terminal: Terminal) -> Iterator[str]:
    head = f"  {tried.field.ljust(width)}  {count_of(tried.matched, 'element')} of"
    style = Style.MATCH if tried.is_idle else Style.PLAIN
    yield terminal.paint(f"{head} {safe(tried.selector)}", style)
    indent = " " * (width + 4)
    if tried.field == "remove":
        return
    given = f"gives    {_line(tried.value)}" if tried.value else "gives nothing"
    yield clip(f"{indent}{given}", terminal.width)
    if tried.value and tried.value == tried.generic:
        other = "without  the same"
    else:
        other = f"without  {_line(tried.generic) or '-'}"
    yield terminal.paint(clip(f"{indent}{other}", terminal.width), Style.DIM)


def render_reading(reading: ProfileReading, terminal: Terminal) -> str:
    """Return what the profile of a page's site decided, and what it left to the generic rules."""
    lines = [terminal.paint(f"profile: {safe(reading.host)}", Style.BOLD)]
    for found in reading.findings:
        outcome = f"{count_of(found.matched, 'element')} of {safe(found.selector)}"
        if not found.is_used and found.field != "remove":
            outcome += ": gives nothing, so the generic rules decide"
        lines.append(f"  {found.field} by {outcome}")
    return "\n".join(lines)


def _line(text: str) -> str:
    return safe(" ".join(text.split()))
