"""Teasers of other articles, told by the links on their top and their like mark-up."""

from __future__ import annotations

import pytest
from lxml import html

from civicsearch.document import Page
from civicsearch.ingest.extractor import Accept, extract_with_report
from civicsearch.ingest.layout.cards import find_cards
from civicsearch.ingest.layout.lines import page_lines
from civicsearch.ingest.layout.page_kind import PageKind
from civicsearch.ingest.layout.prose import line_score

SENTENCE = "The council of Marrow Bay met on the quay and spoke about the price of water. "
LINKED = "<h2><a href='/n/{0}'>The mill of Upper Lorn is open again</a></h2>"
PLAIN = "<h2>The mill of Upper Lorn is open again</h2>"


def cards(pattern, count=6):
    return "".join(pattern.format(number, text=SENTENCE * 4) for number in range(count))


def numbers_of(body, address=""):
    lines = page_lines(html.document_fromstring(f"<body>{body}</body>"))
    return list(find_cards(lines, [*map(line_score, lines)], address=address).numbers)


def verdict_on(body, title="Marrow Bay", url=None):
    page = Page(content=f"<title>{title}</title><body>{body}</body>".encode(), url=url)
    return extract_with_report(page, accept=Accept.ANY_PAGE).verdict.kind


CARDS = {
    "linked on top": "<article class='post post-{0}'>" + LINKED + "<p>{text}</p></article>",
    "of several paragraphs": "<li>" + LINKED + "<p>{text}</p><p>{text}</p><p>{text}</p></li>",
    "under a date": "<div class=d><h2>3 May 2024</h2>" + LINKED + "<p>{text}</p></div>",
    "leading on": "<div>" + PLAIN + "<p>{text}</p><a href='/n/{0}'>Read more »</a></div>",
    "leading on in Greek": "<div>"
    + PLAIN
    + "<p>{text}</p><a href='/{0}'>Διαβάστε περισσότερα</a></div>",
    "in one link": "<li><a href='/n/{0}'><h3>The mill of Upper Lorn is open</h3><p>{text}</p></a></li>",
    "in rows": "<div class=row><div class=col>" + LINKED + "<p>{text}</p></div></div>",
}


@pytest.mark.parametrize("pattern", CARDS.values(), ids=CARDS)
def test_each_card_is_one(pattern):
    numbers = numbers_of(f"<h1>News</h1><main>{cards(pattern)}</main><p>{SENTENCE}</p>")
    assert set(numbers) == set(range(7))
    assert numbers[0] == numbers[-1] == 0


@pytest.mark.parametrize("pattern", CARDS.values(), ids=CARDS)
def test_whole_articles_below_one_another_are_a_list(pattern):
    """However much each shows, none is the page's own."""
    assert verdict_on(f"<main>{cards(pattern, 8)}</main>") is PageKind.LIST


NO_CARDS = {
    "few": ("<article>" + LINKED + "<p>{text}</p></article>", 2),
    "entries of a live report": (
        "<div class=entry><h3>Noon</h3><p>{text}</p><p><a href='/n/{0}'>What was said about the quay</a></p></div>",
        8,
    ),
    "with a heading and an author": (
        "<div>" + PLAIN + "<p><a href='/a/{0}'>By the reporters of the Courier</a></p><p>{text}</p></div>",
        8,
    ),
    "posts of one discussion": (
        "<div class=post><a href='/t/7#p{0}'>Answer to the question of the quay</a><p>{text}</p></div>",
        8,
    ),
    "of other sites": (
        "<div><a href='https://shop.example/{0}'>A hat for the evening at the quay</a><p>{text}</p></div>",
        8,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("pattern", "count"), NO_CARDS.values(), ids=NO_CARDS)
def test_what_leads_nowhere_else_is_no_card(pattern, count):
    address = "https://marrowbay.example/t/8"
    assert not any(numbers_of(f"<h1>Quay</h1>{cards(pattern, count)}", address))


def test_a_headline_that_links_to_itself_is_no_card():
    story = f"<article><h2><a href='/n/7'>The quay is closed on Monday</a></h2><p>{SENTENCE}</p></article>"
    others = cards("<article>" + LINKED + "</article>", 5).replace("/n/", "/m/")
    numbers = numbers_of(story + others, "https://marrowbay.example/n/7")
    assert numbers[:2] == [0, 0]
    assert set(numbers[2:]) == {1, 2, 3, 4, 5}


def extracted(body, url="https://marrowbay.example/n/story"):
    page = Page(content=f"<title>Quay closed</title><body>{body}</body>".encode(), url=url)
    return extract_with_report(page).document


OWN = (
    "The quay is closed on Monday, because the wall is mended, said the harbour master of the bay. "
)
NOTICE = f"<h1>The quay of Marrow Bay is closed on Monday</h1><p>3 May 2024</p><div><p>{OWN * 2}</p></div>"


@pytest.mark.parametrize("name", ["linked on top", "of several paragraphs", "in rows"])
def test_a_notice_is_not_beaten_by_what_its_neighbours_say(name):
    """Thirty excerpts longer than the notice stand below it, in the same element."""
    page = f"<main>{NOTICE}<div>{cards(CARDS[name], 30)}</div></main>"
    assert extracted(page).body == (OWN * 2).strip()


def test_three_teasers_below_a_notice_are_enough():
    """Many a town hall prints no more; amid a story three links may stand between its parts."""
    imprint = (
        "<footer><p>The harbour office of Marrow Bay, 4 The Quay, open on weekdays.</p></footer>"
    )
    page = f"<main>{NOTICE}<div>{cards(CARDS['linked on top'], 3)}</div></main>"
    assert extracted(page + imprint).body == (OWN * 2).strip()
    assert max(numbers_of(page + imprint)) == 3
    comments = f"<section><h2>4 comments</h2><p>{OWN * 4}</p></section>"
    assert max(numbers_of(page + comments)) == 3
    assert not any(numbers_of(page + f"<p>{OWN * 4}</p>"))


def test_what_a_page_contains_is_no_teaser():
    """A course of a school lists its lessons, which have their addresses below its own."""
    lesson = (
        "<div><h3><a href='/learn/{0}'>Lesson about the wall</a></h3><p>What a wall is made of, and "
        "how it is mended by hand and with the tools of the school, in a day.</p></div>"
    )
    own = f"<h1>Learn to mend a wall</h1><div><p>{OWN * 4}</p></div>"
    page = f"<main>{own}<div>{cards(lesson, 8)}</div></main>"
    assert "made of" in extracted(page, "https://marrowbay.example/learn").body
    assert "made of" not in extracted(page).body


def decided(body):
    page = Page(content=f"<title>Quay closed</title><body>{body}</body>".encode(), url=None)
    return extract_with_report(page, accept=Accept.ANY_PAGE)


TEASER = "<div class=c><h3><a href='/n/{0}'>The mill of Upper Lorn is open</a></h3><p>" + SENTENCE
PARTS = [f"<p>{number}. {OWN * 3}</p>" for number in range(1, 9)]


def test_teasers_amid_a_story_are_dropped_with_their_rule():
    page = "".join(part + TEASER.format(n) + "</p></div>" for n, part in enumerate(PARTS))
    found = decided(f"<main>{NOTICE}{page}</main>")
    assert "Upper Lorn" not in found.document.body
    assert SENTENCE.strip() not in found.document.body
    assert all(f"{number}. The quay" in found.document.body for number in range(1, 9))
    assert {one.rule for one in found.decisions if not one.kept} == {"a teaser of another page"}


def test_what_is_set_like_cards_is_the_story_where_it_is_most_of_it():
    """Ten places to see, each with a link to its own page."""
    page = "".join(
        TEASER.format(n) + f"</p>{part}</div>" for n, part in enumerate(PARTS)
    )  # fmt: skip
    found = decided(
        f"<main><h1>Ten places to see in Marrow Bay and round it</h1><p>{OWN * 4}</p>{page}</main>"
    )
    assert "8. The quay" in found.document.body


def test_links_alone_are_no_elements_to_drop():
    """A story may hold a list of its sources."""
    links = "".join(
        f"<li><a href='/d/{n}'>Report {n} on the wall of the quay</a></li>" for n in range(6)
    )
    lines = page_lines(html.document_fromstring(f"<body><ul>{links}</ul></body>"))
    found = find_cards(lines, [*map(line_score, lines)])
    assert set(found.numbers) == set(range(1, 7))
    assert not found.elements
