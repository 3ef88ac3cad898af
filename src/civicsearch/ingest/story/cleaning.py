"""The article's region as blocks: paragraphs, headings, items, quotes, tables, captions.

BeautifulSoup reads only the region. A block that its own mark-up marks as no part of the story
(a share bar, a comment form) is kept in the list with the rule that says so, for the report.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bs4.element import NavigableString, Tag

from civicsearch.analysis.folding import fold
from civicsearch.ingest.blocks import Block, Kind, collapse
from civicsearch.ingest.layout.bodies import is_in_body
from civicsearch.ingest.layout.lines import (
    HEADING_LEVELS,
    INVISIBLE_TAGS,
    Hidden,
    is_block,
    is_hidden,
    is_link,
)
from civicsearch.ingest.layout.preformatted import is_preformatted, typed_paragraphs
from civicsearch.ingest.layout.region import Names, only_main_heading
from civicsearch.ingest.reading.vocabulary import (
    boilerplate_word,
    is_banner_word,
    is_caption_name,
    is_comment_word,
    is_credit_name,
    is_spoken_name,
    name_words,
)
from civicsearch.ingest.story.region_soup import TEASER, soup_of, take_apart
from civicsearch.ingest.story.runs import Run, joined_runs, part_runs
from civicsearch.ingest.story.soup import attribute_of, is_bold, is_centered, tag_names, tags_in
from civicsearch.ingest.story.tables import is_calendar, is_data_table, is_picture_table, table_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import BeautifulSoup
    from bs4.element import PageElement

    from civicsearch.ingest.layout.region import Region

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
# Inline elements that may say how their text is set; others do so by a style alone.
_SETTING_TAGS = frozenset(("a", "b", "strong", "i", "em", "pre", "xmp", "listing"))
_INLINE_TAGS = frozenset(("a", "abbr", "b", "em", "font", "i", "mark", "span", "strong", "u"))
# So many letters right before and after a word make it one of theirs.
_AMID = 12
_ITALIC_TAGS = frozenset(("i", "em"))
# Readers' comments come after this much of a story.
_STORY_CHARS = 500
# A story inside one `<li>`, or in the `<dd>` of a list of definitions.
_LAYOUT_SHARE = 0.9
_LAYOUT_ITEMS = 3
_LONG_ITEM = 160
_MAX_DROP_SHARE = 0.5
# Where the region was chosen, what is named so and holds this much of its prose was no furniture.
_MAX_DROP_PROSE = 0.4
_MIN_PROSE_SHARE = 0.1
_MAX_ASKED = 20
_MAX_FORM_SHARE = 0.2
_MAX_FORM_CHARS = 400
_MAX_BLOCKS = 20_000
_HINT_DEPTH = 3
# So many words of a heading in an id are no chance.
_TELLING_WORDS = 3
_WORD = re.compile(r"[a-z0-9]+")
_WIDGET = "widget"
# `A` | `man` are two words, `A` | `round` is one: no rule without a dictionary tells.
_WORDS_OF_A_LETTER = "AIOÀ"


def clean_region(region: Region) -> list[Block]:
    """Return the blocks of `region` in order."""
    soup = soup_of(region.element, teasers=region.teasers)
    blocks = _Cleaner(soup, region).read()
    take_apart(soup)
    return _without_layout_items(_with_initials(blocks))


def _with_initials(blocks: list[Block]) -> list[Block]:
    """Return `blocks` with the large first letter of a story, set apart, put before its word."""
    joined: list[Block] = []
    for block in blocks:
        initial = joined[-1].text if joined and not (joined[-1].rule or block.rule) else ""
        is_initial = len(initial) == 1 and initial.isupper() and initial not in _WORDS_OF_A_LETTER
        if is_initial and block.text[:1].islower():
            joined[-1] = block._replace(text=initial + block.text)
        else:
            joined.append(block)
    return joined


def _without_layout_items(blocks: list[Block]) -> list[Block]:
    """Return `blocks` with paragraphs for items where a list is only how the page is laid out."""
    own = [block for block in blocks if not block.rule]
    items = [block for block in own if block.kind is Kind.ITEM]
    chars = sum(len(block.text) for block in items)
    long = sum(len(block.text) >= _LONG_ITEM for block in items)
    if long < _LAYOUT_ITEMS or chars < _LAYOUT_SHARE * sum(len(block.text) for block in own):
        return blocks
    return [
        block._replace(kind=Kind.PARAGRAPH) if block.kind is Kind.ITEM else block
        for block in blocks
    ]


class _Cleaner:
    """One walk over the soup with a stack of its own: depth is the page's choice, not Python's."""

    def __init__(self, soup: BeautifulSoup, region: Region) -> None:
        self._believes_names = region.names is Names.BELIEVED
        self._reads_hidden = region.hidden is Hidden.READ
        self._is_body = is_in_body(region.element)
        self._soup = soup
        self._total = len(soup.get_text())
        self._asked = 0
        self._region = region
        self._blocks: list[Block] = []
        self._open: list[Tag] = []
        self._names: list[str] = []
        self._run = Run()
        self._runs: list[Run] = []
        self._short: dict[int, bool] = {}
        self._after_picture = False
        self._links = 0
        self._bolds = 0
        self._italics = 0
        self._typed = 0

    @cached_property
    def _prose(self) -> list[tuple[str, float]]:
        """Return the prose of the region by lines, without blanks, and what each is worth."""
        region = self._region
        return [
            ("".join(line.text.split()), score)
            for line, score, inside in zip(region.lines, region.scores, region.inside, strict=True)
            if inside and score > 0
        ]

    def read(self) -> list[Block]:
        stack: list[tuple[Tag, Iterator[PageElement]]] = [(self._soup, iter(self._soup.contents))]
        while stack and len(self._blocks) < _MAX_BLOCKS:
            tag, children = stack[-1]
            for child in children:
                if not isinstance(child, Tag):
                    self._add(str(child))
                elif self._enter(child):
                    stack.append((child, iter(child.contents)))
                    break
            else:
                stack.pop()
                self._leave(tag)
        self._flush()
        return self._blocks

    def _enter(self, tag: Tag) -> bool:
        """Open `tag`; return whether its children are read."""
        if tag.name in INVISIBLE_TAGS or (tag.attrs and self._is_hidden(tag)):
            self._after_picture |= tag.name in _PICTURE_TAGS
            return False
        names = tag_names(tag) if tag.attrs else ""
        if names and tag.name == "span" and is_spoken_name(names):
            return False  # amid a paragraph, which goes on behind it
        rule = self._rule(tag, names)
        if rule:
            self._drop(tag, rule)
            return False
        if tag.name == "table" and self._take_table(tag):
            return False
        self._open_tag(tag, names)
        return True

    def _is_hidden(self, tag: Tag) -> bool:
        if self._reads_hidden or not ("style" in tag.attrs or "hidden" in tag.attrs):
            return False
        return is_hidden(attribute_of(tag, "style"), attribute_of(tag, "hidden"))

    def _take_table(self, table: Tag) -> bool:
        """Take `table` as a whole where it is no layout; return whether it was taken."""
        if is_calendar(table):
            self._drop(table, "a calendar")
        elif is_data_table(table):
            self._table(table)
        elif is_picture_table(table):
            self._flush()
            self._open.append(table)
            self._names.append(tag_names(table))
            self._emit(Kind.CAPTION, collapse(table.get_text(" ")))
            self._open.pop()
            self._names.pop()
        else:
            return False
        return True

    def _open_tag(self, tag: Tag, names: str) -> None:
        name = tag.name
        if is_block(name, names, attribute_of(tag, "style") if tag.attrs else None):
            self._flush()
            self._open.append(tag)
            if name in HEADING_LEVELS and "id" in tag.attrs and _is_named_by_heading(tag):
                names = attribute_of(tag, "class") or ""  # `passengers-by-month` is no byline
            self._names.append(names)
        elif name == "br":
            self._break()
        elif name == "img":
            self._after_picture = True
        if name in _SETTING_TAGS or "style" in tag.attrs:
            self._count(tag, 1)

    def _leave(self, tag: Tag) -> None:
        if self._open and self._open[-1] is tag:
            self._flush()
            self._open.pop()
            self._names.pop()
        if tag.name in _SETTING_TAGS or "style" in tag.attrs:
            self._count(tag, -1)

    def _count(self, tag: Tag, step: int) -> None:
        self._links += step if is_link(tag.name, attribute_of(tag, "href")) else 0
        self._bolds += step if is_bold(tag) else 0
        self._italics += step if tag.name in _ITALIC_TAGS else 0
        self._typed += step if is_preformatted(tag.name, attribute_of(tag, "style")) else 0

    def _add(self, text: str) -> None:
        for place, part in enumerate(typed_paragraphs(text) if self._typed else (text,)):
            if place:
                self._break()
            self._run.add(
                part, link=self._links > 0, bold=self._bolds > 0, italic=self._italics > 0
            )

    def _rule(self, tag: Tag, names: str) -> str:
        if TEASER in tag.attrs:
            return "a teaser of another page"
        if tag.name in _FURNITURE_TAGS:
            word, rule = "", f"<{tag.name}>"
        elif not self._believes_names:
            return ""
        else:
            word = boilerplate_word(names) if names else ""
            spared = word and (
                self._is_part(word)
                or (is_banner_word(word) and id(tag) in self._round_heading)
                or _is_in_sentence(tag)
                or _is_named_by_heading(tag)
                or _is_anchored(tag, word)
            )
            rule = f"named {word}" if word and not spared else ""
        if not rule and tag.name in ("section", "div") and self._is_form_box(tag):
            return "a box with a form"
        if rule and self._is_most(tag, is_named=bool(word)):
            return rule if is_comment_word(word) and self._has_story() else ""
        return rule

    def _is_most(self, tag: Tag, *, is_named: bool) -> bool:
        """Return whether a part holds too much of the region to be dropped.

        Of a notice among boxes it may be half of the prose and little of the text.
        """
        text = tag.get_text()
        if len(text) > _MAX_DROP_SHARE * self._total:
            return True
        if not is_named or len(text) < _MIN_PROSE_SHARE * self._total or self._asked >= _MAX_ASKED:
            return False
        self._asked += 1
        letters = "".join(text.split())
        held = sum(score for line, score in self._prose if line in letters)
        return held > _MAX_DROP_PROSE * sum(score for _, score in self._prose)

    def _is_part(self, word: str) -> bool:
        """Return whether a word names what page builders make stories of."""
        return word == _WIDGET and self._is_body

    @cached_property
    def _round_heading(self) -> frozenset[int]:
        """Return which parts hold the main heading, by identity; none if its place is furniture."""
        heading = only_main_heading(self._region)
        if heading is None or self._region.furniture[heading]:
            return frozenset()
        found = next(tags_in(self._soup, "h1"), None)
        return frozenset() if found is None else frozenset(map(id, found.parents))

    def _is_form_box(self, tag: Tag) -> bool:
        """Return whether a small part invites to fill in a form: to subscribe, to ask."""
        if not any(isinstance(child, Tag) and child.name == "form" for child in tag.contents):
            return False
        return len(tag.get_text()) <= min(_MAX_FORM_CHARS, _MAX_FORM_SHARE * self._total)

    def _has_story(self) -> bool:
        return sum(len(block.text) for block in self._blocks if not block.rule) >= _STORY_CHARS

    def _drop(self, tag: Tag, rule: str) -> None:
        self._flush()
        text = collapse(tag.get_text(" "))
        if text:
            self._blocks.append(Block(kind=Kind.PARAGRAPH, text=text, rule=rule))

    def _table(self, table: Tag) -> None:
        self._flush()
        caption = next(tags_in(table, "caption"), None)
        if caption is not None:
            self._emit(Kind.CAPTION, collapse(caption.get_text()))
        text = table_text(table)
        links = sum(len(link.get_text()) for link in tags_in(table, "a"))
        if text:
            self._blocks.append(Block(kind=Kind.TABLE, text=text, link_chars=links))

    def _break(self) -> None:
        self._runs.append(self._run)
        self._run = Run()

    def _flush(self) -> None:
        """End the block: emit what was gathered, parted at line breaks where they mean it."""
        if not self._runs and not self._run.pieces:
            return
        runs = [*self._runs, self._run]
        self._runs = []
        self._run = Run()
        if len(runs) == 1:
            self._emit_runs(runs)
            return
        runs = runs[:_MAX_BLOCKS]
        for part in part_runs(runs, in_heading=self._kind() is Kind.HEADING):
            self._emit_runs(part)

    def _emit_runs(self, runs: list[Run]) -> None:
        run = runs[0] if len(runs) == 1 else joined_runs(runs)
        text = run.text
        if not text:
            return
        chars = max(1, run.chars)
        self._emit(
            self._kind(),
            text,
            link_chars=run.link_chars,
            bold=run.bold_chars >= 0.95 * chars,
            italic=run.italic_chars >= 0.95 * chars,
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
                names=" ".join(self._names[-_HINT_DEPTH:]).strip(),
                centered=any(map(is_centered, self._open[-2:])),
                after_picture=self._after_picture,
                credit=self._credit(kind),
            )
        )
        self._after_picture = False

    def _credit(self, kind: Kind) -> str:
        if kind is not Kind.CAPTION or not self._open:
            return ""
        inside = (tag for tag in self._open[-1].descendants if isinstance(tag, Tag))
        named = next((tag for tag in inside if tag.attrs and _has_credit_name(tag)), None)
        return "" if named is None else collapse(named.get_text())

    def _kind(self) -> Kind:
        for tag, names in zip(reversed(self._open[-6:]), reversed(self._names[-6:]), strict=True):
            if tag.name in _KINDS:
                return _KINDS[tag.name]
            is_named = names and tag.name != "figure" and is_caption_name(names)
            if is_named and self._is_short(tag):
                return Kind.CAPTION
        return Kind.PARAGRAPH

    def _is_short(self, tag: Tag) -> bool:
        """Return whether what is named as a caption is one; each is asked for all its blocks."""
        found = self._short.get(id(tag))
        if found is None:
            found = self._short[id(tag)] = not _holds_text(tag)
        return found

    def _level(self) -> int:
        levels = [HEADING_LEVELS.get(tag.name, 0) for tag in self._open[-3:]]
        return next(filter(None, levels), 0)


def _is_in_sentence(tag: Tag) -> bool:
    """Return whether an inline element stands amid text: a name linked to a search for it."""
    if tag.name not in _INLINE_TAGS:
        return False
    near = (tag.previous_sibling, tag.next_sibling)
    return sum(len(text.strip()) for text in near if isinstance(text, NavigableString)) >= _AMID


def _holds_text(tag: Tag) -> bool:
    """Return whether a part that is named as a caption holds paragraphs: `image-text` modules."""
    paragraphs = list(islice(tags_in(tag, "p"), 2))
    return len(paragraphs) > 1 and len(tag.get_text()) >= _STORY_CHARS


def _is_anchored(tag: Tag, word: str) -> bool:
    """Return whether a heading that links lead to is only set for the menu above to leave it free.

    `anchorTargetStickyNavbar`: it is no menu, however many words of one it has.
    """
    is_target = tag.name in HEADING_LEVELS and "id" in tag.attrs
    return is_target and word.startswith("nav")


def _is_named_by_heading(tag: Tag) -> bool:
    """Return whether only an id names a part, and the id is its heading: `popular-instruments`."""
    identity = attribute_of(tag, "id") or ""
    if not identity or boilerplate_word(attribute_of(tag, "class") or ""):
        return False
    heading = next(tags_in(tag, *HEADING_LEVELS), None) if tag.name not in HEADING_LEVELS else tag
    # Some systems write it as in an address: `p%C3%ADseck%C3%A1` for `písecká`.
    words = name_words(fold(unquote(identity)))
    said = set() if heading is None else set(_WORD.findall(fold(heading.get_text())))
    return len(said) > 1 and len(words & said) >= min(len(said), _TELLING_WORDS)


def _has_credit_name(tag: Tag) -> bool:
    names = tag_names(tag)
    return bool(names) and is_credit_name(names)
