"""`civicsearch cite`: how articles are cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from civicsearch.archive import Archive
from civicsearch.citations import STYLES, cite
from civicsearch.cli.options import index_option, option
from civicsearch.cli.rendering import put, safe

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]

HELP = """Cite articles, by the ids that a search prints.

\b
Examples:
  civicsearch cite 615913767f2e7228
  civicsearch cite 615913767f2e7228 --style bibtex >> references.bib
  civicsearch cite 615913767f2e7228 30fef9090847e031 --style ris > articles.ris

A line to read; or a record for a reference manager: BibTeX, RIS (EndNote,
Zotero, Mendeley) or CSL-JSON (Zotero, Pandoc).

Exit status: 0 done, 2 no such id or another error.
"""


@click.command(name="cite", help=HELP, short_help="Cite articles.")
@click.argument("document_ids", metavar="ID...", nargs=-1, required=True)
@option(
    "cite",
    "--style",
    type=click.Choice(tuple(STYLES)),
    default="text",
    show_default=True,
    help="How.",
)
@index_option("cite")
def command(document_ids: tuple[str, ...], style: str, index: Path) -> None:
    """Print the citations."""
    with Archive.open(index) as archive:
        documents = [archive.document(document_id) for document_id in document_ids]
    put("\n".join(map(safe, cite(documents, style).split("\n"))))
