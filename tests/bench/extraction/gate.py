"""The gate: measures our extractor on all pages with gold and refuses a mean under its floor.

    script/gate extraction                          0: all floors hold; 1: one does not
    script/gate extraction --update                 raises floors to what is measured now
    script/gate extraction --update --allow-lower   and lowers them; a deliberate act
    script/gate extraction --peers                  measures the other extractors in the same run

Each half has floors of its own, so that what was gained on pages that rules were made on does not
hide what was lost on the others. Speed has no floor: it is the machine's as well. The pages are
not part of the project. Where they are absent, this says so and ends with status 0.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.extraction.pages import DATA, HALVES, DataMissingError, fingerprint_of, iter_pages
from bench.extraction.run import Result, means_of, measure, save, say, say_tables
from bench.extraction.systems import LOADERS, OURS, load_systems
from relevance.floors import Measured, load_floors, problems, save_floors, updated

FLOORS = Path(__file__).resolve().parent / "floors.json"
# Of these, higher is better; `without` is of leaks, and so its floor is of what did not leak.
PINNED = ("f1", "precision", "recall", "with", "title", "date", "authors", "listing", "kept")


def main(arguments: list[str] | None = None) -> int:
    """Measure, compare or update, and return the exit status."""
    options = parse_options(arguments)
    systems, absent = load_systems(tuple(LOADERS) if options.peers else (OURS,))
    for name, reason in absent.items():
        say(f"{name} is passed over: {reason}")
    floors, refused = load_floors(options.floors), []
    everything: dict[str, list[Result]] = {name: [] for name in systems}
    for half in HALVES:
        try:
            pages = list(iter_pages(options.data, half=half))
        except DataMissingError as missing:
            say(f"Skipped: there are no pages at '{missing}'.")
            return 0
        results = measure(systems, pages)
        say(f"\n{half}: {len(pages)} pages")
        say_tables(results)
        for name, measured in results.items():
            everything[name].extend(measured)
        floors, found = settle(floors, as_measured(half, results[OURS]), options)
        refused.extend(found)
    if options.peers:
        say("\nall pages")
        say_tables(everything)
    if options.update:
        save_floors(floors, options.floors)
    if options.name:
        say(f"Raw numbers: {save(everything, options.name)}")
    sys.stdout.writelines(f"REFUSED: {problem}\n" for problem in refused)
    return 1 if refused else 0


def parse_options(arguments: list[str] | None) -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(
        prog="script/gate extraction", description=__doc__.splitlines()[0] if __doc__ else None
    )
    add = parser.add_argument
    add("--update", action="store_true", help="raise floors")
    add("--allow-lower", action="store_true", help="with --update: lower too")
    add("--peers", action="store_true", help="measure the other extractors as well")
    add("--data", type=Path, default=DATA, help="folder with manifest.jsonl")
    add("--floors", type=Path, default=FLOORS, help="file of floors")
    add("--name", help="keep the raw numbers under this name in runs/")
    options = parser.parse_args(arguments)
    if options.allow_lower and not options.update:
        parser.error("--allow-lower needs --update")
    return options


def as_measured(half: str, results: Sequence[Result]) -> Measured:
    """Return the means of a half as the scores that floors are compared with: `vi title`."""
    scores = {
        f"{kind} {metric}": means[metric][0]
        for kind, means in means_of(results).items()
        for metric in PINNED
        if metric in means
    }
    return Measured(
        name=half,
        metric="mean",
        fingerprint=fingerprint_of([result.page for result in results]),
        scores=scores,
    )


def settle(
    floors: Mapping[str, Any], measured: Measured, options: argparse.Namespace
) -> tuple[Mapping[str, Any], list[str]]:
    """Return the floors, raised where asked, and in a sentence each what fell below them."""
    if options.update:
        return updated(floors, measured, may_lower=options.allow_lower)
    return floors, [problem.replace(", typed ", ", ") for problem in problems(floors, measured)]


if __name__ == "__main__":
    sys.exit(main())
