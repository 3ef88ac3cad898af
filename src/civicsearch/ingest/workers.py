"""Extracts many pages, here or in worker processes, and outlives a worker that dies."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import threading
import time
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, TypeVar

from civicsearch.errors import ExtractionError
from civicsearch.ingest.extractor import extract_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from civicsearch.document import Document, Page
    from civicsearch.ingest.profiles.profile import SiteProfiles

__all__ = ["extract_all"]

_AHEAD = 8
"""Pages waiting per worker: enough to keep it busy, few enough to keep memory small."""

Key = TypeVar("Key")


def extract_all(
    pages: Iterator[tuple[Key, Page]], *, jobs: int, profiles: SiteProfiles | None = None
) -> Iterator[tuple[Key, Page, Document | ExtractionError]]:
    """Yield every page with its document, or with the reason why there is none, in order.

    Args:
        pages: Anything that tells the caller which page it is, and the page.
        jobs: Worker processes; 1 works in this process.
        profiles: Selectors of sites, which are asked before the generic rules.
    """
    if jobs == 1:
        for key, page in pages:
            yield key, page, _extract(page, profiles)
        return
    executor = _executor(jobs)
    waiting: deque[tuple[Key, Page, Future[Document | ExtractionError]]] = deque()
    try:
        while True:
            for key, page in itertools.islice(pages, jobs * _AHEAD - len(waiting)):
                waiting.append((key, page, _submit(executor, page, profiles)))
            if not waiting:
                return
            key, page, future = waiting.popleft()
            try:
                yield key, page, future.result()
            except BrokenProcessPool:
                # Which page killed the worker cannot be told, so all that were in hand are
                # named; the next ingest tries them again.
                executor.shutdown(wait=False, cancel_futures=True)
                executor = _executor(jobs)
                for lost_key, lost_page, _ in [(key, page, future), *waiting]:
                    yield lost_key, lost_page, ExtractionError(reason="the worker process died")
                waiting.clear()
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _executor(jobs: int) -> ProcessPoolExecutor:
    """Return a pool whose workers hold nothing of this process and do not outlive it.

    Forked ones would hold the lock of the archive, and keep it when this process is killed.
    """
    return ProcessPoolExecutor(
        max_workers=jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_end_with_parent,
    )


def _end_with_parent() -> None:
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _submit(
    executor: ProcessPoolExecutor, page: Page, profiles: SiteProfiles | None
) -> Future[Document | ExtractionError]:
    """Submit a page; where a worker has died meanwhile, the future says so."""
    try:
        return executor.submit(_extract, page, profiles)
    except BrokenProcessPool as error:
        future: Future[Document | ExtractionError] = Future()
        future.set_exception(error)
        return future


def _extract(page: Page, profiles: SiteProfiles | None) -> Document | ExtractionError:
    try:
        return extract_document(page, profiles=profiles)
    except ExtractionError as error:
        return error
