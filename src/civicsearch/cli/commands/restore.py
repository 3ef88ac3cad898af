"""`civicsearch restore`: an index made of a backup."""

from __future__ import annotations

from pathlib import Path

import click

from civicsearch.backups import restore
from civicsearch.cli.formats import to_json
from civicsearch.cli.interrupts import tidy_termination
from civicsearch.cli.options import index_option, json_option
from civicsearch.cli.rendering import count_of, put, say

__all__ = ["command"]

HELP = """Make an index of FILE, which `civicsearch backup` wrote.

\b
Examples:
  civicsearch restore index-monday.tar
  civicsearch restore /mnt/backup/index.tar --index index.new

The folder of the index must be empty or not there: move an old one away first.
The index appears when every byte was held against its checksum.

Exit status: 0 done, 2 error, such as a damaged backup; 130 interrupted,
143 by SIGTERM.
"""


@click.command(name="restore", help=HELP, short_help="Make an index of a backup.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@json_option("restore")
@index_option("restore")
def command(file: Path, as_json: bool, index: Path) -> None:
    """Make the index and say what is in it."""
    with tidy_termination():
        documents = restore(file, index)
    say(f"{count_of(documents, 'document')} can be searched in '{index}'.")
    if as_json:
        put(to_json({"index": str(index), "documents": documents}))
