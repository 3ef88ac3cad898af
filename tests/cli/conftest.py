"""What every test of the command line needs: an index to ask, and a way to ask it."""

import datetime as dt
import io
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from civicsearch import Archive, Caption, Document
from civicsearch.cli.main import run

DOCUMENTS = (
    Document(
        document_id="khe-1",
        title="Dân vận khéo ở Phiêng Sậy",
        lead="Thôn vùng cao có đường mới.",
        body="Bà con hiến đất mở đường.\n\nPhong trào dân vận khéo lan tới mười thôn.",
        captions=(Caption(text="Đường mới. Ảnh: Lò Thị Én", credit="Lò Thị Én"),),
        authors=("Tòng Minh",),
        published=dt.date(2020, 8, 6),
        source="Báo Lam Khê",
        section="Xã hội",
        language="vi",
        url="https://lamkhe.example/dan-van",
        views=1901,
        notes=("Dropped an error text above the title.",),
    ),
    Document(
        document_id="khe-2",
        title="Hội nghị dân vận toàn tỉnh",
        body="Hội nghị bàn về dân vận ở cơ sở.",
        published=dt.datetime(2021, 3, 1, 7, 30, tzinfo=dt.timezone(dt.timedelta(hours=7))),
        source="Báo Lam Khê",
        language="vi",
    ),
    Document(
        document_id="lipa-3",
        title="Nové hřiště v Horní Lípě",
        body="Město otevřelo hřiště.",
        source="Město Horní Lípa",
        language="cs",
    ),
)


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch, tmp_path):
    """No variable of the machine changes an answer, and the default index is empty."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "CIVICSEARCH_DEBUG", "CIVICSEARCH_INDEX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def call(capsys, monkeypatch):
    """Run the command line in this process: call("search", "dan", "van")."""

    def call(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        status = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(int(status), captured.out, captured.err)

    return call


@pytest.fixture
def index(tmp_path) -> Path:
    """The index `index` in the working folder, with three documents."""
    path = tmp_path / "index"
    with Archive.create(path) as archive:
        archive.add(DOCUMENTS)
    return path


@pytest.fixture
def page(tmp_path) -> Path:
    """One page of a town that does not exist."""
    path = tmp_path / "pages" / "cau-moi.html"
    path.parent.mkdir()
    path.write_text(
        "<html lang=vi><head><title>Khánh thành cầu Nậm Lống</title></head><body>"
        "<nav><a href=/>Trang chủ</a> <a href=/tin>Tin tức</a></nav>"
        "<article><h1>Khánh thành cầu Nậm Lống</h1>"
        "<p>Sáng 12/5, xã Suối Ngàn khánh thành cây cầu bê tông đầu tiên qua suối Nậm Lống, "
        "nối hai thôn vốn cách nhau một con nước.</p>"
        "<p>Cầu dài ba mươi hai mét, do nhân dân góp hơn một nghìn ngày công, hoàn thành sau "
        "bảy tháng thi công liên tục.</p></article>"
        "<footer>Bản quyền thuộc về xã Suối Ngàn</footer></body></html>",
        encoding="utf-8",
    )
    return path
