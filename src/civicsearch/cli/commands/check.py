"""`civicsearch check`: whether every file of the index is what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from civicsearch.archive import Archive
from civicsearch.cli.exit_codes import ExitCode
from civicsearch.cli.formats import to_json
from civicsearch.cli.options import index_option, json_option
from civicsearch.cli.rendering import count_of, put, safe, say
from civicsearch.engines.registry import take_inventory, unopened_engine
from civicsearch.schema import DEFAULT_SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]

HELP = """Compare every file of the index with its checksum.

\b
Examples:
  civicsearch check
  civicsearch check --json
  civicsearch check --index /mnt/backup/index

Reads the whole index and changes nothing. Other commands look at a few small
files alone, so a disk that lost a byte of a large one may go unnoticed; run
this on a copy of an index, which may lack files if somebody wrote while it was
made (docs/operating.md says how to copy), and after a crash of the machine.
Damaged files are named, one a line.

Exit status: 0 all files are as they were written, 2 some are not, or another
error.
"""


@click.command(name="check", help=HELP, short_help="Compare the index with its checksums.")
@json_option("check")
@index_option("check")
def command(as_json: bool, index: Path) -> int:
    """Check all files and name the damaged ones."""
    engine = unopened_engine(index, schema=DEFAULT_SCHEMA)  # opening refuses what is damaged
    with Archive(engine) as archive:
        found = take_inventory(engine)
        damaged = archive.check()
    if as_json:
        values = {"files": found.files, "documents": found.documents, "damaged": list(damaged)}
        put(to_json(values))
    elif damaged:
        put("\n".join(map(safe, damaged)))
    else:
        counts = f"{count_of(found.files, 'file')}, {count_of(found.documents, 'document')}"
        put(f"{counts}: all as they were written.")
    if not damaged:
        return ExitCode.DONE
    say(
        f"{len(damaged):,} of {count_of(found.files, 'file')} of the index '{index}' "
        f"{'is' if len(damaged) == 1 else 'are'} not as written. Take an undamaged copy, or "
        "delete the folder and build it again with `civicsearch ingest`."
    )
    return ExitCode.ERROR
