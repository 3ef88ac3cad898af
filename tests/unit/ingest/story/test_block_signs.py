"""What single blocks tell of themselves."""

from __future__ import annotations

import pytest

from civicsearch.ingest.blocks import Block, Kind
from civicsearch.ingest.story.block_signs import points_elsewhere

LINK = "How the water of Lam Hill rose"


def pointer(before: str, link: str = LINK, after: str = "") -> Block:
    text = f"{before}{link}{after}"
    return Block(kind=Kind.PARAGRAPH, text=text, link_chars=len(link))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        *(("More: ", ""), ("Related", ""), ("(Also read: ", ")"), ("READ | ", "."), ("See: ", ".")),
        *(("Lea aquí: ", ""), ("Zobacz też ", ""), ("Xem ngay: ", ""), ("À lire » ", "")),
    ],
)
def test_a_label_and_its_link_point_elsewhere(before, after):
    assert points_elsewhere(pointer(before, after=after))


@pytest.mark.parametrize(
    "block",
    [
        pointer("Website: "),
        pointer("See ", link="how the water of Lam Hill rose in May", after="."),
        pointer("More: ", link="3 May"),
        pointer("Related: The council met in May about ", after=" and will meet again."),
        Block(kind=Kind.PARAGRAPH, text=f"More: {LINK}"),
    ],
)
def test_what_is_no_label_with_a_link_alone_does_not(block):
    assert not points_elsewhere(block)
