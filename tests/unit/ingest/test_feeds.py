"""Articles in feeds, of every kind."""

import sys

import pytest

from civicsearch import Archive
from civicsearch.errors import ExtractionError
from civicsearch.ingest.feeds import is_feed, iter_items

TEXT = "Người dân Phiêng Say hiến đất làm đường, đường mới rộng sáu mét. " * 8
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Báo Lam Khê</title>
<item><title>Hiến đất &amp; làm đường</title><link>http://lamkhe.example/hien-dat-lam-duong</link>
<guid>tag:1</guid><pubDate>Thu, 06 Aug 2020 07:30:00 +0700</pubDate>
<dc:creator>Vi Thị Sao</dc:creator><category>nông thôn mới</category>
<description>Tóm tắt.</description>
<content:encoded><![CDATA[<p>{TEXT}</p><script>alert(1)</script>]]></content:encoded></item>
<item><title>Chỉ tóm tắt</title><link>http://lamkhe.example/tom-tat</link>
<description>Tóm tắt thôi.</description></item>
</channel></rss>""".encode()
ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Báo Lam Khê</title>
<entry><id>urn:2</id><title type="html">Mở &lt;b&gt;đường&lt;/b&gt;</title>
<link href="http://lamkhe.example/mo-duong-lien-ban"/><published>2021-03-04T05:06:07+07:00</published>
<author><name>Lê Văn Mẫu</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p></div></content>
</entry></feed>""".encode()


@pytest.fixture
def documents(tmp_path):
    """Return the documents of a feed, and why others are none."""

    def read(content, name="feed.rss"):
        path = tmp_path / name
        path.write_bytes(content)
        with Archive.create(tmp_path / f"index-{name}") as archive:
            report = archive.ingest(path)
            hits = archive.search("phiêng say").hits
            again = archive.ingest(path)
            assert again.added == again.updated == 0
            return [hit.document for hit in hits], report

    return read


def test_rss_with_whole_texts(documents):
    """All that the feed says is there; an item with a summary only is named."""
    (document,), report = documents(RSS)
    assert document.title == "Hiến đất & làm đường"
    assert document.text == TEXT.strip()
    assert document.url == "http://lamkhe.example/hien-dat-lam-duong"
    assert document.published.isoformat() == "2020-08-06T07:30:00+07:00"
    assert document.authors == ("Vi Thị Sao",)
    assert (document.source, document.tags) == ("Báo Lam Khê", ("nông thôn mới",))
    assert [(failure.path.partition("#")[2], failure.reason) for failure in report.failures] == [
        ("http://lamkhe.example/tom-tat", "the feed has only a summary of it")
    ]


def test_atom_with_markup_in_titles(documents):
    """Found in `.xml` by what it begins with."""
    (document,), report = documents(ATOM, "news.xml")
    assert document.title == "Mở đường"
    assert document.authors == ("Lê Văn Mẫu",)
    assert document.published.isoformat() == "2021-03-04T05:06:07+07:00"
    assert report.failed == 0


def test_texts_without_markup_are_paragraphs():
    """Each line is one; what looks like markup is not."""
    content = ATOM.replace(b'type="xhtml"', b'type="text"')
    content = (
        content[: content.index(b"<div")]
        + b"a &lt; b\n\nc"
        + content[content.index(b"</content") :]
    )
    (item,) = iter_items(content)
    assert b"<p>a &lt; b</p><p>c</p>" in item.content


@pytest.mark.parametrize(
    ("beginning", "expected"),
    [(RSS[:300], True), (ATOM[:300], True), (b"<rdf:RDF xmlns", True), (b"<urlset>", False)],
)
def test_what_a_feed_begins_with(beginning, expected):
    assert is_feed(beginning) is expected


@pytest.mark.parametrize("content", [b"", b"no feed", b"<html><body>x</body></html>", b"\x00" * 99])
def test_other_files_are_one_clean_error(content):
    with pytest.raises(ExtractionError, match="not a valid feed"):
        list(iter_items(content))


def test_entities_are_not_expanded():
    """A billion laughs are none."""
    bomb = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    content = bomb + RSS[RSS.index(b"<rss") :].replace("Tóm tắt.".encode(), b"&b;" * 100)
    assert len(next(iter_items(content)).content) < 10_000


def test_without_the_package_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "feedparser", None)
    with pytest.raises(ExtractionError, match=r"pip install 'civicsearch\[feeds\]'"):
        list(iter_items(RSS))
