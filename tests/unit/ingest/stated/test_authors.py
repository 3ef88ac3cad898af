"""Who is stated as the author, person or not."""

from __future__ import annotations

import json

import pytest
from lxml import html

from civicsearch.document import Page
from civicsearch.ingest.extractor import extract_document
from civicsearch.ingest.stated.metadata import Metadata, read_metadata

STORY = "<p>The council of Lam Hill talked about the new road and the water of the town.</p>" * 6
AGENCY = {"@type": "Organization", "name": "Lam Press"}
DESK = {"@type": "Person", "name": "Town Desk"}
SITE = {"@type": "NewsMediaOrganization", "name": "Lam Hill Post"}


def page_of(author: object, byline: str = "") -> str:
    linked = json.dumps({"@type": "NewsArticle", "author": author, "publisher": SITE})
    return (
        f'<html><head><script type="application/ld+json">{linked}</script></head>'
        f"<body><h1>The town builds a road</h1>{byline}<div>{STORY}</div></body></html>"
    )


def read(author: object) -> Metadata:
    return read_metadata(html.document_fromstring(page_of(author)))


@pytest.mark.parametrize(
    ("author", "authors"),
    [
        (AGENCY, ("Lam Press",)),
        (DESK, ("Town Desk",)),
        (SITE, ("Lam Hill Post",)),
        ("Associated Press", ("Associated Press",)),
        ("dpa, AFP", ("dpa", "AFP")),
        ({"@type": "Person", "name": "admin"}, ()),
        ({"@type": "Person", "name": "https://lamhill.example/ana"}, ()),
    ],
)
def test_who_is_no_person_counts_where_nobody_else_is_named(author, authors):
    assert extract_document(Page(content=page_of(author).encode())).authors == authors


@pytest.mark.parametrize("author", [AGENCY, DESK, SITE])
def test_a_printed_person_comes_before_a_desk(author):
    page = page_of(author, byline="<p>By Ana Ruiz</p>")
    assert extract_document(Page(content=page.encode())).authors == ("Ana Ruiz",)


def test_a_classed_byline_comes_before_an_organization():
    byline = "<p class='author'>Ana Ruiz</p>"
    for author, authors in ((SITE, ("Ana Ruiz",)), (AGENCY, ("Ana Ruiz",))):
        page = page_of(author, byline=byline)
        assert extract_document(Page(content=page.encode())).authors == authors


@pytest.mark.parametrize(
    ("author", "authors"),
    [
        ([{"@type": "Person", "name": "Ana Ruiz"}, AGENCY], ("Ana Ruiz", "Lam Press")),
        ([{"@type": "Person", "name": "Ana Ruiz"}, SITE], ("Ana Ruiz",)),
        ([{"@type": "Person", "name": "Ana Ruiz"}, DESK], ("Ana Ruiz", "Town Desk")),
        ([{"@type": "Person", "name": "Ana Ruiz"}, "admin"], ("Ana Ruiz",)),
        ("Ana Ruiz and Jo Lind, dpa", ("Ana Ruiz", "Jo Lind", "dpa")),
    ],
)
def test_agencies_beside_persons_are_authors(author, authors):
    assert read(author).authors == authors


def test_the_author_of_the_article_comes_before_that_of_the_site():
    head = (
        '<meta name="author" content="Lam Media"><meta name="author" content="Eva Berg">'
        '<meta property="article:author" content="Ana Ruiz">'
    )
    page = html.document_fromstring(f"<html><head>{head}</head><body><p>x</p></body></html>")
    assert read_metadata(page).authors == ("Ana Ruiz",)


def test_a_statement_may_stand_under_the_name_of_form_fields():
    page = html.document_fromstring('<meta name="author" value="Ana Ruiz"><p>x</p>')
    assert read_metadata(page).authors == ("Ana Ruiz",)


def test_a_name_is_read_without_what_follows_it_in_the_element_round_it():
    body = "<div class=byline>By <b class=author>Ana Ruiz</b> Town Affairs</div>"
    assert read_metadata(html.document_fromstring(body)).authors == ("Ana Ruiz",)


def test_a_name_without_a_blank_is_whole_where_scripts_have_none():
    body = "<p class=author>林若晴</p>"
    assert read_metadata(html.document_fromstring(body)).authors == ("林若晴",)


def authors_marked(markup):
    body = f"<body><h1>The town builds a road</h1><div><div>{markup}</div></div>{STORY}</body>"
    return read_metadata(html.document_fromstring(f"<html>{body}</html>")).authors


def test_two_names_in_one_element_are_two_where_each_has_its_own():
    """The list is classed as the byline as well; before, one of them was taken by chance."""
    items = "".join(
        f"<li><a rel=author href='/{n}'>{n}</a></li> " for n in ("Ana Ruiz", "Luis Gil")
    )
    assert authors_marked(f"<ul class=autores>{items}</ul>") == ("Ana Ruiz", "Luis Gil")


def test_what_follows_a_name_in_its_element_is_none():
    link = "<a rel=author href='/ann'>Ann Reed</a>"
    assert authors_marked(f"<p class=byline>{link} Marrow Bay Herald</p>") == ("Ann Reed",)


SITE_NAME = '<meta property="og:site_name" content="{}">'


def authors_of(markup, *, head="", site="Lam Hill Post", url=None):
    head = f"<title>The town builds a road</title>{SITE_NAME.format(site)}{head}"
    body = f"<h1>The town builds a road</h1>{markup}<div>{STORY}</div>"
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return extract_document(Page(content=page.encode(), url=url)).authors


def person(name):
    linked = {"@type": "NewsArticle", "author": {"@type": "Person", "name": name}}
    return f'<script type="application/ld+json">{json.dumps(linked)}</script>'


def card(name, label="Written by"):
    return (
        f'<meta name="twitter:label1" content="{label}">'
        f'<meta name="twitter:data1" content="{name}">'
    )


def test_a_person_with_a_site_of_that_name_is_named_whole():
    """Before, `Expert` was taken for a role and cut."""
    linked = person("Lam Hill Travel Expert")
    assert authors_of("", head=linked, site="Lam Hill Travel Expert") == ("Lam Hill Travel Expert",)


def test_a_printed_person_comes_before_one_who_is_called_like_the_site():
    byline = "<p class=author>Ana Ruiz | 3 hours ago</p>"
    url = "https://www.ellamense.example/a"
    assert authors_of(byline, head=person("El Lamense"), url=url) == ("Ana Ruiz",)
    assert authors_of("<p>3 May 2024</p>", head=person("El Lamense"), url=url) == ("El Lamense",)


def test_whose_site_it_is_has_written_where_the_byline_names_him_among_other_words():
    byline = "<p>On January 12, 2025 By <a rel=author>Jo Lind</a>In Roads, Bridge Guides</p>"
    assert authors_of(byline, head=person("Jo Lind"), site="Jo Lind") == ("Jo Lind",)


def test_an_author_with_the_address_of_the_site_is_the_site():
    head = '<meta name="author" content="Lamwelle Welt (www.lamwelle.example)">'
    assert authors_of("", head=head, url="https://www.lamwelle.example/a") == ()


def test_names_of_catalogues_may_be_initials():
    names = ("Kooper, F.", "Lang, Michiel de")
    head = "".join(f'<meta name="dc.creator" content="{name}">' for name in names)
    assert authors_of("", head=head) == ("F. Kooper", "Michiel de Lang")


def test_who_has_checked_a_text_is_no_author():
    checked = "<p class=byline>Fact checked by <b class=author>Mo Stone</b></p>"
    assert authors_of(checked) == ()
    assert authors_of(f"<p class=byline>By Ana Ruiz</p>{checked}") == ("Ana Ruiz",)


def test_a_single_word_said_twice_is_one_where_it_also_stands_alone():
    """Pen names may be twice the same word, so that alone is no sign."""
    twice = "<p class=author><b>Yucca</b> <b>Yucca</b></p>"
    assert authors_of(f"<p class=author>Yucca</p>{twice}")[:1] == ("Yucca",)
    assert authors_marked("<p class=author>Lan Lan</p>") == ("Lan Lan",)


COMMENT = "<cite class='{}'>Josef Berg</cite>"


@pytest.mark.parametrize(
    "comment",
    [
        f"<div class=comment-author>{COMMENT.format('fn')}</div>",
        f"<article class=comment><footer>{COMMENT.format('author')}</footer></article>",
        f"<article class='even comment'>{COMMENT.format('author')}</article>",
    ],
)
def test_who_wrote_a_comment_is_no_author(comment):
    assert read_metadata(html.document_fromstring(f"<h1>x</h1>{comment}")).authors == ()


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        (
            "<p>by <span class='author vcard'><a rel=author>oldmillfan</a></span></p>",
            ("oldmillfan",),
        ),
        ("<p class=byline><a rel=author>oldmillfan</a> Reply to this</p>", ("oldmillfan",)),
        ("<p class=author>Lam Hill Staff</p><p>May 3, 2024</p>", ("Lam Hill Staff",)),
        ("<h4 class='vcard author'>vom <b class=fn>Millblogger</b></h4>", ("Millblogger",)),
        ("<p class=author>Autor: <a>lamhill.example</a></p>", ("lamhill.example",)),
        ("<p class=author>Lam Hill Post - May 3, 2024</p>", ()),
        ("<p class=byline>May 3, 2024 | <b class=byline__category>Health &amp; Care</b></p>", ()),
        ("<p class=author><a href='/news/category/29'>Harbour</a></p>", ()),
        ("<p class=author>admin</p>", ()),
        ("<p class=author><a rel=author>View all posts</a></p>", ()),
    ],
)
def test_a_marked_user_is_the_author_where_nobody_else_is_named(byline, authors):
    assert authors_of(byline) == authors


def test_a_marked_user_comes_before_the_site_and_names_in_places_less_sure():
    user = "<p class=author>By millmaus</p>"
    assert authors_of(user, head=SITE_LINKED) == ("millmaus",)
    assert authors_of(f"{user}<p>Posts, Road Research, Events</p>") == ("millmaus",)


SITE_LINKED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "author": '
    '{"@type": "Organization", "name": "Lam Hill Post"}}</script>'
)


@pytest.mark.parametrize(
    ("name", "label", "authors"),
    [
        ("lamhillwalks", "Written by", ("lamhillwalks",)),
        ("lamhillwalks", "Escrito por", ("lamhillwalks",)),
        ("lamhillwalks", "Time to read", ()),
        ("admin", "Written by", ()),
        ("Lam Hill Post", "Written by", ()),
    ],
)
def test_the_card_for_sharing_names_a_user_who_is_not_printed(name, label, authors):
    assert authors_of("", head=card(name, label)) == authors


def test_a_user_who_is_only_stated_must_be_printed():
    head = '<meta name="author" content="lamhillweb">'
    assert authors_of("", head=head) == ()
    assert authors_of("<p>lamhillweb</p>", head=head) == ("lamhillweb",)


def test_a_user_of_another_story_is_none():
    other = "<p class=author>riverdog</p>"
    page = f"<h1>The town builds a road</h1><div>{STORY}</div><h3>More stories</h3>{other}"
    assert extract_document(Page(content=page.encode())).authors == ()


def test_who_submitted_a_page_may_stand_under_the_story():
    below = "<div class=submitted>Submitted by rivermouse on Fri, 05/03/2024 - 10:00</div>"
    page = f"<h1>The town builds a road</h1><div>{STORY}</div>{below}"
    assert extract_document(Page(content=page.encode())).authors == ("rivermouse",)


@pytest.mark.parametrize(
    ("kind", "authors"), [("http://schema.org/Article", ("Ana Ruiz",)), ("http://x/Page", ())]
)
def test_the_foot_of_an_article_has_its_byline(kind, authors):
    """Date, section and author in one line there: only the element tells which is which."""
    foot = (
        "<div class=footer><p><span>3 May 2024</span> <span>Town Hall</span> "
        "<span class=news-list-author>By Ana Ruiz</span></p></div>"
    )
    page = f"<div itemscope itemtype='{kind}'><h3>The town builds a road</h3>{foot}{STORY}</div>"
    assert extract_document(Page(content=page.encode())).authors == authors


@pytest.mark.parametrize("user", ["btv", "Quản trị viên", "SuperUser Account", "quantri"])
def test_what_systems_call_those_who_file_pages_is_nobody(user):
    assert (
        extract_document(Page(content=page_of({"@type": "Person", "name": user}).encode())).authors
        == ()
    )


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("<h4><a>Jo Lind</a>, <a>Ana Ruiz</a></h4>", ("Jo Lind", "Ana Ruiz")),
        ("<p>By Jo Lind and Ana Ruiz | 3 May 2024</p>", ("Jo Lind", "Ana Ruiz")),
        ("<p>By Jo Lind</p><p>Photos: Ana Ruiz</p>", ("Jo Lind",)),
        ("<p>By Jo Lind</p>", ("Jo Lind",)),
    ],
)
def test_who_contributed_is_an_author_where_the_byline_says_so(byline, authors):
    """Some systems state the first author alone as such."""
    other = {"@type": "Person", "name": "Ana Ruiz"}
    author = {"@type": "Person", "name": "Jo Lind"}
    stated = json.dumps({"@type": "Article", "author": author, "contributor": [other, "x"]})
    page = (
        f'<script type="application/ld+json">{stated}</script>'
        f"<h1>The town builds a road</h1>{byline}<div>{STORY}</div>"
    )
    assert extract_document(Page(content=page.encode())).authors == authors
