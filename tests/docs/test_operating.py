"""What docs/operating.md tells an operator to type does what it says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from civicsearch import Archive, ArchiveLockedError, Document

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(
    r"(?:^    .+\n)+", (ROOT / "docs/operating.md").read_text(encoding="utf-8"), flags=re.MULTILINE
)
PLACES = {
    "/srv/civicsearch/index": "index",
    "/srv/": "",
    "/mnt/": "",
    "0f3a91c2d4e5b6a7": "unwanted",
}
needs_flock = pytest.mark.skipif(shutil.which("flock") is None, reason="flock is not installed")


@pytest.fixture
def folder(tmp_path):
    """A folder with a page, an index of it and other articles, and room for a backup."""
    for name in ("pages", "backup"):
        (tmp_path / name).mkdir()
    shutil.copy(next((ROOT / "corpus").rglob("*.html")), tmp_path / "pages" / "1.html")
    with Archive.create(tmp_path / "index") as archive:
        archive.ingest([tmp_path / "pages"])
        archive.add(Document(document_id=f"{n}", title="Họp dân") for n in range(9))
        archive.add(Document(document_id="unwanted", title="Chuyện riêng", body="Zoravan nợ."))
        archive.optimize()
    return tmp_path


def run(block, folder):
    """Run a block in a shell, with the places of the page where the folder has them."""
    for place, here in PLACES.items():
        block = block.replace(place, here)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["/bin/sh", "-e", "-c", block],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def type_all(blocks, folder):
    """Run blocks in the order of the page: a copy must be made before it is put back."""
    for block in blocks:
        shutil.rmtree(folder / "index.new", ignore_errors=True)
        done = run(block, folder)
        assert done.returncode == 0, (block, done.stderr)
    with Archive.open(folder / "index") as archive:
        assert archive.check() == ()
        return len(archive)


def test_every_command_of_the_page_can_be_typed(folder):
    blocks = [block for block in BLOCKS if "flock" not in block]
    assert len(blocks) == len(BLOCKS) - 1
    assert type_all(blocks, folder) == 10  # all but the one that was taken away


@needs_flock
def test_a_copy_of_the_folder_can_be_made_under_its_lock(folder):
    assert type_all([block for block in BLOCKS if "flock" in block], folder) == 11


def test_nothing_is_left_of_an_article_that_was_taken_away_for_good(folder):
    def is_left():
        return any(b"zoravan" in path.read_bytes() for path in folder.glob("index/segments/*"))

    (block,) = (block for block in BLOCKS if "civicsearch delete" in block)
    deleting, optimizing = block.splitlines()
    assert run(deleting, folder).returncode == 0
    with Archive.open(folder / "index") as archive:
        assert archive.search("zoravan").total.value == 0
        assert archive.suggest("zora") == ()
    assert is_left()
    assert run(optimizing, folder).returncode == 0
    assert not is_left()


@needs_flock
def test_who_copies_keeps_writers_out_and_searches_go_on(folder):
    with Archive.open(folder / "index") as archive:
        command = ["flock", "index/write.lock", "sh", "-c", "echo held; read end"]
        with subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as copying:
            assert copying.stdout.readline() == "held\n"
            with pytest.raises(ArchiveLockedError):
                archive.add(Document(document_id="1", title="Họp dân"))
            assert archive.search("*").total.value == 11
            copying.communicate("end\n")
        assert archive.add(Document(document_id="1", title="Họp dân")) == 1
