"""Who the visible page says wrote the story.

Bylines stand under the headline (`Autor: Jana M. | Zobrazeno: 12`), in an element named so, or
as the last line of the story. A name alone, without role or place, is believed only there:
menus and tables are full of words that look like names.
"""

from __future__ import annotations

import re
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

from civicsearch.analysis.folding import fold
from civicsearch.ingest.blocks import Kind, collapse
from civicsearch.ingest.layout.lines import names_of
from civicsearch.ingest.layout.mastheads import leads_home
from civicsearch.ingest.layout.region import lines_below
from civicsearch.ingest.reading.byline_labels import begins_with_role, is_label_line
from civicsearch.ingest.reading.eastern_names import (
    authors_by_role,
    has_no_case,
    opening_byline,
    role_before,
)
from civicsearch.ingest.reading.feedback_lines import without_reading_time
from civicsearch.ingest.reading.language import detect_language
from civicsearch.ingest.reading.name_words import AGENCIES
from civicsearch.ingest.reading.names import (
    desk_in,
    is_byline,
    names_office,
    parse_authors,
    photo_credit,
    without_label,
)
from civicsearch.ingest.reading.phrases import is_imprint
from civicsearch.ingest.reading.reviewers import reviewers_in
from civicsearch.ingest.reading.undated import is_sentence, without_dates, without_relative_times
from civicsearch.ingest.reading.user_names import is_beside_authors, user_name
from civicsearch.ingest.reading.vocabulary import is_author_name
from civicsearch.ingest.stated.marked_values import parted_links

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

    from civicsearch.ingest.blocks import Block, Line
    from civicsearch.ingest.layout.region import Region
    from civicsearch.ingest.layout.visible_title import VisibleTitle
    from civicsearch.ingest.stated.metadata import Metadata

__all__ = ["find_authors", "is_labelled_byline", "text_before_authors"]

_BY = re.compile(r"(?:(?:written|posted|published|story) )?(?:by|von|por|par)\s(?!admin|webmaster)")
_SOURCE = re.compile(r"^(?:theo|nguồn|nguon|source)\s*:\s*", re.IGNORECASE)
_SEGMENT = re.compile(
    r"\s*[|•·⋅∙]\s*|\s+[–—-]\s+|(?<=\d{4})\s+(?=\D)|\s{2,}|[,;]\s+(?=[^\W\d_]{3,12}:\s)"
)
# Names in these scripts hold no blank: in a place for names one word is a whole name.
_UNPARTED_NAME = re.compile(r"[\u3040-\u9fff]{2,4}(?![\u3040-\u9fff])")
# Where a link beside the headline leads to more stories on the same matter.
_SECTION_PATH = re.compile(
    r"/(?:categor|kategori|tags?/|topics?/|sections?/|rubri|tema|themen|regions?/|places?/|chu-de|chuyen-muc)",
    re.IGNORECASE,
)
# A page of who wrote: blogs and magazines print the bare name, with a link to all that one wrote.
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:es|en|in|zy|i)?|autore|auteurs?|yazar(?:lar)?|tac-gia|by|byline"
    r"|columnists?|reporters?|journalists?|redakteur|skribent|forfatter|szerzo)/[^/?#]{1,80}"
    r"|[?&]author=\w",
    re.IGNORECASE,
)
_PICTURES = re.compile(r"\W*(?:anh|hinh anh|video|clip|photos?|fotos?|fot\.)\s*:")
_MAX_CHARS = 120
_MAX_LINKS = 20
_MAX_TOGETHER = 5
_DASHES = frozenset("—–")
_NEAR_TITLE = 12
# `Lam Hill Staff`: some name and what such desks are called.
_DESK = re.compile(
    r"(?!(?:[Mm]eet|[Oo]ur|[Jj]oin|[Cc]ontact|[Mm]anagement|[Ll]eadership|[Ee]xecutive|[Ss]ales"
    r"|[Ss]upport|[Tt]he|[Pp]roject|[Nn]ational|[Bb]y) (?:[Tt]eam|[Ss]taff))"
    r"(?:[^\W\d_a-z][\w.'’&-]* ){1,3}(?:Team|Staff|STAFF|TEAM|Editors|Newsroom|Redaktion|Editorial)"
)
_DATE_AND_BAR = re.compile(r"\W*\n[\s|]*\|")
# Where headings (en) or nouns (de) have capitals, two words alone are hardly ever a name: of 32
# such lines below stories of the development pages one was.
_CAPITALS_EVERYWHERE = frozenset({"en", "de"})


def is_labelled_byline(text: str) -> bool:
    """Return whether a short line names its writers with a role: `Bài, ảnh: Trần Thị B`."""
    if len(text) > _MAX_CHARS:
        return False
    if has_no_case(text) and (authors_by_role(text) or role_before(text)):
        return is_byline(text)
    if not begins_with_role(text):
        return False
    return is_byline(text) or is_byline(_SOURCE.sub("", text))


def find_authors(
    region: Region, headline: VisibleTitle, blocks: Sequence[Block], *, metadata: Metadata
) -> tuple[str, ...]:
    """Return the authors, as far as the page prints or states any; empty rather than wrong.

    A statement outside JSON-LD is not made for each article: a byline under the headline, with a
    role, a link to all that one wrote or a class, is believed before it, since `<meta
    name="author">` is the webmaster, and an element classed as author elsewhere may be another
    story's (of 12 such pages the printed byline was right on 9, and on 3 unknown). Desks and
    organizations are authors only where no person is named; a user whom the page marks comes
    before names that stand alone in places less sure.

    Args:
        region: The story's place, with all lines of the page.
        headline: The visible headline.
        blocks: What was taken for bylines in and below the story, in order.
        metadata: What the page states.
    """
    site_name, stated = metadata.site_name, metadata.authors
    top = _lines_round(region, headline)
    if stated and not metadata.authors_certain:
        beside = chain(_labelled(top), _linked(top), _named(top), _linked(_below_with_role(region)))
        printed = _first_authors(beside, site_name)
        if _is_of_others(printed, stated):
            return printed
    stated = _with_further(_with_others(top, metadata), top) or _printed_owner(top, metadata)
    with_role = chain(_with_role(blocks, top), _linked(top))
    sure = stated or _first_authors(with_role, site_name) or metadata.desks
    return (
        sure
        or _first_authors(_named(top), site_name)
        or metadata.owner
        or _users(top, metadata)
        or _first_authors(_above(region, headline), site_name)
        or _first_authors(_candidates(region, headline, blocks), site_name)
        or _other_organizations(metadata)
        or _desks(top)
        or metadata.organizations
        or _unlabelled_desk(region, headline)
        or _users(_below_with_role(region), metadata)
        or ((metadata.carded_user,) if metadata.carded_user else ())
    )


def _is_of_others(printed: Sequence[str], stated: Sequence[str]) -> bool:
    """Return whether persons are printed who are not stated, and not with a badge: `Jo Lind Lv`."""
    known = set(map(fold, stated))
    names = [fold(name) for name in printed]
    is_longer = any(f"{one} " in name for one in known for name in names)
    return not set(names) <= known and all(" " in name for name in names) and not is_longer


def _with_further(stated: tuple[str, ...], top: Sequence[Line]) -> tuple[str, ...]:
    """Return the stated authors, and whom a byline links to their stories after all of them.

    Plugins that write JSON-LD know of one author where the system knows of several. Without links
    what is named behind a comma may be an office: `By Jo Lind, Lam Hill Speech Project`.
    """
    lines = [line for line in top if stated and stated[0] in line.text]
    known = list(map(fold, stated))
    for printed in map(parse_authors, _linked(lines)):
        names = list(map(fold, printed))
        is_more = known == names[: len(known)] and len(known) < len(names) <= _MAX_TOGETHER
        if is_more and all(" " in name for name in names):
            return printed
    return stated


def _other_organizations(metadata: Metadata) -> tuple[str, ...]:
    """Return the stated organizations, if none of them is the site itself."""
    own = {fold(metadata.site_name), *map(fold, metadata.owner)}
    is_own = any(fold(name) in own for name in metadata.organizations)
    return () if is_own else metadata.organizations


def _with_others(top: Sequence[Line], metadata: Metadata) -> tuple[str, ...]:
    """Return the stated authors, with those who contributed and whom their byline names as well."""
    authors, others = metadata.authors, metadata.contributors
    if not (authors and others):
        return authors
    bylines = (fold(line.text) for line in top if len(line.text) <= _MAX_CHARS)
    own = next((text for text in bylines if all(fold(name) in text for name in authors)), "")
    return authors + tuple(name for name in others if fold(name) in own)


def _printed_owner(top: Sequence[Line], metadata: Metadata) -> tuple[str, ...]:
    """Return the person whose own site this is, if named beside the headline as well."""
    lines = [line for line in top if not _names_site(line)] if metadata.owner else []
    is_printed = any(fold(name) in fold(line.text) for name in metadata.owner for line in lines)
    return metadata.owner if is_printed else ()


def _names_site(line: Line) -> bool:
    """Return whether a line names the site, which may be called like its town, or tells of it."""
    return leads_home(line) or is_imprint(line.text) or is_sentence(line.text)


def _users(top: Sequence[Line], metadata: Metadata) -> tuple[str, ...]:
    """Return who is marked as the author and printed beside the headline."""
    marked = {fold(name): name for name in reversed(metadata.users)}
    short = (line for line in top if marked and len(line.text) <= _MAX_CHARS)
    found = (user for line in short if (user := _user_of(line, marked)) and not _is_section(line))
    return tuple(islice(found, 1))


def _below_with_role(region: Region) -> list[Line]:
    """Return the lines under the story that begin with a role: `Submitted by lamhill on 3 May`."""
    short = (line for line in lines_below(region) if len(line.text) <= _MAX_CHARS)
    return [line for line in short if without_label(line.text) != line.text]


def _user_of(line: Line, marked: Mapping[str, str]) -> str:
    """Return which of the marked users a line names, alone or before other words: `jo Reply`."""
    user = marked.get(fold(user_name(line.text)), "")
    if user or not _is_named(line.element):
        return user
    text = fold(line.text)
    return next((marked[name] for name in marked if text.startswith(f"{name} ")), "")


def _is_section(line: Line) -> bool:
    """Return whether a line is a link to a list of stories of one kind."""
    links = (link for link in line.element.iter("a") if line.link_share > 0.8)
    return any(_SECTION_PATH.search(link.get("href") or "") for link in links)


def _first_authors(texts: Iterator[str], site_name: str) -> tuple[str, ...]:
    found = (
        parse_authors(
            _SOURCE.sub("", text),
            site_name=site_name,
            lone_word=_UNPARTED_NAME.match(text) is not None,
        )
        for text in texts
    )
    return next((authors for authors in found if authors), ())


def _desks(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the desk or office that a byline with a role names in place of a person."""
    short = [line.text for line in lines if len(line.text) <= _MAX_CHARS]
    parts = (part for text in short for part in (*_SEGMENT.split(text), *_behind_dates(text)))
    desks = (desk_in(part) for part in parts if len(part) < 60 and _BY.match(fold(part)))
    return next(((desk,) for desk in desks if desk and not is_beside_authors(desk.split()[-1])), ())


def _unlabelled_desk(region: Region, headline: VisibleTitle) -> tuple[str, ...]:
    """Return an agency or a desk alone on one of the lines round the headline."""
    if headline.line is None:
        return ()
    below = region.lines[headline.line + 1 : headline.line + 4]
    lines = (*below, *region.lines[max(0, headline.line - 2) : headline.line])
    lines = tuple(line for line in lines if not _is_cell_of_row(line))
    short = (line.text for line in lines if not line.level and len(line.text) <= _MAX_CHARS)
    texts = (without_dates(text).strip(" |·•-") for text in short)
    found = (text for text in texts if fold(text) in AGENCIES or _is_desk(text))
    return tuple(islice(found, 1))


def _is_cell_of_row(line: Line) -> bool:
    """Return whether a line is a cell among others: `STT` heads a column, and is an agency."""
    element = line.element
    if element.tag not in {"td", "th"}:
        return False
    return element.getnext() is not None and element.getnext().getnext() is not None


def _is_desk(text: str) -> bool:
    return _DESK.fullmatch(text) is not None and user_name(text) == text


def _with_role(blocks: Sequence[Block], top: Sequence[Line]) -> Iterator[str]:
    """Yield the texts that name the authors with a role."""
    yield from _labelled(top)
    yield from (block.text for block in blocks if begins_with_role(block.text))


def _candidates(region: Region, headline: VisibleTitle, blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the texts that may name the authors in places less sure, most trusted first."""
    yield from _bare(region, blocks)
    below = [line for line in lines_below(region) if len(line.text) <= _MAX_CHARS]
    below = [line for line in below if not _is_foot_of_page(line)]
    yield from _labelled(below)
    linked = list(islice(_linked(below), 2))
    if len(linked) == 1:  # several are of other stories
        yield from linked
    yield from _named(below)
    yield from _beside_title(region, headline)
    yield from opening_byline(region.lines[region.start].text)


def _is_foot_of_page(line: Line) -> bool:
    """Return whether a line stands in the page's own footer: `Created by`, but not the story."""
    tags = [element.tag for element in (line.element, *islice(line.element.iterancestors(), 20))]
    if "footer" not in tags:
        return False
    return not {"article", "main"}.intersection(tags[tags.index("footer") :])


def _labelled(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        yield from _labelled_parts(_text_of(line))
    yield from _label_and_name(lines)


def _named(lines: Sequence[Line]) -> Iterator[str]:
    """Yield lines in elements named after the author, if they are no sentences about him."""
    reviewers = reviewers_in(line.text for line in lines)
    for line in lines:
        if reviewers and reviewers.intersection(map(fold, parse_authors(line.text))):
            continue
        if _is_named(line.element) and not is_sentence(line.text):
            yield _text_of(line)


def _linked(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the names in a line that lead to all that one wrote: `Roads | Jo Lind, Ann Reed`."""
    for line in lines:
        if not line.link_chars or len(line.text) > 2 * _MAX_CHARS:
            continue
        links = islice(line.element.iter("a"), _MAX_LINKS)
        leading = (link for link in links if _AUTHOR_PATH.search((link.get("href") or "")[:500]))
        names = dict.fromkeys(collapse("".join(link.itertext())) for link in leading)
        own = [name for name in names if name and name in line.text]
        if own and not is_sentence(line.text):
            yield ", ".join(own)


def text_before_authors(line: Line) -> str:
    """Return what a line says before links of which each leads to all that an author wrote."""
    links = list(islice(line.element.iter("a"), _MAX_LINKS))
    if not all(_AUTHOR_PATH.search((link.get("href") or "")[:500]) for link in links):
        return ""
    first = collapse("".join(links[0].itertext())) if links else ""
    return line.text.partition(first)[0] if first else ""


def _text_of(line: Line) -> str:
    """Return what a short line says, with a comma between the links of two names."""
    is_short = line.link_chars and len(line.text) <= 2 * _MAX_CHARS
    return parted_links(line.text, line.element) if is_short else line.text


def _bare(region: Region, blocks: Sequence[Block]) -> Iterator[str]:
    """Yield names alone in a paragraph at the story's end, last one first."""
    bare = [block for block in reversed(blocks) if _may_be_bare(block)]
    if bare and _has_capitals_everywhere(region):
        bare = [block for block in bare if is_author_name(block.names) or _is_signed(block)]
    # Who only took the pictures is named last: `Lê Minh` above `Ảnh: Hà Bình`.
    bare.sort(key=lambda block: _PICTURES.match(fold(block.text)) is not None)
    yield from (block.text for block in bare)


def _has_capitals_everywhere(region: Region) -> bool:
    return detect_language(" ".join(_story_lines(region))) in _CAPITALS_EVERYWHERE


def _may_be_bare(block: Block) -> bool:
    return block.kind not in (Kind.HEADING, Kind.ITEM) and not is_sentence(block.text)


def _is_signed(block: Block) -> bool:
    """Return whether a dash stands before a name, or where it works behind: `— Jo Lind`."""
    if len(block.text) >= _MAX_CHARS // 2:
        return False
    return block.text[:1] in _DASHES or names_office(block.text)


def _story_lines(region: Region) -> Iterator[str]:
    lines = zip(region.lines, region.inside, strict=True)
    return (line.text for line, inside in lines if inside)


def _lines_round(region: Region, headline: VisibleTitle) -> list[Line]:
    """Return short lines from the headline to the story's start."""
    first = region.start if headline.line is None else headline.line + 1
    last = max(region.start + 2, first + _NEAR_TITLE // 2)
    last = min(last, first + 2 * _NEAR_TITLE)
    while last < min(len(region.lines), first + 2 * _NEAR_TITLE) and _is_label(
        region.lines[last - 1]
    ):  # whom it is of stands on the next line, and not above the headline
        last += 1
    lines = region.lines[first:last]
    if headline.line is not None:
        lines = [*lines, *reversed(region.lines[max(0, headline.line - 4) : headline.line])]
    return [line for line in lines if len(line.text) <= 2 * _MAX_CHARS]


def _above(region: Region, headline: VisibleTitle) -> Iterator[str]:
    """Yield label and name that stand one below the other above the headline."""
    end = headline.line or 0
    lines = region.lines[max(0, end - _NEAR_TITLE) : end]
    yield from _label_and_name([line for line in lines if len(line.text) <= _MAX_CHARS])


def _labelled_parts(text: str) -> Iterator[str]:
    parts = [part for part in _SEGMENT.split(text) if part]
    for part in (text, *parts) if len(parts) > 1 else parts:
        if is_labelled_byline(part):
            yield part
    if len(text) <= _MAX_CHARS:  # `06.11.2024 13:30 by Jana M.`
        yield from filter(is_labelled_byline, _behind_dates(text))


def _behind_dates(text: str) -> list[str]:
    """Return what stands behind the dates of a short line."""
    return [part.strip(" ,|–—-") for part in without_dates(text, filler="\n").split("\n")[1:]]


def _is_label(line: Line) -> bool:
    return is_label_line(line.text) or (line.text.endswith(":") and len(line.text) < 30)


def _label_and_name(lines: Sequence[Line]) -> Iterator[str]:
    """Yield label and name that stand in two cells: `Autor:` | `Jana M.`."""
    for line, following in pairwise(lines):
        alone = is_label_line(line.text)
        if alone or (line.text.endswith(":") and len(line.text) < 30):
            both = f"{line.text}: {following.text}" if alone else f"{line.text} {following.text}"
            if is_labelled_byline(both):
                yield both


def _is_caption(line: Line) -> bool:
    """Return whether a line stands under a picture: `Ana Ruiz (Photo: Agency)`."""
    above = (line.element, *islice(line.element.iterancestors(), 3))
    return any(element.tag == "figcaption" for element in above) or (
        "(" in line.text and photo_credit(line.text) != ""
    )


def _first_part(text: str) -> str:
    """Return what stands before the first date or sign, or behind the date that comes first."""
    parts = (part.strip(" ,|·•–—-") for part in re.split(r"\n|\s[|•·]\s", text))
    return next((part for part in parts if part and not part[0].isdigit()), "")


def _is_named(element: HtmlElement) -> bool:
    if any("author" in (link.get("rel") or "") for link in element.iter("a")):
        return True
    for _ in range(2):
        names = names_of(element)
        if "comment" in names:
            return False
        if is_author_name(names) or "author" in (element.get("itemprop") or ""):
            return True
        if "author" in (element.get("rel") or ""):
            return True
        parent = element.getparent()
        if parent is None:
            return False
        element = parent
    return False


def _beside_title(region: Region, headline: VisibleTitle) -> Iterator[str]:
    """Yield a name alone on one of the two lines under the headline."""
    if headline.line is None:
        return
    for index in range(headline.line + 1, min(headline.line + 3, len(region.lines))):
        line = region.lines[index]
        if region.furniture[index] or line.level or len(line.text) > 80 or _is_caption(line):
            continue
        if _is_row_of_links(line):
            continue
        text = _first_part(without_dates(without_reading_time(line.text), filler="\n"))
        if len(text) <= 60 and is_byline(text) and not _is_section_behind_date(line.text, region):
            yield text


def _is_row_of_links(line: Line) -> bool:
    """Return whether a line is links of which none is a name: the tabs `Page` and `Discussion`."""
    if line.link_share <= 0.8:
        return False
    links = ("".join(link.itertext()).strip() for link in islice(line.element.iter("a"), 4))
    texts = [text for text in links if text]
    return len(texts) > 1 and not any(map(is_byline, texts))


def _is_section_behind_date(text: str, region: Region) -> bool:
    """Return whether a line is date, bar and section: `3 May 2024 | Road Works`.

    A name may stand there as well, but where all nouns have capitals nothing tells it (on 5
    development pages it was a section, and behind a dash a name on 2).
    """
    rest = without_dates(without_relative_times(text), filler="\n")
    return _DATE_AND_BAR.match(rest) is not None and _has_capitals_everywhere(region)
