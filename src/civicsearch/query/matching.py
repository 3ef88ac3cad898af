"""What a leaf matches: the one definition that engines are held to and highlights use.

**Accents typed bind, accents missing are free**, letter by letter: `dân` never finds `dẫn`,
`dan` finds both. A document that was typed without any accents is found by an accented query too
(its words carry a sign, see `analysis.analyzer.UNACCENTED`); the few words of it that have some,
as names do, are meant as they stand. Every match has a tier: exact above folded, and folded above
near, which only fuzzy words reach.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from civicsearch.analysis.analyzer import UNACCENTED
from civicsearch.analysis.folding import has_marks, unmarked
from civicsearch.query.likeness import fits_pattern, is_within_edits, pattern_regex
from civicsearch.query.nodes import (
    Fuzzy,
    Near,
    Number,
    Phrase,
    Prefix,
    Synonyms,
    Term,
    Wildcard,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from civicsearch.analysis.tokens import Token
    from civicsearch.query.nodes import Leaf

__all__ = [
    "MAX_DIGITS",
    "Candidate",
    "Occurrence",
    "Tier",
    "fits_half_typed",
    "fuzzy_tier",
    "iter_occurrences",
    "iter_windows",
    "lacks_accents",
    "number_tier",
    "prefix_tier",
    "term_tier",
    "wildcard_tier",
]

# `uơ` or `ưo` before another letter is no Vietnamese vowel: the word is `ươ`, half typed, so its
# missing tone is free as well (`duơng` finds `đường`); a lone `ơ` or `ư` is a letter fully typed.
_HALF_TYPED = re.compile(r"(?:uơ|ưo)(?=\w)")


MAX_DIGITS = 18
"""A longer row of digits is a name, not a number."""


class Tier(IntEnum):
    """How near a matched word is to the word asked for; a lower tier counts less."""

    EXACT = 0
    FOLDED = 1
    NEAR = 2


class Occurrence(NamedTuple):
    """A place where a leaf matches: tokens `first` to `last` (inclusive) of a token list."""

    tier: Tier
    first: int
    last: int


@lru_cache(maxsize=1 << 16)
def term_tier(asked_exact: str, asked_folded: str, exact: str, folded: str) -> Tier | None:
    """Return how the word asked for matches a word of the text, or None where it does not.

    Args:
        asked_exact: The exact form of the word asked for.
        asked_folded: Its folded form.
        exact: The exact form of the word in the text.
        folded: Its folded form.
    """
    written = exact.removesuffix(UNACCENTED)
    if written == asked_exact:
        return Tier.EXACT
    if folded != asked_folded:
        return None
    nothing_typed = not has_marks(asked_exact)
    if nothing_typed or lacks_accents(exact) or _letters_agree(asked_exact, written):
        return Tier.FOLDED
    return None


def prefix_tier(asked: Prefix, exact: str, folded: str) -> Tier | None:
    """Return how the beginning asked for matches a word of the text, or None."""
    if exact.startswith(asked.exact):
        return Tier.EXACT
    if not folded.startswith(asked.folded):
        return None
    nothing_typed = not has_marks(asked.exact)
    beginning = exact[: len(asked.exact)]
    if nothing_typed or lacks_accents(exact) or _letters_agree(asked.exact, beginning):
        return Tier.FOLDED
    return None


def wildcard_tier(asked: Wildcard, exact: str, folded: str) -> Tier | None:
    """Return how the pattern asked for matches a word of the text, or None."""
    written = exact.removesuffix(UNACCENTED)
    if pattern_regex(asked.exact).fullmatch(written):
        return Tier.EXACT
    nothing_typed = not has_marks(asked.exact)
    # A letter of another script may be two Latin ones, so it is no `?` in the folded form.
    is_there = pattern_regex(asked.folded).fullmatch(folded) or (
        nothing_typed and pattern_regex(asked.exact).fullmatch(unmarked(written))
    )
    if not is_there:
        return None
    if nothing_typed or lacks_accents(exact) or _pattern_agrees(asked.exact, written):
        return Tier.FOLDED
    return None


def fuzzy_tier(asked: Fuzzy, exact: str, folded: str) -> Tier | None:
    """Return how the word asked for, perhaps misspelled, matches a word of the text, or None.

    Where no accent was typed, or none was written, the folded forms are compared, else the exact
    ones. The first letter, folded, must agree, so that a dictionary need not be read as a whole.
    """
    tier = term_tier(asked.exact, asked.folded, exact, folded)
    if tier is not None:
        return tier
    if asked.folded[:1] != folded[:1]:
        return None
    if not has_marks(asked.exact) or lacks_accents(exact):
        is_near = is_within_edits(asked.folded, folded, asked.distance)
    else:
        is_near = is_within_edits(asked.exact, exact.removesuffix(UNACCENTED), asked.distance)
    return Tier.NEAR if is_near else None


def iter_occurrences(leaf: Leaf, tokens: Sequence[Token]) -> Iterator[Occurrence]:
    """Yield where `leaf` matches in the tokens of one field, from left to right.

    The tier of a phrase is that of its worst word. What a `Near` matches, see `iter_windows`.
    `Synonyms` match what any of them does, one after the other.
    """
    match leaf:
        case Phrase():
            yield from _iter_phrases(leaf, tokens)
        case Near():
            yield from iter_windows(leaf, _iter_candidates(leaf, tokens))
        case Synonyms():
            for form in leaf.forms:
                yield from iter_occurrences(form, tokens)
        case _:
            for index, token in enumerate(tokens):
                tier = _word_tier(leaf, token)
                if tier is not None:
                    yield Occurrence(tier, index, index)


def number_tier(asked: Number, exact: str) -> Tier | None:
    """Return whether a word of the text is a number in a range: exact, or None."""
    digits = exact.removesuffix(UNACCENTED)
    if not digits.isascii() or not digits.isdigit() or len(digits) > MAX_DIGITS:
        return None
    value = int(digits)
    is_inside = (asked.low is None or asked.low <= value) and (
        asked.high is None or value <= asked.high
    )
    return Tier.EXACT if is_inside else None


def _word_tier(leaf: Term | Prefix | Wildcard | Fuzzy | Number, token: Token) -> Tier | None:
    match leaf:
        case Term():
            return term_tier(leaf.exact, leaf.folded, token.exact, token.folded)
        case Prefix():
            return prefix_tier(leaf, token.exact, token.folded)
        case Wildcard():
            return wildcard_tier(leaf, token.exact, token.folded)
        case Fuzzy():
            return fuzzy_tier(leaf, token.exact, token.folded)
        case Number():
            return number_tier(leaf, token.exact)


def _iter_phrases(phrase: Phrase, tokens: Sequence[Token]) -> Iterator[Occurrence]:
    width = len(phrase.terms)
    for first in range(len(tokens) - width + 1):
        worst = Tier.EXACT
        for term, token in zip(phrase.terms, tokens[first : first + width], strict=True):
            tier = _word_tier(term, token)
            if tier is None:
                break
            worst = max(worst, tier)
        else:
            yield Occurrence(worst, first, first + width - 1)


class Candidate(NamedTuple):
    """A token that some terms of a `Near` match: its place, and the tier by number of the term."""

    place: int
    tiers: Mapping[int, Tier]


def iter_windows(near: Near, candidates: Iterable[Candidate]) -> Iterator[Occurrence]:
    """Yield the minimal windows of tokens that hold every term of `near`.

    A window holds every term if each can be given a token in it that it matches, no two terms the
    same token. It is minimal if no smaller window inside it does. It counts if it has at most
    `near.distance` more tokens than there are terms. Its tier is exact if it would hold every
    term with exact matches alone, else folded.

    Args:
        near: The terms, and how far they may be apart.
        candidates: The tokens of one field that any term matches, from left to right.
    """
    count = len(near.terms)
    window: list[Candidate] = []  # the candidates from which the next window may begin
    for candidate in candidates:
        window.append(candidate)
        while candidate.place - window[0].place >= count + near.distance:
            del window[0]
        if not _holds_all(count, window, Tier.FOLDED):
            continue
        while _holds_all(count, window[1:], Tier.FOLDED):
            del window[0]
        tier = Tier.EXACT if _holds_all(count, window, Tier.EXACT) else Tier.FOLDED
        yield Occurrence(tier, window[0].place, candidate.place)
        del window[0]  # what begins here and ends later holds this window


def _iter_candidates(near: Near, tokens: Sequence[Token]) -> Iterator[Candidate]:
    for index, token in enumerate(tokens):
        tiers = {
            number: tier
            for number, term in enumerate(near.terms)
            if (tier := _word_tier(term, token)) is not None
        }
        if tiers:
            yield Candidate(index, tiers)


def _holds_all(count: int, window: Sequence[Candidate], worst: Tier) -> bool:
    """Return whether each of `count` terms can have a token of its own, in `worst` or better."""
    owners: dict[int, int] = {}  # by place of the token, the number of the term that has it

    def seat(number: int, tried: set[int]) -> bool:
        """Find a token for a term: a free one, or one whose owner finds another."""
        for place, tiers in window:
            if place in tried or tiers.get(number, Tier.NEAR) > worst:
                continue
            tried.add(place)
            if place not in owners or seat(owners[place], tried):
                owners[place] = number
                return True
        return False

    return len(window) >= count and all(seat(number, set()) for number in range(count))


def _letters_agree(asked: str, written: str) -> bool:
    """Return whether every letter typed with a mark stands so in the text; others are free."""
    if len(asked) != len(written):
        return False
    agree = _letter_rule(asked)
    return all(agree(letter, other) for letter, other in zip(asked, written, strict=True))


def _pattern_agrees(pattern: str, written: str) -> bool:
    """Return the same of a pattern, for some way to lay it over the word."""
    return fits_pattern(pattern, written, _letter_rule(pattern.replace("?", "_")))


def lacks_accents(exact: str) -> bool:
    """Return whether a word of the text bears no accent because none of its document do.

    Args:
        exact: Its exact form, with the sign of `UNACCENTED` in such a document.
    """
    return exact.endswith(UNACCENTED) and not has_marks(exact[: -len(UNACCENTED)])


def fits_half_typed(asked: str) -> bool:
    """Return whether a word holds a vowel that is half typed, so that its tone is free too."""
    return _HALF_TYPED.search(asked) is not None


def _letter_rule(asked: str) -> Callable[[str, str], bool]:
    """Return which letters of a text each letter of the word asked for admits."""
    half_typed = fits_half_typed(asked)

    def agree(letter: str, other: str) -> bool:
        return (
            letter == other
            or unmarked(other) == letter
            or (half_typed and _toneless(other) == letter)
        )

    return agree


_TONES = str.maketrans(
    "ắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữự",
    "ăăăăăâââââêêêêêôôôôôơơơơơưưưưư",
)


def _toneless(letter: str) -> str:
    return letter.translate(_TONES)
