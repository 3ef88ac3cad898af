"""An ingest that is asked to stop stores what it read; the next one goes on from there."""

import json

import pytest

STORY = "Sáng nay, xã Nà Lường khánh thành cây cầu treo số {n} dài 120 mét, nối hai bờ suối. " * 4


def after(count):
    """Return what asks to stop when it was asked so often."""
    left = iter([False] * count)
    return lambda: next(left, True)


def save_pages(folder, count):
    folder.mkdir()
    for n in range(count):
        text = f"<html><body><h1>Cầu {n}</h1><p>{STORY.format(n=n)}</p></body></html>"
        (folder / f"{n}.html").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("jobs", [1, 2])
def test_pages_read_so_far_are_stored(archive, tmp_path, jobs):
    folder = save_pages(tmp_path / "pages", 8)
    report = archive.ingest(folder, jobs=jobs, should_stop=after(6))
    assert report.is_interrupted
    assert 0 < report.added == len(archive) < 8
    again = archive.ingest(folder, jobs=jobs)
    assert not again.is_interrupted
    assert (again.unchanged, again.added) == (report.added, 8 - report.added)


def test_lines_read_so_far_are_stored(archive, tmp_path):
    lines = [json.dumps({"id": str(n), "body": STORY.format(n=n)}) for n in range(8)]
    (tmp_path / "all.jsonl").write_text("\n".join(lines), "utf-8")
    report = archive.ingest(tmp_path / "all.jsonl", should_stop=after(3))
    assert report.is_interrupted
    assert report.added == len(archive) == 3
    assert archive.ingest(tmp_path / "all.jsonl").added == 5


def test_what_is_not_asked_to_stop_goes_on(archive, tmp_path):
    report = archive.ingest(save_pages(tmp_path / "pages", 3), should_stop=lambda: False)
    assert (report.added, report.is_interrupted) == (3, False)


def test_it_is_asked_once_a_page(archive, tmp_path):
    asked = []
    archive.ingest(save_pages(tmp_path / "pages", 5), should_stop=lambda: bool(asked.append(1)))
    assert len(asked) == 5
