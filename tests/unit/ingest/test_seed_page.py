"""The page the project was made for, rebuilt in poor mark-ups, gives its story and no more.

Its text is not part of the project; where it is absent, these tests are skipped.
"""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from civicsearch.document import Document, Page
from civicsearch.ingest.extractor import extract_document

SEED = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "seed"
FILES = sorted(SEED.glob("*.txt"))

pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason=f"the seed page's text is not at {SEED}")

SITE = "Trang thông tin điện tử Đảng bộ tỉnh"
ERROR = "The request was aborted: Could not create SSL/TLS secure channel."
MENU = ("Trang chủ", "Giới thiệu", "Tin tức - Sự kiện", "Văn bản", "Hội đồng nhân dân", "Liên hệ")
FOOTER = (
    "Cơ quan chủ quản: Văn phòng Tỉnh ủy",
    "Giấy phép số 12/GP-TTĐT do Sở Thông tin và Truyền thông cấp ngày 05/11/2015.",
    "Ghi rõ nguồn khi phát hành lại thông tin từ trang này. Điện thoại: (0269) 3824 123.",
)


@dataclass(frozen=True)
class Seed:
    """The parts of the seed text."""

    headline: str
    dateline: str
    story: list[str]
    below: list[str]


def read_seed() -> Seed:
    blocks = [b for b in FILES[0].read_text("utf-8").split("\n") if b.strip()]
    below = next(i for i, block in enumerate(blocks) if block.startswith("(Bấm vào đây"))
    return Seed(
        headline=blocks[0].removeprefix(ERROR).strip(),
        dateline=blocks[1],
        story=blocks[2:below],
        below=blocks[below:],
    )


def tagged(tag: str, texts: list[str] | tuple[str, ...], attributes: str = "") -> str:
    return "\n".join(f"<{tag}{attributes}>{html.escape(text)}</{tag}>" for text in texts)


def calendar() -> str:
    days = "".join(
        "<tr>" + "".join(f"<td>{day}</td>" for day in range(first, min(first + 7, 32))) + "</tr>"
        for first in range(1, 32, 7)
    )
    return f"<table><tr><td colspan=7>Tháng 8 năm 2020</td></tr>{days}</table>"


def linked(texts: list[str] | tuple[str, ...]) -> str:
    return "".join(
        f'<div><a href="/{i}.html">{html.escape(t)}</a></div>' for i, t in enumerate(texts)
    )


def document_of(body: str, *, title: str | None = SITE) -> str:
    head = f"<title>{title}</title>" if title is not None else ""
    return f"<html><head>{head}</head><body>{body}</body></html>"


def flat_divs(seed: Seed) -> str:
    top = [*MENU, f"{ERROR} {seed.headline}", seed.dateline]
    return document_of(tagged("div", [*top, *seed.story, *seed.below, *FOOTER]))


def flat_divs_error_apart(seed: Seed) -> str:
    top = [*MENU, ERROR, seed.headline, seed.dateline]
    return document_of(tagged("div", [*top, *seed.story, *seed.below, *FOOTER]), title=None)


def named_divs(seed: Seed) -> str:
    return document_of(
        f'<form><div id="ctl00_header">{linked(MENU)}</div><div id="ctl00_main">'
        f'<div class="ctl_a1">{ERROR}<div class="x-tt">{seed.headline}</div></div>'
        f'<div class="x-ng">{seed.dateline}</div><div class="x-nd">{tagged("p", seed.story)}</div>'
        f'<div class="x-bt">{tagged("div", seed.below[:1])}</div>'
        f'<div class="b1">{tagged("div", seed.below[1:])}</div></div>'
        f'<div id="ctl00_foot">{tagged("p", FOOTER)}</div></form>'
    )


def nested_tables(seed: Seed) -> str:
    rows = [f"{ERROR} {seed.headline}", seed.dateline, *seed.story, seed.below[0]]
    inner = "".join(f"<tr><td>{html.escape(text)}</td></tr>" for text in rows)
    return document_of(
        f"<table width=1000><tr><td colspan=3>{SITE}</td></tr><tr><td>{linked(MENU)}{calendar()}</td>"
        f"<td><table>{inner}</table></td><td>{tagged('div', seed.below[1:])}</td></tr>"
        f"<tr><td colspan=3>{'<br>'.join(FOOTER)}</td></tr></table>"
    )


def one_cell_with_breaks(seed: Seed) -> str:
    texts = [f"{ERROR} {seed.headline}", seed.dateline, *seed.story, *seed.below, *FOOTER]
    menu = " | ".join(f'<a href="#">{word}</a>' for word in MENU)
    return document_of(
        f"<table><tr><td>{menu}<br>{'<br><br>'.join(html.escape(t) for t in texts)}</td></tr></table>"
    )


def one_cell_single_breaks(seed: Seed) -> str:
    texts = [ERROR, seed.headline, seed.dateline, *seed.story, *seed.below, *FOOTER]
    return document_of(
        f"<table><tr><td>{'<br>'.join(html.escape(t) for t in texts)}</td></tr></table>"
    )


def one_paragraph_with_breaks(seed: Seed) -> str:
    return document_of(
        f"<div>{linked(MENU)}</div><p><b>{ERROR} {seed.headline}</b><br/><i>{seed.dateline}</i></p>"
        f"<p>{'<br/>'.join(html.escape(t) for t in seed.story)}</p>"
        f"{tagged('p', seed.below)}{calendar()}{tagged('p', FOOTER)}"
    )


def spans(seed: Seed) -> str:
    def line(text: str, style: str = "") -> str:
        return f'<span style="display:block;{style}">{html.escape(text)}</span><br>'

    top = line(f"{ERROR} {seed.headline}", "font-size:18px") + line(seed.dateline, "color:gray")
    story = "".join(line(text) for text in seed.story)
    below = "".join(line(text) for text in [*seed.below, *FOOTER])
    return document_of(f"<span>{SITE}</span><br>{top}{story}{below}")


def sidebar_before(seed: Seed) -> str:
    return document_of(
        f"<div><div>{linked(MENU)}</div><div>{calendar()}{linked(seed.below)}</div>"
        f"<div><div><span>{ERROR}</span> <span>{seed.headline}</span></div><div>{seed.dateline}</div>"
        f"<div>{tagged('p', seed.story)}</div></div>{tagged('div', FOOTER)}</div>"
    )


def sidebar_after(seed: Seed) -> str:
    return document_of(
        f"<div>{SITE}</div><div>{linked(MENU)}</div><div><p>{ERROR} {seed.headline}</p>"
        f"<p>{seed.dateline}</p>{tagged('p', seed.story)}</div>"
        f"<div>{tagged('p', seed.below)}</div>{calendar()}<div>{tagged('p', FOOTER)}</div>"
    )


def sidebar_around(seed: Seed) -> str:
    half = len(seed.below) // 2
    return document_of(
        f"<div class=wrap><div class=l>{tagged('div', seed.below[half:])}{calendar()}</div>"
        f"<div class=c><div class=d1><strong>{ERROR}<br>{seed.headline}</strong></div>"
        f"<div class=d2><em>{seed.dateline}</em></div>{tagged('div', seed.story)}"
        f"{tagged('div', seed.below[:half])}</div>"
        f"<div class=r>{tagged('div', seed.below)}</div><div class=f>{tagged('div', FOOTER)}</div></div>",
        title="Tỉnh ủy",
    )


def word_markup(seed: Seed) -> str:
    story = "".join(
        f'<p class="MsoNormal" style="text-align:justify"><span style="font-size:14pt">'
        f"{html.escape(text)}<o:p></o:p></span></p>"
        for text in seed.story
    )
    return document_of(
        f"<center>{SITE}</center><font size=4 color=red>{ERROR} {seed.headline}</font>"
        f"<p align=right>{seed.dateline}</p>{story}{tagged('p', seed.below)}{tagged('p', FOOTER)}"
    )


def bare_text_with_breaks(seed: Seed) -> str:
    texts = [*MENU, f"{ERROR} {seed.headline}", seed.dateline, *seed.story, *seed.below, *FOOTER]
    return "\n<br><br>\n".join(html.escape(text) for text in texts)


def heading_elements_for_boxes(seed: Seed) -> str:
    return document_of(
        f"<h1>{SITE}</h1><ul>{tagged('li', MENU)}</ul><div><div>{ERROR} {seed.headline}</div>"
        f"<div>{seed.dateline}</div>{tagged('p', seed.story)}</div>"
        f"{tagged('h3', seed.below)}{tagged('p', FOOTER)}",
        title="",
    )


def picture_table(seed: Seed) -> str:
    def part(text: str) -> str:
        if "Ảnh:" in text:
            return (
                "<table align=center><tr><td><img src=a.jpg></td></tr>"
                f"<tr><td>{html.escape(text)}</td></tr></table>"
            )
        return f"<p>{html.escape(text)}</p>"

    return document_of(
        f"<table><tr><td>{linked(MENU)}</td></tr><tr><td><p>{ERROR}</p><p>{seed.headline}</p>"
        f"<p>{seed.dateline}</p>{''.join(map(part, seed.story))}{tagged('p', seed.below)}</td></tr>"
        f"<tr><td>{tagged('p', FOOTER)}</td></tr></table>"
    )


def teasers(tag: str) -> str:
    parts = "".join(
        f"<{tag}>Tin vắn thứ {n} trong tuần của tỉnh</{tag}><{tag}>0{n}/03/2022</{tag}>"
        f"<{tag}>Sáng nay đoàn viên của xã thứ {n} đã cùng nhau trồng cây dọc con đường mới. Công việc"
        f" còn kéo dài đến hết tháng.</{tag}>"
        for n in range(1, 5)
    )
    return f"<{tag}>Tin mới nhất</{tag}>{parts}"


def beside_cells_of_teasers(seed: Seed) -> str:
    rows = "".join(f"<tr><td>{html.escape(text)}</td></tr>" for text in seed.below)
    return document_of(
        f"<table><tr><td><table>{rows}</table>{teasers('div')}</td><td><div>{ERROR} {seed.headline}"
        f"</div><div>{seed.dateline}</div>{tagged('p', seed.story)}</td><td>{calendar()}</td></tr>"
        "</table>"
    )


def below_teasers(seed: Seed) -> str:
    top = tagged("p", [ERROR + " " + seed.headline, seed.dateline, *seed.story])
    return document_of(teasers("p") + top + tagged("p", [*seed.below, *FOOTER]), title="")


def below_a_long_menu(seed: Seed) -> str:
    menu = [f"{word} {number}" for number in range(20) for word in MENU]
    texts = [*menu, ERROR, seed.headline, seed.dateline, *seed.story, *seed.below, *FOOTER]
    return document_of(tagged("div", texts))


def headline_and_date_on_one_line(seed: Seed) -> str:
    return document_of(
        f"<div>{linked(MENU)}</div><div><span>{ERROR} {seed.headline}</span> <span>{seed.dateline}"
        f"</span>{tagged('p', seed.story)}</div><div>{tagged('p', seed.below)}</div>"
    )


def headline_and_date_in_one_text(seed: Seed) -> str:
    return document_of(
        f"<table><tr><td>{ERROR}</td></tr><tr><td><b>{seed.headline}&nbsp; {seed.dateline}</b></td></tr>"
        f"<tr><td>{tagged('p', seed.story)}</td></tr></table>{tagged('p', seed.below)}"
    )


def date_before_headline(seed: Seed) -> str:
    return document_of(
        f"<p>{ERROR}</p><p><i>{seed.dateline}</i> <b>{seed.headline}</b></p>"
        f"{tagged('p', seed.story)}{tagged('p', seed.below)}"
    )


def typed_text(seed: Seed) -> str:
    texts = [f"{ERROR} {seed.headline}", seed.dateline, *seed.story, *seed.below]
    return document_of(f"<pre>{html.escape(chr(10).join(texts))}</pre>")


def typed_by_style(seed: Seed) -> str:
    texts = [f"{ERROR} {seed.headline}", seed.dateline, *seed.story]
    typed = html.escape("\n\n".join(texts))
    return document_of(
        f"<div style='white-space:pre-line'>{typed}</div><div>{tagged('div', seed.below)}</div>"
    )


def calendar_in_the_same_cell(seed: Seed) -> str:
    return document_of(
        f"<table><tr><td><p>{ERROR} {seed.headline}</p><p>{seed.dateline}</p>"
        f"{tagged('p', seed.story)}{calendar()}</td></tr></table>{tagged('div', FOOTER)}"
    )


def column_of_boxes_in_the_same_cell(seed: Seed) -> str:
    rows = "".join(f"<tr><td>{html.escape(text)}</td></tr>" for text in seed.below)
    return document_of(
        f"<div><div>{ERROR}</div><div>{seed.headline}</div><div>{seed.dateline}</div>"
        f"{tagged('p', seed.story)}<table>{rows}</table></div>"
    )


def imprint_right_below(seed: Seed) -> str:
    texts = [f"{ERROR} {seed.headline}", seed.dateline, *seed.story, *FOOTER]
    return document_of(tagged("div", texts))


def inside_a_list(seed: Seed) -> str:
    texts = [f"{ERROR} {seed.headline}", seed.dateline, *seed.story, *seed.below]
    return document_of(f"<dl>{tagged('dd', texts)}</dl>")


VARIANTS: tuple[Callable[[Seed], str], ...] = (
    flat_divs,
    flat_divs_error_apart,
    named_divs,
    nested_tables,
    one_cell_with_breaks,
    one_cell_single_breaks,
    one_paragraph_with_breaks,
    spans,
    sidebar_before,
    sidebar_after,
    sidebar_around,
    word_markup,
    bare_text_with_breaks,
    heading_elements_for_boxes,
    picture_table,
    beside_cells_of_teasers,
    below_teasers,
    below_a_long_menu,
    headline_and_date_on_one_line,
    headline_and_date_in_one_text,
    date_before_headline,
    typed_text,
    typed_by_style,
    calendar_in_the_same_cell,
    column_of_boxes_in_the_same_cell,
    imprint_right_below,
    inside_a_list,
)


@pytest.fixture(scope="module", params=VARIANTS, ids=lambda variant: variant.__name__)
def extracted(request: pytest.FixtureRequest) -> tuple[Document, Seed]:
    seed = read_seed()
    page = request.param(seed)
    return extract_document(Page(content=page.encode("utf-8"))), seed


def test_title_is_the_headline_without_the_error_text(extracted):
    """The glued error text is dropped and told of."""
    document, seed = extracted
    assert document.title == seed.headline
    assert document.title.startswith("An Khê:")
    assert any(ERROR in note for note in document.notes)


def test_date_and_views_are_read_from_the_date_line(extracted):
    """Day first; the counter is no year."""
    document, _ = extracted
    assert document.published == dt.date(2020, 8, 6)
    assert document.views == 1901


def test_author_is_the_last_line(extracted):
    document, _ = extracted
    assert document.authors == ("Nguyễn Văn",)


def test_caption_is_apart_and_credited(extracted):
    """The photographer is neither author nor part of the story."""
    document, _ = extracted
    assert [caption.credit for caption in document.captions] == ["Nguyễn Đông"]
    assert "Ảnh:" not in document.text


def test_text_is_the_story_and_nothing_else(extracted):
    """All paragraphs in order; nothing of menu, boxes, calendar or footer."""
    document, seed = extracted
    story = [" ".join(text.split()) for text in seed.story[:-1] if "Ảnh:" not in text]
    assert document.text.split("\n\n") == story
