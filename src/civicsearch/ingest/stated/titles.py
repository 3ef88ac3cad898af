"""Which headlines a page states, most trusted first, without the names of sites."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.ingest.stated.headline import without_last_part, without_site_name
from civicsearch.ingest.stated.meta_names import TITLE_META, meta_values

if TYPE_CHECKING:
    from civicsearch.ingest.stated.json_ld import LinkedArticle
    from civicsearch.ingest.stated.marked_values import MarkedValues

__all__ = ["stated_titles"]

# What systems call every page, folded.
_NO_TITLES = frozenset(
    [
        *("chi tiet", "chi tiet tin", "chi tiet tin tuc", "chi tiet bai viet", "tin tuc"),
        *("trang chu", "home", "index", "untitled", "untitled document", "no title", "news"),
        *("aktuality", "detail"),
    ]
)


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
    names = (*site_names, *page.meta.get("application-name", ()))
    titles: dict[str, str] = {}
    for title in stated[:30]:
        shorter = without_site_name(
            unescape(title).strip(), site_names=names, headlines=tuple(page.headings)
        )
        if shorter and fold(shorter) not in _NO_TITLES.union(map(fold, site_names)):
            titles.setdefault(fold(shorter), shorter)
    return tuple(titles.values())


def _differ_by_kicker(linked: list[str], shared: list[str]) -> bool:
    """Return whether one headline is the other with a kicker: `Olympia: Gold für Lam`.

    Then og:title is what stands on the page (52 of 61 news pages against 49 the other way).
    """
    if not linked or not shared or not linked[0]:
        return False
    one, other = fold(unescape(linked[0])), fold(unescape(shared[0]))
    return one in other or other in one
