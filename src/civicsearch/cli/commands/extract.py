"""`civicsearch extract`: the document that ingest would make of one page, and why."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from civicsearch.cli.formats import to_json
from civicsearch.cli.options import json_option, option, profiles_option
from civicsearch.cli.rendering import Terminal, put, say
from civicsearch.document import Page
from civicsearch.errors import ExtractionError
from civicsearch.extraction import load_profiles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from civicsearch.ingest.extractor import Extraction
    from civicsearch.ingest.provenance import Trace

__all__ = ["command"]

_STANDARD_INPUT = "-"

HELP = """Show the article that is on one page, without storing it.

\b
Examples:
  civicsearch extract page.html
  civicsearch extract page.html --json
  civicsearch extract page.html --explain     what was kept, dropped and why
  civicsearch extract news.html --any-page    a list, too, that is else refused
  curl -s https://example.org/news | civicsearch extract - --url https://example.org/news

FILE is an HTML file (also .html.gz), one saved as .mhtml, or - for HTML from
standard input. Another name will do where the content looks like HTML; files of
documents, feeds and archives are for civicsearch ingest.

Exit status: 0 done, 2 no article on the page or another error.
"""


@click.command(name="extract", help=HELP, short_help="Show the article that is on one page.")
@click.argument("file", metavar="FILE", type=click.Path(allow_dash=True))
@json_option("extract")
@option("extract", "--explain", is_flag=True, help="Say why: of every block, of every value.")
@option("extract", "--any-page", is_flag=True, help="Read lists and the like as well.")
@option("extract", "--url", metavar="URL", help="Where the page came from, if it does not say.")
@profiles_option("extract")
def command(
    file: str,
    as_json: bool,
    explain: bool,
    any_page: bool,
    url: str | None,
    profiles: Path | None,
) -> None:
    """Extract one page and print it."""
    from civicsearch.ingest.extractor import Accept, extract_with_report
    from civicsearch.ingest.provenance import trace_values

    loaded = load_profiles(profiles) if profiles else None
    name = "standard input" if file == _STANDARD_INPUT else file
    accept = Accept.ANY_PAGE if any_page else Accept.ARTICLES
    try:
        page = _read(file)
        page = Page(content=page.content, url=page.url or url, content_type=page.content_type)
        extraction = extract_with_report(page, accept=accept, profiles=loaded)
        document, own = extraction.document, extraction.profile
        traces = trace_values(page, document, own=own) if explain else ()
    except ExtractionError as error:
        raise ExtractionError(error.reason, url=name) from error
    if as_json:
        put(to_json(_to_dict(extraction, traces)))
    else:
        _show(extraction, traces)


def _read(file: str) -> Page:
    from civicsearch.ingest.sources import MAX_PAGE_BYTES, open_page

    if file != _STANDARD_INPUT:
        return open_page(Path(file))
    content = sys.stdin.buffer.read(MAX_PAGE_BYTES + 1)
    if len(content) > MAX_PAGE_BYTES:
        reason = f"larger than {MAX_PAGE_BYTES // (1024 * 1024)} MB"
        raise ExtractionError(reason)
    return Page(content=content)


def _show(extraction: Extraction, traces: Sequence[Trace]) -> None:
    from civicsearch.cli.documents import render_decisions, render_document, render_traces

    terminal = Terminal.of(sys.stdout)
    if not traces:
        put(render_document(extraction.document, terminal))
        return
    say(f"Read as {extraction.encoding}.")
    if extraction.verdict.reason:
        say(f"This is a {extraction.verdict.kind}: {extraction.verdict.reason}.")
    for note in extraction.document.notes:
        say(note)
    put(render_decisions(extraction.decisions, terminal))
    put("")
    put(render_traces(traces, terminal))
    if extraction.profile is not None:
        from civicsearch.cli.trials import render_reading

        put("")
        put(render_reading(extraction.profile, terminal))


def _to_dict(extraction: Extraction, traces: Sequence[Trace]) -> dict[str, Any]:
    document = extraction.document
    values = document.to_dict()
    values["text"] = document.text
    values["zones"] = {zone: list(blocks) for zone, blocks in document.zones.items()}
    if traces:
        values["encoding"] = extraction.encoding
        values["page"] = {
            "kind": extraction.verdict.kind.value,
            "reason": extraction.verdict.reason,
        }
        values["decisions"] = [
            {"text": d.text, "kept": d.kept, "zone": d.zone.value, "rule": d.rule}
            for d in extraction.decisions
        ]
        values["values"] = {
            trace.field: {
                "value": trace.value,
                "said_by": [{"place": one.place, "text": one.text} for one in trace.said_by],
                "against": [{"place": one.place, "text": one.text} for one in trace.against],
            }
            for trace in traces
        }
        if extraction.profile is not None:
            values["profile"] = {
                "site": extraction.profile.host,
                "selectors": [asdict(found) for found in extraction.profile.findings],
            }
    return values
