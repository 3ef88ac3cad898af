"""What the analysis hands on: a `Token` and the `Span` of the original text that it covers."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Span", "Token"]


class Span(NamedTuple):
    """A half-open range of code points in an original text: `text[span.start:span.end]`."""

    start: int
    end: int


class Token(NamedTuple):
    """One word of a text. A tuple, because an archive of a million articles has 400 million.

    Attributes:
        exact: The exact form (see `folding.standardize`); in a document that was typed without
            accents, followed by `analyzer.UNACCENTED`.
        folded: The folded form of the word.
        span: Where the word stands in the original text, marks and all.
        position: The word's number in the text, from 0, without gaps.
        sentence: The number of its sentence, from 0.
    """

    exact: str
    folded: str
    span: Span
    position: int
    sentence: int
