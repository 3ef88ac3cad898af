"""Measure the answers of civicsearch and its peers, over sets and ways of typing.

    PYTHONPATH=tests python -m relevance.measure --articles 45000 --half held --name release

Writes the raw figures to tests/relevance/runs/ and the table beside them. Figures and question
ids are written, never a text. The data is not part of the project. Where it is absent, this says
so and ends with status 0. The peers need the packages of the dependency group `bench`; those that
are not installed are left out, with a word.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import json
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import civicsearch
from relevance.asking import ask
from relevance.data import (
    DATA,
    HALVES,
    DataMissingError,
    TestSet,
    judged_names,
    load_articles,
    load_judged,
)
from relevance.systems import System, all_systems, open_system
from relevance.table import render
from relevance.typings import TYPINGS, USUAL, typings_of

HERE = Path(__file__).resolve().parent
CACHE = Path(tempfile.gettempdir()) / "civicsearch-relevance"
_PACKAGES = {"tantivy": "tantivy", "tantivy folded": "tantivy", "bm25s": "bm25s"}


def main(arguments: list[str] | None = None) -> int:
    """Run the measurement."""
    options = parse_options(arguments)
    systems = installed(options.system or list(all_systems()))
    measured = []
    try:
        for test_set in iter_sets(options):
            say(f"{test_set.name}: {len(test_set.questions)} questions")
            measured.append(measure_set(test_set, systems, options))
    except DataMissingError as missing:
        say(f"Skipped: there is no data at '{missing}'.")
        return 0
    run = {**circumstances(systems), "half": options.half, "sets": measured}
    sys.stdout.write(render(run))
    save(run, options)
    return 0


def parse_options(arguments: list[str] | None) -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with retrieval/, volume/")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where built indexes are kept")
    parser.add_argument("--half", choices=HALVES, default="tune", help="which questions to ask")
    parser.add_argument("--set", action="append", help="a judged set, or 'none'; default all")
    parser.add_argument("--articles", type=int, default=0, help="also titles of this many")
    parser.add_argument("--questions", type=int, default=1000, help="at most so many titles")
    parser.add_argument("--typing", action="append", choices=TYPINGS, help="default: the usual")
    parser.add_argument("--system", action="append", choices=all_systems(), help="default: all")
    parser.add_argument("--name", help="what to save the run as; without it nothing is saved")
    return parser.parse_args(arguments)


def iter_sets(options: argparse.Namespace) -> Iterator[TestSet]:
    """Yield the sets asked for, one in memory at a time.

    Raises:
        DataMissingError: One is not there.
    """
    names = options.set or judged_names(options.data)
    if not names:
        raise DataMissingError(options.data)
    for name in names:
        if name != "none":
            yield load_judged(name, half=options.half, data=options.data)
    if options.articles:
        yield load_articles(
            options.articles, questions=options.questions, half=options.half, data=options.data
        )


def measure_set(
    test_set: TestSet, systems: list[System], options: argparse.Namespace
) -> dict[str, Any]:
    """Return the figures of every system on one set."""
    typings = typings_of(test_set.language, tuple(options.typing or USUAL))
    fingerprint = test_set.index_fingerprint
    results = []
    for system in systems:
        open_system(system, test_set.documents, fingerprint=fingerprint, cache=options.cache)
        results.extend(ask(system, test_set, typing) for typing in typings)
    return {
        "name": test_set.name,
        "language": test_set.language,
        "metric": test_set.metric,
        "documents": len(test_set.documents),
        "fingerprint": test_set.fingerprint,
        "question_ids": [question.question_id for question in test_set.questions],
        "results": results,
    }


def installed(names: list[str]) -> list[System]:
    """Return the systems called `names` whose packages are there, and name the others."""
    systems = []
    for name, system in all_systems().items():
        if name not in names:
            continue
        if importlib.util.find_spec(_PACKAGES.get(name, "sys")):
            systems.append(system)
        else:
            say(f"Left out: {name} is not installed; see the dependency group 'bench'.")
    return systems


def circumstances(systems: list[System]) -> dict[str, Any]:
    """Return when, where and of what versions a run is."""
    git = shutil.which("git")
    command = [git or "git", "describe", "--always", "--dirty"]
    source = Path(civicsearch.__file__).parent  # what is measured, wherever it is installed
    described = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    peers = {s.name: s.version() for s in systems if s.name != "civicsearch"}
    return {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "commit": described.stdout.strip() or "unknown",
        "machine": f"{platform.machine()}, {platform.system()}",
        "python": platform.python_version(),
        "systems": [system.name for system in systems],
        "versions": {"Python": platform.python_version(), **peers},
    }


def save(run: dict[str, Any], options: argparse.Namespace) -> None:
    """Write the raw figures and the table, where a name was given."""
    if not options.name:
        return
    folder = HERE / "runs"
    folder.mkdir(exist_ok=True)
    path = folder / f"{run['date']}-{options.name}.json"
    path.write_text(json.dumps(run, ensure_ascii=False) + "\n", "utf-8")
    path.with_suffix(".md").write_text(render(run), "utf-8")
    say(f"Saved as {path.name}.")


def say(text: str) -> None:
    """Write one line of progress."""
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
