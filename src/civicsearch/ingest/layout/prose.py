"""How much a line reads like prose, and which line of a part opens a story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from civicsearch.ingest.blocks import reading_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from civicsearch.ingest.blocks import Line

__all__ = ["OPENING", "line_score", "opening_line"]

OPENING = 60.0
"""A paragraph of about 60 letters that ends a sentence opens the story; headlines seldom do."""

_SENTENCE_ENDS = frozenset(".!?…:;。！？।؟؛")
_CLOSING = "'\"”’»)]"


def line_score(line: Line) -> float:
    """Return how much `line` reads like prose: about its length, or below 0."""
    length = reading_size(line.text)
    if line.link_chars and line.link_share > 0.5:
        return -5.0 - 0.15 * min(length, 120)
    if length < 25:
        return -2.0
    ended = _ends_sentence(line.text)
    if length < 80:
        return 0.4 * length if ended else -1.0
    return (length - 1.5 * line.link_chars) * (1.0 if ended else 0.6)


def _ends_sentence(text: str) -> bool:
    # A pattern that looks for the end from the start takes four times as long.
    return text.rstrip(_CLOSING)[-1:] in _SENTENCE_ENDS


def opening_line(
    lines: Sequence[Line], scores: Sequence[float], inside: Sequence[bool], begin: int
) -> int:
    """Return the index of the first line of prose inside a region, from `begin` on."""
    opening = [i for i in range(begin, len(lines)) if inside[i] and scores[i] > OPENING]
    ended = (i for i in opening if _ends_sentence(lines[i].text))
    return next(ended, opening[0] if opening else begin)
