"""Cuts a query text into lexemes: words, quoted texts, operators, field names, parentheses.

It decides nothing about meaning and never fails: what is odd is left to the parser.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Lexeme", "LexemeKind", "iter_lexemes"]


class LexemeKind(Enum):
    """What a lexeme is."""

    WORD = auto()
    QUOTED = auto()
    CITED = auto()  # in typographic quotes, as headlines have them
    UNCLOSED = auto()  # a quoted text whose closing quote is missing
    FIELD = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    PLUS = auto()
    OPEN = auto()
    CLOSE = auto()


class Lexeme(NamedTuple):
    """A piece of the query text: what it is, what it says, where it begins."""

    kind: LexemeKind
    text: str
    position: int


# Straight, typographic and angle quotes; which of them opens differs by language, so any closes.
_QUOTES = '"“”„«»\u201f'
_LEXEME = re.compile(
    rf"""
      (?P<open>\() | (?P<close>\))
    | [{_QUOTES}](?P<quoted>[^{_QUOTES}]*)(?P<end>[{_QUOTES}]?)
    | (?P<sign>[-+])(?=[^\s)+\-])
    | (?P<field>[^\W\d]\w*):(?=[^\s/:)])
    | (?P<grouped>(?<!\S)\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+(?!\S))  # 1 700: one number
    | (?P<word>[^\s(){_QUOTES}]+)
    """,
    re.VERBOSE,
)
_OPERATORS = {"AND": LexemeKind.AND, "OR": LexemeKind.OR, "NOT": LexemeKind.NOT}


def iter_lexemes(text: str) -> Iterator[Lexeme]:
    """Yield the lexemes of `text` from left to right."""
    for match in _LEXEME.finditer(text):
        yield _lexeme(match)


def _lexeme(match: re.Match[str]) -> Lexeme:
    start = match.start()
    if match["quoted"] is not None:
        return Lexeme(_quoted_kind(match), match["quoted"], start)
    if match["sign"]:
        kind = LexemeKind.NOT if match["sign"] == "-" else LexemeKind.PLUS
        return Lexeme(kind, match["sign"], start)
    if match["field"]:
        return Lexeme(LexemeKind.FIELD, match["field"], start)
    if match["open"]:
        return Lexeme(LexemeKind.OPEN, "(", start)
    if match["close"]:
        return Lexeme(LexemeKind.CLOSE, ")", start)
    word = match["grouped"] or match["word"]
    return Lexeme(_OPERATORS.get(word, LexemeKind.WORD), word, start)


def _quoted_kind(match: re.Match[str]) -> LexemeKind:
    if not match["end"]:
        return LexemeKind.UNCLOSED
    return LexemeKind.QUOTED if match[0].startswith('"') else LexemeKind.CITED
