"""What the examples of several documents are run on."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from civicsearch.cli.main import cli

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="session")
def corpus_index(tmp_path_factory):
    """Return the index that `script/demo` builds; who changes it takes a copy."""
    folder = tmp_path_factory.mktemp("corpus") / "index"
    result = CliRunner().invoke(cli, ["ingest", str(CORPUS), "--index", str(folder)])
    assert result.exit_code == 0
    return folder
