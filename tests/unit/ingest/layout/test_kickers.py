"""A headline, or its kicker and the headline in one line."""

from __future__ import annotations

import pytest

from civicsearch.ingest.layout.kickers import of_two_parts
from civicsearch.ingest.layout.visible_title import VisibleTitle, settle_title

HEADLINE = "Gold for the Lam eight"


@pytest.mark.parametrize("parting", [": ", " – ", " - "])
def test_a_kicker_in_the_heading_goes_where_the_headline_is_stated_without(parting):
    """What is meant for sharing leaves the kicker out, and so does the title."""
    text = f"Rowing on Lake Orn{parting}{HEADLINE}"
    assert of_two_parts(text, [HEADLINE, text], sure="", agreed="") == HEADLINE


def test_a_kicker_without_a_sign_is_told_by_json_ld():
    """JSON-LD has both with a colon; without it the words before may belong to the headline."""
    text = f"Rowing {HEADLINE}"
    assert of_two_parts(text, [HEADLINE], sure=f"Rowing: {HEADLINE}", agreed="") == HEADLINE
    assert of_two_parts(text, [HEADLINE, text], sure="", agreed="") == ""


def test_a_kicker_that_every_title_has_stays():
    text = f"Rowing: {HEADLINE}"
    assert of_two_parts(text, [text], sure=text, agreed="") == ""


def test_a_line_that_nothing_states_gives_way_to_what_three_agree_on():
    """The parts of the heading ran together; `<title>`, og:title and a hidden heading differ."""
    agreed = "Lam rowers win gold on Lake Orn"
    stated = [f"Rowing: {HEADLINE}", agreed]
    assert of_two_parts(f"Rowing {HEADLINE}", stated, sure="", agreed=agreed) == agreed
    assert of_two_parts(stated[0], stated, sure="", agreed=agreed) == ""


@pytest.mark.parametrize(("level", "title"), [(1, f"Rowing: {HEADLINE}"), (2, HEADLINE)])
def test_a_main_heading_means_both(level, title):
    """A site that sets a kicker in its main heading has it in its headline."""
    found = VisibleTitle(text=f"Rowing: {HEADLINE}", score=9.0, level=level)
    assert settle_title(found, (HEADLINE, found.text), sure=found.text) == title
