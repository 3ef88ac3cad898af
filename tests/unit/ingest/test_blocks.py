"""How the text of a piece is written."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from civicsearch.ingest.blocks import Block, Kind, collapse, reading_size


def test_collapse_makes_blanks_one_and_drops_invisible_characters():
    assert collapse(" An\u00a0Khê\u200b :\u00ad x\ufeff ") == "An Khê : x"


def test_collapse_composes_letters():
    assert collapse("a\u0302\u0301") == "\u1ea5"


@given(st.text())
def test_collapsed_text_is_clean_and_stays_so(text):
    """No control characters, no runs of blanks; a second pass changes nothing."""
    once = collapse(text)
    assert collapse(once) == once
    assert not any(unicodedata.category(character) == "Cc" for character in once)
    assert "  " not in once


def test_link_share_is_a_share():
    assert Block(kind=Kind.PARAGRAPH, text="abcd", link_chars=2).link_share == 0.5
    assert Block(kind=Kind.PARAGRAPH, text="ab", link_chars=9).link_share == 1.0


def test_an_ideograph_reads_as_three_letters():
    assert reading_size("市長") == 6
    assert reading_size("thị trưởng") == 10
