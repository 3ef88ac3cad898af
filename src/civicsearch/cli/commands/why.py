"""`civicsearch why`: why an article is found by a query, or why it is not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Unpack

import click

from civicsearch.archive import Archive
from civicsearch.cli.commands.search import SearchCommand
from civicsearch.cli.exit_codes import ExitCode
from civicsearch.cli.filters import Filtered, check_days, filter_options
from civicsearch.cli.options import abbreviations_option, index_option, json_option, option
from civicsearch.cli.rendering import Piece, Style, Terminal, put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from civicsearch.search.diagnosis import Clause, Diagnosis

__all__ = ["command"]

HELP = """Say why an article is found by a query, or why it is not.

Every part of the query is named, with how often the article has it, or what is
near: other accents, another letter, words that stand apart, a day outside of
the filter. `why-not` is the same command.

\b
Examples:
  civicsearch why 30fef9090847e031 dân vận khéo
  civicsearch why-not 615913767f2e7228 '"dân vận" -họp' --from 2020

Exit status: 0 the article is found, 1 it is not, 2 no such id or another error.
"""


@click.command(name="why", cls=SearchCommand, help=HELP,
               short_help="Say why an article is found, or is not.")  # fmt: skip
@click.argument("document_id", metavar="ID")
@click.argument("words", metavar="QUERY...", nargs=-1, required=True)
@filter_options("why")
@option("why", "--no-expand", is_flag=True, help="As of search.")
@abbreviations_option("why")
@json_option("why")
@index_option("why")
def command(
    document_id: str,
    words: tuple[str, ...],
    index: Path,
    as_json: bool,
    no_expand: bool,
    abbreviations: Path | None,
    **filters: Unpack[Filtered],
) -> int:
    """Print the diagnosis."""
    check_days(filters)
    with Archive.open(index, abbreviations=abbreviations) as archive:
        found = archive.why(" ".join(words), document_id, expand=not no_expand, **filters)
    if as_json:
        from civicsearch.cli.formats import to_json

        put(to_json(found.to_dict()))
    else:
        terminal = Terminal.of(sys.stdout)
        put("\n".join([_verdict(found), *_lines(found, terminal)]))
    return ExitCode.DONE if found.matches else ExitCode.NOTHING_FOUND


def _verdict(found: Diagnosis) -> str:
    title = found.title or "(no title)"
    if not found.matches:
        return f"{title}\nis not found by {found.query!r}:"
    place = f"as number {found.rank:,}" if found.rank else "beyond the first 1,000"
    return f"{title}\nis found by {found.query!r}, {place}, with a score of {found.score:.3f}:"


def _lines(found: Diagnosis, terminal: Terminal) -> Iterator[str]:
    for clause in found.filters:
        yield from _clause(clause, terminal, 0)
    yield from _clause(found.clause, terminal, 0)


def _clause(clause: Clause, terminal: Terminal, depth: int) -> Iterator[str]:
    sign = "yes" if clause.holds else "NO"
    hanging = f"{'':{2 + 2 * depth}}{sign:<5}"
    pieces = [Piece(clause.text, Style.BOLD), Piece(f"  {clause.detail}", Style.DIM)]
    yield terminal.lay_out(pieces, indent=len(hanging), hanging=hanging)
    for part in clause.parts:
        yield from _clause(part, terminal, depth + 1)
