"""Whether a main heading is the name of the site, set above its menu.

Town halls set their name as `h1` and their headlines as `h2`; where the `<title>` is that name as
well, nothing on the page says otherwise but the order of things: name, menu, headline, date line.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.ingest.blocks import collapse
from civicsearch.ingest.identity import split_address

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from civicsearch.ingest.blocks import Line

__all__ = [
    "calls_itself_site",
    "is_masthead",
    "is_of_site",
    "leads_here",
    "leads_home",
    "name_before",
]

_SITE_NAME = re.compile(
    r"^(?:cong thong tin|trang (?:thong tin|tin)|trang chu|bao dien tu|website|oficialni|oficjaln|"
    r"portal|sitio (?:web )?oficial|site officiel|official|welcome to|vitejte)"
)
_MAX_WORDS = 6
_HOME = re.compile(
    r"(?:https?:)?(?://[^/?#]{1,200})?/?(?:[a-z]{2}/?)?(?:(?:index|default|home)(?:\.[a-z]{2,5})?/?)?",
    re.IGNORECASE,
)
_MENU = 4
# More than any menu has; a page of 4,000 main headings must not be read for each of them.
_MAX_LINES = 150
_LINKED = 0.8
_LONGER = 1.2
_MAX_PIECES = 20


def calls_itself_site(text: str) -> bool:
    """Return whether a line begins like the names of sites: `Cổng thông tin điện tử xã Lam Khê`."""
    return _SITE_NAME.match(fold(text)) is not None


def leads_home(line: Line) -> bool:
    """Return whether a line is a link to the front page: no headline of a story is."""
    if line.link_share <= _LINKED:
        return False
    element = line.element
    link = element if element.tag == "a" else element.find(".//a[@href]")
    if link is None:
        link = next(element.iterancestors("a"), None)
    target = "" if link is None else (link.get("href") or "").strip()
    return bool(target) and _HOME.fullmatch(target) is not None


def leads_here(line: Line, address: str) -> bool:
    """Return whether a linked headline leads to the page that it stands on, at an address."""
    link = line.element if line.element.tag == "a" else line.element.find(".//a[@href]")
    if link is None:
        link = next(line.element.iterancestors("a"), None)
    target = split_address("" if link is None else (link.get("href") or "").strip())
    own = split_address(address)
    path = target.path.strip("/.")
    if path and not own.path.rstrip("/").endswith(path):
        return False
    return set(target.query.split("&")) <= {"", *own.query.split("&")}


def name_before(line: Line) -> str:
    """Return the text of the link to the front page that a line begins with, "" for none.

    It is the site's name, which its motto follows, or begins the way to the page; neither line is
    a headline.
    """
    if not line.link_chars:
        return ""
    link = line.element if line.element.tag == "a" else line.element.find(".//a[@href]")
    if link is None or not _HOME.fullmatch((link.get("href") or "").strip() or "#"):
        return ""
    # Each line of a link round a whole page asks for its text.
    name = collapse("".join(islice(link.itertext(), _MAX_PIECES)))
    return name if line.text.startswith(name) else ""


def is_of_site(line: Line) -> bool:
    """Return whether a line is, or begins with, a link to the front page."""
    return leads_home(line) or name_before(line) != ""


def is_masthead(
    lines: Sequence[Line], index: int, *, end: int, is_dateline: Callable[[int], bool]
) -> bool:
    """Return whether a menu and then a longer heading at a date line follow a main heading.

    Args:
        lines: Of the page.
        index: Of the main heading.
        end: Where the story begins.
        is_dateline: Whether the line of an index is one.
    """
    text = lines[index].text
    if lines[index].level != 1 or len(text.split()) > _MAX_WORDS:
        return False
    links = 0
    for place in range(index + 1, min(end + 1, len(lines), index + _MAX_LINES)):
        line = lines[place]
        links += line.link_share > _LINKED
        if 2 <= line.level <= 3 and len(line.text) >= _LONGER * len(text):
            is_dated = is_dateline(place + 1) or is_dateline(place - 1)
            return links >= _MENU and line.link_share < _LINKED and is_dated
    return False
