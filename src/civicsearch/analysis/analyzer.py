"""From a text to its tokens: where words begin and end, and which sentence each is in.

Words are runs of letters, digits and the marks that belong to them, in any script and either
Unicode form. There are no stop words (the usual list eats the `An` of An Khê) and no stemming.
What a word's forms are is decided in `folding`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold, normalize, standardize
from civicsearch.analysis.tokens import Span, Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = [
    "ACCENTED_SHARE",
    "MAX_TERM_CHARS",
    "METADATA",
    "UNACCENTED",
    "Analyzer",
    "Span",
    "Token",
]

MAX_TERM_CHARS = 100
"""A longer word (a pasted key, an endless line) is the same term as its beginning."""

UNACCENTED = "\x1e"
"""Ends the exact form of every word of a document that was typed without accents.

There, `xa` may stand for `xã`; in a document with accents it does not, and a search for `xã` must
not find it. Only the document as a whole tells the two apart.
"""
ACCENTED_SHARE = 0.015
"""Documents with a smaller share of accented words count as typed without accents.

Measured on corpus/ and 515 real articles: Vietnamese 0.79-0.91, Czech 0.48-0.57, Polish from
0.36, French 0.15, Spanish 0.10, German 0.036 to 0.13, Italian from 0.023; English 0.003 in 95 of
100 articles, Dutch 0.007; Vietnamese typed without accents 0.
"""

METADATA = frozenset(("author", "source", "section", "tag", "language"))
"""Fields that a site's program fills in. They do not tell how the article was typed: the name of
the site may bear accents on a page of 200 words that has no others."""

# Combining marks: Python's \w leaves them out, and NFD text would fall apart at each of them. So
# would every text in the scripts of India and its neighbours, which write vowels by marks: there,
# whole runs with their letters are shorter to say, but for signs that end a sentence (U+0964).
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a"
    "\u07a6-\u07b0\u07eb-\u07f3\u07fd\u0898-\u08e1\u08e3-\u08ff"
    "\u0900-\u0963\u0981-\u09e3\u09fe\u0a01-\u0a75\u0a81-\u0ae3\u0afa-\u0b63\u0b82-\u0bd7"
    "\u0c00-\u0c63\u0c81-\u0c83\u0cbc-\u0d4d\u0d57-\u0d63\u0d81-\u0df3\u0e31\u0e34-\u0e3a"
    "\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ece\u0f18\u0f19\u0f35\u0f37\u0f39\u0f3e-\u0f84"
    "\u0f86-\u0fbc\u0fc6\u102b-\u103e\u1056-\u109d\u135d-\u135f\u17b4-\u17d3\u17dd\u1ab0-\u1b44"
    "\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe20-\ufe2f"
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

    fingerprint = "5"
    """Changes whenever the tokens of any text change: an index built otherwise cannot be used."""

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens of `text` in order; spans slice `text` itself.

        >>> [token.exact for token in Analyzer().tokens("Uỷ ban: 1.700 lượt")]
        ['ủy', 'ban', '1700', 'lượt']
        """
        return list(self.iter_tokens(text))

    def field_tokens(self, texts: Mapping[str, str]) -> dict[str, list[Token]]:
        """Return the tokens of every field of one document.

        Unlike `tokens`, this sees the whole document, and so whether it was typed without
        accents; its `METADATA` do not count.
        """
        fields = {name: self.tokens(text) for name, text in texts.items()}
        if _is_accented(tokens for name, tokens in fields.items() if name not in METADATA):
            return fields
        return {
            name: [token._replace(exact=token.exact + UNACCENTED) for token in tokens]
            for name, tokens in fields.items()
        }

    def iter_tokens(self, text: str) -> Iterator[Token]:
        """Yield the tokens of `text` in order, one at a time."""
        sentence = previous_end = 0
        for position, match in enumerate(_TOKEN.finditer(text)):
            start, end = match.span()
            if position and _ends_sentence(text, previous_end, start):
                sentence += 1
            forms = _word_forms if match.lastgroup == "word" else _number_forms
            exact, folded = forms(match.group())
            yield Token(exact, folded, Span(start, end), position, sentence)
            previous_end = end


def _is_accented(fields: Iterable[list[Token]]) -> bool:
    words = accented = 0
    for tokens in fields:
        for token in tokens:
            words += not token.exact.isdigit()
            accented += token.exact != token.folded
    return accented > ACCENTED_SHARE * words


def _ends_sentence(text: str, start: int, end: int) -> bool:
    """Return whether a sentence ends between two words; nine times in ten that is one blank."""
    if end - start == 1:
        return text[start] == "\n"
    return _SENTENCE_END.search(text, start, end) is not None


@lru_cache(maxsize=1 << 17)
def _word_forms(word: str) -> tuple[str, str]:
    """Return the exact and the folded form. Texts repeat their words: 19 in 20 are known."""
    # A letter may take four code points, so that NFD is not cut where NFC is not.
    word = word[: 4 * MAX_TERM_CHARS]
    if not word.isascii():
        word = _INVISIBLE.sub("", normalize(word))
    exact = standardize(word)[:MAX_TERM_CHARS]
    return exact, fold(exact)


def _number_forms(number: str) -> tuple[str, str]:
    digits = _NOT_DIGIT.sub("", number)[:MAX_TERM_CHARS]
    return digits, fold(digits)
