"""The passages of an article that show why it was found, with the words to mark.

A snippet is plain text and spans: colour, `<mark>` and escaping are the screen's.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, NamedTuple

from civicsearch.analysis.tokens import Span
from civicsearch.search.highlighting import merge_spans
from civicsearch.search.passages import NOTHING, best_passage, places_inside
from civicsearch.search.windows import ends_whole, starts_whole, window_at
from civicsearch.values import Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from civicsearch.document import Document
    from civicsearch.search.finding import Marks
    from civicsearch.search.highlighting import DocumentMarks
    from civicsearch.search.telling import Telling

__all__ = [
    "MAX_PASSAGES",
    "MAX_SNIPPET_CHARS",
    "FoundPassage",
    "Snippet",
    "find_passages",
    "highlight_title",
    "make_passages",
    "make_snippet",
]

MAX_SNIPPET_CHARS = 280
"""About two sentences; three lines of a terminal."""
MAX_PASSAGES = 10
"""How many passages of one article are shown at most."""
ELLIPSIS = "…"
_FIELDS = ("lead", "body", "caption")


class Snippet(Value):
    """A passage of a document.

    Attributes:
        text: One line of text; "…" at an end that cuts a sentence.
        highlights: The spans of `text` that the query matched, in order, not overlapping.
    """

    text: str
    highlights: tuple[Span, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the snippet in the shape of the JSON contract."""
        return {"text": self.text, "highlights": [list(span) for span in self.highlights]}


class FoundPassage(NamedTuple):
    """A passage, where it is, and what is marked in it."""

    field: str
    window: Span
    snippet: Snippet


def make_snippet(
    document: Document, marks: DocumentMarks, *, max_chars: int = MAX_SNIPPET_CHARS
) -> Snippet:
    """Return the passage of `document` that matches most of the query.

    Of passages that match as much, one in the lead is taken before one in the body, and that
    before a caption. Where nothing matches in them (the hit is in the title), the snippet is the
    beginning of the article.

    Args:
        document: The document.
        marks: What of the query it holds.
        max_chars: The longest text, ellipses apart.
    """
    return make_passages(document, marks, limit=1, max_chars=max_chars)[0]


def make_passages(
    document: Document,
    marks: DocumentMarks,
    *,
    limit: int,
    max_chars: int = MAX_SNIPPET_CHARS,
) -> tuple[Snippet, ...]:
    """Return passages of `document`, the snippet first, then those that add most to it.

    They do not overlap. There is one at least, and no second one without a match.

    Args:
        document: The document.
        marks: What of the query it holds.
        limit: How many at most, from 1.
        max_chars: The longest text, ellipses apart.
    """
    taken = find_passages(marks, limit=limit, max_chars=max_chars)
    if taken:
        return tuple([passage.snippet for passage in taken])
    text = document.text
    return (_cut(text, window_at(text, 0, max_chars), ()),)


def find_passages(marks: DocumentMarks, *, limit: int, max_chars: int) -> list[FoundPassage]:
    """Return passages with matches, best first; see `make_passages`."""
    found = {field: marks.find(field) for field in _FIELDS}
    taken: list[FoundPassage] = []
    telling = marks.telling
    while len(taken) < limit:
        best = _best_of_fields(marks, found, telling, taken, max_chars)
        if best is None:
            break
        taken.append(best)
        if len(taken) == limit:
            break
        words = places_inside(best.window, found[best.field].words)
        pairs = places_inside(best.window, found[best.field].pairs)
        telling = telling.without((word[2] for word in words), (pair[2] for pair in pairs))
    return taken


def highlight_title(marks: DocumentMarks) -> tuple[Span, ...]:
    """Return the spans of the title that the query matches."""
    return merge_spans(marks.find("title").words)


def _best_of_fields(
    marks: DocumentMarks,
    found: Mapping[str, Marks],
    telling: Telling,
    taken: Sequence[FoundPassage],
    max_chars: int,
) -> FoundPassage | None:
    best_value, best = NOTHING, None
    for field, places in found.items():
        if not places.words:
            continue
        text = marks.texts[field]
        passage = best_passage(
            text,
            places,
            telling,
            max_chars=max_chars,
            above=best_value,
            taken=[other.window for other in taken if other.field == field],
        )
        if passage.value > best_value:
            best_value, best = passage.value, (field, passage.window)
    if best is None:
        return None
    field, window = best
    words = found[field].words
    spans = merge_spans(words[: bisect_left(words, (window.end,))])
    return FoundPassage(field, window, _cut(marks.texts[field], window, spans))


def _cut(text: str, window: Span, spans: Sequence[Span]) -> Snippet:
    """Return the window of `text` on one line, with the spans inside it moved along."""
    piece = text[window.start : window.end].rstrip()
    before = ELLIPSIS if piece and not starts_whole(text, window.start) else ""
    after = "" if ends_whole(text, window.start + len(piece)) else ELLIPSIS
    shift = len(before) - window.start
    end = window.start + len(piece)
    highlights = tuple(
        Span(max(span.start, window.start) + shift, min(span.end, end) + shift)
        for span in spans
        if window.start < span.end and span.start < end
    )
    one_line = piece.replace("\n", " ").replace("\t", " ")  # one for one: spans stay true
    return Snippet(text=before + one_line + after, highlights=highlights)
