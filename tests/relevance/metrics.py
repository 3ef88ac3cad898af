"""How good one ranking is: reciprocal rank, recall and nDCG, each within the first ten.

A ranking is a list of document ids, best first; judgements give each judged document its grade,
0 for "judged, not relevant". A document without a judgement counts as not relevant.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

CUTOFF = 10

Judgements = Mapping[str, int]


def first_rank(ranking: Sequence[str], judgements: Judgements) -> int:
    """Return the rank of the first relevant document, from 1; 0 where none is in the first ten."""
    for rank, document_id in enumerate(ranking[:CUTOFF], start=1):
        if judgements.get(document_id, 0) > 0:
            return rank
    return 0


def reciprocal_rank(ranking: Sequence[str], judgements: Judgements) -> float:
    """Return 1 divided by the rank of the first relevant document, or 0."""
    rank = first_rank(ranking, judgements)
    return 1 / rank if rank else 0.0


def recall(ranking: Sequence[str], judgements: Judgements) -> float:
    """Return the share of the relevant documents that is among the first ten."""
    relevant = {document_id for document_id, grade in judgements.items() if grade > 0}
    return len(relevant.intersection(ranking[:CUTOFF])) / len(relevant) if relevant else 0.0


def ndcg(ranking: Sequence[str], judgements: Judgements) -> float:
    """Return the discounted cumulative gain over the best possible one.

    The gain is the grade itself and the discount log2(rank + 1), as in trec_eval.
    """
    ideal = _gain(sorted(judgements.values(), reverse=True))
    found = _gain(judgements.get(document_id, 0) for document_id in ranking[:CUTOFF])
    return found / ideal if ideal else 0.0


def _gain(grades: Iterable[int]) -> float:
    best = list(grades)[:CUTOFF]
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(best, start=1))


METRICS = {"mrr@10": reciprocal_rank, "recall@10": recall, "ndcg@10": ndcg}


def scores(rankings: Sequence[Sequence[str]], judged: Sequence[Judgements]) -> dict[str, float]:
    """Return the mean of every metric over questions; all 0 where there is no question."""
    count = max(1, len(judged))
    return {
        name: sum(metric(*pair) for pair in zip(rankings, judged, strict=True)) / count
        for name, metric in METRICS.items()
    }
