"""Reads a search page by page, each going on after the one before."""

from dataclasses import replace

MOST_PAGES = 1000


def iter_pages(searcher, request):
    """Yield the pages of `request`, from its own to the last.

    Args:
        searcher: Called before each page for what to ask, which may change in between.
        request: What is asked.
    """
    for _ in range(MOST_PAGES):
        page = searcher().search(request)
        yield page
        if page.end is None:
            return
        request = replace(request, offset=0, after=page.end)
    message = f"no end after {MOST_PAGES} pages"
    raise AssertionError(message)
