"""One text at several addresses is one document, which names the others."""

import pytest

from civicsearch import Document
from civicsearch.ingest.copies import text_key

TEXT = (
    "Người dân bản Phiêng Say góp sức làm con đường mới dài {n} mét, nối bản với trung tâm xã. " * 3
)
PAGE = """<html><head><title>{title}</title><link rel="canonical" href="{url}"></head><body><article>
<h1>{title}</h1><p>{text}</p><p>Xe máy đi được quanh năm, trẻ em đến trường gần hơn.</p></article>
</body></html>"""


@pytest.fixture
def save(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()

    def save(name, number=700, title="Con đường mới", url=None):
        url = url or f"http://{name}.example/tin/con-duong-moi-{name}.html"
        page = PAGE.format(title=title, url=url, text=TEXT.format(n=number))
        (folder / f"{name}.html").write_text(page, "utf-8")
        return folder

    return save


def told(archive):
    """Return the title and the hosts of the copies of each document, by its own host."""
    hits = archive.search("phiêng say", limit=100).hits
    return {
        hit.url.split("/")[2].split(".")[0]: sorted(
            copy.url.split("/")[2].split(".")[0] for copy in hit.document.copies
        )
        for hit in hits
    }


def test_the_first_keeps_its_place(archive, save):
    """In one run and over several; again, all are unchanged."""
    for name in ("a", "b"):
        folder = save(name)
    report = archive.ingest(folder)
    assert (report.added, report.copies) == (1, 1)
    assert told(archive) == {"a": ["b"]}
    save("c", title="CON ĐƯỜNG MỚI!")
    save("other", number=900)
    report = archive.ingest(folder)
    assert (report.added, report.copies, report.unchanged) == (1, 1, 2)
    assert told(archive) == {"a": ["b", "c"], "other": []}
    assert archive.ingest(folder).unchanged == 4


def test_a_text_under_another_headline_is_another_article(archive, save):
    """Who searches for that headline finds it."""
    save("a")
    report = archive.ingest(save("b", title="Con đường liên bản"))
    assert (report.added, report.copies) == (2, 0)
    assert archive.search("con đường liên bản").hits[0].title == "Con đường liên bản"


def test_a_first_that_is_read_again_keeps_its_copies(archive, save):
    """Its bytes changed, its text has not."""
    save("a")
    archive.ingest(save("b"))
    report = archive.ingest(save("a", title="Con đường mới."))
    assert (report.updated, report.copies) == (1, 0)
    assert told(archive) == {"a": ["b"]}


def test_copies_of_a_text_that_changed_become_documents(archive, save):
    """They are read again: nothing is lost."""
    save("a")
    save("b")
    folder = save("c")
    archive.ingest(folder)
    archive.ingest(save("a", number=1000))
    archive.ingest(folder)
    assert told(archive) in ({"a": [], "b": ["c"]}, {"a": [], "c": ["b"]})


def test_a_copy_whose_text_changed_is_a_document(archive, save):
    save("a")
    folder = save("b")
    archive.ingest(folder)
    report = archive.ingest(save("b", number=1000))
    assert report.added == 1
    assert told(archive)["b"] == []


def test_copies_of_what_was_deleted_are_read_again(archive, save):
    """By the next ingest."""
    save("a")
    folder = save("b")
    archive.ingest(folder)
    archive.delete(archive.search("phiêng say").hits[0].document_id)
    report = archive.ingest(folder)
    assert (report.added, report.copies) == (1, 1)


def test_the_same_address_replaces(archive, save):
    """It is the same article, not a copy of it."""
    url = "http://a.example/tin/con-duong-moi-17.html"
    save("a", url=url)
    report = archive.ingest(save("b", url=url))
    assert (report.added, report.updated, report.copies) == (1, 1, 0)


def test_ready_documents_are_what_their_ids_say(archive, tmp_path):
    """Who gives ids means different documents."""
    lines = [f'{{"id": "{n}", "body": "{TEXT.format(n=700)}"}}' for n in (1, 2)]
    (tmp_path / "two.jsonl").write_text("\n".join(lines), "utf-8")
    assert archive.ingest(tmp_path / "two.jsonl").added == 2


def test_short_texts_are_not_compared():
    """And case, signs and the way letters are composed do not count."""
    url = "http://a.example/1"
    assert text_key(Document(document_id="a", url=url, body="Trang đã chuyển.")) is None
    long = TEXT.format(n=1)
    key = text_key(Document(document_id="a", url=url, body=long))
    written_otherwise = Document(document_id="b", url=url, body=long.upper().replace(",", " –"))
    assert key is not None
    assert key == text_key(written_otherwise)
    assert key != text_key(Document(document_id="a", url=url, body=long + "x"))


def test_pages_without_an_address_are_known_by_their_files(archive, tmp_path):
    """Whoever saves a page twice has two files, as before."""
    for name in ("a", "b"):
        page = PAGE.format(title="Con đường mới", url="", text=TEXT.format(n=700))
        (tmp_path / f"{name}.html").write_text(page, "utf-8")
    report = archive.ingest([tmp_path / "a.html", tmp_path / "b.html"])
    assert (report.added, report.copies) == (2, 0)


def test_copies_that_are_read_again_stay_copies(archive, save):
    for name in ("a", "b", "c"):
        folder = save(name)
    archive.ingest(folder)
    report = archive.ingest(folder, again=True)
    assert (report.added, report.updated, report.copies) == (0, 1, 2)
    assert told(archive) == {"a": ["b", "c"]}
    assert archive.ingest(folder).unchanged == 3
