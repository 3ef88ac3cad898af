"""`civicsearch extract`: one page, as text, as data, with reasons."""

import gzip
import json
import quopri

import pytest

from civicsearch.ingest import sources


def test_text_to_read(call, page):
    """Title first, then the story; menus and footers are gone."""
    done = call("extract", page)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Khánh thành cầu Nậm Lống\n\n")
    assert "bảy tháng thi công liên tục." in done.out
    assert "Bản quyền" not in done.out


def test_json_is_the_document_with_its_text_and_zones(call, page):
    """All that an ingest would store, and what is derived."""
    values = json.loads(call("extract", page, "--json").out)
    assert values["title"] == "Khánh thành cầu Nậm Lống"
    assert values["text"].startswith("Sáng 12/5, xã Suối Ngàn")
    assert values["zones"]["title"] == ["Khánh thành cầu Nậm Lống"]
    assert "decisions" not in values


def test_explain_lists_blocks_with_the_rule(call, page):
    """A table: kept or dropped, zone, rule, text."""
    done = call("extract", page, "--explain")
    assert done.status == 0
    assert done.err.startswith("Read as utf-8")
    header, *rows = done.out.splitlines()
    assert header.split() == ["what", "zone", "rule", "text"]
    assert any(row.startswith("kept") and "Sáng 12/5" in row for row in rows)


def test_explain_in_json(call, page):
    """The same as data."""
    values = json.loads(call("extract", page, "--explain", "--json").out)
    assert values["encoding"]
    assert set(values["decisions"][0]) == {"text", "kept", "zone", "rule"}


def test_standard_input(call, page):
    """A pipe is a page; --url says where it came from."""
    done = call(
        "extract", "-", "--json", "--url", "https://suoingan.example/a", stdin=page.read_bytes()
    )
    assert json.loads(done.out)["url"] == "https://suoingan.example/a"


def test_packed_page(call, page):
    """.html.gz is unpacked."""
    packed = page.with_suffix(".html.gz")
    packed.write_bytes(gzip.compress(page.read_bytes()))
    assert call("extract", packed).out.startswith("Khánh thành cầu Nậm Lống\n")


def test_missing_file_is_named(call):
    """One sentence with the name and the reason."""
    done = call("extract", "nowhere.html")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("civicsearch: nowhere.html: cannot be read (No such file")


def test_page_without_an_article(call):
    """Nothing on standard input is no document."""
    done = call("extract", "-")
    assert done.status == 2
    assert done.err.startswith("civicsearch: standard input: ")


def test_endless_input_is_refused(call, page, monkeypatch):
    """A pipe is bounded as a file is."""
    monkeypatch.setattr(sources, "MAX_PAGE_BYTES", 100)
    done = call("extract", "-", stdin=page.read_bytes())
    assert done.status == 2
    assert done.err.startswith("civicsearch: standard input: larger than ")


def test_dropped_error_text_is_told(call, page):
    """What was dropped above the title is named as a message."""
    error = "The request was aborted: Could not create SSL/TLS secure channel."
    text = page.read_text(encoding="utf-8").replace("<h1>", f"<div>{error}</div><h1>")
    done = call("extract", "-", "--explain", stdin=text.encode())
    assert done.status == 0
    assert f'Dropped an error text above the title: "{error}"' in done.err


def test_a_list_is_refused_with_the_reason(call, tmp_path):
    """And read all the same where any page is asked for; --explain says what it is."""
    teaser = (
        "<h3><a href='/n'>The mill of Upper Lorn is open</a></h3><p>It had been shut for long.</p>"
    )
    file = tmp_path / "news.html"
    file.write_text(f"<h1>News</h1>{teaser * 14}")
    done = call("extract", file)
    assert done.status == 2
    assert "no article: a list page (14 linked headlines" in done.err
    done = call("extract", file, "--any-page", "--explain")
    assert done.status == 0
    assert "This is a list page: 14 linked headlines" in done.err
    values = json.loads(call("extract", file, "--any-page", "--explain", "--json").out)
    assert values["page"]["kind"] == "list page"


def test_explain_says_where_values_come_from(call, page):
    """Below the blocks, and as data."""
    assert "title: Khánh thành cầu Nậm Lống\n  said by " in call("extract", page, "--explain").out
    values = json.loads(call("extract", page, "--explain", "--json").out)["values"]
    assert values["title"]["value"] == "Khánh thành cầu Nậm Lống"
    assert set(values["title"]["said_by"][0]) == {"place", "text"}


def test_explain_names_what_is_against(call, tmp_path):
    """A conflict is a line of its own."""
    story = "<p>The council of Marrow Bay met on the quay and spoke about the price.</p>" * 8
    file = tmp_path / "page.html"
    file.write_text(
        f"<meta name='author' content='webmaster'><h1>Water</h1><p>By Ana Ruiz</p>{story}"
    )
    assert "authors: Ana Ruiz\n" in call("extract", file, "--explain").out
    assert "  against meta author: webmaster\n" in call("extract", file, "--explain").out


def test_a_packed_page_of_millions_of_pieces_is_refused(call, tmp_path):
    """Each piece is work, however little is in it."""
    file = tmp_path / "page.html.gz"
    with file.open("wb") as packed:
        packed.truncate(10_000_001)
    done = call("extract", file)
    assert done.status == 2
    assert "packed, and larger than 10 MB all the same" in done.err


def test_page_saved_with_its_pictures(call, page, tmp_path):
    """As an ingest reads it, its address with it; it was printed as it stands in the file."""
    saved = tmp_path / "page.mhtml"
    saved.write_bytes(
        b"Snapshot-Content-Location: http://lamkhe.example/cau-moi\n"
        b"Content-Type: text/html; charset=utf-8\n"
        b"Content-Transfer-Encoding: quoted-printable\n\n" + quopri.encodestring(page.read_bytes())
    )
    values = json.loads(call("extract", saved, "--json", "--url", "http://a.example/").out)
    assert values["title"] == "Khánh thành cầu Nậm Lống"
    assert values["url"] == "http://lamkhe.example/cau-moi"
    packed = tmp_path / "page.mht.gz"
    packed.write_bytes(gzip.compress(saved.read_bytes()))
    assert call("extract", packed).out == call("extract", saved).out


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.jsonl", "not a page, but documents that need no extracting; read them with"),
        ("a.zip", "not a page, but many; unpack it and choose one, or read all with"),
        ("a.warc", "not a page, but many; unpack it and choose one, or read all with"),
        ("a.rss", "not a page, but a feed of articles; read them with"),
    ],
)
def test_files_of_many_are_for_an_ingest(call, tmp_path, name, reason):
    """One sentence, in place of an article without a title."""
    (tmp_path / name).write_bytes(b'{"title": "Tin"}\n')
    done = call("extract", name)
    assert (done.status, done.out) == (2, "")
    assert done.err == f"civicsearch: {name}: {reason} `civicsearch ingest`\n"


def test_a_file_that_is_no_page(call, tmp_path):
    """Refused as an ingest does where it is named; HTML by another name is read."""
    (tmp_path / "a.json").write_bytes(b'{"title": "Tin"}\n')
    done = call("extract", "a.json")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("civicsearch: a.json: no page by its name or its content; ")


def test_a_missing_file_of_documents_is_missing(call, tmp_path):
    """That comes first; a link to itself is no fault of ours."""
    assert "cannot be read (No such file" in call("extract", "a.jsonl").err
    (tmp_path / "loop.html").symlink_to("loop.html")
    assert "loop.html: cannot be read (" in call("extract", "loop.html").err
