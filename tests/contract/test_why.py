"""Why a document is found, or is not, with every engine."""

import datetime as dt

import pytest

from civicsearch import Archive, Document, DocumentNotFoundError, QuerySyntaxError

STORIES = (
    Document(
        document_id="one",
        title="Dân vận khéo ở Phiêng Say",
        body="Tổ dân vận đi từng nhà. Người dân làm 1.700 mét đường.",
        published=dt.date(2020, 8, 6),
        source="Báo Lam Khê",
    ),
    Document(document_id="two", title="Dẫn vạn bò về bản", body="Dân bản vui. Họp về vận hội."),
    *(Document(document_id=f"x{n}", title=f"Tin {n}", body="Ai là gì ở đâu.") for n in range(9)),
)


@pytest.fixture
def archive(engine, fill):
    fill(*STORIES)
    return Archive(engine)


def clauses(clause):
    """Return all parts by their text."""
    found = {clause.text: clause}
    for part in clause.parts:
        found |= clauses(part)
    return found


def test_a_document_that_is_found(archive):
    """With rank and score, those of the search; each word with how often it is there."""
    found = archive.why("dân vận khéo", "one")
    (hit, *_) = archive.search("dân vận khéo").hits
    assert found.matches
    assert (found.rank, found.document_id) == (1, hit.document_id)
    assert found.score == pytest.approx(hit.score, rel=1e-5)
    assert clauses(found.clause)["dân"].detail == "3 times in title, body"
    assert clauses(found.clause)["khéo"].detail == "once in title"
    assert found.to_dict()["score_parts"]


@pytest.mark.parametrize(
    ("text", "document_id", "clause", "detail"),
    [
        ("dân vận khéo", "two", "khéo", "not in the text"),
        ("+vạn dân khéo", "one", "vạn", "the text has vận"),
        ("phiêng +sai", "one", "sai", "not in the text"),
        ("phieeng", "one", "phieeng", "the text has phiêng"),
        ('"vận dân"', "one", '"vận dân"', "its words are in the text, but not side by side"),
        (
            '"dân vận" NEAR/0 họp',
            "two",
            '"dân vận"',
            "its words are in the text, but not side by side",
        ),
        ('"dân khéo"', "two", '"dân khéo"', "the text lacks khéo"),
        (
            '"dân đường"~1',
            "one",
            '"dân đường"~1',
            "its words are in the text, but too far from each other",
        ),
        ("title:đường", "one", "title:đường", "not in title"),
        ("dân -vận", "one", "not vận", "must not be there, and is: twice in title, body"),
        ("zz*", "one", "zz*", "the text has no such word"),
        ("num:>1800", "one", "num:[1801 TO *]", "the text has no such number"),
        (
            "published:2021",
            "one",
            "published:[2021-01-01 TO 2021-12-31]",
            "published on 2020-08-06",
        ),
        (
            "published:2021",
            "two",
            "published:[2021-01-01 TO 2021-12-31]",
            "the article has no date",
        ),
        ("dân vận khéo", "two", "enough of these words", "2 of 3 found, 3 needed"),
        ("ai là gì ở khéo", "x1", "any of", ""),
        ("khéo OR họp", "x1", "any of", "0 of 2 found"),
    ],
)
def test_what_is_in_the_way(archive, text, document_id, clause, detail):
    """Each clause that does not hold says what is near."""
    if not detail:
        found = archive.why("dân vận khéo phiêng say", "x1")
        assert "20% needed" in found.clause.detail
        return
    found = archive.why(text, document_id)
    assert not found.matches
    assert (found.rank, found.score, found.explanation) == (None, None, None)
    assert clauses(found.clause)[clause].detail.replace("2 times", "twice") == detail
    assert not clauses(found.clause)[clause].holds


@pytest.mark.parametrize(
    ("filters", "text", "detail"),
    [
        ({"published_from": dt.date(2021, 1, 1)}, "from 2021-01-01", "published on 2020-08-06"),
        ({"published_to": dt.date(2019, 1, 1)}, "to 2019-01-01", "published on 2020-08-06"),
        ({"sources": ("Báo B",)}, "source Báo B", "published by Báo Lam Khê"),
    ],
)
def test_filters_are_named_that_it_does_not_pass(archive, filters, text, detail):
    """And only those."""
    found = archive.why("dân", "one", **filters)
    assert not found.matches
    assert found.clause.holds
    assert [(clause.text, clause.detail) for clause in found.filters] == [(text, detail)]
    passed = {"published_from": dt.date(2020, 1, 1), "sources": ("bao lam khe",)}
    assert archive.why("dân", "one", **passed).matches


def test_the_verdict_is_that_of_the_search(archive):
    """For every document and many queries."""
    for text in ("dan van", "dân OR họp", '"dân vận"', "tin -1", "ai là gì ở đâu dân", "d*", "*"):
        assert_same_verdict(archive, text)


@pytest.mark.parametrize("text", ["vạn dân khéo", "phiêng sai", "nosuchfield:dân", "tin zzz -1"])
def test_the_verdict_where_some_of_the_words_will_do(archive, text):
    """What a search shows with a notice, as nothing has enough of the words, is found."""
    assert "these have some of them" in archive.search(text).notices[-1]
    assert_same_verdict(archive, text)


def assert_same_verdict(archive, text):
    """Assert that all documents are found, or not, as the search has them."""
    hits = {hit.document_id: hit for hit in archive.search(text, limit=100).hits}
    for story in STORIES:
        found = archive.why(text, story.document_id)
        assert found.matches is found.clause.holds is (story.document_id in hits)
        if found.matches:
            assert found.rank == hits[story.document_id].rank
            assert found.score == pytest.approx(hits[story.document_id].score, rel=1e-5)


def test_what_cannot_be_is_refused(archive):
    with pytest.raises(DocumentNotFoundError):
        archive.why("dân", "gone")
    with pytest.raises(QuerySyntaxError):
        archive.why("!!!", "one")


def test_abbreviations_are_read_as_the_search_reads_them(engine, fill):
    fill(Document(document_id="one", body="Ủy ban nhân dân xã họp."))
    archive = Archive(engine)
    for expand in (True, False):
        assert archive.why("UBND", "one", expand=expand).matches is expand
        assert bool(archive.search("UBND", expand=expand).hits) is expand
