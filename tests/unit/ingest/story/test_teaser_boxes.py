"""Boxes of teasers below a story, which may be the shorter."""

from __future__ import annotations

import pytest

from civicsearch.document import Page
from civicsearch.ingest.blocks import Block, Kind
from civicsearch.ingest.extractor import extract_document
from civicsearch.ingest.story.teaser_boxes import is_teaser_box

SENTENCE = "The council of Marrow Bay met on the quay and spoke about the price of water. "
STORY = Block(kind=Kind.PARAGRAPH, text=(SENTENCE * 2).strip(), names="story")
HEADING = Block(kind=Kind.HEADING, text="Related", level=2)
TITLE = "The mill of Upper Lorn is open again"
LINK = Block(kind=Kind.HEADING, text=TITLE, level=3, link_chars=len(TITLE))
TEASER = Block(kind=Kind.PARAGRAPH, text=SENTENCE * 3, names="card")
DAY = Block(kind=Kind.PARAGRAPH, text="3 May 2024", names="card")
OUTSIDE = Block(kind=Kind.PARAGRAPH, text=SENTENCE, names="foot", side=1)


@pytest.mark.parametrize(
    ("below", "is_box"),
    [
        ([LINK, TEASER, LINK, TEASER, DAY], True),
        ([LINK, DAY, TEASER, LINK, DAY, TEASER, OUTSIDE, STORY], True),
        ([LINK, TEASER], False),
        ([LINK, LINK, STORY, STORY], False),
        ([LINK, LINK, TEASER], False),
        ([LINK, STORY, LINK, STORY], False),
        ([STORY, LINK, TEASER, LINK, TEASER], False),
        ([LINK, TEASER, LINK, *[TEASER] * 5], False),
        ([LINK, TEASER] * 60, False),
        ([], False),
    ],
)
def test_every_link_has_its_first_lines(below, is_box):
    assert is_teaser_box([STORY, HEADING, *below], 1) is is_box


def test_a_box_is_below_a_story():
    assert not is_teaser_box([HEADING, LINK, TEASER, LINK, TEASER], 0)


@pytest.mark.parametrize("heading", ["Related", "Also read"])
def test_a_notice_is_shorter_than_the_box_below_it(heading):
    """Each of three teasers has as much text as the notice."""
    card = f"<div class=card><h3><a href='/n/1'>{TITLE}</a></h3><p>{SENTENCE * 2}</p></div>"
    cards = "".join(card.replace("mill", name) for name in ("mill", "bridge", "school"))
    page = (
        f"<article><h1>Water will cost less from May</h1><p>{SENTENCE * 2}</p>"
        f"<h2>{heading}</h2><div class=row>{cards}</div></article>"
    )
    document = extract_document(Page(content=page.encode()))
    assert document.text.strip() == (SENTENCE * 2).strip()
