import shutil

import pytest

from civicsearch.engines.local import engine as engine_module
from civicsearch.engines.local.engine import LocalEngine
from civicsearch.errors import ArchiveCorruptError
from civicsearch.query import parse_query
from civicsearch.schema import DEFAULT_SCHEMA
from civicsearch.search import SearchRequest
from fakes.builders import a_document


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def engine(folder):
    made = LocalEngine.create(folder, schema=DEFAULT_SCHEMA)
    yield made
    made.close()


def add(engine, *documents):
    writer = engine.writer()
    for document in documents:
        writer.add(document)
    writer.commit()
    writer.close()


def test_an_archive_built_again_under_an_open_engine_is_read_anew(folder, engine):
    """Files have the names that they had in the old one."""
    add(engine, a_document(document_id="old", title="dân"))
    assert engine.searcher().count() == 1
    shutil.rmtree(folder)
    add(
        LocalEngine.create(folder, schema=DEFAULT_SCHEMA),
        a_document(document_id="new", title="dân"),
    )
    found = engine.searcher().search(SearchRequest(query=parse_query("dân")))
    assert [match.document_id for match in found.matches] == ["new"]
    assert engine.searcher().document("old") is None


def test_a_commit_opens_only_what_is_new(engine):
    add(engine, a_document(title="dân"))
    (before,) = engine.searcher()._snapshot.places
    add(engine, a_document(title="vận"))
    after, _ = engine.searcher()._snapshot.places
    assert after.segment is before.segment


def test_the_searcher_is_the_same_until_a_commit_or_a_close(engine):
    first = engine.searcher()
    assert engine.searcher() is first
    engine.close()
    assert engine.searcher() is not first


def test_searchers_go_on_after_the_engine_is_closed(engine):
    add(engine, a_document(document_id="1", title="dân"))
    searcher = engine.searcher()
    engine.close()
    assert searcher.document("1").title == "dân"


def test_a_small_archive_is_compared_with_its_checksums_when_it_is_opened(folder, engine):
    add(engine, a_document(title="dân"))
    flip_a_byte(folder)
    with pytest.raises(ArchiveCorruptError, match=r"segments/000001\.seg was changed"):
        LocalEngine.open(folder, schema=DEFAULT_SCHEMA)


def test_damage_in_a_large_archive_is_found_by_asking_for_it(folder, engine, monkeypatch):
    add(engine, a_document(title="dân"))
    assert engine.damaged_files() == []
    flip_a_byte(folder)
    monkeypatch.setattr(engine_module, "_VERIFIED_BYTES", 0)
    opened = LocalEngine.open(folder, schema=DEFAULT_SCHEMA)
    assert opened.damaged_files() == ["segments/000001.seg"]


def flip_a_byte(folder):
    (segment,) = folder.glob("segments/*.seg")
    content = bytearray(segment.read_bytes())
    content[40] ^= 1
    segment.write_bytes(content)


def test_the_size_is_that_of_all_files(folder, engine):
    add(engine, a_document(title="dân"))
    assert engine.size_bytes() == sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
