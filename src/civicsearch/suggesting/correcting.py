"""Did you mean: the query with the accents that were left out, and with slips mended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from civicsearch.suggesting.candidates import Candidate, candidates_of
from civicsearch.suggesting.likelihood import by_chance, log_likelihoods, read_evidence
from civicsearch.suggesting.paths import best_paths

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from civicsearch.analysis.tokens import Token
    from civicsearch.suggesting.vocabulary import Vocabulary

__all__ = [
    "MOST_FOUND",
    "MOST_WORDS",
    "Correction",
    "correct",
    "in_codes",
    "is_long",
    "rewrite",
]

MOST_FOUND = 40
"""How many documents found are read for evidence. With 100, titles are right as often, within what
chance does to a thousand; with 20 or 10, 0.5 % fewer."""
MOST_WORDS = 32
"""A longer query is no headline, and stays as it is."""
FEW_WORDS = 8
"""Documents that a longer query finds hold only some of its words, and of these the frequent ones
by chance. It is taken off there: of 1,000 titles, 0.9 % more are right, and 3 % more in three
suggestions. With 4 or 5 words of a title, 2 % fewer would be."""


_CODE = re.compile(r"(?<!\S)[(\[\"“]*\d[^\s/-]*[/-]\S+")
"""The number of a document: `57-NQ/TW`, `19/2021/NĐ-CP`. Not `COVID-19`, which is a word."""


class Correction(NamedTuple):
    """What may have been meant.

    Attributes:
        score: A logarithm of how likely it is; of use only next to others of the same query.
        words: The exact form of each word.
    """

    score: float
    words: tuple[str, ...]


def correct(  # noqa: PLR0913 - one keyword for each thing that is known of the query
    vocabulary: Vocabulary,
    tokens: Sequence[Token],
    found: Sequence[str],
    *,
    documents: int,
    count: int = 3,
    is_found: bool = True,
    codes: Container[int] = (),
    as_typed: Container[int] = (),
) -> list[Correction]:
    """Return what a query of plain words may have been meant as, most likely first.

    What was typed may be among it. Accents that were typed stay, but for words that hardly any
    document holds.

    Args:
        vocabulary: That of the archive.
        tokens: The words of the query.
        found: Ids of the best documents that the query finds as it is; up to 40 are of use.
        documents: How many documents the archive has.
        count: How many corrections; there may be fewer.
        is_found: Whether anything is found by what was typed. If not, a word that no document has
            is taken for a slip wherever there is one that it may be a slip for.
        codes: Positions of words that are no slips, whatever is like them; see `in_codes`.
        as_typed: Positions of words that lack no accents either.
    """
    if not 0 < len(tokens) <= MOST_WORDS:
        return []
    columns = [
        [Candidate(token.exact, 0.0)]
        if token.position in as_typed
        else candidates_of(
            vocabulary,
            token,
            documents=documents,
            is_found=is_found,
            may_be_slip=token.position not in codes,
        )
        for token in tokens
    ]
    forms = [[candidate.exact for candidate in column] for column in columns]
    found = found[:MOST_FOUND]
    evidence = read_evidence(vocabulary, found, forms)
    neighbours = vocabulary.neighbours([(), *forms, ()])
    share = len(found) / max(documents, 1) if is_long(tokens) else 0.0
    steps = [
        likelihood + pair + single - chance + [candidate.price for candidate in column]
        for likelihood, pair, single, chance, column in zip(
            log_likelihoods(neighbours[:-1]),
            evidence.pairs,
            evidence.singles,
            by_chance(neighbours[1:], share),
            columns,
            strict=True,
        )
    ]
    return [
        Correction(
            path.score,
            tuple(column[place] for column, place in zip(forms, path.places[1:], strict=True)),
        )
        for path in best_paths(steps, evidence.triples, count=count)
    ]


def is_long(tokens: Sequence[Token]) -> bool:
    """Return whether a query is so long that documents found by it hold only some of it."""
    return len(tokens) > FEW_WORDS


def in_codes(text: str, tokens: Sequence[Token]) -> frozenset[int]:
    """Return the positions of the words that are parts of document numbers: `57-NQ/TW`.

    An archive has few of them, and each of their letters is meant.
    """
    codes = [match.span() for match in _CODE.finditer(text)]
    return frozenset(
        token.position
        for token in tokens
        if any(start <= token.span.start < end for start, end in codes)
    )


def rewrite(text: str, tokens: Sequence[Token], words: Sequence[str]) -> str:
    """Return a text with other words in the place of its tokens; capitals stay where they were.

    Words that are the same but for the way of writing (`uỷ`, `ủy`) stay as they were typed.
    """
    return "".join(_pieces(text, tokens, words))


def _pieces(text: str, tokens: Sequence[Token], words: Sequence[str]) -> Iterator[str]:
    end = 0
    for token, word in zip(tokens, words, strict=True):
        typed = text[token.span.start : token.span.end]
        yield text[end : token.span.start]
        yield typed if word == token.exact else _with_capitals(word, typed)
        end = token.span.end
    yield text[end:]


def _with_capitals(word: str, typed: str) -> str:
    if len(typed) > 1 and typed.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if typed[:1].isupper() else word
