"""A pattern with its alternatives gathered finds what it finds without."""

import re

import pytest

from civicsearch.ingest.reading.alternatives import compile_alternatives, compile_stems

TABLES = (
    "bread-?crumb|trail|(?:post|article)s?[-_]?share|ad-?(?:slot|unit)|bait",
    "a|ab|abc",
    "one$|on(?:ce|ly)|(?:in|out)side",
)
TEXTS = (
    "breadcrumb",
    "posts_share",
    "articleshare",
    "baitx",
    "adunit",
    "ab",
    "outside",
    "none",
    "",
)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("text", TEXTS)
def test_what_is_found_is_what_the_table_says(table, text):
    assert bool(compile_alternatives(table).search(text)) == bool(re.search(table, text))


def test_one_letter_stands_for_all_that_begin_with_it():
    assert compile_alternatives("bread|(?:at|by)e|box").pattern == "b(?:read|ye|ox)|ate"


STEMS = ("tag", "quiz", "a", "sign up", "e-mail", "book", "kick")
AROUND = ("{}", "x{}", "{}x", "ta{}ag", "e {} -", "{0}{0}")
WITHOUT = ("", "ta", "ag", "quz", "signup", "email", "boo k", "kic", "tazg")


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("around", AROUND)
def test_a_stem_is_found_wherever_it_stands(stem, around):
    """Also where it stands twice, and where its rarest letter is its first or its last."""
    assert compile_stems(f"zoo|{stem}|row").search(around.format(stem))


@pytest.mark.parametrize("text", WITHOUT)
def test_without_a_stem_nothing_is_found(text):
    assert not compile_stems("tag|quiz|sign up|e-mail|book|kick|row").search(text)
