"""Which values a page's elements carry by name: meta tags, microdata, rel links, telling classes.

One walk over the tree collects them as text, in page order; `metadata` chooses among them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import normalize
from civicsearch.ingest.reading.alternatives import compile_stems
from civicsearch.ingest.reading.event_labels import is_event_label

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["MarkedValues", "parted_links", "read_marked_values"]

_MAX_ELEMENTS = 300_000
_MAX_VALUE_CHARS = 2000
_MAX_VALUES = 100

_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:authors?|author-?names?|byline|by-line|tac-?gia|nguoi-?viet|autor(?:es|a)?"
    r"|auteur"
    r"|yazar|writer|(?:created|posted|written|submitted)-?by|submitted|(?:news|article|post|entry|story|detail)-?author|reporter)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CRUMB_CLASS = re.compile(
    r"bread-?_?crumb|duong-?dan|drobeck|fil-?d-?ariane|sciezka|navpath|rastro|migas", re.IGNORECASE
)
_TAG_CLASS = re.compile(
    r"(?:^|[\s_-])(?:tags|tag-?list|(?:article|post|entry|news|detail|story)-?tags?|tag-?(?:links"
    r"|items?|box|cloud)"
    r"|keywords?|tu-?khoa|stitky|etiquetas|schlagworte?|etiket(?:ler)?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_TIME_CLASS = re.compile(
    r"publish|posted|pubdate|entry-?date|post-?date|article-?date|created|dateline|date-?pub",
    re.IGNORECASE,
)
# Every word of the three patterns holds one of these; looking for them is five times quicker.
_STEMS = compile_stems(
    "aut|byline|by-line|gia|viet|yazar|writer|reporter|crumb|dan|drobeck|ariane|sciezka|navpath"
    "|rastro|migas|tag|keyword|khoa|edby|ed-by|submitted|enby|en-by|stitky|etik|etiq|schlagw"
)
# Boxes of other people's names: about the author, commenters, lists of stories.
_OTHERS = re.compile(
    r"comment|related|sidebar|widget|recommend|(?<!entry-)(?<!post-)(?<!article-)footer|teaser|card|most-?read|popular|avatar"
    r"|lien-?quan",
    re.IGNORECASE,
)
_MAX_BYLINE_CHARS = 200
_MAX_LABEL_CHARS = 60
_MAX_NAMES = 12


@dataclass(slots=True, kw_only=True)
class MarkedValues:
    """The collected values; every list in page order.

    Attributes:
        meta: By lower-case name, property or itemprop of `<meta>`.
        properties: Microdata by itemprop; for an object the value of its `name`.
        links: Addresses of `<link>` by rel.
        title: The text of `<title>`.
        headings: Texts of `<h1>`.
        times: Of `<time>` marked as publication, its machine value or text.
        plain_times: The machine values of the other `<time>` elements.
        bylines: Texts of elements that rel or class call the author; those that stand together
            (same grandparent) in one list.
        crumbs: Texts of the links in the breadcrumb.
        tags: Texts of the links that rel or class call tags.
        language: Of `<html lang>`.
        budget: How many more elements may be read as text; nested ones cost their square.
        byline_place: What the last byline stands in; only used while collecting.
        author_place: What the first microdata author stands in; only used while collecting.
    """

    meta: dict[str, list[str]] = field(default_factory=dict)
    properties: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    title: str = ""
    headings: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    plain_times: list[str] = field(default_factory=list)
    bylines: list[list[str]] = field(default_factory=list)
    crumbs: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    language: str = ""
    budget: int = 1000
    byline_place: HtmlElement | None = field(default=None, repr=False)
    author_place: HtmlElement | None = field(default=None, repr=False)


def read_marked_values(root: HtmlElement) -> MarkedValues:
    """Return the named values of a page; at most its first 300,000 elements are asked."""
    values = MarkedValues(language=root.get("lang") or root.get("xml:lang") or "")
    for element in islice(root.iter("*"), _MAX_ELEMENTS):
        tag = element.tag
        if tag in _BY_TAG:
            _BY_TAG[tag](values, element)
        if values.budget <= 0:
            continue
        if element.get("itemprop") and tag != "meta":
            _read_property(values, element)
        names, identity = element.get("class"), element.get("id")
        if names or identity:
            kind = _kind_of(names and names[:200], identity and identity[:100])
            if kind:
                _READ_KIND[kind](values, element)
    return values


def text_of(element: HtmlElement) -> str:
    """Return the text inside `element` with blanks collapsed, cut at 2,000 characters."""
    pieces, length = [], 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > _MAX_VALUE_CHARS:
            break
    return _clean(" ".join(pieces))


def parted_links(text: str, element: HtmlElement) -> str:
    """Return the text of a byline with a comma between links that only a blank parts.

    Each of two links of two words or more is a name: `By Jo Lind Ann Reed`.
    """
    links = list(islice(element.iter("a"), _MAX_NAMES + 1))
    if not 1 < len(links) <= _MAX_NAMES:
        return text
    names = [text_of(link) for link in links]
    for name, following in pairwise(names):
        if " " in name and " " in following:
            text = text.replace(f"{name} {following}", f"{name}, {following}", 1)
    return text


def _clean(text: str) -> str:
    return " ".join(normalize(text[:_MAX_VALUE_CHARS]).split())


def _add(table: dict[str, list[str]], name: str, value: str) -> None:
    entries = table.setdefault(name, [])
    if value and len(entries) < _MAX_VALUES:
        entries.append(value)


def _read_meta(values: MarkedValues, element: HtmlElement) -> None:
    # Some pages put what is stated under the name that form fields have for it.
    content = _clean(element.get("content") or element.get("value") or "")
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        for name in (element.get(attribute) or "").lower().split():
            _add(values.meta, name.replace("article.", "article:"), content)


def _read_title(values: MarkedValues, element: HtmlElement) -> None:
    # An inline drawing has a <title> too, and comes later.
    values.title = values.title or text_of(element)


def _read_heading(values: MarkedValues, element: HtmlElement) -> None:
    values.budget -= 1
    text = text_of(element) if values.budget > 0 else ""
    if text and len(values.headings) < 10:
        values.headings.append(text)


def _read_link(values: MarkedValues, element: HtmlElement) -> None:
    for rel in (element.get("rel") or "").lower().split():
        _add(values.links, rel, (element.get("href") or "").strip())


def _read_time(values: MarkedValues, element: HtmlElement) -> None:
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    if is_event_label(_label_of(element)):
        return
    marked = element.get("pubdate") is not None or _TIME_CLASS.search(names)
    if marked and len(values.times) < _MAX_VALUES:
        values.times.append(_clean(element.get("datetime") or "") or text_of(element))
    elif element.get("datetime") and len(values.plain_times) < _MAX_VALUES:
        values.plain_times.append(_clean(element.get("datetime") or ""))


def _label_of(element: HtmlElement) -> str:
    """Return the short text right before an element, in its line or in the cell before."""
    before = element.getprevious()
    parent = element.getparent()
    text = (before.tail if before is not None else None if parent is None else parent.text) or ""
    if not text.strip():
        cell = before if before is not None or parent is None else parent.getprevious()
        text = "" if cell is None or len(cell) > 1 else text_of(cell)
    return _clean(text) if len(text) <= _MAX_LABEL_CHARS else ""


def _read_anchor(values: MarkedValues, element: HtmlElement) -> None:
    rel = element.get("rel")
    if not rel or values.budget <= 0:
        return
    rels = rel.lower().split()
    if "author" in rels and not _is_among_others(element):
        _add_byline(values, element, text_of(element))
    if "tag" in rels and not _is_among_others(element) and "category" not in rels:
        values.tags.append(text_of(element))


_BY_TAG = {
    "meta": _read_meta,
    "title": _read_title,
    "h1": _read_heading,
    "link": _read_link,
    "time": _read_time,
    "a": _read_anchor,
}


@lru_cache(maxsize=8192)
def _kind_of(names: str | None, identity: str | None) -> str:
    """Return what class and id call an element; pages repeat them hundreds of times."""
    both = f"{names or ''} {identity or ''}".lower()
    if not _STEMS.search(both):
        return ""
    kinds = (("byline", _BYLINE_CLASS), ("crumbs", _CRUMB_CLASS), ("tags", _TAG_CLASS))
    return next((kind for kind, pattern in kinds if pattern.search(both)), "")


def _read_byline(values: MarkedValues, element: HtmlElement) -> None:
    values.budget -= 1
    if "comment-" in (element.get("class") or ""):  # who wrote a comment
        return
    text = text_of(element)
    if len(text) <= _MAX_BYLINE_CHARS and not _is_among_others(element):
        _add_byline(values, element, parted_links(text, element))


def _read_crumbs(values: MarkedValues, element: HtmlElement) -> None:
    if not values.crumbs:
        values.budget -= 10
        values.crumbs.extend(_link_texts(element))


def _read_tags(values: MarkedValues, element: HtmlElement) -> None:
    whole = element.tag in {"body", "html", "a", "article"}
    if not whole and not values.tags and not _is_among_others(element):
        values.budget -= 10
        values.tags.extend(_link_texts(element))


_READ_KIND = {"byline": _read_byline, "crumbs": _read_crumbs, "tags": _read_tags}


def _add_byline(values: MarkedValues, element: HtmlElement, text: str) -> None:
    """Put a byline with the last one if both have one grandparent or one is in the other."""
    above = list(islice(element.iterancestors(), 2))
    if not text or len(values.bylines) >= _MAX_VALUES:
        return
    if values.byline_place is not None and values.byline_place in (element, *above):
        values.bylines[-1].append(text)
        return
    values.bylines.append([text])
    values.byline_place = above[-1] if above and above[-1].tag != "body" else element


def _read_property(values: MarkedValues, element: HtmlElement) -> None:
    values.budget -= 1
    value = element.get("content") or element.get("datetime") or ""
    if not value and element.get("itemscope") is not None:
        inside = islice(element.iter(), 500)
        name = next((inner for inner in inside if inner.get("itemprop") == "name"), None)
        value = "" if name is None else name.get("content") or text_of(name)
    value = _clean(value) or text_of(element)
    for name in (element.get("itemprop") or "").split():
        if name != "author" or _is_of_first_author(values, element):
            _add(values.properties, name, value)


def _is_of_first_author(values: MarkedValues, element: HtmlElement) -> bool:
    """Return whether an author stands where the first one does; lists of stories mark theirs too.

    The place is the object that the property belongs to, else what holds the byline.
    """
    above = list(islice(element.iterancestors(), 40))
    place = next((item for item in above if item.get("itemscope") is not None), None)
    if place is None:
        place = above[min(1, len(above) - 1)] if above else element
    if values.author_place is None:
        values.author_place = place
    return values.author_place is place


def _link_texts(element: HtmlElement) -> list[str]:
    return [text_of(link) for link in islice(element.iter("a"), 40)]


def _is_among_others(element: HtmlElement) -> bool:
    """Return whether the element stands in a box about other stories or other people."""
    for ancestor in islice(element.iterancestors(), 12):
        if ancestor.tag in {"body", "article", "main"}:
            return ancestor.tag == "article" and _is_comment(ancestor)
        if ancestor.tag in {"aside", "nav"}:
            return True
        names = f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"
        # Bylines and tags stand in few boxes; what megabytes of names say is not kept.
        if _is_of_others(names) if len(names) <= _MAX_VALUE_CHARS else _OTHERS.search(names):
            return not _is_foot_of_article(ancestor, names)
    return False


def _is_foot_of_article(element: HtmlElement, names: str) -> bool:
    """Return whether a footer stands in what is marked as an article: its date and byline."""
    if "footer" not in names.split():
        return False
    above = islice(element.iterancestors(), 2)
    return any((item.get("itemtype") or "")[:100].endswith("Article") for item in above)


def _is_comment(article: HtmlElement) -> bool:
    """Return whether an `<article>` is a comment; systems mark those so as well."""
    words = (article.get("class") or "").split()
    return "comment" in words or "comment-body" in words


@lru_cache(maxsize=8192)
def _is_of_others(names: str) -> bool:
    return _OTHERS.search(names) is not None
