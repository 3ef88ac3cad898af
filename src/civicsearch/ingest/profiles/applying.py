"""What a site's profile finds on one page, and how a document is changed by it.

A selector that finds nothing leaves its field to the generic rules, and a `Finding` says so.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from civicsearch.ingest.blocks import Block, Kind, collapse
from civicsearch.ingest.layout.lines import Hidden, page_lines
from civicsearch.ingest.moments import in_zone_of_page
from civicsearch.ingest.profiles.body import region_of
from civicsearch.ingest.profiles.selecting import PageSelector
from civicsearch.ingest.reading.dates import is_plausible, parse_date
from civicsearch.ingest.reading.names import parse_authors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml.html import HtmlElement

    from civicsearch.document import Document
    from civicsearch.ingest.layout.region import Region
    from civicsearch.ingest.profiles.profile import Rule, SiteProfile
    from civicsearch.ingest.story.zones import Zones

__all__ = ["Finding", "ProfileReading", "read_by_profile"]

_MAX_TAGS = 40
_MAX_VALUE_CHARS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What came of one selector of a profile.

    Attributes:
        field: A field of the profile, or `remove`.
        selector: The selector.
        matched: How many elements it chose.
        value: What they gave, as text; "" where that was nothing that can be used.
    """

    field: str
    selector: str
    matched: int
    value: str = ""

    @property
    def is_used(self) -> bool:
        """Whether the field is the profile's; else the generic rules say what it is."""
        return bool(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileReading:
    """What a profile found on a page.

    Attributes:
        host: Whose profile it is.
        findings: Of each of its selectors, in the order of the fields.
        body: The elements that hold the story, none for the generic rules.
        lead: The paragraphs of the lead.
        values: What is set in the document as it is, by field.
    """

    host: str
    findings: tuple[Finding, ...]
    body: tuple[HtmlElement, ...] = ()
    lead: tuple[str, ...] = ()
    values: dict[str, Any]

    @property
    def has_removed(self) -> bool:
        """Whether something was taken off the page."""
        return any(found.field == "remove" and found.matched for found in self.findings)

    def region(self, root: HtmlElement) -> Region | None:
        """Return the region that the profile names, or None for the generic rules."""
        return region_of(root, self.body) if self.body else None

    def set_lead(self, zones: Zones) -> None:
        """Make the lead of a story that of the profile, if it has one."""
        if self.lead:
            zones.lead = [Block(kind=Kind.PARAGRAPH, text=text) for text in self.lead]
            zones.body = [block for block in zones.body if block.text not in self.lead]

    def change(self, document: Document) -> Document:
        """Return `document` with the values of the profile."""
        values = dict(self.values)
        if "published" in values:
            values["published"] = in_zone_of_page(values["published"], document.language)
        return replace(document, **values)


def read_by_profile(root: HtmlElement, profile: SiteProfile, *, language: str) -> ProfileReading:
    """Return what a profile finds under `root`, after taking off what it removes.

    Args:
        root: The page; changed where the profile removes something.
        profile: The selectors.
        language: Of the page, two letters or "".
    """
    page = PageSelector(root)
    findings = [
        Finding(field="remove", selector=selector, matched=page.remove(selector))
        for selector in profile.remove
    ]
    body: tuple[HtmlElement, ...] = ()
    lead: tuple[str, ...] = ()
    values: dict[str, Any] = {}
    for name, rule in profile.rules.items():
        elements = page.select(rule.selector)
        texts = _texts(elements, rule)
        if name == "body":
            body = tuple(_outermost(elements)) if texts else ()
        elif name == "lead":
            lead = tuple(texts)
        elif value := _READERS[name](texts, rule, language):
            values[name] = value
        used = _as_text(values.get(name, "")) if name in _READERS else " ".join(texts)
        findings.append(
            Finding(field=name, selector=rule.selector, matched=len(elements), value=used)
        )
    return ProfileReading(
        host=profile.host, findings=tuple(findings), body=body, lead=lead, values=values
    )


def _texts(elements: Sequence[HtmlElement], rule: Rule) -> list[str]:
    """Return what the elements say, without those that say nothing."""
    if rule.attribute:
        texts = [collapse(element.get(rule.attribute) or "") for element in elements]
    else:
        texts = [
            " ".join(line.text for line in page_lines(element, hidden=Hidden.READ))
            for element in elements
        ]
    return [text for text in texts if text]


def _outermost(elements: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Return the elements that are not inside another of them."""
    chosen = set(elements)
    return [element for element in elements if chosen.isdisjoint(element.iterancestors())]


def _first(texts: Sequence[str], _rule: Rule, _language: str) -> str:
    return texts[0][:_MAX_VALUE_CHARS] if texts else ""


def _moment(texts: Sequence[str], rule: Rule, language: str) -> dt.date | None:
    moments = (_read_moment(text, rule, language) for text in texts)
    return next((moment for moment in moments if moment and is_plausible(moment)), None)


def _read_moment(text: str, rule: Rule, language: str) -> dt.date | None:
    if not rule.format:
        return parse_date(text, language=language)
    try:
        # Without a zone in the format, the moment is in that of the page.
        moment = dt.datetime.strptime(text, rule.format)  # noqa: DTZ007 - see above
    except ValueError:
        return None
    has_time = any(sign in rule.format for sign in ("%H", "%I", "%X", "%c"))
    return moment if has_time else moment.date()


def _authors(texts: Sequence[str], _rule: Rule, _language: str) -> tuple[str, ...]:
    names = (name for text in texts for name in parse_authors(text, lone_word=True))
    return tuple(dict.fromkeys(names))


def _tags(texts: Sequence[str], _rule: Rule, _language: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip(" #,;") for text in texts))[:_MAX_TAGS]


_READERS: dict[str, Callable[[Sequence[str], Rule, str], Any]] = {
    "title": _first,
    "published": _moment,
    "authors": _authors,
    "section": _first,
    "tags": _tags,
}


def _as_text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return value.isoformat() if isinstance(value, dt.date) else str(value)
