"""Measure searching and indexing next to other engines, and keep the raw numbers.

The articles are not part of the project. Where they are absent, this says so and ends with
status 0; a peer whose library is absent is passed over, with the reason.

    python -m bench.search.run --documents 5000
    python -m bench.search.run --documents 100000 --name quiet --peers civicsearch tantivy
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.search import report
from bench.search.articles import VOLUME, held_out_titles, is_present
from bench.search.child import run_child
from bench.search.cold import measure_cold
from bench.search.latency import compare_counts, measure
from bench.search.machine import describe_machine
from bench.search.peers import PEERS, Peer, PeerMissingError, make_peer
from bench.search.queries import MEANINGS, Kind, Question, make_questions
from civicsearch import analysis

OURS = "civicsearch"
RECORDED = ("documents", "queries", "warm", "check", "cold", "budget", "peers")
MOST_LOADED = 50_000
"""So many documents are in memory where an index is built of documents that are."""


def main(arguments: list[str] | None = None) -> int:
    """Run the measurement, write the raw numbers and print the tables."""
    options = parse_options(arguments)
    if not is_present():
        say(f"Skipped: there are no articles at '{VOLUME}'.")
        return 0
    facts = {
        "options": {name: vars(options)[name] for name in RECORDED},
        "machine": describe_machine(),
        "note": options.note,
    }
    peers, facts["missing"] = find_peers(options.peers)
    titles = held_out_titles()
    questions = make_questions(titles, options.warm + options.queries)
    with work_folder(options.work) as folder:
        facts["builds"] = build_all(peers, options, folder, facts)
        facts["openings"] = open_all(peers, folder)
        latency = ask_all(peers, questions, options, facts)
        if OURS in peers:
            archive = folder / peers[OURS].index_name / "archive"
            facts["cold_us"] = measure_cold(archive, questions[Kind.WORDS], options.cold)
        for peer in searching(peers).values():
            peer.close()
    facts["documents"] = options.documents
    facts["meanings"] = {str(kind): meaning for kind, meaning in MEANINGS.items()}
    facts["versions"] = {name: peer.version for name, peer in peers.items()}
    facts["machine"]["load_after"] = list(os.getloadavg())
    run = save(options, facts, latency)
    say(report.run_markdown(run))
    say(f"Raw numbers: {run}")
    return 0


def say(text: str) -> None:
    """Write one line to standard output at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def parse_options(arguments: list[str] | None) -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    add = parser.add_argument
    add("--documents", type=int, default=5000, help="how many; beyond the real, recombined ones")
    add("--queries", type=int, default=300, help="questions of each kind")
    add("--warm", type=int, default=30, help="other questions of each kind, unmeasured, before")
    add("--check", type=int, default=50, help="questions of each kind whose counts are compared")
    add("--cold", type=int, default=20, help="runs of the command line")
    add("--budget", type=float, default=60, help="seconds that a peer may use in one class")
    add("--peers", nargs="+", choices=PEERS, default=list(PEERS), help="only these")
    add("--work", type=Path, help="keep indexes here, and use those that are there")
    add("--out", type=Path, default=report.RUNS, help="folder of runs")
    add("--name", help="name of the run, after its date; as a rule the number of documents")
    add("--note", default="", help='what a reader must know, such as "machine not quiet"')
    return parser.parse_args(arguments)


def find_peers(names: Sequence[str]) -> tuple[dict[str, Peer], list[str]]:
    """Return the peers that can run here, and the reasons for those that cannot."""
    peers, missing = {}, []
    for name in names:
        try:
            peers[name] = make_peer(name)
        except PeerMissingError as error:
            missing.append(str(error))
            say(f"Passed over: {error}.")
    return peers, missing


def searching(peers: dict[str, Peer]) -> dict[str, Peer]:
    """Return the peers that answer questions at all."""
    return {name: peer for name, peer in peers.items() if peer.kinds}


@contextmanager
def work_folder(kept: Path | None) -> Iterator[Path]:
    """Yield a folder for indexes: the one to keep, or one that is removed at the end."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="civicsearch-bench-") as temporary:
        yield Path(temporary)


def build_all(
    peers: dict[str, Peer], options: Any, folder: Path, facts: dict[str, Any]
) -> dict[str, Any]:
    """Build every index once, one after the other, and return their figures.

    A peer that cannot build so many documents leaves `peers`; `facts` says why.
    """
    builds: dict[str, Any] = {}
    for name, peer in list(peers.items()):
        if peer.index_name in builds:
            continue
        say(f"Building {peer.index_name} ...")
        try:
            builds[peer.index_name] = build_one(name, options.documents, folder / peer.index_name)
        except RuntimeError as error:
            del peers[name]
            facts["missing"].append(f"{name}: could not build so many documents")
            say(str(error))
    return builds


def build_one(name: str, documents: int, folder: Path) -> dict[str, Any]:
    """Build one index, unless a whole one of as many documents and the same code is there.

    Ours is always built anew.
    """
    code = code_fingerprint()
    kept = folder.with_suffix(".json")
    if kept.is_file() and name != OURS:
        figures = json.loads(kept.read_text("utf-8"))
        if (figures["documents"], figures.get("code")) == (documents, code):
            return figures
    kept.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    figures = {"code": code} | run_child("build", name, str(documents), str(folder))
    if not figures["analysis_s"]:
        with tempfile.TemporaryDirectory(dir=folder.parent) as other:
            count = str(min(documents, MOST_LOADED))
            figures["loaded"] = run_child("index", name, count, other)
    kept.write_text(json.dumps(figures), "utf-8")
    return figures


def code_fingerprint() -> str:
    """Return a hash of all code that decides what is in a peer's index: words, articles, peers."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    files = [here / "source.py", here / "articles.py", *(here / "peers").glob("*.py")]
    for path in sorted(files) + sorted(Path(analysis.__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def open_all(peers: dict[str, Peer], folder: Path) -> dict[str, Any]:
    """Open every peer, once in a process of its own for the figures and once in this one."""
    openings = {}
    for name, peer in searching(peers).items():
        openings[name] = run_child("open", name, str(folder / peer.index_name))
        peer.open(folder / peer.index_name)
    return openings


def ask_all(
    peers: dict[str, Peer],
    questions: dict[Kind, list[Question]],
    options: Any,
    facts: dict[str, Any],
) -> dict[Kind, Any]:
    """Return the times of all questions; the comparison of counts goes into `facts`."""
    able = searching(peers)
    say("Asking ...")
    latency = measure(able, questions, warm=options.warm, budget_s=options.budget)
    if OURS in able:
        checked = {kind: asked[: options.check] for kind, asked in questions.items()}
        say("Comparing counts ...")
        facts["agreement"] = compare_counts(able, able[OURS], checked, budget_s=options.budget)
    return latency


def save(options: Any, facts: dict[str, Any], latency: dict[Kind, Any]) -> Path:
    """Write the run and its plot, and return its folder."""
    date = facts["machine"]["date"][:10]
    run = options.out / f"{date}-{options.name or f'search-{options.documents}'}"
    run.mkdir(parents=True, exist_ok=True)
    (run / "search.json").write_text(json.dumps(facts, indent=1) + "\n", "utf-8")
    (run / "latency.json").write_text(json.dumps(latency, separators=(",", ":")) + "\n", "utf-8")
    try:
        report.plot(run)
    except ImportError as error:
        say(f"No plot: {error}.")
    return run


if __name__ == "__main__":
    sys.exit(main())
