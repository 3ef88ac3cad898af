"""The generated parts of the documentation are those that `sh script/docs` would write now."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["benchmarks.md", "cli.md", "errors.md"])
def test_the_generated_part_is_fresh(name):
    done = subprocess.run(
        [sys.executable, "-m", "cogapp", "--check", f"docs/{name}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, "run `sh script/docs`\n" + done.stdout + done.stderr


def test_every_command_is_documented():
    from civicsearch.cli.main import COMMANDS

    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"## `civicsearch {name}`" not in text] == []
