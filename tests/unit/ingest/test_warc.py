"""Pages in WARC and ARC files."""

import gzip
import hashlib
import sys

import pytest

from civicsearch import Archive
from civicsearch.errors import ExtractionError
from civicsearch.ingest import members
from civicsearch.ingest.warc import iter_records

HTML = [("Content-Type", "text/html; charset=windows-1258")]
STORY = "<html><title>{0}</title><article><h1>{0}</h1><p>{1}</p></article></html>"


def record(url, content, *, kind="response", status="HTTP/1.1 200 OK", headers=HTML, more=()):
    """Return one record as it stands in a file."""
    lines = [status, *(f"{name}: {value}" for name, value in headers), "", ""]
    block = "\r\n".join(lines).encode() + content
    about = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": "2020-08-06T12:00:00Z",
        "WARC-Record-ID": "<urn:uuid:00000000-0000-0000-0000-000000000000>",
        "Content-Type": f"application/http; msgtype={kind}",
        "Content-Length": len(block),
        **dict(more),
    }
    lines = ["WARC/1.0", *(f"{name}: {value}" for name, value in about.items()), "", ""]
    return "\r\n".join(lines).encode() + block + b"\r\n\r\n"


@pytest.fixture
def write(tmp_path):
    def write(name, *records, gzipped=False):
        path = tmp_path / name
        with path.open("wb") as file:
            for url, content, more in records:
                written = record(url, content, **more)
                file.write(gzip.compress(written) if gzipped else written)
        return path

    return write


@pytest.mark.parametrize(("name", "gzipped"), [("a.warc", False), ("a.warc.gz", True)])
def test_pages_come_with_address_and_type(write, name, gzipped):
    """Answers with status 200 that are HTML, and nothing else."""
    path = write(
        name,
        ("http://lamkhe.example/1", b"one", {}),
        ("http://lamkhe.example/2", b"gone", {"status": "HTTP/1.1 404 Not Found"}),
        ("http://lamkhe.example/3", b"\x89PNG", {"headers": [("Content-Type", "image/png")]}),
        ("http://lamkhe.example/4", b"asked", {"kind": "request", "status": "GET / HTTP/1.1"}),
        (
            "http://lamkhe.example/5",
            b"<x/>",
            {"headers": [("content-type", "application/xhtml+xml")]},
        ),
        gzipped=gzipped,
    )
    found = list(iter_records(path, max_bytes=100))
    assert [(page.name, page.content, page.problem) for page in found] == [
        ("http://lamkhe.example/1", b"one", ""),
        ("http://lamkhe.example/5", b"<x/>", ""),
    ]
    assert found[0].url == "http://lamkhe.example/1"
    assert found[0].content_type == "text/html; charset=windows-1258"


def test_packed_and_chunked_answers_are_unpacked(write):
    """As a browser would see them."""
    packed = gzip.compress(b"one page")
    chunked = b"3\r\none\r\n5\r\n page\r\n0\r\n\r\n"
    path = write(
        "a.warc",
        ("http://a.example/1", packed, {"headers": [*HTML, ("Content-Encoding", "gzip")]}),
        ("http://a.example/2", chunked, {"headers": [*HTML, ("Transfer-Encoding", "chunked")]}),
    )
    assert [page.content for page in iter_records(path, max_bytes=100)] == [b"one page"] * 2


def test_arc_files_are_read(tmp_path):
    """The older format, too."""
    page = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\none"
    line = b"http://a.example/1 10.0.0.1 20200806120000 text/html %d\n" % len(page)
    about = b"1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n"
    head = b"filedesc://a.arc 0.0.0.0 20200806120000 text/plain %d\n" % len(about)
    path = tmp_path / "a.arc"
    path.write_bytes(head + about + b"\n" + line + page + b"\n")
    (found,) = iter_records(path, max_bytes=100)
    assert (found.name, found.content, found.problem) == ("http://a.example/1", b"one", "")


def test_what_is_cut_short_is_named(write):
    """By the crawler, or because the file ends: what came before is sound."""
    cut = {"more": {"WARC-Truncated": "length"}}
    path = write(
        "a.warc",
        ("http://a.example/1", b"one", {}),
        ("http://a.example/2", b"two", cut),
        ("http://a.example/3", b"three" * 100, {}),
    )
    path.write_bytes(path.read_bytes()[:-200])
    found = list(iter_records(path, max_bytes=10_000))
    assert [page.problem for page in found] == [
        "",
        "cut short when it was fetched",
        "the file ends in the middle of it",
    ]


def test_a_long_page_is_cut_one_byte_above_the_limit(write):
    """That is no damage; the caller sees that it is too long."""
    path = write("a.warc", ("http://a.example/1", b"a" * 1000, {}))
    (page,) = iter_records(path, max_bytes=10)
    assert (len(page.content), page.problem) == (11, "")


SOME = [
    record("http://a.example/1", b"one"),
    record("http://a.example/1", b"", kind="request", status="GET /1 HTTP/1.1", headers=()),
    record("http://a.example/2", b"\x89PNG", headers=[("Content-Type", "image/png")]),
    record("http://a.example/3", b"three"),
    record("http://a.example/3", b"", kind="metadata", status="fetchTimeMs: 2", headers=()),
]


@pytest.mark.parametrize("gzipped", [False, True])
def test_a_file_that_is_cut_short_anywhere_is_named(tmp_path, gzipped):
    """Within a header, or a record that is no page, it was `0 failed`; what came before is kept."""
    records = [gzip.compress(one) if gzipped else one for one in SOME]
    ends = [sum(map(len, records[: n + 1])) for n in range(len(records))]
    whole = b"".join(records)
    path = tmp_path / "a.warc.gz"
    slack = 0 if gzipped else len(b"\r\n\r\n")  # the blank lines behind a record hold nothing
    for cut in range(1, len(whole) + 1):
        path.write_bytes(whole[:cut])
        pages, error = read_until_error(path)
        is_whole = any(end - slack <= cut <= end for end in ends)
        assert bool(error or any(page.problem for page in pages)) is not is_whole, cut
        expected = sum(ends[n] - slack <= cut for n in (0, 3))
        sound = [page.content for page in pages if not page.problem]
        assert sound == [b"one", b"three"][: len(sound)]
        assert len(sound) >= expected  # more where only the sum of a packed record is gone


def test_an_arc_file_that_is_cut_short_is_named(tmp_path):
    page = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\none"
    line = b"http://a.example/1 10.0.0.1 20200806120000 text/html %d\n" % len(page)
    whole = line + page + b"\n" + line + page
    path = tmp_path / "a.arc"
    for cut in range(1, len(whole)):
        path.write_bytes(whole[:cut])
        pages, error = read_until_error(path)
        is_whole = cut - len(line + page) in {0, 1}
        assert bool(error or any(page.problem for page in pages)) is not is_whole, cut


def test_a_few_bytes_of_a_header_are_a_file_that_is_cut_short(write):
    path = write("a.warc", ("http://a.example/1", b"one", {}))
    path.write_bytes(path.read_bytes() + b"WARC/")
    pages, error = read_until_error(path)
    assert [page.content for page in pages] == [b"one"]
    assert error == "cut short, or damaged: the records further on could not be read"


@pytest.mark.parametrize("content", [b"WARC/1.0", b"WARC/1.0\r\n\r\n", b"WARC/1.0\r\nWARC-Ty"])
def test_a_header_alone_is_cut_short(tmp_path, content):
    """It was a file without pages, and status 0."""
    path = tmp_path / "a.warc"
    path.write_bytes(content)
    assert read_until_error(path) == ([], "cut short: the file ends in the middle of a record")


def test_damage_within_a_packed_record_is_named(write):
    """It looked like the end of the file."""
    noise = hashlib.shake_128(b"1").hexdigest(60_000).encode()  # packs to more than one read
    path = write("a.warc.gz", ("http://a.example/1", b"one", {}), gzipped=True)
    start = path.stat().st_size
    image = record("http://a.example/2", noise, headers=[("Content-Type", "image/png")])
    data = bytearray(path.read_bytes() + gzip.compress(image))
    data[start + 40_000 : start + 40_100] = bytes(100)
    path.write_bytes(data)
    pages, error = read_until_error(path)
    assert ([page.content for page in pages], bool(error)) == ([b"one"], True)


def read_until_error(path):
    """Return the pages of a file, and what is wrong with the rest."""
    pages = []
    try:
        pages.extend(iter_records(path, max_bytes=10_000))
    except ExtractionError as error:
        return pages, error.reason
    return pages, ""


@pytest.mark.parametrize("content", [b"", b"no archive\n\n", b"\x1f\x8bgarbage"])
def test_other_files_are_one_clean_error(tmp_path, content):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    with pytest.raises(ExtractionError, match="not a valid WARC"):
        list(iter_records(path, max_bytes=10))


def test_a_bomb_is_refused(write, monkeypatch):
    """One that unpacks to far more than its size."""
    monkeypatch.setattr(members, "_FREE_BYTES", 1000)
    monkeypatch.setattr(members, "_MAX_RATIO", 1)
    headers = [*HTML, ("Content-Encoding", "gzip")]
    bomb = gzip.compress(b"a" * 1_000_000)
    path = write("a.warc", ("http://a.example/1", bomb, {"headers": headers}))
    with pytest.raises(ExtractionError, match="far more than its size"):
        list(iter_records(path, max_bytes=2_000_000))


def test_without_the_package_it_says_what_to_install(write, monkeypatch):
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    with pytest.raises(ExtractionError, match=r"pip install 'civicsearch\[warc\]'"):
        list(iter_records(write("a.warc"), max_bytes=10))


def test_an_ingest_reads_the_pages_once(write, tmp_path):
    """With their address as identity, their charset believed; again, they are unchanged."""
    text = "Cầu treo Phiêng Say được khánh thành sáng nay. " * 8
    pages = [STORY.format(f"Tin {n}", text).encode() for n in (1, 2)]
    headers = {"headers": [("Content-Type", "text/html; charset=utf-8")]}
    path = write(
        "a.warc.gz",
        *((f"http://lamkhe.example/tin-{n}.html", page, headers) for n, page in enumerate(pages)),
        ("http://lamkhe.example/empty", b"", headers),
        gzipped=True,
    )
    with Archive.create(tmp_path / "index") as archive:
        report = archive.ingest(path)
        assert (report.added, report.failed) == (2, 1)
        assert report.failures[0].path == f"{path}#http://lamkhe.example/empty"
        hit = archive.search("tin 1").hits[0]
        assert (hit.title, hit.url) == ("Tin 1", "http://lamkhe.example/tin-0.html")
        assert hit.published is None
        assert archive.ingest(path).unchanged == 2
