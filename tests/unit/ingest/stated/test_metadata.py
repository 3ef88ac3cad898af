import datetime as dt

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicsearch.ingest.stated.headline import without_last_part, without_site_name
from civicsearch.ingest.stated.json_ld import read_linked_article
from civicsearch.ingest.stated.marked_values import read_marked_values
from civicsearch.ingest.stated.metadata import Metadata, read_metadata

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


def test_of_several_articles_the_one_in_the_title_is_the_pages():
    """Systems state the stories of their boxes as well, some before the page's own."""
    other = '{"@type": "NewsArticle", "headline": "Lịch cắt điện", "datePublished": "2024-06-01"}'
    own = '{"@type": "NewsArticle", "headline": "Họp dân bàn đường", "datePublished": "2024-05-03"}'
    title = "<title>Họp dân bàn đường | Báo Lam Khê</title>"
    assert read(title + linked(f"[{other},{own}]")).published == dt.date(2024, 5, 3)
    assert read(title + linked(other) + linked(own)).title == "Họp dân bàn đường"
    assert read(linked(f"[{other},{own}]")).published == dt.date(2024, 6, 1)


EVENT = '{"@type": "MusicEvent", "startDate": "2024-05-20T19:00", "endDate": "2024-05-21"}'


@pytest.mark.parametrize("body", ["<time datetime=2024-05-20>20/5</time>", "<p>x</p>"])
def test_the_days_of_an_event_are_not_that_of_publication(body):
    found = read(linked(EVENT), body)
    assert found.published is None
    assert found.event_days == {dt.date(2024, 5, 20), dt.date(2024, 5, 21)}


@pytest.mark.parametrize(
    "body",
    [
        "<p>Date of event: <time datetime=2024-05-20>20 May</time></p>",
        "<p><b>Termín konání</b><time datetime=2024-05-20>20. 5.</time></p>",
        "<dl><dt>Wann:</dt><dd><time datetime=2024-05-20>20.5.</time></dd></dl>",
    ],
)
def test_a_time_with_the_label_of_an_event_does_not_date_the_page(body):
    assert read(body=body).published is None


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
        ("Мост откроют летом | Ламские вести", ("Ламские вести",), (), "Мост откроют летом"),
        ("吊桥修缮方案_岚山新闻网", ("岚山新闻网",), (), "吊桥修缮方案"),
        ("岚山_修缮吊桥的方案", ("山城日报",), (), "岚山_修缮吊桥的方案"),
        ("", ("Lam Khê",), (), ""),
    ],
)
def test_the_site_is_cut_from_the_title(title, names, headlines, expected):
    assert without_site_name(title, site_names=names, headlines=headlines) == expected


def test_section_and_site_are_cut_from_a_title_in_signs():
    assert without_last_part("吊桥修缮方案获得通过_要闻_岚山新闻网") == "吊桥修缮方案获得通过"
    assert without_last_part("要闻_吊桥修缮方案获得通过") == "要闻_吊桥修缮方案获得通过"


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


def test_a_home_page_as_canonical_address_is_not_believed_without_the_pages_address():
    head = '<link rel="canonical" href="https://lamkhe.example/">'
    assert read(head, url=None).canonical_url == ""


@pytest.mark.parametrize(
    ("author", "site", "authors"),
    [
        ('{"@type": "Person", "name": "Ana Ruiz"}', "Ana Ruiz", ("Ana Ruiz",)),
        (
            '{"@id": "https://a.example/#/schema/person/1", "name": "Ana Ruiz"}',
            "Ana Ruiz",
            ("Ana Ruiz",),
        ),
        ('{"name": "Ana Ruiz"}', "Ana Ruiz", ()),
        ('{"@type": "Person", "name": "Lam Khê Mới"}', "Lam Khê Mới", ()),
    ],
)
def test_a_site_may_be_called_like_its_only_writer(author, site, authors):
    site_name = f'<meta property="og:site_name" content="{site}">'
    article = f'{{"@type": "Article", "headline": "A road", "author": {author}}}'
    found = read(site_name + linked(article))
    assert (found.authors, found.owner) == ((), authors)
    assert not found.authors_certain


def test_the_place_of_the_site_is_no_author():
    head = '<meta property="og:site_name" content="Cổng thông tin điện tử huyện Phú Lương">'
    assert read(head + '<meta name="author" content="Phú Lương">').authors == ()


def test_a_site_called_like_two_words_is_no_author():
    head = '<meta property="og:site_name" content="Human in the Loop">'
    assert read(head + '<meta name="author" content="Human in the Loop">').authors == ()


def test_catalogues_put_the_last_name_first():
    head = "".join(
        f'<meta name="citation_author" content="{name}">' for name in ("Ruiz, Ana", "Lind, Jo")
    )
    assert read(head).authors == ("Ana Ruiz", "Jo Lind")
    assert not read(head).authors_certain


def test_authors_in_microdata_of_other_stories_are_left_out():
    story = '<div itemscope><p itemprop="author">Ana Ruiz</p><p itemprop="author">Jo Lind</p></div>'
    other = '<div itemscope><p itemprop="author">Eva Berg</p></div>'
    assert read(body=story + other).authors == ("Ana Ruiz", "Jo Lind")
    plain = '<div><p itemprop="author">Ana Ruiz</p></div>'
    assert read(
        f"<main>{plain}</main><div><div>{plain.replace('Ana', 'Eva')}</div></div>"
    ).authors == ("Ana Ruiz",)


@pytest.mark.parametrize(
    ("times", "day"),
    [
        (["2024-05-03T08:00"], dt.date(2024, 5, 3)),
        (["2024-05-03", "2024-05-03"], dt.date(2024, 5, 3)),
        (["2024-05-03", "2024-05-04"], None),
        (["2024-06-01"], None),
    ],
)
def test_time_elements_are_believed_where_they_name_one_day(times, day):
    marks = "".join(f'<time datetime="{time}">then</time>' for time in times)
    page = '<meta property="article:modified_time" content="2024-06-01T10:00:00Z">' + marks
    published = read(page).published
    assert published == day


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Kronika: Otevřeli školku", "Otevřeli školku"),
        ("Kronika | Otevřeli školku", "Otevřeli školku"),
    ],
)
def test_a_kicker_stays_before_its_colon_and_falls_before_a_stroke(title, headline):
    whole = without_site_name(title, site_names=("Naše obec",), headlines=(headline,))
    assert whole == (title if ":" in title else headline)


def test_a_title_that_is_cut_three_times_is_left_so():
    title = "Otevřeli školku | Obec | Obec | Obec"
    assert without_site_name(title, site_names=("Obec",), headlines=()) == "Otevřeli školku"


def test_a_card_for_sharing_names_the_author():
    """Label and value stand in two tags; another label's value is no author."""
    page = read(
        '<meta name="twitter:label1" content="Reading time"><meta name="twitter:data1" content="Five Minutes">'
        '<meta name="twitter:label2" content="Verfasst von"><meta name="twitter:data2" content="Karla Holm">'
    )
    assert page.authors == ("Karla Holm",)


def test_a_date_of_something_is_not_certain_to_be_the_publication():
    """`date` may be when the file was made, `article:published_time` is not."""
    vague = read('<meta name="date" content="2024-05-03">')
    clear = read('<meta property="article:published_time" content="2024-05-03">')
    assert vague.published == clear.published
    assert (vague.published_certain, clear.published_certain) == (False, True)


def test_a_main_heading_that_ends_the_title_is_the_site():
    """`Headline | Blog` on a page whose main heading is the blog's name."""
    assert (
        without_site_name(
            "What is a town moot? | MootPages", site_names=(), headlines=("MootPages",)
        )
        == "What is a town moot? | MootPages"
    )


@pytest.mark.parametrize(
    ("url", "lang", "day"),
    [
        ("https://www.lamhill.gov.uk/news/1", "en", dt.date(2024, 5, 3)),
        ("https://lamhill.example/news/1", "en-AU", dt.date(2024, 5, 3)),
        ("https://lamhill.example/news/1", "en", dt.date(2024, 3, 5)),
        ("https://lamhill.example/news/1", "en-GB", dt.date(2024, 3, 5)),
    ],
)
def test_the_month_comes_first_in_america_alone(url, lang, day):
    """Page builders state `en-GB` wherever they are used: the host decides, or another region."""
    head = "<meta property='article:published_time' content='03/05/2024'>"
    assert read(head, lang=lang, url=url).published == day


def test_a_person_may_be_stated_in_two_names():
    author = '{"@type": "Person", "givenName": "Ana", "familyName": "Ruiz"}'
    assert read(linked(f'{{"@type": "Article", "author": {author}}}')).authors == ("Ana Ruiz",)
