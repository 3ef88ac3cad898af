"""Times questions round-robin: every peer gets question 1, then every peer question 2.

Noise of the machine then falls on all alike. Nobody is asked a question twice: peers are warmed
with other questions of the same kind, so that remembering answers does not help. Who has used up
its time in a class is asked no further there; comparisons take only what both were asked.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bench.search.peers import Peer
from bench.search.queries import Kind, Question

WARM_SHARE = 0.25
"""How much of its time in a class a peer may use for getting warm."""

Times = dict[str, list[int | None]]
"""By peer, microseconds a question, None where it was not asked."""


class Budget:
    """Seconds that each peer has left."""

    def __init__(self, names: Iterable[str], seconds: float) -> None:
        self._left = dict.fromkeys(names, seconds)

    def allows(self, name: str) -> bool:
        """Return whether `name` has time left."""
        return self._left[name] > 0

    def spend(self, name: str, seconds: float) -> None:
        """Take `seconds` off what `name` has left."""
        self._left[name] -= seconds


def measure(
    peers: Mapping[str, Peer],
    questions: Mapping[Kind, Sequence[Question]],
    *,
    warm: int,
    budget_s: float,
) -> dict[Kind, Times]:
    """Return the times of all peers in all classes; the first `warm` questions only warm up."""
    gc.collect()
    gc.freeze()
    times = {}
    for kind, asked in questions.items():
        able = {name: peer for name, peer in peers.items() if kind in peer.kinds}
        _ask(able, asked[:warm], budget_s * WARM_SHARE)
        times[kind] = _ask(able, asked[warm:], budget_s)
    gc.unfreeze()
    return times


def _ask(peers: Mapping[str, Peer], questions: Sequence[Question], budget_s: float) -> Times:
    budget = Budget(peers, budget_s)
    names = list(peers)
    times: Times = {name: [] for name in names}
    for number, question in enumerate(questions):
        turn = number % max(1, len(names))
        for name in names[turn:] + names[:turn]:
            if not budget.allows(name):
                times[name].append(None)
                continue
            begin = time.perf_counter_ns()
            peers[name].search(question)
            elapsed = time.perf_counter_ns() - begin
            budget.spend(name, elapsed / 1e9)
            times[name].append(round(elapsed / 1000))
    return times


def compare_counts(
    peers: Mapping[str, Peer],
    ours: Peer,
    questions: Mapping[Kind, Sequence[Question]],
    *,
    budget_s: float,
) -> dict[Kind, dict[str, dict[str, Any]]]:
    """Return by class and peer how many counts of matches are ours, and the others by name.

    Only questions that the peer can say in full are compared. Of the class `newest`, the ten
    documents must be the same too, in order.
    """
    compared: dict[Kind, dict[str, dict[str, Any]]] = {}
    for kind, asked in questions.items():
        counts = {question.name: ours.count(question) for question in asked}
        compared[kind] = {
            name: _compare(peer, ours, asked, counts, budget_s)
            for name, peer in peers.items()
            if kind in peer.kinds and peer is not ours
        }
    return compared


def _compare(
    peer: Peer,
    ours: Peer,
    asked: Sequence[Question],
    counts: Mapping[str, int | None],
    budget_s: float,
) -> dict[str, Any]:
    compared, found, differing = 0, 0, []
    end = time.monotonic() + budget_s
    for question in asked:
        if question.is_told_by_rarity or not peer.asks_the_same(question) or time.monotonic() > end:
            continue
        our_count, their_count = counts[question.name], peer.count(question)
        if our_count is None or their_count is None:
            continue
        compared += 1
        found += our_count > 0
        if our_count != their_count:
            differing.append([question.name, our_count, their_count])
        elif question.kind is Kind.NEWEST and not _gives_the_same(peer, ours, question):
            differing.append([question.name, "other documents", "or another order"])
    return {
        "compared": compared,
        "with_matches": found,
        "equal": compared - len(differing),
        "differing": differing,
    }


def _gives_the_same(peer: Peer, ours: Peer, question: Question) -> bool:
    # Where nothing holds all words, we answer with documents that hold some.
    return not ours.count(question) or peer.search(question).ids == ours.search(question).ids
