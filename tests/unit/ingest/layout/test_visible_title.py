"""Which line is the headline."""

from __future__ import annotations

import pytest
from lxml import html

from civicsearch.ingest.layout.region import find_region
from civicsearch.ingest.layout.visible_title import (
    VisibleTitle,
    _Judge,
    agreement,
    find_visible_title,
    settle_title,
)

STORY = (
    "<p>Hội đồng nhân dân xã đã bàn về con đường mới, về nước sạch và về trường học của thôn.</p>"
    * 6
)


def title_of(markup: str, **known) -> VisibleTitle:
    region = find_region(html.document_fromstring(markup))
    assert region is not None
    return find_visible_title(region, titles=known.pop("titles", ()), **known)


def test_the_line_above_the_date_wins_over_the_site_name():
    page = (
        f"<div>Trang thông tin xã</div><div>Dân góp đất mở đường</div><div>06/08/2020</div>{STORY}"
    )
    assert title_of(page, raw_title="Trang thông tin xã").text == "Dân góp đất mở đường"


MENU = "".join(f"<a href=/{n}><div>Mục {n}</div></a>" for n in range(5))


def test_a_main_heading_above_the_menu_is_the_name_of_the_site():
    """The title says the same; a longer heading with a date line follows."""
    name, headline = "Mairie de Lamville", "La passerelle sera réparée avant les crues"
    below = f"<h2>{headline}</h2><p>12/05/2025</p>{STORY}"
    assert title_of(f"<h1>{name}</h1>{MENU}{below}", titles=(name,)).text == headline
    assert title_of(f"<h1>{name}</h1>{below}", titles=(name,)).text == name
    undated = below.replace("12/05/2025", "Par la mairie")
    assert title_of(f"<h1>{name}</h1>{MENU}{undated}", titles=(name,)).text == name
    above = f"<p>12/05/2025</p><h2>{headline}</h2>{STORY}"
    assert title_of(f"<h1>{name}</h1>{MENU}{above}", titles=(name,)).text == headline


def test_a_heading_of_several_words_may_hold_a_day():
    """A day alone, or a label with one, is a date line however it is set."""
    heading = "Lịch công tác tuần từ ngày 12/5 đến 18/5/2025"
    assert title_of(f"<h1>{heading}</h1><p>11/05/2025</p>{STORY}").text == heading
    page = f"<h2>Dân góp đất mở đường</h2><h1>Ngày đăng: 18/05/2025</h1>{STORY}"
    assert title_of(page).text == "Dân góp đất mở đường"


def test_a_heading_that_the_head_repeats_wins():
    page = f"<h1>Báo Lam Khê</h1><h2>Dân góp đất mở đường</h2>{STORY}"
    assert title_of(page, titles=("Dân góp đất mở đường",)).text == "Dân góp đất mở đường"


def test_an_error_text_is_cut_off_and_reported():
    error = "The request was aborted: Could not create SSL/TLS secure channel."
    found = title_of(f"<div>{error} Dân góp đất mở đường</div><div>06/08/2020</div>{STORY}")
    assert found.text == "Dân góp đất mở đường"
    assert found.errors == (error,)


def test_the_way_to_the_page_is_no_headline():
    page = f"<div class=breadcrumb>Tin tức hoạt động của xã</div><div>Dân góp đất mở đường</div>{STORY}"
    assert title_of(page).text == "Dân góp đất mở đường"


@pytest.mark.parametrize(
    ("visible", "stated", "title"),
    [
        ("Dân góp đất", "Trang chủ xã Đồng Vọng huyện Lam", "Dân góp đất"),
        ("Đường mới Dân góp đất mở lối", "Dân góp đất mở lối", "Dân góp đất mở lối"),
        ("Dân góp đất mở lối", "Đường mới: Dân góp đất mở lối", "Đường mới: Dân góp đất mở lối"),
        ("Đường mới Dân góp đất", "Đường mới: Dân góp đất", "Đường mới: Dân góp đất"),
        ("", "Dân góp đất", "Dân góp đất"),
    ],
)
def test_visible_and_stated_titles_are_settled(visible, stated, title):
    assert settle_title(VisibleTitle(text=visible, score=9.0, level=1), (stated,)) == title


def test_a_doubtful_line_gives_way():
    doubtful = VisibleTitle(text="Chào mừng bạn", score=1.5)
    assert settle_title(doubtful, ("Dân góp đất mở lối",)) == "Dân góp đất mở lối"


def test_agreement_ignores_case_and_accents():
    assert agreement("DÂN GÓP ĐẤT", "dan gop dat") == 1.0
    assert agreement("", "x") == 0.0


@pytest.mark.parametrize(
    ("visible", "stated", "title"),
    [
        ("Về lại xóm Phước", "Chuyện làng: Về lại xóm Phước", "Về lại xóm Phước"),
        ("Headline: Dân góp đất mở lối", "Dân góp đất mở lối", "Dân góp đất mở lối"),
        ("Dân góp đất", "Tin tức hợp tác", "Dân góp đất"),
        ("", "Tin tức hợp tác", "Tin tức hợp tác"),
    ],
)
def test_names_of_sites_and_sections_are_no_part_of_a_title(visible, stated, title):
    found = VisibleTitle(text=visible, score=4.0)
    assert settle_title(found, (stated,), site_names=("Chuyện làng",)) == title


def test_a_line_above_its_date_is_not_doubtful():
    dated = VisibleTitle(text="Kết luận phiên họp", score=1.5, dated=True)
    assert settle_title(dated, ("Ủy ban nhân dân xã Phú",)) == "Kết luận phiên họp"


def test_a_line_that_goes_on_is_no_headline():
    page = f"<h1>Dân góp đất mở đường</h1><h1>… và xã góp xi măng</h1>{STORY}"
    assert title_of(page).text == "Dân góp đất mở đường"


def test_a_line_that_goes_on_after_its_kicker_is_read_without_the_colon():
    """The kicker stands in a block of its own within the heading."""
    assert settle_title(VisibleTitle(text=": New roof for the hall", score=9.0), ()) == (
        "New roof for the hall"
    )


def test_a_few_words_that_the_title_ends_with_are_the_headline_at_their_date():
    headline = VisibleTitle(text="Police seek witnesses", line=3, score=12.0, level=1, dated=True)
    title = "The Council of Lam Hill | Police seek witnesses"
    assert settle_title(headline, (title,), raw_title=title) == headline.text


def test_a_few_words_that_the_title_ends_with_are_the_site():
    """A blog sets its name as the main heading, and the headline only in `<title>`."""
    visible = VisibleTitle(text="MootPages", score=7.0, level=1)
    title = settle_title(
        visible, ("What is a town moot?",), raw_title="What is a town moot? | MootPages"
    )
    assert title == "What is a town moot?"


@pytest.mark.parametrize(
    ("visible", "sure", "title"),
    [
        ("The hall has a roof", "New roof for the town hall", "New roof for the town hall"),
        ("Lam Hill: New roof for the hall", "New roof for the hall", None),
        ("New roof for the hall", "New roof for the hall | Town", None),
        ("The hall has a roof", "News of the town", None),
    ],
)
def test_what_is_surely_a_headline_wins(visible, sure, title):
    found = VisibleTitle(text=visible, score=9.0, level=1)
    assert settle_title(found, ("Old roof", sure), sure=sure) == (title or visible)


@pytest.mark.parametrize(
    ("visible", "dated", "title"),
    [
        ("Introduction", False, "How the water of Lam Hill is tested"),
        ("Introduction", True, "Introduction"),
        ("Water of Lam", False, "Water of Lam"),
        ("Four words are enough", False, "Four words are enough"),
    ],
)
def test_a_short_heading_that_shares_no_word_is_that_of_a_part(visible, dated, title):
    """Pages without a headline begin with the heading of their first part."""
    found = VisibleTitle(text=visible, score=5.0, level=1, dated=dated)
    assert settle_title(found, ("How the water of Lam Hill is tested",)) == title


def test_a_main_heading_below_the_first_prose_wins_where_it_is_stated():
    """The first prose of the page is the motto of its site, set as a main heading."""
    motto = "<h1>We have told the stories of the river and of its people since 1987, on every day of it.</h1>"
    menu = "".join(f"<li><a href=/{n}>Series {n}</a></li>" for n in range(20))
    page = f"<div>{motto}<ul>{menu}</ul><h1>The ferryman</h1>{STORY}</div>"
    assert title_of(page, titles=("The ferryman",)).text == "The ferryman"


def test_the_only_main_heading_is_the_headline_however_far_above():
    """Boxes and a table of contents stand between it and the first long paragraph."""
    boxes = "".join(f"<li>Part {number} of the guide</li>" for number in range(27))
    page = f"<h1>Well diggers</h1><ul>{boxes}</ul><div>{STORY}</div>"
    found = title_of(page, titles=("Which course is best for you this year?",))
    assert found.text == "Well diggers"


HEADING = "The price of water in Marrow Bay will rise"


@pytest.mark.parametrize(
    ("found", "raw_title", "expected"),
    [
        ({}, f"{HEADING} - Courier", True),
        ({"level": 2}, f"{HEADING} - Courier", False),
        ({}, "Courier", False),
        ({"text": "Water and roads"}, "Water and roads - Courier", False),
        ({"score": 4.5}, f"{HEADING} - Courier", False),
        ({"text": "水道料金が来年度から値上げへ"}, "水道料金が来年度から値上げへ", True),
    ],
)
def test_a_main_heading_that_is_the_title_of_its_page(found, raw_title, expected):
    """Sections have short names, sites have no score; ideographs count by what they say."""
    visible = VisibleTitle(**{"text": HEADING, "level": 1, "score": 11.0} | found)
    assert visible.is_heading_of(raw_title) is expected


@pytest.mark.parametrize(
    "page",
    [
        f"<h1>Báo Lam Khê</h1><h2>Dân góp đất mở đường</h2><p>06/08/2020</p>{STORY}",
        f"<div>Trang thông tin xã</div><div class=title>Dân góp đất</div>{STORY}<h1>Tin khác</h1>",
        f"{STORY}<h3>Xem thêm</h3><p>06/08/2020</p><h2 itemprop=headline>Dân góp đất mở đường</h2>",
        f"<ul>{'<li><a href=x>Dân góp đất mở đường</a></li>' * 40}</ul>{STORY}",
        f"<p>a</p>{STORY}",
    ],
)
@pytest.mark.parametrize("titles", [(), ("Dân góp đất mở đường",)])
def test_lines_that_are_not_read_have_no_higher_score(page, titles):
    """To pass over lines without a chance finds what reading all of them finds."""
    region = find_region(html.document_fromstring(page))
    judge = _Judge(region, titles=titles, site_name="", raw_title="Dân góp đất mở đường")
    indices = range(len(region.lines))
    assert judge.best_of(indices) == max((judge.score(index), -index) for index in indices)


def test_two_colons_part_the_name_of_a_site_and_are_no_kicker():
    headline = VisibleTitle(text="Dân góp đất mở đường", line=3, score=12.0, level=1)
    title = "Báo Lam Khê :: Dân góp đất mở đường"
    assert settle_title(headline, (title,), raw_title=title) == headline.text
    kicker = "Lam Khê: Dân góp đất mở đường"
    assert settle_title(headline, (kicker,), raw_title=kicker) == kicker


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("Lamtal Neue Brücke wird im Mai eröffnet", "Neue Brücke wird im Mai eröffnet"),
        ("The new bridge will open in May", "The new bridge will open in May"),
    ],
)
def test_a_kicker_of_one_word_in_the_heading_is_told_by_the_title(printed, title):
    headline = VisibleTitle(text=printed, line=3, score=12.0, level=1)
    stated = printed.split(" ", 1)[1]
    assert settle_title(headline, (stated,), raw_title=f"{stated} | Funk") == title
    assert settle_title(headline, (stated,), raw_title="Funk") == printed


def test_the_page_itself_may_stand_among_the_latest():
    """A list below the story repeats its headline; only there it is a link."""
    name = "Cổng thông tin điện tử xã Lam Khê"
    latest = "<div><a href='/1'>Dân góp đất mở đường</a></div>"
    page = f"<div>{name}</div><div class='tieu-de'>Dân góp đất mở đường</div><div>{STORY}</div>{latest}"
    assert title_of(page, titles=(name,)).text == "Dân góp đất mở đường"


@pytest.mark.parametrize("home", ["/", "https://lam.example/", "/index.php", "/vi"])
def test_a_main_heading_that_leads_home_is_the_name_of_the_site(home):
    name, headline = "Hội đồng nhân dân xã Lam Khê", "Dân góp đất mở đường"
    page = f"<h1><a href='{home}'>{name}</a></h1><h3>{headline}</h3>{STORY}"
    assert title_of(page, raw_title=f"{name}: {headline}").text == headline
    page = page.replace(f"'{home}'", "'/tin/dan-gop-dat'")
    assert title_of(page, raw_title=f"{name}: {headline}").text == name


def test_a_headline_below_its_date_is_not_doubtful():
    page = f"<p>12/05/2025</p><h2>Badesee offen</h2>{STORY}"
    assert title_of(page).dated


def test_a_headline_without_blanks_is_not_the_name_of_a_site():
    """It is a word or two, and longer than the name before it."""
    headline = VisibleTitle(text="北山町議会、新しい橋の建設を承認", line=3, score=12.0, level=1)
    title = "北山町 24 - 北山町議会、新しい橋の建設を承認"
    assert settle_title(headline, (title,), raw_title=title) == headline.text


SIGNS = (
    "<p>岚山市议会周二通过了修缮吊桥的方案，工程预计持续十二周，居民可以到政务服务大厅了解情况。</p>"
    * 4
)


def test_a_short_headline_in_signs_is_one_where_the_title_begins_with_it():
    """Three letters of Latin script say as much as one sign; a paragraph with `。` is no headline."""
    page = f"<div>吊桥修缮方案获得通过</div><div>2025年5月12日</div><div>{SIGNS}</div>"
    assert (
        title_of(page, raw_title="吊桥修缮方案获得通过_岚山新闻网").text == "吊桥修缮方案获得通过"
    )


def test_the_headline_of_a_teaser_is_not_that_of_the_page():
    """It is set like a headline, and the page's own like any other line."""
    teaser = (
        "<div class=c><h3><a href='/n/{0}'>Xã họp bàn giá nước {0}</a></h3><p>06/08/2020</p></div>"
    )
    teasers = "".join(teaser.format(n) for n in range(6))
    page = f"{teasers}<div>Dân góp đất mở đường</div>{STORY}"
    assert (
        "giá nước"
        not in find_visible_title(find_region(html.document_fromstring(page)), titles=()).text
    )


MASTHEAD = "<div><a href='/'>Lam Hill Courier</a> <span>News from the quay</span></div>"


def test_a_line_that_begins_with_a_link_home_is_no_headline():
    """However much the `<title>` speaks for it: the same on every page."""
    raw = "Lam Hill Courier | News from the quay"
    page = f"{MASTHEAD}<div>Farmers give land for a road</div><p>最近更新：2024-08-06</p>{STORY}"
    found = title_of(page, titles=(raw,), raw_title=raw)
    assert found.text == "Farmers give land for a road"
    plain = MASTHEAD.replace("href='/'", "href='/road'")
    assert title_of(page.replace(MASTHEAD, plain), titles=(raw,), raw_title=raw).text != found.text
