"""`civicsearch extract`: the document that ingest would make of one page, and why."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from civicsearch.archive import extract_with_report
from civicsearch.cli.formats import to_json
from civicsearch.cli.options import json_option, option
from civicsearch.cli.rendering import Terminal, put, say
from civicsearch.errors import ExtractionError

if TYPE_CHECKING:
    from civicsearch.ingest.extractor import Extraction

__all__ = ["command"]

_STANDARD_INPUT = "-"

HELP = """Show the article that is on one page, without storing it.

\b
Examples:
  civicsearch extract page.html
  civicsearch extract page.html --json
  civicsearch extract page.html --explain     what was kept, dropped and why
  curl -s https://example.org/news | civicsearch extract - --url https://example.org/news

FILE is an HTML file (also .html.gz), or - for standard input.

Exit status: 0 done, 2 no article on the page or another error.
"""


@click.command(name="extract", help=HELP, short_help="Show the article that is on one page.")
@click.argument("file", metavar="FILE", type=click.Path(allow_dash=True))
@json_option("extract")
@option("extract", "--explain", is_flag=True, help="List every block: kept or dropped, and why.")
@option("extract", "--url", metavar="URL", help="Where the page came from, if it does not say.")
def command(file: str, as_json: bool, explain: bool, url: str | None) -> None:
    """Extract one page and print it."""
    name = "standard input" if file == _STANDARD_INPUT else file
    try:
        extraction = extract_with_report(_read(file), url=url)
    except ExtractionError as error:
        raise ExtractionError(error.reason, url=name) from error
    if as_json:
        put(to_json(_to_dict(extraction, is_explained=explain)))
    else:
        _show(extraction, is_explained=explain)


def _read(file: str) -> bytes:
    from civicsearch.ingest.sources import MAX_PAGE_BYTES, read_page

    if file != _STANDARD_INPUT:
        return read_page(Path(file))
    content = sys.stdin.buffer.read(MAX_PAGE_BYTES + 1)
    if len(content) > MAX_PAGE_BYTES:
        reason = f"larger than {MAX_PAGE_BYTES // (1024 * 1024)} MB"
        raise ExtractionError(reason)
    return content


def _show(extraction: Extraction, *, is_explained: bool) -> None:
    from civicsearch.cli.documents import render_decisions, render_document

    terminal = Terminal.of(sys.stdout)
    if not is_explained:
        put(render_document(extraction.document, terminal))
        return
    say(f"Read as {extraction.encoding}.")
    for note in extraction.document.notes:
        say(note)
    put(render_decisions(extraction.decisions, terminal))


def _to_dict(extraction: Extraction, *, is_explained: bool) -> dict[str, Any]:
    document = extraction.document
    values = document.to_dict()
    values["text"] = document.text
    values["zones"] = {zone: list(blocks) for zone, blocks in document.zones.items()}
    if is_explained:
        values["encoding"] = extraction.encoding
        values["decisions"] = [
            {"text": d.text, "kept": d.kept, "zone": d.zone.value, "rule": d.rule}
            for d in extraction.decisions
        ]
    return values
