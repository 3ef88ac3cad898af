"""Which articles are about the same thing as one, with every engine."""

import pytest

from civicsearch import Archive, Document, DocumentNotFoundError, InvalidOptionError, TotalHits

STORIES = (
    ("cau", "Cầu treo Phiêng Say sắp xong", "Cầu treo Phiêng Say nối hai bản. Cầu treo dài trăm mét."),
    ("cau-2", "Thông xe cầu treo", "Người dân Phiêng Say đi qua cầu treo mới trong sáng nay."),
    ("cho", "Chợ phiên Nà Lường", "Chợ phiên họp sáng nay. Người dân bán lợn, bán gà."),
    ("hop", "Hội đồng nhân dân họp", "Hội đồng nhân dân xã họp kỳ cuối năm về ngân sách."),
    ("bare", "Cau treo", "Bai nay go khong dau ve cau treo Phieng Say, cau treo moi."),
    ("empty", "", ""),
)  # fmt: skip


@pytest.fixture
def archive(engine, fill):
    for name, title, body in STORIES:
        fill(Document(document_id=name, title=title, body=body))
    return Archive(engine)


def ids(results):
    return [hit.document_id for hit in results.hits]


def test_the_nearest_article_comes_first(archive):
    """The article itself is not among them; ranks count from 1."""
    found = archive.related("cau")
    assert ids(found)[0] == "cau-2"
    assert "cau" not in ids(found)
    assert [hit.rank for hit in found.hits] == list(range(1, len(found.hits) + 1))
    assert found.total.value == len(found.hits)
    assert found.query == "cau"
    assert ids(archive.related("cau-2", limit=1)) == ["cau"]


def test_the_total_says_whether_there_may_be_more(archive):
    """Nobody counts the articles beyond those that are wanted."""
    found = archive.related("cau")
    assert found.total == TotalHits(value=len(found.hits), exact=True)
    assert archive.related("cau", limit=1).total == TotalHits(value=1, exact=False)
    assert archive.related("cau", limit=0).total == TotalHits(value=0, exact=False)
    assert archive.related("empty", limit=0).total == TotalHits(value=0, exact=True)


def test_articles_in_a_language_without_accents_are_related(archive, fill):
    fill(
        Document(document_id="wall", title="Council backs flood wall", body="The wall is low."),
        Document(document_id="wall-2", title="Flood wall delayed", body="The council met."),
        Document(document_id="fair", title="Fair opens", body="The fair opened on Monday."),
    )
    assert ids(archive.related("wall"))[0] == "wall-2"


def test_hits_are_hits(archive):
    """With a snippet, and an explanation that sums to the score."""
    hit = archive.related("cau", limit=1).hits[0]
    assert hit.snippet.highlights
    assert hit.explain().value == pytest.approx(hit.score, rel=1e-5)


def test_an_article_typed_without_accents_has_relatives(archive):
    """Its words are found with accents."""
    assert {"cau", "cau-2"} <= set(ids(archive.related("bare")))


def test_an_article_without_words_has_none(archive):
    """Nor one of which none were asked for."""
    assert ids(archive.related("empty")) == []
    assert ids(archive.related("cau", limit=0)) == []


def test_what_cannot_be_is_refused(archive):
    """Unknown ids, and limits out of range."""
    with pytest.raises(DocumentNotFoundError):
        archive.related("gone")
    for limit in (-1, 1001):
        with pytest.raises(InvalidOptionError, match="from 0 to 1000"):
            archive.related("cau", limit=limit)
