"""What a page states about its article outside the story: in its head and in marked-up values.

For each value the statements are asked in a fixed order, and the first that is usable wins:

    title       JSON-LD headline, og:title, twitter:title, microdata, named meta, <title>
    published   JSON-LD, article:published_time, microdata, named meta, <time> marked as such;
                then, for want of better, meta tags and `<time>` that only say "date"
    modified    the same
    authors     JSON-LD, named meta, "Written by" in the tags of cards, microdata,
                rel=author, elements classed as bylines
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
from civicsearch.ingest.reading.dates import is_plausible, parse_date
from civicsearch.ingest.reading.names import parse_authors
from civicsearch.ingest.reading.undated import is_sentence
from civicsearch.ingest.stated.headline import without_last_part, without_site_name
from civicsearch.ingest.stated.json_ld import LinkedArticle, read_linked_article
from civicsearch.ingest.stated.marked_values import MarkedValues, read_marked_values

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

__all__ = [
    "AUTHOR_META",
    "DATED_META",
    "MODIFIED_META",
    "PUBLISHED_META",
    "SECTION_META",
    "TITLE_META",
    "Metadata",
    "read_metadata",
]

# What systems call every page, folded.
_NO_TITLES = frozenset(
    [
        *("chi tiet", "chi tiet tin", "chi tiet tin tuc", "chi tiet bai viet", "tin tuc"),
        *("trang chu", "home", "index", "untitled", "untitled document", "no title", "news"),
        *("aktuality", "detail"),
    ]
)
_VIETNAMESE_LETTERS = re.compile("[đơưăĐƠƯĂ\u1ea0-\u1ef9]")
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?![A-Za-z])")
_WRITTEN_BY = re.compile(
    r"(?:written|escrito|scritto|ecrit|verfasst|geschrieben|geschreven|duoc viet|viet|yazan)\b"
    r"|(?:autor|author|auteur|por|par|von|by)\b|napisan|skriv"
)
_LAST_NAME_FIRST = re.compile(r"([^\W\d_][\w'’-]+), ([^\W\d_][\w'’-]+(?: [^\W\d_]\.?)?)")
# Folded words before the name of a place in the name of an office or a paper.
_BEFORE_PLACE = (
    "tinh|huyen|xa|phuong|quan|thanh pho|tp|thi xa|thi tran|bao|dai|mesto|obec|miasto|gmina|powiat"
    "|ville de|mairie de|commune de|ayuntamiento de|stadt|gemeinde|comune di"
)
_MAX_TAGS = 40
_MAX_TAG_CHARS = 60
_MAX_SECTION_CHARS = 60
_MAX_STATED_AUTHORS = 12

TITLE_META = (
    "headline", "title", "dc.title", "dcterms.title", "sailthru.title", "parsely-title",
    "citation_title", "article:title",
)  # fmt: skip
PUBLISHED_META = (
    "article:published_time", "article:published", "og:published_time",
    "og:article:published_time", "datepublished", "itemprop:datepublished", "date_published",
    "published", "published_time", "publishdate", "publish-date", "publish_date", "pubdate",
    "pub_date", "publication_date", "publicationdate", "article.published",
    "article_date_original", "dc.date.issued", "dcterms.issued", "dc.issued",
    "citation_publication_date", "citation_date", "sailthru.date", "parsely-pub-date",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "bt:pubdate",
    "originalpublicationdate", "last-published", "og:pubdate", "rnews:datepublished",
    "blog:published",
)  # fmt: skip
# What these state may as well be when the file was made, changed or fetched.
DATED_META = (
    "dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "creation_date", "created",
    "date", "itemprop:datecreated",
)  # fmt: skip
MODIFIED_META = (
    "article:modified_time", "og:updated_time", "article:updated", "datemodified",
    "itemprop:datemodified", "dcterms.modified", "dc.date.modified", "lastmod", "last-modified",
    "modified", "revised", "updated_time",
)  # fmt: skip
AUTHOR_META = (
    "author", "article:author", "article:author_name", "dc.creator", "dcterms.creator",
    "dc.contributor", "parsely-author", "sailthru.author", "byl", "byline", "citation_author",
    "creator", "og:author", "og:article:author", "twitter:creator_name", "cxenseparse:author",
    "mediator_author", "bt:author", "rnews:creator",
)  # fmt: skip
SECTION_META = (
    "article:section", "og:article:section", "section", "parsely-section", "cxenseparse:section",
)  # fmt: skip
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
        site_name: The publisher, "" where only the host is known.
        authors: Persons.
        authors_certain: Whether they are stated for this article, in JSON-LD, and not by a mark
            that may be the webmaster's or another story's.
        published: First publication: the day, or the moment where a zone is known.
        published_certain: Whether it is stated as publication, and not only as some date.
        modified: Last change.
        section: Section of the site.
        tags: Keywords of the article.
        language: Two letters.
        canonical_url: Cleaned absolute address.
        description: The summary for search engines.
        article_headline: Of the article in JSON-LD, as stated; "" where there is none.
        is_collection: Whether JSON-LD calls the page a collection or search results.
    """

    title: str = ""
    titles: tuple[str, ...] = ()
    site_name: str = ""
    authors: tuple[str, ...] = ()
    authors_certain: bool = False
    published: dt.date | None = None
    published_certain: bool = False
    modified: dt.date | None = None
    section: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    canonical_url: str = ""
    description: str = ""
    article_headline: str = ""
    is_collection: bool = False


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
    titles = _titles(page, linked, site_names=site_names)
    persons = _linked_authors(linked, site_names)
    published = _published(page, linked, stated_language)
    return Metadata(
        title=titles[0] if titles else "",
        titles=titles,
        site_name=site_name,
        authors=persons or _marked_authors(page, site_names),
        authors_certain=bool(persons),
        published=published or _dated(page, linked, stated_language),
        published_certain=published is not None,
        modified=_modified(page, linked, stated_language),
        section=_section(page, linked, titles),
        tags=_tags(page, linked),
        language=stated_language,
        canonical_url=address,
        description=_first(_meta(page, ("og:description", "description", "twitter:description"))),
        article_headline=linked.headline if linked.is_article else "",
        is_collection=linked.is_collection,
    )


def _first(values: Iterable[str]) -> str:
    return next(iter(values), "")


def _meta(page: MarkedValues, names: Iterable[str]) -> Iterator[str]:
    """Yield the non-empty values of the named meta tags, in the order of the names."""
    for name in names:
        yield from page.meta.get(name, ())


def _titles(
    page: MarkedValues, linked: LinkedArticle, *, site_names: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the stated headlines without site names, without doubles."""
    shared = list(_meta(page, ("og:title", "twitter:title")))
    stated = [linked.headline] if linked.is_article else []
    stated = shared + stated if _differ_by_kicker(stated, shared) else stated + shared
    stated += page.properties.get("headline", ())
    stated += _meta(page, TITLE_META)
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


def _site_name(page: MarkedValues, linked: LinkedArticle) -> str:
    names = _meta(page, ("og:site_name",)), (linked.publisher,), _meta(page, ("application-name",))
    return next((unescape(name) for name in chain.from_iterable(names) if name), "")


def _host_label(url: str) -> str:
    """Return the telling part of the host: `tuoitre` of `m.tuoitre.vn`."""
    labels = host_of(url).split(".")
    return max(labels[:-1], key=len, default="")


def _published(page: MarkedValues, linked: LinkedArticle, language: str) -> dt.date | None:
    """Return what is stated as the publication."""
    stated = chain(
        [linked.published],
        _meta(page, ("article:published_time", "og:published_time", "og:article:published_time")),
        page.properties.get("datePublished", ()),
        _meta(page, PUBLISHED_META),
        page.times[:1],
    )
    return _first_moment(stated, language)


def _dated(page: MarkedValues, linked: LinkedArticle, language: str) -> dt.date | None:
    """Return what is stated as a date, without saying of what."""
    return _first_moment(chain(_meta(page, DATED_META), _only_day(page, linked)), language)


def _only_day(page: MarkedValues, linked: LinkedArticle) -> list[str]:
    """Return the `<time>` of a page on which all name one day that is not the last change's.

    With several days they are those of other stories, of comments or of events.
    """
    changed = (linked.modified, *_meta(page, MODIFIED_META))
    days = {text[:10] for text in page.plain_times}
    return page.plain_times[:1] if len(days) == 1 and not days & {t[:10] for t in changed} else []


def _modified(page: MarkedValues, linked: LinkedArticle, language: str) -> dt.date | None:
    stated = chain(
        [linked.modified],
        _meta(page, ("article:modified_time", "og:updated_time", "og:article:modified_time")),
        page.properties.get("dateModified", ()),
        _meta(page, MODIFIED_META),
    )
    return _first_moment(stated, language)


def _first_moment(stated: Iterable[str], language: str) -> dt.date | None:
    """Return the first statement that is a plausible date; epoch zero and year 1 are fillers."""
    for text in islice(stated, 60):
        moment = parse_date(text, language=language) if text else None
        if moment is not None and is_plausible(moment):
            return moment
    return None


def _linked_authors(linked: LinkedArticle, site_names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the persons of JSON-LD.

    A person may be called like the site where it is expressly a person and not in Vietnamese,
    where offices are stated as persons: the site is that person's own then.
    """
    names = _persons(linked.authors, site_names, lone_word=True)
    if names or any(map(_VIETNAMESE_LETTERS.search, site_names)):
        return names
    own = _persons(linked.persons, (), lone_word=False)
    return own if len(linked.persons) == 1 else ()


def _marked_authors(page: MarkedValues, site_names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the persons of the first kind of statement outside JSON-LD that names any."""
    stated_in_head = [
        _first_name_first(text)
        for text in chain(_meta(page, AUTHOR_META), _card_authors(page))
        if not _is_place_of_site(text, (*site_names, page.title))
    ]
    for stated in (stated_in_head, page.properties.get("author", ())):
        names = _persons(stated, site_names, lone_word=True)
        if names:
            return names
    # Of classed elements only those that stand together: the next group is another story's.
    for group in page.bylines:
        lines = [text for text in group if not is_sentence(text)]
        names = _persons(lines, site_names, lone_word=False)
        if names:
            return names
    return ()


def _card_authors(page: MarkedValues) -> Iterator[str]:
    """Yield who is named in a card for sharing: `Written by` in one tag, the name in the next."""
    for number in ("1", "2"):
        label = _first(_meta(page, (f"twitter:label{number}",)))
        if _WRITTEN_BY.match(fold(label)):
            yield from _meta(page, (f"twitter:data{number}",))


def _first_name_first(text: str) -> str:
    """Return `Aniruddha Roy` for the `Roy, Aniruddha` of catalogues."""
    match = _LAST_NAME_FIRST.fullmatch(text)
    return f"{match[2]} {match[1]}" if match else text


def _is_place_of_site(author: str, site_names: tuple[str, ...]) -> bool:
    """Return whether an author is only the place in the site's name: `Báo Lam Khê`."""
    place = re.escape(fold(author))
    pattern = re.compile(rf"\b(?:{_BEFORE_PLACE}) {place}\b")
    return any(pattern.search(fold(name)) for name in site_names)


def _persons(
    stated: Iterable[str], site_names: tuple[str, ...], *, lone_word: bool
) -> tuple[str, ...]:
    names: dict[str, str] = {}
    publishers = set(map(fold, site_names))
    for text in islice(stated, _MAX_STATED_AUTHORS):
        if fold(text) in publishers:  # as a whole, before it is taken for two persons
            continue
        for name in parse_authors(unescape(text), lone_word=lone_word):
            names.setdefault(fold(name), name)
    return tuple(name for folded, name in names.items() if folded not in publishers)


def _section(page: MarkedValues, linked: LinkedArticle, titles: tuple[str, ...]) -> str:
    stated = [*_meta(page, SECTION_META), *linked.sections[:1]]
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
    stated = chain([page.language], _meta(page, _LOCALE_META), [linked.language])
    found = [match[1].lower() for text in stated if (match := _LANGUAGE.match(text.strip()))]
    if found in ([], ["en"]):
        words = chain([page.title], page.headings, _meta(page, ("og:title", "description")))
        if host.endswith(".vn") or len(_VIETNAMESE_LETTERS.findall(" ".join(words))) > 2:
            return "vi"
    return next((language for language in found if language != "en"), _first(found))


def _address(page: MarkedValues, linked: LinkedArticle, url: str) -> str:
    """Return the stated address of the article, cleaned: the first that can be its own."""
    stated = (*page.links.get("canonical", ()), *page.meta.get("og:url", ()), linked.url)
    addresses = (canonical_url(address, base=url or None) for address in stated if address)
    fetched = canonical_url(url)
    return next(
        (address for address in addresses if address and is_own_address(address, url=fetched)), ""
    )
