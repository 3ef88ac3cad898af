"""From a text to its tokens: where words begin and end, and which sentence each is in.

Words are runs of letters, digits and the marks that belong to them, in any script and either
Unicode form. There are no stop words (the usual list eats the `An` of An Khê) and no stemming.
What a word's forms are is decided in `folding`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold, normalize, standardize
from civicsearch.analysis.tokens import Span, Token

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MAX_TERM_CHARS", "Analyzer", "Span", "Token"]

MAX_TERM_CHARS = 100
"""A longer word (a pasted key, an endless line) is the same term as its beginning."""

# Combining marks: Python's \w leaves them out, and NFD text would fall apart at each of them.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u064b-\u065f\u0670"
    "\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1dc0-\u1dff\u20d0-\u20ff"
)
# Digits grouped by threes are one number however they are parted: 1.700, 1,700, 1 700.
_GROUPED = r"(?<![\d.,])\d{1,3}(?P<mark>[.,\u00a0\u202f ])\d{3}(?:(?P=mark)\d{3})*(?![.,]?\d)"
_WORD = rf"(?:[^\W_][{_MARKS}\u00ad\u200c\u200d]*)+"
_TOKEN = re.compile(rf"(?P<number>{_GROUPED})|(?P<word>{_WORD})")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s|\n")
_NOT_DIGIT = re.compile(r"\D+")
_INVISIBLE = re.compile("[\u00ad\u200c\u200d]")  # soft hyphen, joiners: printed, never typed


class Analyzer:
    """Turns texts and queries into tokens, alike on both sides.

    It holds no state; an instance is passed around so that a later analyzer can be another.
    """

    fingerprint = "1"
    """Changes whenever the tokens of any text change: an index built otherwise cannot be used."""

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens of `text` in order; spans slice `text` itself.

        >>> [token.exact for token in Analyzer().tokens("Uỷ ban: 1.700 lượt")]
        ['ủy', 'ban', '1700', 'lượt']
        """
        return list(self.iter_tokens(text))

    def iter_tokens(self, text: str) -> Iterator[Token]:
        """Yield the tokens of `text` in order, one at a time."""
        sentence = 0
        previous_end = 0
        for position, match in enumerate(_TOKEN.finditer(text)):
            start, end = match.span()
            if position and _SENTENCE_END.search(text, previous_end, start):
                sentence += 1
            exact = _exact_form(match)
            yield Token(exact, fold(exact), Span(start, end), position, sentence)
            previous_end = end


def _exact_form(match: re.Match[str]) -> str:
    if match["number"]:
        return _NOT_DIGIT.sub("", match["number"])[:MAX_TERM_CHARS]
    # A letter may take four code points, so that NFD is not cut where NFC is not.
    word = match["word"][: 4 * MAX_TERM_CHARS]
    if not word.isascii():
        word = _INVISIBLE.sub("", normalize(word))
    return standardize(word)[:MAX_TERM_CHARS]
