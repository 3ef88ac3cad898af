"""What can happen to an archive, as short stories with a known end: each is broken off anywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from civicsearch.engines.local import manifest
from civicsearch.engines.local.merging import MERGE_FACTOR
from faults.disk import Killed
from faults.ledger import State, a_version, create, open_local

__all__ = ["STORIES", "Account", "Story"]


@dataclass
class Account:
    """What an archive promised: the states it acknowledged, and one that it was asked for.

    Attributes:
        kept: The state that was acknowledged last.
        asked: The state after what is being done; None between two things.
    """

    kept: State | None = None
    asked: State | None = None
    say: Callable[[str], None] = field(default=lambda _: None)

    def begin(self, **changes: int | None) -> State:
        """Ask for documents to get a version, or, with None, to be deleted."""
        state = {**(self.kept or {}), **changes}
        self.asked = {name: version for name, version in state.items() if version is not None}
        self.say("begun")
        return self.asked

    def end(self) -> None:
        """Take what was asked for as promised."""
        self.kept, self.asked = self.asked, None
        self.say("kept")

    def allows(self, state: State | None) -> bool:
        """Return whether an archive may be found so; None stands for no archive."""
        return state == self.kept or (self.asked is not None and state == self.asked)


@dataclass(frozen=True)
class Story:
    """One thing that happens.

    Attributes:
        before: The state at the beginning, made in as many commits as it has documents; None
            where there is no archive.
        tell: Does it.
        place: Where the archive is, in the folder of the story.
    """

    tell: Callable[[Path, Account], None]
    before: State | None = field(default_factory=lambda: {"a": 1, "b": 1, "c": 1})
    place: str = "index"

    def prepare(self, folder: Path) -> None:
        """Make the archive as it is at the beginning."""
        if self.before is None:
            return
        engine = create(folder)
        for document_id, version in self.before.items():
            writer = engine.writer()
            writer.add(a_version(document_id, version))
            writer.commit()
            writer.close()
        engine.close()


def change(folder: Path, account: Account, *, memory_bytes: int = 1 << 20, **changes) -> None:
    """Add and delete documents in one commit."""
    engine = open_local(folder, memory_bytes=memory_bytes)
    writer = engine.writer()
    try:
        account.begin(**changes)
        for document_id, version in changes.items():
            if version is None:
                writer.delete(document_id)
            else:
                writer.add(a_version(document_id, version))
        writer.commit()
        account.end()
    finally:
        writer.close()
        engine.close()


def make(folder: Path, account: Account) -> None:
    """Create an archive where nothing is, not even the folder above it."""
    account.begin()
    create(folder).close()
    account.end()


def update_and_delete(folder: Path, account: Account) -> None:
    """Change a document, delete one, leave one."""
    change(folder, account, a=2, b=None, d=1)


def flush_often(folder: Path, account: Account) -> None:
    """Write a segment for every document, one of them outdated by the next."""
    engine = open_local(folder, memory_bytes=1)
    writer = engine.writer()
    try:
        account.begin(a=3, d=1, c=None)
        writer.add(a_version("a", 2))
        writer.add(a_version("d", 1))
        writer.add(a_version("a", 3))
        writer.delete("c")
        writer.commit()
        account.end()
    finally:
        writer.close()
        engine.close()


def merge(folder: Path, account: Account) -> None:
    """Add the document that makes the segments too many."""
    change(folder, account, z=1)


def optimize(folder: Path, account: Account) -> None:
    """Make one segment of several, some with deleted documents."""
    change(folder, account, a=2, c=None)
    engine = open_local(folder)
    writer = engine.writer()
    try:
        account.begin()
        writer.optimize()
        account.end()
    finally:
        writer.close()
        engine.close()


def commit_twice(folder: Path, account: Account) -> None:
    """Commit two batches with one writer."""
    engine = open_local(folder)
    writer = engine.writer()
    try:
        for version in (2, 3):
            account.begin(a=version, **{f"n{version}": 1})
            writer.add(a_version("a", version))
            writer.add(a_version(f"n{version}", 1))
            writer.commit()
            account.end()
    finally:
        writer.close()
        engine.close()


def delete_all(folder: Path, account: Account) -> None:
    """Delete every document."""
    change(folder, account, a=None, b=None, c=None)


def resume(folder: Path, account: Account) -> None:
    """Be killed when the manifest is in place and not durable yet; another writer begins then."""
    try:
        with mock.patch.object(manifest, "sync_folder", side_effect=Killed):
            change(folder, account, a=None)
    except Killed:
        open_local(folder).writer().close()


STORIES: dict[str, Story] = {
    "make": Story(make, None, "deep/index"),
    "update and delete": Story(update_and_delete),
    "flush often": Story(flush_often),
    "merge": Story(merge, {f"m{number}": 1 for number in range(MERGE_FACTOR - 1)}),
    "optimize": Story(optimize),
    "commit twice": Story(commit_twice, {"a": 1}),
    "delete all": Story(delete_all),
    "resume": Story(resume),
}
