"""Newer articles count more, where that is asked for, with every engine."""

import datetime as dt

import pytest

from civicsearch import Archive, Document
from civicsearch.ranking.recency import FLOOR, recency

DAYS = {"new": "2024-06-30", "year": "2023-07-01", "old": "2004-01-01", "undated": None}


@pytest.fixture
def archive(engine, fill):
    fill(
        *(
            Document(
                document_id=name,
                title="Cầu treo" if name == "old" else "Tin",
                body="Cầu treo mới ở bản.",
                published=day and dt.date.fromisoformat(day),
            )
            for name, day in DAYS.items()
        ),
        *(Document(document_id=f"other-{n}", title="Tin vặt") for n in range(200)),
    )
    return Archive(engine)


def scores(archive, **options):
    return {hit.document_id: hit.score for hit in archive.search("cầu treo", **options).hits}


def test_older_articles_keep_a_share_of_their_scores(archive):
    """By their age from the newest in the archive; without a date, the floor."""
    plain, recent = scores(archive), scores(archive, sort="recent")
    shares = {name: recent[name] / plain[name] for name in plain}
    expected = {"new": 1.0, "year": 0.75, "old": FLOOR, "undated": FLOOR}
    assert shares == pytest.approx(expected, rel=1e-5)
    assert next(iter(plain)) == "old"
    assert next(iter(recent)) == "new"


def test_the_explanation_says_so(archive):
    """And its parts add up."""
    hit = next(h for h in archive.search("cầu treo", sort="recent").hits if h.document_id == "year")
    explanation = hit.explain()
    assert explanation.value == pytest.approx(hit.score, rel=1e-5)
    assert sum(part.value for part in explanation.parts) == pytest.approx(explanation.value)
    assert "times 0.750 for its age" in explanation.description


def test_pages_go_on_by_the_same_day(archive, fill):
    """Though a newer article has come meanwhile."""
    whole = archive.search("cầu treo", sort="recent").hits
    first = archive.search("cầu treo", sort="recent", limit=1)
    fill(Document(document_id="late", title="Tin khác", published=dt.date(2030, 1, 1)))
    rest = archive.search("cầu treo", sort="recent", cursor=first.cursor).hits
    assert [hit.document_id for hit in rest] == [hit.document_id for hit in whole[1:]]
    ages = [part.explain().description for part in rest]
    assert ["0.750" in text for text in ages] == [hit.document_id == "year" for hit in rest]


def test_an_archive_without_dates_is_ranked_alike(engine, fill):
    """There is no age."""
    fill(Document(document_id="one", title="Cầu treo"), Document(document_id="two", title="Cầu"))
    found = Archive(engine).search("cầu", sort="recent")
    assert [hit.document_id for hit in found.hits] == ["two", "one"]


def test_the_share_falls_with_age():
    """From all to the floor, half of the rest with each year."""
    assert [recency(age) for age in (0.0, 365.0, 730.0)] == [1.0, 0.75, 0.625]
    assert recency(1e6) == FLOOR
