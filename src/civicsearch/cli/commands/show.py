"""`civicsearch show`: one document to read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from civicsearch.archive import Archive
from civicsearch.cli.documents import render_document
from civicsearch.cli.formats import to_json
from civicsearch.cli.options import index_option, json_option
from civicsearch.cli.rendering import Terminal, put

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]

HELP = """Read one article, by the id that a search prints.

\b
Examples:
  civicsearch show 615913767f2e7228
  civicsearch show 615913767f2e7228 --json

Exit status: 0 done, 2 no such id or another error.
"""


@click.command(name="show", help=HELP, short_help="Read one article.")
@click.argument("document_id", metavar="ID")
@json_option("show")
@index_option("show")
def command(document_id: str, as_json: bool, index: Path) -> None:
    """Print one document."""
    with Archive.open(index) as archive:
        document = archive.document(document_id)
    if as_json:
        values = document.to_dict()
        # The key of the text is among them, and of no use to anybody else.
        values["origins"] = [origin for origin in values["origins"] if origin["sha256"]]
        put(to_json(values))
    else:
        put(render_document(document, Terminal.of(sys.stdout)))
