"""Which blocks are the lead."""

from __future__ import annotations

from civicsearch.ingest.blocks import Block, Kind
from civicsearch.ingest.story.leads import find_lead, said_again

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


def test_a_lead_is_said_once():
    """Also where the story sets it with other quotes, or the lead is cut off."""
    lead = "The town's council met on the quay and spoke of water"
    first = block("The town’s council met on the quay and spoke of water", names="post-body")
    assert said_again([block(lead), block("3 May"), first]) == (2, "the lead again")
    whole = block(f"{first.text}, and of the price that it will have from May on.")
    start = "the start of a paragraph"
    assert said_again([block(f"{lead} ..."), whole]) == (0, start)


def test_a_few_words_are_said_twice_on_purpose():
    assert said_again([block("On we go!"), block("On we go!")]) is None
