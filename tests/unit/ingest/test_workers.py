"""Worker processes that die, or do not end."""

import multiprocessing
import os
import signal
import subprocess
import sys
from concurrent.futures.process import BrokenProcessPool

import pytest

from civicsearch.document import Document, Page
from civicsearch.errors import ExtractionError
from civicsearch.ingest import workers

STORY = """<html><title>Tin {n}</title><body><article><h1>Tin {n}</h1>
<p>Người dân bản Phiêng Say góp sức làm con đường mới dài {n} mét, rộng sáu mét.</p>
<p>Đường nối bản với trung tâm xã, xe máy đi được quanh năm.</p></article></body></html>"""


class _Future:
    def __init__(self, page):
        self._page = page

    def result(self, timeout):
        if self._page == "deadly":
            raise BrokenProcessPool
        if self._page == "endless":
            raise TimeoutError
        return ExtractionError("fine")


class _Worker:
    killed = 0

    def kill(self):
        type(self).killed += 1


class _Executor:
    """A pool whose worker dies over one kind of page, and never ends with another."""

    def __init__(self, max_workers, **options):
        self._processes = {1: _Worker()}

    def submit(self, function, page, *arguments):
        return _Future(page)

    def shutdown(self, **options):
        pass


@pytest.mark.parametrize(
    ("page", "reason"),
    [("deadly", "the worker process died"), ("endless", "not read within 60 seconds")],
)
def test_the_page_that_did_it_is_named_and_no_other(monkeypatch, page, reason):
    """All others are read, in order; workers that hang are killed."""
    monkeypatch.setattr(workers, "ProcessPoolExecutor", _Executor)
    monkeypatch.setattr(_Worker, "killed", 0)
    pages = [(number, page if number in {3, 4, 30} else "") for number in range(40)]
    outcomes = [
        (key, outcome.reason) for key, _, outcome in workers.extract_all(iter(pages), jobs=2)
    ]
    assert [key for key, _ in outcomes] == list(range(40))
    assert {key for key, told in outcomes if told == reason} == {3, 4, 30}
    assert sum(told == "fine" for _, told in outcomes) == 37
    assert _Worker.killed >= 5


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_nothing_is_lost_when_a_worker_is_killed():
    """With real processes: all pages become documents, in order."""

    def pages():
        for number in range(40):
            if number == 25:
                os.kill(multiprocessing.active_children()[0].pid, signal.SIGKILL)
            yield number, Page(content=STORY.format(n=number).encode())

    outcomes = list(workers.extract_all(pages(), jobs=2))
    assert [key for key, _, _ in outcomes] == list(range(40))
    assert all(isinstance(outcome, Document) for _, _, outcome in outcomes)
    assert [outcome.title for _, _, outcome in outcomes] == [f"Tin {n}" for n in range(40)]


KILLED_AT_THE_START = """
import os, signal
from civicsearch.document import Page
from civicsearch.ingest import workers
pages = ((n, Page(content=b"<p>Tin")) for n in range(2))
submit = workers._submit
def submit_and_die(*given):
    submit(*given)
    os.kill(os.getpid(), signal.SIGKILL)
workers._submit = submit_and_die
list(workers.extract_all(pages, jobs=2))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="nobody becomes an orphan there")
def test_a_worker_ends_whose_parent_is_killed_while_it_starts():
    """It held what the parent prints to: `civicsearch ingest ... | tee` never ended."""
    words = [sys.executable, "-c", KILLED_AT_THE_START]
    done = subprocess.run(words, capture_output=True, timeout=30, check=False)
    assert done.returncode == -signal.SIGKILL
