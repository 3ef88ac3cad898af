"""What the README shows at the terminal is what the terminal shows."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from civicsearch.cli.main import cli

ROOT = Path(__file__).parents[2]


def examples():
    """Yield each command of the README with the lines that it is said to print."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for block in re.findall(r"```console\n(.*?)```", text, flags=re.DOTALL):
        for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *lines = example.rstrip("\n").split("\n")
            yield pytest.param(command, lines, id=command)


@pytest.mark.parametrize(("command", "expected"), list(examples()))
def test_the_command_prints_what_the_readme_shows(corpus_index, command, expected):
    """Compare line by line; "…" at the end of an expected line stands for anything."""
    program, *arguments = shlex.split(command)
    assert program == "civicsearch"
    result = CliRunner().invoke(cli, arguments, env={"CIVICSEARCH_INDEX": str(corpus_index)})
    assert result.exit_code == 0, result.stderr
    printed = result.stdout.rstrip("\n").split("\n")
    assert len(printed) >= len(expected)
    for shown, line in zip(expected, printed, strict=False):
        if shown.endswith("…"):
            assert line.startswith(shown.removesuffix("…"))
        else:
            assert line == shown
