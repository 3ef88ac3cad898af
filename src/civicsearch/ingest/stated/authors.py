"""Whom a page states as the authors of its article.

Persons first. What JSON-LD names as the author without being a person (an agency, a desk, the
site, a user) counts where nobody else is named: of 39 such development pages people took it for
the author on 24, somebody else on 2, and wrote nobody down on 13. Meta tags and microdata say the
same on every page of a site, and were right half as often.

Whom a page marks as author without a name like a person's (`oldmillfan`) is offered as a user, and
who is called like the site as its owner; whether either is one, the printed byline decides.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.ingest.reading.names import agencies_in, parse_authors
from civicsearch.ingest.reading.placeholders import is_placeholder
from civicsearch.ingest.reading.reviewers import reviewers_in
from civicsearch.ingest.reading.undated import is_sentence
from civicsearch.ingest.reading.user_names import user_name
from civicsearch.ingest.stated.meta_names import AUTHOR_META, first_of, meta_values

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from civicsearch.ingest.stated.json_ld import LinkedArticle
    from civicsearch.ingest.stated.marked_values import MarkedValues

__all__ = [
    "carded_user",
    "linked_authors",
    "linked_contributors",
    "linked_owner",
    "marked_authors",
    "marked_owner",
    "marked_users",
    "stated_desks",
    "stated_organizations",
]

_VIETNAMESE_LETTERS = re.compile("[đơưăĐƠƯĂ\u1ea0-\u1ef9]")
_WRITTEN_BY = re.compile(
    r"(?:written|escrito|scritto|ecrit|verfasst|geschrieben|geschreven|duoc viet|viet|yazan)\b"
    r"|(?:autor|author|auteur|por|par|von|by)\b|napisan|skriv"
)
_LAST_NAME_FIRST = re.compile(
    r"([^\W\d_][\w'’-]+), "
    r"((?:[^\W\d_][\w'’-]+|[^\W\d_]\.)(?:[ -][^\W\d_]\.?)*(?: (?:de|van|von|der|den|di))*)"
)
# Folded words before the name of a place in the name of an office or a paper.
_BEFORE_PLACE = (
    "tinh|huyen|xa|phuong|quan|thanh pho|tp|thi xa|thi tran|bao|dai|mesto|obec|miasto|gmina|powiat"
    "|ville de|mairie de|commune de|ayuntamiento de|stadt|gemeinde|comune di"
)
# Names in these scripts hold no blank.
_UNPARTED_NAME = re.compile(r"[\u3040-\u9fff]{2,6}")
_MAX_STATED_AUTHORS = 12
_MAX_NAME_CHARS = 60
# `dpa, AFP` are two; what stands in brackets is one's own.
_SEVERAL = re.compile(r"\s*[,;]\s+(?![^(]*\))")


def linked_authors(linked: LinkedArticle, site_names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the persons of JSON-LD, and who wrote with them; the site itself is none."""
    names = _persons(linked.authors, site_names, lone_word=True)
    if not names or (len(names) == 1 and linked_owner(linked, site_names)):
        return ()
    return names + _beside_persons(linked, site_names)


def linked_contributors(linked: LinkedArticle, site_names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the persons of JSON-LD who contributed: whether they wrote, the byline decides."""
    return _persons(linked.contributors, site_names, lone_word=False)


def linked_owner(linked: LinkedArticle, site_names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the person of JSON-LD who is called like the site: it is that person's own then.

    That is believed where it is expressly a person, and not in Vietnamese, where offices are
    stated as persons. The name is taken whole: `Lam Hill Travel Expert`.
    """
    if len(linked.persons) != 1 or any(map(_VIETNAMESE_LETTERS.search, site_names)):
        return ()
    name = unescape(linked.persons[0])
    if not _persons([name], (), lone_word=False):
        return ()
    return (name,) if _unparted(name) in set(map(_unparted, site_names)) else ()


def marked_owner(marked: tuple[str, ...], site_names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the one who is marked as author, if called like the site or its address."""
    is_own = len(marked) == 1 and _unparted(marked[0]) in set(map(_unparted, site_names))
    return marked if is_own else ()


def _unparted(name: str) -> str:
    """Return a name as addresses have it: `lamhillpost` for `Lam Hill Post`."""
    return fold(name).replace(" ", "")


def _beside_persons(linked: LinkedArticle, site_names: tuple[str, ...]) -> tuple[str, ...]:
    """Return who wrote with the persons: authors of their own, and agencies in a person's line."""
    agencies = (agency for text in linked.authors for agency in agencies_in(text))
    desks = [text for text in linked.authors if not parse_authors(text, lone_word=True)]
    own = set(map(fold, site_names))
    names = (*_usable((*desks, *linked.organizations)), *agencies)
    return tuple(dict.fromkeys(name for name in names if fold(name) not in own))


def stated_desks(linked: LinkedArticle, site_names: tuple[str, ...]) -> tuple[str, ...]:
    """Return who is stated like a person but is called like none: a desk, an agency, a user."""
    own = set(map(fold, site_names))
    return tuple(name for name in _usable(linked.authors) if fold(name) not in own)


def stated_organizations(linked: LinkedArticle) -> tuple[str, ...]:
    """Return the organizations that are stated as authors; mostly the site itself."""
    return tuple(_usable((*linked.organizations, *linked.authors)))


def _usable(names: Iterable[str]) -> Iterator[str]:
    """Yield what can be somebody's name: no address, and nothing that a system fills in."""
    for text in islice(names, _MAX_STATED_AUTHORS):
        for name in _SEVERAL.split(text):
            if len(name) <= _MAX_NAME_CHARS and not is_placeholder(name):
                yield name


def marked_authors(page: MarkedValues, site_names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the persons of the first kind of statement outside JSON-LD that names any."""
    in_head = [[*page.meta.get(name, ())] for name in AUTHOR_META] + [[*_card_authors(page)]]
    for texts in (*in_head, page.properties.get("author", ())):
        stated = [
            _first_name_first(text)
            for text in texts
            if not _is_place_of_site(text, (*site_names, page.title))
            and not _holds_address(text, site_names[-1])
        ]
        names = _persons(stated, site_names, lone_word=True)
        if names:
            return names
    # Of classed elements only those that stand together: the next group is another story's.
    reviewers = reviewers_in(text for group in page.bylines for text in group)
    for group in page.bylines:
        lines = [
            text
            for text in group
            if not is_sentence(text) and not _is_place_of_site(text, site_names)
        ]
        found = _persons(lines, site_names, lone_word=any(map(_UNPARTED_NAME.fullmatch, lines)))
        names = tuple(name for name in found if fold(name) not in reviewers)
        if names:
            return _without_what_follows(names, page.bylines)
    return ()


def marked_users(page: MarkedValues, site_names: tuple[str, ...]) -> tuple[str, ...]:
    """Return who is marked as author and may have no name like a person's, most trusted first.

    Only who is printed beside the headline as well is one; that is for the caller to see.
    """
    marked = (text for group in islice(page.bylines, _MAX_STATED_AUTHORS) for text in group)
    texts = (*islice(marked, 2 * _MAX_STATED_AUTHORS), *page.properties.get("author", ())[:1])
    texts += (*_card_authors(page), *meta_values(page, AUTHOR_META))
    others = set(map(fold, (*site_names, *page.crumbs, *page.tags, *page.headings)))
    others |= reviewers_in(text for group in page.bylines for text in group)
    names = (user_name(unescape(text), others=others) for text in texts[: 4 * _MAX_STATED_AUTHORS])
    own = (name for name in names if name and not _is_place_of_site(name, site_names))
    return tuple(dict.fromkeys(own))


def carded_user(page: MarkedValues, site_names: tuple[str, ...]) -> str:
    """Return the user whom the card for sharing expressly calls the writer, else ""."""
    others = set(map(fold, site_names))
    names = (user_name(unescape(text), others=others) for text in _card_authors(page))
    return next(filter(None, names), "")


def _without_what_follows(
    names: tuple[str, ...], bylines: Iterable[Iterable[str]]
) -> tuple[str, ...]:
    """Return names as elements of their own have them: `Jo Lind` for `Jo Lind Town Desk`.

    Two that stand in one element without a sign between them are two.
    """
    texts = [text for group in islice(bylines, _MAX_STATED_AUTHORS) for text in group]
    alone = {name for text in texts[:_MAX_STATED_AUTHORS] for name in parse_authors(text)}
    shorter = sorted((name for name in alone if " " in name), key=lambda name: (len(name), name))
    names = tuple(_said_once(name, texts) for name in names)
    found = (one for name in names for one in _parts_of(name, shorter) or [name])
    return tuple(dict.fromkeys(found))


def _said_once(name: str, texts: Collection[str]) -> str:
    """Return the one word of `Jolind Jolind`, said twice, where some text begins with it once."""
    first, _, last = name.partition(" ")
    if first != last:
        return name
    once = re.compile(rf"{re.escape(first)}(?:\W+(?!{re.escape(first)})|$)")
    return first if any(map(once.match, texts)) else name


def _parts_of(name: str, shorter: Iterable[str]) -> list[str]:
    """Return the names that a longer one is made of, in its order; else the shortest in it."""
    rest, places = f" {name} ", {}
    for one in shorter:
        place = rest.find(f" {one} ")
        if place >= 0:
            places[one] = place
            rest = rest.replace(f" {one} ", " " + "\0" * len(one) + " ", 1)
    is_all = not rest.strip(" \0")
    return sorted(places, key=places.__getitem__) if is_all else list(places)[:1]


def _card_authors(page: MarkedValues) -> Iterator[str]:
    """Yield who is named in a card for sharing: `Written by` in one tag, the name in the next."""
    for number in ("1", "2"):
        label = first_of(meta_values(page, (f"twitter:label{number}",)))
        if _WRITTEN_BY.match(fold(label)):
            yield from meta_values(page, (f"twitter:data{number}",))


def _first_name_first(text: str) -> str:
    """Return `Aniruddha Roy` for the `Roy, Aniruddha` of catalogues."""
    match = _LAST_NAME_FIRST.fullmatch(text)
    return f"{match[2]} {match[1]}" if match else text


def _holds_address(author: str, host_label: str) -> bool:
    """Return whether an author is stated with the site's own address: `Lam Post (lam.example)`."""
    if not host_label or "." not in author:
        return False
    address = rf"\b{re.escape(host_label)}\.[a-z]{{2,}}\b"
    return re.search(address, author.lower()) is not None


def _is_place_of_site(author: str, site_names: tuple[str, ...]) -> bool:
    """Return whether an author is only the place in the site's name: `Báo Lam Khê`."""
    place = fold(author)
    names = [name for name in map(fold, site_names) if place in name]
    if not names:  # nearly always; a pattern of one's own takes as long as the rest of a byline
        return False
    pattern = re.compile(rf"\b(?:{_BEFORE_PLACE}) {re.escape(place)}\b")
    return any(map(pattern.search, names))


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
