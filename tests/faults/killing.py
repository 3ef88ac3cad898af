"""A process that changes an archive for ever, says what it was promised, and is killed for it.

    python -m faults.killing FOLDER SEED

It writes a line of JSON before it asks for changes, and an empty one after they are committed.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from faults.ledger import State, a_version, open_local, read_state
from faults.stories import Account

__all__ = ["account_of", "work"]

_DOCUMENTS = 40


def work(folder: Path, seed: int, out: TextIO, state: State) -> None:
    """Change an archive that is in `state`, until somebody ends this process."""
    chance = random.Random(seed)  # noqa: S311 - to be repeated
    while True:
        changes = some_changes(state, chance)
        engine = open_local(folder, memory_bytes=chance.choice((1, 1 << 14, 1 << 20)))
        writer = engine.writer()
        for document_id, version in changes.items():
            if version is None:
                writer.delete(document_id)
            else:
                if chance.random() < 0.2:  # a version that is outdated at once
                    writer.add(a_version(document_id, version + 1))
                writer.add(a_version(document_id, version))
        print(json.dumps(changes), file=out, flush=True)
        writer.commit()
        print(file=out, flush=True)
        if chance.random() < 0.2:
            writer.optimize()
        writer.close()
        engine.close()
        state = {name: version for name, version in {**state, **changes}.items() if version}


def some_changes(state: State, chance: random.Random) -> dict[str, int | None]:
    """Return documents with their next version, or with None where they shall be deleted."""
    changes: dict[str, int | None] = {}
    for _ in range(chance.choice((1, 2, 5, 12))):
        document_id = f"d{chance.randrange(_DOCUMENTS)}"
        is_there = document_id in state
        changes[document_id] = (
            None if is_there and chance.random() < 0.3 else chance.randrange(1, 1_000_000) * 2
        )
    return changes


def account_of(kept: State, lines: Iterable[str]) -> tuple[Account, int]:
    """Return what a process that wrote `lines` was promised, and how many commits it had."""
    account, commits = Account(kept=dict(kept)), 0
    for line in lines:
        if line == "\n":
            account.end()
            commits += 1
        elif line.endswith("\n"):  # else it died while it wrote the line
            account.begin(**json.loads(line))
    return account, commits


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    work(folder, int(sys.argv[2]), sys.stdout, read_state(folder))
