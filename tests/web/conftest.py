"""A small archive, a client for it, and a reader of pages."""

from __future__ import annotations

import datetime as dt
import warnings
from html.parser import HTMLParser

import pytest

from civicsearch import Archive, Caption, Document, Origin
from civicsearch.web.app import create_app

with warnings.catch_warnings():
    # Newer versions of starlette ask for another client package than older ones can use.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

HOSTILE = "\"'><img src=x onerror=alert(1)></title><script>alert(2)</script>"
VIETNAM = dt.timezone(dt.timedelta(hours=7))

DOCUMENTS = (
    Document(
        document_id="khe-ha",
        title="Dân vận khéo ở Khê Hạ",
        lead="Tổ dân vận thôn đi từng nhà.",
        body="Hai mươi hộ hiến đất mở đường.\n\nAn ninh & trật tự <tốt> hơn.",
        captions=(Caption(text="Cổng làng mới. Ảnh: Lê Thị Mơ", credit="Lê Thị Mơ"),),
        authors=("Trần Văn Mẫu", "Vi Thị Sao"),
        published=dt.datetime(2020, 8, 6, 7, 30, tzinfo=VIETNAM),
        modified=dt.date(2020, 8, 9),
        source="Báo Sông Lam",
        section="Xây dựng Đảng",
        tags=("dân vận", "nông thôn mới"),
        language="vi",
        url="https://www.baosonglam.example/khe-ha?a=1&b=2",
        notes=("An error text above the title was dropped.",),
        origins=(Origin(path="/srv/secret/khe-ha.html", sha256="0" * 64),),
    ),
    Document(
        document_id="hostile",
        title=f"Dân {HOSTILE}",
        body=f"Đường dây nóng của xã {HOSTILE} đã mở.",
        source=HOSTILE,
        section=HOSTILE,
        authors=(HOSTILE,),
        tags=(HOSTILE,),
        notes=(HOSTILE,),
        captions=(Caption(text=HOSTILE),),
        language='vi" onload="alert(3)',
        url="javascript:alert(4)//dân",
        published=dt.date(2019, 1, 2),
    ),
    Document(document_id="a/b c?d#e%2F../ü", title="Dân phòng", body="Tuần tra ban đêm."),
    Document(
        document_id="lone", title="Dân \ud800 quân", body="Diễn tập \udfff.", source="x\ud800"
    ),
)


def many(count):
    return [
        Document(
            document_id=f"many-{number:03d}",
            title=f"Họp tổ dân phố số {number}",
            source=f"Phường {number % 40}",
            published=dt.date(1990 + number % 30, 5, 5),
        )
        for number in range(count)
    ]


class Page(HTMLParser):
    """What a browser would see: elements with their attributes, and the text between them."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.texts = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self):
        return " ".join("".join(self.texts).split())

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]

    def hrefs(self):
        return [attrs["href"] for attrs in self.all("a")]


def client_for(archive, **options):
    app = create_app(archive, **options)
    return TestClient(app, follow_redirects=False, raise_server_exceptions=False)


@pytest.fixture
def archive():
    with Archive.in_memory() as archive:
        archive.add(DOCUMENTS)
        yield archive


@pytest.fixture
def client(archive):
    return client_for(archive)


@pytest.fixture
def big_client():
    with Archive.in_memory() as archive:
        archive.add(many(95))
        yield client_for(archive)


@pytest.fixture
def make_client():
    return client_for


@pytest.fixture
def read_page():
    return Page


@pytest.fixture
def hostile():
    return HOSTILE
