"""Where a passage begins and ends in a text: at sentences, else between words."""

from __future__ import annotations

import re

from civicsearch.analysis.tokens import Span

__all__ = ["ends_whole", "reach_of", "starts_whole", "window_at"]

_NEAR_CHARS = 40  # a window may begin as far behind the place it should, to cut no word

# The sign that ends a sentence is matched, not only looked back at: a search that begins with one
# of a few characters takes a fifth of the time.
_SENTENCE_START = re.compile(r"[.!?…;:\"'”’»)](?:(?<=[.!?…;:])|(?<=[.!?…][\"'”’»)]))\s+(?=\S)")
_SIGNS, _CLOSERS = (".", "!", "?", "…"), "\"'”’»)"
_BLANK = re.compile(r"\s+")


def reach_of(max_chars: int) -> tuple[int, int]:
    """Return how far before and behind a place the window made at it may reach."""
    return max_chars // 2 + 1, max(max_chars, max_chars - max_chars // 4 + _NEAR_CHARS)


def window_at(text: str, position: int, max_chars: int) -> Span:
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
        start = _next_word(text, position - max_chars // 4, position)
    end = min(paragraph_end, start + max_chars)
    if end < paragraph_end:
        end = max(text.rfind(" ", start + 1, end + 1), position)
        if end <= position:  # one word longer than the window
            end = min(paragraph_end, start + max_chars)
    return Span(start, end)


def _next_word(text: str, position: int, latest: int) -> int:
    """Return where the next word begins, up to `latest`; `position` where none does so soon."""
    blank = _BLANK.search(text, position)
    is_near = blank and blank.end() <= min(latest, position + _NEAR_CHARS - 1)
    return blank.end() if blank and is_near else position


def starts_whole(text: str, position: int) -> bool:
    """Return whether a sentence or a paragraph starts at `position`."""
    before = text[max(0, position - 8) : position]
    if not before.strip() or "\n" in before:
        return True
    return _ends_sentence(before) and not text[position].islower()


def ends_whole(text: str, position: int) -> bool:
    """Return whether a sentence or a paragraph ends at `position`."""
    after = text[position : position + 2]
    if not after or after[0] == "\n":
        return True
    ended = _ends_sentence(text[max(0, position - 4) : position])
    return ended and not after[-1].islower()  # "zł. do" is no end


def _ends_sentence(text: str) -> bool:
    """Return whether a sign that ends a sentence is the last of `text`, but for what closes it."""
    return text.rstrip().rstrip(_CLOSERS).endswith(_SIGNS)
