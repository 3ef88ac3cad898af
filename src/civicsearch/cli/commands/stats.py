"""`civicsearch stats`: what the archive holds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from civicsearch.archive import Archive
from civicsearch.cli.formats import to_json
from civicsearch.cli.options import index_option, json_option
from civicsearch.cli.rendering import (
    Style,
    Terminal,
    clip,
    count_of,
    describe_size,
    draw_bar,
    put,
    safe,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from civicsearch.reports import ArchiveStats
    from civicsearch.search.engine import FacetCounts

__all__ = ["command"]

_TOP = 10
_BAR_COLUMNS = 24
_NAME_COLUMNS = 32

HELP = """Say what the index holds: how much, from when, from whom.

\b
Examples:
  civicsearch stats
  civicsearch stats --json

Exit status: 0 done, 2 error.
"""


@click.command(name="stats", help=HELP, short_help="Say what the index holds.")
@json_option("stats")
@index_option("stats")
def command(as_json: bool, index: Path) -> None:
    """Print the statistics of the archive."""
    with Archive.open(index) as archive:
        stats = archive.stats()
    if as_json:
        put(to_json(stats.to_dict()))
    else:
        put("\n\n".join(_render(stats, index, Terminal.of(sys.stdout))))


def _render(stats: ArchiveStats, index: Path, terminal: Terminal) -> Iterator[str]:
    years = sorted(stats.facets.get("year", ()))
    last = f" to {years[-1][0]}" if len(years) > 1 else ""
    period = f" from {years[0][0]}{last}" if years else ""
    undated = f", {stats.undated:,} without a date" if stats.undated else ""
    yield (
        f"{count_of(stats.documents, 'document')}{period}{undated}\n"
        f"{describe_size(stats.size_bytes)} in '{safe(str(index))}'"
    )
    if years:
        yield _render_counts("Years", years, terminal)
    for heading, name in (("Sources", "source"), ("Sections", "section")):
        counts = stats.facets.get(name, ())
        if counts:
            yield _render_counts(heading, counts[:_TOP], terminal, of=len(counts))
    languages = stats.facets.get("language", ())
    if languages:
        yield _render_counts("Languages", languages[:_TOP], terminal, of=len(languages))


def _render_counts(
    heading: str,
    counts: FacetCounts | list[tuple[str, int]],
    terminal: Terminal,
    *,
    of: int = 0,
) -> str:
    """Return a block with a line and a bar for each value; names in a column of their own."""
    bar_columns = _BAR_COLUMNS if (terminal.width or 80) >= 72 else _BAR_COLUMNS // 3
    names = [clip(safe(name), _NAME_COLUMNS) for name, _ in counts]
    if terminal.width:
        names = [clip(name, max(terminal.width - bar_columns - 14, 8)) for name in names]
    most = max(count for _, count in counts)
    more = f" (the first {len(counts)} of {of:,})" if of > len(counts) else ""
    lines = [terminal.paint(heading, Style.BOLD) + more]
    for name, (_, count) in zip(names, counts, strict=True):
        bar = draw_bar(count / most, bar_columns)
        lines.append(f"{count:>9,}  {name:<{max(map(len, names))}}  {bar}")
    return "\n".join(lines)
