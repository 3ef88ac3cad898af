"""Compares the local engine with the reference engine, hit by hit.

Values of the local engine are float32, so scores may differ by a little, and the order where two
scores differ by less. What must hold is split into laws without an exception:

- the same documents match, each with the score of the reference, by words and with neighbours;
- the order is that of the engine's own scores, ties by date and id;
- what the best by words are, neighbours are looked for in, and nowhere else;
- a page is a piece of the whole.
"""

import contextlib
import importlib
import pkgutil
from dataclasses import replace

import pytest

import civicsearch.engines.local
import civicsearch.ranking
from civicsearch.engines import memory
from civicsearch.query.pairs import iter_pairs
from civicsearch.ranking import bm25
from civicsearch.schema import field_texts
from civicsearch.search import Sort
from civicsearch.search.ordering import sort_key
from civicsearch.search.request import MAX_LIMIT

TOLERANCE = 1e-5
"""Relative; the score of a dozen words is off by less than a tenth of it."""
MODULES = [
    importlib.import_module(f"{package.__name__}.{module.name}")
    for package in (civicsearch.engines.local, civicsearch.ranking)
    for module in pkgutil.iter_modules(package.__path__)
    if not module.ispkg
]


@contextlib.contextmanager
def patched(values):
    """Set constants for a while, wherever the local engine and the ranking have them."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in values.items():
            owners = [module for module in MODULES if hasattr(module, name)]
            assert owners, f"no module has a constant {name}"
            for module in owners:
                patch.setattr(module, name, value)
        yield


@contextlib.contextmanager
def reference(**values):
    """Set constants of the reference engine for a while."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in values.items():
            patch.setattr(memory, name, value)
        yield


@contextlib.contextmanager
def pair_window(size):
    """Look for neighbours in `size` documents, in both engines."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bm25, "PAIR_WINDOW", size)
        patch.setattr(bm25, "GUESSED_PAIR_WINDOW", size)
        yield


@contextlib.contextmanager
def by_words_alone():
    """Count neighbours, and the places of words, for nothing, in both engines."""
    nothing = dict.fromkeys(["PAIR_WEIGHT", "EARLY_WEIGHT", "CLOSE_WEIGHT"], 0.0)
    with patched(nothing), reference(**nothing):
        yield


def near(score):
    return pytest.approx(score, rel=TOLERANCE, abs=1e-9)


def listed(matches):
    return [(match.document_id, match.score) for match in matches.matches]


def assert_alike(found, expected):
    """The same documents in the same order, with the same scores but for the last digits."""
    assert [name for name, _ in found] == [name for name, _ in expected]
    assert [score for _, score in found] == pytest.approx(
        [score for _, score in expected], rel=1e-9
    )


def assert_in_order(found, sort, documents):
    keys = [sort_key(sort, score, documents[name]) for name, score in found]
    assert keys == sorted(keys)


def assert_best_agree(best, expected, by_words):
    """The documents in which neighbours count, and their scores with neighbours.

    Where another document stands at their end, because its score by words differs in the last
    digits, neighbours are as rare as that makes them.
    """
    for name in best.keys() ^ expected.keys():
        assert by_words[name] == near(min(map(by_words.__getitem__, best)))
    if best.keys() == expected.keys():
        assert best == {name: near(score) for name, score in expected.items()}


def assert_same_answers(local, oracle, request, window):
    """Hold one request to all laws.

    Args:
        local: A searcher of the local engine.
        oracle: One of the reference engine, on the same documents.
        request: What is asked.
        window: The number that `pair_window` was given.
    """
    whole = replace(request, limit=MAX_LIMIT, offset=0)
    expected = oracle.search(whole)
    documents = {match.document_id: match.load() for match in expected.matches}
    with by_words_alone():
        expected_plain, plain = oracle.search(whole), listed(local.search(whole))
    assert dict(plain) == {name: near(score) for name, score in listed(expected_plain)}
    assert_in_order(plain, request.sort, documents)
    assert_equal_texts_tie(plain, documents, is_dated=request.sort is Sort.RECENT)

    answer = local.search(whole)
    assert answer.total == expected.total
    assert dict(answer.facets) == dict(expected.facets)
    found = listed(answer)
    if not request.is_by_date and any(iter_pairs(request.query)):
        head, tail = found[:window], found[window:]
        assert_best_agree(dict(head), dict(listed(expected)[:window]), dict(plain))
        assert_in_order(head, request.sort, documents)
        assert_alike(tail, plain[window:])
    else:
        assert_alike(found, plain)
    assert_isolated_hits_agree(found, listed(expected), listed(expected_plain), window)
    assert_page_is_a_piece(local, request, found, answer)


def assert_equal_texts_tie(found, documents, *, is_dated):
    """What reads alike scores alike, to the last bit: else ids would not decide.

    With `is_dated`, what is of one day, too.
    """
    scores = {}
    for name, score in found:
        texts = [*field_texts(documents[name]).values()]
        texts = (*texts, documents[name].published if is_dated else None)
        assert scores.setdefault(texts, score) == score


def assert_isolated_hits_agree(found, expected, plain, window):
    """Hits of which no other is near in score stand where the reference has them."""
    if 0 < window < len(plain) and _are_near(plain[window - 1], plain[window]):
        return  # either may be looked into for neighbours
    for piece in (slice(0, window), slice(window, None)):
        hits = expected[piece]
        assert [score for _, score in found[piece]] == [near(score) for _, score in hits]
        for place, hit in enumerate(hits):
            neighbours = hits[max(0, place - 1) : place] + hits[place + 1 : place + 2]
            if not any(_are_near(hit, other) for other in neighbours):
                assert found[piece][place][0] == hit[0]


def assert_page_is_a_piece(local, request, found, whole):
    page = local.search(request)
    assert_alike(listed(page), found[request.offset : request.offset + request.limit])
    assert page.total == whole.total
    assert dict(page.facets) == dict(whole.facets)
    bare = local.search(replace(request, facets=()))  # the best alone: another way
    assert_alike(listed(bare), listed(page))
    assert bare.total == whole.total
    assert bare.facets == {}


def _are_near(one, other):
    return abs(one[1] - other[1]) <= 2 * TOLERANCE * max(abs(one[1]), abs(other[1]), 1e-3)
