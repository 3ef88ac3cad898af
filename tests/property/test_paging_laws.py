"""Pages that go on after each other hold every hit once, whatever happens in between.

Documents come into the search and leave it by their publisher, for which it asks: that is no part
of a score. So all scores stay, and the laws are without exception.
"""

import contextlib
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from civicsearch.engines.local.engine import LocalEngine
from civicsearch.engines.memory import MemoryEngine
from civicsearch.query import parse_query
from civicsearch.schema import DEFAULT_SCHEMA
from civicsearch.search import Filters, SearchRequest, Sort
from fakes.corpora import Articles
from fakes.paging import iter_pages
from fakes.rankings import pair_window
from fakes.segments import a_folder

IDS = [f"d{number:02}" for number in range(24)]
QUERIES = [
    "dân vận", "dan van", "dân vận khéo", "dan OR van", "dân dẫn dan", "title:dân vận", "-khéo",
    "dân vận^2", "published:2020", "đường OR (xã vận)", '"dân vận"', "d*",
]  # fmt: skip

changes = st.lists(st.sets(st.sampled_from(IDS), max_size=6), max_size=8)
requests = st.builds(
    SearchRequest,
    query=st.sampled_from(QUERIES).map(parse_query),
    sort=st.sampled_from([Sort.RELEVANCE, Sort.RELEVANCE, *Sort]),
    limit=st.integers(1, 7),
    filters=st.just(Filters(sources=("A",))),
)


@contextlib.contextmanager
def an_engine(name):
    with a_folder() as parent:
        made = (
            MemoryEngine()
            if name == "memory"
            else LocalEngine.create(parent / "index", schema=DEFAULT_SCHEMA)
        )
        yield made
        made.close()


def add(engine, documents):
    with contextlib.closing(engine.writer()) as writer:
        for document in documents:
            writer.add(document)
        writer.commit()


def ids_of(matches):
    return [match.document_id for match in matches.matches]


def toggle(documents, chosen):
    """Move some documents from one publisher to the other, and return them."""
    for name in sorted(chosen):
        source = "B" if documents[name].source == "A" else "A"
        documents[name] = replace(documents[name], source=source)
    return [documents[name] for name in sorted(chosen)]


@settings(max_examples=60)
@given(
    kind=st.sampled_from(["memory", "local"]),
    seed=st.integers(0, 5),
    request=requests,
    history=changes,
    window=st.sampled_from([2, 5, 40]),
)
def test_what_stays_is_seen_once_whatever_comes_and_goes(kind, seed, request, history, window):
    articles = Articles(seed=seed)
    documents = {name: replace(articles.document(name), source="A") for name in IDS}
    with an_engine(kind) as engine, pair_window(window):
        add(engine, documents.values())
        whole = ids_of(engine.searcher().search(replace(request, limit=1000)))
        seen, ranks = [], []
        steps = iter(history)
        for page in iter_pages(engine.searcher, request):
            seen += ids_of(page)
            ranks += [page.end.rank] if page.end else []
            add(engine, toggle(documents, next(steps, ())))
    staying = set(whole).difference(*history)
    assert [name for name in seen if name in staying] == [n for n in whole if n in staying]
    assert len(seen) == len(set(seen))
    assert ranks == [request.limit * (place + 1) for place in range(len(ranks))]
