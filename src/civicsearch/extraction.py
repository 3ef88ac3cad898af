"""The article on one page, without an archive."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from civicsearch.arguments import as_path, as_text
from civicsearch.document import Document, Page
from civicsearch.errors import InvalidOptionError

if TYPE_CHECKING:
    from pathlib import Path

    from civicsearch.ingest.extractor import Extraction
    from civicsearch.ingest.profiles.profile import SiteProfiles

__all__ = ["as_profiles", "extract", "extract_with_report", "load_profiles"]


def extract(
    content: bytes | str,
    *,
    url: str | None = None,
    content_type: str | None = None,
    profiles: str | Path | SiteProfiles | None = None,
) -> Document:
    """Return the article on one page.

    Args:
        content: The page: bytes as they were served, or a text that is decoded already.
        url: Where it was fetched from; a canonical URL that the page states wins.
        content_type: The `Content-Type` header it was served with.
        profiles: A TOML file of selectors by site, which are asked before the generic rules, or
            what `load_profiles` made of one.

    Raises:
        ExtractionError: There is no article text on the page.
        ProfileError: The file of profiles cannot be used.
        InvalidOptionError: An argument is of a wrong type.
    """
    return extract_with_report(
        content, url=url, content_type=content_type, profiles=profiles
    ).document


def extract_with_report(
    content: bytes | str,
    *,
    url: str | None = None,
    content_type: str | None = None,
    profiles: str | Path | SiteProfiles | None = None,
) -> Extraction:
    """Return the article on one page, and what was decided about every block of the page.

    Arguments and errors are those of `extract`.
    """
    from civicsearch.ingest.extractor import extract_with_report as run

    url = None if url is None else as_text("url", url)
    content_type = None if content_type is None else as_text("content_type", content_type)
    if isinstance(content, str):
        content, content_type = content.encode(errors="replace"), "text/html; charset=utf-8"
    elif not isinstance(content, bytes):
        raise InvalidOptionError(
            option="content", value=content, expected="the bytes of a page, or its text"
        )
    page = Page(content=content, url=url, content_type=content_type)
    return run(page, profiles=as_profiles(profiles))


def load_profiles(path: str | Path) -> SiteProfiles:
    """Return the site profiles in a TOML file, for many calls of `extract`.

    Raises:
        ProfileError: The file cannot be read, or something in it is no profile.
    """
    from civicsearch.ingest.profiles.profile import load_profiles as load

    return load(as_path("path", path))


def as_profiles(profiles: str | Path | SiteProfiles | None) -> SiteProfiles | None:
    """Return profiles, loaded where a file is named.

    Raises:
        ProfileError: The file cannot be used.
        InvalidOptionError: They are of a wrong type.
    """
    if profiles is None:
        return None
    from civicsearch.ingest.profiles.profile import SiteProfiles

    if isinstance(profiles, SiteProfiles):
        return profiles
    if isinstance(profiles, str | os.PathLike):
        return load_profiles(profiles)
    expected = "the path of a TOML file, what `load_profiles` returned, or None"
    raise InvalidOptionError(option="profiles", value=profiles, expected=expected)
