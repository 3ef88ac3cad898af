import datetime as dt

import pytest

from civicsearch.document import Caption, Document, Origin, check_document, parse_moment
from civicsearch.errors import InvalidOptionError

FULL = Document(
    document_id="a1",
    title="Đầu đề",
    lead="Sapo.",
    body="Một.\n\nHai.",
    captions=(Caption(text="Cầu mới. Ảnh: Lò Văn Tấu", credit="Lò Văn Tấu"),),
    authors=("Hà Thị Mẩy",),
    published=dt.datetime(2024, 5, 14, 8, 15, tzinfo=dt.timezone(dt.timedelta(hours=7))),
    modified=dt.date(2024, 5, 15),
    source="Báo Sông Lam",
    section="Xã hội",
    tags=("cầu",),
    language="vi",
    url="https://bao.example/1",
    views=1901,
    notes=("n",),
    origins=(Origin(path="/a", sha256="00"),),
)


def test_a_document_survives_the_way_through_json_values():
    assert Document.from_dict(FULL.to_dict()) == FULL


def test_a_document_with_an_id_alone_survives_it_too():
    assert Document.from_dict({"id": "x"}) == Document(document_id="x")


def test_values_without_an_id_are_refused():
    with pytest.raises(InvalidOptionError, match="id is missing; it must be the id of the doc"):
        Document.from_dict({"title": "Cầu treo"})


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (None, "values cannot be None; it must be a mapping, as `to_dict` returns it"),
        ({"authors": 5}, "authors cannot be 5; it must be several texts, or one"),
        ({"published": 5}, "published cannot be 5; it must be a day in ISO 8601 as a text, or Non"),
        (
            {"published": "hôm qua"},
            "published cannot be 'hôm qua'; it must be a day in ISO 8601 as",
        ),
        ({"modified": "2020-13-01"}, "modified cannot be '2020-13-01'; it must be a day in ISO 86"),
        ({"modified": dt.date(2020, 8, 6)}, r"modified cannot be datetime.date\(2020, 8, 6\)"),
        ({"captions": 5}, "captions cannot be 5; it must be several mappings, as `to_dict` ret"),
        ({"captions": ["Cầu"]}, r"captions cannot be \['Cầu'\]; it must be several mappings"),
        ({"origins": [{"path": "x"}]}, "origins cannot be .*; it must be several mappings"),
        ({"copies": [{"x": 1}]}, "copies cannot be .*; it must be several mappings"),
    ],
)
def test_values_that_cannot_be_read_for_their_type_are_named(values, message):
    with pytest.raises(InvalidOptionError, match=f"^{message}"):
        Document.from_dict(values and {"id": "x"} | values)


def test_a_single_author_or_tag_may_be_a_text():
    document = Document.from_dict({"id": "x", "authors": "An Bình", "tags": "cầu", "notes": None})
    assert (document.authors, document.tags, document.notes) == (("An Bình",), ("cầu",), ())


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"authors": "An Bình"}, "authors of document 'x' cannot be 'An Bình'; it must be several"),
        ({"tags": "cầu"}, "tags of document 'x' cannot be 'cầu'; it must be several texts"),
        ({"authors": (5,)}, r"authors of document 'x' cannot be \(5,\)"),
        ({"title": None}, "title of document 'x' cannot be None; it must be a text"),
        ({"document_id": 5}, "document_id cannot be 5; it must be a text"),
        ({"url": 5}, "url of document 'x' cannot be 5; it must be a text or None"),
        ({"views": "5"}, "views of document 'x' cannot be '5'; it must be a whole number or None"),
        ({"views": True}, "views of document 'x' cannot be True; it must be a whole number"),
        ({"published": "2020-08-06"}, "published of document 'x' cannot be '2020-08-06'"),
        ({"captions": ("Cầu",)}, r"captions of document 'x' cannot be \('Cầu',\)"),
    ],
)
def test_a_value_of_a_wrong_type_is_named(values, message):
    with pytest.raises(InvalidOptionError, match=message):
        check_document(Document(**{"document_id": "x"} | values))


@pytest.mark.parametrize(
    "document_id", ["", " ", "\u00a0", "a\nb", "a\0", "\x85", "\u2028", "\ud800"]
)
def test_an_id_that_cannot_be_typed_is_refused(document_id):
    """At a terminal, or in an address."""
    with pytest.raises(InvalidOptionError, match=r"^document_id cannot be .* that is not blank"):
        check_document(Document(document_id=document_id))


@pytest.mark.parametrize("document_id", ["x", "tin tức/1", "\u200dđ", "https://xã.example/?a=1#2"])
def test_an_id_may_be_any_other_text(document_id):
    check_document(Document(document_id=document_id))


@pytest.mark.parametrize("document", [FULL, Document(document_id="x", authors=["An"], tags={"a"})])
def test_lists_and_sets_do_for_several(document):
    check_document(document)


def test_the_text_is_lead_and_body():
    assert FULL.text == "Sapo.\n\nMột.\n\nHai."


def test_the_zones_are_kept_apart():
    assert FULL.zones == {
        "title": ("Đầu đề",),
        "lead": ("Sapo.",),
        "body": ("Một.", "Hai."),
        "caption": ("Cầu mới. Ảnh: Lò Văn Tấu",),
        "byline": ("Hà Thị Mẩy",),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, None),
        ("", None),
        ("2020-08-06", dt.date(2020, 8, 6)),
        ("2020-08-06T07:30:00", dt.date(2020, 8, 6)),
        ("2020-08-06T07:30:00Z", dt.datetime(2020, 8, 6, 7, 30, tzinfo=dt.UTC)),
    ],
)
def test_a_moment_keeps_its_time_only_with_a_zone(text, expected):
    assert parse_moment(text) == expected


@pytest.mark.parametrize("text", ["06/08/2020", "hôm qua", "2020-13-01"])
def test_what_is_no_iso_date_is_refused(text):
    with pytest.raises(ValueError, match=r"isoformat|month"):
        parse_moment(text)
