"""The local engine finds what the memory engine finds, in the same order, with the same scores.

How scores are compared, see `fakes.rankings`. Two kinds of archives: small ones drawn by chance,
that shrink to a reason when they fail, and larger ones of few words, made once for many requests.
"""

import contextlib
import datetime as dt
import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civicsearch.analysis.folding import fold
from civicsearch.document import Caption, Document
from civicsearch.engines.local.engine import DEFAULT_MEMORY_BYTES, LocalEngine
from civicsearch.engines.memory import MemoryEngine
from civicsearch.query import (
    And,
    Boost,
    Fuzzy,
    MatchAll,
    Near,
    Not,
    Number,
    Or,
    Phrase,
    Range,
    Synonyms,
    Wildcard,
    Words,
)  # fmt: skip
from civicsearch.schema import DEFAULT_SCHEMA, FACETS
from civicsearch.search import Filters, SearchRequest, Sort
from fakes.builders import phrase, prefix, term
from fakes.corpora import SOURCES, VOCABULARY, Articles
from fakes.paging import iter_pages
from fakes.rankings import TOLERANCE, assert_same_answers, listed, pair_window, patched
from fakes.segments import a_folder

WINDOW = 5

# --- queries ---

words = st.sampled_from([*VOCABULARY, "duơng", "zzz"])
fields = st.sampled_from([None, None, None, "title", "body", "caption", "source", "tag"])
runs = st.lists(st.sampled_from(VOCABULARY[:8]), min_size=2, max_size=4).map(" ".join)
patterns = st.sampled_from(["d?n", "v*n", "*an", "đ??ng", "?", "*", "1*0", "x*", "zz?", "kh*"])
days = st.none() | st.dates(dt.date(2019, 12, 29), dt.date(2020, 1, 4))


def fuzzy(word, distance, field):
    asked = term(word, field)
    return Fuzzy(exact=asked.exact, folded=asked.folded, distance=distance, field=field)


def wildcard(pattern, field):
    folded = pattern.replace("đ", "d")
    return Wildcard(exact=pattern, folded=folded, field=field)


bounds = st.none() | st.sampled_from([0, 19, 1699, 1700, 1999, 2020, 2021, 10**17])


def number(low, high, field=None):
    return Number(low=low, high=high, field=field)


def number_phrase(terms, field):
    return Phrase(terms=tuple(terms), field=field)


def near(run, distance, field):
    return Near(terms=phrase(run).terms, distance=distance, field=field)


terms = st.builds(term, words, fields)
weights = st.sampled_from([0.5, 0.5, 0.85, 1.0])
synonyms = st.builds(
    Synonyms,
    typed=st.builds(term, words) | st.builds(phrase, runs),
    others=st.lists(st.builds(term, words) | st.builds(phrase, runs), min_size=1, max_size=3).map(
        tuple
    ),
    field=fields,
    weight=weights,
)
leaves = (
    terms
    | st.builds(prefix, st.sampled_from(["d", "đ", "dâ", "va", "1", "n", "zz"]), fields)
    | st.builds(phrase, runs, fields)
    | st.builds(near, runs, st.integers(0, 4), fields)
    | st.builds(wildcard, patterns, fields)
    | st.builds(number, bounds, bounds, fields)
    | st.builds(number_phrase, st.lists(st.builds(number, bounds, bounds) | words.map(term),
                                        min_size=2, max_size=3), fields)
    | st.builds(fuzzy, st.sampled_from(["dân", "van", "duong", "kheu", "nghiêgn"]),
                st.integers(1, 2), fields)
    | synonyms
)  # fmt: skip
flat = st.builds(
    lambda nodes, minimum: Words(children=nodes, minimum=min(minimum, len(nodes))),
    st.lists(terms | terms | synonyms | leaves, min_size=2, max_size=6).map(tuple),
    st.integers(1, 6),
)
factors = st.sampled_from([0.5, 2.0, 3.7])


def forms_of(bare):
    """Draw what a word may be meant as; nothing else for one with accents."""
    forms = [term(word, bare.field) for word in VOCABULARY if fold(word) == bare.exact]
    return st.sampled_from([None, *forms])


plain, phrases = st.builds(term, words), st.builds(phrase, runs)


@st.composite
def headlines(draw):
    """Draw plain words in one field, as most queries are: their neighbours count.

    Words without accents are meant in some form, or in any; some count more or less.
    """
    field = draw(st.sampled_from([None, None, "title", "body", "tag"]))
    typed = draw(st.lists(st.sampled_from(VOCABULARY[:9]), min_size=2, max_size=4))
    minimum = draw(st.integers(1, len(typed)))
    children = [term(word, field) for word in typed]
    meant = tuple(draw(forms_of(child)) for child in children) if draw(st.booleans()) else ()
    for place in draw(st.sets(st.integers(0, len(typed) - 1), max_size=2)):
        others = draw(st.lists(plain | phrases, min_size=1, max_size=2).map(tuple))
        children[place] = Synonyms(
            typed=children[place], others=others, field=field, weight=draw(weights)
        )
    for place in draw(st.sets(st.integers(0, len(typed) - 1), max_size=2)):
        children[place] = Boost(child=children[place], factor=draw(factors))
    share = draw(st.sampled_from([0.0, 0.0, 0.2, 0.5, 1.0]))
    minimum = 1 if share else minimum
    return Words(children=tuple(children), minimum=minimum, share=share, meant=meant)


def trees(children):
    many = st.lists(children, min_size=1, max_size=3).map(tuple)
    return (
        many.map(lambda nodes: And(children=nodes))
        | many.map(lambda nodes: Or(children=nodes))
        | st.builds(
            lambda nodes, n, share: Words(children=nodes, minimum=min(n, len(nodes)), share=share),
            st.lists(children | leaves, min_size=2, max_size=4).map(tuple),
            st.integers(1, 3),
            st.sampled_from([0.0, 0.0, 0.3]),
        )
        | children.map(lambda node: Not(child=node))
        | st.builds(Boost, child=children, factor=factors)
    )


ranges = st.builds(Range, field=st.just("published"), low=days, high=days)
nested = st.recursive(
    leaves | flat | headlines() | ranges | st.just(MatchAll()), trees, max_leaves=6
)
# Not `|`: that would give each kind of leaf as much room as all runs of words.
kinds = st.sampled_from([headlines(), headlines(), headlines(), flat, leaves, nested])
queries = kinds.flatmap(lambda kind: kind)
requests = st.builds(
    SearchRequest,
    query=queries,
    limit=st.sampled_from([0, 1, 2, 3, 10, 12]),
    offset=st.sampled_from([0, 0, 0, 1, 3, 6]),
    sort=st.sampled_from([Sort.RELEVANCE, Sort.RELEVANCE, *Sort]),
    newest=st.sampled_from([737_400, 737_425, 738_900]),
    filters=st.builds(
        Filters,
        published_from=st.sampled_from([None, None, dt.date(2020, 1, 1)]),
        published_to=st.sampled_from([None, None, dt.date(2020, 1, 2)]),
        sources=st.sampled_from([(), (), (), ("bao a",), ("", "Báo B"), ("zzz",)]),
    ),
    facets=st.sets(st.sampled_from(FACETS)).map(tuple),
)


def apply(engine, history):
    with contextlib.closing(engine.writer()) as writer:
        for added, deleted in history:
            for document in added:
                writer.add(document)
            for document_id in sorted(deleted):
                writer.delete(document_id)
            writer.commit()


def optimize(engine):
    with contextlib.closing(engine.writer()) as writer:
        writer.optimize()


# --- small archives ---

texts = st.lists(st.sampled_from(VOCABULARY[:11]), max_size=8).map(" ".join)
ids = [f"d{number}" for number in range(12)]
documents = st.builds(
    Document,
    document_id=st.sampled_from(ids),
    title=texts,
    lead=texts,
    body=texts,
    captions=texts.map(lambda text: (Caption(text=text),) if text else ()),
    source=st.sampled_from(SOURCES),
    tags=st.lists(st.sampled_from(["dân", "vận", ""]), max_size=2).map(tuple),
    published=st.none() | st.dates(dt.date(2019, 12, 30), dt.date(2020, 1, 3)),
)
histories = st.lists(
    st.tuples(st.lists(documents, max_size=5), st.sets(st.sampled_from(ids), max_size=3)),
    min_size=1,
    max_size=3,
)


@settings(max_examples=40)
@given(
    histories,
    st.lists(requests, min_size=1, max_size=3),
    st.sampled_from([1, 10_000, DEFAULT_MEMORY_BYTES]),
    st.sampled_from([2, 6]),
    st.booleans(),
)
def test_local_answers_as_memory_does(history, asked, memory_bytes, merge_factor, optimized):
    """However the documents came to be in one segment or in many."""
    oracle = MemoryEngine()
    apply(oracle, history)
    with a_folder() as parent, patched({"MERGE_FACTOR": merge_factor}), pair_window(WINDOW):
        folder = parent / "index"
        engine = LocalEngine.create(folder, schema=DEFAULT_SCHEMA, memory_bytes=memory_bytes)
        apply(engine, history)
        if optimized:
            optimize(engine)
        assert_same_documents(engine.searcher(), oracle.searcher())
        engine.close()
        engine = LocalEngine.open(folder, schema=DEFAULT_SCHEMA)
        assert_same_documents(engine.searcher(), oracle.searcher())
        for request in asked:
            assert_same_answers(engine.searcher(), oracle.searcher(), request, WINDOW)
        engine.close()


def assert_same_documents(local, oracle):
    assert local.count() == oracle.count()
    for document_id in ids:
        document = oracle.document(document_id)
        assert local.document(document_id) == document
        for origin in document.origins if document else ():
            assert local.find_origin(origin.path) == oracle.find_origin(origin.path)


# --- larger archives, every way through the code ---

EVERY_LIST_APART = {
    "FAR": 5,
    "_CHUNK_WORDS": 10,
    "POSTINGS_A_STRETCH": 10,
    "SAMPLE": 3,
    "_DICTIONARY_BYTES": 99,
    "_SPOOL_BYTES": 64,
    "_COPY_BYTES": 50,
    "_MAX_KEPT_CHARS": 3,
    "_KEPT_SHARE": 0,
    "_DOCUMENTS_A_SCAN": 3,
    "_LEAST_LISTED": 2,
    "_LISTED_SHARE": 10,
    "GAP": 2,
    "_WORDS_AT_ONCE": 7,
    "_LISTED_AT_ONCE": 9,
    "_BITS_AT_ONCE": 20,
    "_JOINED_BITS_AT_ONCE": 20,
    "LARGE_MERGE": 0,
    "_LEAST_PAIRS": 2,
    "_BITS_A_DOUBLE": 5,
    "_BLOCK": 3,
}
FEW = {
    "_ROW_SHARE": 0,
    "_HEAVY_SHARE": 0,
    "_DENSE_SHARE": 10**6,
    "_LOOK_UP_NS": 0.0,
    "_MANY": 0,
    "_FEW": 10**6,
    "_MANY_TIES": 0,
    "_SEED": 1,
    "_FEW_CODES": 0,
    "_HALVED_FROM": 0,
    "_POSSIBLE_AT_ONCE": 0,
}
MANY = {
    "_ROW_SHARE": 10**6,
    "_HEAVY_SHARE": 10**6,
    "_DENSE_SHARE": 0,
    "_LOOK_UP_NS": 1e9,
    "_MANY": 10**6,
    "_SEED": 100,
    "_LEAST_LISTED": 1,
    "_LISTED_SHARE": 10**6,
    "_FEW_CODES": 10**6,
    "_LEAST_CACHE_BYTES": 1,
    "_CACHE_SHARE": 0,
}
ARCHIVES = {
    "three commits": {},
    "few, in many segments": FEW | {"memory": 20_000, "MERGE_FACTOR": 100},
    "many, in many segments": MANY | {"memory": 20_000, "MERGE_FACTOR": 100},
    "merged": {"memory": 20_000, "MERGE_FACTOR": 2},
    "few, in many segments, none deleted": FEW
    | {"memory": 10_000, "MERGE_FACTOR": 100, "deleted": False},
    "many, in one segment, none deleted": MANY | {"deleted": False},
    "lists apart, in one segment": EVERY_LIST_APART | FEW | {"optimized": True},
    "lists apart, merged": EVERY_LIST_APART | {"memory": 40_000, "MERGE_FACTOR": 4},
}


@pytest.fixture(scope="module", params=ARCHIVES)
def archives(request, tmp_path_factory):
    """Searchers of both engines on the same documents."""
    constants = dict(ARCHIVES[request.param])
    memory_bytes = constants.pop("memory", DEFAULT_MEMORY_BYTES)
    optimized = constants.pop("optimized", False)
    articles = Articles(seed=len(request.param))
    if constants.pop("deleted", True):
        history = articles.batches(3, ids=40)
    else:
        history = [([articles.document(f"d{number:03}") for number in range(40)], [])]
    folder = tmp_path_factory.mktemp("laws") / "index"
    with patched(constants), pair_window(WINDOW):
        oracle = MemoryEngine()
        apply(oracle, history)
        engine = LocalEngine.create(folder, schema=DEFAULT_SCHEMA, memory_bytes=memory_bytes)
        apply(engine, history)
        if optimized:
            optimize(engine)
        yield engine.searcher(), oracle.searcher()
        engine.close()


@settings(max_examples=30)
@given(asked=requests)
def test_local_answers_as_memory_does_whatever_way_is_taken(archives, asked):
    local, oracle = archives
    assert_same_answers(local, oracle, asked, WINDOW)


@pytest.mark.parametrize("field", [None, "title", "body"])
def test_neighbours_count_in_the_field_that_is_asked_for(archives, field):
    local, oracle = archives
    for typed in itertools.product(VOCABULARY[:3], repeat=2):
        words = Words(children=tuple(term(word, field) for word in typed), minimum=1)
        request = SearchRequest(query=words, limit=2, offset=1)
        assert_same_answers(local, oracle, request, WINDOW)


@settings(max_examples=20)
@given(asked=requests, limit=st.integers(1, 12))
def test_pages_that_go_on_after_each_other_are_the_whole(archives, asked, limit):
    for searcher in archives:
        whole = searcher.search(replace(asked, offset=0, limit=1000))
        pages = list(
            iter_pages(lambda searcher=searcher: searcher, replace(asked, offset=0, limit=limit))
        )
        assert [hit for page in pages for hit in listed(page)] == listed(whole)
        assert {page.total for page in pages} == {whole.total}
        assert all(dict(page.facets) == dict(whole.facets) for page in pages)


@settings(max_examples=15)
@given(asked=requests)
def test_an_explanation_is_that_of_the_score(archives, asked):
    """Its value is the score and the sum of its parts, in both engines."""
    asked = replace(asked, limit=4)
    for searcher in archives:
        for match in searcher.search(asked).matches:
            explained = searcher.explain(asked, match.document_id)
            assert explained.value == pytest.approx(match.score, rel=1e-9, abs=1e-12)
            assert sum(part.value for part in explained.parts) == pytest.approx(explained.value)


@settings(max_examples=15)
@given(asked=requests)
def test_an_explanation_has_the_same_parts_in_both_engines(archives, asked):
    """With neighbours looked for everywhere: who is in the window, a last digit may decide."""
    asked = replace(asked, limit=4)
    with pair_window(10**6):
        for name, _ in listed(archives[1].search(asked)):
            local, oracle = (
                sorted(
                    (part.description, part.value) for part in searcher.explain(asked, name).parts
                )
                for searcher in archives
            )
            assert [text for text, _ in local] == [text for text, _ in oracle]
            values = [value for _, value in oracle]
            assert [value for _, value in local] == pytest.approx(values, rel=TOLERANCE)


@given(asked=requests)
@settings(max_examples=10)
def test_what_does_not_match_has_no_explanation(archives, asked):
    local, oracle = archives
    matching = {name for name, _ in listed(oracle.search(replace(asked, offset=0, limit=1000)))}
    others = [f"d{number:03}" for number in range(40) if f"d{number:03}" not in matching]
    assert [local.explain(asked, name) for name in others[:5]] == [None] * len(others[:5])
