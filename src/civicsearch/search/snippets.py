"""The passage of an article that shows why it was found, with the words to mark.

A snippet is plain text and spans: colour, `<mark>` and escaping are the screen's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from civicsearch.analysis.tokens import Span
from civicsearch.search.highlighting import merge_spans
from civicsearch.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from civicsearch.document import Document
    from civicsearch.search.finding import Marks, Place
    from civicsearch.search.highlighting import DocumentMarks

__all__ = ["MAX_SNIPPET_CHARS", "Snippet", "highlight_title", "make_snippet"]

MAX_SNIPPET_CHARS = 280
"""About two sentences; three lines of a terminal."""
ELLIPSIS = "…"
_NEAR_CHARS = 40  # a window may begin as far behind the place it should, to cut no word
CELL_BREAK = " | "  # what the extractor puts between the cells of a table

# The sign that ends a sentence is matched, not only looked back at: a search that begins with one
# of a few characters takes a fifth of the time.
_SENTENCE_START = re.compile(r"[.!?…;:\"'”’»)](?:(?<=[.!?…;:])|(?<=[.!?…][\"'”’»)]))\s+(?=\S)")
_SIGNS, _CLOSERS = (".", "!", "?", "…"), "\"'”’»)"
_BLANK = re.compile(r"\s+")


class Snippet(Value):
    """A passage of a document.

    Attributes:
        text: One line of text; "…" at an end that cuts a sentence.
        highlights: The spans of `text` that the query matched, in order, not overlapping.
    """

    text: str
    highlights: tuple[Span, ...] = ()


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
    best_value, best = _NOTHING, None
    for field in ("lead", "body", "caption"):
        text, found = marks.texts[field], marks.find(field)
        if not found.words:
            continue
        window, value = _best_window(text, found, max_chars, above=best_value)
        if value > best_value:
            best_value, best = value, (text, window, found.words)
    if best is None:
        text = document.text
        return _cut(text, _window_at(text, 0, max_chars), ())
    text, window, words = best
    return _cut(text, window, merge_spans(words[: bisect_left(words, (window.end,))]))


def highlight_title(marks: DocumentMarks) -> tuple[Span, ...]:
    """Return the spans of the title that the query matches."""
    return merge_spans(marks.find("title").words)


_Value = tuple[int, int, bool, int]
_NOTHING: _Value = (0, 0, False, 0)


def _best_window(text: str, marks: Marks, max_chars: int, *, above: _Value) -> tuple[Span, _Value]:
    """Return the window that holds most, and what it holds, as a value to compare.

    Most different words and neighbours first; then most of them as typed; then sentences before
    rows of a table; then most places, but repetition beyond twice says nothing new; then the
    first. Nothing is returned that is worth no more than `above`.
    """
    best, best_value = Span(0, 0), above
    previous = None
    for place, bound in zip(marks.words, _iter_bounds(marks, max_chars), strict=False):
        if bound <= best_value:
            continue
        window = _window_at(text, place[0], max_chars)
        if window == previous:  # the same sentence
            continue
        previous = window
        value = _value(text, marks, window)
        if value > best_value:
            best, best_value = window, value
    return best, best_value


def _iter_bounds(marks: Marks, max_chars: int) -> Iterator[_Value]:
    """Yield for every word a value that the window made at it cannot exceed.

    It is that of all around the word that such a window may reach. It takes a fifth of the time
    of the window and what it holds, and spares three of five of them.
    """
    starts = [start for start, _, _, _ in marks.words]
    leaves = [leaf for _, _, leaf, _ in marks.words]
    pair_starts = [start for start, _, _, _ in marks.pairs]
    pairs = [pair for _, _, pair, _ in marks.pairs]
    lowest = min((tier for _, _, _, tier in marks.words), default=0)
    before = max_chars // 2 + 1
    behind = max(max_chars, max_chars - max_chars // 4 + _NEAR_CHARS)
    for start in starts:
        low, high = start - before, start + behind
        first = bisect_left(starts, low)
        last = bisect_left(starts, high, first)
        together = near = len(set(leaves[first:last]))
        if pairs:
            first_pair = bisect_left(pair_starts, low)
            last_pair = bisect_left(pair_starts, high, first_pair)
            together += len(set(pairs[first_pair:last_pair]))
        yield together, -lowest * near, True, min(last - first, 2 * near)


def _value(text: str, marks: Marks, window: Span) -> _Value:
    words = _inside(window, marks.words)
    tiers = {leaf: tier for _, _, leaf, tier in reversed(words)}
    neighbours = {pair for _, _, pair, _ in _inside(window, marks.pairs)}
    return (
        len(tiers) + len(neighbours),
        -sum(tiers.values()),
        text.find(CELL_BREAK, window.start, window.end) < 0,
        min(len(words), 2 * len(tiers)),
    )


def _inside(window: Span, places: Sequence[Place]) -> list[Place]:
    """Return the places that lie in `window`; a word takes at least one of its characters."""
    first = bisect_left(places, (window.start,))
    last = bisect_left(places, (window.end,), first)
    near = places[first : min(last, first + window.end - window.start)]
    return [place for place in near if place[1] <= window.end]


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
    for match in _SENTENCE_START.finditer(text, max(0, paragraph_start - 1), position + 1):
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
    return blank.end() if blank and blank.end() - position < _NEAR_CHARS else position


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
    return _ends_sentence(before) and not text[position].islower()


def _ends_whole(text: str, position: int) -> bool:
    """Return whether a sentence or a paragraph ends at `position`."""
    after = text[position : position + 2]
    if not after or after[0] == "\n":
        return True
    ended = _ends_sentence(text[max(0, position - 4) : position])
    return ended and not after[-1].islower()  # "zł. do" is no end


def _ends_sentence(text: str) -> bool:
    """Return whether a sign that ends a sentence is the last of `text`, but for what closes it."""
    return text.rstrip().rstrip(_CLOSERS).endswith(_SIGNS)
