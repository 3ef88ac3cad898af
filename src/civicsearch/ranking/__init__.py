"""How relevant a document is: the formulas, over numbers and arrays alone.

Knows no files, no Whoosh and no documents.
"""

from civicsearch.ranking.bm25 import (
    K1,
    PAIR_WEIGHT,
    PAIR_WINDOW,
    TIER_WEIGHTS,
    B,
    idf,
    saturate,
)

__all__ = ["K1", "PAIR_WEIGHT", "PAIR_WINDOW", "TIER_WEIGHTS", "B", "idf", "saturate"]
