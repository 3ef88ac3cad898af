"""The extractors that are measured: ours and its peers, each as one function from bytes to values.

A peer is asked in the way that its documentation gives first, with the address where it takes one.
One whose library is absent raises ImportError when it is loaded.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

OURS = "civicsearch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an extractor says of a page.

    Attributes:
        text: The story.
        title: The headline.
        day: Publication, as ISO 8601, or "".
        authors: Names.
        refused: Why the page is no article, or "" for one.
    """

    text: str = ""
    title: str = ""
    day: str = ""
    authors: tuple[str, ...] = ()
    refused: str = ""


Extract = Callable[[bytes, str | None], Answer]


def load_civicsearch() -> Extract:
    """Return our own extractor."""
    from civicsearch.document import Page
    from civicsearch.errors import ExtractionError
    from civicsearch.ingest.extractor import extract_document

    def extract(content: bytes, url: str | None) -> Answer:
        try:
            document = extract_document(Page(content=content, url=url))
        except ExtractionError as error:
            return Answer(refused=error.reason)
        return Answer(
            text=document.text,
            title=document.title,
            day=_day(document.published),
            authors=document.authors,
        )

    return extract


def load_trafilatura() -> Extract:
    """Return trafilatura with its metadata; comments are no part of the gold."""
    from trafilatura import bare_extraction

    def extract(content: bytes, url: str | None) -> Answer:
        found = bare_extraction(content, url=url, with_metadata=True, include_comments=False)
        if found is None:
            return Answer(refused="nothing found")
        return Answer(
            text=found.text or "",
            title=found.title or "",
            day=(found.date or "")[:10],
            authors=_names(found.author or ""),
        )

    return extract


def load_readability() -> Extract:
    """Return readability-lxml, which knows neither dates nor authors."""
    from lxml import html
    from readability import Document

    def extract(content: bytes, url: str | None) -> Answer:
        document = Document(content, url=url)
        summary = document.summary()
        text = "\n".join(html.fromstring(summary).itertext()) if summary.strip() else ""
        return Answer(text=text, title=document.short_title())

    return extract


def load_newspaper() -> Extract:
    """Return newspaper4k, without fetching anything."""
    from newspaper import Article

    def extract(content: bytes, url: str | None) -> Answer:
        article = Article(url or "http://localhost/", fetch_images=False)
        article.download(input_html=content)
        article.parse()
        return Answer(
            text=article.text or "",
            title=article.title or "",
            day=_day(article.publish_date),
            authors=tuple(article.authors or ()),
        )

    return extract


def load_resiliparse() -> Extract:
    """Return resiliparse, which gives the text, and the `<title>` as the parser reads it."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    from resiliparse.parse.html import HTMLTree

    def extract(content: bytes, _url: str | None) -> Answer:
        tree = HTMLTree.parse(bytes_to_str(content, detect_encoding(content)))
        text = extract_plain_text(tree, main_content=True, alt_texts=False)
        return Answer(text=text, title=tree.title or "")

    return extract


LOADERS: dict[str, Callable[[], Extract]] = {
    OURS: load_civicsearch,
    "trafilatura": load_trafilatura,
    "readability-lxml": load_readability,
    "newspaper4k": load_newspaper,
    "resiliparse": load_resiliparse,
}
# What a system does not even try to find is not compared.
SILENT = {"readability-lxml": ("date", "authors"), "resiliparse": ("date", "authors")}


def load_systems(names: tuple[str, ...]) -> tuple[dict[str, Extract], dict[str, str]]:
    """Return the extractors by name, and of those that could not be loaded the reason."""
    systems, missing = {}, {}
    for name in names:
        try:
            systems[name] = LOADERS[name]()
        except ImportError as error:
            missing[name] = str(error)
    return systems, missing


def versions_of(names: tuple[str, ...]) -> dict[str, str]:
    """Return the installed version of each system."""
    return {name: version(name) for name in names}


def _day(moment: dt.date | None) -> str:
    if moment is None:
        return ""
    return (moment.date() if isinstance(moment, dt.datetime) else moment).isoformat()


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(";", text) if part.strip())
