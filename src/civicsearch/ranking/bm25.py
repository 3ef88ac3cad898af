"""BM25F: the formula by which every engine scores a leaf of a query.

The frequencies of a word in the zones of a document are weighted, added up and saturated once
(S. Robertson, H. Zaragoza, M. Taylor: Simple BM25 Extension to Multiple Weighted Fields, CIKM
2004). The length of a document is weighted alike. A leaf found in several tiers (as typed, or
only without accents) is saturated per tier and the tiers are added with falling weights, under
one idf, so that a rare spelling of a common word is not taken for a rare word.

A phrase, or words near each other, is as rare as the documents that it is found in are few, however
common its words. Lucene takes the sum of its words' idfs; on 250 headlines typed without accents,
many with a quoted phrase, that gave nDCG at 10 of 0.825 in place of 0.829.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "BARE_PAIR_WINDOW",
    "K1",
    "PAIR_WEIGHT",
    "PAIR_WINDOW",
    "TIER_WEIGHTS",
    "B",
    "idf",
    "pair_window",
    "saturate",
]

# Measured on 45,284 Vietnamese articles with titles as queries; see docs/decisions/0003.
K1 = 1.2
"""How slowly repetitions of a word stop to count."""
B = 0.75
"""How much a long document is held against itself, from 0 (not) to 1 (fully)."""

TIER_WEIGHTS = (1.0, 0.5, 0.25)
"""What a match counts by its tier: as typed, equal only without accents, and near (a fuzzy word
spelled otherwise). Not yet tuned."""

PAIR_WEIGHT = 0.7
"""What two neighbouring words of the query count when they are neighbours in a document too,
relative to a phrase as rare as both of its words together.

Measured on 250 headlines of civic news (nDCG at 10, typed with accents and with none): 0 gives
0.825 and 0.705; 0.2 0.848 and 0.778; 0.4 0.861 and 0.803; 0.7 0.863 and 0.815; 1 0.872 and 0.826.
Not the highest, because headlines quote their articles more than questions do.
"""
PAIR_WINDOW, BARE_PAIR_WINDOW = 40, 200
"""How many of the best documents by words alone are looked at for neighbours, for a query with
accents and for one without: the positions of all matches would have to be read otherwise.

Measured on 800 titles among 45,000 articles (MRR at 10, with accents and with none): 200 gives
0.822 and 0.775; 100 0.823 and 0.770; 64 0.823 and 0.765; 40 0.822 and 0.759.
"""

Number = TypeVar("Number", float, "NDArray[np.float64]")


def pair_window(*, has_accents: bool) -> int:
    """Return how many of the best documents are looked at for neighbours.

    Args:
        has_accents: Whether an accent was typed anywhere in the query.
    """
    return PAIR_WINDOW if has_accents else BARE_PAIR_WINDOW


def idf(document_frequency: int, document_count: int) -> float:
    """Return how much a word tells: 0.13 where nearly all documents have it, more where few do.

    The form log(1 + (N - n + 0.5) / (n + 0.5)), never negative, is Lucene's.

    Args:
        document_frequency: In how many documents the word is found, in whatever tier.
        document_count: How many documents there are.
    """
    return math.log(1 + (document_count - document_frequency + 0.5) / (document_frequency + 0.5))


def saturate(frequency: Number, length: Number, average_length: float) -> Number:
    """Return the weight of a frequency: 0 for none, 1 for one in an average text, below K1 + 1.

    Args:
        frequency: Zone-weighted occurrences in a document; a number or an array of them.
        length: Zone-weighted number of words of the document, of the same shape.
        average_length: The mean of all lengths, above 0.
    """
    return frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * length / average_length))
