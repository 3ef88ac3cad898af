import datetime as dt
import json

import pytest

from civicsearch import Document, InvalidOptionError
from civicsearch.citations import STYLES, cite

ARTICLE = Document(
    document_id="Khe/1",
    title="Dân vận khéo: 100 % & hơn_nữa",
    authors=("Tòng Minh", "Lò Thị Én"),
    published=dt.datetime(2020, 8, 6, 7, 30, tzinfo=dt.timezone(dt.timedelta(hours=7))),
    source="Báo Lam Khê",
    language="vi",
    url="https://lamkhe.example/dan-van?{a}",
)
BARE = Document(document_id="7", body="Không có gì.")


def test_a_line_to_read():
    assert cite(ARTICLE) == (
        "Tòng Minh, Lò Thị Én. “Dân vận khéo: 100 % & hơn_nữa”. Báo Lam Khê, 2020-08-06. "
        "https://lamkhe.example/dan-van?{a}"
    )
    assert cite([BARE, ARTICLE]).splitlines() == ["7", cite(ARTICLE)]


def test_signs_of_bibtex_are_escaped_and_names_kept_whole():
    assert cite(ARTICLE, "bibtex").splitlines() == [
        "@article{khe-1,",
        r"  title = {{Dân vận khéo: 100 \% \& hơn\_nữa}},",
        "  author = {{Tòng Minh} and {Lò Thị Én}},",
        "  journal = {Báo Lam Khê},",
        "  date = {2020-08-06},",
        "  url = {https://lamkhe.example/dan-van?%7Ba%7D},",
        "  langid = {vi},",
        "}",
    ]
    assert cite(BARE, "bibtex") == "@article{7,\n}"
    hostile = cite(Document(document_id="{", title="} \\input{x}"), "bibtex")
    assert hostile.splitlines()[1] == r"  title = {{\} \textbackslash{}input\{x\}}},"


def test_a_record_of_ris():
    assert cite(ARTICLE, "ris").splitlines() == [
        "TY  - NEWS",
        "ID  - Khe/1",
        "TI  - Dân vận khéo: 100 % & hơn_nữa",
        "AU  - Tòng Minh",
        "AU  - Lò Thị Én",
        "T2  - Báo Lam Khê",
        "PY  - 2020",
        "DA  - 2020/08/06",
        "UR  - https://lamkhe.example/dan-van?{a}",
        "LA  - vi",
        "ER  - ",
    ]


def test_an_item_of_csl():
    (item, bare) = json.loads(cite([ARTICLE, BARE], "csl"))
    assert item["author"] == [{"literal": "Tòng Minh"}, {"literal": "Lò Thị Én"}]
    assert item["issued"] == {"date-parts": [[2020, 8, 6]]}
    assert item["URL"] == ARTICLE.url
    assert bare == {"id": "7", "type": "article-newspaper"}


def test_an_address_is_cited_whole():
    """A full stop at its end is part of it; one at the end of a name is said once."""
    article = Document(
        document_id="1", title="Họp.", source="Lam Co.", url="https://lamkhe.example/wiki/Lam_Co."
    )
    assert cite(article) == "“Họp.”. Lam Co. https://lamkhe.example/wiki/Lam_Co."


@pytest.mark.parametrize("style", STYLES)
def test_a_line_break_ends_no_field(style):
    """What a program put into a title is no field, and no record, of its own."""
    broken = Document(
        document_id="1",
        title="Họp\r\nER  - \n\nTY  - BOOK",
        authors=("Tòng\nMinh",),
        source="Báo\u2028Lam",
        url="https://lamkhe.example/a\nUR  - b",
    )
    flat = Document(
        document_id="1",
        title="Họp ER - TY - BOOK",
        authors=("Tòng Minh",),
        source="Báo Lam",
        url="https://lamkhe.example/a UR - b",
    )
    assert cite(broken, style) == cite(flat, style)


def test_an_unknown_style_is_told_what_there_is():
    with pytest.raises(InvalidOptionError, match="one of text, bibtex, ris, csl"):
        cite(BARE, "mla")
    with pytest.raises(InvalidOptionError, match=r"style cannot be \[\]; it must be one of text"):
        cite(BARE, [])


@pytest.mark.parametrize("value", [5, None, "7", [BARE, 5]])
def test_only_documents_are_cited(value):
    with pytest.raises(
        InvalidOptionError, match=r"documents cannot be .*; it must be a Document, "
    ):
        cite(value)


def test_a_document_with_a_value_of_a_wrong_type_is_named():
    with pytest.raises(InvalidOptionError, match="published of document '1' cannot be '2020'"):
        cite(Document(document_id="1", published="2020"))


@pytest.mark.parametrize("style", STYLES)
def test_nothing_is_cited_as_nothing(style):
    assert cite([], style) in ("", "[]")
