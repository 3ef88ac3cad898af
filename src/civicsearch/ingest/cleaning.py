"""The article's region as blocks: paragraphs, headings, items, quotes, tables, captions.

BeautifulSoup reads only the region. A block that its own mark-up marks as no part of the story
(a share bar, a comment form) is kept in the list with the rule that says so, for the report.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag
from lxml import etree

from civicsearch.ingest.blocks import Block, Kind, collapse
from civicsearch.ingest.dates import find_dateline
from civicsearch.ingest.lines import (
    HEADING_LEVELS,
    INVISIBLE_TAGS,
    Hidden,
    is_block,
    is_hidden,
    is_link,
)
from civicsearch.ingest.phrases import split_error_text
from civicsearch.ingest.region import Names
from civicsearch.ingest.vocabulary import (
    boilerplate_word,
    is_caption_name,
    is_comment_word,
    is_credit_name,
)

if TYPE_CHECKING:
    from civicsearch.ingest.region import Region

__all__ = ["clean_region"]

_FURNITURE_TAGS = frozenset(("nav", "footer", "aside", "form", "menu", "dialog", "button"))
_KINDS = {
    "li": Kind.ITEM,
    "dt": Kind.ITEM,
    "dd": Kind.ITEM,
    "blockquote": Kind.QUOTE,
    "figcaption": Kind.CAPTION,
    "caption": Kind.CAPTION,
    **dict.fromkeys(HEADING_LEVELS, Kind.HEADING),
}
_PICTURE_TAGS = frozenset(("img", "picture", "svg", "video", "iframe", "figure"))
_BOLD_TAGS = frozenset(("b", "strong"))
_ITALIC_TAGS = frozenset(("i", "em"))
_CENTER_STYLE = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:;][\])'\"”’»“]*$")
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
# Text between single line breaks is one paragraph (an address, a verse) while it is short;
# a whole story written with <br> alone is longer than this.
_LONG_RUN = 500
_MAX_DROP_SHARE = 0.5
# Ten times the longest story of 995 pages; what follows is cut so that a page takes seconds.
_MAX_MARKUP_CHARS = 1_000_000
_MAX_BLOCKS = 20_000
_HINT_DEPTH = 3


def clean_region(region: Region) -> list[Block]:
    """Return the blocks of `region` in order."""
    markup = etree.tostring(region.element, encoding="unicode", method="html", with_tail=False)
    soup = BeautifulSoup(markup[:_MAX_MARKUP_CHARS], "lxml")
    return _Cleaner(soup, names=region.names, hidden=region.hidden).read()


def _names(tag: Tag) -> str:
    classes = tag.get("class") or ""
    joined = classes if isinstance(classes, str) else " ".join(classes)
    return f"{joined} {tag.get('id') or ''}".strip()


def _attribute(tag: Tag, name: str) -> str | None:
    value = tag.get(name)
    return value if value is None or isinstance(value, str) else " ".join(value)


class _Run:
    """The inline text that is being gathered into one block."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.link_chars = 0
        self.chars = 0
        self.bold_chars = 0
        self.italic_chars = 0

    def add(self, text: str, state: _Cleaner) -> None:
        self.pieces.append(text)
        visible = len(text.strip())
        self.chars += visible
        self.link_chars += visible if state.links else 0
        self.bold_chars += visible if state.bolds else 0
        self.italic_chars += visible if state.italics else 0

    @property
    def text(self) -> str:
        return collapse("".join(self.pieces))

    @property
    def is_bold(self) -> bool:
        return self.bold_chars >= 0.95 * self.chars

    @property
    def is_italic(self) -> bool:
        return self.italic_chars >= 0.95 * self.chars


class _Cleaner:
    """One walk over the soup with a stack of its own: depth is the page's choice, not Python's."""

    def __init__(self, soup: BeautifulSoup, *, names: Names, hidden: Hidden) -> None:
        self._believes_names = names is Names.BELIEVED
        self._reads_hidden = hidden is Hidden.READ
        self._soup = soup
        self._total = len(soup.get_text())
        self._blocks: list[Block] = []
        self._open: list[Tag] = []
        self._run = _Run()
        self._runs: list[_Run] = []
        self._after_picture = False
        self.links = 0
        self.bolds = 0
        self.italics = 0

    def read(self) -> list[Block]:
        stack: list[tuple[PageElement, bool]] = [(self._soup, False)]
        while stack and len(self._blocks) < _MAX_BLOCKS:
            node, leaving = stack.pop()
            if leaving and isinstance(node, Tag):
                self._leave(node)
            elif isinstance(node, NavigableString):
                if not isinstance(node, PreformattedString):
                    self._run.add(str(node), self)
            elif isinstance(node, Tag) and self._enter(node):
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(node.contents))
        self._flush()
        return self._blocks

    def _enter(self, tag: Tag) -> bool:
        """Open `tag`; return whether its children are read."""
        if tag.name in INVISIBLE_TAGS or (
            not self._reads_hidden
            and is_hidden(_attribute(tag, "style"), _attribute(tag, "hidden"))
        ):
            self._after_picture |= tag.name in _PICTURE_TAGS
            return False
        rule = self._rule(tag)
        if rule:
            self._drop(tag, rule)
            return False
        if tag.name == "table" and self._is_data_table(tag):
            self._table(tag)
            return False
        if tag.name == "table" and _is_picture_table(tag):
            self._flush()
            self._open.append(tag)
            self._emit(Kind.CAPTION, collapse(tag.get_text(" ")))
            self._open.pop()
            return False
        self._open_tag(tag)
        return True

    def _open_tag(self, tag: Tag) -> None:
        name = tag.name
        if is_block(name, _names(tag), _attribute(tag, "style")):
            self._flush()
            self._open.append(tag)
        elif name == "br":
            self._break()
        elif name == "img":
            self._after_picture = True
        self._count(tag, 1)

    def _leave(self, tag: Tag) -> None:
        if self._open and self._open[-1] is tag:
            self._flush()
            self._open.pop()
        self._count(tag, -1)

    def _count(self, tag: Tag, step: int) -> None:
        self.links += step if is_link(tag.name, _attribute(tag, "href")) else 0
        self.bolds += step if _is_bold(tag) else 0
        self.italics += step if tag.name in _ITALIC_TAGS else 0

    def _rule(self, tag: Tag) -> str:
        if tag.name in _FURNITURE_TAGS:
            word, rule = "", f"<{tag.name}>"
        elif not self._believes_names:
            return ""
        else:
            names = _names(tag)
            word = boilerplate_word(names) if names else ""
            rule = f"named {word}" if word else ""
        if rule and len(tag.get_text()) > _MAX_DROP_SHARE * self._total:
            return rule if is_comment_word(word) and self._has_story() else ""
        return rule

    def _has_story(self) -> bool:
        return sum(len(block.text) for block in self._blocks if not block.rule) >= _LONG_RUN

    def _drop(self, tag: Tag, rule: str) -> None:
        self._flush()
        text = collapse(tag.get_text(" "))
        if text:
            self._blocks.append(Block(kind=Kind.PARAGRAPH, text=text, rule=rule))

    def _is_data_table(self, table: Tag) -> bool:
        """Return whether `table` shows data: not layout, not a picture with its caption."""
        if table.find("table") is not None or table.find("img") is not None:
            return False
        rows = table.find_all("tr", limit=3)
        cells = table.find_all(("td", "th"), limit=400)
        if len(rows) < 2 or len(cells) < 4:
            return False
        if table.find("th") is not None:
            return True
        longest = max(len(cell.get_text()) for cell in cells)
        return longest < 400 and len(cells) >= 2 * len(rows)

    def _table(self, table: Tag) -> None:
        self._flush()
        caption = table.find("caption")
        if isinstance(caption, Tag):
            self._emit(Kind.CAPTION, collapse(caption.get_text()))
        rows = [
            " | ".join(collapse(cell.get_text(" ")) for cell in row.find_all(("td", "th")))
            for row in table.find_all("tr")
        ]
        text = "\n".join(row for row in rows if row.strip(" |"))
        links = sum(len(link.get_text()) for link in table.find_all("a"))
        if text:
            self._blocks.append(Block(kind=Kind.TABLE, text=text, link_chars=links))

    def _break(self) -> None:
        self._runs.append(self._run)
        self._run = _Run()

    def _flush(self) -> None:
        """End the block: emit what was gathered, parted at line breaks where they mean it."""
        runs = [*self._runs, self._run]
        self._runs = []
        self._run = _Run()
        if len(runs) == 1:
            self._emit_runs(runs)
            return
        runs = runs[:_MAX_BLOCKS]
        for part in _parts(runs, in_heading=self._kind() is Kind.HEADING):
            self._emit_runs(part)

    def _emit_runs(self, runs: list[_Run]) -> None:
        text = collapse(" ".join("".join(run.pieces) for run in runs))
        if not text:
            return
        chars = max(1, sum(run.chars for run in runs))
        self._emit(
            self._kind(),
            text,
            link_chars=sum(run.link_chars for run in runs),
            bold=sum(run.bold_chars for run in runs) >= 0.95 * chars,
            italic=sum(run.italic_chars for run in runs) >= 0.95 * chars,
        )

    def _emit(
        self,
        kind: Kind,
        text: str,
        *,
        link_chars: int = 0,
        bold: bool = False,
        italic: bool = False,
    ) -> None:
        self._blocks.append(
            Block(
                kind=kind,
                text=text,
                link_chars=link_chars,
                level=self._level(),
                bold=bold,
                italic=italic,
                names=" ".join(_names(tag) for tag in self._open[-_HINT_DEPTH:]).strip(),
                centered=any(_is_centered(tag) for tag in self._open[-2:]),
                after_picture=self._after_picture,
                credit=self._credit(kind),
            )
        )
        self._after_picture = False

    def _credit(self, kind: Kind) -> str:
        if kind is not Kind.CAPTION or not self._open:
            return ""
        named = self._open[-1].find(_has_credit_name)
        return collapse(named.get_text()) if isinstance(named, Tag) else ""

    def _kind(self) -> Kind:
        for tag in reversed(self._open[-6:]):
            if tag.name in _KINDS:
                return _KINDS[tag.name]
            if is_caption_name(_names(tag)) and tag.name != "figure":
                return Kind.CAPTION
        return Kind.PARAGRAPH

    def _level(self) -> int:
        return next(
            (HEADING_LEVELS[tag.name] for tag in self._open[-3:] if tag.name in HEADING_LEVELS), 0
        )


def _is_picture_table(table: Tag) -> bool:
    """Return whether a table only sets a picture over its caption, as old editors do."""
    if table.find("img") is None:
        return False
    text = collapse(table.get_text(" "))
    links = sum(len(collapse(link.get_text())) for link in table.find_all("a"))
    return 0 < len(text) <= 300 and links < 0.5 * len(text)


def _has_credit_name(tag: Tag) -> bool:
    names = _names(tag)
    return bool(names) and is_credit_name(names)


def _is_centered(tag: Tag) -> bool:
    if tag.name == "center" or (_attribute(tag, "align") or "").lower() == "center":
        return True
    style = _attribute(tag, "style")
    return style is not None and bool(_CENTER_STYLE.search(style))


def _is_bold(tag: Tag) -> bool:
    if tag.name in _BOLD_TAGS:
        return True
    style = _attribute(tag, "style")
    return style is not None and bool(_BOLD_STYLE.search(style))


def _parts(runs: list[_Run], *, in_heading: bool) -> list[list[_Run]]:
    """Return runs that stood between line breaks, gathered into blocks."""
    if in_heading:
        return [runs]
    if sum(run.chars for run in runs) >= _LONG_RUN:
        return [[run] for run in runs]
    parts: list[list[_Run]] = [[]]
    for run in runs:
        if not run.chars:
            if parts[-1]:
                parts.append([])
        elif parts[-1] and not _continues(parts[-1][-1], run):
            parts.append([run])
        else:
            parts[-1].append(run)
    return [part for part in parts if part]


def _continues(run: _Run, following: _Run) -> bool:
    """Return whether the text after a line break goes on with the line before it."""
    if run.is_bold != following.is_bold or run.is_italic != following.is_italic:
        return False
    text, next_text = run.text, following.text
    if find_dateline(text) is not None or find_dateline(next_text) is not None:
        return False
    if split_error_text(text)[0] or split_error_text(next_text)[0]:
        return False
    return not (len(text) >= 60 and _SENTENCE_END.search(text))
