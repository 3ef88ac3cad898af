"""One page to one document: decode, parse once, read metadata, find the region, clean, assemble.

Where metadata and the visible page disagree, the rules are here: the headline is the visible
one, the moment of publication is the stated one, authors are those of `bylines.find_authors`.
"""

from __future__ import annotations

import gc
import hashlib
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from lxml import etree

from civicsearch.analysis.folding import fold
from civicsearch.document import PARAGRAPH_BREAK, Caption, Document
from civicsearch.errors import ExtractionError
from civicsearch.ingest.blocks import collapse
from civicsearch.ingest.encodings.decoding import decode_page
from civicsearch.ingest.encodings.double_encoding import mend_double_encoding
from civicsearch.ingest.floods import SHORT_CHARS, without_floods
from civicsearch.ingest.identity import canonical_url, document_id, host_of
from civicsearch.ingest.layout.aria_headings import (
    may_have_aria_headings,
    take_aria_headings,
)
from civicsearch.ingest.layout.heading_rests import without_rests
from civicsearch.ingest.layout.hooks import may_have_hooks, take_hooks
from civicsearch.ingest.layout.lines import names_of
from civicsearch.ingest.layout.mastheads import leads_home, name_before
from civicsearch.ingest.layout.overlaid_links import take_overlaid_links
from civicsearch.ingest.layout.page_kind import PageKind, PageMarks, Verdict, judge_page
from civicsearch.ingest.layout.page_titles import names_list
from civicsearch.ingest.layout.region import find_region
from civicsearch.ingest.layout.visible_title import agreement, find_visible_title, settle_title
from civicsearch.ingest.moments import in_zone_of_page, settle_published
from civicsearch.ingest.profiles.applying import read_by_profile
from civicsearch.ingest.reading.language import settle_language
from civicsearch.ingest.reading.names import photo_credit
from civicsearch.ingest.reading.phrases import split_error_text
from civicsearch.ingest.stated.metadata import read_metadata
from civicsearch.ingest.story.cleaning import clean_region
from civicsearch.ingest.story.surroundings import blocks_above, blocks_below, find_printed
from civicsearch.ingest.story.zones import label_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from civicsearch.document import Page
    from civicsearch.ingest.blocks import Block, Decision
    from civicsearch.ingest.layout.region import Region
    from civicsearch.ingest.layout.visible_title import VisibleTitle
    from civicsearch.ingest.profiles.applying import ProfileReading
    from civicsearch.ingest.profiles.profile import SiteProfiles
    from civicsearch.ingest.stated.metadata import Metadata
    from civicsearch.ingest.story.surroundings import Printed
    from civicsearch.ingest.story.zones import Zones

__all__ = ["Accept", "Extraction", "extract_document", "extract_with_report", "parse_page"]

_TELLING_CHARS = 20
_MAX_NAMES_ABOVE = 200
_MASTHEAD_LINES = 5
_TELLING_SHARE = 0.6
_CHOSEN = Verdict(PageKind.ARTICLE)
_IN_HEADS = frozenset(
    {
        "title",
        "meta",
        "link",
        "script",
        "style",
        "base",
        "noscript",
        "template",
        "object",
        "isindex",
    }
)
_NO_HTML = "the page holds no HTML"
_NO_TEXT = "the page shows no text"
_NO_ARTICLE = "no text of an article was found"


class Accept(Enum):
    """Which pages become documents."""

    ARTICLES = auto()
    ANY_PAGE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """A document and how it came about.

    Attributes:
        document: The article.
        decisions: What became of each block of the region, in order.
        encoding: What the bytes were read as.
        verdict: What the page is; an article, unless any page was accepted.
        profile: What the profile of its site found, or None where it has none.
    """

    document: Document
    decisions: tuple[Decision, ...]
    encoding: str
    verdict: Verdict
    profile: ProfileReading | None = None


def extract_document(
    page: Page, *, accept: Accept = Accept.ARTICLES, profiles: SiteProfiles | None = None
) -> Document:
    """Return the article of `page`.

    Args:
        page: The bytes.
        accept: Whether a list, a front page, search results or an error page is read as well.
        profiles: Selectors of sites, which are asked before the generic rules.

    Raises:
        ExtractionError: The page is no text, has no text to read, or is no article.
    """
    return extract_with_report(page, accept=accept, profiles=profiles).document


def extract_with_report(
    page: Page, *, accept: Accept = Accept.ARTICLES, profiles: SiteProfiles | None = None
) -> Extraction:
    """Return the article of `page` with the decisions that made it.

    Arguments and errors are those of `extract_document`.
    """
    with _collector_paused():
        return _extract(page, accept, profiles)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the garbage collector from looking for circles in what is needed to the end of a page.

    There are next to none: it took a twenty-fifth of all time, and more beside a large heap.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _extract(page: Page, accept: Accept, profiles: SiteProfiles | None) -> Extraction:
    decoded = decode_page(page)
    root = parse_page(decoded.text, url=page.url, utf8=decoded.utf8)
    # As long as an element is held, lxml makes no new object for it in each of ten walks.
    elements = list(root.iter())  # noqa: F841 - held, not read
    metadata, own = _read_stated(
        root, profiles, url=page.url, is_hooked=may_have_hooks(decoded.text)
    )
    _take_spoken(root, decoded.text)
    body = own.region(root) if own is not None else None
    region = body or find_region(
        root, address=page.url or metadata.canonical_url, titles=metadata.titles
    )
    if region is None:
        raise ExtractionError(_NO_TEXT, url=page.url)
    first_title = next(root.iter("title"), None)
    raw_title = collapse(first_title.text or "") if first_title is not None else ""
    headline, title = _find_title(region, metadata, raw_title)
    marks = _marks_of(root, metadata, page.url, headline=headline, titles=(title, raw_title))
    verdict = judge_page(region, marks) if body is None else _CHOSEN
    if verdict.kind is not PageKind.ARTICLE and accept is Accept.ARTICLES:
        reason = f"no article: a {verdict.kind} ({verdict.reason})"
        raise ExtractionError(reason, url=page.url)
    if verdict.kind is not PageKind.ARTICLE:
        region = replace(region, teasers=frozenset())
    blocks = clean_region(region)
    if body is None:
        blocks = [*blocks_above(region, headline), *blocks, *blocks_below(region)]
    title = own.values.get("title", title) if own is not None else title
    zones = label_blocks(blocks, headline=headline.text or title)
    if own is not None:
        own.set_lead(zones)
    if not (zones.body or zones.lead):
        raise ExtractionError(_NO_ARTICLE, url=page.url)
    printed = find_printed(root, region, zones, headline=headline, metadata=metadata)
    document = _assemble(page, metadata, zones, printed, title=title, headline=headline)
    return Extraction(
        document=_finished(document, own, cut_from=len(page.content) if decoded.is_cut else 0),
        decisions=tuple(zones.decisions),
        encoding=decoded.encoding,
        verdict=verdict,
        profile=own,
    )


def _take_spoken(root: HtmlElement, text: str) -> None:
    """Make headings and links of what only screen readers are told to be such."""
    if may_have_aria_headings(text):
        take_aria_headings(root)
    take_overlaid_links(root)


def _read_stated(
    root: HtmlElement, profiles: SiteProfiles | None, *, url: str | None, is_hooked: bool
) -> tuple[Metadata, ProfileReading | None]:
    """Return what a page states, and what the profile of its site finds, if it has one."""
    if profiles is None:
        if is_hooked:
            take_hooks(root)
        return read_metadata(root, url=url), None
    metadata = read_metadata(root, url=url)
    own = None
    profile = profiles.find(url or "") or profiles.find(metadata.canonical_url)
    if profile is not None:
        own = read_by_profile(root, profile, language=metadata.language)
    # Only now: selectors of profiles are written for the class names that a page is served with.
    is_changed = is_hooked and take_hooks(root)
    if is_changed or (own is not None and own.has_removed):
        metadata = read_metadata(root, url=url)
    return metadata, own


def _find_title(region: Region, metadata: Metadata, raw_title: str) -> tuple[VisibleTitle, str]:
    """Return the headline that the page shows, and what it settles on with those it states."""
    titles = _stated_titles(metadata, region)
    headline = find_visible_title(
        region,
        titles=titles,
        site_name=metadata.site_name,
        raw_title=raw_title,
    )
    title = without_rests(
        settle_title(
            headline,
            titles,
            sure=metadata.sure_title,
            agreed=metadata.agreed_title,
            site_names=(metadata.site_name, *_names_above(region, headline, metadata)),
            raw_title=raw_title,
        ),
        titles,
    )
    return headline, title or metadata.title


def _is_titled(headline: str, raw_title: str) -> bool:
    """Return whether a `<title>` is of this headline: lists state the articles that they list."""
    start = fold(headline)[:_TELLING_CHARS]
    is_start = bool(start) and start in fold(raw_title)
    return is_start or agreement(headline, raw_title) >= _TELLING_SHARE


def _names_site(metadata: Metadata) -> bool:
    """Return whether the stated article is called like the site: lists are stated so, too."""
    return fold(metadata.article_headline) == fold(metadata.site_name)


def _marks_of(
    root: HtmlElement,
    metadata: Metadata,
    url: str | None,
    *,
    headline: VisibleTitle,
    titles: tuple[str, ...],
) -> PageMarks:
    body = root.find("body")
    return PageMarks(
        address=url or metadata.canonical_url,
        body_names="" if body is None else names_of(body),
        titles=titles,
        is_collection=metadata.is_collection,
        is_article=_is_titled(metadata.article_headline, titles[-1])
        and not _names_site(metadata)
        and not names_list(metadata.article_headline),
        is_headed=headline.is_heading_of(titles[-1]),
        is_unlisted=metadata.is_unlisted and metadata.published is None,
        is_dated=metadata.published_certain,
        headline=headline.line,
    )


def parse_page(text: str, *, url: str | None, utf8: bytes = b"") -> HtmlElement:
    """Return the tree of a page.

    Args:
        text: The page.
        url: Where it came from, if known.
        utf8: Its bytes in UTF-8, if they are at hand.

    Raises:
        ExtractionError: There is nothing that can be read as HTML.
    """
    # The plain parser: that of lxml.html asks Python for the class of every element anew.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    tamed = mend_double_encoding(text)
    if len(tamed) > SHORT_CHARS:
        tamed = without_floods(tamed)
    text, utf8 = tamed, utf8 if tamed is text else b""
    try:
        root = etree.fromstring(utf8 or text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ExtractionError(_NO_HTML, url=url) from error
    if root is None:
        raise ExtractionError(_NO_HTML, url=url)
    _begin_body(root)
    return root


def _begin_body(root: HtmlElement) -> None:
    """Move into the body what the parser left in the head.

    It does not know that `article`, `main` and other elements of HTML 5 begin the body of a page
    without the tag.
    """
    head = root.find("head")
    if head is None:
        return
    first = next((child for child in head if child.tag not in _IN_HEADS), None)
    if first is None:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    moved = [first, *first.itersiblings()]
    if not len(body):
        body.extend(moved)
        return
    start = body[0]
    for element in moved:
        # By their number 150,000 would take half a minute: each is counted to from the first.
        start.addprevious(element)


def _stated_titles(metadata: Metadata, region: Region) -> tuple[str, ...]:
    """Return the headlines that a page states, without the name and motto printed on its top."""
    names: list[str] = []
    for line in region.lines[:_MASTHEAD_LINES]:
        name = name_before(line)
        names += (line.text, name) if name and line.text != name else ()
    titles = [
        title
        for title in (metadata.title, *metadata.titles)
        if not any(agreement(title, name) == 1.0 for name in names)
    ]
    return tuple(dict.fromkeys(split_error_text(title)[1] for title in titles if title))


def _names_above(region: Region, headline: VisibleTitle, metadata: Metadata) -> list[str]:
    """Return the main headings and the links home above the headline: they are the site's name.

    Only a colon in a stated title lets one ask for them.
    """
    if not any(":" in title for title in metadata.titles):
        return []
    above = region.lines[: min(headline.line or 0, _MAX_NAMES_ABOVE)]
    return [line.text for line in above if line.level == 1 or leads_home(line)]


def _assemble(
    page: Page,
    metadata: Metadata,
    zones: Zones,
    printed: Printed,
    *,
    title: str,
    headline: VisibleTitle,
) -> Document:
    url = metadata.canonical_url or canonical_url(page.url or "") or None
    lead, body = _joined(zones.lead), _joined(zones.body)
    language = settle_language(metadata.language, PARAGRAPH_BREAK.join((title, lead, body)))
    modified = in_zone_of_page(metadata.modified or printed.modified, language)
    return Document(
        document_id=document_id(url or page.url or hashlib.sha256(page.content).hexdigest()),
        title=title,
        lead=lead,
        body=body,
        captions=tuple(
            Caption(text=block.text, credit=photo_credit(block.text) or block.credit)
            for block in zones.captions
        ),
        authors=printed.authors,
        published=settle_published(
            metadata,
            printed.published,
            under_headline=printed.under_headline,
            address=url or "",
            changed=modified,
            language=language,
        ),
        modified=modified,
        source=metadata.site_name or host_of(url or page.url or ""),
        section=metadata.section or printed.section,
        tags=metadata.tags or printed.tags,
        language=language,
        url=url,
        views=printed.views,
        notes=tuple(
            f'Dropped an error text above the title: "{error}"' for error in headline.errors
        ),
    )


def _finished(document: Document, own: ProfileReading | None, *, cut_from: int) -> Document:
    """Return a document with what its site's profile says, and a note where its page was cut."""
    if cut_from:
        note = f"Read only the start of an enormous page ({cut_from:,} bytes)."
        document = replace(document, notes=(*document.notes, note))
    return document if own is None else own.change(document)


def _joined(blocks: list[Block]) -> str:
    return PARAGRAPH_BREAK.join(block.text for block in blocks)
