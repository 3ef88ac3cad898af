"""`civicsearch related`: articles about the same thing as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from civicsearch.archive import Archive
from civicsearch.cli.exit_codes import ExitCode
from civicsearch.cli.options import index_option, option
from civicsearch.cli.output import FORMATS, print_results
from civicsearch.cli.rendering import say

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]

HELP = """Find articles about the same thing as one, by the id that a search prints.

What is asked is made of the words that tell most about the article: those that
it repeats and few others have, and pairs of them side by side.

\b
Examples:
  civicsearch related 615913767f2e7228
  civicsearch related 615913767f2e7228 --limit 3 --format json

Exit status: 0 found, 1 nothing found, 2 no such id or another error.
"""


@click.command(name="related", help=HELP, short_help="Find articles about the same thing.")
@click.argument("document_id", metavar="ID")
@option("related", "--limit", metavar="N", type=int, default=10, show_default=True,
        help="Articles to print, up to 1000.")  # fmt: skip
@option("related", "--format", "output", type=click.Choice(FORMATS), default="text",
        show_default=True, help="How to print them.")  # fmt: skip
@index_option("related")
def command(document_id: str, limit: int, output: str, index: Path) -> int:
    """Print related articles."""
    with Archive.open(index) as archive:
        results = archive.related(document_id, limit=limit)
        print_results(results, output)
    if results.hits or not limit:
        return ExitCode.DONE
    say("No other article shares enough of its words.")
    return ExitCode.NOTHING_FOUND
