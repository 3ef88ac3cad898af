"""How a query that is being typed may go on: the word begun, and the word behind it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from civicsearch.query.matching import prefix_tier
from civicsearch.query.nodes import Prefix
from civicsearch.suggesting.candidates import MOST_FORMS, forms_meant
from civicsearch.suggesting.correcting import MOST_WORDS, Correction
from civicsearch.suggesting.likelihood import log_likelihoods
from civicsearch.suggesting.paths import best_paths
from civicsearch.suggesting.vocabulary import Form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from civicsearch.analysis.tokens import Token
    from civicsearch.suggesting.vocabulary import Vocabulary

__all__ = ["complete"]

_MOST_BEGUN = 24
"""Of the words that begin as typed, so many are weighed, the most frequent ones."""
_MOST_EXTENDED, _MOST_FOLLOWERS = 6, 6
_LEAST_PAIRS = 2
"""A word seen behind another once is no usual one."""


def complete(
    vocabulary: Vocabulary, tokens: Sequence[Token], *, is_open: bool, count: int
) -> list[Correction]:
    """Return how words go on, most likely first, with the accents that were left out.

    Args:
        vocabulary: That of the archive.
        tokens: The words that were typed.
        is_open: Whether the last of them may go on; else a word behind it is looked for.
        count: How many completions; there may be fewer.
    """
    if not 0 < len(tokens) <= MOST_WORDS:
        return []
    finished = tokens[:-1] if is_open else tokens
    columns = [_forms_of(vocabulary, token) for token in finished]
    if is_open:
        begun = _begun(vocabulary, tokens[-1])
        if not begun:
            return []
        columns.append(begun)
    paths = _paths(vocabulary, columns, max(count, _MOST_EXTENDED))
    extended = _extended(vocabulary, paths[:_MOST_EXTENDED])
    found = paths + extended if is_open else extended
    found.sort(key=lambda path: (-path.score, path.words))
    return found[:count]


def _forms_of(vocabulary: Vocabulary, token: Token) -> list[Form]:
    forms = forms_meant(vocabulary, token)[:MOST_FORMS]
    return forms or [Form(token.exact, token.folded, 0)]


def _begun(vocabulary: Vocabulary, token: Token) -> list[Form]:
    """Return the words that a word may go on to, most frequent first; it may be one itself."""
    asked = Prefix(exact=token.exact, folded=token.folded)
    # Where accents were typed, forms without them are read and then left out.
    most = _MOST_BEGUN if token.exact == token.folded else _MOST_BEGUN * 8
    forms = [
        form
        for form in vocabulary.beginning(token.folded, most=most)
        if prefix_tier(asked, form.exact, form.folded) is not None
    ]
    return forms[:_MOST_BEGUN]


def _paths(
    vocabulary: Vocabulary, columns: Sequence[Sequence[Form]], count: int
) -> list[Correction]:
    steps = log_likelihoods(vocabulary, [[form.exact for form in column] for column in columns])
    # What is typed need not be the beginning of a field: the first word counts by its frequency.
    steps[0] = np.log([[form.documents + 1.0 for form in columns[0]]])
    return [
        Correction(
            path.score,
            tuple(
                column[place].exact for column, place in zip(columns, path.places[1:], strict=True)
            ),
        )
        for path in best_paths(steps, [None] * len(steps), count=count)
    ]


def _extended(vocabulary: Vocabulary, paths: Sequence[Correction]) -> list[Correction]:
    """Return completions with each of the usual words behind them."""
    ends = [path.words[-1] for path in paths]
    occurrences = vocabulary.neighbours(ends, ()).occurrences.tolist()
    return [
        Correction(path.score + math.log(often / max(occurring, often)), (*path.words, word))
        for path, end, occurring in zip(paths, ends, occurrences, strict=True)
        for word, often in vocabulary.followers(end, most=_MOST_FOLLOWERS)
        if often >= _LEAST_PAIRS
    ]
