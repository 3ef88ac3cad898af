"""What one document looks like to a reader at a terminal, or in a pipe."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from civicsearch.cli.rendering import Piece, Style, clip, safe
from civicsearch.document import PARAGRAPH_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from civicsearch.cli.rendering import Terminal
    from civicsearch.document import Document
    from civicsearch.ingest.blocks import Decision
    from civicsearch.ingest.provenance import Statement, Trace

__all__ = ["render_decisions", "render_document", "render_traces"]

_READING_COLUMNS = 88
"""Longer lines are hard to read, however wide the terminal."""
_BESIDE_COLUMNS = 24
"""With this much room a block stands beside the decision on it; with less, under it."""


def render_document(document: Document, terminal: Terminal) -> str:
    """Return a document to read: title, facts, lead, body, captions, notes."""
    if terminal.width:
        terminal = terminal._replace(width=min(terminal.width, _READING_COLUMNS))
    blocks = [
        terminal.lay_out([Piece(document.title or "(no title)", Style.BOLD)]),
        *_render_facts(document, terminal),
        *_render_blocks(document.lead, terminal, Style.BOLD),
        *_render_blocks(document.body, terminal, Style.PLAIN),
        *_render_list("Captions", (c.text for c in document.captions), terminal),
        *_render_list("Notes", document.notes, terminal),
        *_render_list("Copies", (copy.url or copy.path for copy in document.copies), terminal),
    ]
    return PARAGRAPH_BREAK.join(blocks)


def render_decisions(decisions: Iterable[Decision], terminal: Terminal) -> str:
    """Return a table of blocks: kept or dropped, the zone, the rule that decided, the text."""
    rows = [
        ("kept" if d.kept else "dropped", str(d.zone.value), safe(d.rule), safe(d.text))
        for d in decisions
    ]
    head = ("what", "zone", "rule", "text")
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(3)]
    is_roomy = terminal.width is None or terminal.width - sum(widths) - 6 >= _BESIDE_COLUMNS
    lines = []
    for number, row in enumerate((head, *rows)):
        style = Style.BOLD if number == 0 else Style.DIM if row[0] == "dropped" else Style.PLAIN
        left = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        if is_roomy:
            room = terminal.width - len(left) - 2 if terminal.width else None
            lines.append(terminal.paint(f"{left}  {clip(row[3], room)}", style))
        else:
            lines.append(terminal.paint(clip(left.rstrip(), terminal.width), style))
            room = terminal.width - 2 if terminal.width else None
            lines.append(terminal.paint(f"  {clip(row[3], room)}", style))
    return "\n".join(lines)


def render_traces(traces: Iterable[Trace], terminal: Terminal) -> str:
    """Return each value with the places that say it, and those that say something else."""
    lines = []
    for trace in traces:
        lines.append(terminal.paint(f"{trace.field}: {safe(trace.value) or '-'}", Style.BOLD))
        places = ", ".join(dict.fromkeys(safe(one.place) for one in trace.said_by))
        if places:
            lines.append(f"  said by {places}")
        lines.extend(_against(one, terminal) for one in trace.against)
    return "\n".join(lines)


def _against(statement: Statement, terminal: Terminal) -> str:
    line = f"  against {safe(statement.place)}: {safe(statement.text)}"
    return terminal.paint(clip(line, terminal.width), Style.DIM)


def _render_facts(document: Document, terminal: Terminal) -> Iterator[str]:
    facts = (
        document.source,
        _moment(document.published),
        ", ".join(document.authors),
        document.section,
        document.language,
        f"{document.views:,} views" if document.views is not None else "",
        document.document_id,
    )
    line = " · ".join(fact for fact in facts if fact)
    lines = [terminal.lay_out([Piece(line, Style.DIM)])]
    if document.url:
        # Never wrapped: an address is for copying.
        lines.append(terminal.paint(safe(document.url), Style.DIM))
    yield "\n".join(lines)


def _render_blocks(text: str, terminal: Terminal, style: Style) -> Iterator[str]:
    for block in text.split(PARAGRAPH_BREAK) if text else ():
        yield "\n".join(  # a block has lines where it is a table
            terminal.lay_out([Piece(line, style)]) for line in block.split("\n")
        )


def _render_list(heading: str, texts: Iterable[str], terminal: Terminal) -> Iterator[str]:
    items = [terminal.lay_out([Piece(text)], indent=2, hanging="- ") for text in texts]
    if items:
        yield "\n".join((terminal.paint(heading, Style.BOLD), *items))


def _moment(moment: dt.date | None) -> str:
    if moment is None:
        return ""
    if isinstance(moment, dt.datetime):
        # Not by %Y, which some systems do not pad to four digits.
        written = moment.replace(tzinfo=None).isoformat(" ", "minutes")
        return f"{written} {moment.tzname() or ''}".strip()
    return moment.isoformat()
