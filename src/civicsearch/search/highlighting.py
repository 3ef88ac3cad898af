"""Which words of a document a query found: the spans to mark, and nothing that did not match.

A phrase marks its words only where they stand together; for `"dân vận"` a stray `vận` stays
plain, and for `dân` a `dẫn` does.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from civicsearch.analysis.analyzer import METADATA
from civicsearch.analysis.tokens import Span
from civicsearch.query.nodes import iter_positive_leaves
from civicsearch.schema import field_texts
from civicsearch.search.accents import is_accented
from civicsearch.search.finding import Finder, Marks
from civicsearch.search.telling import telling_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from civicsearch.analysis.analyzer import Analyzer
    from civicsearch.document import Document
    from civicsearch.query.nodes import Query
    from civicsearch.search.finding import Place
    from civicsearch.search.telling import Telling

__all__ = ["MAX_HIGHLIGHT_CHARS", "DocumentMarks", "merge_spans"]

MAX_HIGHLIGHT_CHARS = 200_000
"""How far into a text words are looked for to show them: about sixty printed pages.

Ten hits of a million letters each took 17 seconds to show without this bound.
"""


class DocumentMarks:
    """What of a query the fields of one document hold; looked for when it is asked for."""

    __slots__ = ("_accented", "_analyzer", "_finders", "telling", "texts")

    def __init__(
        self,
        document: Document,
        query: Query,
        analyzer: Analyzer,
        *,
        telling: Telling | None = None,
    ) -> None:
        """Prepare to look for `query`; without `telling` each part of it tells as much."""
        self.texts = field_texts(document)
        self.telling = telling_of(query) if telling is None else telling
        self._analyzer = analyzer
        self._finders = _RECENT.of(query, analyzer)
        self._accented: bool | None = None

    def find(self, field: str) -> Marks:
        """Return where the query matches in the text of `field`."""
        text = self.texts[field]
        if not text:
            return Marks([], [])
        finder = self._finders.of(field)
        accented = not finder.heeds_accents or self._is_accented()
        return finder.find(text[:MAX_HIGHLIGHT_CHARS], is_accented=accented)

    def _is_accented(self) -> bool:
        if self._accented is None:
            texts = [
                text[:MAX_HIGHLIGHT_CHARS]
                for name, text in self.texts.items()
                if text and name not in METADATA
            ]
            self._accented = is_accented(texts, self._analyzer)
        return self._accented


class _Finders:
    """The finders of one query: one for each field that a leaf names, and one for the others."""

    def __init__(self, query: Query, analyzer: Analyzer) -> None:
        fields = {leaf.field for leaf in iter_positive_leaves(query)} | {None}
        self._by_field = {field: Finder(query, field=field, analyzer=analyzer) for field in fields}

    def of(self, field: str) -> Finder:
        return self._by_field.get(field) or self._by_field[None]


class _RecentFinders:
    """The finders of the queries asked last: they remember what they saw in other hits."""

    def __init__(self) -> None:
        self._of = lru_cache(maxsize=16)(_Finders)
        self._last: tuple[Query, Analyzer, _Finders] | None = None

    def of(self, query: Query, analyzer: Analyzer) -> _Finders:
        """Return the finders of `query`. For a page of hits it is hashed once: 4 us each time."""
        last = self._last
        if last is None or last[0] is not query or last[1] is not analyzer:
            last = self._last = (query, analyzer, self._of(query, analyzer))
        return last[2]


_RECENT = _RecentFinders()


def merge_spans(places: Sequence[Place]) -> tuple[Span, ...]:
    """Return the spans of sorted places, overlapping ones made one."""
    merged: list[Span] = []
    last_end = 0
    for start, end, _, _ in places:
        if start >= last_end:
            merged.append(Span(start, end))
        elif end > last_end:
            merged[-1] = Span(merged[-1].start, end)
        last_end = max(last_end, end)
    return tuple(merged)
