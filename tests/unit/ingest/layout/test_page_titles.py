"""What titles say of their pages."""

from __future__ import annotations

import pytest

from civicsearch.ingest.layout.page_titles import is_list_title


@pytest.mark.parametrize(
    "title",
    [
        "Category:Roads",
        "Month: June 2024",
        "Tháng: 6/2024",
        'Entries for category "Roads"',
        "Posts in category Roads",
        "Posts for June 2024",
        "News from author Jo Lind",
        "Tags and Categories",
        "Site map",
        "Plan du site",
        "Poslední změny",
    ],
)
def test_titles_of_lists(title):
    """Alone, and beside the name of the site."""
    assert is_list_title(title)
    assert is_list_title(f"Marrow Bay – {title}")


@pytest.mark.parametrize("title", ["Day: a long one", "Posts for the new fence", "News from Lorn"])
def test_headlines_that_are_no_titles_of_lists(title):
    assert not is_list_title(title)
