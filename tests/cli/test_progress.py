"""The line that says how far an ingest is."""

from civicsearch.cli.progress import ProgressLine, describe_progress
from civicsearch.ingest.report import IngestProgress


def progress(done, total=1200, failed=0):
    return IngestProgress(done=done, total=total, documents=done - failed, failed=failed)


def test_line_has_bar_count_rate_and_time_left():
    """At 80 columns there is room for everything."""
    line = describe_progress(progress(600, failed=3), elapsed_s=60, columns=80)
    assert line == "[████████████            ] 600/1,200 files, 10/s, 1:00 left, 3 failed"


def test_narrow_terminal_gets_no_bar():
    """The figures matter more than the bar."""
    line = describe_progress(progress(6), elapsed_s=60, columns=40)
    assert line == "6/1,200 files, 0.1/s, 3:19:00 left"


def test_nothing_yet_and_nothing_at_all():
    """No division by nothing."""
    assert describe_progress(progress(0), elapsed_s=0, columns=40) == "0/1,200 files"
    assert "0/0 files" in describe_progress(progress(0, total=0), elapsed_s=0, columns=80)


def test_pipe_gets_no_line(capsys):
    """A log is not filled with bars."""
    with ProgressLine() as line:
        line(progress(1))
    assert capsys.readouterr().err == ""


def test_terminal_gets_a_line_that_is_wiped(capsys, monkeypatch):
    """The line never reaches the last column and leaves nothing behind."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "40")
    with ProgressLine() as line:
        line(progress(600))
        line(progress(601))  # a moment later: not drawn
        line(progress(1200))
    pieces = capsys.readouterr().err.split("\r")
    assert [piece.split(" ")[0] for piece in pieces] == ["", "600/1,200", "1,200/1,200", "", ""]
    assert all(len(piece) <= 39 for piece in pieces)
