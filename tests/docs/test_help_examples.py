"""The examples of the help texts find something in the archive that `script/demo` builds."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from civicsearch.cli.main import COMMANDS, cli

OF_FILES = {"ingest", "extract", "profile", "backup", "restore", "serve"}
"""Commands whose examples name files that nobody has, or do not end."""


def examples():
    """Yield each example with its comment and what its output is led to taken off."""
    for name in COMMANDS:
        if name in OF_FILES:
            continue
        help_text = cli.get_command(None, name).help
        found = re.findall(r"^  (civicsearch .*)$", help_text, flags=re.MULTILINE)
        assert found, f"{name} has no example"
        for line in found:
            command = re.split(r"\s{2,}|\s>", line)[0]
            if "/mnt/" not in command:
                yield pytest.param(shlex.split(command)[1:], id=command)


@pytest.fixture
def index(corpus_index, tmp_path):
    """An index of its own, as an example may delete what another one shows."""
    return Path(shutil.copytree(corpus_index, tmp_path / "index"))


@pytest.mark.parametrize("arguments", list(examples()))
def test_the_example_does_what_it_shows(index, arguments):
    """It finds something; `why-not` is asked of an article that is not found."""
    result = CliRunner().invoke(
        cli, arguments, env={"CIVICSEARCH_INDEX": str(index)}, standalone_mode=False
    )
    assert result.exception is None
    assert (result.return_value or 0) == (1 if arguments[0] == "why-not" else 0), result.stderr
    assert result.output
    assert "have some of them" not in result.stderr
