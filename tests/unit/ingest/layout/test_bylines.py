"""Who wrote it, as printed."""

from __future__ import annotations

import time

import pytest
from lxml import html

from civicsearch.document import Page
from civicsearch.ingest.extractor import extract_document
from civicsearch.ingest.layout.bylines import find_authors, is_labelled_byline
from civicsearch.ingest.layout.region import find_region
from civicsearch.ingest.layout.visible_title import find_visible_title
from civicsearch.ingest.stated.metadata import Metadata

STORY = (
    "<p>Hội đồng nhân dân xã đã bàn về con đường mới, về nước sạch và về trường học của thôn.</p>"
    * 6
)


@pytest.mark.parametrize("text", ["Bài, ảnh: Trần Thị Bình", "Autor: Jan Novák", "By Ana Ruiz"])
def test_a_role_makes_a_byline(text):
    assert is_labelled_byline(text)


def test_a_sentence_is_no_byline():
    assert not is_labelled_byline("By Monday the road will be open again for all residents.")


@pytest.mark.parametrize("text", ["Text Size", "Text Link", "Door Prize Winners"])
def test_a_role_that_is_a_plain_word_needs_its_colon(text):
    assert not is_labelled_byline(text)


@pytest.mark.parametrize(
    ("above", "below", "authors"),
    [
        ("<p>12. 3. 2021 | Autor: Jana Novotná | Zobrazeno: 12</p>", "", ("Jana Novotná",)),
        ("", "<table><tr><td>Autor:</td><td>Jana Novotná</td></tr></table>", ("Jana Novotná",)),
        ("<p class='author'>Jana Novotná</p>", "", ("Jana Novotná",)),
        ("<p class='author'>林若晴 2017-03-01 14:27</p>", "", ("林若晴",)),
        ("<p>By Jana Nova ⋅ Founder ⋅ Updated May 6, 2025</p>", "", ("Jana Nova",)),
        ("", "<p align=right><b>Trần Minh Hòa</b></p>", ("Trần Minh Hòa",)),
        ("<p>Phường Lúa Vàng mở hội</p>", "", ()),
    ],
)
def test_places_of_bylines(above, below, authors):
    page = f"<h1>Dân góp đất mở đường</h1>{above}<div>{STORY}</div>{below}"
    assert extract_document(Page(content=page.encode())).authors == authors


ENGLISH = "<p>The council of Lam Hill talked about the new road and the water of the town.</p>" * 6


@pytest.mark.parametrize(
    ("above", "below", "authors"),
    [
        ("<p>11.12.2019 - Ute Lind</p>", "", ("Ute Lind",)),
        ("<p>Written by</p><p>Ana Ruiz</p>", "", ("Ana Ruiz",)),
        ("", "<h2>Article by</h2><div>Ana Ruiz</div>", ("Ana Ruiz",)),
        ("<p>3 May 2024 · By Lam Hill Council · 3 min read</p>", "", ("Lam Hill Council",)),
        ("<p>By admin</p>", "", ()),
        ("<p class='author'>Ana Ruiz, who leads the town, said this was good news.</p>", "", ()),
        ("<p>3 hours ago | Jo Lind</p>", "", ("Jo Lind",)),
        ("", "<p>— Jo Lind</p>", ("Jo Lind",)),
        ("", "<p>Universal Appeal</p>", ()),
        ("", "<h3>Universal Appeal</h3>", ()),
    ],
)
def test_where_all_words_have_capitals_a_name_needs_more_than_its_place(above, below, authors):
    page = f"<h1>The town builds a road</h1>{above}<div>{ENGLISH}{below}</div>"
    assert extract_document(Page(content=page.encode())).authors == authors


def find(page, *, stated, certain):
    root = html.document_fromstring(page)
    region = find_region(root)
    headline = find_visible_title(region, titles=())
    metadata = Metadata(authors=stated, authors_certain=certain)
    return find_authors(region, headline, [], metadata=metadata)


@pytest.mark.parametrize(
    ("byline", "certain", "authors"),
    [
        ("By Ana Ruiz", False, ("Ana Ruiz",)),
        ("By Ana Ruiz", True, ("Jo Lind", "Eva Berg")),
        ("By Jo Lind", False, ("Jo Lind", "Eva Berg")),  # one of them, the rest not understood
        ("By Ana", False, ("Jo Lind", "Eva Berg")),
        ("3 May 2024", False, ("Jo Lind", "Eva Berg")),
    ],
)
def test_a_printed_role_is_believed_before_a_doubtful_statement(byline, certain, authors):
    page = f"<h1>The town builds a road</h1><p>{byline}</p><div>{ENGLISH}</div>"
    assert find(page, stated=("Jo Lind", "Eva Berg"), certain=certain) == authors


@pytest.mark.parametrize(
    ("above", "authors"),
    [
        ("<p>03.05.2024 13:30 von Olga</p>", ("Olga",)),
        ("<p>5/3/2024 7:11 AM PST by Jo Lind</p>", ("Jo Lind",)),
        ("<p>5/3/2024 7:11 AM PST BY LAM STAFF</p>", ("LAM STAFF",)),
        ("<p>03.05.2024 - Redaktion: Jo Lind (press)</p>", ("Jo Lind",)),
        ("<p>May 3, 2024 · 4 min · Jo Lind</p>", ("Jo Lind",)),
        ("<p>| Apr 21, 2024 | Products Liability</p>", ()),
        ("<p>Ana Ruiz (Photo: Lam Press)</p><p>May 3, 2024</p>", ()),
        ("<figure><figcaption>Ana Ruiz</figcaption></figure><p>May 3, 2024</p>", ()),
    ],
)
def test_a_date_may_stand_before_the_name(above, authors):
    page = f"<h1>The town builds a road</h1>{above}<div>{ENGLISH}</div>"
    assert extract_document(Page(content=page.encode())).authors == authors


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("dpa", ("dpa",)),
        ("Lam Hill Team", ("Lam Hill Team",)),
        ("Meet the Team", ()),
        ("Our Team", ()),
        ("Town News", ()),
    ],
)
def test_an_agency_or_a_desk_may_stand_alone_beside_the_headline(line, authors):
    page = f"<h1>The town builds a road</h1><p>{line}</p><p>3 May 2024</p><div>{ENGLISH}</div>"
    assert extract_document(Page(content=page.encode())).authors == authors


def test_role_and_name_may_stand_one_below_the_other_above_the_headline():
    above = "<p>by</p><p>Ana Ruiz</p>" + "<p>Read time: 14 min</p>" * 5
    page = f"{above}<h1>The town builds a road</h1><div>{ENGLISH}</div>"
    assert extract_document(Page(content=page.encode())).authors == ("Ana Ruiz",)


def test_a_desk_with_a_role_comes_before_the_site():
    page = f"<h1>The town builds a road</h1><p>By Lam Wire Desk</p><div>{ENGLISH}</div>"
    root = html.document_fromstring(page)
    region = find_region(root)
    headline = find_visible_title(region, titles=())
    metadata = Metadata(site_name="Lam Hill Post", organizations=("Lam Hill Post",))
    assert find_authors(region, headline, [], metadata=metadata) == ("Lam Wire Desk",)


def test_a_list_of_sections_beside_the_byline_is_none():
    """A link of rel author in the box round both made a byline of either."""
    byline = "<p><a rel=author href='/jo'>jolind</a></p><p>Posts, Road Research, Events</p>"
    page = f"<h1>The town builds a road</h1><div>{byline}</div><div>{ENGLISH}</div>"
    assert extract_document(Page(content=page.encode())).authors == ("jolind",)


def test_a_long_line_of_dates_beside_the_headline_costs_nothing():
    """A desk is looked for in short lines alone; before, this took minutes."""
    begin = time.process_time()
    page = f"<h1>The town builds a road</h1><p>{'3 May 2024, ' * 5000}</p><div>{ENGLISH}</div>"
    extract_document(Page(content=page.encode()))
    assert time.process_time() - begin < 3


def test_particulars_whose_elements_touch_are_told_apart():
    line = "<ul><span>3 May 2024</span><span>Ana Ruiz</span><span>Reading time: 3 min</span></ul>"
    page = f"<h1>The town builds a road</h1>{line}<div>{ENGLISH}</div>"
    document = extract_document(Page(content=page.encode()))
    assert (document.authors, str(document.published)) == (("Ana Ruiz",), "2024-05-03")


def test_the_footer_of_the_page_does_not_name_the_author():
    made = "Created by Granite - Connecting People and Towns"
    page = f"<h1>The town builds a road</h1><div>{ENGLISH}</div>"
    footer = f"<footer>{made}</footer>"
    assert extract_document(Page(content=f"{page}{footer}".encode())).authors == ()
    signed = f"<article>{page}<footer>Written by Ana Ruiz</footer></article>"
    assert extract_document(Page(content=signed.encode())).authors == ("Ana Ruiz",)


def test_who_took_the_pictures_is_named_after_who_wrote():
    below = "<p style='text-align:right'>Lê Minh Hà</p><p>Ảnh: Vũ Hải Bình</p>"
    page = f"<h1>Dân góp đất mở đường</h1><div>{STORY}{below}</div>"
    assert extract_document(Page(content=page.encode())).authors == ("Lê Minh Hà",)


def test_the_heading_of_a_column_is_no_agency():
    rows = "<tr><th>STT</th><th>Field</th><th>Cases</th></tr><tr><td>1</td><td>Water</td></tr>"
    page = f"<h1>The town builds a road</h1><p>3 May 2024</p><table>{rows}</table>{ENGLISH}"
    assert extract_document(Page(content=page.encode())).authors == ()
    page = f"<h1>The town builds a road</h1><p>STT</p><p>3 May 2024</p>{ENGLISH}"
    assert extract_document(Page(content=page.encode())).authors == ("STT",)


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("<p>By <a href=/1>Jo Lind</a> <a href=/2>Ann Reed</a></p>", ("Jo Lind", "Ann Reed")),
        (
            "<ul class=authors><li><a href=/1>Jo Lind</a><li><a href=/2>Ann Reed</a></ul>",
            ("Jo Lind", "Ann Reed"),
        ),
        ("<p>By <a href=/1>Jo</a> <a href=/2>Lind</a></p>", ("Jo Lind",)),
        ("<p>By <a href=/1><img></a> <a href=/1>Jo Lind</a></p>", ("Jo Lind",)),
    ],
)
def test_links_without_a_sign_between_them_are_names_of_their_own(byline, authors):
    page = f"<h1>Lam Hill has a new bridge</h1>{byline}<div>{ENGLISH}</div>"
    assert extract_document(Page(content=page.encode())).authors == authors


def test_the_name_of_a_link_home_or_an_imprint_is_not_the_owner_beside_the_headline():
    ld = '{"@type":"Article","author":{"@type":"Person","name":"Lam Hill"},"publisher":"Lam Hill"}'
    page = (
        f"<script type='application/ld+json'>{ld}</script><p><a href=/>Lam Hill</a></p>"
        f"<h1>The town has a new bridge</h1><p>By Jo Lind</p><div>{ENGLISH}</div><p>© Lam Hill</p>"
    )
    assert extract_document(Page(content=page.encode())).authors == ("Jo Lind",)


TWO = (
    "<a href=/>Lam Hill Ledger</a> | <a href=/category/roads.html>Road Works</a> | "
    "<a href=/author/jo-lind.html>Jo Lind</a> , <a href=/author/ann-reed.html>Ann Reed</a>"
    " | Thu 08 February 2024"
)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        (TWO, ("Jo Lind", "Ann Reed")),
        ("<a href=/category/vie.html>Vie Locale</a> <a href='/auteur/9'>Léa Marin</a>", ("Léa Marin",)),
        ("3 May 2024 <a href='/?author=3'>Jo Lind</a>", ("Jo Lind",)),
        ("<a href=/autores/redaccion>Redacción</a>", ()),
    ],
)  # fmt: skip
def test_a_link_to_all_that_one_wrote_names_the_author(line, authors):
    """Before sections and the site, which stand in the same line."""
    page = f"<h1>Water for Lam Hill at last</h1><p>{line}</p>{STORY}"
    assert find(page, stated=(), certain=False) == authors


def test_a_link_to_an_author_is_believed_before_the_site_s_own_meta_tag():
    page = f"<h1>Water for Lam Hill</h1><p><a href=/authors/jo-lind/>Jo Lind</a></p>{STORY}"
    assert find(page, stated=("Web Master",), certain=False) == ("Jo Lind",)
    assert find(page, stated=("Ann Reed",), certain=True) == ("Ann Reed",)


@pytest.mark.parametrize(
    ("above", "below", "authors"),
    [
        ("<div id=post-author><i></i> Jo Lind</div>", "", ("Jo Lind",)),
        ("<p class=author>Ann Reed Lv</p>", "", ("Ann Reed",)),
        ("", "<address>By <a rel=author href='/author/jo'>Jo Lind</a></address>", ("Jo Lind",)),
        ("", "<p>By Jo Lind</p>", ("Ann Reed",)),
    ],
)
def test_a_marked_byline_is_believed_before_the_site_s_own_meta_tag(above, below, authors):
    """Beside the headline; below the story it needs a role and a link to all that one wrote."""
    page = f"<article><h1>Water for Lam Hill</h1>{above}{STORY}</article>{below}"
    assert find(page, stated=("Ann Reed",), certain=False) == authors
    assert find(page, stated=("Ann Reed",), certain=True) == ("Ann Reed",)


def test_a_label_at_the_foot_of_a_notice_is_of_the_name_below_it():
    """The menu above the headline is no name, however short the notice is."""
    page = (
        "<ul><li><a href='/about'>Sample Page</a></li></ul><h1>Dân góp đất mở đường</h1>"
        "<p>Hội đồng nhân dân xã đã bàn về con đường mới, về nước sạch và về trường học của thôn.</p>"
        "<p>Posted</p><p>03/05/2024</p><p>in</p><p>Xã hội</p><p>by</p><p>Trần Minh Hòa</p>"
    )
    assert extract_document(Page(content=page.encode())).authors == ("Trần Minh Hòa",)


@pytest.mark.parametrize(
    ("links", "authors"),
    [
        ("<a href='/n'>Page</a> <a href='/t'>Discussion</a>", ()),
        ("<a href='/jo'>Jo Lind</a>", ("Jo Lind",)),
    ],
)
def test_tabs_below_a_headline_are_nobody(links, authors):
    page = f"<h1>The town builds a road</h1><div class=tabs>{links}</div><div>{ENGLISH}</div>"
    assert extract_document(Page(content=page.encode())).authors == authors


TWO_LINKED = "By <a href=/author/jo>Jo Lind</a> <a href=/author/ann>Ann Reed</a>"


@pytest.mark.parametrize(
    ("line", "stated", "authors"),
    [
        (TWO_LINKED, ("Jo Lind",), ("Jo Lind", "Ann Reed")),
        (TWO_LINKED, ("Ann Reed",), ("Ann Reed",)),
        (TWO_LINKED, ("Lea Marin",), ("Lea Marin",)),
        ("By Jo Lind, Harbour Speech Project", ("Jo Lind",), ("Jo Lind",)),
    ],
)
def test_a_byline_of_links_names_who_wrote_with_the_one_whom_json_ld_states(line, stated, authors):
    """What follows without a link may be an office."""
    page = f"<h1>Water for Lam Hill</h1><p>{line}</p>{STORY}"
    assert find(page, stated=stated, certain=True) == authors


def test_links_to_all_that_one_wrote_name_the_authors_below_the_story():
    """In the article's own footer; several such lines are of other stories."""
    foot = "<footer><time>Created: 3 May 2024.</time> {} {}</footer>".format(
        "<a href=/author/jo>Jo Lind</a>", "<a href=/author/ann>Ann Reed</a>"
    )
    page = f"<article><h1>Water for Lam Hill</h1>{STORY}{foot}</article>"
    assert find(page, stated=(), certain=False) == ("Jo Lind", "Ann Reed")
    others = "<p>3 May 2024 <a href=/author/lea>Lea Marin</a></p>"
    page = f"<article><h1>Water for Lam Hill</h1>{STORY}{others}{others.replace('lea', 'ed')}"
    assert find(page, stated=(), certain=False) == ()
