import datetime as dt

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicsearch.ingest.headline import without_last_part, without_site_name
from civicsearch.ingest.json_ld import read_linked_article
from civicsearch.ingest.marked_values import read_marked_values
from civicsearch.ingest.metadata import Metadata, read_metadata

URL = "https://www.lamkhe.example/tin/hop-dan-1.html"


def parse(head: str = "", body: str = "<p>x</p>", lang: str = ""):
    attribute = f' lang="{lang}"' if lang else ""
    return lxml.html.document_fromstring(
        f"<html{attribute}><head>{head}</head><body>{body}</body></html>"
    )


def read(head: str = "", body: str = "<p>x</p>", lang: str = "", url: str | None = URL) -> Metadata:
    return read_metadata(parse(head, body, lang), url=url)


def linked(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


ARTICLE = """
{"@context": "https://schema.org", "@graph": [
 {"@type": "WebSite", "@id": "#site", "name": "Báo Lam Khê", "url": "https://www.lamkhe.example/"},
 {"@type": "Person", "@id": "#p1", "name": "Trần Thị Bình"},
 {"@type": "BreadcrumbList", "itemListElement": [
   {"@type": "ListItem", "position": 1, "name": "Trang chủ"},
   {"@type": "ListItem", "position": 2, "item": {"@id": "/xa-hoi", "name": "Xã hội"}},
   {"@type": "ListItem", "position": 3, "name": "Họp dân bàn đường mới"}]},
 {"@type": ["NewsArticle"], "headline": "Họp dân bàn đường mới", "inLanguage": "vi-VN",
  "datePublished": "2024-05-03T08:15:00+07:00", "dateModified": "2024-05-04",
  "author": [{"@id": "#p1"}, {"@type": "Organization", "name": "Báo Lam Khê"}],
  "publisher": {"@id": "#site"}, "keywords": "đường, nông thôn mới",
  "mainEntityOfPage": {"@id": "https://www.lamkhe.example/tin/hop-dan-1.html"}}]}
"""


def test_json_ld_states_everything():
    found = read(linked(ARTICLE))
    assert found.title == "Họp dân bàn đường mới"
    assert found.site_name == "Báo Lam Khê"
    assert found.authors == ("Trần Thị Bình",)
    assert found.published.isoformat() == "2024-05-03T08:15:00+07:00"
    assert found.modified == dt.date(2024, 5, 4)
    assert found.section == "Xã hội"
    assert found.tags == ("đường", "nông thôn mới")
    assert found.language == "vi"
    assert found.canonical_url == URL


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "NewsArticle", "headline": "Họp dân", "datePublished": "2024-05-03",}',
        '<!-- {"@type": "NewsArticle", "headline": "Họp dân", "datePublished": "2024-05-03"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"Họp dân","datePublished":"2024-05-03"}//]]>',
        '{"@type": "NewsArticle", "headline": "Họp\n dân", "datePublished": "2024-05-03"};',
        '{"@type": "NewsArticle", "headline": "Họp dân", "datePublished": "2024-05-03"} {"a": 1}',
        '{"@type": "NewsArticle", "headline": "Họp dân", "datePublished": "2024-05-03", "body": "a "b" c"}',
        '[[{"@type": "NewsArticle", "headline": ["Họp dân"], "datePublished": "2024-05-03"}]]',
        '{"@type": "NewsArticle", "headline": "<b>Họp</b>&nbsp;dân", "datePublished": "2024-05-03"}',
    ],
)
def test_broken_json_ld_is_mended(text):
    found = read_linked_article(parse(linked(text)))
    assert (found.headline, found.published) == ("Họp dân", "2024-05-03")


def test_the_fullest_article_node_is_the_main_one():
    text = '[{"@type": "Article", "headline": "Khác"}, {"@type": "Article", "headline": "Đây", "datePublished": "2024-05-03"}]'
    assert read_linked_article(parse(linked(text))).headline == "Đây"


def test_a_site_is_no_article():
    found = read(linked('{"@type": "WebPage", "name": "Trang chủ"}') + "<title>Họp dân</title>")
    assert found.title == "Họp dân"


def test_open_graph_and_named_meta_are_read():
    found = read(
        '<meta property="og:title" content="Họp dân bàn đường mới | Báo Lam Khê">'
        '<meta property="og:site_name" content="Báo Lam Khê">'
        '<meta name="author" content="Trần Thị Bình">'
        '<meta name="pubdate" content="03/05/2024 08:15">'
        '<meta property="article:section" content="Xã hội">'
        '<meta property="article:tag" content="phòng, chống bão"><meta property="article:tag" content="đường">'
        '<meta property="og:locale" content="vi_VN"><meta name="description" content="Tóm tắt">'
        '<link rel="canonical" href="/tin/hop-dan-1.html?utm_source=x">'
    )
    assert found.title == "Họp dân bàn đường mới"
    assert found.authors == ("Trần Thị Bình",)
    assert found.published.isoformat() == "2024-05-03T08:15:00+07:00"
    assert found.tags == ("phòng, chống bão", "đường")
    assert (found.section, found.language, found.description) == ("Xã hội", "vi", "Tóm tắt")
    assert found.canonical_url == URL


def test_microdata_and_marked_elements_are_read():
    found = read(
        body='<nav class="breadcrumb"><a href="/">Domů</a> <a href="/doprava">Doprava</a></nav>'
        '<h1 itemprop="headline">Most bude zavřený</h1>'
        '<span itemprop="author" itemscope><span itemprop="name">Jana Malá</span></span>'
        '<time itemprop="datePublished" datetime="2024-05-03">3. 5.</time>'
        '<footer class="entry-footer"><a rel="tag" href="/t/most">most</a></footer>',
        lang="cs",
    )
    assert found.title == "Most bude zavřený"
    assert found.authors == ("Jana Malá",)
    assert found.published == dt.date(2024, 5, 3)
    assert (found.section, found.tags) == ("Doprava", ("most",))


def test_an_element_classed_as_byline_names_the_author():
    found = read(
        body='<div class="byline">Por Ana Ruiz y Luis Gil</div>'
        '<aside><p class="author">Eva Otra</p></aside>'
    )
    assert found.authors == ("Ana Ruiz", "Luis Gil")


def test_bylines_of_other_stories_are_left_out():
    found = read(
        body="<div><div><p class='author'>Ana Ruiz</p></div></div><hr>"
        "<section><div><div><p class='author'>Eva Otra</p></div></div></section>"
    )
    assert found.authors == ("Ana Ruiz",)


def test_fillers_are_no_dates():
    found = read(
        '<meta property="article:published_time" content="0001-01-01T00:00:00">'
        '<meta name="date" content="1970-01-01"><meta name="dc.date" content="2024-05-03">'
    )
    assert found.published == dt.date(2024, 5, 3)


def test_a_home_page_as_canonical_address_is_not_believed():
    assert read('<link rel="canonical" href="https://www.lamkhe.example/">').canonical_url == ""
    found = read('<link rel="canonical" href="/"><meta property="og:url" content="/tin/2.html">')
    assert found.canonical_url == "https://www.lamkhe.example/tin/2.html"


def test_english_gives_way_to_another_stated_language():
    assert read('<meta property="og:locale" content="vi_VN">', lang="en").language == "vi"
    assert read(lang="en", url="https://lamkhe.vn/tin/1").language == "vi"
    assert read("<title>Họp dân bàn đường mới</title>", lang="en").language == "vi"
    assert read(lang="en-GB").language == "en"
    assert read().language == ""


def test_the_shared_title_wins_where_only_a_kicker_differs():
    text = '{"@type": "NewsArticle", "headline": "Olympia: Gold für Lam", "datePublished": "2024-05-03"}'
    found = read(linked(text) + '<meta property="og:title" content="Gold für Lam">')
    assert found.titles == ("Gold für Lam", "Olympia: Gold für Lam")


def test_an_empty_page_states_nothing():
    assert read(url=None) == Metadata()


@pytest.mark.parametrize(
    ("title", "names", "headlines", "expected"),
    [
        ("Họp dân | Báo Lam Khê", ("Báo Lam Khê",), (), "Họp dân"),
        ("Báo Lam Khê - Họp dân", ("Báo Lam Khê",), (), "Họp dân"),
        ("Họp dân - Lam Khê", ("lamkhe",), (), "Họp dân"),
        ("Họp dân » Xã hội » Báo Lam Khê", ("Báo Lam Khê",), ("Họp dân kín",), "Họp dân » Xã hội"),
        (
            "Most bude zavřený celé léto do srpna: Horní Lípa",
            (),
            ("Most bude zavřený celé léto do srpna",),
            "Most bude zavřený celé léto do srpna",
        ),
        ("Giá nước 2021 - 2026: ai trả?", ("Lam Khê",), (), "Giá nước 2021 - 2026: ai trả?"),
        ("Lam Khê", ("Lam Khê",), (), "Lam Khê"),
        ("", ("Lam Khê",), (), ""),
    ],
)
def test_the_site_is_cut_from_the_title(title, names, headlines, expected):
    assert without_site_name(title, site_names=names, headlines=headlines) == expected


def test_a_short_last_part_is_cut_only_from_a_long_title():
    assert without_last_part("Xã họp dân bàn đường mới - Bộ Thủy lợi") == "Xã họp dân bàn đường mới"
    assert without_last_part("Giá nước - phần 2") == "Giá nước - phần 2"
    assert without_last_part("Họp dân") == "Họp dân"


def test_deeply_nested_marks_do_not_overrun():
    page = "<div class='breadcrumb tags author' itemprop='author' itemscope>" * 3000
    values = read_marked_values(lxml.html.document_fromstring(page + "x"))
    assert values.title == ""


@given(st.text(max_size=200))
def test_any_json_ld_is_survived(text):
    root = parse()
    script = lxml.html.Element("script", type="application/ld+json")
    script.text = "".join(sign for sign in text if sign.isprintable())
    root.append(script)
    assert isinstance(read_metadata(root), Metadata)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=10),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "@type",
                        "@id",
                        "author",
                        "name",
                        "headline",
                        "publisher",
                        "itemListElement",
                        "item",
                        "keywords",
                        "articleSection",
                        "mainEntityOfPage",
                        "inLanguage",
                        "datePublished",
                    ]
                ),
                inner | st.sampled_from(["Article", "BreadcrumbList", "WebSite", "Person", "#a"]),
                max_size=6,
            )
        ),
        max_leaves=20,
    )
)
def test_json_ld_of_any_shape_is_survived(value):
    import json

    root = parse()
    script = lxml.html.Element("script", type="application/ld+json")
    script.text = json.dumps(value)
    root.append(script)
    assert isinstance(read_metadata(root, url=URL), Metadata)
