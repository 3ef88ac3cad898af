"""What a page states in JSON-LD: the one node that is the article, and its values as text.

The scripts are often broken in the same few ways (line breaks inside strings, trailing commas,
comments round them), which are mended; what stays broken is read for its plain pairs only.
Nothing here judges the values: `metadata` weighs them against the other statements.
"""

from __future__ import annotations

import html
import json
import re
from collections import deque
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from civicsearch.analysis.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lxml.html import HtmlElement

__all__ = ["LinkedArticle", "read_linked_article"]

Node: TypeAlias = "Mapping[str, Any]"

_MAX_SCRIPTS = 40
_MAX_SCRIPT_CHARS = 2_000_000
_MAX_NODES = 5000
_MAX_TEXT_CHARS = 5000
_MAX_EVENT_DAYS = 60
_MAX_RIVALS = 200
# Of a headline; systems cut `<title>` short.
_TELLING_CHARS = 40

_ARTICLE_TYPES = re.compile(r"(?:article|posting|report|newsitem|blogpost)$", re.IGNORECASE)
_PAGE_TYPES = re.compile(
    r"(?:webpage|itempage|aboutpage|creativework|governmentservice)$", re.IGNORECASE
)
_COLLECTION_TYPES = re.compile(r"(?:CollectionPage|SearchResultsPage)$")
_EVENT_TYPES = re.compile(r"Event$")
_PERSON = re.compile(r"Person$")
_ORGANIZATION = re.compile(r"Organi[sz]ation$")
_WRAPPED_FROM = ("<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "<![CDATA[")
_WRAPPED_TO = (";", "-->", "//]]>", "// ]]>", "/*]]>*/", "]]>")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MISSING_COMMA = re.compile(r"([}\]\"])([ \t\r]*\n\s*)(?=\"[\w@]+\"\s*:)")
_PAIR = re.compile(
    r'"(headline|datePublished|dateModified|articleSection|inLanguage|description)"\s*:\s*'
    r'"((?:[^"\\\n]|\\.){1,1000})"'
)
_PERSON_PAIR = re.compile(r'"author"\s*:[^}\]]{0,200}?"name"\s*:\s*"((?:[^"\\\n]|\\.){1,200})"')


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedArticle:
    """The article node, each value as printed, "" or () where absent.

    Attributes:
        is_article: Whether the node's type is an article's; else it is the page's own node.
        is_collection: Whether the page is called a collection of others, or search results.
        authors: Names of persons; what is typed as an organization is left out.
        persons: Those of them that the page expressly types as persons.
        organizations: The authors that are typed as organizations.
        contributors: Persons named apart from the authors: some systems state one author alone.
        sections: As stated, most general first.
        breadcrumb: Names of the trail, home first.
        events: When the events of the page begin and end.
    """

    is_article: bool = False
    is_collection: bool = False
    headline: str = ""
    authors: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    sections: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    language: str = ""
    url: str = ""
    publisher: str = ""
    description: str = ""
    breadcrumb: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


def read_linked_article(root: HtmlElement) -> LinkedArticle:
    """Return what the page's JSON-LD says about its article; all empty where it says nothing."""
    nodes: list[Node] = []
    for count, text in enumerate(_iter_scripts(root)):
        if count >= _MAX_SCRIPTS:
            break
        nodes.extend(_iter_nodes(_parse(text)))
    if not nodes:
        return LinkedArticle()
    by_id = {
        node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1
    }
    title = next(root.iter("title"), None)
    main = _main_node(nodes, "" if title is None else "".join(title.itertext()))
    return LinkedArticle(
        is_article=bool(main) and _has_type(main, _ARTICLE_TYPES),
        is_collection=any(_has_type(node, _COLLECTION_TYPES) for node in nodes),
        headline=_text(main.get("headline") or main.get("name")),
        authors=_authors(main, by_id, wanted=lambda node: not _is_organization(node)),
        persons=_authors(main, by_id, wanted=_is_person),
        organizations=_authors(main, by_id, wanted=_is_organization),
        contributors=_authors(main, by_id, wanted=_is_person, key="contributor"),
        published=_text(
            main.get("datePublished") or main.get("dateCreated") or main.get("uploadDate")
        ),
        modified=_text(main.get("dateModified")),
        sections=_texts(main.get("articleSection")),
        keywords=_keywords(main.get("keywords")),
        language=_language(main.get("inLanguage")),
        url=_url(main),
        publisher=_publisher(main, nodes, by_id),
        description=_text(main.get("description")),
        breadcrumb=_breadcrumb(nodes),
        events=_events(nodes),
    )


def _iter_scripts(root: HtmlElement) -> Iterator[str]:
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            text = "".join(script.itertext())
            if text.strip() and len(text) <= _MAX_SCRIPT_CHARS:
                yield text


def _parse(text: str) -> Any:  # noqa: ANN401 - JSON can be anything
    """Return the JSON value of a script, mended where needed; a dict of plain pairs at worst."""
    text = _unwrapped(text.strip().lstrip("\ufeff"))
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", _MISSING_COMMA.sub(r"\1,\2", text))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return _parse_prefix(text) or _plain_pairs(text)


def _unwrapped(text: str) -> str:
    """Return a script without the comment or CDATA marks that old editors put round it."""
    for mark in _WRAPPED_FROM:
        text = text.removeprefix(mark).lstrip()
    for mark in _WRAPPED_TO:
        text = text.removesuffix(mark).rstrip()
    return text


def _parse_prefix(text: str) -> Any:  # noqa: ANN401 - JSON can be anything
    """Return the first whole JSON value where rubbish or a second one follows."""
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def _plain_pairs(text: str) -> Node:
    """Return the telling pairs of a script that no parser reads, as an article node."""
    pairs: dict[str, Any] = {}
    for match in _PAIR.finditer(text):
        pairs.setdefault(match[1], match[2].replace('\\"', '"').replace("\\/", "/"))
    person = _PERSON_PAIR.search(text)
    if person:
        pairs["author"] = person[1]
    return {"@type": "Article", **pairs} if "headline" in pairs or "datePublished" in pairs else {}


def _iter_nodes(value: Any) -> Iterator[Node]:  # noqa: ANN401 - JSON can be anything
    """Yield the objects inside `value`, outer ones first, without recursion."""
    queue = deque([value])
    for _ in range(_MAX_NODES):
        if not queue:
            return
        item = queue.popleft()
        if isinstance(item, dict):
            yield item
            queue.extend(child for child in item.values() if isinstance(child, dict | list))
        elif isinstance(item, list):
            queue.extend(child for child in item if isinstance(child, dict | list))


def _has_type(node: Node, types: re.Pattern[str]) -> bool:
    stated = node.get("@type", "")
    names = stated if isinstance(stated, list) else [stated]
    return any(isinstance(name, str) and types.search(name) for name in names)


def _main_node(nodes: list[Node], title: str) -> Node:
    """Return the fullest of the first article nodes, else the page's node, else an empty one.

    Nodes inside others (a related story in `hasPart`) come after outer ones, so the first node
    with a headline and a date wins over those with less. Where they state different headlines,
    the one in the page's `<title>` is its own.
    """
    for types in (_ARTICLE_TYPES, _PAGE_TYPES):
        found = [node for node in nodes if _has_type(node, types)]
        titled = _titled(found, title)
        for wanted in (("headline", "datePublished"), ("datePublished",), ("headline",)):
            full = [node for node in titled or found if all(node.get(key) for key in wanted)]
            if full:
                return full[0]
        if found:
            return found[0]
    return {}


def _titled(nodes: list[Node], title: str) -> list[Node]:
    """Return the nodes whose headline, or its start, is in `title`, if there are others."""
    rivals = [(node, fold(_text(node.get("headline")))) for node in nodes[:_MAX_RIVALS]]
    if len({headline for _, headline in rivals if headline}) < 2:
        return []
    whole = fold(_clean(title))
    return [node for node, headline in rivals if headline and headline[:_TELLING_CHARS] in whole]


def _authors(
    node: Node, by_id: Mapping[str, Node], *, wanted: Callable[[Node], bool], key: str = "author"
) -> tuple[str, ...]:
    """Return the names of those of a node's authors that are `wanted`; text is of no type."""
    stated = node.get(key) or (node.get("creator") if key == "author" else None)
    names: list[str] = []
    for item in stated if isinstance(stated, list) else [stated]:
        author = _resolved(item, by_id)
        if isinstance(author, str):
            author = {"name": author}
        if isinstance(author, dict) and wanted(author):
            names.extend(_texts(author.get("name")) or _full_name(author))
    return tuple(name for name in names if name)


def _full_name(person: Node) -> tuple[str, ...]:
    """Return the name of a person that is stated in two parts."""
    parts = (_text(person.get("givenName")), _text(person.get("familyName")))
    return (" ".join(parts),) if all(parts) else ()


def _is_person(node: Node) -> bool:
    """Return whether a node is typed as a person, or has the id that blogs give to persons."""
    return _has_type(node, _PERSON) or "/person/" in str(node.get("@id", ""))


def _is_organization(node: Node) -> bool:
    return _has_type(node, _ORGANIZATION)


def _publisher(node: Node, nodes: list[Node], by_id: Mapping[str, Node]) -> str:
    publisher = _resolved(_first(node.get("publisher")), by_id)
    if isinstance(publisher, dict):
        publisher = publisher.get("name")
    if publisher:
        return _text(publisher)
    site = next((node for node in nodes if _has_type(node, re.compile("WebSite$"))), {})
    return _text(site.get("name"))


def _breadcrumb(nodes: list[Node]) -> tuple[str, ...]:
    for node in nodes:
        items = node.get("itemListElement")
        if _has_type(node, re.compile("BreadcrumbList$")) and isinstance(items, list):
            return tuple(filter(None, map(_crumb, items[:12])))
    return ()


def _crumb(item: Any) -> str:  # noqa: ANN401 - JSON can be anything
    if not isinstance(item, dict):
        return ""
    inner = item.get("item")
    return _text(item.get("name")) or (_text(inner.get("name")) if isinstance(inner, dict) else "")


def _events(nodes: list[Node]) -> tuple[str, ...]:
    events = (node for node in nodes if _has_type(node, _EVENT_TYPES))
    stated = (_text(event.get(key)) for event in events for key in ("startDate", "endDate"))
    return tuple(islice(filter(None, stated), _MAX_EVENT_DAYS))


def _url(node: Node) -> str:
    for key in ("mainEntityOfPage", "url"):
        value = _first(node.get(key))
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith("http"):
            return value
    return ""


def _resolved(value: Any, by_id: Mapping[str, Node]) -> Any:  # noqa: ANN401 - JSON can be anything
    """Return the node that a reference `{"@id": ...}` points to, else `value`."""
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and not value.get("name"):
        return by_id.get(value["@id"], value)
    return value


def _first(value: Any) -> Any:  # noqa: ANN401 - JSON can be anything
    if isinstance(value, list):
        return value[0] if value else None
    return value


def _language(value: Any) -> str:  # noqa: ANN401 - JSON can be anything
    value = _first(value)
    if isinstance(value, dict):
        value = value.get("alternateName") or value.get("name")
    return _text(value)


def _keywords(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - JSON can be anything
    if isinstance(value, str):
        value = value.split(",")
    return _texts(value)


def _texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - JSON can be anything
    items = value if isinstance(value, list) else [value]
    return tuple(text for text in map(_text, items[:50]) if text)


def _text(value: Any) -> str:  # noqa: ANN401 - JSON can be anything
    """Return a value as clean text; values come as text, number, list or `{"@value": ...}`."""
    value = _first(value)
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return _clean(str(value))


def _clean(text: str) -> str:
    """Return text without entities and mark-up: editors paste both into JSON."""
    text = text[:_MAX_TEXT_CHARS]
    if "&" in text:
        text = html.unescape(html.unescape(text))
    return " ".join(re.sub(r"</?[a-zA-Z][^<>]{0,200}>", " ", text).split())
