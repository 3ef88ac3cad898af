"""How text reaches a terminal: without control characters, wrapped, in colour where wanted.

What a hit or a document looks like is the question of `hits` and `documents`.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, TextIO

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from civicsearch.analysis.tokens import Span

__all__ = [
    "Piece",
    "Style",
    "Terminal",
    "clip",
    "count_of",
    "describe_size",
    "draw_bar",
    "drop",
    "mark",
    "put",
    "safe",
    "say",
    "tell",
    "wrap",
]

_MIN_WIDTH = 20
_DEFAULT_WIDTH = 80
_BAR_EIGHTHS = " ▏▎▍▌▋▊▉█"

_BLANKS = frozenset("\t\n\x0b\x0c\r\x85\u2028\u2029")
_WORD = re.compile(r"\S+")


# What moves the cursor, ends a line, turns the direction of writing or cannot be encoded: C0,
# DEL, C1, bidirectional marks and their deprecated kin, line separators, tags, half surrogates.
_UNSAFE = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


class Style(Enum):
    """What a piece of text means to the eye; the value is the ANSI code (SGR)."""

    PLAIN = ""
    BOLD = "1"
    DIM = "2"
    MATCH = "1;31"  # bold red, as grep marks; yellow cannot be read on white


class Piece(NamedTuple):
    """A stretch of text in one style."""

    text: str
    style: Style = Style.PLAIN


class Terminal(NamedTuple):
    """What is at the other end of a stream.

    Attributes:
        is_interactive: Whether a person is looking at it.
        has_color: Whether ANSI codes are welcome.
        width: Columns to wrap at; None for a pipe or a file, where lines stay whole.
    """

    is_interactive: bool
    has_color: bool
    width: int | None

    @classmethod
    def of(cls, stream: TextIO | None, environ: Mapping[str, str] = os.environ) -> Terminal:
        """Return what is at the end of `stream`."""
        is_interactive = stream is not None and stream.isatty()
        return cls(
            is_interactive=is_interactive,
            has_color=_wants_color(environ, is_interactive=is_interactive),
            width=_columns(stream, environ) if stream is not None and is_interactive else None,
        )

    def paint(self, text: str, style: Style) -> str:
        """Return `text` in `style`, or as it is where colour is not welcome."""
        if not (text and style.value and self.has_color):
            return text
        return f"\x1b[{style.value}m{text}\x1b[0m"

    def lay_out(self, pieces: Sequence[Piece], *, indent: int = 0, hanging: str = "") -> str:
        """Return `pieces` made safe, wrapped to the width and painted.

        Args:
            pieces: One paragraph.
            indent: Blanks before every line.
            hanging: Takes the place of the blanks before the first line, e.g. a number.
        """
        pieces = [Piece(safe(piece.text), piece.style) for piece in pieces]
        text = "".join(piece.text for piece in pieces)
        room = None if self.width is None else max(self.width - indent, _MIN_WIDTH // 2)
        margins = [hanging.ljust(indent)]
        lines = []
        for start, end in wrap(text, room):
            lines.append(margins[-1] + self._paint_slice(pieces, start, end))
            margins.append(" " * indent)
        return "\n".join(lines) if lines else margins[0].rstrip()

    def _paint_slice(self, pieces: Sequence[Piece], start: int, end: int) -> str:
        painted, position = [], 0
        for piece in pieces:
            begin, finish = max(start - position, 0), min(end - position, len(piece.text))
            if begin < finish:
                painted.append(self.paint(piece.text[begin:finish], piece.style))
            position += len(piece.text)
        return "".join(painted)


def put(text: str) -> None:
    """Write data to standard output; colour was decided where `text` was made."""
    click.echo(text, color=True)


def say(text: str, *, indent: int = 0) -> None:
    """Write a message, made safe and wrapped, to standard error."""
    tell(Terminal.of(sys.stderr).lay_out([Piece(text)], indent=indent))


def tell(line: str) -> None:
    """Write a line to standard error as it is; that it cannot be written ends no command."""
    try:
        click.echo(line, err=True)
    except OSError:
        drop(sys.stderr)


def drop(stream: TextIO | None) -> None:
    """Send what is still to be written to `stream` nowhere: Python flushes once more as it ends."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        if stream is not None:
            os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):  # it is no file, as in a test
        return


def safe(text: str) -> str:
    r"""Return `text` on one line with every dangerous character made visible.

    >>> safe("a\nb\x1b[31m")
    'a b\\x1b[31m'
    """
    if text.isprintable():  # all that is unsafe is not; the expression takes 0.5 ms to compile
        return text
    return re.sub(_UNSAFE, _escape, text)


def mark(text: str, spans: Sequence[Span], *, base: Style = Style.PLAIN) -> list[Piece]:
    """Return `text` cut into pieces, those inside `spans` in the style of matches."""
    pieces, position = [], 0
    for start, end in spans:
        pieces += [Piece(text[position:start], base), Piece(text[start:end], Style.MATCH)]
        position = end
    return [*pieces, Piece(text[position:], base)]


def wrap(text: str, width: int | None) -> Iterator[tuple[int, int]]:
    """Yield the slices of `text` that fill lines of at most `width` columns; None: one line.

    No line begins or ends with a blank. A word that is wider than a line is cut, unless it is
    ASCII: an address or a path stays whole, to be copied.
    """
    if width is None:
        if text.strip():
            yield len(text) - len(text.lstrip()), len(text.rstrip())
        return
    start = end = -1
    for word in _WORD.finditer(text):
        if start >= 0 and _measure(text[start : word.end()]) <= width:
            end = word.end()
            continue
        if start >= 0:
            yield start, end
        start, end = word.span()
        cuts = () if word[0].isascii() else _cuts(text, start, end, width)
        for cut in cuts:
            yield start, cut
            start = cut
    if start >= 0:
        yield start, end


def clip(text: str, width: int | None) -> str:
    """Return the beginning of `text` in at most `width` columns, with "…" where it goes on."""
    if width is None or _measure(text) <= width:
        return text
    cut = next(_cuts(text, 0, len(text), max(width - 1, 1)))
    return text[:cut].rstrip() + "…"


def count_of(count: int, noun: str, plural: str | None = None) -> str:
    """Return a count with its noun.

    >>> count_of(1, "document"), count_of(1200, "document"), count_of(2, "copy", "copies")
    ('1 document', '1,200 documents', '2 copies')
    """
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def describe_size(size_bytes: int) -> str:
    """Return a size as people say it; 1 kB is 1,000 bytes.

    >>> describe_size(1_250_000)
    '1.2 MB'
    """
    size = float(size_bytes)
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:,.0f} bytes" if unit == "bytes" else f"{size:,.1f} {unit}"
        size /= 1000
    return f"{size:,.1f} GB"


def draw_bar(share: float, width: int) -> str:
    """Return a bar that fills `share` (0 to 1) of `width` columns, to an eighth of a column."""
    full, part = divmod(round(max(0.0, min(share, 1.0)) * width * 8), 8)
    if not _speaks_unicode():
        return "#" * (full + (part > 3))
    return "█" * full + _BAR_EIGHTHS[part].strip()


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in _BLANKS:
        return " "
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _measure(text: str) -> int:
    return len(text) if text.isascii() else sum(map(_columns_of, text))


def _columns_of(character: str) -> int:
    """Return how many columns one character takes: 2 for Han, 0 for a combining mark."""
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in {"Mn", "Me", "Cf"} else 1


def _cuts(text: str, start: int, end: int, width: int) -> Iterator[int]:
    """Yield where a word that is wider than a line must be cut."""
    used = 0
    for position in range(start, end):
        columns = _columns_of(text[position])
        if used + columns > width and used:
            yield position
            used = 0
        used += columns


def _wants_color(environ: Mapping[str, str], *, is_interactive: bool) -> bool:
    """Decide as Python's own interpreter does: NO_COLOR, then FORCE_COLOR, then the terminal."""
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return is_interactive and environ.get("TERM") != "dumb"


def _columns(stream: TextIO, environ: Mapping[str, str]) -> int:
    stated = environ.get("COLUMNS", "")
    if stated.isdecimal() and int(stated):
        return max(int(stated), _MIN_WIDTH)
    try:
        return max(os.get_terminal_size(stream.fileno()).columns or _DEFAULT_WIDTH, _MIN_WIDTH)
    except (OSError, ValueError):
        return _DEFAULT_WIDTH


def _speaks_unicode() -> bool:
    return (getattr(sys.stdout, "encoding", None) or "").lower().startswith("utf")
