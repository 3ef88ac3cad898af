"""Which abbreviations there are, and what each is also read as: a table, and looking up in it.

The built-in table is `abbreviations.toml`. To read that, and to cut all of its words, takes a
fifth of a second search; it is kept as `abbreviations.json`, ready for use. What makes the one of
the other, and of a user's file, is `abbreviation_files`; what is done to a query, `expansion`.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from civicsearch.analysis.folding import fold, normalize
from civicsearch.query.matching import term_tier
from civicsearch.query.nodes import Phrase, Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from civicsearch.analysis.tokens import Token

__all__ = [
    "BUILT_IN",
    "Abbreviations",
    "Form",
    "Kind",
    "built_in",
    "form_node",
    "form_words",
    "is_meant",
]

BUILT_IN = Path(__file__).with_suffix(".json")
"""The built-in table, ready for use; `sh script/abbreviations` writes it."""


class Kind:
    """What a form is; plain numbers, as they stand in a file."""

    WORDS = 0
    """What an abbreviation means."""
    ABBREVIATION = 1
    CAPITALS = 2
    """An abbreviation only where it is typed in capitals."""


class Form(NamedTuple):
    """An abbreviation, or what one means.

    Attributes:
        shown: As the table has it.
        exact: The exact forms of its words, a blank between two.
        kind: One of `Kind`.
        readings: The numbers of the forms that it is also read as.
    """

    shown: str
    exact: str
    kind: int
    readings: Sequence[int]

    def is_typed_in(self, text: str) -> bool:
        """Return whether a text holds it as the table has it, or in capitals."""
        text = normalize(text)
        return self.shown in text or self.shown.upper() in text


class Abbreviations:
    """A table of abbreviations. It does not change; threads may share it.

    Attributes:
        forms: All forms; each is known by its number.
        heads: By the folded first word of a form, and by its folded second word ("" where it has
            one only), the numbers of the forms.
    """

    def __init__(
        self, forms: Sequence[Form], heads: Mapping[str, Mapping[str, Sequence[int]]]
    ) -> None:
        self.forms = forms
        self.heads = heads

    def may_hold(self, words: Sequence[Token | Term], text: str) -> bool:
        """Return whether forms may be among words; where not, none is.

        It takes a look-up for each word: nearly all queries end here.

        Args:
            words: The words of a query, in order.
            text: What was typed, capitals and all.
        """
        heads = self.heads
        for place, word in enumerate(words):
            if word.folded in heads:
                following = words[place + 1] if place + 1 < len(words) else None
                if self._may_begin(word, following, text):
                    return True
        return False

    def _may_begin(self, word: Token | Term, following: Token | Term | None, text: str) -> bool:
        seconds = self.heads[word.folded]
        for number in seconds.get("", ()):
            form = self.forms[number]
            # One in capitals must be typed so.
            if form.kind != Kind.CAPITALS or form.is_typed_in(text):
                return True
        if following is None:
            return False
        return any(
            all(map(is_meant, (word, following), form_words(self.forms[number].exact)))
            for number in seconds.get(following.folded, ())
        )

    def beginning(self, first: str, second: str) -> Iterator[int]:
        """Yield the numbers of the forms that begin with two folded words.

        Forms of the first word alone are among them; `second` may be "".
        """
        seconds = self.heads.get(first, {})
        yield from seconds.get("", ())
        if second:
            yield from seconds.get(second, ())

    def readings(self, number: int) -> Sequence[int]:
        """Return the numbers of what a form is also read as.

        What is an abbreviation in capitals only is none: an archive does not tell capitals.
        """
        readings = self.forms[number].readings
        return [other for other in readings if self.forms[other].kind != Kind.CAPITALS]

    def is_ambiguous(self, number: int) -> bool:
        """Return whether a form means several things."""
        readings = self.forms[number].readings
        return sum(self.forms[other].kind == Kind.WORDS for other in readings) > 1


@lru_cache(maxsize=1 << 10)
def form_node(exact: str) -> Term | Phrase:
    """Return what finds a form, given the exact forms of its words."""
    terms = form_words(exact)
    return terms[0] if len(terms) == 1 else Phrase(terms=terms)


@lru_cache(maxsize=1 << 10)
def form_words(exact: str) -> tuple[Term, ...]:
    """Return the words of a form, given their exact forms."""
    return tuple(Term(exact=word, folded=fold(word)) for word in exact.split(" "))


def is_meant(typed: Token | Term, word: Term) -> bool:
    """Return whether a word of a form may be what was typed: accents typed bind."""
    return term_tier(typed.exact, typed.folded, word.exact, word.folded) is not None


@cache
def built_in() -> Abbreviations:
    """Return the built-in table; it is read when it is first asked for."""
    values = json.loads(BUILT_IN.read_bytes())
    return Abbreviations([Form(*form) for form in values["forms"]], values["heads"])
