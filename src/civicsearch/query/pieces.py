"""Which pieces of a query with signs and operators may be expanded: its plain words.

They may have a field or a sign before them, and a boost behind them. What is in quotes is left
alone, as are patterns, misspelled words and words near each other.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from civicsearch.analysis.tokens import Span
from civicsearch.query.expansion import Piece
from civicsearch.query.lexer import NUMBER, LexemeKind, iter_lexemes
from civicsearch.query.plain import APOSTROPHES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from civicsearch.analysis.analyzer import Analyzer
    from civicsearch.query.lexer import Lexeme

__all__ = ["iter_pieces"]

_BINDING = (LexemeKind.FIELD, LexemeKind.NOT, LexemeKind.PLUS)
"""What belongs to the one piece behind it."""
_BOOST = re.compile(rf"\^{NUMBER}[,;:.!?]*$")
_PART = re.compile(f"[^{APOSTROPHES}]+")


def iter_pieces(text: str, analyzer: Analyzer) -> Iterator[Piece]:
    """Yield the pieces of a query that may be expanded, in order; spans are in `text`."""
    lexemes = list(iter_lexemes(text))
    is_first = True
    for before, lexeme, behind in zip(
        chain([None], lexemes), lexemes, chain(lexemes[1:], [None]), strict=False
    ):
        is_bound = before is not None and before.kind in _BINDING
        if not _is_plain(before, lexeme, behind):
            is_first = True
            continue
        for piece in _pieces(lexeme, analyzer):
            yield piece._replace(is_first=is_first or is_bound)
            is_first = is_bound


def _is_plain(before: Lexeme | None, lexeme: Lexeme, behind: Lexeme | None) -> bool:
    beside = (before and before.kind, behind and behind.kind)
    if lexeme.kind is not LexemeKind.WORD or LexemeKind.NEAR in beside:
        return False
    return not any(sign in _BOOST.sub("", lexeme.text).rstrip("?") for sign in "*?~^")


def _pieces(lexeme: Lexeme, analyzer: Analyzer) -> Iterator[Piece]:
    """Yield a word, or the words that an apostrophe parts; see `Grammar`."""
    for part in _PART.finditer(_BOOST.sub("", lexeme.text)):
        start = lexeme.position + part.start()
        tokens = [
            token._replace(span=Span(token.span.start + start, token.span.end + start))
            for token in analyzer.tokens(part[0])
        ]
        if tokens:
            yield Piece(tokens)
