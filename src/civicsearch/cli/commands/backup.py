"""`civicsearch backup`: all of the index in one file."""

from __future__ import annotations

from pathlib import Path

import click

from civicsearch.backups import backup
from civicsearch.cli.formats import to_json
from civicsearch.cli.interrupts import tidy_termination
from civicsearch.cli.options import index_option, json_option
from civicsearch.cli.rendering import count_of, describe_size, put, say

__all__ = ["command"]

HELP = """Write all of the index to one new FILE, while it is searched and written to.

\b
Examples:
  civicsearch backup index-monday.tar
  civicsearch backup /mnt/backup/index.tar --index /srv/civicsearch/index

What the last commit left is in the file, every byte held against its checksum;
a damaged index is refused. FILE is a tar file; `civicsearch restore` puts it
back, on this machine or another. It appears when it is whole and durable, and
an existing one is never replaced.

Exit status: 0 done, 2 error; 130 interrupted,
143 by SIGTERM.
"""


@click.command(name="backup", help=HELP, short_help="Write the index to one file.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@json_option("backup")
@index_option("backup")
def command(file: Path, as_json: bool, index: Path) -> None:
    """Write the file and say what is in it."""
    with tidy_termination():
        documents = backup(index, file)
    size = file.stat().st_size
    say(f"{count_of(documents, 'document')}, {describe_size(size)}, are in '{file}'.")
    if as_json:
        put(to_json({"file": str(file), "documents": documents, "size_bytes": size}))
