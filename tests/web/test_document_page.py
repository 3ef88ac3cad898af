"""The page of one document."""

from __future__ import annotations


def test_everything_of_the_document_is_there(client, read_page):
    """Title, byline, days, source, lead, body, captions, keywords, notes and id can be read."""
    response = client.get("/documents/khe-ha")
    assert response.status_code == 200
    page = read_page(response.text)
    for part in (
        "Báo Sông Lam",
        "Xây dựng Đảng",
        "Dân vận khéo ở Khê Hạ",
        "Trần Văn Mẫu, Vi Thị Sao",
        "6 August 2020, 07:30",
        "changed 9 August 2020",
        "Tổ dân vận thôn đi từng nhà.",
        "An ninh & trật tự <tốt> hơn.",
        "Cổng làng mới. Ảnh: Lê Thị Mơ",
        "dân vận · nông thôn mới",
        "An error text above the title was dropped.",
        "khe-ha",
    ):
        assert part in page.text
    assert {"class": "document", "lang": "vi"} in page.all("article")
    assert "https://www.baosonglam.example/khe-ha?a=1&b=2" in page.hrefs()
    assert "secret" not in response.text


def test_paragraphs_are_paragraphs(client):
    """Blocks of the body become elements of their own."""
    text = client.get("/documents/khe-ha").text
    assert '<p dir="auto">Hai mươi hộ hiến đất mở đường.</p>' in text


def test_document_with_an_id_only(make_client, read_page):
    """A document that holds nothing has a page all the same."""
    from civicsearch import Archive, Document

    with Archive.in_memory() as archive:
        archive.add(Document(document_id="bare"))
        response = make_client(archive).get("/documents/bare")
    assert response.status_code == 200
    assert "Untitled document" in read_page(response.text).text


def test_unknown_document(client, read_page):
    """A missing document is a friendly page with the form, and a problem for programs."""
    page = client.get("/documents/gone<script>")
    assert page.status_code == 404
    assert "No document has this id." in read_page(page.text).text
    assert 'role="search"' in page.text
    problem = client.get("/api/documents/gone")
    assert problem.status_code == 404
    assert problem.json()["code"] == "document_not_found"


def test_related_articles_are_listed(make_client, read_page):
    """On the page of the document, and as JSON."""
    from civicsearch import Archive, Document

    bodies = {"one": "Cầu treo Phiêng Say.", "two": "Cầu treo Phiêng Say mới.", "three": "Chợ."}
    with Archive.in_memory() as archive:
        archive.add([Document(document_id=n, title=f"Tin {n}", body=b) for n, b in bodies.items()])
        client = make_client(archive)
        page = read_page(client.get("/documents/one").text)
        answer = client.get("/api/related?id=one&limit=5").json()
    assert "Related articles" in page.text
    assert "/documents/two" in page.hrefs()
    assert "/documents/three" not in page.hrefs()
    assert [hit["document_id"] for hit in answer["hits"]] == ["two"]
    assert (answer["id"], answer["total"]) == ("one", {"value": 1, "exact": True})


def test_related_articles_say_their_own_language(make_client):
    """A screen reader speaks the title of each as it is written, not as the article around it."""
    from civicsearch import Archive, Document

    with Archive.in_memory() as archive:
        archive.add(
            Document(document_id=name, title=f"Khe {name}", body="Phieng Say Khe.", language=name)
            for name in ("vi", "de")
        )
        page = make_client(archive).get("/documents/vi").text
    assert '<a href="/documents/de" lang="de" dir="auto">Khe de</a>' in page


def test_related_articles_of_nothing(client):
    """A missing document is a problem; so is a number out of range."""
    assert client.get("/api/related?id=gone").json()["code"] == "document_not_found"
    assert client.get("/api/related").status_code == 400
    assert client.get("/api/related?id=khe-ha&limit=101").json()["code"] == "invalid_option"
