"""What a word or phrase and its synonyms are worth together: as much as the best of them is."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from civicsearch.ranking.impacts import MOST_LEVEL, union

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from civicsearch.ranking.impacts import Impacts, Measure

__all__ = ["Joined", "best_measured", "best_of_forms", "joined"]

_EPSILON = 1e-6  # relative, far above the errors of float64


class Joined(NamedTuple):
    """What any of some leaves finds; the attributes are those of `Impacts`."""

    documents: NDArray[np.intp]
    levels: NDArray[np.uint8]
    step: float
    rounding: float


def joined(forms: Sequence[Impacts], weight: float) -> Joined:
    """Return what any of some leaves finds: first what was typed, then its synonyms.

    Args:
        forms: What each finds.
        weight: What a synonym counts, relative to what was typed.
    """
    weights = [1.0] + [weight] * (len(forms) - 1)
    found = [
        (form, weight * form.step) for form, weight in zip(forms, weights, strict=True) if len(form)
    ]
    documents = union([form.documents for form, _ in found])
    step = max((own * form.peak for form, own in found), default=1.0) / MOST_LEVEL
    levels = np.ones(len(documents), np.uint8)
    for form, own in found:
        as_levels = np.ceil(np.arange(MOST_LEVEL + 1) * (own / step * (1 - _EPSILON)))
        converted = np.minimum(as_levels, MOST_LEVEL).astype(np.uint8)
        np.maximum(levels, converted.take(form.take(documents)), out=levels)
    uncertain = max((own * form.rounding for form, own in found), default=0.0)
    return Joined(documents, levels, step * (1 + 2 * _EPSILON), uncertain / step + 1.0)


def best_measured(
    forms: Sequence[Impacts],
    weight: float,
    documents: NDArray[np.intp],
    _: NDArray[np.uint8],
    measure: Measure,
) -> NDArray[np.float32]:
    """Return what any of some leaves is worth at most in some documents; see `Impacts.measured`.

    The first two arguments are those of `joined`.
    """
    typed, *others = (form.measured(documents, measure) for form in forms)
    return reduce(np.maximum, (np.float32(weight) * other for other in others), typed)


def best_of_forms(forms: Sequence[NDArray[np.float64]], weight: float) -> NDArray[np.float64]:
    """Return what the best of some forms is worth: of what was typed, or of its synonyms.

    The arguments are those of `joined`.
    """
    typed, *others = forms
    best: NDArray[np.float64] = np.maximum(typed, weight * reduce(np.maximum, others))
    return best
