"""Links without a word that lie over a card, and are called what its heading says.

`<div><h3>Bridge opens</h3><p>...</p><a href="/n/7" aria-label="Bridge opens"></a></div>`: the
whole card is to be clicked on, and only screen readers hear where to. The heading is made the
link that it is to a reader: what tells lists from stories asks which headings lead elsewhere.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from civicsearch.analysis.folding import fold
from civicsearch.ingest.layout.lines import HEADING_LEVELS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["take_overlaid_links"]

# Names last: a page has more links with one than without words. In all, a three-hundredth of what
# a page takes.
_NAMED = etree.XPath(
    "descendant::a[not(text()[normalize-space()]) and (@aria-label or @aria-labelledby or @title)]"
)
_NO_PAGES = ("#", "javascript:", "mailto:")
_MAX_LINKS = 300
_MAX_PARTS = 20
_MAX_CARD_DEPTH = 4
_MAX_CARD_PARTS = 60
_MAX_TEXTS = 30
_MARKS_AT_END = " .:!?…\u00a0"


def take_overlaid_links(root: HtmlElement) -> None:
    """Put into headings of cards the links that lie over them and are called like them.

    A main heading is no card's, and a link to a place of the page itself leads to none.
    """
    wordless = [link for link in _NAMED(root) if _is_wordless(link)]
    for link in wordless[:_MAX_LINKS]:
        heading = _heading_beside(link)
        if heading is not None and _is_called(link, heading):
            _wrap(heading, link.get("href"))


def _is_wordless(link: HtmlElement) -> bool:
    """Return whether a link leads to another page, and has no word or picture.

    Pictures that lead to a larger one are called like the part of a story that they stand in.
    """
    target = (link.get("href") or "").strip()
    if not target or target.startswith(_NO_PAGES):
        return False
    parts = list(islice(link.iter(), _MAX_PARTS + 1))
    if len(parts) > _MAX_PARTS or any(part.tag == "img" for part in parts):
        return False
    return not any(text.strip() for text in link.itertext())


def _heading_beside(link: HtmlElement) -> HtmlElement | None:
    """Return the only heading of the smallest element round a link that has any."""
    for card in islice(link.iterancestors(), _MAX_CARD_DEPTH):
        parts = list(islice(card.iter(), _MAX_CARD_PARTS + 1))
        headings = [part for part in parts if part.tag in HEADING_LEVELS]
        if len(parts) > _MAX_CARD_PARTS or len(headings) > 1:
            return None
        if headings:
            is_card = HEADING_LEVELS[headings[0].tag] > 1 and headings[0] is not card
            return headings[0] if is_card else None
    return None


def _is_called(link: HtmlElement, heading: HtmlElement) -> bool:
    """Return whether what screen readers call a link is the text of a heading without links."""
    if heading.find(".//a") is not None:
        return False
    identity = heading.get("id")
    if identity and link.get("aria-labelledby") == identity:
        return True
    text = _name("".join(islice(heading.itertext(), _MAX_TEXTS)))
    names = (link.get("aria-label"), link.get("title"))
    return bool(text) and any(_name(name) == text for name in names if name)


def _name(text: str) -> str:
    return fold(" ".join(text.split())).strip(_MARKS_AT_END)


def _wrap(heading: HtmlElement, target: str) -> None:
    """Make all that a heading holds a link."""
    inner = etree.Element("a", href=target)
    inner.text, heading.text = heading.text, None
    inner.extend(list(heading))
    heading.append(inner)
