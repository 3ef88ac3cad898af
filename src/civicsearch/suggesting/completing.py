"""How a query that is being typed may go on: the word begun, and the word behind it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from civicsearch.analysis.folding import fold, has_marks
from civicsearch.query.matching import prefix_tier
from civicsearch.query.nodes import Prefix
from civicsearch.suggesting.candidates import MOST_FORMS, forms_meant
from civicsearch.suggesting.correcting import MOST_WORDS, Correction
from civicsearch.suggesting.likelihood import log_likelihoods, read_evidence
from civicsearch.suggesting.paths import best_paths
from civicsearch.suggesting.vocabulary import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from civicsearch.analysis.tokens import Token
    from civicsearch.suggesting.vocabulary import Vocabulary

__all__ = ["complete"]

_MOST_BEGUN = 24
"""Of the words that begin as typed, so many are weighed, the most frequent ones."""
_MOST_EXTENDED, _MOST_FOLLOWERS = 6, 12
_LEAST_PAIRS = 2
"""A word seen behind another once is no usual one."""


def complete(
    vocabulary: Vocabulary,
    tokens: Sequence[Token],
    find: Callable[[Sequence[str]], Sequence[str]],
    *,
    begun: Token | None,
    count: int,
    is_joined: bool = False,
) -> list[Correction]:
    """Return how words go on, most likely first, with the accents that were left out.

    Args:
        vocabulary: That of the archive.
        tokens: The words that were typed.
        find: Returns the ids of the best documents for some exact forms.
        begun: The last word as the beginning of one, if it may go on; if None, a word behind it is
            looked for.
        count: How many completions; there may be fewer.
        is_joined: Whether no blank parts the last word from the one before, as in `mayor's`: it
            goes on only as the archive has it there.
    """
    if not 0 < len(tokens) <= MOST_WORDS:
        return []
    finished = tokens if begun is None else tokens[:-1]
    columns = [_forms_of(vocabulary, token) for token in finished]
    if begun is not None:
        before = columns[-1] if columns else []
        last = _begun(vocabulary, tokens[-1], begun, before)
        columns.append(_behind(vocabulary, before, last) if is_joined else last)
    if not columns[-1]:
        return []
    forms = [[form.exact for form in column] for column in columns]
    steps = log_likelihoods(vocabulary.neighbours([(), *forms]))
    # What is typed need not be the beginning of a field: the first word counts by its frequency.
    steps[0] = np.log([[form.documents + 1.0 for form in columns[0]]])
    most = max(count, _MOST_EXTENDED)
    ways = _ways(forms, steps, [None] * len(steps), most)
    found: Sequence[str] = ()
    if len(forms) > 1:
        found = find(ways[0].words[: len(finished)])
        evidence = read_evidence(vocabulary, found, forms)
        steps = [step + pair for step, pair in zip(steps, evidence.pairs, strict=True)]
        ways = _ways(forms, steps, evidence.triples, most)
    longer = _extended(vocabulary, ways[:_MOST_EXTENDED], found)
    completions = longer if begun is None else ways + longer
    completions.sort(key=lambda way: (-way.score, way.words))
    return completions[:count]


def _ways(
    forms: Sequence[Sequence[str]],
    steps: Sequence[NDArray[np.float64]],
    triples: Sequence[NDArray[np.float64] | None],
    count: int,
) -> list[Correction]:
    """Return the likeliest ways through forms."""
    return [
        Correction(
            path.score,
            tuple(column[place] for column, place in zip(forms, path.places[1:], strict=True)),
        )
        for path in best_paths(steps, triples, count=count)
    ]


def _forms_of(vocabulary: Vocabulary, token: Token) -> list[Form]:
    forms = forms_meant(vocabulary, token)[:MOST_FORMS]
    return forms or [Form(token.exact, token.folded, 0)]


def _begun(
    vocabulary: Vocabulary, token: Token, begun: Token, before: Sequence[Form]
) -> list[Form]:
    """Return the words that a word may go on to, most frequent first; it may be one itself.

    Where these are not all, those that follow the usual forms of the word before come as well. Of
    400 words in titles that are not among 100,000 articles, 53 % in place of 37 % are among the
    first five so when a letter of them is typed, without accents; 62 in place of 51 % with two.
    """
    asked = Prefix(exact=begun.exact, folded=begun.folded)
    # Where accents were typed, forms without them are read and then left out.
    most = _MOST_BEGUN * 8 if has_marks(begun.exact) else _MOST_BEGUN
    forms = _that_begin_so(asked, vocabulary.beginning(begun.folded, most=most))
    if begun.folded != token.folded:  # `ki` is spelled `ky` where it is a word of its own
        forms = sorted({*forms, *forms_meant(vocabulary, token)}, key=_by_frequency)
    found = forms[:_MOST_BEGUN]
    if len(found) < _MOST_BEGUN:
        return found
    known = {form.exact for form in found}
    following = {
        word
        for form in before[:_MOST_EXTENDED]
        for word, _ in vocabulary.followers(
            form.exact, most=_MOST_FOLLOWERS, beginning=begun.folded
        )
        if word not in known
    }
    return found + _that_begin_so(asked, [Form(word, fold(word), 0) for word in sorted(following)])


def _behind(vocabulary: Vocabulary, before: Sequence[Form], forms: Sequence[Form]) -> list[Form]:
    """Return the forms that stand behind one of others somewhere."""
    columns = [[form.exact for form in column] for column in (before, forms)]
    is_seen = vocabulary.neighbours(columns)[0].counts.max(axis=0, initial=0).tolist()
    return [form for form, seen in zip(forms, is_seen, strict=True) if seen]


def _that_begin_so(asked: Prefix, forms: Iterable[Form]) -> list[Form]:
    return [form for form in forms if prefix_tier(asked, form.exact, form.folded) is not None]


def _by_frequency(form: Form) -> tuple[int, str]:
    return -form.documents, form.exact


def _extended(
    vocabulary: Vocabulary, ways: Sequence[Correction], found: Sequence[str]
) -> list[Correction]:
    """Return completions with each of the usual words behind them.

    Behind two words or more, it must stand so in one of the documents found: what often stands
    behind the last of them alone may make no sense.
    """
    ends = [way.words[-1] for way in ways]
    occurrences = vocabulary.neighbours([ends, ()])[0].occurrences.tolist()
    longer = [
        Correction(way.score + math.log(often / max(occurring, often)), (*way.words, word))
        for way, end, occurring in zip(ways, ends, occurrences, strict=True)
        for word, often in vocabulary.followers(end, most=_MOST_FOLLOWERS)
        if often >= _LEAST_PAIRS
    ]
    if not longer or len(longer[0].words) < 3:
        return longer
    columns = [list(dict.fromkeys(way.words[place] for way in longer)) for place in (-3, -2, -1)]
    seen = read_evidence(vocabulary, found, columns).triples[2]
    if seen is None:
        return []
    places = [[column.index(word) for column, word in zip(columns, way.words[-3:], strict=True)]
              for way in longer]  # fmt: skip
    return [way for way, place in zip(longer, places, strict=True) if seen[tuple(place)] > 0]
