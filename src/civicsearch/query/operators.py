r"""Reads one word, or one quoted text, of a query with the signs that stand at it.

    word   := letters | ngập* | kho*o | nh?n | letters~ | letters~1 | letters~2
    quoted := "letters ..." | "letters ..."~5
    both may be followed by ^2

These signs occur in pasted text as well (`a*b=c`, `haha~`, an address): what cannot be meant is
read as plain words, and a problem is noted where it looks as if it was meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from civicsearch.analysis.analyzer import MAX_TERM_CHARS
from civicsearch.query.lexer import NUMBER
from civicsearch.query.nodes import (
    And,
    Boost,
    Fuzzy,
    Near,
    Number,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from civicsearch.analysis.analyzer import Analyzer
    from civicsearch.analysis.tokens import Token
    from civicsearch.query.problems import Problems

__all__ = ["MAX_BOOST", "MAX_DISTANCE", "MAX_PATTERNS", "WordReader", "part_of_word"]

MAX_PATTERNS = 8
"""How many words with `*`, `?` or `~`: each may stand for thousands of words (`t*` over 5,000
articles: 1 s)."""
MAX_DISTANCE = 100
"""How many other words may stand between words that are near each other: a long paragraph."""
MAX_BOOST = 100
"""How many times its score a part of a query may count."""

_MIN_LETTERS = 2  # of a pattern, besides its signs: `*a` stands for half of all words
_MIN_FUZZY_LETTERS = 3  # one letter changed, `an` is every second short word
_LONG_LETTERS = 5  # above, a word may have two letters wrong

_AFTER = r"[,;:.!?]*"
_BOOSTED = re.compile(rf"(?P<word>.+)\^(?P<factor>{NUMBER}){_AFTER}", re.DOTALL)
_FUZZY = re.compile(rf"(?P<word>.+?)~(?P<distance>\d*){_AFTER}", re.DOTALL)
_SUFFIX = re.compile(rf"(?P<near>~(?P<distance>\d*))?(?:\^(?P<factor>{NUMBER}))?")
_LEADING_SIGNS = re.compile(r"[*?]*$")
_TRAILING_SIGNS = re.compile(r"[*?]*")
_STARS = re.compile(r"\*+")
# A star in a code (57-N*/TW) was meant, one in a formula (a*b=c) was not.
_CODE = re.compile(r"[\w*?./&-]+")


@dataclass(slots=True)
class WordReader:
    """Reads the words of one query, and counts those that stand for many."""

    analyzer: Analyzer
    problems: Problems
    patterns: int = 0

    def word(self, text: str, field: str | None, *, at: int) -> Query | None:
        """Return what a word with its signs means, or None for punctuation alone.

        Args:
            text: The word, without blanks.
            field: The one field to look in, or None.
            at: Where in the query it stands.
        """
        boosted = _BOOSTED.fullmatch(text)
        if boosted is None or not self.analyzer.tokens(boosted["word"]):
            return self._unboosted(text, field, at)
        query = self._unboosted(boosted["word"], field, at)
        return self.boosted(query, boosted["factor"], at=at)

    def quoted(self, text: str, suffix: str, field: str | None, *, at: int) -> Query | None:
        """Return what a quoted text means with the signs behind its quotes."""
        query: Query | None = self.plain(text, field)
        signs = _SUFFIX.fullmatch(suffix)
        if query is None or signs is None:
            return query
        if signs["near"]:
            if not isinstance(query, Phrase):
                self.problems.add("a ~ behind quotes needs two words between them", at)
            elif not signs["distance"]:
                self.problems.add("a ~ behind quotes needs a number: how many words between", at)
            else:
                query = self.near(query.terms, int(signs["distance"]), field, at=at)
        return self.boosted(query, signs["factor"], at=at)

    def near(
        self, terms: tuple[Term | Number, ...], distance: int, field: str | None, *, at: int
    ) -> Near:
        """Return words with at most `distance` others between them, or as many as may be."""
        if distance > MAX_DISTANCE:
            message = f"at most {MAX_DISTANCE} words may stand between words near each other"
            self.problems.add(message, at)
        return Near(terms=terms, distance=min(distance, MAX_DISTANCE), field=field)

    def boosted(self, query: Query | None, factor: str | None, *, at: int) -> Query | None:
        """Return `query` with the boost that was typed behind it, if one was."""
        if query is None or not factor:
            return query
        value = float(factor.removeprefix("^"))
        if not 0 < value <= MAX_BOOST:
            self.problems.add(f"a boost is above 0 and at most {MAX_BOOST}", at)
            return query
        return query if value == 1 else Boost(child=query, factor=value)

    def plain(self, text: str, field: str | None) -> Term | Phrase | None:
        """Return a term for one word, a phrase for several, None for punctuation alone."""
        return _plain(self.analyzer.tokens(text), field)

    def single_term(self, text: str) -> Term | None:
        """Return the one word that `text` is, or None where it is more, or has signs."""
        tokens = self.analyzer.tokens(text)
        if len(tokens) != 1 or any(sign in text.rstrip("?") for sign in "*?~^"):
            return None
        return Term(exact=tokens[0].exact, folded=tokens[0].folded)

    def _unboosted(self, text: str, field: str | None, at: int) -> Query | None:
        if "~" in text and (match := _FUZZY.fullmatch(text)) is not None:
            tokens = self.analyzer.tokens(match["word"])
            # Behind a number (5~10 triệu) or other signs, it stands for no misspelling.
            if tokens and tokens[-1].span.end == len(match["word"]) and not _is_number(tokens[-1]):
                return self._fuzzy(tokens, match["distance"], field, at)
        if "*" in text or "?" in text.rstrip(",;:.!?"):
            return self._pattern(text, field, at)
        return self.plain(text, field)

    def _fuzzy(
        self, tokens: Sequence[Token], number: str, field: str | None, at: int
    ) -> Query | None:
        exact, folded = tokens[0].exact, tokens[0].folded
        if len(tokens) > 1:
            self.problems.add("a ~ may stand only behind a single word", at)
        elif number not in {"", "1", "2"}:
            self.problems.add("behind a ~ may stand only 1 or 2: how many letters differ", at)
        elif len(exact) >= _MIN_FUZZY_LETTERS:
            distance = int(number) if number else (1 if len(exact) <= _LONG_LETTERS else 2)
            fuzzy = Fuzzy(exact=exact, folded=folded, distance=distance, field=field)
            return self._counted(fuzzy, at)
        return _plain(tokens, field)

    def _pattern(self, text: str, field: str | None, at: int) -> Query | None:
        tokens = self.analyzer.tokens(text)
        if not tokens:
            return None
        lead, *gaps, tail = _around(text, tokens)
        if not lead and set(tail) == {"*"} and not any("*" in gap or "?" in gap for gap in gaps):
            return self._counted(self._beginning(text, tokens, field), at)
        is_one_word = all(gap and not gap.strip("*?") for gap in gaps)
        if is_one_word and (lead or gaps or tail):
            if sum(len(token.exact) for token in tokens) >= _MIN_LETTERS:
                wildcard = self._wildcard(text, tokens, [lead, *gaps, tail], field)
                return self._counted(wildcard, at)
            self.problems.add(f"beside * and ? must stand {_MIN_LETTERS} letters", at)
        elif "*" in text and _CODE.fullmatch(text):
            self.problems.add("a * may stand only among the letters of one word", at)
        return _plain(tokens, field)

    def _beginning(self, text: str, tokens: Sequence[Token], field: str | None) -> Query:
        """Return a word, or the last of several, as the beginning of a word.

        The whole word `ki` is spelled `ky` in the index, and `hoà` `hòa`, but not so the
        beginning of `kinh` and `hoàn`: both are looked for.
        """
        *before, last = tokens
        exact, folded = part_of_word(self.analyzer, text, last, is_end=False)
        found: Query = Prefix(exact=exact, folded=folded, field=field)
        if exact != last.exact:
            whole = Term(exact=last.exact, folded=last.folded, field=field)
            found = Or(children=(found, whole))
        others = _plain(before, field)
        return found if others is None else And(children=(others, found))

    def _wildcard(
        self, text: str, tokens: Sequence[Token], around: Sequence[str], field: str | None
    ) -> Query:
        """Return a pattern; two where its end is spelled in another way behind a `q`.

        Nothing but signs before `uý` may stand for `th` (`thúy`) and for `q` (`quý`).
        """
        lead, *others = around
        exact = folded = lead
        for token, signs in zip(tokens, others, strict=True):
            part, folded_part = part_of_word(self.analyzer, text, token, is_end=not signs)
            exact += part + signs
            folded += folded_part + signs
        found = _pattern_of(exact, folded, field)
        if len(tokens) > 1 or others[0] or not tokens[0].folded.startswith("u"):
            return found
        end, folded_end = part_of_word(self.analyzer, text, tokens[0], is_end=True, behind="q")
        if end == part:
            return found
        first = lead.removesuffix("?") + "q"
        return Or(children=(found, _pattern_of(first + end, first + folded_end, field)))

    def _counted(self, query: Query, at: int) -> Query | None:
        """Return `query`, or None where too many words stand for many already."""
        self.patterns += 1
        if self.patterns <= MAX_PATTERNS:
            return query
        self.problems.add(
            f"only the first {MAX_PATTERNS} words with a *, ? or ~ are searched for", at
        )
        return None


def _pattern_of(exact: str, folded: str, field: str | None) -> Wildcard:
    return Wildcard(exact=_STARS.sub("*", exact), folded=_STARS.sub("*", folded), field=field)


def part_of_word(
    analyzer: Analyzer, text: str, token: Token, *, is_end: bool, behind: str = "x"
) -> tuple[str, str]:
    """Return the exact and folded form of a part of a word: its end, or its beginning.

    The whole word `ki` is spelled `ky` in the index, but not so the beginning of `kinh`. An `x` on
    the open side keeps the spelling of whole words away.

    Args:
        analyzer: That of the archive.
        text: The text that the part is typed in.
        token: The part, read as a word.
        is_end: Whether letters may stand before it, not behind it.
        behind: The letter that an end is read behind.
    """
    if _is_number(token) or len(token.exact) >= MAX_TERM_CHARS:
        return token.exact, token.folded
    letters = text[token.span.start : token.span.end]
    if is_end:
        (whole,) = analyzer.tokens(behind + letters)
        return whole.exact[1:], whole.folded[1:]
    (whole,) = analyzer.tokens(letters + "x")
    return whole.exact[:-1], whole.folded[:-1]


def _is_number(token: Token) -> bool:
    return token.exact.isdigit()


def _around(text: str, tokens: Sequence[Token]) -> list[str]:
    """Return the signs before the first token, what stands between them, the signs behind.

    A question mark at the end asks a question; it is no sign.
    """
    gaps = [text[one.span.end : other.span.start] for one, other in pairwise(tokens)]
    lead = _LEADING_SIGNS.search(text[: tokens[0].span.start])
    tail = _TRAILING_SIGNS.match(text, tokens[-1].span.end)
    return [lead[0] if lead else "", *gaps, tail[0].rstrip("?") if tail else ""]


def _plain(tokens: Sequence[Token], field: str | None) -> Term | Phrase | None:
    if len(tokens) == 1:
        return Term(exact=tokens[0].exact, folded=tokens[0].folded, field=field)
    terms = tuple(Term(exact=token.exact, folded=token.folded) for token in tokens)
    return Phrase(terms=terms, field=field) if terms else None
