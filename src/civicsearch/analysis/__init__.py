"""Text to tokens: which words a text holds, where, and in which exact and folded form."""

from civicsearch.analysis.analyzer import Analyzer, Span, Token
from civicsearch.analysis.folding import fold, has_marks, normalize, spellings, standardize

__all__ = [
    "Analyzer",
    "Span",
    "Token",
    "fold",
    "has_marks",
    "normalize",
    "spellings",
    "standardize",
]
