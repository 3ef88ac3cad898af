"""The page the project was made for, the whole way: saved, ingested, searched.

Its text is not part of the project; where it is absent, these tests are skipped.
"""

import html
import unicodedata
from pathlib import Path

import pytest

from civicsearch import Archive

SEED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "seed"
FILES = sorted(SEED.glob("*.txt"))

pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason=f"the seed page's text is not at {SEED}")


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """An archive of the seed page, every line of it a div, and of nothing else."""
    folder = tmp_path_factory.mktemp("seed")
    lines = FILES[0].read_text("utf-8").split("\n")
    body = "\n".join(f"<div>{html.escape(line)}</div>" for line in lines if line.strip())
    page = folder / "page.html"
    page.write_text(f"<html><head><title>Trang chủ</title></head><body>{body}</body></html>")
    with Archive.create(folder / "index") as made:
        assert made.ingest([page]).added == 1
        yield made


@pytest.mark.parametrize(
    "query",
    [
        "dan van kheo",
        "dân vận khéo",
        unicodedata.normalize("NFD", "DÂN VẬN KHÉO"),
        "“Dân vận khéo”",
        "cấp ủy",
        "cấp uỷ",
        '"cap uy"',
        "UBND",
        "1700 lượt",
        "1.811 người",
        "05/05 xã",
        "an khe",
        "author:(nguyễn văn)",
        'caption:"nguyễn đông"',
    ],
)
def test_what_the_article_says_finds_it(archive, query):
    (hit,) = archive.search(query).hits
    assert hit.title.startswith("An Khê:")
    assert hit.published.isoformat() == "2020-08-06"


@pytest.mark.parametrize(
    "query", ["HĐND", "hdnd", '"tỷ giá"', "bluezone", "video", '"tin liên quan"', "ssl", "1901"]
)
def test_what_stands_only_round_the_article_does_not(archive, query):
    assert archive.search(query).total.value == 0


def test_the_snippet_quotes_the_article(archive):
    (hit,) = archive.search('"dan van kheo"').hits
    marked = [hit.snippet.text[start:end] for start, end in hit.snippet.highlights]
    assert marked == ["Dân vận khéo"]


def test_who_wrote_took_pictures_and_is_spoken_of_are_told_apart(archive):
    document = archive.search("an khe").hits[0].document
    assert document.authors == ("Nguyễn Văn",)
    assert [caption.credit for caption in document.captions] == ["Nguyễn Đông"]
    assert archive.search('author:"thanh lịch"').total.value == 0
    assert archive.search('"nguyễn thị thanh lịch"').total.value == 1
    assert document.views == 1901
    assert any("SSL" in note for note in document.notes)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("num:1700", 1),
        ("num:[1800 TO 1820]", 1),
        ("num:1901", 0),
        ("about:2010", 1),
        ("about:2015", 1),
        ("about:1901", 0),
        ("published:2010", 0),
        ("published:2020-08-06", 1),
    ],
)
def test_numbers_and_periods_of_the_text_are_no_dates_of_the_page(archive, query, found):
    assert archive.search(query).total.value == found


@pytest.mark.parametrize(("typed", "marked"), [("đội", {"đội"}), ("đời", {"đời"})])
def test_accents_that_are_typed_bind(archive, typed, marked):
    """`đòi`, `đối`, `đội` and `đời` are one word to an engine that only folds."""
    (hit,) = archive.search(typed).hits
    assert {hit.snippet.text[start:end] for start, end in hit.snippet.highlights} == marked


def test_both_standards_of_one_article_are_exact(archive):
    """The article has `Thị ủy` twice and `cấp uỷ` once."""
    scores = [archive.search(text).hits[0].score for text in ("cấp ủy", "cấp uỷ")]
    assert scores[0] == scores[1]
