"""Times whole processes: `civicsearch search` from nothing, next to bare Python with its libraries.

The commands take turns, after a few unmeasured rounds, as hyperfine would do. Both have their
bytecode, as what is installed from a wheel has.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.search.queries import Question

WARM_ROUNDS = 3
ENVIRONMENT = {key: os.environ[key] for key in os.environ if key != "PYTHONDONTWRITEBYTECODE"}
BARE = [sys.executable, "-c", "import numpy, click"]


def measure_cold(archive: Path, questions: Sequence[Question], rounds: int) -> dict[str, list[int]]:
    """Return microseconds of every run: of a search at the terminal, and of bare imports."""
    program = Path(sys.executable).parent / "civicsearch"
    times: dict[str, list[int]] = {"search": [], "bare": []}
    for number in range(-WARM_ROUNDS, rounds):
        text = questions[number % len(questions)].text
        elapsed = {
            "search": run_us([str(program), "search", text, "--index", str(archive)]),
            "bare": run_us(BARE),
        }
        if number >= 0:
            for name, us in elapsed.items():
                times[name].append(us)
    return times


def run_us(command: Sequence[str]) -> int:
    """Return how long a command takes, in microseconds. Status 1 means: nothing found."""
    begin = time.perf_counter_ns()
    done = subprocess.run(
        command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    elapsed = time.perf_counter_ns() - begin
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode())
    return round(elapsed / 1000)
