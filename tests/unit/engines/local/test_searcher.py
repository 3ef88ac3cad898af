import random
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest

from civicsearch.engines.local.engine import LocalEngine
from civicsearch.engines.local.scoring import Scorer
from civicsearch.engines.local.snapshot import Snapshot
from civicsearch.query import And, Words, parse_query
from civicsearch.query.nodes import Near, Phrase
from civicsearch.schema import DEFAULT_SCHEMA
from civicsearch.search import Filters, SearchRequest, Sort
from fakes.builders import a_day, a_document, term
from fakes.corpora import Articles

TEXTS = [
    "dân vận", "dan van", '"dân vận"', "dân OR khéo", "d*n", "v?n -dân", "khéo~1", '"xã dân"~4',
    "title:dân body:vận", "tag:dân", "published:2020 dân", "dan van uy duong xa", "*", "(dân van)^2 xã",
]  # fmt: skip


@pytest.fixture
def engine(tmp_path):
    made = LocalEngine.create(tmp_path / "index", schema=DEFAULT_SCHEMA, memory_bytes=40_000)
    writer = made.writer()
    for added, deleted in Articles(5).batches(3, ids=60):
        for document in added:
            writer.add(document)
        for document_id in deleted:
            writer.delete(document_id)
        writer.commit()
    writer.close()
    yield made
    made.close()


def test_threads_that_share_a_searcher_get_the_right_answers_from_little_memory(engine):
    """With room for one word, what one thread reads is thrown away under the others."""
    requests = [
        SearchRequest(query=parse_query(text), limit=limit, sort=sort, facets=facets)
        for text in TEXTS
        for limit, sort, facets in [(5, Sort.RELEVANCE, ()), (0, Sort.NEWEST, ("tag", "year"))]
    ]
    expected = [whole_answer(engine.searcher(), request) for request in requests]
    shared = fresh_searcher(engine)
    shared._leaves._cache_bytes = 1
    start = threading.Barrier(8, timeout=60)

    def work(seed):
        places = list(range(len(requests)))
        random.Random(seed).shuffle(places)  # noqa: S311 - no secret
        start.wait()
        return [
            requests[place]
            for place in places
            if whole_answer(shared, requests[place]) != expected[place]
        ]

    with ThreadPoolExecutor(8) as threads:
        assert [wrong for part in threads.map(work, range(8)) for wrong in part] == []


def whole_answer(searcher, request):
    found = searcher.search(request)
    return found.matches, found.total, found.facets, [match.load() for match in found.matches]


def fresh_searcher(engine):
    """Return a searcher on the same archive of which nothing has been read yet."""
    return LocalEngine.open(engine.folder, schema=DEFAULT_SCHEMA).searcher()


def test_the_total_is_counted_only_when_it_is_asked_for(engine, monkeypatch):
    counted = []
    matching = engine.searcher().search.__globals__["matching"]

    def count(*arguments, **options):
        counted.append(arguments)
        return matching(*arguments, **options)

    monkeypatch.setattr("civicsearch.engines.local.searcher.matching", count)
    found = engine.searcher().search(SearchRequest(query=parse_query("dân OR vận"), limit=3))
    assert (len(found.matches), counted) == (3, [])
    assert found.total == found.total
    assert len(counted) == 1


def test_the_total_of_words_that_must_all_be_there_is_known_by_the_way(engine, monkeypatch):
    monkeypatch.delattr("civicsearch.engines.local.searcher.matching")
    found = engine.searcher().search(SearchRequest(query=parse_query("dân AND vận"), limit=3))
    assert found.total.value > 3


def test_fewer_documents_are_read_where_it_is_known_by_what_levels_were_made(tmp_path, monkeypatch):
    """Of segments with other average lengths, levels alone tell less of the order."""
    rng = random.Random(7)  # noqa: S311 - sample texts, no secrets
    engine = LocalEngine.create(tmp_path / "index", schema=DEFAULT_SCHEMA, memory_bytes=10**7)
    for batch, words in enumerate((40, 60)):
        with closing(engine.writer()) as writer:
            for number in range(300):
                body = " ".join(rng.choices(["dân", "vận", "xã", "khéo"], [1, 2, 6, 20], k=words))
                writer.add(a_document(document_id=f"{batch}-{number:03}", body=body))
            writer.commit()
    request = SearchRequest(query=parse_query("dân OR vận"))
    read = []
    scores = Scorer.scores

    def counted(self, documents):
        read[-1] += len(documents)
        return scores(self, documents)

    monkeypatch.setattr(Scorer, "scores", counted)
    found = []
    for known in (True, False):
        if not known:
            monkeypatch.setattr(Snapshot, "measure", lambda *_: None)
        read.append(0)
        matches = engine.searcher().search(request).matches
        found.append([(match.document_id, match.score) for match in matches])
    engine.close()
    assert found[0] == found[1]
    assert read[0] < 0.7 * read[1]


def test_neighbours_that_no_document_holds_add_nothing(engine):
    searcher = engine.searcher()
    plain, beside = (
        searcher.search(SearchRequest(query=parse_query(text)))
        for text in ("dân", "dân OR (zzz yyy)")
    )
    assert beside == plain
    assert plain.total.value > 10


def test_a_page_beyond_the_last_hit_is_empty(engine):
    for text in TEXTS:
        request = SearchRequest(query=parse_query(text))
        beyond = engine.searcher().search(replace(request, offset=10_000))
        assert beyond.matches == ()
        assert beyond.total == engine.searcher().search(request).total


def test_filters_that_nothing_passes_leave_nothing(engine):
    for text in TEXTS:
        filters = Filters(published_from=a_day("2030-01-01"))
        request = SearchRequest(query=parse_query(text), filters=filters, facets=("tag",))
        found = engine.searcher().search(request)
        assert (found.matches, found.total.value, found.facets) == ((), 0, {"tag": ()})


def test_a_run_of_hundreds_of_words_is_answered(tmp_path):
    """No parser makes one; who builds nodes may."""
    engine = LocalEngine.create(tmp_path / "index", schema=DEFAULT_SCHEMA)
    words = [f"w{number}" for number in range(300)]
    writer = engine.writer()
    writer.add(a_document(document_id="1", body=" ".join(words)))
    writer.add(a_document(document_id="2", body="w1 w2"))
    writer.commit()
    writer.close()
    terms = tuple(map(term, words))
    searcher = engine.searcher()
    for query, expected in [
        (Words(children=terms, minimum=1), {"1", "2"}),
        (Words(children=terms, minimum=299), {"1"}),
        (And(children=terms), {"1"}),
        (Phrase(terms=terms), {"1"}),
        (Near(terms=terms[:8], distance=2), {"1"}),
    ]:
        found = searcher.search(SearchRequest(query=query))
        assert {match.document_id for match in found.matches} == expected
        assert found.total.value == len(expected)


def test_a_position_beyond_two_bytes_is_found_side_by_side(tmp_path):
    engine = LocalEngine.create(tmp_path / "index", schema=DEFAULT_SCHEMA)
    writer = engine.writer()
    writer.add(a_document(document_id="long", body="dân " + "xã " * 70_000 + "vận khéo"))
    writer.add(a_document(document_id="short", body="vận dân khéo"))
    writer.commit()
    writer.close()

    def find(text):
        matches = engine.searcher().search(SearchRequest(query=parse_query(text))).matches
        return {match.document_id for match in matches}

    assert find('"vận khéo"') == find('"xã vận khéo"') == {"long"}
    assert find('"vận khéo"~1') == {"long", "short"}
    assert find('"khéo dân"~1') == {"short"}


def test_more_than_the_page_is_known_in_order_where_neighbours_are_looked_for(engine):
    """Of this, other queries are suggested without another search."""
    searcher = engine.searcher()
    words = searcher.search(SearchRequest(query=parse_query("dan van"), limit=1))
    assert 1 < len(words.ranked()) <= words.total.value
    one = searcher.search(SearchRequest(query=parse_query("dan"), limit=1))
    assert [*one.ranked()] == [match.document_id for match in one.matches]
    by_date = SearchRequest(query=parse_query("dan van"), limit=1, sort=Sort.NEWEST)
    assert not searcher.search(by_date).ranked()
