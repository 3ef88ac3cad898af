"""A pattern with its alternatives gathered finds what it finds without."""

import re

import pytest

from civicsearch.ingest.reading.alternatives import compile_alternatives

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
