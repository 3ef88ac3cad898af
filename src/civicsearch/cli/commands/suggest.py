"""`civicsearch suggest`: how a query that is being typed may go on, one completion a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from civicsearch.archive import Archive
from civicsearch.cli.exit_codes import ExitCode
from civicsearch.cli.formats import to_json
from civicsearch.cli.options import index_option, json_option, option
from civicsearch.cli.rendering import put, say

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]

HELP = """Complete what is typed: words and titles of the archive, likeliest first.

Accents may be left out; they come back. A blank at the end asks for the next
word.

\b
Examples:
  civicsearch suggest 'cong ta'       công tác, công tác của ...
  civicsearch suggest 'hoi dong '     hội đồng nhân ...
  civicsearch suggest dan --limit 3 --json

Exit status: 0 found, 1 nothing found, 2 error.
"""


@click.command(name="suggest", help=HELP, short_help="Complete what is typed.")
@click.argument("words", metavar="TEXT...", nargs=-1, required=True)
@option("suggest", "--limit", metavar="N", type=int, default=10, show_default=True,
        help="Completions to print, 1 to 50.")  # fmt: skip
@json_option("suggest")
@index_option("suggest")
def command(words: tuple[str, ...], limit: int, as_json: bool, index: Path) -> int:
    """Print completions."""
    text = " ".join(words)
    with Archive.open(index) as archive:
        found = archive.suggest(text, limit=limit)
    if as_json:
        put(to_json({"text": text, "suggestions": list(found)}))
    elif found:
        put("\n".join(found))
    else:
        say(f"Nothing in the archive goes on like {text!r}.")
    return ExitCode.DONE if found else ExitCode.NOTHING_FOUND
