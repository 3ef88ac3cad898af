"""How much of its score an article keeps as it gets older, where newer ones are to count more.

Half of the score never fades, so that the best article of a decade ago comes before a poor one of
today; the other half is halved with every year (X. Li, W. B. Croft: Time-based language models,
CIKM 2003, has the exponential; the floor is ours).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["FLOOR", "HALF_LIFE_DAYS", "recency"]

HALF_LIFE_DAYS = 365.0
"""After so many days half of what fades has faded."""
FLOOR = 0.5
"""The share of a score that does not fade; what an article without a date keeps."""

Number = TypeVar("Number", float, "NDArray[np.float64]")


def recency(age_days: Number) -> Number:
    """Return the share of its score that an article keeps, from `FLOOR` to 1.

    Args:
        age_days: How many days before the newest it was published, from 0; a number or an array.

    >>> recency(0.0), recency(365.0)
    (1.0, 0.75)
    """
    share: Number = FLOOR + (1 - FLOOR) * 2.0 ** (-age_days / HALF_LIFE_DAYS)
    return share
