"""Breaks stories off at every step, and looks at what is left."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from civicsearch.errors import ArchiveError, ArchiveNotFoundError
from faults.disk import Disk, Killed
from faults.ledger import State, a_version, create, read_state, strays
from faults.platter import Platter, read_tree, write_tree
from faults.stories import Account, Story

__all__ = ["Outcome", "break_off", "check_left", "power_cuts"]

LAST_STEP = 2000


class Outcome:
    """How one broken story ended.

    Attributes:
        root: The folder of the story.
        folder: The archive in it.
        account: What it promised.
        failed: The call that failed, in words.
        error: What was raised; None where the story ended well all the same.
        has_published: Whether a manifest was put in place.
    """

    def __init__(
        self,
        root: Path,
        story: Story,
        account: Account,
        disk: Disk,
        error: BaseException | None = None,
    ) -> None:
        self.root = root
        self.folder = root / story.place
        self.account = account
        self.failed = disk.failed
        self.error = error
        self.has_published = any(event.kind == "rename" for event in disk.events)


def break_off(
    story: Story, base: Path, error: Callable[[], BaseException], *, is_sticky: bool = False
) -> Iterator[Outcome]:
    """Tell a story again and again; the first time its first call fails, then its second, ...

    The end is reached when it has no more calls. What is left is passed over where it is the same
    as after another step. Opening to read fails where all calls after it do too.
    Each archive is deleted before the next begins.
    """
    seen: set[object] = set()
    template = base / "template"
    template.mkdir()
    story.prepare(template / story.place)
    for step in count(1):
        assert step < LAST_STEP, "the story never ends"
        root = base / f"{step}"
        shutil.copytree(template, root)
        account = Account(kept=story.before)
        raised = None
        with Disk(
            root, fail_at=step, error=error, is_sticky=is_sticky, has_reads=is_sticky
        ) as disk:
            try:
                story.tell(root / story.place, account)
            except (ArchiveError, Killed) as caught:
                raised = caught.with_traceback(None)
        if not disk.failed:
            assert raised is None
            return
        left = (*promised_by(account), raised is None, frozenset(read_tree(root).items()))
        if left not in seen:
            seen.add(left)
            yield Outcome(root, story, account, disk, raised)
        shutil.rmtree(root)


def check_left(folder: Path, account: Account, *, is_mended: bool = True) -> State | None:
    """Open what is left and hold it against what was promised; `is_mended`: write to it too."""
    state: State | None
    try:
        state = read_state(folder)
    except ArchiveNotFoundError:
        state = None
    assert account.allows(state), f"{state} is neither {account.kept} nor {account.asked}"
    if is_mended:
        _write_once_more(folder, state or {})
    return state


def _write_once_more(folder: Path, state: State) -> None:
    engine = create(folder)
    writer = engine.writer()
    writer.add(a_version("after", 1))
    writer.commit()
    writer.close()
    searcher = engine.searcher()
    assert searcher.document("after") == a_version("after", 1)
    assert searcher.count() == len({**state, "after": 1})
    assert not engine.damaged_files()
    engine.close()
    assert not strays(folder)


def promised_by(account: Account) -> tuple[str, str]:
    """Return what an account says, to be held against another."""
    return str(account.kept), str(account.asked)


def power_cuts(story: Story, base: Path, *, seed: int = 0, count: int = 2) -> Iterator[Outcome]:
    """Tell a story once, and make every state that a power cut at any moment may leave."""
    root = base / "running"
    root.mkdir()
    story.prepare(root / story.place)
    before = read_tree(root)
    account = Account(kept=story.before)
    promises: list[Account] = []
    with Disk(root) as disk:

        def say(text: str) -> None:
            promises.append(Account(kept=account.kept, asked=account.asked))
            disk.mark(text)

        account.say = say
        story.tell(root / story.place, account)
    platter = Platter(before, disk.first_files)
    promised = Account(kept=story.before)
    waiting = iter(promises)
    seen: set[object] = set()
    for step, event in enumerate(disk.events):
        if event.kind == "mark":
            promised = next(waiting)
        else:
            platter.follow(event)
        for state in platter.states(seed + step, count=count):
            key = (*promised_by(promised), frozenset(state.items()))
            if key not in seen:
                seen.add(key)
                left = base / f"cut{len(seen)}"
                write_tree(left, state)
                yield Outcome(left, story, promised, disk)
