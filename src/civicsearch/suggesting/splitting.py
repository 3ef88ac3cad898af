"""Where blanks are missing in a word that no article has: `hoidongnhandan`, `floodwall`."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from civicsearch.analysis.tokens import Token
    from civicsearch.suggesting.vocabulary import Vocabulary

__all__ = ["with_blanks"]

_LEAST_CHARS, _MOST_CHARS = 5, 40
"""Of a word that may be several."""
_MOST_PART_CHARS = 16
_LEAST_DOCUMENTS, _DOCUMENTS_A_SLIP = 3, 1000
"""A rarer word of an archive of thousands may be a slip itself."""
_PRICE = 14.0
"""Of each part, as a logarithm: fewer, longer words are likelier, but for very rare ones."""
_MOST_FORMS = 8


def with_blanks(
    vocabulary: Vocabulary, text: str, tokens: Sequence[Token], *, documents: int
) -> str | None:
    """Return a text with the blanks that are missing, or None where none are.

    Parts are words that the archive has, and any two of them side by side stand so somewhere.

    Args:
        vocabulary: That of the archive.
        text: The text.
        tokens: Its words.
        documents: How many the archive has.
    """
    least = min(_LEAST_DOCUMENTS, 1 + documents // _DOCUMENTS_A_SLIP)
    pieces, end = [], 0
    for token in tokens:
        start, stop = token.span
        pieces.append(text[end:start])
        pieces.append(" ".join(_parts(vocabulary, token, text[start:stop], least)))
        end = stop
    found = "".join([*pieces, text[end:]])
    return None if found == text else found


def _parts(vocabulary: Vocabulary, token: Token, typed: str, least: int) -> list[str]:
    """Return what a word is made of, as it was typed; the word alone where it is one."""
    folded = token.folded
    is_long = _LEAST_CHARS <= len(folded) <= _MOST_CHARS
    if not is_long or not folded.isalpha() or len(typed) != len(folded):
        return [typed]
    if vocabulary.forms(folded):
        return [typed]
    ends = _best_ends(vocabulary.folded_words(), folded, least)
    parts = [folded[start:end] for start, end in pairwise(ends)]
    columns = [[form.exact for form in vocabulary.forms(part)[:_MOST_FORMS]] for part in parts]
    if not all(counts.any() for counts in vocabulary.side_by_side(columns).counts):
        return [typed]
    return [typed[start:end] for start, end in pairwise(ends)]


def _best_ends(words: Mapping[str, int], folded: str, least: int) -> list[int]:
    """Return where the likeliest words in a row end, from 0 on; only 0 and the end if none do.

    Each is in `least` documents.
    """
    scores = [0.0] + [-math.inf] * len(folded)
    before = [0] * len(scores)
    for end in range(1, len(scores)):
        for start in range(max(0, end - _MOST_PART_CHARS), end):
            documents = words.get(folded[start:end], 0)
            if documents < least:
                continue
            score = scores[start] + math.log(documents) - _PRICE
            if score > scores[end]:
                scores[end], before[end] = score, start
    ends = [len(folded)]
    while ends[-1]:
        ends.append(before[ends[-1]])
    return ends[::-1]
