"""Where a page of hits ended, so that a search can go on there.

By the last hit's place in the order, not by counting: what is added or deleted before it shifts
nothing.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Position", "Standing"]


class Standing(NamedTuple):
    """What decides where a document stands in the order of hits.

    Attributes:
        score: Its score to the last bit; the order rounds it. By words alone, or with neighbours
            where the document is one of the best, in which neighbours count.
        moment_key: See `request.moment_key`; None without a date.
        document_id: Its id, which decides where all else is equal.
    """

    score: float
    moment_key: int | None
    document_id: str


class Position(NamedTuple):
    """The last hit of a page. Only the engine that returned it can go on from it.

    By relevance, hits come in two parts: the best by words alone, ordered by their scores with
    neighbours; then the others, ordered by words alone. Which documents are the first part is
    told by the last of them, not by their number: else a new document would push one into the
    second part that was shown in the first, and a deleted one pull one into the first that is
    not passed over yet.

    Attributes:
        rank: Its rank, from 1.
        last: Where the last hit stands.
        edge: Where, by words alone, the last document of the first part stands, if the last hit
            is in the first part; else None. No part is first where neighbours do not count.
        rarities: What each pair of neighbours counts in the first part, in the order of the
            query: it is told by the documents of that part, and what comes and goes among these
            must not change the order of the rest. Empty where `edge` is None.
    """

    rank: int
    last: Standing
    edge: Standing | None = None
    rarities: tuple[float, ...] = ()
