"""The long versions of the tests of durability, by hand: kills, damage, power, readers.

    sh script/soak kills --seconds 120

Prints counts, and ends with status 1 at the first thing that should not be.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from itertools import count
from pathlib import Path

from civicsearch.engines.local import engine as engine_module
from faults.breaking import check_left, power_cuts
from faults.damaging import Verdict, answers, damages, judge, make_archive, random_damage
from faults.killing import account_of, work
from faults.ledger import State, create, open_local, read_state, strays
from faults.reading import begin, commit_version, look_for
from faults.stories import STORIES

_MEMORY_BYTES = 4 << 30
_HANG_S = 60


def main(arguments: list[str] | None = None) -> int:
    """Run one kind of soak and print its counts."""
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("what", choices=SOAKS)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        counts = SOAKS[options.what](Path(folder), options.seconds, options.seed)
    say(f"{options.what}, {options.seconds:g} s, seed {options.seed}")
    for name, value in sorted(counts.items()):
        say(f"  {value:>9,}  {name}")
    return 0


def kills(base: Path, seconds: float, seed: int) -> Counter[str]:
    """Kill a process that writes, at any moment, and look at what it left."""
    chance = random.Random(seed)  # noqa: S311 - to be repeated
    counts: Counter[str] = Counter()
    folder = base / "index"
    create(folder).close()
    state: State = {}
    until = time.monotonic() + seconds
    for number in count(seed * 1_000_000):
        if time.monotonic() > until:
            return counts
        lines = kill_one(folder, number, chance, state)
        account, commits = account_of(state, lines)
        counts["kills"] += 1
        counts["commits acknowledged"] += commits
        counts["kills in a commit"] += account.asked is not None
        counts["files left behind"] += len(strays(folder))
        state = read_state(folder)
        assert account.allows(state), f"kill {number}: {state} is not {account}"
        counts["unacknowledged commits that were there, whole"] += state != account.kept
        counts["documents compared"] += len(state)
    return counts


def kill_one(folder: Path, seed: int, chance: random.Random, state: State) -> list[str]:
    """Start a process that writes, kill it, and return the lines it wrote."""
    read, write = os.pipe()
    process = os.fork()
    if not process:
        os.close(read)
        with os.fdopen(write, "w") as out:
            work(folder, seed, out, state)
    os.close(write)
    with os.fdopen(read) as lines:
        first = lines.readline()
        time.sleep(chance.random() ** 2 * 0.2)
        os.kill(process, signal.SIGKILL)
        rest = lines.readlines()
    _, status = os.waitpid(process, 0)
    assert os.WIFSIGNALED(status), "it ended by itself"
    return [first, *rest]


def damage(base: Path, seconds: float, seed: int) -> Counter[str]:
    """Damage every byte of a small archive, then a larger one anywhere, unlooked at."""
    small, large = base / "small", base / "large"
    make_archive(small, documents=12, segments=3)
    make_archive(large, documents=600, segments=4)
    until = time.monotonic() + seconds / 2
    counts = damage_all(small, base, until, seed)
    engine_module._VERIFIED_BYTES = 0
    chance = random.Random(seed)  # noqa: S311 - to be repeated
    for archive, end in ((small, until + seconds / 4), (large, until + seconds / 2)):
        right = rightly(archive)
        names = files_to_damage(archive)
        while time.monotonic() < end:
            name = chance.choice(names)
            what, data = random_damage((archive / name).read_bytes(), chance)
            verdict = damage_apart(archive, base, name, data, right, what)
            counts[f"unverified, {archive.name}: {verdict}"] += 1
    return counts


def damage_all(archive: Path, base: Path, until: float, seed: int) -> Counter[str]:
    """Damage every byte, as far as time goes; no answer may be wrong."""
    counts: Counter[str] = Counter()
    right = rightly(archive)
    chance = random.Random(seed)  # noqa: S311 - to be repeated
    every = [
        (name, *d)
        for name in files_to_damage(archive)
        for d in damages((archive / name).read_bytes())
    ]
    counts["verified: of"] = len(every)
    chance.shuffle(every)
    copy = base / "copy"
    shutil.copytree(archive, copy)
    for name, what, data in every:
        if time.monotonic() > until:
            break
        (copy / name).write_bytes(data)
        verdict = judge(copy, name, right)
        assert verdict is not Verdict.WRONG, f"{name}, {what}"
        counts[f"verified: {verdict}"] += 1
        (copy / name).write_bytes((archive / name).read_bytes())
    shutil.rmtree(copy)
    return counts


def damage_apart(archive: Path, base: Path, name: str, data: bytes, right: dict, what: str) -> str:
    """Judge in a process of its own, with bounded memory and time."""
    copy = base / "copy"
    shutil.copytree(archive, copy)
    (copy / name).write_bytes(data)
    process = os.fork()
    if not process:
        status = 99
        try:
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
            signal.alarm(_HANG_S)
            status = list(Verdict).index(judge(copy, name, right))
        except BaseException:  # noqa: BLE001 - whatever it is, it is printed
            traceback.print_exc()
        finally:
            os._exit(status)
    _, status = os.waitpid(process, 0)
    shutil.rmtree(copy)
    code = os.waitstatus_to_exitcode(status)
    assert 0 <= code < len(Verdict), f"{name}, {what}: ended with {code}"
    return list(Verdict)[code]


def rightly(archive: Path) -> dict:
    """Return what the intact archive says."""
    engine = open_local(archive)
    said = answers(engine)
    engine.close()
    return said


def files_to_damage(archive: Path) -> list[str]:
    """Return the names of all files that hold something."""
    names = (path.relative_to(archive).as_posix() for path in archive.rglob("*") if path.is_file())
    return sorted(name for name in names if name != "write.lock")


def power(base: Path, seconds: float, seed: int) -> Counter[str]:
    """Cut the power at every moment of every story, with other chances each time round."""
    counts: Counter[str] = Counter()
    until = time.monotonic() + seconds
    os.fsync = lambda descriptor: None  # what counts is written down
    for turn in count():
        for name, story in STORIES.items():
            folder = base / f"{turn}-{name}"
            folder.mkdir()
            for outcome in power_cuts(story, folder, seed=seed + 1000 * turn, count=8):
                check_left(outcome.folder, outcome.account)
                shutil.rmtree(outcome.root)
                counts["states of the disk"] += 1
                if time.monotonic() > until:
                    return counts
            shutil.rmtree(folder)
    return counts


def readers(base: Path, seconds: float, seed: int) -> Counter[str]:
    """Look at an archive from threads and processes while it is written to without a pause."""
    folder, note = base / "index", base / "note"
    begin(folder)
    put_note(note, 0)
    counts: Counter[str] = Counter()
    errors: list[str] = []
    until = time.monotonic() + seconds
    engine = open_local(folder)
    others = [start_reader(folder, note, seconds, kind) for kind in ("fresh", "same")]
    writer = os.fork()
    if not writer:
        write_for_ever(folder, note)

    def look_from_thread(*, is_fresh: bool) -> None:
        try:
            looks = look_for(engine, note, until - time.monotonic(), is_fresh=is_fresh)
            counts["looks from threads"] += looks
        except BaseException:  # noqa: BLE001 - whatever it is, it is printed
            errors.append(traceback.format_exc())

    threads = [
        threading.Thread(target=look_from_thread, kwargs={"is_fresh": n == 0}) for n in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counts["looks from other processes"] = sum(int(other.communicate()[0]) for other in others)
    assert not errors, errors[0]
    assert not any(other.returncode for other in others), "another process found something"
    os.kill(writer, signal.SIGKILL)
    _, status = os.waitpid(writer, 0)
    assert os.WIFSIGNALED(status), "the writer ended by itself"
    counts["commits, with a merge after every fifth"] = int(note.read_text())
    engine.close()
    return counts


def start_reader(folder: Path, note: Path, seconds: float, kind: str) -> subprocess.Popen[str]:
    """Start a process that looks at the archive."""
    command = [sys.executable, "-m", "faults.reading", folder, note, str(seconds), kind]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def write_for_ever(folder: Path, note: Path) -> None:
    """Commit version after version until this process is killed."""
    try:
        for version in count(1):
            commit_version(folder, version, memory_bytes=1 if version % 5 == 0 else 1 << 20)
            put_note(note, version)
    except BaseException:  # noqa: BLE001 - whatever it is, it is printed
        traceback.print_exc()
    finally:
        os._exit(1)


def put_note(note: Path, version: int) -> None:
    """Replace the number that readers hold their versions against."""
    new = note.with_suffix(".new")
    new.write_text(str(version))
    new.replace(note)


def say(text: str) -> None:
    """Print a line."""
    print(text, flush=True)  # noqa: T201 - this is what it is for


SOAKS = {"kills": kills, "damage": damage, "power": power, "readers": readers}

if __name__ == "__main__":
    sys.exit(main())
