"""`civicsearch delete`: documents out of the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from civicsearch.archive import Archive
from civicsearch.cli.options import index_option
from civicsearch.cli.rendering import count_of, say

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]

HELP = """Take articles out of the index, by their ids; all of them or none.

\b
Examples:
  civicsearch delete 615913767f2e7228
  civicsearch delete 615913767f2e7228 30fef9090847e031

The files they were read from are not touched: a later ingest of the same
files brings the articles back.

Exit status: 0 done, 2 an id is not there (nothing is deleted) or another error.
"""


@click.command(name="delete", help=HELP, short_help="Take articles out of the index.")
@click.argument("document_ids", metavar="ID...", nargs=-1, required=True)
@index_option("delete")
def command(document_ids: tuple[str, ...], index: Path) -> None:
    """Delete documents and say how many."""
    with Archive.open(index) as archive:
        deleted = archive.delete(document_ids)
    say(f"Deleted {count_of(deleted, 'document')}.")
