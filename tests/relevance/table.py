"""Renders a run as a table: a row for each set and way of typing, a column for each system.

PYTHONPATH=tests python -m relevance.table tests/relevance/runs/RUN.json
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def render(run: Mapping[str, Any]) -> str:
    """Return a run as Markdown; the best of every row is bold."""
    systems = run["systems"]
    lines = [_origin(run), "", _row(["set", "typed", "metric", *systems])]
    lines.append(_row(["---", "---", "---", *["---:"] * len(systems)]))
    for measured in run["sets"]:
        for typing in dict.fromkeys(result["typing"] for result in measured["results"]):
            values = {
                result["system"]: result[measured["metric"]]
                for result in measured["results"]
                if result["typing"] == typing
            }
            cells = _cells([values.get(system) for system in systems])
            lines.append(_row([measured["name"], typing, measured["metric"], *cells]))
    return "\n".join(lines) + "\n"


def _origin(run: Mapping[str, Any]) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in run["versions"].items())
    return f"Measured {run['date']} at commit {run['commit']}, half: {run['half']}; {versions}."


def _cells(values: list[float | None]) -> list[str]:
    best = max(round(value, 3) for value in values if value is not None)
    return [
        "" if value is None else f"**{value:.3f}**" if round(value, 3) == best else f"{value:.3f}"
        for value in values
    ]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.stdout.write(render(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
