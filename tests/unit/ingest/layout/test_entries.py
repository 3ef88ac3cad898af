"""Lists of one to three entries, welcomes and contact forms, told from short notices."""

import pytest

from civicsearch.document import Page
from civicsearch.errors import ExtractionError
from civicsearch.ingest.extractor import Accept, extract_with_report
from civicsearch.ingest.layout.entries import greets
from civicsearch.ingest.layout.page_kind import PageKind
from civicsearch.ingest.layout.page_titles import is_contact_title

INTRO = "All that the council of Marrow Bay decides about the ferry and its two landing stages."
TEASER = "The ferry of Marrow Bay stays at its quay until the ice on the upper river has gone."
HEADLINE = "The ferry rests until the ice has gone"
DAY = "<p class='day'>14 March 2024</p>"
LINKED = f"<div class='card'><h3><a href='/n/1'>{HEADLINE}</a></h3>{DAY}<p>{TEASER}</p></div>"
DATED_FIRST = f"<div class='card'>{DAY}<h3><a href='/n/1'>{HEADLINE}</a></h3><p>{TEASER}</p></div>"
WRAPPED = f"<a class='card' href='/n/1'><h3>{HEADLINE}</h3><p>{TEASER}</p><p>14 March 2024</p></a>"
LAID_OVER = (
    f"<div class='card'><a href='/n/1' aria-label='{HEADLINE}'></a>"
    f"<div><h3>{HEADLINE}</h3><p>{TEASER}</p><p>14 March 2024</p></div></div>"
)
LEADING_ON = (
    f"<article><h3>{HEADLINE}</h3><p>{TEASER}</p>{DAY}<a href='/n/1'>Read more</a></article>"
)
ROW = (
    "<table><tr><th>No</th><th>Title</th><th>Day</th></tr>"
    f"<tr><td>7</td><td><a href='/n/1'>{HEADLINE}</a></td><td>14 March 2024</td></tr></table>"
)
ENTRIES = [LINKED, DATED_FIRST, WRAPPED, LAID_OVER, LEADING_ON, ROW]


def kind_of(main, *, title, path="/living/ferry", head=""):
    page = f"""
        <html lang="en"><head><title>{title}</title>{head}</head><body>
        <header><a href="/">Marrow Bay</a></header><main>{main}</main></body></html>
    """
    address = f"https://marrowbay.example{path}"
    extraction = extract_with_report(
        Page(content=page.encode(), url=address), accept=Accept.ANY_PAGE
    )
    return extraction.verdict.kind


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_topic_above_a_few_entries_is_a_list(entry, count):
    """Its address says nothing; the introduction is no story."""
    entries = "".join(entry.replace("/n/1", f"/n/{number}") for number in range(count))
    main = f"<h1>Ferry</h1><p>{INTRO}</p>{entries}"
    assert kind_of(main, title="Ferry | Marrow Bay") is PageKind.LIST


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_name_of_the_site_above_a_few_entries_is_a_front_page(entry):
    main = f"<h1>Town of Marrow Bay</h1><p>{INTRO}</p>{entry}"
    assert kind_of(main, title="Town of Marrow Bay", path="/") is PageKind.FRONT


def test_a_section_within_a_topic_heads_its_entries():
    """No day is needed where a heading says that news follow."""
    main = f"<h1>Ferry</h1><p>{INTRO}</p><h2>News</h2><h3><a href='/n/1'>{HEADLINE}</a></h3>"
    assert kind_of(main, title="Ferry | Marrow Bay") is PageKind.LIST


def test_an_author_with_one_article_is_a_list():
    """The biography begins with the name that is the headline."""
    main = (
        "<h1>Ada Thornwell</h1><p>Ada Thornwell has written about the river since 2016.</p>"
        f"<p><a href='/n/1'>{HEADLINE}</a></p>"
    )
    assert kind_of(main, title="Ada Thornwell | Marrow Bay") is PageKind.LIST


def test_three_headlines_that_lead_elsewhere_are_a_list_without_a_heading():
    card = "<article><h2 class='t'><a href='/n/{0}'>{1}, {0}</a></h2>{2}<p>{3}</p></article>"
    main = "".join(card.format(number, HEADLINE, DAY, TEASER) for number in range(3))
    assert kind_of(main, title="Marrow Bay", path="/en/all/") is PageKind.LIST


def test_a_headline_that_leads_to_its_own_page_is_that_of_an_article():
    """Other headlines below the story are set and linked as its own is."""
    card = "<h2 class='t'><a href='/n/{0}'>{1}, {0}</a></h2><p>{2}</p>"
    main = card.format(1, HEADLINE, TEASER) + "".join(
        card.format(number, "The mill is open again", "") for number in (2, 3)
    )
    assert kind_of(main, title=f"{HEADLINE}, 1", path="/n/1") is PageKind.ARTICLE


@pytest.mark.parametrize(
    ("path", "target"), [("/n/1", "/n/1"), ("/view.do?no=7&lang=en", "view.do?no=7"), ("/n/1", "#")]
)
def test_a_headline_below_the_name_of_its_section_may_be_a_link_to_itself(path, target):
    main = f"<h1>News</h1><h2><a href='{target}'>{HEADLINE}</a></h2>{DAY}<p>{INTRO}</p>"
    assert kind_of(main, title=f"{HEADLINE} | Marrow Bay", path=path) is PageKind.ARTICLE


def test_another_number_in_the_query_is_another_page():
    main = f"<h1>News</h1><h2><a href='view.do?no=8'>{HEADLINE}</a></h2>{DAY}<p>{INTRO}</p>"
    assert kind_of(main, title="News | Marrow Bay", path="/view.do?no=7") is PageKind.LIST


@pytest.mark.parametrize(
    "main",
    [
        f"<h1>Ferry stopped</h1>{DAY}<p>{INTRO}</p>{LINKED}",
        f"<h1>Ferry stopped</h1><p>{INTRO}</p>{DAY}{LINKED}",
        f"<h1>Ferry stopped</h1><p>{INTRO}</p><h2>Related</h2>{LINKED}",
        f"<h1>Ferry stopped</h1><p>{INTRO}</p><p>Read also</p>{LINKED}",
        f"<h1>Ferry stopped</h1><p>{INTRO}</p><h3><a href='/n/1'>{HEADLINE}</a></h3>",
        f"<h1>The ferry is stopped by ice since Monday</h1><p>{INTRO}</p>{LINKED}",
        f"<h1>Ferry stopped</h1><p>{INTRO * 4}</p>{LINKED}",
        f"<h1>Ferry stopped</h1>{LINKED}<p>{INTRO * 4}</p>",
    ],
)
def test_a_short_notice_above_a_teaser_is_an_article(main):
    """It has a day of its own, a heading over the teaser, a headline, or a text."""
    assert kind_of(main, title="Ferry stopped | Marrow Bay") is PageKind.ARTICLE


def test_a_notice_that_states_its_day_is_an_article():
    head = "<meta property='article:published_time' content='2024-03-14T08:00:00Z'>"
    main = f"<h1>Ferry stopped</h1><p>{INTRO}</p>{LINKED}"
    assert kind_of(main, title="Ferry stopped", head=head) is PageKind.ARTICLE


@pytest.mark.parametrize(
    "welcome",
    [
        "Welcome to Marrow Bay",
        "Town of Marrow Bay: Welcome to our town",
        "Chào mừng đến với Lam Khê",
        "Herzlich willkommen in Birkenfurt",
        "Bienvenue à Valserine",
        "Bienvenidos a Valdesauce",
        "Witamy w Dolnej Woli",
        "Vítejte v Horní Lhotici",
        "Akçapınar'a hoş geldiniz",
    ],
)
def test_a_welcome_at_the_root_is_a_front_page(welcome):
    main = f"<h1>{welcome}</h1><p>{INTRO}</p><p>{TEASER}</p>"
    assert kind_of(main, title="Marrow Bay", path="/") is PageKind.FRONT
    assert kind_of(main, title="Marrow Bay", path="/n/7") is PageKind.ARTICLE


def test_a_welcome_with_a_day_is_news():
    main = f"<h1>Welcome to the new ferry</h1>{DAY}<p>{INTRO}</p>"
    assert kind_of(main, title="Marrow Bay", path="/") is PageKind.ARTICLE


def test_who_welcomes_somebody_is_in_the_news():
    assert not greets("Lam Khê chào mừng đoàn đại biểu")
    assert not greets("Mayor welcomes the ferry")


@pytest.mark.parametrize(
    "title", ["Contact", "Liên hệ", "Kontakt", "Nous contacter", "Contacto", "İletişim"]
)
def test_a_contact_form_is_no_article(title):
    """The site's name above it may be larger than the heading."""
    main = f"<h2>Marrow Bay</h2><h1>{title}</h1><p>{INTRO}</p><p>Quay 1, Marrow Bay</p>"
    assert kind_of(main, title=f"{title} - Marrow Bay") is PageKind.CONTACT


def test_a_contact_form_with_a_day_is_no_article():
    """Systems of public bodies state one for each page."""
    head = "<meta name='DCTERMS.issued' content='2024-03-14'>"
    main = f"<h1>Contact</h1><p>{INTRO}</p>"
    assert kind_of(main, title="Contact - Marrow Bay", head=head) is PageKind.CONTACT


def test_an_article_about_contacts_is_an_article():
    assert not is_contact_title("Contact with the ferry lost")
    main = f"<h1>Contact</h1><p>{INTRO * 4}</p>"
    assert kind_of(main, title="Contact | Marrow Bay") is PageKind.ARTICLE


def test_a_list_that_search_engines_are_to_leave_out_is_called_a_list():
    """Not an error, which it is without anything that leads on."""
    head = "<meta name='robots' content='noindex, follow'>"
    listed = f"<h1>Ferry and the two landing stages</h1><p>{INTRO}</p>{LINKED}"
    for main, kind in [(listed, PageKind.LIST), (f"<h1>Ferry</h1><p>{INTRO}</p>", PageKind.ERROR)]:
        assert kind_of(main, title="Marrow Bay", head=head) is kind


def test_the_reason_names_the_title_of_a_contact_form():
    page = f"<html><head><title>Kontakt</title></head><body><h1>Kontakt</h1><p>{INTRO}</p></body>"
    with pytest.raises(ExtractionError, match=r'a contact page .* called "Kontakt"'):
        extract_with_report(Page(content=page.encode(), url="https://marrowbay.example/kontakt"))
