"""What a list of hits looks like to a reader at a terminal, or in a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from civicsearch.cli.rendering import Piece, Style, count_of, draw_bar, mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from civicsearch.cli.rendering import Terminal
    from civicsearch.search.engine import Explanation, FacetCounts
    from civicsearch.search.results import Hit, Results

__all__ = ["describe_count", "explanation_to_dict", "render_facets", "render_hit"]

_INDENT = 4
_MAX_DEPTH = 20
_FACET_VALUES = 20
_BAR_COLUMNS = 20
_DAY = len("2020-08-06")  # not by %Y, which some systems do not pad to four digits


def describe_count(results: Results) -> str:
    """Return how many matches there are and which of them follow."""
    total = results.total
    shown = f"{len(results.hits):,}"
    if results.hits and results.hits[0].rank > 1:
        shown = f"{results.hits[0].rank:,}-{results.hits[-1].rank:,}"
    noun = "match" if total.value == 1 else "matches"
    least = "" if total.exact else "at least "
    return f"{shown} of {least}{total.value:,} {noun}, {results.elapsed_ms:,.0f} ms"


def render_hit(
    hit: Hit, terminal: Terminal, *, is_explained: bool = False, passages: int = 1
) -> str:
    """Return one hit: rank and title, where and when, passages with their matches marked."""
    number = f"{hit.rank}. "
    indent = max(_INDENT, len(number))
    title = hit.title or "(no title)"
    spans = hit.title_highlights if hit.title else ()
    day = hit.published.isoformat()[:_DAY] if hit.published else ""
    facts = " · ".join(fact for fact in (hit.source, day, hit.document_id) if fact)
    lines = [
        terminal.lay_out(mark(title, spans, base=Style.BOLD), indent=indent, hanging=number),
        terminal.lay_out([Piece(facts, Style.DIM)], indent=indent),
    ]
    if hit.url:
        lines.append(terminal.lay_out([Piece(hit.url, Style.DIM)], indent=indent))
    lines += [
        terminal.lay_out(mark(passage.text, passage.highlights), indent=indent)
        for passage in hit.passages(passages)
        if passage.text
    ]
    if is_explained:
        explanation = hit.explain()
        lines += _render_explanation(explanation, terminal, indent) if explanation else ()
    return "\n".join(lines)


def render_facets(facets: Mapping[str, FacetCounts], terminal: Terminal) -> Iterator[str]:
    """Yield a block for each facet: its values, most frequent first, with a bar."""
    for name, counts in facets.items():
        most = max((count for _, count in counts), default=1)
        lines = [terminal.paint(name, Style.BOLD)]
        lines += [
            terminal.lay_out(
                [Piece(value), Piece(f"  {draw_bar(count / most, _BAR_COLUMNS)}", Style.DIM)],
                indent=10,
                hanging=f"{count:>8,}  ",
            )
            for value, count in counts[:_FACET_VALUES]
        ]
        if not counts:
            lines.append("          no match has one")
        if len(counts) > _FACET_VALUES:
            more = count_of(len(counts) - _FACET_VALUES, "more value")
            lines.append(f"          {more}; --format json lists all")
        yield "\n".join(lines)


def explanation_to_dict(explanation: Explanation | None) -> dict[str, object] | None:
    """Return how a score came about, as JSON-ready values."""
    if explanation is None:
        return None
    return {
        "value": explanation.value,
        "description": explanation.description,
        "parts": [explanation_to_dict(part) for part in explanation.parts],
    }


def _render_explanation(
    explanation: Explanation, terminal: Terminal, indent: int, depth: int = 0
) -> Iterator[str]:
    number = f"{'':{indent + 2 * depth}}{explanation.value:.3f}  "
    yield terminal.lay_out(
        [Piece(explanation.description, Style.DIM)], indent=len(number), hanging=number
    )
    if depth < _MAX_DEPTH:
        for part in explanation.parts:
            yield from _render_explanation(part, terminal, indent, depth + 1)
