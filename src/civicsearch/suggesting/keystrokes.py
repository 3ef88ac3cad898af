"""What was meant where a Vietnamese keyboard was switched off: `coong tacs` is `công tác`.

Both usual ways of typing are read: Telex, where letters stand for marks and tones, and VNI, where
digits do. A word that is not Vietnamese comes out as no word of the archive, so what this makes
is only ever offered.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import standardize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["typed_words"]

_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_VNI_MARKS = {"6": _CIRCUMFLEX, "7": _HORN, "8": _BREVE}
_BEARERS = {_CIRCUMFLEX: "aeo", _HORN: "ou", _BREVE: "a"}

_TELEX = re.compile(r"[a-z]{2,}")
_VNI = re.compile(r"[a-z]+[0-9][a-z0-9]*")
_MOST_LETTERS = 12  # `nghieengs` has nine
_VOWELS = "aeiouy"
_MARKED = re.compile("([aeiouy])(?=[\u0302\u0306\u031b])")
_INITIAL = re.compile(r"^(?:gi(?=[aeiouy])|qu|[^aeiouy]*)")


def typed_words(folded: str) -> Iterator[str]:
    """Yield the exact forms that a word stands for as raw typing; none where it has no sign of it.

    >>> list(typed_words("tacs")), list(typed_words("d9uo7ng2"))
    (['tác'], ['đường'])
    """
    if len(folded) > _MOST_LETTERS:
        return
    if _TELEX.fullmatch(folded):
        typed = _telex(folded)
    elif _VNI.fullmatch(folded):
        typed = _vni(folded)
    else:
        return
    if typed is not None and typed != folded:
        yield typed


def _telex(word: str) -> str | None:
    tone, rest = _tone_taken(word, _TELEX_TONES)
    rest = rest.replace("dd", "đ", 1)
    for letter in "aeo":
        rest = rest.replace(letter * 2, letter + _CIRCUMFLEX, 1)
    rest = re.sub("u(?=ow)", "u" + _HORN, rest).replace("ow", "o" + _HORN)
    rest = rest.replace("uw", "u" + _HORN).replace("aw", "a" + _BREVE)
    rest = re.sub("^([^aeiouy]*)w", "\\1u" + _HORN, rest)
    return _composed(rest, tone)


def _vni(word: str) -> str | None:
    tone, rest = _tone_taken(word, _VNI_TONES)
    rest = rest.replace("d9", "đ", 1)
    if rest.endswith("9") and rest.startswith("d"):
        rest = "đ" + rest[1:-1]
    for digit, mark in _VNI_MARKS.items():
        while (at := rest.find(digit)) >= 0:
            rest = rest[:at] + rest[at + 1 :]
            bearer = max(rest[:at].rfind(letter) for letter in _BEARERS[mark])
            if bearer < 0:
                return None
            rest = rest[: bearer + 1] + mark + rest[bearer + 1 :]
            if mark == _HORN and rest[bearer - 1 : bearer] == "u":  # `uo7` is both
                rest = rest[:bearer] + mark + rest[bearer:]
    return None if any(sign.isdigit() for sign in rest) else _composed(rest, tone)


def _tone_taken(word: str, tones: Mapping[str, str]) -> tuple[str, str]:
    """Return the tone that a sign behind the first vowel stands for, or "", and the other letters.

    It may stand at the end, or before the last consonants: `tieengs`, `tieesng`.
    """
    first = next((place for place, letter in enumerate(word) if letter in _VOWELS), len(word))
    for place in range(len(word) - 1, first, -1):
        if word[place] in tones:
            return tones[word[place]], word[:place] + word[place + 1 :]
    return "", word


def _composed(letters: str, tone: str) -> str | None:
    """Return the exact form of letters and marks with a tone, or None where no vowel bears it."""
    if tone:
        at = _tone_place(letters)
        if at is None:
            return None
        end = at + 1
        while letters[end : end + 1] in _BEARERS:
            end += 1
        letters = letters[:end] + tone + letters[end:]
    return standardize(letters)


def _tone_place(letters: str) -> int | None:
    """Return which letter bears the tone: the last with a mark, else by the rules of spelling."""
    if marked := list(_MARKED.finditer(letters)):
        return marked[-1].start()
    initial = _INITIAL.match(letters)
    start = initial.end() if initial else 0
    vowels = [place for place in range(start, len(letters)) if letters[place] in _VOWELS]
    if not vowels:
        return None
    ends_closed = vowels[-1] < len(letters) - 1
    return vowels[1] if len(vowels) > 2 or (len(vowels) == 2 and ends_closed) else vowels[0]
