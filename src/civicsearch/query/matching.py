"""What a leaf matches: the one definition that engines are held to and highlights use.

**Accents typed bind, accents missing are free**, letter by letter: `dân` never finds `dẫn`,
`dan` finds both. A document that was typed without any accents is found by an accented query too
(its words carry a sign, see `analysis.analyzer.UNACCENTED`). Every match has a tier: exact above
folded.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from civicsearch.analysis.analyzer import UNACCENTED
from civicsearch.analysis.folding import fold
from civicsearch.query.nodes import Phrase, Prefix, Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from civicsearch.analysis.tokens import Token
    from civicsearch.query.nodes import Leaf

__all__ = ["Occurrence", "Tier", "iter_occurrences", "prefix_tier", "term_tier"]

# `uơ` or `ưo` before another letter is no Vietnamese vowel: the word is `ươ`, half typed, so its
# missing tone is free as well (`duơng` finds `đường`); a lone `ơ` or `ư` is a letter fully typed.
_HALF_TYPED = re.compile(r"(?:uơ|ưo)(?=\w)")


class Tier(IntEnum):
    """How near a matched word is to the word asked for; a lower tier counts less."""

    EXACT = 0
    FOLDED = 1


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
    nothing_written = exact.endswith(UNACCENTED)
    if exact.removesuffix(UNACCENTED) == asked_exact:
        return Tier.EXACT
    if folded != asked_folded:
        return None
    nothing_typed = asked_exact == asked_folded
    if nothing_typed or nothing_written or _letters_agree(asked_exact, exact):
        return Tier.FOLDED
    return None


def prefix_tier(asked: Prefix, exact: str, folded: str) -> Tier | None:
    """Return how the beginning asked for matches a word of the text, or None."""
    if exact.startswith(asked.exact):
        return Tier.EXACT
    if not folded.startswith(asked.folded):
        return None
    nothing_typed = asked.exact == asked.folded
    nothing_written = exact.endswith(UNACCENTED)
    if nothing_typed or nothing_written or _letters_agree(asked.exact, exact[: len(asked.exact)]):
        return Tier.FOLDED
    return None


def iter_occurrences(leaf: Leaf, tokens: Sequence[Token]) -> Iterator[Occurrence]:
    """Yield where `leaf` matches in the tokens of one field, from left to right.

    The tier of a phrase is that of its worst word.
    """
    match leaf:
        case Term():
            for index, token in enumerate(tokens):
                tier = term_tier(leaf.exact, leaf.folded, token.exact, token.folded)
                if tier is not None:
                    yield Occurrence(tier, index, index)
        case Prefix():
            for index, token in enumerate(tokens):
                tier = prefix_tier(leaf, token.exact, token.folded)
                if tier is not None:
                    yield Occurrence(tier, index, index)
        case Phrase():
            yield from _iter_phrases(leaf, tokens)


def _iter_phrases(phrase: Phrase, tokens: Sequence[Token]) -> Iterator[Occurrence]:
    width = len(phrase.terms)
    for first in range(len(tokens) - width + 1):
        worst = Tier.EXACT
        for term, token in zip(phrase.terms, tokens[first : first + width], strict=True):
            tier = term_tier(term.exact, term.folded, token.exact, token.folded)
            if tier is None:
                break
            worst = max(worst, tier)
        else:
            yield Occurrence(worst, first, first + width - 1)


def _letters_agree(asked: str, written: str) -> bool:
    """Return whether every letter typed with a mark stands so in the text; others are free."""
    if len(asked) != len(written):
        return False
    half_typed = _HALF_TYPED.search(asked) is not None
    return all(
        letter == other or fold(other) == letter or (half_typed and _toneless(other) == letter)
        for letter, other in zip(asked, written, strict=True)
    )


_TONES = str.maketrans(
    "ắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữự",
    "ăăăăăâââââêêêêêôôôôôơơơơơưưưưư",
)


def _toneless(letter: str) -> str:
    return letter.translate(_TONES)
