"""The passage of an article that shows why it was found, with the words to mark.

A snippet is plain text and spans: colour, `<mark>` and escaping are the screen's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from civicsearch.analysis.tokens import Span
from civicsearch.schema import field_texts
from civicsearch.search.highlighting import find_highlights, find_neighbours, merge_spans

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from civicsearch.analysis.tokens import Token
    from civicsearch.document import Document
    from civicsearch.query.nodes import Query
    from civicsearch.search.highlighting import Highlight

__all__ = ["MAX_SNIPPET_CHARS", "Snippet", "highlight_title", "make_snippet"]

MAX_SNIPPET_CHARS = 280
"""About two sentences; three lines of a terminal."""
ELLIPSIS = "…"
CELL_BREAK = " | "  # what the extractor puts between the cells of a table

_SENTENCE_START = re.compile(r"(?:(?<=[.!?…;:])|(?<=[.!?…][\"'”’»)]))\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\s*$")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A passage of a document.

    Attributes:
        text: One line of text; "…" at an end that cuts a sentence.
        highlights: The spans of `text` that the query matched, in order, not overlapping.
    """

    text: str
    highlights: tuple[Span, ...] = ()


def make_snippet(
    document: Document,
    query: Query,
    tokens: Mapping[str, Sequence[Token]],
    *,
    max_chars: int = MAX_SNIPPET_CHARS,
) -> Snippet:
    """Return the passage of `document` that matches most of `query`.

    Of passages that match as much, one in the lead is taken before one in the body, and that
    before a caption. Where nothing matches in them (the hit is in the title), the snippet is the
    beginning of the article.

    Args:
        document: The document.
        query: What it was found by.
        tokens: Of the document's fields, as `Analyzer.field_tokens` gives them.
        max_chars: The longest text, ellipses apart.
    """
    best_value, best = _NOTHING, Snippet(text="")
    texts = field_texts(document)
    for field in ("lead", "body", "caption"):
        text = texts[field]
        highlights = find_highlights(query, tokens[field], field=field)
        pairs = find_neighbours(query, tokens[field], field=field)
        window, value = _best_window(text, highlights, pairs, max_chars)
        if value > best_value:
            best_value, best = value, _cut(text, window, merge_spans(highlights))
    if best_value > _NOTHING:
        return best
    text = document.text
    return _cut(text, _window_at(text, 0, max_chars), ())


def highlight_title(query: Query, tokens: Mapping[str, Sequence[Token]]) -> tuple[Span, ...]:
    """Return the spans of the title that `query` matches; `tokens` as in `make_snippet`."""
    return merge_spans(find_highlights(query, tokens["title"], field="title"))


_Value = tuple[int, int, bool, int]
_NOTHING: _Value = (0, 0, False, 0)


def _best_window(
    text: str, highlights: Sequence[Highlight], pairs: Sequence[Highlight], max_chars: int
) -> tuple[Span, _Value]:
    """Return the window that holds most, and what it holds, as a value to compare.

    Most different words and neighbours first; then most of them as typed; then sentences before
    rows of a table; then most places, but repetition beyond twice says nothing new; then the
    first.
    """
    best, best_value = Span(0, 0), _NOTHING
    previous = None
    for highlight in highlights:
        window = _window_at(text, highlight.span.start, max_chars)
        if window == previous:  # the same sentence
            continue
        previous = window
        words = _inside(window, highlights)
        tiers = {word.leaf: word.tier for word in reversed(words)}
        neighbours = {pair.leaf for pair in _inside(window, pairs)}
        value = (
            len(tiers) + len(neighbours),
            -sum(tiers.values()),
            CELL_BREAK not in text[window.start : window.end],
            min(len(words), 2 * len(tiers)),
        )
        if value > best_value:
            best, best_value = window, value
    return best, best_value


def _inside(window: Span, highlights: Sequence[Highlight]) -> list[Highlight]:
    """Return the highlights that lie in `window`; a word takes at least one of its characters."""
    first = bisect_left(highlights, window.start, key=lambda highlight: highlight.span.start)
    near = highlights[first : first + window.end - window.start]
    return [highlight for highlight in near if highlight.span.end <= window.end]


def _window_at(text: str, position: int, max_chars: int) -> Span:
    """Return a window of whole words in one paragraph, from the sentence that holds `position`.

    Where the sentence is longer than the window, the window begins a little before `position`.
    """
    # Looking further back would be in vain, and quadratic in a text of one endless sentence.
    nearest = max(0, position - max_chars // 2 - 1)
    paragraph_start = max(nearest, text.rfind("\n", nearest, position) + 1)
    paragraph_end = text.find("\n", position)
    paragraph_end = len(text) if paragraph_end < 0 else paragraph_end
    start = paragraph_start
    for match in _SENTENCE_START.finditer(text, paragraph_start, position + 1):
        if match.end() <= position and not text[match.end()].islower():
            start = match.end()
    if position - start > max_chars // 2:
        start = _next_word(text, position - max_chars // 4)
    end = min(paragraph_end, start + max_chars)
    if end < paragraph_end:
        end = max(text.rfind(" ", start + 1, end + 1), position)
        if end <= position:  # one word longer than the window
            end = min(paragraph_end, start + max_chars)
    return Span(start, end)


def _next_word(text: str, position: int) -> int:
    blank = _BLANK.search(text, position)
    return blank.end() if blank and blank.end() - position < 40 else position


def _cut(text: str, window: Span, spans: Sequence[Span]) -> Snippet:
    """Return the window of `text` on one line, with the spans inside it moved along."""
    piece = text[window.start : window.end].rstrip()
    before = ELLIPSIS if piece and not _starts_whole(text, window.start) else ""
    after = "" if _ends_whole(text, window.start + len(piece)) else ELLIPSIS
    shift = len(before) - window.start
    end = window.start + len(piece)
    highlights = tuple(
        Span(span.start + shift, min(span.end, end) + shift)
        for span in spans
        if window.start <= span.start < end
    )
    one_line = piece.replace("\n", " ").replace("\t", " ")  # one for one: spans stay true
    return Snippet(text=before + one_line + after, highlights=highlights)


def _starts_whole(text: str, position: int) -> bool:
    """Return whether a sentence or a paragraph starts at `position`."""
    before = text[max(0, position - 8) : position]
    if not before.strip() or "\n" in before:
        return True
    return _SENTENCE_END.search(before) is not None and not text[position].islower()


def _ends_whole(text: str, position: int) -> bool:
    """Return whether a sentence or a paragraph ends at `position`."""
    after = text[position : position + 2]
    if not after or after[0] == "\n":
        return True
    ended = _SENTENCE_END.search(text[max(0, position - 4) : position])
    return ended is not None and not after[-1].islower()  # "zł. do" is no end
