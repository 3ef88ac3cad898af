import gzip
import json
import os
import zipfile
from pathlib import Path

import pytest

from civicsearch.errors import SourceNotFoundError
from civicsearch.ingest import pipeline as pipeline_module
from civicsearch.ingest import workers


def a_page(title, *, url=None, word="cầu"):
    canonical = f'<link rel="canonical" href="{url}">' if url else ""
    story = f"Sáng nay, xã Nà Lường khánh thành cây {word} treo dài 120 mét, nối hai bờ suối. "
    return (
        f'<html lang="vi"><head><meta charset="utf-8"><title>{title}</title>{canonical}</head>'
        f"<body><h1>{title}</h1><p>{story * 3}</p><p>{story * 3}</p></body></html>"
    ).encode()


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    (folder / "b").mkdir(parents=True)
    (folder / "1.html").write_bytes(a_page("Xã Nà Lường đón cầu mới"))
    (folder / "b" / "2.html.gz").write_bytes(gzip.compress(a_page("Huyện họp bàn đường sá")))
    (folder / "notes.txt").write_text("mine")
    lines = [
        {"id": "t1", "title": "Chợ phiên", "body": "Chợ họp ngày rằm.", "published": "1998-03-12"},
        {"title": "Không có id", "url": "https://bao.example/x"},
    ]
    text = "\n\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (folder / "old.jsonl").write_text(text, encoding="utf-8")
    return folder


def counts(report):
    return report.added, report.updated, report.unchanged, report.failed


def test_pages_and_documents_of_a_folder_become_searchable(archive, pages):
    report = archive.ingest([pages])
    assert counts(report) == (4, 0, 0, 0)
    assert report.ignored == {".txt": 1}
    assert len(archive) == 4
    assert archive.search("cho phien").hits[0].document_id == "t1"
    assert archive.search("cau moi").hits[0].title == "Xã Nà Lường đón cầu mới"


def test_the_same_files_again_are_not_read_again(archive, pages):
    archive.ingest([pages])
    assert counts(archive.ingest([pages])) == (0, 0, 4, 0)


def test_the_same_file_is_known_from_another_working_folder(archive, pages, monkeypatch):
    archive.ingest([pages])
    monkeypatch.chdir(pages)
    assert counts(archive.ingest(["1.html", "b"])) == (0, 0, 2, 0)


def test_a_changed_page_replaces_its_document(archive, pages):
    archive.ingest([pages])
    (pages / "1.html").write_bytes(a_page("Xã Nà Lường đón đường mới"))
    assert counts(archive.ingest([pages])) == (0, 1, 3, 0)
    assert len(archive) == 4
    assert archive.search('"đón cầu mới"').total.value == 0


def test_a_changed_line_replaces_its_document_and_the_others_stay(archive, pages):
    archive.ingest([pages])
    path = pages / "old.jsonl"
    path.write_text("\n" + path.read_text().replace("Chợ phiên", "Chợ đêm"))
    assert counts(archive.ingest([path])) == (0, 1, 1, 0)
    assert archive.document("t1").title == "Chợ đêm"


def test_the_same_address_at_another_path_updates_in_place_and_settles(archive, tmp_path):
    one, two = tmp_path / "one.html", tmp_path / "two.html"
    one.write_bytes(a_page("Bản một", url="https://xa.example/cau"))
    two.write_bytes(a_page("Bản hai", url="https://xa.example/cau"))
    assert counts(archive.ingest([one, two])) == (1, 1, 0, 0)
    assert len(archive) == 1
    assert counts(archive.ingest([one, two])) == (0, 0, 2, 0)
    assert archive.search("bản").hits[0].title == "Bản hai"


def test_a_path_that_now_holds_another_address_leaves_no_ghost(archive, tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(a_page("Bản một", url="https://xa.example/1"))
    archive.ingest([path])
    path.write_bytes(a_page("Bản hai", url="https://xa.example/2"))
    archive.ingest([path])
    assert [hit.title for hit in archive.search("bản").hits] == ["Bản hai"]


def test_a_page_that_shared_its_address_is_read_again_when_the_other_leaves_it(archive, tmp_path):
    """The document held the other page's text; nothing of this one may be lost."""
    one, two = tmp_path / "one.html", tmp_path / "two.html"
    one.write_bytes(a_page("Bản một", url="https://xa.example/1"))
    two.write_bytes(a_page("Bản hai", url="https://xa.example/1"))
    archive.ingest([one, two])
    two.write_bytes(a_page("Bản ba", url="https://xa.example/2"))
    archive.ingest([one, two])
    assert {hit.title for hit in archive.search("bản").hits} == {"Bản một", "Bản ba"}
    assert counts(archive.ingest([one, two])) == (0, 0, 2, 0)


def test_a_document_with_another_pages_text_stays_though_that_file_is_gone(archive, tmp_path):
    """Archives outlive folders: the text is in no file any more."""
    one, two = tmp_path / "one.html", tmp_path / "two.html"
    one.write_bytes(a_page("Bản một", url="https://xa.example/1"))
    two.write_bytes(a_page("Bản hai", url="https://xa.example/1"))
    archive.ingest([one, two])
    two.unlink()
    one.write_bytes(a_page("Bản ba", url="https://xa.example/2"))
    archive.ingest([one])
    assert {hit.title for hit in archive.search("bản").hits} == {"Bản hai", "Bản ba"}


def test_pages_that_change_addresses_together_settle(archive, tmp_path):
    one, two = tmp_path / "one.html", tmp_path / "two.html"
    one.write_bytes(a_page("Bản một", url="https://xa.example/1"))
    two.write_bytes(a_page("Bản hai", url="https://xa.example/1"))
    archive.ingest([one, two])
    one.write_bytes(a_page("Bản ba", url="https://xa.example/1"))
    two.write_bytes(a_page("Bản bốn", url="https://xa.example/2"))
    archive.ingest([one, two])
    assert {hit.title for hit in archive.search("bản").hits} == {"Bản ba", "Bản bốn"}
    assert counts(archive.ingest([one, two])) == (0, 0, 2, 0)


def test_of_two_lines_with_one_id_the_last_one_counts_every_time(archive, tmp_path):
    path = tmp_path / "double.jsonl"
    path.write_text('{"id": "d", "title": "một"}\n{"id": "d", "title": "hai"}\n')
    for _ in range(3):
        archive.ingest([path])
        assert archive.document("d").title == "hai"


@pytest.mark.parametrize("between", [0, 5])
def test_two_lines_with_one_id_settle(archive, tmp_path, between):
    """They were `2 updated` in every run."""
    path = tmp_path / "double.jsonl"
    others = "".join(f'{{"id": "{n}", "title": "tin {n}"}}\n' for n in range(between))
    one, two = '{"id": "d", "title": "một"}\n', '{"id": "d", "title": "hai"}\n'
    path.write_text(one + others + two)
    assert counts(archive.ingest([path])) == (1 + between, 1, 0, 0)
    for _ in range(2):
        assert counts(archive.ingest([path])) == (0, 0, 2 + between, 0)
        assert archive.document("d").title == "hai"
    path.write_text(two + others + one)
    assert counts(archive.ingest([path])) == (0, 1, 1 + between, 0)
    assert archive.document("d").title == "một"
    path.write_text(one + others + two + one)
    assert counts(archive.ingest([path])) == (0, 0, 3 + between, 0)
    path.write_text(one.replace("một", "ba") + others + one.replace("một", "bốn"))
    assert counts(archive.ingest([path])) == (0, 1, between, 0)
    assert archive.document("d").title == "bốn"


def test_lines_with_one_id_far_apart_are_right_though_they_are_written_again(
    archive, tmp_path, monkeypatch
):
    """What is held back is bounded."""
    monkeypatch.setattr("civicsearch.ingest.held._MOST", 2)
    path = tmp_path / "double.jsonl"
    lines = [f'{{"id": "{n}", "title": "{word}"}}' for word in ("một", "hai") for n in range(3)]
    path.write_text("\n".join(lines), encoding="utf-8")
    for _ in range(2):
        archive.ingest([path])
        assert {archive.document(str(n)).title for n in range(3)} == {"hai"}


def test_changed_lines_are_kept_where_the_run_is_stopped(archive, tmp_path):
    path = tmp_path / "lines.jsonl"
    path.write_text('{"id": "a", "title": "một"}\n{"id": "b", "title": "hai"}\n')
    archive.ingest([path])
    path.write_text('{"id": "a", "title": "ba"}\n{"id": "b", "title": "bốn"}\n')
    answers = iter([False, True])
    report = archive.ingest([path], should_stop=lambda: next(answers))
    assert report.is_interrupted
    assert (archive.document("a").title, archive.document("b").title) == ("ba", "hai")


def test_links_to_themselves_and_to_nothing_are_passed_over(archive, pages):
    (pages / "loop.html").symlink_to(pages / "loop.html")
    (pages / "lost.html").symlink_to(pages / "gone.html")
    report = archive.ingest([pages])
    assert counts(report) == (4, 0, 0, 0)
    assert (report.links, report.ignored) == (2, {".txt": 1})


def test_a_folder_that_cannot_be_looked_into_is_named(archive, pages, monkeypatch):
    def walk(top, *, onerror):
        onerror(PermissionError(13, "Permission denied", f"{top}/secret"))
        return iter([(str(top), [], ["1.html"])])

    monkeypatch.setattr("os.walk", walk)
    report = archive.ingest([pages])
    assert counts(report) == (1, 0, 0, 1)
    assert report.failures[0].reason == "cannot be read (Permission denied)"


def test_one_path_may_be_given_without_a_list(archive, pages):
    assert counts(archive.ingest(str(pages))) == (4, 0, 0, 0)


def test_an_empty_path_is_not_the_current_folder(archive, pages, monkeypatch):
    monkeypatch.chdir(pages)
    with pytest.raises(SourceNotFoundError, match="the path is empty"):
        archive.ingest([""])


def test_a_deleted_document_comes_back_with_its_file(archive, pages):
    archive.ingest([pages])
    archive.delete(["t1"])
    assert counts(archive.ingest([pages])) == (1, 0, 3, 0)


def test_bad_pages_are_named_and_the_rest_is_searchable(archive, pages):
    (pages / "binary.html").write_bytes(bytes(range(256)) * 40)
    (pages / "empty.html").write_bytes(b"")
    (pages / "bad.html.gz").write_bytes(b"\x1f\x8bnot really")
    (pages / "bad.jsonl").write_text('{"title": "tốt"}\n{"title":\n[1]\n{"body": 7}\n{"url": "x"}')
    report = archive.ingest([pages])
    assert counts(report) == (5, 0, 0, 7)
    named = {os.path.relpath(f.path, pages): f.reason for f in report.failures}
    assert set(named) == {
        "binary.html", "empty.html", "bad.html.gz",
        "bad.jsonl:2", "bad.jsonl:3", "bad.jsonl:4", "bad.jsonl:5",
    }  # fmt: skip
    assert named["bad.html.gz"] == "not a valid gzip file"
    assert named["bad.jsonl:2"] == "not valid JSON"
    assert named["bad.jsonl:5"] == "neither 'title' nor 'body' has text"
    assert archive.search("tốt").total.value == 1
    assert report.to_dict()["failed"] == 7


def test_a_bad_page_does_not_take_the_good_document_of_before_away(archive, pages):
    archive.ingest([pages])
    (pages / "1.html").write_bytes(b"")
    assert counts(archive.ingest([pages])) == (0, 0, 3, 1)
    assert archive.search("cầu mới").total.value == 1


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: None, "there is no such file or folder"),
        (lambda path: path.mkdir(), "the folder holds no .html"),
        (os.mkfifo, "neither a file nor a folder"),
    ],
)
def test_a_path_with_nothing_to_read_is_an_error_before_anything_changes(
    archive, tmp_path, make, reason
):
    path = tmp_path / "nothing"
    make(path)
    with pytest.raises(SourceNotFoundError, match=reason):
        archive.ingest([path])
    assert len(archive) == 0


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir(), os.mkfifo])
def test_a_path_with_nothing_to_read_does_not_stop_the_rest(archive, pages, tmp_path, make):
    """One mistyped name among good ones stopped everything."""
    path = tmp_path / "nothing"
    make(path)
    report = archive.ingest([path, pages])
    assert counts(report) == (4, 0, 0, 1)
    assert report.failures[0].path == str(path)


def test_where_nothing_is_at_any_path_all_are_named(archive, tmp_path):
    paths = [tmp_path / f"{n}.html" for n in range(23)]
    with pytest.raises(SourceNotFoundError, match=r"'.*/20.html': there .*; and 2 more") as caught:
        archive.ingest(paths)
    assert caught.value.path == str(paths[0])
    assert str(caught.value).count("there is no such file or folder") == 21


def test_a_path_that_may_not_be_looked_at_does_not_stop_the_rest(archive, pages, monkeypatch):
    """Within a folder that is closed, as it does not within one that is walked."""
    closed = pages / "closed" / "1.html"
    stat = type(closed).stat

    def refuse(self, **options):
        if self == closed:
            raise PermissionError(13, "Permission denied", str(self))
        return stat(self, **options)

    monkeypatch.setattr(type(closed), "stat", refuse)
    report = archive.ingest([pages / "1.html", closed])
    assert counts(report) == (1, 0, 0, 1)
    assert report.failures[0].reason == "cannot be read (Permission denied)"


NO_PAGES = {
    "data.json": b'{"title": "Tin", "body": "<html><p>Tin</p>"}',
    "README.md": b'# Tin\n\n<p align="center">Tin</p>\n',
    "table.csv": b"ten,tuoi\nLan,7\n",
    "passwd": b"root:x:0:0:root:/root:/bin/sh\n",
    "notes.unknown": b"a < b, b > c",
    "empty": b"",
    "sitemap.xml": b'<?xml version="1.0"?><urlset><url/></urlset>',
    "icon.svg": b"<svg><title>Tin</title></svg>",
}


def test_a_file_that_is_no_page_is_refused_where_it_is_named(archive, pages):
    """As shells do with `pages/*`; each became an article without a title."""
    for name, content in NO_PAGES.items():
        (pages / name).write_bytes(content)
    (pages / "packed.csv.gz").write_bytes(gzip.compress(b"ten,tuoi\n"))
    report = archive.ingest(sorted(path for path in pages.iterdir() if path.is_file()))
    assert report.added == 3
    reasons = {Path(one.path).name: one.reason for one in report.failures}
    assert set(reasons) == {*NO_PAGES, "packed.csv.gz", "notes.txt"}
    assert reasons.pop("data.json") == (
        "no page by its name or its content; documents are read from .jsonl files, one a line"
    )
    assert set(reasons.values()) == {
        "no page by its name or its content; rename it to end in .html if it is one"
    }


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("page", bytes),
        ("index.php?id=3", bytes),
        ("page.gz", gzip.compress),
        ("page.utf16", lambda page: page.decode().encode("utf-16")),
        ("saved.txt", lambda page: b"\xef\xbb\xbf\n<!-- 1 --><!-- 2 -->\n" + page),
        ("page.xml", lambda page: b'<?xml version="1.0"?>\n<!DOCTYPE html>\n' + page),
        ("fragment", lambda page: page[page.index(b"<h1") :]),
        ("late", lambda page: b"\n" * 5000 + page),
    ],
)
def test_a_page_by_another_name_is_read_where_it_is_named(archive, tmp_path, name, change):
    path = tmp_path / name
    path.write_bytes(change(a_page("Xã Nà Lường đón cầu mới")))
    assert counts(archive.ingest([path])) == (1, 0, 0, 0)
    assert archive.search("cau moi").hits[0].title == "Xã Nà Lường đón cầu mới"
    assert counts(archive.ingest([path])) == (0, 0, 1, 0)


def test_a_file_of_any_name_that_cannot_be_read_says_why(archive, pages, tmp_path):
    (tmp_path / "bad.gz").write_bytes(b"no gzip")
    report = archive.ingest([pages, tmp_path / "bad.gz"])
    assert [failure.reason for failure in report.failures] == ["not a valid gzip file"]


def test_thousands_of_comments_are_looked_through_in_no_time(archive, pages):
    """The first kilobytes are looked at once, whatever they are."""
    (pages / "a.txt").write_bytes(b"<!---->" * 9000 + b"<!--")
    assert counts(archive.ingest([pages / "1.html", pages / "a.txt"])) == (1, 0, 0, 1)


def test_links_do_not_lead_out_of_the_folder(archive, pages, tmp_path):
    secret = tmp_path / "secret.html"
    secret.write_bytes(a_page("Bí mật"))
    (pages / "link.html").symlink_to(secret)
    (pages / "up").symlink_to(tmp_path)
    report = archive.ingest([pages])
    assert (report.added, report.links, report.ignored) == (4, 2, {".txt": 1})
    assert archive.search("bí mật").total.value == 0


def test_links_within_the_folder_and_what_they_lead_to_are_read_once(archive, pages):
    (pages / "again.html").symlink_to(pages / "1.html")
    (pages / "here").symlink_to(pages)
    (pages / "note.txt").write_text("x")
    (pages / "more.txt").symlink_to(pages / "note.txt")
    report = archive.ingest([pages])
    assert (report.added, report.links, report.ignored) == (4, 0, {".txt": 3})


def test_worker_processes_give_the_same_documents(archive, pages):
    assert counts(archive.ingest([pages], jobs=2)) == (4, 0, 0, 0)
    assert archive.search("cau moi").total.value == 1


def test_commits_on_the_way(archive, pages, monkeypatch):
    monkeypatch.setattr(pipeline_module, "COMMIT_EVERY", 1)
    assert counts(archive.ingest([pages])) == (4, 0, 0, 0)
    assert len(archive) == 4


def test_progress_is_told_after_every_file(archive, pages):
    seen = []
    archive.ingest([pages], progress=seen.append)
    assert [(p.done, p.total) for p in seen] == [(1, 3), (2, 3), (3, 3)]
    assert seen[-1].documents == 4
    seen.clear()
    (pages / "1.html").write_bytes(b"")
    archive.ingest([pages], progress=seen.append)
    assert [(p.done, p.failed) for p in seen][-1] == (3, 1)


def test_pages_in_a_container_are_read_once_and_a_broken_one_is_named(archive, tmp_path):
    """Members are known again by container, name and bytes; the sound container is not lost."""
    folder = tmp_path / "packed"
    folder.mkdir()
    with zipfile.ZipFile(folder / "a.zip", "w") as container:
        container.writestr("../one.html", a_page("Một cây cầu mới"))
        container.writestr("two.html", a_page("Hai cây cầu mới"))
    (folder / "b.tar").write_bytes(b"no container")
    first = archive.ingest([folder])
    assert (first.added, first.failed) == (2, 1)
    assert first.failures[0].reason == "not a valid tar file, or cut short"
    assert archive.ingest([folder]).unchanged == 2


def test_what_was_read_is_read_again_where_that_is_asked_for(archive, pages):
    """Each document takes its own place; a page that is twice in the run is read once."""
    archive.ingest([pages])
    assert counts(archive.ingest([pages], again=True)) == (0, 4, 0, 0)
    assert len(archive) == 4
    assert counts(archive.ingest([pages])) == (0, 0, 4, 0)


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_address_that_cannot_be_read_is_no_obstacle(archive, tmp_path, jobs):
    """It stopped the whole ingest."""
    page = a_page("Xã Nà Lường đón cầu mới").decode()
    (tmp_path / "bad.mhtml").write_text(
        "MIME-Version: 1.0\nSnapshot-Content-Location: http://[bad\n"
        "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + page,
        "utf-8",
    )
    (tmp_path / "good.html").write_bytes(a_page("Huyện họp bàn đường sá"))
    sources = [tmp_path / "bad.mhtml", tmp_path / "good.html"]
    assert counts(archive.ingest(sources, jobs=jobs)) == (2, 0, 0, 0)


def test_a_fault_of_ours_costs_one_page(archive, pages, monkeypatch):
    """It is named, with the request to report it; the rest is read."""
    extract = workers.extract_document

    def faulty(page, **options):
        if "đón cầu mới".encode() in page.content:
            raise AttributeError(*["oops"])
        return extract(page, **options)

    monkeypatch.setattr(workers, "extract_document", faulty)
    report = archive.ingest([pages])
    assert counts(report) == (3, 0, 0, 1)
    assert report.failures[0].reason.startswith("unexpected AttributeError: oops; please report")


def test_archives_within_archives_are_named(archive, tmp_path):
    """Nobody should believe that they were read."""
    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as inner:
        inner.writestr("1.html", a_page("Trang trong"))
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as outer:
        outer.writestr("2.html", a_page("Trang ngoài"))
        outer.write(tmp_path / "inner.zip", "inner.zip")
    report = archive.ingest([tmp_path / "outer.zip"])
    assert counts(report) == (1, 0, 0, 1)
    assert "unpack the outer one first" in report.failures[0].reason
