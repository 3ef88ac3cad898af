"""Who may ask an archive, and when: closing, and threads."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from civicsearch import Archive
from civicsearch.errors import ArchiveClosedError, ArchiveLockedError
from fakes.builders import a_document


@pytest.fixture(params=["memory", "local"])
def own(request, tmp_path):
    """An archive of each engine with one document, for the test to close."""
    made = Archive.in_memory() if request.param == "memory" else Archive.create(tmp_path / "index")
    made.add(a_document(document_id="1", title="Dân vận khéo", body="Xã họp dân vận."))
    return made


@pytest.mark.parametrize(
    "ask",
    [
        len,
        Archive.__enter__,
        Archive.stats,
        Archive.check,
        Archive.optimize,
        lambda a: a.search("dân"),
        lambda a: a.suggest("dân"),
        lambda a: a.document("1"),
        lambda a: a.related("1"),
        lambda a: a.why("dân", "1"),
        lambda a: a.add(a_document(document_id="2")),
        lambda a: a.delete("1"),
        lambda a: a.ingest("corpus"),
    ],
)
def test_a_closed_archive_refuses_whatever_is_asked(own, ask):
    with own:
        pass
    with pytest.raises(ArchiveClosedError, match=r"The archive is closed\. Open it again"):
        ask(own)


def test_closing_twice_does_no_harm(own):
    with own as archive, archive:
        archive.close()
    own.close()


def test_answers_are_read_after_their_archive_was_closed(own):
    own.add(a_document(document_id="2", title="Dân vận", body="Dân vận ở bản."))
    with own:
        results = own.search("dan van", limit=1)
    (hit,) = results.hits
    assert hit.snippet.text
    assert hit.explain().value == pytest.approx(hit.score)
    assert (results.total.value, bool(results.cursor)) == (2, True)
    assert results.suggestions == ("dân vận",)


def test_threads_take_turns_to_write(own):
    """None is told that another process is writing."""
    with own, ThreadPoolExecutor(12) as pool:
        added = [pool.submit(own.add, a_document(document_id=f"t{i}")) for i in range(24)]
        deleted = pool.submit(own.delete, "1")
        searched = [pool.submit(own.search, "dân") for _ in range(12)]
        assert [call.result() for call in added] == [1] * 24
        assert deleted.result() == 1
        assert all(call.result() for call in searched)
        assert len(own) == 24


def test_closing_waits_for_the_change_of_another_thread(own):
    begun, may_end = threading.Event(), threading.Event()

    def documents():
        begun.set()
        may_end.wait(10)
        yield a_document(document_id="2")

    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(own.add, documents())
        assert begun.wait(10)
        closing = pool.submit(own.close)
        with pytest.raises(TimeoutError):
            closing.result(0.05)
        may_end.set()
        assert first.result(10) == 1
        closing.result(10)
    with pytest.raises(ArchiveClosedError):
        own.add(a_document())


def test_a_change_within_a_change_is_refused_not_waited_for(own):
    def documents():
        own.delete("1")
        yield a_document(document_id="2")

    with own, pytest.raises(ArchiveLockedError, match="is being written by this process already"):
        own.add(documents())


def test_two_archives_of_a_process_are_told_so(tmp_path):
    with Archive.create(tmp_path / "index") as first, Archive.open(tmp_path / "index") as second:

        def documents():
            with pytest.raises(ArchiveLockedError, match="is being written by this process"):
                second.add(a_document(document_id="2"))
            yield a_document(document_id="1")

        assert first.add(documents()) == 1
        assert second.add(a_document(document_id="2")) == 1
