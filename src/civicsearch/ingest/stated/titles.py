"""Which headlines a page states, most trusted first, without the names of sites."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.ingest.stated.headline import without_last_part, without_site_name
from civicsearch.ingest.stated.meta_names import TITLE_META, meta_values

if TYPE_CHECKING:
    from civicsearch.ingest.stated.json_ld import LinkedArticle
    from civicsearch.ingest.stated.marked_values import MarkedValues

__all__ = ["agreed_title", "stated_titles", "sure_title"]

# What systems call every page, folded.
_NO_TITLES = frozenset(
    [
        *("chi tiet", "chi tiet tin", "chi tiet tin tuc", "chi tiet bai viet", "tin tuc"),
        *("trang chu", "home", "index", "untitled", "untitled document", "no title", "news"),
        *("aktuality", "detail"),
    ]
)
_TELLING_WORDS = 4


def stated_titles(
    page: MarkedValues, linked: LinkedArticle, *, site_names: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the stated headlines without site names, without doubles."""
    shared = list(meta_values(page, ("og:title", "twitter:title")))
    stated = [linked.headline] if linked.is_article else []
    stated = shared + stated if _differ_by_kicker(stated, shared) else stated + shared
    stated += page.properties.get("headline", ())
    stated += meta_values(page, TITLE_META)
    stated = [title for title in stated if title]
    stated.append(page.title if stated else without_last_part(unescape(page.title)))
    titles: dict[str, str] = {}
    for title in stated[:30]:
        shorter = _headline_in(title, page, site_names)
        if shorter:
            titles.setdefault(fold(shorter), shorter)
    return tuple(titles.values())


def sure_title(page: MarkedValues, linked: LinkedArticle, *, site_names: tuple[str, ...]) -> str:
    """Return the headline of JSON-LD where it is surely meant for readers, else "".

    `<title>` says the same, and so does a main heading, which may be hidden, or og:title does not:
    such a page has a title for each purpose. Of 7 tune pages that print another headline this one
    was right on 7. What all statements share is as often meant for search engines: with it, too,
    titles rose by 2 pages on the tune half and fell by 7 on the other.
    """
    # Search engines read 110 letters of a headline, so systems cut it there.
    if not linked.is_article or linked.headline.endswith(("…", "...")):
        return ""
    headline = _headline_in(linked.headline, page, site_names)
    words = _words(headline)
    if not words or _words(_headline_in(page.title, page, site_names)) != words:
        return ""
    shared = _words(_headline_in(next(meta_values(page, ("og:title",)), ""), page, site_names))
    return headline if shared not in ([], words) or words in map(_words, page.headings) else ""


def agreed_title(page: MarkedValues, *, site_names: tuple[str, ...]) -> str:
    """Return what og:title, `<title>` and a main heading, shown or not, say alike, else ""."""
    shared = _headline_in(next(meta_values(page, ("og:title",)), ""), page, site_names)
    words = _words(shared)
    if len(words) < _TELLING_WORDS or _words(_headline_in(page.title, page, site_names)) != words:
        return ""
    return shared if words in map(_words, page.headings) else ""


def _words(title: str) -> list[str]:
    return re.findall(r"\w+", fold(title))


def _headline_in(title: str, page: MarkedValues, site_names: tuple[str, ...]) -> str:
    """Return a stated title without the site's name, "" where nothing is left of it."""
    # Where a long word may be parted is the page's business, not a letter of the word.
    text = unescape(title).replace("\u00ad", "").strip()
    names = (*site_names, *page.meta.get("application-name", ()))
    shorter = without_site_name(text, site_names=names, headlines=tuple(page.headings))
    return "" if fold(shorter) in _NO_TITLES.union(map(fold, site_names)) else shorter


def _differ_by_kicker(linked: list[str], shared: list[str]) -> bool:
    """Return whether one headline is the other with a kicker: `Olympia: Gold für Lam`.

    Then og:title is what stands on the page (52 of 61 news pages against 49 the other way).
    """
    if not linked or not shared or not linked[0]:
        return False
    one, other = fold(unescape(linked[0])), fold(unescape(shared[0]))
    return one in other or other in one
