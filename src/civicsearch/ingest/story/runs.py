"""Inline text as blocks: which line breaks part paragraphs, and which stand inside one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from civicsearch.ingest.blocks import collapse
from civicsearch.ingest.layout.glued_lines import may_hold_date, parted_numbers
from civicsearch.ingest.reading.dates import find_dateline
from civicsearch.ingest.reading.phrases import split_error_text

__all__ = ["Run", "joined_runs", "part_runs"]

_SENTENCE_END = re.compile(r"[.!?…:;][\])'\"”’»“]*$")
# Text between single line breaks is one paragraph (an address, a verse) while it is short;
# a whole story written with <br> alone is longer than this.
_LONG_RUN = 500


@dataclass(slots=True, kw_only=True)
class Run:
    """The inline text between two breaks.

    Attributes:
        pieces: The texts of its inline elements.
        chars: How many characters are visible.
        link_chars: How many of them are inside links.
        bold_chars: How many of them are bold.
        italic_chars: How many of them are italic.
    """

    pieces: list[str] = field(default_factory=list)
    chars: int = 0
    link_chars: int = 0
    bold_chars: int = 0
    italic_chars: int = 0

    def add(self, text: str, *, link: bool, bold: bool, italic: bool) -> None:
        """Add the text of one inline element."""
        self.pieces.append(text)
        visible = len(text.strip())
        self.chars += visible
        self.link_chars += visible if link else 0
        self.bold_chars += visible if bold else 0
        self.italic_chars += visible if italic else 0

    @property
    def text(self) -> str:
        """The text as it is shown."""
        line = "".join(self.pieces)
        if len(self.pieces) > 1 and may_hold_date(line):
            line = "".join(parted_numbers(self.pieces))
        return collapse(line)

    @property
    def is_bold(self) -> bool:
        """Whether nearly all of it is bold."""
        return self.bold_chars >= 0.95 * self.chars

    @property
    def is_italic(self) -> bool:
        """Whether nearly all of it is italic."""
        return self.italic_chars >= 0.95 * self.chars


def joined_runs(runs: list[Run]) -> Run:
    """Return runs as one, with a blank for each break between them."""
    pieces = [piece for run in runs for piece in (" ", *run.pieces)]
    return Run(
        pieces=pieces[1:],
        chars=sum(run.chars for run in runs),
        link_chars=sum(run.link_chars for run in runs),
        bold_chars=sum(run.bold_chars for run in runs),
        italic_chars=sum(run.italic_chars for run in runs),
    )


def part_runs(runs: list[Run], *, in_heading: bool) -> list[list[Run]]:
    """Return runs that stood between line breaks, gathered into blocks."""
    if in_heading:
        return [runs]
    if sum(run.chars for run in runs) >= _LONG_RUN:
        return [[run] for run in runs]
    parts: list[list[Run]] = [[]]
    for run in runs:
        if not run.chars:
            if parts[-1]:
                parts.append([])
        elif parts[-1] and not _continues(parts[-1][-1], run):
            parts.append([run])
        else:
            parts[-1].append(run)
    return [part for part in parts if part]


def _continues(run: Run, following: Run) -> bool:
    """Return whether the text after a line break goes on with the line before it."""
    if run.is_bold != following.is_bold or run.is_italic != following.is_italic:
        return False
    text, next_text = run.text, following.text
    if find_dateline(text) is not None or find_dateline(next_text) is not None:
        return False
    if split_error_text(text)[0] or split_error_text(next_text)[0]:
        return False
    return not (len(text) >= 60 and _SENTENCE_END.search(text))
