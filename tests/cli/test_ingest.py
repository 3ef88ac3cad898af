"""`civicsearch ingest`: what it reads, reports, and leaves behind."""

import json
import os
import signal

import pytest

from civicsearch import Archive
from civicsearch.ingest.report import IngestFailure, IngestReport


def test_page_becomes_searchable(call, page):
    """Standard output is silent; the summary is a message; the answer is there at once."""
    done = call("ingest", page.parent)
    assert (done.status, done.out) == (0, "")
    assert done.err.startswith("1 added, 0 updated, 0 unchanged, 0 failed in ")
    assert done.err.endswith("s. The index 'index' holds 1 document.\n")
    assert "Khánh thành cầu Nậm Lống" in call("search", "cau nam long").out


def test_second_time_reads_nothing_anew(call, page):
    """What is known is passed over."""
    call("ingest", page)
    assert call("ingest", page).err.startswith("0 added, 0 updated, 1 unchanged, 0 failed in ")


def test_json_report_on_standard_output(call, page):
    """With --json the report is data, the summary stays a message."""
    done = call("ingest", page, "--json")
    assert json.loads(done.out)["added"] == 1
    assert "1 added" in done.err


def test_failed_page_is_named_and_the_rest_kept(call, page):
    """Status 2, the reason, and what happened to the others."""
    (page.parent / "empty.html").write_bytes(b"")
    done = call("ingest", page.parent)
    assert done.status == 2
    lines = done.err.splitlines()
    assert "1 page could not be read:" in lines
    assert any(line.startswith(f"  {page.parent}/empty.html: ") for line in lines)
    assert lines[-1] == "Everything else is stored and searchable."
    assert call("search", "cầu").status == 0


def test_where_nothing_could_be_read_nothing_is_said_to_be_stored(call, page):
    """The summary has said what there is."""
    page.write_bytes(b"")
    done = call("ingest", page)
    assert done.status == 2
    assert done.err.splitlines()[-1].startswith(f"  {page}: ")


def test_many_failures_are_not_all_printed(call, page, monkeypatch):
    """Twenty names are enough for a screen; JSON has them all."""
    failures = [IngestFailure(path=f"p{n}\x1b.html", reason="broken") for n in range(23)]
    report = IngestReport(added=1, failures=failures, ignored={".txt": 1})
    monkeypatch.setattr(Archive, "ingest", lambda *args, **kwargs: report)
    done = call("ingest", page, "--json")
    assert done.err.count("broken") == 20
    assert "  and 3 more; --json lists all\n" in done.err
    assert "Passed over files that hold neither pages nor documents: 1 .txt.\n" in done.err
    assert "\x1b" not in done.err
    assert len(json.loads(done.out)["failures"]) == 23


def test_links_that_are_not_followed_are_counted(call, page, tmp_path):
    """Else whole folders would be missing in silence."""
    (tmp_path / "elsewhere").mkdir()
    (page.parent / "more").symlink_to(tmp_path / "elsewhere")
    done = call("ingest", page.parent, "--json")
    assert done.err.splitlines()[-1] == (
        "Passed over 1 link out of a folder, or to nothing. To read what is there, name it."
    )
    assert json.loads(done.out)["links"] == 1


def test_mistyped_path_makes_no_index(call, tmp_path):
    """Nothing is left behind by a mistake."""
    done = call("ingest", "corpsu")
    assert done.status == 2
    assert done.err == (
        "civicsearch: Nothing to ingest at 'corpsu': there is no such file or folder.\n"
    )
    assert not (tmp_path / "index").exists()


def test_mistyped_paths_make_no_index_either(call, tmp_path):
    """All of them are named."""
    done = call("ingest", "a.html", "b.html")
    assert done.status == 2
    assert done.err == (
        "civicsearch: Nothing to ingest at 'a.html': there is no such file or folder; "
        "'b.html': there is no such file or folder.\n"
    )
    assert not (tmp_path / "index").exists()


def test_one_mistyped_path_does_not_stop_the_rest(call, page):
    """It is named and counted, and the status tells."""
    done = call("ingest", page, "b.html")
    assert done.status == 2
    assert done.err.startswith("1 added, 0 updated, 0 unchanged, 1 failed in ")
    assert "\n  b.html: there is no such file or folder\n" in done.err


def test_a_named_file_that_is_no_page_makes_no_index(call, tmp_path):
    """Nor an article without a title."""
    (tmp_path / "README.md").write_text("# Mine\n")
    done = call("ingest", "README.md")
    assert done.status == 2
    assert done.err == (
        "civicsearch: Nothing to ingest at 'README.md': no page by its name or its content; "
        "rename it to end in .html if it is one.\n"
    )
    assert not (tmp_path / "index").exists()


def test_empty_folder_is_an_error(call, tmp_path):
    """A folder without pages is most likely the wrong one."""
    (tmp_path / "empty").mkdir()
    done = call("ingest", "empty")
    assert done.status == 2
    assert done.err.startswith("civicsearch: Nothing to ingest at 'empty': the folder holds no ")


def test_foreign_folder_is_not_touched(call, page, tmp_path):
    """An index that is not ours is left alone."""
    foreign = tmp_path / "letters"
    foreign.mkdir()
    (foreign / "letter.txt").write_text("dear")
    done = call("ingest", page, "--index", foreign)
    assert done.status == 2
    assert "is not a civicsearch archive" in done.err
    assert [path.name for path in foreign.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("jobs", ["0", "65", "many"])
def test_wrong_number_of_jobs(call, page, tmp_path, jobs):
    """A bad value is refused before anything is made."""
    done = call("ingest", page, "--jobs", jobs)
    assert done.status == 2
    assert "Invalid value for '--jobs'" in done.err
    assert done.err.endswith("Try 'civicsearch ingest --help'.\n")
    assert not (tmp_path / "index").exists()


def test_jobs_from_the_environment(call, page, monkeypatch):
    """The variable is read, and checked as the option is."""
    monkeypatch.setenv("CIVICSEARCH_INGEST_JOBS", "0")
    assert call("ingest", page).status == 2
    monkeypatch.setenv("CIVICSEARCH_INGEST_JOBS", "1")
    assert call("ingest", page).status == 0


def test_interrupt_says_what_is_kept(call, page, monkeypatch):
    """Ctrl-C is one sentence and status 130."""

    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(Archive, "ingest", interrupted)
    done = call("ingest", page)
    assert done.status == 130
    assert done.err == (
        "civicsearch: Interrupted. What was committed is kept and searchable; "
        "run the same command again to read the rest.\n"
    )


def test_memory_is_passed_on(call, page, monkeypatch):
    """--memory is that of the archive, and 512 where nothing is said."""
    given = []
    create = Archive.create

    def remember(path, *, memory_mb):
        given.append(memory_mb)
        return create(path, memory_mb=memory_mb)

    monkeypatch.setattr(Archive, "create", remember)
    call("ingest", page)
    call("ingest", page, "--memory", "200")
    monkeypatch.setenv("CIVICSEARCH_INGEST_MEMORY", "300")
    call("ingest", page)
    assert given == [512, 200, 300]


@pytest.mark.parametrize("memory", ["127", "-1", "much"])
def test_wrong_amount_of_memory(call, page, tmp_path, memory):
    """A bad value is refused before anything is made."""
    done = call("ingest", page, "--memory", memory)
    assert done.status == 2
    assert "Invalid value for '--memory'" in done.err
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize("signals", [1, 2])
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_in_order_and_another_one_at_once(
    call, page, monkeypatch, signals, number, status
):
    """After the first, what was read is stored; the status is that of shells."""

    def interrupted(self, paths, *, should_stop, **options):
        for _ in range(signals):
            os.kill(os.getpid(), number)
        assert should_stop()
        return IngestReport(added=3, is_interrupted=True)

    before = signal.getsignal(number)
    monkeypatch.setattr(Archive, "ingest", interrupted)
    done = call("ingest", page)
    assert done.status == (status if signals == 1 else 130)
    assert signal.getsignal(number) is before
    assert ("What was read is kept" in done.err) is (signals == 1)
    assert "run the same command again" in done.err.replace("\n", " ")
