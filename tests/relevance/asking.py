"""Asks a system the questions of a set, typed in one way, and scores its answers."""

from __future__ import annotations

from relevance.data import TestSet
from relevance.metrics import first_rank, scores
from relevance.systems import System
from relevance.typings import typed


def ask(system: System, test_set: TestSet, typing: str) -> dict[str, object]:
    """Return the mean scores, and for each question the rank of its first relevant document."""
    rankings = [
        system.search(typed(typing, question.text, question.question_id))
        for question in test_set.questions
    ]
    judged = [question.judgements for question in test_set.questions]
    means = {name: round(value, 5) for name, value in scores(rankings, judged).items()}
    ranks = [first_rank(*pair) for pair in zip(rankings, judged, strict=True)]
    return {"system": system.name, "typing": typing, **means, "first_ranks": ranks}
