"""What the texts of a segment are packed with: the letters and the strings that they share.

A codebook is an *alphabet* of the 255 commonest characters, each a byte, and a *dictionary* of
what news repeats, which Zstandard makes. Of 3,700 real articles, a document takes 0.317 of its
text with them, packed in 21 us and unpacked in 8; without the alphabet 0.337, packed in 26.
DEFLATE, with a dictionary of 8 kB, took 0.317 too, but 88 us to pack and 21 to unpack.
"""

from __future__ import annotations

import codecs
from collections import Counter
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import zstandard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["IS_UTF8", "PLAIN", "Codebook", "Packer", "Unpacker", "make_codebook"]

IS_UTF8 = b"\0"
"""Begins a text in which not all is of the alphabet; no letter has this byte."""
_LEVEL = 3
"""Of Zstandard. With 5, documents take 4 % less and twice the time to pack."""
_FORMAT = zstandard.FORMAT_ZSTD1_MAGICLESS  # four bytes less for each document
_DICTIONARY_BYTES = 65536
"""Half as much costs 2 % of a document, a quarter 5 %."""
_FEWEST_BYTES = 256  # that Zstandard makes a dictionary of
_DICTIONARY_SHARE = 20
"""A dictionary has one byte for so many of its sample: a sixth of what the sample takes packed,
where no other document comes. What is so small is packed anew when segments are merged."""
_SAMPLE_BYTES = 1 << 20
_LONG = 500
"""So many letters are read by arrays: 2,400 take 4 us then, and 9 one by one."""
_UNDEFINED = "\ufffe"  # for `charmap_decode`
_MOST_LETTERS = 255
# What fills an alphabet when the first documents do not: ASCII, and what Vietnamese is written in.
_USUAL = (
    "".join(map(chr, range(32, 127)))
    + "\n“”‘’–—…ăâđêôơư"
    + "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
    + "ĂÂĐÊÔƠƯÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ"
)


class Codebook(NamedTuple):
    """What documents are packed with.

    Attributes:
        dictionary: Bytes that they may refer to; may be empty.
        alphabet: The characters that the bytes from 1 on stand for; "" for UTF-8.
    """

    dictionary: bytes
    alphabet: str


PLAIN = Codebook(b"", "")
"""That of a handful of documents."""


class Packer:
    """Packs texts by one codebook, for one thread at a time."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        # By code point, the byte of a character, or 0; the last is that of all that lie beyond.
        self._bytes_of = np.zeros((1 << 16) + 1, np.uint8)
        for byte, letter in enumerate(codebook.alphabet, start=1):
            self._bytes_of[ord(letter)] = byte
        parameters = zstandard.ZstdCompressionParameters.from_level(
            _LEVEL, format=_FORMAT, write_content_size=1, write_checksum=0, write_dict_id=0
        )
        dictionary = _read(codebook.dictionary)
        if dictionary is not None:
            dictionary.precompute_compress(compression_params=parameters)
        self._pack = zstandard.ZstdCompressor(
            compression_params=parameters, dict_data=dictionary
        ).compress

    def pack(self, text: str) -> bytes:
        """Return a text packed."""
        return self._pack(self.to_bytes(text))

    def to_bytes(self, text: str) -> bytes:
        """Return a text by the alphabet, or as UTF-8 where it has other characters."""
        if self.codebook.alphabet:
            # No `max` and no `all` of arrays: they would let go of the lock that the thread which
            # writes waits for, and wait for it in their turn: 60 us a document.
            data = self._bytes_of.take(_points(text), mode="clip").tobytes()
            if b"\0" not in data:
                return data
        return IS_UTF8 + text.encode("utf-8", "surrogatepass")


class Unpacker:
    """Unpacks texts by one codebook; threads share it."""

    def __init__(self, codebook: Codebook) -> None:
        # A character for each byte: what `charmap_decode` wants, and as an array.
        self._letters = _UNDEFINED + codebook.alphabet
        self._units = np.frombuffer(self._letters.encode("utf-16-le"), "<u2")
        # To make another for each text would take three times as long as to unpack it.
        dictionary = _read(codebook.dictionary)
        self._unpack = zstandard.ZstdDecompressor(dict_data=dictionary, format=_FORMAT).decompress
        self._lock = Lock()

    def unpack(self, data: bytes) -> str:
        """Return a text."""
        with self._lock:
            text = self._unpack(data)
        if text.startswith(IS_UTF8):
            return text[1:].decode("utf-8", "surrogatepass")
        if len(text) < _LONG:
            return codecs.charmap_decode(text, "strict", self._letters)[0]
        units = self._units.take(np.frombuffer(text, np.uint8))
        return codecs.utf_16_le_decode(units.data)[0]


def make_codebook(samples: Sequence[str]) -> Codebook:
    """Return what texts have in common; of long ones, their beginnings."""
    share = max(1, _SAMPLE_BYTES // len(samples))
    beginnings = [text[:share] for text in samples]
    counted = Counter("".join(beginnings))
    letters = [c for c, _ in counted.most_common() if _can_be_letter(c)]
    alphabet = "".join(list(dict.fromkeys([*letters, *_USUAL]))[:_MOST_LETTERS])
    packer = Packer(Codebook(b"", alphabet))
    return Codebook(_dictionary(list(map(packer.to_bytes, beginnings))), alphabet)


def _dictionary(texts: Sequence[bytes]) -> bytes:
    """Return a dictionary for such texts; none where they are few, or have nothing in common."""
    size = min(_DICTIONARY_BYTES, sum(map(len, texts)) // _DICTIONARY_SHARE)
    if size < _FEWEST_BYTES:
        return b""
    try:
        made = zstandard.train_dictionary(size, list(texts))
    except zstandard.ZstdError:
        return b""
    return made.as_bytes()


def _read(dictionary: bytes) -> zstandard.ZstdCompressionDict | None:
    if not dictionary:
        return None
    return zstandard.ZstdCompressionDict(dictionary, dict_type=zstandard.DICT_TYPE_FULLDICT)


def _points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def _can_be_letter(character: str) -> bool:
    """Return whether an alphabet may have a character: JSON makes one of two surrogates."""
    is_surrogate = "\ud800" <= character <= "\udfff"
    return ord(character) < 1 << 16 and character != _UNDEFINED and not is_surrogate
