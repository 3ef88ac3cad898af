"""Several whole articles below one another."""

from __future__ import annotations

import pytest

from civicsearch.document import Document, Page
from civicsearch.ingest.extractor import Accept, extract_document

OWN = "Xã Lam Khê mở rộng mười hai tuyến đường"
OTHER = "Huyện Vọng Sơn giám sát nguồn nước sạch"
STORY = "Cán bộ xã đã cùng người dân bàn về {} và về những việc còn lại của năm nay trong thôn. "


def story(title: str, matter: str, *, level: int = 1, signed: str = "<p>02/10/2023</p>") -> str:
    text = "".join(f"<p>{STORY.format(matter) * 2}</p>" for _ in range(4))
    return f"<h{level}>{title}</h{level}>{signed}{text}"


def read(body: str, *, title: str = OWN) -> Document:
    page = f"<html lang=vi><head><title>{title} | Báo Lam Khê</title></head><body>{body}</body>"
    return extract_document(Page(content=page.encode()))


@pytest.mark.parametrize("level", [1, 2])
@pytest.mark.parametrize("tag", ["article", "div class=st"])
def test_only_the_first_article_is_kept(tag, level):
    end = tag.partition(" ")[0]
    parts = [story(OWN, "con đường", level=level), story(OTHER, "dòng nước", level=level) * 2]
    document = read("".join(f"<{tag}>{part}</{end}>" for part in parts))
    assert document.title == OWN
    assert "con đường" in document.body
    assert "dòng nước" not in document.body


def test_articles_may_follow_without_parts_of_their_own():
    document = read(f"<div>{story(OWN, 'con đường')}{story(OTHER, 'dòng nước')}</div>")
    assert "con đường" in document.body
    assert "dòng nước" not in document.body


def test_an_article_may_be_signed_in_place_of_a_date():
    signed = "<p>Tác giả: Lê Thị Mai</p>"
    parts = story(OWN, "con đường", signed=signed), story(OTHER, "dòng nước", signed=signed)
    document = read("".join(f"<section>{part}</section>" for part in parts))
    assert "dòng nước" not in document.body


def test_parts_of_one_story_have_no_dates():
    parts = story(OWN, "con đường"), story("Việc còn lại của dự án này", "dòng nước", signed="")
    document = read("".join(f"<section>{part}</section>" for part in parts))
    assert "con đường" in document.body
    assert "dòng nước" in document.body


def test_days_of_a_report_follow_under_its_own_headline():
    """The entries of a ticker are dated, but none of them is called like the page."""
    entries = story("Ngày thứ nhất", "con đường", level=2) + story("Ngày thứ hai", "nước", level=2)
    document = read(f"<h1>{OWN}</h1><div>{entries}</div>")
    assert "con đường" in document.body
    assert "về nước" in document.body


def test_stories_whose_headlines_lead_to_other_pages_are_a_list():
    """Front pages state the first of their posts; it is not what the page is."""
    parts = story(f"<a href=/duong>{OWN}</a>", "con đường"), story(OTHER, "dòng nước")
    body = "".join(f"<article>{part}</article>" for part in parts)
    page = f"<html lang=vi><head><title>{OWN}</title></head><body>{body}</body>".encode()
    front = Page(content=page, url="https://lamkhe.example/tin/")
    own = Page(content=page, url="https://lamkhe.example/duong")
    assert "dòng nước" in extract_document(front, accept=Accept.ANY_PAGE).body
    assert "dòng nước" not in extract_document(own).body
