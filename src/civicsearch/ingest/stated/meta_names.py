"""Which names of `<meta>` say what: a table, most trusted names first.

Names are in lower case, `article.` written as `article:`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from civicsearch.ingest.stated.marked_values import MarkedValues

__all__ = [
    "AUTHOR_META",
    "DATED_META",
    "MODIFIED_META",
    "PUBLISHED_META",
    "SECTION_META",
    "TITLE_META",
    "first_of",
    "meta_values",
]

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
# `author` comes late: systems put the publisher there, catalogues the authors of what is cited.
AUTHOR_META = (
    "article:author", "article:author_name", "og:article:author", "parsely-author",
    "sailthru.author", "citation_author", "dc.creator", "dc:creator", "dcterms.creator", "byl",
    "byline", "cxenseparse:author", "bt:author", "rnews:creator", "mediator_author",
    "shareaholic:article_author_name",
    "og:author", "author", "creator", "dc.contributor", "twitter:creator_name",
)  # fmt: skip
SECTION_META = (
    "article:section", "og:article:section", "section", "parsely-section", "cxenseparse:section",
)  # fmt: skip


def first_of(values: Iterable[str]) -> str:
    """Return the first value, or ""."""
    return next(iter(values), "")


def meta_values(page: MarkedValues, names: Iterable[str]) -> Iterator[str]:
    """Yield the non-empty values of the named meta tags, in the order of the names."""
    for name in names:
        yield from page.meta.get(name, ())
