"""Which terms of a segment a word of a query stands for, and how near each is to it.

The rules are those of `query.matching`. All written forms of a folded word lie side by side in the
dictionary, and so do all words with one beginning; these may be thousands, so what can be told
from their bytes at once is told so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from civicsearch.analysis.folding import has_marks
from civicsearch.engines.local.likeness import may_be_meant
from civicsearch.engines.local.scanning import NO_TIER, Forms
from civicsearch.engines.local.terms import TermRange, decode_forms, is_family
from civicsearch.query.matching import (
    Tier,
    fits_half_typed,
    fuzzy_tier,
    number_tier,
    prefix_tier,
    term_tier,
    wildcard_tier,
)
from civicsearch.query.nodes import Fuzzy, Number, Prefix, Term, Wildcard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from civicsearch.engines.local.segment import Segment

__all__ = ["Word", "forms_of"]

Word = Term | Prefix | Wildcard | Fuzzy | Number

_MANY = 64  # terms, from which on looking at all bytes at once is faster
_LETTER_BYTES = 4  # at most
_SEPARATOR, _FAMILY, _UNACCENTED = 0x1F, 0x01, 0x1E


def forms_of(segment: Segment, word: Word, group: int) -> Forms | None:
    """Return the terms that `word` matches in one segment, or None."""
    lies = _range_of(segment, word, group)
    if isinstance(word, Prefix) and lies.end - lies.start >= _MANY:
        return _kept(np.arange(lies.start, lies.end), _prefix_tiers(segment, word, lies))
    if isinstance(word, Fuzzy) and lies.end > lies.start:
        numbers = lies.start + may_be_meant(*segment.dictionary.bytes_of(lies), word)
        likely = map(segment.dictionary.term, numbers.tolist())
        tiers = [NO_TIER if is_family(term) else _tier_of(word, term) for term in likely]
        return _kept(numbers, np.array(tiers, np.int8))
    terms = segment.dictionary.terms(lies)
    if isinstance(word, Term):
        tiers = _term_tiers(word, terms)
    else:
        tiers = [NO_TIER if is_family(term) else _tier_of(word, term) for term in terms]
    return _kept(np.arange(lies.start, lies.end), np.array(tiers, np.int8))


def _term_tiers(word: Term, terms: Sequence[bytes]) -> list[int]:
    """Return the tiers of all forms of a folded word; most are told by a letter."""
    asked, bare = word.exact.encode(), word.folded.encode()
    unaccented = bare + b"\x1e"
    typed = {b"" if asked == bare else asked, asked + b"\x1e"}
    marked = [(place, letter) for place, letter in enumerate(word.exact) if has_marks(letter)]
    is_half_typed = fits_half_typed(word.exact)
    tiers = []
    for term in terms:
        written = term[len(bare) + 2 :]  # behind group, folded form and separator
        if written in typed:
            tiers.append(int(Tier.EXACT))
        elif written == b"\x01":
            tiers.append(NO_TIER)
        elif not marked or written == unaccented:
            tiers.append(int(Tier.FOLDED))
        else:
            exact = written.decode() or word.folded
            agree = (
                is_half_typed
                or written.endswith(b"\x1e")
                or all(exact[p : p + 1] == letter for p, letter in marked)
            )
            tiers.append(_tier_of(word, term) if agree else NO_TIER)
    return tiers


def _kept(terms: NDArray[np.int64], tiers: NDArray[np.int8]) -> Forms | None:
    kept = (tiers != NO_TIER).nonzero()[0]
    return Forms(terms.take(kept), tiers.take(kept)) if len(kept) else None


def _range_of(segment: Segment, word: Word, group: int) -> TermRange:
    match word:
        case Term():
            return segment.dictionary.word(group, word.folded)
        case Prefix():
            return segment.dictionary.beginning(group, word.folded)
        case Wildcard():
            beginning = word.folded.replace("?", "*").partition("*")[0]
            return segment.dictionary.beginning(group, beginning)
        case Fuzzy():
            return segment.dictionary.beginning(group, word.folded[:1])
        case Number():
            first, last = (segment.dictionary.beginning(group, digit) for digit in "09")
            return TermRange(first.start, last.end)


def _tier_of(word: Word, term: bytes) -> int:
    exact, folded = decode_forms(term)
    match word:
        case Term():
            tier = term_tier(word.exact, word.folded, exact, folded)
        case Prefix():
            tier = prefix_tier(word, exact, folded)
        case Wildcard():
            tier = wildcard_tier(word, exact, folded)
        case Fuzzy():
            tier = fuzzy_tier(word, exact, folded)
        case Number():
            tier = number_tier(word, exact)
    return NO_TIER if tier is None else int(tier)


def _prefix_tiers(segment: Segment, word: Prefix, lies: TermRange) -> NDArray[np.int8]:
    """Return the tiers of many terms that begin alike when folded.

    Most are told by whether the exact form begins with what was typed, or has the first accented
    letter of it at all.
    """
    data, bounds = segment.dictionary.bytes_of(lies)
    ends = bounds[1:]
    written = (data == _SEPARATOR).nonzero()[0] + 1  # one in each term
    is_family = data.take(written, mode="clip") == _FAMILY
    is_bare = written == ends
    starts = np.where(is_bare, bounds[:-1] + 1, written)
    ends = np.where(is_bare, written - 1, ends)
    asked = word.exact.encode()
    typed = ends - starts >= len(asked)
    for place, byte in enumerate(asked):
        typed &= data.take(starts + place, mode="clip") == byte
    tiers = np.full(len(starts), NO_TIER, np.int8)
    if not has_marks(word.exact):
        tiers[:] = Tier.FOLDED
    else:
        is_signed = data.take(ends - 1) == _UNACCENTED
        tiers[is_signed] = Tier.FOLDED
        has_others = np.maximum.reduceat(data, starts) >= 0x80  # or what is folded behind it has
        names = (is_signed & has_others).nonzero()[0]
        near = _with_marked_letter(word.exact, data, starts)
        for place in (*near.tolist(), *names.tolist()):
            if not typed[place]:
                tiers[place] = _tier_of(word, segment.dictionary.term(lies.start + place))
    tiers[typed] = Tier.EXACT
    tiers[is_family] = NO_TIER
    return tiers


def _with_marked_letter(
    asked: str, data: NDArray[np.uint8], starts: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return which terms have the first accented letter that was typed where it must be.

    Args:
        asked: What was typed.
        data: The terms, one after the other.
        starts: Where the exact form of each begins.
    """
    if fits_half_typed(asked):  # then other letters do as well
        return np.arange(len(starts))
    place, letter = next((place, letter) for place, letter in enumerate(asked) if has_marks(letter))
    code = letter.encode()
    size = len(data) - len(code) + 1
    found = data[:size] == code[0]
    for number, byte in enumerate(code[1:], start=1):
        found &= data[number : number + size] == byte
    at = found.nonzero()[0]
    which = starts.searchsorted(at, side="right") - 1
    before = at - starts.take(which)
    is_near = (which >= 0) & (before >= place) & (before <= place * _LETTER_BYTES)
    return np.unique(which[is_near])
