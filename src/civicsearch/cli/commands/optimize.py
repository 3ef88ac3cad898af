"""`civicsearch optimize`: one segment of all, without what was deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from civicsearch.archive import Archive
from civicsearch.cli.formats import to_json
from civicsearch.cli.options import index_option, json_option
from civicsearch.cli.rendering import count_of, describe_size, put, say

if TYPE_CHECKING:
    from pathlib import Path

    from civicsearch.reports import OptimizeReport

__all__ = ["command"]

HELP = """Write the index anew in one piece, without what was deleted.

\b
Examples:
  civicsearch optimize
  civicsearch optimize --json

The index is made of segments. An ingest adds some and joins them as it goes, so
this is never needed. It helps after many deletions, whose space comes free, and
before an index is copied to where it will only be read: searching one segment
is a little faster. What is found does not change.

All of the index is written before the old files go, so there must be room for
it twice; interrupted, it loses nothing. No segment is made larger than 5 GB.

Exit status: 0 done, 2 error; 130 interrupted.
"""


@click.command(name="optimize", help=HELP, short_help="Write the index anew in one piece.")
@json_option("optimize")
@index_option("optimize")
def command(as_json: bool, index: Path) -> None:
    """Join all segments and say what came of it."""
    with Archive.open(index) as archive:
        report = archive.optimize()
    say(_describe(report))
    if as_json:
        put(to_json(report.to_dict()))


def _describe(report: OptimizeReport) -> str:
    before, after = report.segments_before, report.segments_after
    size = describe_size(report.size_bytes_after)
    if (before, report.size_bytes_before) == (after, report.size_bytes_after):
        return f"Nothing to do: {count_of(after, 'segment')}, nothing deleted, {size}."
    return (
        f"{count_of(before, 'segment')} to {after}, "
        f"{describe_size(report.size_bytes_before)} to {size}."
    )
