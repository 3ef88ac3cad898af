"""What profiles give on saved pages, next to what the generic rules give."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from civicsearch.errors import ExtractionError
from civicsearch.ingest.extractor import Accept, extract_with_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from civicsearch.document import Document, Page
    from civicsearch.ingest.profiles.profile import SiteProfiles

__all__ = ["Trial", "TriedSelector", "idle_removals", "try_profiles"]

_REMOVE = "remove"


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedSelector:
    """One selector on one page.

    Attributes:
        field: A field of the profile, or `remove`.
        selector: The selector.
        matched: How many elements it chose.
        value: What they gave, as text.
        generic: What the document has in this field without profiles.
    """

    field: str
    selector: str
    matched: int
    value: str = ""
    generic: str = ""

    @property
    def is_idle(self) -> bool:
        """Whether the field is left to the generic rules; to remove nothing is no fault."""
        return self.field != _REMOVE and not self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """All selectors of a site on one page.

    Attributes:
        host: Whose profile it was, "" where the page's site has none.
        selectors: In the order of the fields.
        problem: Why the page gave no document, or "".
    """

    host: str = ""
    selectors: tuple[TriedSelector, ...] = ()
    problem: str = ""

    @property
    def is_good(self) -> bool:
        """Whether a profile was there and each of its fields came of it."""
        idle = any(tried.is_idle for tried in self.selectors)
        return bool(self.host) and not self.problem and not idle


def try_profiles(profiles: SiteProfiles, page: Page) -> Trial:
    """Return what the profile of a page's site gives on it; lists are read as well."""
    try:
        extraction = extract_with_report(page, accept=Accept.ANY_PAGE, profiles=profiles)
    except ExtractionError as error:
        return Trial(problem=error.reason)
    own = extraction.profile
    if own is None:
        return Trial(problem="its site has no profile, or the page does not say where it is from")
    generic = _generic(page)
    return Trial(
        host=own.host,
        selectors=tuple(
            TriedSelector(
                field=found.field,
                selector=found.selector,
                matched=found.matched,
                value=found.value and (_value(extraction.document, found.field) or found.value),
                generic=_value(generic, found.field) if generic else "",
            )
            for found in own.findings
        ),
    )


def idle_removals(trials: Iterable[Trial]) -> list[str]:
    """Return the selectors that removed nothing from any page of their site, each with its host."""
    counts: dict[tuple[str, str], int] = {}
    for trial in trials:
        for tried in trial.selectors:
            if tried.field == _REMOVE:
                key = (trial.host, tried.selector)
                counts[key] = counts.get(key, 0) + tried.matched
    return [f"{host}: {selector}" for (host, selector), count in counts.items() if not count]


def _generic(page: Page) -> Document | None:
    try:
        return extract_with_report(replace(page), accept=Accept.ANY_PAGE).document
    except ExtractionError:
        return None


def _value(document: Document, field: str) -> str:
    if field == _REMOVE:
        return ""
    value: object = getattr(document, field)
    if field == "published":
        return document.published.isoformat() if document.published else ""
    return _joined(value) if isinstance(value, tuple) else str(value)


def _joined(values: Sequence[object]) -> str:
    return ", ".join(map(str, values))
