"""Who the visible page says wrote the story.

Bylines stand under the headline (`Autor: Jana M. | Zobrazeno: 12`), in an element named so, or
as the last line of the story. A name alone, without role or place, is believed only there:
menus and tables are full of words that look like names.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.ingest.lines import names_of
from civicsearch.ingest.names import is_byline, parse_authors
from civicsearch.ingest.region import lines_below
from civicsearch.ingest.vocabulary import is_author_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from civicsearch.ingest.blocks import Block, Line
    from civicsearch.ingest.region import Region
    from civicsearch.ingest.visible_title import VisibleTitle

__all__ = ["find_authors", "is_labelled_byline"]

_ROLE = re.compile(
    r"(?:(?:tin|bai)(?: viet)?\s*(?:,|va|-|/|:)|tin bai\b|tac gia\b|nguoi (?:viet|dang)\b|"
    r"thuc hien\b|bien soan\b|phong vien\b|theo\s*:|"
    r"autor(?:es|as?|ka|ky|ri|i|in|en|innen)?\b|auteure?s?\b|authors?\b|by\b|por\b|par\b|von\b|"
    r"text[oe]?\b|tekst\b|haber\b|yazar\b|"
    r"opracowa\w+|oprac\b|zpracoval[ai]?\b|napsal[ai]?\b|napisal[ai]?\b|words\b|story by|"
    r"written by|posted by|di\b|redakto?r\b|vlozil[ai]?\b)"
)
_SOURCE = re.compile(r"^(?:theo|nguồn|nguon|source)\s*:\s*", re.IGNORECASE)
_SEGMENT = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+|(?<=\d{4})\s+(?=\D)|\s{2,}")
_MAX_CHARS = 120
_NEAR_TITLE = 12


def is_labelled_byline(text: str) -> bool:
    """Return whether a short line names its writers with a role: `Bài, ảnh: Trần Thị B`."""
    if len(text) > 90 or not _ROLE.match(fold(text).lstrip("(- ")):
        return False
    return is_byline(text) or is_byline(_SOURCE.sub("", text))


def find_authors(
    region: Region,
    headline: VisibleTitle,
    blocks: Sequence[Block],
    *,
    site_name: str,
) -> tuple[str, ...]:
    """Return the authors that the page prints; empty rather than wrong.

    Args:
        region: The story's place, with all lines of the page.
        headline: The visible headline.
        blocks: What was taken for bylines in and below the story, in order.
        site_name: The publisher, who is no author.
    """
    for text in _candidates(region, headline, blocks):
        authors = parse_authors(_SOURCE.sub("", text), site_name=site_name)
        if authors:
            return authors
    return ()


def _candidates(region: Region, headline: VisibleTitle, blocks: Sequence[Block]) -> Iterator[str]:
    top = _lines_round(region, headline)
    for line in top:
        yield from _labelled_parts(line.text)
    yield from _label_and_name(top)
    yield from (block.text for block in blocks if _ROLE.match(fold(block.text)))
    yield from (line.text for line in top if _is_named(line.element))
    yield from (block.text for block in reversed(blocks))
    below = [line for line in lines_below(region) if len(line.text) <= _MAX_CHARS]
    for line in below:
        yield from _labelled_parts(line.text)
    yield from _label_and_name(below)
    yield from (line.text for line in below if _is_named(line.element))
    yield from _beside_title(region, headline)


def _lines_round(region: Region, headline: VisibleTitle) -> list[Line]:
    """Return short lines from the headline to the story's start."""
    first = region.start if headline.line is None else headline.line + 1
    last = max(region.start + 2, first + _NEAR_TITLE // 2)
    last = min(last, first + 2 * _NEAR_TITLE)
    lines = region.lines[first:last]
    if headline.line is not None:
        lines = [*lines, *reversed(region.lines[max(0, headline.line - 4) : headline.line])]
    return [line for line in lines if len(line.text) <= 2 * _MAX_CHARS]


def _labelled_parts(text: str) -> Iterator[str]:
    parts = [part for part in _SEGMENT.split(text) if part]
    for part in (text, *parts) if len(parts) > 1 else parts:
        if is_labelled_byline(part):
            yield part


def _label_and_name(lines: Sequence[Line]) -> Iterator[str]:
    """Yield label and name that stand in two cells: `Autor:` | `Jana M.`."""
    for line, following in pairwise(lines):
        if line.text.endswith(":") and len(line.text) < 30:
            both = f"{line.text} {following.text}"
            if is_labelled_byline(both):
                yield both


def _is_named(element: HtmlElement) -> bool:
    for _ in range(2):
        if is_author_name(names_of(element)) or "author" in (element.get("itemprop") or ""):
            return True
        if any("author" in (link.get("rel") or "") for link in element.iter("a")):
            return True
        parent = element.getparent()
        if parent is None:
            return False
        element = parent
    return False


def _beside_title(region: Region, headline: VisibleTitle) -> Iterator[str]:
    """Yield a name alone on one of the two lines under the headline."""
    if headline.line is None:
        return
    for index in range(headline.line + 1, min(headline.line + 3, len(region.lines))):
        line = region.lines[index]
        if not region.furniture[index] and len(line.text) <= 60 and is_byline(line.text):
            yield line.text
