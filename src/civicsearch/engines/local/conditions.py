"""Conditions that do not look at words: days of publication, publishers, deleted documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from civicsearch.analysis.folding import fold
from civicsearch.engines.local.columns import NO_MOMENT
from civicsearch.search.request import SECONDS_A_DAY

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from numpy.typing import NDArray

    from civicsearch.engines.local.snapshot import Snapshot
    from civicsearch.search.request import Filters

__all__ = ["Conditions"]


class Conditions:
    """The conditions of requests on one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def published(
        self,
        low: dt.date | None,
        high: dt.date | None,
        documents: NDArray[np.intp] | None = None,
    ) -> NDArray[np.bool_]:
        """Return which documents (None: all) have a day from `low` to `high`."""
        moments = self._snapshot.moments
        if documents is not None:
            moments = moments.take(documents)
        first = low.toordinal() * SECONDS_A_DAY if low else NO_MOMENT + 1
        found = moments >= first
        if high:
            found &= moments < (high.toordinal() + 1) * SECONDS_A_DAY
        return found

    def accept(self, filters: Filters) -> Callable[[NDArray[np.intp]], NDArray[np.bool_]] | None:
        """Return what tells which of some documents pass `filters`; None where all do."""
        is_dated = filters.published_from is not None or filters.published_to is not None
        if not is_dated and not filters.sources:
            return None
        wanted = self._sources(filters.sources)

        def accept(documents: NDArray[np.intp]) -> NDArray[np.bool_]:
            found = np.ones(len(documents), bool)
            if is_dated:
                found = self.published(filters.published_from, filters.published_to, documents)
            if filters.sources:
                found &= wanted[self._snapshot.facet("source").ordinals.take(documents)]
            return found

        return accept

    def _sources(self, names: tuple[str, ...]) -> NDArray[np.bool_]:
        """Return which publishers, by ordinal, are among `names`; the last stands for none."""
        if not names:
            return np.empty(0, bool)
        asked = {fold(name) for name in names}
        return np.array([name in asked for name in self._snapshot.source_folds], bool)
