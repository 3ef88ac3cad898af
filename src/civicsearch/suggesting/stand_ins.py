"""What stands in for a word that no article has: the word of the archive that is most like it.

In a long query such a word is a slip, or a form that the archive does not happen to hold. It would
count nothing; now it counts as the likeliest word within one slip of it, or else as the one that
only ends otherwise. The user is told, as of abbreviations. Words of short queries stay as they are:
all of them must be found, and what may have been meant is offered (`suggesting.correcting`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeGuard

from civicsearch.query.likeness import is_within_edits
from civicsearch.query.nodes import Term, map_runs, plain_word, runs_of
from civicsearch.values import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from civicsearch.query.nodes import Leaf, Query, Words
    from civicsearch.suggesting.vocabulary import Form, Vocabulary

__all__ = ["Archived", "iter_stand_ins", "with_stand_ins"]

_LEAST_LETTERS = 4
"""A shorter word is like too many others."""
_MOST_FORMS = 16
"""Of the words that are equally like it, so many are weighed, the most frequent ones."""


class Archived(Protocol):
    """What must be known of an archive; a searcher does."""

    @property
    def vocabulary(self) -> Vocabulary:
        """Its words."""
        ...

    def frequency(self, leaf: Leaf) -> int:
        """Return in how many documents a leaf is found, in whatever tier."""
        ...

    def count(self) -> int:
        """Return the number of documents."""
        ...


def with_stand_ins(query: Query, archived: Archived) -> Query:
    """Return a query in whose long runs of plain words others stand for those that are nowhere.

    Measured on half of the questions (nDCG at 10, as typed and with one slip in one word):

    | set | nothing | one slip | one slip, or another ending |
    | --- | --- | --- | --- |
    | xquad-de | 0.930, 0.909 | 0.946, 0.934 | 0.948, 0.934 |
    | xquad-ru | 0.872, 0.824 | 0.905, 0.881 | 0.917, 0.902 |
    | xquad-tr | 0.881, 0.876 | 0.896, 0.897 | 0.919, 0.910 |
    | tquad-tr | 0.823, 0.776 | 0.825, 0.798 | 0.831, 0.804 |
    | vi-web-questions | 0.674, 0.607 | 0.674, 0.649 | 0.674, 0.649 |

    Up to four of the words in place of the likeliest give 0.001 more. Without the neighbours to
    choose by, xquad-tr has 0.909, 0.903, and titles with a slip lose 0.002.

    Args:
        query: The query as it was read.
        archived: What is known of the archive.
    """
    return map_runs(query, lambda run: _with_stand_ins(run, archived))


def iter_stand_ins(typed: Query, asked: Query) -> Iterator[tuple[str, str]]:
    """Yield the words that others stand for, and these; see `with_stand_ins`.

    Args:
        typed: The query as it was read.
        asked: The same with words that stand for others.
    """
    for before, after in zip(runs_of(typed), runs_of(asked), strict=True):
        for own, other in zip(before.children, after.children, strict=True):
            word = plain_word(other)
            if isinstance(own, Term) and word is not None and own != word:
                yield own.exact, word.exact


def _with_stand_ins(run: Words, archived: Archived) -> Words:
    if not run.share:
        return run
    children = tuple(
        _stand_in(child, _beside(run, place), archived.vocabulary)
        if _may_be_slip(child) and not archived.frequency(child)
        else child
        for place, child in enumerate(run.children)
    )
    return run if children == run.children else replace(run, children=children)


def _beside(run: Words, place: int) -> tuple[list[str], list[str]]:
    """Return the plain word before and the one behind a place, each in a list that may be empty."""
    words = [None, *map(plain_word, run.children), None]
    before, behind = words[place], words[place + 2]
    return [before.exact] if before else [], [behind.exact] if behind else []


def _may_be_slip(child: Query) -> TypeGuard[Term]:
    """Return whether a child of a run is a word of letters alone: `F22` is not `F21`."""
    return (
        isinstance(child, Term)
        and child.field is None
        and len(child.exact) >= _LEAST_LETTERS
        and not any(map(str.isdigit, child.exact))
    )


def _stand_in(word: Term, beside: tuple[list[str], list[str]], vocabulary: Vocabulary) -> Term:
    """Return what stands for a word, or itself where no word of the archive is like it.

    For one without accents that is a word without accents, which may have any.
    """
    forms = sorted(vocabulary.alike(word.folded), key=lambda form: _unlikeness(word, form))
    if not forms:
        return word
    likeness = _unlikeness(word, forms[0])[:2]
    forms = [form for form in forms if _unlikeness(word, form)[:2] == likeness][:_MOST_FORMS]
    before, behind = beside
    near = vocabulary.side_by_side([before, [form.exact for form in forms], behind])
    often = near.counts[0].sum(axis=0) + near.counts[1].sum(axis=1)
    best = forms[int(often.argmax())]
    exact = best.folded if word.exact == word.folded else best.exact
    return Term(exact=exact, folded=best.folded)


def _unlikeness(word: Term, form: Form) -> tuple[bool, bool, int, str]:
    """Return what is least of the form that is most like a word: one slip, accents and all."""
    return (
        not is_within_edits(word.folded, form.folded, 1),
        not is_within_edits(word.exact, form.exact, 1),
        -form.documents,
        form.exact,
    )
