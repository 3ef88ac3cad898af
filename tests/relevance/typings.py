"""The ways people type one query: with accents, without, with half of them, decomposed, wrongly.

Every way is a function of the text and a source of chance. The chance is seeded by the way and
the question's id, so the same question is always typed alike. Nothing here uses the product's own
analysis: a mistake there must not hide itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

Typing = Callable[[str, Random], str]

_WORD = re.compile(r"[^\W\d_]+")
_MIN_TYPO_LETTERS = 3
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Letters that Unicode does not take apart, as people type them on a keyboard that lacks them.
_PLAIN = str.maketrans(
    {"đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i", "ß": "ss"}
    | {"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ð": "d", "Ð": "D"}
)


def accented(text: str, chance: Random) -> str:
    """All accents, composed."""
    return unicodedata.normalize("NFC", text)


def unaccented(text: str, chance: Random) -> str:
    """No accents; case and punctuation stay."""
    letters = unicodedata.normalize("NFD", text)
    bare = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
    return unicodedata.normalize("NFC", bare).translate(_PLAIN)


def half_accented(text: str, chance: Random) -> str:
    """Every syllable with all of its accents or none, by the toss of a coin."""
    return re.sub(
        r"\S+",
        lambda word: unaccented(word[0], chance) if chance.random() < 0.5 else word[0],
        accented(text, chance),
    )


def decomposed(text: str, chance: Random) -> str:
    """All accents, as separate code points (NFD), as some systems hand them over."""
    return unicodedata.normalize("NFD", text)


def other_placement(text: str, chance: Random) -> str:
    """All accents, the tone of `hoà`, `hoè`, `huỷ` on the other of its two letters."""
    return _SWAPPABLE.sub(lambda match: _PLACEMENTS[match[0]], accented(text, chance))


def one_typo(text: str, chance: Random) -> str:
    """All accents, and in one word one letter dropped, doubled, swapped, replaced or added."""
    text = accented(text, chance)
    words = [match for match in _WORD.finditer(text) if len(match[0]) >= _MIN_TYPO_LETTERS]
    if not words:
        return text
    word = chance.choice(words)
    typed = word[0]
    while typed == word[0]:
        typed = _slip(word[0], chance)
    return text[: word.start()] + typed + text[word.end() :]


def raw_telex(text: str, chance: Random) -> str:
    """The keys of a Vietnamese keyboard with the input method off: `coong tacs`."""
    return _WORD.sub(lambda word: _telex_keys(word[0]), accented(text, chance))


def _slip(word: str, chance: Random) -> str:
    at = chance.randrange(len(word) - 1)
    before, letter, following, after = word[:at], word[at], word[at + 1], word[at + 2 :]
    return chance.choice(
        (
            before + following + after,
            before + letter + letter + following + after,
            before + following + letter + after,
            before + chance.choice(_LETTERS) + following + after,
            before + letter + chance.choice(_LETTERS) + following + after,
        )
    )


_TONE_KEYS = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_SHAPE_KEYS = {"\u0306": "w", "\u031b": "w"}


def _telex_keys(word: str) -> str:
    keys, tones = [], []
    for letter in unicodedata.normalize("NFD", word):
        if letter in _TONE_KEYS:
            tones.append(_TONE_KEYS[letter])
        elif letter == "\u0302":  # a circumflex doubles its letter
            keys.append(keys[-1].lower())
        elif letter in "đĐ":
            keys.extend(("D" if letter == "Đ" else "d", "d"))
        else:
            keys.append(_SHAPE_KEYS.get(letter, letter))
    return "".join(keys + tones)


def _placements() -> dict[str, str]:
    """Return both ways to write the end of an open syllable, each as the other."""
    table = {}
    for glide, vowel in ("oa", "oe", "uy", "OA", "OE", "UY", "Oa", "Oe", "Uy"):
        for tone in _TONE_KEYS:
            old = unicodedata.normalize("NFC", glide + tone + vowel)
            new = unicodedata.normalize("NFC", glide + vowel + tone)
            table[old], table[new] = new, old
    return table


_PLACEMENTS = _placements()
# After `q` the `u` belongs to the consonant; before another letter both standards agree.
_SWAPPABLE = re.compile(rf"(?<![qQ])(?:{'|'.join(_PLACEMENTS)})(?!\w)")

TYPINGS: dict[str, Typing] = {
    "accented": accented,
    "none": unaccented,
    "half": half_accented,
    "nfd": decomposed,
    "placement": other_placement,
    "typo": one_typo,
    "telex": raw_telex,
}
USUAL = ("accented", "none", "half", "nfd", "placement", "typo")
"""What is measured unless something else is asked for."""
VIETNAMESE = frozenset({"placement", "telex"})
"""What means nothing in another language."""


def typed(name: str, text: str, seed: str) -> str:
    """Return `text` typed in the way called `name`; the same for the same seed, always."""
    return TYPINGS[name](text, Random(f"{name}:{seed}"))  # noqa: S311 - chance, no secret


def typings_of(language: str, names: tuple[str, ...] = USUAL) -> tuple[str, ...]:
    """Return those of `names` that are ways to type `language`."""
    return tuple(name for name in names if language == "vi" or name not in VIETNAMESE)
