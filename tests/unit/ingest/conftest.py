import pytest

from civicsearch import Archive


@pytest.fixture
def archive(tmp_path):
    """An empty archive on disk."""
    with Archive.create(tmp_path / "index") as made:
        yield made
