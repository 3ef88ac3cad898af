"""Scores are what they say: multisets of words, whole titles, days, sets of names."""

import pytest

from bench.extraction.gate import as_measured
from bench.extraction.pages import SavedPage
from bench.extraction.run import Result, means_of
from bench.extraction.scores import compare, plain, token_scores
from bench.extraction.systems import Answer


def a_gold(**values):
    return {"page_type": "article", "id": "one", **values}


def test_words_count_as_often_as_they_stand():
    """A word that is found twice where it stands once is half wrong."""
    scores = token_scores("village village", "village road", "")
    assert scores["precision"] == pytest.approx(0.5)
    assert scores["recall"] == pytest.approx(0.5)


def test_a_caption_in_the_text_costs_nothing():
    """Words of captions are neither asked for nor held against an extractor."""
    assert token_scores("road mill", "road", "mill")["f1"] == pytest.approx(1.0)


def test_kinds_of_quotes_and_dashes_do_not_part_titles():
    """Typography is the site's; a word more is another title."""
    assert plain("“Mill” – open") == plain("'mill' - open")
    gold = a_gold(title="Mill open")
    assert compare(gold, Answer(title="Mill open"))["title"] == pytest.approx(1.0)
    assert compare(gold, Answer(title="Mill open | Site"))["title"] == pytest.approx(0.0)


def test_authors_must_be_all_and_no_others():
    """The list is right as a whole, in any order."""
    gold = a_gold(author=["Ana Ruiz", "Jo Li"])
    assert compare(gold, Answer(authors=("Jo Li", "Ana Ruiz")))["authors"] == pytest.approx(1.0)
    assert compare(gold, Answer(authors=("Ana Ruiz",)))["authors"] == pytest.approx(0.0)


def test_a_list_page_is_right_if_refused():
    """And an article is lost if it is refused."""
    refused = Answer(refused="a list of articles")
    assert compare({"page_type": "listing"}, refused) == {"listing": 1.0}
    assert compare({"page_type": "listing"}, Answer(text="words")) == {"listing": 0.0}
    assert compare(a_gold(), refused)["kept"] == pytest.approx(0.0)


def test_means_are_by_set_and_over_all(tmp_path):
    """Of each metric only the pages that have gold for it count."""
    results = [
        Result(
            page=SavedPage(name=kind, kind=kind, url=None, gold=a_gold(), file=tmp_path / "no"),
            answer=Answer(),
            scores=scores,
        )
        for kind, scores in (("vi", {"title": 1.0}), ("de", {"title": 0.0, "date": 1.0}))
    ]
    means = means_of(results)
    assert means["all"] == {"title": (0.5, 2), "date": (1.0, 1)}
    assert means["vi"] == {"title": (1.0, 1)}
    assert as_measured("tune", results).scores["de date"] == pytest.approx(1.0)


def test_what_a_reader_does_not_see_parts_neither_words_nor_titles():
    """Soft hyphens and marks without width are in some of the gold, and in some answers."""
    assert plain("Town\u00adhall \u2060roof") == "townhall roof"
    assert token_scores("townhall roof", "Town\u00adhall roof\u200b", "")["f1"] == pytest.approx(
        1.0
    )
