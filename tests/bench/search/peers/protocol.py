"""What the runner knows of a peer."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple, Protocol

from bench.search.queries import Kind, Question
from bench.search.source import Source


class PeerMissingError(Exception):
    """Raised when a peer cannot run here; the message says why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")


class Answer(NamedTuple):
    """What a user of the peer has in hand after one search.

    Attributes:
        ids: Our ids of the first ten documents, best first.
        documents: The same documents, with title and whole text, as the peer hands them out.
        snippets: A passage of each, where the question asks for them.
        counts: Matches by source and by year, where the question asks for them.
    """

    ids: list[str]
    documents: list[Any]
    snippets: list[str]
    counts: list[Any]


class Peer(Protocol):
    """One engine.

    Attributes:
        index_name: Peers with the same one share what was built.
        version: Of the library.
        kinds: The questions it can answer; none for a peer that is only built.
    """

    index_name: str
    version: str
    kinds: frozenset[Kind]

    def build(self, source: Source, folder: Path) -> None:
        """Write a durable index into an empty folder, with one worker."""
        ...

    def open(self, folder: Path) -> None:
        """Make ready to search what was built."""
        ...

    def search(self, question: Question) -> Answer:
        """Return the first ten documents, fetched. This is what is timed."""
        ...

    def asks_the_same(self, question: Question) -> bool:
        """Return whether the peer can say this question in full, so that counts must agree."""
        ...

    def count(self, question: Question) -> int | None:
        """Return how many documents match, exactly; None where the peer cannot say. Not timed."""
        ...

    def close(self) -> None:
        """Let go of files."""
        ...
