"""What a page is, told by how text and links alternate."""

import pytest
from lxml import html

from civicsearch.document import Page
from civicsearch.errors import ExtractionError
from civicsearch.ingest.extractor import Accept, extract_document, extract_with_report
from civicsearch.ingest.layout.page_kind import PageKind, PageMarks, judge_page
from civicsearch.ingest.layout.region import find_region

SENTENCE = "The council of Marrow Bay met on the quay and spoke about the price of water. "
STORY = f"<h1>Water will cost less</h1><p>{SENTENCE * 6}</p><p>{SENTENCE * 5}</p>"
TEASER = (
    f"<h3><a href='/n/{{0}}'>The mill of Upper Lorn is open again, {{0}}</a></h3><p>{SENTENCE}</p>"
)


def teasers(count):
    return "".join(TEASER.format(number) for number in range(count))


def kind_of(body, **marks):
    region = find_region(html.document_fromstring(f"<body>{body}</body>"))
    return judge_page(region, PageMarks(**marks)).kind


def test_a_story_among_boxes_is_an_article():
    """Thirty linked headlines of other stories do not make a list of it."""
    assert kind_of(STORY + teasers(30)) is PageKind.ARTICLE


def test_a_short_notice_is_an_article():
    assert kind_of(f"<h1>Road closed</h1><p>{SENTENCE}</p>" + teasers(3)) is PageKind.ARTICLE


def test_many_headlines_with_little_between_them_are_a_list():
    assert kind_of("<h1>Business</h1>" + teasers(14)) is PageKind.LIST


def test_unlinked_headlines_that_lead_on_are_a_list():
    """Each teaser ends with a link of two words."""
    teaser = f"<h3>The mill is open again</h3><p>{SENTENCE}</p><a href='/n/1'>Read more »</a>"
    assert kind_of("<h1>News</h1>" + teaser * 14) is PageKind.LIST


@pytest.mark.parametrize(
    ("marks", "kind"),
    [
        ({"address": "https://marrowbay.example/"}, PageKind.FRONT),
        ({"address": "https://marrowbay.example/en/index.html"}, PageKind.FRONT),
        ({"address": "https://marrowbay.example/category/water/"}, PageKind.LIST),
        ({"body_names": "archive category category-7"}, PageKind.LIST),
        ({"is_collection": True}, PageKind.LIST),
        ({"address": "https://marrowbay.example/?s=water"}, PageKind.SEARCH),
        ({"address": "https://marrowbay.example/tim-kiem/nuoc"}, PageKind.SEARCH),
        ({}, PageKind.ARTICLE),
    ],
)
def test_a_few_headlines_are_a_list_where_the_page_says_so(marks, kind):
    assert kind_of("<h1>Water</h1>" + teasers(6), **marks) is kind


def test_marks_alone_do_not_refuse_a_story():
    """Some sites serve every article with the class or the address of their front page."""
    assert kind_of(STORY, body_names="home", address="https://marrowbay.example/") is (
        PageKind.ARTICLE
    )


def test_the_open_part_of_a_paid_article_is_an_article():
    """JSON-LD has the article; a list needs to show next to no text then."""
    page = f"<h1>Water will cost less</h1><p>{SENTENCE * 3}</p>" + teasers(20)
    assert kind_of(page) is PageKind.LIST
    assert kind_of(page, is_article=True) is PageKind.ARTICLE


def test_short_news_under_its_own_headline_is_an_article():
    """Half the prose is enough where a main heading is the page's title."""
    page = (
        f"<h1>Water will cost less in Marrow Bay from May on</h1><p>{SENTENCE * 5}</p>"
        + teasers(20)
    )
    assert kind_of(page) is PageKind.LIST
    assert kind_of(page, is_headed=True) is PageKind.ARTICLE
    title = "<title>Water will cost less in Marrow Bay from May on - Courier</title>"
    assert extract_document(Page(content=f"{title}{page}".encode(), url=None)).body


def test_a_list_under_a_long_name_is_a_list():
    """A teaser is shorter than short news."""
    page = f"<h1>Results of the office for water and roads</h1>{teasers(20)}"
    assert kind_of(page, is_headed=True) is PageKind.LIST


@pytest.mark.parametrize(
    "title",
    [
        "404 - Page not found",
        "Không tìm thấy trang",
        "Seite nicht gefunden",
        "Lỗi 500",
        "Siden blev ikke fundet",
        "Sidan finns inte - Lamby",
        "Halaman tidak ditemukan",
        "ページが見つかりません｜北山町",
        "页面不存在",
        "페이지를 찾을 수 없습니다",
        "الصفحة غير موجودة",
        "ไม่พบหน้าที่ต้องการ",
        "पृष्ठ नहीं मिला",
        "Log in",
    ],
)
def test_an_error_page_says_so(title):
    assert kind_of(f"<h1>{title}</h1><p>{SENTENCE}</p>", titles=(title,)) is PageKind.ERROR
    assert kind_of(STORY * 2, titles=(title,)) is PageKind.ARTICLE


def test_a_broken_query_is_no_search():
    """An address with a thousand keys ends in a verdict, too."""
    address = "https://marrowbay.example/a?" + "&".join(f"k{n}=1" for n in range(1000))
    assert kind_of(STORY, address=address) is PageKind.ARTICLE


def test_a_list_is_refused_unless_any_page_is_accepted():
    """The reason says what it is, and why."""
    page = Page(content=f"<h1>Business</h1>{teasers(14)}".encode(), url=None)
    with pytest.raises(ExtractionError, match=r"no article: a list page \(14 linked headlines"):
        extract_document(page)
    assert extract_document(page, accept=Accept.ANY_PAGE).body
    assert extract_with_report(page, accept=Accept.ANY_PAGE).verdict.kind is PageKind.LIST


def test_a_list_that_states_its_entries_as_articles_is_a_list():
    """The article in JSON-LD must have the page's own title."""
    entry = '{"@type": "NewsArticle", "headline": "The mill of Upper Lorn is open again, 1"}'
    script = f"<script type='application/ld+json'>[{entry}]</script>"
    head = f"<head><title>Business - Marrow Bay Courier</title>{script}</head>"
    body = f"<body><h1>Business</h1><p>{SENTENCE * 3}</p>{teasers(14)}</body>"
    with pytest.raises(ExtractionError, match="a list page"):
        extract_document(Page(content=f"<html>{head}{body}</html>".encode(), url=None))
    own = head.replace("Business -", "The mill of Upper Lorn is open again, 1 -")
    assert extract_document(Page(content=f"<html>{own}{body}</html>".encode(), url=None))


@pytest.mark.parametrize(
    "title",
    [
        *("Archives mai 2025", "Tag: water", "Suchergebnisse", "Search results for “mill”"),
        *("Jo Lind, Author at Marrow Bay Post", "Eva Berg, Autor w serwisie Lam"),
    ],
)
def test_a_few_headlines_under_the_title_of_a_list_are_one(title):
    """Its teasers may be whole paragraphs."""
    page = f"<h1>{title}</h1>" + TEASER.replace(SENTENCE, SENTENCE * 3).format(1) * 6
    assert kind_of(page, titles=(title, title)) in (PageKind.LIST, PageKind.SEARCH)
    assert kind_of(STORY * 2, titles=(title, title)) is PageKind.ARTICLE


@pytest.mark.parametrize(
    "title",
    ["Search for missing walker", "Archives open to all", "Tag der Brücke", "Cerca il tesoro"],
)
def test_a_title_that_begins_like_that_of_a_list_may_be_a_headline(title):
    assert kind_of(f"<h1>{title}</h1><p>{SENTENCE}</p>" + teasers(6), titles=(title,)) is (
        PageKind.ARTICLE
    )


@pytest.mark.parametrize("title", ["Tin tức - Sự kiện", "Aktuelles", "お知らせ", "新闻中心"])
def test_a_few_short_teasers_under_the_name_of_a_section_are_a_list(title):
    assert kind_of(f"<h1>{title}</h1>{teasers(6)}", titles=(title,)) is PageKind.LIST
    assert kind_of(f"<h1>{title}</h1>{STORY}{teasers(6)}", titles=(title,)) is PageKind.ARTICLE
    assert kind_of(teasers(4), titles=("", title)) is PageKind.ARTICLE


def test_headlines_without_blanks_between_words_are_headlines():
    teaser = "<h3><a href='/n'>ยกเลิกเส้นทางรถเมล์ไปบ้านตะวันออกเดือนกันยายน</a></h3><p>สภาเทศบาลมีมติ</p>"
    assert kind_of("<h1>ข่าวเมือง</h1>" + teaser * 14) is PageKind.LIST


NOTICE = "<p>The quay of Marrow Bay is closed on Monday for works on its wall.</p><p>Please use the mole.</p>"


def verdict_on(body):
    page = Page(content=f"<title>News - Marrow Bay</title><body>{body}</body>".encode(), url=None)
    return extract_with_report(page, accept=Accept.ANY_PAGE).verdict.kind


def test_a_notice_under_its_headline_and_date_is_an_article_however_many_others_follow():
    """Nothing names the boxes below as what they are."""
    others = "".join(
        f"<div><a href='/n/{n}'>The mill is open again, {n}</a></div>" for n in range(40)
    )
    opening = "<h3>Quay closed on Monday</h3><p>3 May 2024</p>"
    assert verdict_on(opening + NOTICE + others) is PageKind.ARTICLE
    assert verdict_on("<h3>Quay closed on Monday</h3>" + NOTICE + others) is PageKind.LIST
    assert verdict_on(opening + others + NOTICE) is PageKind.LIST


def test_the_first_of_many_teasers_is_no_notice():
    """It leads on to the whole text, or others are set like it."""
    teaser = f"<h3>Quay closed on Monday</h3><p>3 May 2024</p>{NOTICE}"
    more = "<p><a href='/n'>Read more</a></p>"
    assert verdict_on(teaser + more + teasers(14)) is PageKind.LIST
    assert verdict_on(teaser * 4 + teasers(14)) is PageKind.LIST


def test_links_with_a_date_beside_them_are_a_list_where_there_is_no_prose():
    """Beside a notice they are what else happened."""
    lines = "".join(
        f"<li><span>0{n % 9 + 1}.05.2024</span> <a href='/n/{n}'>The mill is open again, {n}</a></li>"
        for n in range(14)
    )
    assert kind_of(f"<h2>Marrow Bay</h2><ul>{lines}</ul>") is PageKind.LIST
    assert kind_of(f"<h1>Quay closed</h1><p>{SENTENCE * 2}</p><ul>{lines}</ul>") is PageKind.ARTICLE


@pytest.mark.parametrize(
    "title",
    [
        "Site en maintenance",
        "Trang web đang bảo trì",
        "Wartungsarbeiten | Marrow Bay",
        "Marrow Bay » Subscribe",
        "Η σελίδα δεν βρέθηκε",
        "Страница не найдена",
        "Eroare de server",
        "ログイン",
        "تسجيل الدخول",
        "We value your privacy",
        "Logga in - Lamby",
    ],
)
def test_what_stands_between_a_reader_and_a_page_is_no_article(title):
    """Log in, agree, pay, wait: in a few sentences, and by the whole title only."""
    assert kind_of(f"<h1>{title}</h1><p>{SENTENCE}</p>", titles=(title,)) is PageKind.ERROR
    assert kind_of(STORY * 2, titles=(title,)) is PageKind.ARTICLE
    story = f"{title} - what the council of Marrow Bay said"
    assert kind_of(STORY, titles=(story,)) is PageKind.ARTICLE


ROW = "<tr><td>0{0}.05.2024</td><td>The mill is open</td><td><a href='/d/{0}.pdf'>PDF (24 kB)</a></td></tr>"
DATED = "<li>0{0}.05.2024 <a href='/n/{0}'>The mill of Upper Lorn is open again</a></li>"
PERSON = "<div class=person><h3><a href='/p/{0}'>Anna Pell {0}</a></h3><p>Roads</p></div>"


@pytest.mark.parametrize("title", ["Notices", "Úřední deska", "Δελτία τύπου", "Объявления", "公告"])
@pytest.mark.parametrize("entry", [ROW, DATED, PERSON])
def test_entries_without_prose_under_the_name_of_a_section_are_a_list(title, entry):
    entries = "".join(entry.format(number) for number in range(1, 8))
    page = f"<h1>{title}</h1><table>{entries}</table><p>{SENTENCE}</p>"
    assert kind_of(page, titles=(title,)) is PageKind.LIST
    story = f"<h1>{title}</h1>{STORY}<table>{entries}</table>"
    assert kind_of(story, titles=(title,)) is PageKind.ARTICLE


def test_a_form_round_the_whole_page_hides_no_list():
    """Some servers set every page in one form; others name the body for what is beside it."""
    entries = "".join(DATED.format(number) for number in range(1, 8))
    page = f"<h1>Notices</h1><ul>{entries}</ul>"
    assert kind_of(f"<form id=aspnetForm>{page}</form>", titles=("Notices",)) is PageKind.LIST
    assert kind_of(f"<div class=sidebar>{page}</div>", titles=("Notices",)) is PageKind.LIST


def test_a_section_that_states_itself_as_an_article_is_a_list():
    """Its JSON-LD has the page's own title: the name of the section."""
    entry = '{"@type": "NewsArticle", "headline": "Notices"}'
    script = f"<script type='application/ld+json'>{entry}</script>"
    page = f"<title>Notices - Marrow Bay</title>{script}<h1>Notices</h1>{teasers(8)}"
    with pytest.raises(ExtractionError, match="a list page"):
        extract_document(Page(content=page.encode(), url=None))


def test_a_short_story_under_a_long_headline_is_kept_above_many_others():
    """Its date stands above it, or below its author."""
    headline, others = "<h2>Water will cost less in Marrow Bay</h2>", teasers(20)
    story = f"<p>{SENTENCE}</p>"
    assert verdict_on(f"<p>3 May 2024</p>{headline}{story}{others}") is PageKind.ARTICLE
    author = "<p>Anna Pell</p><p>Marrow Bay</p><p>3 May 2024</p>"
    assert verdict_on(f"{headline}{author}{story}{others}") is PageKind.ARTICLE
    assert verdict_on(f"{headline}{story}{others}") is PageKind.LIST


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://marrowbay.example/2025/05/", PageKind.LIST),
        ("https://marrowbay.example/autor/anna-pell", PageKind.LIST),
        ("https://marrowbay.example/tu-khoa/nuoc", PageKind.LIST),
        ("https://marrowbay.example/poisk?text=voda", PageKind.SEARCH),
        ("https://marrowbay.example/2025/05/water-will-cost-less", PageKind.ARTICLE),
    ],
)
def test_addresses_of_lists_are_known(address, kind):
    page = f"<h1>Water</h1><p>{SENTENCE * 4}</p>" + teasers(6)
    assert kind_of(page, address=address) is kind


@pytest.mark.parametrize(
    "title",
    ["Search results", "Wyniki wyszukiwania", "Rezultatele căutării", "Search: water", "Rechercher : eau",
     "Hledat: voda", "Пошук: вода", "検索結果", "搜索：水价", "بحث: المياه"],
)  # fmt: skip
def test_a_search_that_found_nothing_is_one(title):
    page = f"<h1>{title}</h1><p>{SENTENCE}</p>"
    assert kind_of(page, titles=(title,)) is PageKind.SEARCH
    assert kind_of(f"<p>{SENTENCE}</p>", titles=("", title)) is PageKind.ARTICLE


def test_a_few_links_and_not_one_sentence_are_a_list_below_a_name():
    """A site that calls itself one, however long its name is, names no article."""
    table = "<table>" + "".join(DATED.format(number) for number in range(1, 7)) + "</table>"
    page = f"<html><title>Marrow Bay</title><body>{{}}{table}</body></html>"
    for heading in ("<h1>Marrow Bay</h1>", "<h1>Cổng thông tin điện tử huyện Lam Khê</h1>"):
        with pytest.raises(ExtractionError, match="a list page"):
            extract_document(Page(content=page.format(heading).encode()))
    own = page.format(f"<h1>Who was in the mill of Upper Lorn in May</h1><p>{SENTENCE}</p>")
    assert extract_document(Page(content=own.encode())).title.startswith("Who was")


ONE = (
    f"<h2><a href='/n/mill.html'>The mill of Upper Lorn is open again</a></h2><p>{SENTENCE * 3}</p>"
)


def page_kind(body, *, title, url=None, body_names=""):
    """Return what a whole page is, told by its title and its address as well."""
    page = f"<title>{title}</title><body class='{body_names}'><a href=/>Marrow Bay</a>{body}</body>"
    found = extract_with_report(Page(content=page.encode(), url=url), accept=Accept.ANY_PAGE)
    return found.verdict.kind


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Marrow Bay – Category: Roads", "x"),
        ("Posts about mills | Marrow Bay", "x"),
        ("Einträge aus dem Jahr 2024 | Marrow Bay", "x"),
        ("Příspěvky v roce 2024 | Marrow Bay", "x"),
        ("12 posts tagged with mills | Marrow Bay", "x"),
        ("Archives: 2024/05 - Marrow Bay", "x"),
        ("Marrow Bay", "tag/mills.html"),
        ("Marrow Bay", "2024/index.html"),
        ("Marrow Bay", "index2.html"),
        ("Marrow Bay", "page2/"),
    ],
)
def test_the_only_post_with_a_tag_is_a_list_of_one(title, path):
    """Its headline leads to the post, and the page is not called so; a post's may lead to itself."""
    url = f"https://marrowbay.example/{path}"
    assert page_kind(ONE, title=title, url=url) is PageKind.LIST
    assert page_kind(f"<h1>mills</h1>{ONE}", title=title, url=url) is PageKind.LIST
    own = "The mill of Upper Lorn is open again - Marrow Bay"
    post = "https://marrowbay.example/n/mill.html"
    assert page_kind(ONE, title=own, url=post, body_names="home index") is PageKind.ARTICLE


def test_the_first_post_of_a_front_page_in_full_is_not_the_page():
    """However long it is: its headline leads to it, and the page has another title."""
    first = ONE.replace(SENTENCE, SENTENCE * 6)
    front = "https://marrowbay.example/"
    assert page_kind(first + ONE, title="Marrow Bay", url=front) is PageKind.FRONT
    named = "The mill of Upper Lorn is open again"
    assert page_kind(first + ONE, title=named, url=front) is PageKind.ARTICLE
    alone = f"<h2><a href='/'>Goodbye</a></h2><p>{SENTENCE * 9}</p>"
    assert page_kind(alone, title="Home", url=front) is PageKind.ARTICLE


def test_an_archive_of_a_month_may_state_itself_as_a_posting():
    entry = '{"@type": "BlogPosting", "headline": "Archives: 2024/05"}'
    page = f"<script type='application/ld+json'>{entry}</script>{ONE}"
    assert page_kind(page, title="Archives: 2024/05 - Marrow Bay") is PageKind.LIST


@pytest.mark.parametrize(
    "title", ["Tags", "Archiv", "All authors", "Timeline", "Štítky a kategorie", "Thẻ"]
)
def test_an_index_of_names_is_a_list(title):
    """Nothing is to be read on it but what it counts."""
    index = "<ul><li><a href='/t/mill/'>mill</a> 1<li><a href='/t/quay/'>quay</a> 4</ul>"
    page = f"<h1><a href=/>Marrow Bay Ledger</a></h1>{index}"
    assert page_kind(page, title=f"{title} | Marrow Bay") is PageKind.LIST
    assert page_kind(f"<h1>{title}</h1>{index}", title=f"Marrow Bay - {title}") is PageKind.LIST
    assert page_kind(f"<h1>{title}</h1>{STORY * 2}", title=title) is PageKind.ARTICLE


def test_an_error_is_told_by_its_address_or_a_heading_over_next_to_nothing():
    missing = "<p>What you looked for has been moved, or never was here at all.</p>"
    address = "https://marrowbay.example/404.html"
    assert page_kind(missing, title="Marrow Bay", url=address) is PageKind.ERROR
    assert page_kind(f"<h1>404 - Not found</h1>{missing}", title="Marrow Bay") is PageKind.ERROR
    named = f"<h2>404 - Not found</h2>{STORY}"
    assert page_kind(named, title="Water will cost less") is PageKind.ARTICLE


@pytest.mark.parametrize(
    "marks",
    [
        {"address": "https://marrowbay.example/tag/mill/"},
        {"address": "https://marrowbay.example/2024/06/"},
        {"body_names": "archive tag tag-mill"},
        {"body_names": "folder template-listing_view"},
        {"titles": ("Tag: mill",)},
    ],
)
def test_one_teaser_is_a_list_where_the_page_says_so(marks):
    """A tag that nobody used before has one story."""
    assert kind_of("<h1>Mill</h1>" + teasers(1), **marks) is PageKind.LIST
    assert kind_of("<h1>Mill</h1>" + teasers(1)) is PageKind.ARTICLE


def test_more_than_a_teaser_is_an_article_whatever_the_page_says():
    address = "https://marrowbay.example/topics/mill"
    assert kind_of(f"<h1>Mill</h1><p>{SENTENCE * 9}</p>" + teasers(1), address=address) is (
        PageKind.ARTICLE
    )
    short = f"<h1>Mill</h1><p>{SENTENCE * 2}</p>"
    assert page_kind(short, title="Mill | Marrow Bay", url=address) is PageKind.ARTICLE
    assert kind_of(short + teasers(1), address=address, is_headed=True) is PageKind.ARTICLE
    assert kind_of(short + teasers(1), address="https://marrowbay.example/") is PageKind.ARTICLE


def test_whole_stories_below_one_another_are_a_list_where_the_page_says_so():
    """Small papers print their last stories whole on the front page."""
    stories = "".join(
        f"<article class=post><h2><a href='/n/{n}'>The mill of Upper Lorn is open again, {n}</a>"
        f"</h2><p>{SENTENCE * 9}</p><p>{SENTENCE * 11}</p></article>"
        for n in range(6)
    )
    page = f"<h1>Marrow Bay Post</h1><p>{SENTENCE * 18}</p><div>{stories}</div>"
    assert kind_of(page, address="https://marrowbay.example/") is PageKind.FRONT
    comments = stories.replace("<h2><a", "<h2><b").replace("</a></h2>", "</b></h2>")
    page = f"<h1>Water will cost less</h1><p>{SENTENCE * 18}</p><div>{comments}</div>"
    assert kind_of(page, address="https://marrowbay.example/topics/water") is PageKind.ARTICLE


def test_a_page_that_search_engines_are_to_leave_out_needs_some_text():
    """Systems say so on what they make up themselves: empty pages, forms, lists of changes."""
    form = f"<h1>Mill</h1><p>{SENTENCE * 2}</p>"
    assert kind_of(form, is_unlisted=True) is PageKind.ERROR
    assert kind_of(form, is_unlisted=True, is_headed=True) is PageKind.ARTICLE
    assert kind_of(f"<h1>Mill</h1><p>{SENTENCE * 6}</p>", is_unlisted=True) is PageKind.ARTICLE


@pytest.mark.parametrize(("day", "is_refused"), [("", True), ("2024-05-03", False)])
def test_an_unlisted_page_with_a_day_is_news(day, is_refused):
    meta = f"<meta property='article:published_time' content='{day}'>" if day else ""
    page = Page(
        content=f"<meta name=Robots content='NOINDEX, follow'>{meta}<h1>Mill</h1>"
        f"<p>{SENTENCE * 2}</p>".encode()
    )
    if is_refused:
        with pytest.raises(ExtractionError, match="search engines are to leave out"):
            extract_document(page)
    else:
        assert extract_document(page).title == "Mill"


@pytest.mark.parametrize("heading", ["404", "Page not found", "Stránka nenalezena"])
def test_the_main_heading_of_an_error_page_says_so(heading):
    """Some systems have the site's name for the title of all such pages."""
    page = f"<h1>{heading}</h1><p>{SENTENCE}</p>" + teasers(2)
    assert kind_of(page, titles=("Marrow Bay Post",)) is PageKind.ERROR


def test_the_heading_of_a_box_is_no_error():
    page = f"<h1>Mill opens</h1><p>{SENTENCE}</p><h1>Log in</h1><h1>404</h1>"
    assert kind_of(page, titles=("Mill opens",)) is PageKind.ARTICLE


def test_a_page_that_does_not_seem_to_exist_is_none():
    title = "This page does not seem to exist…"
    assert kind_of(f"<h1>{title}</h1><p>{SENTENCE}</p>", titles=(title,)) is PageKind.ERROR


def test_a_welcome_above_a_few_links_makes_no_article_of_them():
    links = "".join(f"<li><a href='/n/{n}'>The mill is open again, {n}</a></li>" for n in range(6))
    assert kind_of(
        f"<h2>Marrow Bay Post</h2><p>Welcome to the pages of our town, and to all its news.</p>{links}"
    ) is (PageKind.LIST)


TAGGED = f"<article><h2><a href=/n/1>The mill of Upper Lorn is open again</a></h2>{STORY[29:]}"


@pytest.mark.parametrize("title", ['One post tagged with "mills"', "Mills"])
def test_a_whole_story_under_the_name_of_a_tag_is_a_list(title):
    """However much of the one post is printed: its headline leads to where it is."""
    address = "https://marrowbay.example/tags/mills/"
    body = f"<h1>{title}</h1>{TAGGED}</article>"
    assert len(SENTENCE * 11) > 800
    assert kind_of(body, address=address, titles=(title,), headline=0) is PageKind.LIST
    own = body.replace(f"<h1>{title}</h1>", "").replace("<a href=/n/1>", "").replace("</a>", "")
    assert kind_of(own, address=address, titles=(title,), headline=0) is PageKind.ARTICLE


def test_headlines_behind_a_day_without_its_year_are_those_of_a_list():
    rows = "".join(
        f"<li><p>{day} March - <a href=/n/{day}>Upper Lorn opens its mill</a></p><p>{SENTENCE}</p></li>"
        for day in range(11, 18)
    )
    body = f"<h1>The Marrow Bay Ledger</h1><p>News from the quay</p><ul>{rows}</ul>"
    titles = ("The Marrow Bay Ledger",)
    address = "https://marrowbay.example/"
    assert kind_of(body, address=address, titles=titles, headline=0) is PageKind.FRONT
    assert kind_of(STORY, address=address, titles=titles, headline=0) is PageKind.ARTICLE


def test_headlines_and_no_sentence_are_a_list_without_a_headline():
    rows = "".join(
        f"<div class=row><p>2024</p><a href=/n/{n}>Upper Lorn opens its old mill {n}</a></div>"
        for n in range(6)
    )
    body = f"{rows}<p>Harbour lights shine for those who come home late, and for us.</p>"
    assert kind_of(body) is PageKind.LIST
    assert kind_of(body + f"<p>{SENTENCE * 3}</p>") is PageKind.ARTICLE


def test_an_article_stated_under_the_name_of_the_site_is_none_of_a_list():
    """Plugins for sharing state each page as an article, lists by the name of the site."""
    data = '{"@type":"BlogPosting","headline":"Marrow Bay Ledger","publisher":{"name":"Marrow Bay Ledger"}}'
    rows = "".join(f"<p><a href=/n/{n}>Upper Lorn opens the mill {n}</a></p>" for n in range(2))
    page = (
        "<html><head><title>Archives: 2023/10 - Marrow Bay Ledger</title>"
        '<meta property="og:site_name" content="Marrow Bay Ledger">'
        f"<script type=application/ld+json>{data}</script></head>"
        f"<body><h3>October 2023</h3>{rows}</body></html>"
    )
    with pytest.raises(ExtractionError, match="list page"):
        extract_document(Page(content=page.encode()))


def test_headings_set_alike_with_a_day_each_are_a_front_page():
    """The link is laid over the whole card, without a word; on other pages they may be a report's days."""
    card = "<div><a href=/n/{0}></a><p>{0} May 2024</p><h2>Upper Lorn opens mill {0}</h2><p>{1}</p></div>"
    body = "".join(card.format(number, SENTENCE) for number in range(1, 7))
    front = "https://marrowbay.example/"
    assert kind_of(body, address=front, headline=1) is PageKind.FRONT
    assert kind_of(body, address=f"{front}mills", headline=1) is PageKind.ARTICLE
    undated = body.replace(" May 2024", "")
    assert kind_of(undated, address=front, headline=1) is PageKind.ARTICLE
