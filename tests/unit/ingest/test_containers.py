"""Pages inside zip and tar files."""

import gzip
import io
import json
import tarfile
import zipfile
from collections import Counter
from contextlib import suppress

import pytest

from civicsearch.errors import ExtractionError
from civicsearch.ingest import members as members_module
from civicsearch.ingest.packed import iter_members

TEXT = "Sáng nay, xã Nà Lường khánh thành cây cầu treo dài 120 mét, nối hai bờ suối. " * 8
FEED = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Báo Lam Khê</title><item><title>Cầu treo</title><link>http://lamkhe.example/cau-treo</link>
<content:encoded><![CDATA[<p>{TEXT}</p>]]></content:encoded></item></channel></rss>""".encode()
SAVED = f"""Snapshot-Content-Location: http://lamkhe.example/hop-dan.html
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: 8bit

<html><title>Họp dân</title><article><h1>Họp dân</h1><p>{TEXT}</p></article></html>
""".encode()


def a_page(title):
    story = f"<p>{TEXT}</p><p>{title}: {TEXT}</p>"
    return (
        f"<html lang=vi><meta charset=utf-8><title>{title}</title>"
        f"<article><h1>{title}</h1>{story}</article></html>"
    ).encode()


def found_in(path, max_bytes=1000):
    return iter_members(path, max_bytes=max_bytes, passed_over=Counter())


def members(path, max_bytes=1000):
    return [(member.name, member.content) for member in found_in(path, max_bytes)]


def read_to_the_end(path, reason):
    """Return the members that come before the error that says so."""
    read = []

    def read_all():
        for member in found_in(path):
            read.append(member)
            with suppress(ExtractionError):
                list(member.lines or ())

    with pytest.raises(ExtractionError, match=reason):
        read_all()
    return read


def a_zip(path, files, packing=zipfile.ZIP_STORED):
    with zipfile.ZipFile(path, "w", packing) as container:
        for name, content in files.items():
            container.writestr(name, content)
    return path


def a_tar(path, files, mode="w"):
    with tarfile.open(path, mode) as container:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            container.addfile(info, io.BytesIO(content))
    return path


def test_zip_names_stay_labels(tmp_path):
    """A name with `../` is read like any other and touches no file; other kinds are passed over."""
    path = tmp_path / "in" / "pages.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as container:
        container.writestr("../a.html", "one")
        container.writestr("b.png", "no")
    assert members(path) == [("../a.html", b"one")]
    assert list(tmp_path.rglob("a.html")) == []


@pytest.mark.parametrize(
    ("name", "mode"), [("p.tar", "w"), ("p.tgz", "w:gz"), ("p.tar.xz", "w:xz")]
)
def test_tar_reads_regular_members_only(tmp_path, name, mode):
    """Links and devices named like pages are passed over."""
    path = tmp_path / name
    with tarfile.open(path, mode) as container:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE):
            info = tarfile.TarInfo("x.html")
            info.type, info.linkname = kind, "/etc/passwd"
            container.addfile(info)
        info = tarfile.TarInfo("a.html")
        info.size = 3
        container.addfile(info, io.BytesIO(b"one"))
    assert members(path) == [("a.html", b"one")]


def test_a_long_member_is_named_and_never_read_as_a_whole(tmp_path):
    """One byte above the limit tells; it was given on, to be refused later."""
    path = a_zip(tmp_path / "p.zip", {"a.html": b"a" * 3_000_000, "b.html": b"b"})
    found = list(found_in(path, max_bytes=1 << 20))
    assert [(member.content, member.problem) for member in found] == [
        (b"", "larger than 1 MB"),
        (b"b", ""),
    ]


@pytest.mark.parametrize("name", ["p.zip", "p.tar", "p.tar.gz"])
def test_broken_container_is_one_clean_error(tmp_path, name):
    """Whatever the libraries raise arrives as an ExtractionError."""
    path = tmp_path / name
    path.write_bytes(b"no container")
    with pytest.raises(ExtractionError, match="not a valid"):
        members(path)


def test_gzip_header_that_ends_early_is_a_clean_error(tmp_path):
    """The tar library raises a TypeError of it."""
    path = tmp_path / "p.tar.gz"
    path.write_bytes(b"\x1f\x8b\x08\x04" + bytes(6))
    with pytest.raises(ExtractionError, match="not a valid tar file"):
        members(path)


def test_bomb_is_refused(tmp_path):
    """A small file that unpacks to hundreds of megabytes is given up."""
    path = tmp_path / "p.tar.bz2"
    with tarfile.open(path, "w:bz2") as container:
        info = tarfile.TarInfo("a.html")
        info.size = 120 * 1024 * 1024
        container.addfile(info, io.BytesIO(bytes(info.size)))
    with pytest.raises(ExtractionError, match="far more"):
        members(path)


def test_a_member_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path):
    """Encrypted, or packed in a way that nobody here knows; it was called no valid zip file."""
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w") as container:
        for name in ("1.html", "2.html", "3.html"):
            container.writestr(name, name)
    data = bytearray(path.read_bytes())
    _, second, third = _entries(data)
    data[second + 8] |= 1  # encrypted
    data[third + 10] = 97  # WavPack
    path.write_bytes(data)
    found = list(found_in(path))
    assert [(member.content, member.problem) for member in found] == [
        (b"1.html", ""),
        (b"", "encrypted"),
        (b"", "packed in a way that cannot be unpacked here"),
    ]


def _entries(data):
    """Return where the entries of the directory of a zip file begin."""
    return [at for at in range(len(data)) if data[at : at + 4] == b"PK\x01\x02"]


@pytest.mark.parametrize("damage", ["content", "header"])
def test_a_damaged_member_of_a_zip_file_is_named_and_the_others_are_read(tmp_path, damage):
    """All that came after it was dropped, as `not a valid zip file`."""
    files = {f"{n}.html": f"page {n} ".encode() * 50 for n in range(1, 6)}
    path = a_zip(tmp_path / "p.zip", files, zipfile.ZIP_DEFLATED)
    data = bytearray(path.read_bytes())
    place = 30 + len("1.html") + 3 if damage == "content" else 0
    data[place] ^= 0xFF
    path.write_bytes(data)
    found = list(found_in(path))
    assert [(member.name, member.problem) for member in found] == [
        ("1.html", "damaged, or cut short"),
        *((f"{n}.html", "") for n in range(2, 6)),
    ]


@pytest.mark.parametrize("cut", [100, 540, 600, 1024 + 100, 1024 + 540])
def test_a_tar_file_that_is_cut_short_is_named(tmp_path, cut):
    """Within a header, too, which looked like the end; what came before is sound."""
    files = {f"{n}.html": b"page" * 10 for n in range(3)}
    path = a_tar(tmp_path / "p.tar", files)
    path.write_bytes(path.read_bytes()[:cut])
    read = read_to_the_end(path, "cut short")
    sound = [member.name for member in read if not member.problem]
    assert sound == [f"{n}.html" for n in range(3) if 1024 * n + 552 <= cut]


def test_a_broken_header_does_not_end_a_tar_file_in_silence(tmp_path):
    path = a_tar(tmp_path / "p.tar", {"1.html": b"one", "2.html": b"two"})
    data = bytearray(path.read_bytes())
    data[1024 + 150] ^= 0xFF  # its checksum
    path.write_bytes(data)
    found = found_in(path)
    assert next(found).content == b"one"
    with pytest.raises(ExtractionError, match="cut short, or damaged"):
        next(found)


MANY = {
    "a.html": a_page("Một cây cầu mới"),
    "b.html.gz": gzip.compress(a_page("Hai cây cầu mới")),
    "c.mhtml": SAVED,
    "d/e.jsonl": b'{"id": "e1", "title": "Ch\xe1\xbb\xa3 phi\xc3\xaan"}\n{\n',
    "d/f.ndjson.gz": gzip.compress(json.dumps({"id": "f1", "title": "Hồ sen"}).encode()),
    "g.rss": FEED,
    "h.xml": FEED.replace(b"cau-treo", b"cau-treo-2").replace(b"<p>", b"<p>Tin. "),
    "sitemap.xml": b"<urlset></urlset>",
    "i.png": b"\x89PNG",
    "README": b"mine",
}


@pytest.mark.parametrize("name", ["p.zip", "p.tar", "p.tar.gz"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_folder_would_read_is_read(archive, tmp_path, name, jobs):
    """Once; only HTML was, and the rest was passed over in silence."""
    path = tmp_path / name
    if name == "p.zip":
        a_zip(path, MANY)
    else:
        a_tar(path, MANY, "w:gz" if name.endswith("gz") else "w")
    report = archive.ingest(path, jobs=jobs)
    assert [(failure.path, failure.reason) for failure in report.failures] == [
        (f"{path}#d/e.jsonl:2", "not valid JSON")
    ]
    assert (report.added, report.copies) == (7, 0)
    assert report.ignored == {".xml": 1, ".png": 1, "no suffix": 1}
    urls = {hit.url for hit in archive.search("lường").hits}
    assert urls >= {"http://lamkhe.example/hop-dan.html", "http://lamkhe.example/cau-treo"}
    assert archive.document("f1").title == "Hồ sen"
    again = archive.ingest(path, jobs=jobs)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 7)


@pytest.mark.parametrize("make", [a_zip, a_tar])
@pytest.mark.parametrize("files", [{}, {"a.png": b"\x89PNG", "d/b.csv": b"1"}])
def test_a_container_without_anything_to_read_is_named(archive, tmp_path, make, files):
    """It was `0 added, 0 failed`."""
    path = make(tmp_path / ("p.zip" if make is a_zip else "p.tar"), files)
    report = archive.ingest(path)
    (failure,) = report.failures
    assert failure.path == str(path)
    assert failure.reason == "nothing in it is a page, a file of documents or a feed"
    assert sum(report.ignored.values()) == len(files)


def test_members_that_cannot_be_read_are_named_one_by_one(tmp_path):
    """Bad gzip, a mail without a page, no feed; the next one is read all the same."""
    path = a_zip(
        tmp_path / "p.zip",
        {"a.html.gz": b"no", "b.mht": b"no mail", "c.atom": b"no feed", "d.html": b"d"},
    )
    assert [(member.name, member.problem) for member in found_in(path)] == [
        ("a.html.gz", "not a valid gzip file"),
        ("b.mht", "the MHTML file holds no page"),
        ("c.atom", "not a valid feed"),
        ("d.html", ""),
    ]


@pytest.mark.parametrize(
    "name", ["a.zip", "a.TGZ", "a.tar.xz", "a.zip.gz", "a.warc.gz", "a.7z", "a.rar"]
)
def test_an_archive_within_is_named_by_whatever_name(tmp_path, name):
    path = a_zip(tmp_path / "p.zip", {name: gzip.compress(a_page("Tin")), "b.html": b"b"})
    nested, page = found_in(path)
    assert nested.problem.startswith("an archive within an archive, which is not opened")
    assert page.content == b"b"


def test_what_packed_members_unpack_to_is_counted(tmp_path, monkeypatch):
    """A bomb within a file within a container; the rest is not tried."""
    monkeypatch.setattr(members_module, "_FREE_BYTES", 100_000)
    monkeypatch.setattr(members_module, "_MAX_RATIO", 1)
    bomb = gzip.compress(b"a" * 1_000_000)
    path = a_zip(tmp_path / "p.zip", {"a.html.gz": bomb, "b.html": b"b"})
    with pytest.raises(ExtractionError, match="far more"):
        list(found_in(path, max_bytes=10_000_000))
    path = a_zip(tmp_path / "q.zip", {"a.jsonl.gz": bomb, "b.html": b"b"})
    (lines,) = read_to_the_end(path, "far more")
    assert lines.name == "a.jsonl.gz"


def test_damage_within_lines_costs_the_lines_behind_it(archive, tmp_path):
    """Those before it are stored, and so is the next file."""
    lines = b"".join(b'{"id": "%d", "title": "Tin %d"}\n' % (n, n) for n in range(9000))
    files = {"a.jsonl": lines, "b.jsonl": b'{"id": "b", "title": "Tin"}'}
    path = a_zip(tmp_path / "p.zip", files)
    data = bytearray(path.read_bytes())
    data[250_000] ^= 0xFF  # told by the checksum, at the end
    path.write_bytes(data)
    report = archive.ingest(path)
    assert f"{path}#a.jsonl" in {failure.path for failure in report.failures}
    assert archive.document("0")
    assert archive.document("b")


def test_thousands_of_kinds_are_not_all_counted_by_name(tmp_path):
    """What is printed, and kept, is bounded."""
    kinds = Counter()
    a_zip(tmp_path / "p.zip", {f"x.{n}": b"" for n in range(300)} | {"a.html": b"a"})
    list(iter_members(tmp_path / "p.zip", max_bytes=10, passed_over=kinds))
    assert len(kinds) == 101
    assert kinds["other"] == 200
