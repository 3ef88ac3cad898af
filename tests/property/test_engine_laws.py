"""The local engine finds what the memory engine finds, in the same order, with the same scores."""

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civicsearch.document import Caption, Document
from civicsearch.engines.local.engine import LocalEngine
from civicsearch.engines.memory import MemoryEngine
from civicsearch.query import And, MatchAll, Not, Or, Words
from civicsearch.schema import DEFAULT_SCHEMA
from civicsearch.search import Filters, SearchRequest, Sort
from fakes.builders import phrase, prefix, term

VOCABULARY = ["dân", "dẫn", "dan", "vận", "văn", "van", "ủy", "uỷ", "đường", "dương", "xã", "1.700"]
texts = st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join)
documents = st.builds(
    Document,
    document_id=st.sampled_from([f"d{n}" for n in range(12)]),
    title=texts,
    lead=texts,
    body=texts,
    captions=texts.map(lambda text: (Caption(text=text),) if text else ()),
    source=st.sampled_from(["", "Báo A", "Báo B"]),
    published=st.none() | st.dates(dt.date(2019, 12, 30), dt.date(2020, 1, 3)),
)
fields = st.sampled_from([None, None, "title", "body", "source"])
leaves = (
    st.builds(term, st.sampled_from([*VOCABULARY, "duơng", "zzz"]), fields)
    | st.builds(prefix, st.sampled_from(["d", "đ", "dâ", "va", "1"]), fields)
    | st.builds(phrase, st.sampled_from(["dân vận", "dan van", "van dan dan", "xã ủy"]), fields)
)


def trees(children):
    many = st.lists(children, min_size=1, max_size=3).map(tuple)
    return (
        many.map(lambda nodes: And(children=nodes))
        | many.map(lambda nodes: Or(children=nodes))
        | st.builds(
            lambda nodes, n: Words(children=nodes, minimum=min(n, len(nodes))),
            st.lists(children | leaves, min_size=2, max_size=4).map(tuple),
            st.integers(1, 3),
        )
        | children.map(lambda node: Not(child=node))
    )


queries = st.recursive(leaves | st.just(MatchAll()), trees, max_leaves=6)
requests = st.builds(
    SearchRequest,
    query=queries,
    limit=st.integers(0, 12),
    offset=st.integers(0, 3),
    sort=st.sampled_from(Sort),
    filters=st.builds(
        Filters,
        published_from=st.none() | st.just(dt.date(2020, 1, 1)),
        published_to=st.none() | st.just(dt.date(2020, 1, 2)),
        sources=st.sampled_from([(), (), ("bao a",)]),
    ),
    facets=st.just(("source", "year")),
)
commits = st.lists(
    st.tuples(st.lists(documents, max_size=5), st.sets(st.sampled_from(["d0", "d1", "d2"]))),
    min_size=1,
    max_size=3,
)


def apply(engine, history):
    writer = engine.writer()
    for added, deleted in history:
        for document in added:
            writer.add(document)
        for document_id in sorted(deleted):
            writer.delete(document_id)
        writer.commit()
    writer.close()


@pytest.fixture(autouse=True, scope="module")
def narrow_window():
    """Neighbours are looked for in three documents, so that a dozen fall on both sides."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("civicsearch.engines.memory.PAIR_WINDOW", 3)
        patch.setattr("civicsearch.engines.local.searcher.PAIR_WINDOW", 3)
        yield


@settings(max_examples=40)
@given(commits, st.lists(requests, min_size=1, max_size=5))
def test_local_answers_as_memory_does(history, asked):
    oracle = MemoryEngine()
    apply(oracle, history)
    with tempfile.TemporaryDirectory() as folder:
        engine = LocalEngine.create(Path(folder) / "index", schema=DEFAULT_SCHEMA)
        apply(engine, history)
        assert engine.searcher().count() == oracle.searcher().count()
        for request in asked:
            expected = oracle.searcher().search(request)
            found = engine.searcher().search(request)
            assert found.total == expected.total
            assert dict(found.facets) == dict(expected.facets)
            assert [m.document_id for m in found.matches] == [
                m.document_id for m in expected.matches
            ]
            assert [m.score for m in found.matches] == pytest.approx(
                [m.score for m in expected.matches]
            )
        engine.close()
