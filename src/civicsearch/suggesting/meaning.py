"""What words typed without accents are taken to be meant as: what reads best, one after the other.

This is a guess for ranking, made before anything is searched: all forms are found as before, and
documents with the likely ones come first. What is offered to the user as a correction is decided
with more care, by the documents that are found (`suggesting.correcting`).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeGuard

import numpy as np

from civicsearch.analysis.folding import has_marks
from civicsearch.query.nodes import map_runs, plain_word
from civicsearch.values import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from civicsearch.query.nodes import Query, Term, Words
    from civicsearch.suggesting.vocabulary import SideBySide, Vocabulary

__all__ = ["as_meant"]

_DISCOUNT, _UNSEEN, _BACKOFF = 0.8, 0.5, 2e-4
"""See `_steps`. From 1e-4 to 3e-4, 93.5 % of the syllables of 500 titles are guessed right; to
smooth as `suggesting.likelihood` does gives 93.7 %, the same ranking, and takes twice the time."""
_BARE_SHARE = 0.2
"""Of the words of a Vietnamese text so many have no accents. Who leaves none out but these means
them as typed: with this, 1,000 titles typed with half of their accents reach an MRR of 0.854 in
place of 0.853, and with all of them 0.858 in place of 0.856 (0.858 where nothing is guessed)."""
_MOST_FORMS = 8
"""Of the forms of a word, so many are weighed, the most frequent ones."""


def as_meant(query: Query, vocabulary: Vocabulary) -> Query:
    """Return a query in which runs of plain words tell the likely forms of their bare words.

    Args:
        query: The query as it was typed.
        vocabulary: That of the archive.
    """
    return map_runs(query, lambda run: _as_meant(run, vocabulary))


def _as_meant(run: Words, vocabulary: Vocabulary) -> Words:
    words = [plain_word(child) for child in run.children]
    left_out = _left_out(words)
    if left_out <= 0.0:
        return run
    columns = [_forms(word, vocabulary) for word in words]
    if max(map(len, columns)) > 1:
        steps = _steps(vocabulary.side_by_side(columns))
        for step, word, column in zip(steps, words, columns, strict=True):
            if _is_bare(word):
                step += [0.0 if form == word.exact else math.log(left_out) for form in column]
        places = _best_path(steps)
    else:
        places = [0] * len(columns)
    meant = tuple(
        replace(word, exact=column[place])
        if _is_bare(word) and column[place] != word.exact
        else None
        for word, column, place in zip(words, columns, places, strict=True)
    )
    return replace(run, meant=meant) if any(meant) else run


def _left_out(children: Sequence[Term | None]) -> float:
    """Return how likely the typist leaves the accents of a word out, by all words there are."""
    words = [child for child in children if child is not None]
    bare = sum(map(_is_bare, words))
    return (bare / len(words) - _BARE_SHARE) / (1 - _BARE_SHARE) if words else 0.0


def _is_bare(word: Term | None) -> TypeGuard[Term]:
    return word is not None and word.field is None and not has_marks(word.exact)


def _forms(word: Term | None, vocabulary: Vocabulary) -> list[str]:
    """Return what a child of a run may be read as; one that is no plain word tells nothing."""
    if word is None:
        return [""]
    if has_marks(word.exact):
        return [word.exact]
    forms = vocabulary.forms(word.folded)[:_MOST_FORMS]
    return [form.exact for form in forms] or [word.exact]


def _steps(near: SideBySide) -> list[NDArray[np.float64]]:
    """Return how likely each form is: of the first word, then behind each of the word before.

    What was counted has a little taken off, for what was not (absolute discounting); in its place
    stands how frequent a form is among those of its word.
    """
    shares = [(own + _UNSEEN) / (own + _UNSEEN).sum() for own in near.occurrences]
    steps = [np.log(shares[0])]
    for counts, before, share in zip(near.counts, near.occurrences, shares[1:], strict=False):
        behind = np.maximum(counts - _DISCOUNT, 0.0) / np.maximum(before, 1.0)[:, None]
        steps.append(np.log(behind + _BACKOFF * share))
    return steps


def _best_path(steps: Sequence[NDArray[np.float64]]) -> list[int]:
    """Return the place in each column that the likeliest way goes through (Viterbi 1967)."""
    scores = steps[0]
    backs = []
    for step in steps[1:]:
        ways = scores[:, None] + step
        back = ways.argmax(axis=0)
        scores = ways[back, np.arange(len(back))]
        backs.append(back)
    places = [int(scores.argmax())]
    for back in reversed(backs):
        places.append(int(back[places[-1]]))
    return places[::-1]
