"""Names of parts."""

from __future__ import annotations

import pytest

from civicsearch.ingest.reading.vocabulary import (
    boilerplate_word,
    is_author_name,
    is_body_name,
    is_caption_name,
    is_lead_name,
    is_title_name,
)


@pytest.mark.parametrize(
    "names",
    ["box-tinlienquan", "relatedPosts", "tin_lien_quan", "sidebar", "comment-list", "quangcao",
     "widget widget_text", "social-share", "c-breadcrumb", "newsletter-signup", "souvisejici",
     "vjs-control-bar", "video-js", "jwplayer"],
)  # fmt: skip
def test_furniture_is_known_by_name(names):
    assert boilerplate_word(names)


@pytest.mark.parametrize(
    "names",
    ["content", "news-detail", "elementor-widget-wrap", "article__body", "noidung", "radio",
     "shadow", "header-text", "main", "MsoNormal", "loading"],
)  # fmt: skip
def test_parts_that_hold_stories_are_no_furniture(names):
    assert not boilerplate_word(names)


@pytest.mark.parametrize("names", ["sapo", "news_sapo", "perex", "haberSpot", "article-summary"])
def test_lead_names(names):
    assert is_lead_name(names)


def test_other_names():
    assert is_body_name("entry-content")
    assert is_caption_name("wp-caption-text")
    assert is_caption_name("newsImageContainer")
    assert is_author_name("tac-gia")
    assert not is_author_name("authority")


def test_a_contributor_is_an_author_where_the_name_is_meant():
    assert is_author_name("TextContributorName")
    assert not is_author_name("contributor-role")


def test_vietnamese_names_of_parts_are_known():
    assert is_title_name("tentin")
    assert not is_title_name("content-inner")
    assert is_lead_name("hometext")
    assert boilerplate_word("tin-da-dua")
