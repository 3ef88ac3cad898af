"""Which blocks are the lead."""

from __future__ import annotations

from civicsearch.ingest.blocks import Block, Kind
from civicsearch.ingest.story.leads import find_lead, find_repeated

TEXT = "Xã đã dành cả năm để làm lại con kênh đi qua ba thôn, và chủ tịch xã kể vì sao."


def block(text: str = TEXT, **values) -> Block:
    return Block(kind=values.pop("kind", Kind.PARAGRAPH), text=text, **values)


def lead_of(*blocks: Block) -> list[int]:
    return find_lead(blocks, prose_chars=sum(len(one.text) for one in blocks))[0]


def test_a_name_or_bold_type_sets_a_lead_apart():
    assert lead_of(block(names="sapo"), block(), block()) == [0]
    assert lead_of(block(bold=True), block(), block()) == [0]
    assert lead_of(block(kind=Kind.HEADING, level=2), block(), block()) == [0]


def test_an_interview_has_a_lead_above_its_first_question():
    asked = block("Vì sao là con kênh?", bold=True)
    assert lead_of(block(bold=True), asked, block(), block()) == [0]


def test_bold_text_throughout_has_no_lead():
    assert lead_of(block(bold=True), block(bold=True), block(bold=True)) == []
    assert lead_of(block(), block(), block()) == []


SAID = "The town's council met on the quay and spoke of water"
STORY = [block(f"{TEXT} {number}") for number in range(3)]
SUMMARY = block(names="upper")
BYLINE = block("Lê An")
CUT = "the first lines again"


def repeated_in(*blocks: Block, skipped: int | None = None, is_lead: bool = False):
    places = [place for place in range(len(blocks)) if place != skipped]
    return find_repeated(blocks, places, is_lead=is_lead)


def test_a_lead_is_said_once():
    """Also where the story sets it with other quotes, or the lead is cut off."""
    first = block("The town’s council met on the quay and spoke of water", names="post-body")
    assert repeated_in(block(SAID), block("3 May"), first, is_lead=True) == (2, "the lead again")
    assert repeated_in(block(SAID), first, *STORY, is_lead=True) == (1, "the lead again")
    whole = block(f"{first.text}, and of the price that it will have from May on.")
    for start in (SAID, f"{SAID} ...", f"{SAID}, and of the pri…"):
        assert repeated_in(block(start), whole, is_lead=True) == (0, CUT)


def test_a_few_words_are_said_twice_on_purpose():
    assert repeated_in(block("On we go!"), block("On we go!"), is_lead=True)[0] is None


def test_a_summary_that_is_the_first_paragraph_leaves_one_of_them():
    blocks = [SUMMARY, BYLINE, block(names="prose")]
    assert repeated_in(*blocks, *STORY, skipped=1) == (2, "the lead again")
    assert repeated_in(*blocks, skipped=1) == (2, "the lead again")


def test_a_summary_that_is_cut_from_the_first_paragraph_is_no_lead():
    cut = block(TEXT[:70] + "…", names="upper")
    assert repeated_in(cut, block(names="prose"), *STORY) == (0, CUT)
    longer = block(f"{TEXT} Năm sau làm tiếp.", names="prose")
    assert repeated_in(SUMMARY, BYLINE, longer, *STORY, skipped=1) == (0, CUT)


def test_paragraphs_may_repeat_on_purpose():
    """Without a lead those that are set alike, follow each other, or differ."""
    alike = [block(names="prose"), BYLINE, block(names="prose"), *STORY]
    assert repeated_in(*alike, skipped=1)[0] is None
    assert repeated_in(SUMMARY, block(names="prose"), *STORY)[0] is None
    assert repeated_in(SUMMARY, STORY[0], block(names="prose"))[0] is None
    other = block(f"Năm nay: {TEXT}", names="prose")
    assert repeated_in(SUMMARY, BYLINE, other, *STORY, skipped=1)[0] is None
    assert repeated_in(SUMMARY)[0] is None
    assert repeated_in()[0] is None
