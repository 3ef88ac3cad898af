import datetime as dt
import gzip
import json

import pytest

from civicsearch.document import Caption, Document
from civicsearch.errors import ExtractionError
from civicsearch.ingest.jsonl import Line, iter_lines, parse_document


def parse(**values):
    return parse_document(Line(1, json.dumps(values).encode(), ""))


def test_every_known_key_is_taken():
    document = parse(
        id="a", url="https://b.example/1", title="Đầu đề", lead="Sapo", body="Một.\nHai.",
        published="2020-08-06", authors=["A", "B"], source="S", section="X", tags=["t"],
        language="vi", other=1,
    )  # fmt: skip
    assert document.document_id == "a"
    assert document.url == "https://b.example/1"
    assert document.body == "Một.\n\nHai."
    assert document.published == dt.date(2020, 8, 6)
    assert document.authors == ("A", "B")
    assert (document.source, document.section, document.tags) == ("S", "X", ("t",))


def test_a_document_as_it_is_printed_can_be_read_back():
    document = Document(
        document_id="a",
        title="Đầu đề",
        lead="Sapo.",
        body="Một.\n\nHai.",
        captions=(Caption(text="Cầu. Ảnh: B", credit="B"),),
        authors=("A",),
        published=dt.datetime(2024, 5, 14, 8, 15, tzinfo=dt.timezone(dt.timedelta(hours=7))),
        modified=dt.date(2024, 5, 15),
        source="S",
        section="X",
        tags=("t",),
        language="vi",
        url="https://b.example/1",
        views=1901,
        notes=("n",),
    )
    assert parse(**document.to_dict()) == document


def test_one_author_may_be_a_text_and_an_id_a_number():
    document = parse(id=7, title="a", authors="Lò Văn Tấu")
    assert (document.document_id, document.authors) == ("7", ("Lò Văn Tấu",))


def test_without_an_id_the_address_or_the_text_is_the_identity():
    assert parse(title="a", url="https://x.example").document_id == (
        parse(title="b", url="https://x.example").document_id
    )
    assert parse(title="a").document_id != parse(title="b").document_id


def test_texts_are_cleaned():
    document = parse(title="  a\u0000b\u202e\tc ", body="Một\r\n \r\nhai\ud800", id="1")
    assert document.title == "a b c"
    assert document.body == "Một\n\nhai?"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not valid JSON"),
        (b"\xff\xfe", "not UTF-8"),
        ('{"title": "Trường xã"}'.encode("utf-16-le"), "not UTF-8"),
        ('{"title": "Škola"}'.encode("cp1250"), "not UTF-8"),
        (b"[" * 100_000, "not valid JSON"),
        (b"[]", "not a JSON object"),
        (b"{}", "neither 'title' nor 'body' has text"),
        (b'{"title": 5}', "'title' is not a text"),
        (b'{"title": "a", "authors": [1]}', "'authors' is not a list of texts"),
        (b'{"title": "a", "authors": {"b": 1}}', "'authors' is not a list of texts"),
        (b'{"title": "a", "published": "06/08/2020"}', "'published' is '06/08/2020'"),
        (b'{"title": "a", "captions": ["b"]}', "'captions' is not a list of objects"),
        (b'{"title": "a", "views": "b"}', "'views' is not a whole number"),
        (b'{"title": "a", "id": true}', "'id' is not a text"),
    ],
)
def test_a_bad_line_says_what_is_wrong(line, reason):
    with pytest.raises(ExtractionError, match=reason.replace("[", r"\[")):
        parse_document(Line(1, line, ""))


def test_lines_are_numbered_as_an_editor_does_and_blank_ones_passed_over(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"one\n\n  two \r\n")
    assert [(line.number, line.content) for line in iter_lines(path)] == [(1, b"one"), (3, b"two")]


def test_a_packed_file_is_unpacked(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b"one\ntwo"))
    assert [line.content for line in iter_lines(path)] == [b"one", b"two"]


def test_a_line_without_end_is_passed_over_and_the_next_one_read(tmp_path, monkeypatch):
    monkeypatch.setattr("civicsearch.ingest.jsonl.MAX_LINE_BYTES", 10)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"one\n" + b"x" * 35 + b"\ntwo")
    lines = list(iter_lines(path))
    assert [(line.number, line.content) for line in lines] == [(1, b"one"), (2, b""), (3, b"two")]
    assert lines[1].problem == "longer than 10 bytes"


def test_rows_of_a_table_stay_rows():
    body = "Một.\n\nA | B\n1 | 2\n\nHai."
    assert parse(body=body).body == body


def test_an_address_is_the_same_as_a_page_would_give():
    one = parse(title="a", url="https://X.example/1?utm_source=x#top")
    assert one.url == "https://x.example/1"
    assert parse(title="a", url="javascript:alert(1)").url is None


def test_a_title_without_end_is_cut():
    assert len(parse(title="a " * 10_000).title) <= 1000


def test_what_cannot_be_read_says_so(tmp_path):
    with pytest.raises(ExtractionError, match="cannot be read"):
        list(iter_lines(tmp_path / "missing.jsonl"))
    (tmp_path / "bad.jsonl.gz").write_bytes(b"no")
    with pytest.raises(ExtractionError, match="not a valid gzip file"):
        list(iter_lines(tmp_path / "bad.jsonl.gz"))


STORIES = [
    {"id": "1", "title": "Chợ phiên Nà Lường", "body": "Chợ họp ngày rằm.\n\nĐông vui."},
    {"id": "2", "title": "ਊ\u0a00\u0b0a\u010a", "body": "Hồ sen"},  # the bytes of a line feed
    {"id": "3", "title": "Sân bóng 🏟 xã Mường Tiên"},
]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_a_file_with_a_byte_order_mark_is_read_as_it_says(tmp_path, codec, name):
    """Only the first line was read; now it is as in UTF-8, down to the hashes."""
    text = "\r\n\n".join(json.dumps(story, ensure_ascii=False) for story in STORIES)
    path = tmp_path / name
    pack = gzip.compress if name.endswith(".gz") else bytes
    path.write_bytes(pack(("\ufeff" + text).encode(codec)))
    marked = list(iter_lines(path))
    path.write_bytes(pack(text.encode()))
    assert marked == list(iter_lines(path))
    assert [parse_document(line).title for line in marked] == [story["title"] for story in STORIES]


def test_a_broken_line_of_utf_16_is_named_and_the_others_are_read(tmp_path):
    path = tmp_path / "a.jsonl"
    lone = b"\x00\xd8"
    path.write_bytes(
        b"\xff\xfe" + "một\n".encode("utf-16-le") + lone + "\nba".encode("utf-16-le") + b"x"
    )
    problems = [(line.number, line.problem) for line in iter_lines(path)]
    assert problems == [
        (1, ""),
        (2, "not UTF-16, as which the file begins"),
        (3, "not UTF-16, as which the file begins"),
    ]


def test_a_line_without_end_in_utf_16_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr("civicsearch.ingest.jsonl.MAX_LINE_BYTES", 10)
    path = tmp_path / "a.jsonl"
    path.write_bytes(("\ufeffmột\n" + "ਊ" * 35 + "\nba").encode("utf-16-be"))
    lines = list(iter_lines(path))
    assert [(line.number, line.content.decode()) for line in lines] == [
        (1, "một"),
        (2, ""),
        (3, "ba"),
    ]
    assert lines[1].problem == "longer than 10 bytes"
