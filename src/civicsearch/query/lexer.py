"""Cuts a query text into lexemes: words, quoted texts, operators, field names, parentheses.

It decides nothing about meaning and never fails: what is odd is left to the parser.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from civicsearch.query.plain import OPERATOR_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["NUMBER", "Lexeme", "LexemeKind", "iter_lexemes"]

NUMBER = r"(?:\d+(?:\.\d+)?|\.\d+)"
"""The expression of the number in a boost."""


class LexemeKind(Enum):
    """What a lexeme is."""

    WORD = auto()
    QUOTED = auto()
    CITED = auto()  # in typographic quotes, as headlines have them
    UNCLOSED = auto()  # a quoted text whose closing quote is missing
    UNOPENED = auto()  # a closing quote alone
    FIELD = auto()
    BRACKETS = auto()  # [2020 TO 2021], right behind a field
    AND = auto()
    OR = auto()
    NOT = auto()
    NEAR = auto()
    PLUS = auto()
    OPEN = auto()
    CLOSE = auto()


class Lexeme(NamedTuple):
    """A piece of the query text: what it is, what it says, where it begins.

    Attributes:
        kind: What it is.
        text: What it says; of a NEAR, its distance.
        position: Where it begins, in code points from 0.
        suffix: The signs right behind closing quotes or parentheses: `~5`, `^2`, `~5^2`.
    """

    kind: LexemeKind
    text: str
    position: int
    suffix: str = ""


_OPERATORS = {word: LexemeKind[word] for word in OPERATOR_WORDS}

# Straight, typographic and angle quotes; which of them opens differs by language, so any closes.
_QUOTES = '"“”„«»\u201f'
_ENDS = r"(?![^\s),;:.!?])"  # nothing of a word follows
# 1 700 is one number, as the analyzer has it in texts, also in parentheses, behind a sign (€1 700)
# and before one (1 700.). Not behind a dash or a slash: the blank of `12/8 100` parts two numbers.
_GROUPED = (
    rf"[^\w\s(){_QUOTES}*?~^/.,:;+\-\[]{{0,2}}"
    r"\d{1,3}(?P<blank>[ \u00a0\u202f])\d{3}(?:(?P=blank)\d{3})*(?![.,]?\d)"
    rf"(?!\S*(?:[*~]|\?\w))[^\s(){_QUOTES}]*"
)
# The last quote of a text, right behind a word and before none, closes what began before the piece
# that was pasted: `of the plan”, she said`. As an opening one, it would bind all that follows.
_UNOPENED = rf"(?<=[^\s(:+\-{_QUOTES}])[{_QUOTES}](?![^\s),;:.!?…])(?![^{_QUOTES}]*[{_QUOTES}])"
_LEXEME = re.compile(
    rf"""
      (?P<open>\() | (?P<close>\))(?:(?P<boost>\^{NUMBER}){_ENDS})?
    | (?P<unopened>{_UNOPENED})
    | [{_QUOTES}](?P<quoted>[^{_QUOTES}]*)
      (?:(?P<end>[{_QUOTES}])(?:(?P<suffix>~\d*(?:\^{NUMBER})?|\^{NUMBER}){_ENDS})?)?
    | (?P<sign>[-+])(?=[^\s)+\-])
    | (?P<field>[^\W\d]\w*):(?=[^\s/:)])
    | (?<=:)\[(?P<brackets>[^\[\](){_QUOTES}]*\sTO\s[^\[\](){_QUOTES}]*)\]{_ENDS}
    | NEAR/(?P<near>\d{{1,9}})(?=[\s({_QUOTES}]|$)
    | (?P<grouped>{_GROUPED})
    | (?P<word>[^\s(){_QUOTES}]+)
    """,
    re.VERBOSE,
)
_KINDS = {
    "open": LexemeKind.OPEN,
    "close": LexemeKind.CLOSE,
    "field": LexemeKind.FIELD,
    "brackets": LexemeKind.BRACKETS,
    "near": LexemeKind.NEAR,
    "unopened": LexemeKind.UNOPENED,
    "grouped": LexemeKind.WORD,
}


def iter_lexemes(text: str) -> Iterator[Lexeme]:
    """Yield the lexemes of `text` from left to right."""
    for match in _LEXEME.finditer(text):
        yield _lexeme(match)


def _lexeme(match: re.Match[str]) -> Lexeme:
    name = match.lastgroup or "word"
    start = match.start()
    if name == "word":
        word = match["word"]
        return Lexeme(_OPERATORS.get(word, LexemeKind.WORD), word, start)
    if name in {"quoted", "end", "suffix"}:
        return Lexeme(_quoted_kind(match), match["quoted"], start, match["suffix"] or "")
    if name == "sign":
        kind = LexemeKind.NOT if match["sign"] == "-" else LexemeKind.PLUS
        return Lexeme(kind, match["sign"], start)
    if name == "boost":
        return Lexeme(LexemeKind.CLOSE, match["close"], start, match["boost"])
    return Lexeme(_KINDS[name], match[name], start)


def _quoted_kind(match: re.Match[str]) -> LexemeKind:
    if not match["end"]:
        return LexemeKind.UNCLOSED
    if match["suffix"] or match[0].startswith('"'):
        return LexemeKind.QUOTED
    return LexemeKind.CITED
