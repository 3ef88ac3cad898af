"""Measure the extractor on pages with gold: token F1, titles, dates and authors by set.

The data is not part of the project. Where it is absent, this says so and ends with status 0.

    python tests/bench/extraction.py --half held
    python tests/bench/extraction.py --set vi --worst 5
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import hashlib
import json
import re
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from civicsearch.document import Document, Page
from civicsearch.errors import ExtractionError
from civicsearch.ingest.extractor import extract_document

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "extraction"
WORD = re.compile(r"\w+")
METRICS = ("f1", "precision", "recall", "with", "without", "title", "date", "authors", "seconds")


def main(arguments: list[str] | None = None) -> int:
    """Run the measurement and print one row per set."""
    options = parse_options(arguments)
    manifest = options.data / "manifest.jsonl"
    if not manifest.is_file():
        say(f"Skipped: there is no extraction data at '{options.data}'.")
        return 0
    rows = [json.loads(line) for line in manifest.read_text("utf-8").splitlines()]
    rows = [row for row in rows if is_wanted(row, options)]
    scores: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    details = []
    for row in rows[: options.limit]:
        measured = measure(row, options.data)
        details.append((row, measured))
        for name, value in measured.items():
            if isinstance(value, float):
                scores[row["set"]][name].append(value)
                if "error" not in measured or name != "seconds":
                    scores["all"][name].append(value)
    say_table(scores)
    say_worst(details, options)
    return 0


def say(text: str) -> None:
    """Write one line to standard output."""
    sys.stdout.write(text + "\n")


def parse_options(arguments: list[str] | None) -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with manifest.jsonl")
    parser.add_argument("--half", choices=("tune", "held"), help="one half of the sites")
    parser.add_argument("--set", action="append", help="only this set; may be repeated")
    parser.add_argument("--id", help="only pages whose id holds this")
    parser.add_argument("--limit", type=int, help="only the first pages")
    parser.add_argument("--worst", type=int, default=0, help="show this many of the worst pages")
    parser.add_argument("--by", choices=METRICS, default="f1", help="what is worst")
    return parser.parse_args(arguments)


def is_wanted(row: dict[str, Any], options: argparse.Namespace) -> bool:
    """Return whether a page belongs to what was asked for. Halves are parted by site."""
    if options.half:
        digit = hashlib.sha256(row["site"].encode()).digest()[0] % 2
        if digit != (options.half == "held"):
            return False
    if options.id and options.id not in row["id"]:
        return False
    return not options.set or row["set"] in options.set


def measure(row: dict[str, Any], data: Path) -> dict[str, Any]:
    """Return the figures of one page."""
    content = gzip.decompress((data / row["html"]).read_bytes())
    url = row["url"] if str(row.get("url", "")).startswith("http") else None
    begin = time.perf_counter()
    try:
        document = extract_document(Page(content=content, url=url))
    except ExtractionError as error:
        document, problem = None, str(error)
    else:
        problem = ""
    measured: dict[str, Any] = {"seconds": time.perf_counter() - begin, "document": document}
    if problem:
        measured["error"] = problem
    if row["page_type"] == "article":
        measured |= compare(row, document)
    return measured


def compare(row: dict[str, Any], document: Document | None) -> dict[str, float]:
    """Return the scores of a document against the gold; a missing one scores 0."""
    text = document.text if document else ""
    scores: dict[str, float] = {}
    if "text" in row:
        neutral = " ".join(row.get("captions") or [])
        scores |= token_scores(text, row["text"], neutral)
    if row.get("with"):
        scores["with"] = share(text, row["with"])
    if row.get("without"):
        scores["without"] = share(text, row["without"])
    if row.get("title"):
        title = document.title if document else ""
        scores["title"] = float(plain(title) == plain(row["title"]))
    if row.get("date"):
        scores["date"] = float(day(document) == row["date"])
    if row.get("author"):
        authors = {plain(name) for name in document.authors} if document else set()
        scores["authors"] = float(authors == {plain(name) for name in row["author"]})
    return scores


def token_scores(text: str, gold: str, neutral: str) -> dict[str, float]:
    """Return F1, precision and recall of the multisets of words; `neutral` words may leak."""
    found, wanted = words(text), words(gold)
    hits = sum((found & wanted).values())
    allowed = sum(((found - wanted) & words(neutral)).values())
    precision = hits / max(1, found.total() - allowed)
    recall = hits / max(1, wanted.total())
    both = precision + recall
    return {
        "f1": 2 * precision * recall / both if both else 0.0,
        "precision": precision,
        "recall": recall,
    }


def words(text: str) -> Counter[str]:
    """Return the multiset of lower-case words."""
    return Counter(WORD.findall(text.lower()))


def plain(text: str) -> str:
    """Return text for comparison: one kind of quote and dash, blanks made one, no case."""
    text = re.sub("[“”„«»\"'‘’`´]", "'", text)
    return " ".join(re.sub("[–—−]", "-", text).lower().split())


def share(text: str, segments: list[str]) -> float:
    """Return the share of `segments` that occur in `text`."""
    flat = plain(text)
    return sum(plain(segment) in flat for segment in segments) / len(segments)


def day(document: Document | None) -> str:
    """Return the day of publication as ISO 8601, or ""."""
    if document is None or document.published is None:
        return ""
    moment = document.published
    return (moment.date() if isinstance(moment, dt.datetime) else moment).isoformat()


def say_table(scores: dict[str, dict[str, list[float]]]) -> None:
    """Print means by set, with the number of pages behind each."""
    say(f"{'set':12}" + "".join(f"{name:>16}" for name in METRICS))
    for name, columns in sorted(scores.items()):
        cells = (mean_cell(columns.get(metric, [])) for metric in METRICS)
        say(f"{name:12}" + "".join(f"{cell:>16}" for cell in cells))


def mean_cell(values: list[float]) -> str:
    """Return the mean and count of `values` as text."""
    return f"{sum(values) / len(values):.3f} ({len(values)})" if values else "-"


def say_worst(details: list[tuple[dict[str, Any], dict[str, Any]]], options: Any) -> None:
    """Print the pages that score lowest."""
    ranked = [
        (values[options.by], row["id"], row, values)
        for row, values in details
        if options.by in values
    ]
    ranked.sort(key=lambda entry: entry[:2], reverse=options.by in ("seconds", "without"))
    for value, name, row, values in ranked[: options.worst]:
        document = values["document"]
        say(f"\n{value:.3f} {name} {row.get('url')} {values.get('error', '')}")
        if document is None:
            continue
        if "f1" in values:
            say(f"  f1 {values['f1']:.3f} p {values['precision']:.3f} r {values['recall']:.3f}")
        say(f"  title   {document.title!r}\n  gold    {row.get('title')!r}")
        say(
            f"  date    {document.published} gold {row.get('date')}; authors {document.authors} gold {row.get('author')}"
        )


if __name__ == "__main__":
    sys.exit(main())
