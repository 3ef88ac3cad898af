"""Which encoding bytes are in that nothing trustworthy names.

A reading is judged by the words that it makes of the bytes above 127. Vietnamese readings are
judged by the build of the syllable (onset, vowels, coda, at most one tone), which the right
table hits most often; the others by how well the letters fit the alphabet of one language.
What a label is worth against such evidence is decided in `decoding`.
"""

from __future__ import annotations

import re
from collections import Counter
from html.entities import html5
from itertools import pairwise
from operator import ne
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import normalize
from civicsearch.ingest.encodings.legacy_encodings import LEGACY_DECODERS

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["detect_encoding", "detect_font", "detect_vietnamese", "latin_entities_to_bytes"]

_SAMPLE_BYTES = 300_000
# Each alternative runs on to its end or the end of the sample, so that a page of unclosed tags
# costs no more than another.
_TAG = re.compile(
    rb"<(?:script|style)\b[^<]*(?:<(?!/(?:script|style))[^<]*)*"
    rb"|<!--[^-]*(?:-(?!->)[^-]*)*|<[^<>]{0,2000}>",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x)?"
    r"(?:uyê|iêu|yêu|oai|oay|oeo|uôi|uây|ươi|ươu|uya|iê|yê|uô|ươ|oa|oă|oe|uâ|uê|uơ|uy|ai|ao|au"
    r"|ay|âu|ây|eo|êu|ia|iu|oi|ôi|ơi|oo|ua|ui|ưa|ưi|ưu|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)"
    r"(?:ch|ng|nh|c|m|n|p|t)?"
)
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_TONELESS = {
    ord(normalize(vowel + tone)): vowel
    for vowel in "aăâeêioôơuưy"
    for tone in "\u0300\u0301\u0303\u0309\u0323"
}

# Fonts that draw TCVN3 and VNI bytes; their names stand in style sheets and <font> tags.
_FONT_HINTS = {
    "tcvn3": re.compile(
        rb"\.Vn(?:Time|Arial|Clarendon|Avant|Book|Tim|Ari|H|3D|Cour|Exotic|Blue)", re.IGNORECASE
    ),
    "vni": re.compile(rb"\bVNI-\w", re.IGNORECASE),
}
# Of different words with letters above 127, at least this share must be Vietnamese syllables.
# Measured: 17 Vietnamese articles and three texts in their right encoding 0.97 and more; ten
# other European languages in any of the four readings at most 0.36 (Italian as VNI). A wrong
# Vietnamese reading of Vietnamese can reach 0.72 (VISCII as TCVN3), so the best share wins.
_ENOUGH_SYLLABLES = 0.7
_ENOUGH_WITH_FONT = 0.5
_ENOUGH_WORDS = 4

# Letters above 127 of the languages of each encoding, most wanted first where two tie.
_ALPHABETS = {
    "windows-1252": (
        "àâæçèéêëîïôœùûüÿ",  # French
        "äöüß",
        "áéíñóúüºª",  # Spanish
        "àáâãçéêíóôõúºª",  # Portuguese
        "àèéìíîòóùú",  # Italian
        "åäöæøé",  # the North
        "áæéíðóöúýþ",  # Icelandic
        "àçèéíïòóúü·",  # Catalan
    ),
    "windows-1250": (
        "áäčďéěíĺľňóôŕřšťúůýž",  # Czech, Slovak
        "ąćęłńóśźż",
        "áéíóöőúüű",
        "âăîşţșț",
        "čćđšž",
    ),
    "iso-8859-2": (
        "áäčďéěíĺľňóôŕřšťúůýž",
        "ąćęłńóśźż",
        "áéíóöőúüű",
        "âăîşţșț",
        "čćđšž",
    ),
    "windows-1254": ("âçğıîöşüûİ",),
    "windows-1251": ("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґў",),
    "iso-8859-5": ("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґў",),
    "koi8-r": ("абвгдежзийклмнопрстуфхцчшщъыьэюяё",),
    "windows-1253": ("αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ",),
    "iso-8859-7": ("αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ",),
    "windows-1257": ("āčēģīķļņšūžąęėįų", "äõöüšž"),
}
_ENTITY = re.compile(r"&(?:#(\d{3})|#x([0-9a-fA-F]{2})|([A-Za-z]{3,6}));")
# What stands between blanks, ASCII signs and quotation marks.
_RUN = re.compile(r"[^\s\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f\u2018-\u201e]+")
_ASCII_LETTER = re.compile("[A-Za-z]")
_OTHER_SCRIPT = re.compile("[\u0370-\u04ff]")
_EAST_ASIAN = ("utf-8", "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr")


def detect_encoding(content: bytes) -> str | None:
    """Return the encoding that makes the best words of `content`, or None for no evidence.

    `content` is known not to be UTF-8 or UTF-16, nor in an encoding of `detect_vietnamese`.
    """
    sample = _visible_sample(content)
    if not sample:
        return None
    scores = {encoding: _alphabet_score(sample, encoding) for encoding in _ALPHABETS}
    best = max(scores, key=scores.__getitem__)
    if scores[best] > 0:
        return best
    return _detect_east_asian(sample)


def detect_vietnamese(content: bytes) -> str | None:
    """Return the Vietnamese encoding of `content`: tcvn3, vni, viscii, windows-1258, or None."""
    sample = latin_entities_to_bytes(_visible_sample(content))
    shares = {name: _share_in(name, sample, content) for name in _VIETNAMESE} if sample else {}
    best = max(shares, key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] >= _ENOUGH_SYLLABLES else None


def detect_font(content: bytes) -> str | None:
    """Return the Vietnamese encoding of `content` where it is that of fonts: tcvn3 or vni.

    The others are tried only where one of these fits: half the work for nearly all pages.
    """
    sample = latin_entities_to_bytes(_visible_sample(content))
    shares = [_share_in(name, sample, content) for name in _FONT_HINTS] if sample else []
    if max(shares, default=0.0) < _ENOUGH_SYLLABLES:
        return None
    found = detect_vietnamese(content)
    return found if found in _FONT_HINTS else None


def _share_in(encoding: str, sample: bytes, content: bytes) -> float:
    """Return which share of words a reading makes Vietnamese, and more where a font is named."""
    share = _syllable_share(_VIETNAMESE[encoding](sample))
    hint = _FONT_HINTS.get(encoding)
    if hint is not None and share >= _ENOUGH_WITH_FONT and hint.search(content):
        share += _ENOUGH_SYLLABLES - _ENOUGH_WITH_FONT
    return share


def latin_entities_to_bytes(content: bytes) -> bytes:
    """Return `content` with entities of Latin-1 letters as bytes: editors wrote TCVN3 so.

    `&nbsp;` and signs that are no letters (`&copy;`, `&laquo;`) stay.
    """
    if b"&" not in content:
        return content
    return _ENTITY.sub(_entity_to_character, content.decode("latin-1")).encode("latin-1")


def _entity_to_character(match: re.Match[str]) -> str:
    if match[3]:
        character = html5.get(match[3] + ";", "")
        return character if _is_latin_1_letter(character) else match[0]
    number = int(match[1]) if match[1] else int(match[2], 16)
    return chr(number) if 0xA1 <= number <= 0xFF else match[0]


def _is_latin_1_letter(character: str) -> bool:
    return len(character) == 1 and 0xA1 <= ord(character) <= 0xFF and character.isalpha()


def _visible_sample(content: bytes) -> bytes:
    """Return the start of the text between the tags, or b"" where all of it is ASCII."""
    sample = _TAG.sub(b" ", content[:_SAMPLE_BYTES])
    return b"" if sample.isascii() and b"&" not in sample else sample


def _decode_1258(content: bytes) -> str:
    return normalize(content.decode("cp1258", "replace"))


_VIETNAMESE: dict[str, Callable[[bytes], str]] = {
    "windows-1258": _decode_1258,
    **LEGACY_DECODERS,
}


def _syllable_share(text: str) -> float:
    """Return which share of the different marked words of `text` are built as Vietnamese ones."""
    marked = " ".join([run for run in text.lower().split() if not run.isascii()])
    words = {word for word in _WORD.findall(marked) if not word.isascii()}
    if len(words) < _ENOUGH_WORDS:
        return 0.0
    return sum(map(_is_syllable, words)) / len(words)


def _is_syllable(word: str) -> bool:
    toneless = word.translate(_TONELESS)
    # Few words of other languages come past the first test.
    return _SYLLABLE.fullmatch(toneless) is not None and sum(map(ne, word, toneless)) <= 1


def _alphabet_score(sample: bytes, encoding: str) -> float:
    """Return how many letters fit the best alphabet, less those that do not, weighted."""
    text = sample.decode(encoding, "replace")
    letters: Counter[str] = Counter()
    penalty = 0
    words = Counter(word for word in _RUN.findall(text) if not word.isascii())
    for word, count in words.items():
        for letter in word:
            if not letter.isascii():
                letters[letter if letter.islower() else letter.lower()] += count
        penalty += count * _oddness(word)
    best = max(
        sum(
            count if letter in alphabet else -2 * count
            for letter, count in letters.items()
            if letter.isalpha()
        )
        for alphabet in map(frozenset, _ALPHABETS[encoding])
    )
    return best - penalty


def _oddness(word: str) -> int:
    """Return how unlike a word it is: signs inside, capitals after small letters, two scripts."""
    odd = len(
        re.findall(r"(?<=[^\W\d_])[^\w\s'\u2019\u00ad\u00b7-](?=[^\W\d_])|[\x80-\x9f\ufffd]", word)
    )
    odd += sum(1 for left, right in pairwise(word) if left.islower() and right.isupper())
    if _ASCII_LETTER.search(word) and _OTHER_SCRIPT.search(word):
        odd += 1
    return 3 * odd


def _detect_east_asian(sample: bytes) -> str | None:
    """Return the first East Asian encoding that reads all of `sample` as everyday signs."""
    best, best_share = None, 0.5
    for encoding in _EAST_ASIAN:
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        wide = [sign for sign in text if not sign.isascii()]
        share = sum(map(_is_everyday, wide)) / max(1, len(wide))
        if share > best_share:
            best, best_share = encoding, share
    return best


_EVERYDAY_HAN = frozenset(
    "的一是不了在人有我他这個个中大来上国和地到说時时要就出会會也年日月本今新市府民公"
)


def _is_everyday(sign: str) -> bool:
    return (
        "\u3040" <= sign <= "\u30ff"
        or "\uac00" <= sign <= "\ud7a3"
        or sign in _EVERYDAY_HAN
        or sign in "、。，「」"
    )
