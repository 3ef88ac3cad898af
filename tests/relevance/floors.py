"""The scores that may not be fallen below: kept in floors.json, compared, raised, lowered.

Nothing here measures; these are the rules by which gates open, and the options that all have.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).resolve().parent / "floors.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was measured on one set: its metric, the fingerprint of its data, scores by typing."""

    name: str
    metric: str
    fingerprint: str
    scores: Mapping[str, float]

    @property
    def floor(self) -> dict[str, Any]:
        """The floor that these scores would set, to three digits, rounded down."""
        floors = {typing: round_down(score) for typing, score in self.scores.items()}
        return {"metric": self.metric, "fingerprint": self.fingerprint, "scores": floors}


def round_down(score: float) -> float:
    """Return a score to three digits, never above it."""
    return math.floor(score * 1000 + 1e-6) / 1000


def problems(floors: Mapping[str, Any], measured: Measured) -> list[str]:
    """Return in a sentence each what keeps the gate shut for one set; nothing if it may open."""
    floor = floors.get(measured.name)
    if floor is None:
        return [f"{measured.name} has no floor. Set one with --update."]
    for key, found in (("fingerprint", measured.fingerprint), ("metric", measured.metric)):
        if floor[key] != found:
            compared = f"was measured with the {key} {found}, its floor with {floor[key]}"
            return [f"{measured.name} {compared}. Set a new floor with --update --allow-lower."]
    return [
        *(
            f"{measured.name}, typed {typing}: {measured.metric} {score:.4f} is under the floor of"
            f" {floor['scores'][typing]:.3f}."
            for typing, score in measured.scores.items()
            if score + 1e-6 < floor["scores"].get(typing, 0.0)
        ),
        *(
            f"{measured.name}, typed {typing}: has no floor. Set one with --update."
            for typing in measured.scores
            if typing not in floor["scores"]
        ),
        *(
            f"{measured.name}, typed {typing}: has a floor, but was not measured."
            for typing in floor["scores"]
            if typing not in measured.scores
        ),
    ]


def updated(
    floors: Mapping[str, Any], measured: Measured, *, may_lower: bool
) -> tuple[dict[str, Any], list[str]]:
    """Return the floors with one set's raised to what was measured, and what was refused.

    A floor is lowered, or one for other data replaced, only with `may_lower`.
    """
    old = floors.get(measured.name)
    if old is None or may_lower:
        return {**floors, measured.name: measured.floor}, []
    if (old["fingerprint"], old["metric"]) != (measured.fingerprint, measured.metric):
        return dict(floors), problems(floors, measured)
    scores = {
        typing: max(value, old["scores"].get(typing, 0.0))
        for typing, value in measured.floor["scores"].items()
    }
    raised = {**floors, measured.name: {**old, "scores": {**old["scores"], **scores}}}
    return raised, problems(raised, measured)


def load_floors(path: Path = FLOORS) -> dict[str, Any]:
    """Return the floors by set; none where the file is not there yet."""
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


def save_floors(floors: Mapping[str, Any], path: Path = FLOORS) -> None:
    """Write the floors, sets in the order of their names."""
    path.write_text(json.dumps(dict(sorted(floors.items())), indent=2) + "\n", "utf-8")


def describe(measured: Measured) -> str:
    """Return the scores of a set as one line."""
    scores = ", ".join(f"{typing} {score:.3f}" for typing, score in measured.scores.items())
    return f"{measured.name} ({measured.metric}): {scores}\n"


def parse_gate(parser: argparse.ArgumentParser, arguments: list[str] | None) -> argparse.Namespace:
    """Return the options of a gate: those of `parser`, and those that every gate has."""
    parser.add_argument("--update", action="store_true", help="raise floors")
    parser.add_argument("--allow-lower", action="store_true", help="with --update: lower too")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="file of floors")
    options = parser.parse_args(arguments)
    if options.allow_lower and not options.update:
        parser.error("--allow-lower needs --update")
    return options


def judge(measured: Iterable[Measured], options: argparse.Namespace) -> int:
    """Print scores set by set, compare floors or update them, and return the exit status."""
    floors = load_floors(options.floors)
    refused: list[str] = []
    for one in measured:
        sys.stdout.write(describe(one))
        if options.update:
            floors, found = updated(floors, one, may_lower=options.allow_lower)
        else:
            found = problems(floors, one)
        refused.extend(found)
    if options.update:
        save_floors(floors, options.floors)
    sys.stdout.writelines(f"REFUSED: {problem}\n" for problem in refused)
    return 1 if refused else 0
