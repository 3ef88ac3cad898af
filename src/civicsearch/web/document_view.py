"""What the page of one stored document shows, and what its JSON holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from civicsearch.document import PARAGRAPH_BREAK
from civicsearch.web.formats import day_view, document_href, language_tag, original_link

if TYPE_CHECKING:
    from civicsearch.document import Document
    from civicsearch.search.results import Results
    from civicsearch.web.formats import DayView, LinkView

__all__ = ["DocumentView", "document_dict", "document_view", "related_dict"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedView:
    """Another article: its headline or "Untitled document", its page, publisher and day."""

    title: str
    href: str
    language: str
    source: str
    published: DayView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """One document to read.

    Attributes:
        document_id: Its id.
        title: The headline, or "Untitled document".
        language: For the `lang` attribute, or "".
        authors: The byline, or "".
        published: The day, if known.
        modified: The day of the last change, if known and another.
        source: The publisher, or "".
        section: The section of its site, or "".
        lead: Paragraphs.
        body: Paragraphs.
        captions: Texts under pictures.
        tags: Keywords.
        original: The page it came from, if that can be linked.
        notes: What was odd about that page.
        related: Articles about the same thing.
    """

    document_id: str
    title: str
    language: str
    authors: str
    published: DayView | None
    modified: DayView | None
    source: str
    section: str
    lead: tuple[str, ...]
    body: tuple[str, ...]
    captions: tuple[str, ...]
    tags: tuple[str, ...]
    original: LinkView | None
    notes: tuple[str, ...]
    related: tuple[RelatedView, ...]


def document_view(document: Document, related: Results) -> DocumentView:
    """Return what the page shows of `document`, and of articles about the same thing."""
    published, modified = day_view(document.published), day_view(document.modified)
    return DocumentView(
        document_id=document.document_id,
        title=document.title or "Untitled document",
        language=language_tag(document.language),
        authors=", ".join(document.authors),
        published=published,
        modified=modified if modified != published else None,
        source=document.source,
        section=document.section,
        lead=_paragraphs(document.lead),
        body=_paragraphs(document.body),
        captions=tuple(caption.text for caption in document.captions),
        tags=document.tags,
        original=original_link(document.url),
        notes=document.notes,
        related=tuple(
            RelatedView(
                title=hit.title or "Untitled document",
                href=document_href(hit.document_id),
                language=language_tag(hit.document.language),
                source=hit.source,
                published=day_view(hit.published, with_time=False),
            )
            for hit in related.hits
        ),
    )


def related_dict(related: Results) -> dict[str, Any]:
    """Return the JSON-ready values of articles about the same thing as another."""
    values = related.to_dict()
    return {name: values[name] for name in ("total", "hits", "elapsed_ms")}


def document_dict(document: Document) -> dict[str, Any]:
    """Return the JSON-ready values of `document` that everybody may see.

    Its `origins` stay behind: they are paths on the server.
    """
    values = document.to_dict()
    del values["origins"]
    values["copies"] = [copy.url for copy in document.copies if copy.url]
    return values


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(PARAGRAPH_BREAK) if part.strip())
