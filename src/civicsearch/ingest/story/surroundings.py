"""What the page prints round the story: date, views, byline, section, tags.

Read from the lines between headline and story first, then from the blocks below the story.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold, fold_in_place
from civicsearch.ingest.blocks import Block, Kind, collapse
from civicsearch.ingest.layout.bylines import find_authors, text_before_authors
from civicsearch.ingest.layout.lines import names_of
from civicsearch.ingest.layout.region import lines_below, only_main_heading
from civicsearch.ingest.reading.dates import (
    days_in,
    find_dateline,
    find_modified_date,
    names_publication,
)
from civicsearch.ingest.reading.event_labels import is_event_label
from civicsearch.ingest.reading.openings import opening_day
from civicsearch.ingest.reading.undated import without_dates
from civicsearch.ingest.reading.vocabulary import is_breadcrumb_name, is_caption_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.html import HtmlElement

    from civicsearch.ingest.blocks import Line
    from civicsearch.ingest.layout.region import Region
    from civicsearch.ingest.layout.visible_title import VisibleTitle
    from civicsearch.ingest.stated.metadata import Metadata
    from civicsearch.ingest.story.zones import Zones

__all__ = ["Printed", "blocks_above", "blocks_below", "find_printed"]

_DIGIT = re.compile(r"\d")
_COUNT = r"(\d{1,3}(?:[ .,]\d{3})+|\d{1,9})"
_VIEWS = (
    re.compile(
        r"(?:luot (?:xem|doc|truy cap|nghe nhin|nghe)|so (?:luot|lan|nguoi) (?:xem|doc|truy cap)|"
        r"da (?:xem|doc)|views?|hits|vues?|lectures?|visites(?: de l.article)?|"
        r"(?:pocet )?(?:zobrazeni|precteni|shlednuti)|(?:zobrazeno|precteno|shlednuto)|visitas|"
        r"vistas|lecturas|leid[oa]|"
        r"wyswietle(?:nia|n|nie)|wyswietlono|odslon[ya]?|odczytow|aufrufe|gelesen|visualizacoes|"
        r"visualizzazioni|letture|"
        r"goruntulen?me(?: sayisi)?|okun?ma(?: sayisi)?)(?: bai viet)?\s*[:(]?\s*"
        + _COUNT
        + r"(?![\d/])"
    ),
    re.compile(
        r"(?<![\d:/.,])"
        + _COUNT
        + r"\s*(?:luot (?:xem|doc)|views\b|vues\b|zobrazeni|visitas\b|lecturas\b|wyswietlen|"
        r"odslon|aufrufe|visualiz)"
    ),
)
# One of these is in every wording of a counter; nearly all lines end here.
_VIEW_STEMS = (
    *("luot", "so l", "so nguoi", "da xem", "da doc", "view", "hits", "vue", "lect", "visit"),
    *("zobraz", "precten", "shlednut", "vistas", "leid", "wyswietl", "odslon", "odczytow"),
    *("aufrufe", "gelesen", "visualiz", "letture", "goruntule", "oku"),
)
_HOME = frozenset(
    (
        "home",
        "homepage",
        "home page",
        "trang chu",
        "trang nhat",
        "trang dau",
        "trang chinh",
        "uvod",
        "domu",
        "uvodni stranka",
        "hlavni stranka",
        "titulni strana",
        "inicio",
        "portada",
        "accueil",
        "accueil du site",
        "strona glowna",
        "start",
        "startseite",
        "ana sayfa",
        "anasayfa",
        "pagina inicial",
        "pagina principal",
        "pocetna",
        "nacionalna",
    )
)
_CHANGED = re.compile(
    r"\b(?:updated?|modified|aktualisiert|geandert|actualizad[oa]|mis a jour|mise a jour"
    r"|aktualizacja"
    r"|aktualizov|zaktualizowano|guncelle|aggiornat[oa]|atualizad[oa]|diperbarui|bijgewerkt)"
)
_MAX_BESIDE = 200
_STEP = re.compile(r"[>»›→/]")
_NEAR = 12
# Between the headline and the longest run of prose a page may have its summary and several boxes.
_MAX_ABOVE = 60
_MAX_BELOW = 8
_MAX_LINE = 200
_MOSTLY_LINKED = 0.5
_MAX_TAGS = 30
_MAX_LABEL = 40
_MAX_DAYS = 20
_MAX_ICONS = 8
_ICON_TAGS = frozenset({"i", "span", "svg"})
_MADE = re.compile(
    r"\b(?:data (?:wytworzenia|utworzenia|sporzadzenia|podpisania)|datum vytvoreni|creation date"
    r"|date created|erstellungsdatum|ngay (?:soan|ky))\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What the visible page says.

    Attributes:
        published: From the date line.
        under_headline: The day of the date line right under the headline, None without one.
        modified: From a line that says "updated", where the page states no last change.
        authors: From the byline.
        views: The view counter.
        section: From the breadcrumb, where the page states none.
        tags: Printed as tags of the article, where the page states none.
    """

    published: dt.date | None = None
    under_headline: dt.date | None = None
    modified: dt.date | None = None
    authors: tuple[str, ...] = ()
    views: int | None = None
    section: str = ""
    tags: tuple[str, ...] = ()


def blocks_above(region: Region, headline: VisibleTitle) -> list[Block]:
    """Return the lines between the headline and the region: lead, date line, top picture.

    Without a headline above the region they begin at the main heading.
    """
    line = headline.line
    if line is None or line > region.start:
        line = only_main_heading(region)
    if line is None:
        return []
    lines = region.lines[line + 1 : region.start]
    flags = zip(
        lines,
        region.inside[line + 1 : region.start],
        region.furniture[line + 1 : region.start],
        strict=True,
    )
    return [_block(line, -1) for line, inside, furniture in flags if not (inside or furniture)][
        -_MAX_ABOVE:
    ]


def blocks_below(region: Region) -> list[Block]:
    """Return the first lines below the region, where a byline or tags may stand."""
    end = len(region.inside) - region.inside[::-1].index(True)
    flags = zip(region.lines[end:], region.furniture[end:], strict=True)
    return [_block(line, 1) for line, furniture in flags if not furniture][:_MAX_BELOW]


def _block(line: Line, side: int) -> Block:
    element, names = line.element, []
    kind = Kind.HEADING if line.level else Kind.PARAGRAPH
    for _ in range(3):
        names.append(names_of(element))
        if element.tag == "figcaption" or is_caption_name(names[-1]):
            kind = Kind.CAPTION
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return Block(
        kind=kind,
        text=line.text,
        link_chars=line.link_chars,
        level=line.level,
        bold=line.emphasis,
        names=" ".join(reversed(names)).strip(),
        side=side,
    )


def find_printed(
    root: HtmlElement,
    region: Region,
    zones: Zones,
    *,
    headline: VisibleTitle,
    metadata: Metadata,
) -> Printed:
    """Return what the page prints round its story."""
    top = _lines_round_headline(region, headline)
    below = (
        line.text if line.link_share < _MOSTLY_LINKED else text_before_authors(line)
        for line in lines_below(region)
    )
    lines = [*top, *(block.text for block in zones.datelines), *below]
    dated = list(_of_page(lines, metadata.event_days))
    language = metadata.regional or metadata.language
    return Printed(
        published=_published(dated, metadata)
        or _published(list(_spoken_days(region, headline)), metadata)
        or _opening_day(zones, metadata)
        or _day_by_calendar(region, metadata),
        under_headline=_day_under_headline(region, headline, metadata),
        modified=None if metadata.modified else _first_date(find_modified_date, lines, language),
        authors=find_authors(region, headline, zones.bylines, metadata=metadata),
        views=_views([*lines, *(decision.text for decision in zones.decisions)]),
        # To look for the way to the page takes a fortieth of all time.
        section="" if metadata.section else _section(root, region, headline),
        tags=() if metadata.tags else _tags(root),
    )


def _spoken_days(region: Region, headline: VisibleTitle) -> Iterator[str]:
    """Yield when the page was published as empty elements beside the headline tell screen readers.

    A script prints the same where they are.
    """
    if headline.line is None:
        return
    place = region.lines[headline.line].element
    place = next(islice(place.iterancestors(), 1, None), place)
    for element in islice(place.iter(), _MAX_BESIDE):
        label = element.get("aria-label")
        is_told = label and not len(element) and not (element.text or "").strip()
        if is_told and _DIGIT.search(label[:_MAX_LINE]) and names_publication(label[:_MAX_LINE]):
            yield collapse(label[:_MAX_LINE])


def _lines_round_headline(region: Region, headline: VisibleTitle) -> list[str]:
    """Return short lines after the headline up to the story, then those just above it."""
    start = region.start if headline.line is None else headline.line
    end = len(region.inside) - region.inside[::-1].index(True)
    after = region.lines[start + 1 : min(max(region.start + 1, start + _NEAR), end)]
    before = region.lines[max(0, start - 5) : start]
    return [line.text for line in (*after, *reversed(before)) if len(line.text) <= _MAX_LINE]


def _published(lines: Sequence[str], metadata: Metadata) -> dt.date | None:
    """Return the day of the date line, or the stated one if a line names it beside another."""
    language, stated = metadata.regional or metadata.language, metadata.published
    printed = _labelled_day(lines, language) or _first_date(find_dateline, lines, language)
    if printed is None or stated is None:
        return printed
    day = stated.date() if isinstance(stated, dt.datetime) else stated
    short = (_before_change(line) for line in lines if len(line) <= _MAX_LINE)
    return stated if any(day in days_in(line, language=language) for line in short) else printed


def _before_change(line: str) -> str:
    """Return what a line says before it tells of the last change, all of it where that is first.

    Late in the evening that is the next day, as the moment of publication is in UTC.
    """
    match = _CHANGED.search(fold_in_place(line))
    before = "" if match is None else line[: match.start()]
    return before if _DIGIT.search(before) else line


def _labelled_day(lines: Sequence[str], language: str) -> dt.date | None:
    """Return the day under a label of publication, where one of writing has its own day.

    Registers state both, each in a row of its own: `Data wytworzenia`, `Data publikacji`.
    """
    pairs = [(label, value) for label, value in pairwise(lines) if _is_day_label(label)]
    if not any(_MADE.search(fold(label)) for label, _ in pairs):
        return None
    days = [value for label, value in pairs if names_publication(label)]
    return _first_date(find_dateline, days[:1], language)


def _is_day_label(line: str) -> bool:
    return len(line) <= _MAX_LABEL and not _DIGIT.search(line)


def _of_page(lines: Sequence[str], events: frozenset[dt.date]) -> Iterator[str]:
    """Yield the lines without those that only say when an event is.

    Its day may stand below a label of its own, or without one where the page states it.
    """
    above = ""
    for line in lines:
        if not (_DIGIT.search(line) and _is_of_event(line, above, events)):
            yield line
        above = line


def _is_of_event(line: str, above: str, events: frozenset[dt.date]) -> bool:
    if is_event_label(above):
        return True
    is_stated = bool(events) and len(line) <= _MAX_LINE and not days_in(line).isdisjoint(events)
    return is_stated and not names_publication(line)


def _day_under_headline(
    region: Region, headline: VisibleTitle, metadata: Metadata
) -> dt.date | None:
    if headline.line is None:
        return None
    lines = [line.text for line in region.lines[headline.line + 1 : headline.line + 3]]
    lines = list(_of_page(lines, metadata.event_days))
    return _first_date(find_dateline, lines, metadata.regional or metadata.language)


def _opening_day(zones: Zones, metadata: Metadata) -> dt.date | None:
    """Return the day before the first sentence, where the page states none."""
    first = next(iter((*zones.lead, *zones.body)), None)
    if first is None or metadata.published is not None:
        return None
    return opening_day(first.text, language=metadata.language)


def _day_by_calendar(region: Region, metadata: Metadata) -> dt.date | None:
    """Return the one day of the page that stands alone beside the picture of a calendar.

    Systems that set all particulars in a column beside the story have it there. Today's day in the
    head of a newspaper comes with that of the week.
    """
    if metadata.published is not None:
        return None
    language = metadata.regional or metadata.language
    days = set()
    for line in islice(_days_alone(region), _MAX_DAYS):
        if _has_calendar(line.element):
            days.add(find_dateline(line.text, language=language))
    return days.pop() if len(days) == 1 else None


def _days_alone(region: Region) -> Iterator[Line]:
    """Yield the lines that are a day and no more, without a link, outside of cards."""
    for index, line in enumerate(region.lines):
        is_short = len(line.text) <= _MAX_LABEL and _DIGIT.search(line.text)
        # A day that is a heading itself is over particulars: that of a card is its story's.
        is_carded = not line.level and region.cards.hold(index)
        if not is_short or line.link_chars or is_carded:
            continue
        if not without_dates(line.text).strip(" .,|"):
            yield line


def _has_calendar(element: HtmlElement) -> bool:
    return any(
        icon.tag in _ICON_TAGS and "calendar" in (icon.get("class") or "") and not icon.text
        for icon in islice(element.iter(), _MAX_ICONS)
    )


def _first_date(
    find: Callable[..., dt.date | None], texts: Sequence[str], language: str
) -> dt.date | None:
    found = (find(text, language=language) for text in texts if len(text) <= _MAX_LINE)
    return next((moment for moment in found if moment is not None), None)


def _views(texts: Sequence[str]) -> int | None:
    joined = (
        f"{label} {text}"
        for label, text in pairwise(texts)
        if label.endswith(":") and len(label) < 40
    )
    for text in (*texts, *joined):
        if len(text) > 300 or not _DIGIT.search(text):
            continue
        folded = fold(text)
        for pattern in _VIEWS if any(map(folded.__contains__, _VIEW_STEMS)) else ():
            match = pattern.search(folded)
            if match:
                return int(re.sub(r"\D", "", match[1]))
    return None


def _section(root: HtmlElement, region: Region, headline: VisibleTitle) -> str:
    """Return the last link of the breadcrumb that is neither home nor the article."""
    for element in chain(_named_breadcrumbs(root), _worded_breadcrumbs(region, headline)):
        links = [collapse("".join(link.itertext())).strip("»>/› ") for link in element.iter("a")]
        named = [
            link
            for link in links
            if link and fold(link) != fold(headline.text) and fold(link) not in _HOME
        ]
        if named and len(links) <= _MAX_TAGS and len(named[-1]) <= 60:
            return named[-1]
    return ""


def _named_breadcrumbs(root: HtmlElement) -> Iterator[HtmlElement]:
    for element in root.iter("ol", "ul", "div", "nav", "p", "span", "td"):
        label = element.get("aria-label") or ""
        if is_breadcrumb_name(names_of(element)) or (label and is_breadcrumb_name(label)):
            yield element


def _worded_breadcrumbs(region: Region, headline: VisibleTitle) -> Iterator[HtmlElement]:
    """Yield the elements of lines above the story that read `Home > Section > ...`."""
    last = region.start if headline.line is None else headline.line
    for line in reversed(region.lines[max(0, last - 40) : last]):
        parts = [part.strip() for part in _STEP.split(fold(line.text))]
        if len(parts) >= 2 and line.link_chars and any(part in _HOME for part in parts[:2]):
            yield line.element


def _tags(root: HtmlElement) -> tuple[str, ...]:
    links = root.iter("a")
    texts = (
        collapse("".join(link.itertext()))
        for link in links
        if "tag" in (rel := link.get("rel") or "") and "tag" in rel.split()
    )
    return tuple(dict.fromkeys(text for text in texts if text))[:_MAX_TAGS]
