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
needs_flock = pytest.mark.skipif(shutil.which("flock") is None, reason="flock is not installed")


@pytest.fixture
def folder(tmp_path):
    """A folder with one page, an index of it, and room for a backup."""
    for name in ("pages", "backup"):
        (tmp_path / name).mkdir()
    shutil.copy(next((ROOT / "corpus").rglob("*.html")), tmp_path / "pages" / "1.html")
    with Archive.create(tmp_path / "index") as archive:
        archive.ingest([tmp_path / "pages"])
    return tmp_path


def run(block, folder):
    """Run a block in a shell, with the places of the page where the folder has them."""
    for place, here in (("/srv/civicsearch/index", "index"), ("/srv/", ""), ("/mnt/", "")):
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


@needs_flock
def test_every_command_of_the_page_can_be_typed(folder):
    """In the order of the page: a copy must be made before it is put back."""
    for block in BLOCKS:
        shutil.rmtree(folder / "index.new", ignore_errors=True)
        done = run(block, folder)
        assert done.returncode == 0, (block, done.stderr)
    with Archive.open(folder / "index") as archive:
        assert len(archive) == 1


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
            assert archive.search("*").total.value == 1
            copying.communicate("end\n")
        assert archive.add(Document(document_id="1", title="Họp dân")) == 1
