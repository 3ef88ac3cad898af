"""One letter, many spellings: which forms of a word count as the same word, and which as near.

Some functions, from strict to loose; nothing else in the project touches Unicode forms:

- `normalize`: NFC, so that a letter typed as base and marks equals the composed letter.
- `standardize`: the *exact* form of a word: case-folded, with spelling standards made one
  (`uỷ` = `ủy`, `kĩ` = `kỹ`, `Ð` = `Đ`). Two words with one exact form are the same word.
- `unmarked`: no marks, `đ` to `d`; a word that is so already was typed without accents.
- `fold`: the *folded* form: the same, and other scripts in Latin letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = [
    "fold",
    "fold_in_place",
    "has_marks",
    "normalize",
    "spellings",
    "standardize",
    "unmarked",
]

# Latin letters that Unicode does not decompose into a base letter and a mark.
_UNDECOMPOSED = {
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "ŀ": "l",
    "ŋ": "n",
    "ø": "o",
    "œ": "oe",
    "æ": "ae",
    "ß": "ss",
    "þ": "th",
    "ŧ": "t",
    "ƀ": "b",
    "ɨ": "i",
    "ʉ": "u",
}

_TONED = {
    "a": "àáảãạ",
    "e": "èéẻẽẹ",
    "i": "ìíỉĩị",
    "o": "òóỏõọ",
    "u": "ùúủũụ",
    "y": "ỳýỷỹỵ",
}


def _tone_placement_table() -> dict[str, str]:
    """Return new-style to old-style endings: `oà` to `òa`, `oè` to `òe`, `uỳ` to `ùy`."""
    table = {}
    for glide, vowel in (("o", "a"), ("o", "e"), ("u", "y")):
        for toned_glide, toned_vowel in zip(_TONED[glide], _TONED[vowel], strict=True):
            table[glide + toned_vowel] = toned_glide + vowel
    return table


_OLD_PLACEMENT = _tone_placement_table()
_NEW_PLACEMENT = {old: new for new, old in _OLD_PLACEMENT.items()}
_Y_FOR_I = dict(zip("i" + _TONED["i"], "y" + _TONED["y"], strict=True))
_I_FOR_Y = {y: i for i, y in _Y_FOR_I.items()}

# In an open syllable (nothing after the vowels) the two school standards differ; `hoàn` is
# spelled alike in both. After `q` the `u` belongs to the consonant: `quý`, never `qúy`.
_OPEN_GLIDE = re.compile(rf"(?<!q)(?:{'|'.join(_OLD_PLACEMENT)})$")
_Q_GLIDE = re.compile(rf"(?<=q)(?:{'|'.join(new for new in _NEW_PLACEMENT if new[1] == 'y')})$")
_Q_I = re.compile(rf"(?<=^qu)([{''.join(_Y_FOR_I)}])$")
# Six consonants before a lone `i` or `y`: `kĩ`/`kỹ`, `lí`/`lý`, `tỉ`/`tỷ`. Not after others:
# `đi`, `chi` and `vi` have one spelling each.
_I_OR_Y = re.compile(rf"(?<=^[hklmst])([{''.join(_Y_FOR_I)}])$")


# A letter bears few marks: Unicode's stream-safe form allows 30. Putting a longer run in order
# takes its square (20,000 marks 0.4 s, a million hours), and pages can hold such runs.
_MAX_MARKS = 30
_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{_MAX_MARKS + 1},}}")
# Far more than any archive's languages have letters; a hostile page may hold a million.
_MAX_FOLDED = 1 << 14
# Three letters that are no marks by themselves, but come apart into marks.
_TIBETAN_MARKS = frozenset("\u0f73\u0f75\u0f81")


def normalize(text: str) -> str:
    """Return `text` in NFC. Only the Unicode form changes, never case or letters.

    Where more than 30 combining marks follow each other, the first 30 stay.
    """
    if text.isascii():
        return text
    if len(text) <= _MAX_MARKS // 3:  # NFC makes three characters of one at most
        return unicodedata.normalize("NFC", text)
    text = _without_endless_marks(text)
    composed = unicodedata.normalize("NFC", text)
    if composed == text:
        return text
    # A few marks come apart into two or three, so a run may have become too long by itself.
    while (shorter := _without_endless_marks(composed)) != composed:
        composed = unicodedata.normalize("NFC", shorter)
    return composed


def _without_endless_marks(text: str) -> str:
    # A run that is too long holds one of every 30 letters: nearly all texts end here.
    few = text[::_MAX_MARKS]
    if few.isascii() or not (
        any(map(unicodedata.combining, few)) or _TIBETAN_MARKS.intersection(few)
    ):
        return text
    return _MARKS.sub(_cut_marks, text)


def _cut_marks(match: re.Match[str]) -> str:
    """Return a run of signs, each followed by at most 30 marks."""
    kept, marks = [], 0
    for character in match[0]:
        marks = marks + 1 if _is_mark(character) else 0
        if marks <= _MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def _is_mark(character: str) -> bool:
    return unicodedata.combining(character) > 0 or character in _TIBETAN_MARKS


@lru_cache(maxsize=1 << 17)
def standardize(word: str) -> str:
    """Return the exact form of one word.

    >>> standardize("Uỷ") == standardize("ỦY")
    True
    >>> standardize("kĩ")
    'kỹ'
    """
    if word.isascii():
        form = word.lower()
    else:
        # NFC before and after: casefold may decompose (ǰ), and composes differently by order.
        form = normalize(normalize(word).casefold())
        form = form.replace("i̇", "i").replace("ð", "đ")
        form = _OPEN_GLIDE.sub(lambda match: _OLD_PLACEMENT[match[0]], form)
        form = _Q_GLIDE.sub(lambda match: _NEW_PLACEMENT[match[0]], form)
    form = _Q_I.sub(lambda match: _Y_FOR_I[match[1]], form)
    return _I_OR_Y.sub(lambda match: _Y_FOR_I[match[1]], form)


def spellings(exact: str) -> tuple[str, ...]:
    """Return the letters that people write an exact form with, itself first: `i` or `y` at its end.

    Where a tone is put is left as it is: both ways are read as the same word of Vietnamese.

    >>> spellings("kỹ"), spellings("hòa"), spellings("dân")
    (('kỹ', 'kĩ'), ('hòa',), ('dân',))
    """
    other = exact[:-1] + _I_FOR_Y.get(exact[-1:], "")
    return (exact, other) if other != exact and standardize(other) == exact else (exact,)


@lru_cache(maxsize=1 << 17)
def fold(text: str) -> str:
    """Return `text` without case and diacritics. Idempotent; blanks stay where they are.

    Letters of other scripts are written in Latin ones by Unidecode; a letter that it does not
    know stays as it is.

    >>> fold("Đường sắt")
    'duong sat'
    """
    if text.isascii():
        return text.lower()
    return normalize(text).translate(_FOLDED)


def fold_in_place(text: str) -> str:
    """Return `text` folded to as many characters, so that places in it stay what they are.

    >>> fold_in_place("Straße"), fold("Straße")
    ('strase', 'strasse')
    """
    folded = fold(text)
    if len(folded) == len(text):
        return folded
    return "".join(fold(letter)[:1] or " " for letter in text)


@lru_cache(maxsize=1 << 16)
def has_marks(word: str) -> bool:
    """Return whether a word holds an accent, in any script.

    >>> has_marks("đá"), has_marks("και"), has_marks("καί")
    (True, False, True)
    """
    return not word.isascii() and unmarked(word) != word.casefold()


@lru_cache(maxsize=1 << 17)
def unmarked(text: str) -> str:
    """Return `text` without case and diacritics, in its own script.

    >>> unmarked("Đá"), unmarked("Καί")
    ('da', 'και')
    """
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(
        _UNDECOMPOSED.get(letter, letter)
        for letter in letters
        if unicodedata.category(letter) != "Mn"
    )


class _Folded(dict[int, str]):
    """The folded form by code point; of characters that were not asked for yet, it is made."""

    def __missing__(self, code: int) -> str:
        """Return the folded form of a character, and remember it while there are few."""
        form = _fold_character(chr(code))
        if len(self) < _MAX_FOLDED:
            self[code] = form
        return form


_FOLDED = _Folded()


def _fold_character(character: str) -> str:
    if character.isascii():
        return character.lower()
    folded = character.casefold()
    bases = unicodedata.normalize("NFKD", folded).casefold()
    return "".join(_fold_base(base) for base in bases if unicodedata.category(base) != "Mn")


def _fold_base(base: str) -> str:
    if base.isascii() or base.isspace():
        return base.lower()
    if base in _UNDECOMPOSED:
        return _UNDECOMPOSED[base]
    if not base.isalnum():
        return base
    from unidecode import unidecode

    latin = "".join(unidecode(base).lower().split())
    return latin if latin.isascii() and latin.isalnum() else base
