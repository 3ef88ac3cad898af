"""Bytes to text: what a page's bytes say, whatever its labels say.

Labels are believed in this order: byte order mark, transport, `<meta>` or XML declaration. Bytes
that are strictly UTF-8 are UTF-8 under any one-byte label, and pages whose letters are
Vietnamese only in TCVN3, VNI or VISCII are read so under any label, because no label names
these. Where no label helps, `encoding_detection` decides.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import normalize
from civicsearch.errors import ExtractionError
from civicsearch.ingest.encodings.encoding_detection import (
    detect_encoding,
    detect_font,
    detect_vietnamese,
    latin_entities_to_bytes,
)
from civicsearch.ingest.encodings.enormous import cut_tags, shorten
from civicsearch.ingest.encodings.legacy_encodings import LEGACY_DECODERS

if TYPE_CHECKING:
    from civicsearch.document import Page

__all__ = ["MAX_PAGE_BYTES", "DecodedPage", "decode_page"]

MAX_PAGE_BYTES = 50_000_000
"""Larger files are no pages of an article."""

_EMPTY = "the page is empty"
_BINARY = "the file is binary, no web page"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # starts like UTF-16, so it is tried first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BLANKS = b"\x00 \t\r\n"
_BINARY_STARTS = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x7fELF",
    b"MZ\x90",
    b"\xd0\xcf\x11\xe0",
    b"RIFF",
    b"ID3",
    b"OggS",
    b"wOFF",
    b"wOF2",
    b"SQLite format 3",
)
# A text page has a few stray control bytes at most; a hundredth of the start is far more.
_BINARY_SHARE = 0.01
_CONTROL_BYTES = bytes(
    byte for byte in range(32) if byte not in b"\t\n\x0b\x0c\r\x1b\x02\x05\x06\x14\x19\x1e"
)

_PRESCAN_BYTES = 8192
_META_CHARSET = re.compile(
    rb"<meta\b[^>]{0,300}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_XML_ENCODING = re.compile(rb"^\s*<\?xml\b[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_TRANSPORT_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)

# Labels that mean another encoding than their name says: WHATWG Encoding Standard, section 4.2.
_MEANT = {
    "ascii": "windows-1252",
    "cp949": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "iso8859-1": "windows-1252",
    "iso8859-9": "windows-1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "utf-8-sig": "utf-8",
}
_OWN_LABELS = {
    "viscii": "viscii",
    "csviscii": "viscii",
    "x-viet-viscii": "viscii",
    "tcvn": "tcvn3",
    "tcvn3": "tcvn3",
    "tcvn-5712": "tcvn3",
    "tcvn5712-1": "tcvn3",
    "x-viet-tcvn5712": "tcvn3",
    "x-viet-vni": "vni",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "unicode-1-1-utf-8": "utf-8",
}
# Python also registers codecs that are no character encodings (base64, rot13, idna) and one
# that nobody may be made to decode (utf-7 hides mark-up).
_TEXT_CODEC = re.compile(
    r"utf-8|cp\d+|windows-\d+|iso8859-\d+|koi8-[rut]|mac-\w+|big5\w*|gb\w+|hz|euc_\w+|shift_\w+"
    r"|johab|iso2022_\w+"
)
_MULTIBYTE = re.compile(r"cp9(?:32|49|50)|big5\w*|gb\w+|hz|euc_\w+|shift_\w+|johab|iso2022_\w+")
_GENERIC = frozenset({"windows-1252", "iso8859-15"})
_NAMES = {"cp": "windows-", "iso8859": "iso-8859"}

# Bytes of printable ASCII, blanks and line feeds: without them little is left of most pages.
_ASCII_BYTES = bytes([*b"\t\n\x0b\x0c\r", *range(32, 127)])
# Bytes inside of letters, and first ones of letters none of which composes with another: from À
# (U+00C0) to U+02FF, Greek, Cyrillic, Han, Hangul, and signs of fonts.
_PLAIN_BYTES = b"\xcf\xd0\xd1" + bytes(
    [*range(0x80, 0xC0), *range(0xC3, 0xCC), *range(0xE4, 0xEA), *range(0xEB, 0xEF)]
)
# First bytes of signs of Latin-1, Greek and Vietnamese letters, punctuation, kana, wide letters and
# pictures, and what of these is a control character, a mark, or another letter's double.
_LEADING_BYTES = b"\xc2\xce\xe1\xe2\xe3\xea\xef\xf0"
# Each by itself: a pattern that begins with one certain byte is looked for quickly.
_NOT_PLAIN = {
    b"\xc2": re.compile(rb"\xc2[\x80-\x9f]"),
    b"\xce": re.compile(rb"\xce\x87"),
    b"\xe1": re.compile(rb"\xe1[^\xb8-\xbb]"),
    b"\xe2": re.compile(rb"\xe2(?:\x80[\x80\x81]|[\x83\x84\x8c\xa0-\xbf])"),
    b"\xe3": re.compile(rb"\xe3(?:\x80[\xaa-\xaf]|\x82[\x99\x9a])"),
    b"\xea": re.compile(rb"\xea[^\xb0-\xbf]"),
    b"\xef": re.compile(rb"\xef(?:[\xa4-\xad]|\xb8[\xa0-\xaf]|\xbb\xbf|\xbf[\xbe\xbf])"),
    b"\xf0": re.compile(rb"\xf0(?!\x9f)"),
}
_DAMAGE = "\ufffd"
_HIGH_BYTES = bytes(range(0x80, 0x100))
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_FORBIDDEN_SIGNS = "\ufeff\ufffe\uffff"
_FORBIDDEN = re.compile(f"{_CONTROLS.pattern}|[{_FORBIDDEN_SIGNS}]")
# TCVN3 and VNI text that an editor saved as UTF-8 or as entities: its letters in the places of
# Latin-1 signs. The pattern only says where a closer look is worth its time.
_FONT_SIGNS = "µ¶¸¹®¨ª¬\xadøûïåñ".encode("latin-1")
_START_CHARS = 100_000
_FEW_SIGNS = 20
# First the sign, then what is round it: the other way round each letter of a page is looked at.
_FONT_TEXT = re.compile(
    "[µ¶·¸¹®¨©ª«¬\xad»¼½¾ùøûïåäêñ](?:(?<=[a-zA-Z][µ¶·¸¹®¨©ª«¬\xad»¼½¾])"
    "|(?<=[®µ¸¹])(?=[a-z])|(?<=[aeouöô][ùøûïåäê])|(?<=ñ)(?=[aeouö]))"
)
_FONT_ENTITY = re.compile(
    "&(?:#1[6-9]\\d|#2[0-5]\\d|#x[a-fA-F][0-9a-fA-F]|[A-Za-z](?:acute|grave|circ|tilde|uml)|micro);"
)
_VIETNAMESE_LETTER = re.compile("[\u1ea0-\u1ef9ơưđ]")


# The one sequence that begins with the sign of a tag and is composed to another sign.
_STRUCK_THROUGH = "<\u0338"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedPage:
    """A page as text.

    Attributes:
        text: NFC, without control characters other than white space, without byte order mark.
        encoding: What the bytes were read as: "utf-8", "windows-1258", "tcvn3" ...
        is_cut: Whether the end of an enormous page is left out.
        utf8: The bytes of `text` where those of the page are that, else none.
    """

    text: str
    encoding: str
    is_cut: bool = False
    utf8: bytes = b""


def decode_page(page: Page) -> DecodedPage:
    """Return the text of `page`; wrong labels and stray bytes are no error.

    Raises:
        ExtractionError: The bytes are none, more than `MAX_PAGE_BYTES`, or no text.
    """
    content = page.content
    _refuse_non_text(content, url=page.url)
    wide = _wide_encoding(content)
    width = {"16": 2, "32": 4}.get(wide[4:6], 1) if wide else 1
    content, is_cut = shorten(content, width=width)
    text, encoding = _decode(content, content_type=page.content_type)
    marked = content.translate(None, _ASCII_BYTES)
    is_plain = encoding == "utf-8" and _DAMAGE not in text and _is_plain(marked)
    if not is_plain:
        is_clean = encoding == "utf-8" and not _has_controls(marked)
        text = _in_nfc(text if is_clean else _without_forbidden(text))
    start = cut_tags(text)
    if not start.strip():
        raise ExtractionError(_EMPTY, url=page.url)
    is_whole = len(start) == len(text)
    return DecodedPage(
        text=start,
        encoding=encoding,
        is_cut=is_cut or not is_whole,
        utf8=content if is_plain and is_whole else b"",
    )


def _is_plain(marked: bytes) -> bool:
    """Return whether UTF-8 is that of a text that is in NFC as it is, without controls.

    Most pages end here; to take each of their letters in hand costs as much as to parse them.

    Args:
        marked: Its bytes but those of ASCII.
    """
    rest = marked.translate(None, _PLAIN_BYTES)
    if rest.translate(None, _LEADING_BYTES):
        return False
    return not any(lead in rest and rare.search(marked) for lead, rare in _NOT_PLAIN.items())


def _has_controls(marked: bytes) -> bool:
    """Return whether UTF-8 may be that of a text with characters that no page shows."""
    if marked.translate(None, _HIGH_BYTES) or b"\xef" in marked:
        return True
    return _NOT_PLAIN[b"\xc2"].search(marked) is not None


def _without_forbidden(text: str) -> str:
    """Return `text` without characters that no page shows; hardly any page holds one."""
    rare = any(sign in text for sign in _FORBIDDEN_SIGNS)
    return _FORBIDDEN.sub("", text) if rare or _CONTROLS.search(text) else text


def _in_nfc(text: str) -> str:
    """Return `text` normalized, piece by piece: most of a page is tags, in plain ASCII."""
    if text.isascii() or _STRUCK_THROUGH in text:
        return normalize(text)
    pieces = text.split("<")
    # A list is a third quicker here than an iterator.
    return "<".join([piece if piece.isascii() else normalize(piece) for piece in pieces])


def _refuse_non_text(content: bytes, *, url: str | None) -> None:
    # The start of nearly any page tells; to strip all of it copies it.
    if not content[:1024].strip(_BLANKS) and not content.strip(_BLANKS):
        raise ExtractionError(_EMPTY, url=url)
    if len(content) > MAX_PAGE_BYTES:
        reason = f"the page has {len(content):,} bytes, more than {MAX_PAGE_BYTES:,}"
        raise ExtractionError(reason, url=url)
    if content.startswith(_BINARY_STARTS):
        raise ExtractionError(_BINARY, url=url)
    if _wide_encoding(content):
        return
    start = content[:4096]
    stray = len(start) - len(start.translate(None, _CONTROL_BYTES))
    if stray > 2 and stray > _BINARY_SHARE * len(start):
        raise ExtractionError(_BINARY, url=url)


def _decode(content: bytes, *, content_type: str | None) -> tuple[str, str]:
    """Return the text and the name of the encoding."""
    wide = _wide_encoding(content)
    if wide:
        return content.decode(wide, "replace"), wide
    labels = _labels(content, content_type)
    multibyte = next((label for label in labels[:1] if _MULTIBYTE.fullmatch(label)), None)
    if multibyte and _errors(content, multibyte) == 0:
        return content.decode(multibyte), multibyte
    try:
        return _repair_font_text(content.decode("utf-8"))
    except UnicodeDecodeError:
        encoding = _choose(content, labels)
    if encoding in LEGACY_DECODERS:
        return LEGACY_DECODERS[encoding](latin_entities_to_bytes(content)), encoding
    return content.decode(encoding, "replace"), _public_name(encoding)


def _choose(content: bytes, labels: list[str]) -> str:
    """Return the encoding of bytes that are not strictly UTF-8."""
    if _is_damaged_utf8(content):
        return "utf-8"
    labels = [label for label in labels if label != "utf-8"]
    vietnamese = detect_vietnamese(content)
    if vietnamese:
        return vietnamese
    specific = [label for label in labels if label not in _GENERIC]
    if specific:
        return specific[0]
    return detect_encoding(content) or (labels[0] if labels else "windows-1252")


def _is_damaged_utf8(content: bytes) -> bool:
    """Return whether most sequences above 127 are UTF-8: a cut letter, a pasted stray byte."""
    good = len(
        re.findall(
            rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}", content
        )
    )
    bad = _errors(content, "utf-8")
    return good > 2 * bad


def _errors(content: bytes, encoding: str) -> int:
    """Return how many places of `content` cannot be read in `encoding`."""
    return content.decode(encoding, "replace").count(_DAMAGE)


def _wide_encoding(content: bytes) -> str | None:
    """Return the encoding that a byte order mark or the nulls between ASCII letters show."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return encoding
    start = content[:1024]
    if len(start) < 4 or start.count(0) < 0.3 * len(start):
        return None
    for encoding, nulls, others in (
        ("utf-16-le", start[1::2], start[::2]),
        ("utf-16-be", start[::2], start[1::2]),
    ):
        if nulls.count(0) > 0.6 * len(nulls) and others.count(0) < 0.05 * len(others):
            return encoding
    return None


def _labels(content: bytes, content_type: str | None) -> list[str]:
    """Return the known encodings that labels name, most trusted first."""
    start = _COMMENT.sub(b"", content[:_PRESCAN_BYTES])
    found = [
        match[1]
        for match in (
            _TRANSPORT_CHARSET.search(content_type or ""),
            _META_CHARSET.search(start),
            _XML_ENCODING.search(start),
        )
        if match
    ]
    texts = (label if isinstance(label, str) else label.decode("latin-1") for label in found)
    return [encoding for encoding in map(_known_encoding, texts) if encoding]


def _known_encoding(label: str) -> str | None:
    """Return the encoding that a label means, or None for a stranger.

    UTF-16 is refused: the label itself was read as ASCII, so the page cannot be in it.
    """
    label = label.strip().lower()
    if label in _OWN_LABELS:
        return _OWN_LABELS[label]
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    name = _MEANT.get(name, name)
    return name if _TEXT_CODEC.fullmatch(name) else None


def _public_name(encoding: str) -> str:
    """Return the name that people know: "windows-1258" for Python's "cp1258"."""
    match = re.fullmatch(r"(cp|iso8859)(?=-?\d)(-?\d+)", encoding)
    if match is None or encoding in {"cp932", "cp949", "cp874"}:
        return encoding
    return _NAMES[match[1]] + match[2]


def _may_be_font_text(text: str) -> bool:
    """Return whether a closer look pays: nearly no page comes past the first lines."""
    start = text[:_START_CHARS]
    narrow = b"" if start.isascii() else start.encode("latin-1", "ignore")
    # Many times quicker than a regular expression.
    signs = len(narrow) - len(narrow.translate(None, _FONT_SIGNS))
    if signs >= _FEW_SIGNS and _VIETNAMESE_LETTER.search(start):
        return False
    found = len(_FONT_TEXT.findall(start)) if signs >= _FEW_SIGNS else 0
    found += len(_FONT_ENTITY.findall(start))
    return found >= _FEW_SIGNS and not _VIETNAMESE_LETTER.search(start)


def _repair_font_text(text: str) -> tuple[str, str]:
    """Return UTF-8 text, its letters put right where they are a font's in Latin-1's clothes."""
    if not _may_be_font_text(text):
        return text, "utf-8"
    font = detect_font(text[:_START_CHARS].encode("cp1252", "xmlcharrefreplace"))
    if font is None:
        return text, "utf-8"
    narrow = text.encode("cp1252", "xmlcharrefreplace")
    return LEGACY_DECODERS[font](latin_entities_to_bytes(narrow)), font
