"""Pages that nobody wrote for readers, at their full size: how long each takes, and how much memory.

    sh script/soak hostile
    sh script/soak hostile --size-mb 5 --only long_ --name 2026-11-27-hostile

Each page is read by a process of its own. Ends with status 1 where one raises anything but an
ExtractionError, takes longer than 5 seconds, or more than 500 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.search.machine import describe_machine
from fakes.hostile_pages import HOSTILE

RUNS = Path(__file__).resolve().parents[1] / "bench" / "runs"
MAX_S = 5.0
MAX_MB = 500
# What a page may have is 50,000,000 bytes; what surrounds the pattern is less than a thousand.
_FULL_MB = 49
_KILLED_AFTER_S = 120


def main(arguments: list[str] | None = None) -> int:
    """Read every page and print what came of each."""
    parser = argparse.ArgumentParser(
        prog="soak hostile", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--size-mb", type=float, default=_FULL_MB, help="about, of each page")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument("--name", help="keep the numbers under this name in tests/bench/runs/")
    options = parser.parse_args(arguments)
    names = [name for name in HOSTILE if options.only in name]
    rows = [read_and_say(name, int(options.size_mb * 1e6)) for name in names]
    bad = [row["page"] for row in rows if not is_good(row)]
    say(
        f"{len(rows)} pages, {len(bad)} over {MAX_S:g} s or {MAX_MB} MB, or broken: {' '.join(bad)}"
    )
    if options.name:
        save(rows, options.name, options.size_mb)
    return 1 if bad else 0


def read_and_say(name: str, size: int) -> dict:
    """Return what came of a page, after printing it."""
    row = read_apart(name, size)
    facts = f"{row['elapsed_s']:6.2f} s {row['memory_mb']:5.0f} MB"
    say(f"{facts}  {name:32} {row['came_of_it']}")
    return row


def is_good(row: dict) -> bool:
    """Return whether a page ended well, soon and small."""
    ended = row["came_of_it"].startswith(("document", "refused"))
    return ended and row["elapsed_s"] <= MAX_S and row["memory_mb"] <= MAX_MB


def read_apart(name: str, size: int) -> dict:
    """Return what came of a page in a process of its own, in seconds and MB at most."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        suffix = ".html.gz" if name.startswith("packed") else ".html"
        file = Path(folder) / f"page{suffix}"
        file.write_bytes(HOSTILE[name](size))
        out = Path(folder) / "out"
        begin = time.monotonic()
        with out.open("wb") as written:
            child = subprocess.Popen(
                [sys.executable, "-m", "faults.hostile_reader", str(file)],
                stdout=written,
                stderr=subprocess.STDOUT,
            )
            usage = wait(child)
        elapsed = time.monotonic() - begin
        lines = out.read_text("utf-8", "replace").splitlines()
        memory, _, outcome = (lines[-1] if lines else "").partition(" ")
        return {
            "page": name,
            "size_mb": round(file.stat().st_size / 1e6, 2),
            "elapsed_s": round(usage.ru_utime + usage.ru_stime, 2),
            "wall_s": round(elapsed, 2),
            "memory_mb": int(memory) if memory.isdigit() else round(usage.ru_maxrss / 1024),
            "came_of_it": outcome or "nothing",
        }


def wait(child: subprocess.Popen[bytes]) -> resource.struct_rusage:
    """Return what a process used, killing it after two minutes."""
    until = time.monotonic() + _KILLED_AFTER_S
    while True:
        pid, _, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            child.returncode = 0  # reaped here
            return usage
        if time.monotonic() > until:
            os.kill(child.pid, signal.SIGKILL)
        time.sleep(0.02)


def save(rows: list[dict], name: str, size_mb: float) -> None:
    """Write the numbers, with the machine they are from."""
    folder = RUNS / name
    folder.mkdir(parents=True, exist_ok=True)
    facts = {"machine": describe_machine(), "size_mb": size_mb, "pages": rows}
    (folder / "hostile.json").write_text(json.dumps(facts, indent=1) + "\n", "utf-8")


def say(text: str) -> None:
    """Write one line to standard output."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
