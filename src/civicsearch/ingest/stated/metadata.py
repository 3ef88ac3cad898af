"""What a page states about its article outside the story: in its head and in marked-up values.

For each value the statements are asked in a fixed order, and the first that is usable wins:

    title       JSON-LD headline, og:title, twitter:title, microdata, named meta, <title>
    published   JSON-LD, article:published_time, microdata, named meta, <time> marked as such;
                then, for want of better, meta tags and `<time>` that only say "date"
    modified    the same
    authors     JSON-LD, named meta, "Written by" in the tags of cards, microdata,
                rel=author, elements classed as bylines; who is no person or is called like
                the site is kept apart (desks, organizations, users, owner)
    site_name   og:site_name, JSON-LD publisher, application-name
    section     article:section, JSON-LD articleSection, breadcrumb (JSON-LD, then visible)
    tags        article:tag, JSON-LD keywords, rel=tag and classed links
    language    <html lang>, og:locale, content-language, JSON-LD; `en` only if nothing else
    address     link rel=canonical, og:url, JSON-LD

Visible text without any such mark is read by the extractor, which also weighs a stated title
against the headline on the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from itertools import chain, islice
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.ingest.identity import canonical_url, host_of, is_own_address
from civicsearch.ingest.reading.dates import day_of, is_plausible, parse_date
from civicsearch.ingest.stated.authors import (
    carded_user,
    linked_authors,
    linked_contributors,
    linked_owner,
    marked_authors,
    marked_owner,
    marked_users,
    stated_desks,
    stated_organizations,
)
from civicsearch.ingest.stated.json_ld import LinkedArticle, read_linked_article
from civicsearch.ingest.stated.marked_values import MarkedValues, read_marked_values
from civicsearch.ingest.stated.meta_names import (
    DATED_META,
    MODIFIED_META,
    PUBLISHED_META,
    SECTION_META,
    first_of,
    meta_values,
)
from civicsearch.ingest.stated.titles import agreed_title, stated_titles, sure_title

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from lxml.html import HtmlElement

__all__ = ["Metadata", "read_metadata"]

_VIETNAMESE_LETTERS = re.compile("[đơưăĐƠƯĂ\u1ea0-\u1ef9]")
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?![A-Za-z])")
_DAY_FIRST_LOCALE = re.compile(r"en[-_](?:IE|AU|NZ|ZA|IN|SG|MY|KE|NG)\b", re.IGNORECASE)
_DAY_FIRST_HOSTS = (
    *(".uk", ".ie", ".au", ".nz", ".za", ".in", ".sg", ".my", ".ke", ".ng", ".gh", ".lk", ".pk"),
    *(".bd", ".mt", ".cy"),
)
_MAX_TAGS = 40
_MAX_EVENT_DAYS = 100
_MAX_TAG_CHARS = 60
_MAX_SECTION_CHARS = 60

_LOCALE_META = (
    "og:locale", "content-language", "dc.language", "language",
)  # fmt: skip
_HOME_LIST = """
    home homepage home-page trang-chu trangchu trang-nhat start startseite accueil inicio uvod domu
    hlavni-stranka uvodni-stranka uvodni-strana strona-glowna glowna anasayfa ana-sayfa pocatek
    portada principal acasa kezdolap etusivu hem hjem forside index
"""
_HOME_WORDS = frozenset(_HOME_LIST.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the page states; each value "", () or None where it states nothing usable.

    Attributes:
        title: The headline as the most trusted statement gives it, without the site's name.
        titles: Every stated headline, most trusted first, to be compared with visible text.
        sure_title: The one of JSON-LD where it is surely meant for readers, else "".
        agreed_title: What og:title, `<title>` and a main heading say alike, else "".
        site_name: The publisher, "" where only the host is known.
        authors: Persons.
        authors_certain: Whether they are stated for this article, in JSON-LD, and not by a mark
            that may be the webmaster's or another story's.
        contributors: Persons that JSON-LD names beside the authors.
        owner: The person stated as author who is called like the site; () beside another.
        desks: Who is stated in JSON-LD like a person, and is none.
        organizations: Which organizations are stated as authors in JSON-LD.
        users: Who is marked as author without a name like a person's, if it is also printed.
        carded_user: Who is called the writer in the card for sharing, printed or not.
        published: First publication: the day, or the moment where a zone is known.
        published_certain: Whether it is stated as publication, and not only as some date.
        modified: Last change.
        event_days: On which days the events of the page begin and end, as it states them.
        section: Section of the site.
        tags: Keywords of the article.
        language: Two letters.
        regional: The same, or `en-gb` where English dates in figures have the day first.
        canonical_url: Cleaned absolute address.
        description: The summary for search engines.
        article_headline: Of the article in JSON-LD, as stated; "" where there is none.
        is_collection: Whether JSON-LD calls the page a collection or search results.
        is_unlisted: Whether it asks search engines to leave it out.
    """

    title: str = ""
    titles: tuple[str, ...] = ()
    sure_title: str = ""
    agreed_title: str = ""
    site_name: str = ""
    authors: tuple[str, ...] = ()
    authors_certain: bool = False
    contributors: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    carded_user: str = ""
    published: dt.date | None = None
    published_certain: bool = False
    modified: dt.date | None = None
    event_days: frozenset[dt.date] = frozenset()
    section: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    regional: str = ""
    canonical_url: str = ""
    description: str = ""
    article_headline: str = ""
    is_collection: bool = False
    is_unlisted: bool = False


def read_metadata(root: HtmlElement, *, url: str | None = None, language: str = "") -> Metadata:
    """Return what the page `root` states about its article.

    Args:
        root: The parsed page.
        url: Where it came from, if known: base of relative addresses.
        language: What to assume where the page does not say.
    """
    page = read_marked_values(root)
    linked = read_linked_article(root)
    address = _address(page, linked, url or "")
    stated_language = _language(page, linked, host_of(address or url or "")) or language[:2]
    site_name = _site_name(page, linked)
    site_names = (site_name, linked.publisher, _host_label(address or url or ""))
    titles = stated_titles(page, linked, site_names=site_names)
    persons = linked_authors(linked, site_names)
    marked = () if persons else marked_authors(page, site_names)
    owner = linked_owner(linked, site_names) or marked_owner(marked, site_names)
    authors = persons or (() if marked == owner else marked)
    regional = _regional(page, stated_language, host_of(address or url or ""))
    published = _published(page, linked, regional)
    events = _event_days(page, linked, regional)
    return Metadata(
        title=titles[0] if titles else "",
        titles=titles,
        sure_title=sure_title(page, linked, site_names=site_names),
        agreed_title=agreed_title(page, site_names=site_names),
        site_name=site_name,
        authors=authors,
        authors_certain=bool(persons),
        contributors=linked_contributors(linked, site_names) if persons else (),
        owner=owner,
        desks=stated_desks(linked, (*site_names, *owner)),
        organizations=stated_organizations(linked),
        users=() if authors else marked_users(page, site_names),
        carded_user="" if authors else carded_user(page, site_names[:2]),
        published=published or _dated(page, linked, regional, events),
        published_certain=published is not None,
        modified=_modified(page, linked, regional),
        event_days=events,
        section=_section(page, linked, titles),
        tags=_tags(page, linked),
        language=stated_language,
        regional=regional,
        canonical_url=address,
        description=first_of(
            meta_values(page, ("og:description", "description", "twitter:description"))
        ),
        article_headline=linked.headline if linked.is_article else "",
        is_collection=linked.is_collection,
        is_unlisted=any("noindex" in text.lower() for text in page.meta.get("robots", ())),
    )


def _site_name(page: MarkedValues, linked: LinkedArticle) -> str:
    names = (
        meta_values(page, ("og:site_name",)),
        (linked.publisher,),
        meta_values(page, ("application-name",)),
    )
    return next((unescape(name) for name in chain.from_iterable(names) if name), "")


def _host_label(url: str) -> str:
    """Return the telling part of the host: `tuoitre` of `m.tuoitre.vn`."""
    labels = host_of(url).split(".")
    return max(labels[:-1], key=len, default="")


def _published(page: MarkedValues, linked: LinkedArticle, language: str) -> dt.date | None:
    """Return what is stated as the publication."""
    stated = chain(
        [linked.published],
        meta_values(
            page, ("article:published_time", "og:published_time", "og:article:published_time")
        ),
        page.properties.get("datePublished", ()),
        meta_values(page, PUBLISHED_META),
        page.times[:1],
    )
    return _first_moment(stated, language)


def _dated(
    page: MarkedValues, linked: LinkedArticle, language: str, events: frozenset[dt.date]
) -> dt.date | None:
    """Return what is stated as a date, without saying of what."""
    stated = chain(meta_values(page, DATED_META), _only_day(page, linked, events))
    return _first_moment(stated, language)


def _event_days(page: MarkedValues, linked: LinkedArticle, language: str) -> frozenset[dt.date]:
    stated = (
        *linked.events,
        *chain.from_iterable(page.properties.get(name, ()) for name in ("startDate", "endDate")),
        *meta_values(page, ("startdate", "enddate", "event:start_time", "event:end_time")),
    )
    moments = (parse_date(text, language=language) for text in stated[:_MAX_EVENT_DAYS])
    return frozenset(map(day_of, filter(None, moments)))


def _only_day(page: MarkedValues, linked: LinkedArticle, events: frozenset[dt.date]) -> list[str]:
    """Return the `<time>` of a page on which all name one day that is not the last change's.

    With several days they are those of other stories or of comments.
    """
    changed = (linked.modified, *meta_values(page, MODIFIED_META), *map(str, events))
    days = {text[:10] for text in page.plain_times}
    return page.plain_times[:1] if len(days) == 1 and not days & {t[:10] for t in changed} else []


def _modified(page: MarkedValues, linked: LinkedArticle, language: str) -> dt.date | None:
    stated = chain(
        [linked.modified],
        meta_values(page, ("article:modified_time", "og:updated_time", "og:article:modified_time")),
        page.properties.get("dateModified", ()),
        meta_values(page, MODIFIED_META),
    )
    return _first_moment(stated, language)


def _first_moment(stated: Iterable[str], language: str) -> dt.date | None:
    """Return the first statement that is a plausible date; epoch zero and year 1 are fillers."""
    for text in islice(stated, 60):
        moment = parse_date(text, language=language) if text else None
        if moment is not None and is_plausible(moment):
            return moment
    return None


def _section(page: MarkedValues, linked: LinkedArticle, titles: tuple[str, ...]) -> str:
    stated = [*meta_values(page, SECTION_META), *linked.sections[:1]]
    named = next((text for text in stated if 1 < len(text) <= _MAX_SECTION_CHARS), "")
    if named:
        return unescape(named)
    for crumbs in (linked.breadcrumb, page.crumbs):
        section = _last_crumb(crumbs, titles)
        if section:
            return section
    return ""


def _last_crumb(crumbs: Iterable[str], titles: tuple[str, ...]) -> str:
    """Return the last name of a trail that is neither home nor the article."""
    headlines = {fold(title) for title in titles}
    useful = [
        crumb.strip(" /»>›|")
        for crumb in crumbs
        if len(crumb) <= _MAX_SECTION_CHARS and fold(crumb).strip(" /»>›|") not in headlines
    ]
    useful = [crumb for crumb in useful if crumb and _slug(crumb) not in _HOME_WORDS]
    return useful[-1] if useful else ""


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", fold(text)))


def _tags(page: MarkedValues, linked: LinkedArticle) -> tuple[str, ...]:
    stated = page.meta.get("article:tag", [])
    if len(stated) == 1:  # all in one; where each has its own, a comma belongs to the tag
        stated = stated[0].split(",")
    for texts in (stated, linked.keywords, page.tags):
        tags: dict[str, str] = {}
        for text in texts:
            tag = unescape(text).strip(" #,;")
            if 1 < len(tag) <= _MAX_TAG_CHARS:
                tags.setdefault(fold(tag), tag)
        if tags:
            return tuple(tags.values())[:_MAX_TAGS]
    return ()


def _language(page: MarkedValues, linked: LinkedArticle, host: str) -> str:
    """Return the first stated language; `en` gives way, since templates carry it everywhere."""
    stated = chain([page.language], meta_values(page, _LOCALE_META), [linked.language])
    found = [match[1].lower() for text in stated if (match := _LANGUAGE.match(text.strip()))]
    if found in ([], ["en"]):
        words = chain([page.title], page.headings, meta_values(page, ("og:title", "description")))
        if host.endswith(".vn") or len(_VIETNAMESE_LETTERS.findall(" ".join(words))) > 2:
            return "vi"
    return next((language for language in found if language != "en"), first_of(found))


def _regional(page: MarkedValues, language: str, host: str) -> str:
    """Return the language of dates in figures: only in America has English the month first."""
    if language != "en":
        return language
    stated = (page.language, *meta_values(page, _LOCALE_META))
    is_day_first = any(map(_DAY_FIRST_LOCALE.match, stated)) or host.endswith(_DAY_FIRST_HOSTS)
    return "en-gb" if is_day_first else language


def _address(page: MarkedValues, linked: LinkedArticle, url: str) -> str:
    """Return the stated address of the article, cleaned: the first that can be its own."""
    stated = (*page.links.get("canonical", ()), *page.meta.get("og:url", ()), linked.url)
    addresses = (canonical_url(address, base=url or None) for address in stated if address)
    fetched = canonical_url(url)
    return next(
        (address for address in addresses if address and is_own_address(address, url=fetched)), ""
    )
