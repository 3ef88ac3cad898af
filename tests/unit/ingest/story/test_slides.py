"""Slides within a story."""

from __future__ import annotations

from civicsearch.ingest.blocks import Block, Kind
from civicsearch.ingest.story.slides import slides_of
from civicsearch.ingest.story.zones import label_blocks

PROSE = "The council met on the quay of Marrow Bay and spoke about the price of water. "


def paragraphs(*texts: str) -> list[Block]:
    return [Block(kind=Kind.PARAGRAPH, text=text) for text in texts]


def slides(count: int, *, of: int | None = None) -> list[Block]:
    pairs = (
        (f"{n}/{of or count} Boat {n}", f"{PROSE}This is slide {n}.") for n in range(1, count + 1)
    )
    return paragraphs(*(text for pair in pairs for text in pair))


def test_numbered_slides_are_captions():
    """A gallery of fifty pictures is longer than the story that it stands in."""
    before, after = paragraphs(PROSE * 2 + "First."), paragraphs(PROSE * 2 + "Last.")
    zones = label_blocks([*before, *slides(14), *after], headline="Boats")
    assert [block.text for block in zones.body] == [before[0].text, after[0].text]
    assert len(zones.captions) == 28


def test_the_last_slide_is_as_long_as_the_others():
    blocks = [*paragraphs("Before"), *slides(6, of=20), *paragraphs("After")]
    assert slides_of(blocks) == range(1, 13)


def test_a_few_numbers_in_order_are_no_slides():
    """A text may begin its paragraphs with shares, scores or dates."""
    assert not slides_of(slides(4, of=20))
    assert not slides_of(paragraphs(*(f"{day}/5 Market day" for day in range(1, 6))))
    assert not slides_of(paragraphs(*(f"{day}/5/2024" for day in range(1, 9))))
