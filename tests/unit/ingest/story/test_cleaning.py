"""The region as blocks."""

from __future__ import annotations

import pytest
from lxml import html

from civicsearch.ingest.blocks import Block, Kind
from civicsearch.ingest.layout.region import find_region
from civicsearch.ingest.story.cleaning import clean_region

PROSE = "Hội đồng nhân dân xã đã bàn về con đường mới, về nước sạch và về trường học của thôn."


def blocks_of(inner: str) -> list[Block]:
    region = find_region(html.document_fromstring(f"<body><div>{inner}</div></body>"))
    assert region is not None
    return clean_region(region)


def kinds(inner: str) -> list[tuple[Kind, str]]:
    return [(block.kind, block.text) for block in blocks_of(inner) if not block.rule]


def test_kinds_follow_the_mark_up():
    assert kinds(
        f"<p>{PROSE}</p><h3>Kết quả</h3><ul><li>Một</li></ul><blockquote>Lời dân</blockquote>"
    ) == [
        (Kind.PARAGRAPH, PROSE),
        (Kind.HEADING, "Kết quả"),
        (Kind.ITEM, "Một"),
        (Kind.QUOTE, "Lời dân"),
    ]


def test_a_data_table_is_one_block_of_rows():
    table = (
        "<table><tr><th>Xã</th><th>Số hộ</th></tr><tr><td>Đồng Vọng</td><td>1.700</td></tr></table>"
    )
    assert (Kind.TABLE, "Xã | Số hộ\nĐồng Vọng | 1.700") in kinds(f"<p>{PROSE}</p>{table}")


def test_a_widget_is_a_part_only_of_a_named_body():
    widget = f"<div class='widget'><p>{PROSE} Hai.</p></div>"
    assert kinds(f"<p>{PROSE * 3}</p>{widget}") == [(Kind.PARAGRAPH, PROSE * 3)]
    inside = f"<div class='entry-content'><p>{PROSE * 3}</p>{widget}</div>"
    assert kinds(inside)[-1] == (Kind.PARAGRAPH, PROSE + " Hai.")


def test_a_large_first_letter_is_put_before_its_word():
    """Where the letter is a word in itself nobody can tell."""
    rest = PROSE[1:]
    assert kinds(f"<div>H</div><p>{rest}</p>") == [(Kind.PARAGRAPH, PROSE)]
    assert kinds(f"<div>A</div><p>{rest}</p>")[0] == (Kind.PARAGRAPH, "A")
    assert kinds(f"<div>H</div><p>{PROSE}</p>")[0] == (Kind.PARAGRAPH, "H")


def test_a_layout_table_is_read_through():
    assert kinds(f"<table><tr><td><p>{PROSE}</p><p>{PROSE} Hai.</p></td></tr></table>") == [
        (Kind.PARAGRAPH, PROSE),
        (Kind.PARAGRAPH, PROSE + " Hai."),
    ]


def test_a_table_round_a_picture_is_a_caption():
    table = "<table><tr><td><img src=a></td></tr><tr><td>Quang cảnh cuộc họp</td></tr></table>"
    assert (Kind.CAPTION, "Quang cảnh cuộc họp") in kinds(f"<p>{PROSE}</p>{table}")


def test_two_breaks_part_paragraphs_and_one_does_not_in_short_text():
    assert kinds(f"<p>{PROSE}</p><div>Số 12<br>đường Lúa<br><br>Điện thoại</div>")[1:] == [
        (Kind.PARAGRAPH, "Số 12 đường Lúa"),
        (Kind.PARAGRAPH, "Điện thoại"),
    ]


def test_one_break_parts_paragraphs_of_a_long_text():
    story = "<br>".join(f"{PROSE} Đoạn {n}." for n in range(8))
    assert len(kinds(f"<div>{story}</div>")) == 8


def test_furniture_is_kept_with_its_rule():
    blocks = blocks_of(f"<p>{PROSE}</p><div class='share-box'>Chia sẻ</div><p>{PROSE} Hết.</p>")
    assert [block.rule for block in blocks] == ["", "named share", ""]


def test_the_credit_that_mark_up_names_is_read():
    blocks = blocks_of(
        f"<p>{PROSE}</p><figure><img src=a><figcaption>Cuộc họp <span class='photo-credit'>Lê An</span>"
        "</figcaption></figure>"
    )
    assert [block.credit for block in blocks if block.kind is Kind.CAPTION] == ["Lê An"]


def test_word_mark_up_leaves_no_trace():
    assert kinds(
        f"<p class=MsoNormal><span style='font-size:14pt'>{PROSE}<o:p></o:p></span></p>"
    ) == [(Kind.PARAGRAPH, PROSE)]


def test_a_calendar_is_no_part_of_the_story():
    days = "".join(
        "<tr>" + "".join(f"<td>{day}</td>" for day in range(week, week + 7)) + "</tr>"
        for week in (1, 8, 15, 22)
    )
    assert [block.rule for block in blocks_of(f"<p>{PROSE}</p><table>{days}</table>")] == [
        "",
        "a calendar",
    ]


def test_a_small_box_with_a_form_is_furniture():
    story = "".join(f"<p>{PROSE} Đoạn {n}.</p>" for n in range(8))
    box = "<section><h2>Nhận bản tin</h2><p>Ghi địa chỉ của bạn.</p><form><input></form></section>"
    assert blocks_of(story + box)[-1].rule == "a box with a form"


def test_a_story_inside_one_item_is_no_list():
    story = "".join(f"<p>{PROSE} {PROSE} Đoạn {n}.</p>" for n in range(4))
    assert {block.kind for block in blocks_of(f"<ul><li>{story}</li></ul>")} == {Kind.PARAGRAPH}


def test_typed_line_feeds_part_paragraphs():
    story = "\n\n".join(f"{PROSE} Đoạn {n}." for n in range(8))
    assert len(kinds(f"<pre>{story}</pre>")) == 8


def test_endless_breaks_and_tags_are_bounded():
    breaks = "<br>" * 50_000
    assert [text for _, text in kinds(f"<p>{PROSE}</p>a{breaks}b")] == [PROSE, "a", "b"]
    assert len(blocks_of(f"<p>{PROSE}</p>" + "<p>x y</p>" * 30_000)) <= 20_000


def test_a_linked_word_amid_a_sentence_stays():
    """A name that leads to a search is part of its sentence, whatever its class says."""
    page = (
        "<p>The raid in the state of <a class='search' href='/s'>Bornholm</a> began at dawn on"
        " Monday, as the mayor told us by telephone.</p>"
        * 3
        + "<p><a class='search' href='/s'>Bornholm</a></p>"
    )
    texts = [block.text for block in blocks_of(page) if not block.rule]
    assert texts[0].startswith("The raid in the state of Bornholm began")
    assert "Bornholm" not in texts


def test_an_id_made_of_its_heading_names_no_box():
    """Systems make the id of a section from its heading: `popular-instruments-of-the-town`."""
    section = f"<div id=sharing-the-town-well><h2>Sharing the town well</h2><p>{PROSE}</p></div>"
    texts = [text for _, text in kinds(f"<p>{PROSE} Một.</p><p>{PROSE} Hai.</p>{section}")]
    assert texts[-1] == PROSE
    box = f"<div id=sharing><h2>Sharing the town well</h2><p>{PROSE}</p></div>"
    texts = [text for _, text in kinds(f"<p>{PROSE} Một.</p><p>{PROSE} Hai.</p>{box}")]
    assert texts[-1] == f"{PROSE} Hai."


@pytest.mark.parametrize(
    "identity", ["co-maj%C3%AD-lid%C3%A9-d%C4%9Blat", "co-mají-lidé-dělat", "sharing-co-maji-lide"]
)
def test_an_id_made_of_letters_with_marks_names_no_box(identity):
    """Written as in an address, `í` is `%C3%AD`, and that is no word for an advertisement."""
    heading = f"<h2 id='{identity}'>Co mají lidé dělat</h2>"
    texts = [text for _, text in kinds(f"<p>{PROSE} Một.</p>{heading}<p>{PROSE} Hai.</p>")]
    assert texts[1] == "Co mají lidé dělat"


def test_a_module_of_text_beside_a_picture_is_no_caption():
    module = f"<div class=image-text><img src=a>{f'<p>{PROSE}</p>' * 6}</div>"
    assert [kind for kind, _ in kinds(module)] == [Kind.PARAGRAPH] * 6
    caption = "<div class=image-text><img src=a><p>Quang cảnh cuộc họp</p></div>"
    assert (Kind.CAPTION, "Quang cảnh cuộc họp") in kinds(f"<p>{PROSE}</p>{caption}")


@pytest.mark.parametrize(
    "hidden",
    [
        "class='sr-only'",
        "class='screen-reader-text'",
        "class='hiddenStructure'",
        "class='govuk-visually-hidden'",
        "style='position:absolute; left: -9999px'",
    ],
)
def test_what_only_screen_readers_say_is_no_text(hidden):
    told = f"<a href='/x'>báo cáo<span {hidden}> (mở cửa sổ mới)</span></a>"
    story = f"<p>{PROSE}</p><p>{PROSE} Xã có {told} về việc này.</p><p>{PROSE} Ba.</p>"
    assert (Kind.PARAGRAPH, f"{PROSE} Xã có báo cáo về việc này.") in kinds(story)


def test_the_id_that_is_made_of_a_heading_is_no_name():
    """`passengers-by-month` would name a byline."""
    heading = '<h2 id="passengers-by-month">Passengers by month</h2>'
    blocks = blocks_of(f"<p>{PROSE}</p>{heading}<p>{PROSE}</p>")
    assert [block.names for block in blocks if block.kind is Kind.HEADING] == [""]
    named = blocks_of(f"<p>{PROSE}</p>{heading.replace('id=', 'class=')}<p>{PROSE}</p>")
    assert [block.names for block in named if block.kind is Kind.HEADING] != [""]


def test_a_heading_that_links_lead_to_is_no_menu():
    """Its class says how far below the menu it stops when a reader jumps to it."""
    heading = '<h2 class="anchor anchorTargetStickyNavbar_x1" id="gia-nuoc">Giá nước</h2>'
    assert (Kind.HEADING, "Giá nước") in kinds(f"<p>{PROSE}</p>{heading}<p>{PROSE}</p>")
    menu = heading.replace(' id="gia-nuoc"', "")
    assert (Kind.HEADING, "Giá nước") not in kinds(f"<p>{PROSE}</p>{menu}<p>{PROSE}</p>")
