"""Measure extractors on pages with gold: text, titles, dates, authors, lists refused, speed.

The pages are not part of the project. Where they are absent, this says so and ends with status 0;
a peer whose library is absent is passed over, with the reason.

    python -m bench.extraction.run --half tune --worst 5 --by title
    python -m bench.extraction.run --systems all --name 2026-11-27-first
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.extraction.pages import DATA, HALVES, DataMissingError, SavedPage, iter_pages
from bench.extraction.scores import METRICS, compare
from bench.extraction.systems import (
    LOADERS,
    OURS,
    SILENT,
    Answer,
    Extract,
    load_systems,
    versions_of,
)
from bench.search.machine import describe_machine

RUNS = Path(__file__).resolve().parents[1] / "runs"
ALL = "all"
Means = dict[str, dict[str, tuple[float, int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One page read by one system: the answer, its scores, and seconds of processor time."""

    page: SavedPage
    answer: Answer
    scores: Mapping[str, float]
    elapsed_s: float = field(default=0.0)


def main(arguments: list[str] | None = None) -> int:
    """Run the measurement and print a table for each system."""
    options = parse_options(arguments)
    try:
        pages = list(iter_pages(options.data, half=options.half, sets=options.set, name=options.id))
    except DataMissingError as missing:
        say(f"Skipped: there are no pages at '{missing}'.")
        return 0
    names = tuple(LOADERS) if ALL in options.systems else tuple(options.systems)
    systems, absent = load_systems(names)
    for name, reason in absent.items():
        say(f"{name} is passed over: {reason}")
    results = measure(systems, pages)
    say_tables(results)
    if OURS in results:
        say_worst(results[OURS], options.by, options.worst)
    if options.name:
        say(f"Raw numbers: {save(results, options.name)}")
    return 0


def say(text: str) -> None:
    """Write one line to standard output."""
    sys.stdout.write(text + "\n")


def parse_options(arguments: list[str] | None) -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    add = parser.add_argument
    add("--data", type=Path, default=DATA, help="folder with manifest.jsonl")
    add("--half", choices=HALVES, default="", help="one half of the sites")
    add("--set", action="append", default=[], help="only this set; may be repeated")
    add("--id", default="", help="only pages whose id holds this")
    add("--systems", nargs="+", choices=(*LOADERS, ALL), default=[OURS], help="who is measured")
    add("--worst", type=int, default=0, help="show this many of our worst pages")
    add("--by", choices=METRICS, default="f1", help="what is worst")
    add("--name", help="keep the raw numbers under this name in runs/")
    return parser.parse_args(arguments)


def measure(systems: Mapping[str, Extract], pages: Sequence[SavedPage]) -> dict[str, list[Result]]:
    """Return the results of every system, page by page, so that all see the machine alike."""
    results: dict[str, list[Result]] = {name: [] for name in systems}
    for page in pages:
        content = page.read()
        for name, extract in systems.items():
            answer, elapsed_s = ask(extract, content, page.url)
            scores = compare(page.gold, answer)
            for metric in SILENT.get(name, ()):
                scores.pop(metric, None)
            results[name].append(
                Result(page=page, answer=answer, scores=scores, elapsed_s=elapsed_s)
            )
    return results


def ask(extract: Extract, content: bytes, url: str | None) -> tuple[Answer, float]:
    """Return an answer and its seconds; a peer that raises has found nothing."""
    begin = time.thread_time()
    try:
        answer = extract(content, url)
    except Exception as error:  # noqa: BLE001 - whatever a peer raises is its answer
        answer = Answer(refused=f"{type(error).__name__}: {error}"[:200])
    return answer, time.thread_time() - begin


def means_of(results: Sequence[Result]) -> Means:
    """Return by set, and for all, the mean of each metric and how many pages it is of."""
    values: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for result in results:
        for metric, score in result.scores.items():
            for kind in (result.page.kind, ALL):
                values[kind][metric].append(score)
    return {
        kind: {metric: (sum(scores) / len(scores), len(scores)) for metric, scores in by.items()}
        for kind, by in sorted(values.items())
    }


def pages_a_second(results: Sequence[Result]) -> float:
    """Return pages per second of processor time."""
    return len(results) / max(1e-9, sum(result.elapsed_s for result in results))


def say_tables(results: Mapping[str, Sequence[Result]]) -> None:
    """Print a table of means for each system, with the number of pages behind each."""
    for name, measured in results.items():
        say(f"\n{name}: {pages_a_second(measured):.1f} pages a second")
        say(f"{'set':12}" + "".join(f"{metric:>13}" for metric in METRICS))
        for kind, means in means_of(measured).items():
            say(f"{kind:12}" + "".join(f"{_cell(means, metric):>13}" for metric in METRICS))


def _cell(means: Mapping[str, tuple[float, int]], metric: str) -> str:
    return "{:.3f} ({})".format(*means[metric]) if metric in means else "-"


def say_worst(results: Sequence[Result], metric: str, count: int) -> None:
    """Print the pages that score lowest, with what was found and what people wrote down."""
    ranked = [result for result in results if metric in result.scores]
    sign = -1 if metric == "without" else 1
    key: Callable[[Result], tuple[float, str]] = lambda one: (  # noqa: E731 - used once, below
        sign * one.scores[metric],
        one.page.name,
    )
    for result in sorted(ranked, key=key)[:count]:
        answer, gold = result.answer, result.page.gold
        figures = ", ".join(f"{name} {value:.3f}" for name, value in result.scores.items())
        say(f"\n{result.page.name} {result.page.url} {answer.refused}\n  {figures}")
        say(f"  title   {answer.title!r}\n  gold    {gold.get('title')!r}")
        say(f"  date    {answer.day} gold {gold.get('date')}")
        say(f"  authors {answer.authors} gold {gold.get('author')}")


def save(results: Mapping[str, Sequence[Result]], name: str) -> Path:
    """Write what was measured, page by page, and return the folder.

    No text of a page is kept: figures and names of pages only.
    """
    folder = RUNS / name
    folder.mkdir(parents=True, exist_ok=True)
    facts = {
        "machine": describe_machine(),
        "versions": versions_of(tuple(results)),
        "pages_a_second": {one: round(pages_a_second(by), 2) for one, by in results.items()},
        "means": {one: means_of(by) for one, by in results.items()},
    }
    (folder / "extraction.json").write_text(json.dumps(facts, indent=1) + "\n", "utf-8")
    with (folder / "pages.jsonl").open("w", encoding="utf-8") as file:
        for system, measured in results.items():
            for one in measured:
                row = {"system": system, "page": one.page.name, "elapsed_s": one.elapsed_s}
                scores = {metric: round(score, 4) for metric, score in one.scores.items()}
                file.write(json.dumps(row | scores) + "\n")
    return folder


if __name__ == "__main__":
    sys.exit(main())
