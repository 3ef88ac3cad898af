"""Who the author is, told below the story."""

from __future__ import annotations

from civicsearch.ingest.blocks import Block, Kind, Zone
from civicsearch.ingest.story.zones import label_blocks

PROSE = "The council of Lam Hill met on the quay and spoke about the price of water, part {}."


def paragraph(text, **values):
    return Block(kind=values.pop("kind", Kind.PARAGRAPH), text=text, **values)


def rules(*below):
    story = [paragraph(PROSE.format(number)) for number in range(5)]
    blocks = [paragraph("The price of water"), paragraph("By Jo Lind"), *story, *below]
    found = label_blocks(blocks, headline="The price of water")
    return [one.rule for one in found.decisions[-2:] if one.zone is Zone.BOILERPLATE]


def test_the_name_of_the_byline_and_who_that_is_are_no_story():
    told = paragraph("Jo Lind has written about the town for ten years.")
    assert rules(paragraph("Jo Lind", kind=Kind.HEADING), told) == ["about the author"] * 2


def test_others_may_be_the_story():
    """Of each candidate a paragraph begins with the name that is its heading."""
    told = paragraph("Ann Reed has sat in the council for ten years, and stands again.")
    assert rules(paragraph("Ann Reed", kind=Kind.HEADING), told) == []


def told_at_end(text, byline="By Jo Lind"):
    story = [paragraph(PROSE.format(number)) for number in range(5)]
    blocks = [paragraph("The price of water"), paragraph(byline), *story, paragraph(text)]
    last = label_blocks(blocks, headline="The price of water").decisions[-1]
    return last.rule == "about the author"


def test_the_last_sentences_may_say_who_the_author_is_and_how_to_reach_that_person():
    assert told_at_end("Jo Lind is a staff writer for the Lam Post. Call her at 555-0110.")
    assert told_at_end("Reach Jo Lind at 555-0110.", byline="By JO LIND")
    assert told_at_end("Jo Lind covers schools and roads.")


def test_the_last_sentences_may_be_of_others():
    assert not told_at_end("Ann Reed is an editor of the books that are sold on the quay.")
    assert not told_at_end("Reach Ann Reed at 555-0110 to sign up for the visit of the mill.")
    assert not told_at_end("Jo Lind is the first woman who has crossed the river in winter.")
