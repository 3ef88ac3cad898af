"""How single values are written."""

from __future__ import annotations

import datetime as dt

import pytest

from civicsearch.analysis.tokens import Span
from civicsearch.web.formats import day_view, language_tag, original_link, pieces


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://www.tinh.example/a", "tinh.example"),
        ("HTTP://Tinh.Example:8080/", "tinh.example"),
        ("http://[::1]/", "::1"),
        ("https://" + "a" * 90 + ".example/", "a" * 47 + "…"),
    ],
)
def test_web_addresses_are_linked(url, text):
    """A link shows the host and leads to the whole address."""
    link = original_link(url)
    assert (link.text, link.href) == (text, url)


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " https://a.example/",
        "https://a.example/\u2028",
        "data:text/html,x",
        "//a.example/",
        "/local/path",
        "file:///etc/hosts",
        "https:///nohost",
        "https://[::1",
        "https:\\\\a.example",
    ],
)
def test_other_addresses_are_not_linked(url):
    """An address with another scheme, none, or room for tricks is no link."""
    assert original_link(url) is None


def test_pieces_without_spans():
    """Text without a match is one unmarked run; no text is no run."""
    assert pieces("abc", ()) == (("abc", False),)
    assert pieces("", ()) == ()


def test_pieces_keep_the_whole_text():
    """The runs put together are the text."""
    text = "<b>dân</b> & vận"
    runs = pieces(text, (Span(0, 3), Span(3, 6), Span(13, 16)))
    assert "".join(run for run, _ in runs) == text
    assert runs == (("<b>dân", True), ("</b> & ", False), ("vận", True))


def test_a_moment_has_its_local_time():
    """The clock where it was published is shown, and the zone kept for machines."""
    zone = dt.timezone(dt.timedelta(hours=7))
    view = day_view(dt.datetime(2021, 12, 1, 7, 5, tzinfo=zone))
    assert view.text == "1 December 2021, 07:05"
    assert view.iso == "2021-12-01T07:05:00+07:00"
    assert day_view(None) is None


@pytest.mark.parametrize(
    ("language", "tag"),
    [("vi", "vi"), ("zh-Hant", "zh-Hant"), ("", ""), ('x" onload="', ""), ("việt", "")],
)
def test_language_tags(language, tag):
    """Only what can be a language tag becomes one."""
    assert language_tag(language) == tag
