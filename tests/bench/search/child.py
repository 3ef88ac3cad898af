"""Builds or opens one peer in a process of its own, so that memory and first times are its own.

    python -m bench.search.child build PEER DOCUMENTS FOLDER
    python -m bench.search.child open PEER FOLDER

The last line of standard output is what was measured, as JSON. The time that reading articles
takes is taken off; a peer that works in threads of its own gains a little by that, which is why
processor seconds stand beside the seconds of the clock.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.search.articles import iter_documents
from bench.search.peers import make_peer
from bench.search.queries import Kind, Question, Word
from bench.search.source import Source

TESTS = Path(__file__).resolve().parents[2]
STATUS = Path("/proc/self/status")
OPENINGS = 5
FIRST = Question(
    name="first",
    kind=Kind.WORDS,
    words=(Word("thành"), Word("phố")),
    minimum=2,
    text="thành phố",
)


def main(arguments: list[str]) -> int:
    """Do what the command line says, and print the figures."""
    verb, name, *rest = arguments
    if verb in ("build", "index"):
        figures = build(name, int(rest[0]), Path(rest[1]), are_loaded=verb == "index")
    else:
        figures = open_and_ask(name, Path(rest[0]))
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0


def run_child(*arguments: str) -> dict[str, Any]:
    """Run this module with `arguments` in a new process and return its figures.

    Raises:
        RuntimeError: It failed; the message holds the end of what it said.
    """
    done = subprocess.run(
        [sys.executable, "-m", "bench.search.child", *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path[1:]])},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        message = f"{' '.join(arguments)}: {done.stderr[-2000:]}"
        raise RuntimeError(message)
    return json.loads(done.stdout.splitlines()[-1])


def build(name: str, documents: int, folder: Path, *, are_loaded: bool = False) -> dict[str, Any]:
    """Build one peer and return its figures, with all documents in memory before where asked."""
    peer = make_peer(name)
    articles = iter_documents(documents)
    source = Source(list(articles) if are_loaded else articles)
    base_rss = peak_rss_mb()
    begin, processor_begin = time.perf_counter(), time.process_time()
    peer.build(source, folder)
    seconds = time.perf_counter() - begin - source.loading_s
    processor_s = time.process_time() - processor_begin - source.loading_processor_s
    return {
        "documents": source.count,
        "raw_bytes": source.raw_bytes,
        "size_bytes": folder_bytes(folder),
        "seconds": seconds,
        "analysis_s": source.analysis_s,
        "loading_s": source.loading_s,
        "processor_s": processor_s,
        "documents_a_second": source.count / seconds,
        "documents_a_second_without_analysis": source.count / (seconds - source.analysis_s),
        "peak_rss_mb": peak_rss_mb(),
        "base_rss_mb": base_rss,
    }


def open_and_ask(name: str, folder: Path) -> dict[str, Any]:
    """Open one peer several times, ask it once, and return its figures."""
    peer = make_peer(name)
    begin = time.perf_counter()
    peer.open(folder)
    opened = time.perf_counter()
    peer.search(FIRST)
    answered = time.perf_counter()
    peer.close()
    return {
        "first_open_ms": (opened - begin) * 1000,
        "first_search_ms": (answered - opened) * 1000,
        "open_ms": statistics.median(reopen_ms(peer, folder) for _ in range(OPENINGS)),
        "peak_rss_mb": peak_rss_mb(),
    }


def reopen_ms(peer: Any, folder: Path) -> float:
    """Return the time of one more opening."""
    begin = time.perf_counter()
    peer.open(folder)
    elapsed = (time.perf_counter() - begin) * 1000
    peer.close()
    return elapsed


def folder_bytes(folder: Path) -> int:
    """Return the size of all files under `folder`."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def peak_rss_mb() -> float:
    """Return the most memory this process has held, in MiB."""
    if STATUS.exists():  # ru_maxrss starts at what the parent held
        lines = dict(line.split(":", 1) for line in STATUS.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
