"""Extracts many pages, here or in worker processes, and outlives a worker that dies."""

from __future__ import annotations

import itertools
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, TypeVar

from civicsearch.errors import ExtractionError
from civicsearch.ingest.extractor import extract_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from civicsearch.document import Document, Page

__all__ = ["extract_all"]

_AHEAD = 8
"""Pages waiting per worker: enough to keep it busy, few enough to keep memory small."""

Key = TypeVar("Key")


def extract_all(
    pages: Iterator[tuple[Key, Page]], *, jobs: int
) -> Iterator[tuple[Key, Page, Document | ExtractionError]]:
    """Yield every page with its document, or with the reason why there is none, in order.

    Args:
        pages: Anything that tells the caller which page it is, and the page.
        jobs: Worker processes; 1 works in this process.
    """
    if jobs == 1:
        for key, page in pages:
            yield key, page, _extract(page)
        return
    executor = ProcessPoolExecutor(max_workers=jobs)
    waiting: deque[tuple[Key, Page, Future[Document | ExtractionError]]] = deque()
    try:
        while True:
            for key, page in itertools.islice(pages, jobs * _AHEAD - len(waiting)):
                waiting.append((key, page, executor.submit(_extract, page)))
            if not waiting:
                return
            key, page, future = waiting.popleft()
            try:
                yield key, page, future.result()
            except BrokenProcessPool:
                # Which page killed the worker cannot be told, so all that were in hand are
                # named; the next ingest tries them again.
                executor.shutdown(wait=False, cancel_futures=True)
                executor = ProcessPoolExecutor(max_workers=jobs)
                for lost_key, lost_page, _ in [(key, page, future), *waiting]:
                    yield lost_key, lost_page, ExtractionError(reason="the worker process died")
                waiting.clear()
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _extract(page: Page) -> Document | ExtractionError:
    try:
        return extract_document(page)
    except ExtractionError as error:
        return error
