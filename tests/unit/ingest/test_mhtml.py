"""Pages that a browser saved with their pictures."""

import pytest

from civicsearch import Archive
from civicsearch.errors import ExtractionError
from civicsearch.ingest.mhtml import read_mhtml

TEXT = "Hội đồng nhân dân xã Nà Lường họp kỳ cuối năm về ngân sách. " * 8
SAVED = """\
From: <Saved by a browser>
Snapshot-Content-Location: http://lamkhe.example/hop-hdnd-cuoi-nam.html
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="--b"

----b
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
----b
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: 8bit
{location}
<html><title>Kỳ họp</title><article><h1>Kỳ họp</h1><p>{text}</p></article></html>
----b--
"""


def saved(location="", text=TEXT):
    return SAVED.format(location=location, text=text).encode()


def test_the_page_has_its_address_and_charset():
    """That of the part wins over that of the file."""
    page = read_mhtml(saved())
    assert "Kỳ họp" in page.content.decode()
    assert page.url == "http://lamkhe.example/hop-hdnd-cuoi-nam.html"
    assert page.content_type == "text/html; charset=utf-8"
    page = read_mhtml(saved("Content-Location: http://lamkhe.example/2\n"))
    assert page.url == "http://lamkhe.example/2"


def test_a_file_may_be_one_part():
    """Without boundary, quoted-printable."""
    page = read_mhtml(
        b"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        b"<p>X=C3=A3</p>"
    )
    assert page.content == "<p>Xã</p>".encode()
    assert page.url is None


@pytest.mark.parametrize(
    "content", [b"", b"no mail", b"Content-Type: image/png\n\nx", b"\x00" * 99]
)
def test_a_file_without_a_page_is_refused(content):
    with pytest.raises(ExtractionError, match="MHTML"):
        read_mhtml(content)


def test_an_ingest_reads_saved_pages(tmp_path):
    """In folders, packed or not; again, they are unchanged."""
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "a.mhtml").write_bytes(saved())
    (folder / "b.MHT").write_bytes(b"no mail")
    with Archive.create(tmp_path / "index") as archive:
        report = archive.ingest(folder)
        assert (report.added, [failure.reason for failure in report.failures]) == (
            1,
            ["the MHTML file holds no page"],
        )
        hit = archive.search("ngân sách").hits[0]
        assert (hit.title, hit.url) == ("Kỳ họp", "http://lamkhe.example/hop-hdnd-cuoi-nam.html")
        assert archive.ingest(folder).unchanged == 1
