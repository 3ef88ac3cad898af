"""What a disk may hold after the power failed, by what happened before: `Disk` gives the events.

Nothing is certain but what was fsynced: the bytes of a file by an fsync of the file, a name by an
fsync of the folder that it is in. Everything else may be there, or not, or in part.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from faults.disk import Event

__all__ = ["Platter", "Tree", "read_tree", "write_tree"]

Tree = dict[str, bytes | None]
"""What a folder holds: the bytes of each file, None for a folder, by relative path."""


def read_tree(root: Path) -> Tree:
    """Return what is in a folder."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(root.rglob("*"))
    }


def write_tree(root: Path, tree: Tree) -> None:
    """Make a folder that holds `tree`."""
    root.mkdir()
    for name, content in sorted(tree.items()):
        if content is None:
            (root / name).mkdir()
        else:
            (root / name).write_bytes(content)


class Platter:
    """Follows events, and says what may be left of them.

    Names are kept twice, as the running system sees them and as they are certain; so are bytes.
    A name stands for the number of its file, or for None where it is a folder.
    """

    def __init__(self, tree: Tree, files: dict[str, int]) -> None:
        """Begin with `tree`, all of it certain; `files` gives the numbers of its files."""
        self._names: dict[str, int | None] = {name: files.get(name) for name in tree}
        self._certain_names = dict(self._names)
        self._bytes = {
            files[name]: bytearray(data) for name, data in tree.items() if data is not None
        }
        self._certain_bytes = {file: bytes(data) for file, data in self._bytes.items()}
        self._uncertain: list[Event] = []  # changes of names

    def follow(self, event: Event) -> None:
        """Let one thing happen."""
        match event.kind:
            case "create":
                self._bytes[event.file] = bytearray()
                self._change(event)
            case "write":
                content = self._bytes.setdefault(event.file, bytearray())
                content[event.offset : event.offset + len(event.data)] = event.data
            case "truncate":
                del self._bytes[event.file][event.offset :]
            case "sync":
                self._certain_bytes[event.file] = bytes(self._bytes[event.file])
            case "sync_folder":
                for change in [c for c in self._uncertain if _folder(c.path) == event.path]:
                    _apply(change, self._certain_names)
                    self._uncertain.remove(change)
            case "mkdir" | "rename" | "unlink":
                self._change(event)

    def _change(self, event: Event) -> None:
        _apply(event, self._names)
        self._uncertain.append(event)

    def states(self, seed: int, *, count: int = 2) -> Iterator[Tree]:
        """Yield what may be there after a power cut now: extremes, then `count` at random."""
        yield self._tree(self._certain_names, lambda file: self._certain_bytes.get(file, b""))
        yield self._tree(self._names, lambda file: self._certain_bytes.get(file, b""))
        yield self._tree(self._names, lambda file: bytes(self._bytes[file]))
        yield self._tree(self._certain_names, lambda file: bytes(self._bytes[file]))
        without = dict(self._certain_names)
        for change in self._uncertain:
            if change.kind == "unlink":
                _apply(change, without)
        yield self._tree(without, lambda file: self._certain_bytes.get(file, b""))
        chance = random.Random(seed)  # noqa: S311 - to be repeated
        for _ in range(count):
            names = dict(self._certain_names)
            for change in self._uncertain:
                if chance.random() < 0.5:
                    _apply(change, names)
            yield self._tree(names, lambda file: self._some_bytes(file, chance))

    def _some_bytes(self, file: int, chance: random.Random) -> bytes:
        seen, certain = bytes(self._bytes[file]), self._certain_bytes.get(file, b"")
        cut = chance.randint(0, len(seen))
        choices: Sequence[bytes] = (
            certain,
            seen,
            seen[:cut],
            seen[:cut] + b"\0" * (len(seen) - cut),
        )
        return certain if seen == certain else chance.choice(choices)

    @staticmethod
    def _tree(names: dict[str, int | None], content_of: object) -> Tree:
        tree: Tree = {}
        for name, file in sorted(names.items()):
            if _folder(name) == "." or _folder(name) in tree:  # no file without its folder
                tree[name] = None if file is None else content_of(file)  # type: ignore[operator]
        return tree


def _apply(event: Event, names: dict[str, int | None]) -> None:
    match event.kind:
        case "create":
            names[event.path] = event.file
        case "mkdir":
            names[event.path] = None
        case "rename":  # of one file within one folder; a rename is whole or not at all
            names.pop(event.path, None)
            names[event.target] = event.file
        case "unlink":
            names.pop(event.path, None)


def _folder(name: str) -> str:
    return Path(name).parent.as_posix()
