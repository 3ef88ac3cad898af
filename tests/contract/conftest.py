import pytest

from civicsearch.engines.local.engine import LocalEngine
from civicsearch.engines.memory import MemoryEngine
from civicsearch.query import parse_query
from civicsearch.schema import DEFAULT_SCHEMA
from civicsearch.search import SearchRequest


@pytest.fixture(params=["memory", "local"])
def engine(request, tmp_path):
    """Every engine in turn; a new one must pass the same suite."""
    if request.param == "memory":
        made = MemoryEngine(schema=DEFAULT_SCHEMA)
    else:
        made = LocalEngine.create(tmp_path / "index", schema=DEFAULT_SCHEMA)
    yield made
    made.close()


@pytest.fixture
def fill(engine):
    """Commit documents to the engine, each call in a commit of its own."""

    def commit(*documents, delete=()):
        writer = engine.writer()
        for document in documents:
            writer.add(document)
        for document_id in delete:
            writer.delete(document_id)
        writer.commit()
        writer.close()

    return commit


@pytest.fixture
def find(engine):
    """Search the engine and return the ids found, in order."""

    def search(text, **values):
        request = SearchRequest(query=parse_query(text), **values)
        return [match.document_id for match in engine.searcher().search(request).matches]

    return search
