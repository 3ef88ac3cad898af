"""Where a text may hold the words that a query asks for, without making tokens of the text.

The tokens of an article of 500 words take milliseconds, and a hit needs a few dozen of them. Here
every character becomes one byte: its letter without case and accents, or a blank where it is no
part of a word. That takes 8 microseconds, and words are found in it as fast. What is found is a
place to look at with the analyzer; what is passed over matches nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from civicsearch.analysis.analyzer import MAX_TERM_CHARS
from civicsearch.analysis.folding import fold
from civicsearch.query.nodes import Fuzzy, Number, Prefix, Term, Wildcard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["UNKNOWN", "Word", "WordSearch", "fold_letters"]

Word = Term | Prefix | Wildcard | Fuzzy | Number
"""A leaf that matches single words."""

UNKNOWN = b"\0"
"""Stands for a part of a word that is not one Latin letter or digit: a mark, another script."""
_NEW = b"\xff"
"""Stands in the table for a character of which the letter is not known yet."""

_LETTERS = (range(0x250), range(0x1E00, 0x1F00))  # Latin, with all that is Vietnamese
_SIGNS = range(0x2000, 0x2C00)  # dashes, quotation marks, currencies, arrows, bullets
_TABLE_SIZE = _SIGNS.stop + 1  # the last byte stands for all characters beyond

_WORD_CHARACTER = re.compile(r"[^\W_]")
# Signs in the ranges above that the analyzer takes into a word: soft hyphen, joiners, marks.
_JOINING = frozenset("\u00ad\u200c\u200d").union(map(chr, range(0x20D0, 0x2100)))
_SPELLABLE = re.compile("[a-z0-9]+")

_WITH_UNKNOWN = re.compile(rb" [^ \0]*\0")
_BEFORE_NUMBER = re.compile(rb" (?=[0-9]{1,3} [0-9]{3})")
_LONG = b"[^ ]{%d}" % MAX_TERM_CHARS  # its term is only its beginning
# For finding what a number ends in the middle of: `1 700đ` is `1700` and `đ`.
_SHAPES = bytes.maketrans(b"123456789abcdefghijklmnopqrstuvwxyz", b"0" * 9 + b"a" * 26)
_NUMBER_AND_WORD = b"0 000a"
_NO_SIGNS = str.maketrans("", "", "*?")


@lru_cache(maxsize=1)
def _table() -> Any:  # noqa: ANN401 - naming the type would load numpy
    """Return the byte of every character: uint8, shape (_TABLE_SIZE,); most are `_NEW` at first."""
    import numpy as np  # noqa: PLC0415 - `import civicsearch` stays light

    table = np.full(_TABLE_SIZE, UNKNOWN[0], dtype=np.uint8)
    for codes in (*_LETTERS, _SIGNS):
        table[codes.start : codes.stop] = _NEW[0]
    return table


def _learn(text: str, table: Any) -> None:  # noqa: ANN401 - as above
    """Fill in the characters of `text`: a page of hits has 150, and all of them take 4 ms."""
    for character in set(text):
        code = ord(character)
        if code < len(table) and table[code] == _NEW[0]:
            table[code] = _letter(character)[0]


def _letter(character: str) -> bytes:
    if not _WORD_CHARACTER.match(character):
        return UNKNOWN if character in _JOINING else b" "
    if ord(character) in _SIGNS:
        return UNKNOWN
    folded = fold(character)
    is_raised = folded.isdigit() and not character.isascii()  # `²` is no digit of a number
    is_letter = len(folded) == 1 and _SPELLABLE.match(folded) and not is_raised
    return _spell(folded) if is_letter else UNKNOWN


def _spell(folded: str) -> bytes:
    """Return the letters of a form. `y` is written `i`: `kĩ` is the same word as `kỹ`."""
    return folded.replace("y", "i").encode("ascii")


def fold_letters(text: str) -> bytes:
    """Return a blank, one byte for every character of `text`, and a blank.

    A run of letters is a word, but for numbers that are grouped by threes.

    >>> fold_letters("Kỹ sư: 1.700đ")
    b' ki su  1 700d '
    """
    import numpy as np  # noqa: PLC0415 - `import civicsearch` stays light

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    table = _table()
    letters = table.take(codes, mode="clip").tobytes()
    if _NEW in letters:
        _learn(text, table)
        letters = table.take(codes, mode="clip").tobytes()
    return b" %b " % letters


class WordSearch:
    """Finds the runs of letters that may match one of some words.

    Words and beginnings are found as they are spelled, each in 2 microseconds. One expression for
    all is not faster, and takes 200 microseconds to compile; only patterns and misspelled words
    get one.
    """

    def __init__(self, words: Iterable[Word]) -> None:
        self._needles: set[bytes] = set()
        self._patterns: set[bytes] = set()
        self.is_unbounded = False
        for word in words:
            for form in {word.folded, fold(word.exact)}:
                self._add(word, form)
        # A set of patterns is one expression; what it finds begins with a blank.
        expression = b" (?:%b)" % b"|".join(sorted(self._patterns))
        self._pattern = re.compile(expression) if self._patterns else None

    def _add(self, word: Word, form: str) -> None:
        """Add what to look for to find `word`, given one of its folded forms.

        What letters cannot spell needs nothing: the words that match it hold an `UNKNOWN`.
        """
        if not form or (isinstance(word, Fuzzy) and len(word.exact) != len(word.folded)):
            self.is_unbounded = True
        match word:
            case Term() if _SPELLABLE.fullmatch(form):
                end = b" " if len(form) < MAX_TERM_CHARS else b""
                self._needles.update(b" " + _spell(form) + end for form in _groupings(form))
            case Prefix() if _SPELLABLE.fullmatch(form):
                self._needles.update(b" " + _spell(form) for form in _groupings(form))
            case Wildcard() if _SPELLABLE.fullmatch(form.translate(_NO_SIGNS) or "0"):
                self._patterns |= {_wildcard_pattern(form), _LONG}
            case Fuzzy() if _SPELLABLE.match(form):  # its first letter must be right
                self._patterns |= {_fuzzy_pattern(form, word.distance), _LONG}

    def find(self, letters: bytes) -> list[int]:
        """Return where the blank before every run of letters stands that may match, in order.

        Args:
            letters: As `fold_letters` gives them.
        """
        found: list[int] = []
        for needle in self._needles:
            _find_all(needle, letters, found)
        shapes = letters.translate(_SHAPES)
        if _NUMBER_AND_WORD in shapes:
            behind: list[int] = []
            _find_all(_NUMBER_AND_WORD, shapes, behind)
            found += [place + 1 for place in behind]
        if UNKNOWN in letters:
            found += [match.start() for match in _WITH_UNKNOWN.finditer(letters)]
        if self._pattern is not None:
            found += [match.start() for match in self._pattern.finditer(letters)]
            found += [match.start() for match in _BEFORE_NUMBER.finditer(letters)]
        return sorted(set(found))


def _find_all(needle: bytes, letters: bytes, found: list[int]) -> None:
    place = letters.find(needle)
    while place >= 0:
        found.append(place)
        place = letters.find(needle, place + 1)


def _groupings(form: str) -> Iterator[str]:
    """Yield how a form may be spelled: a number also by threes, however long its first group.

    >>> list(_groupings("1700"))
    ['1700', '1 700', '17 00', '170 0']
    """
    yield form
    if form.isdigit():
        for first in range(1, min(4, len(form))):
            groups = [form[at : at + 3] for at in range(first, len(form), 3)]
            yield " ".join([form[:first], *groups])


def _wildcard_pattern(form: str) -> bytes:
    """Return an expression of what a pattern begins and ends with; a run of letters is in it."""
    first, *others = (_spell(part).replace(b"?", b"[^ ]") for part in form.split("*"))
    rest = b"[^ ]*" + others[-1] if others else b""
    return b"(?! )" + first + rest + b"(?= )"


def _fuzzy_pattern(form: str, distance: int) -> bytes:
    rest = len(form) - 1
    least, most = max(0, rest - distance), rest + distance
    return _spell(form[0]) + b"[^ ]{%d,%d}(?= )" % (least, most)
