"""How commands that find articles print them: for eyes, or for other programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from civicsearch.cli.rendering import Terminal, put, say

if TYPE_CHECKING:
    from civicsearch.search.results import Hit, Results

__all__ = ["FORMATS", "print_results"]

FORMATS = ("text", "json", "jsonl", "csv")


def print_results(
    results: Results, output: str, *, is_explained: bool = False, passages: int = 1
) -> None:
    """Print hits in one of `FORMATS`; for `json`, all that is known of the answer.

    Args:
        results: The answer.
        output: The format.
        is_explained: Whether to tell how each score came about.
        passages: How many passages of an article to show, where it has as many; 1 for CSV.
    """
    if output == "text":
        _print_text(results, is_explained=is_explained, passages=passages)
        return
    from civicsearch.cli import formats

    if output == "csv":
        put(formats.to_csv(results.hits))
    elif output == "jsonl":
        for hit in results.hits:
            values = hit.to_dict(passages=passages)
            put(formats.to_json_line(values | _explained(hit) if is_explained else values))
    else:
        told = results.to_dict(passages=passages)
        if is_explained:
            for hit, values in zip(results.hits, told["hits"], strict=True):
                values.update(_explained(hit))
        put(formats.to_json(told))


def _print_text(results: Results, *, is_explained: bool, passages: int) -> None:
    from civicsearch.cli.hits import describe_count, render_facets, render_hit

    terminal = Terminal.of(sys.stdout)
    if results.total.value:
        say(describe_count(results))
    if results.hits and results.suggestions:
        say(f"Did you mean: {'; '.join(results.suggestions)}?")
    blocks = [
        render_hit(hit, terminal, is_explained=is_explained, passages=passages)
        for hit in results.hits
    ]
    blocks += render_facets(results.facets, terminal) if results.total.value else ()
    if blocks:
        put("\n\n".join(blocks))


def _explained(hit: Hit) -> dict[str, Any]:
    from civicsearch.cli.hits import explanation_to_dict

    return {"explanation": explanation_to_dict(hit.explain())}
