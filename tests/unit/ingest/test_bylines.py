"""Who wrote it, as printed."""

from __future__ import annotations

import pytest

from civicsearch.document import Page
from civicsearch.ingest.bylines import is_labelled_byline
from civicsearch.ingest.extractor import extract_document

STORY = (
    "<p>Hội đồng nhân dân xã đã bàn về con đường mới, về nước sạch và về trường học của thôn.</p>"
    * 6
)


@pytest.mark.parametrize("text", ["Bài, ảnh: Trần Thị Bình", "Autor: Jan Novák", "By Ana Ruiz"])
def test_a_role_makes_a_byline(text):
    assert is_labelled_byline(text)


def test_a_sentence_is_no_byline():
    assert not is_labelled_byline("By Monday the road will be open again for all residents.")


@pytest.mark.parametrize(
    ("above", "below", "authors"),
    [
        ("<p>12. 3. 2021 | Autor: Jana Novotná | Zobrazeno: 12</p>", "", ("Jana Novotná",)),
        ("", "<table><tr><td>Autor:</td><td>Jana Novotná</td></tr></table>", ("Jana Novotná",)),
        ("<p class='author'>Jana Novotná</p>", "", ("Jana Novotná",)),
        ("", "<p align=right><b>Trần Minh Hòa</b></p>", ("Trần Minh Hòa",)),
        ("<p>Phường Lúa Vàng mở hội</p>", "", ()),
    ],
)
def test_places_of_bylines(above, below, authors):
    page = f"<h1>Dân góp đất mở đường</h1>{above}<div>{STORY}</div>{below}"
    assert extract_document(Page(content=page.encode())).authors == authors
