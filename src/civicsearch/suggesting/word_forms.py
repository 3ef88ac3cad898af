"""Which forms of a word count beside it in a query: words that only end otherwise.

No table of endings and no language is needed: two words that begin alike and differ in a few last
letters are mostly one word (`budget`, `budgets`; `Stadt`, `Städte`; `города`, `городе`). Mostly is
enough to rank by, not to decide what is found: so it is done in long runs of plain words, of which
a document needs only some, and in short ones where nothing else is found. A form counts less than
the word that was typed.
"""

from __future__ import annotations

from itertools import islice
from math import ceil
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold, has_marks, unmarked
from civicsearch.query.nodes import Synonyms, Term, map_runs, plain_word, runs_of
from civicsearch.query.syllables import are_vietnamese, is_syllable
from civicsearch.values import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from civicsearch.query.nodes import Query, Words
    from civicsearch.suggesting.stand_ins import Archived

__all__ = ["FORM_WEIGHT", "MOST_FORMS", "forms_in", "with_forms", "with_word_forms"]

FORM_WEIGHT = 0.85
"""What a document counts for another form of a word, relative to the one that was typed.

Measured on the questions of the half `tune`, typed with accents and with none (nDCG at 10); 0 is
without other forms:

| set | 0 | 0.5 | 0.85 | 1 |
| --- | --- | --- | --- | --- |
| cranfield-en | 0.351, 0.351 | 0.362, 0.362 | 0.370, 0.370 | 0.371, 0.371 |
| xquad-en | 0.976, 0.976 | 0.977, 0.977 | 0.975, 0.975 | 0.975, 0.975 |
| xquad-de | 0.949, 0.944 | 0.953, 0.947 | 0.958, 0.950 | 0.961, 0.952 |
| xquad-es | 0.962, 0.965 | 0.973, 0.971 | 0.971, 0.973 | 0.972, 0.972 |
| xquad-ru | 0.915, 0.915 | 0.953, 0.954 | 0.961, 0.960 | 0.963, 0.963 |
| xquad-tr | 0.921, 0.925 | 0.944, 0.942 | 0.949, 0.947 | 0.953, 0.950 |
| xquad-el | 0.924, 0.921 | 0.943, 0.937 | 0.948, 0.940 | 0.952, 0.942 |
| xquad-ro | 0.944, 0.941 | 0.957, 0.954 | 0.961, 0.958 | 0.962, 0.958 |
| tquad-tr | 0.834, 0.826 | 0.847, 0.839 | 0.850, 0.842 | 0.850, 0.843 |

On the half `held` the mean goes from 0.869 to 0.881. Vietnamese sets stay what they are. As a tier
of the word itself, so that forms count for standing early and side by side as well, the mean is
the same.
"""
MOST_FORMS = 4
"""Of the forms of a word so many count, the most frequent ones. With 3 or 12, the mean of these
sets differs by 0.001."""

_LEAST_LETTERS, _LEAST_SHARE, _MOST_ENDING = 4, 0.6, 3
"""How many letters two forms have alike: so many, such a share of the longer one, and all but so
many of it. With 3 or 5 letters, half or three quarters, or 4 letters, the mean differs by 0.001 to
0.004."""
_MOST_READ = 200
"""Of the words that begin alike so many are looked at, the most frequent ones."""
_FREQUENT_SHARE, _FREQUENT = 0.2, 1000
"""A word in more documents, and in more than such a share of all, tells too little to look for its
forms."""


def with_word_forms(query: Query, archived: Archived, *, in_all: bool = False) -> Query:
    """Return a query in which other forms of plain words count as well.

    Args:
        query: The query as it is asked.
        archived: What is known of the archive.
        in_all: In all runs of plain words, not only in long ones.
    """

    def change(run: Words) -> Words:
        return _with_word_forms(run, archived) if in_all or run.share else run

    return map_runs(query, change)


def forms_in(query: Query) -> list[list[list[str]]]:
    """Return the other forms, exact ones, of each child of each run; none of what has none."""
    return [[_other_forms(child) for child in run.children] for run in runs_of(query)]


def _other_forms(child: Query) -> list[str]:
    if not isinstance(child, Synonyms) or child.weight != FORM_WEIGHT:
        return []
    return [form.exact for form in child.others if isinstance(form, Term)]


def with_forms(word: Term, forms: Iterable[str]) -> Synonyms:
    """Return a word that counts in other forms too, given their exact ones, of which is one."""
    others = tuple(Term(exact=form, folded=fold(form)) for form in forms)
    return Synonyms(typed=word, others=others, weight=FORM_WEIGHT)


def _with_word_forms(run: Words, archived: Archived) -> Words:
    if _is_vietnamese(run):
        return run
    children = tuple(
        with_forms(child, forms)
        if isinstance(child, Term) and child.field is None and (forms := _forms_of(child, archived))
        else child
        for child in run.children
    )
    return run if children == run.children else replace(run, children=children)


def _forms_of(word: Term, archived: Archived) -> tuple[str, ...]:
    """Return the other forms of a word that the archive holds, exact ones."""
    if not _may_have_forms(word.exact, word.folded):
        return ()
    if archived.frequency(word) > max(_FREQUENT, _FREQUENT_SHARE * archived.count()):
        return ()
    bare = unmarked(word.exact)
    beginning = fold(bare[: _least_alike(len(bare))])
    read = archived.vocabulary.beginning(beginning, most=_MOST_READ)
    forms = (
        form.exact
        for form in read
        if form.folded != word.folded
        and _may_have_forms(form.exact, form.folded)
        and _is_form(bare, unmarked(form.exact))
    )
    return tuple(islice(forms, MOST_FORMS))


def _is_vietnamese(run: Words) -> bool:
    words = [word for word in map(plain_word, run.children) if word is not None]
    return are_vietnamese([word.folded for word in words])


def _may_have_forms(exact: str, folded: str) -> bool:
    """Return whether a word is long enough, of letters alone, and no Vietnamese syllable.

    A Vietnamese word has no other forms, but others begin like it: `than`, `thang`, `thanh`. Among
    such words, a foreign one is a name.
    """
    is_long = len(unmarked(exact)) >= _LEAST_LETTERS and exact.isalpha()
    return is_long and not (has_marks(exact) and is_syllable(folded))


def _is_form(bare: str, other: str) -> bool:
    """Return whether two different words in letters without marks may be forms of one."""
    alike = _least_alike(max(len(bare), len(other)))
    return other.isalpha() and bare[:alike] == other[:alike] and len(bare) >= alike


def _least_alike(letters: int) -> int:
    """Return how many letters a word must have in common with a longer or equally long one."""
    return max(_LEAST_LETTERS, letters - _MOST_ENDING, ceil(_LEAST_SHARE * letters))
