"""What the bytes of Vietnamese encodings mean that Python has no codec for.

Before Unicode, Vietnamese offices wrote with fonts: the bytes of a page were called iso-8859-1,
and a font drew Vietnamese letters for them. Three such encodings are found in archives:

- TCVN3 (also "ABC", fonts `.VnTime`): one byte a letter. Capitals with a tone have no byte; a
  capitals font (`.VnTimeH`) draws them for the bytes of the small letters.
- VISCII (RFC 1456): one byte a letter.
- VNI for Windows (fonts `VNI-Times`): a base letter, and after it a byte for its marks.

Which of them a page is in is the question of `encoding_detection`.
"""

from __future__ import annotations

import re

from civicsearch.analysis.folding import normalize

__all__ = ["LEGACY_DECODERS", "decode_tcvn3", "decode_viscii", "decode_vni"]

_TCVN3 = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđẰ",
    0xB0: "\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔ",
    0xE1: "ỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ",
}
"""First byte of a run of letters, and the run."""

_VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ"  # 80
    "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"  # 90
    "Õắằặấầẩậẽẹếềểễệố"  # A0
    "ồổỗỠƠộờởịỰỨỪỬơớƯ"  # B0
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ"  # C0
    "ĐứÒÓÔạỷừửÙÚỹỵÝỡư"  # D0
    "àáâãảăữẫèéêẻìíĩỉ"  # E0
    "đựòóôõỏọụùúũủýợỮ"  # F0
)
_VISCII_CONTROLS = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}

# VNI: what the byte after a vowel adds to it, as combining marks.
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_VNI_MARKS = {
    "ù": _ACUTE,
    "ø": _GRAVE,
    "û": _HOOK,
    "õ": _TILDE,
    "ï": _DOT,
    "â": _CIRCUMFLEX,
    "á": _CIRCUMFLEX + _ACUTE,
    "à": _CIRCUMFLEX + _GRAVE,
    "å": _CIRCUMFLEX + _HOOK,
    "ã": _CIRCUMFLEX + _TILDE,
    "ä": _CIRCUMFLEX + _DOT,
    "ê": _BREVE,
    "é": _BREVE + _ACUTE,
    "è": _BREVE + _GRAVE,
    "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}
# Letters that stand alone: no base before them.
_VNI_LETTERS = {
    "ñ": "đ",
    "í": "í",
    "ì": "ì",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "ô": "o" + _HORN,
    "ö": "u" + _HORN,
    "î": "ỵ",
}
_VNI_VOWEL = re.compile(r"([aeouyôöAEOUYÔÖ])([ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË])")
_VNI_LETTER = re.compile("[ñíìæóòôöîÑÍÌÆÓÒÔÖÎ]")


def _byte_table(letters: dict[int, str]) -> str:
    """Return 256 characters: windows-1252 with `letters` put in."""
    table = [bytes([byte]).decode("cp1252", "replace") for byte in range(256)]
    for byte, letter in letters.items():
        table[byte] = letter
    return "".join(table)


_TCVN3_TABLE = _byte_table(
    {first + i: letter for first, run in _TCVN3.items() for i, letter in enumerate(run)}
)
_VISCII_TABLE = _byte_table(
    _VISCII_CONTROLS | {0x80 + i: letter for i, letter in enumerate(_VISCII_HIGH)}
)


def decode_tcvn3(content: bytes) -> str:
    """Return TCVN3 bytes as text; bytes without a letter are read as windows-1252."""
    return normalize(content.decode("latin-1").translate(_TCVN3_TABLE))


def decode_viscii(content: bytes) -> str:
    """Return VISCII bytes as text."""
    return normalize(content.decode("latin-1").translate(_VISCII_TABLE))


def decode_vni(content: bytes) -> str:
    """Return bytes of VNI for Windows as text.

    >>> decode_vni("Ñaûng boä".encode("cp1252"))
    'Đảng bộ'
    """
    text = content.decode("cp1252", "replace")
    text = _VNI_VOWEL.sub(_vni_vowel, text)
    return normalize(_VNI_LETTER.sub(_vni_letter, text))


def _vni_vowel(match: re.Match[str]) -> str:
    return match[1] + _VNI_MARKS[match[2].lower()]


def _vni_letter(match: re.Match[str]) -> str:
    letter = _VNI_LETTERS[match[0].lower()]
    return letter if match[0].islower() else letter.upper()


LEGACY_DECODERS = {"tcvn3": decode_tcvn3, "viscii": decode_viscii, "vni": decode_vni}
"""By the name that `DecodedPage.encoding` gives them."""
