"""Extracts many pages, here or in worker processes, and outlives a worker that dies."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from civicsearch.errors import ExtractionError
from civicsearch.ingest.extractor import extract_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from civicsearch.document import Document, Page
    from civicsearch.ingest.profiles.profile import SiteProfiles

__all__ = ["extract_all"]

_AHEAD = 8
"""Pages waiting per worker: enough to keep it busy, few enough to keep memory small."""

_MOST_SECONDS = 60
"""A page that takes a worker longer is given up. The worst of the hostile pages take three."""
_DIED = "the worker process died"

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
                yield key, page, future.result(_MOST_SECONDS)
            except (BrokenProcessPool, TimeoutError):
                # Which of the pages in hand did it is told by reading each by itself.
                _end(executor)
                yield from _one_by_one([(key, page), *((k, p) for k, p, _ in waiting)], profiles)
                waiting.clear()
                executor = _executor(jobs)
    finally:
        _end(executor)


def _one_by_one(
    pages: Sequence[tuple[Key, Page]], profiles: SiteProfiles | None
) -> Iterator[tuple[Key, Page, Document | ExtractionError]]:
    """Yield pages of which some may kill a worker, or keep it for ever: these with the reason."""
    executor = _executor(1)
    try:
        for key, page in pages:
            try:
                outcome = _submit(executor, page, profiles).result(_MOST_SECONDS)
            except (BrokenProcessPool, TimeoutError) as error:
                is_slow = isinstance(error, TimeoutError)
                reason = f"not read within {_MOST_SECONDS} seconds" if is_slow else _DIED
                outcome = ExtractionError(reason)
                _end(executor)
                executor = _executor(1)
            yield key, page, outcome
    finally:
        _end(executor)


def _end(executor: ProcessPoolExecutor) -> None:
    """End a pool and its workers, also those that will not end by themselves."""
    workers = list((executor._processes or {}).values())  # noqa: SLF001 - nothing else names them
    executor.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.kill()


def _executor(jobs: int) -> ProcessPoolExecutor:
    """Return a pool whose workers hold nothing of this process and do not outlive it.

    Forked ones would hold the lock of the archive, and keep it when this process is killed.
    """
    return ProcessPoolExecutor(
        max_workers=jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_end_with_parent,
        initargs=(os.getpid(),),
    )


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Hold ^C back while a worker is started, which is born deaf to it.

    A terminal sends it to all: it is for the parent, which ends in order. Until a worker can say
    that it does not listen it would die of it, with a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent(parent: int) -> None:
    """End this worker soon after the process of number `parent`.

    It is told, as who asks here may be an orphan already, where that was killed at the start: such
    a worker waited for ever, and so did who reads what an ingest prints.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)

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
        with _without_interrupts():
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
    except Exception as error:  # noqa: BLE001 - one bad page never stops an ingest, nor does a fault of ours
        reason = f"unexpected {type(error).__name__}: {error}; please report it with this page"
        return ExtractionError(reason)
