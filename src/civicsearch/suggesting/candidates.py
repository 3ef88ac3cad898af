"""Which written forms a word of a query may have been meant as, and at what price.

A word that the archive holds, as it was typed or with the accents that are missing, is meant as
one of these forms. A word that hardly any document holds may be a slip: of one letter, or two in
a long word, or raw typing (`suggesting.keystrokes`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from civicsearch.analysis.folding import fold, has_marks
from civicsearch.query.likeness import is_within_edits
from civicsearch.query.matching import term_tier
from civicsearch.suggesting.keystrokes import typed_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from civicsearch.analysis.tokens import Token
    from civicsearch.suggesting.vocabulary import Form, Vocabulary

__all__ = ["MOST_FORMS", "Candidate", "candidates_of", "forms_meant"]

MOST_FORMS = 16
"""Of the forms of a word, so many are weighed, the most frequent ones; every syllable of 800
titles was among them."""
_MOST_REPAIRS = 8
_RARE_DOCUMENTS = 3
"""A word in fewer documents may be a slip, if there is a word like it in many more; it is none
that another is a slip for by two letters."""
_MORE_FREQUENT, _MUCH_MORE_FREQUENT = 20, 100
# Natural logarithms of how likely a slip is, and a word that no document has.
_RAW_TYPING, _RAW_TYPING_OF_A_WORD, _EDIT, _NOWHERE = -1.0, -6.0, -7.0, -4.0
_DOCUMENTS_A_MISPRINT = 30_000
"""Where nothing is found, a word is offered that one document in so many holds, and another one:
of large archives others are misprints (`cvid` in place of `covid`, of which nobody wrote yet)."""
_LEAST_SLIP_CHARS = 4
"""One letter changed, a shorter word is any of many."""
_FIRST_EDIT_CHARS, _SECOND_EDIT_CHARS = 3, 8
"""A shorter word has no slip, or one, or is another word."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Candidate(NamedTuple):
    """A form that may have been meant.

    Attributes:
        exact: The form.
        price: The logarithm of how likely it is typed as it was; 0 where it only lacks accents.
    """

    exact: str
    price: float


def forms_meant(vocabulary: Vocabulary, token: Token) -> list[Form]:
    """Return the forms that a word matches with accents added, most frequent first."""
    if token.exact.isdigit():  # `②` folds to a digit, but nobody means it
        return [form for form in vocabulary.forms(token.folded) if form.exact == token.exact]
    return [
        form
        for form in vocabulary.forms(token.folded)
        if term_tier(token.exact, token.folded, form.exact, form.folded) is not None
    ]


def candidates_of(
    vocabulary: Vocabulary,
    token: Token,
    *,
    documents: int = 0,
    is_found: bool = True,
    may_be_slip: bool = True,
) -> list[Candidate]:
    """Return what a word of a query may be meant as; as it was typed, if nothing else.

    Args:
        vocabulary: That of the archive.
        token: The word.
        documents: How many documents the archive has.
        is_found: Whether the query finds anything as it was typed.
        may_be_slip: Whether other words are looked for, too; accents are added in any case.
    """
    forms = forms_meant(vocabulary, token)
    found = [Candidate(form.exact, 0.0) for form in forms[:MOST_FORMS]]
    if may_be_slip and not token.exact.isdigit():
        known = {candidate.exact for candidate in found}
        least = 1 if is_found else 1 + documents // _DOCUMENTS_A_MISPRINT
        repairs = _repairs(vocabulary, token, sum(form.documents for form in forms), least)
        found.extend(repair for repair in repairs if repair.exact not in known)
    if not forms and (is_found or not found or len(token.folded) < _LEAST_SLIP_CHARS):
        # A word that is nowhere may be right all the same.
        found.append(Candidate(token.exact, _NOWHERE))
    return found


def _repairs(vocabulary: Vocabulary, token: Token, documents: int, least: int) -> list[Candidate]:
    """Return forms that a word, itself in so many documents, may be a slip for.

    They are in `least` documents, and in many more than the word.
    """
    prices: dict[str, tuple[float, int]] = {}
    is_rare = documents < _RARE_DOCUMENTS
    least = max(least, documents * (_MORE_FREQUENT if is_rare else _MUCH_MORE_FREQUENT))
    raw_typing = _RAW_TYPING if is_rare else _RAW_TYPING_OF_A_WORD
    for typed in typed_words(token.folded):
        # A tone that was left out is free: raw typing is typing, too.
        for form in vocabulary.forms(fold(typed)):
            if form.documents >= least and term_tier(typed, fold(typed), *form[:2]) is not None:
                prices[form.exact] = raw_typing, form.documents
    if not is_rare:
        return _cheapest(prices)
    near = _near_words(vocabulary, token.folded, least, is_known=documents > 0)
    for folded, edits in near.items():
        for form in vocabulary.forms(folded):
            if form.documents >= least and _agrees(token, form, edits):
                prices.setdefault(form.exact, (_EDIT * edits, form.documents))
    return _cheapest(prices)


def _cheapest(prices: Mapping[str, tuple[float, int]]) -> list[Candidate]:
    """Return the likeliest repairs by their price, and of equal ones the most frequent."""
    best = sorted(prices.items(), key=lambda item: (-item[1][0], -item[1][1], item[0]))
    return [Candidate(exact, price) for exact, (price, _) in best[:_MOST_REPAIRS]]


def _agrees(token: Token, form: Form, edits: int) -> bool:
    """Return whether the accents typed are there, too, but for what was edited."""
    return not has_marks(token.exact) or is_within_edits(token.exact, form.exact, edits)


def _near_words(
    vocabulary: Vocabulary, folded: str, least: int, *, is_known: bool
) -> dict[str, int]:
    """Return the folded words within one or two edits of a word, with how many.

    The word itself is among them, for its accents alone may be wrong, but not where some article
    has them as they were typed.
    """
    words = vocabulary.folded_words()
    edited = _iter_edited(folded) if len(folded) >= _FIRST_EDIT_CHARS else ()
    near = {word: 1 for word in edited if words.get(word, 0) >= least}
    near.pop(folded, None)
    if not near and len(folded) >= _SECOND_EDIT_CHARS:
        lengths = range(len(folded) - 2, len(folded) + 3)
        near = {
            word: 2
            for word, documents in vocabulary.folded_words(folded[0]).items()
            if len(word) in lengths
            and documents >= max(least, _RARE_DOCUMENTS)
            and is_within_edits(folded, word, 2)
        }
    if folded in words and not is_known:
        near[folded] = 1
    return near


def _iter_edited(word: str) -> Iterator[str]:
    """Yield what one edit makes of a word: a letter less, more or other, or two swapped."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in _LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
